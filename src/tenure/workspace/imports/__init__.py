"""Imports: files of other systems become records, seen before it is done and taken back when it was wrong. See README.md."""
