"""The cells of a draft's row that the register keeps of a line or a series, and the names of lines made from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from form4_author.ledger.award import telling
from form4_author.text import amount_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from form4_author.ledger.closing import Closing
    from form4_author.ledger.line import LineKey

__all__ = ["SERIES", "TERMS", "add_terms_to_names", "cells_of", "line_cells"]

TERMS: Final = (
    "security_title",
    "ownership_form",
    "nature_of_ownership",
    "exercise_price",
    "date_exercisable",
    "expiration_date",
    "underlying_title",
)
"""The cells that identify a line, as a draft names them."""

SERIES: Final = (
    "security_title",
    "exercise_price",
    "date_exercisable",
    "expiration_date",
    "underlying_title",
)
"""The cells with the terms of a series."""
_NAME: Final = 48
"""Characters of an award's terms in the name of its line."""
_APART: Final = " · "


class _Named(Protocol):
    name: str
    cells: dict[str, Any]

    @property
    def key(self) -> LineKey: ...


def cells_of(row: Mapping[str, Any], names: tuple[str, ...], texts: Mapping[str, str]) -> dict[str, Any]:
    """The cells of a draft's row as plain values; of one that has only a footnote its text, below ``words``."""
    cells: dict[str, Any] = {}
    for name in names:
        cell = row.get(name)
        value = cell.get("value") if isinstance(cell, dict) else cell
        notes = cell.get("footnotes", ()) if isinstance(cell, dict) else ()
        if value is not None:
            cells[name] = value
        elif notes:
            cells.setdefault("words", {})[name] = " ".join(texts.get(n, "") for n in notes).strip()
    return cells


def line_cells(end: Closing, content: Mapping[str, Any]) -> dict[str, Any]:
    """The cells that distinguish the line, from the filing as a draft."""
    texts = {n["id"]: n.get("text", "") for n in content.get("footnotes", ()) if "id" in n}
    row = content[end.table][end.place]
    cells = {"table": end.table, **cells_of(row, TERMS, texts)}
    if end.running:
        cells["running"] = "yes"
    return cells if end.each is None else {**cells, "each": amount_text(end.each)}


def add_terms_to_names(lines: Iterable[_Named]) -> None:
    """The awards of one title are named with their terms, where there are several."""
    series: dict[LineKey, list[_Named]] = {}
    for line in lines:
        series.setdefault(line.key.series, []).append(line)
    for some in series.values():
        if len(some) > 1:
            words = telling([_terms(line.cells) for line in some], _NAME)
            for line, terms in zip(some, words, strict=True):
                line.name = f"{line.name.partition(_APART)[0]}{_APART if terms else ''}{terms}"


def _terms(cells: Mapping[str, Any]) -> str:
    words = cells.get("words", {})
    names = ("date_exercisable", "expiration_date")
    return next((str(found) for name in names if (found := cells.get(name) or words.get(name))), "")
