"""Ingest: product events over HTTP, answered when the stream has them on disk. A lean ASGI path beside Django, without the ORM."""
