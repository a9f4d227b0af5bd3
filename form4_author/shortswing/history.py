"""Which rows of several filings report different trades: joint owners, repeated forms, amendments.

An amendment gives the complete line as amended and does not repeat the others (Form 4, General Instruction 9), so its
rows take the place of the lines they amend and are beside the rest.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from form4_author.ident.cik import bare_cik
from form4_author.ledger.history import corrected
from form4_author.ledger.history import person as person_of
from form4_author.ledger.line import signed
from form4_author.model.party import Owner
from form4_author.model.table import DerivativeRow
from form4_author.shortswing.trade import RowPlace
from form4_author.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from form4_author.model.facts import PriorFiling
    from form4_author.model.table import Row

__all__ = ["FilerGroup", "groups", "name_of", "reported"]

_Identity = tuple[object, ...]
"""The table and the cells that distinguish one trade from another."""
_NO_ONE: Final = Owner()
"""Stands for the person of a form that names none."""
_CELLS: Final = (
    "security_title",
    "transaction_date",
    "transaction_code",
    "acquired_disposed",
    "amount",
    "price",
    "amount_owned_following",
    "ownership_form",
    "nature_of_ownership",
)
_TERMS: Final = ("exercise_price", "expiration_date", "underlying_amount")
"""What Table II adds."""
_CORRECTED: Final = 2
"""Cells by which an amended line differs from the original at most; beyond that it is another trade."""


@dataclass(frozen=True, slots=True)
class FilerGroup:
    """Persons who file the same forms about one issuer: their trades are pooled."""

    issuer_cik: str
    issuer_name: str
    persons: tuple[tuple[str, str], ...]
    """CIK and name of each; either may be empty."""
    filings: tuple[PriorFiling, ...]


def groups(filings: Sequence[PriorFiling], person: str | None = None) -> tuple[FilerGroup, ...]:
    """The filings by issuer and person, in the order of first appearance; a person alone where a CIK is given.

    Persons who occur in exactly the same filings are one group, so that a trade reported jointly counts once.
    """
    found: dict[tuple[str, str], tuple[Owner, list[int]]] = {}
    for index, prior in enumerate(filings):
        for key, owner in {person_of(owner): owner for owner in prior.filing.owners or (_NO_ONE,)}.items():
            if person is None or key == bare_cik(person):
                issuer = bare_cik(prior.filing.issuer.cik)
                found.setdefault((issuer, key), (owner, []))[1].append(index)
    pooled: dict[tuple[str, tuple[int, ...]], list[tuple[str, str]]] = {}
    for (issuer, _key), (owner, places) in found.items():
        pooled.setdefault((issuer, tuple(places)), []).append((bare_cik(owner.cik), owner.name or ""))
    return tuple(
        FilerGroup(issuer, _name(filings, places), tuple(persons), tuple(filings[i] for i in places))
        for (issuer, places), persons in pooled.items()
    )


def _name(filings: Sequence[PriorFiling], places: tuple[int, ...]) -> str:
    """The issuer's name as the last of the forms has it."""
    return next((name for i in reversed(places) if (name := filings[i].filing.issuer.name)), "")


def reported(filings: Iterable[PriorFiling]) -> tuple[tuple[tuple[RowPlace, Row], ...], tuple[str, ...]]:
    """The transactions of the filings, each trade once, and what was done about amendments, in sentences."""
    given = tuple(filings)
    rows: list[tuple[RowPlace, Row]] = []
    counted: Counter[_Identity] = Counter()
    for prior in given:
        if not prior.filing.is_amendment:
            own = [(RowPlace(prior, path), row) for path, row in prior.filing.transactions()]
            rows += _not_counted_yet(own, counted)
            counted |= Counter(_identity(place, row) for place, row in own)
    amended = tuple(_amended(rows, prior, given) for prior in given if prior.filing.is_amendment)
    return tuple(rows), amended


def _not_counted_yet(
    own: Iterable[tuple[RowPlace, Row]], counted: Counter[_Identity]
) -> Iterator[tuple[RowPlace, Row]]:
    """The rows of a form that no form has told of so often; equal rows within one form are several trades."""
    left = counted.copy()
    for place, row in own:
        identity = _identity(place, row)
        if left[identity]:
            left[identity] -= 1
        else:
            yield place, row


def _identity(place: RowPlace, row: Row) -> _Identity:
    cells = (*_CELLS, *_TERMS) if isinstance(row, DerivativeRow) else _CELLS
    return (place.path[0], *(_value(row, name) for name in cells))


def _value(row: Row, name: str) -> object:
    value = getattr(row, name).value
    return folded(value) if isinstance(value, str) else value


def _amended(rows: list[tuple[RowPlace, Row]], prior: PriorFiling, given: Iterable[PriorFiling]) -> str:
    """Puts the rows of an amendment in place of those it amends, and says how many."""
    forms = corrected(prior, given)
    lines = [i for i, (place, _) in enumerate(rows) if any(place.prior is form for form in forms)]
    has_lines = bool(lines)
    replaced = added = 0
    for path, row in prior.filing.transactions():
        place = RowPlace(prior, path)
        index = _line_amended(rows, lines, place, row)
        if index is None:
            rows.append((place, row))
            added += 1
        else:
            lines.remove(index)
            rows[index] = (place, row)
            replaced += 1
    if not has_lines:
        return f"{name_of(prior)} amends a form that is not among these; {_rows(added)} added"
    return f"{name_of(prior)}: {_rows(replaced)} in place of lines amended, {_rows(added)} added"


def _rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"


def name_of(prior: PriorFiling) -> str:
    """How a filing is named in the text: ``Form 4 filed 2026-10-08``."""
    form = f"Form {prior.filing.form or '?'}"
    if prior.filed is not None:
        return f"{form} filed {prior.filed.isoformat()}"
    return f"{form} of {prior.day.isoformat()}" if prior.day is not None else form


def _line_amended(
    rows: Sequence[tuple[RowPlace, Row]], lines: Sequence[int], place: RowPlace, row: Row
) -> int | None:
    """Of the lines not amended yet the most similar one, when it is similar enough."""
    best, fewest = None, _CORRECTED + 1
    wanted = _identity(place, row)
    for index in lines:
        there = _identity(*rows[index])
        if there[0] == wanted[0] and not _goes_on(rows[index][1], row):
            differing = sum(a != b for a, b in zip(wanted, there, strict=True))
            best, fewest = (index, differing) if differing < fewest else (best, fewest)
    return best


def _goes_on(original: Row, row: Row) -> bool:
    """Whether the row's total follows from the original's: a trade left out before, not a correction."""
    before, after = original.amount_owned_following.value, row.amount_owned_following.value
    change = signed(row)
    if before is None or after is None or not change:
        return False
    return after == before + change
