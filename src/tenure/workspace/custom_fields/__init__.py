"""Custom fields: what a workspace adds to a kind of record, without a programmer, a lock or a restart.

A field is a row of metadata that points at a typed slot of the record's slots table (models/slots.py). One catalogue turns metadata into record
fields (forms, imports, API), list columns (filters, sorts) and reads and writes. The workspace carries the catalogue's version, an id drawn anew by
each change: a worker that meets one it does not know reads the catalogue anew, so a new field is live everywhere at the next request. Slots that are used up leave the overflow, which is
kept and shown but not filtered or sorted.
"""
