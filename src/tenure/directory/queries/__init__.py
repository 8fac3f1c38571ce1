"""Reads of the directory room that more than one caller needs."""
