"""Which titles name one class: pairs of real titles, and every spelling in the corpus."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from form4_author.ledger.title import class_of, same_class

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE: Final = Path(__file__).parent
WORDS: Final = (
    "Common", "Com.", "Stock", "Shares", "Shs", "Class A", "Cl B", "Series", "A-1", "Preferred", "Pfd", "Non-Voting",
    "nonvoting", "RSUs", "(RSUs)", "ADS", "NQSO", '("Common Stock")', "(", ")", "par value", "$0.01", "per share", "no par",
    "$.16-2/3 value", "each", "of £0.10", "the Issuer’s", "of the issuer", "StockOption", "Warrants", "to purchase",
    "2027", "6.5%", "securities", "classes", "401(k)", "&", "-", ",", ".", "|", "\u00a0", "—", "“",
)  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


PAIRS: Final = rows("titles.tsv")


def test_pairs_of_real_titles() -> None:
    """At least 90 on each side, each judged as the table says."""
    found = {
        (pair["title"], pair["other"]): "yes" if same_class(pair["title"], pair["other"]) else "no"
        for pair in PAIRS
    }

    assert found == {(pair["title"], pair["other"]): pair["same"] for pair in PAIRS}
    assert len(found) == len(PAIRS)
    assert [pair for pair in PAIRS if not pair["reason"] or pair["title"] == pair["other"]] == []
    assert min(list(found.values()).count(answer) for answer in ("yes", "no")) >= 90


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Com", "common stock"),
        ("CMN STK", "common stock"),
        ("Comm. Shs.", "common stock"),
        ("Com Cl A", "class a common stock"),
        ("Common Stock, Class A", "class a common stock"),
        ("ClassA Common", "class a common stock"),
        ("Option to purchase Common Stock, Class A", "option to purchase class a common stock"),
        ("Ord Shs", "ordinary share"),
        ("Conv Pfd Stk Ser B", "series b convertible preferred stock"),
        ("ADSs", "american depositary share"),
        ("Nonvoting Common", "non voting common stock"),
        ("Common Stock of the Issuer", "common stock"),
        ("the Issuer’s Common\u00a0Stock", "common stock"),
        ("Employee Stock Options – Right to Buy", "employee stock option right to buy"),
        ("Series A-1 Preferred", "series a1 preferred"),
        ("401(k) Fund", "401 k fund"),
        ("10,000 Units", "10000 unit"),
        (".5 Units", "0.5 unit"),
        ("Debt Securities", "debt security"),
        ("All Classes", "all class"),
        ("AT&T Common", "at and t common stock"),
        ("Stock Units (SUX)", "stock unit sux"),
        ("Stock Units (DSU)", "stock unit dsu"),
        ("(RSU) Award", "restricted stock unit award"),
        ("Stock Units (11)", "stock unit 11"),
        ("Stock Units ()", "stock unit"),
        ("PSU", "psu"),
        ("NSO", "nso"),
    ],
)
def test_spelling(title: str, expected: str) -> None:
    assert class_of(title) == expected


@pytest.mark.parametrize(
    "par",
    [
        "par value $0.01 per share", "$0.01 par value", "$.16-2/3 value", "$1 2/3 Par Value", "no par value", "w/o par",
        "without par value", "with no nominal value", "$0.001 par", "par value US$0.00001", "U.S. $0.01 par value",
        "par value NIS 0.0000769 per share", "of £0.10 each", "having a par value of $.01", "5 cents par value",
        "nominal value €1.00", "par value 1 per share", "par value 0.0001 per share", "$1,000 par value", "par value",
        "par value $0.01 per sha", "$0.01 par val", "par value of $0.01/share", "parvalue0.0001pershare",
    ],
)  # fmt: skip
def test_par_value_is_left_out(par: str) -> None:
    assert class_of(f"Class A Common Stock, {par}") == "class a common stock"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Series A $25.00 par value", "series a"),
        ("Class A par value $0.01", "class a"),
        ("Series 2 par value $1 Preferred", "series 2 preferred"),
        ("8% Preferred, Series 3, no par", "8 preferred series 3"),
        ("Par Pacific Common", "par pacific common stock"),
        ("6.5% Notes due 2027", "6.5 note due 2027"),
        ("Warrants, $11.50", "warrant 11.50"),
        ("Warrants at $11.50 each", "warrant at 11.50 each"),
    ],
)
def test_numbers_that_are_no_par_value_remain(title: str, expected: str) -> None:
    assert class_of(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Common Shares | Class A Units, $1 par value", "common stock | class a unit"),
        ("Common Stock | the Issuer", "common stock"),
        (None, ""),
        (" ", ""),
        ("—", "—"),
        ("Par  Value $0.01", "par value $0.01"),
        ('Class A, no "par" value', "class a"),
        ("Common Shares, " * 30, ("common shares, " * 30).strip()),
    ],
)
def test_two_securities_and_titles_of_nothing(title: str | None, expected: str) -> None:
    assert class_of(title) == expected


@given(
    st.one_of(
        st.text(max_size=20),
        st.tuples(st.sampled_from((" ", "", ", ", "-")), st.lists(st.sampled_from(WORDS), max_size=9)).map(
            lambda drawn: drawn[0].join(drawn[1])
        ),
    )
)
def test_a_class_is_in_itself(title: str) -> None:
    found = class_of(title)

    assert class_of(found) == found
    assert bool(found) == bool(title.strip())


@given(st.lists(st.sampled_from([word for word in WORDS if word.isascii()]), max_size=9).map(" ".join))
def test_case_and_space_do_not_matter(title: str) -> None:
    assert class_of(title.upper()) == class_of(title.lower()) == class_of(f"  {title.replace(' ', '   ')} ")


# ---- every title of the corpus


@pytest.fixture(scope="module")
def shown(corpus: tuple[tuple[str, bytes], ...]) -> list[tuple[str, str, str, tuple[str, str]]]:
    """Accession number, table (empty for an underlying security), title, and form and nature of ownership."""
    return [(accession, *row) for accession, document in corpus for row in titles(document)]


def titles(document: bytes) -> Iterator[tuple[str, str, tuple[str, str]]]:
    root = etree.fromstring(document)
    for table, name in (("I", "nonDerivativeTable"), ("II", "derivativeTable")):
        for row in root.iterfind(f"{name}/*"):
            form, nature, title, underlying = (
                " ".join((row.findtext(f"{path}/value") or "").split())
                for path in (
                    "ownershipNature/directOrIndirectOwnership",
                    "ownershipNature/natureOfOwnership",
                    "securityTitle",
                    "underlyingSecurity/underlyingSecurityTitle",
                )
            )
            if title:
                yield table, title, (form, nature.casefold())
            if underlying:
                yield "", underlying, (form, nature.casefold())


@pytest.mark.long
def test_every_merge_in_the_corpus_is_a_pair(shown: list[tuple[str, str, str, tuple[str, str]]]) -> None:
    """564 titles, 372 classes; whatever is merged was read and is in the table, and the table's titles are real."""
    real = {title for _, _, title, _ in shown}
    classes = defaultdict(set)
    for title in real:
        classes[class_of(title)].add(title)
    linked: dict[str, set[str]] = defaultdict(set)
    for pair in PAIRS:
        if pair["same"] == "yes":
            linked[class_of(pair["title"])] |= {pair["title"], pair["other"]}

    assert {pair[side] for pair in PAIRS for side in ("title", "other")} - real == set()
    assert {name: spellings for name, spellings in classes.items() if len(spellings) > 1} == linked
    assert (len(real), len(classes)) == (564, 372)


def test_two_spellings_in_one_filing(shown: list[tuple[str, str, str, tuple[str, str]]]) -> None:
    """Where one filing has two spellings of a class with equal ownership, the table says why they are one class."""
    found: dict[tuple[str, str, str, tuple[str, str]], dict[str, None]] = defaultdict(dict)
    for accession, table, title, ownership in shown:
        if table:
            found[accession, table, class_of(title), ownership][title] = None

    assert sorted((key[0], key[1], " || ".join(each)) for key, each in found.items() if len(each) > 1) == [
        (row["accession"], row["table"], row["titles"]) for row in rows("merged_in_one_filing.tsv")
    ]
