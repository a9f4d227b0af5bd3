"""The proof: one self-contained page that looks like the form on sec.gov."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from form4_author import __version__, codes
from form4_author.render.caption import captions
from form4_author.render.view import PageStatus, page_view
from form4_author.resources import resource

if TYPE_CHECKING:
    from jinja2 import Environment

    from form4_author.model.filing import Filing

__all__ = ["page_html", "print_html"]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page_html(filing: Filing, *, status: PageStatus) -> str:
    """The page for a browser: no script, no outside reference; the same filing gives the same text.

    Raises ResourceMissing when the templates are not installed.
    """
    return _page(filing, status, "screen")


def print_html(filing: Filing, *, status: PageStatus) -> str:
    """The same page with the sheets, fonts and footers of the printed copy."""
    return _page(filing, status, "print")


def _page(filing: Filing, status: PageStatus, medium: str) -> str:
    view = page_view(filing)
    name = codes.edition_named(view.edition).captions
    page = _environment().get_template("page/page.html.j2")
    return page.render(
        view=view,
        captions=captions(name, view.base),
        form=codes.forms()[view.form if view.form in codes.forms() else view.base],
        status=status,
        medium=medium,
        version=__version__,
    )
