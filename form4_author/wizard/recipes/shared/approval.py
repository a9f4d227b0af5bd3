"""Who may use a code that claims Rule 16b-3, and whether a dealing with the issuer was approved in advance.

Rule 16b-3 is for directors and officers. A holder of ten percent who claims to be a director by deputization may use
its codes; whether a court agrees depends on the case. The conditions of Rule 16b-3(d) and (e) are general knowledge
here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS
from form4_author.wizard.recipes.shared.question import asked, put_since
from form4_author.wizard.screen import AnswerKind, Proposal, Step, View, always

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.wizard.screen import Answer, Prompt

__all__ = ["approval", "code_of_holder", "is_holder_only"]

_APPROVED: Final = (
    Option("unknown", "Not known yet"),
    Option("yes", "Yes"),
    Option("no", "No"),
)
_RULES: Final = {"D": "Rule 16b-3(e)", "A": "Rule 16b-3(d)"}
"""The rule that a code claims for a dealing with the issuer."""
_ELSE: Final = {
    "D": "without it the line has another code, and may be a sale that is matched.",
    "A": "without it the line is a purchase, code P, which is matched.",
}


def is_holder_only(view: View) -> bool:
    """Whether no director or officer is on the form: a code that claims Rule 16b-3 is for them."""
    return not any(
        view.flag(f"owners[{n}].{name}")
        for n in range(view.count("owners"))
        for name in ("is_director", "is_officer")
    )


def _approve(letter: str) -> Callable[[View, Answer], Step]:
    confirm = (
        f"The line is reported under code {letter}, which claims {_RULES[letter]}. Confirm the approval before filing; "
        f"{_ELSE[letter]}"
    )

    def act(view: View, answer: Answer) -> Step:
        words = (confirm,) if answer == "unknown" else ()
        return Step(draft=view.with_text(f"{ANSWERS}approved", answer).draft, words=words)

    return act


def approval(applies: Callable[[View], bool] = always, letter: str = "D") -> Prompt:
    """Whether the issuer approved a dealing with it, of a director or officer; ``letter``: the code that claims it."""
    return asked(
        "approved",
        "Did the board, a committee of two or more non-employee directors, or the stockholders approve it in advance?",
        f"Column 3 (Table II: 4), Instruction 8, code {letter}; {_RULES[letter]}, its conditions by general knowledge. "
        "Approval need not state that it is for the exemption. Without it the line has another code.",
        kind=AnswerKind.CHOICE,
        options=lambda _view: _APPROVED,
        propose=lambda _view: Proposal("unknown"),
        act=_approve(letter),
        when=lambda view: applies(view) and not is_holder_only(view) and put_since("approved")(view),
    )


def code_of_holder(
    options: Callable[[View], tuple[Option, ...]],
    applies: Callable[[View], bool] = always,
    letter: str = "D",
) -> Prompt:
    """Under which code a holder of ten percent reports it; the first is proposed, and ``letter`` last."""
    deputized = Option(letter, f"{letter}: claims {_RULES[letter]}, as a director by deputization")
    return asked(
        "code",
        "Under which code?",
        f"Column 3 (Table II: 4), Instruction 8. Code {letter} claims {_RULES[letter]}, which covers directors and "
        "officers only: filings of 10% holders under it exist, where the holder is a director by deputization. Say so "
        "in Remarks.",
        kind=AnswerKind.CHOICE,
        options=lambda view: (*options(view), deputized),
        propose=lambda view: Proposal(options(view)[0].value),
        when=lambda view: applies(view) and is_holder_only(view),
    )
