"""Company combinations: assumed awards, earn-out shares, founder shares: rows, codes, real filings, wrong variants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.model.facts import PriorFiling
from form4_author.shortswing.reading import read
from form4_author.shortswing.trade import RowPlace
from form4_author.wire.draft import draft_of
from form4_author.wizard.draft import opening
from tests.wizard.data import flat
from tests.wizard.pilot import interview
from tests.wizard.test_class_wide import begun, in_words, notes, stock
from tests.wizard.test_events import above_a_note, brief, played
from tests.wizard.test_narrowing import TEN_PERCENT
from tests.wizard.test_pay import SALE, finds, pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.wizard.pilot import Pilot


def asked(pilot: Pilot, name: str) -> Any:
    return next(ask for ask in pilot.asks if ask.id == f"events[0].{name}")


def was_asked(pilot: Pilot, name: str) -> bool:
    return any(ask.id == f"events[0].{name}" for ask in pilot.asks)


# ---- 41: assumed awards

AWARD = {
    "date": "11/1", "security": "Stock Option (Right to Buy)", "exercisable": "1/1/2020", "expiration": "1/1/2030",
}  # fmt: skip


def test_the_awards_of_a_new_insider_are_on_form_3(tmp_path: Path) -> None:
    data, pilot = interview(tmp_path, [("assumed", {"company": "owes", "insider": "no"}), SALE])

    assert brief(data) == ["I S D 4 100 @10 → 4900 D"]
    assert "are holdings of the Form 3, due in ten days (Rule 16a-3(a)). They have no line here." in pages(
        pilot
    )


def test_number_and_price_of_the_new_option_are_worked_out(tmp_path: Path) -> None:
    event = {**AWARD, "company": "owes", "insider": "yes", "old_quantity": "1000", "ratio": "0.8204", "old_strike": "10",
             "before_1": "0"}  # fmt: skip
    data, pilot = interview(tmp_path, [("assumed", event)])

    assert (asked(pilot, "quantity").proposal, asked(pilot, "strike").proposal) == ("820", "12.19")
    assert brief(data) == ["II A A 4 820 @0 → 820 D"]
    assert above_a_note(data) == []


@pytest.mark.parametrize(
    ("company", "answers", "code"),
    [
        ("ended", {}, "J"),
        ("owes", {}, "J"),
        ("ended", {"code": "D"}, "D"),
        ("owes", {"code": "A"}, "A"),
    ],
)
def test_a_ten_percent_holder_reports_code_j(
    company: str, answers: Mapping[str, str], code: str, tmp_path: Path
) -> None:
    event = {**AWARD, "company": company, "insider": "yes", "old_quantity": "1000", "ratio": "1", "quantity": "1000",
             "strike": "10", "before_1": "1000", **answers}  # fmt: skip
    data, pilot = interview(tmp_path, [("assumed", event)], data=TEN_PERCENT)

    assert flat(data["derivative"][0])["transaction_code"] == code
    assert not was_asked(pilot, "approved")


def test_units_of_a_real_target(tmp_path: Path) -> None:
    """0001534701-23-000103: phantom units of a partnership that end at 0, beside its common units for cash."""
    words = (
        "Pursuant to the merger agreement, each award was converted into an award of restricted stock units."
    )
    units = {
        "date": "11/1",
        "company": "ended",
        "table": "II",
        "underlying": "Common Units",
        "assumed_note": words,
    }
    events = [
        ("assumed", {**units, "security": title, "quantity": number, "exercisable": day, "expiration": day,
                     "before_1": number})
        for title, number, day in (
            ("Phantom Common Units", "37725", "Held in the deferred compensation plan."),
            ("Restricted Phantom Units", "11000", "2/27/2024"),
            ("Restricted Phantom Units", "13820", "2/27/2025"),
        )
    ]  # fmt: skip
    data, _ = interview(tmp_path, events, data=begun((stock("50", title="Common Units"),), ()))

    assert [line for line in brief(data) if line.startswith("II")] == [
        "II D D 4 37725 @0 → 0 D",
        "II D D 4 11000 @0 → 0 D",
        "II D D 4 13820 @0 → 0 D",
    ]
    assert words in notes(data)


@pytest.mark.parametrize(
    ("number", "strike", "holder_of", "last"),
    [("998946", "4.86", "D", "10/20/2030"), ("5153", "1.36", "I", "4/26/2027")],
)
def test_options_of_a_real_acquirer(
    number: str, strike: str, holder_of: str, last: str, tmp_path: Path
) -> None:
    """0000899243-23-003767: options exchanged at the ratio of a business combination; its price is a footnote."""
    event = {**AWARD, "company": "owes", "insider": "yes", "old_quantity": number, "ratio": "1", "quantity": number,
             "strike": strike, "expiration": last, "ownership": holder_of, "nature": "See footnote",
             "before_1": "0"}  # fmt: skip
    data, _ = interview(tmp_path, [("assumed", event)])

    held = "D" if holder_of == "D" else "See footnote"
    assert brief(data) == [f"II A A 4 {number} @0 → {number} {held}"]
    assert flat(data["derivative"][0])["exercise_price"] == strike


def test_an_option_of_a_real_acquirer_of_a_private_company(tmp_path: Path) -> None:
    """0001474506-23-000167: a 10% holder, code A there; J is proposed here."""
    event = {**AWARD, "company": "owes", "insider": "yes", "code": "A", "underlying": "Class A Common Stock",
             "old_quantity": "5976", "ratio": "1", "strike": "2.81", "expiration": "1/23/2032",
             "before_1": "0"}  # fmt: skip
    data, pilot = interview(tmp_path, [("assumed", event)], data=TEN_PERCENT)

    assert brief(data) == ["II A A 4 5976 @0 → 5976 D"]
    assert asked(pilot, "code").proposal == "J"


# ---- 53: founder shares

FOUNDER = {"date": "11/1", "security": "Class A Common Stock"}


@pytest.mark.parametrize(
    ("what", "event"),
    [
        ("bought", "Choose that event: Bought from the issuer or in an offering."),
        ("distributed", "Choose that event: A fund distributed shares in kind to its partners."),
        ("redeemed", "Choose that event: Sold back to the issuer."),
        (
            "transferred",
            (
                "Choose what it was: Sold on the market or privately, Gave shares away as a gift or donation, or "
                "Something else."
            ),
        ),
    ],
)
def test_what_else_happens_in_a_spac_is_chosen_again(what: str, event: str, tmp_path: Path) -> None:
    data, pilot = interview(tmp_path, [("founder_shares", {"what": what}), SALE])

    assert brief(data) == ["I S D 4 100 @10 → 4900 D"]
    assert event in pages(pilot)


def test_some_founder_shares_are_forfeited_and_the_others_convert(tmp_path: Path) -> None:
    held = in_words("Class B Common Stock", "100000", "Class A Common Stock")
    events = [
        ("founder_shares", {**FOUNDER, "what": "forfeited", "converted": "12500"}),
        ("founder_shares", {**FOUNDER, "what": "converted", "converted": "87500", "before_1": "0"}),
    ]
    data, _ = interview(tmp_path, events, data=begun((), (held,)))

    assert brief(data) == [
        "I C A 4 87500 @0 → 87500 D",
        "II D D 4 12500 @0 → 87500 D",
        "II C D 4 87500 @0 → 0 D",
    ]
    assert notes(data) == [
        "One for one; vests each November 1 and does not expire.",
        "Surrendered to the issuer for no consideration under the letter agreement with the sponsor.",
    ]
    assert above_a_note(data) == []


@pytest.mark.parametrize(
    ("insider", "answers", "made"),
    [
        (True, {"converted": "125000", "before_1": "125000"}, "II D D 4 125000 @0 → 0 D"),
        (
            True,
            {"option": "Class B Ordinary Shares", "security": "Class A Ordinary Shares", "converted": "63541",
             "approved": "no", "before_1": "140625"},
            "II J D 4 63541 @0 → 77084 D",
        ),
        (
            False,
            {"option": "Class B ordinary shares", "security": "Class A ordinary shares", "converted": "5441490",
             "code": "D", "before_1": "5441491"},
            "II D D 4 5441490 @0 → 1 D",
        ),
    ],
    ids=["0001213900-23-049967", "0001104659-23-067471", "0000899243-23-013597"],
)  # fmt: skip
def test_founder_shares_of_a_real_filing(
    insider: bool, answers: Mapping[str, str], made: str, tmp_path: Path
) -> None:
    """A 10% holder under code D claims Rule 16b-3(e): J is proposed, and the filing's code can be chosen."""
    event = {**FOUNDER, "what": "forfeited", **answers}
    data, pilot = interview(tmp_path, [("founder_shares", event)], data=None if insider else TEN_PERCENT)

    assert brief(data) == [made]
    assert was_asked(pilot, "code") is not insider
    assert insider or asked(pilot, "code").proposal == "J"


# ---- 49: earn-out shares

EARNED = {"date": "11/1", "quantity": "2000", "before_1": "0"}
RIGHT = {**EARNED, "what": "right", "goal": "the average price reaches $15.00", "expiration": "12/17/2027"}


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"what": "lapsed"}, "A right that lapses without payment has no line."),
        ({"what": "right", "price_only": "no"}, "Choose this event again when the shares are issued"),
    ],
)
def test_what_of_an_earn_out_is_not_reported_now(
    event: Mapping[str, str], words: str, tmp_path: Path
) -> None:
    data, pilot = interview(tmp_path, [("earn_out", event), SALE])

    assert brief(data) == ["I S D 4 100 @10 → 4900 D"]
    assert words in pages(pilot)


@pytest.mark.parametrize(
    ("insider", "event", "made"),
    [
        (True, {**RIGHT, "price_only": "no", "reported_when": "now"}, ["II A A 4 2000 @0 → 2000 D"]),
        (True, {**RIGHT, "approved": "no"}, ["II J A 4 2000 @0 → 2000 D"]),
        (False, RIGHT, ["II J A 4 2000 @0 → 2000 D"]),
        (
            False,
            {**RIGHT, "what": "issued", "right_reported": "J", "before_2": "2000"},
            ["I C A 4 2000 @0 → 2000 D", "II C D 4 2000 @0 → 0 D"],
        ),
    ],
)  # fmt: skip
def test_codes_of_an_earn_out(
    insider: bool, event: Mapping[str, str], made: Sequence[str], tmp_path: Path
) -> None:
    data, pilot = interview(tmp_path, [("earn_out", event)], data=None if insider else TEN_PERCENT)

    assert brief(data) == made
    if was_asked(pilot, "right_reported"):
        assert [o.value for o in asked(pilot, "right_reported").options] == ["no", "J"]


def test_a_right_of_the_last_form_is_only_chosen(tmp_path: Path) -> None:
    held = in_words("Earn-out Shares", "2000", "Common Stock")
    event = {"date": "11/1", "what": "issued", "quantity": "2000", "right_reported": "A"}
    data, pilot = interview(tmp_path, [("earn_out", event)], data=begun((stock("50"),), (held,)))

    assert brief(data) == ["I M A 4 2000 @0 → 2050 D", "II M D 4 2000 @0 → 0 D"]
    assert not was_asked(pilot, "goal")


def test_earn_out_rights_of_a_real_filing(tmp_path: Path) -> None:
    """0001104659-23-001110: rights of three funds, whose price is a footnote alone there."""
    funds = (
        ("12577", "2388841", "By AH Bio Fund II, L.P."),
        ("13842", "2629055", "By AH Bio Fund III, L.P."),
        ("8246", "1566264", "By Andreessen Horowitz LSV Fund I, L.P."),
    )
    events = [
        ("earn_out", {**RIGHT, "quantity": number, "before_1": before, "ownership": "I", "nature": fund})
        for number, before, fund in funds
    ]
    data, _ = interview(tmp_path, events)

    assert brief(data) == [
        "II A A 4 12577 @0 → 2401418 By AH Bio Fund II, L.P.",
        "II A A 4 13842 @0 → 2642897 By AH Bio Fund III, L.P.",
        "II A A 4 8246 @0 → 1574510 By Andreessen Horowitz LSV Fund I, L.P.",
    ]


def test_earn_out_shares_of_a_real_filing(tmp_path: Path) -> None:
    """0000899243-18-020585: code J at the value that the merger agreement sets."""
    event = {
        "date": "11/1", "what": "issued", "security": "Ordinary Shares", "quantity": "217524", "price": "10.40",
        "ownership": "I", "nature": "Through wholly-owned subsidiary", "before_1": "4192756",
    }  # fmt: skip
    data, _ = interview(tmp_path, [("earn_out", event)], data=TEN_PERCENT)

    assert brief(data) == ["I J A 4 217524 @10.40 → 4410280 Through wholly-owned subsidiary"]
    assert notes(data) == ["Issued under the merger agreement."]


# ---- wrong variants, and the short-swing account


@pytest.mark.parametrize(
    ("case", "path", "wrong", "rule"),
    [
        ("41 ended", ("derivative", 0, "underlying_title"), None, "DRV-004"),
        ("41 option", ("derivative", 0, "transaction_code"), {"value": "J"}, "TXN-016"),
        ("49 right", ("derivative", 0, "transaction_form_type"), "5", "TXN-028"),
        ("53 forfeited", ("derivative", 0, "transaction_form_type"), "5", "TXN-028"),
        ("53 converted", ("derivative", 0, "underlying_title"), None, "DRV-004"),
    ],
)
def test_a_wrong_variant_is_found(case: str, path: Sequence[str | int], wrong: object, rule: str) -> None:
    data, _ = played(case)

    assert rule in finds(data, tuple(path), wrong)


@pytest.mark.parametrize(
    ("case", "exempt", "matched", "questions"),
    [
        ("41 ended", ["D"], [], []),
        ("41 owes", ["A"], [], []),
        ("41 option", [], [], ["J"]),
        ("49 right", ["A"], [], []),
        ("49 released", ["M", "M"], [], []),
        ("49 issued", [], [], ["J"]),
        ("53 forfeited", ["D"], [], []),
        ("53 J", [], [], ["J"]),
        ("53 converted", ["C", "C"], [], []),
    ],
)
def test_short_swing_reads_the_rows(
    case: str, exempt: list[str], matched: list[str], questions: list[str]
) -> None:
    filing = draft_of(played(case)[0]).filing
    prior = PriorFiling(filing=filing, file="form.xml")
    reading = read((RowPlace(prior, path), row) for path, row in filing.transactions())

    assert [entry.code for entry in reading.left_out] == exempt
    assert [trade.code for trade in reading.trades] == matched
    assert [entry.code for entry in reading.questions] == questions


@pytest.mark.parametrize(
    ("case", "lines"),
    [
        ("41 ended", [("Restricted Stock Units", "0")]),
        ("41 owes", [("Restricted Stock Units", "820")]),
        ("49 right", [("Earn-out Shares", "2000")]),
        ("49 released", [("Common Stock", "2000"), ("Earn-out Shares", "0")]),
        ("53 converted", [("Class A Common Stock", "87500"), ("Class B Common Stock", "0")]),
    ],
)
def test_the_next_form_begins_with_what_is_left(case: str, lines: list[tuple[str, str]]) -> None:
    carried = opening.carried_lines(draft_of(played(case)[0]).filing, "the last form")

    assert [(line.text("security_title"), line.text("amount_owned_following")) for line in carried] == lines
