"""Period, amendment, footnotes and remarks on each form: answered once through, nothing of them is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import flow
from form4_author.wizard.question import answered, ask
from form4_author.wizard.screen import AnswerKind
from tests.wizard.data import drawn
from tests.wizard.pilot import INSIDER
from tests.wizard.replay import TODAY

if TYPE_CHECKING:
    from collections.abc import Mapping

ROW = {
    "kind": "transaction", "security_title": "Common Stock", "transaction_date": "2024-11-01",
    "transaction_form_type": "4", "transaction_code": "S", "equity_swap": False, "amount": "10", "price": "1",
    "acquired_disposed": "D", "amount_owned_following": "90", "ownership_form": "D",
}  # fmt: skip
REASON = "This amendment corrects the number of shares sold."


def walked(
    data: Mapping[str, Any], screen: str, choices: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """The draft with the questions of a screen answered as chosen, else as proposed; and which they were."""
    found, asked = dict(data), list[str]()
    while at := next(
        (p for p in flow.places(draft_of(found)) if p.screen.id == screen and p.id not in asked), None
    ):
        question = ask(draft_of(found), at, TODAY)
        reply = choices.get(at.id, question.proposal)
        assert at.prompt.kind is not AnswerKind.TEXT or question.check(reply) is None, (at.id, reply)
        found = drawn(draft_data(answered(draft_of(found), at, reply, TODAY).draft), TODAY)[0]
        asked.append(at.id)
    return found, asked


def missing(data: Mapping[str, Any], screen: str) -> list[str]:
    return [p.id for p in flow.missing(draft_of(dict(data))) if p.screen.id == screen]


@pytest.mark.parametrize(
    ("form", "period"),
    [("3", "11/1"), ("4", ""), ("5", "9/30"), ("3/A", "11/1"), ("4/A", ""), ("5/A", "9/30")],
)
@pytest.mark.parametrize("reason", ["", REASON])
def test_period_and_amendment_are_complete(form: str, period: str, reason: str) -> None:
    """Form 4 takes its period from the lines; an amendment also asks for its original and the reason."""
    start = {**INSIDER, "form": form, "non_derivative": [ROW]}
    choices = {"date_of_original_submission": "11/4", "amendment.reason": reason}
    screens = ("became", "period") if form[0] == "3" else ("period",)
    data, asked = start, list[str]()
    for screen in screens:
        data, more = walked(data, screen, {**choices, **({"period_of_report": period} if period else {})})
        asked += more

    amended = ["date_of_original_submission", "amendment.reason"] if form.endswith("/A") else []
    assert asked == ["period_of_report", *amended]
    assert [id for screen in screens for id in missing(data, screen)] == []
    assert data["period_of_report"] == {"9/30": "2024-09-30"}.get(period, "2024-11-01")
    assert data.get("date_of_original_submission") == ("2024-11-04" if amended else None)
    assert data.get("remarks") == (reason if amended and reason else None)


@pytest.mark.parametrize("form", ["3", "4", "5", "4/A"])
def test_before_they_are_answered_they_are_missing(form: str) -> None:
    wanted = ["period_of_report", *(["date_of_original_submission"] if form.endswith("/A") else [])]

    start = {**INSIDER, "form": form}
    assert [id for screen in ("became", "period") for id in missing(start, screen)] == wanted


@pytest.mark.parametrize(
    ("remarks", "kept"), [("", None), ("Exhibit 24: Power of Attorney.", "Exhibit 24: Power of Attorney.")]
)
def test_remarks_are_complete_with_and_without_words(remarks: str, kept: str | None) -> None:
    data, asked = walked(INSIDER, "remarks", {"remarks": remarks})

    assert asked == ["remarks"]
    assert missing(data, "remarks") == []
    assert data.get("remarks") == kept


def test_a_footnote_begun_is_missing_until_it_has_words() -> None:
    row = {**ROW, "amount": {"value": "10", "footnotes": ["F1"]}}
    begun = {**INSIDER, "non_derivative": [row], "footnotes": [{"id": "F1"}]}
    assert missing(begun, "footnotes") == ["footnotes[0].text"]

    data, asked = walked(begun, "footnotes", {"footnotes[0].text": "Held jointly with the spouse."})

    assert asked == ["footnotes[0].card", "footnotes[0].text"]  # the card asks nothing that can be missing
    assert missing(data, "footnotes") == []
    assert data["footnotes"] == [{"id": "F1", "text": "Held jointly with the spouse."}]
