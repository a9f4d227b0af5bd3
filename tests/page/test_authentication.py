"""The papers behind typed signatures (Regulation S-T, Rule 302(b)): what they say, where they are signed."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from form4_author.checks.example import names
from form4_author.page.authentication import attestation_html, authentication_html, authentication_views
from form4_author.page.pdf import upright_pdf
from form4_author.signing.seal import places
from form4_author.timing.deadline import years_after
from tests.builders import make_filing
from tests.page.test_conformance import elements
from tests.signing.signatory import in_every_place

_SHA = "0123456789abcdef" * 4
_GOLDEN = Path(__file__).parents[1] / "golden" / "papers"
_MOMENT = datetime(2024, 11, 4, 21, 40, tzinfo=UTC)


def _made(base: str, number: int = 0, filed: date | None = None) -> bytes:
    papers = authentication_views(make_filing(base), document="form4.xml", sha256=_SHA, filed=filed)
    return upright_pdf(authentication_html(papers[number]))


def _text(pdf: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return "\f".join("\n".join(" ".join(line.split()) for line in page.splitlines()) for page in pages) + "\n"


@pytest.mark.parametrize(
    ("name", "base", "number", "filed"),
    [
        ("seed", "seed", 0, date(2024, 11, 5)),
        ("joint", "joint", 0, None),
        ("exercise", "exercise", 0, None),
        ("amendment", "amendment", 0, None),
        ("form3", "form3", 0, None),
        ("form5", "form5", 0, None),
    ],
)
def test_the_authentication_document_reads_as_kept(
    name: str, base: str, number: int, filed: date | None
) -> None:
    """Each of these was looked at as an image before its text was kept."""
    pdf = _made(base, number, filed)
    assert _text(pdf) == (_GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert [(p.mediabox.width, p.mediabox.height) for p in PdfReader(BytesIO(pdf)).pages] == [(612, 792)]


def test_the_attestation_reads_as_kept() -> None:
    pdf = upright_pdf(
        attestation_html("Jane Doe", title="Corporate Secretary", filer="Northwind Instruments, Inc.")
    )
    assert _text(pdf) == (_GOLDEN / "attestation.txt").read_text(encoding="utf-8")
    assert places(pdf) == (), "it is signed by hand"
    assert "Title or capacity" not in attestation_html("Jane Doe")


def test_one_paper_for_each_who_signed() -> None:
    """Who signs twice, for a fund and in person, adopts both signatures in one."""
    assert {base: len(_papers(base)) for base in names()} == dict.fromkeys(names(), 1)
    assert _papers("joint") == [tuple(signature.name for signature in make_filing("joint").signatures)]
    unsigned = make_filing("seed", ["delete signatures[0].name"])
    assert authentication_views(unsigned, document="form4.xml", sha256=_SHA) == ()


def _papers(base: str) -> list[tuple[str, ...]]:
    return [
        tuple(each.typed for each in p.adopted)
        for p in authentication_views(make_filing(base), document="form4.xml", sha256=_SHA)
    ]


@pytest.mark.parametrize(
    ("signature", "agent"),
    [
        ("/s/ Sam Roe, Attorney-in-Fact", True),
        ("/s/ Sam Roe, POA", True),
        ("/s/ Sam Roe, President", False),
        ("/s/ Sumedh Thakar", False),
    ],
)
def test_an_agent_says_under_which_power(signature: str, agent: bool) -> None:
    filing = make_filing("seed", [f"signatures[0].name = {signature}"])
    (paper,) = authentication_views(filing, document="form4.xml", sha256=_SHA)
    assert paper.agent is agent
    assert ("Power of attorney dated" in authentication_html(paper)) is agent


def test_a_form_without_lines_or_names_has_its_paper_too() -> None:
    edits = [
        "delete issuer.name",
        "delete owners[0].name",
        "delete period_of_report",
        "non_derivative = []",
        "delete signatures[0].date",
    ]
    (paper,) = authentication_views(make_filing("seed", edits), document="form4.xml", sha256=_SHA)
    assert (paper.issuer, paper.owners, paper.dates, paper.rows) == (
        "Issuer",
        (("Reporting person", "0001626115"),),
        (),
        (),
    )
    assert "No line in Table I or Table II." in authentication_html(paper)


def test_dollars_stand_where_the_form_has_dollars() -> None:
    edits = [
        "delete derivative[0].amount",
        "derivative[0].total_value = 5000",
        "delete derivative[0].amount_owned_following",
        "derivative[0].value_owned_following = 7500.5",
    ]
    (paper,) = authentication_views(make_filing("exercise", edits), document="form4.xml", sha256=_SHA)
    row = next(row for row in paper.rows if row[0] == "II-1")
    assert (row[4], row[7]) == ("$5,000.00", "$7,500.50")


def test_the_same_paper_has_the_same_bytes() -> None:
    assert _made("seed") == _made("seed")
    assert _made("seed") != _made("seed", filed=date(2024, 11, 5))


def test_it_is_signed_in_its_place() -> None:
    pdf = _made("seed")
    (place,) = places(pdf)
    assert (place.field, place.label, place.signed) == (
        "Signature 1: Bruce Posey by power of attorney for Sumedh S Thakar",
        "Signature of the signatory: Bruce Posey",
        False,
    )
    signed = in_every_place(pdf, _MOMENT)
    assert [p.signed for p in places(signed)] == [True]
    assert hashlib.sha256(signed[: len(pdf)]).digest() == hashlib.sha256(pdf).digest()


def test_it_is_a_record_that_lasts_and_can_be_listened_to() -> None:
    """ISO 19005-3, 6.6.4 and 6.2.11.4.1; ISO 14289-1, 5, 7.1, 7.2 and 7.5."""
    reader = PdfReader(BytesIO(in_every_place(_made("seed"), _MOMENT)))
    root: Any = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in metadata or "<pdfaid:part>3<" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"].value) == ("en", True)
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (
        "Authentication document - Form 4 - Bruce Posey",
        "Bruce Posey",
    )
    kinds = [element["/S"] for element in elements(root["/StructTreeRoot"])]
    assert (kinds.count("/Table"), kinds.count("/TH"), kinds.count("/TD"), kinds.count("/Form")) == (
        1,
        9,
        9,
        1,
    )
    fonts = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]  # pypdf's own, without types
    assert {font.get_object()["/BaseFont"].split("+")[1] for font in fonts.values()} == {
        "Form-Sans",
        "Form-Sans-Bold",
        "Form-Serif",
        "Form-Serif-Bold",
    }


def test_it_is_kept_five_years_to_the_day() -> None:
    assert years_after(date(2024, 2, 29), 5) == date(2029, 3, 1)
    assert years_after(date(2024, 11, 5), 5) == date(2029, 11, 5)
    assert "at least until <b>11/05/2029</b>" in authentication_html(
        authentication_views(make_filing(), document="form4.xml", sha256=_SHA, filed=date(2024, 11, 5))[0]
    )
