"""How many shares and at what price, or the broker's fills in place of both (event 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.revision.division import MOST_ROWS
from form4_author.text import day
from form4_author.wizard import fill
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS, row_paths
from form4_author.wizard.recipes.shared.cell import TABLE_1
from form4_author.wizard.recipes.shared.question import asked, price
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Step, View

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

__all__ = ["fill_lines", "trade_fills"]

_USE: Final = f"{ANSWERS}use"
"""``yes`` once the lines that the fills make are confirmed."""


def _near(view: View) -> date:
    """The day about which the fills were made. Raises MalformedValue while it is not known."""
    try:
        return day(view.text(f"{ANSWERS}date"))
    except MalformedValue:
        raise MalformedValue("Give the date first: the days of the fills are read by it") from None


def _set_fills(view: View, answer: Answer, is_named: Callable[[View, str], bool]) -> Step:
    """Fills are kept as pasted until their columns are confirmed; another number takes their place.

    ``is_named``: whether a heading line of theirs says what the columns are, so that no one is asked.
    """
    text = str(answer)
    if view.text(f"{ANSWERS}pasted") and text == view.text(f"{ANSWERS}quantity"):
        return Step(draft=view.draft)
    pasted = fill.is_fills(text)
    view = view.with_text(f"{ANSWERS}pasted", text if pasted else None)
    view = _unsaid(view.with_text(f"{ANSWERS}fills", None).with_text(f"{ANSWERS}columns", None))
    if _is_typed(view) or (pasted and is_named(view, text)):
        return _set_columns(view, fill.columns(text, _near(view)))
    return Step(draft=view.with_text(f"{ANSWERS}quantity", _counted(view, text) if pasted else text).draft)


def _is_typed(view: View) -> bool:
    """Whether fills are written as ``100 @ 120.34``, which leaves no doubt about their columns."""
    return "@" in view.text(f"{ANSWERS}pasted")


def _is_named(view: View, text: str, side: str, *, only: bool) -> bool:
    """Whether a heading line names the columns, and every line can be read by it."""
    try:
        near = _near(view)
        return fill.is_headed(text, near) and not _fault(
            view, text, fill.columns(text, near), side, only=only
        )
    except MalformedValue:
        return False


def _unsaid(view: View) -> View:
    """The fills are to be confirmed again."""
    return view.with_text(_USE, None)


def _counted(view: View, text: str) -> str | None:
    """All shares of the pasted fills, by what their columns are treated as; None while that is not clear."""
    try:
        near = _near(view)
        return fill.total(fill.fills_text(text, fill.columns(text, near), near))
    except MalformedValue:
        return None


def _set_columns(view: View, answer: Answer) -> Step:
    fills = fill.fills_text(view.text(f"{ANSWERS}pasted"), str(answer), _near(view))
    view = _unsaid(view.with_text(f"{ANSWERS}columns", str(answer)).with_text(f"{ANSWERS}fills", fills))
    return Step(draft=view.with_text(f"{ANSWERS}quantity", fill.total(fills)).draft)


def _proposed(view: View) -> Proposal | None:
    """What the columns are treated as."""
    try:
        return Proposal(fill.columns(view.text(f"{ANSWERS}pasted"), _near(view)))
    except MalformedValue:
        return None


def fill_lines(view: View, most: int | None = fill.MOST_SHOWN) -> tuple[str, ...]:
    """What pasted fills come to, so many lines for the groups; nothing where there are none."""
    pasted = view.text(f"{ANSWERS}pasted")
    if not pasted:
        return ()
    try:
        near = _near(view)
        named = view.text(f"{ANSWERS}columns") or fill.columns(pasted, near)
        fills = fill.fills_text(pasted, named, near)
    except MalformedValue as error:
        return (f"{error.problem}.",)
    return (*fill.summary(fills, near.isoformat(), most), *_divided(view, fills, near.isoformat()))


def _divided(view: View, fills: str, otherwise: str) -> tuple[str, ...]:
    """A word where the lines of the fills are more than one filing takes, with all others of Table I."""
    own = [path for path in row_paths(view.draft, view.index or 0) if path.startswith(TABLE_1)]
    count = view.count(TABLE_1) - len(own) + len(fill.groups(fills, otherwise))
    if count <= MOST_ROWS:
        return ()
    return (f"Grouped, Table I has {count} lines; a filing takes {MOST_ROWS}: the packet is divided.",)


def _use_options(view: View) -> tuple[Option, ...]:
    try:
        count = len(fill.groups(view.text(f"{ANSWERS}fills"), _near(view).isoformat()))
    except MalformedValue:  # no date yet, as where a sheet is made of the questions
        count = 0
    return (
        Option("yes", {0: "Use these lines", 1: "Use this line"}.get(count, f"Use these {count} lines")),
        Option("columns", f"Change what the columns mean: {view.text(f'{ANSWERS}columns')}"),
        Option("again", "Discard them and type or paste again"),
    )


def _use_step(view: View, answer: Answer) -> Step:
    if answer == "yes":
        return Step(draft=view.with_text(_USE, "yes").draft)
    if answer == "again":
        for name in ("pasted", "columns", "fills", "quantity"):
            view = view.with_text(f"{ANSWERS}{name}", None)
    name = "columns" if answer == "columns" else "quantity"
    return Step(draft=_unsaid(view).draft, goto=f"events[{view.index}].{name}")


def _fault(view: View, text: str, named: str, side: str, *, only: bool) -> str | None:
    """What is wrong with fills whose columns are these."""
    try:
        return fill.contrary(fill.fills_text(text, named, _near(view)), side, only=only) or None
    except MalformedValue as error:
        return error.problem


def _fills_fault(view: View, typed: str, side: str, *, only: bool) -> str | None:
    """What is wrong with fills that lack two columns of numbers; the rest is corrected when columns are confirmed."""
    if not fill.is_fills(typed):
        return None
    try:
        named = fill.columns(typed, _near(view))
    except MalformedValue as error:
        return error.problem
    if not {"shares", "price"} <= set(named.split(", ")):
        return "These are no fills: each line needs a number of shares and a price, such as 100 @ 120.34"
    return _fault(view, typed, named, side, only=only) if "@" in typed else None


def trade_fills(message: str, about: str, side: str, *, only: bool = False) -> tuple[Prompt, ...]:
    """How many shares and at what price, or the broker's fills in place of both.

    ``side``: ``buy`` or ``sell``; ``only``: no fill of the other side may be among them.
    """

    def single(view: View) -> bool:
        return not view.text(f"{ANSWERS}pasted")

    def named(view: View, text: str) -> bool:
        return _is_named(view, text, side, only=only)

    return (
        asked(
            "quantity",
            f"{message} Or paste the broker's fills",
            f"{about} Several fills: paste them from the broker's sheet, a line each with shares, price and, where "
            "they differ, date and side; or type 100 @ 120.34; 250 @ 120.50; or name a "
            "CSV or XLSX file of this folder: @fills.csv. They are grouped by day, side and one "
            "dollar, at the weighted average.",
            "amount",
            entry=EntryKind.NUMBER_OR_FILLS,
            act=lambda view, answer: _set_fills(view, answer, named),
            fault=lambda view, typed: _fills_fault(view, typed, side, only=only),
        ),
        asked(
            "columns",
            "What are the columns, in order?",
            "What each column of the pasted lines is, in order: shares, price, date, side; - for one that is not used.",
            when=lambda view: not single(view) and not _is_typed(view),
            propose=_proposed,
            passed=lambda view: named(view, view.text(f"{ANSWERS}pasted")),
            act=_set_columns,
            fault=lambda view, typed: _fault(view, view.text(f"{ANSWERS}pasted"), typed, side, only=only),
        ),
        asked(
            "use",
            "Use these lines?",
            "Columns 2 to 4. The fills are grouped by day, side and one dollar, each group at its weighted average "
            "(staff letter of June 25, 2008). Each makes a line of the form.",
            kind=AnswerKind.CHOICE,
            required=False,
            when=lambda view: not single(view) and bool(view.text(f"{ANSWERS}fills")) and not _is_typed(view),
            options=_use_options,
            propose=lambda _view: Proposal("yes"),
            act=_use_step,
            reads=lambda view: fill_lines(view, None),
            confirms=("yes",),
        ),
        price(
            "Price per share, US dollars",
            "Column 4, Instruction 5(a). Per share and without commission.",
            when=single,
        ),
    )
