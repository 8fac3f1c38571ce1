"""The event store as the rooms reach it: ClickHouse over HTTP, or the embedded engine that answers the same."""
