"""One total: interview, register and the rules on earlier forms begin the next form from the same numbers.

Of the corpus, ``one_total_differences.tsv`` has every line on which the accounts differ; FORM4_UPDATE_GOLDEN=1 writes it
again.
"""

from __future__ import annotations

import csv
import json
import os
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from form4_author.checks.example import draft, names
from form4_author.register.database import opened
from form4_author.register.place import place_of
from form4_author.wire.filing import filing_from
from form4_author.wire.read import read_document
from tests.register.papers import paper
from tests.strategies import FORMS, filings
from tests.totals import differences, interview

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from form4_author.model.filing import Filing
    from tests.totals import Difference, Line

TESTS: Final = Path(__file__).parent
FILES: Final = sorted(
    [
        *(TESTS / "corpus").glob("*.xml"),
        *(TESTS / "golden").glob("*/*.xml"),
        *(TESTS / "golden").glob("*/*.form4.json"),
    ]
)
LISTED: Final = TESTS / "one_total_differences.tsv"
COLUMNS: Final = ("accession", "line", "interview", "last_row", "register", "history", "kind")

GENERATED: Final = settings(
    max_examples=12,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A register in a file that stays empty: each filing is taken out again."""
    book = opened(place_of(str(tmp_path_factory.mktemp("total") / "register.sqlite3")), create=True)
    with book.writing() as writing:
        yield writing
    book.close()


def shown(found: Iterable[Difference]) -> str:
    return "\n".join(" | ".join([words(each.line), *each[1:]]) for each in found)


# ---- filings that there are


def read(file: Path) -> Filing:
    if file.suffix == ".json":
        return filing_from(json.loads(file.read_text(encoding="utf-8")))[0]
    return read_document(file.read_bytes()).filing


@pytest.mark.parametrize("file", FILES, ids=[file.relative_to(TESTS).as_posix() for file in FILES])
def test_a_filing_has_one_total_for_each_line(file: Path, session: Session) -> None:
    undated = file.parent.name == "form4-blocked"

    assert shown(differences(session, read(file), may_refuse=undated)) == ""


@pytest.mark.parametrize(
    "name",
    names(),
)
def test_an_example_has_one_total_for_each_line(name: str, session: Session) -> None:
    assert shown(differences(session, filing_from(draft(name))[0])) == ""


# ---- filings made for a fault


def share(amount: str, direction: str, total: str, **cells: Any) -> dict[str, Any]:
    return {
        "kind": "transaction", "security_title": "Common Stock", "transaction_date": "2026-03-02", "transaction_code": "S" if direction == "D" else "P",
        "amount": amount, "acquired_disposed": direction, "amount_owned_following": total, "ownership_form": "D", **cells,
    }  # fmt: skip


def option(amount: str, direction: str, total: str, code: str = "A", **cells: Any) -> dict[str, Any]:
    terms = {"exercise_price": "30", "date_exercisable": "2027-03-02", "expiration_date": "2036-03-01"}
    given = share(amount, direction, total, security_title="Option", transaction_code=code, **terms)
    return {name: cell for name, cell in {**given, **cells}.items() if cell is not None}


def written_call(amount: str, direction: str, total: str, code: str, **cells: Any) -> dict[str, Any]:
    return option(amount, direction, total, code, security_title="Call Option (obligation to sell)", **cells)


def written_put(amount: str, direction: str, total: str, code: str) -> dict[str, Any]:
    return option(amount, direction, total, code, security_title="Put Option (obligation to buy)")


def in_dollars() -> dict[str, Any]:
    row = option("5", "A", "5", total_value="5", value_owned_following="25.50")
    return {name: cell for name, cell in row.items() if name not in ("amount", "amount_owned_following")}


def holding(total: str, **cells: Any) -> dict[str, Any]:
    return {
        "kind": "holding", "security_title": "Common Stock", "ownership_form": "D", "amount_owned_following": total, **cells,
    }  # fmt: skip


def indirect(total: str, nature: str) -> dict[str, Any]:
    return holding(total, ownership_form="I", nature_of_ownership=nature)


def award(amount: str, direction: str, total: str, note: str, code: str = "M") -> dict[str, Any]:
    noted = {"footnotes": [note]}
    return option(amount, direction, total, code, security_title="Restricted Stock Units", exercise_price="0", date_exercisable=noted, expiration_date=noted)  # fmt: skip


NOTES: Final = [
    {"id": "F1", "text": "The units vest each March 1."},
    {"id": "F2", "text": "The units vest in full in 2029."},
]


def filing(*shares: dict[str, Any], options: Sequence[dict[str, Any]] = (), form: str = "4") -> Filing:
    made = paper(*shares, derivative=list(options), footnotes=NOTES, form=form).filing
    return replace(made, form=form)


CASES: Final = [
    pytest.param([share("100", "A", "1100"), share("40", "D", "1060")], [], ["1060"], id="rows in order"),
    pytest.param([share("100", "A", "1150"), share("50", "A", "1150")], [], ["1150"], id="one total for all rows"),
    pytest.param([share("5", "A", "105"), share("5", "D", "100")], [], ["100"], id="there and back"),
    pytest.param([share("100", "D", "0"), indirect("0", "By Spouse")], [], ["0", "0"], id="lines of zero"),
    pytest.param(
        [share("5", "A", "105"), share("5", "A", "110", security_title="COMMON  stock")], [], ["110"],
        id="one title in two spellings of case and spaces",
    ),
    pytest.param([indirect("7", "By Trust"), indirect("9", "By Spouse")], [], ["7", "9"], id="two natures"),
    pytest.param(
        [indirect("7", "By Trust"), indirect("9", "By Trust | B")], [], ["7", "9"], id="a nature with a bar listed last",
    ),
    pytest.param(
        [indirect("9", "By Trust | B"), indirect("7", "By Trust")], [], ["9", "7"], id="a nature with a bar listed first",
    ),
    pytest.param(
        [holding("7", security_title="Stock | Class A"), holding("9", security_title="Stock | Class B")], [], ["7", "9"],
        id="two titles with a bar",
    ),
    pytest.param(
        [share("5", "A", "105", nature_of_ownership="401(k)"), share("5", "A", "305", nature_of_ownership="Roth IRA")], [],
        ["105", "305"], id="two direct lines with a nature",
    ),
    pytest.param(
        [share("40", "D", "1060"), share("100", "A", "1100")], [], ["1060"], id="newest first",
    ),
    pytest.param(
        [share("40", "D", "1060", transaction_date="2026-03-03"), share("100", "A", "1100")], [], ["1060"],
        id="newest first by date",
    ),
    pytest.param(
        [
            share("2000", "D", "98000"), share("1500", "D", "96500", transaction_date="2026-03-03"),
            share("2500", "D", "94000"),
        ],
        [], ["94000"], id="rows out of the order of dates",
    ),
    pytest.param(
        [], [
            option("5", "A", "5", security_title="Option | Tranche A"),
            option("7", "A", "7", security_title="Option | Tranche B"),
        ],
        ["5", "7"], id="two options with a bar in the title",
    ),
    pytest.param(
        [], [option("5", "A", "5", expiration_date=None, date_exercisable=None)], ["5"],
        id="an option priced 30 without an expiration date",
    ),
    pytest.param([], [option("5", "A", "5", exercise_price=None)], ["5"], id="an option without a price"),
    pytest.param(
        [], [option("5", "A", "5"), option("2", "D", "3", "M", exercise_price="30.00")], ["3"],
        id="one price in two spellings",
    ),
    pytest.param(
        [], [option("5", "A", "5"), option("7", "A", "7", expiration_date="2037-03-01")], ["5", "7"], id="two series",
    ),
    pytest.param(
        [], [award("9", "D", "91", "F1"), award("1", "D", "90", "F2")], ["90"], id="one running total over two awards",
    ),
    pytest.param(
        [], [award("9", "D", "91", "F1"), award("1", "D", "90", "F2"), award("2", "D", "88", "F1")], ["88"],
        id="one running total back at the first award",
    ),
    pytest.param(
        [], [award("400", "D", "1228", "F1"), award("300", "D", "0", "F2")], ["1228", "0"], id="two awards side by side",
    ),
    pytest.param(
        [], [written_call("10", "D", "10", "S"), written_call("10", "D", "20", "S")], ["20"], id="two written calls",
    ),
    pytest.param(
        [], [written_put("10", "D", "10", "S"), written_put("10", "D", "20", "S")], ["20"], id="two written puts",
    ),
    pytest.param(
        [], [written_call("10", "D", "10", "S"), written_call("4", "A", "6", "P")], ["6"], id="a written call bought back",
    ),
    pytest.param(
        [], [written_call("10", "D", "10", "S"), written_call("10", "A", "0", "E")], ["0"], id="a written call that expires",
    ),
    pytest.param(
        [], [written_call("10", "D", "10", "S"), written_call("4", "A", "6", "X")], ["6"], id="a written call assigned",
    ),
    pytest.param(
        [], [written_put("10", "D", "10", "S"), written_put("4", "A", "6", "O")], ["6"], id="a written put assigned",
    ),
    pytest.param(
        [], [written_call("10", "D", "10", "S"), written_call("4", "A", "6", "C")], ["6"],
        id="a written call closed under C",
    ),
    pytest.param(
        [], [written_call("10", "D", "10", "S"), written_call("4", "D", "6", "J")], ["6"],
        id="a written call reduced under J",
    ),
    pytest.param([], [in_dollars()], [], id="a note in dollars"),
    pytest.param(
        [], [option("5", "A", "5"), in_dollars()], ["5"], id="one line in units and in dollars",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("shares", "options", "totals"), CASES)
def test_a_line_has_one_total(
    shares: list[dict[str, Any]], options: list[dict[str, Any]], totals: list[str], session: Session
) -> None:
    made = filing(*shares, options=options)

    assert shown(differences(session, made)) == ""
    assert [
        f"{number:f}" for numbers in interview(made).values() for number in numbers if number is not None
    ] == totals


# ---- filings that are generated

TRUST: Final = {"ownership_form": "I", "nature_of_ownership": "By Trust"}
STOCK: Final[tuple[dict[str, Any], ...]] = (
    {"security_title": "Common Stock"},
    {"security_title": "Common Stock", **TRUST},
    {"security_title": "Common Stock", **TRUST, "nature_of_ownership": "By Spouse"},
    {"security_title": "Stock | Class A"},
    {"security_title": "Stock | Class B"},
)
SERIES: Final[tuple[dict[str, Any], ...]] = (
    {},
    TRUST,
    {"exercise_price": "30.50"},
    {"expiration_date": "2037-03-01"},
    {"security_title": "Option | Tranche A"},
    {"security_title": "Option | Tranche B"},
)
WRITTEN: Final[tuple[dict[str, Any], ...]] = (
    {"security_title": "Call Option (obligation to sell)"},
    {"security_title": "Put Option (obligation to buy)"},
    {"security_title": "Put Option (obligation to buy)", **TRUST},
)
AWARDS: Final[tuple[dict[str, Any], ...]] = (
    {"security_title": "Units", "date_exercisable": {"footnotes": ["F1"]}},
    {"security_title": "Units", "date_exercisable": {"footnotes": ["F2"]}},
)


@st.composite
def accounts(draw: st.DrawFn, lines: tuple[dict[str, Any], ...], kind: str) -> tuple[Filing, set[Decimal]]:
    """A filing whose rows go on from one another in the order of days, and what its lines hold at the end."""
    chosen = draw(st.lists(st.sampled_from(range(len(lines))), min_size=1, max_size=3, unique=True))
    held = {line: draw(st.integers(1, 999)) + 1_000_000 * (line + 1) for line in chosen}
    day, rows = date(2026, 3, 2), []
    for line in [*chosen, *draw(st.lists(st.sampled_from(chosen), min_size=1, max_size=5))]:
        moved = draw(st.sampled_from([10, 20, -10, -20, -held[line]] if held[line] > 20 else [10, 20]))
        held[line] += moved
        day += timedelta(days=draw(st.integers(0, 1)))
        make, more, less = (share, "A", "D") if kind == "stock" else (option, "A", "D")
        code = {True: "A", False: "M"}[moved > 0]
        if kind == "written":
            more, less, code = "D", "A", {True: "S", False: "P"}[moved > 0]
        cells = {**lines[line], "transaction_date": day.isoformat(), "transaction_code": code}
        rows.append(make(str(abs(moved)), more if moved > 0 else less, str(held[line]), **cells))
    made = filing(*rows) if kind == "stock" else filing(options=rows)
    return made, {Decimal(total) for total in held.values()}


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        pytest.param(STOCK, "stock", id="stock"),
        pytest.param(SERIES, "options", id="series of options"),
        pytest.param(AWARDS, "options", id="awards"),
        pytest.param(
            WRITTEN, "written", id="written options",
        ),
    ],
)  # fmt: skip
def test_rows_that_go_on_from_one_another_lead_to_one_total(
    lines: tuple[dict[str, Any], ...], kind: str, session: Session
) -> None:
    @GENERATED
    @given(accounts(lines, kind))
    def lead(generated: tuple[Filing, set[Decimal]]) -> None:
        made, totals = generated
        assert shown(differences(session, made)) == ""
        assert {number for numbers in interview(made).values() for number in numbers} == totals

    lead()


@pytest.mark.parametrize(
    "form",
    FORMS,
)
def test_whatever_a_form_holds_a_line_has_one_total(form: str, session: Session) -> None:
    @GENERATED
    @given(filings(form))
    def has(made: Filing) -> None:
        assert shown(differences(session, made, may_refuse=True)) == ""

    has()


# ---- the corpus


def words(line: Line) -> str:
    """A line in few words: of long terms the beginning and a mark of the whole."""
    parts = ("II" if line.table == "derivative" else "I", *line[1:])
    return " / ".join(_short(part) for part in parts).rstrip(" /")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:48].rstrip()}… #{sha256(text.encode()).hexdigest()[:8]}"


@pytest.mark.long
def test_the_lines_of_the_corpus_that_differ_are_the_listed_ones(
    corpus: tuple[tuple[str, bytes], ...], session: Session
) -> None:
    found = [
        (accession, words(each.line), *each[1:])
        for accession, document in corpus
        for each in differences(session, read_document(document).filing)
    ]
    if os.environ.get("FORM4_UPDATE_GOLDEN"):
        with LISTED.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter="\t", lineterminator="\n").writerows([COLUMNS, *found])
    with LISTED.open(encoding="utf-8", newline="") as file:
        listed = [tuple(row) for row in csv.reader(file, delimiter="\t")]

    assert listed[0] == COLUMNS
    assert found == listed[1:]
