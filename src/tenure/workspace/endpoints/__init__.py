"""Endpoints: what every operation of the API shares. A room's api.py says what is read and written; README.md shows how.

Rule: HOUSE rule 9; spec: OpenAPI 3.1, RFC 9457, Idempotency-Key, RateLimit headers.
"""

from tenure.workspace.endpoints.endpoint import ApiRequest, endpoint
from tenure.workspace.endpoints.lists import cursor_page, list_state
from tenure.workspace.endpoints.records import delete_record, record_out, record_values
from tenure.workspace.endpoints.schemas import AccountId, MoneyOut, Page, given_values, money_out
from tenure.workspace.endpoints.versions import tag_made, tag_version, wanted_version

__all__ = [
    "AccountId",
    "ApiRequest",
    "MoneyOut",
    "Page",
    "cursor_page",
    "delete_record",
    "endpoint",
    "given_values",
    "list_state",
    "money_out",
    "record_out",
    "record_values",
    "tag_made",
    "tag_version",
    "wanted_version",
]
