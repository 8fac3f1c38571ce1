"""Reads of the billing room that more than one caller needs."""
