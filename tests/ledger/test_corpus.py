"""The account of holdings over all filings of the corpus: what each row changes, which rows are of one line, and every
closing total.

FORM4_UPDATE_GOLDEN=1 writes ``closings.tsv`` again.
"""

from __future__ import annotations

import csv
import os
from collections import Counter, defaultdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from form4_author.ledger.closing import closing
from form4_author.ledger.line import line_key, signed
from form4_author.ledger.right import is_obligation
from form4_author.model.table import DerivativeRow
from form4_author.text import folded
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from form4_author.ledger.closing import Closing
    from form4_author.ledger.line import LineKey
    from form4_author.model.filing import Filing
    from form4_author.model.table import Cell, Row

HERE: Final = Path(__file__).parent
TABLES: Final = {"I": "non_derivative", "II": "derivative"}
DECLARED: Final = (
    "accession",
    "table",
    "place",
    "kind",
    "code",
    "letter",
    "swap",
    "amount",
    "total",
    "change",
)
CHANGED: Final = ("accession", "table", "line", "before", "now", "reason")


@pytest.fixture(scope="module")
def filings(corpus: tuple[tuple[str, bytes], ...]) -> dict[str, Filing]:
    return {accession: read_document(document).filing for accession, document in corpus}


def listed(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


# ---- what a row changes


class Kind(NamedTuple):
    """What the change of a line follows from."""

    kind: str
    code: str
    letter: str
    swap: str


def kind_of(row: Row) -> Kind:
    owed = is_obligation(row.security_title.value or "")
    held = ("obligation" if owed else "right") if isinstance(row, DerivativeRow) else "share"
    return Kind(
        held,
        row.transaction_code.value or "",
        row.acquired_disposed.value or "",
        "yes" if row.equity_swap else "no",
    )


@pytest.mark.long
def test_a_row_of_each_kind_changes_its_line_as_listed(filings: Mapping[str, Filing]) -> None:
    """Of every kind of transaction that occurs, one row: what it adds to its line, taken away: negative."""
    given, found = listed("signed.tsv"), []
    for each in given:
        row = getattr(filings[each["accession"]], TABLES[each["table"]])[int(each["place"])]
        cells = (row.amount.value, row.amount_owned_following.value, signed(row))
        texts = dict(zip(("amount", "total", "change"), (f"{cell:f}" for cell in cells), strict=True))
        found.append({**each, **kind_of(row)._asdict(), **texts})

    assert found == given
    assert [tuple(each) for each in given[:1]] == [DECLARED]
    assert {Kind(*(each[name] for name in Kind._fields)) for each in given} == {
        kind_of(row) for filing in filings.values() for _, row in filing.rows() if row.is_transaction
    }


# ---- every closing total


def marked(accession: str, found: Iterable[Closing]) -> Iterator[tuple[str, str]]:
    """A mark of each line, and its total; the spelling is in the mark where two spellings have totals of their own."""
    ends = list(found)
    times = Counter(end.key for end in ends)
    for end in ends:
        spelled = folded(end.row.security_title.value) if times[end.key] > 1 else ""
        name = "\n".join((accession, str(end.key), spelled))
        yield sha256(name.encode()).hexdigest()[:12], f"{end.total:f}"


@pytest.mark.long
def test_every_closing_total_is_the_listed_one(filings: Mapping[str, Filing]) -> None:
    found = sorted(row for accession, filing in filings.items() for row in marked(accession, closing(filing)))
    file = HERE / "closings.tsv"
    if os.environ.get("FORM4_UPDATE_GOLDEN"):
        lines = ("\t".join(row) for row in (("line", "total"), *found))
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    given = [tuple(line.split("\t")) for line in file.read_text(encoding="utf-8").splitlines()]

    assert given[0] == ("line", "total")
    assert len({mark for mark, _ in found}) == len(found)
    # Sets first: their difference is short.
    assert (set(found) - set(given[1:]), set(given[1:]) - set(found)) == (set(), set())
    assert found == given[1:]


def test_the_closings_that_changed_are_what_the_list_says(filings: Mapping[str, Filing]) -> None:
    """Against the account before one key named a line: a total after ``now``, or a line joined with another."""
    given = listed("closings_changed.tsv")
    wrong = []
    for each in given:
        ends = [end for end in closing(filings[each["accession"]]) if str(end.key) == each["line"]]
        now = [f"{end.total:f}" for end in ends]
        if each["now"] == "joined":
            joined = len(ends) == 1 and each["before"] in {f"{total:f}" for total in ends[0].totals[:-1]}
            right = joined and each["before"] not in now
        else:
            right = now == [each["now"]]
        if not right or {end.table for end in ends} != {TABLES[each["table"]]}:
            wrong.append((each["accession"], each["line"], now))

    assert wrong == []
    assert [tuple(each) for each in given[:1]] == [CHANGED]
    assert len({each["accession"] for each in given}) == 15
    assert [each for each in given if not each["reason"]] == []


# ---- which rows are of one line


def textual_key(table: str, row: Row, texts: Mapping[str, str]) -> str:
    """A line as one text, the way it was written before ``LineKey``: the title only without case and extra space."""
    parts = [
        table,
        folded(row.security_title.value),
        row.ownership_form.value or "",
        folded(row.nature_of_ownership.value),
    ]
    if isinstance(row, DerivativeRow):
        price = row.exercise_price.value
        parts += ["" if price is None else str(price.normalize()), str(row.expiration_date.value)]
        parts += [
            part for cell in (row.date_exercisable, row.expiration_date) if (part := _said(cell, texts))
        ]
    return " | ".join(parts)


def _said(cell: Cell[date], texts: Mapping[str, str]) -> str:
    noted = " ".join(texts.get(id, "") for id in cell.footnotes)
    return folded(noted if cell.value is None else str(cell.value))


def test_lines_are_those_of_the_textual_key_but_for_titles_of_one_class(
    filings: Mapping[str, Filing],
) -> None:
    """No line was divided; those joined are spellings of one class, marked in ``merged_in_one_filing.tsv``."""
    divided: set[tuple[str, str]] = set()
    joined: set[tuple[str, str, str]] = set()
    for accession, filing in filings.items():
        texts = filing.footnote_texts()
        new: dict[LineKey, dict[str, str]] = defaultdict(dict)
        old: dict[str, set[LineKey]] = defaultdict(set)
        for path, row in filing.rows():
            table = str(path[0])
            key, text = line_key(table, row, texts, "shares"), textual_key(table, row, texts)
            new[key].setdefault(text, " ".join((row.security_title.value or "").split()))
            old[text].add(key)
        divided |= {(accession, text) for text, keys in old.items() if len(keys) > 1}
        joined |= {
            (accession, "I" if key.table == TABLES["I"] else "II", " || ".join(titles.values()))
            for key, titles in new.items()
            if len(titles) > 1
        }

    assert divided == set()
    assert joined == {
        (each["accession"], each["table"], each["titles"])
        for each in listed("merged_in_one_filing.tsv")
        if each["joined"] == "yes"
    }
