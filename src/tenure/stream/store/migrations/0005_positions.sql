CREATE TABLE IF NOT EXISTS positions {on_cluster} (
    reader LowCardinality(String),
    seq UInt64,
    stream LowCardinality(String),
    stream_seq UInt64,
    at DateTime64(6, 'UTC')
)
ENGINE = {replacing_merge_tree:seq}
ORDER BY reader
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
