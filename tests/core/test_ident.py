"""CIK and accession number, read and written."""

from __future__ import annotations

import pytest

from form4_author.errors import MalformedValue
from form4_author.ident.accession import accession_in, year_of_accession
from form4_author.ident.cik import bare_cik, cik_typed, padded_cik


@pytest.mark.parametrize(
    ("cik", "bare"),
    [
        ("0001626115", "1626115"),
        ("1626115", "1626115"),
        (" 0001626115 ", "1626115"),
        ("0", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_cik_is_compared_without_its_zeros(cik: str | None, bare: str) -> None:
    assert bare_cik(cik) == bare


def test_a_cik_has_ten_digits_in_the_xml() -> None:
    assert padded_cik("1626115") == "0001626115"


@pytest.mark.parametrize("text", ["1626115", "CIK 1626115", "cik#0001626115", "CIK # 1626115"])
def test_a_cik_is_typed_with_or_without_its_name(text: str) -> None:
    assert cik_typed(text) == "0001626115"


@pytest.mark.parametrize("text", ["", "12345678901", "1,626,115", "QLYS", "١٢٣"])
def test_what_is_no_cik_is_refused(text: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        cik_typed(text)
    assert refused.value.problem == f'"{text}" is not a CIK; type its 1 to 10 digits, such as 1626115'


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0001107843-26-000123.txt", "0001107843-26-000123"),
        ("form4 0001107843-26-000123 (1).xml", "0001107843-26-000123"),
        ("form4.xml", None),
    ],
)
def test_an_accession_number_is_found_in_the_name_of_a_file(text: str, number: str | None) -> None:
    assert accession_in(text) == number


@pytest.mark.parametrize(
    ("number", "year"),
    [
        ("0001107843-26-000123", 2026), ("0001107843-90-000123", 2090), ("0001107843-91-000123", 1991),
        ("paper", None), (None, None),
    ],
)  # fmt: skip
def test_an_accession_number_has_its_year(number: str | None, year: int | None) -> None:
    assert year_of_accession(number) == year
