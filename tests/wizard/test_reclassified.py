"""A class that became a different one: its awards as holdings or as lines, and what was paid for in cash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.run import check_draft
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_of
from tests.wizard.replay import TODAY
from tests.wizard.test_class_wide import SALE, SHARES, begun, in_words, notes, option, stock, terms, told
from tests.wizard.test_events import brief

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wizard.pilot import Pilot

ANSWERS = {
    "date": "11/1",
    "security": "Common Stock",
    "new_title": "Class A Common Stock",
    "new": "1",
    "plan": "yes",
}
AWARDS = (option("12.50", "1000"), in_words("Restricted Stock Units", "300", "Common Stock"))


def pages(pilot: Pilot) -> str:
    return " ".join(" ".join(line for page in pilot.pages for line in page).split())


def offered(pilot: Pilot, name: str) -> list[str]:
    return next([o.value for o in a.options] for a in pilot.asks if a.id == f"events[0].{name}")


def test_awards_go_and_come_as_lines(tmp_path: Path) -> None:
    """Of the old class out and of the new class in, with the same number, price and footnotes."""
    data, pilot = told(
        tmp_path, [("reclassified", {**ANSWERS, "awards": "lines"})], begun(SHARES[:1], AWARDS)
    )

    assert brief(data) == [
        "I J D 5 5001 @0 \u2192 0 D",
        "I J A 5 5001 @0 \u2192 5001 D",
        "II J D 5 1000 @0 \u2192 0 D",
        "II J A 5 1000 @0 \u2192 1000 D",
        "II J D 5 300 @0 \u2192 0 D",
        "II J A 5 300 @0 \u2192 300 D",
    ]
    assert [row["underlying_title"] for row in data["derivative"]] == [
        "Common Stock",
        "Class A Common Stock",
    ] * 2
    assert notes(data)[0] == (
        "Each share of Common Stock was reclassified into one share of Class A Common Stock on November 1, 2024; "
        "reported in reliance on Rule 16b-7."
    )
    assert offered(pilot, "awards") == ["yes", "lines", "no"]


@pytest.mark.parametrize("answers", [{"new": "2"}, {"what": "name", "effective": ""}])
def test_awards_whose_number_changes_are_not_lines(answers: dict[str, str], tmp_path: Path) -> None:
    sale = ("sold", {**SALE[1], "security": "Class A Common Stock"})
    data, pilot = told(tmp_path, [("reclassified", {**ANSWERS, **answers}), sale], begun(SHARES[:1], AWARDS))

    assert offered(pilot, "awards") == ["yes", "no"]
    assert terms(data)[0].endswith(("@6.25 of 2000", "@12.50 of 1000"))


def test_shares_paid_for_in_cash_are_asked_as_a_merger(tmp_path: Path) -> None:
    event = {**ANSWERS, "plan": "cash", "price": "40"}
    data, pilot = told(tmp_path, [("reclassified", event)], begun(SHARES[:1], ()))

    assert brief(data) == ["I D D 4 5001 @40 \u2192 0 D"]
    assert data["interview"]["events"][0]["recipe"] == "merged"
    assert (
        "Shares that were paid in cash are reported as ended in a merger. Its questions come next."
        in pages(pilot)
    )


def test_a_class_of_a_real_filing_and_the_rights_over_it(tmp_path: Path) -> None:
    """0001493152-23-005358: one for one into common stock under Rule 16b-7, with earn-out rights as lines."""
    by = "By Aesther Healthcare Sponsor, LLC"
    rights = in_words("Earnout Rights", "3000000", "Class A Common Stock", by)
    start = begun((stock("3990000", by, "Class A Common Stock"),), (rights,))
    answers = {**ANSWERS, "security": "Class A Common Stock", "new_title": "Common Stock", "awards": "lines"}
    data, _ = told(tmp_path, [("reclassified", answers)], start)

    assert brief(data) == [
        f"I J D 5 3990000 @0 \u2192 0 {by}",
        f"I J A 5 3990000 @0 \u2192 3990000 {by}",
        f"II J D 5 3000000 @0 \u2192 0 {by}",
        f"II J A 5 3000000 @0 \u2192 3000000 {by}",
    ]
    assert notes(data)[0] == (
        "Each share of Class A Common Stock was reclassified into one share of Common Stock on November 1, 2024; "
        "reported in reliance on Rule 16b-7."
    )


def test_a_pair_without_its_description_is_found(tmp_path: Path) -> None:
    """Instruction 8: code J is described (TXN-016)."""
    data, _ = told(tmp_path, [("reclassified", {**ANSWERS, "awards": "no"})], begun(SHARES[:1], AWARDS))
    first = {**data["non_derivative"][0], "transaction_code": "J"}
    wrong: dict[str, Any] = {**data, "non_derivative": [first, data["non_derivative"][1]]}

    assert "TXN-016" in {f.id for f in check_draft(draft_of(wrong), TODAY, sec_calendar())}
