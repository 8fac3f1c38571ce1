"""Where custom fields are kept: of accounts, people and what is noted about them. Slots that no list filters have no indexes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tenure.workspace.models.slots import Slots, slot_indexes


class AccountSlots(Slots):
    """Custom values of one account."""

    row = models.OneToOneField("directory.Account", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    class Meta:
        indexes: ClassVar = slot_indexes("account_slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)


class PersonSlots(Slots):
    """Custom values of one person."""

    row = models.OneToOneField("directory.Person", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    class Meta:
        indexes: ClassVar = slot_indexes("person_slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)


class ActivitySlots(Slots):
    """Custom values of one activity."""

    row = models.OneToOneField("directory.Activity", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)


class NoteSlots(Slots):
    """Custom values of one note."""

    row = models.OneToOneField("directory.Note", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)


class TaskSlots(Slots):
    """Custom values of one task."""

    row = models.OneToOneField("directory.Task", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    class Meta:
        indexes: ClassVar = slot_indexes("task_slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)
