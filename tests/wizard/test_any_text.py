"""Whatever is typed or pasted, at any question, is an answer or is refused in a sentence; no exception is left over."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form4_author.errors import MalformedValue
from form4_author.ident.accession import accession_number
from form4_author.ident.cik import cik_typed
from form4_author.register.card import KINDS
from form4_author.text import amount, amount_typed, day, flag
from form4_author.wire.draft import draft_of
from form4_author.wizard import fill, flow, phrase, review
from form4_author.wizard.entry import EntryKind, day_typed, is_words, read
from form4_author.wizard.option import Option, narrowed
from form4_author.wizard.place import COUNTRY, STATE
from form4_author.wizard.question import answered, ask
from form4_author.wizard.recipes import RECIPES
from form4_author.wizard.screen import AnswerKind, Place, View
from tests.wizard.pilot import LAST
from tests.wizard.test_events import CASES

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.model.draft import Draft

TODAY = date(2024, 11, 4)
LIKELY = "0123456789.,-+/$%@;:\"'()kKmM \t\n\r\\=<>?#*abtnovjuselldUSDGP\u20ac\u00a3\u2212\u00a0\u0663"
WRITTEN = (
    "Nov 18, 2026", "18 November 2024", "2026-11-18", "11/18/26", "-1b", "t", "29 Feb", "0000-00-00", "9999-12-31",
    "1,200", "1.2k", "$120.34", "300+150", "100 @ 12.34", '100, "12.34\n200, 12.5', "Qty\tPrice\n100\t10.1",
    "11/20/2026\tSLD\t100\t10.1", "2026-11-20T09:31:05.123Z\t100\t10.1", 'Oct 6,0; 6,"20;2\n26,N\x9b', "DE", "UK",
    "\u00a34.12", "EUR 4,12", "N/A", "Immediately", "=", "\\q", "0001107843-26-000123", "1107843",
)  # fmt: skip
"""What is near to an answer of some question."""


PROBLEMS = review.problems(draft_of(LAST), ())


def reading(entry: EntryKind) -> Callable[[str], str]:
    """How a question of this kind reads a line."""
    return lambda text: read(entry, text, TODAY)


def changed(text: str, at: int, by: str) -> str:
    """The text with something else in the place of one sign."""
    here = at % (len(text) + 1)
    return text[:here] + by + text[here + 1 :]


TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(LIKELY, max_size=60),
    st.builds(changed, st.sampled_from(WRITTEN), st.integers(0, 60), st.text(LIKELY, max_size=3)),
    st.lists(st.sampled_from(WRITTEN), max_size=4).map("\n".join),
    st.builds(lambda sign, count: sign * count, st.sampled_from('9.k"\t,$-('), st.integers(1, 6000)),
)

COLUMNS = st.one_of(
    st.sampled_from(("shares, price", "date, side, shares, price", "price, -, shares")), TEXTS
)


CONVERTERS = {
    "amount": amount, "amount typed": amount_typed, "day": day, "flag": flag, "cik": cik_typed,
    "accession number": accession_number, "words": is_words, "columns": lambda text: fill.columns(text, TODAY),
    "state": STATE.meant, "country": COUNTRY.meant, "iso": COUNTRY.is_iso,
    "review": lambda text: review.understood(text, ()), "review of one": lambda text: review.understood(text, PROBLEMS),
    "list": lambda text: narrowed((Option("a", "Sold"),), text),
    **{f"{entry.value} of a question": reading(entry) for entry in EntryKind},
    **{f"{kind} {field.name} of a card": field.parse for kind, card in KINDS.items() for field in card.fields},
}  # fmt: skip
"""What reads a typed line, by what it is for."""


def outcome(call: Callable[[], object]) -> str:
    """``taken``, or why not."""
    try:
        call()
    except MalformedValue as refused:
        return refused.problem
    return "taken"


@pytest.mark.long
@pytest.mark.parametrize("what", CONVERTERS)
@settings(max_examples=40)
@given(text=TEXTS)
def test_a_text_is_read_or_refused(what: str, text: str) -> None:
    assert outcome(lambda: CONVERTERS[what](text)) != ""


@settings(max_examples=200)
@given(text=TEXTS, columns=COLUMNS)
def test_pasted_fills_are_read_or_refused(text: str, columns: str) -> None:
    assert outcome(lambda: fill.summary(fill.fills_text(text, columns, TODAY), TODAY.isoformat())) != ""


@given(text=TEXTS, kind=st.sampled_from(("date", "number", "price", "words")))
def test_a_gap_of_a_pattern_shows_any_text(text: str, kind: str) -> None:
    shown = phrase.Slot("gap", kind).words(text)

    assert shown == text or kind != "words"


# ---- every question


def kept(answer: str) -> str:
    """A typed answer as a draft has it."""
    return day_typed(answer, TODAY).isoformat() if re.fullmatch(r"\d+/\d+(/\d+)?", answer) else answer


def busy() -> Draft:
    """A draft in which everything has happened, each event with the answers of its cases."""
    events: list[dict[str, Any]] = [{"recipe": recipe.id} for recipe in RECIPES]
    events += [
        {"recipe": recipe, "answers": {name: kept(answer) for name, answer in answers.items()}}
        for _, recipe, answers, _ in CASES
    ]
    held = {"security_title": "Common Stock", "amount_owned_following": "5000", "ownership_form": "D"}
    carried = [{"table": "non_derivative", "cells": held}]
    abroad = {**LAST["owners"][0], "address": {"non_us": True}}
    return draft_of({
        **LAST, "form": "4/A", "owners": [*LAST["owners"], abroad],
        "interview": {"events": events, "carried": carried, "at": "happened", "foreign_issuer": "yes"},
    })  # fmt: skip


DRAFT = busy()
PLACES = {
    (place.screen.titled(View(DRAFT, place.index)), place.prompt.id): place
    for place in flow.places(DRAFT)
    if place.prompt.kind is AnswerKind.TEXT
}


def put(place: Place, text: str, draft: Draft = DRAFT) -> str:
    """``taken`` or ``refused``: the question gets this line, and what is wrong with it is a sentence."""
    asked = ask(draft, place, TODAY)
    fault = asked.check(text)
    assert isinstance(asked.echo(text), str)
    if fault is None:
        step = answered(draft, place, text, TODAY)
        assert step.draft is not None
        return "taken"
    assert fault.strip()
    return "refused"


@settings(max_examples=200)
@given(text=TEXTS)
def test_the_first_question_takes_or_refuses_any_text(text: str) -> None:
    empty = draft_of({"form": "4"})
    first = flow.first(empty)

    assert first.prompt.entry is EntryKind.WHO
    assert put(first, text, empty) in ("taken", "refused")


def test_questions_of_all_kinds_are_among_those_tried() -> None:
    assert {place.prompt.entry for place in PLACES.values()} == set(EntryKind) - {
        EntryKind.DATE_AHEAD,
        EntryKind.WHO,
    }
    assert len(PLACES) > 200


@pytest.mark.parametrize("part", range(4))
@settings(max_examples=60)
@given(data=st.data())
def test_a_question_takes_a_text_or_says_what_is_wrong(part: int, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(list(PLACES.values())[part::4]))

    assert put(place, data.draw(TEXTS)) in ("taken", "refused")


@pytest.mark.parametrize(
    "text", ['100, "12.34\n200, 12.5', "9" * 5000, "\u00a34.12", "\x1b[D", "\ud800", "=", "-", "0000-00-00"]
)
def test_what_was_a_bug_once_is_taken_or_refused_everywhere(text: str) -> None:
    assert {put(place, text) for place in PLACES.values()} <= {"taken", "refused"}
