"""What one filing leaves each line at, as the interview, the register and the rules on earlier forms have it.

Lines are matched across the accounts as a person matches them, by a key of the tests' own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.errors import Form4Error
from form4_author.ledger.history import last_reported
from form4_author.ledger.line import DOLLARS
from form4_author.ledger.title import class_of
from form4_author.model.draft import TABLES, Draft
from form4_author.model.facts import PriorFiling
from form4_author.model.table import DerivativeRow
from form4_author.register.account import balances, relationship_of
from form4_author.register.record import Paper, recorded
from form4_author.wizard.draft import balance
from form4_author.wizard.draft.opening import as_worked_out, from_filing
from tests.register.papers import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from form4_author.model.filing import Filing
    from form4_author.model.table import Cell, Row
    from form4_author.register.table import Issuer, Person

__all__ = ["Difference", "Line", "Totals", "differences", "interview"]

ALL_AWARDS: Final = "all awards"
"""The terms of a line whose one running total covers awards of several terms."""


class Line(NamedTuple):
    """What a total belongs to: the class, with case and spaces folded in the rest."""

    table: str
    title: str
    ownership_form: str
    nature: str
    price: str = ""
    expiration: str = ""
    terms: str = ""
    """When it can be exercised and when it expires: dates, or the footnotes in their place."""


Numbers = tuple[Decimal | None, ...]
"""The total of a line; several where an account has it more than once, None where the total is not known."""
Totals = dict[Line, Numbers]


class Difference(NamedTuple):
    """A line on which the accounts do not agree; an account that does not have the line is empty."""

    line: Line
    interview: str
    """What the next form begins from."""
    last_row: str
    """What the interview proposes for the total of the line's last row; empty where it cannot work that out."""
    register: str
    history: str
    """What the rules on earlier forms begin from."""
    kind: str


class Four(NamedTuple):
    """What the accounts say of one line; None where they do not have it."""

    interview: Numbers | None
    last_row: Numbers | None
    register: Numbers | None
    history: Numbers | None

    @property
    def agree(self) -> bool:
        """Whether all have the line, once, with one number; the last row only where it can be worked out."""
        given = {self.interview, self.register, self.history, self.last_row or self.interview}
        return len(given) == 1 and all(len(numbers or ()) == 1 for numbers in given)


def differences(session: Session, filing: Filing, *, may_refuse: bool = False) -> tuple[Difference, ...]:
    """The lines of a filing on which the accounts differ, in the order of the key.

    ``may_refuse``: whether the register may decline the form, as it does without an issuer or a person; then the
    others are compared with each other. Nothing stays in the register.
    """
    begins = interview(filing)
    covering = frozenset(line for line in begins if line.terms == ALL_AWARDS)
    last, past = last_rows(filing, covering), history(filing, covering)
    registers = register(session, filing)
    assert registers or may_refuse, "the register declined the form"
    found: dict[Difference, None] = {}
    for balance_of in registers or (begins,):
        for line in sorted({*begins, *last, *balance_of, *past}):
            four = Four(begins.get(line), last.get(line), balance_of.get(line), past.get(line))
            if not four.agree:
                found[_difference(filing, line, four)] = None
    return tuple(found)


def compared(line: Line, *, in_dollars: bool = False) -> bool:
    """Whether all accounts are to have a line.

    Two readings, and no others. A total in dollars: the register alone keeps it, interview and rules count shares. A
    line without a title: no later form can name it, and the interview does not offer it. Lines that hold zero are
    compared.
    """
    return bool(line.title) and not in_dollars


def goes_on(rows: Sequence[Row]) -> bool:
    """Whether the interview can work out the total of the last of a line's rows.

    It needs a transaction with an amount that begins the line or leads from the total before it, in whichever
    direction; a total that does not lead on (one total for several rows, several accounts side by side, a slip) it
    leaves as the form gives it: ``opening.as_worked_out``. The total found must then be equal to the last digit.
    """
    last, amount = rows[-1], rows[-1].amount.value
    if not last.is_transaction or amount is None or last.amount_owned_following.value is None:
        return False
    if len(rows) == 1:
        return True
    before = rows[-2].amount_owned_following.value
    return before is not None and abs(last.amount_owned_following.value - before) == amount != 0


# ---- the accounts


def interview(filing: Filing) -> Totals:
    """What each line holds when the next form is begun from this one: carried lines, as the interview looks them up."""
    begun = from_filing(filing, recalls=False)
    found: dict[Line, list[Decimal | None]] = defaultdict(list)
    for carried in begun.interview.carried:
        running = {"running": carried.running} if carried.running else {}
        line = _of_cells({"table": carried.table, **carried.cells, **running}, {})
        if compared(line):
            known = balance.prior(begun, carried.table, carried.cells, ())
            found[line].append(None if known is None else known.total)
    return _whole(found)


def last_rows(filing: Filing, covering: frozenset[Line]) -> Totals:
    """What the interview proposes for the total of the row listed last of each line, where it can work it out.

    The form is opened as for an amendment, and the row is worked out again from the rows before it.
    """
    lines: dict[Line, list[tuple[str, int, Row]]] = defaultdict(list)
    for table, index, row, line in _rows(filing):
        if row.amount_owned_following.value is not None and compared(line):
            lines[_covered(line, covering)].append((table, index, row))
    wanted = {line: rows[-1] for line, rows in lines.items() if goes_on([row for _, _, row in rows])}
    draft = as_worked_out(Draft(filing)) if wanted else Draft()
    found = {line: balance.following(draft, table, index) for line, (table, index, _) in wanted.items()}
    return {line: (working.total,) for line, working in found.items() if working is not None}


def register(session: Session, filing: Filing) -> tuple[Totals, ...]:
    """The balances that ``form4 holdings`` shows after this filing, for each person where they differ; empty if declined.

    Who signed moves no line, and finding it out takes a third of the time: signatures have their day alone.
    """
    unsigned = replace(filing, signatures=tuple(replace(s, name=None) for s in filing.signatures))
    entered = session.begin_nested()
    try:
        filed = recorded(session, Paper(unsigned, sha256="0" * 64), NOW)
        assert filed is not None
        each = [_balances(session, person, filed.issuer) for person in filed.persons]
    except Form4Error:
        each = []
    finally:
        entered.rollback()
        session.expunge_all()
    return tuple(totals for place, totals in enumerate(each) if totals not in each[:place])


def _balances(session: Session, person: Person, issuer: Issuer) -> Totals:
    found: dict[Line, list[Decimal | None]] = defaultdict(list)
    for each in balances(session, relationship_of(session, person, issuer)):
        line = _of_cells(each.line.cells, each.line.cells.get("words", {}))
        if compared(line, in_dollars=each.in_dollars):
            found[line].append(each.amount)
    return _whole(found)


def history(filing: Filing, covering: frozenset[Line]) -> Totals:
    """The totals from which HLD-004, HLD-014 and F5-009 go on when this is an earlier form; also those of Table II.

    A total that stands for several lines is that of the last of them, and the others have none.
    """
    rows = {(table, index): line for table, index, _, line in _rows(filing)}
    found: dict[Line, list[Decimal | None]] = defaultdict(list)
    for table in TABLES:
        for key, reported in last_reported([PriorFiling(filing)], table).items():
            line = rows[table, reported.place]
            if compared(line, in_dollars=key.unit == DOLLARS):
                found[_covered(line, covering)].append(reported.total)
    return _whole(found)


# ---- lines


def _rows(filing: Filing) -> Iterator[tuple[str, int, Row, Line]]:
    texts = filing.footnote_texts()
    for path, row in filing.rows():
        yield str(path[0]), int(path[1]), row, _of_row(str(path[0]), row, texts)


def _of_row(table: str, row: Row, texts: Mapping[str, str]) -> Line:
    title, nature = class_of(row.security_title.value), _folded(row.nature_of_ownership.value)
    line = Line(table, title, row.ownership_form.value or "", nature)
    if not isinstance(row, DerivativeRow):
        return line
    return line._replace(
        price=_price(row.exercise_price.value),
        expiration=str(row.expiration_date.value or ""),
        terms=_terms(_said(row.date_exercisable, texts), _said(row.expiration_date, texts)),
    )


def _of_cells(cells: Mapping[str, Any], words: Mapping[str, str]) -> Line:
    """The line of cells as a draft has them; ``words`` stand for cells without a value."""
    title, nature = class_of(cells.get("security_title")), _folded(cells.get("nature_of_ownership"))
    line = Line(cells["table"], title, cells.get("ownership_form", ""), nature)
    if line.table == TABLES[0]:
        return line
    begins, ends = (cells.get(n) or words.get(n, "") for n in ("date_exercisable", "expiration_date"))
    return line._replace(
        price=_price(cells.get("exercise_price")),
        expiration=ends if ends.replace("-", "").isdecimal() else "",
        terms=ALL_AWARDS if cells.get("running") else _terms(begins, ends),
    )


def _covered(line: Line, covering: frozenset[Line]) -> Line:
    """The line that covers all awards of its title, where there is one."""
    whole = line._replace(terms=ALL_AWARDS)
    return whole if whole in covering else line


def _folded(words: str | None) -> str:
    return " ".join((words or "").casefold().split())


def _price(price: Decimal | str | None) -> str:
    return "" if price is None else f"{Decimal(price).normalize():f}"


def _terms(begins: str, ends: str) -> str:
    return f"{_folded(begins)} to {_folded(ends)}"


def _said(cell: Cell[Any], texts: Mapping[str, str]) -> str:
    """The value of a cell, or the footnotes in its place."""
    noted = " ".join(texts.get(id, "") for id in cell.footnotes)
    return noted if cell.value is None else str(cell.value)


# ---- numbers


def _whole(found: Mapping[Line, Sequence[Decimal | None]]) -> Totals:
    return {line: tuple(sorted(totals, key=str)) for line, totals in found.items()}


def _text(totals: Numbers | None) -> str:
    return " and ".join("unknown" if n is None else f"{n:f}" for n in totals or ())


def _difference(filing: Filing, line: Line, four: Four) -> Difference:
    interview, last_row, register, history = (_text(numbers) for numbers in four)
    return Difference(line, interview, last_row, register, history, _kind(filing, line, four))


def _kind(filing: Filing, line: Line, four: Four) -> str:
    """What a difference is, in a few words."""
    if four.interview != four.register:
        return "interview and register differ"
    if four.history is None and filing.base == "3" and line.table == TABLES[1]:
        return "history leaves out an option on a Form 3"
    if four.history is None:
        return "history has one line for several awards of a title"
    if four.history != four.register:
        return "history has the total listed last, the register another"
    return "one line twice" if four.last_row in (None, four.register) else "the last row leads elsewhere"
