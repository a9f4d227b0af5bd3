"""What an action changed, as it was before: kept with the action, so that it can be undone.

``Action.former`` has ``lines``, those it changed, with their terms before; ``joined``, those whose entries it gave to
another line; ``begun``, those it made; ``series`` and ``classes`` of the issuer; and ``last``, the number of the last
entry before it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from form4_author.ledger.line import DOLLARS, SHARES, LineKey
from form4_author.register.table import Action, LedgerEntry, Line
from form4_author.text import amount

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from form4_author.register.table import Action, Issuer, Line, Series

__all__ = ["as_it_is", "blank", "key_on", "put_back", "series_as_it_is", "title_on"]


def blank(session: Session) -> dict[str, Any]:
    """What an action that has changed nothing yet keeps."""
    last = session.scalar(select(func.max(LedgerEntry.id))) or 0
    return {"lines": [], "joined": [], "begun": [], "series": [], "classes": [], "last": last}


def as_it_is(line: Line) -> dict[str, Any]:
    """A line with its terms, as plain data."""
    key = line.key
    return {
        "id": line.id,
        "table": key.table,
        "title": key.title,
        "form": key.form,
        "nature": key.nature,
        "price": None if key.price is None else format(key.price, "f"),
        "expiration": key.expiration and key.expiration.isoformat(),
        "terms": list(key.terms),
        "unit": key.unit,
        "name": line.name,
        "cells": line.cells,
    }


def _key(former: dict[str, Any]) -> LineKey:
    exercisable, expires = former["terms"]
    return LineKey(
        table=former["table"],
        title=former["title"],
        form=former["form"],
        nature=former["nature"],
        price=None if former["price"] is None else amount(former["price"]),
        expiration=None if former["expiration"] is None else date.fromisoformat(former["expiration"]),
        terms=(exercisable, expires),
        unit=DOLLARS if former["unit"] == DOLLARS else SHARES,
    )


def series_as_it_is(series: Series) -> dict[str, Any]:
    """A series with its terms, as plain data."""
    return {
        "id": series.id,
        "price": None if series.price is None else format(series.price, "f"),
        "terms": series.terms,
    }


def key_on(line: Line, day: date) -> LineKey:
    """What told a line from the others on a day: before an action that came after, its former terms."""
    former = _former(line, day)
    return line.key if former is None else _key(former)


def title_on(line: Line, day: date) -> str:
    """What a line was called on a day."""
    former = _former(line, day)
    return str((line.cells if former is None else former["cells"]).get("security_title", ""))


def _former(line: Line, day: date) -> dict[str, Any] | None:
    """The line as it was before the first action on that day or later; None where it is still so."""
    for action in line.holder.issuer.actions:
        former = next((each for each in action.former["lines"] if each["id"] == line.id), None)
        if former is not None and action.day >= day:
            return dict(former)
    return None


def put_back(session: Session, action: Action) -> list[Line]:
    """Lines and series are as they were before an action; its entries are gone. The lines it concerned."""
    former, issuer = action.former, action.issuer
    lines = {line.id: line for relation in issuer.relationships for line in relation.lines}
    for entry in list(action.entries):
        entry.line.entries.remove(entry)
    for each in former["lines"]:
        if (line := lines.get(each["id"])) is not None:
            line.key, line.name, line.cells = _key(each), each["name"], each["cells"]
    for each in former["joined"]:
        into, line = lines.get(each["into"]), lines.get(each["id"])
        if into is not None and line is not None:
            for entry in [entry for entry in into.entries if entry.id in each["entries"]]:
                entry.line = line
    _series_put_back(issuer, former)
    session.flush()
    ids = [*(each["id"] for name in ("lines", "joined") for each in former[name]), *former["begun"]]
    return [lines[id] for id in dict.fromkeys(ids) if id in lines]


def _series_put_back(issuer: Issuer, former: dict[str, Any]) -> None:
    series = {each.id: each for each in issuer.series}
    for each in former["series"]:
        if (found := series.get(each["id"])) is not None:
            found.price = None if each["price"] is None else amount(each["price"])
            found.terms = each["terms"]
