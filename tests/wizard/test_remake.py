"""Answers changed afterwards: the rows come in the place of the old ones, and what was made by hand stays or is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from form4_author.wire.draft import draft_of
from form4_author.wizard.draft import footnote
from form4_author.wizard.draft.event_line import working
from form4_author.wizard.draft.row_change import without_row
from form4_author.wizard.screen import View
from tests.wizard.data import Data, drawn, flat, put, with_change
from tests.wizard.replay import TODAY
from tests.wizard.test_paste import known
from tests.wizard.test_recipes import brief

if TYPE_CHECKING:
    from collections.abc import Sequence

_SALE = {"date": "2024-11-01", "security": "Common Stock", "ownership": "D", "columns": "date, shares, price"}
_ONE = "2024-11-01,,100,10.10\n2024-11-01,,200,10.20"
_BANDS = "2024-11-01,,100,10.10\n2024-11-01,,200,12.20"
_DAYS = "2024-10-31,,100,10.10\n2024-11-01,,200,12.20"


def sale(fills: str) -> dict[str, Any]:
    """A sale by these fills, as the draft keeps it."""
    return {"recipe": "sold", "answers": {**_SALE, "pasted": fills, "fills": fills, "quantity": "300"}}


def drafted(*fills: str) -> Data:
    """The draft of a person with 5,000 shares who sold several times."""
    data = known()
    for number, each in enumerate(fills):
        data = put(data, ("interview", "events", number), sale(each))
        data = drawn(data, TODAY)[0]
        data = answered(data, number)
    return data


def answered(data: Data, number: int) -> Data:
    """The total of an event accepted as proposed."""
    found = working(View(draft_of(data), number), 0)
    assert found is not None
    data = put(data, ("interview", "events", number, "answers", "after_1"), found.text)
    data = put(data, ("interview", "answered", f"events[{number}].after_1"), "defaulted")
    return drawn(data, TODAY)[0]


def changed(data: Data, number: int, fills: str) -> tuple[Data, Sequence[str]]:
    """The draft after other fills were given for an event."""
    answers = ("interview", "events", number, "answers")
    return drawn(put(put(data, (*answers, "fills"), fills), (*answers, "pasted"), fills), TODAY)


def test_more_rows_stand_where_the_one_stood_and_later_totals_follow() -> None:
    data, said = changed(drafted(_ONE, "2024-11-04,,50,11.00"), 0, _BANDS)

    assert brief(data) == [
        "I S D 100 @10.10 → 4900",
        "I S D 200 @12.20 → 4700",
        "I S D 50 @11.00 → 4650",
    ]
    assert data["interview"]["events"][0]["rows"] == ["non_derivative[0]", "non_derivative[1]"]
    assert data["interview"]["events"][1]["rows"] == ["non_derivative[2]"]
    assert not [word for word in said if "gone" in word]


def test_fewer_rows_stand_where_the_first_stood() -> None:
    data, _ = changed(drafted(_BANDS, "2024-11-04,,50,11.00"), 0, "2024-11-01,,100,12.20")

    assert brief(data) == ["I S D 100 @12.20 → 4900", "I S D 50 @11.00 → 4850"]
    assert data["interview"]["events"][1]["rows"] == ["non_derivative[1]"]


def planned(data: Data, *lines: int) -> Data:
    """The draft with these lines under a plan, and a footnote by hand at the first."""
    where = [f"non_derivative[{n}]" for n in lines]
    plan = {"adopted": "2024-03-04", "note": "Under a plan.", "rows": where}
    data = put(data, ("interview", "plans"), [plan])
    for n in lines:
        data = with_change(data, footnote.attach, ("non_derivative", n, "transaction_code"), "Under a plan.")
    return with_change(
        data, footnote.attach, ("non_derivative", lines[0], "amount"), "Sold jointly with a spouse."
    )


def notes_of(data: Data, line: int, column: str) -> tuple[str, ...]:
    """The words of the footnotes of a cell of Table I."""
    return footnote.text_of(draft_of(data), ("non_derivative", line, column))


def test_footnotes_by_hand_and_the_plan_stay_with_rows_of_the_same_day_and_code() -> None:
    data, said = changed(planned(drafted(_ONE), 0), 0, _BANDS)

    for line in (0, 1):
        assert notes_of(data, line, "transaction_code") == ("Under a plan.",)
        assert notes_of(data, line, "amount") == ("Sold jointly with a spouse.",)
    assert data["interview"]["plans"][0]["rows"] == ["non_derivative[0]", "non_derivative[1]"]
    assert (
        "Table I, line 2 is new and has the footnotes by hand and the plan of Table I, line 1: see that they hold."
        in said
    )


def test_new_rows_are_under_the_plan_of_their_like_whichever_it_is() -> None:
    """Of three plans the second: its footnote, its rows, and the day on which they count as executed."""
    days = ("2024-10-31", "2024-11-01", "2024-11-04")
    data = drafted(*(_ONE.replace("2024-11-01", day) for day in days))
    plans = [
        {"note": f"Plan {n}.", "rows": [f"non_derivative[{n}]"], "notice": f"2024-11-0{n + 4}"}
        for n in range(3)
    ]
    data = put(data, ("interview", "plans"), plans)
    for n in range(3):
        data = with_change(data, footnote.attach, ("non_derivative", n, "transaction_code"), f"Plan {n}.")
    data, said = changed(data, 1, _BANDS)

    assert [plan["rows"] for plan in data["interview"]["plans"]] == [
        ["non_derivative[0]"],
        ["non_derivative[1]", "non_derivative[2]"],
        ["non_derivative[3]"],
    ]
    assert [notes_of(data, n, "transaction_code") for n in range(4)] == [
        ("Plan 0.",),
        ("Plan 1.",),
        ("Plan 1.",),
        ("Plan 2.",),
    ]
    deemed = ["2024-11-04", "2024-11-05", "2024-11-05", "2024-11-06"]
    assert [flat(row)["deemed_execution_date"] for row in data["non_derivative"]] == deemed
    assert (
        "Table I, line 3 is new and has the footnotes by hand and the plan of Table I, line 2: see that they hold."
        in said
    )
    data, said = changed(data, 1, _ONE)
    assert [plan["rows"] for plan in data["interview"]["plans"]] == [
        [f"non_derivative[{n}]"] for n in range(3)
    ]


def test_a_row_of_another_day_inherits_nothing() -> None:
    data, said = changed(planned(drafted(_ONE), 0), 0, _DAYS)

    assert brief(data) == ["I S D 100 @10.10 → 4900", "I S D 200 @12.20 → 4700"]
    assert notes_of(data, 1, "amount") == ("Sold jointly with a spouse.",)
    assert notes_of(data, 0, "amount") == ()
    assert data["interview"]["plans"][0]["rows"] == ["non_derivative[1]"]
    assert not [word for word in said if "is new" in word]


def test_what_no_row_is_left_for_goes_with_a_word() -> None:
    data = planned(drafted(_DAYS), 0)
    data = put(data, ("non_derivative", 0, "price"), "10.11")
    data, said = changed(data, 0, "2024-11-01,,200,12.20")

    assert brief(data) == ["I S D 200 @12.20 → 4800"]
    assert said[0] == (
        "Table I, line 1 is gone, and with it what was changed by hand, its footnote "
        '"Under a plan.", its footnote "Sold jointly with a spouse.", its place under the 10b5-1 plan.'
    )
    assert data["interview"]["plans"][0]["rows"] == []


def test_a_row_taken_out_by_hand_comes_back_with_other_fills_and_the_other_keeps_its_own() -> None:
    data = planned(drafted(_DAYS), 1)
    data, said = changed(
        with_change(data, without_row, "non_derivative", 0), 0, _DAYS.replace("100,", "150,")
    )

    assert [row.partition(" →")[0] for row in brief(data)] == ["I S D 150 @10.10", "I S D 200 @12.20"]
    assert notes_of(data, 1, "amount") == ("Sold jointly with a spouse.",)
    assert data["interview"]["plans"][0]["rows"] == ["non_derivative[1]"]
    assert said == ()


def test_another_date_of_the_same_rows_keeps_what_was_made_by_hand() -> None:
    data = planned(drafted(_ONE), 0)
    data, _ = changed(data, 0, _ONE.replace("2024-11-01", "2024-10-31"))

    assert flat(data["non_derivative"][0])["transaction_date"] == "2024-10-31"
    assert notes_of(data, 0, "amount") == ("Sold jointly with a spouse.",)


def test_a_total_that_an_adjustment_changes_is_told() -> None:
    data = drafted(_ONE)
    answers = {
        "how": "adjust",
        "plan": "drip",
        "security": "Common Stock",
        "quantity": "12",
        "ownership": "D",
    }
    answers["acquired"] = "Includes 12 shares from a dividend reinvestment plan."
    happened = {"recipe": "plan_purchases", "answers": answers}
    data, said = drawn(put(data, ("interview", "events", 1), happened), TODAY)

    assert brief(data) == ["I S D 300 @10.1667 → 4712"]
    assert "Common Stock, direct: the total is 4,712 now, 4,700 before." in said
