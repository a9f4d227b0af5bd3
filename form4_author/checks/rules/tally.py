"""Holdings arithmetic: the totals after the transactions against the amounts and each other.

Sources: Form 4, General Instruction 4(a)(i) and the captions of columns 5 and 9, "Following Reported Transaction(s)";
Exchange Act Section 16(c). ``form4_author.ledger.breaks`` documents the accepted ways of giving totals. Form 5
asks for the holdings at the end of the fiscal year, which Forms 4 filed meanwhile have changed too, so nothing here
checks it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Profile, Rule, When, rule
from form4_author.checks.earlier import EXPLAINED
from form4_author.checks.reference import EXERCISES
from form4_author.findings import Hit, Severity
from form4_author.ledger.breaks import Break, breaks, lines, shortfalls
from form4_author.ledger.line import by_letter
from form4_author.text import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.findings import Path
    from form4_author.ledger.breaks import RunEntry, RunningLine
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_MINUS: Final = "\u2212"
_TERMS: Final = 4
"""Rows that share a total are written out in the working up to this many."""


def _table(filing: Filing, name: str) -> Sequence[Row]:
    return filing.non_derivative if name == "non_derivative" else filing.derivative


def _of_table_1(filing: Filing) -> tuple[RunningLine, ...]:
    return _lines_of(filing, "non_derivative")


def _of_table_2(filing: Filing) -> tuple[RunningLine, ...]:
    return _lines_of(filing, "derivative")


def _lines_of(filing: Filing, table: str) -> tuple[RunningLine, ...]:
    rows = _table(filing, table)
    return lines((((table, i), r) for i, r in enumerate(rows)), joint=len(filing.owners) > 1)


def _lines(filing: Filing, context: Context, table: str) -> tuple[RunningLine, ...]:
    """The lines of a Form 4's table."""
    return context.once(_of_table_1 if table == "non_derivative" else _of_table_2, filing)


def _breaks(
    filing: Filing, context: Context, table: str, *, noted: bool = True
) -> Iterator[tuple[Break, Row]]:
    """The totals that do not add up, each with its row. ``noted``: see ``form4_author.ledger.breaks``."""
    if len(_table(filing, table)) < 2:
        return
    for line in _lines(filing, context, table):
        for found in breaks(line, noted=noted):
            yield found, _row(filing, found.entry)


def _breaks_of_shares(filing: Filing, context: Context) -> Iterator[tuple[Break, Row]]:
    """Those of Table I; in a draft, different footnotes explain a total only if one says what else changed it."""
    noted = context.profile is not Profile.DRAFT
    for found, row in _breaks(filing, context, "non_derivative", noted=noted):
        texts = filing.footnote_texts()
        differing = set(found.entry.total_notes) ^ set(found.earlier.total_notes)
        if noted or not any(EXPLAINED.search(texts.get(id, "")) for id in differing):
            yield found, row


def _row(filing: Filing, entry: RunEntry) -> Row:
    table, index = entry.path
    return _table(filing, str(table))[int(index)]


def _oversold(found: Break, row: Row) -> bool:
    """Whether a sale is larger than what the line held before it."""
    return (
        found.entry.path[0] == "non_derivative" and row.transaction_code.value == "S" and found.expected < 0
    )


def _total(entry: RunEntry) -> Path:
    return (*entry.path, entry.total_cell)


def _total_words(entry: RunEntry) -> str:
    unit = "Value" if entry.total_cell == "value_owned_following" else "Amount"
    return f"{unit} Owned Following Transaction(s) is {grouped(entry.total)}"


def _working(found: Break) -> str:
    """``239,602 − 7,007 gives 232,595``."""
    changes = found.changes if len(found.changes) <= _TERMS else (found.change,)
    terms = "".join(f" {_MINUS if c < 0 else '+'} {grouped(abs(c))}" for c in changes)
    if len(found.changes) > _TERMS:
        terms += f" ({len(found.changes)} transactions)"
    result = found.expected
    gives = grouped(result) if result >= 0 else f"{_MINUS}{grouped(-result)}"
    return f"{grouped(found.earlier.total)}{terms} gives {gives}"


def _turned(found: Break) -> str:
    """What the other letter would give, when that is the total."""
    change = found.entry.change
    if len(found.changes) != 1 or found.earlier.total - change != found.entry.total:
        return ""
    letter = "D" if change > 0 else "A"
    sign = _MINUS if change > 0 else "+"
    working = (
        f"{grouped(found.earlier.total)} {sign} {grouped(abs(change))} gives {grouped(found.entry.total)}"
    )
    return f"; as ({letter}), {working}"


def _roll_forward(found: Break) -> Hit:
    return Hit(
        _total(found.entry),
        f"{_total_words(found.entry)}; {_working(found)}{_turned(found)}",
        related=(_total(found.earlier), (*found.entry.path, found.entry.amount_cell)),
    )


@rule(
    "HLD-003",
    "Total does not add up",
    Severity.WARNING,
    cite.FORM4_COLUMN_5,
    cite.FORM4_INSTR_4A_I,
    when=When(forms="4", has=("transaction",)),
)
def total_does_not_add_up(filing: Filing, context: Context) -> Iterator[Hit]:
    """In Table I a total is not the prior total of the same holding plus or minus the amount of its line.

    Why: The column asks for the amount owned following the reported transactions.
    Fix: Correct the total or the amount. If something else changed the holding, say so in a footnote on the total.
    Silent: For running totals in either order, one total for several lines, holdings that footnotes distinguish or
    that alternate, differences of at most one share, and holders that are not named; on Form 5. Different footnotes
    on the totals explain them; in a draft, only a footnote that names a cause, such as a dividend.
    """
    for found, row in _breaks_of_shares(filing, context):
        if not _oversold(found, row):
            yield _roll_forward(found)


@rule(
    "HLD-022",
    "More sold than owned",
    Severity.WARNING,
    cite.FORM4_COLUMN_5,
    cite.SECTION_16C,
    when=When(forms="4", codes=frozenset("S"), has=("table_1",)),
)
def sold_more_than_owned(filing: Filing, context: Context) -> Iterator[Hit]:
    """A Table I sale (code S) exceeds the prior total of the same holding.

    Why: An amount owned cannot be negative, and Section 16(c) prohibits short sales. One of the amounts is wrong.
    Fix: Correct the amount, or the prior total. If the shares came from a different holding, report it on a separate
    line.
    Silent: When no earlier line of the holding gives a total, and wherever HLD-003 accepts the totals.
    """
    for found in [found for found, row in _breaks_of_shares(filing, context) if _oversold(found, row)]:
        yield Hit(
            (*found.entry.path, "amount"),
            f"Amount sold is {grouped(-found.change)}, but only {grouped(found.earlier.total)} were owned"
            " after the prior transaction",
            related=(_total(found.earlier), _total(found.entry)),
        )


@rule(
    "HLD-002",
    "Total below the amount acquired",
    Severity.WARNING,
    cite.FORM4_COLUMN_5,
    cite.FORM4_INSTR_4A_I,
    when=When(forms="4", has=("transaction",)),
)
def total_below_acquisition(filing: Filing, context: Context) -> Iterator[Hit]:
    """The total after an acquisition is less than the amount acquired, and no disposition explains it.

    Why: The amount owned following the transaction includes the amount just acquired.
    Fix: Correct the total or the amount.
    Silent: With a footnote on the total; when the final total after other lines explains it; when the total is
    compared with the prior one (HLD-003, DRV-019); for equity swaps, and for exercises and purchases in Table II; on
    Form 5.
    """
    for table in ("non_derivative", "derivative"):
        if not any(_falls_short(row) for row in _table(filing, table)):
            continue
        for line in _lines(filing, context, table):
            compared = {found.entry.path for found in breaks(line)}
            for entry in shortfalls(line):
                if entry.path not in compared and _counts(_row(filing, entry), table):
                    yield Hit(
                        _total(entry),
                        f"{_total_words(entry)}, less than the {grouped(entry.change)} acquired",
                        related=((*entry.path, "amount"),),
                    )


def _falls_short(row: Row) -> bool:
    change, total = by_letter(row), row.amount_owned_following.value
    return change is not None and total is not None and total < change


def _counts(row: Row, table: str) -> bool:
    """Whether an acquisition adds to the total: a swap adds no shares, and closing a short position leaves less."""
    code = row.transaction_code.value
    return not row.equity_swap and (table == "non_derivative" or not (code == "P" or code in EXERCISES))


@rule(
    "DRV-019",
    "Total of a derivative security does not add up",
    Severity.WARNING,
    cite.FORM4_INSTR_4A_I,
    when=When(forms="4", has=("table_2",)),
)
def derivative_total_does_not_add_up(filing: Filing, context: Context) -> Iterator[Hit]:
    """In Table II a total is near, but not equal to, the prior total of the same security plus or minus the amount.

    Why: The column asks for the amount owned following the reported transactions.
    Fix: Correct the total or the amount.
    Silent: Wherever HLD-003 is, and when the total may belong to a different award on the same terms: it is far from
    what the prior line gives, and no later line continues from that line; on Form 5.
    """
    for found, _row_found in _breaks(filing, context, "derivative"):
        yield _roll_forward(found)


RULES: Final[tuple[Rule, ...]] = (
    total_below_acquisition,
    total_does_not_add_up,
    sold_more_than_owned,
    derivative_total_does_not_add_up,
)
