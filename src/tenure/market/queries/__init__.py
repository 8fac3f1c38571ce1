"""Reads of the market room that more than one caller needs."""
