"""Facts beside the document: every kind of value on both sides, and what is refused, by its key."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from form4_author.errors import UnreadableInput
from form4_author.model.facts import (
    Authentication,
    Facts,
    IssuerFacts,
    MarketPrice,
    PersonFacts,
    PowerOfAttorney,
)
from form4_author.wire.facts import facts_from


def test_everything_that_can_be_told() -> None:
    told = facts_from(
        {
            "issuer": {
                "cik": "1652044",
                "fiscal_year_end": "12-31",
                "listed": True,
                "foreign_private": "false",
                "shares_outstanding": "1000",
            },
            "persons": [{"cik": " 1295032 ", "insider_until": "2026-09-30", "entity": "1"}],
            "powers": [{"principal": "Jane Doe", "agents": ["Sam Roe"], "signed": "2026-01-15"}],
            "authentications": [{"signatory": "Jane Doe", "signed_at": "2026-10-08T21:40-04:00"}],
            "prices": [{"security_title": "Common Stock", "day": "2026-10-06", "price": "41.20"}],
            "event_issuers": ["1652044"],
            "filing_at": "2026-10-09T01:40+00:00",
        }
    )

    assert told == Facts(
        issuer=IssuerFacts(
            cik="1652044",
            fiscal_year_end=(12, 31),
            listed=True,
            foreign_private=False,
            shares_outstanding=Decimal(1000),
        ),
        persons=(PersonFacts(cik="1295032", insider_until=date(2026, 9, 30), entity=True),),
        powers=(PowerOfAttorney(principal="Jane Doe", agents=("Sam Roe",), signed=date(2026, 1, 15)),),
        authentications=(
            Authentication(signatory="Jane Doe", signed_at=datetime(2026, 10, 9, 1, 40, tzinfo=UTC)),
        ),
        prices=(MarketPrice(security_title="Common Stock", day=date(2026, 10, 6), price=Decimal("41.20")),),
        event_issuers=("1652044",),
        filing_at=datetime(2026, 10, 9, 1, 40, tzinfo=UTC),
    )
    assert told.filing_at is not None
    assert told.filing_at.date() == date(2026, 10, 8)  # the day is Eastern


def test_nothing_told_and_what_is_left_blank() -> None:
    assert facts_from({}) == Facts()
    blank = {"issuer": {"cik": None}, "persons": None}
    assert facts_from(blank, history=()) == Facts(history=(), issuer=IssuerFacts())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (["issuer"], "Facts: the file: it must hold keys"),
        ({"isuer": {}}, "Facts: isuer: it is not a known key"),
        ({"issuer": {"name": "X"}}, "Facts: issuer.name: it is not a known key"),
        ({"issuer": "X"}, "Facts: issuer: it must hold keys"),
        ({"issuer": {"cik": 1652044}}, "Facts: issuer.cik: it must be text"),
        ({"issuer": {"cik": " "}}, "Facts: issuer.cik: it must be text"),
        ({"issuer": {"listed": "perhaps"}}, 'Facts: issuer.listed: "perhaps" is not a check box value'),
        ({"issuer": {"fiscal_year_end": "June"}}, 'Facts: issuer.fiscal_year_end: "June" is not a month and day such as 12-31'),
        ({"issuer": {"fiscal_year_end": "2-30"}}, 'Facts: issuer.fiscal_year_end: "2-30" is not a month and day such as 12-31'),
        ({"persons": {}}, "Facts: persons: it must be a list"),
        ({"powers": [{"agents": ["Sam Roe"]}]}, "Facts: powers[0].principal: it must be given"),
        ({"prices": [{"security_title": "Common Stock", "day": "2026-10-06"}]}, "Facts: prices[0].price: it must be given"),
        ({"filing_at": "2026-10-08T21:40"}, 'Facts: filing_at: "2026-10-08T21:40" is not a time with its zone such as 2026-10-08T21:40-04:00'),
        ({"filing_at": "tonight"}, 'Facts: filing_at: "tonight" is not a time with its zone such as 2026-10-08T21:40-04:00'),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(data: Any, message: str) -> None:
    with pytest.raises(UnreadableInput) as raised:
        facts_from(data)

    assert raised.value.id == "DOC-030"
    assert str(raised.value).startswith(message)
