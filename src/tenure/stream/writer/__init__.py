"""The writer: the stream into the event store, in order, each event once. It uses neither Django nor PostgreSQL."""
