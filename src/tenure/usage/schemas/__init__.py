"""What goes in and out of the usage room's operations."""
