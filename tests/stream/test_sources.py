"""Sources: a key is shown once and stored hashed; one that is replaced or closed stops."""

from __future__ import annotations

import pytest

from tenure.kernel.errors import NotFound
from tenure.stream.actions.close_source import close_source
from tenure.stream.actions.create_source import create_source
from tenure.stream.actions.rotate_source_key import rotate_source_key
from tenure.stream.actions.update_source import update_source
from tenure.stream.ingest.sources import digest_of
from tenure.stream.models import Source
from tenure.stream.queries.sources import find_by_digest
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.scope import enter


def test_source_is_found_by_its_key_and_the_key_is_not_stored(acme):
    source, key = create_source(acme.owner.ctx, "API server")

    found = find_by_digest(digest_of(key))
    assert found is not None
    assert (found.id, found.workspace, found.is_sandbox) == (source.pk, acme.workspace.pk, False)
    with enter(acme.owner.ctx.scope):
        stored = Source.objects.get()
    assert key not in {str(getattr(stored, field.attname)) for field in Source._meta.fields}
    assert acme.event_types()[-1] == "stream.source_created"


def test_replaced_key_stops_and_the_new_one_works(acme):
    source, old = create_source(acme.owner.ctx, "Web", kind="web", is_sandbox=True)
    _, new = rotate_source_key(acme.owner.ctx, source.pk)

    assert find_by_digest(digest_of(old)) is None
    found = find_by_digest(digest_of(new))
    assert found is not None
    assert (found.id, found.is_sandbox) == (source.pk, True)


def test_closed_source_takes_nothing_until_it_gets_a_new_key(acme):
    source, key = create_source(acme.owner.ctx, "Old job")
    close_source(acme.owner.ctx, source.pk)
    close_source(acme.owner.ctx, source.pk)

    assert find_by_digest(digest_of(key)) is None
    assert acme.event_types().count("stream.source_closed") == 1
    _, new = rotate_source_key(acme.owner.ctx, source.pk)
    assert find_by_digest(digest_of(new)) is not None


def test_source_is_renamed(acme):
    source, _ = create_source(acme.owner.ctx, "Server")
    update_source(acme.owner.ctx, source.pk, name="API server", kind="job")

    with enter(acme.owner.ctx.scope):
        again = source.refreshed()
    assert (again.name, again.kind) == ("API server", "job")


def test_rep_makes_no_source_and_a_stranger_reaches_none(acme, stranger):
    source, _ = create_source(acme.owner.ctx, "Server")

    with pytest.raises(PermissionMissing):
        create_source(acme.rep.ctx, "Mine")
    with pytest.raises(NotFound):
        rotate_source_key(stranger.owner.ctx, source.pk)
