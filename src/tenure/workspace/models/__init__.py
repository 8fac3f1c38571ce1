"""Tables of the workspace room, one file per aggregate."""

from tenure.workspace.models.api_key import ApiKey
from tenure.workspace.models.audit import AuditLine
from tenure.workspace.models.change_set import ChangeRow, ChangeSet
from tenure.workspace.models.custom_field import CustomField, CustomValueDigest
from tenure.workspace.models.exchange_rate import ExchangeRate, GrossMargin
from tenure.workspace.models.fence_tree import AccountPath
from tenure.workspace.models.grant import Grant, Role
from tenure.workspace.models.idempotency import IdempotentReply
from tenure.workspace.models.import_run import ImportFile, ImportRow, ImportRun
from tenure.workspace.models.invitation import Invitation
from tenure.workspace.models.member import Member
from tenure.workspace.models.notification import Notification
from tenure.workspace.models.outbox import ConsumerPosition, OutboxEvent
from tenure.workspace.models.outgoing_mail import OutgoingMail
from tenure.workspace.models.request_window import RequestWindow
from tenure.workspace.models.saved_import import SavedImport
from tenure.workspace.models.saved_view import SavedView
from tenure.workspace.models.stored_file import StoredFile
from tenure.workspace.models.user import User
from tenure.workspace.models.workspace import Workspace

__all__ = [
    "AccountPath",
    "ApiKey",
    "AuditLine",
    "ChangeRow",
    "ChangeSet",
    "ConsumerPosition",
    "CustomField",
    "CustomValueDigest",
    "ExchangeRate",
    "Grant",
    "GrossMargin",
    "IdempotentReply",
    "ImportFile",
    "ImportRow",
    "ImportRun",
    "Invitation",
    "Member",
    "Notification",
    "OutboxEvent",
    "OutgoingMail",
    "RequestWindow",
    "Role",
    "SavedImport",
    "SavedView",
    "StoredFile",
    "User",
    "Workspace",
]
