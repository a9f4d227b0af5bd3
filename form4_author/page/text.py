"""The form as text: what the review screen shows, without boxes or color, readable by a screen reader.

Each row is one paragraph: its line number, then the printed cells that hold something, by their captions.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Final

from form4_author import codes
from form4_author.page.caption import Captions, captions
from form4_author.page.view import page_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing
    from form4_author.page.display import Printed
    from form4_author.page.view import OwnerView, PageView

__all__ = ["page_text"]

_HINT: Final = re.compile(r"\s*\((?:Instr\.|Month/Day/Year)[^)]*\)")


def page_text(filing: Filing, width: int = 80) -> str:
    """The form as lines of at most ``width`` characters, ending with a newline."""
    view = page_view(filing)
    words = captions(codes.edition_named(view.edition).captions, view.base)
    lines = [*textwrap.wrap(f"FORM {view.form}  {words.form['title']}", width), ""]
    lines += _head(view, words, width)
    lines += _tables(view, words, width)
    lines += _tail(view, words, width)
    return "\n".join(lines) + "\n"


def _tables(view: PageView, words: Captions, width: int) -> list[str]:
    lines: list[str] = []
    for name, rows, columns in (
        ("table_1", view.table_1, words.columns_1),
        ("table_2", view.table_2, words.columns_2),
    ):
        lines += ["", *textwrap.wrap(words.form[name], width)]
        headings = [heading for column in columns for heading in _headings(column.caption, column.parts)]
        for number, row in enumerate(rows, 1):
            lines += _row(number, row, headings, width)
        if not rows:
            lines.append("  (no rows)")
    return lines


def _headings(caption: str, parts: tuple[str, ...]) -> Iterator[str]:
    short = _HINT.sub("", caption).split(":", 1)[0]
    number = short.split(".", 1)[0]
    if not parts:
        yield short
    for part in parts:
        yield f"{number}. {part}"


def _head(view: PageView, words: Captions, width: int) -> list[str]:
    form = words.form
    lines: list[str] = []
    for owner in view.owners or (view.first_owner,):
        lines += _owner(owner, words, width)
    symbol = f" [{view.trading_symbol}]" if view.trading_symbol else ""
    lines += _entry(form["issuer"], f"{view.issuer_name}{symbol}", width)
    if view.foreign_trading_symbol:
        lines += _entry(form["foreign_symbol"], view.foreign_trading_symbol, width)
    lines += _entry(form["period"], view.period, width)
    if view.date_of_original:
        lines += _entry(form["amendment"], view.date_of_original, width)
    return lines + _boxes(view)


def _boxes(view: PageView) -> list[str]:
    """The boxes in the upper left: those that are checked, and the plan box checked or not."""
    boxes = (
        (view.exit_box, False, "No longer subject to Section 16"),
        (view.form3_holdings, False, "Form 3 holdings reported"),
        (view.form4_transactions, False, "Form 4 transactions reported"),
        (view.plan_box, view.has_plan_box, "Transaction under a Rule 10b5-1(c) plan"),
    )
    return [f"[{'X' if tick else ' '}] {words}" for tick, always, words in boxes if tick or always]


def _owner(owner: OwnerView, words: Captions, width: int) -> list[str]:
    address = ", ".join(
        part
        for part in (*owner.streets, f"{owner.city} {owner.state} {owner.zip}".strip(), owner.country)
        if part
    )
    ticked = [
        name
        for name, tick in (
            ("Director", owner.director),
            ("10% Owner", owner.ten_percent_owner),
            (f"Officer ({owner.officer_title})", owner.officer),
            (f"Other ({owner.other_text})", owner.other),
        )
        if tick
    ]
    return [
        *_entry(words.words["name_box"], owner.name, width),
        *(textwrap.wrap(address, width, initial_indent="   ", subsequent_indent="   ")),
        *_entry(words.form["relationship"], ", ".join(ticked), width),
    ]


def _entry(caption: str, value: str, width: int) -> list[str]:
    return textwrap.wrap(
        f"{_HINT.sub('', caption)}: {value or '(not given)'}", width, subsequent_indent="   "
    )


def _row(number: int, row: tuple[Printed, ...], headings: list[str], width: int) -> list[str]:
    cells_text = "; ".join(
        f"{heading}: {cell.plain}" for heading, cell in zip(headings, row, strict=True) if cell.plain
    )
    return textwrap.wrap(f"  Line {number}. {cells_text}", width, subsequent_indent="    ")


def _tail(view: PageView, words: Captions, width: int) -> list[str]:
    lines = ["", words.words["explanation"]]
    if view.no_securities:
        lines.append(f"  {words.words['no_securities']}")
    for number, text in view.footnotes:
        lines += textwrap.wrap(f"  ({number}) {text}", width, subsequent_indent="      ")
    if not view.footnotes and not view.no_securities:
        lines.append("  (no footnotes)")
    if view.remarks:
        lines.append(words.words["remarks"])
        for line in view.remarks.splitlines():
            lines += textwrap.wrap(line, width, initial_indent="  ", subsequent_indent="  ")
    lines.append("")
    for signature in view.signatures:
        lines += textwrap.wrap(
            f"Signature: {signature.name}   Date: {signature.date}", width, subsequent_indent="   "
        )
    if not view.signatures:
        lines.append("Signature: (not given)")
    return lines
