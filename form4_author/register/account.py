"""What is held: each line's balance on a day, by the forms filed up to it and the adjustments since.

A form moves a line to the total it states. An amendment is placed after the form it amends: where a later form states a
total, that one holds, and the later ones that inherited the error are listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from form4_author.errors import Form4Error
from form4_author.ledger.action import balances_after
from form4_author.ledger.line import line_key, line_words
from form4_author.register.award import in_order
from form4_author.register.filing_order import AFTER_FORMS, own_day
from form4_author.register.table import Filed, Issuer, LedgerEntry, Line, Person, Relationship
from form4_author.text import folded, whole_number
from form4_author.wire.filing import filing_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy.orm import Session

__all__ = [
    "Balance",
    "Inherited",
    "adjusted",
    "balances",
    "entries_by",
    "inherited",
    "line_meant",
    "named_filing",
    "new_line",
    "overtaken",
    "relationship_of",
]


class Balance(NamedTuple):
    """What a line holds."""

    line: Line
    amount: Decimal
    in_dollars: bool
    source: str
    """``Form 4 filed 2026-10-08``; with the adjustments since."""
    day: date
    number: int
    """Its place in the list of all lines, from 1, whatever the day; those joined with another keep theirs."""
    ended: bool = False
    """Whether an action left nothing of its class."""
    added: bool = False
    """Whether that action added it to another line of the holder."""


class Inherited(NamedTuple):
    """A line that an amendment corrects, and the later forms that went on from the error."""

    line: Line
    before: Decimal | None
    after: Decimal
    filings: tuple[Filed, ...]


def relationship_of(session: Session, person: Person, issuer: Issuer) -> Relationship:
    """What the person is to the issuer. Raises Form4Error where the register knows of nothing between them."""
    relationship = session.scalar(
        select(Relationship).where(Relationship.person == person, Relationship.issuer == issuer)
    )
    if relationship is None:
        raise Form4Error(
            f"The register has no relationship between {person.name} and {issuer.name.rstrip('.')}",
            remedy=f"Import a form, or give form4 person edit {person.cik} --issuer {issuer.cik} --director yes",
        )
    return relationship


def balances(session: Session, relation: Relationship, as_of: date | None = None) -> tuple[Balance, ...]:
    """The balance of each line that had one on the day (default: the last known), in the order they first occurred.

    On a day an amendment counts when it was filed by then, not when the form it amends was.
    """
    lines = session.scalars(
        select(Line)
        .where(Line.holder == relation)
        .options(selectinload(Line.entries).selectinload(LedgerEntry.filing))
        .order_by(Line.id)
    )
    all_balances = (_balance(number, line, as_of) for number, line in enumerate(lines, 1))
    return tuple(b for b in all_balances if b is not None)


def entries_by(line: Line, as_of: date | None = None) -> list[LedgerEntry]:
    """The entries of a line made by a day (default: all), as they follow one another."""
    return [e for e in in_order(line.entries) if as_of is None or _entry_day(e) <= as_of]


def _balance(number: int, line: Line, as_of: date | None) -> Balance | None:
    entries = entries_by(line, as_of)
    if not entries:
        return None
    amount = list(balances_after(entry.move for entry in entries))[-1]
    source, dollars = "", False
    for entry in entries:
        if entry.total is not None:
            source, dollars = named_filing(entry.filing) if entry.filing else "", entry.in_dollars
        else:
            source = f"{source}; {_without_form(entry)}" if source else _without_form(entry)
    last = entries[-1]
    added = last.ends and last.action is not None and last.action.kind == "convert"
    return Balance(line, amount, dollars, source, last.day, number, last.ends, added)


def _without_form(entry: LedgerEntry) -> str:
    """What moved a line without a form: an adjustment or an action, in words."""
    if entry.action is None:
        return f"{entry.change:+f} on {entry.day}: {entry.reason}"
    return f"{entry.action.words} on {entry.day}"


def _entry_day(entry: LedgerEntry) -> date:
    """The day that the entry is of: of an amendment the one it was filed itself."""
    return entry.day if entry.filing is None else own_day(entry.filing)


def named_filing(filed: Filed) -> str:
    """``Form 4 filed 2026-10-08``; of the period where the day it was filed is not known."""
    if filed.filed is not None:
        return f"Form {filed.form} filed {filed.filed}"
    return f"Form {filed.form} of {filed.period or filed.day}"


def inherited(session: Session, filed: Filed) -> tuple[Inherited, ...]:
    """For an amendment: the lines it corrects whose balance rests on later forms; empty for other forms."""
    return overtaken(session, filed) if filed.form.endswith("/A") else ()


def overtaken(session: Session, filed: Filed) -> tuple[Inherited, ...]:
    """The lines of a form whose total it changes, while today's balance rests on later forms."""
    entries = session.scalars(select(LedgerEntry).where(LedgerEntry.filing == filed).order_by(LedgerEntry.id))
    lines = (_inherited(entry) for entry in entries)
    return tuple(i for i in lines if i is not None)


def _inherited(entry: LedgerEntry) -> Inherited | None:
    order = in_order(e for e in entry.line.entries if e.total is not None)
    at = order.index(entry)
    before = order[at - 1].total if at else None
    later = tuple(e.filing for e in order[at + 1 :] if e.filing is not None)
    assert entry.total is not None  # noqa: S101  # an amendment's entry states a total
    if before == entry.total or not later:
        return None
    return Inherited(entry.line, before, entry.total, later)


def line_meant(choices: Sequence[Balance], words: str) -> Balance:
    """The line that the words mean: its number, its name, or a part of one name only.

    Raises Form4Error where there is none, or several.
    """
    plain = words.strip().removesuffix(".")
    if plain.isascii() and plain.isdecimal():
        near = [b for b in choices if b.number == whole_number(plain)]
    else:
        exact = [b for b in choices if folded(b.line.name) == folded(words)]
        near = exact or [b for b in choices if folded(words) in folded(b.line.name)]
    if len(near) == 1:
        return near[0]
    names = "; ".join(f"{b.number} {b.line.name}" for b in (near or choices)) or "none yet"
    if near:
        raise Form4Error(f'"{words}" matches {len(near)} lines', remedy=f"Write its number: {names}")
    raise Form4Error(f'There is no line "{words}"', remedy=f"The lines are: {names}")


def new_line(relation: Relationship, words: str) -> Line:
    """A line of Table I that no form has yet: ``Common Stock, direct`` or ``Common Stock, By Trust``.

    Raises Form4Error for words that are no such line.
    """
    title, _, nature = (part.strip() for part in words.rpartition(","))
    if not title or not nature:
        raise Form4Error(
            f'"{words}" names no line',
            remedy='Write it as "Common Stock, direct" or "Common Stock, By Trust"',
        )
    direct = folded(nature) == "direct"
    cells = {"security_title": title, "ownership_form": "D" if direct else "I"}
    cells |= {} if direct else {"nature_of_ownership": nature}
    (row,) = filing_from({"form": "4", "non_derivative": [{"kind": "holding", **cells}]})[0].non_derivative
    line = Line(name=line_words(row), cells={"table": "non_derivative", **cells})
    line.key = line_key("non_derivative", row)
    relation.lines.append(line)
    return line


def adjusted(line: Line, change: Decimal, day: date, reason: str, now: datetime) -> LedgerEntry:
    """The line is adjusted, with the reason. Raises Form4Error for a reason that is blank or a change of nothing."""
    if not reason.strip():
        raise Form4Error(
            "An adjustment needs its reason", remedy='Give it: --reason "dividend reinvested in March"'
        )
    if not change:
        raise Form4Error("An adjustment of 0 changes nothing", remedy="Give the change, such as +12.5 or -3")
    entry = LedgerEntry(
        day=day,
        rank=AFTER_FORMS,
        tie=now.isoformat(),
        change=change,
        in_dollars=False,
        reason=reason.strip(),
        made_at=now,
    )
    line.entries.append(entry)
    return entry
