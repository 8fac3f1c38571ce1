"""What a file's columns hold, kept as JSON with the import, and how a column is read for the field it goes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tenure.workspace.records import FieldKind, RecordField
from tenure.workspace.tabular.decisions import Candidate, ColumnProfile, Decision, Kind
from tenure.workspace.tabular.notes import Note

_FREQUENT, _EXAMPLES, _MENDS = 20, 5, 200
KIND_OF_FIELD: dict[FieldKind, Kind] = {
    FieldKind.INTEGER: Kind.INTEGER,
    FieldKind.DECIMAL: Kind.DECIMAL,
    FieldKind.MONEY: Kind.MONEY,
    FieldKind.DATE: Kind.DATE,
    FieldKind.INSTANT: Kind.INSTANT,
    FieldKind.BOOLEAN: Kind.BOOLEAN,
    FieldKind.CHOICES: Kind.LIST,
    FieldKind.EMAIL: Kind.EMAIL,
    FieldKind.DOMAIN: Kind.URL,
}
# Where a column has no candidate of the field's own kind, the one whose decisions say most about it.
_NEAREST: dict[Kind, tuple[Kind, ...]] = {
    Kind.INSTANT: (Kind.INSTANT, Kind.DATE),
    Kind.DATE: (Kind.DATE, Kind.INSTANT),
    Kind.MONEY: (Kind.MONEY, Kind.DECIMAL, Kind.INTEGER),
    Kind.DECIMAL: (Kind.PERCENT, Kind.DECIMAL, Kind.MONEY, Kind.INTEGER),
    Kind.INTEGER: (Kind.INTEGER, Kind.DECIMAL),
}


def candidate_for(field: RecordField | None, column: ColumnProfile) -> Candidate:
    """How the column is read for that field: as the field's kind where it can be, else as it is best read."""
    wanted = KIND_OF_FIELD.get(field.kind) if field else None
    if wanted is None:
        return column.best
    for kind in _NEAREST.get(wanted, (wanted,)):
        if (found := column.candidate(kind)) is not None:
            return found
    return column.best


def decisions_for(columns: Sequence[ColumnProfile], fields: Mapping[str, RecordField]) -> dict[str, Decision]:
    """Every column's decision. fields: the field each mapped column goes to."""
    return {column.name: candidate_for(fields.get(column.name), column).decision for column in columns}


def as_plain(header: Sequence[str], columns: Sequence[ColumnProfile]) -> dict[str, Any]:
    """The profile as JSON values, bounded."""
    return {"header": list(header), "columns": [_column_as_plain(column) for column in columns]}


def from_plain(plain: Mapping[str, Any]) -> list[ColumnProfile]:
    """The columns that `as_plain` wrote."""
    return [_column_from_plain(index, column) for index, column in enumerate(plain.get("columns", []))]


def _column_as_plain(column: ColumnProfile) -> dict[str, Any]:
    return {
        "name": column.name,
        "count": column.count,
        "empties": column.empties,
        "null_words": column.null_words,
        "distinct": column.distinct,
        "distinct_is_exact": column.distinct_is_exact,
        "frequent": [[_text(value), count] for value, count in column.frequent[:_FREQUENT]],
        "minimum": _text(column.minimum),
        "maximum": _text(column.maximum),
        "candidates": [_candidate_as_plain(one) for one in column.candidates],
        "warnings": [_note_as_plain(note) for note in column.warnings],
        "mends": {_text(value): _text(meant) for value, meant in list(column.mends.items())[:_MENDS]},
    }


def _candidate_as_plain(candidate: Candidate) -> dict[str, Any]:
    return {
        "decision": candidate.decision.as_dict(),
        "fits": candidate.fits,
        "misfits": candidate.misfits,
        "evidence": [_note_as_plain(note) for note in candidate.evidence],
        "examples": [_text(value) for value in candidate.examples[:_EXAMPLES]],
    }


def _note_as_plain(note: Note) -> dict[str, Any]:
    plain = note.as_dict()
    plain["facts"] = {name: value if isinstance(value, int) else _text(str(value)) for name, value in plain["facts"].items()}
    return plain


def _column_from_plain(index: int, plain: Mapping[str, Any]) -> ColumnProfile:
    return ColumnProfile(
        index=index,
        name=plain["name"],
        count=plain["count"],
        empties=plain["empties"],
        null_words=plain["null_words"],
        distinct=plain["distinct"],
        distinct_is_exact=plain["distinct_is_exact"],
        frequent=tuple((value, count) for value, count in plain["frequent"]),
        minimum=plain["minimum"],
        maximum=plain["maximum"],
        candidates=tuple(_candidate_from_plain(one) for one in plain["candidates"]),
        warnings=tuple(Note.from_dict(note) for note in plain["warnings"]),
        mends=plain["mends"],
    )


def _candidate_from_plain(plain: Mapping[str, Any]) -> Candidate:
    evidence = tuple(Note.from_dict(note) for note in plain["evidence"])
    return Candidate(Decision.from_dict(plain["decision"]), plain["fits"], plain["misfits"], evidence, tuple(plain["examples"]))


def _text(value: str) -> str:
    """Text that a JSON column can keep: halves of pairs and NUL become the sign for what cannot be shown."""
    return "".join("\ufffd" if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign for sign in value[:200]) if value else ""
