"""What changed from one filing to another, cell by cell, in the form's own words.

Lines are found again by what they are (security, date, code, form of ownership), not by their number; a footnote is
compared by its text, so that one that was only renumbered has not changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

from form4_author.ident.cik import bare_cik
from form4_author.model.field import DOCUMENT, Field, Group, Kind, rows_of
from form4_author.model.label import label
from form4_author.model.table import Cell, Row
from form4_author.text import dollars, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.findings import Path
    from form4_author.model.filing import Filing

__all__ = ["Difference", "differences"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place at which two filings differ."""

    path: Path
    """In the second filing; of something that only the first has, in the first."""
    place: str
    """In the form's words."""
    before: str | None
    """As a person reads it; None where only the second filing has the line or the person."""
    after: str | None
    """None where only the first filing has it."""


def differences(first: Filing, second: Filing) -> tuple[Difference, ...]:
    """The differences of two filings, in the order of the form; none where they say the same.

    A box that is not checked and one that is not given are the same; so are names that EDGAR fills in and one filing
    lacks, and the schema edition.
    """
    return tuple(_Comparison(first, second).differences())


class _Comparison:
    def __init__(self, first: Filing, second: Filing) -> None:
        self.first = first
        self.second = second
        self.base = second.base or first.base
        self.notes = (first.footnote_texts(), second.footnote_texts())

    def differences(self) -> Iterator[Difference]:
        yield from self.record(self.first, self.second, DOCUMENT, ())

    def record(self, first: object, second: object, group: Group, path: Path) -> Iterator[Difference]:
        for node in group.nodes:
            if isinstance(node, Field):
                if node.name == "edition":
                    continue
                yield from self.field(getattr(first, node.name), getattr(second, node.name), node, path)
            elif not node.name:
                yield from self.record(first, second, node, path)
            else:
                yield from self.group(getattr(first, node.name), getattr(second, node.name), node, path)

    def group(self, first: Any, second: Any, group: Group, path: Path) -> Iterator[Difference]:  # noqa: ANN401  # records
        where = (*path, group.name)
        if group.name == "footnotes":
            return  # told at the cells that refer to them
        if not group.many and group.record:
            yield from self.record(first, second, group, where)
            return
        for old, new in _paired(first, second):
            if old is None or new is None:
                yield self.alone(first, second, (old, new), group, where)
            elif not isinstance(second[new], Row):
                yield from self.record(first[old], second[new], group, (*where, new))
            else:
                yield from self.row(first[old], second[new], (group.name, new))

    def alone(
        self,
        first: Sequence[Any],
        second: Sequence[Any],
        at: tuple[int | None, int | None],
        group: Group,
        where: Path,
    ) -> Difference:
        """A line, person or signature that one of the two lacks."""
        old, new = at
        index = new if new is not None else old
        assert index is not None  # noqa: S101  # one of the two is there
        path = (*where, index)
        item = first[old] if old is not None else second[index]
        kind = group
        if isinstance(item, Row):
            kind = rows_of(group.name)[0 if item.is_transaction else 1]
        summary = _summary(item, kind)
        return Difference(
            path=path,
            place=label(path, self.base),
            before=summary if old is not None else None,
            after=summary if new is not None else None,
        )

    def row(self, first: Row, second: Row, path: Path) -> Iterator[Difference]:
        """The cells of two lines that are the same line; where one is a transaction and one a holding, of both."""
        kinds = {rows_of(str(path[0]))[0 if row.is_transaction else 1].element for row in (first, second)}
        if len(kinds) > 1:
            yield Difference(path=path, place=label(path, self.base), before=first.kind, after=second.kind)
        transaction, _holding = rows_of(str(path[0]))
        yield from self.record(first, second, transaction, path)

    def field(self, first: object, second: object, field: Field, path: Path) -> Iterator[Difference]:
        where = (*path, field.name)
        place = label(where, self.base) or field.caption
        if isinstance(first, Cell) and isinstance(second, Cell):
            yield from self.cell(first, second, where, place)
        elif (first or None) != (second or None) and not _filled_in(first, second, field):
            flag = field.kind is Kind.FLAG
            before, after = (_value_text(value or False if flag else value) for value in (first, second))
            yield Difference(path=where, place=place, before=before, after=after)

    def cell(self, first: Cell[Any], second: Cell[Any], path: Path, place: str) -> Iterator[Difference]:
        if first.value != second.value:
            yield Difference(
                path=path,
                place=place,
                before=_cell_text(first.value, path),
                after=_cell_text(second.value, path),
            )
        old, new = (
            [texts.get(id, id) for id in cell.footnotes]
            for cell, texts in zip((first, second), self.notes, strict=True)
        )
        if old != new:
            yield Difference(path=path, place=f"{place}, footnotes", before=_quoted(old), after=_quoted(new))


def _filled_in(first: object, second: object, field: Field) -> bool:
    """Whether EDGAR wrote the one and the other is what was sent."""
    return field.filled and (first is None or second is None)


# ---- which belong together


def _paired(first: Sequence[Any], second: Sequence[Any]) -> Iterator[tuple[int | None, int | None]]:
    """Numbers of the records that are one and the same, then of those that only one side has, in order."""
    keys = [[_key(item, n) for n, item in enumerate(items)] for items in (first, second)]
    for _tag, a, b, c, d in SequenceMatcher(a=keys[0], b=keys[1], autojunk=False).get_opcodes():
        common = min(b - a, d - c)
        for n in range(common):
            yield a + n, c + n
        for n in range(a + common, b):
            yield n, None
        for n in range(c + common, d):
            yield None, n


def _key(item: Any, number: int) -> tuple[object, ...]:  # noqa: ANN401  # any record
    if isinstance(item, Row):
        cells = (item.security_title, item.transaction_date, item.transaction_code, item.ownership_form)
        return (item.kind, *(cell.value for cell in cells), item.nature_of_ownership.value)
    cik = getattr(item, "cik", None)
    return (bare_cik(cik),) if cik else (number,)


# ---- as a person reads it


def _cell_text(value: object, path: Path) -> str:
    """A cell's value; a price with two decimals at least."""
    if path[-1] in _PRICES and isinstance(value, Decimal):
        return dollars(value)
    return _value_text(value)


def _value_text(value: object) -> str:
    if value is None or value is False:
        return "no" if value is False else "nothing"
    if value is True:
        return "yes"
    if isinstance(value, Decimal):
        return grouped(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _quoted(texts: list[str]) -> str:
    return "; ".join(f'"{text}"' for text in texts) or "nothing"


_PRICES: Final = ("price", "exercise_price")
_SHORT: Final = 6
"""Values of a line that identify it."""


def _summary(item: object, group: Group) -> str:
    """A line, person or signature in a few words: its first values, in the order of the form."""
    values = [_value_text(value) for value in _values(item, group) if value not in (None, False)]
    return ", ".join(values[:_SHORT])


def _values(item: object, group: Group) -> Iterator[object]:
    for node in group.nodes:
        if isinstance(node, Group):
            yield from _values(getattr(item, node.name) if node.name else item, node)
        else:
            value = getattr(item, node.name)
            yield value.value if isinstance(value, Cell) else value
