"""Drafts of earlier versions, which named lines by the title as it was spelled: what was answered still applies."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from form4_author.files import draft_file
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import session
from form4_author.wizard.answers_file import Given
from form4_author.wizard.draft import balance, row_value
from form4_author.wizard.draft.former_key import with_present_names
from tests.wizard.pilot import INSIDER
from tests.wizard.replay import Watched, desk

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.model.draft import Draft
    from tests.wizard.data import Data

_BOUGHT = {
    "kind": "transaction",
    "security_title": "Common Stock, par value $0.01",
    "transaction_date": "2024-11-01",
    "transaction_code": "P",
    "amount": "100",
    "price": "10",
    "acquired_disposed": "A",
    "ownership_form": "D",
}
_DIRECT = "non_derivative | common stock, par value $0.01 | d | "
_OPTION = {
    "kind": "holding",
    "security_title": "Stock Option (Right to Buy)",
    "exercise_price": "120",
    "expiration_date": {"footnotes": ["F1"]},
    "ownership_form": "D",
    "nature_of_ownership": "Held directly",
}


def draft(held: dict[str, Any], **more: Any) -> Data:
    own = {key: found for key, found in more.items() if key in ("carried", "events")}
    form = {key: found for key, found in more.items() if key not in own}
    return {**INSIDER, **form, "interview": {"at": "review", "held_before": held, **own}}


def typed(held: dict[str, Any], **more: Any) -> Draft:
    return draft_of(draft(held, **more))


def renamed(data: Data) -> tuple[Data, tuple[str, ...]]:
    after, messages = with_present_names(draft_of(data))
    return draft_data(after), messages


def held(data: Data) -> Any:
    return data["interview"]["held_before"]


def test_an_answer_under_a_former_name_is_applied_when_the_draft_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "old.form4.json"
    draft_file.save(path, draft_of(draft({_DIRECT: "5000"}, non_derivative=[_BOUGHT])))
    script = Watched([Given("review", "q")])
    outcome = session.Session(path, draft_file.load(path).draft, script, desk()).run()

    assert (
        held(draft_data(outcome.draft))
        == held(draft_file.load(path).data)
        == {"I / common stock / D": "5000"}
    )
    found = balance.following(outcome.draft, "non_derivative", 0)
    assert found is not None
    assert found.words == "5,000 + 100 = 5,100"


def test_what_an_event_adds_to_a_line_is_found_under_its_present_name() -> None:
    adjusts = {
        _DIRECT: "12.5",
        "non_derivative | common stock | d | ": "-2",
        "I / common stock / I / by trust": "3",
    }
    data, said = renamed(draft({}, events=[{"adjusts": adjusts}, {}]))

    assert data["interview"]["events"][0]["adjusts"] == {
        "I / common stock / D": "10.5",
        "I / common stock / I / by trust": "3",
    }
    assert balance.account(typed({}, events=[data["interview"]["events"][0]])).adjustments == {
        "I / common stock / D": (Decimal("10.5"),),
        "I / common stock / I / by trust": (Decimal(3),),
    }
    assert said == ()


def test_terms_in_words_are_those_of_the_line_that_the_draft_has() -> None:
    name = "derivative | stock option (right to buy) | d |  | 1.2e+2 |  | ten years after grant"
    row = {**_OPTION, "nature_of_ownership": "Held directly"}
    data, _ = renamed(
        draft({name: "7"}, derivative=[row], footnotes=[{"id": "F1", "text": "Ten years after grant"}])
    )
    found = balance.started(
        draft_of(data), "derivative", row_value.row_texts(draft_of(data), "derivative", 0)
    )

    assert found is not None
    assert (found.total, found.source) == (Decimal(7), "as you said")


def test_a_line_of_the_last_filing_is_found_too() -> None:
    name = "derivative | stock option (right to buy) | d |  | 1.2e+2 |  | ten years after grant"
    line = {
        "table": "derivative",
        "security_title": "Stock Option (right to buy)",
        "exercise_price": "120.00",
        "expiration_date": "Ten years after grant",
        "ownership_form": "D",
        "amount_owned_following": "9",
    }
    data, _ = renamed(draft({name: "7"}, carried=[line]))

    assert list(held(data)) == [str(row_value.line_key("derivative", line))]


def test_two_answers_for_what_is_one_line_now_are_reported() -> None:
    data, said = renamed(draft({_DIRECT: "5000", "non_derivative | common stock | d | ": "4000"}))

    assert held(data) == {"I / common stock / D": "5000"}
    assert said == (
        (
            "The draft has two totals before this form for one line, 5,000 and 4,000: I / common stock / D. 5,000 is used."
            " Check the total of the line."
        ),
    )


def test_an_answer_under_the_present_name_is_used_before_one_under_a_former_name() -> None:
    data, said = renamed(draft({_DIRECT: "5000.0", "I / common stock / D": "5000"}))

    assert held(data) == {"I / common stock / D": "5000"}
    assert said == ()


def test_an_answer_whose_line_cannot_be_read_is_kept_and_reported() -> None:
    data, said = renamed(draft({"derivative | stock option": "5000"}))

    assert held(data) == {"derivative | stock option": "5000"}
    assert said == (
        (
            "The draft has a total before this form, 5,000, for an unknown line: derivative | stock option."
            " Check the totals."
        ),
    )


def test_a_draft_with_present_names_is_left_as_it_is() -> None:
    data = draft({"I / common stock / D": "5000"}, events=[{"adjusts": {"I / common stock / D": "5"}}])

    assert with_present_names(draft_of(data)) == (draft_of(data), ())
    assert with_present_names(draft_of({"form": "4"})) == (draft_of({"form": "4"}), ())
