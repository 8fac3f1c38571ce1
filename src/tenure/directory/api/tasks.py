"""Tasks over the API: set one down, change it, finish it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.directory.actions.create_task import create_task
from tenure.directory.actions.delete_tasks import delete_tasks
from tenure.directory.actions.finish_task import finish_task
from tenure.directory.actions.reopen_task import reopen_task
from tenure.directory.actions.update_task import update_task
from tenure.directory.lists import TASKS
from tenure.directory.models import Task
from tenure.directory.queries.tasks import get_task
from tenure.directory.records import TASK
from tenure.directory.schemas.touches import TaskIn, TaskOut, TaskPage, TaskPatch
from tenure.workspace.endpoints import (
    ApiRequest,
    cursor_page,
    delete_record,
    endpoint,
    record_out,
    record_values,
    tag_made,
    tag_version,
    wanted_version,
)
from tenure.workspace.endpoints.change_sets import ChangeSetOut

router = Router(tags=["Tasks"])


@router.get("/tasks", response=TaskPage, operation_id="list_tasks", summary="List tasks")
@endpoint("directory.view", lists=TASKS)
def tasks(request: ApiRequest) -> TaskPage:
    """The tasks you may see, filtered and sorted as on their page."""
    return cursor_page(request, TASKS, TaskPage, lambda row: _out(request, row))


@router.post("/tasks", response={201: TaskOut}, operation_id="create_task", summary="Create a task")
@endpoint("directory.create_task")
def tasks_post(request: ApiRequest, body: TaskIn, response: HttpResponse) -> TaskOut:
    """Set down what is to be done, by whom, until when."""
    made = create_task(request.ctx, record_values(request.ctx, TASK, body))
    return _out(request, tag_made(response, made, "task"))


@router.get("/tasks/{uuid:task_id}", response=TaskOut, operation_id="get_task", summary="Get a task")
@endpoint("directory.view")
def task(request: ApiRequest, task_id: UUID, response: HttpResponse) -> TaskOut:
    """One task. Its version stands in ETag."""
    return _out(request, tag_version(response, get_task(request.ctx, task_id)))


@router.patch("/tasks/{uuid:task_id}", response=TaskOut, operation_id="update_task", summary="Change a task")
@endpoint("directory.update_task", is_versioned=True)
def task_patch(request: ApiRequest, task_id: UUID, body: TaskPatch, response: HttpResponse) -> TaskOut:
    """Change the fields sent, as a change set that can be undone."""
    values, version = record_values(request.ctx, TASK, body), wanted_version(request, body.version)
    return _out(request, tag_version(response, update_task(request.ctx, task_id, values, version=version)))


@router.delete("/tasks/{uuid:task_id}", response=ChangeSetOut, operation_id="delete_task", summary="Delete a task")
@endpoint("directory.delete_tasks", is_versioned=True)
def task_delete(request: ApiRequest, task_id: UUID) -> ChangeSetOut:
    """Delete the task. The change set returned can be undone."""
    return delete_record(request, TASK, task_id, delete_tasks)


@router.post("/tasks/{uuid:task_id}/finish", response=TaskOut, operation_id="finish_task", summary="Finish a task")
@endpoint("directory.update_task")
def task_finish(request: ApiRequest, task_id: UUID, response: HttpResponse) -> TaskOut:
    """Tick the task; it stands on the account's timeline then. One that is done stays as it is."""
    return _out(request, tag_version(response, finish_task(request.ctx, task_id)))


@router.post("/tasks/{uuid:task_id}/reopen", response=TaskOut, operation_id="reopen_task", summary="Reopen a task")
@endpoint("directory.update_task")
def task_reopen(request: ApiRequest, task_id: UUID, response: HttpResponse) -> TaskOut:
    """Take the tick away."""
    return _out(request, tag_version(response, reopen_task(request.ctx, task_id)))


def _out(request: ApiRequest, row: Task) -> TaskOut:
    return record_out(request.ctx, TaskOut, TASK, row)
