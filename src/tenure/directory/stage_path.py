"""The path an account has gone, as the row of stages on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenure.directory.enums import Stage

if TYPE_CHECKING:
    from tenure.directory.models import Account
    from tenure.workspace.context import Context

PATH = (
    Stage.LEAD, Stage.QUALIFIED, Stage.OPPORTUNITY, Stage.WON, Stage.LIVE, Stage.ADOPTING, Stage.RENEWED, Stage.EXPANDED, Stage.ADVOCATE,
)  # fmt: skip


def stage_path(_ctx: Context, account: Account) -> list[dict[str, Any]]:
    """Each stage of the path with its state: past, here, ahead; an end (lost, churned) stands last."""
    ended = account.stage in {Stage.LOST, Stage.CHURNED}
    reached = Stage.WON if account.stage in {Stage.ONBOARDING, Stage.CHURNED} else account.stage
    at = PATH.index(Stage(reached)) if reached in PATH else -1
    items = [
        {"label": stage.label, "state": "past" if position < at or (ended and position == at) else "here" if position == at else "ahead"}
        for position, stage in enumerate(PATH)
    ]
    if ended:
        items.append({"label": Stage(account.stage).label, "state": "lost"})
    return items
