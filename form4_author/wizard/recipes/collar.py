"""Collars: a call written and a put bought on the same shares, entered, amended and closed as one pair (event 51).

That both legs cover the same shares, so that they are counted once, is general knowledge.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.right import Right
from form4_author.ledger.title import same_class
from form4_author.wizard.draft.class_change import restated_lines
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS, Recipe, RowRecipe, Source, Take, Worked
from form4_author.wizard.recipes.shared.cell import TABLE_2, answered, option_cells
from form4_author.wizard.recipes.shared.derivative_term import option_terms
from form4_author.wizard.recipes.shared.instead import instead
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    quantity,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import OPTIONS, right_of_line, series_prompt, with_series
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import AnswerKind, Proposal, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from form4_author.model.interview import CarriedLine
    from form4_author.wizard.screen import Answer, Prompt, View, Words

__all__ = ["COLLAR"]

_CALL: Final = "Call Option (obligation to sell)"
_PUT: Final = "Put Option (right to sell)"
_OTHER: Final = "other"
_STATES: Final = (
    Option("entered", "Entered: a call was written and a put bought"),
    Option("amended", "Amended: the old pair ends, and a new pair begins"),
    Option("closed", "Closed before it expired, all or in part"),
    Option("expired", "Expired"),
)
_CONTRACTS: Final = (
    Option("bank", "A contract with a bank, with the swap flag (prints /K)"),
    Option("unflagged", "A contract with a bank, without the flag"),
    Option("listed", "Exchange-traded options, without the flag"),
)
_CLOSINGS: Final = (
    Option("PD", "Call P, put S, both disposed of (D)"),
    Option("PA", "Call P acquired (A), put S disposed of (D)"),
    Option("EJ", "Call E, put J, both disposed of (D): deemed canceled"),
)
_EXPIRED: Final = (
    "The call that expired has a line of code E: its questions follow. A put that expired for no value is not "
    "reportable (Rule 16a-4(d)): the next form leaves it out."
)
_AMENDED: Final = (
    "These two lines are for the pair that ends. The new pair has two lines, too: choose this event again afterwards, "
    "as entered."
)
_is_amended: Final = says("collar", "amended")
_ends: Final = says("collar", "amended", "closed")


def _state(view: View, answer: Answer) -> Step:
    if answer == "expired":
        return instead(view, "written_expired", "date", _EXPIRED)
    words = (_AMENDED,) if answer == "amended" else ()
    return Step(draft=view.with_text(f"{ANSWERS}collar", answer).draft, words=words)


# ---- the pair last reported


def _is_call(line: CarriedLine) -> bool:
    return right_of_line(line) is Right.MUST_SELL


_SERIES: Final = series_prompt("Which collar? It is listed by its call", OPTIONS, _is_call)


def _is_offered(view: View) -> bool:
    return _ends(view) and _SERIES.when(view)


def _unknown(view: View) -> bool:
    """Whether the terms of the pair are to be asked: it is new, or no form has it."""
    return not _is_offered(view) or says("series", _OTHER)(view)


def _put_of(view: View, column: str) -> str:
    """A cell of the only put last reported with the underlying and last day of the call chosen; empty without one."""
    call = with_series(view, {"series": answer_to(view, "series")}) if _is_offered(view) else {}
    found = [
        line.text(column)
        for line in restated_lines(view.draft, view.index)
        if line.table == TABLE_2
        and right_of_line(line) is Right.SELL
        and same_class(line.text("underlying_title"), call.get("underlying", ""))
        and line.text("expiration_date") == call.get("expiration", "")
    ]
    return found[0] if len(found) == 1 else ""


def _proposed_put(column: str, otherwise: str = "") -> Callable[[View], Proposal | None]:
    def propose(view: View) -> Proposal | None:
        words = _put_of(view, column)
        if words:
            return Proposal(words, "as last reported")
        return Proposal(otherwise) if otherwise else None

    return propose


# ---- the questions


def _terms() -> tuple[Prompt, ...]:
    title, strike, exercisable, expiration = option_terms(_CALL, new=True, when=_unknown)[:4]
    return (
        replace(title, message="Title of the call", suggests=lambda _view: (_CALL,)),
        replace(
            strike, message="Exercise price of the call per share, US dollars", help="Table II, column 2."
        ),
        asked(
            "put_title",
            "Title of the put",
            "Table II, column 1, Instruction 4(c)(ii): Put Option (right to sell).",
            "security_title",
            TABLE_2,
            propose=_proposed_put("security_title", _PUT),
        ),
        asked(
            "put_strike",
            "Exercise price of the put per share, US dollars",
            "Table II, column 2. The floor of the collar, below which the put pays.",
            "exercise_price",
            TABLE_2,
            entry=EntryKind.NUMBER,
            propose=_proposed_put("exercise_price"),
        ),
        exercisable,
        replace(expiration, message="Expiration date of both options"),
    )


def _premium(name: str, message: Words) -> Prompt:
    return asked(
        name,
        message,
        "Table II, column 8, Instruction 5: for one share; 0 for a zero-cost collar. Words become a footnote.",
        "price",
        TABLE_2,
        entry=EntryKind.NUMBER_OR_WORDS,
        propose=lambda _view: Proposal("0"),
    )


def _note_words(view: View) -> Proposal:
    if _is_amended(view):
        return Proposal("The put and the call of the collar are deemed canceled by its amendment.")
    if _ends(view):
        return Proposal("The put and the call, entered into as one collar, were ended together.")
    cost = "zero-cost " if answer_to(view, "call_price") == "0" == answer_to(view, "put_price") else ""
    return Proposal(f"The put and the call were entered into as one {cost}collar; only one can be exercised.")


# ---- the rows


def _flag(answers: Mapping[str, str]) -> str:
    return "yes" if answers.get("contract") == "bank" else "no"


def _closing(codes: Mapping[str, str]) -> Worked:
    return Worked(lambda answers: codes[answers.get("closing") or "PD"])


def _leg(
    code: Source, direction: Source, price: str, states: tuple[str, ...], cells: Mapping[str, Source]
) -> RowRecipe:
    return RowRecipe(
        table=TABLE_2,
        cells={**option_cells(code, direction, price=Take(price), equity_swap=Worked(_flag)), **cells},
        notes={"transaction_code": "collar_note", "price": "collar_note"},
        when=answered("collar", *states),
        begins=answered("collar", "entered"),
    )


_ENDS: Final = ("amended", "closed")
_PUT_CELLS: Final[Mapping[str, Source]] = {
    "security_title": Take("put_title"),
    "exercise_price": Take("put_strike"),
}

COLLAR: Final = Recipe(
    id="collar",
    number=51,
    label="Entered, amended or closed a collar",
    also="collars zero-cost costless zero cost put and call hedge hedged hedging protective cap floor bank options "
    "unwind unwound terminated monetize",
    rule="Two lines of Table II, due in two business days: the call written (S) and the put bought (P) (Instructions "
    "4(c)(ii), 8). Closed: P and S. Under Section 16(b) a sale of the shares, counted once, by general knowledge.",
    prompts=(
        asked(
            "collar",
            "Was the collar entered, amended or closed, or did it expire?",
            "Table II, columns 4 and 9. Both options are entered here once, as a pair.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _STATES,
            propose=lambda _view: Proposal("entered"),
            act=_state,
        ),
        traded_on("Date on which it was entered, amended or closed", "Column 3."),
        replace(_SERIES, when=_is_offered, propose=lambda view: Proposal(_SERIES.options(view)[0].value)),
        security("Table II, column 7. The class underlying: Common Stock.", any_title=True),
        quantity("How many shares does it cover?", "Table II, columns 5 and 7. Closed in part: that part."),
        *_terms(),
        chosen(
            "contract",
            "With whom was it entered into?",
            "Table II, column 4, Instruction 8, code K. Filers set the flag for a contract with a bank; not for listed "
            "options.",
            _CONTRACTS,
        ),
        replace(
            chosen(
                "closing",
                "How is the end of the pair shown?",
                "Table II, columns 4 and 5, Instruction 8. Each is in use: P and S for a closing that is paid for, "
                "E and J for a pair that an amendment is deemed to cancel.",
                _CLOSINGS,
            ),
            propose=lambda view: Proposal("EJ" if _is_amended(view) else "PD"),
            when=_ends,
        ),
        _premium(
            "call_price",
            lambda view: f"{'Price' if _ends(view) else 'Premium'} of the call per share, US dollars",
        ),
        _premium(
            "put_price",
            lambda view: f"{'Price' if _ends(view) else 'Premium'} of the put per share, US dollars",
        ),
        *holder(),
        replace(
            required_note(
                "collar_note",
                "Footnote on the collar",
                "Table II, columns 4 and 8, in the Explanation of Responses. It says that both options are one collar; "
                "code J is described (Instruction 8).",
            ),
            propose=_note_words,
            derived=True,
        ),
    ),
    rows=(
        _leg("S", "D", "call_price", ("entered",), {}),
        _leg("P", "A", "put_price", ("entered",), _PUT_CELLS),
        _leg(
            _closing({"PD": "P", "PA": "P", "EJ": "E"}),
            _closing({"PD": "D", "PA": "A", "EJ": "D"}),
            "call_price",
            _ENDS,
            {},
        ),
        _leg(_closing({"PD": "S", "PA": "S", "EJ": "J"}), "D", "put_price", _ENDS, _PUT_CELLS),
    ),
)
