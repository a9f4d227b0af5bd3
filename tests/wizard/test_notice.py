"""What an answer causes in the checks is said above the next question, once, in the words of the review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_of
from form4_author.wizard import session
from form4_author.wizard.answers_file import Given
from form4_author.wizard.draft.answer import LEFT_OUT, NONE_STATED
from form4_author.wizard.wording import us_dates
from tests.wizard.pilot import INSIDER
from tests.wizard.replay import Watched, desk, play

if TYPE_CHECKING:
    from pathlib import Path


SOLD = [
    ("events[0].security", "Common Stock"), ("events[0].quantity", "10"), ("events[0].price", "5"),
    ("events[0].ownership", ""), ("events[0].before_1", "100"), ("events[0].after_1", ""),
]  # fmt: skip
FUTURE = "Error DAT-003: Transaction Date is 12/07/2024, after 11/04/2024, the date of this check"
SATURDAY = "Warning DAT-011: Transaction Date 12/07/2024 is a Saturday, when the exchanges do not trade"
PLAN = (
    "Warning PLN-006: Transaction Date is 11/01/2024, before the plan's adoption on 11/02/2024; the cooling-off period "
    "runs through 01/31/2025, day 90, or longer"
)


def page(script: Watched, id: str, time: int = 0) -> str:
    """The page above a question, when it was put for the n-th time, on one line."""
    places = [n for n, ask in enumerate(script.asks) if ask.id == id]
    return " ".join(" ".join(script.pages[places[time]]).split())


def test_a_date_of_an_event_is_judged_before_it_has_a_line(tmp_path: Path) -> None:
    answers = [("happened", "sold"), ("events[0].date", "12/7/2024"), *SOLD, ("lines", "q")]
    _, script = play(tmp_path / "a.form4.json", answers, INSIDER)

    assert page(script, "events[0].security").endswith(f"{FUTURE} {SATURDAY}")
    assert [FUTURE in page(script, id) for id, _ in SOLD] == [True, *[False] * (len(SOLD) - 1)]
    assert FUTURE not in page(script, "lines")  # once is enough


def test_a_date_without_fault_says_nothing(tmp_path: Path) -> None:
    answers = [("happened", "sold"), ("events[0].date", "11/1"), ("events[0].security", "q")]
    _, script = play(tmp_path / "a.form4.json", answers, INSIDER)

    assert "DAT-" not in page(script, "events[0].security")


def test_the_date_of_a_plan_after_the_trade_is_told_at_once(tmp_path: Path) -> None:
    answers = [
        ("happened", "sold"), ("events[0].date", "11/1"), *SOLD, ("lines", "done"), ("aff10b5_one", "yes"),
        ("plan.adopted", "11/2/24"), ("plan.note", ""), ("plan.rows", ""), ("plan.chooser", "q"),
    ]  # fmt: skip
    _, script = play(tmp_path / "a.form4.json", answers, INSIDER)

    assert "PLN-003" not in page(script, "plan.adopted")  # the next questions give what it misses
    assert page(script, "plan.chooser").endswith(PLAN)


def test_a_suspense_that_the_answer_causes_asks_it_again(tmp_path: Path) -> None:
    class Corrects(Watched):
        """Answers whatever is asked again with another CIK."""

        def text(self, ask: Any) -> Any:
            if ask.refused:
                self.asks.append(ask)
                return "10"
            return Watched.text(self, ask)

    answers = [("joint", "add"), ("owners[1].cik", "9"), ("owners[1].name", "q")]
    data = {**INSIDER, "interview": {"at": "joint"}}
    script = Corrects([Given(*each) for each in answers])
    outcome = session.Session(tmp_path / "a.form4.json", draft_of(data), script, desk()).run()

    again = [ask for ask in script.asks if ask.id == "owners[1].cik"][1]
    fault = "Suspense OWN-002: The reporting person with CIK 9 is named twice"
    assert (again.proposal, again.prefill) == ("9", True)
    assert again.refused.startswith("Suspense OWN-002: ")
    assert fault.partition(":")[0] in page(script, "owners[1].cik", 1)
    assert [owner.cik for owner in outcome.draft.filing.owners] == ["0000000009", "0000000010"]


@pytest.mark.parametrize(
    ("answer", "recorded", "words"), [("", LEFT_OUT, "not given"), ("-", NONE_STATED, "none")]
)
def test_none_is_only_what_the_filer_called_so(
    answer: str, recorded: str, words: str, tmp_path: Path
) -> None:
    owner = {k: v for k, v in INSIDER["owners"][0].items() if k != "address"}
    data = {**INSIDER, "owners": [owner], "interview": {"at": "owners[0].address.street1"}}
    answers = [
        ("owners[0].address.street1", "1 Elm St"),
        ("owners[0].address.street2", answer),
        ("owners[0].address.city", "q"),
    ]
    outcome, script = play(tmp_path / "a.form4.json", answers, data)

    assert outcome.draft.interview.answered["owners[0].address.street2"] == recorded
    assert f"Street, second line: {words}" in page(script, "owners[0].address.city")


def test_the_head_of_the_review_counts_what_the_review_lists(tmp_path: Path) -> None:
    data = {**INSIDER, "period_of_report": "2024-11-01", "interview": {"at": "review", "events": []}}
    _, script = play(tmp_path / "a.form4.json", [("review", "q")], data)
    lines = script.pages[-1]

    listed = [
        o.label
        for o in script.asks[-1].options
        if not o.label.startswith(("To answer", "Make", "Read", "Go"))
    ]
    assert lines[0].endswith(f"Form 4 · {len(listed)} findings so far ({len(listed)} block)")
    assert "Review: 3 to answer, 3 findings block the packet" in lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-11-05 is after 2024-11-04", "11/05/2024 is after 11/04/2024"),
        ("0001107843-24-000123", "0001107843-24-000123"),
        ("form4-2026-11-29.form4.json", "form4-2026-11-29.form4.json"),
        ("2026-11-29.form4.json", "2026-11-29.form4.json"),
        ("(2024-11-05).", "(11/05/2024)."),
    ],
)
def test_days_are_written_as_the_screens_write_them(text: str, shown: str) -> None:
    assert us_dates(text) == shown
