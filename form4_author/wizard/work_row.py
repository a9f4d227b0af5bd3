"""A filing in progress as a row of the desk, in columns that fit the screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.text import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["NARROW", "WorkRow", "distinct_rows", "header", "row_text"]

NARROW: Final = 72
"""Columns below which the weekday and what happened are left out."""
_WIDE: Final = 96
"""Columns from which names are written in full."""
_MARK: Final = 5
"""Columns of the pointer and the key before a row."""
_FEW_DAYS: Final = 5
"""Business days left that are shown."""


class WorkRow(NamedTuple):
    """What the desk shows of one filing."""

    path: str
    form: str = ""
    person: str = ""
    """Surname or entity, and how many others: ``Harlan Fund II +2``."""
    issuer: str = ""
    """Symbol, or the name where there is none."""
    full_person: str = ""
    full_issuer: str = ""
    what: str = ""
    state: str = ""
    due: date | None = None
    left: int = 0
    """Business days until it is due; below 0 where it is late."""
    day: str = ""
    """The day of the first transaction, which distinguishes rows that are the same otherwise: ``11/27``."""

    @property
    def is_pressing(self) -> bool:
        """Whether it is due today or late."""
        return self.due is not None and self.left <= 0


class _Columns(NamedTuple):
    """Widths of the columns: due, form, names, what happened; the state takes the rest."""

    due: int
    form: int
    names: int
    what: int


def _columns(width: int) -> _Columns:
    if width < NARROW:
        return _Columns(11, 4, max(10, width - _MARK - 30), 0)
    if width < _WIDE:
        return _Columns(16, 6, 18, 21)
    return _Columns(22, 6, 34, 21)


def header(width: int) -> str:
    """The captions of the columns, as they are above the rows; a question begins one column in."""
    columns, gap = _columns(width), _gap(width)
    names = "Person, issuer" if columns.names + gap > len("Person, issuer") else "Person"
    parts = (("Due", columns.due), ("Form", columns.form), (names, columns.names))
    what = f"{'What':{columns.what}}" if columns.what else ""
    captions = "".join(f"{caption:{size + gap}}" for caption, size in parts)
    return f"{' ' * (_MARK - 1)}{captions}{what}State"


def _gap(width: int) -> int:
    """Columns between two columns that are as wide as what is in them."""
    return 1 if width < NARROW else 0


def row_text(row: WorkRow, width: int) -> str:
    """``Mon 11/30 today 4     Okafor, EXMP      gift 20,000          packet made``."""
    columns = _columns(width)
    full = width >= _WIDE
    names = (row.full_person, row.full_issuer) if full else (row.person, row.issuer)
    gap = _gap(width)
    due = f"{_due_text(row, width):{columns.due + gap - 1}} "  # a space, where the words fill the column
    parts = [
        f"{f'{due}{row.form}':{columns.due + columns.form + 2 * gap}}",
        f"{_fitted(*names, columns.names - 1 + gap):{columns.names}}{' ' * gap}",
        f"{shortened(row.what, columns.what - 1):{columns.what}}" if columns.what else "",
        row.state,
    ]
    return "".join(parts).rstrip()


def _fitted(person: str, issuer: str, room: int) -> str:
    """``Okafor Adaeze N, EXMP``: the longer of the two is cut, at a space."""
    if not (person and issuer):
        return shortened(person or issuer, room)
    names = f"{person}, {issuer}"
    if len(names) <= room:
        return names
    free = room - len(", ")
    first = max(free - len(issuer), min(len(person), free // 2))
    who = shortened(person, first)
    left = free - len(who)
    if len(issuer) > left and len(issuer.split(" ", maxsplit=1)[0]) + 2 > left:
        return shortened(person, room)
    return f"{who}, {shortened(issuer, left)}"


def _due_text(row: WorkRow, width: int) -> str:
    if row.due is None:
        return "no due date" if width < NARROW or row.form.endswith("/A") else "no due date yet"
    form = "%m/%d" if width < NARROW else "%a %m/%d" if width < _WIDE else "%a %m/%d/%Y"
    return f"{row.due.strftime(form)} {_left_text(row, width)}".rstrip()


def _left_text(row: WorkRow, width: int) -> str:
    if row.left < 0:
        return "LATE"
    if row.left == 0:
        return "today"
    if width < NARROW or row.left > _FEW_DAYS:
        return ""
    return f"{row.left} day{'' if row.left == 1 else 's'}"


_Shown = tuple[str | date | None, ...]
"""What a row shows, by which two rows read alike."""


def distinct_rows(rows: Sequence[WorkRow], width: int) -> tuple[WorkRow, ...]:
    """The rows so that no two read alike: by what happened, by its day, or by a number in the order of their files."""
    if width < NARROW:
        rows = _each(rows, _shown_narrow, lambda row, _number: row._replace(issuer=row.what or row.issuer))
        return _each(rows, _shown_narrow, lambda row, number: row._replace(issuer=f"#{number} {row.issuer}"))
    rows = _each(rows, _shown, lambda row, _number: row._replace(what=_dated(row)))
    return _each(rows, _shown, lambda row, number: row._replace(what=f"#{number} {row.what}".strip()))


def _dated(row: WorkRow) -> str:
    """What happened and on which day, which some words have already: ``vest 11/27``."""
    return row.what if row.day in row.what else f"{row.day} {row.what}".strip()


def _shown_narrow(row: WorkRow) -> _Shown:
    return row.due, row.form, row.person, row.issuer, row.state


def _shown(row: WorkRow) -> _Shown:
    return (*_shown_narrow(row), row.what)


def _each(
    rows: Sequence[WorkRow],
    shown: Callable[[WorkRow], _Shown],
    change: Callable[[WorkRow, int], WorkRow],
) -> tuple[WorkRow, ...]:
    """The rows, those changed that read as another does."""
    alike: dict[_Shown, list[str]] = {}
    for row in rows:
        alike.setdefault(shown(row), []).append(row.path)
    numbers = {
        path: number
        for paths in alike.values()
        if len(paths) > 1
        for number, path in enumerate(sorted(paths), 1)
    }
    return tuple(change(row, numbers[row.path]) if row.path in numbers else row for row in rows)
