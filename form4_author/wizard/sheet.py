"""Many forms from one sheet: each group of rows answers an interview, and accepts what it proposes for the rest.

A column is headed by a question's id (``signing[0].agent``) or, for what is asked about an event, by its last part
(``quantity``), in any case. Rows of one draft are its events, in order; what is asked once for a form is taken from the
first row that answers it.
"""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from form4_author.errors import Form4Error
from form4_author.wizard.prompter import Key
from form4_author.wizard.recipes import RECIPES, recipe_named
from form4_author.wizard.recipes.shared.security_choice import BESIDE
from form4_author.wizard.screen import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    from form4_author.files.spreadsheet import SheetRow
    from form4_author.wizard.recipe import Recipe
    from form4_author.wizard.screen import Ask

__all__ = [
    "CARRIED_NOTES",
    "OWN_COLUMNS",
    "TEMPLATES",
    "CellRefused",
    "RowPrompter",
    "answers_of",
    "columns_for",
    "event_of",
]

_ON_RECORD: Final = "on_record"
OWN_COLUMNS: Final = ("person", "issuer", "form", "happened", "draft", "from", _ON_RECORD)
"""What the sheet itself needs: whom the register knows, about which issuer, which form, what happened, the draft's
name, the last filing to begin from; and what is there for reading only."""
TEMPLATES: Final = {
    "grants": "granted_units",
    "options": "granted_option",
    "vests": "rsu_withheld",
    "sales": "sold",
    "purchases": "bought",
    "gifts": "gave",
    "fees": "fees_in_stock",
    "bonuses": "bonus_in_stock",
    "payouts": "deferred_paid",
    "cash": "paid_in_cash",
}
"""Word of a template → the event it is for."""
_OF_PASTE: Final = (".columns", "_rate")
"""Which columns a pasted table has; a sheet has one sale a row."""
_CLOSING: Final = ("signing[0].capacity", "signing[0].agent", "signatures[0].date")
_BEFORE: Final = "].before_"
"""In the id of the question what a line held before, where no earlier form says so."""
_MOST_QUESTIONS: Final = 2000
"""More than any form asks: an interview that goes round would never end."""


CARRIED_NOTES: Final = "carried_notes"
"""A column that says of every footnote of the last filing that is asked about: ``keep`` or ``leave``."""
_CARRIED: Final = re.compile(r"carried\[\d+\]\.note_\d+")


class CellRefused(Form4Error):
    """A cell of the sheet that the interview does not take, or one that it needs and is not there."""

    def __init__(self, problem: str, *, column: str, row: int) -> None:
        super().__init__(problem, remedy="Correct the cell and start the batch again")
        self.column = column
        self.row = row


@dataclass(frozen=True, slots=True)
class _Cell:
    row: int
    column: str
    text: str


@dataclass(slots=True)
class RowPrompter:
    """A prompter that answers from the rows of one draft."""

    answers: Mapping[str, _Cell]
    first_row: int
    events: list[str]
    """What happened and was not told yet."""
    asked: set[str] = field(default_factory=set)
    """The questions that a cell has answered."""
    questions: int = 0
    unknown: list[str] = field(default_factory=list)
    """The lines of which no earlier total is known, in words: 0 was taken."""
    unaccepted: bool = False

    def working(self, words: str) -> AbstractContextManager[None]:
        """No one reads along."""
        del words
        return nullcontext()

    def show(self, lines: Sequence[str]) -> None:
        """No one reads along."""

    def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
        """No one reads along."""
        del lines, top

    def text(self, ask: Ask) -> str | Key:
        """The cell's text; without a cell what is proposed, or nothing where nothing is needed."""
        self._once(ask)
        cell = self._cell(ask)
        if cell is None:
            if _BEFORE in ask.id and ask.formerly == "0":
                self.unknown.append(ask.message.partition(": ")[0])
            return self._unanswered(ask, "") if ask.required and not ask.proposal else ask.formerly
        fault = ask.check(cell.text)
        if fault is not None:
            raise self._refused(cell, fault)
        return cell.text

    def choice(self, ask: Ask) -> str | Key:
        """The option that the cell names, by its value or as it reads; without a cell the one proposed."""
        self._once(ask)
        if ask.id == "review":
            return next(("p" for o in ask.options if o.value == "p" and not o.barred), Key.LEAVE)
        if ask.id == "happened" and self.events:
            return self.events.pop(0)
        if ask.id == "lines" and self.events:
            return "more"
        cell = self._cell(ask)
        if cell is None and ask.id.endswith("].power") and (named := self._signer(ask)):
            return named
        if cell is None:
            return ask.proposal or ask.formerly or self._unanswered(ask, _listed(ask))
        return self._option(ask, cell, cell.text)

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        """The options that the cell names, separated by semicolons; without a cell those checked at first."""
        self._once(ask)
        cell = self._cell(ask)
        if cell is None:
            if ask.required and not ask.chosen:
                self._unanswered(ask, _listed(ask))
            return ask.chosen
        if cell.text == NONE:
            return ()
        return tuple(self._option(ask, cell, part.strip()) for part in cell.text.split(";"))

    def confirm(self, ask: Ask) -> str | Key:
        """The cell's yes or no; without a cell what is proposed."""
        self._once(ask)
        cell = self._cell(ask)
        if cell is None:
            return ask.proposal or ask.formerly or self._unanswered(ask, "yes, no")
        answer = {"y": "yes", "true": "yes", "1": "yes", "x": "yes", "n": "no", "false": "no", "0": "no"}
        text = cell.text.lower()
        text = answer.get(text, text)
        if text not in ("yes", "no"):
            raise self._refused(cell, "answer yes or no")
        return text

    def expects(self, id: str) -> bool:
        """Whether a cell answers this question and has not been used."""
        return id in self.answers and id not in self.asked

    def unused(self) -> _Cell | None:
        """A cell that answered nothing, so that it is not lost in silence; None when all did."""
        expected = {*self.asked, CARRIED_NOTES}  # of a sheet's forms, some have no such footnote
        return next((cell for id, cell in self.answers.items() if id not in expected), None)

    def _once(self, ask: Ask) -> None:
        """A question that is put again has no other answer. Raises CellRefused."""
        if ask.refused:
            cell = self.answers.get(ask.id) or _Cell(self.first_row, _column(ask.id), "")
            raise self._refused(cell, ask.refused)

    def _cell(self, ask: Ask) -> _Cell | None:
        self.questions += 1
        if self.questions > _MOST_QUESTIONS:
            raise CellRefused("The interview does not end", column=ask.id, row=self.first_row)
        id = ask.id if ask.id in self.answers or not _CARRIED.fullmatch(ask.id) else CARRIED_NOTES
        cell = self.answers.get(id)
        if cell is not None:
            self.asked.add(id)
        return cell

    def _signer(self, ask: Ask) -> str:
        """Among those who may sign by the register, the one that the sheet names; ``other`` where it has none such."""
        beside = ask.id.removesuffix("power")
        capacity, agent = (self.answers.get(f"{beside}{name}") for name in ("capacity", "agent"))
        if capacity is not None or agent is None:
            return "other" if capacity is not None else ""
        name = agent.text.casefold()
        signer = next((o.value for o in ask.options if o.also.casefold() == name), None)
        if signer is not None:
            self.asked.add(f"{beside}agent")
        return signer or "other"

    def _unanswered(self, ask: Ask, listed: str) -> str:
        choices = f"; one of {listed}" if listed else ""
        raise CellRefused(f"is needed: {ask.message}{choices}", column=_column(ask.id), row=self.first_row)

    def _option(self, ask: Ask, cell: _Cell, text: str) -> str:
        """The option that a text names; the text itself where words are an answer too."""
        for option in ask.options:
            if text.casefold() in (option.value.casefold(), option.label.casefold()):
                return option.value
        fault = ask.check(text) if ask.typed else f"choose from {_listed(ask)}"
        if fault is not None:
            raise self._refused(cell, fault)
        return text

    @staticmethod
    def _refused(cell: _Cell, fault: str) -> CellRefused:
        return CellRefused(f'"{cell.text}" is not accepted: {fault}', column=cell.column, row=cell.row)


def _listed(ask: Ask) -> str:
    return ", ".join(option.value for option in ask.options)


def _column(id: str) -> str:
    """The heading for a question: an event's by its last part."""
    return id.partition(".")[2] if id.startswith("events[") else id


# ---- columns and answers


def answers_of(rows: Sequence[SheetRow]) -> RowPrompter:
    """The answers that the rows of one draft give.

    Raises CellRefused where two rows answer one question of the form differently, or an event is not known.
    """
    answers: dict[str, _Cell] = {}
    events = []
    for index, row in enumerate(rows):
        for heading, fault in row.faults.items():
            raise CellRefused(fault, column=heading, row=row.number)
        cells = {heading: _Cell(row.number, heading, text) for heading, text in row.cells.items()}
        recipe = _happened(cells)
        events.append(recipe.id)
        for heading, cell in cells.items():
            if heading not in OWN_COLUMNS:
                _answer(answers, _id(heading, index, recipe), cell)
    return RowPrompter(answers, rows[0].number, events)


def _happened(cells: Mapping[str, _Cell]) -> Recipe:
    cell = cells["happened"]
    recipe = event_of(cell.text.lower())
    if recipe is None:
        choices = ", ".join((*TEMPLATES, *(r.id for r in RECIPES)))
        raise CellRefused(
            f'"{cell.text}" is not an event; choose from {choices}', column="happened", row=cell.row
        )
    return recipe


def event_of(word: str) -> Recipe | None:
    """The event that a template's word or its own id names; None for another word."""
    return recipe_named(TEMPLATES.get(word, word))


def _id(heading: str, event: int, recipe: Recipe) -> str:
    """The question that a heading stands for, asked about this event."""
    own = _ALSO.get(heading, heading)
    of_event = {prompt.id.partition(".")[2] for prompt in recipe.prompts}
    return f"events[{event}].{own}" if own in of_event or own.startswith(_TOTALS) else heading


_ALSO: Final = {"units": "quantity", "shares": "quantity"}
"""What else a column of the event's own may be headed."""
_TOTALS: Final = ("before_", "after_", "jump_")
"""What is asked about the lines that an event touches."""


def _answer(answers: dict[str, _Cell], id: str, cell: _Cell) -> None:
    first = answers.setdefault(id, cell)
    if first.text != cell.text:
        raise CellRefused(
            f'"{cell.text}" differs from "{first.text}" in row {first.row}, and a form has one answer',
            column=cell.column,
            row=cell.row,
        )


def columns_for(word: str) -> dict[str, str]:
    """The columns of a template with what each is for: the sheet's own, the event's questions, the signature.

    ``word``: one of ``TEMPLATES`` or an event's id. Raises Form4Error for another.
    """
    recipe = event_of(word)
    if recipe is None:
        choices = ", ".join((*TEMPLATES, *(r.id for r in RECIPES)))
        raise Form4Error(f'There is no template "{word}"', remedy=f"Choose one of {choices}")
    columns = {
        "person": "CIK or name, as form4 person list has it; separate joint filers with ;. Rows of one person make "
        "one form",
        "issuer": "CIK, symbol or name, as form4 issuer list has it; leave empty if the person has only one",
        "happened": f"{recipe.id}: {recipe.label}",
    }
    for prompt in recipe.prompts:
        name = prompt.id.partition(".")[2]
        if prompt.id.endswith(_OF_PASTE) or name in BESIDE:
            continue
        columns[name] = prompt.message if isinstance(prompt.message, str) else name
    if "security" in columns:
        columns["security"] += f" As under {_ON_RECORD}, or a different title; if empty, the class used last"
        columns[_ON_RECORD] = "Read only: the classes recorded for the person, with the balance of each"
    columns |= dict.fromkeys(_CLOSING, "As the interview asks; if empty, its proposal")
    return columns | {
        "draft": "Name of the draft, for two forms of one person; if empty, named after the person",
        "from": "Instead of person and issuer: the last filing, XML, EDGAR .txt or a draft, in this sheet's folder",
    }
