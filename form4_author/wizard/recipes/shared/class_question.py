"""Questions about what happens to a class: when, at which ratio, and whether its lines become what the card lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import Fractions, has_fraction
from form4_author.text import amount, amount_text
from form4_author.wizard.draft.class_change import MOST
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2
from form4_author.wizard.recipes.shared.class_line import (
    LineChange,
    awards,
    change_words,
    changes,
    lines_before,
    rate_of,
    recorded_lines,
)
from form4_author.wizard.recipes.shared.question import asked
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import AnswerKind, Prompt, Proposal, View

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["applied", "effective", "fractions", "ratio", "shown_awards"]

_TOTAL: Final = "amount_owned_following"


def effective(what: str) -> Prompt:
    """The first day on which the shares were the new ones."""
    return asked(
        "effective",
        f"Effective date of the {what}",
        "Rule 16a-9. The first day on which it had effect. Transactions of this form dated before it are in old "
        "shares; the footnote "
        "states it. Enter alone leaves it out.",
        entry=EntryKind.DATE,
        required=False,
        when=lambda view: bool(lines_before(view)),
    )


def ratio(new: str, old: str) -> tuple[Prompt, Prompt]:
    """How many shares a holder had afterwards, for how many before; the words give an example of each."""
    return (
        asked(
            "new",
            "How many shares did a holder have afterwards …",
            f"Rule 16a-9: {new}",
            entry=EntryKind.NUMBER,
            fault=_is_zero,
            when=_asks_ratio,
        ),
        asked(
            "old",
            "… for how many before?",
            f"Rule 16a-9: {old}; 10 in a reverse split of 1 for 10; 20 for a stock dividend of 5% (21 for 20).",
            entry=EntryKind.NUMBER,
            propose=lambda _view: Proposal("1"),
            fault=_is_zero,
            when=_asks_ratio,
        ),
    )


def _is_zero(_view: View, typed: str) -> str | None:
    return None if amount(typed) else "Zero can't be: type 1 or more"


def _asks_ratio(view: View) -> bool:
    return answer_to(view, "what") != "name"


def fractions(has: Callable[[View], bool] = lambda _view: False) -> Prompt:
    """What became of fractions, where a line has one; ``has``: whether a line has that the event asks for."""

    def applies(view: View) -> bool:
        rate = rate_of(view)
        recorded = recorded_lines(view)
        totals = [
            total
            for number, line, total in lines_before(view)
            if line.table == TABLE_1 and number not in recorded
        ]
        return rate is not None and (any(has_fraction(total, *rate) for total in totals) or has(view))

    return asked(
        "fractions",
        "What became of fractions of a share?",
        "Column 5. Cash for a fraction needs no line (Rule 16a-9); the footnote says so. Awards are rounded down to "
        "whole shares, unless fractions are still held.",
        kind=AnswerKind.CHOICE,
        options=lambda _view: (
            Option(Fractions.CASH.value, "Paid in cash"),
            Option(Fractions.UP.value, "Rounded up to a whole share"),
            Option(Fractions.HELD.value, "Still held, in book entry"),
        ),
        propose=lambda _view: Proposal(Fractions.CASH.value),
        when=applies,
    )


def applied(message: str) -> tuple[Prompt, ...]:
    """Whether the lines become what the card lists; else each is asked."""
    return (
        asked(
            "apply",
            message,
            "Column 5 (Table II: 2 and 9). The lines are listed above, before and after. Each can be changed: "
            "choose that, and Enter keeps a number "
            "as listed.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: (
                Option("yes", "As listed above"),
                Option("no", "Otherwise: each line is asked"),
            ),
            propose=lambda view: Proposal("yes" if _is_worked_out(view) else "no"),
            when=lambda view: any(not each.recorded for each in changes(view)),
        ),
        *(prompt for number in range(1, MOST + 1) for prompt in _line_prompts(number)),
    )


def _is_worked_out(view: View) -> bool:
    """Whether an answer says how the lines change, so that they need not be asked one by one."""
    return view.text("interview.events[{i}].recipe") != "award_adjusted" or bool(answer_to(view, "factor"))


def _change(view: View, number: int) -> LineChange | None:
    """The n-th line, where each is asked."""
    if answer_to(view, "apply") != "no":
        return None
    return next((each for each in changes(view) if each.number == number and not each.recorded), None)


def _line_prompts(number: int) -> tuple[Prompt, Prompt]:
    def named(view: View, question: str) -> str:
        each = _change(view, number)
        return f"{change_words(each)}. {question}" if each else question

    def proposal(view: View, column: str) -> Proposal | None:
        each = _change(view, number)
        if each is None:
            return None
        return Proposal(amount_text(each.total) if column == _TOTAL else each.after.text(column))

    def priced(view: View) -> bool:
        each = _change(view, number)
        return each is not None and bool(each.line.text("exercise_price"))

    return (
        asked(
            f"number_{number}",
            lambda view: named(view, "How many after it?"),
            "Column 5 (Table II: 9), Instruction 4(a)(i). What this line holds afterwards.",
            "amount",
            entry=EntryKind.NUMBER,
            propose=lambda view: proposal(view, _TOTAL),
            derived=True,
            when=lambda view: _change(view, number) is not None,
        ),
        asked(
            f"strike_{number}",
            lambda view: named(view, "Exercise price after it?"),
            "Table II, column 2. The exercise price per share afterwards.",
            "exercise_price",
            TABLE_2,
            entry=EntryKind.NUMBER,
            propose=lambda view: proposal(view, "exercise_price"),
            derived=True,
            when=priced,
        ),
    )


def shown_awards(as_lines: Callable[[View], bool] = lambda _view: False) -> Prompt:
    """Whether the awards are listed in Table II with their new terms; ``as_lines``: whether each may be two lines."""
    holdings = Option("yes", "As holdings, with the footnote")
    lines = Option("lines", "As two lines each, out of the old class and into the new")
    return asked(
        "awards",
        "List the awards in Table II with their new terms?",
        "Table II, columns 2 and 9. Nothing requires it where no award was traded; the next form can then begin "
        "with the new numbers.",
        kind=AnswerKind.CHOICE,
        options=lambda view: (
            holdings,
            *((lines,) if as_lines(view) else ()),
            Option("no", "Not on this form"),
        ),
        propose=lambda _view: Proposal("yes"),
        when=lambda view: bool(awards(view)),
    )
