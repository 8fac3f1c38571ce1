"""Reads that are used twice."""
