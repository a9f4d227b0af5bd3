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
_CONFIRM: Final = (
    "The line is reported under code D, which claims Rule 16b-3(e). Confirm the approval before filing; without it the "
    "line has another code, and may be a sale that is matched."
)
_DEPUTIZED: Final = Option("D", "D: claims Rule 16b-3(e), as a director by deputization")


def is_holder_only(view: View) -> bool:
    """Whether no director or officer is on the form: a code that claims Rule 16b-3 is for them."""
    return not any(
        view.flag(f"owners[{n}].{name}")
        for n in range(view.count("owners"))
        for name in ("is_director", "is_officer")
    )


def _approve(view: View, answer: Answer) -> Step:
    words = (_CONFIRM,) if answer == "unknown" else ()
    return Step(draft=view.with_text(f"{ANSWERS}approved", answer).draft, words=words)


def approval(applies: Callable[[View], bool] = always) -> Prompt:
    """Whether the issuer approved a dealing with it, of a director or officer."""
    return asked(
        "approved",
        "Did the board, a committee of two or more non-employee directors, or the stockholders approve it in advance?",
        "Column 3 (Table II: 4), Instruction 8, code D; Rule 16b-3(e), its conditions by general knowledge. Approval "
        "need not state that it is for the exemption. Without it the line has another code.",
        kind=AnswerKind.CHOICE,
        options=lambda _view: _APPROVED,
        propose=lambda _view: Proposal("unknown"),
        act=_approve,
        when=lambda view: applies(view) and not is_holder_only(view) and put_since("approved")(view),
    )


def code_of_holder(
    options: Callable[[View], tuple[Option, ...]], applies: Callable[[View], bool] = always
) -> Prompt:
    """Under which code a holder of ten percent reports it; the first is proposed, and code D last."""
    return asked(
        "code",
        "Under which code?",
        "Column 3 (Table II: 4), Instruction 8. Code D claims Rule 16b-3(e), which covers directors and officers only: "
        "filings of 10% holders under it exist, where the holder is a director by deputization. Say so in Remarks.",
        kind=AnswerKind.CHOICE,
        options=lambda view: (*options(view), _DEPUTIZED),
        propose=lambda view: Proposal(options(view)[0].value),
        when=lambda view: applies(view) and is_holder_only(view),
    )
