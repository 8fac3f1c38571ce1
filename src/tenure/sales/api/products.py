"""Products over the API: what is sold, as deals name it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.market.queries.records import get_record
from tenure.sales.actions.create_product import create_product
from tenure.sales.actions.delete_products import delete_products
from tenure.sales.actions.update_product import update_product
from tenure.sales.lists import PRODUCTS
from tenure.sales.models import SalesProduct
from tenure.sales.records import PRODUCT
from tenure.sales.schemas.selling import ProductIn, ProductOut, ProductPage, ProductPatch
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

router = Router(tags=["Products"])


@router.get("/products", response=ProductPage, operation_id="list_products", summary="List products")
@endpoint("sales.view", lists=PRODUCTS)
def products(request: ApiRequest) -> ProductPage:
    """What is sold, filtered, searched and sorted as on its page."""
    return cursor_page(request, PRODUCTS, ProductPage, lambda row: _out(request, row))


@router.post("/products", response={201: ProductOut}, operation_id="create_product", summary="Create a product")
@endpoint("sales.create_product")
def products_post(request: ApiRequest, body: ProductIn, response: HttpResponse) -> ProductOut:
    """Write a product. Two never share a name."""
    made = create_product(request.ctx, record_values(request.ctx, PRODUCT, body))
    return _out(request, tag_made(response, made, "product"))


@router.get("/products/{uuid:product_id}", response=ProductOut, operation_id="get_product", summary="Get a product")
@endpoint("sales.view")
def product(request: ApiRequest, product_id: UUID, response: HttpResponse) -> ProductOut:
    """One product. Its version stands in ETag."""
    return _out(request, tag_version(response, get_record(request.ctx, PRODUCT, product_id)))


@router.patch("/products/{uuid:product_id}", response=ProductOut, operation_id="update_product", summary="Change a product")
@endpoint("sales.update_product", is_versioned=True)
def product_patch(request: ApiRequest, product_id: UUID, body: ProductPatch, response: HttpResponse) -> ProductOut:
    """Change the fields sent, as a change set that can be undone."""
    values, version = record_values(request.ctx, PRODUCT, body), wanted_version(request, body.version)
    return _out(request, tag_version(response, update_product(request.ctx, product_id, values, version=version)))


@router.delete("/products/{uuid:product_id}", response=ChangeSetOut, operation_id="delete_product", summary="Delete a product")
@endpoint("sales.delete_products", is_versioned=True)
def product_delete(request: ApiRequest, product_id: UUID) -> ChangeSetOut:
    """Delete the product. The change set returned can be undone."""
    return delete_record(request, PRODUCT, product_id, delete_products)


def _out(request: ApiRequest, row: SalesProduct) -> ProductOut:
    return record_out(request.ctx, ProductOut, PRODUCT, row)
