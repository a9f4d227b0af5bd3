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
from form4_author.wizard.recipe import Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.pay import under_plan
from form4_author.wizard.recipes.shared.approval import approval, code_of_holder
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2, answered, cells_of, option_cells
from form4_author.wizard.recipes.shared.class_line import on_day
from form4_author.wizard.recipes.shared.instead import or_elsewhere
from form4_author.wizard.recipes.shared.question import (
    asked,
    holder,
    quantity,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import (
    CONVERTIBLES,
    asked_again,
    is_unit_title,
    series_prompt,
    titled,
    with_series,
)
from form4_author.wizard.recipes.shared.table_choice import in_either, security_of_either, terms_of_either
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import AnswerKind, Proposal
from form4_author.wizard.wording import number_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.wizard.screen import Prompt, View

__all__ = ["ASSUMED", "FOUNDER_SHARES"]


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

# ---- 53: founder shares of a SPAC

_FOUNDER: Final = "Class B Common Stock"
_FOUNDER_EVENTS: Final = (
    Option("forfeited", "Founder shares were forfeited or surrendered for nothing"),
    Option("converted", "Founder shares converted at the business combination"),
    Option("bought", "Units or warrants were bought at the IPO, or a loan became warrants"),
    Option("distributed", "The sponsor distributed shares to its members"),
    Option("redeemed", "Public shares were redeemed, or the SPAC was liquidated"),
    Option("transferred", "Founder shares were transferred or sold to another holder"),
)
_FOUNDER_ELSEWHERE: Final = {
    "bought": "What is bought from the issuer has code P, or A. Choose that event: Bought from the issuer or in an "
    "offering.",
    "distributed": "Choose that event: A fund distributed shares in kind to its partners.",
    "redeemed": "What the issuer redeems is reported as taken back by it. Choose that event: Sold back to the issuer.",
    "transferred": "Choose what it was: Sold on the market or privately, Gave shares away as a gift or donation, or "
    "Something else.",
}
_is_forfeited: Final = says("what", "forfeited")
_is_converted: Final = says("what", "converted")
_SURRENDERED: Final = (Option("J", "J: surrendered for nothing, with a footnote"),)


def _new_founder(view: View) -> bool:
    return asked_again(view, CONVERTIBLES)


def _without_terms(view: View) -> bool:
    """Whether no filing says at what price, when and until when the shares convert."""
    known = with_series(view, {"series": answer_to(view, "series")})
    return not (
        (known.get("strike") or known.get("unit_note"))
        and known.get("exercisable")
        and known.get("expiration")
    )


def _founder_terms(view: View) -> Proposal | None:
    title = with_series(view, {"series": answer_to(view, "series")}).get("option") or answer_to(
        view, "option"
    )
    into = answer_to(view, "security")
    if not title or not into:
        return None
    same = answer_to(view, "converted") == answer_to(view, "quantity")
    rate = "one for one" if same else "at the ratio that the charter sets"
    return Proposal(
        f"{title} is convertible into {into} {rate} at the business combination and has no expiration date."
    )


def _surrender_words(view: View) -> Proposal:
    return Proposal(f"Surrendered to the issuer for no consideration under {answer_to(view, 'under')}.")


def _surrender_code(answers: Mapping[str, str]) -> str:
    return answers.get("code") or ("J" if answers.get("approved") == "no" else "D")


def _founder_cells(code: Worked | str) -> Mapping[str, str | Take | Worked]:
    def or_terms(*names: str) -> Worked:
        return Worked(lambda answers: next((answers[n] for n in (*names, "terms") if answers.get(n)), ""))

    return option_cells(
        code,
        "D",
        "converted",
        exercise_price=or_terms("strike", "unit_note"),
        date_exercisable=or_terms("exercisable"),
        expiration_date=or_terms("expiration"),
        underlying_amount=Take("quantity"),
    )


FOUNDER_SHARES: Final = Recipe(
    id="founder_shares",
    number=53,
    label="SPAC founder shares forfeited or converted",
    also="sponsor class B private placement warrants trust account de-SPAC business combination forfeited surrendered "
    "liquidation liquidated working capital loan redemption acquisition company blank check",
    rule="Forfeited for nothing: a line of Table II, code D at 0, which claims Rule 16b-3(e); of a 10% holder code J. "
    "Converted: code C in Table II (D) and Table I (A) at 0 (Instruction 8; Rule 16b-6(b)). Private warrants that do "
    "not change have no line: a footnote names the new class under them.",
    prompts=(
        or_elsewhere(
            "what",
            _one_of(
                "what",
                "What happened?",
                "Column 3 (Table II: 4), Instruction 8. Founder shares are in Table II while they convert. Choose this "
                "event again where some were forfeited and the others converted.",
                _FOUNDER_EVENTS,
            ),
            _FOUNDER_ELSEWHERE,
        ),
        approval(_is_forfeited),
        code_of_holder(lambda _view: _SURRENDERED, _is_forfeited),
        traded_on("On which day?", "Column 3. Of a conversion the closing of the business combination."),
        series_prompt("Which founder shares?", CONVERTIBLES),
        asked(
            "option",
            "Title of the founder shares",
            "Table II, column 1, as earlier forms spell it: Class B Common Stock, Class B Ordinary Shares.",
            "security_title",
            TABLE_2,
            propose=titled(_FOUNDER, kinds=CONVERTIBLES),
            when=_new_founder,
        ),
        asked(
            "converted",
            lambda view: (
                "How many founder shares were forfeited?"
                if _is_forfeited(view)
                else "How many founder shares converted?"
            ),
            "Table II, column 5: 12,500.",
            "amount",
            TABLE_2,
            entry=EntryKind.NUMBER,
        ),
        replace(
            security(
                "Column 1, and column 7 of Table II. The class into which they convert: Class A Common Stock."
            ),
            propose=lambda _view: Proposal("Class A Common Stock"),
        ),
        quantity(
            "Into how many shares of it do these convert?",
            "Column 4, and column 7 of Table II. As many, where they convert one for one.",
            propose=lambda view: (
                Proposal(text, "one for one") if (text := answer_to(view, "converted")) else None
            ),
        ),
        replace(
            required_note(
                "terms",
                "Footnote instead of a conversion price and dates",
                "Table II, columns 2 and 6, Instruction 4(c): at what ratio and when they convert, and that they do "
                "not expire.",
            ),
            propose=_founder_terms,
            derived=True,
            when=_without_terms,
        ),
        *holder(),
        replace(under_plan("the letter agreement with the sponsor"), when=_is_forfeited),
        replace(
            required_note(
                "surrendered",
                "Footnote on the surrender",
                "Table II, column 4, a footnote to the code. Code J is described (Instruction 8).",
            ),
            propose=_surrender_words,
            derived=True,
            when=_is_forfeited,
        ),
    ),
    rows=(
        RowRecipe(table=TABLE_1, cells=cells_of("C", "A", price="0"), when=answered("what", "converted")),
        RowRecipe(table=TABLE_2, cells=_founder_cells("C"), when=answered("what", "converted")),
        RowRecipe(
            table=TABLE_2,
            cells=_founder_cells(Worked(_surrender_code)),
            notes={"transaction_code": "surrendered"},
            when=answered("what", "forfeited"),
        ),
    ),
)
