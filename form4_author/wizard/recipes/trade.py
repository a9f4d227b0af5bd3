"""How many shares and at what price, or the broker's fills in place of both (event 3)."""

from __future__ import annotations

from datetime import date

from form4_author.errors import MalformedValue
from form4_author.wizard import fill
from form4_author.wizard.entry import Entry
from form4_author.wizard.recipe import ANSWERS
from form4_author.wizard.recipes.question import asked, price
from form4_author.wizard.screen import Answer, Prompt, Proposal, Step, View

__all__ = ["fill_lines", "trade_fills"]


def _set_fills(view: View, answer: Answer) -> Step:
    """Fills are kept as pasted until their columns are confirmed; another number takes their place."""
    text = str(answer)
    if view.text(f"{ANSWERS}fills") and text == view.text(f"{ANSWERS}quantity"):
        return Step(data=view.data)
    pasted = fill.is_fills(text)
    view = view.with_text(f"{ANSWERS}pasted", text if pasted else None)
    view = view.with_text(f"{ANSWERS}fills", None).with_text(f"{ANSWERS}columns", None)
    if _is_typed(view):
        return _set_columns(view, fill.columns(text, date.max))
    return Step(data=view.with_text(f"{ANSWERS}quantity", _counted(text) if pasted else text).data)


def _is_typed(view: View) -> bool:
    """Whether fills are written as ``100 @ 120.34``, which leaves no doubt about their columns."""
    return "@" in view.text(f"{ANSWERS}pasted")


def _counted(text: str) -> str:
    """All shares of the pasted fills, by what their columns are taken for; 0 while that is not clear."""
    try:
        return fill.total(fill.kept(text, fill.columns(text, date.min), date.min))
    except MalformedValue:
        return "0"


def _set_columns(view: View, answer: Answer) -> Step:
    kept = fill.kept(view.text(f"{ANSWERS}pasted"), str(answer), date.max)
    view = view.with_text(f"{ANSWERS}columns", str(answer)).with_text(f"{ANSWERS}fills", kept)
    return Step(data=view.with_text(f"{ANSWERS}quantity", fill.total(kept)).data)


def _columns_fault(view: View, typed: str) -> str | None:
    try:
        fill.kept(view.text(f"{ANSWERS}pasted"), typed, date.max)
    except MalformedValue as error:
        return error.problem
    return None


def fill_lines(view: View) -> tuple[str, ...]:
    """What pasted fills come to, a line for each group; nothing where there are none."""
    pasted = view.text(f"{ANSWERS}pasted")
    if not pasted:
        return ()
    named = view.text(f"{ANSWERS}columns") or fill.columns(pasted, date.max)
    try:
        return fill.summary(fill.kept(pasted, named, date.max), view.text(f"{ANSWERS}date"))
    except MalformedValue as error:
        return (f"{error.problem}.",)


def _fills_fault(_view: View, typed: str) -> str | None:
    """What is wrong with fills that have not two columns of numbers; the rest is mended when columns are confirmed."""
    names = fill.columns(typed, date.max) if fill.is_fills(typed) else "shares, price"
    if "shares" in names and "price" in names:
        return None
    return "These are no fills: each line needs a number of shares and a price, such as 100 @ 120.34"


def trade_fills(message: str, about: str) -> tuple[Prompt, ...]:
    """How many shares and at what price, or the broker's fills in place of both."""

    def single(view: View) -> bool:
        return not view.text(f"{ANSWERS}pasted")

    return (
        asked(
            "quantity",
            f"{message} Or paste the broker's fills",
            f"{about} Several fills: paste them from the broker's sheet, a line each with shares, price and, where "
            "they differ, date and side; or type 100 @ 120.34; 250 @ 120.50. They are grouped by day, side and one "
            "dollar, at the weighted average.",
            "amount",
            entry=Entry.NUMBER_OR_FILLS,
            act=_set_fills,
            fault=_fills_fault,
        ),
        asked(
            "columns",
            "What are the columns, in order?",
            "What each column of the pasted lines is, in order: shares, price, date, side; - for one that is not used.",
            when=lambda view: not single(view) and not _is_typed(view),
            propose=lambda view: Proposal(fill.columns(view.text(f"{ANSWERS}pasted"), date.max)),
            act=_set_columns,
            fault=_columns_fault,
        ),
        price(
            "Price per share, US dollars",
            "Column 4, Instruction 5(a). Per share and without commission.",
            when=single,
        ),
    )
