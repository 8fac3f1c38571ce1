"""Work over many rows of which some are refused: the others are done, the refused ones are named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import DataError, IntegrityError, transaction

from tenure.kernel.errors import DomainError

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Refused(Generic[Item]):
    """One item that a rule of the domain or of the database stands against."""

    item: Item
    error: DomainError | IntegrityError | DataError


def narrow(work: Callable[[Sequence[Item]], Result], items: Sequence[Item]) -> tuple[list[Result], list[Refused[Item]]]:
    """Do `work` over all items in a savepoint; where it is refused, over each half, down to the single items that cause it.

    work: writes the items given and can be repeated after a rollback. Cost: without a refusal one call; with k refused ones
    among n about 2 k log2(n) calls.
    """
    if not items:
        return [], []
    try:
        with transaction.atomic():
            return [work(items)], []
    except (DomainError, IntegrityError, DataError) as error:
        if len(items) == 1:
            return [], [Refused(items[0], error)]
    middle = len(items) // 2
    done, refused = narrow(work, items[:middle])
    more_done, more_refused = narrow(work, items[middle:])
    return done + more_done, refused + more_refused
