"""``next-steps.txt``: what is done with a packet, in order, from the signatures to the issuer's website.

Sources: Regulation S-T, Rule 302(b) (authentication documents, retention of five years) and Rule 13(a) (10 p.m.
Eastern); Rule 16a-3(k) (issuer's website). The address of the filing site and its login rest on general knowledge.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from form4_author.page.authentication import authentication_views
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.legal_data import basis_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from form4_author.model.filing import Filing

__all__ = ["NEXT_STEPS", "next_steps"]

NEXT_STEPS: Final = "next-steps.txt"
_WIDTH: Final = 78
_SITE: Final = "www.onlineforms.edgarfiling.sec.gov"


def next_steps(filing: Filing, due: str, attached: Iterable[str] = (), part: str = "") -> tuple[str, ...]:
    """The steps in lines of 78 characters, each begun with its number.

    Args:
        filing: The form, complete.
        due: When it is due, as the screens have it; empty where there is no due date.
        attached: File names of what goes beside the form.
        part: ``1 of 2``, where the filing makes several forms.
    """
    lines = ["Next steps" + (f" for form {part}" if part else ""), *([due] if due else [])]
    for number, step in enumerate(_steps(filing, tuple(attached)), 1):
        lines += textwrap.wrap(step, _WIDTH, initial_indent=f"{number} ", subsequent_indent="  ")
    for text in basis_lines(sec_calendar().added):
        lines += textwrap.wrap(text, _WIDTH)
    return tuple(lines)


def _steps(filing: Filing, attached: tuple[str, ...]) -> Iterator[str]:
    form = f"form{(filing.form or '4').lower().replace('/', '')}"
    views = authentication_views(filing, document=f"{form}.xml", sha256="")
    for number, view in enumerate(views, 1):
        document = f"authentication{f'-{number}' if len(views) > 1 else ''}.pdf"
        yield f"{view.signatory} signs {document} before or when the form is filed. Keep it for five years."
    ciks = tuple(f"CIK {owner.cik}" for owner in filing.owners)
    whose = "that filer's CCC" if len(ciks) == 1 else "each filer's CCC"
    yield (
        f"Go to {_SITE} and log in with Login.gov, as someone who may file for {_listed(ciks)}. Have {whose} ready."
        " (See sec.gov/edgar if the address has changed.)"
    )
    more = f" Attach {_listed(attached)}." if attached else ""
    yield (
        f"Upload {form}.xml.{more} Before you submit it, compare what EDGAR shows with {form}.pdf, which is your copy"
        " and is not uploaded."
    )
    yield (
        "EDGAR sends an acceptance message with an accession number. Then choose Mark as filed in form4, or run"
        " form4 filed, with that number."
    )
    yield (
        f"{filing.issuer.name or 'The issuer'} posts the form on its website, if it has one, by the end of the business"
        " day after filing (Rule 16a-3(k))."
    )


def _listed(names: tuple[str, ...]) -> str:
    """``a, b and c``."""
    return " and ".join([*([", ".join(names[:-1])] if names[1:] else []), *names[-1:]])
