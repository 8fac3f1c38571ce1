"""What became of refused calls (which themselves are in the event store), and replays of many at once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tenure.stream.enums_of_governance import MarkState, WorkState
from tenure.workspace.enums import ActorKind
from tenure.workspace.models.base import Scoped


class Replay(Scoped):
    """Many refused calls sent through acceptance again. wanted: the filter. upto: the store's number up to where refusals are taken.

    (seq, idx): of the last refusal looked at; a replay that was interrupted goes on behind it.
    """

    wanted = models.JSONField(default=dict)
    state = models.TextField(choices=WorkState.choices, default=WorkState.WAITING, db_collation="C")
    upto = models.BigIntegerField()
    received_micros = models.BigIntegerField(default=0)
    seq = models.BigIntegerField(default=0)
    idx = models.IntegerField(default=-1)
    total = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField(default="")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(state__in=WorkState.values), name="replay_state")]
        indexes: ClassVar = [models.Index(fields=["workspace", "asked_at", "id"], name="replay_asked")]

    def __str__(self) -> str:
        """Who asked."""
        return self.actor_name


class RefusalMark(Scoped):
    """A refused call, by its place in the store, that was replayed or dismissed; one without a mark is open."""

    seq = models.BigIntegerField()
    idx = models.IntegerField()
    state = models.TextField(choices=MarkState.choices, db_collation="C")
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_name = models.TextField(default="")
    event_id = models.TextField(default="", db_collation="C")
    replay = models.ForeignKey(Replay, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "seq", "idx"], name="refusal_mark_unique"),
            models.CheckConstraint(condition=models.Q(state__in=MarkState.values), name="refusal_mark_state"),
        ]

    def __str__(self) -> str:
        """The place."""
        return f"{self.seq}-{self.idx}"
