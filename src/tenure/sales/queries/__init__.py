"""Reads of the sales room that more than one caller needs."""
