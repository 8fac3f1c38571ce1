"""The embedded event store: chDB in a process of its own, answering ClickHouse's HTTP interface on loopback."""
