"""Fixes made in drafts: cells and their footnotes, and what changed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form4_author.checks.example import draft, names
from form4_author.findings import Edit, Fix, path_from_text, path_text
from form4_author.model.draft import Draft
from form4_author.model.filing import Footnote
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.edit import with_fix


def made(base: str, *edits: tuple[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    fix = Fix("Mend", tuple(Edit(path_from_text(path), value) for path, value in edits))
    after, changes = with_fix(draft_of(draft(base)), fix)
    return draft_data(after), [(path_text(c.path), c.before, c.after) for c in changes]


def test_a_bare_value_is_replaced() -> None:
    data, changes = made("seed", ("non_derivative[0].price", "120.35"))
    assert data["non_derivative"][0]["price"] == "120.35"
    assert changes == [("non_derivative[0].price", "120.34", "120.35")]


def test_footnotes_of_the_cell_stay() -> None:
    data, changes = made("seed", ("non_derivative[0].amount", "7008"))
    assert data["non_derivative"][0]["amount"] == {"value": "7008", "footnotes": ["F1"]}
    assert changes == [("non_derivative[0].amount", "7007 (F1)", "7008 (F1)")]


def test_an_emptied_cell_keeps_its_footnotes_or_goes() -> None:
    data, changes = made("seed", ("non_derivative[0].amount", None), ("non_derivative[0].price", None))
    assert data["non_derivative"][0]["amount"] == {"footnotes": ["F1"]}
    assert "price" not in data["non_derivative"][0]
    assert changes[1] == ("non_derivative[0].price", "120.34", "(nothing)")


def test_a_value_joins_footnotes_that_stood_alone() -> None:
    data, _changes = made("exercise", ("derivative[0].date_exercisable", "2027-01-02"))
    assert data["derivative"][0]["date_exercisable"] == {"value": "2027-01-02", "footnotes": ["F2"]}


def test_the_footnotes_of_a_cell_are_replaced() -> None:
    data, _changes = made(
        "seed",
        ("non_derivative[0].amount.footnotes", ()),
        ("non_derivative[0].price.footnotes", ("F1", "F2")),
    )
    assert data["non_derivative"][0]["amount"] == "7007"
    assert data["non_derivative"][0]["price"] == {"value": "120.34", "footnotes": ["F1", "F2"]}


def test_footnotes_of_a_blank_cell_go_with_it() -> None:
    data, _changes = made("exercise", ("derivative[0].date_exercisable.footnotes", ()))
    assert "date_exercisable" not in data["derivative"][0]


def test_text_and_id_of_a_footnote_are_plain_values() -> None:
    data, _changes = made("seed", ("footnotes[0].text", "Withheld."), ("footnotes[0].id", "F2"))
    assert data["footnotes"] == [{"id": "F2", "text": "Withheld."}]


def test_a_record_that_is_not_there_is_made() -> None:
    base = draft("gift")
    base["owners"][0].pop("address", None)
    at = ("owners", 0, "address")
    fix = Fix("Move", (Edit((*at, "non_us"), value=True), Edit((*at, "country"), "A6")))
    after, changes = with_fix(draft_of(base), fix)

    assert draft_data(after)["owners"][0]["address"] == {"non_us": True, "country": "A6"}
    assert [(c.before, c.after) for c in changes] == [("(nothing)", "yes"), ("(nothing)", "A6")]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("non_derivative[9].price", "1"),
        ("footnotes[4].text", "x"),
        ("owners[x].cik", "1"),
        ("remarks.text", "x"),
        ("non_derivative[0].price", "120.34"),
        ("owners[0].address.non_us_state_territory", None),
    ],
)
def test_an_edit_that_leads_nowhere_or_says_what_stands_there_changes_nothing(
    path: str, value: str | None
) -> None:
    data, changes = made("seed", (path, value))
    assert changes == []
    assert data == draft("seed")


_CELLS = st.sampled_from(
    [
        "security_title",
        "price",
        "amount",
        "nature_of_ownership",
        "amount.footnotes",
        "price.footnotes",
        "no_such_cell",
    ]
)
_VALUES = st.one_of(st.none(), st.sampled_from(["A", "17.5", "Common Stock"]), st.booleans())


@given(
    base=st.sampled_from(names()),
    edits=st.dictionaries(
        st.tuples(st.integers(0, 3), _CELLS),
        st.tuples(_VALUES, st.lists(st.sampled_from(["F1", "F2"]))),
        max_size=6,
    ),
)
def test_a_second_time_a_fix_changes_nothing(
    base: str, edits: dict[tuple[int, str], tuple[str | bool | None, list[str]]]
) -> None:
    fix = Fix(
        "Mend",
        tuple(
            Edit(
                path_from_text(f"non_derivative[{row}].{cell}"),
                tuple(notes) if cell.endswith("footnotes") else value,
            )
            for (row, cell), (value, notes) in edits.items()
        ),
    )
    after, _changes = with_fix(draft_of(draft(base)), fix)

    assert with_fix(after, fix) == (after, ())


def test_a_footnote_is_added_behind_the_others_unless_its_id_is_there() -> None:
    data, changes = made("seed", ("footnotes.F9", "Held by Fund II."), ("footnotes.F1", "Another text."))
    before = draft("seed")["footnotes"]
    assert data["footnotes"] == [*before, {"id": "F9", "text": "Held by Fund II."}]
    assert changes == [("footnotes.F9", "(nothing)", "Held by Fund II.")]


def test_the_first_footnote_of_a_draft_is_added() -> None:
    fix = Fix("Mend", (Edit(("footnotes", "F1"), "Held by Fund II."),))
    after, _changes = with_fix(Draft(), fix)

    assert after.filing.footnotes == (Footnote(id="F1", text="Held by Fund II."),)


def test_two_values_that_cannot_be_read_keep_their_places() -> None:
    fix = Fix("Mend", tuple(Edit(("non_derivative", 0, cell), "A") for cell in ("price", "amount")))
    after, changes = with_fix(draft_of(draft("amendment")), fix)

    assert [change.path[2] for change in changes] == ["price", "amount"]
    assert with_fix(after, fix) == (after, ())
