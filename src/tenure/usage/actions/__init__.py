"""What can be done in the usage room."""
