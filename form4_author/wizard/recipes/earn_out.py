"""Earn-out shares: the right to them at the closing, and the shares when they are issued (event 49).

Three presentations are in practice. On which day the shares are acquired is not settled: the filer says what the facts
are, and the footnote states them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.pay import under_plan
from form4_author.wizard.recipes.shared.approval import approval, code_of_holder, is_holder_only
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2, answered, cells_of, option_cells
from form4_author.wizard.recipes.shared.instead import or_elsewhere
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    price,
    quantity,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import CONVERTIBLES, OPTIONS, asked_again, series_prompt
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import AnswerKind, Proposal
from form4_author.wizard.wording import number_words, us_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.wizard.screen import View

__all__ = ["EARN_OUT"]

_KINDS: Final = (*CONVERTIBLES, *OPTIONS)
_SERIES: Final = series_prompt("Which right?", _KINDS)
_TITLE: Final = "Earn-out Shares"
_MOMENTS: Final = (
    Option("right", "The merger closed, and the right to the shares began"),
    Option("issued", "The shares were issued, or released from escrow"),
    Option("lapsed", "The right lapsed"),
)
_LAPSED: Final = "A right that lapses without payment has no line. On the next form its line is left out."
_LATER: Final = (
    "There is nothing to report now. Choose this event again when the shares are issued, or when "
    "the number is known."
)
_TIMES: Final = (
    Option("later", "When the shares are issued"),
    Option("now", "Now, in Table II"),
)
_UNREPORTED: Final = Option("no", "No: one line of Table I, code J")
_UNDER_J: Final = Option("J", "Yes, under code J: now code C in both tables")
_UNDER_A: Final = Option("A", "Yes, under code A: now code M in both tables")
_AS_OTHER: Final = (Option("J", "J: another acquisition, with a footnote"),)
_is_right: Final = says("what", "right")
_is_issued: Final = says("what", "issued")


def _is_reported(view: View) -> bool:
    """Whether the shares come for a right that an earlier form has."""
    return _is_issued(view) and says("right_reported", "A", "J")(view)


def _is_new(view: View) -> bool:
    """Whether the terms of the right are asked: it begins, or no filing has its line."""
    return _is_right(view) or (_is_reported(view) and asked_again(view, _KINDS))


def _reports(view: View) -> tuple[Option, ...]:
    """M is for directors and officers, and for a right that was reported under A."""
    return (_UNREPORTED, _UNDER_J) if is_holder_only(view) else (_UNREPORTED, _UNDER_A, _UNDER_J)


def _right_words(view: View) -> Proposal | None:
    number, goal, last = (answer_to(view, name) for name in ("quantity", "goal", "expiration"))
    if not number or not goal:
        return None
    by = f" by {us_day(last)}" if last[:4].isdecimal() else ""
    return Proposal(
        f"Right to receive up to {number_words(number)} shares if {goal}{by}, under {answer_to(view, 'under')}."
    )


def _issue_words(view: View) -> Proposal:
    under = f"Issued under {answer_to(view, 'under')}"
    fixed = answer_to(view, "fixed_on")
    return Proposal(
        f"{under}; the right became fixed and irrevocable on {us_day(fixed)}." if fixed else f"{under}."
    )


def _right_code(answers: Mapping[str, str]) -> str:
    return answers.get("code") or ("J" if answers.get("approved") == "no" else "A")


def _issue_code(answers: Mapping[str, str]) -> str:
    return {"A": "M", "J": "C"}.get(answers.get("right_reported", ""), "J")


def _or_words(name: str) -> Worked:
    """A term as the last filing or the filer has it, else the words on the right."""
    return Worked(lambda answers: answers.get(name) or answers.get("right_note", ""))


_STRIKE: Final = Worked(
    lambda answers: answers.get("strike") or answers.get("unit_note") or answers.get("right_note", "")
)
_VESTS: Final = _or_words("exercisable")


def _with_right(answers: Mapping[str, str]) -> bool:
    return answers.get("what") == "issued" and answers.get("right_reported") in ("A", "J")


EARN_OUT: Final = Recipe(
    id="earn_out",
    number=49,
    label="Earn-out shares: the right began, or shares were issued",
    also="earnout earn-outs milestone contingent consideration VWAP trigger price escrow release released closing "
    "adjustment merger received",
    rule="The right, where it depends on the share price alone, has a line of Table II at the closing: code A, which "
    "claims Rule 16b-3(d), or J. Shares issued later have code J in Table I, or M or C in both tables where the right "
    "was reported. Due in two business days (Instruction 8). On which day they are acquired is not settled: ask "
    "counsel.",
    prompts=(
        or_elsewhere(
            "what",
            asked(
                "what",
                "What is happening now?",
                "Column 3 (Table II: 4), Instruction 8. Filings report the right, or the shares when they are issued.",
                kind=AnswerKind.CHOICE,
                options=lambda _view: _MOMENTS,
            ),
            {"lapsed": _LAPSED},
        ),
        replace(
            chosen(
                "price_only",
                "Does the right depend on the share price alone?",
                "Table II, column 1, Rule 16a-1(c), by published practice: a right whose value follows the share price "
                "alone is a derivative security from the closing. A goal such as revenue is different.",
                (Option("yes", "Yes, on the share price"), Option("no", "No, on other goals too")),
            ),
            when=_is_right,
        ),
        replace(
            or_elsewhere(
                "reported_when",
                chosen(
                    "reported_when",
                    "When is it reported?",
                    "Table II, Rule 16a-1(c). Either is in practice; most wait until the shares are issued.",
                    _TIMES,
                ),
                {"later": _LATER},
            ),
            when=lambda view: _is_right(view) and says("price_only", "no")(view),
        ),
        asked(
            "right_reported",
            "Was the right to the shares reported before?",
            "Column 3 (Table II: 4), Instruction 8. A line of Table II on an earlier form ends now.",
            kind=AnswerKind.CHOICE,
            options=_reports,
            propose=lambda _view: Proposal("no"),
            when=_is_issued,
        ),
        approval(_is_right, "A"),
        code_of_holder(lambda _view: _AS_OTHER, _is_right, "A"),
        traded_on(
            "On which day?", "Column 2 (Table II: 3). The closing; of shares the day of issue or release."
        ),
        security("Column 1 (Table II: 7). The class of the earn-out shares: Common Stock."),
        quantity(
            "How many shares?", "Column 4 (Table II: 5 and 7). Of a right the most that can be received."
        ),
        replace(_SERIES, when=lambda view: _is_reported(view) and _SERIES.when(view)),
        asked(
            "option",
            "Title of the right",
            "Table II, column 1, Instruction 4(c)(ii): Earn-out Shares, Right to Receive Earn-out Shares.",
            "security_title",
            TABLE_2,
            propose=lambda _view: Proposal(_TITLE),
            when=_is_new,
        ),
        asked(
            "goal",
            "What must happen? In words that follow if",
            "Table II, columns 2 and 6, for the footnote: the average price reaches $15.00 on 20 of 30 trading days.",
            longest=500,
            when=_is_new,
        ),
        asked(
            "expiration",
            "When does the right end? A date, or words for a footnote",
            "Table II, column 6. The last day on which the shares can be earned.",
            "expiration_date",
            TABLE_2,
            entry=EntryKind.DATE_OR_WORDS,
            when=_is_new,
        ),
        replace(
            price(
                "Value per share, US dollars",
                "Column 4. 0 where nothing is paid; some filings show the value that the merger agreement sets.",
                when=lambda view: _is_issued(view) and not _is_reported(view),
            ),
            propose=lambda _view: Proposal("0"),
        ),
        under_plan("the merger agreement"),
        replace(
            chosen(
                "at_closing",
                "Were number and terms fixed at the closing, with nothing left to the person's choice?",
                "Column 3, a footnote to the code. The footnote states it; whether the closing counts for Section "
                "16(b) is not settled.",
                (Option("no", "No, or not certain"), Option("yes", "Yes")),
            ),
            when=_is_issued,
        ),
        asked(
            "fixed_on",
            "On which day did the right become fixed?",
            "Column 3, for the footnote to the code: the closing of the merger, 12/17/21.",
            "transaction_date",
            entry=EntryKind.DATE,
            when=lambda view: _is_issued(view) and says("at_closing", "yes")(view),
        ),
        *holder(),
        replace(
            required_note(
                "right_note",
                "Footnote on the right",
                "Table II, columns 2 and 6, and column 4 where the code is J, which is described (Instruction 8).",
            ),
            propose=_right_words,
            derived=True,
            when=_is_new,
        ),
        replace(
            required_note(
                "issue_note",
                "Footnote on the shares issued",
                "Column 3, a footnote to the code. Code J is described (Instruction 8).",
            ),
            propose=_issue_words,
            derived=True,
            when=_is_issued,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_2,
            cells=option_cells(Worked(_right_code), "A", exercise_price=_STRIKE, date_exercisable=_VESTS),
            notes={"transaction_code": "right_note"},
            when=answered("what", "right"),
        ),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(Worked(_issue_code), "A", price=Take("price", "0")),
            notes={"transaction_code": "issue_note"},
            when=answered("what", "issued"),
        ),
        RowRecipe(
            table=TABLE_2,
            cells=option_cells(Worked(_issue_code), "D", exercise_price=_STRIKE, date_exercisable=_VESTS),
            when=_with_right,
        ),
    ),
)
