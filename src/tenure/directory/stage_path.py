"""The path an account has gone, as the row of stages on its page: from the ledger, with dates where they tell something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Min
from django.utils.translation import gettext as _

from tenure.directory.domain.stages import CUSTOMER, ENDS, POSITION, class_of
from tenure.directory.enums import Stage
from tenure.directory.queries.turns import counting_entries
from tenure.workspace import formats

if TYPE_CHECKING:
    from datetime import datetime

    from tenure.directory.models import Account
    from tenure.workspace.context import Context

PATH = (
    Stage.LEAD, Stage.QUALIFIED, Stage.OPPORTUNITY, Stage.WON, Stage.LIVE, Stage.ADOPTING, Stage.RENEWED, Stage.EXPANDED, Stage.ADVOCATE,
)  # fmt: skip


def stage_path(ctx: Context, account: Account) -> list[dict[str, Any]]:
    """Each stage of the path with its state: past, here, ahead; an end (lost, churned) stands last."""
    entered = dict(counting_entries().filter(account_id=account.pk).values_list("stage").annotate(Min("entered_at")).order_by())
    here = Stage.WON if account.stage == Stage.ONBOARDING else account.stage
    reached = _reached(account.stage, entered)
    items = [
        {"label": stage.label, "note": _note(ctx, stage, entered), "state": _state(stage, here, reached, entered)}
        for stage in PATH
    ]
    if account.stage in ENDS:
        ended = Stage(account.stage)
        items.append({"label": ended.label, "note": _day(ctx, entered.get(ended)), "state": "lost"})
    return items


def _reached(stage: str, entered: dict[str, datetime]) -> int:
    """How far along the path the account has come; a customer has passed all that stands before winning."""
    if stage in ENDS:
        return max(
            (POSITION[name] for name in entered if name not in ENDS), default=POSITION[Stage.WON] if stage == Stage.CHURNED else 0
        )
    return POSITION.get(stage, 0)


def _state(stage: Stage, here: str, reached: int, entered: dict[str, datetime]) -> str:
    """Stages skipped on the way count as passed up to adopting; what comes after stands side by side."""
    if stage == here:
        return "here"
    if stage in entered or POSITION[stage] < min(reached, POSITION[Stage.ADOPTING]):
        return "past"
    return "ahead"


def _note(ctx: Context, stage: Stage, entered: dict[str, datetime]) -> str:
    """The day of winning and of what follows; of going live, how long it took."""
    at, won = entered.get(stage), entered.get(Stage.WON)
    if at is None or class_of(stage) != CUSTOMER:
        return ""
    if stage == Stage.LIVE and won is not None and at >= won:
        return _("%(days)s d") % {"days": formats.number((at - won).days, ctx)}
    return _day(ctx, at) if stage != Stage.ADOPTING else ""


def _day(ctx: Context, at: datetime | None) -> str:
    if at is None:
        return ""
    day = at.astimezone(ctx.workspace.tz).date()
    return formats.day(day, is_short=day.year == ctx.today().year)
