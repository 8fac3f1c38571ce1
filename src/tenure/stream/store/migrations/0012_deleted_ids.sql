CREATE TABLE IF NOT EXISTS deleted_ids {on_cluster} (
    workspace UUID,
    id_hash UInt64,
    received_at DateTime64(6, 'UTC')
)
ENGINE = {replacing_merge_tree:}
ORDER BY (workspace, id_hash)
TTL toDateTime(received_at) + INTERVAL 7 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
