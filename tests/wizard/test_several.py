"""Several things that happened, ticked in one list: their cards follow one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.wire.draft import draft_data
from form4_author.wire.filing import filing_from
from form4_author.wizard.draft import opening
from tests.wizard.pilot import LAST
from tests.wizard.replay import play
from tests.wizard.test_events import brief

if TYPE_CHECKING:
    from pathlib import Path

SALE = [
    ("events[0].date", "11/1"), ("events[0].security", ""), ("events[0].quantity", "100"), ("events[0].price", "10"),
    ("events[0].ownership", ""), ("events[0].after_1", ""),
]  # fmt: skip


def test_the_cards_of_what_was_ticked_follow_one_another(tmp_path: Path) -> None:
    """Enter at the lines leads to the next card that has no answers."""
    answers: list[tuple[str, str | tuple[str, ...]]] = [
        ("happened", "several"), ("several", ("sold", "gave")), *SALE, ("lines", ""), ("events[1].date", "="),
        ("events[1].security", ""), ("events[1].quantity", "50"), ("events[1].ownership", ""),
        ("events[1].given_to", "charity"),
    ]  # fmt: skip
    more = [("events[1].donee", ""), ("events[1].after_1", ""), ("lines", "q")]
    outcome, script = play(
        tmp_path / "d.form4.json", [*answers, *more], draft_data(opening.from_filing(filing_from(LAST)[0]))
    )

    assert brief(draft_data(outcome.draft)) == ["I S D 4 100 @10 → 4900 D", "I G D 4 50 @0 → 4850 D"]
    assert next(a.proposal for a in script.asks if a.id == "lines") == "event 1"
    assert "ticking" not in draft_data(outcome.draft)["interview"]


def test_back_from_the_list_leads_to_what_happened(tmp_path: Path) -> None:
    answers = [("happened", "several"), ("several", "<"), ("happened", "q")]

    outcome, script = play(
        tmp_path / "d.form4.json", answers, draft_data(opening.from_filing(filing_from(LAST)[0]))
    )

    assert [ask.id for ask in script.asks] == ["happened", "several", "happened"]
    assert draft_data(outcome.draft)["interview"]["at"] == "happened"
    assert "events" not in draft_data(outcome.draft)["interview"]


def test_a_card_without_answers_is_dropped_by_going_back(tmp_path: Path) -> None:
    answers: list[tuple[str, str | tuple[str, ...]]] = [
        ("happened", "several"), ("several", ("sold", "gave")), *SALE, ("lines", ""), ("events[1].date", "<"), ("lines", "q"),
    ]  # fmt: skip
    outcome, _ = play(
        tmp_path / "d.form4.json", answers, draft_data(opening.from_filing(filing_from(LAST)[0]))
    )

    assert [e["recipe"] for e in draft_data(outcome.draft)["interview"]["events"]] == ["sold"]
