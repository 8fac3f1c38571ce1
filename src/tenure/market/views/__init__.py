"""Pages of the market room, one file a subject."""
