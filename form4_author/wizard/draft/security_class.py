"""The classes of security on record for a person, each with what is held of it.

They come from the last filing, from the lines of the form itself, and from the forms of others with the issuer. A class
is written as it was last filed; titles that ``form4_author.ledger.title.same_class`` takes for one class are one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from form4_author.findings import path_from_text
from form4_author.ledger.title import class_of, same_class
from form4_author.model.draft import TABLES
from form4_author.text import grouped, shortened
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.draft.class_change import restated_lines
from form4_author.wizard.draft.memo import recalled_by_view
from form4_author.wizard.recipe import row_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from form4_author.ledger.line import LineKey
    from form4_author.wizard.screen import View

__all__ = ["KnownClass", "class_labels", "class_named", "classes_of", "holdings_words", "line_labels"]

_ROOM: Final = 66
"""Columns of an option."""
_GAP: Final = 3
"""Spaces between a title and what is held of the class."""
_LEAST_TITLE: Final = 20
"""Columns that a long way of holding leaves for the title."""
_LEAST_ROOM: Final = 30
"""Columns that a long title leaves for what is held of the class."""


@dataclass(slots=True)
class KnownClass:
    """A class of security with its lines."""

    title: str
    """As last filed."""
    is_on_record: bool
    """Whether the last filing or the form has a line of it; not where only the issuer's other forms do."""
    totals: dict[LineKey, tuple[str, Decimal]] = field(default_factory=dict)
    """Of each line how it is held, and its last total."""

    @property
    def tables(self) -> frozenset[str]:
        """The tables that have a line of it."""
        return frozenset(key.table for key in self.totals)

    def lines(self) -> tuple[tuple[str, Decimal], ...]:
        """How much is held in which way, where all lines are of Table I; a line with nothing left is not listed."""
        if self.tables != {TABLES[0]}:
            return ()
        return tuple((ownership, total) for ownership, total in self.totals.values() if total)


@recalled_by_view
def classes_of(view: View) -> tuple[KnownClass, ...]:
    """The classes on record before the event of this view: those last filed, then those of the form, then the issuer's.

    The rows that the event itself made say nothing; rows below them name a class, but their totals come later.
    """
    found: dict[str, KnownClass] = {}
    for line in restated_lines(view.draft, view.index):
        _add(found, line.table, line.cells, counts=not line.dormant)
    own = row_paths(view.draft, view.index) if view.index is not None else ()
    for table, index, _row in rows(view.draft):
        if f"{table}[{index}]" not in own:
            first = min((int(p[1]) for p in map(path_from_text, own) if p[0] == table), default=index)
            _add(
                found,
                table,
                row_value.row_texts(view.draft, table, index),
                counts=index <= first,
            )
    for title in view.shelf.classes:
        found.setdefault(class_of(title), KnownClass(title, is_on_record=False))
    return tuple(found.values())


def _add(classes: dict[str, KnownClass], table: str, cells: Mapping[str, str], *, counts: bool) -> None:
    """A line enters its class; ``counts``: with its total."""
    title = cells.get("security_title", "")
    if not title:
        return
    security = classes.setdefault(class_of(title), KnownClass(title, is_on_record=True))
    total = row_value.number(cells.get("amount_owned_following"))
    if counts and total is not None:
        indirect = cells.get("ownership_form") == "I"
        ownership = (cells.get("nature_of_ownership") or "indirect") if indirect else "direct"
        security.totals[row_value.line_key(table, cells)] = ownership, total


def class_named(classes: Iterable[KnownClass], title: str) -> KnownClass | None:
    """The class that a title names; None where it is none of these."""
    return next((security for security in classes if title and same_class(security.title, title)), None)


# ---- in words


def holdings_words(security: KnownClass, room: int | None = None) -> str:
    """``12,000 direct; 5,000 By Spouse``, in as many columns as there are; the lines that do not fit are counted."""
    parts = list(_holdings(security))
    if not parts:
        return "none held" if security.is_on_record else "no recorded total"
    shown = "; ".join(parts)
    for count in range(len(parts) - 1, -1, -1):
        if room is None or len(shown) <= room:
            break
        left = len(parts) - count
        more = f"{left} {'more ' if count else ''}line{'' if left == 1 else 's'}"
        shown = "; ".join([*parts[:count], more])
    return shown


def _holdings(security: KnownClass) -> Iterator[str]:
    """What is held in each way, in the order of the lines; the table where the class is in both."""
    sums: dict[tuple[str, str], Decimal] = {}
    for key, (ownership, total) in security.totals.items():
        sums[key.table, ownership] = (
            sums[key.table, ownership] + total if (key.table, ownership) in sums else total
        )
    for (table, ownership), total in sums.items():
        if total:
            in_table = f" (Table {'II' if table == TABLES[1] else 'I'})" if len(security.tables) > 1 else ""
            yield f"{grouped(total)} {ownership}{in_table}"


def class_labels(classes: Sequence[KnownClass]) -> list[str]:
    """Each class with what is held of it, one below the other, in as many columns as an option has."""
    most = _ROOM - _GAP - _LEAST_ROOM
    width = max((len(security.title) for security in classes if len(security.title) <= most), default=0)
    found = []
    for security in classes:
        least = len(holdings_words(security, _LEAST_ROOM))
        room = _ROOM - _GAP - least
        title = shortened(security.title, room)
        name = title.ljust(width)
        found.append(f"{name}{' ' * _GAP}{holdings_words(security, _ROOM - _GAP - len(name))}")
    return found


def line_labels(lines: Sequence[tuple[str, str, Decimal]]) -> list[str]:
    """``Common Stock, direct   232,595 before`` for each title, way of holding and total; totals are aligned."""
    shown = [f"{grouped(total)} before" for _title, _ownership, total in lines]
    digits = max((len(words) for words in shown), default=0)
    room = _ROOM - _GAP - digits
    names = [_line_name(title, ownership, room) for title, ownership, _total in lines]
    width = max((len(name) for name in names), default=0)
    return [f"{n.ljust(width + _GAP)}{words.rjust(digits)}" for n, words in zip(names, shown, strict=True)]


def _line_name(title: str, ownership: str, room: int) -> str:
    """The title is cut before the way of holding, which distinguishes lines of one class."""
    short = shortened(title, max(_LEAST_TITLE, room - len(ownership) - 2))
    return shortened(f"{short}, {ownership}", room)
