"""Addresses of the workspace room, below /<workspace>/."""

from __future__ import annotations

from django.urls import include, path

from tenure.workspace.views import audit, custom_fields, frame, lists

app_name = "workspace"
urlpatterns = [
    path("", frame.home, name="home"),
    path("search/", frame.search, name="search"),
    path("theme/", frame.theme, name="theme"),
    path("changes/<uuid:change_set_id>/undo/", frame.undo, name="undo"),
    path("settings/", include("tenure.workspace.settings_urls")),
    path("audit/", audit.audit, name="audit"),
    path("audit/<uuid:line_id>/", audit.audit_line, name="audit_line"),
    path("audit/<uuid:line_id>/peek/", audit.audit_line_peek, name="audit_line_peek"),
    path("settings/fields/", custom_fields.custom_fields, name="custom_fields"),
    path("settings/fields/<uuid:field_id>/names/", custom_fields.custom_field_names, name="custom_field_names"),
    path("settings/fields/<uuid:field_id>/retirements/", custom_fields.custom_field_retirements, name="custom_field_retirements"),
    path("references/<slug:record>/", lists.references, name="references"),
    path("lists/<slug:name>/views/", lists.saved_views, name="saved_views"),
    path("lists/<slug:name>/views/<uuid:view_id>/removals/", lists.saved_view_removals, name="saved_view_removals"),
    path("lists/<slug:name>/exports/", lists.exports, name="exports"),
    path("lists/<slug:name>/edits/", lists.bulk_edit, name="bulk_edit"),
    path("lists/<slug:name>/selections/", lists.selection, name="selection"),
]
