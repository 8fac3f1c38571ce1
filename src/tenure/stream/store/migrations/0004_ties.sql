CREATE TABLE IF NOT EXISTS ties {on_cluster} (
    workspace UUID,
    subject String,
    since DateTime64(6, 'UTC'),
    account UUID,
    version UInt64
)
ENGINE = {replacing_merge_tree:version}
ORDER BY (workspace, subject, since)
