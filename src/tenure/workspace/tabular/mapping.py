"""Which column belongs to which field: suggested by name, by kind and by what the column holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tenure.workspace.tabular.decisions import ColumnProfile, Kind
from tenure.workspace.tabular.nearest import count_slips
from tenure.workspace.tabular.notes import Note
from tenure.workspace.tabular.notes import translatable as _
from tenure.workspace.tabular.presets import find_preset, preset_fields
from tenure.workspace.tabular.synonyms import FIELD_SYNONYMS
from tenure.workspace.tabular.words import folded

_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_APART = re.compile(r"[\W_]+")
_ENOUGH = 0.5
_LONG_NAME = 6
# A kind of field and the kinds of column that can be read as it, best first.
_SUITS: dict[Kind, tuple[Kind, ...]] = {
    Kind.INTEGER: (Kind.INTEGER,),
    Kind.DECIMAL: (Kind.DECIMAL, Kind.INTEGER, Kind.MONEY, Kind.PERCENT),
    Kind.MONEY: (Kind.MONEY, Kind.DECIMAL, Kind.INTEGER),
    Kind.PERCENT: (Kind.PERCENT, Kind.DECIMAL, Kind.INTEGER),
    Kind.BOOLEAN: (Kind.BOOLEAN, Kind.INTEGER),
    Kind.DATE: (Kind.DATE, Kind.INSTANT),
    Kind.INSTANT: (Kind.INSTANT, Kind.DATE),
    Kind.EMAIL: (Kind.EMAIL,),
    Kind.URL: (Kind.URL,),
    Kind.UUID: (Kind.UUID,),
}


class Field(Protocol):
    """What a field must say of itself; its record type and label are the caller's."""

    @property
    def name(self) -> str:
        """The field's name in code."""

    @property
    def label(self) -> str:
        """The field's name on the page, in the person's language."""

    @property
    def synonyms(self) -> Sequence[str]:
        """Other names that files use."""

    @property
    def kind(self) -> Kind:
        """What its values are."""


@dataclass(frozen=True, slots=True)
class MappingSuggestion:
    """A column and the field it probably is; field None: none fits, or the preset leaves the column out.

    confidence from 0 to 1; because: why; leave_out: a known export's column that only repeats others.
    """

    column: str
    field: str | None
    confidence: float
    because: Note
    leave_out: bool = False


_NONE_FITS = Note("no_field", _("No field has this name; it can become a field of your own."))
_NOTHING_IN_IT = Note("empty_column", _("The column is empty."))


def suggest_mapping(header: Sequence[str], profiles: Sequence[ColumnProfile], fields: Iterable[Field]) -> list[MappingSuggestion]:
    """One suggestion per column, in the header's order; no field is suggested twice.

    A known export (HubSpot, Stripe) is mapped by its preset; other columns by name, label and synonyms in three languages,
    lowered where the column's values do not suit the field's kind.
    """
    known = list(fields)
    found = _by_preset(header, {field.name for field in known})
    taken = {one.field for one in found.values() if one.field}
    scored = sorted(
        (
            (score, place, field.name)
            for place, column in enumerate(profiles)
            if column.name not in found
            for field in known
            if (score := _score(column, field)) >= _ENOUGH
        ),
        key=lambda one: (-one[0], one[1]),
    )
    for score, place, name in scored:
        column = header[place]
        if column not in found and name not in taken:
            taken.add(name)
            note = Note("name_matches", _("The column's name and values suit the field."), {"field": name})
            found[column] = MappingSuggestion(column, name, round(score, 3), note)
    return [found.get(profile.name) or _unmapped(profile) for profile in profiles]


def _unmapped(profile: ColumnProfile) -> MappingSuggestion:
    if profile.best.kind is Kind.EMPTY:
        return MappingSuggestion(profile.name, None, 1.0, _NOTHING_IN_IT, leave_out=True)
    return MappingSuggestion(profile.name, None, 0.0, _NONE_FITS)


def _by_preset(header: Sequence[str], names: set[str]) -> dict[str, MappingSuggestion]:
    preset = find_preset(header)
    if preset is None:
        return {}
    note = Note("preset", _("The file is an export of the kind {preset}."), {"preset": preset.name})
    found: dict[str, MappingSuggestion] = {}
    taken: set[str] = set()
    for column, field in preset_fields(preset, header).items():
        if field is None:
            found[column] = MappingSuggestion(column, None, 1.0, note, leave_out=True)
        elif field in names and field not in taken:
            taken.add(field)
            found[column] = MappingSuggestion(column, field, 1.0, note)
    return found


def name_words(name: str) -> tuple[str, ...]:
    """A column's or field's name as plain words: "closeDate", "close_date" and "Close Date" are one."""
    return tuple(word for word in _APART.split(folded(_CAMEL.sub(" ", name))) if word)


def _score(column: ColumnProfile, field: Field) -> float:
    words = name_words(column.name)
    synonyms = (*field.synonyms, *FIELD_SYNONYMS.get(field.name, ()))
    own = max(_likeness(words, name_words(name)) for name in (field.name, str(field.label)))
    other = max((_likeness(words, name_words(name)) for name in synonyms), default=0.0)
    return max(own, 0.95 * other) * _suitability(column, field.kind)


def _likeness(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """1 for the same words, less for words in common or letters mistaken, 0 for strangers."""
    if not left or not right:
        return 0.0
    if left == right or "".join(left) == "".join(right):
        return 1.0
    common = len({*left} & {*right})
    overlap = common / len({*left} | {*right})
    one, two = "".join(left), "".join(right)
    slips = count_slips(one, two, 2) if min(len(one), len(two)) >= _LONG_NAME else None
    return max(0.9 * overlap, 0.9 - 0.1 * slips if slips is not None else 0.0)


def _suitability(column: ColumnProfile, kind: Kind) -> float:
    if kind not in _SUITS or column.best.kind is Kind.EMPTY:
        return 1.0
    for place, suiting in enumerate(_SUITS[kind]):
        if candidate := column.candidate(suiting):
            return (1.0 - 0.05 * place) * (0.5 + 0.5 * candidate.share)
    return 0.4
