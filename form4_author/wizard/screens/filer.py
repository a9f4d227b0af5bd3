"""Whom the form is about: the persons and issuers that the register knows, asked first where there are any."""

from __future__ import annotations

from typing import Final

from form4_author.wizard.draft.answer import Data, node
from form4_author.wizard.register_offer import shelf_of
from form4_author.wizard.screen import Answer, AnswerKind, Option, Prompt, Proposal, Screen, Step, View

__all__ = ["NOBODY", "WHOM"]

NOBODY: Final = "else"
_ELSE: Final = Option(NOBODY, "Somebody else: person and issuer are asked")


def _options(view: View) -> tuple[Option, ...]:
    return (*shelf_of(view.data).beginnings, _ELSE)


def _empty(data: Data) -> bool:
    return not any(node(data, path) for path in (("owners",), ("issuer",), ("interview", "events")))


def _step(view: View, answer: Answer) -> Step:
    if answer == NOBODY:
        return Step(data=view.data, goto="owners[0].cik")
    return Step(data=view.data, about=str(answer))


WHOM: Final = Screen(
    id="whom",
    section="Reporting person",
    title="Who files",
    when=lambda view: _empty(view.data) and bool(shelf_of(view.data).beginnings),
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
