"""Each test of the register runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import json
import os
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest
from sqlalchemy import create_engine, text

from form4_author.cli import main
from form4_author.register.database import opened
from form4_author.register.place import place_of
from tests.register.server import PostgresqlMissing, running_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from form4_author.register.database import Register

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server, without a database's name."""
    try:
        with running_server() as port:
            yield f"postgresql://form4@127.0.0.1:{port}"
    except PostgresqlMissing as missing:
        if os.environ.get("FORM4_POSTGRESQL") == "required":
            pytest.fail(f"PostgreSQL must be tested here: {missing}")
        pytest.skip(f"needs PostgreSQL: {missing}")


def database(server: str) -> str:
    """The URL of an empty schema of the one database: to the register it is a database of its own."""
    name = f"form4_{next(_NUMBERS)}"
    engine = create_engine(place_of(f"{server}/postgres").url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    engine.dispose()
    return f"{server}/postgres?options=-csearch_path%3D{name}"


_ON_BOTH: Final = (
    "test_book.py",
    "test_former.py",
    "test_halfway.py",
    "test_upgrade.py",
)
"""Tests of what databases do each in their way: transactions, locks, migrations, types. The others read and write alike."""
_ALSO: Final = ("test_several_at_once_lose_nothing", "test_an_import_that_is_killed_keeps_whole_transactions")
"""Of those that kill processes, which take a second each."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What does not depend on the database runs on PostgreSQL with `make test-all` only."""
    for item in items:
        call = getattr(item, "callspec", None)
        both = item.path.name in _ON_BOTH or item.name.partition("[")[0] in _ALSO
        if call is not None and call.params.get("url") == "postgresql" and not both:
            item.add_marker(pytest.mark.long)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a register may be made."""
    if request.param == "sqlite":
        return str(tmp_path / "register.sqlite3")
    return database(request.getfixturevalue("server"))


@pytest.fixture
def register(url: str) -> Iterator[Register]:
    """An empty register."""
    made = opened(place_of(url), create=True)
    yield made
    made.close()


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Its JSON."""
        return json.loads(self.out)


@pytest.fixture
def form4(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """A command as it is typed in an empty folder, on the day 2026-11-23; the register is where ``url`` says."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("FORM4_REGISTER", url)
    monkeypatch.setenv("FORM4_TODAY", "2026-11-23")

    def run(*words: str) -> Said:
        capsys.readouterr()
        try:
            code = main(words)
        finally:
            out, err = capsys.readouterr()
        return Said(code, out, err)

    return run
