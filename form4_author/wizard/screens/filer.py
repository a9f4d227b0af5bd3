"""Whom the form is about: the persons and issuers that the register knows, asked first where there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.ident.cik import cik_typed
from form4_author.model.party import NO_ISSUER
from form4_author.wizard.option import Option
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Screen, Step, View

if TYPE_CHECKING:
    from form4_author.model.draft import Draft

__all__ = ["NO_ONE", "WHOM"]

NO_ONE: Final = "else"
_ELSE: Final = Option(NO_ONE, "Someone else: the person and issuer are asked next")


_NEW: Final = "new "
"""Before the CIK of a person who is not listed."""


def _new_person(typed: str) -> Option | None:
    """A CIK that is not in the list is that of a new person."""
    try:
        cik = cik_typed(typed.strip().removeprefix(_NEW))
    except MalformedValue:
        return None
    return Option(f"{_NEW}{cik}", f"New person: CIK {cik}")


def _fault(_view: View, typed: str) -> str | None:
    return None if _new_person(typed) else f'"{typed}" is not in the list and is not a CIK'


def _options(view: View) -> tuple[Option, ...]:
    return (*view.shelf.beginnings, _ELSE)


def _empty(draft: Draft) -> bool:
    return not draft.filing.owners and draft.filing.issuer == NO_ISSUER and not draft.interview.events


def _step(view: View, answer: Answer) -> Step:
    if answer == NO_ONE:
        return Step(draft=view.draft, goto="owners[0].cik")
    if str(answer) not in [option.value for option in _options(view)] and (new := _new_person(str(answer))):
        given = view.with_text("owners[0].cik", new.value.removeprefix(_NEW))
        return Step(draft=given.draft, goto="owners[0].name")
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
            help="The persons and issuers in the register, most recent filers first. Type part of a "
            "name, a symbol or a CIK to narrow the list. Names, addresses, titles and holdings are "
            "filled in. form4 import and form4 filed add to the register.",
            kind=AnswerKind.CHOICE,
            options=_options,
            propose=lambda view: Proposal(_options(view)[0].value),
            act=_step,
            filters=True,
            narrows="a name, a symbol or a CIK",
            adds=_new_person,
            typed=True,
            fault=_fault,
            hub=True,
        ),
    ),
)
