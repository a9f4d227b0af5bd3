"""The three shapes of rules: what each reports, and what each of its options leaves out or adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.checks import cite, shape
from form4_author.checks.base import rule
from form4_author.findings import Edit, Fix, Hit, Severity, path_text
from tests.builders import make_context, make_filing

if TYPE_CHECKING:
    from form4_author.checks.shape import Shape

_TITLE = "non_derivative[0].security_title"
_INDIRECT = [
    "non_derivative[0].ownership_form = I",
    "non_derivative[0].nature_of_ownership = By Spouse",
]


def _hits(shaped: Shape, *edits: str, base: str = "seed") -> list[Hit]:
    @rule("TXN-099", "Bad state", Severity.NOTE, cite.PRACTICE)
    @shaped
    def bad_state() -> None:
        """What is bad."""

    filing = make_filing(base, edits)
    return list(bad_state.hits(filing, make_context(filing)))


def _told(shaped: Shape, *edits: str, base: str = "seed") -> list[tuple[str, str]]:
    return [(path_text(hit.path), hit.message) for hit in _hits(shaped, *edits, base=base)]


def test_a_shape_keeps_name_and_documentation() -> None:
    @shape.required("remarks", "x")
    def bad_state() -> None:
        """What is bad."""

    assert (bad_state.__name__, bad_state.__doc__) == ("bad_state", "What is bad.")


# text_matches


def test_text_with_the_words_is_reported_at_its_cell() -> None:
    spouse = shape.text_matches("nature_of_ownership", "By Spouse".__eq__, 'It is "{text}"')

    assert _told(spouse, *_INDIRECT) == [("non_derivative[0].nature_of_ownership", 'It is "By Spouse"')]
    assert _told(spouse, "non_derivative[0].nature_of_ownership = By Trust") == []
    assert _told(spouse) == []


def test_unless_takes_texts_out() -> None:
    spouse = shape.text_matches("nature_of_ownership", bool, "x", unless=lambda text: "Spouse" in text)

    assert _told(spouse, *_INDIRECT) == []


def test_unnoted_takes_lines_with_a_footnote_out() -> None:
    seed = shape.text_matches("security_title", bool, "{text}", at="amount", unnoted=True)
    noted = 'non_derivative[0].amount = {"value": "7007", "footnotes": ["F1"]}'

    assert _told(seed, noted) == []
    assert _told(seed, "non_derivative[0].amount = 7007") == [("non_derivative[0].amount", "Common Stock")]


def test_a_function_may_read_the_text() -> None:
    read = shape.text_matches(
        lambda row: f"<{row.security_title.value}>", bool, "{text}", at="security_title"
    )

    assert _told(read) == [(_TITLE, "<Common Stock>")]


def test_notes_are_the_footnotes_of_the_line() -> None:
    noted = shape.text_matches(
        shape.NOTES,
        lambda text: "gift" in text,
        "{row.amount.value}: {text}",
        of=shape.transactions,
        at="price",
    )
    edits = [
        'footnotes = [{"id": "F1", "text": "Bought."}, {"id": "F2", "text": "A gift."}]',
        'non_derivative[0].price = {"value": "1", "footnotes": ["F1", "F2"]}',
    ]

    assert _told(noted, *edits) == [("non_derivative[0].price", "7007: A gift.")]


# code_in


def test_code_of_the_table_is_reported_with_its_definition() -> None:
    sold = shape.code_in("S", "amount", "{text} under {code}: {name}", when=lambda row: row.amount.value)

    assert _told(sold, "non_derivative[0].transaction_code = S") == [
        (
            "non_derivative[0].amount",
            "7,007 under S: Open market or private sale of non-derivative or derivative security",
        )
    ]
    assert _told(sold, "non_derivative[0].transaction_code = F") == []
    assert _told(sold, "non_derivative[0].transaction_code = S", "non_derivative[0].amount = 0") == []


def test_letter_that_is_no_code_has_no_definition() -> None:
    odd = shape.code_in("V", "transaction_code", "{code}:{name}:{text}")

    assert _told(odd, "non_derivative[0].transaction_code = V") == [
        ("non_derivative[0].transaction_code", "V::V")
    ]


def test_code_may_be_of_one_table() -> None:
    both = shape.code_in("M", "transaction_code", "x")
    second = shape.code_in("M", "transaction_code", "x", table="derivative")

    assert [path for path, _words in _told(both, base="exercise")] == [
        "non_derivative[0].transaction_code",
        "derivative[0].transaction_code",
    ]
    assert [path for path, _words in _told(second, base="exercise")] == ["derivative[0].transaction_code"]


# required


def test_empty_cell_is_reported_where_it_is_required() -> None:
    title = shape.required(
        "officer_title",
        "Give it",
        of=shape.owners,
        when=lambda owner: owner.is_officer,
        related=("is_officer",),
    )
    edits = ("owners[0].is_officer = true", "delete owners[0].officer_title")

    (hit,) = _hits(title, *edits)

    assert (path_text(hit.path), hit.message) == ("owners[0].officer_title", "Give it")
    assert hit.related == (("owners", 0, "is_officer"),)
    assert hit.fix is None
    assert _hits(title, "owners[0].is_officer = true", "owners[0].officer_title = CEO") == []
    assert _hits(title, "owners[0].is_officer = false", "delete owners[0].officer_title") == []


@pytest.mark.parametrize("value", ["false", "0"])
def test_no_and_nought_are_answers(value: str) -> None:
    cell = "equity_swap" if value == "false" else "price"

    assert _told(shape.required(cell, "x"), f"non_derivative[0].{cell} = {value}") == []


def test_description_is_a_footnote_or_remarks() -> None:
    described = shape.required(shape.DESCRIPTION, "Say it", of=shape.coded("J"), at="transaction_code")
    code = "non_derivative[0].transaction_code = J"
    bare = [code, "non_derivative[0].amount = 7007"]

    assert _told(described, *bare) == [("non_derivative[0].transaction_code", "Say it")]
    assert _told(described, *bare, "remarks = Distributed.") == []
    assert _told(described, *bare, 'non_derivative[0].price = {"value": "1", "footnotes": ["F1"]}') == []


# What is common to all.


def test_fix_sets_the_cell() -> None:
    cleared = shape.text_matches(
        "trading_symbol",
        bool,
        "x",
        of=shape.issuer,
        fix=shape.set_to("Clear it", "trading_symbol", None, safe=True),
    )

    (hit,) = _hits(cleared)

    assert hit.fix == Fix("Clear it", (Edit(("issuer", "trading_symbol"), None),), safe=True)


@pytest.mark.parametrize(
    ("of", "cell", "paths"),
    [
        (shape.rows, "security_title", ["non_derivative[0]", "non_derivative[1]", "non_derivative[2]", "derivative[0]"]),
        (shape.transactions, "security_title", ["non_derivative[0]", "non_derivative[1]", "derivative[0]"]),
        (shape.table_1, "security_title", ["non_derivative[0]", "non_derivative[1]", "non_derivative[2]"]),
        (shape.table_2, "security_title", ["derivative[0]"]),
        (shape.coded("M", "derivative"), "security_title", ["derivative[0]"]),
        (shape.owners, "cik", ["owners[0]"]),
        (shape.signatures, "name", ["signatures[0]"]),
        (shape.issuer, "cik", ["issuer"]),
    ],
)  # fmt: skip
def test_places(of: shape.Places, cell: str, paths: list[str]) -> None:
    found = _told(shape.text_matches(cell, bool, "x", of=of), base="exercise")

    assert [path for path, _words in found] == [f"{path}.{cell}" for path in paths]
