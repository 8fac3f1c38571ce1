"""Pages of the stream room, one file a subject."""
