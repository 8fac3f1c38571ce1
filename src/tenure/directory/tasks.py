"""Jobs of the directory room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procrastinate import RetryStrategy

from tenure.stream.store.erasure import Erasing, erase_events
from tenure.stream.ties_copy import copy_ties
from tenure.workspace.jobs import job

if TYPE_CHECKING:
    from tenure.workspace.context import Context

# Over a day: the event store may be away for long, and what was promised to a person is done.
ERASURE_RETRIES = RetryStrategy(max_attempts=30, wait=60, linear_wait=180)


@job("directory.erase_events", retry=ERASURE_RETRIES, is_rescued=True)
def erase_person_events(ctx: Context, *, pseudonyms: dict[str, str], words: list[str]) -> None:
    """Make an erased person's events nobody's in particular."""
    copy_ties(ctx.workspace.pk)
    erase_events(ctx.workspace.pk, Erasing(pseudonyms, words))
