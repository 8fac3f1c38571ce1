"""Operations of the stream room, one file a subject."""

from ninja import Router

from tenure.stream.api import catalogue, corrections, refusals, sources

routers: list[Router] = [sources.router, catalogue.router, refusals.router, corrections.router]
