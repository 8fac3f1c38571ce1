CREATE TABLE IF NOT EXISTS events {on_cluster} (
    workspace UUID,
    subject String,
    name LowCardinality(String),
    time DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    id String CODEC(ZSTD(1)),
    id_hash UInt64,
    source UUID,
    user_id String CODEC(ZSTD(1)),
    anonymous_id String CODEC(ZSTD(1)),
    group_id String CODEC(ZSTD(1)),
    client_time DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    received_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    properties String CODEC(ZSTD(1)),
    context String CODEC(ZSTD(1)),
    seq UInt64 CODEC(Delta, ZSTD(1)),
    idx UInt32 CODEC(Delta, ZSTD(1)),
    INDEX by_seq seq TYPE minmax GRANULARITY 1
)
ENGINE = {merge_tree}
PARTITION BY (workspace, toYYYYMM(time))
ORDER BY (workspace, subject, name, time)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
