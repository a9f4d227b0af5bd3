"""The code tables: looked up, complete, and where they come from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form4_author import codes
from form4_author.errors import UnknownEdition
from form4_author.model.filing import Filing, Footnote

if TYPE_CHECKING:
    from collections.abc import Callable

_TABLES = sorted(Path(codes.__file__).parent.glob("*.csv"))


@pytest.mark.parametrize("path", _TABLES, ids=lambda path: path.stem)
def test_every_table_names_its_source_first(path: Path) -> None:
    lines = path.read_text(encoding="ascii").splitlines()
    comments = [line for line in lines if line.startswith("#")]

    assert lines[0].startswith("#")
    assert any("ource" in line for line in comments)
    assert [line for line in lines[len(comments) :] if line.startswith("#") or not line.strip()] == []


def test_edition_by_its_stamp() -> None:
    edition = codes.edition_named("X0407")

    assert (edition.schema, edition.has_plan_box, edition.has_country) == ("X0508", True, False)
    assert (codes.edition_named("X0306").has_plan_box, codes.edition_named("X0607").has_country) == (
        False,
        True,
    )


def test_edition_that_is_not_known() -> None:
    with pytest.raises(UnknownEdition) as refused:
        codes.edition_named("X0999")

    assert str(refused.value) == (
        '"X0999" is not an edition this version knows. Use one of X0101, X0201, X0202, X0203, X0204, X0205, X0206, '
        "X0301, X0302, X0303, X0304, X0305, X0306, X0407, X0508, X0607, X0609."
    )


def test_codes_of_a_sale_and_of_a_gift() -> None:
    table = codes.transaction_codes()

    assert (table["S"].table_1, table["S"].form_type, table["S"].insiders_only) == (
        frozenset("D"),
        "4",
        False,
    )
    assert (table["G"].table_1, table["G"].table_2) == (frozenset("AD"), frozenset("AD"))
    assert table["F"].insiders_only


@pytest.mark.parametrize(
    ("query", "letters"),
    [
        (codes.matchable, "PSUHLEO"),
        (codes.exercises, "MCOX"),
        (codes.purchases_and_sales, "PS"),
        (lambda: codes.due_on("4"), "PSADFIMCXOHU"),
        (lambda: codes.due_on("5"), "LWZ"),
        (lambda: codes.unpriced("I"), "GW"),
        (lambda: codes.unpriced("II"), "MCXOEGW"),
    ],
)
def test_codes_of_which_something_is_true(query: Callable[[], frozenset[str]], letters: str) -> None:
    assert query() == frozenset(letters)


@pytest.mark.parametrize(
    ("code", "side", "exempt_by"),
    [("P", "purchase", ""), ("O", "either", ""), ("J", "", ""), ("M", "", "Rules 16b-3 and 16b-6(b)")],
)
def test_code_under_section_16b(code: str, side: str, exempt_by: str) -> None:
    known = codes.transaction_codes()[code]

    assert (known.side, known.exempt_by) == (side, exempt_by)


@pytest.mark.parametrize(
    ("form", "base", "amendment"),
    [("3", "3", False), ("4/A", "4", True), ("5/A", "5", True), ("9", None, False), (None, None, False)],
)
def test_form_and_its_base(form: str | None, base: str | None, amendment: bool) -> None:
    filing = Filing(form=form)

    assert (filing.base, filing.is_amendment) == (base, amendment)


def test_footnote_texts_keep_the_first_of_an_id() -> None:
    notes = (Footnote(id="F1", text="a"), Footnote(id="F1", text="b"), Footnote(id="F2"), Footnote(text="c"))

    assert Filing(footnotes=notes).footnote_texts() == {"F1": "a", "F2": ""}


def test_attachment_types_have_limits() -> None:
    assert {t.type: t.limit for t in codes.attachment_types().values()}["EX-24"] > 0


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("U.K.", "uk"),
        ("St. Lucia", "saint lucia"),
        ("The Gambia", "gambia"),
        ("the", ""),
        ("ST", "st"),
        ("Trinidad & Tobago", "trinidad and tobago"),
        ("C\u00f4te d\u2019Ivoire", "cote d ivoire"),
        ("GEORGIA (COUNTRY)", "georgia country"),
        ("\u65e5\u672c", ""),
    ],
)
def test_a_name_as_it_is_compared(typed: str, plain: str) -> None:
    assert codes.folded(typed) == plain


def test_an_alias_leads_to_codes_that_are_offered() -> None:
    countries = {c.code for c in codes.countries().values() if not c.obsolete}

    assert {c for found in codes.country_aliases().values() for c in found} <= countries
    assert {c for found in codes.state_aliases().values() for c in found} <= set(codes.states())


def test_every_iso_code_leads_to_one_code_of_edgar() -> None:
    """But for four countries that EDGAR's list does not have."""
    listed = (Path(__file__).parent / "iso_3166.txt").read_text(encoding="ascii").splitlines()[1:]
    pairs = [pair.split(":") for line in listed for pair in line.split()]
    known = {**codes.state_aliases(), **{code.casefold(): (code,) for code in codes.states()}}
    of_places = {**known, **codes.country_aliases()}
    missing = {pair[0] for pair in pairs if any(code.casefold() not in of_places for code in pair)}

    assert len(pairs) == 249
    assert missing == {"BQ", "CW", "SS", "SX"}
    for short, long in pairs:
        if short not in missing:
            assert of_places[short.casefold()] == of_places[long.casefold()]
            assert len(of_places[long.casefold()]) == 1


def test_a_country_has_one_iso_code_of_each_length_and_no_country_has_the_same() -> None:
    by_alias = codes.country_aliases()
    short = {alias for alias in by_alias if len(alias) == 2}
    named = {"uk", "ab", "bc", "mb", "nb", "ns", "on", "qc"}

    assert len(short - named) == 239
    assert {alias: found for alias, found in by_alias.items() if len(found) > 1} == {
        "congo": ("G0", "Y3"),
        "channel islands": ("Y7", "Y9"),
    }
    assert by_alias["mu"] == by_alias["mus"] == ("O4",)


def test_what_is_a_country_and_a_state_is_known() -> None:
    """Where a filer writes one of these for a country, the interview asks."""
    states = {codes.folded(text) for state in codes.states().values() for text in (state.code, state.name)}

    assert sorted(states & set(codes.country_aliases())) == [
        "al", "ar", "az", "ca", "co", "de", "ga", "id", "il", "in", "ky", "la", "ma", "md", "me", "mn", "mo", "ms",
        "mt", "nc", "ne", "pa", "sc", "sd", "tn", "va",
    ]  # fmt: skip
    assert {"virgin", "virgin island", "virgin islands"} == set(codes.state_aliases()) & set(
        codes.country_aliases()
    )


def test_an_example_of_a_postal_code_is_written_as_its_country_writes_them() -> None:
    """The countries are those that EDGAR takes; no form is longer than the field."""
    taken = {c.code for c in codes.countries().values() if not c.obsolete}
    for each in codes.postal_codes().values():
        bare = each.example.replace(" ", "").replace("-", "")
        shape = "".join("9" if sign.isdecimal() else "A" for sign in bare)
        assert shape in each.forms, each
        assert all(re.fullmatch("[9A]{3,10}", form) for form in each.forms), each
    assert set(codes.postal_codes()) <= taken
    assert {f"A{n}" for n in range(10)} <= set(codes.postal_codes())
