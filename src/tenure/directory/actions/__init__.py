"""Use cases of the directory room, one a file."""
