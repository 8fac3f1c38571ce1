"""The built-in roles keep up with the actions that rooms bring."""

from __future__ import annotations

from tenure.workspace.domain.permissions import any_covers
from tenure.workspace.domain.roles import BUILTIN_ROLES, FOR_ADMINISTRATORS, NEVER_GIVEN
from tenure.workspace.permission_names import known_permissions

ROLES = {role.name: role.permissions for role in BUILTIN_ROLES}


def test_editor_may_do_all_but_what_is_for_administrators():
    undecided = known_permissions() - FOR_ADMINISTRATORS - NEVER_GIVEN

    assert [name for name in sorted(undecided) if not any_covers(ROLES["Editor"], name)] == []
    assert [name for name in sorted(FOR_ADMINISTRATORS) if any_covers(ROLES["Editor"], name)] == []


def test_viewer_reads_every_room_and_changes_nothing():
    given = {name for name in known_permissions() if any_covers(ROLES["Viewer"], name)}

    assert given == {name for name in known_permissions() if name.endswith(".view")}


def test_owner_may_do_everything():
    assert [name for name in known_permissions() if not any_covers(ROLES["Owner"], name)] == []
