"""Pages of the billing room. One file a subject."""
