"""Whether two filings are one: told by what they say, not by their bytes.

EDGAR shows a form with names and its edition, a packet has neither, a submission text has a header around it: the form
is the same. Names, addresses and spacing are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from form4_author.errors import Form4Error
from form4_author.ident.cik import bare_cik
from form4_author.register.account import named_filing
from form4_author.register.table import Filed, Issuer, Person
from form4_author.text import amount

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["refuse_other", "saying", "says"]

_AMOUNT: Final = re.compile(r"[0-9]*\.?[0-9]+|[0-9]+\.")
_ELSEWHERE: Final = ("$schema", "format", "edition", "interview", "name", "address")
"""What is not of the form itself; the name of a signature is."""


def says(content: Mapping[str, Any]) -> object:
    """What a form says, in a shape that is equal where it is the same."""
    return _plain({name: value for name, value in content.items() if name != "signatures"}), [
        (_plain(each.get("name")), _plain(each.get("date"))) for each in content.get("signatures", ())
    ]


def _plain(value: object) -> object:
    """Numbers by their value, text by its words; a box that is not checked says nothing."""
    if isinstance(value, Mapping):
        cells = {name: _plain(each) for name, each in value.items() if name not in _ELSEWHERE}
        return {name: each for name, each in cells.items() if not _is_nothing(each)}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, str):
        words = " ".join(value.split())
        return amount(words) if _AMOUNT.fullmatch(words) else words
    return value


def _is_nothing(value: object) -> bool:
    return value is None or value is False or value in ("", [], {})


def saying(session: Session, content: Mapping[str, Any]) -> Filed | None:
    """The form on record that says the same; None where there is none."""
    form, period, issuer, persons = _tells(content)
    near = session.scalars(
        select(Filed)
        .where(Filed.form == form, Filed.period == (date.fromisoformat(period[:10]) if period else None))
        .where(Filed.issuer.has(Issuer.cik == issuer), Filed.persons.any(Person.cik.in_(persons)))
        .order_by(Filed.id)
    )
    return next((filed for filed in near if says(filed.content) == says(content)), None)


def refuse_other(there: Filed, content: Mapping[str, Any], given: str | None) -> None:
    """Raises Form4Error where the form on record under an accession number says something else."""
    if says(there.content) == says(content):
        return
    what = (
        "another form's number"
        if _tells(there.content) != _tells(content)
        else "on record with other content"
    )
    who = ", ".join(person.name for person in there.persons)
    raise Form4Error(
        f"{given} is {what}: {who} · {there.issuer.name}, {named_filing(there)}",
        remedy="Look at EDGAR's acceptance message again",
    )


def _tells(content: Mapping[str, Any]) -> tuple[str, str, str, frozenset[str]]:
    """Kind, period, issuer and persons."""
    persons = frozenset(bare_cik(owner.get("cik")) for owner in content.get("owners", ()))
    issuer = bare_cik(content.get("issuer", {}).get("cik"))
    return content.get("form", ""), content.get("period_of_report", ""), issuer, persons
