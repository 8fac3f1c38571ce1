"""Reads of every room below, set-based, as the restricted role and within the caller's reach."""
