"""The draft of an amendment: the form it amends, with only the lines that change.

Source: Form 4, General Instruction 9 (an amendment gives the complete line as amended, and repeats no other).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from form4_author.errors import Form4Error
from form4_author.model.filing import Footnote
from form4_author.model.table import Row
from form4_author.revision.division import with_own_notes

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.filing import Filing

__all__ = ["REASON_AT", "amendment", "line_named", "lines"]

R = TypeVar("R", bound=Row)

_TABLES: Final = {"I": "non_derivative", "II": "derivative"}
_MOST_NOTES: Final = 99
REASON_AT: Final = (
    "security_title",
    "transaction_date",
    "transaction_code",
    "amount",
    "price",
    "amount_owned_following",
    "ownership_form",
    "nature_of_ownership",
    "remarks",
)
"""Where the reason may stand: a footnote at a cell that both tables have, or a remark."""


def lines(filing: Filing) -> dict[str, Path]:
    """The lines that an amendment may repeat, by what a filer calls them: ``I.1``, ``II.3``."""
    names = {table: name for name, table in _TABLES.items()}
    return {f"{names[str(path[0])]}.{int(path[1]) + 1}": path for path, _row in filing.rows()}


def line_named(filing: Filing, name: str) -> Path:
    """The line of a name, in either case, also as the interview writes it: ``I-1``.

    Raises Form4Error for one that the filing lacks.
    """
    by_name = lines(filing)
    found = by_name.get(name.strip().upper().replace("-", "."))
    if found is None:
        listed = ", ".join(by_name) or "none"
        raise Form4Error(f'The form has no line "{name.strip()}"', remedy=f"Choose of its lines: {listed}")
    return found


def amendment(
    filing: Filing,
    changed: Collection[Path],
    original: date | None,
    reason: str | None = None,
    reason_at: str = REASON_AT[0],
) -> Filing:
    """The amendment that repeats these lines, with the footnotes they refer to; not signed yet.

    ``original``: the day the form was first filed. ``reason``: a footnote at the cell ``reason_at`` of each line, or a
    remark, as it always is without lines. An amendment of an amendment keeps the date of the original that it has.
    Raises Form4Error for a filing whose form is not known, or that has no footnote left for the reason.
    """
    if filing.base is None:
        raise Form4Error("The form to amend is not known", remedy="Write 3, 4 or 5 as its form")
    repeated = replace(
        filing,
        form=f"{filing.base}/A",
        edition=None,
        date_of_original_submission=filing.date_of_original_submission or original,
        non_derivative=tuple(
            r for n, r in enumerate(filing.non_derivative) if ("non_derivative", n) in changed
        ),
        derivative=tuple(r for n, r in enumerate(filing.derivative) if ("derivative", n) in changed),
        signatures=(),
    )
    repeated = with_own_notes(repeated)
    if reason is None:
        return repeated
    if not repeated.rows() or reason_at == "remarks":
        return replace(repeated, remarks="\n".join(filter(None, (repeated.remarks, reason))))
    return _with_reason(repeated, reason, reason_at)


def _with_reason(filing: Filing, reason: str, cell: str) -> Filing:
    """The filing with a footnote at this cell of each line."""
    used = {note.id for note in filing.footnotes}
    free = next((f"F{n}" for n in range(1, _MOST_NOTES + 1) if f"F{n}" not in used), None)
    if free is None:
        raise Form4Error("All 99 footnotes are in use", remedy="Give the reason in the remarks")
    noted = replace(
        filing,
        non_derivative=tuple(_noted(row, free, cell) for row in filing.non_derivative),
        derivative=tuple(_noted(row, free, cell) for row in filing.derivative),
        footnotes=(Footnote(id=free, text=reason), *filing.footnotes),
    )
    numbered = with_own_notes(noted)
    in_order = sorted(numbered.footnotes, key=lambda note: int((note.id or "F0")[1:]))
    return replace(numbered, footnotes=tuple(in_order))


def _noted(row: R, note: str, name: str) -> R:
    cell = getattr(row, name)
    changed: dict[str, Any] = {name: replace(cell, footnotes=(note, *cell.footnotes))}
    return replace(row, **changed)
