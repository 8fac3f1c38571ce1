"""Which events of a file are in the store already, however long ago: a file may be loaded again outside the window of known ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.store.client import event_store

if TYPE_CHECKING:
    from tenure.stream.ingest.accepting import Accepting

_KNOWN = """
SELECT id_hash FROM events
WHERE workspace = {workspace:UUID} AND subject IN {subjects:Array(String)} AND id_hash IN {hashes:Array(UInt64)}"""


def without_known(accepting: Accepting) -> int:
    """Take the events out that are stored; returns how many. Raises StoreUnavailable."""
    run = accepting.run
    parameters = {"workspace": accepting.source.workspace, "subjects": sorted(set(run.subjects)), "hashes": run.hashes}
    known = {row[0] for row in event_store().rows(_KNOWN, **parameters)}
    if not known:
        return 0
    kept = [place for place, one in enumerate(run.hashes) if one not in known]
    removed = len(run.hashes) - len(kept)
    for name in run.__struct_fields__:
        column = getattr(run, name)
        if isinstance(column, list):
            setattr(run, name, [column[place] for place in kept])
    return removed
