"""Pages of the workspace room."""
