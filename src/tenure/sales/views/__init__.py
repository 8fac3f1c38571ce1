"""Pages of the sales room, one file a subject."""
