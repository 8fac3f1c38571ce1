"""Turns and the stage ledger: which stages one trip of a prospect or customer has entered, when, and by what proof.

Rule: DESIGN.md, "The stage ledger"; directory/README.md, "Stage ledger".
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tenure.directory.enums import Stage, TurnKind
from tenure.workspace.models.base import Scoped

COUNTING = Q(voided_at__isnull=True, voids__isnull=True)


class Turn(Scoped):
    """One trip through the bow-tie. `key` says what opened it, so that opening it twice is opening it once.

    `<stage>_on`: the day, by the workspace's zone, of the entry that counts; first_on: the earliest of them, losses left out. A projection of the
    ledger (turn_days.py), so that whoever looks at all turns reads one row of each.
    """

    fence_account = "account_id"
    owner_path = "account__owner_id"

    key = models.TextField(db_collation="C")
    kind = models.TextField(choices=TurnKind, default=TurnKind.FIRST_PURCHASE, db_collation="C")
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    lead_id = models.UUIDField(null=True)
    opportunity_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    first_on = models.DateField(null=True)
    lead_on = models.DateField(null=True)
    qualified_on = models.DateField(null=True)
    opportunity_on = models.DateField(null=True)
    won_on = models.DateField(null=True)
    onboarding_on = models.DateField(null=True)
    live_on = models.DateField(null=True)
    adopting_on = models.DateField(null=True)
    renewed_on = models.DateField(null=True)
    expanded_on = models.DateField(null=True)
    advocate_on = models.DateField(null=True)
    lost_on = models.DateField(null=True)
    churned_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "key"], name="turn_key_unique"),
            models.CheckConstraint(condition=Q(kind__in=TurnKind.values), name="turn_kind"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "account"], name="turn_account", condition=Q(account__isnull=False)),
            models.Index(fields=["workspace", "lead_id"], name="turn_lead", condition=Q(lead_id__isnull=False)),
            models.Index(
                fields=["workspace", "opportunity_id"], name="turn_opportunity", condition=Q(opportunity_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        """What opened it."""
        return self.key


class StageEntry(Scoped):
    """A turn entered a stage. Facts never change: `voids` makes a row the reversal of another, which `voided_at` then marks.

    An entry counts at the instant T if it is no reversal, recorded_at <= T, and it was not voided by T. account follows the turn's.
    """

    fence_account = "account_id"

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    stage = models.TextField(choices=Stage, db_collation="C")
    entered_at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    reason = models.TextField(blank=True, default="", db_collation="C")
    proof_kind = models.TextField(blank=True, default="", db_collation="C")
    proof_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    voids = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "turn", "stage"], name="stage_entry_unique", condition=COUNTING),
            models.UniqueConstraint(
                fields=["workspace", "voids"], name="stage_entry_voided_once", condition=Q(voids__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[stage for stage in Stage.values if stage != Stage.EXPOSED]), name="stage_entry_stage"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "turn"], name="stage_entry_turn"),
            models.Index(fields=["workspace", "stage", "entered_at"], name="stage_entry_stage_at", condition=COUNTING),
            models.Index(
                fields=["workspace", "account", "entered_at"],
                name="stage_entry_account",
                condition=COUNTING & Q(account__isnull=False),
            ),
            models.Index(
                fields=["workspace", "proof_id"], name="stage_entry_proof", condition=COUNTING & Q(proof_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        """The stage and when."""
        return f"{self.stage} {self.entered_at:%Y-%m-%d}"
