from __future__ import annotations

from datetime import date

import pytest

from form4_author.checks.wording import (
    dates_in,
    mentions_arrangement,
    mentions_date,
    mentions_plan,
    says_made_under_plan,
)


@pytest.mark.parametrize(
    "text",
    [
        "Rule 10b5-1 trading plan",
        "RULE 10B5-1",
        "10b5-1(c)",
        "Rule 10b5–1",
        "Rule 10b-5-1 plan",
        "Rule 10b51 trading plan",
        "Rule 10b5 -1 plan",
    ],
)
def test_plan_is_recognised_in_its_spellings(text: str) -> None:
    assert mentions_plan(text)


@pytest.mark.parametrize("text", ["Rule 10b-5", "Rule 10b5-2", "Rule 10b-18", "10 plans", "", "10b5-12"])
def test_other_rules_are_not_taken_for_it(text: str) -> None:
    assert not mentions_plan(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("adopted on March 3, 2026.", date(2026, 3, 3)),
        ("ADOPTED ON SEPTEMBER  14, 2021", date(2021, 9, 14)),
        ("dated Nov. 17, 2022", date(2022, 11, 17)),
        ("adopted June 1st 2025", date(2025, 6, 1)),
        ("adopted 3 March 2026", date(2026, 3, 3)),
        ("on the 3rd of March, 2026", date(2026, 3, 3)),
        ("on 11/03/2025", date(2025, 11, 3)),
        ("on 2/10/23", date(2023, 2, 10)),
        ("on 11-3-2025", date(2025, 11, 3)),
        ("adopted 2026-03-03", date(2026, 3, 3)),
        ("in May 2022", date(2022, 5, 1)),
        ("in May of 2022", date(2022, 5, 1)),
    ],
)
def test_dates_are_read_in_their_spellings(text: str, day: date) -> None:
    assert day in list(dates_in(text))
    assert mentions_date(text)


@pytest.mark.parametrize(
    "text", ["from $61.02 to $61.87", "13/45/2026", "10b5-1", "Section 16(a)", "1,010 shares"]
)
def test_other_figures_are_no_dates(text: str) -> None:
    assert not mentions_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "The sales were effected pursuant to a Rule 10b5-1 trading plan.",
        "Sold in accordance with a written plan for trading securities pursuant to Rule 10b5-1(c).",
        "Sale of securities through the use of a plan qualified under Rule 10b5-1.",
        "No price was set. Sold under a Rule 10b5-1 plan. It is not for sale.",
    ],
)
def test_says_that_it_was_made_under_a_plan(text: str) -> None:
    assert says_made_under_plan(text)


@pytest.mark.parametrize(
    "text",
    [
        "The reporting person has a Rule 10b5-1 plan.",
        "The sale was not effected pursuant to a Rule 10b5-1 plan.",
        "Future sales may be made pursuant to a Rule 10b5-1 plan.",
        "Shares were sold pursuant to the merger.",
    ],
)
def test_does_not_say_that_it_was_made_under_a_plan(text: str) -> None:
    assert not says_made_under_plan(text)


@pytest.mark.parametrize(
    "text", ["an employee stock purchase plan", "an automatic sale", "Rule 10b5-1", "instructions"]
)
def test_arrangement_is_recognised(text: str) -> None:
    assert mentions_arrangement(text)


def test_planet_is_no_arrangement() -> None:
    assert not mentions_arrangement("Gift to the Planet Fund")
