"""The API of Tenure: the routers of all rooms under /api/v1, and one document that says what each operation takes and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from tenure.billing import api as billing
from tenure.directory import api as directory
from tenure.insights import api as insights
from tenure.kernel.errors import DomainError
from tenure.market import api as market
from tenure.sales import api as sales
from tenure.stream import api as stream
from tenure.usage import api as usage
from tenure.workspace import api as workspace
from tenure.workspace.endpoints.bodies import JsonParser
from tenure.workspace.endpoints.documents import complete_document
from tenure.workspace.endpoints.problems import invalid_input, malformed, problem_response

if TYPE_CHECKING:
    from ninja.openapi.schema import OpenAPISchema
    from ninja.operation import Operation

PREFIX = "api/v1/"


class PlainJson(JSONRenderer):
    """JSON in UTF-8, as people write it."""

    json_dumps_params: dict[str, Any] = {"ensure_ascii": False}  # noqa: RUF012 - as the class above declares it


class TenureApi(NinjaAPI):
    """Operations are known by the id each was given; their document is completed with what all of them share."""

    document: OpenAPISchema | None = None

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The id an operation was given; a missing one is a mistake of ours."""
        raise LookupError(f"{operation.view_func.__module__}.{operation.view_func.__name__} has no operation_id")

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> OpenAPISchema:
        """The whole document, made once."""
        if self.document is None:
            self.document = super().get_openapi_schema(path_prefix=path_prefix or f"/{PREFIX}", path_params=path_params)
            complete_document(self.document, self.operations())
        return self.document

    def operations(self) -> dict[str, Operation]:
        """Every operation of every room by its id."""
        routers = self._get_bound_routers()
        found = [one for router in routers for view in router.path_operations.values() for one in view.operations]
        return {str(operation.operation_id): operation for operation in found}


api = TenureApi(
    title="Tenure",
    version="1",
    description="One customer record from the first touch to the n-th renewal. "
    "Send an API key as `Authorization: Bearer tnr_...`; the workspace is the key's.",
    urls_namespace="api",
    docs_url=None,
    parser=JsonParser(),
    renderer=PlainJson(),
    servers=[{"url": "/", "description": "The Tenure that serves this document"}],
)
for router in (
    *workspace.routers,
    *stream.routers,
    *directory.routers,
    *market.routers,
    *sales.routers,
    *usage.routers,
    *billing.routers,
    insights.router,
):
    api.add_router("", router)


@api.exception_handler(DomainError)
def _domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    return problem_response(request, error)


@api.exception_handler(ValidationError)
def _invalid_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem_response(request, *invalid_input(error))


@api.exception_handler(HttpError)
def _malformed(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_response(request, malformed(error))


@api.exception_handler(Exception)
def _ours(request: HttpRequest, error: Exception) -> HttpResponse:
    del request
    raise error
