"""Records that are known by their name: it is needed, it is unique but for case, accents and punctuation, and lists are sorted by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tenure.directory.domain.keys import name_key
from tenure.directory.errors import NameMissing
from tenure.kernel.collation import sort_key
from tenure.market.errors import NameTaken
from tenure.workspace.records import RecordType

if TYPE_CHECKING:
    from tenure.workspace.context import Context


class NamedRecord(RecordType):
    """Keeps `name_sort` and `name_key` beside `name`, and finds records by the key."""

    def columns(self, names: Iterable[str]) -> set[str]:
        """The name carries its keys with it."""
        columns = super().columns(names)
        return columns | {"name_sort", "name_key"} if "name" in columns else columns

    def match_key(self, name: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401 - any key field's value
        """A name is found however it is written: `Paid Search` and `paid_search` are one."""
        return ("name_key", name_key(str(value))) if name == "name" else super().match_key(name, value)

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """Trimmed name, sort and match keys."""
        del ctx
        for row in rows:
            row.name = row.name.strip()
            row.name_key, row.name_sort = name_key(row.name), sort_key(row.name)

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """Raise NameMissing, NameTaken."""
        del ctx
        if any(not row.name for row in rows):
            raise NameMissing
        if names is not None and "name" not in names:
            return
        named = Counter(row.name_key for row in rows)
        others = self.model.objects.filter(name_key__in=list(named)).exclude(pk__in=[row.pk for row in rows])
        taken = set(others.values_list("name_key", flat=True)) | {key for key, count in named.items() if count > 1}
        if taken:
            raise NameTaken(name=next(row.name for row in rows if row.name_key in taken))
