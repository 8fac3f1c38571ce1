"""Addresses of the directory room, below /<workspace>/."""

from __future__ import annotations

from django.urls import path

from tenure.directory.views import (
    accounts,
    activities,
    duplicates,
    files,
    merges,
    my_day,
    notes,
    people,
    privacy,
    segments,
    tasks,
)

app_name = "directory"
urlpatterns = [
    path("my-day/", my_day.my_day, name="my_day"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.account_new, name="account_new"),
    path("accounts/<uuid:account_id>/", accounts.account, name="account"),
    path("accounts/<uuid:account_id>/edit/", accounts.account_edit, name="account_edit"),
    path("accounts/<uuid:account_id>/peek/", accounts.account_peek, name="account_peek"),
    path("accounts/<uuid:account_id>/removals/", accounts.account_removals, name="account_removals"),
    path("accounts/<uuid:account_id>/timeline/", accounts.account_timeline, name="account_timeline"),
    path("accounts/<uuid:account_id>/notes/", notes.account_notes, name="account_notes"),
    path("accounts/<uuid:account_id>/activities/", activities.account_activities, name="account_activities"),
    path("accounts/<uuid:account_id>/tasks/", tasks.account_tasks, name="account_tasks"),
    path("accounts/<uuid:account_id>/files/", files.account_files, name="account_files"),
    path("accounts/<uuid:account_id>/merges/", merges.account_merges, name="account_merges"),
    path("people/<uuid:person_id>/merges/", merges.person_merges, name="person_merges"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<str:kind>/pairs/", duplicates.distinct_pairs, name="distinct_pairs"),
    path("notes/<uuid:note_id>/edit/", notes.note_edit, name="note_edit"),
    path("notes/<uuid:note_id>/pins/", notes.note_pins, name="note_pins"),
    path("notes/<uuid:note_id>/removals/", notes.note_removals, name="note_removals"),
    path("activities/<uuid:activity_id>/edit/", activities.activity_edit, name="activity_edit"),
    path("activities/<uuid:activity_id>/removals/", activities.activity_removals, name="activity_removals"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/new/", tasks.task_new, name="task_new"),
    path("tasks/<uuid:task_id>/edit/", tasks.task_edit, name="task_edit"),
    path("tasks/<uuid:task_id>/completions/", tasks.task_completions, name="task_completions"),
    path("tasks/<uuid:task_id>/reopenings/", tasks.task_reopenings, name="task_reopenings"),
    path("tasks/<uuid:task_id>/removals/", tasks.task_removals, name="task_removals"),
    path("files/<uuid:file_id>/", files.file, name="file"),
    path("files/<uuid:file_id>/removals/", files.file_removals, name="file_removals"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/edit/", people.person_edit, name="person_edit"),
    path("people/<uuid:person_id>/peek/", people.person_peek, name="person_peek"),
    path("people/<uuid:person_id>/removals/", people.person_removals, name="person_removals"),
    path("people/<uuid:person_id>/timeline/", people.person_timeline, name="person_timeline"),
    path("people/<uuid:person_id>/export/", privacy.person_export, name="person_export"),
    path("people/<uuid:person_id>/erasures/", privacy.person_erasures, name="person_erasures"),
    path("segments/", segments.segments, name="segments"),
    path("segments/<int:position>/edit/", segments.segment_edit, name="segment_edit"),
    path("segments/<int:position>/removals/", segments.segment_removals, name="segment_removals"),
]
