"""Shares from the issuer or in an offering, and warrants exercised without cash: codes, units, and what is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.draft import opening
from tests.wizard.data import flat, put
from tests.wizard.pilot import LAST, interview
from tests.wizard.test_events import OPTION, PRICED, SHARES, above_a_note, brief, played
from tests.wizard.test_narrowing import TEN_PERCENT
from tests.wizard.test_pay import SALE, finds, notes, pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.wizard.pilot import Pilot

UNITS = {
    "units": "yes", "exercisable": "1/4/2023", "expiration": "1/4/2028", "strike": "1.23", "before_2": "0",
}  # fmt: skip


def asked(pilot: Pilot, name: str) -> Any:
    return next(ask for ask in pilot.asks if ask.id == f"events[0].{name}")


def was_asked(pilot: Pilot, name: str) -> bool:
    return any(ask.id == f"events[0].{name}" for ask in pilot.asks)


# ---- 43: real filings, from answers


@pytest.mark.parametrize(
    ("insider", "event", "made"),
    [
        (
            False,
            {**UNITS, "date": "1/4/2023", "quantity": "743243", "price": "1.23", "warrants": "743243",
             "covered": "1486486", "warrant_price": "0.25", "before_1": "2136423"},
            ["I P A 4 743243 @1.23 → 2879666 D", "II P A 4 743243 @0.25 → 743243 D"],
        ),
        (
            True,
            {**UNITS, "approved": "yes", "date": "1/4/2023", "quantity": "13513", "price": "1.23",
             "warrants": "13513", "covered": "27026", "warrant_price": "0.25", "before_1": "8686"},
            ["I A A 4 13513 @1.23 → 22199 D", "II A A 4 13513 @0.25 → 13513 D"],
        ),
        (
            True,
            {"approved": "no", "date": "3/16/2023", "security": "Class A Common Stock", "quantity": "555555",
             "price": "0.9", "before_1": "125628"},
            ["I P A 4 555555 @0.9 → 681183 D"],
        ),
    ],
    ids=["0000899243-23-001182", "0001062993-23-000607", "0001140361-23-012649"],
)  # fmt: skip
def test_the_rows_of_a_real_filing_follow_from_answers(
    insider: bool, event: Mapping[str, str], made: Sequence[str], tmp_path: Path
) -> None:
    data, _ = interview(tmp_path, [("from_issuer", event)], data=None if insider else TEN_PERCENT)

    assert brief(data) == made
    if "units" in event:
        (warrants,) = data["derivative"]
        assert flat(warrants)["underlying_amount"] == event["covered"]
        bought = (
            "Purchased from the issuer in a private placement under a securities purchase agreement at $1.23 per share "
            "and $0.25 per warrant."
        )
        assert notes(data) == [
            bought,
            "Each unit consists of one share and one warrant (Instruction 4(c)(iv)).",
        ]


# ---- 43: who sold, and the code


@pytest.mark.parametrize(
    ("insider", "answers", "code", "approval", "holder"),
    [
        (True, {}, "A", True, False),
        (True, {"approved": "yes"}, "A", True, False),
        (True, {"approved": "no"}, "P", True, False),
        (True, {"seller": "underwriters"}, "P", False, False),
        (False, {}, "P", False, True),
        (False, {"code": "A"}, "A", False, True),
        (False, {"seller": "underwriters"}, "P", False, False),
    ],
)
def test_the_code_follows_from_seller_approval_and_filer(
    insider: bool, answers: Mapping[str, str], code: str, approval: bool, holder: bool, tmp_path: Path
) -> None:
    data, pilot = interview(
        tmp_path, [("from_issuer", {**PRICED, **answers})], data=None if insider else TEN_PERCENT
    )

    assert brief(data) == [f"I {code} A 4 1000 @10.50 → 6000 D"]
    assert was_asked(pilot, "approved") is approval
    assert was_asked(pilot, "code") is holder
    confirm = (
        "code A, which claims Rule 16b-3(d). Confirm the approval before filing; without it the line is a purchase, code "
        "P, which is matched."
    )
    assert (confirm in pages(pilot)) is (insider and not answers)
    if holder:
        assert [(o.value, o.label) for o in asked(pilot, "code").options] == [
            ("P", "P: a purchase, which is matched under Section 16(b)"),
            ("A", "A: claims Rule 16b-3(d), as a director by deputization"),
        ]
        assert asked(pilot, "code").proposal == "P"


def test_a_purchase_from_another_holder_is_chosen_again(tmp_path: Path) -> None:
    data, pilot = interview(tmp_path, [("from_issuer", {"seller": "holder"}), SALE])

    assert brief(data) == ["I S D 4 100 @10 → 4900 D"]
    assert "Choose that event: Bought on the market or privately." in pages(pilot)


@pytest.mark.parametrize(
    ("shares", "warrants", "words"),
    [
        ("1000", "1000", "Each unit consists of one share and one warrant (Instruction 4(c)(iv))."),
        ("1000", "500", "Each unit consists of one share and 0.5 warrant (Instruction 4(c)(iv))."),
        ("1000", "2000", "Each unit consists of one share and 2 warrants (Instruction 4(c)(iv))."),
        ("3000", "1000", "The units consist of 3,000 shares and 1,000 warrants (Instruction 4(c)(iv))."),
    ],
)
def test_what_a_unit_consists_of(shares: str, warrants: str, words: str, tmp_path: Path) -> None:
    event = {**UNITS, **SHARES, "quantity": shares, "price": "2", "warrants": warrants, "approved": "no"}
    data, _ = interview(tmp_path, [("from_issuer", event)])

    assert notes(data) == [
        "Purchased from the issuer in a private placement under a securities purchase agreement at $2.00 per unit.",
        words,
    ]


# ---- 44: without cash

NET = {**OPTION, "exercised": "1000", "strike": "11.50", "price": "20", "before_1": "0"}


@pytest.mark.parametrize(
    ("insider", "answers", "codes"),
    [
        (True, {}, "XS"),
        (True, {"given_code": "J"}, "XJ"),
        (True, {"award": "yes"}, "MF"),
        (False, {}, "XS"),
        (False, {"given_code": "J"}, "XJ"),
    ],
)
def test_a_warrant_exercised_without_cash(
    insider: bool, answers: Mapping[str, str], codes: str, tmp_path: Path
) -> None:
    data, pilot = interview(
        tmp_path, [("net_warrant", {**NET, **answers})], data=None if insider else TEN_PERCENT
    )

    exercised, given = codes[0], codes[1]
    assert brief(data) == [
        f"I {exercised} A 4 1000 @11.50 → 1000 D",
        f"I {given} D 4 575 @20 → 425 D",
        f"II {exercised} D 4 1000 @0 → 0 D",
    ]
    assert above_a_note(data) == [] or not insider
    assert was_asked(pilot, "award") is insider
    assert was_asked(pilot, "given_code") is ("award" not in answers)
    assert (asked(pilot, "delivered_shares").proposal, asked(pilot, "fraction").proposal) == ("425", "0")
    award = [
        "The warrant was issued to the reporting person with advance approval of the board (Rule 16b-3)."
    ]
    net = (
        "Exercised on a net basis: 575 shares with a value of $20.00 each were given up to pay the exercise price; 425 "
        "shares were delivered."
    )
    assert notes(data) == [
        net,
        *(award if "award" in answers else []),
    ]


@pytest.mark.parametrize(
    ("answers", "code"), [({}, "S"), ({"given_code": "J"}, "J"), ({"award": "yes"}, "D")]
)
def test_a_fraction_paid_in_cash_has_a_line(answers: Mapping[str, str], code: str, tmp_path: Path) -> None:
    event = {**NET, "delivered_shares": "424", "fraction": "0.5", **answers}
    data, _ = interview(tmp_path, [("net_warrant", event)])

    assert brief(data)[2] == f"I {code} D 4 0.5 @20 → 424 D"
    assert "→ 424.5 D" in brief(data)[1]


def test_without_shares_given_up_it_is_an_exercise_for_cash(tmp_path: Path) -> None:
    _, pilot = interview(tmp_path, [("net_warrant", NET)])

    assert asked(pilot, "delivered_shares").check("1000") == (
        "As many as were exercised, or more: without shares given up it is an exercise for cash. Go back and choose "
        "Exercised a warrant, or an option not from the issuer's plan"
    )
    assert asked(pilot, "delivered_shares").check("999") is None


def test_the_exercise_price_of_the_warrant_chosen_is_used(tmp_path: Path) -> None:
    held = {
        "kind": "holding", "security_title": "Warrant (Right to Buy)", "exercise_price": "11.50",
        "date_exercisable": "2020-01-01", "expiration_date": "2030-01-01", "underlying_title": "Common Stock",
        "amount_owned_following": "1000", "ownership_form": "D",
    }  # fmt: skip
    last = {**LAST, "derivative": [held], "footnotes": []}
    event = {"date": "11/1", "exercised": "1000", "price": "20"}
    start = draft_data(opening.from_filing(draft_of(last).filing))
    data, pilot = interview(tmp_path, [("net_warrant", event)], data=start)

    assert not was_asked(pilot, "strike")
    assert brief(data)[:2] == ["I X A 4 1000 @11.50 → 6000 D", "I S D 4 575 @20 → 5425 D"]


@pytest.mark.parametrize(
    ("case", "path", "wrong", "rule"),
    [
        ("43", ("derivative", 0, "underlying_title"), None, "DRV-004"),
        ("43 offering", ("non_derivative", 0, "transaction_code"), "F", "TXN-007"),
        ("44", ("non_derivative", 0, "amount"), "425", "DRV-011"),
        ("44 award", ("derivative", 0, "transaction_code"), {"value": "M"}, "TXN-037"),
    ],
)
def test_a_wrong_variant_is_found(case: str, path: tuple[str | int, ...], wrong: object, rule: str) -> None:
    data, _ = played(case)

    assert rule in finds(data, path, wrong)


def test_the_net_number_alone_is_found() -> None:
    """Gross, never net: the line of the shares given up is gone, and only those delivered are acquired."""
    data, _ = played("44")
    net = put(data, ("non_derivative", 0, "amount"), "425")

    assert "TXN-042" in finds(net, ("non_derivative", 1), None)
