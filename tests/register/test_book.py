"""The register as a file or server: private, whole or not at all, several at once, backed up and restored."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import stat
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text

from form4_author.errors import Form4Error
from form4_author.register.backup import backed_up, restored
from form4_author.register.database import HEAD, opened
from form4_author.register.place import place_of
from form4_author.register.record import recorded
from form4_author.register.table import Base, Filed, Issuer, Note, Person
from tests.register.papers import NOW, paper, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.register.database import Register


@pytest.mark.long
def test_the_migrations_make_the_tables_that_the_program_uses(register: Register) -> None:
    config = Config()
    config.set_main_option("script_location", "form4_author.register:migrations")

    assert ScriptDirectory.from_config(config).get_current_head() == HEAD == register.shape()
    with register.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX's")
def test_the_file_and_its_journals_are_their_owners_only(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "register.sqlite3"
    register = opened(place_of(str(file)), create=True)
    with register.writing() as session:
        session.add(Note(name="a", text="b"))
        session.flush()
        modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in file.parent.iterdir()}

    assert modes == dict.fromkeys(("register.sqlite3", "register.sqlite3-wal", "register.sqlite3-shm"), 0o600)
    register.close()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX's")
def test_a_register_that_others_could_read_is_closed_to_them_and_so_are_folders_that_are_made(
    tmp_path: Path,
) -> None:
    file = tmp_path / "new" / "deep" / "register.sqlite3"
    before = os.umask(0)
    try:
        opened(place_of(str(file)), create=True).close()
        assert [stat.S_IMODE(f.stat().st_mode) for f in (file.parent.parent, file.parent, file)] == [
            0o700,
            0o700,
            0o600,
        ]
        file.chmod(0o666)
        register = opened(place_of(str(file)))
        with register.writing() as session:
            session.add(Note(name="a", text="b"))
            session.flush()
            journal = file.with_name(f"{file.name}-wal")
            journal.chmod(0o644)
            opened(place_of(str(file))).close()
            assert [stat.S_IMODE(f.stat().st_mode) for f in (file, journal)] == [0o600, 0o600]
        register.close()
    finally:
        os.umask(before)


@pytest.mark.parametrize("beside", [0o500, 0o700])
@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX's")
def test_a_register_that_can_not_be_written_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: int
) -> None:
    """On a disk that is read-only, or without permission; tried with what the system says to one who is not root."""
    file = tmp_path / "disk" / "register #1?.sqlite3"
    register = opened(place_of(str(file)), create=True)
    with register.writing() as session:
        session.add(Note(name="gift", text="A gift."))
    register.close()
    before = sorted(f.name for f in file.parent.iterdir())
    really_open, really_access = os.open, os.access

    def refused(path: Any, flags: int, *mode: int) -> int:
        if Path(path) == file and flags & os.O_RDWR:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return really_open(path, flags, *mode)

    monkeypatch.setattr(os, "open", refused)
    monkeypatch.setattr(
        os, "access", lambda path, mode: beside == 0o700 if mode == os.W_OK else really_access(path, mode)
    )
    register = opened(place_of(str(file)))

    with register.reading() as session:
        assert [note.text for note in session.scalars(select(Note))] == ["A gift."]
    with (
        pytest.raises(Form4Error, match=r"readonly database\. Ask for permission to write it"),
        register.writing() as session,
    ):
        session.add(Note(name="sale", text="A sale."))
    register.close()
    assert beside == 0o700 or sorted(f.name for f in file.parent.iterdir()) == before


def test_a_reader_sees_one_state_while_another_writes(url: str) -> None:
    reader, writer = opened(place_of(url), create=True), opened(place_of(url))
    with reader.reading() as session:
        seen = []
        for n in range(2):
            seen.append(session.scalar(select(func.count()).select_from(Note)))
            with writer.writing() as other:
                other.add(Note(name=f"note {n}", text="x"))
        seen.append(session.scalar(select(func.count()).select_from(Note)))
    with reader.reading() as session:
        seen.append(session.scalar(select(func.count()).select_from(Note)))
    reader.close()
    writer.close()
    assert seen == [0, 0, 0, 2]


TOO_LONG = [
    (lambda: Person(cik="1" * 12, name="x", address={}), '"111111111111" is too long for the register: it has 12 characters; at most 10 fit'),
    (lambda: Issuer(cik="1", name="x", shares_outstanding=Decimal("9" * 45)), f'"{"9" * 45}" is too long for the register: it has 45 characters; at most 40 fit'),
]  # fmt: skip


@pytest.mark.parametrize(("card", "told"), TOO_LONG)
def test_what_does_not_fit_is_refused_alike_by_every_database(
    register: Register, card: Callable[[], Base], told: str
) -> None:
    with (
        pytest.raises(Form4Error, match=re.escape(f"{told}. Write it shorter.")),
        register.writing() as session,
    ):
        session.add(card())


def test_an_exception_leaves_nothing_behind(register: Register) -> None:
    def interrupted() -> None:
        with register.writing() as session:
            session.add(Note(name="a", text="b"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()

    with register.reading() as session:
        assert session.scalar(select(func.count()).select_from(Note)) == 0


def test_two_clients_that_write_at_once_lose_nothing(url: str) -> None:
    def client(number: int) -> None:
        register = opened(place_of(url), create=True)  # both may have to make the tables
        for n in range(15):
            with register.writing() as session:
                count = session.scalar(select(func.count()).select_from(Note)) or 0
                session.add(Note(name=f"{number}-{n}", text=str(count)))
        register.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(client, (1, 2)))

    register = opened(place_of(url))
    with register.reading() as session:
        counted = sorted(int(note.text) for note in session.scalars(select(Note)))
    register.close()
    assert counted == list(range(30))  # each saw what the other had written


def test_a_register_of_a_newer_form4_is_left_alone(url: str) -> None:
    register = opened(place_of(url), create=True)
    with register.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    register.close()

    with pytest.raises(
        Form4Error, match=r"written by a newer form4: its version is 9999; this form4 reads up to 0003"
    ):
        opened(place_of(url))


def test_there_is_no_register_until_one_is_made(tmp_path: Path) -> None:
    with pytest.raises(Form4Error, match=r"There is no register at .*register.sqlite3 yet"):
        opened(place_of(str(tmp_path / "register.sqlite3")))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ("postgresql://jane:secret@host/name", "has a password in it"),
        ("postgresql://host/name?password=secret", "has a password in it"),
        ("nonsense://x", "is not the URL of a database"),
    ],
)
def test_urls_that_are_refused_show_no_password(told: str, problem: str) -> None:
    with pytest.raises(Form4Error, match=problem) as refused:
        opened(place_of(told))
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_register_is_told(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Sir or Madam, " * 100)

    with pytest.raises(Form4Error, match=r"can't be used: file is not a database\. Name another file"):
        opened(place_of(str(file)))


# ---- backup and restore


def test_a_backup_restores_everything_and_numbers_go_on(register: Register, url: str, tmp_path: Path) -> None:
    with register.writing() as session:
        recorded(session, paper(row(total="1000.250")), NOW)
        session.add(Note(name="gift", text="A gift."))
    file = tmp_path / "backup.sqlite3"

    assert backed_up(register, file) == 1
    with register.writing() as session:
        recorded(session, paper(row(total="5"), day="2026-05-01", number=2), NOW)
    with pytest.raises(Form4Error, match="is not empty"):
        restored(register, file)
    assert restored(register, file, replace=True) == 1

    with register.writing() as session:
        assert [f.accession_number for f in session.scalars(select(Filed))] == ["0009999001-26-000001"]
        assert [n.text for n in session.scalars(select(Note))] == ["A gift."]
        assert recorded(session, paper(row(total="7"), day="2026-06-01", number=3), NOW) is not None
    assert [f.name for f in tmp_path.iterdir() if "backup" in f.name] == ["backup.sqlite3"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 or sys.platform == "win32"


def test_a_backup_that_is_none_changes_nothing(register: Register, tmp_path: Path) -> None:
    with register.writing() as session:
        session.add(Note(name="gift", text="A gift."))
    bad = tmp_path / "bad.sqlite3"
    bad.write_bytes(b"nothing of the kind" * 50)

    for file, problem in ((bad, "not a database"), (tmp_path / "missing", "There is no backup")):
        with pytest.raises(Form4Error, match=problem):
            restored(register, file, replace=True)
    with register.reading() as session:
        assert [n.name for n in session.scalars(select(Note))] == ["gift"]
    assert sorted(f.name for f in tmp_path.iterdir() if "bad" in f.name) == ["bad.sqlite3"]


@pytest.mark.long
def test_a_backup_is_of_one_state_while_another_writes(url: str, tmp_path: Path) -> None:
    """Forms with their persons and entries: a table read later knew rows that the earlier one did not."""
    register, done = opened(place_of(url), create=True), Event()

    def write() -> None:
        writer = opened(place_of(url))
        for number in range(1, 200):
            if done.is_set():
                break
            with writer.writing() as session:
                recorded(session, paper(row(total=str(number)), person=f"Doe {number}", number=number), NOW)
        writer.close()

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        try:
            counts = [backed_up(register, tmp_path / "backup.sqlite3") for _ in range(8)]
        finally:
            done.set()
        writing.result()
    register.close()
    assert counts == sorted(counts)
    with closing(sqlite3.connect(tmp_path / "backup.sqlite3")) as backup:
        assert backup.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.skipif(sys.platform == "win32", reason="the names are POSIX's")
def test_a_backup_replaces_backups_and_nothing_else(register: Register, tmp_path: Path) -> None:
    letter, pipe, empty = tmp_path / "letter", tmp_path / "pipe", tmp_path / "empty"
    letter.write_text("Dear Sir or Madam")
    os.mkfifo(pipe)
    empty.touch()

    for file in (pipe, tmp_path):
        with pytest.raises(Form4Error, match=f"{file} is not a file. Name a file for the backup"):
            backed_up(register, file, replace=True)
    with pytest.raises(Form4Error, match=f"{letter} exists and is not a backup of a register"):
        backed_up(register, letter)
    assert (letter.read_text(), stat.S_ISFIFO(pipe.stat().st_mode)) == ("Dear Sir or Madam", True)
    assert [backed_up(register, file) for file in (empty, empty)] == [0, 0]
    assert backed_up(register, letter, replace=True) == 0
    assert letter.read_bytes().startswith(b"SQLite format 3")


def test_a_restore_writes_nothing_beside_the_backup(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup may lie on a disk that can't be written."""
    disk = tmp_path / "disk"
    disk.mkdir()
    backed_up(register, disk / "backup.sqlite3")
    really, folders = tempfile.mkstemp, []

    def made(**named: Any) -> tuple[int, str]:
        folders.append(Path(named["dir"]))
        return really(**named)

    monkeypatch.setattr(tempfile, "mkstemp", made)

    assert restored(register, disk / "backup.sqlite3") == 0
    assert len(folders) == 1
    assert disk not in folders
