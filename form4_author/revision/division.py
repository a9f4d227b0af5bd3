"""A filing that is too large for one form, divided into forms that each fit.

EDGAR takes at most 30 lines in a table, ten reporting persons and ten signatures on one form; what is more goes onto
further forms of the same day, which name one another in their remarks.
Sources: EDGAR Ownership XML Technical Specification 5.5, sections 3.6.5, 4.3.3 and 4.3.7; Form 4, General
Instructions 4(b)(v) and 6(a).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from form4_author.errors import Form4Error
from form4_author.model.filing import Filing, Footnote, cell_names
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.party import Owner
    from form4_author.model.table import Row

__all__ = [
    "DIVIDED",
    "MOST_OWNERS",
    "MOST_ROWS",
    "OF_THE_WHOLE",
    "Companion",
    "companions",
    "fits_one_form",
    "own_remarks",
    "with_own_notes",
]

MOST_ROWS: Final = 30
"""Lines of a table on one form."""
MOST_OWNERS: Final = 10
"""Reporting persons on one form, and signatures."""
DIVIDED: Final = ("DOC-009",)
"""Findings that dividing the filing corrects."""
OF_THE_WHOLE: Final = ("SIG-004",)
"""Findings of the whole that a form alone may not show: its signatures may be those of persons on another form."""
_LONGEST_REMARKS: Final = 2000
_TABLES: Final = ("non_derivative", "derivative")
_NUMBERED: Final = Pattern(r"\b(?:foot)?notes?\s*\(?\s*\d|\(\d{1,2}\)")
"""A text that names a footnote by its number: the numbers then stay as they are."""
_FORM: Final = "Form {} of {}: one form holds at most"
_PART_OF: Final = Pattern(rf"\n?{_FORM.format(r'[0-9]+', r'[0-9]+')} [^\n]*")
"""What names the other forms, to the end of its line."""

_Share = tuple[tuple[int, ...], tuple[int, ...]]
"""Row numbers of Table I and of Table II."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """One of the forms that a filing makes."""

    filing: Filing
    number: int = 1
    of: int = 1
    owners: tuple[int, ...] = ()
    """Which of the whole's reporting persons, in order."""
    rows: _Share = ((), ())
    """Which of the whole's lines, in order."""

    @property
    def name(self) -> str:
        """What distinguishes it from the others in a file's name: ``1of2``; empty for the only one."""
        return f"{self.number}of{self.of}" if self.of > 1 else ""

    def path_here(self, path: Path) -> Path | None:
        """Where a place of the whole is on this form; None where it is on another."""
        places: Mapping[str, tuple[int, ...]] = {
            "owners": self.owners,
            _TABLES[0]: self.rows[0],
            _TABLES[1]: self.rows[1],
        }
        if len(path) < 2 or path[0] not in places:
            return path
        there = places[str(path[0])]
        return (path[0], there.index(int(path[1])), *path[2:]) if path[1] in there else None


def fits_one_form(filing: Filing) -> bool:
    """Whether one form holds all of it."""
    rows = max(len(filing.non_derivative), len(filing.derivative))
    return rows <= MOST_ROWS and max(len(filing.owners), len(filing.signatures)) <= MOST_OWNERS


def companions(filing: Filing) -> tuple[Companion, ...]:
    """The forms that a filing makes, one where it fits: every line once for each group of ten reporting persons.

    Lines of one day stay together where they fit, so that both sides of an exercise do. A form has a transaction
    wherever the whole has one for each.
    Raises Form4Error where it cannot be divided, and says why.
    """
    rows = _shares(filing)
    groups = [
        tuple(range(len(filing.owners))[at : at + MOST_OWNERS])
        for at in range(0, len(filing.owners), MOST_OWNERS)
    ] or [()]
    if fits_one_form(filing):
        return (Companion(filing=filing, owners=groups[0], rows=_all_rows(filing)),)
    parts = [(group, share) for group in groups for share in rows]
    return tuple(
        Companion(
            filing=_form(filing, group, share, (number, len(parts))),
            number=number,
            of=len(parts),
            owners=group,
            rows=share,
        )
        for number, (group, share) in enumerate(parts, 1)
    )


# ---- which lines go where


def _all_rows(filing: Filing) -> _Share:
    return tuple(range(len(filing.non_derivative))), tuple(range(len(filing.derivative)))


def _cut(filing: Filing, first: int, end: int) -> _Share:
    all_i, all_ii = _all_rows(filing)
    return all_i[first:end], all_ii[first:end]


def _shares(filing: Filing) -> list[_Share]:
    """The lines of each form."""
    tables: list[tuple[Row, ...]] = [filing.non_derivative, filing.derivative]
    if max(len(table) for table in tables) <= MOST_ROWS:
        return [_all_rows(filing)]
    traded = [[n for n, row in enumerate(table) if row.is_transaction] for table in tables]
    if not any(traded):
        longest = max(map(len, tables))
        return [_cut(filing, at, at + MOST_ROWS) for at in range(0, longest, MOST_ROWS)]
    holdings = [[n for n, row in enumerate(table) if not row.is_transaction] for table in tables]
    days = _days(tables, traded)
    for room in range(MOST_ROWS, 0, -1):
        parts = _packed(days, room)
        shares = _with_holdings(parts, holdings)
        if shares is not None:
            return shares
    raise Form4Error(
        "The lines cannot be divided into forms of at most 30 in a table that each report a transaction: "
        f"{sum(map(len, traded))} of them do and {sum(map(len, holdings))} only show holdings",
        remedy="Leave out holdings that need no line: Form 4 asks for those of the classes traded",
    )


def _days(tables: Sequence[Sequence[Row]], traded: list[list[int]]) -> list[list[list[int]]]:
    """The transactions of each day, by table; the earliest first, those without a date last."""
    found: dict[date | None, list[list[int]]] = {}
    for which, (table, numbers) in enumerate(zip(tables, traded, strict=True)):
        for number in numbers:
            found.setdefault(table[number].transaction_date.value, [[], []])[which].append(number)
    dated = sorted((day, rows) for day, rows in found.items() if day is not None)
    return [rows for _day, rows in dated] + ([found[None]] if None in found else [])


def _packed(days: list[list[list[int]]], room: int) -> list[list[list[int]]]:
    """The transactions of each form: whole days while they fit, a day too large in pieces of its own."""
    parts: list[list[list[int]]] = []
    for day in days:
        pieces = -(-max(map(len, day)) // room)
        for piece in zip(*(_even(rows, pieces) for rows in day), strict=True):
            if parts and all(len(a) + len(b) <= room for a, b in zip(parts[-1], piece, strict=True)):
                parts[-1] = [a + b for a, b in zip(parts[-1], piece, strict=True)]
            else:
                parts.append(list(piece))
    return parts


def _with_holdings(parts: list[list[list[int]]], holdings: list[list[int]]) -> list[_Share] | None:
    """The forms with the holdings where there is room for them; None where there is not enough."""
    left = [list(numbers) for numbers in holdings]
    shares = []
    for part in parts:
        both = []
        for rows, waiting in zip(part, left, strict=True):
            free = MOST_ROWS - len(rows)
            both.append(tuple(sorted(rows + waiting[:free])))
            del waiting[:free]
        shares.append((both[0], both[1]))
    return None if any(left) else shares


def _even(rows: list[int], pieces: int) -> list[list[int]]:
    """The rows in pieces of nearly the same length, in order; some empty where there are fewer rows than pieces."""
    cuts = [len(rows) * n // pieces for n in range(pieces + 1)]
    return [rows[a:b] for a, b in pairwise(cuts)]


# ---- what each form says


def _form(filing: Filing, group: tuple[int, ...], share: _Share, place: tuple[int, int]) -> Filing:
    """One form of several."""
    part = replace(
        filing,
        owners=tuple(filing.owners[n] for n in group),
        non_derivative=tuple(filing.non_derivative[n] for n in share[0]),
        derivative=tuple(filing.derivative[n] for n in share[1]),
        signatures=_signatures(filing, group),
        remarks=_remarks(filing, group, place),
    )
    return with_own_notes(replace(part, period_of_report=_period(part)))


def _period(part: Filing) -> date | None:
    """On Form 4 the date of its own earliest transaction; elsewhere that of the whole."""
    dates = [row.transaction_date.value for _path, row in part.transactions()]
    stated_dates = [day for day in dates if day is not None]
    if part.base != "4" or not stated_dates or part.period_of_report is None:
        return part.period_of_report
    return max(part.period_of_report, min(stated_dates))


def _signatures(filing: Filing, group: tuple[int, ...]) -> tuple[Any, ...]:
    """Those of the form's own reporting persons, where there is one for each; otherwise all of them."""
    if len(filing.signatures) == len(filing.owners):
        return tuple(filing.signatures[n] for n in group)
    if len(filing.signatures) <= MOST_OWNERS:
        return filing.signatures
    raise Form4Error(
        f"{len(filing.signatures)} signatures cover {len(filing.owners)} reporting persons; it is not "
        "clear which belong to the first ten",
        remedy="Give one signature for each reporting person, in the same order",
    )


def _remarks(filing: Filing, group: tuple[int, ...], place: tuple[int, int]) -> str:
    number, of = place
    limits = f"{MOST_ROWS} lines in a table and {MOST_OWNERS} reporting persons"
    sentences = [
        f"{_FORM.format(number, of)} {limits}, so this report is made on {of} forms filed together, to be read as one."
    ]
    if max(len(filing.non_derivative), len(filing.derivative)) > MOST_ROWS:
        sentences.append("The amounts owned run on from form to form.")
    others = [_name(owner) for n, owner in enumerate(filing.owners) if n not in group]
    if others:
        named = "; ".join(others)
        sentences.append(f"Reporting persons of the other forms: {named}{'' if named.endswith('.') else '.'}")
    text = " ".join(sentences)
    whole = f"{filing.remarks}\n{text}" if filing.remarks else text
    if len(whole) > _LONGEST_REMARKS:
        raise Form4Error(
            f"The remarks would have {len(whole):,} characters with what names the other forms; "
            f"{_LONGEST_REMARKS:,} fit",
            remedy=f"Shorten the remarks by {len(whole) - _LONGEST_REMARKS:,} characters",
        )
    return whole


def own_remarks(remarks: str | None) -> str:
    """The filer's own remarks, without what names the other forms of a filing that was divided."""
    return _PART_OF.sub("", remarks or "")


def _name(owner: Owner) -> str:
    return owner.name or f"CIK {owner.cik}"


def with_own_notes(part: Filing) -> Filing:
    """Only the footnotes that the form's cells refer to, numbered from 1 unless a text names one by its number."""
    used = {note for _path, notes in part.references() for note in notes}
    used_notes = [note for note in part.footnotes if note.id in used]
    texts = [part.remarks or "", *(note.text or "" for note in used_notes)]
    if any(_NUMBERED.search(text) for text in texts):
        return replace(part, footnotes=tuple(used_notes))
    numbers = {note.id: f"F{n}" for n, note in enumerate(used_notes, 1)}
    notes = tuple(Footnote(id=numbers[note.id], text=note.text) for note in used_notes)
    rows = [tuple(_renumbered(row, table, numbers) for row in getattr(part, table)) for table in _TABLES]
    return replace(part, footnotes=notes, non_derivative=rows[0], derivative=rows[1])


def _renumbered(row: Any, table: str, numbers: Mapping[str | None, str]) -> Any:  # noqa: ANN401  # a row of either table
    changed = {
        name: replace(cell, footnotes=tuple(numbers.get(id, id) for id in cell.footnotes))
        for name in cell_names(table, row.kind)
        if (cell := getattr(row, name)).footnotes
    }
    return replace(row, **changed) if changed else row
