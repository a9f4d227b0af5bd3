"""Which way shares go: exercise, assignment, expiry, buy-back, conversion, transfer and gift, by the option's title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data
from form4_author.wire.filing import filing_from
from form4_author.wizard.draft import opening
from form4_author.wizard.option import Option, narrowed
from form4_author.wizard.recipes import RECIPES
from tests.wizard.pilot import INSIDER, LAST, interview
from tests.wizard.replay import play
from tests.wizard.test_events import above_a_note
from tests.wizard.test_recipes import brief

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BUY = "Call Option (Right to Buy)"
SELL = "Put Option (Right to Sell)"
MUST_BUY = "Put Option (Obligation to Buy)"
MUST_SELL = "Call Option (Obligation to Sell)"
PUT_EVENT = "Exercised a put, or was assigned on a written call or put"


_LAST = {**LAST, "non_derivative": LAST["non_derivative"][1:2]}


def line(title: str, **cells: str) -> dict[str, Any]:
    """A line of the last filing's Table II: 1,000 shares at $40."""
    return {
        "kind": "holding",
        "security_title": title,
        "exercise_price": "40",
        "date_exercisable": "2024-08-01",
        "expiration_date": "2025-01-17",
        "underlying_title": "Common Stock",
        "underlying_amount": "1000",
        "amount_owned_following": "1000",
        "ownership_form": "D",
        **cells,
    }


def begun(*lines: Mapping[str, Any]) -> dict[str, Any]:
    """The draft of a person whose last filing has 5,000 shares and these lines of Table II."""
    return draft_data(opening.from_filing(filing_from({**_LAST, "derivative": list(lines)})[0]))


EXERCISED = {"date": "11/1", "quantity": "300"}
RECEIVES, DELIVERS = "I {} A 300 @40 → 5300", "I {} D 300 @40 → 4700"
LEAVES = "II {} D 300 @0 → 700"


@pytest.mark.parametrize(
    ("event", "title", "code", "shares"),
    [
        ("option_kept", BUY, "M", RECEIVES),
        ("option_kept", SELL, "X", DELIVERS),
        ("option_kept", MUST_BUY, "X", RECEIVES),
        ("option_kept", MUST_SELL, "X", DELIVERS),
        ("warrant", BUY, "X", RECEIVES),
        ("warrant", SELL, "X", DELIVERS),
        ("warrant", MUST_BUY, "X", RECEIVES),
        ("warrant", MUST_SELL, "X", DELIVERS),
        ("warrant", BUY, "O", RECEIVES),
        ("warrant", SELL, "O", DELIVERS),
        ("warrant", MUST_BUY, "O", RECEIVES),
        ("warrant", MUST_SELL, "O", DELIVERS),
        ("put_exercised", SELL, "X", DELIVERS),
        ("put_exercised", SELL, "O", DELIVERS),
        ("put_exercised", MUST_BUY, "X", RECEIVES),
        ("put_exercised", MUST_SELL, "X", DELIVERS),
        ("warrant", "Covered Call", "X", DELIVERS),
        ("warrant", "Short Put", "X", RECEIVES),
        ("put_exercised", "Long Put", "X", DELIVERS),
        ("put_exercised", "Written Listed Call Options", "X", DELIVERS),
    ],
)
def test_an_exercise_moves_the_shares_as_the_title_says(
    tmp_path: Path, event: str, title: str, code: str, shares: str
) -> None:
    money = {"money": "O", "market": "The closing price was $41.20."} if code == "O" else {}
    answers = {**EXERCISED, **money, "series": "0"}
    data, pilot = interview(tmp_path, [(event, answers)], data=begun(line(title)))

    assert brief(data) == [shares.format(code), LEAVES.format(code)]
    assert above_a_note(data) == []
    assert not [ask.id for ask in pilot.asks if ".jump_" in ask.id or ask.id.endswith(".way")]
    verb = "bought" if " A " in shares else "sold"
    assert f"How many shares were {verb} by the exercise?" in [ask.message for ask in pilot.asks]


@pytest.mark.parametrize(
    ("event", "answers", "title", "rows"),
    [
        ("written_expired", {}, MUST_BUY, ["II E D 300 @0 → 700"]),
        ("written_expired", {}, MUST_SELL, ["II E D 300 @0 → 700"]),
        ("long_ended", {"paid": "1.20", "ended": "Paid by the bank."}, BUY, ["II H D 300 @1.20 → 700"]),
        ("long_ended", {"paid": "1.20", "ended": "Paid by the bank."}, SELL, ["II H D 300 @1.20 → 700"]),
        ("exchange_option", {"side": "P", "premium": "2"}, BUY, ["II P A 300 @2 → 1300"]),
        ("exchange_option", {"side": "P", "premium": "2"}, SELL, ["II P A 300 @2 → 1300"]),
        ("exchange_option", {"side": "P", "premium": "2"}, MUST_BUY, ["II P A 300 @2 → 700"]),
        ("exchange_option", {"side": "P", "premium": "2"}, MUST_SELL, ["II P A 300 @2 → 700"]),
        ("exchange_option", {"side": "S", "premium": "2"}, BUY, ["II S D 300 @2 → 700"]),
        ("exchange_option", {"side": "S", "premium": "2"}, SELL, ["II S D 300 @2 → 700"]),
        ("exchange_option", {"side": "S", "premium": "2"}, MUST_BUY, ["II S D 300 @2 → 1300"]),
        ("exchange_option", {"side": "S", "premium": "2"}, MUST_SELL, ["II S D 300 @2 → 1300"]),
        *[("gave", {"security": t}, t, ["II G D 300 @0 → 700"]) for t in (BUY, SELL, MUST_BUY, MUST_SELL)],
        *[("gift_received", {"security": t}, t, ["II G A 300 @0 → 1300"]) for t in (BUY, SELL, MUST_BUY, MUST_SELL)],
    ],
)  # fmt: skip
def test_what_does_not_move_shares_stays_in_table_2(
    tmp_path: Path, event: str, answers: Mapping[str, str], title: str, rows: list[str]
) -> None:
    """Column 9 counts the obligations that are open."""
    expiry = {"expiration_date": "2024-11-01"} if event == "written_expired" else {}
    told = {**EXERCISED, **answers, "series": "0"}
    data, _ = interview(tmp_path, [(event, told)], data=begun(line(title, **expiry)))

    assert brief(data) == rows
    assert above_a_note(data) == []


def test_a_conversion_acquires_and_an_obligation_to_buy_does_too(tmp_path: Path) -> None:
    answers = {
        "date": "11/1", "converted": "300", "quantity": "300", "option": "Units (Obligation to Purchase)",
        "before_1": "5000", "before_2": "1000",
    }  # fmt: skip
    data, _ = interview(tmp_path, [("converted", answers)])

    assert brief(data) == ["I C A 300 @0 → 5300", "II C D 300 @0 → 700"]


# ---- neither title nor footnotes say so


@pytest.mark.parametrize(("way", "shares"), [("A", RECEIVES), ("D", DELIVERS)])
@pytest.mark.parametrize("event", ["option_kept", "warrant", "put_exercised"])
def test_a_title_that_is_silent_is_asked_about(tmp_path: Path, event: str, way: str, shares: str) -> None:
    answers = {**EXERCISED, "series": "0", "way": way}
    data, pilot = interview(tmp_path, [(event, answers)], data=begun(line("Call Option")))
    code = "M" if event == "option_kept" and way == "A" else "X"

    assert brief(data) == [shares.format(code), LEAVES.format(code)]
    (ask,) = (ask for ask in pilot.asks if ask.id == "events[0].way")
    assert (ask.message, ask.proposal, ask.required) == (
        "Did the person receive or deliver shares?",
        "",
        True,
    )
    assert [option.label for option in ask.options] == ["Received shares (A)", "Delivered shares (D)"]


@pytest.mark.parametrize("event", ["option_sold", "option_net"])
def test_a_silent_title_is_asked_about_before_a_sale_or_withholding(tmp_path: Path, event: str) -> None:
    """A put that is held would deliver the shares: they can't be sold again."""
    answers = {
        "date": "11/1", "exercised": "300", "quantity": "100", "price": "41", "series": "0", "way": "A",
        "withheld_note": "Withheld by the issuer for the exercise price.",
    }  # fmt: skip
    data, pilot = interview(tmp_path, [(event, answers)], data=begun(line("Call Option")))

    assert brief(data)[0] == RECEIVES.format("M")
    assert "events[0].way" in [ask.id for ask in pilot.asks]


def test_footnotes_answer_for_the_title(tmp_path: Path) -> None:
    """A call of which the last filing says in its words that it was written."""
    words = {"date_exercisable": "The call options were written on August 1, 2024."}
    cells = line("Call Option")
    told = {**cells, "date_exercisable": {"footnotes": ["F9"]}}
    last = {**_LAST, "derivative": [told], "footnotes": [{"id": "F9", "text": words["date_exercisable"]}]}
    start = draft_data(opening.from_filing(filing_from(last)[0]))
    data, pilot = interview(tmp_path, [("warrant", {**EXERCISED, "series": "0"})], data=start)

    assert brief(data)[0] == DELIVERS.format("X")
    assert not [ask.id for ask in pilot.asks if ask.id.endswith(".way")]


def test_before_one_is_chosen_the_question_leaves_it_open(tmp_path: Path) -> None:
    start = begun(line(BUY), line(SELL))
    _, pilot = interview(tmp_path, [("warrant", {**EXERCISED, "series": "1"})], data=start)
    messages = [ask.message for ask in pilot.asks]

    assert "How many shares were bought or sold by the exercise?" in messages
    assert "Was it in the money?" in messages


def test_a_right_to_buy_is_proposed_before_a_put(tmp_path: Path) -> None:
    start = begun(line(SELL), line("Stock Option (Right to Buy)"))
    data, _ = interview(tmp_path, [("option_kept", EXERCISED)], data=start)

    assert brief(data)[0] == RECEIVES.format("M")


# ---- events that are not about such an option


@pytest.mark.parametrize(
    ("event", "offered"),
    [
        ("option_kept", [BUY, SELL, MUST_BUY, MUST_SELL]),
        ("option_sold", [BUY, MUST_BUY]),
        ("option_net", [BUY]),
        ("put_exercised", [SELL, MUST_BUY, MUST_SELL]),
        ("long_ended", [BUY, SELL]),
        ("written_expired", [MUST_BUY, MUST_SELL]),
    ],
)
def test_an_event_offers_the_options_that_it_is_about(tmp_path: Path, event: str, offered: list[str]) -> None:
    titles = (BUY, SELL, MUST_BUY, MUST_SELL)
    answers = {
        **EXERCISED, "exercised": "300", "price": "41", "paid": "1", "ended": "Paid by the bank.",
        "withheld_note": "Withheld.", "series": str(titles.index(offered[0])),
    }  # fmt: skip
    _, pilot = interview(tmp_path, [(event, answers)], data=begun(*map(line, titles)))
    (ask,) = (ask for ask in pilot.asks if ask.id == "events[0].series")

    assert [option.label.partition(" at ")[0] for option in ask.options[:-1]] == offered


@pytest.mark.parametrize(
    ("event", "typed", "fault"),
    [
        ("option_sold", SELL, f'"{SELL}" is a right to sell. Go back and choose: {PUT_EVENT}'),
        ("option_net", MUST_BUY, f'"{MUST_BUY}" is an obligation to buy. Go back and choose: {PUT_EVENT}'),
        ("converted", "Covered Call", f'"Covered Call" is an obligation to sell. Go back and choose: {PUT_EVENT}'),
        ("put_exercised", BUY,
         f'"{BUY}" is a right to buy. Go back and choose: Exercised a warrant, or an option not from the issuer\'s plan'),
        ("written_expired", SELL,
         f'"{SELL}" is a right to sell. Go back and choose: An option held expired or was canceled'),
    ],
)  # fmt: skip
def test_the_title_of_another_kind_is_sent_to_its_event(
    tmp_path: Path, event: str, typed: str, fault: str
) -> None:
    answers = {"date": "2024-11-01", "security": "Common Stock", "exercised": "300", "converted": "300",
               "quantity": "300", "type": "4"}  # fmt: skip
    at = {"at": "events[0].option", "events": [{"recipe": event, "answers": answers}]}
    _, script = play(tmp_path / "d.form4.json", [("events[0].option", "q")], {**INSIDER, "interview": at})
    (ask,) = script.asks

    assert ask.check(typed) == fault
    assert ask.check("Something Else") is None


@pytest.mark.parametrize("typed", ["put", "covered call", "assigned", "exercised against", "called away"])
def test_the_event_is_found_by_plain_words(typed: str) -> None:
    options = [Option(r.id, r.label, r.also) for r in RECIPES]

    assert "put_exercised" in [option.value for option in narrowed(options, typed)]


def test_an_option_settled_in_cash_is_closed_as_an_exchange_traded_one(tmp_path: Path) -> None:
    steps = [
        ("happened", "put_exercised"), ("events[0].date", "11/1"), ("events[0].series", "0"),
        ("events[0].paid_in", "cash"), ("happened", "q"),
    ]  # fmt: skip
    outcome, script = play(tmp_path / "d.form4.json", steps, begun(line(SELL)))

    assert outcome.draft.interview.events == ()
    assert (
        "An option settled in cash moves no shares: it is closed as one bought back or sold. Choose: Bought or sold an "
        "exchange-traded option."
    ) in " ".join(" ".join(page_line for page in script.pages for page_line in page).split())
