"""Places for signatures: their names, and what stands in one that is signed."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from form4_author.page.pdf import page_pdf, seal_pdf
from form4_author.page.seal import Seal, field_name, signatory
from form4_author.page.view import PageStatus
from tests.builders import make_filing


@pytest.mark.parametrize(
    ("signature", "who", "field"),
    [
        ("/s/ Jane Doe", "Jane Doe", "Signature 2: Jane Doe"),
        ("/S/John Q. Roe", "John Q. Roe", "Signature 2: John Q Roe"),
        (
            "Alpha Fund, L.P., by  /s/ Jane Doe, Member",
            "Alpha Fund, L.P., by Jane Doe, Member",
            "Signature 2: Alpha Fund, LP, by Jane Doe, Member",
        ),
        ("", "", "Signature 2: "),
    ],
)
def test_a_field_is_named_by_its_signatory_without_full_stops(signature: str, who: str, field: str) -> None:
    """ISO 32000-1, 12.7.3.2: a full stop divides a field's name."""
    assert signatory(signature) == who
    assert field_name(2, signature) == field


def shown(seal: Seal) -> PdfReader:
    return PdfReader(BytesIO(seal_pdf(seal, 150, 22)))


def test_a_signed_place_says_who_when_and_by_whom_certified() -> None:
    page = shown(
        Seal(name="Jane Doe", lines=("2026-11-23 21:40:12 Eastern", "Certified by Example CA"))
    ).pages[0]
    assert page.extract_text().splitlines() == [
        "Digitally signed by Jane Doe",
        "2026-11-23 21:40:12 Eastern",
        "Certified by Example CA",
    ]
    assert [float(edge) for edge in page.mediabox] == [0, 0, 150, 22]


def test_a_trial_says_so_where_it_is_signed() -> None:
    text = shown(Seal(name="Jane Doe", lines=("now",), trial="Proves nothing")).pages[0].extract_text()
    assert text.splitlines() == ["Digitally signed by Jane Doe", "now", "Proves nothing"]


def test_a_long_name_is_set_smaller_and_what_fits_no_size_is_cut_off() -> None:
    name = "Wilhelmina " * 8 + "last"
    assert "last" in shown(Seal(name=name, lines=("now",))).pages[0].extract_text()
    assert len(shown(Seal(name="Wilhelmina " * 200, lines=("now",))).pages) == 1


@pytest.mark.parametrize(
    ("draft", "fields"),
    [(True, []), (False, ["Signature 1: Bruce Posey by power of attorney for Sumedh S Thakar"])],
)
def test_a_draft_has_no_place_to_sign(draft: bool, fields: list[str]) -> None:
    pdf = PdfReader(BytesIO(page_pdf(make_filing("seed"), status=PageStatus(draft=draft))))
    assert list(pdf.get_fields() or {}) == fields
