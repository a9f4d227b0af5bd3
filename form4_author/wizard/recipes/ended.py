"""An option, warrant or right that ended (30), or was exchanged or repriced (55).

Sources: Instruction 8, codes D and H; Rule 16a-4(d), whose text is general knowledge here, for what ends without value.
That a material change of terms is the end of one option and the grant of another is general knowledge.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.right import Right
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS, Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.shared.approval import approval, code_of_holder
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2, answered, cells_of, option_cells
from form4_author.wizard.recipes.shared.derivative_term import option_terms
from form4_author.wizard.recipes.shared.direction import all_but
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    offered,
    put_since,
    quantity,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import with_series
from form4_author.wizard.recipes.shared.wording import answer_to, unit_words
from form4_author.wizard.screen import Answer, AnswerKind, Proposal, Step, View
from form4_author.wizard.wording import money_words, us_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from form4_author.wizard.screen import Prompt

__all__ = ["EXCHANGED", "LONG_ENDED"]

_NOT_WRITTEN: Final = all_but(
    Right.MUST_BUY,
    Right.MUST_SELL,
    instead="A written option expired, or Bought or sold an exchange-traded option",
)

# ---- 30: an option held that ended

_BY: Final = (
    Option("issuer", "The issuer canceled it"),
    Option("exchanged", "It was exchanged for another award of the issuer"),
    Option("counterparty", "The counterparty or writer paid it out"),
)
_BY_ISSUER: Final = ("issuer", "exchanged")
_CODES: Final[Mapping[str, tuple[Option, ...]]] = {
    "issuer": (Option("H", "H: canceled for value"),),
    "exchanged": (Option("J", "J: exchanged, with a footnote"),),
}
_THE_OTHER: Final = (
    "This line is for the award given up. The new award has a line too: choose its grant next, or take this back and "
    "choose Option exchanged or repriced, which has both lines."
)
_for_value: Final = says("value", "yes")


def _code(answers: Mapping[str, str]) -> str:
    """D for what the issuer ends with approval; else H, and J for an exchange. Of a holder it was asked."""
    by = answers.get("by", "")
    if by not in _BY_ISSUER:
        return "H"
    unapproved = {"issuer": "H", "exchanged": "J"}[by]
    return answers.get("code") or (unapproved if answers.get("approved") == "no" else "D")


def _by_issuer(view: View) -> bool:
    return _for_value(view) and answer_to(view, "by") in _BY_ISSUER


def _end(view: View, answer: Answer) -> Step:
    words = (_THE_OTHER,) if answer == "exchanged" else ()
    return Step(draft=view.with_text(f"{ANSWERS}by", answer).draft, words=words)


LONG_ENDED: Final = Recipe(
    id="long_ended",
    number=30,
    label="An option held expired or was canceled",
    also="options canceled cancellation lapsed lapse expire expires expiration worthless terminated "
    "termination underwater surrendered surrender unexercised forfeited warrant put call right rights "
    "exchange-traded bought out cash-out paid",
    rule="For value: one line of Table II, due in two business days: code D where the issuer ends it, which claims "
    "Rule 16b-3(e), code H where a counterparty does (Instruction 8). For no value: nothing to report, and no line "
    "(Rule 16a-4(d)); the next form just leaves it out.",
    prompts=(
        chosen(
            "value",
            "Did the person get anything for it?",
            "An option that expires or is canceled for no value is not reportable (Rule 16a-4(d)).",
            (Option("yes", "Yes: money or other value"), Option("no", "No: nothing is reported")),
        ),
        asked(
            "by",
            "By whom was it ended?",
            "Table II, column 4, Instruction 8. To the issuer it is code D, which claims Rule 16b-3(e); code H counts "
            "as a sale under Section 16(b). One that was sold: Bought or sold an exchange-traded option.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _BY,
            act=_end,
            when=lambda view: _for_value(view) and put_since("by")(view),
        ),
        approval(_by_issuer),
        code_of_holder(lambda view: _CODES[answer_to(view, "by")], _by_issuer),
        traded_on("Date", "Column 3.", when=_for_value),
        security("Column 7. The class underlying: Common Stock.", any_title=True, when=_for_value),
        quantity("How many shares did it cover?", "Columns 5 and 7.", when=_for_value),
        asked(
            "paid",
            "Value received per share, US dollars",
            "Column 8, Instruction 5. Of an award exchanged for another 0, with a footnote.",
            "price",
            TABLE_2,
            entry=EntryKind.NUMBER,
            when=_for_value,
        ),
        offered(
            "ended",
            "Footnote on the value",
            "Column 4 of Table II, a footnote to the code, in the Explanation of Responses. By custom: who paid what, "
            "and why. Code J is described (Instruction 8).",
            when=_for_value,
        ),
        *option_terms(when=_for_value, of=_NOT_WRITTEN),
    ),
    rows=(
        RowRecipe(
            table=TABLE_2,
            cells=option_cells(Worked(_code), "D", price=Take("paid"), ownership_form="D"),
            notes={"transaction_code": "ended"},
            when=answered("value", "yes"),
        ),
    ),
)

# ---- 55: exchanged or repriced

_CHANGED: Final = (
    Option("price", "A lower exercise price"),
    Option("term", "A longer term, or other terms"),
    Option("award", "Exchanged for new options, units or shares"),
)
_RECEIVED: Final = (
    Option("option", "Options or warrants"),
    Option("units", "Restricted stock units or the like, in Table II"),
    Option("stock", "Shares, or units reported as stock, in Table I"),
)
_is_stock: Final = says("received", "stock")
_is_units: Final = says("received", "units")


def _is_option(view: View) -> bool:
    return not _is_stock(view) and not _is_units(view)


def _exchange_code(letter: str) -> Worked:
    """D and A with approval; J both ways without it, and for a holder."""

    def code(answers: Mapping[str, str]) -> str:
        claimed = answers.get("code", "D") == "D" and answers.get("approved") != "no"
        return letter if claimed else "J"

    return Worked(code)


def _before(view: View, name: str) -> str:
    """A term of the award given up, as chosen or typed."""
    names = ("series", "option", "strike", "exercisable", "expiration")
    return with_series(view, {each: answer_to(view, each) for each in names}).get(name, "")


def _as_before(name: str, *changes: str) -> Callable[[View], Proposal | None]:
    """The same term of the award given up, where something else changed."""

    def propose(view: View) -> Proposal | None:
        words = _before(view, name)
        stays = answer_to(view, "changed") in changes and _is_option(view)
        return Proposal(words, "as it was") if words and stays else None

    return propose


def _new_title(view: View) -> Proposal:
    if _is_units(view):
        return Proposal("Restricted Stock Units")
    return Proposal(_before(view, "option") or "Stock Option (Right to Buy)")


def _exchange_words(view: View) -> Proposal:
    day = us_day(answer_to(view, "date"))
    if says("changed", "award")(view):
        return Proposal(f"Exchanged on {day} for the award that is reported as acquired; no cash was paid.")
    old, new = _before(view, "strike"), answer_to(view, "new_strike")
    reduced = (
        f" to reduce the exercise price from {money_words(old)} to {money_words(new)}" if old and new else ""
    )
    what = reduced if says("changed", "price")(view) else ""
    return Proposal(
        f"Amended on {day}{what}, reported as the cancellation of the old option and the grant of a new one; no cash "
        "was paid."
    )


def _new_terms() -> tuple[Prompt, ...]:
    """Title, price and dates of the award received, in Table II."""
    option, strike, exercisable, expiration = option_terms(new=True)

    def renamed(prompt: Prompt, message: str, when: Callable[[View], bool]) -> Prompt:
        name = f"new_{prompt.id.rpartition('.')[2]}"
        return replace(
            prompt, id=f"events[{{i}}].{name}", path=f"{ANSWERS}{name}", message=message, when=when
        )

    def in_table_2(view: View) -> bool:
        return not _is_stock(view)

    return (
        replace(renamed(option, "Title of the new award", in_table_2), propose=_new_title, derived=True),
        renamed(strike, "Exercise price of the new award per share, US dollars", _is_option),
        replace(
            required_note(
                "new_note",
                "Footnote instead of an exercise price",
                "Table II, column 2. Units need no payment: a footnote fills the box, which may not be empty.",
            ),
            propose=lambda view: unit_words(answer_to(view, "new_option"))(view),
            when=_is_units,
        ),
        replace(
            renamed(exercisable, "When can the new award be exercised, or when does it vest?", in_table_2),
            propose=_as_before("exercisable", "price"),
        ),
        replace(
            renamed(expiration, "When does the new award expire?", in_table_2),
            propose=_as_before("expiration", "price"),
        ),
    )


_NEW_CELLS: Final = option_cells(
    _exchange_code("A"),
    "A",
    "new_quantity",
    security_title=Take("new_option"),
    exercise_price=Worked(lambda answers: answers.get("new_strike") or answers.get("new_note", "")),
    date_exercisable=Take("new_exercisable"),
    expiration_date=Take("new_expiration"),
)

EXCHANGED: Final = Recipe(
    id="exchanged",
    number=55,
    label="Option exchanged or repriced",
    also="options repriced reprice repricing exchange program exchanging cancel cancelled canceled and regrant "
    "regranted underwater replacement replaced amended amendment extended extension exchange offer modified warrant "
    "award lower exercise price longer term",
    rule="Two lines, due in two business days: the award given up, code D (D) at 0, and the new one, code A (A) at 0, "
    "which claim Rule 16b-3(d) and (e); of a 10% holder, or without approval, code J both ways (Instruction 8). An "
    "adjustment that the plan requires, as for a spin-off, is a different event: Awards adjusted.",
    prompts=(
        chosen(
            "changed",
            "What changed?",
            "Table II, column 2, Instruction 8. A material change of terms is reported as the end of one option and "
            "the grant of another, by general knowledge.",
            _CHANGED,
        ),
        traded_on("Date on which it became binding", "Column 3."),
        approval(),
        code_of_holder(lambda _view: (Option("J", "J: exchanged, with a footnote"),)),
        security("Column 7. The class underlying: Common Stock."),
        quantity("How many shares did the award given up cover?", "Table II, columns 5 and 7."),
        *option_terms(of=_NOT_WRITTEN),
        replace(
            chosen(
                "received",
                "What was received?",
                "Instruction 4(c): options and units are in Table II, shares in Table I.",
                _RECEIVED,
            ),
            when=says("changed", "award"),
        ),
        asked(
            "new_quantity",
            "How many shares does the new award cover?",
            "Table II, columns 5 and 7 (Table I: column 4).",
            "amount",
            entry=EntryKind.NUMBER,
            propose=lambda view: (
                Proposal(same, "as before")
                if not says("changed", "award")(view) and (same := answer_to(view, "quantity"))
                else None
            ),
        ),
        *_new_terms(),
        *holder(),
        replace(
            required_note(
                "exchanged",
                "Footnote on the exchange",
                "Column 4 of Table II, a footnote to both codes, in the Explanation of Responses. Code J is described "
                "(Instruction 8).",
            ),
            propose=_exchange_words,
            derived=True,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_2,
            cells=option_cells(_exchange_code("D"), "D"),
            notes={"transaction_code": "exchanged"},
        ),
        RowRecipe(
            table=TABLE_2,
            cells=_NEW_CELLS,
            notes={"transaction_code": "exchanged"},
            when=lambda answers: answers.get("received") != "stock",
        ),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(_exchange_code("A"), "A", amount=Take("new_quantity"), price="0"),
            notes={"transaction_code": "exchanged"},
            when=answered("received", "stock"),
        ),
    ),
)
