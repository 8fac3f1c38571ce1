"""Addresses of the directory room, below /<workspace>/."""

from __future__ import annotations

from django.urls import path

from tenure.directory import views

app_name = "directory"
urlpatterns = [
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/new/", views.account_new, name="account_new"),
    path("accounts/<uuid:account_id>/", views.account, name="account"),
    path("accounts/<uuid:account_id>/edit/", views.account_edit, name="account_edit"),
    path("accounts/<uuid:account_id>/peek/", views.account_peek, name="account_peek"),
]
