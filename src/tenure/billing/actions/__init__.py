"""Use cases of the billing room, one a file."""
