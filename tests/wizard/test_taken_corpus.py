"""Real filings whose holder is in a footnote: one sale is reported the next day, and every line keeps its footnotes.

What a line should have is read from the rows of the filing, not from what the draft took over. Of a title of a
transaction nothing is looked for: such a footnote may be about the transaction, and is asked about.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

from form4_author.ledger.closing import closing, running, stated
from form4_author.ledger.title import class_of
from form4_author.model.draft import TABLES
from form4_author.model.table import DerivativeRow
from form4_author.text import amount, amount_text, folded
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.deadline import roll
from form4_author.wire.draft import draft_data
from form4_author.wire.filing import filing_from
from form4_author.wire.read import read_document
from form4_author.wizard.draft import carried_line, carried_note, footnote, opening
from form4_author.wizard.draft.row_value import AWARD
from tests.wizard.data import drawn, put, with_change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from form4_author.ledger.closing import Closing, Stated
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

HOLDER: Final = ("ownership_form", "nature_of_ownership")
TERMS: Final = ("exercise_price", "date_exercisable", "expiration_date", "underlying_title")
EVERY: Final = 25
LOST: Final = "lost:"

SAMPLE: Final = {"filings": 39, "carried": 70, "zero": 18}
WHOLE: Final = {"filings": 1017, "carried": 2033, "zero": 207, "underlying shares not known": 22}
"""Filings tried; lines whose holder is in a footnote, carried or left out, and why."""


def _words(filing: Filing, row: Row) -> dict[str, tuple[str, ...]]:
    """What a line should keep."""
    return words_of(filing, row, title=not row.is_transaction)


class Line(NamedTuple):
    """A line of a filing: the row that gives its total, and the others of its holder."""

    row: Row
    table: str
    total: Decimal
    words: dict[str, tuple[str, ...]]
    each: bool
    """Whether it is known how many shares underlie one."""


def words_of(filing: Filing, row: Row, *, title: bool = True) -> dict[str, tuple[str, ...]]:
    """The footnotes of a row, by the columns that belong to its line; of the same words one."""
    texts = filing.footnote_texts()
    columns = (
        *(("security_title",) if title else ()),
        *HOLDER,
        *(TERMS if isinstance(row, DerivativeRow) else ()),
    )
    each = {c: [folded(text) for i in getattr(row, c).footnotes if (text := texts.get(i))] for c in columns}
    return {column: tuple(dict.fromkeys(found)) for column, found in each.items() if found}


def lines_of(filing: Filing) -> Iterator[Line]:
    """Each line with its total; two that only the footnotes to their nature tell apart are two."""
    texts = filing.footnote_texts()
    each = (stated(path, row, texts, initial=filing.base == "3") for path, row in filing.rows())
    every = [found for found in each if found is not None]
    for end in closing(filing):
        rows = [found for found in every if found.key == end.key]
        words = _words(filing, end.row)
        if not any(column in words for column in HOLDER):
            for found in rows:  # said once, on another row of the line
                words |= {c: said for c, said in _words(filing, found.row).items() if c in HOLDER}
        yield Line(end.row, end.table, end.total, words, end.each is not None)
        if not running((found.change or end.total * 0, found.total) for found in rows):
            yield from _others(filing, end, rows)


def _others(filing: Filing, end: Closing, rows: list[Stated]) -> Iterator[Line]:
    own = words_of(filing, end.row).get(HOLDER[1])
    last: dict[tuple[str, ...], Stated] = {}
    for found in rows:
        other = words_of(filing, found.row).get(HOLDER[1])
        if own and other and other != own:
            last[other] = found
    for found in last.values():
        yield Line(found.row, end.table, found.total, _words(filing, found.row), end.each is not None)


def is_noted(line: Line) -> bool:
    return any(column in line.words for column in HOLDER)


def class_of_line(line: Line) -> tuple[str, str]:
    return line.table, class_of(line.row.security_title.value)


def sold(filing: Filing, day: date, classes: set[tuple[str, str]]) -> dict[str, Any]:
    """The draft that begins with the filing, in which one share or unit of each class was sold."""
    start = opening.from_filing(filing)
    data = draft_data(start)
    for line in [each for known in start.interview.carried for each in carried_note.holders(known)]:
        at = line.table, class_of(line.text("security_title"))
        held = amount(line.text("amount_owned_following"))
        if at in classes and held:
            classes = classes - {at}
            sell = _sale if at[0] == TABLES[0] else _row
            data = sell(data, dict(line.cells), day.isoformat(), min(held, amount("1")))
    data, _ = drawn(data, day)
    data, _ = drawn(with_change(data, carried_line.added), day)
    return data


def _sale(data: dict[str, Any], line: dict[str, Any], day: str, one: Decimal) -> dict[str, Any]:
    events = data["interview"].get("events", ())
    nature = line.get("nature_of_ownership", "")
    answers = {
        "date": day, "security": line["security_title"], "quantity": amount_text(one), "price": "10",
        "ownership": f"I {nature}" if nature else line.get("ownership_form", "D"),
        "after_1": amount_text(amount(line["amount_owned_following"]) - one),
    }  # fmt: skip
    return put(data, ("interview", "events", len(events)), {"recipe": "sold", "answers": answers})


def _row(data: dict[str, Any], line: dict[str, Any], day: str, one: Decimal) -> dict[str, Any]:
    at = (TABLES[1], len(data.get(TABLES[1], ())))
    columns = ("security_title", *HOLDER, "exercise_price", "underlying_title")
    row = {
        "kind": "transaction", "transaction_date": day, "transaction_code": "S", "acquired_disposed": "D", "amount": amount_text(one),
        "amount_owned_following": amount_text(amount(line["amount_owned_following"]) - one),
        **{column: line[column] for column in columns if column in line},
    }  # fmt: skip
    data = put(data, at, row)
    for column in AWARD:
        typed = line.get(column)
        if typed and typed.replace("-", "").isdecimal():
            data = put(data, (*at, column), typed)
        elif typed:
            data = with_change(data, footnote.attach, (*at, column), typed)
    return data


def outcome(filing: Filing, data: dict[str, Any], day: date) -> Iterator[str]:
    """What became of each noted line: carried, or why not."""
    made = filing_from(data)[0]
    left = [(str(path[0]), row) for path, row in made.rows()]
    traded = {(table, class_of(row.security_title.value)) for table, row in left if row.is_transaction}
    for line in filter(is_noted, lines_of(filing)):
        there = [each for each in left if _same(line, *each)]
        found = next((each for each in there if _keeps(words_of(made, each[1]), line.words)), None)
        if found is not None:
            left.remove(found)
            yield "carried"
        elif there:
            yield f"{LOST} {line.row.security_title.value} {line.words} {[words_of(made, r) for _, r in there]}"
        else:
            yield _why(line, traded, day)


def _same(line: Line, table: str, row: Row) -> bool:
    """Whether a row of the draft is of a line: held alike, with its total, or one sold of it."""
    total = row.amount_owned_following.value
    before = total + (row.amount.value or 0) if row.is_transaction and total is not None else total
    alike = all(
        folded(str(getattr(row, c).value or "")) == folded(str(getattr(line.row, c).value or ""))
        for c in HOLDER
    )
    return (
        table == line.table
        and alike
        and before == line.total
        and class_of(row.security_title.value) == class_of_line(line)[1]
    )


def _keeps(now: dict[str, tuple[str, ...]], before: dict[str, tuple[str, ...]]) -> bool:
    return all(now.get(column) == words for column, words in before.items())


def _why(line: Line, traded: set[tuple[str, str]], day: date) -> str:
    last = line.row.expiration_date.value if isinstance(line.row, DerivativeRow) else None
    if line.total == 0:
        return "zero"
    if line.row.amount_owned_following.value is None and line.row.value_owned_following.value is not None:
        return "in dollars"
    if class_of_line(line) not in traded:
        return "other class"
    if last is not None and last < day:
        return "expired"
    if line.table == TABLES[1] and not line.each:
        return "underlying shares not known"
    return f"{LOST} {line.row.security_title.value} {line.row.nature_of_ownership} {line.total}"


def tried(documents: Sequence[tuple[str, bytes]]) -> tuple[dict[str, int], list[str]]:
    """How many filings, and what became of their noted lines; those that lost something."""
    counts: Counter[str] = Counter()
    lost = []
    calendar = sec_calendar()
    for accession, document in documents:
        filing = read_document(document).filing
        classes = {class_of_line(line) for line in lines_of(filing) if is_noted(line)}
        days = [row.transaction_date.value for _, row in filing.rows()]
        last = max((day for day in (*days, filing.period_of_report) if day), default=None)
        if not classes or last is None:
            continue
        day = roll(last + timedelta(days=1), calendar)
        data = sold(filing, day, classes)
        found = list(outcome(filing, data, day))
        lost += [f"{accession}: {word}" for word in found if word.startswith(LOST)]
        counts.update(["filings", *(word for word in found if not word.startswith(LOST))])
    return dict(counts), lost


@pytest.mark.long
def test_a_sample_of_the_corpus_keeps_the_footnotes_of_its_lines(
    corpus: tuple[tuple[str, bytes], ...],
) -> None:
    assert tried(corpus[::EVERY]) == (SAMPLE, [])


@pytest.mark.long
def test_the_corpus_keeps_the_footnotes_of_its_lines(corpus: tuple[tuple[str, bytes], ...]) -> None:
    assert tried(corpus) == (WHOLE, [])
