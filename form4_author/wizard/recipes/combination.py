"""Company combinations: awards that an acquirer takes over (41), earn-out shares (49), SPAC founder shares (53).

Sources: Instruction 8, codes A, C, D, J and M; Rules 16b-3(d) and (e) and 16b-6(b). On which day earn-out shares are
acquired, and which presentation of them is right, is not settled: the interview asks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import Fractions, adjusted_price, split_whole
from form4_author.text import amount, amount_text
from form4_author.wizard.draft import row_value
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import Recipe, RowRecipe, Worked
from form4_author.wizard.recipes.shared.approval import approval, code_of_holder
from form4_author.wizard.recipes.shared.cell import TABLE_1, cells_of
from form4_author.wizard.recipes.shared.class_line import on_day
from form4_author.wizard.recipes.shared.elsewhere import or_elsewhere
from form4_author.wizard.recipes.shared.question import (
    asked,
    holder,
    quantity,
    required_note,
    says,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import is_unit_title
from form4_author.wizard.recipes.shared.table_choice import in_either, security_of_either, terms_of_either
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import AnswerKind, Proposal
from form4_author.wizard.wording import number_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.wizard.screen import Prompt, View

__all__ = ["ASSUMED"]


def _one_of(name: str, message: str, about: str, options: tuple[Option, ...]) -> Prompt:
    """One of a few facts, of which none is proposed."""
    return asked(name, message, about, kind=AnswerKind.CHOICE, options=lambda _view: options)


# ---- 41: an award assumed or converted in a merger

_COMPANIES: Final = (
    Option("ended", "The company whose award ended"),
    Option("owes", "The company that now owes the award"),
)
_INSIDERS: Final = (
    Option("yes", "Yes"),
    Option("no", "No: the person became an insider at the closing, or later"),
)
_ON_FORM_3: Final = (
    "Awards that the person held on becoming an insider are holdings of the Form 3, due in ten days (Rule 16a-3(a)). "
    "They have no line here."
)
_AS_OTHER: Final = (Option("J", "J: converted in the merger, with a footnote"),)
_has_ended: Final = says("company", "ended")
_is_owed: Final = says("company", "owes")


def _assumed_code(answers: Mapping[str, str]) -> str:
    letter = "A" if answers.get("company") == "owes" else "D"
    return answers.get("code") or ("J" if answers.get("approved") == "no" else letter)


def _converted_number(view: View) -> Proposal | None:
    """The old number times the ratio, in whole shares."""
    old, rate = (row_value.number(answer_to(view, name)) for name in ("old_quantity", "ratio"))
    if not _is_owed(view) or not old or not rate:
        return None
    whole = split_whole(old, rate, amount("1"), Fractions.CASH)
    return Proposal(amount_text(whole), "the old number times the ratio, rounded down")


def _converted_strike(view: View) -> Proposal | None:
    """The old exercise price over the ratio, to the cent."""
    old, rate = (row_value.number(answer_to(view, name)) for name in ("old_strike", "ratio"))
    if not _is_owed(view) or not old or not rate:
        return None
    return Proposal(amount_text(adjusted_price(old, rate)), "the old price over the ratio, to the cent")


def _replaced(view: View) -> Proposal:
    if _is_owed(view):
        return Proposal("an award of the acquired company")
    return Proposal("an award on stock of the acquirer, on the same terms")


def _assumed_words(view: View) -> Proposal | None:
    what = answer_to(view, "replaced")
    if not what:
        return None
    at = f"At the effective time of the merger{on_day(view, 'date')}"
    if _has_ended(view):
        return Proposal(f"{at}, the award was converted into {what}.")
    old, rate = answer_to(view, "old_quantity"), answer_to(view, "ratio")
    return Proposal(
        f"{at}, the award was received in exchange for {what} on {number_words(old)} shares, on the same terms, at an "
        f"exchange ratio of {rate}."
    )


def _terms_of_award() -> tuple[Prompt, ...]:
    """The terms of the award in Table II; the exercise price of a new one is worked out."""
    return tuple(
        replace(prompt, propose=_converted_strike, derived=True) if prompt.id.endswith(".strike") else prompt
        for prompt in terms_of_either()
    )


ASSUMED: Final = Recipe(
    id="assumed",
    number=41,
    label="Award assumed or converted in a merger",
    also="assumption rolled over rollover option converted award exchange ratio substitute award substituted "
    "replacement units RSU PSU options merger merged acquirer target acquisition business combination",
    rule="One line, due in two business days. On the form of the company whose award ended, code D (D) at 0, which "
    "claims Rule 16b-3(e); on that of the company that owes it now, code A (A) at 0, which claims Rule 16b-3(d). Of a "
    "10% holder, or without approval, code J (Instruction 8). Each company has its own form.",
    prompts=(
        _one_of(
            "company",
            "Which company is this form about?",
            "Box 2: the issuer named there. A form is about one issuer; the award at the other company goes on a "
            "different form.",
            _COMPANIES,
        ),
        replace(
            or_elsewhere(
                "insider",
                _one_of(
                    "insider",
                    "Was the person already an insider of it when the merger closed?",
                    "Rule 16a-3(a). Who becomes one at the closing lists the awards on Form 3.",
                    _INSIDERS,
                ),
                {"no": _ON_FORM_3},
            ),
            when=_is_owed,
        ),
        approval(_has_ended),
        approval(_is_owed, "A"),
        code_of_holder(lambda _view: _AS_OTHER, _has_ended),
        code_of_holder(lambda _view: _AS_OTHER, _is_owed, "A"),
        traded_on("Date on which the merger closed", "Column 2 (Table II: 3). The effective time."),
        *security_of_either(
            "Column 1. The award's title: Restricted Stock Units, Stock Option (Right to Buy)."
        ),
        asked(
            "old_quantity",
            "How many shares did the old award cover?",
            "Column 4 (Table II: 5), a footnote to the code. At the acquired company: 1,000.",
            "amount",
            entry=EntryKind.NUMBER,
            when=_is_owed,
        ),
        asked(
            "ratio",
            "What is the exchange ratio of awards?",
            "Column 4 (Table II: 5), a footnote to the code. Shares for each old share, by the merger "
            "agreement: 0.82.",
            "amount",
            entry=EntryKind.NUMBER,
            when=_is_owed,
        ),
        asked(
            "old_strike",
            "Exercise price of the old option per share, US dollars",
            "Table II, column 2, from which the new price is proposed. Enter alone: the new price is typed.",
            "exercise_price",
            "derivative",
            entry=EntryKind.NUMBER,
            required=False,
            when=lambda view: _is_owed(view) and not is_unit_title(answer_to(view, "security")),
        ),
        quantity(
            lambda view: (
                "How many shares does the new award cover?"
                if _is_owed(view)
                else "How many shares did the award that ended cover?"
            ),
            "Column 4 (Table II: 5 and 7). Of an award with performance goals the number fixed at the closing. The "
            "merger agreement says how fractions are rounded.",
            propose=_converted_number,
        ),
        *_terms_of_award(),
        *holder(),
        asked(
            "replaced",
            lambda view: "Which award did it replace?" if _is_owed(view) else "What replaced the award?",
            "Column 3 (Table II: 4), a footnote to the code: an award on 820 restricted stock units of the acquirer.",
            longest=300,
            propose=_replaced,
        ),
        replace(
            required_note(
                "assumed_note",
                "Footnote on the conversion",
                "Column 3 (Table II: 4), a footnote to the code. No value is reported where nothing was paid.",
            ),
            propose=_assumed_words,
            derived=True,
        ),
    ),
    rows=in_either(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(
                Worked(_assumed_code),
                Worked(lambda answers: "A" if answers.get("company") == "owes" else "D"),
                price="0",
            ),
            notes={"transaction_code": "assumed_note"},
        )
    ),
)
