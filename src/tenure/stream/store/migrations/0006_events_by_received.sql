ALTER TABLE events {on_cluster} ADD INDEX IF NOT EXISTS by_received received_at TYPE minmax GRANULARITY 1
