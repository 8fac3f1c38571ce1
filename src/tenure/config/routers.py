"""Which database does what: the owner's connection migrates, the app's serves."""

from __future__ import annotations


class OwnerMigrates:
    """Tables are made and changed by their owner only."""

    def allow_migrate(self, db: str, _app_label: str, **_hints: object) -> bool:
        """Only the owner's connection migrates."""
        return db == "owner"
