"""Addresses of the workspace room, below /<workspace>/."""

from __future__ import annotations

from django.urls import include, path

from tenure.workspace.views import audit, changes, custom_fields, frame, imports, lists, notifications, saved_imports

app_name = "workspace"
urlpatterns = [
    path("", frame.home, name="home"),
    path("search/", frame.search, name="search"),
    path("theme/", frame.theme, name="theme"),
    path("changes/", changes.changes, name="changes"),
    path("changes/<uuid:change_set_id>/", changes.change_set, name="change_set"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/saved/<uuid:saved_id>/", saved_imports.saved_import, name="saved_import"),
    path("imports/saved/<uuid:saved_id>/runs/", saved_imports.saved_import_runs, name="saved_import_runs"),
    path("imports/saved/<uuid:saved_id>/rests/", saved_imports.saved_import_rests, name="saved_import_rests"),
    path("imports/<uuid:run_id>/", imports.import_run, name="import_run"),
    path("imports/<uuid:run_id>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<uuid:run_id>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<uuid:run_id>/answers/", imports.import_answers, name="import_answers"),
    path("imports/<uuid:run_id>/starts/", imports.import_starts, name="import_starts"),
    path("imports/<uuid:run_id>/cancellations/", imports.import_cancellations, name="import_cancellations"),
    path("imports/<uuid:run_id>/resumptions/", imports.import_resumptions, name="import_resumptions"),
    path("imports/<uuid:run_id>/files/<uuid:import_file_id>/errors/", imports.import_errors, name="import_errors"),
    path("changes/<uuid:change_set_id>/undo/", frame.undo, name="undo"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/readings/", notifications.notification_readings, name="notification_readings"),
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
