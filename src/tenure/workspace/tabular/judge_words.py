"""Whether the column is yes and no, an address, a key, several choices in one cell, or plain text."""

from __future__ import annotations

from collections import Counter

from tenure.workspace.tabular.column_tally import ColumnTally
from tenure.workspace.tabular.dates import undo_spreadsheet_date
from tenure.workspace.tabular.decisions import Candidate, Decision, Kind
from tenure.workspace.tabular.notes import Note
from tenure.workspace.tabular.notes import translatable as _
from tenure.workspace.tabular.words import FALSE_WORDS, TRUE_WORDS, names_a_flag

_BITS = {"0", "1", "0.0", "1.0"}
_NEARLY_ALL = 0.98
_MOST_WORDS = 8
_MOST_CHOSEN = 2_000
_MOST_CHOICES = 50
_LONGEST_RANGE = 16
_SEPARATORS = (";", "|", ",", "/", "、")


def judge_boolean(tally: ColumnTally, header: str, filled: int) -> Candidate | None:
    """Yes and no in one of the languages known. Ones and zeros count where the header asks a question."""
    if not tally.is_exact or len(tally.values) > _MOST_WORDS:
        return None
    words: Counter[str] = Counter()
    for value, cells in tally.values.items():
        words[value.casefold()] += cells
    fits = sum(cells for word, cells in words.items() if word in TRUE_WORDS or word in FALSE_WORDS)
    yes = sum(cells for word, cells in words.items() if word in TRUE_WORDS)
    digits = {word for word in words if word in _BITS}
    # Ones and zeros among other numbers are a count; a third word among yes and no is a choice.
    if fits < _NEARLY_ALL * filled or not fits or (digits and (digits != {*words} or not names_a_flag(header))):
        return None
    facts: dict[str, object] = {"yes": yes, "no": fits - yes}
    note = Note("yes_and_no", _("{yes} cells say yes, {no} say no."), facts)
    misfits = tuple(value for value in tally.values if value.casefold() not in TRUE_WORDS | FALSE_WORDS)
    return Candidate(Decision(Kind.BOOLEAN), fits, filled - fits, (note,), misfits)


def judge_texts(tally: ColumnTally, filled: int) -> list[Candidate]:
    """Addresses, web addresses, keys, lists of choices and, always, text; the most telling first."""
    text = tally.forms.text
    found = [
        Candidate(Decision(kind), cells, filled - cells)
        for kind, cells in ((Kind.EMAIL, text.addresses), (Kind.URL, text.urls), (Kind.UUID, text.uuids))
        if cells
    ]
    if choices := judge_list(tally, filled):
        found.append(choices)
    if _is_identifier(tally, filled):
        note = Note("mostly_unique", _("Nearly every value stands once and has digits, as keys do."), {})
        found.append(Candidate(Decision(Kind.IDENTIFIER), filled, 0, (note,)))
    found.append(Candidate(Decision(Kind.TEXT), filled, 0))
    return found


def _is_identifier(tally: ColumnTally, filled: int) -> bool:
    text = tally.forms.text
    numbers = sum(form.count for form in tally.forms.numbers.values())
    compact = text.spaceless + numbers >= 0.99 * filled
    if find_mends(tally):
        return False
    mostly_unique = not tally.is_exact or len(tally.values) >= 0.9 * filled
    with_digits = sum(any(sign.isdigit() for sign in value) for value in list(tally.values)[:200])
    return filled > 1 and compact and mostly_unique and with_digits >= 0.8 * min(200, len(tally.values))


def judge_list(tally: ColumnTally, filled: int) -> Candidate | None:
    """Several choices in one cell (`cat, wolf`): the pieces are few and stand alone or come again elsewhere."""
    if not tally.is_exact or not 1 < len(tally.values) <= _MOST_CHOSEN:
        return None
    for separator in _SEPARATORS:
        composed = [value for value in tally.values if separator in value]
        if not composed:
            continue
        pieces = Counter(piece.strip() for value in composed for piece in value.split(separator))
        known = sum(count for piece, count in pieces.items() if count > 1 or piece in tally.values)
        alone = sum(piece in tally.values for piece in pieces)
        if known == pieces.total() and alone * 2 >= len(pieces) and "" not in pieces and len(pieces) <= _MOST_CHOICES:
            cells = sum(tally.values[value] for value in composed)
            facts: dict[str, object] = {"count": cells, "example": composed[0], "pieces": len(pieces)}
            note = Note("several_choices", _("{count} cells hold several choices (for example {example})."), facts)
            return Candidate(Decision(Kind.LIST, separator=separator), filled, 0, (note,))
    return None


def find_mends(tally: ColumnTally) -> dict[str, str]:
    """Values that a spreadsheet took for a date, with the range they were: {"20.máj": "5-20"}."""
    return {value: mended for value in tally.values if len(value) <= _LONGEST_RANGE and (mended := undo_spreadsheet_date(value))}
