"""Pages of the directory room, one file a subject."""
