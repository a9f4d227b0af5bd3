"""Whom the form is about: the persons and issuers that the register knows, asked first where there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.model.party import NO_ISSUER
from form4_author.wizard.option import Option
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Screen, Step, View

if TYPE_CHECKING:
    from form4_author.model.draft import Draft

__all__ = ["NOBODY", "WHOM"]

NOBODY: Final = "else"
_ELSE: Final = Option(NOBODY, "Somebody else: person and issuer are asked")


def _options(view: View) -> tuple[Option, ...]:
    return (*view.shelf.beginnings, _ELSE)


def _empty(draft: Draft) -> bool:
    return not draft.filing.owners and draft.filing.issuer == NO_ISSUER and not draft.interview.events


def _step(view: View, answer: Answer) -> Step:
    if answer == NOBODY:
        return Step(draft=view.draft, goto="owners[0].cik")
    return Step(draft=view.draft, about=str(answer))


WHOM: Final = Screen(
    id="whom",
    section="Reporting person",
    title="Who files",
    when=lambda view: _empty(view.draft) and bool(view.shelf.beginnings),
    prompts=(
        Prompt(
            id="whom",
            message="Who files, and about which issuer?",
            help="The persons and issuers that the register knows, those who filed last first. Type a part of a name, "
            "a symbol or a CIK to narrow the list. Names, addresses, titles and what is held are taken over. The "
            "register is filled by form4 import and form4 filed.",
            kind=AnswerKind.CHOICE,
            options=_options,
            propose=lambda view: Proposal(_options(view)[0].value),
            act=_step,
            filters=True,
            narrows="a name, a symbol or a CIK",
            hub=True,
        ),
    ),
)
