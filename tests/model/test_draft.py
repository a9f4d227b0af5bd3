"""A draft as two records: values at paths, what is put there, and what could not be read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from form4_author.findings import path_from_text
from form4_author.model.draft import Draft, new_row, row_of, row_with
from form4_author.model.filing import Filing, Footnote
from form4_author.model.interview import InsiderEvent, Interview, SigningAnswers, TradingPlan, UnreadValue
from form4_author.model.party import Owner
from form4_author.model.table import Cell, DerivativeRow, NonDerivativeRow

SOLD = NonDerivativeRow(
    kind="transaction",
    security_title=Cell("Common Stock", ("F1",)),
    transaction_date=Cell(date(2026, 11, 20)),
    amount=Cell(Decimal(1300)),
    price=Cell(Decimal("10.50")),
    equity_swap=False,
)
DRAFT = Draft(
    Filing(form="4", owners=(Owner(cik="0000000009", is_director=True),), non_derivative=(SOLD,)),
    Interview(
        events=(InsiderEvent(recipe="sold", answers={"quantity": "1300"}),),
        plans=(TradingPlan(rows=()),),
        held_before={"I / common stock / D": "5000"},
    ),
)


def put(path: str, value: str | bool | tuple[str, ...] | None, draft: Draft = DRAFT) -> Draft:
    return draft.with_(path_from_text(path), value)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("form", "4"),
        ("owners[0].cik", "0000000009"),
        ("owners[0].is_director", True),
        ("owners[0].address.city", None),
        ("owners[1].cik", None),
        ("non_derivative[0].security_title", "Common Stock"),
        ("non_derivative[0].transaction_date", "2026-11-20"),
        ("non_derivative[0].amount", "1300"),
        ("non_derivative[0].price", "10.50"),
        ("non_derivative[0].equity_swap", False),
        ("non_derivative[0]", None),
        ("non_derivative[7].amount", None),
        ("interview.events[0].recipe", "sold"),
        ("interview.events[0].answers.quantity", "1300"),
        ("interview.events[0].answers.price", None),
        ("interview.plans[0].rows", None),
        ("interview.no_such_thing", None),
    ],
)
def test_a_value_is_read_as_a_filer_reads_it(path: str, value: str | bool | None) -> None:
    assert DRAFT.value(path_from_text(path)) == value


def test_text_is_empty_where_there_is_none_and_a_box_is_no_text() -> None:
    assert [DRAFT.text(path) for path in ("form", "remarks", "owners[0].is_director")] == ["4", "", ""]
    assert [DRAFT.flag(path) for path in ("owners[0].is_director", "aff10b5_one")] == [True, False]


def test_lists_are_counted_and_an_empty_one_is_an_answer() -> None:
    assert [DRAFT.count(path) for path in ("owners", "interview.events", "issuer", "signatures")] == [
        1,
        1,
        0,
        0,
    ]
    answered = ("interview.plans[0].rows", "form", "remarks", "interview.plans[1].rows")
    assert [DRAFT.has(path_from_text(path)) for path in answered] == [True, True, False, False]


def test_a_value_put_is_the_one_there_and_nothing_else_changes() -> None:
    changed = put("non_derivative[0].amount", "1400")

    assert changed.filing.non_derivative[0].amount == Cell(Decimal(1400))
    assert put("non_derivative[0].amount", "1300", changed) == DRAFT
    assert changed.interview is DRAFT.interview


def test_a_cell_keeps_its_footnotes() -> None:
    assert put("non_derivative[0].security_title", "Class A").cell(
        ("non_derivative", 0, "security_title")
    ) == Cell("Class A", ("F1",))
    assert put("non_derivative[0].security_title", None).cell(
        ("non_derivative", 0, "security_title")
    ) == Cell(None, ("F1",))


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("owners[1].cik", "owners"),
        ("signatures[0].name", "signatures"),
        ("non_derivative[1].security_title", "non_derivative"),
        ("derivative[0].security_title", "derivative"),
        ("interview.events[1].recipe", "interview.events"),
        ("interview.plans[1].note", "interview.plans"),
        ("interview.signing[0].agent", "interview.signing"),
        ("interview.titles[0].told", "interview.titles"),
    ],
)
def test_an_item_one_past_the_end_is_added(path: str, count: str) -> None:
    changed = put(path, "text")

    assert changed.count(count) == DRAFT.count(count) + 1
    assert changed.text(path) == "text"


def test_answers_by_name_come_and_go() -> None:
    more = put("interview.events[0].answers.price", "10")
    assert more.interview.events[0].answers == {"quantity": "1300", "price": "10"}
    assert put("interview.events[0].answers.price", None, more) == DRAFT
    line = ("interview", "held_before", "I / common stock / D")
    assert DRAFT.with_(line, None).interview.held_before == {}
    total = DRAFT.with_(("interview", "jumps", "non_derivative[0]", "total"), "9")
    assert total.interview.jumps["non_derivative[0]"].total == "9"
    assert put("interview.plans[0].rows", ("non_derivative[0]",)).interview.plans[0].rows == (
        "non_derivative[0]",
    )
    assert put("interview.plans[0].rows", None).interview.plans == (TradingPlan(rows=()),)
    assert put("interview.signing[0].agent", "").interview.signing == (SigningAnswers(),)


@pytest.mark.parametrize("text", ["ten", "1,300"])
def test_what_a_field_cannot_hold_is_kept_until_another_value_is_given(text: str) -> None:
    changed = put("non_derivative[0].amount", text)

    assert changed.filing.non_derivative[0].amount == Cell()
    assert changed.text("non_derivative[0].amount") == text
    assert put("non_derivative[0].amount", "1300", changed) == DRAFT


def test_a_box_and_a_text_do_not_stand_for_each_other() -> None:
    assert (
        put("non_derivative[0].security_title", value=True).value(("non_derivative", 0, "security_title"))
        is None
    )
    assert put("owners[0].is_director", "yes").text("owners[0].is_director") == "yes"


def test_what_was_not_read_and_is_no_text_has_no_value() -> None:
    draft = DRAFT.with_interview(unread=(UnreadValue(("remarks",), '["a"]'), UnreadValue(("other",), '"b"')))

    assert [draft.value(("remarks",)), draft.value(("other",)), draft.value(("aff10b5_one",))] == [
        None,
        "b",
        None,
    ]


def test_rows_of_a_table_and_their_cells() -> None:
    assert DRAFT.rows("derivative") == ()
    assert DRAFT.row("non_derivative", 0) is SOLD
    assert DRAFT.row("non_derivative", 1) is None
    assert DRAFT.cell(("non_derivative", 3, "price")) == Cell()
    noted = DRAFT.with_notes(("non_derivative", 0, "price"), ("F2",))
    assert noted.cell(("non_derivative", 0, "price")) == Cell(Decimal("10.50"), ("F2",))
    assert DRAFT.with_filing(footnotes=(Footnote(id="F1", text="One."),)).text("footnotes[0].text") == "One."


def test_a_row_is_made_of_texts() -> None:
    row = row_of(
        "derivative", {"amount": "5", "equity_swap": "yes", "exercise_price": "x", "other": "1"}, "holding"
    )

    assert row == DerivativeRow(kind="holding", amount=Cell(Decimal(5)), equity_swap=True)
    assert row_with(new_row("non_derivative"), "price", Cell(None, ("F1",))).price.footnotes == ("F1",)
