"""Addresses of the directory room, below /<workspace>/."""

from __future__ import annotations

from django.urls import path

from tenure.directory import views

app_name = "directory"
urlpatterns = [path("accounts/", views.accounts, name="accounts")]
