"""Operations of the workspace room, one file a subject."""

from ninja import Router

from tenure.workspace.api import (
    api_keys,
    audit,
    bulk,
    change_sets,
    custom_fields,
    finance,
    grants,
    imports,
    invitations,
    lists,
    members,
    rights,
)

routers: list[Router] = [
    members.router,
    invitations.router,
    rights.router,
    grants.router,
    api_keys.router,
    custom_fields.router,
    lists.router,
    bulk.router,
    change_sets.router,
    audit.router,
    imports.router,
    finance.router,
]
