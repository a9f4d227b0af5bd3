"""Facts from two sources: what is told wins, what it is silent on the register tells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from form4_author.model.draft import Draft
from form4_author.model.facts import (
    NO_FACTS,
    Facts,
    IssuerFacts,
    PersonFacts,
    PowerOfAttorney,
    PriorFiling,
    StartedFrom,
    day_filed,
    joined,
    with_stated,
)
from form4_author.model.filing import Filing
from form4_author.model.interview import Interview, StartingBalances

A, B, C = (Filing(form="4", remarks=each) for each in "abc")


def test_what_is_told_wins_and_silence_is_filled() -> None:
    told = Facts(powers=(), issuer=IssuerFacts(cik="1", listed=False, foreign_private=True))
    known = Facts(
        powers=(PowerOfAttorney("Doe Jane"),),
        persons=(PersonFacts(cik="2"),),
        issuer=IssuerFacts(cik="1", listed=True, country="DE"),
    )

    assert joined(told, known) == Facts(
        powers=(),
        persons=(PersonFacts(cik="2"),),
        issuer=IssuerFacts(cik="1", listed=False, country="DE", foreign_private=True),
    )
    assert joined(NO_FACTS, known) == known
    assert joined(told, NO_FACTS) == told


def test_histories_are_taken_together_each_form_once() -> None:
    first = PriorFiling(A, date(2026, 1, 2), "0000000001-26-000001", "a.xml")
    told = Facts(
        history=(PriorFiling(B, date(2026, 3, 4), None, "b.xml"), PriorFiling(A, None, None, "draft"))
    )
    known = Facts(history=(first, PriorFiling(C, date(2026, 2, 3), None, "c.xml")))

    assert [p.file for p in joined(told, known).history or ()] == ["draft", "c.xml", "b.xml"]
    assert joined(Facts(history=(first,)), Facts(history=(first._replace(filing=B),))).history == (first,)
    assert joined(Facts(history=(first,)), NO_FACTS).history == (first,)
    assert joined(Facts(history=()), known).history == known.history


@pytest.mark.parametrize(
    ("signed", "period", "number", "day"),
    [
        pytest.param("2023-03-03", "2023-03-01", None, "2023-03-03", id="signed"),
        pytest.param("2023-02-28", "2023-03-01", None, "2023-03-01", id="signed before its period"),
        pytest.param("2032-03-03", "2023-03-01", None, "2023-03-01", id="signed years after its period"),
        pytest.param("2024-01-02", "2023-12-29", "0001000000-24-000001", "2024-01-02", id="in the year of its number"),
        pytest.param("2024-01-02", "2023-12-29", "0001000000-23-000001", "2023-12-29", id="after the year of its number"),
        pytest.param("1999-01-05", "1998-12-30", "0001000000-98-000001", "1998-12-30", id="in the last century"),
        pytest.param("2024-01-02", "2023-12-29", "not a number", "2024-01-02", id="a number that is none"),
    ],
)  # fmt: skip
def test_the_day_of_a_form_is_the_last_one_believable_beside_a_signature(
    signed: str, period: str, number: str | None, day: str
) -> None:
    found = day_filed(None, [date.fromisoformat(signed)], date.fromisoformat(period), number)

    assert found == date.fromisoformat(day)


def test_a_draft_states_from_which_other_it_was_started() -> None:
    start = StartingBalances(
        file="gift.form4.json", what="gift", held={"I / common stock / D": "4400", "x": "ten"}
    )
    draft = Draft(A, Interview(start=start))
    known = Facts(started_from=StartedFrom("other", "", ()))

    assert with_stated(draft, NO_FACTS).started_from == StartedFrom(
        "gift.form4.json", "gift", (("I / common stock / D", Decimal(4400)),)
    )
    assert with_stated(draft, known).started_from == known.started_from
    assert with_stated(Draft(A), NO_FACTS) == NO_FACTS
