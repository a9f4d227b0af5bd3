"""The closed days that a shared register holds for all who use it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from form4_author.errors import Form4Error

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from form4_author.register.place import RegisterPlace
    from form4_author.timing.closed_day import ClosedDay

__all__ = ["add_closed_day", "closed_days_at", "remove_closed_day"]

_COLUMNS = "day, closed, reason, source"


def closed_days_at(place: RegisterPlace) -> tuple[str, ...]:
    """The closed days of a register as texts, by date; none where its shape is older than they are.

    A file is read without SQLAlchemy, which would cost each command more time than its work, and without an upgrade.
    Raises Form4Error where it cannot be read.
    """
    if not place.is_there:
        return ()
    if place.file is None:
        return _of_server(place)
    try:
        return _of_file(place.file.absolute().as_uri())
    except sqlite3.Error as error:
        raise Form4Error(str(error), remedy="Check the register with form4 register show") from None


def _of_file(uri: str) -> tuple[str, ...]:
    with closing(sqlite3.connect(f"{uri}?mode=ro", uri=True)) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE type='table' AND name='closed_day'")
        if found.fetchone() is None:
            return ()
        rows = connection.execute(f"SELECT {_COLUMNS} FROM closed_day ORDER BY day").fetchall()  # noqa: S608
    return tuple(" | ".join(row) for row in rows)


def _of_server(place: RegisterPlace) -> tuple[str, ...]:
    from sqlalchemy import inspect, text

    from form4_author.register.database import Register

    register = Register(place)
    try:
        with register.reading() as session:
            if not inspect(session.connection()).has_table("closed_day"):
                return ()
            rows = session.execute(text(f"SELECT {_COLUMNS} FROM closed_day ORDER BY day")).all()  # noqa: S608
    finally:
        register.close()
    return tuple(" | ".join(map(str, row)) for row in rows)


def add_closed_day(session: Session, added: ClosedDay, at: datetime) -> None:
    """The register holds the day; one that it had is replaced."""
    from form4_author.register import table

    session.merge(
        table.ClosedDate(
            day=added.day, closed=added.closed, reason=added.reason, source=added.source, made_at=at
        )
    )


def remove_closed_day(session: Session, added: ClosedDay) -> None:
    """The register does not hold the day any more."""
    from form4_author.register import table

    session.delete(session.get_one(table.ClosedDate, added.day))
