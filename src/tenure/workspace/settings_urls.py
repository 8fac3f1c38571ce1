"""Addresses of the settings, below /<workspace>/settings/, in the workspace room's namespace."""

from __future__ import annotations

from django.urls import path

from tenure.workspace.views import settings_finance, settings_members, settings_outbox, settings_own, settings_rights

urlpatterns = [
    path("", settings_own.profile, name="profile"),
    path("workspace/", settings_own.workspace_settings, name="workspace_settings"),
    path("members/", settings_members.members, name="members"),
    path("members/departures/", settings_members.departures, name="departures"),
    path("members/invitations/", settings_members.invitations, name="invitations"),
    path("members/<uuid:member_id>/", settings_members.member, name="member"),
    path("members/<uuid:member_id>/renewals/", settings_members.renewals, name="invitation_renewals"),
    path("members/<uuid:member_id>/cancellations/", settings_members.cancellations, name="invitation_cancellations"),
    path("members/<uuid:member_id>/suspensions/", settings_members.suspensions, name="suspensions"),
    path("members/<uuid:member_id>/reinstatements/", settings_members.reinstatements, name="reinstatements"),
    path("members/<uuid:member_id>/removals/", settings_members.member_removals, name="member_removals"),
    path("members/<uuid:member_id>/handovers/", settings_members.handovers, name="handovers"),
    path("roles/", settings_rights.roles, name="roles"),
    path("roles/new/", settings_rights.role_new, name="role_new"),
    path("roles/<uuid:role_id>/", settings_rights.role_edit, name="role_edit"),
    path("roles/<uuid:role_id>/removals/", settings_rights.role_removals, name="role_removals"),
    path("rights/", settings_rights.grants, name="grants"),
    path("rights/<uuid:grant_id>/revocations/", settings_rights.revocations, name="revocations"),
    path("rights/<uuid:grant_id>/resumptions/", settings_rights.resumptions, name="resumptions"),
    path("keys/", settings_own.api_keys, name="api_keys"),
    path("keys/new/", settings_own.api_key_new, name="api_key_new"),
    path("keys/<uuid:api_key_id>/revocations/", settings_own.api_key_revocations, name="api_key_revocations"),
    path("exchange-rates/", settings_finance.exchange_rates, name="exchange_rates"),
    path("exchange-rates/files/", settings_finance.exchange_rate_files, name="exchange_rate_files"),
    path("gross-margins/", settings_finance.gross_margins, name="gross_margins"),
    path("outbox/", settings_outbox.outbox, name="outbox"),
    path("outbox/<uuid:mail_id>/", settings_outbox.outbox_mail, name="outbox_mail"),
    path("outbox/<uuid:mail_id>/sendings/", settings_outbox.sendings, name="mail_sendings"),
]
