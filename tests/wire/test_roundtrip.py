"""Every accepted filing: read and written again as its own edition shows it, it is the same document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from form4_author.codes import edition_named
from form4_author.wire.draft import draft_from
from form4_author.wire.filing import filing_from
from form4_author.wire.read import Document, read_document
from form4_author.wire.write import omitted_paths, write_document
from tests.wire.sameness import content, differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIXTURES: Final = sorted((Path(__file__).parents[1] / "corpus").glob("*.xml"))
DOCUMENTS: Final = 6118
EACH: Final = (pytest.param(25, id="every 25th"), pytest.param(1, id="every", marks=pytest.mark.long))
"""Which of the corpus's filings are read."""
ZONED: Final = {"0001477932-23-005022": 4, "0001477932-23-005023": 4}
"""Filings with dates that carry a time zone, which is reported and kept, and how many."""

_each_fixture = pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)


def _written(document: Document) -> bytes:
    edition = document.filing.edition
    assert edition is not None
    return write_document(document.filing, edition_named(edition))


@_each_fixture
def test_filing_written_as_its_edition_is_the_same_document(path: Path) -> None:
    data = path.read_bytes()
    document = read_document(data)

    assert (document.hits, document.profile) == ((), "public")
    assert len(document.malformed) == ZONED.get(path.stem, 0)
    assert differences(data, _written(document)) == []


@_each_fixture
def test_draft_of_a_filing_gives_that_filing_but_for_the_edition_edgar_stamped(path: Path) -> None:
    filing = read_document(path.read_bytes()).filing
    draft = draft_from(filing)

    again, malformed = filing_from({**draft, "edition": filing.edition})

    assert "edition" not in draft
    assert len(malformed) == ZONED.get(path.stem, 0)
    assert again == filing
    assert draft_from(again) == draft  # a date equals itself without its time zone; its text does not


def test_a_date_keeps_its_time_zone() -> None:
    data = (FIXTURES[0].parent / "0001477932-23-005023.xml").read_bytes()
    filing = read_document(data).filing

    assert b"<periodOfReport>2023-06-29-05:00</periodOfReport>" in data
    assert b"<periodOfReport>2023-06-29-05:00</periodOfReport>" in _written(read_document(data))
    assert draft_from(filing)["period_of_report"] == "2023-06-29-05:00"


def _changed_as_xml(filings: Iterable[tuple[str, bytes]]) -> Mapping[str, object]:
    """By accession number, what is different when a filing is read and written again."""
    different = {}
    for name, data in filings:
        document = read_document(data)
        found = differences(data, _written(document))
        if found or document.hits or len(document.malformed) != ZONED.get(name, 0):
            different[name] = (found[:3], document.hits, document.malformed)
    return different


def _changed_as_draft(filings: Iterable[tuple[str, bytes]]) -> list[str]:
    """The filings that are different when a draft is made of them and they of it."""
    different = []
    for name, data in filings:
        filing = read_document(data).filing
        draft = draft_from(filing)
        again, malformed = filing_from({**draft, "edition": filing.edition})
        if again != filing or draft_from(again) != draft or len(malformed) != ZONED.get(name, 0):
            different.append(name)
    return different


def _omitted(filings: Iterable[tuple[str, bytes]]) -> list[object]:
    """What the edition of each has no place for."""
    read = [read_document(data).filing for _, data in filings]
    return [omitted_paths(filing, edition_named(filing.edition or "")) for filing in read]


def test_every_filing_of_the_sample_is_the_same_document_again(sample: tuple[tuple[str, bytes], ...]) -> None:
    assert _changed_as_xml(sample) == {}


def test_every_filing_of_the_sample_survives_the_draft(sample: tuple[tuple[str, bytes], ...]) -> None:
    assert _changed_as_draft(sample) == []


def test_no_filing_of_the_sample_holds_what_its_edition_has_no_place_for(
    sample: tuple[tuple[str, bytes], ...],
) -> None:
    assert _omitted(sample) == [()] * len(sample)


@pytest.mark.parametrize("each", EACH)
def test_every_filing_of_the_corpus_is_the_same_document_again(
    corpus: tuple[tuple[str, bytes], ...], each: int
) -> None:
    assert _changed_as_xml(corpus[::each]) == {}
    assert len(corpus) == DOCUMENTS


@pytest.mark.parametrize("each", EACH)
def test_every_filing_of_the_corpus_survives_the_draft(
    corpus: tuple[tuple[str, bytes], ...], each: int
) -> None:
    assert _changed_as_draft(corpus[::each]) == []
    assert len(corpus) == DOCUMENTS


def test_no_filing_of_the_corpus_holds_what_its_edition_has_no_place_for(
    corpus: tuple[tuple[str, bytes], ...],
) -> None:
    assert _omitted(corpus[::20]) == [()] * 306


# The comparison itself.

_ONE: Final = (
    b"<ownershipDocument><documentType>4</documentType>"
    b"<issuer><issuerCik>0001</issuerCik><issuerName> A  B </issuerName></issuer>"
    b"<t><row><transactionShares><value>7007.50</value>"
    b'<footnoteId id="F1"/><footnoteId id="F2"/></transactionShares></row>'
    b"<row><transactionShares><value>1</value></transactionShares>"
    b"<equitySwapInvolved>0</equitySwapInvolved></row></t>"
    b'<footnotes><footnote id="F1">One.</footnote></footnotes></ownershipDocument>'
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b"7007.50", b"7007.5", id="trailing zero"),
        pytest.param(b"7007.50", b"07007.500", id="leading zero of a number"),
        pytest.param(b">1</value>", b"> 1.0\n</value>", id="blanks around a number"),
        pytest.param(b"<equitySwapInvolved>0", b"<equitySwapInvolved>false", id="spelling of a flag"),
        pytest.param(b"> A  B <", b">A  B<", id="surrounding blanks"),
        pytest.param(
            b"<issuerCik>", b"<issuerTradingSymbol></issuerTradingSymbol><issuerCik>", id="empty element"
        ),
        pytest.param(b"<row>", b"<row><securityTitle><value/></securityTitle>", id="empty cell"),
        pytest.param(b"<t>", b"\n  <remarks> </remarks><t>\n   ", id="blanks between elements"),
    ],
)
def test_comparison_takes_these_as_the_same(old: bytes, new: bytes) -> None:
    assert old in _ONE
    assert differences(_ONE, _ONE.replace(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b"7007.50", b"7007.51", id="digit"),
        pytest.param(b"<value>1<", b"<value>10<", id="zero of a whole number"),
        pytest.param(b"<equitySwapInvolved>0", b"<equitySwapInvolved>1", id="flag"),
        pytest.param(b"<equitySwapInvolved>0</equitySwapInvolved>", b"", id="flag left out"),
        pytest.param(b'id="F2"', b'id="F3"', id="footnote reference"),
        pytest.param(b'<footnoteId id="F2"/>', b"", id="footnote reference left out"),
        pytest.param(
            b'<footnoteId id="F1"/><footnoteId id="F2"/>',
            b'<footnoteId id="F2"/><footnoteId id="F1"/>',
            id="order of footnote references",
        ),
        pytest.param(
            b'<value>7007.50</value><footnoteId id="F1"/>',
            b'<footnoteId id="F1"/><value>7007.50</value>',
            id="footnote before the value",
        ),
        pytest.param(b"One.", b"one.", id="text"),
        pytest.param(b" A  B ", b" A B ", id="blank within a text"),
        pytest.param(b"0001", b"1", id="zero of an identifier"),
        pytest.param(b"</row><row>", b"", id="rows run together"),
        pytest.param(b"issuerName", b"issuerNames", id="element's name"),
        pytest.param(b'<footnote id="F1"', b'<footnote id="F1" lang="en"', id="attribute"),
        pytest.param(b"</issuer>", b"<!-- x --></issuer>", id="comment"),
        pytest.param(b"</issuer>", b"<?x y?></issuer>", id="processing instruction"),
        pytest.param(b"</row></t>", b"</row>stray</t>", id="text between elements"),
        pytest.param(b"<documentType>4</documentType>", b"", id="first element left out"),
        pytest.param(
            b"</ownershipDocument>",
            b"<remarks>x</remarks></ownershipDocument>",
            id="element added at the end",
        ),
    ],
)
def test_comparison_sees_the_difference(old: bytes, new: bytes) -> None:
    assert old in _ONE
    assert differences(_ONE, _ONE.replace(old, new)) != []


def test_comparison_sees_the_order_of_elements_and_rows() -> None:
    first = b"<d><issuer><a>1</a></issuer><remarks>x</remarks></d>"
    second = b"<d><remarks>x</remarks><issuer><a>1</a></issuer></d>"

    assert differences(first, second) != []
    assert content(b"<d><r><a>1</a></r><r/><r><a>2</a></r></d>") == [
        ("d/r[0]/a[0]", "1"),
        ("d/r[1]/a[0]", "2"),
    ]
