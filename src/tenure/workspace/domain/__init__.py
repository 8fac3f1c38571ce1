"""Pure rules of the workspace room."""
