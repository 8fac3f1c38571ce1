"""Operations of the workspace room, one file a subject."""

from ninja import Router

from tenure.workspace.api import audit, change_sets, imports, lists, members

routers: list[Router] = [members.router, lists.router, change_sets.router, audit.router, imports.router]
