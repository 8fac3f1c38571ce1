"""Usage asked of the event store, and the reads of this room's own tables."""
