"""A terminal's screen as an SVG drawing: a monospaced font on a fixed grid, nothing of the moment or the machine."""

from __future__ import annotations

import html
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import pyte

__all__ = ["drawn"]

_WIDE: Final = 8
_HIGH: Final = 17
_EDGE: Final = 12
_COLOURS: Final = {
    "default": "#e6e6e6", "black": "#7f8c98", "red": "#ff8080", "green": "#8fd18f", "brown": "#e6c86e", "blue": "#8fb8ff",
    "magenta": "#e0a0e0", "cyan": "#7fd6d6", "white": "#ffffff",
}  # fmt: skip
_FONT: Final = ' font-family="ui-monospace, \'Liberation Mono\', Menlo, Consolas, monospace" font-size="13"'
_GROUND: Final = "#1e2329"


class _Style(NamedTuple):
    colour: str
    bold: bool
    reverse: bool
    underscore: bool


def drawn(screen: pyte.Screen) -> str:
    """The drawing, with one element for each stretch of one style in a line; empty lines at the end are left out."""
    lines = [line.rstrip() for line in screen.display]
    while lines and not lines[-1]:
        lines.pop()
    width, height = screen.columns * _WIDE + 2 * _EDGE, len(lines) * _HIGH + 2 * _EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"{_FONT}>',
        f'<rect width="{width}" height="{height}" rx="6" fill="{_GROUND}"/>',
    ]
    for row in range(len(lines)):
        parts += _line(screen, row)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _line(screen: pyte.Screen, row: int) -> list[str]:
    cells = [screen.buffer[row][column] for column in range(screen.columns)]
    parts, at = [], 0
    for style, group in groupby(cells, key=_style):
        text = "".join(cell.data for cell in group)
        kept = text if style.reverse or style.underscore else text.rstrip()
        begins = at + len(kept) - len(kept.lstrip()) if not (style.reverse or style.underscore) else at
        if kept.strip():
            parts += _stretch(style, kept[begins - at :], begins, row)
        at += len(text)
    return parts


def _style(cell: pyte.screens.Char) -> _Style:
    colour = cell.fg if cell.fg in _COLOURS else f"#{cell.fg}" if len(cell.fg) == 6 else "default"
    return _Style(_COLOURS.get(colour, colour), cell.bold, cell.reverse, cell.underscore)


def _stretch(style: _Style, text: str, column: int, row: int) -> list[str]:
    x, y, width = _EDGE + column * _WIDE, _EDGE + row * _HIGH, len(text) * _WIDE
    fill, ground = (_GROUND, style.colour) if style.reverse else (style.colour, "")
    shown = f'<text x="{x}" y="{y + 13}" textLength="{width}" xml:space="preserve" fill="{fill}"'
    shown += ' font-weight="bold"' if style.bold else ""
    shown += ' text-decoration="underline"' if style.underscore else ""
    parts = [f'<rect x="{x}" y="{y}" width="{width}" height="{_HIGH}" fill="{ground}"/>'] if ground else []
    return [*parts, f"{shown}>{html.escape(text, quote=False)}</text>"]
