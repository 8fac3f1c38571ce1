"""Product events in, safe, counted once, ready to be asked."""
