"""What filers type and what it becomes; nothing passes through binary floating point."""

from __future__ import annotations

from datetime import date

import pytest

from form4_author.errors import MalformedValue
from form4_author.wizard.entry import Entry, code_typed, is_words, read

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("t", "2026-11-23"), ("today", "2026-11-23"), ("-1", "2026-11-22"), ("-30", "2026-10-24"),
        ("11/18", "2026-11-18"), ("12/1", "2025-12-01"), ("11/23", "2026-11-23"), ("11/18/26", "2026-11-18"),
        ("11/18/98", "1998-11-18"), ("11/18/46", "2046-11-18"), ("11/18/47", "1947-11-18"),
        ("11/18/2026", "2026-11-18"), ("2026-11-18", "2026-11-18"), ("2026-1-8", "2026-01-08"),
        ("Nov 18", "2026-11-18"), ("nov. 18, 2024", "2024-11-18"), ("18 November 2024", "2024-11-18"),
        ("Dec 1", "2025-12-01"), ("2/29", "2024-02-29"),
    ],
)  # fmt: skip
def test_dates(typed: str, day: str) -> None:
    assert read(Entry.DATE, typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "day"), [("11/18", "2027-11-18"), ("12/1", "2026-12-01"), ("2/29", "2028-02-29")]
)
def test_a_date_ahead_is_the_next_such_day(typed: str, day: str) -> None:
    assert read(Entry.DATE_AHEAD, typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", '"soon" is not a date; type 11/18/2026, Nov 18, t for today or -1 for yesterday'),
        (
            "18.11.2026",
            '"18.11.2026" is not a date; type 11/18/2026, Nov 18, t for today or -1 for yesterday',
        ),
        ("2/30/26", "2/30/2026 is not a day of the calendar"),
        ("13/1", "13/1/2026 is not a day of the calendar"),
        ("Foo 12", '"Foo 12" is not a date; type 11/18/2026, Nov 18, t for today or -1 for yesterday'),
    ],
)
def test_what_is_no_date(typed: str, said: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        read(Entry.DATE, typed, TODAY)

    assert refused.value.problem == said


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1200", "1200"), ("1,200", "1200"), ("1.2k", "1200"), ("1.5M", "1500000"), ("$120.34", "120.34"),
        ("120.3400", "120.3400"), (".5", "0.5"), ("300+150", "450"), ("300 + 150 + 1.5k", "1950"),
        ("239,602-7,007", "232595"), ("239602 − 7007", "232595"), ("0.1+0.2", "0.3"), ("16777217", "16777217"),
        ("999,999,999,999.9999", "999999999999.9999"),
        ("12345678901234.12345", "12345678901234.12345"),
    ],
)  # fmt: skip
def test_numbers(typed: str, number: str) -> None:
    assert read(Entry.NUMBER, typed, TODAY) == number


@pytest.mark.parametrize(
    "typed", ["", "abc", "1,20", "120,34", "1.2.3", "1e5", "5-", "--5", "1 200", "½", "٣"]
)
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        read(Entry.NUMBER, typed, TODAY)

    assert refused.value.problem == (
        f'"{typed}" is not a number; type 1,200 or 1.2k or $120.34, or a sum such as 300+150'
    )


def test_a_number_no_form_takes_is_refused_and_not_rounded() -> None:
    with pytest.raises(MalformedValue, match=r'^"1\+9{21}k" has more digits than any number on the form'):
        read(Entry.NUMBER, "1+" + "9" * 21 + "k", TODAY)


def test_a_sum_is_not_below_zero() -> None:
    with pytest.raises(MalformedValue) as refused:
        read(Entry.NUMBER, "5-7", TODAY)

    assert refused.value.problem == '"5-7" comes to less than zero'


@pytest.mark.parametrize(
    ("typed", "cik"), [("1", "0000000001"), ("0001626115", "0001626115"), ("CIK #12", "0000000012")]
)
def test_a_cik_has_ten_digits(typed: str, cik: str) -> None:
    assert read(Entry.CIK, typed, TODAY) == cik


@pytest.mark.parametrize(
    ("entry", "typed", "taken"),
    [
        (Entry.DATE_OR_WORDS, "Vests in four parts.", "Vests in four parts."),
        (Entry.DATE_OR_WORDS, "Nov 18, 2027", "2027-11-18"),
        (Entry.DATE_OR_WORDS, "11/1", "2027-11-01"),
        (Entry.NUMBER_OR_WORDS, "$12", "12"),
        (Entry.NUMBER_OR_WORDS, "Each unit is one share", "Each unit is one share"),
        (Entry.SYMBOL, " qlys ", "QLYS"),
        (Entry.TEXT, "  as typed ", "as typed"),
    ],
)
def test_words_stand_where_words_are_taken(entry: Entry, typed: str, taken: str) -> None:
    assert read(entry, typed, TODAY) == taken


@pytest.mark.parametrize("typed", ["12 Nov", "November 18", "abc", "1.2k", "11/1"])
def test_a_mistyped_value_is_not_words(typed: str) -> None:
    assert not is_words(typed)


STATES = {"CA": "CALIFORNIA", "CO": "COLORADO", "NC": "NORTH CAROLINA", "ND": "NORTH DAKOTA", "VA": "VIRGINIA",
          "WV": "WEST VIRGINIA"}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ca", "CA"),
        ("California", "CA"),
        ("cali", "CA"),
        ("dakota", "ND"),
        ("virginia", "VA"),
        ("west", "WV"),
    ],
)
def test_a_code_is_found_by_letters_or_name(typed: str, code: str) -> None:
    assert code_typed(typed, STATES) == code


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("north", '"north" fits more than one: NC NORTH CAROLINA, ND NORTH DAKOTA'),
        ("xx", '"xx" is not in the list; type a code, or part of a name'),
    ],
)
def test_a_code_in_doubt_is_refused(typed: str, said: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        code_typed(typed, STATES)

    assert refused.value.problem == said
