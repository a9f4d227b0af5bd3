"""The proof: one self-contained page that looks like the form on sec.gov."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from form4_author import __version__, codes
from form4_author.page.caption import captions
from form4_author.page.view import page_view
from form4_author.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Environment
    from markupsafe import Markup

    from form4_author.model.filing import Filing
    from form4_author.page.seal import Seal
    from form4_author.page.view import PageStatus, PageView, SignatureView

__all__ = [
    "PAPERS",
    "Paper",
    "PrintPage",
    "environment",
    "page_html",
    "print_page",
    "print_sheet",
    "seal_html",
    "tight_sheet",
]

Paper = Literal["letter", "A4"]
"""Sizes of the printed copy, by their names in CSS."""
PAPERS: Final[dict[str, Paper]] = {"letter": "letter", "a4": "A4"}
"""What ``--paper`` may name."""
_LONG_NUMBER: Final = re.compile(r"(?=.{12})\$?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?\Z")
"""Of 12 characters and more: what does not fit a column of Table II in one line."""
_AFTER_COMMA: Final = re.compile(r"(?<=,)")
_EMPHASISED: Final = re.compile(
    r"(?P<i>\b[Ss]ee(?= (?:Instruction|18 U\.S\.C\.)))|(?P<b>(?<=Name )and(?= Ticker))"
)
"""The words of the captions that the form sets in italics or bold."""
_WIDTHS: Final = {
    character: width
    for width, characters in (
        (300, " !',./:;I[\\]fijlt|()-`r"),
        (500, 'Jcksvxyz"*^{}'),
        (560, "#$0123456789?L_abdeghnopqu"),
        (670, "+<=>~FTZ&ABEKPSVXY"),
        (780, "CDHNRUwGOQ"),
        (950, "%MWm"),
    )
    for character in characters
}
"""Of the form's type, in thousandths of its size, not too narrow."""
_WIDEST: Final = 1020
"""Of any other character."""
_CAPTION_SIZE: Final = 78
"""Hundredths of the size of a value."""
_ROOM: Final = {"3": 16_800, "4": 20_800, "5": 20_800}
"""Between the edges of box 1, where it is narrowest, without two gaps; some left for a browser's type."""

_SIGNATURE_ROOM: Final = {"3": 28_500, "4": 38_000, "5": 38_000}
"""Of a line for a signature beside the place that is signed, where a margin is to its left."""


@cache
def environment() -> Environment:
    """Jinja with the templates that ship: everything escaped, nothing undefined passed over."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = _breakable
    environment.filters["emphasized"] = _emphasized
    environment.filters["hexed"] = _hexed
    environment.filters["needs_width"] = _needs_width
    environment.filters["side_by_side"] = _side_by_side
    environment.filters["slashed"] = _slashed
    return environment


def _breakable(text: str) -> Markup:
    """The text with a place to break the line after each comma of a long number, so that none breaks mid-digits."""
    from markupsafe import Markup, escape

    if _LONG_NUMBER.match(text) is None:
        return escape(text)
    return Markup("<wbr>").join(escape(part) for part in _AFTER_COMMA.split(text))


def _emphasized(text: str) -> Markup:
    """The caption with its *see* and **and** as the form sets them."""
    from markupsafe import Markup, escape

    return Markup(  # noqa: S704  # escaped before; the tags are ours
        _EMPHASISED.sub(lambda m: f"<{m.lastgroup}>{m[0]}</{m.lastgroup}>", str(escape(text)))
    )


def _hexed(text: str) -> str:
    """The text as hexadecimal digits of its UTF-8, which pass through an address unchanged."""
    return text.encode().hex()


def _side_by_side(texts: tuple[str, ...], captions: Sequence[str], base: str) -> bool:
    """Whether texts above their captions fit side by side in box 1: whole words, and the last text in one line."""
    needed = 0
    for text, caption in zip(texts, captions, strict=True):
        whole = caption == captions[-1]
        needed += max(_width(text, whole=whole), _width(caption, whole=whole) * _CAPTION_SIZE // 100)
    return needed <= _ROOM[base]


def _needs_width(signatures: Iterable[SignatureView], base: str) -> bool:
    """Whether a signature is longer than a line that leaves a margin to its left."""
    return any(_width(each.name, whole=True) > _SIGNATURE_ROOM[base] for each in signatures)


def _width(text: str, *, whole: bool) -> int:
    """Width of the whole text, or of its longest word, in thousandths of the type's size."""
    pieces = [text] if whole else text.split()
    return max((sum(_WIDTHS.get(letter, _WIDEST) for letter in piece) for piece in pieces), default=0)


def _slashed(text: str) -> Markup:
    """The caption with a place to break the line after each slash of (Month/Day/Year), and before (s)."""
    from markupsafe import Markup, escape

    parts = (Markup("<wbr>(s)").join(map(escape, part.split("(s)"))) for part in text.split("/"))
    return Markup("/<wbr>").join(parts)


@dataclass(frozen=True, slots=True)
class PrintPage:
    """The page for the printed copy, without its sheet, which is the same for many pages."""

    html: str
    captions: str
    """Name of the set of captions: with the form, the key of :func:`print_sheet`."""
    base: str
    """``3``, ``4`` or ``5``."""


def page_html(filing: Filing, *, status: PageStatus) -> str:
    """The page for a browser: no script, no outside reference; the same filing gives the same text.

    Raises ResourceMissing when the templates are not installed.
    """
    return _page(page_view(filing), status, "screen")


def print_page(filing: Filing, *, status: PageStatus) -> PrintPage:
    """The same page for the printed copy.

    Raises ResourceMissing when the templates are not installed.
    """
    view = page_view(filing)
    return PrintPage(_page(view, status, "print"), codes.edition_named(view.edition).captions, view.base)


def print_sheet(name: str, base: str, paper: Paper = "letter") -> str:
    """The printed copy's CSS: paper, fonts by a path below ``templates``, footers, column widths.

    ``name`` is the set of captions, ``base`` the form. Raises ResourceMissing when the templates are not installed.
    """
    sheet = environment().get_template("page/print.css.j2")
    return sheet.render(captions=captions(name, base), base=base, paper=paper)


def tight_sheet() -> str:
    """CSS after that of the printed copy, which takes white out."""
    return environment().get_template("page/tight.css").render()


def seal_html(seal: Seal, size: str, width: float, height: float, *, flowing: bool = False) -> str:
    """The page that shows the content of a signed place: ``size`` of the type, ``width`` and ``height`` in points.

    ``flowing``: the lines follow one another, which takes less room.
    """
    return (
        environment()
        .get_template("page/stamp.html.j2")
        .render(seal=seal, size=size, width=width, height=height, flowing=flowing)
    )


def _page(view: PageView, status: PageStatus, medium: str) -> str:
    page = environment().get_template("page/page.html.j2")
    return page.render(
        view=view,
        captions=captions(codes.edition_named(view.edition).captions, view.base),
        form=codes.forms()[view.form if view.form in codes.forms() else view.base],
        status=status,
        medium=medium,
        version=__version__,
    )
