"""The long list of what happened: a word leaves what it means, and a word that means nothing is told so."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.codes import transaction_codes
from form4_author.wire.draft import draft_of
from form4_author.wizard import flow
from form4_author.wizard.answers_file import AnswersRefused
from form4_author.wizard.option import Option, narrowed
from form4_author.wizard.plain import Plain
from form4_author.wizard.prompter import Key
from form4_author.wizard.question import ask
from form4_author.wizard.recipes import RECIPES
from tests.wizard.pilot import INSIDER, interview
from tests.wizard.replay import TODAY, play
from tests.wizard.terminal import CTRL_C, CTRL_U, ENTER, Terminal
from tests.wizard.test_terminal import NEW, SEED, step_of

if TYPE_CHECKING:
    from form4_author.wizard.screen import Ask

DOWN = "\x1b[B"

LISTED = tuple(Option(r.id, r.label, r.also) for r in RECIPES)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("gift", "gave"), ("donat", "gave"), ("charity", "gave"), ("received gift", "gift_received"),
     ("taxes", "rsu_withheld"), ("vest", "rsu_withheld"), ("annual", "granted_stock"), ("unit grant", "granted_units"),
     ("sell", "sold"), ("purchase", "bought"), ("exercise cashless", "option_sold"), ("died", "inherited")],
)  # fmt: skip
def test_a_word_that_filers_use_brings_what_it_means_to_the_top(typed: str, first: str) -> None:
    assert narrowed(LISTED, typed)[0].value == first


WORDS = tuple(
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "happened_words.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)


@pytest.mark.parametrize(("typed", "events"), WORDS, ids=[words[0] for words in WORDS])
def test_an_event_is_found_by_what_filers_call_it(typed: str, events: str) -> None:
    found = {option.value for option in narrowed(LISTED, typed)}

    wanted = set(events.split()) - {"-"}

    assert wanted <= found
    assert (found == set()) is (wanted == set())


def test_each_event_is_looked_for_by_some_word() -> None:
    known = {event for _, events in WORDS for event in events.split()} - {"-"}

    assert {r.id for r in RECIPES} - known == {"something_else"}


def test_every_word_typed_is_looked_for_also_beside_the_label() -> None:
    options = (Option("a", "Sold", also="gift"), Option("b", "A gift"))

    assert [o.value for o in narrowed(options, "GIFT")] == ["a", "b"]
    assert [o.value for o in narrowed(options, "gift sold")] == ["a"]
    assert narrowed(options, "zebra") == ()


@pytest.mark.parametrize(
    ("label", "typed", "found"),
    [
        ("Shares sold", "sha", True), ("Shares sold", "ares", False), ("Shares sold", "sold share", True),
        ("Equities and taxes", "equity", True), ("Equity and tax", "equities taxes", True),
        ("Classes", "class", True), ("A class", "classes", True), ("Business", "busines", True),
        ("Basis", "bas", True), ("A status", "statuses", True), ("ESPP, 401(k) or DRIP", "401(k)", True),
        ("ESPP, 401(k) or DRIP", "401k drip", True), ("Spin-off", "spinoff", True), ("Spinoff", "spin-off", True),
        ("Spin off", "spin-off", True), ("Spin-off", "off spin", True), ("Rule 10b5-1", "10b5-1", True),
        ("10% holder's L.P.", "holders lp", True), ("T\u00fcrkiye", "turkiye", True), ("A gift of shares", "gift to", True),
        ("A gift", "the", False), ("To own trust", "to", True), ("0001626115  Thakar", "1626115", True),
        ("Sold", "gas", False), ("Sold", "...", False),
    ],
)  # fmt: skip
def test_a_word_is_found_by_its_beginning_in_singular_and_plural(label: str, typed: str, found: bool) -> None:
    assert bool(narrowed((Option("a", label),), typed)) is found


def test_what_cannot_be_chosen_comes_first_and_what_stays_comes_last() -> None:
    options = (Option("z", "None", stays=True), Option("a", "Gift"), Option("b", "Gifts", barred="why"))

    assert [o.value for o in narrowed(options, "gift")] == ["b", "a", "z"]
    assert [o.value for o in narrowed(options, "zebra")] == ["z"]


# ---- the list of events

TEN_PERCENT = {
    **INSIDER,
    "owners": [
        {**INSIDER["owners"][0], "is_director": False, "is_officer": False, "is_ten_percent_owner": True}
    ],
}


def asked(data: dict[str, Any]) -> Ask:
    draft = draft_of(data)
    place = flow.place(draft, "happened")
    assert place is not None
    return ask(draft, place, TODAY)


def test_the_last_choice_is_that_none_of_these_happened() -> None:
    for data in (INSIDER, TEN_PERCENT, {**INSIDER, "form": "5"}):
        last = asked(data).options[-1]
        assert (last.value, last.label, last.stays) == (
            "something_else",
            "None of these: describe what happened",
            True,
        )
    assert "something_else" not in [o.value for o in asked({**INSIDER, "form": "3"}).options]


def test_events_for_directors_and_officers_are_named_with_the_reason() -> None:
    barred = asked(TEN_PERCENT).barred

    assert {o.value for o in barred} == {r.id for r in RECIPES if r.insiders}
    assert {o.barred for o in barred if o.value == "stock_withheld"} == {
        "code F, Rule 16b-3(e): directors, officers"
    }
    assert asked(INSIDER).barred == ()
    assert asked({**TEN_PERCENT, "form": "3"}).barred == ()


def test_what_bars_an_event_is_a_code_that_rests_on_rule_16b_3() -> None:
    for recipe in (r for r in RECIPES if r.insiders):
        letter, rule = re.fullmatch(r"code ([A-Z]), (Rule 16b-3(?:\([a-f]\))?)", recipe.insiders_by).groups()  # type: ignore[union-attr]
        assert transaction_codes()[letter].insiders_only
        assert rule.removeprefix("Rule ") in recipe.rule or rule == "Rule 16b-3"


def test_a_file_of_answers_is_given_the_reason(tmp_path: Path) -> None:
    with pytest.raises(AnswersRefused) as refused:
        play(tmp_path / "d.form4.json", [("happened", "stock_withheld")], TEN_PERCENT)

    assert refused.value.problem == (
        'Answer 1, happened: "stock_withheld" is not accepted: code F, Rule 16b-3(e): directors, officers'
    )


def test_what_is_none_of_these_is_said_first_and_becomes_the_footnote_of_code_j(tmp_path: Path) -> None:
    words = "Received in settlement of a claim."
    told = {
        "described": words,
        "date": "2024-11-01",
        "quantity": "100",
        "direction": "A",
        "price": "0",
        "after_1": "100",
    }
    data, pilot = interview(tmp_path, [("something_else", told)])
    row = data["non_derivative"][0]

    ids = [each.id for each in pilot.asks]
    assert ids[1:3] == ["events[0].described", "events[0].code"]
    assert (
        pilot.asks[2].shown
        == "J  Other acquisition or disposition (describe transaction)  (for what no other code fits)"
    )
    assert row["transaction_code"] == {"value": "J", "footnotes": ["F1"]}
    assert data["footnotes"] == [{"id": "F1", "text": words}]


def test_another_code_may_be_given_to_what_is_none_of_these(tmp_path: Path) -> None:
    told = {
        "described": "Bought from an estate.", "code": "p", "date": "2024-11-01", "quantity": "100", "direction": "A",
        "price": "5", "after_1": "100",
    }  # fmt: skip
    data, _ = interview(tmp_path, [("something_else", told)])

    assert data["non_derivative"][0]["transaction_code"] == {"value": "P", "footnotes": ["F1"]}


# ---- at a terminal


@pytest.mark.long
def test_the_list_narrows_says_when_nothing_fits_and_still_helps(tmp_path: Path) -> None:
    with Terminal(tmp_path, *NEW) as terminal:
        terminal.follow(SEED[: step_of("What happened?")]).wait_prompt("What happened?")
        assert " 12 of 65 rows; the arrow keys show the others." in terminal.lines, terminal.text

        terminal.type("donation").wait("What happened?   donation")
        terminal.wait_rows(
            [
                " > Gave shares away as a gift or donation",
                "   Received a gift of shares",
                "   None of these: describe what happened",
            ]
        )
        terminal.type("xx").wait('No event matches "donationxx".')
        terminal.wait_rows(
            [
                '   No event matches "donationxx".',
                " > None of these: describe what happened",
                "   Show all 65 events",
            ]
        )
        terminal.type(f"{DOWN}{ENTER}").wait(" 12 of 65 rows")
        assert " What happened?" in terminal.lines, terminal.text  # the list is whole again
        terminal.type("lent").wait('No event matches "lent".').type(CTRL_U).wait(" 12 of 65 rows")

        terminal.type("?").wait("Help: Choose what the person did or received")
        terminal.type(f"gift{ENTER}").wait_prompt("Date of the gift:").wait("Gave shares away as a gift")
        terminal.type(CTRL_C)
        assert terminal.end() == 0


@pytest.mark.long
def test_a_10_percent_owner_reads_why_an_event_is_not_theirs(tmp_path: Path) -> None:
    (tmp_path / "d.form4.json").write_text(json.dumps(TEN_PERCENT), encoding="utf-8")
    with Terminal(tmp_path, "resume", "d.form4.json", "--as-of", "2024-11-04") as terminal:
        terminal.answer("What happened?", "lapse").wait("What happened?   lapse")
        terminal.wait_rows(
            [
                " - Restricted stock vested … (code F, Rule 16b-3(e): directors, officers)",
                " - Unvested award forfeited (code D, Rule 16b-3(e): directors, officers)",
                " > A written option expired",
                "   An option held expired or was canceled",
                "   None of these: describe what happened",
            ]
        )
        terminal.type("\x1b[A").wait(" > None of these").type(f"{DOWN}{ENTER}").wait(
            "A written option expired"
        )
        terminal.wait_prompt("Date of expiry:").type(CTRL_C)
        assert terminal.end() == 0


def test_plain_lines_name_what_cannot_be_chosen_and_what_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("lapse\nlent\nvested\n58\n?\n"))
    reply = Plain().choice(asked(TEN_PERCENT))

    said = capsys.readouterr().out
    assert reply is Key.HELP
    assert (
        '> 4 rows have "lapse". Type a number:\n  - Restricted stock vested, shares withheld for tax' in said
    )
    assert '> No event matches "lent".\n  48 None of these: describe what happened\n' in said
    assert (
        '> What has "vested" cannot be chosen:\n  - RSUs vested, shares withheld for tax (or none) (code F,'
        in said
    )
