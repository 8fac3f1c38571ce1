"""Operations of the workspace room, one file a subject."""

from ninja import Router

from tenure.workspace.api import audit, change_sets, custom_fields, finance, imports, invitations, lists, members, rights

routers: list[Router] = [
    members.router,
    invitations.router,
    rights.router,
    custom_fields.router,
    lists.router,
    change_sets.router,
    audit.router,
    imports.router,
    finance.router,
]
