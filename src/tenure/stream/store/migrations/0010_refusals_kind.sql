ALTER TABLE refusals {on_cluster} ADD COLUMN IF NOT EXISTS kind LowCardinality(String) DEFAULT '' AFTER body
