"""Rare searches for cyclic garbage: while work is under way, in any thread, and no longer."""

from __future__ import annotations

import gc

import pytest

from tenure.kernel.collecting import rare_collections


def test_rare_collections_nested_last_until_the_last_work_ends() -> None:
    before = gc.get_threshold()

    with rare_collections():
        with rare_collections():
            inside = gc.get_threshold()
        still = gc.get_threshold()

    assert inside[0] > before[0]
    assert (still, gc.get_threshold()) == (inside, before)


def test_rare_collections_of_work_that_fails_end_too() -> None:
    before = gc.get_threshold()

    with pytest.raises(ValueError, match="broken"), rare_collections():
        raise ValueError("broken")

    assert gc.get_threshold() == before
