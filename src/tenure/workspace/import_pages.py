"""What the pages of imports show: steps, columns with what they hold, the preview in words and numbers, progress and result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tenure.workspace import formats
from tenure.workspace.enums import ChangeSetState, CustomKind, ImportSource, ImportState
from tenure.workspace.import_forms import NEW_FIELD
from tenure.workspace.imports.adding import importable_records, profiled_columns
from tenure.workspace.imports.draft import Fault
from tenure.workspace.imports.new_fields import fields_under, may_make_fields, proposed_field, values_of
from tenure.workspace.imports.plan import Answer, Duplicates, FilePlan
from tenure.workspace.imports.profiles import candidate_for
from tenure.workspace.imports.settle import REPEATED
from tenure.workspace.imports.tables import record_named
from tenure.workspace.tabular.decisions import DateOrder, Kind

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.imports.plan import ColumnPlan
    from tenure.workspace.models import ChangeSet, ImportFile, ImportRun, SavedImport
    from tenure.workspace.records import RecordField, RecordType
    from tenure.workspace.tabular.decisions import ColumnProfile

SAMPLES = 3
STEPS = (gettext_lazy("Files"), gettext_lazy("Columns"), gettext_lazy("Preview"), gettext_lazy("Import"))
ANSWERS = {
    Answer.FAIL: gettext_lazy("leave out and list to mend"),
    Answer.SKIP: gettext_lazy("skip the rows"),
    Answer.EMPTY: gettext_lazy("import with an empty field"),
    Answer.CREATE: gettext_lazy("create it"),
}
DUPLICATES = {
    Duplicates.LAST: gettext_lazy("keep the last"),
    Duplicates.FIRST: gettext_lazy("keep the first"),
    Duplicates.SKIP: gettext_lazy("skip all of them"),
}
ORDERS = {
    DateOrder.DMY: gettext_lazy("day-month-year"),
    DateOrder.MDY: gettext_lazy("month-day-year"),
    DateOrder.YMD: gettext_lazy("year-month-day"),
}
TONES: dict[str, str] = {
    ChangeSetState.RUNNING: "sky",
    ChangeSetState.UNDOING: "sky",
    ChangeSetState.DONE: "leaf",
    ChangeSetState.CANCELLED: "amber",
    ChangeSetState.INTERRUPTED: "rose",
    ChangeSetState.UNDONE: "",
}


def run_lines(ctx: Context, runs: Sequence[ImportRun], rows: Mapping[Any, int]) -> list[dict[str, Any]]:
    """The list of imports."""
    return [
        {
            "run": run,
            "url": reverse("workspace:import_run", args=[ctx.workspace.slug, run.pk]),
            "rows": formats.number(rows.get(run.pk, 0), ctx),
            "state": state_of(run),
            "tone": TONES.get(run.change_set.standing, "") if run.change_set else "",
        }
        for run in runs
    ]


def state_of(run: ImportRun) -> str:
    """How the import stands, in a word."""
    if run.change_set is None:
        return str(run.get_state_display())
    return str(ChangeSetState(run.change_set.standing).label)


def counted_pill(ctx: Context, files: Sequence[ImportFile]) -> str:
    """4 files, 14,385 rows."""
    rows = formats.number(sum(one.rows or 0 for one in files), ctx)
    return ngettext("%(count)s file · %(rows)s rows", "%(count)s files · %(rows)s rows", len(files)) % {
        "count": len(files),
        "rows": rows,
    }


def column_lines(ctx: Context, one: ImportFile) -> list[dict[str, Any]]:
    """Every column of the file: what it holds, how it is read, where it goes."""
    plan = FilePlan.from_dict(one.plan)
    record = record_named(one.record)
    known = record.fields_for(ctx)
    fresh = fields_under(ctx, record, plan)[len(known) :]
    may_make = may_make_fields(ctx, record)
    return [_column_line(column, plan, known, fresh, may_make=may_make) for column in profiled_columns(one)]


def _column_line(
    column: ColumnProfile, plan: FilePlan, known: Sequence[RecordField], fresh: Sequence[RecordField], *, may_make: bool
) -> dict[str, Any]:
    mapped = plan.columns.get(column.name)
    fields = [*known, *fresh]
    field = next((field for field in fields if mapped and field.name == mapped.field), None)
    candidate = candidate_for(field, column)
    decision = mapped.over(candidate.decision) if mapped else candidate.decision
    is_date = candidate.kind in (Kind.DATE, Kind.INSTANT)
    return {
        "index": column.index,
        "name": column.name,
        "samples": [value for value, _count in column.frequent[:SAMPLES]],
        "filled": column.filled,
        "options": [
            {"value": field.name, "label": field.label, "chosen": bool(mapped and mapped.field == field.name)} for field in known
        ],
        "new": _new_field_line(column, mapped, is_fresh=field in fresh) if may_make else None,
        "notes": [str(note) for note in (*candidate.evidence, *column.warnings)] if mapped else [],
        "orders": [
            {"value": order.value, "label": label, "chosen": decision.date_order is order} for order, label in ORDERS.items()
        ]
        if is_date and mapped
        else [],
    }


def _new_field_line(column: ColumnProfile, mapped: ColumnPlan | None, *, is_fresh: bool) -> dict[str, Any]:
    """The field that the column would become."""
    planned = mapped.new_field if mapped and is_fresh else None
    new = planned or proposed_field(column)
    kinds = [
        (value, label) for value, label in CustomKind.choices if value != CustomKind.CHOICE or values_of(column) or new.choices
    ]
    return {
        "value": NEW_FIELD,
        "chosen": planned is not None,
        "label": new.label,
        "kinds": [{"value": value, "label": label, "chosen": value == new.kind} for value, label in kinds],
        "choices": ", ".join(new.choices),
    }


def key_options(ctx: Context, one: ImportFile) -> list[dict[str, Any]]:
    """By what rows may be matched with records that are there."""
    plan = FilePlan.from_dict(one.plan)
    record = record_named(one.record)
    keys = [field for field in record.fields_for(ctx) if field.is_key and field.name in plan.fields]
    chosen = plan.match_by
    if chosen is None:
        names = [field.name for field in keys]
        chosen = "external_id" if "external_id" in names else names[0] if names else ""
    return [
        *({"value": field.name, "label": field.label, "chosen": field.name == chosen} for field in keys),
        {"value": "", "label": _natural_label(record, plan) or _("Nothing: every row is a new record"), "chosen": chosen == ""},
    ]


def _natural_label(record: RecordType, plan: FilePlan) -> str:
    """The fields that together name a record, where the file brings them."""
    if not record.natural_key or not set(record.natural_key) <= plan.fields:
        return ""
    return " + ".join(str(record.by_name[name].label) for name in record.natural_key)


def saved_column_lines(ctx: Context, saved: SavedImport) -> list[dict[str, Any]]:
    """Every column of the files that a saved import takes, and where it goes."""
    plan = FilePlan.from_dict(saved.plan)
    fields = fields_under(ctx, record_named(saved.record), plan)
    mapped = {name: one.field for name, one in plan.columns.items()}
    return [
        {
            "index": index,
            "name": name,
            "options": [{"value": one.name, "label": one.label, "chosen": mapped.get(name) == one.name} for one in fields],
        }
        for index, name in enumerate(saved.header or sorted(mapped))
    ]


def saved_state(saved: SavedImport) -> dict[str, Any]:
    """Whether a saved import runs by itself, in a word; and whether there is anything to be run."""
    word, tone = (_("By hand"), "")
    if saved.switched_off_at is not None:
        word, tone = _("Switched off"), "amber"
    elif saved.every_minutes:
        word, tone = _("Runs by itself"), "leaf"
    return {
        "state": word,
        "tone": tone,
        "can_run": saved.source != ImportSource.NONE,
        "is_off": saved.switched_off_at is not None,
    }


def record_options(ctx: Context, one: ImportFile) -> list[dict[str, Any]]:
    """What the rows may be."""
    return [
        {"value": kind.name, "label": kind.label_plural, "chosen": kind.name == one.record} for kind in importable_records(ctx)
    ]


def preview_context(ctx: Context, run: ImportRun, files: Sequence[ImportFile]) -> dict[str, Any]:
    """The preview: figures, how dates and amounts are read, problems with their answers."""
    preview: dict[str, Any] = run.preview or {}
    looked = preview.get("files", [])
    by_id = {str(one.pk): one for one in files}
    kinds = [
        f"{formats.number(one['created'], ctx)} {record_named(one['record']).label_plural}" for one in looked if one["created"]
    ]
    problems = [line for one in looked for line in _problem_lines(ctx, one, by_id[one["file"]])]
    will_do = preview.get("created", 0) + preview.get("updated", 0) + preview.get("unchanged", 0)
    return {
        "created": formats.number(preview.get("created"), ctx),
        "created_note": " · ".join(kinds),
        "updated": formats.number(preview.get("updated"), ctx),
        "unchanged": formats.number(preview.get("unchanged"), ctx),
        "left": formats.number(preview.get("failed", 0) + preview.get("skipped", 0), ctx),
        "left_count": preview.get("failed", 0) + preview.get("skipped", 0),
        "problems": problems,
        "readings": [line for one in files for line in _readings(ctx, one)],
        "new_fields": [
            {"label": new["label"], "kind": CustomKind(new["kind"]).label, "record": record_named(one["record"]).label_plural}
            for one in looked
            for new in one.get("new_fields", ())
        ],
        "left_out": [{"file": one["name"], "columns": ", ".join(one["left_out"])} for one in looked if one["left_out"]],
        "will_do": formats.number(will_do, ctx),
        "can_start": will_do > 0,
        "is_previewing": run.state in (ImportState.PREVIEWING, ImportState.READING) and not run.message,
        "is_reading": run.state == ImportState.READING,
        "message": run.message,
        "read": preview.get("read", 0),
        "rows": preview.get("rows", 0),
    }


def _problem_lines(ctx: Context, looked: Mapping[str, Any], one: ImportFile) -> list[dict[str, Any]]:
    lines = [_problem_line(ctx, looked["file"], place, problem) for place, problem in enumerate(looked["problems"])]
    if repeated := looked["skips"].get(REPEATED):
        chosen = FilePlan.from_dict(one.plan).duplicates
        lines.append(
            {
                "kind": _("repeated key"),
                "tone": "rose",
                "column": looked["match_by"],
                "rows": formats.number(repeated, ctx),
                "example": one.file.name,
                "choices": [
                    {"value": f"{one.pk}:duplicates:{value}", "label": label, "chosen": value == chosen}
                    for value, label in DUPLICATES.items()
                ],
            }
        )
    return lines


def _problem_line(ctx: Context, file_id: str, place: int, problem: Mapping[str, Any]) -> dict[str, Any]:
    parts = {key: problem[key] for key in ("code", "message", "facts", "value", "remedy") if key in problem}
    choices = [
        {"value": f"{file_id}:{place}:{answer}", "label": ANSWERS[Answer(answer)], "chosen": answer == problem["answer"]}
        for answer in problem["answers"]
    ]
    near = problem["corrections"][0] if problem["corrections"] else None
    if near:
        choices.insert(0, {"value": f"{file_id}:{place}:correct", "label": _("use what is probably meant"), "chosen": False})
    examples = ", ".join(_("row %(row)s: %(value)s") % example for example in problem["examples"][:SAMPLES])
    return {
        "kind": Fault(**parts).sentence(),
        "tone": "rose" if problem["answer"] == Answer.FAIL else "amber",
        "column": problem.get("column", ""),
        "rows": formats.number(problem["rows"], ctx),
        "example": examples,
        "near": near,
        "more_near": len(problem["corrections"]) - 1,
        "choices": choices,
    }


def _readings(ctx: Context, one: ImportFile) -> list[dict[str, Any]]:
    """How mapped columns of dates, times and amounts are read, with what may be said instead."""
    plan = FilePlan.from_dict(one.plan)
    fields = {field.name: field for field in fields_under(ctx, record_named(one.record), plan)}
    lines = []
    for column in profiled_columns(one):
        mapped = plan.columns.get(column.name)
        if mapped is None:
            continue
        candidate = candidate_for(fields.get(mapped.field), column)
        notes = [note for note in candidate.evidence if note.code in _TOLD]
        if not notes and not column.warnings:
            continue
        decision = mapped.over(candidate.decision)
        others = (
            [order for order in ORDERS if order is not decision.date_order] if candidate.kind in (Kind.DATE, Kind.INSTANT) else []
        )
        lines.append(
            {
                "column": column.name,
                "sentences": [str(note) for note in dict.fromkeys(str(note) for note in (*notes, *column.warnings))],
                "is_doubtful": bool(column.warnings),
                "is_chosen": mapped.date_order is not None,
                "chosen": ORDERS.get(decision.date_order, ""),
                "others": [{"value": f"{one.pk}:order:{column.index}:{order.value}", "label": ORDERS[order]} for order in others],
            }
        )
    return lines


_TOLD = {
    "date_order",
    "ambiguous_date_order",
    "zone_assumed",
    "offsets",
    "decimal_mark",
    "currency",
    "day_numbers",
    "compact_dates",
}


def progress_context(ctx: Context, run: ImportRun, change_set: ChangeSet) -> dict[str, Any]:
    """How far the run or its undo is, how fast, and how long it will still take."""
    is_undo = change_set.state == ChangeSetState.UNDOING
    done = change_set.undone + change_set.kept if is_undo else change_set.done
    total = change_set.created + change_set.updated + change_set.deleted if is_undo else change_set.total or done
    seconds = max(1.0, (ctx.now() - change_set.started_at).total_seconds())
    rate = done / seconds
    left = (total - done) / rate if rate else 0
    return {
        "run": run,
        "change_set": change_set,
        "is_running": change_set.is_running and not change_set.is_stale,
        "is_undo": is_undo,
        "done": done,
        "total": max(total, 1),
        "counted": _("%(done)s of %(total)s rows") % {"done": formats.number(done, ctx), "total": formats.number(total, ctx)},
        "rate": "" if is_undo else _("%(rate)s rows a second") % {"rate": formats.number(round(rate), ctx)},
        "time_left": _time_left(left) if rate and not is_undo else "",
        "state": ChangeSetState(change_set.standing).label,
        "tone": TONES.get(change_set.standing, ""),
    }


def _time_left(seconds: float) -> str:
    if seconds < 60:  # noqa: PLR2004 - a minute
        return _("less than a minute left")
    minutes = round(seconds / 60)
    return ngettext("%(count)s minute left", "%(count)s minutes left", minutes) % {"count": minutes}


def result_figures(ctx: Context, change_set: ChangeSet) -> list[dict[str, str]]:
    """What came of the rows."""
    names = (
        (_("Created"), change_set.created, ""),
        (_("Updated"), change_set.updated, ""),
        (_("Deleted"), change_set.deleted, ""),
        (_("Unchanged"), change_set.unchanged, ""),
        (_("Skipped"), change_set.skipped, ""),
        (_("Failed"), change_set.failed, "rose"),
        (_("Taken back"), change_set.undone, ""),
        (_("Kept"), change_set.kept, "amber"),
    )
    return [{"label": label, "value": formats.number(value, ctx), "tone": tone} for label, value, tone in names if value]
