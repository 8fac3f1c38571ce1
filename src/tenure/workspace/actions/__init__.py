"""Use cases of the workspace room, one a file."""
