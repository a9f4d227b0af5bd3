"""What an answer takes along: breaks of what is pasted, a title in Remarks, a line that is not named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from form4_author.wire.draft import draft_data
from tests.wizard.pilot import INSIDER
from tests.wizard.replay import play

if TYPE_CHECKING:
    from pathlib import Path

LONG = "Executive Vice President and Chief Accounting Officer"


def at(id: str, **said: Any) -> dict[str, Any]:
    return {**INSIDER, **said, "interview": {"at": id, **said.get("interview", {})}}


def test_what_is_pasted_into_a_cell_is_one_run_of_words(tmp_path: Path) -> None:
    event = {
        "recipe": "gave",
        "answers": {
            "date": "2024-11-01",
            "security": "Common Stock",
            "quantity": "10",
            "ownership": "D",
            "given_to": "charity",
        },
    }
    data = at("events[0].donee", interview={"events": [event]})
    told = "Gift to\tthe earlier of  \r\nNovember 25, 2027\nand never."

    outcome, _ = play(
        tmp_path / "d.form4.json", [("events[0].donee", told), ("events[0].before_1", "q")], data
    )

    assert draft_data(outcome.draft)["interview"]["events"][0]["answers"]["donee"] == (
        "Gift to the earlier of November 25, 2027 and never."
    )


def test_remarks_keep_their_lines(tmp_path: Path) -> None:
    outcome, _ = play(
        tmp_path / "d.form4.json",
        [("remarks", "One.\r\nTwo\tmore."), ("signing[0].capacity", "q")],
        at("remarks"),
    )

    assert draft_data(outcome.draft)["remarks"] == "One.\nTwo more."


def test_a_title_that_is_changed_leaves_remarks(tmp_path: Path) -> None:
    """The sentence that had it whole goes with it; the filer's own words stay."""
    answers = [
        ("owners[0].officer_title", LONG),
        ("owners[0].address.non_us", "<"),
        ("owners[0].officer_title", "EVP and CAO"),
        ("owners[0].address.non_us", "q"),
    ]
    path = tmp_path / "d.form4.json"
    outcome, _ = play(
        path,
        [*answers[:1], ("owners[0].address.non_us", "q")],
        at("owners[0].officer_title", remarks="Own words."),
    )
    assert draft_data(outcome.draft)["remarks"] == f"Own words.\nOfficer title: {LONG}."
    assert draft_data(outcome.draft)["owners"][0]["officer_title"] == "See Remarks"

    outcome, _ = play(path, answers, at("owners[0].officer_title", remarks="Own words."))

    assert draft_data(outcome.draft)["remarks"] == "Own words."
    assert draft_data(outcome.draft)["owners"][0]["officer_title"] == "EVP and CAO"


def test_shares_that_leave_the_own_name_go_to_somebody(tmp_path: Path) -> None:
    event = {
        "recipe": "own_trust", "answers": {"security": "Common Stock", "quantity": "10", "ownership": "D"},
    }  # fmt: skip
    data = at("events[0].to_nature", interview={"events": [event]})

    _, script = play(tmp_path / "d.form4.json", [("events[0].to_nature", "q")], data)

    assert [(ask.message, ask.required) for ask in script.asks] == [("To whom? As column 7 has it", True)]
