"""Which element a path is, and on which line it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from lxml import etree

from form4_author.findings import path_from_text
from form4_author.wire.place import line_at, lines_by_path, nearest_line, path_of, places, places_by_element
from tests.wire.mutation_documents import CURRENT, FORMS, full_text

if TYPE_CHECKING:
    from form4_author.findings import Path

LINED: Final = full_text(CURRENT, "4").replace("><", ">\n<")


def _root(form: str = "4") -> etree._Element:
    return etree.fromstring(full_text(CURRENT, form).replace("><", ">\n<"))


def _line_of(text: str, after: str = "<ownershipDocument>") -> int:
    start = LINED.index(after)
    return LINED[: LINED.index(text, start)].count("\n") + 1


@pytest.mark.parametrize(
    ("path", "text", "after"),
    [
        ("", "<ownershipDocument>", "<ownershipDocument>"),
        ("form", "<documentType>", "<ownershipDocument>"),
        ("issuer", "<issuer>", "<ownershipDocument>"),
        ("issuer.trading_symbol", "<issuerTradingSymbol>", "<ownershipDocument>"),
        ("issuer.nothing", "<issuer>", "<ownershipDocument>"),
        ("owners", "<reportingOwner>", "<ownershipDocument>"),
        ("owners[0].cik", "<rptOwnerCik>", "<reportingOwner>"),
        ("owners[0].address", "<reportingOwnerAddress>", "<reportingOwner>"),
        ("owners[0].address.city", "<rptOwnerCity>", "<reportingOwner>"),
        ("owners[1].is_director", "<isDirector>", "<rptOwnerCik>0007654321"),
        ("owners[1].officer_title", "<reportingOwner>", "</reportingOwner>"),
        ("owners[9].cik", "<ownershipDocument>", "<ownershipDocument>"),
        ("non_derivative", "<nonDerivativeTable>", "<ownershipDocument>"),
        ("non_derivative[0].security_title", "<value>", "<nonDerivativeTransaction>"),
        ("non_derivative[0].transaction_code", "<transactionCode>", "<nonDerivativeTransaction>"),
        ("non_derivative[0].price", "<value>", "<transactionPricePerShare>"),
        ("non_derivative[1].price", "<transactionPricePerShare>", "<value>Units"),
        ("non_derivative[2]", "<nonDerivativeHolding>", "<nonDerivativeTable>"),
        ("non_derivative[2].ownership_form", "<value>I", "<nonDerivativeHolding>"),
        ("non_derivative[99].price", "<ownershipDocument>", "<ownershipDocument>"),
        ("footnotes[1]", '<footnote id="F2">', "<footnotes>"),
        ("signatures[0].date", "<signatureDate>", "<ownerSignature>"),
        ("nothing", "<ownershipDocument>", "<ownershipDocument>"),
    ],
)  # fmt: skip
def test_line_of_a_path(path: str, text: str, after: str) -> None:
    expected = _line_of(text, after)
    assert line_at(_root(), path_from_text(path)) == expected
    assert line_at(_root(), path_from_text(path), 10) == expected + 10


@pytest.mark.parametrize("form", FORMS)
def test_one_walk_finds_the_lines_that_single_searches_find(form: str) -> None:
    root = _root(form)
    lines = lines_by_path(root, 7)
    paths: set[Path] = {path for path, _, _ in places(root)}
    # The id and the text of a footnote stand on the line of the footnote, which is the nearest to both.
    noted = {path for path in paths if path[-1:] == ("transaction_code",)}

    assert len(paths) > 70
    assert {path: lines.get(path) for path in paths - noted} == {
        path: line_at(root, path, 7) for path in paths - noted
    }
    assert nearest_line(lines, ("owners", 0, "nothing", "more")) == lines["owners", 0]
    assert nearest_line(lines, ("nothing",)) == lines[()]


def test_of_repeated_elements_the_first_counts() -> None:
    again = LINED.replace("<remarks>", "<documentType>5</documentType>\n<remarks>")
    again = again.replace("<value>Common Stock", "<value>First</value>\n<value>Common Stock", 1)
    root = etree.fromstring(again)
    paths: tuple[Path, ...] = (("form",), ("non_derivative", 0, "security_title"))

    assert [lines_by_path(root)[path] for path in paths] == [line_at(root, path) for path in paths]


@pytest.mark.parametrize("form", FORMS)
def test_every_element_that_a_field_claims_has_a_path(form: str) -> None:
    root = _root(form)
    known = places_by_element(root)

    unclaimed = {str(e.tag) for e in root.iter() if e not in known}
    assert unclaimed <= {
        "footnoteId", "footnotes", "ownershipNature", "postTransactionAmounts", "reportingOwnerId",
        "reportingOwnerRelationship", "rptOwnerCcc", "transactionAmounts", "transactionCoding", "underlyingSecurity",
    }  # fmt: skip


def test_element_without_a_path_has_that_of_what_is_around() -> None:
    root = _root()
    known = places_by_element(root)
    ccc = next(root.iter("rptOwnerCcc"))
    title = next(root.iter("securityTitle"))

    assert path_of(known, ccc) == (("owners", 0), None)
    assert path_of(known, title[1])[0] == ("non_derivative", 0, "security_title")
    assert path_of(known, None) == ((), None)
    assert path_of(known, etree.Element("other")) == ((), None)
