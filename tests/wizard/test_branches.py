"""Every branch of every event: each answer that leads elsewhere on its own, then several at once by chance.

A branch begins at the question where it branches: with the draft as the first interview left it there on disk.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from form4_author.files import draft_file
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wizard import session
from form4_author.wizard.draft import opening
from form4_author.wizard.prompter import Key
from form4_author.wizard.recipes import RECIPES
from form4_author.wizard.screen import AnswerKind
from tests.selection import some
from tests.wizard.pilot import INSIDER, LAST, Pilot
from tests.wizard.replay import desk
from tests.wizard.test_events import above_a_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from form4_author.wizard.screen import Ask

WORDS = "Vests in four equal annual installments beginning with the first anniversary of the grant."
SHEET = "Date\tSide\tQty\tPrice\n10/31/2024\tSell\t100\t10.10\n11/01/2024\tSell\t300\t10.50\n11/01/2024\tSell\t600\t11.60"
FILLS = ("1000", "100@10.10; 300@10.50; 200@12", SHEET, "400\t10.10\n600\t10.95")
ANSWERS: Mapping[str, Sequence[str]] = {
    "date": ("11/1",),
    "vested_on": ("", "11/1"),
    "quantity": ("500", "12.3456"),
    "rights": ("1000",),
    "extra": ("0", "300"),
    "extra_price": ("8.50",),
    "distributed_on": ("10/1/2024",),
    "goal": ("the average price reaches $15.00",),
    "fixed_on": ("10/1/2024",),
    "old_quantity": ("1000",),
    "ratio": ("0.82",),
    "converting": ("Series A Preferred Stock | 1,000 | 1", "Series B Preferred Stock\t400\t1.5\tBy Spouse"),
    "price": ("10.50", "0.00012345"),
    "nature": ("By Spouse",),
    "heir_nature": ("By Trust",),
    "estate_nature": ("By Estate",),
    "reversed_on": ("11/1",),
    "floor": ("40",),
    "cap": ("55",),
    "prepayment": ("36000",),
    "delivered_price": ("42", "Prepaid at signing."),
    "put_strike": ("8",),
    "call_price": ("0", "1.10"),
    "put_price": ("0", "Paid by the call."),
    "pledged_on": ("", "4/27/2017"),
    "vesting": ("", WORDS, "-"),
    "vested": ("1000",),
    "exercisable": ("11/1/2020", WORDS),
    "expiration": ("1/1/2030", "The award does not expire."),
    "strike": ("12.50",),
    "exercised": ("1000",),
    "converted": ("1000",),
    "optioned": ("1000",),
    "new_title": ("Class A Common Stock",),
    "factor": ("1.083", ""),
    "effective": ("", "10/1/2024"),
    "to_nature": ("By Roe Family Trust", "-"),
    "received": ("80",),
    "deemed": ("", "11/4"),
    "spread": ("17.50",),
    "paid": ("1.20",),
    "value": ("40.50",),
    "premium": ("2.35",),
    "held": ("5000",),
    "new": ("2", "21", "1"),
    "new_strike": ("12",),
    "new_quantity": ("500",),
    "new_exercisable": ("11/1/2027",),
    "new_expiration": ("1/1/2031",),
    "old": ("1", "20", "10"),
    "offer": ("", "-"),
    "withheld_note": ("", "-"),
    "sold_note": ("", "-"),
    "before_1": ("5000",),
    "before_2": ("5000",),
    "held_1": ("9000",),
    "held_2": ("9000",),
    "fees": ("30000",),
    "withheld": ("350", "0"),
    "settled": ("1000",),
    "warrants": ("250",),
    "warrant_price": ("0", "0.25"),
    "delivered_shares": ("374",),
    "fraction": ("0.6", "0"),
    "cashed": ("0.6", "120"),
    "cash_price": ("40",),
    "after_1": ("",),
    "after_2": ("",),
}
"""What is answered to a question by its last name; the first where nothing else is meant.

A unit's terms are required as a value or a footnote (Form 4, column 2 of Table II), so that "-" is no answer to them.
"""
FITTING: Mapping[str, Mapping[str, Sequence[str]]] = {
    "bought": {"quantity": tuple(each.replace("Sell", "Buy") for each in FILLS)},
    "converted": {"ratio": (WORDS,)},
    "put_exercised": {"paid_in": ("shares",)},
    "variable_forward": {"unit_note": (WORDS,)},
    "small_purchase": {"quantity": ("900", "12.3456")},
}
"""Answers for one event: a sheet of purchases, and an amount that is small enough (Rule 16a-6: $10,000)."""
OTHERS = {"converted": {"series": "other", "option": "Class B Common Stock", "security": "Common Stock"}}
"""Where no line of the last form is an answer: neither its units nor its options are converted (TXN-036), and no class
is converted into itself."""
ALONE = (
    "died",
    "late_item",
    "reversed",
    "assumed",
    "rights_offering",
    "earn_out",
    "founder_shares",
    "went_public",
    "annuity_trust",
    "award_adjusted",
    "bonus_in_stock",
    "deferred_paid",
    "dividend_equivalents",
    "fees_in_stock",
    "forfeited",
    "from_issuer",
    "granted_units",
    "left",
    "long_ended",
    "own_trust",
    "paid_in_cash",
    "plan_purchases",
    "put_exercised",
    "reclassified",
    "split",
    "status_changed",
)
"""What may need no line, or be something else: a sale stands beside it."""
SALE = ("sold", {"date": "11/1", "quantity": "100", "price": "10", "ownership": "D", "before_1": "5000"})


class Branching(NamedTuple):
    """An interview when a question is put."""

    draft: bytes
    done: int
    """How many events were chosen."""
    now: Mapping[str, str]
    """What is to be answered to the questions of the event that is open."""
    took: Mapping[str, str]
    """What was answered before."""


@dataclass(slots=True)
class Explorer(Pilot):
    """Takes the answer meant, else one by chance, else the proposal or the first; notes what could be answered."""

    meant: Mapping[str, str] = field(default_factory=dict)
    chance: random.Random | None = None
    recipe: str = ""
    could: dict[str, tuple[str, ...]] = field(default_factory=dict)
    took: dict[str, str] = field(default_factory=dict)
    choices: set[str] = field(default_factory=set)
    """The questions that are answered from a list."""
    path: Path | None = None
    there: dict[str, Branching] = field(default_factory=dict)
    """Where a branch from each question begins."""

    def _reply(self, ask: Ask) -> str:
        name = ask.id.rpartition(".")[2]
        if not ask.id.startswith("events[") or name in self.now:
            return Pilot._reply(self, ask)
        self.asks.append(ask)
        if ask.id == "review":
            return Key.LEAVE.value
        fit = self._fit(ask, name)
        if name.startswith("after_") and not ask.proposal:
            return "9000"
        if name not in self.could:
            assert self.path is not None
            if ask.options:
                self.choices.add(name)
            self.could[name] = fit
            self.there[name] = Branching(self.path.read_bytes(), self.done, self.now, dict(self.took))
        meant = self.meant.get(name)
        if meant in fit or (meant and not ask.options and ask.check(meant) is None):
            taken = meant
        elif self.chance is not None:
            taken = self.chance.choice(fit)
        else:
            taken = ask.proposal if ask.options and ask.proposal else fit[0]
        self.took.setdefault(name, str(taken))
        return str(taken)

    def _fit(self, ask: Ask, name: str) -> tuple[str, ...]:
        """The answers that the question takes, of those we have."""
        if ask.options:
            return tuple(o.value for o in ask.options)
        if ask.kind is AnswerKind.CONFIRM:
            return ("yes", "no")
        open_ended = ("",) if ask.proposal or not ask.required else ("Something said in plain words.",)
        known = FITTING.get(self.recipe, {}).get(name) or (
            FILLS if name == "quantity" and "paste" in ask.message else ANSWERS.get(name, open_ended)
        )
        found = tuple(
            a for a in known if (a and ask.check(a) is None) or (not a and (ask.proposal or not ask.required))
        )
        return found or open_ended


def explored(
    folder: Path, recipe: str, meant: Mapping[str, str], chance: random.Random | None, start: Mapping[str, Any],
    answers: Mapping[str, str],
) -> Explorer:  # fmt: skip
    """The interview, played; what it says above a note is an error here."""
    events: list[tuple[str, Mapping[str, str]]] = [(recipe, {}), *([SALE] if recipe in ALONE else [])]
    path = folder / "draft.form4.json"
    pilot = Explorer(
        {"period_of_report": "11/1", **answers}, events, meant=meant, chance=chance, recipe=recipe, path=path
    )
    data = draft_data(
        session.Session(path, draft_of({"form": "4", **start}), pilot, desk(checked=False)).run().draft
    )
    assert above_a_note(data) == [], (recipe, pilot.took)
    return pilot


def branched(folder: Path, first: Explorer, meant: Mapping[str, str]) -> None:
    """The first interview resumed where one answer is another; what it says above a note is an error here."""
    ((name, _),) = meant.items()
    at = first.there[name]
    path = folder / "branch.form4.json"
    path.write_bytes(at.draft)
    pilot = Explorer(
        first.answers, first.events, done=at.done, now=at.now, meant=meant, recipe=first.recipe,
        took=dict(at.took), path=path,
    )  # fmt: skip
    data = draft_data(
        session.Session(path, draft_file.load(path).draft, pilot, desk(checked=False)).run().draft
    )
    assert pilot.took[name] == meant[name]
    assert above_a_note(data) == [], (first.recipe, pilot.took)


def branches(first: Explorer) -> Iterator[dict[str, str]]:
    """Each answer of each question that the first interview did not take."""
    for name, fit in first.could.items():
        for value in fit:
            if value != first.took.get(name):
                yield {name: value}


def begun() -> dict[str, Any]:
    return draft_data(opening.from_filing(filing_from(LAST)[0]))


@pytest.mark.parametrize("kind", some(["choices", "words"], ["choices"]))
@pytest.mark.parametrize("recipe", some([r.id for r in RECIPES], [r.id for r in RECIPES[::3]]))
def test_no_branch_is_above_a_note(recipe: str, kind: str, tmp_path: Path) -> None:
    """Whoever answers sanely gets a form that no check finds fault with, whichever way the questions lead.

    ``choices``: each answer of each list. ``words``: each way to type an answer.
    """
    first = explored(tmp_path, recipe, {}, None, INSIDER, {})
    chance = random.Random(recipe)  # noqa: S311  # which answers, not a secret
    for meant in branches(first):
        if (set(meant) <= first.choices) == (kind == "choices"):
            branched(tmp_path, first, meant)
    explored(tmp_path, recipe, {}, chance, INSIDER, {})


@pytest.mark.long
@pytest.mark.parametrize("recipe", [r.id for r in RECIPES])
def test_nor_is_one_that_goes_on_from_the_last_form(recipe: str, tmp_path: Path) -> None:
    chance = random.Random(recipe)  # noqa: S311  # which answers, not a secret
    explored(tmp_path, recipe, OTHERS.get(recipe, {}), chance, begun(), {})


PLAN = {"aff10b5_one": "yes", "plan.adopted": "3/4/24", "plan.notice": ""}


@pytest.mark.parametrize("recipe", ["bought", "sold", "rsu_sold", "option_sold", "tendered"])
def test_nor_is_one_under_a_plan(recipe: str, tmp_path: Path) -> None:
    explored(tmp_path, recipe, {}, None, INSIDER, PLAN)
