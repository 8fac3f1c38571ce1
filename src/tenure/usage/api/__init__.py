"""Operations of the usage room, one file a subject."""

from ninja import Router

from tenure.usage.api import activity, features, meters, milestones, quotas, usage

routers: list[Router] = [meters.router, usage.router, features.router, quotas.router, activity.router, milestones.router]
