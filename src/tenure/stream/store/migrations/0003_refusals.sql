CREATE TABLE IF NOT EXISTS refusals {on_cluster} (
    workspace UUID,
    received_at DateTime64(6, 'UTC'),
    source UUID,
    position UInt32,
    code LowCardinality(String),
    reason String CODEC(ZSTD(1)),
    name String CODEC(ZSTD(1)),
    id String CODEC(ZSTD(1)),
    body String CODEC(ZSTD(1)),
    seq UInt64,
    idx UInt32,
    INDEX by_seq seq TYPE minmax GRANULARITY 1
)
ENGINE = {merge_tree}
PARTITION BY toYYYYMM(received_at)
ORDER BY (workspace, received_at, seq, idx)
TTL toDateTime(received_at) + INTERVAL 90 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
