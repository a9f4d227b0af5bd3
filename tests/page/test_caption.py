"""The printed captions: every set for every form, complete, and in the words that section16-rules.md §6 records."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from form4_author import codes
from form4_author.errors import ResourceMissing
from form4_author.page.caption import Captions, captions
from form4_author.resources import resource

_SETS = tuple(sorted(file.stem for file in resource("templates", "captions").glob("*.toml")))


def _headings(name: str, base: str, table: int) -> list[str]:
    set_ = captions(name, base)
    columns = set_.columns_1 if table == 1 else set_.columns_2
    return [column.caption + (f" [{' | '.join(column.parts)}]" if column.parts else "") for column in columns]


def test_the_sets_are_those_that_the_editions_name() -> None:
    assert set(_SETS) == {edition.captions for edition in codes.editions().values()}


@pytest.mark.parametrize("base", ["3", "4", "5"])
@pytest.mark.parametrize("name", _SETS)
def test_every_set_loads_for_every_form_with_widths_of_a_whole_table(name: str, base: str) -> None:
    set_ = captions(name, base)
    printed = {"3": (4, 8), "4": (11, 16), "5": (10, 15)}[base]
    for columns, number in zip((set_.columns_1, set_.columns_2), printed, strict=True):
        widths = [width for column in columns for width in column.widths]
        assert len(widths) == number
        assert sum(widths) == pytest.approx(100, abs=0.01)
        assert all(len(column.widths) == max(1, len(column.parts)) for column in columns)


@pytest.mark.parametrize("base", ["3", "4", "5"])
def test_every_set_of_a_form_has_the_same_names(base: str) -> None:
    """A caption that one set lacks would stop the page of that edition only."""

    def names(set_: Captions) -> tuple[set[str], set[str]]:
        return set(set_.words) - {"extends", "renamed"}, set(set_.form)

    assert {name: names(captions(name, base)) for name in _SETS} == dict.fromkeys(
        _SETS, names(captions("2005", base))
    )


@pytest.mark.parametrize("name", _SETS)
def test_a_renamed_caption_is_one_there_is(name: str) -> None:
    data: dict[str, Any] = tomllib.loads(resource("templates", "captions", f"{name}.toml").read_text("utf-8"))
    before = {
        column.caption
        for base in "345"
        for column in (*captions("2005", base).columns_1, *captions("2005", base).columns_2)
    }
    assert set(data.get("renamed", {})) <= before


def test_table_1_of_the_current_form_4() -> None:
    assert _headings("2026", "4", 1) == [
        "1. Title of Security (Instr. 3)",
        "2. Transaction Date (Month/Day/Year)",
        "2A. Deemed Execution Date, if any (Month/Day/Year)",
        "3. Transaction Code (Instr. 8) [Code | V]",
        "4. Securities Acquired (A) or Disposed of (D) (Instr. 3, 4 and 5) [Amount | (A) or (D) | Price]",
        "5. Amount of Securities Beneficially Owned Following Reported Transaction(s) (Instr. 3 and 4)",
        "6. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)",
        "7. Nature of Indirect Beneficial Ownership (Instr. 4)",
    ]


def test_table_2_of_the_current_form_4() -> None:
    assert _headings("2026", "4", 2) == [
        "1. Title of Derivative Security (Instr. 3)",
        "2. Conversion or Exercise Price of Derivative Security",
        "3. Transaction Date (Month/Day/Year)",
        "3A. Deemed Execution Date, if any (Month/Day/Year)",
        "4. Transaction Code (Instr. 8) [Code | V]",
        "5. Number of Derivative Securities Acquired (A) or Disposed of (D) (Instr. 3, 4, and 5) [(A) | (D)]",
        "6. Date Exercisable and Expiration Date (Month/Day/Year) [Date Exercisable | Expiration Date]",
        "7. Title and Amount of Underlying Securities (Instr. 3 and 4) [Title | Amount or Number of Shares]",
        "8. Price of Derivative Security (Instr. 5)",
        "9. Number of Derivative Securities Beneficially Owned Following Reported Transaction(s) (Instr. 4)",
        "10. Ownership Form of Derivative Security: Direct (D) or Indirect (I) (Instr. 4)",
        "11. Nature of Indirect Beneficial Ownership (Instr. 4)",
    ]


def test_form_5_has_no_v_and_its_holdings_are_those_at_the_end_of_the_year() -> None:
    table_1, table_2 = _headings("2026", "5", 1), _headings("2026", "5", 2)
    assert table_1[3] == "3. Transaction Code (Instr. 8)"
    assert (
        table_1[5]
        == "5. Amount of Securities Beneficially Owned at end of Issuer's Fiscal Year (Instr. 3 and 4)"
    )
    assert table_2[4] == "4. Transaction Code (Instr. 8)"
    assert table_2[9] == (
        "9. Number of Derivative Securities Beneficially Owned at End of Issuer's Fiscal Year (Instr. 4)"
    )


def test_the_tables_of_the_current_form_3() -> None:
    assert _headings("2026", "3", 1) == [
        "1. Title of Security (Instr. 4)",
        "2. Amount of Securities Beneficially Owned (Instr. 4)",
        "3. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)",
        "4. Nature of Indirect Beneficial Ownership (Instr. 5)",
    ]
    underlying = "3. Title and Amount of Securities Underlying Derivative Security (Instr. 4)"
    assert _headings("2026", "3", 2) == [
        "1. Title of Derivative Security (Instr. 4)",
        "2. Date Exercisable and Expiration Date (Month/Day/Year) [Date Exercisable | Expiration Date]",
        f"{underlying} [Title | Amount or Number of Shares]",
        "4. Conversion or Exercise Price of Derivative Security",
        "5. Ownership Form of Derivative Security: Direct (D) or Indirect (I) (Instr. 5)",
        "6. Nature of Indirect Beneficial Ownership (Instr. 5)",
    ]


@pytest.mark.parametrize(
    ("name", "place"),
    [("2005", "none"), ("2023", "above table 1"), ("2024", "upper left"), ("2026", "upper left")],
)
def test_where_the_plan_box_stands(name: str, place: str) -> None:
    assert captions(name, "4").words["plan_box_place"] == place


@pytest.mark.parametrize(
    ("base", "filed_by", "copies"),
    [
        ("3", "Form filed by", "If space is insufficient, See Instruction 6 for procedure."),
        ("4", "Form filed by", "If space is insufficient, see Instruction 6 for procedure."),
        ("5", "Form Filed by", "If space provided is insufficient, see Instruction 6 for procedure."),
    ],
)
def test_small_words_that_differ_by_form(base: str, filed_by: str, copies: str) -> None:
    form = captions("2026", base).form
    assert form["one_person"] == f"{filed_by} One Reporting Person"
    assert form["several_persons"] == f"{filed_by} More than One Reporting Person"
    assert (
        form["copies"]
        == f"Note: File three copies of this Form, one of which must be manually signed. {copies}"
    )


def test_a_set_that_is_not_there_says_so() -> None:
    with pytest.raises(ResourceMissing) as raised:
        captions("1999", "4")
    assert str(raised.value) == (
        "templates/captions/1999.toml is missing from this installation of form4. "
        "Reinstall form4-author; in a checkout, restore the file with git."
    )
