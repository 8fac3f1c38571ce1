"""Reads of the workspace room that more than one caller needs."""
