"""What the workspace room refuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tenure.kernel.errors import Conflict, Forbidden, Invalid, NotFound

if TYPE_CHECKING:
    from tenure.workspace.enums import Excess


class PermissionMissing(Forbidden):
    """The caller holds the permission nowhere."""

    code = "permission_missing"
    message = "You do not hold the permission {permission}. Ask an administrator of the workspace for it."


class GrantNotNarrower(Forbidden):
    """A grant would give more than the grant it comes from. `excess`: in what (enums.Excess), with the permissions by name."""

    code = "grant_not_narrower"
    message = "A grant can only give what your own grant gives, no further and no longer. This would give {what}."

    def __init__(self, excess: Mapping[Excess, Sequence[str]]) -> None:
        super().__init__(what=ExcessWords(excess), excess=[str(kind) for kind in excess])


class ExcessWords:
    """In what a grant exceeds another, said when it is read, in the reader's language."""

    def __init__(self, excess: Mapping[Excess, Sequence[str]]) -> None:
        self.excess = dict(excess)

    def __str__(self) -> str:
        """The kinds of excess, permissions named."""
        return "; ".join(
            f"{kind.label} ({', '.join(names)})" if names else str(kind.label) for kind, names in self.excess.items()
        )


class PermissionUnknown(Invalid):
    """A permission is misspelt, or of a room that is not there."""

    code = "permission_unknown"
    message = "There is no permission {names}."


class GrantAboveYours(Forbidden):
    """Nobody may take rights from somebody their own rights come from."""

    code = "grant_above_yours"
    message = "You cannot take rights from yourself or from somebody your own rights come from."


class GrantNotSuspended(Conflict):
    """Only a suspended grant can be resumed."""

    code = "grant_not_suspended"
    message = "This grant is not suspended."


class RoleBuiltIn(Conflict):
    """Built-in roles stay, and the owner's stays as it is."""

    code = "role_built_in"
    message = "The role {name} is built in and cannot be changed in this way. Make a role of your own instead."


class RoleInUse(Conflict):
    """A role that grants are made from cannot be deleted."""

    code = "role_in_use"
    message = "{grants} grants are made from the role {name}. Give those people another role first."


class RoleNameTaken(Conflict):
    """Two roles cannot have one name."""

    code = "role_name_taken"
    message = "There is already a role named {name}."


class LastOwner(Conflict):
    """A workspace always has an active owner."""

    code = "last_owner"
    message = "{name} is the workspace's only owner. Hand the workspace over to somebody else first."


class MemberExists(Conflict):
    """The address belongs to a member already."""

    code = "member_exists"
    message = "{email} is a member already ({state})."


class MemberNotActive(Conflict):
    """The member's state does not allow it."""

    code = "member_not_active"
    message = "{name} is not an active member ({state})."


class MemberNotSuspended(Conflict):
    """Only a suspended member can be reinstated."""

    code = "member_not_suspended"
    message = "{name} is not suspended ({state})."


class InvitationNotOpen(Conflict):
    """The invitation was used, cancelled or replaced."""

    code = "invitation_not_open"
    message = "This invitation was used or withdrawn. Ask for a new one."


class InvitationExpired(Conflict):
    """The invitation's days are over."""

    code = "invitation_expired"
    message = "This invitation ended on {ended_on}. Ask for a new one."


class InvitationForSomebodyElse(Forbidden):
    """The signed-in user has another address than the invited one."""

    code = "invitation_for_somebody_else"
    message = "This invitation is for {email}. Sign in with that address, or ask for an invitation to yours."


class ApiKeyRevoked(Conflict):
    """The key is revoked already."""

    code = "api_key_revoked"
    message = "The API key {name} is revoked already."


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


class ReferenceUnknown(Invalid):
    """A record would point at one that is not there, or that the caller may not see."""

    code = "reference_unknown"
    message = "A record that this refers to does not exist, or you may not see it."


class OutOfReach(Forbidden):
    """A record would stand outside of what the caller's grants reach."""

    code = "out_of_reach"
    message = "Your rights reach only some accounts. Choose one of them for this."


class ExternalIdTaken(Conflict):
    """Another record of this kind has the external id."""

    code = "external_id_taken"
    message = "The external id {external_id} belongs to another record already."


class EntryLinkNotGood(NotFound):
    """A link to sign in was used, is too old, or was never made here."""

    code = "entry_link_not_good"
    message = "This link has been used, or it is older than a day. Run the command that printed it again for a new one."


class CustomValueTaken(Conflict):
    """Another record has this value in a unique custom field."""

    code = "custom_value_taken"
    message = "{field} must be unique: another record has {value} already."


class CustomFieldKeyTaken(Conflict):
    """A custom field of this name exists, or existed."""

    code = "custom_field_key_taken"
    message = "There is a field called {label} on this kind of record already."


class NoMailServer(Conflict):
    """Nothing can be sent: the installation has no mail server."""

    code = "no_mail_server"
    message = "No mail server is set, so nothing can be sent. Whoever runs Tenure sets it with TENURE_SMTP_URL; until then, copy the text and send it yourself."


class MailNotSendable(Conflict):
    """The mail was sent, is on its way, or its text is gone."""

    code = "mail_not_sendable"
    message = "This mail cannot be sent again (state: {state}). Only one that failed or was not sent, and whose text is still kept, can."


class RateNotPossible(Invalid):
    """An exchange rate that cannot be one."""

    code = "rate_not_possible"
    message = "One euro cannot be {rate} {currency}. Give a rate above zero, of a currency other than the euro."
