"""A register of shape 0001 is brought up: nothing is lost, and what is held otherwise is said."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form4_author.register import database
from form4_author.register.backup import restored
from form4_author.register.database import opened
from form4_author.register.place import place_of
from tests.register.old import NOTES, checked, made

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from form4_author.register.database import Register


def _dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A register of shape 0001."""
    return Path(made(str(tmp_path / "old.sqlite3")))


def test_what_it_held_is_held_and_what_is_held_otherwise_is_said(old: Path) -> None:
    before = _dump(old)

    register = opened(place_of(str(old)))

    checked(register)
    register.close()
    copy = old.with_name("old.sqlite3.shape-0001")
    assert register.former_copy == copy
    assert _dump(copy) == before
    assert sys.platform == "win32" or stat.S_IMODE(copy.stat().st_mode) == 0o600
    again = opened(place_of(str(old)))
    assert (again.notes, again.former_copy) == ((), None)
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
    assert register.former_copy == old.with_name("old.sqlite3.shape-0001.2")


def test_an_upgrade_that_fails_in_the_middle_leaves_all_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _dump(old)
    upgrade = database._upgrade

    def fails(connection: Connection) -> None:
        upgrade(connection)
        raise ZeroDivisionError

    monkeypatch.setattr(database, "_upgrade", fails)
    with pytest.raises(ZeroDivisionError):
        opened(place_of(str(old)))

    assert _dump(old) == before
    assert list(old.parent.glob("*shape-*")) == []
    monkeypatch.undo()
    register = opened(place_of(str(old)))
    checked(register)
    register.close()


def test_a_command_says_it_once(tmp_path: Path) -> None:
    old = Path(made(str(tmp_path / "old.sqlite3")))
    list_of_persons = (sys.executable, "-m", "form4_author", "person", "list", "--register", str(old))

    first, second = (
        subprocess.run(list_of_persons, capture_output=True, text=True, check=True) for _ in range(2)
    )

    kept = f"The register was upgraded; the former one is saved at {old}.shape-0001.\n"
    assert first.stderr == kept + "".join(f"{note}.\n" for note in NOTES)
    assert second.stderr == ""


def test_an_old_backup_is_restored_and_no_copy_is_left(register: Register, old: Path) -> None:
    before = _dump(old)

    assert restored(register, old) == 9

    checked(register)
    assert _dump(old) == before
    assert list(old.parent.glob("*shape-*")) == []
