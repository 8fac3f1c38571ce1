"""Pages of the usage room."""
