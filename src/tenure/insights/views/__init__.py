"""Pages of the insights room."""
