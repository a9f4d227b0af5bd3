"""Whether the totals of a form continue from the last total of their line, and lines whose title was changed.

Source: Form 4, General Instruction 4(a)(i): the amount owned is stated following the reported transaction(s).
"""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.ledger.closing import ROUNDING
from form4_author.ledger.history import last_reported
from form4_author.ledger.line import line_key, signed
from form4_author.ledger.title import nearly_same_class
from form4_author.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from form4_author.findings import Path
    from form4_author.ledger.history import Reported
    from form4_author.ledger.line import LineKey
    from form4_author.model.facts import PriorFiling
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["Moved", "goes_on", "moved_lines", "respelled", "respelled_lines"]

_TABLE: Final = "non_derivative"


class Moved(NamedTuple):
    """A transaction of Table I with its total."""

    path: Path
    row: Row
    change: Decimal
    total: Decimal


def moved_lines(filing: Filing) -> dict[LineKey, tuple[Moved, ...]]:
    """The transactions of each line of Table I with a total; swaps, which move no shares, are left out."""
    found: dict[LineKey, tuple[Moved, ...]] = {}
    for path, row in filing.transactions():
        change, total = signed(row), row.amount_owned_following.value
        if path[0] == _TABLE and not row.equity_swap and change is not None and total is not None:
            key = line_key(_TABLE, row)
            found[key] = (*found.get(key, ()), Moved(path, row, change, total))
    return found


def goes_on(totals: Iterable[Decimal], rows: Sequence[Moved], moved: Decimal = Decimal(0)) -> bool:
    """Whether a total of these rows follows from one of ``totals``, up to one share.

    Each total may be after its row or after all of them. ``moved``: what changed the line since without a form; it
    may be counted or not.
    """
    changes = [row.change for row in rows]
    for start in {total + more for total in totals for more in (moved, Decimal(0))}:
        after = list(accumulate(changes, initial=start))
        for row, running in zip(rows, after[1:], strict=True):
            if abs(row.total - running) <= ROUNDING or abs(row.total - after[-1]) <= ROUNDING:
                return True
    return False


def respelled(rows: Sequence[Moved], last: Reported) -> bool:
    """Whether none of the rows has the title under which their line was last reported, but for case and spaces."""
    return all(folded(each.row.security_title.value) != folded(last.title) for each in rows)


def respelled_lines(
    filing: Filing, priors: Iterable[PriorFiling]
) -> Iterator[tuple[LineKey, tuple[Moved, ...], Reported]]:
    """The lines that trade in Table I under another title than last reported, each with its last total.

    The last title names the same class; or nearly the same, where this form has no line of that class and the earlier
    forms none of this one.
    """
    totals = last_reported(priors, _TABLE)
    here = {line_key(_TABLE, row).title for row in filing.non_derivative}
    before = {key.title for key in totals}
    for key, rows in moved_lines(filing).items():
        last = totals.get(key)
        if last is None and key.title not in before:
            last = _nearly(key, totals, here)
        if last is not None and respelled(rows, last):
            yield key, rows, last


def _nearly(key: LineKey, totals: Mapping[LineKey, Reported], here: set[str]) -> Reported | None:
    """The only line held in the same way whose title nearly names the class; None where there is none, or another."""
    same = [
        reported
        for other, reported in totals.items()
        if (other.form, other.nature, other.unit) == (key.form, key.nature, key.unit)
        and other.title not in here
        and nearly_same_class(other.title, key.title)
    ]
    return same[0] if len(same) == 1 else None
