"""A register of shape 0001, on SQLite and on PostgreSQL, and what it holds before and after its upgrade.

``shape_0001.sql`` is what form4 wrote at commit b50c2ab: written calls with two totals on one day, a title with " | ",
an option without an expiration date, two spellings of one class, units with different vesting words, an amendment,
adjustments, and a line begun by hand.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import MetaData, create_engine, inspect, select, text

from form4_author.register.account import balances
from form4_author.register.database import HEAD, Register
from form4_author.register.place import place_of
from form4_author.register.table import LedgerEntry, Relationship, Series

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

__all__ = ["ADJUSTED", "HELD", "NOTES", "checked", "engine_of", "made", "rows"]

OLD = Path(__file__).with_name("shape_0001.sql")
CALL = "Call Option (obligation to sell), direct, at 50, to 2026-12-18"
RIGHT = "Option | right to buy, direct, at 12, to 2031-05-01"
FOUR, THIRD = (
    "Vests in four equal annual installments beginni…",
    "Vests in full on the third anniversary of the g…",
)
HELD = [
    ("Doe Jane", CALL, "20"),
    ("Doe Jane", f"{RIGHT} · {FOUR}", "100"),
    ("Doe Jane", f"{RIGHT} · {THIRD}", "200"),
    ("Doe Jane", "Warrant, direct, at 30", "300"),
    ("Doe Jane", "Common Stock, Class A, direct", "1100"),
    ("Doe Jane", f"Restricted Stock Units, direct · {FOUR}", "50"),
    ("Doe Jane", f"Restricted Stock Units, direct · {THIRD}", "65"),
    ("Doe Jane", "Preferred Stock, direct", "522.5"),
    ("Doe Jane", "Common Stock, By Trust", "40"),
    ("Roe Sam", "Preferred Stock, direct", "700"),
]
ADJUSTED = [
    ("Preferred Stock, direct", "12.5", "dividend reinvested in March"),
    (f"Restricted Stock Units, direct · {THIRD}", "-5", "forfeited"),
    ("Common Stock, By Trust", "40", "in the trust since 2019"),
]
NOTES = (
    (
        f"Doe Jane, Example Widgets Inc: {CALL}: 10 before, 20 now: the closing total of Form 4 filed 2026-03-02 is read "
        "as 20"
    ),
    (
        "Doe Jane, Example Widgets Inc: Class A Common Stock, direct: 1000 before, 1100 now: two spellings are one class "
        "now"
    ),
)


def made(url: str) -> str:
    """A register of shape 0001 is at the place."""
    if "://" in url:
        _sent(place_of(url).url)
    else:
        with closing(sqlite3.connect(url)) as connection:
            connection.executescript(OLD.read_text(encoding="utf-8"))
    return url


def engine_of(url: str) -> Engine:
    """Its database, without form4."""
    return create_engine(place_of(url).url if "://" in url else f"sqlite:///{url}")


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, by the table's name."""
    engine, tables = engine_of(url), MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        found = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*list(table.c)[:2]))]
            for table in tables.sorted_tables
        }
    engine.dispose()
    return found


def checked(register: Register, *, said: tuple[str, ...] = NOTES) -> None:
    """It was upgraded, and holds all that it should; ``said``: what this opening said of it."""
    assert register.shape() == HEAD
    assert register.notes == said
    with register.reading() as session:
        relations = session.scalars(select(Relationship).order_by(Relationship.id))
        held = [
            (r.person.name, b.line.name, f"{b.amount:f}") for r in relations for b in balances(session, r)
        ]
        assert held == HELD
        adjustments = session.scalars(
            select(LedgerEntry).where(LedgerEntry.filing_id.is_(None)).order_by(LedgerEntry.made_at)
        ).all()
        assert [(e.line.name, f"{e.change:f}", e.reason) for e in adjustments] == ADJUSTED
        series = session.scalars(select(Series).order_by(Series.title)).all()
        assert [s.terms["security_title"] for s in series] == [
            "Call Option (obligation to sell)",
            "Option | right to buy",
            "Restricted Stock Units",
            "Warrant",
        ]


def _sent(url: str) -> None:
    """The old register's tables and rows are on the server."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import MetaData

    engine, memory = create_engine(url), create_engine("sqlite://")
    with engine.begin() as connection, memory.connect() as source:
        config = Config()
        config.set_main_option("script_location", "form4_author.register:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        source.connection.driver_connection.executescript(OLD.read_text(encoding="utf-8"))  # type: ignore[union-attr]
        tables = MetaData()
        tables.reflect(source)
        for table in tables.sorted_tables:
            rows = [dict(row) for row in source.execute(select(table)).mappings()]
            if rows and table.name != "alembic_version":
                connection.execute(table.insert(), rows)
            if "id" in table.c and rows:
                number = f"pg_get_serial_sequence('{table.name}', 'id')"
                connection.execute(text(f"SELECT setval({number}, (SELECT MAX(id) FROM {table.name}))"))  # noqa: S608
        assert inspect(connection).get_table_names()
    engine.dispose()
    memory.dispose()
