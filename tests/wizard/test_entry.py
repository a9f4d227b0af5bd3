"""What filers type and what it becomes; nothing passes through binary floating point."""

from __future__ import annotations

from datetime import date
from itertools import product
from string import ascii_lowercase

import pytest

from form4_author import codes
from form4_author.errors import MalformedValue
from form4_author.wire.draft import draft_of
from form4_author.wizard.entry import EntryKind, code_typed, is_words, read
from form4_author.wizard.screen import View
from form4_author.wizard.screens.party import PERSONS

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
    assert read(EntryKind.DATE, typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "day"), [("11/18", "2027-11-18"), ("12/1", "2026-12-01"), ("2/29", "2028-02-29")]
)
def test_a_date_ahead_is_the_next_such_day(typed: str, day: str) -> None:
    assert read(EntryKind.DATE_AHEAD, typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", '"soon" is not a date; type 11/18/2026, Nov 18, t for today or -1 for yesterday'),
        (
            "18.11.2026",
            '"18.11.2026" is not a date; type 11/18/2026, Nov 18, t for today or -1 for yesterday',
        ),
        ("2/30/26", "2/30/2026 is not a calendar date"),
        ("13/1", "13/1/2026 is not a calendar date"),
        ("Foo 12", '"Foo 12" is not a date; type 11/18/2026, Nov 18, t for today or -1 for yesterday'),
    ],
)
def test_what_is_no_date(typed: str, said: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        read(EntryKind.DATE, typed, TODAY)

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
    assert read(EntryKind.NUMBER, typed, TODAY) == number


@pytest.mark.parametrize(
    "typed", ["", "abc", "1,20", "120,34", "1.2.3", "1e5", "5-", "--5", "1 200", "½", "٣"]
)
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        read(EntryKind.NUMBER, typed, TODAY)

    assert refused.value.problem == (
        f'"{typed}" is not a number; type 1,200 or 1.2k or $120.34, or a sum such as 300+150'
    )


def test_a_number_no_form_takes_is_refused_and_not_rounded() -> None:
    with pytest.raises(MalformedValue, match=r'^"1\+9{21}k" has more digits than any number on the form'):
        read(EntryKind.NUMBER, "1+" + "9" * 21 + "k", TODAY)


def test_a_sum_is_not_below_zero() -> None:
    with pytest.raises(MalformedValue) as refused:
        read(EntryKind.NUMBER, "5-7", TODAY)

    assert refused.value.problem == '"5-7" is less than zero'


@pytest.mark.parametrize(
    ("typed", "cik"), [("1", "0000000001"), ("0001626115", "0001626115"), ("CIK #12", "0000000012")]
)
def test_a_cik_has_ten_digits(typed: str, cik: str) -> None:
    assert read(EntryKind.CIK, typed, TODAY) == cik


@pytest.mark.parametrize(
    ("entry", "typed", "taken"),
    [
        (EntryKind.DATE_OR_WORDS, "Vests in four parts.", "Vests in four parts."),
        (EntryKind.DATE_OR_WORDS, "Nov 18, 2027", "2027-11-18"),
        (EntryKind.DATE_OR_WORDS, "11/1", "2027-11-01"),
        (EntryKind.NUMBER_OR_WORDS, "$12", "12"),
        (EntryKind.NUMBER_OR_WORDS, "Each unit is one share", "Each unit is one share"),
        (EntryKind.SYMBOL, " qlys ", "QLYS"),
        (EntryKind.TEXT, "  as typed ", "as typed"),
    ],
)
def test_words_stand_where_words_are_taken(entry: EntryKind, typed: str, taken: str) -> None:
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


PROMPTS = {
    prompt.id.rpartition(".")[2]: prompt for prompt in PERSONS.listed(View(draft_of({}))) if prompt.names
}


def place(of: str, typed: str) -> str:
    """The code that a person's state or country gets; else why it is asked again."""
    prompt = PROMPTS[of]
    try:
        return code_typed(typed, prompt.names, prompt.aliases, prompt.elsewhere)
    except MalformedValue as refused:
        return refused.problem


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("UK", "X0"), ("uk", "X0"), ("U.K.", "X0"), ("GB", "X0"), ("GBR", "X0"), ("England", "X0"), ("Scotland", "X0"),
        ("Great Britain", "X0"), ("Northern Ireland", "X0"), ("ES", "U3"), ("MU", "O4"), ("KR", "M5"), ("PT", "S1"),
        ("NZ", "Q2"), ("TR", "W8"), ("MY", "N8"), ("ZA", "T3"), ("CYM", "E9"), ("USA", "X1"), ("U.S.", "X1"),
        ("UAE", "C0"), ("JP", "M0"), ("CN", "F4"), ("HK", "K3"), ("SG", "U0"), ("TW", "F5"), ("NL", "P7"),
        ("DEU", "2M"), ("IND", "K7"), ("IRL", "L2"), ("AE", "C0"), ("KP", "M4"), ("South Korea", "M5"),
        ("Holland", "P7"), ("the Netherlands", "P7"), ("Vietnam", "Q1"), ("Turkiye", "W8"), ("T\u00fcrkiye", "W8"),
        ("C\u00f4te d\u2019Ivoire", "L7"), ("St. Lucia", "U9"), ("Trinidad & Tobago", "W5"), ("Kazakhstan", "1P"),
        ("Ontario", "A6"), ("ON", "A6"), ("Quebec", "A8"), ("Canada", "Z4"), ("CAN", "Z4"), ("2M", "2M"), ("x0", "X0"),
        ("2H  UKRAINE", "2H"), ("ukra", "2H"), ("germ", "2M"), ("Germany", "2M"), ("vatican", "X4"), ("Niger", "Q4"),
        ("Oman", "P4"), ("2Q", "2Q"), ("GEO", "2Q"),
        ("Wales", "X0"), ("Burma", "E1"), ("Ceylon", "F1"), ("Siam", "W1"), ("Ivory Coast", "L7"), ("Zaire", "Y3"),
        ("Upper Volta", "X2"), ("Czechia", "2N"), ("Eswatini", "V6"), ("Brasil", "D5"), ("\u00d6sterreich", "C4"),
        ("Republic of China", "F5"), ("Hong Kong SAR", "K3"), ("Persia", "K9"), ("Rhodesia", "Y5"),
    ],
)  # fmt: skip
def test_a_country_by_its_code_its_iso_code_or_a_common_name(typed: str, code: str) -> None:
    assert place("country", typed) == code


def test_an_iso_code_or_a_name_is_its_own_country_or_asked_about() -> None:
    country = PROMPTS["country"]
    asked = {alias: place("country", alias) for alias in codes.country_aliases()}
    for alias, meant in codes.country_aliases().items():
        if len(meant) == 1 and alias not in country.elsewhere:
            assert asked.pop(alias) == meant[0]

    assert {alias: found for alias, found in asked.items() if " may mean " not in found} == {
        "congo": '"congo" fits more than one: G0 CONGO, Y3 CONGO, THE DEMOCRATIC REPUBLIC OF THE',
        "channel islands": '"channel islands" fits more than one: Y7 GUERNSEY, Y9 JERSEY',
    }
    assert {
        code for alias in asked for code in codes.country_aliases()[alias] if code not in asked[alias]
    } == set()


@pytest.mark.long
@pytest.mark.parametrize("of", ["country", "state"])
def test_no_two_letters_are_a_part_of_a_name(of: str) -> None:
    prompt = PROMPTS[of]
    taken = {
        letters: found
        for letters in map("".join, product(ascii_lowercase, repeat=2))
        if (found := place(of, letters)) in prompt.names
    }

    assert taken
    assert {t: c for t, c in taken.items() if c.casefold() != t and prompt.aliases.get(t) != (c,)} == {}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("DE", '"DE" may mean 2M GERMANY here, or DE DELAWARE in the list of states; for GERMANY, type 2M'),
        ("ID", '"ID" may mean K8 INDONESIA here, or ID IDAHO in the list of states; for INDONESIA, type K8'),
        ("KY", '"KY" may mean E9 CAYMAN ISLANDS here, or KY KENTUCKY in the list of states; for CAYMAN ISLANDS, type E9'),
        ("Georgia",
         ('"Georgia" may mean 2Q GEORGIA (COUNTRY) here, or GA GEORGIA in the list of states; for GEORGIA (COUNTRY), '
          "type 2Q")),
        ("Congo", '"Congo" fits more than one: G0 CONGO, Y3 CONGO, THE DEMOCRATIC REPUBLIC OF THE'),
        ("ic", '"ic" is not in the list; did you mean K6 ICELAND? Type a code, or at least 4 letters of a name'),
        ("saint", '"saint" fits more than one: U8 SAINT HELENA, U7 SAINT KITTS AND NEVIS, U9 SAINT LUCIA, Z0 SAINT BARTHELEMY \u2026'),
        ("TX",
         ('"TX" is not in this list; it is TX TEXAS in the list of states. Go back and change the answer about an '
          "address outside the United States")),
        ("Cura\u00e7ao", '"Cura\u00e7ao" is not in the list; type a code, or part of a name'),
        ("..", '".." is not in the list; type a code, or part of a name'),
    ],
)  # fmt: skip
def test_a_country_in_doubt_is_asked_about(typed: str, said: str) -> None:
    assert place("country", typed) == said


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("DE", "DE"), ("CA", "CA"), ("IN", "IN"), ("Georgia", "GA"), ("AS", "B5"), ("MP", "1V"), ("Tex.", "TX"),
        ("W. Va.", "WV"), ("N.Y.", "NY"), ("D.C.", "DC"), ("Washington, D.C.", "DC"), ("Puerto Rico", "PR"),
        ("dakota s", '"dakota s" is not in the list; type a code, or part of a name'),
        ("UK",
         ('"UK" is not in this list; it is X0 UNITED KINGDOM in the list of countries. Go back and change the answer '
          "about an address outside the United States")),
        ("Mexico", '"Mexico" may mean NM NEW MEXICO here, or O5 MEXICO in the list of countries; for NEW MEXICO, type NM'),
        ("Jersey", '"Jersey" may mean NJ NEW JERSEY here, or Y9 JERSEY in the list of countries; for NEW JERSEY, type NJ'),
        ("cal", '"cal" is not in the list; did you mean CA CALIFORNIA? Type a code, or at least 4 letters of a name'),
    ],
)  # fmt: skip
def test_a_state_is_not_taken_for_a_country(typed: str, code: str) -> None:
    assert place("state", typed) == code


def test_what_is_two_of_this_list_and_one_of_another_is_asked_about() -> None:
    with pytest.raises(MalformedValue) as refused:
        code_typed("west", {"a": "WEST ONE", "b": "WEST TWO"}, {}, {"west": "c WEST in the list of towns"})

    assert refused.value.problem == (
        '"west" may mean a WEST ONE, b WEST TWO here, or c WEST in the list of towns; type the code'
    )
