"""Features over the API, and how far they are taken up."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.usage.actions.create_feature import create_feature
from tenure.usage.actions.update_feature import update_feature
from tenure.usage.api.cursors import DEFAULT_ROWS, After, Limit, page_by_id
from tenure.usage.queries.meters import get_feature, list_features
from tenure.usage.schemas.features import FeatureIn, FeatureOut, FeaturePage, FeaturePatch, feature_out
from tenure.workspace.endpoints import ApiRequest, endpoint
from tenure.workspace.endpoints.schemas import given_values

router = Router(tags=["Features"])


@router.get("/features", response=FeaturePage, operation_id="list_features", summary="List features")
@endpoint("usage.view")
def features(request: ApiRequest, after: After = "", limit: Limit = DEFAULT_ROWS) -> FeaturePage:
    """The features, in the order in which they were named."""
    return page_by_id(list_features(request.ctx), FeaturePage, feature_out, after, limit)


@router.post("/features", response={201: FeatureOut}, operation_id="create_feature", summary="Create a feature")
@endpoint("usage.create_feature")
def features_post(request: ApiRequest, body: FeatureIn, response: HttpResponse) -> FeatureOut:
    """Name a part of the product by the events in which it shows."""
    made = create_feature(
        request.ctx, name=body.name, key=body.key, events=body.events, is_core=body.is_core, is_paid=body.is_paid
    )
    response["Location"] = f"{request.path}/{made.pk}"
    return feature_out(made)


@router.get("/features/{uuid:feature_id}", response=FeatureOut, operation_id="get_feature", summary="Get a feature")
@endpoint("usage.view")
def feature(request: ApiRequest, feature_id: UUID) -> FeatureOut:
    """One feature."""
    return feature_out(get_feature(request.ctx, feature_id))


@router.patch("/features/{uuid:feature_id}", response=FeatureOut, operation_id="update_feature", summary="Change a feature")
@endpoint("usage.update_feature")
def feature_patch(request: ApiRequest, feature_id: UUID, body: FeaturePatch) -> FeatureOut:
    """Change the fields sent; it counts so over everything."""
    found = get_feature(request.ctx, feature_id, permission="usage.update_feature")
    now = {"name": found.name, "events": found.events, "is_core": found.is_core, "is_paid": found.is_paid}
    given = {name: value for name, value in given_values(body).items() if value is not None}
    return feature_out(update_feature(request.ctx, feature_id, **(now | given)))
