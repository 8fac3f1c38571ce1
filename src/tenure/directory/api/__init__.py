"""Operations of the directory room, one file a subject."""

from ninja import Router

from tenure.directory.api import accounts, activities, files, merges, notes, people, segments, subjects, tasks, timelines

routers: list[Router] = [
    accounts.router,
    people.router,
    merges.router,
    notes.router,
    activities.router,
    tasks.router,
    files.router,
    timelines.router,
    segments.router,
    subjects.router,
]
