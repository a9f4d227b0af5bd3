"""The pages of the review: every problem can be read at 80 by 24, most serious first, under a number that stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from form4_author.findings import Finding, Severity
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import session
from form4_author.wizard.answers_file import Given
from tests.wizard.replay import Watched, desk, replay

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PAGES = [["1", "2", "3", "4"], ["5", "6", "7", "8"], ["9"], ["1", "2", "3", "4"]]
LONG = "A sentence of some length that says what is probably a mistake here, and what one would rather expect to find."


def warned(count: int) -> tuple[Finding, ...]:
    return tuple(
        Finding("HLD-003", Severity.WARNING if n else Severity.ERROR, ("remarks",), f"{n + 1}. {LONG}", ())
        for n in reversed(range(count))
    )


def reviewed(folder: Path, count: int, *typed: str) -> list[tuple[str, ...]]:
    """The pages of the review of a finished draft with so many findings."""
    data: dict[str, Any] = draft_data(replay(folder / "seed.form4.json", "seed")[0].draft)
    at = {**data, "interview": {**data["interview"], "at": "review"}}
    script = Watched([Given("review", each) for each in (*typed, "q")])
    findings: Sequence[Finding] = warned(count)
    around = replace(desk(), check=lambda _data: findings, due=lambda _data: "Due Tue 11/05/2024")
    session.Session(folder / "d.form4.json", draft_of(at), script, around).run()
    return script.pages


def numbers(page: tuple[str, ...]) -> list[str]:
    return [line.split(".")[0] for line in page if line[:1].isdecimal() and "." in line[:3]]


def test_all_problems_are_reached_page_by_page(tmp_path: Path) -> None:
    """Warnings need not be mended and can't be accepted: the others are shown by a key."""
    pages = reviewed(tmp_path, 9, "m", "m", "m")

    assert [numbers(page) for page in pages] == PAGES
    assert "1. error HLD-003  Remarks: 1. A sentence of some length that says what is" in pages[0]
    assert [line for page in pages for line in page if line.startswith("…")] == [
        "… 1 to 4 of 9; m shows the next ones.",
        "… 5 to 8 of 9; m shows the next ones.",
        "… 9 of 9; m goes back to the first.",
        "… 1 to 4 of 9; m shows the next ones.",
    ]
    assert all(len(page) <= 20 for page in pages)  # the question and its keys stand below
    assert "There are 9 problems; 1 must be mended or accepted before filing." in pages[1]


def test_few_problems_are_one_page(tmp_path: Path) -> None:
    (page,) = reviewed(tmp_path, 2)

    assert numbers(page) == ["1", "2"]
    assert not any(line.startswith("…") for line in page)


def test_a_number_of_another_page_is_understood(tmp_path: Path) -> None:
    data: dict[str, Any] = draft_data(replay(tmp_path / "seed.form4.json", "seed")[0].draft)
    at = {**data, "interview": {**data["interview"], "at": "review"}}
    script = Watched([Given("review", "9"), Given("remarks", ""), Given("review", "q")])
    session.Session(
        tmp_path / "d.form4.json", draft_of(at), script, replace(desk(), check=lambda _data: warned(9))
    ).run()

    assert "9" not in numbers(script.pages[0])
    assert [ask.id for ask in script.asks] == ["review", "remarks", "review"]
