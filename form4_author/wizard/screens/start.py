"""From which balances the form starts, where another draft of the same persons about the issuer is open."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from form4_author.model.interview import StartingBalances
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.option import Option
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Screen, Step, View
from form4_author.wizard.wording import fold, number_words, us_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.model.interview import CarriedLine
    from form4_author.wizard.register_offer import OtherDraft

__all__ = ["START"]

_FROM: Final = "from"
_OPEN: Final = "open"
_RECORD: Final = "record"
_FEW: Final = 3
"""Lines of one draft that are listed."""


def _applies(view: View) -> bool:
    """Whether another draft is open, and nothing has been answered yet that depends on a balance."""
    return bool(view.shelf.others) and not view.interview.events and not any(rows(view.draft))


def _total(line: CarriedLine) -> str:
    return number_words(line.text("amount_owned_following"))


def _intro(view: View) -> tuple[str, ...]:
    others, people = view.shelf.others, view.count("owners")
    who = f"{view.text('owners[0].name')}{f' and {people - 1} more' if people > 1 else ''}"
    about = f"{who} at {view.text('issuer.name')}"
    if len(others) == 1:
        return (f"Another filing of {about} is open: {_described(others[0])}",)
    listed = [part for n, each in enumerate(others, 1) for part in fold(f"{n}. {_described(each)}", "   ")]
    return (f"{len(others)} other filings of {about} are open:", *listed)


def _described(other: OtherDraft) -> str:
    lines = "; ".join(f"{row_value.line_words(line.cells)}: {_total(line)}" for line in other.shown[:_FEW])
    more = f"; and {len(other.shown) - _FEW} more" if len(other.shown) > _FEW else ""
    return f"{other.what}, {other.state}. {lines}{more} after it."


def _options(view: View) -> tuple[Option, ...]:
    others = view.shelf.others
    alone = len(others) == 1
    begin = [
        Option(
            f"{_FROM} {n}",
            f"{'That filing' if alone else f'Number {n}, {each.what}'}: {_total(each.shown[0])} (file that one first)",
        )
        for n, each in enumerate(others, 1)
    ]
    instead = [
        Option(f"{_OPEN} {n}", "Open that filing instead" if alone else f"Open number {n} instead")
        for n, each in enumerate(others, 1)
    ]
    return (*begin, Option(_RECORD, _on_record(view, others)), *instead)


def _recorded(view: View) -> tuple[CarriedLine, ...]:
    """The lines of the last filing, also where those of a draft stand for them now."""
    start = view.interview.start
    return view.interview.carried if start.file is None else start.before


def _on_record(view: View, others: Sequence[OtherDraft]) -> str:
    """The last filing, by what it left the line at that the first draft shows."""
    first = others[0].shown[0]
    key = row_value.line_key(first.table, first.cells)
    same = (line for line in _recorded(view) if row_value.line_key(line.table, line.cells) == key)
    line = next(same, None)
    if line is not None:
        return f"The last recorded filing: {_total(line)} ({us_dates(line.source or '')})"
    if _recorded(view):
        return "The last recorded filing, which does not have this line"
    return "No filing is recorded: each balance is asked"


def _step(view: View, answer: Answer) -> Step:
    verb, _, number = str(answer).partition(" ")
    start, recorded = view.interview.start, _recorded(view)
    opened = view.interview.opened if start.file is None else start.opened
    if verb == _RECORD:
        new = StartingBalances(choice=verb)
        return Step(draft=view.draft.with_interview(start=new, carried=recorded, opened=opened))
    other = view.shelf.others[int(number) - 1]
    if verb == _OPEN:
        return Step(draft=view.draft, ends="other", opens=other.file)
    new = StartingBalances(
        choice=str(answer),
        file=PurePath(other.file).name,
        what=other.name,
        held=dict(other.held),
        before=recorded,
        opened=opened,
    )
    source = f"open draft, {other.name}"
    return Step(draft=view.draft.with_interview(start=new, carried=other.lines, opened=source))


START: Final = Screen(
    id="start",
    section="Starting balances",
    title="Another filing is open",
    when=_applies,
    intro=_intro,
    prompts=(
        Prompt(
            id="start.balances",
            path="interview.start.choice",
            message="Start from which balances?",
            help="Instruction 4(a)(i): each total continues from the previous one. If the open filing will be filed "
            "first, "
            "start from it; the review warns if it is changed later. Otherwise start from the last filing.",
            kind=AnswerKind.CHOICE,
            options=_options,
            act=_step,
        ),
    ),
)
