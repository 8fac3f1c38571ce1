"""What the workspace room refuses."""

from __future__ import annotations

from tenure.kernel.errors import Conflict, Forbidden, Invalid


class PermissionMissing(Forbidden):
    """The caller holds the permission nowhere."""

    code = "permission_missing"
    message = "You do not hold the permission {permission}. Ask an administrator of the workspace for it."


class GrantNotNarrower(Forbidden):
    """A grant would give more than the grant it comes from."""

    code = "grant_not_narrower"
    message = "A grant can only give what your own grant gives, no further and no longer: {what}."


class SelfGrant(Forbidden):
    """Nobody may grant to themselves or to somebody their own rights come from."""

    code = "self_grant"
    message = "You cannot give rights to yourself or to somebody your own rights come from."


class RecordChanged(Conflict):
    """Somebody else changed the record meanwhile."""

    code = "record_changed"
    message = "This record was changed by somebody else meanwhile. Load it again, then repeat your change."


class ChangeSetNotUndoable(Conflict):
    """The change set is not finished, or already undone."""

    code = "change_set_not_undoable"
    message = "This work is {state}: only finished, cancelled or interrupted work can be undone."


class FieldUnknown(Invalid):
    """A filter, sort or column names a field that the list does not have."""

    code = "field_unknown"
    message = "There is no field {name} in this list."


class FilterInvalid(Invalid):
    """A filter's value cannot be read."""

    code = "filter_invalid"
    message = "The value {value} does not fit the filter {name}."


class CursorInvalid(Invalid):
    """A page cursor was not made by this list."""

    code = "cursor_invalid"
    message = "This page link is out of date. Start again from the first page."


class IdempotencyKeyReused(Invalid):
    """The same key came with another request."""

    code = "idempotency_key_reused"
    message = "This Idempotency-Key was used for another request. Use a new key for a new request."


class ExternalIdTaken(Conflict):
    """Another record of this kind has the external id."""

    code = "external_id_taken"
    message = "The external id {external_id} belongs to another record already."
