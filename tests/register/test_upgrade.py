"""A register of shape 0001 is brought up: nothing is lost, and what is held otherwise is said.

``shape_0001.sql`` is what form4 wrote at commit b50c2ab: written calls with two totals on one day, a title with " | ",
an option without an expiration date, two spellings of one class, units with different vesting words, an amendment,
adjustments, and a line begun by hand.
"""

from __future__ import annotations

import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, inspect, select, text

from form4_author.register import book
from form4_author.register.account import balances
from form4_author.register.book import HEAD, opened
from form4_author.register.copy import restored
from form4_author.register.place import place_of
from form4_author.register.table import Entry, Relationship, Series

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Connection

    from form4_author.register.book import Register
    from tests.register.conftest import Said

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


def _dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A register of shape 0001."""
    return _made(tmp_path / "old.sqlite3")


def _made(file: Path) -> Path:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
    return file


def _checked(register: Register) -> None:
    """It holds all that it should."""
    assert register.shape() == HEAD
    assert register.notes == NOTES
    with register.reading() as session:
        relations = session.scalars(select(Relationship).order_by(Relationship.id))
        held = [
            (r.person.name, b.line.name, f"{b.amount:f}") for r in relations for b in balances(session, r)
        ]
        assert held == HELD
        adjustments = session.scalars(
            select(Entry).where(Entry.filing_id.is_(None)).order_by(Entry.made_at)
        ).all()
        assert [(e.line.name, f"{e.change:f}", e.reason) for e in adjustments] == ADJUSTED
        series = session.scalars(select(Series).order_by(Series.title)).all()
        assert [s.terms["security_title"] for s in series] == [
            "Call Option (obligation to sell)",
            "Option | right to buy",
            "Restricted Stock Units",
            "Warrant",
        ]


def test_what_it_held_is_held_and_what_is_held_otherwise_is_said(old: Path) -> None:
    before = _dump(old)

    register = opened(place_of(str(old)))

    _checked(register)
    register.close()
    copy = old.with_name("old.sqlite3.shape-0001")
    assert register.kept == copy
    assert _dump(copy) == before
    assert sys.platform == "win32" or stat.S_IMODE(copy.stat().st_mode) == 0o600
    again = opened(place_of(str(old)))
    assert (again.notes, again.kept) == ((), None)
    again.close()
    assert {f.name for f in old.parent.iterdir()} <= {
        old.name,
        copy.name,
        "old.sqlite3-wal",
        "old.sqlite3-shm",
    }


def test_a_copy_that_is_there_stays(old: Path) -> None:
    first = old.with_name("old.sqlite3.shape-0001")
    first.write_bytes(b"another")

    register = opened(place_of(str(old)))
    register.close()

    assert first.read_bytes() == b"another"
    assert register.kept == old.with_name("old.sqlite3.shape-0001.2")


def test_an_upgrade_that_fails_in_the_middle_leaves_all_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _dump(old)
    upgrade = book._upgrade

    def fails(connection: Connection) -> None:
        upgrade(connection)
        raise ZeroDivisionError

    monkeypatch.setattr(book, "_upgrade", fails)
    with pytest.raises(ZeroDivisionError):
        opened(place_of(str(old)))

    assert _dump(old) == before
    assert list(old.parent.glob("*shape-*")) == []
    monkeypatch.undo()
    register = opened(place_of(str(old)))
    _checked(register)
    register.close()


def test_a_command_says_it_once(
    form4: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = _made(tmp_path / "old.sqlite3")
    monkeypatch.setenv("FORM4_REGISTER", str(old))

    done = form4("person", "list")

    kept = f"The register was upgraded; the former one is kept at {old}.shape-0001.\n"
    assert (done.code, done.err) == (0, kept + "".join(f"{note}.\n" for note in NOTES))
    assert form4("person", "list").err == ""


def test_an_old_backup_is_restored_and_no_copy_is_left(register: Register, old: Path) -> None:
    before = _dump(old)

    assert restored(register, old) == 9

    _checked(register)
    assert _dump(old) == before
    assert list(old.parent.glob("*shape-*")) == []


def test_a_register_on_a_server_is_upgraded_in_its_transaction(server: str) -> None:
    from tests.register.conftest import database

    url = database(server)
    _sent(place_of(url).url)

    register = opened(place_of(url))

    _checked(register)
    register.close()


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
