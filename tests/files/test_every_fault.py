"""Each call to the system fails in turn, until none does: what is on disk is the old or the new, whole, each time.

The manner is SQLite's own: its tests let the n-th call of an operation fail, for every n, and look at the file after
each. Here every call of ``form4_author.files.disk`` fails once, in every way a disk fails, and each statement that the
register sends.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.desk.packet_place import write_whole
from form4_author.errors import Form4Error
from form4_author.files import disk, draft_file
from form4_author.files.output import write_bytes
from form4_author.page.packet import Packet
from form4_author.register.database import opened
from form4_author.register.place import place_of
from form4_author.wire.draft import draft_of
from tests.register.old import OLD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WAYS: Final = (errno.ENOSPC, errno.EIO)
MOST: Final = 400
"""Calls of one operation, far more than any has."""


class Faults:
    """Lets the n-th call fail, once or from then on, and knows whether it came to that."""

    def __init__(self, number: int, way: int, *, lasting: bool = False) -> None:
        self.left, self.way, self.lasting = number, way, lasting
        self.failed = ""

    def __call__(self, call: str, place: str) -> None:
        self.left -= 1
        if self.left == 0 or (self.lasting and self.left < 0):
            self.failed = self.failed or call
            raise OSError(self.way, os.strerror(self.way), place or None)


def each_call(
    operation: Callable[[], object], patch: pytest.MonkeyPatch, *, lasting: bool = False
) -> Iterator[str]:
    """Runs the operation with each call failing in turn; the name of the call that failed, after each run."""
    for way in WAYS:
        for number in range(1, MOST):
            faults = Faults(number, way, lasting=lasting)
            with patch.context() as put:
                put.setattr(disk, "before", faults)
                try:
                    operation()
                except (Form4Error, OSError):
                    if not faults.failed:
                        raise
            if not faults.failed:
                break
            yield faults.failed
        else:
            pytest.fail(f"the operation has more than {MOST} calls")


@pytest.mark.parametrize("lasting", [False, True])
def test_a_save_leaves_the_old_draft_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lasting: bool
) -> None:
    path = tmp_path / "a.form4.json"
    old, new = draft_of(draft("seed")), draft_of(draft("gift"))
    draft_file.save(path, old)
    states = [draft_file.load(path).draft]
    draft_file.save(path, new)
    states.append(draft_file.load(path).draft)
    draft_file.save(path, old)

    failed = []
    for call in each_call(lambda: draft_file.save(path, new), monkeypatch, lasting=lasting):
        assert draft_file.load(path).draft in states, call
        backup = path.with_name(f"{path.name}.bak")
        assert draft_file.load(backup).draft in states, call
        draft_file.save(path, old)
        failed.append(call)
    assert {"create", "chmod", "write", "flush", "sync", "close", "link", "rename", "open"} <= set(failed)
    assert (
        lasting
        or [f.name for f in tmp_path.iterdir() if f.name.endswith(".tmp") and ".bak" not in f.name] == []
    )


def test_a_save_that_fails_at_its_last_step_says_that_the_new_version_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.form4.json"
    draft_file.save(path, draft_of(draft("seed")))

    def refused(call: str, place: str) -> None:
        if call == "sync" and place == str(tmp_path):
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(disk, "before", refused)
    with pytest.raises(Form4Error) as said:
        draft_file.save(path, draft_of(draft("gift")))
    assert str(said.value) == (
        f"{path} is saved, but may be lost in a outage: input/output error. Free some space or choose another folder,"
        " then go on; the new version is saved."
    )
    assert draft_file.load(path).draft.filing == draft_of(draft("gift")).filing


def test_a_packet_is_there_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "packet"

    def packet(text: bytes) -> Packet:
        return Packet(
            xml_withheld=False, files={"form4.xml": text, "report.txt": text, "manifest.json": b"{}"}
        )

    def state() -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in folder.iterdir()}

    whole = [dict(packet(text).files) for text in (b"old", b"new")]
    write_whole(folder, [("", packet(b"old"))])
    failed = []
    for call in each_call(lambda: write_whole(folder, [("", packet(b"new"))]), monkeypatch):
        assert state() in whole, call
        write_whole(folder, [("", packet(b"old"))])
        failed.append(call)
    assert {"mkdir", "create", "write", "sync", "rename"} <= set(failed)


def test_a_document_is_there_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "form4.xml"
    write_bytes(path, b"old")
    for call in each_call(lambda: write_bytes(path, b"new"), monkeypatch):
        assert path.read_bytes() in (b"old", b"new"), call
        assert [f.name for f in tmp_path.iterdir()] == ["form4.xml"]
        write_bytes(path, b"old")


# ---- the register


def old_register(file: Path) -> int:
    """A register of the first shape; the number of its filings."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(file)) as database:
        database.executescript(OLD.read_text(encoding="utf-8"))
        database.commit()
    return filings(str(file))


@pytest.fixture
def filed_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that record a filing, in a folder with the draft."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_TODAY", "2024-11-05")
    Path("a.form4.json").write_text(json.dumps(draft("seed")), encoding="utf-8")
    return [
        "filed",
        "a.form4.json",
        "--accession",
        "0001107843-24-000001",
        "--on",
        "2024-11-04",
        "--register",
        "r.sqlite3",
    ]


def filings(file: str) -> int:
    """How many filings a register has; it is whole, or not there yet."""
    import sqlite3
    from contextlib import closing

    if not Path(file).exists() or not Path(file).stat().st_size:
        return 0
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'filing'").fetchall():
            return 0
        return int(database.execute("SELECT count(*) FROM filing").fetchone()[0])


def _afresh() -> None:
    for file in Path().iterdir():
        if file.name != "a.form4.json":
            file.unlink()
    Path("a.form4.json").write_text(json.dumps(draft("seed")), encoding="utf-8")


def _is_closed() -> bool:
    return draft_file.load(Path("a.form4.json")).draft.interview.filed is not None


@pytest.mark.long
def test_filed_keeps_draft_and_register_whole(
    filed_words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A draft is closed only by a filing that the register has; a second try records it, or knows it."""

    def record() -> None:
        if main(filed_words) != 0:
            raise Form4Error("refused", remedy="Try again")

    failed = []
    for call in each_call(record, monkeypatch):
        recorded = filings("r.sqlite3")
        assert recorded in (0, 1), call
        assert recorded or not _is_closed(), call
        assert main(filed_words) == 0, call
        assert (filings("r.sqlite3"), _is_closed()) == (1, True), call
        _afresh()
        failed.append(call)
        assert "this is a bug" not in capsys.readouterr().err
    assert {"open", "read", "create", "write", "sync", "rename"} <= set(failed)


class Statements:
    """Lets the n-th statement of SQL fail as a full disk does."""

    def __init__(self, number: int) -> None:
        self.left = number
        self.failed = ""

    def __call__(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        self.left -= 1
        if self.left == 0:
            self.failed = statement
            import sqlite3

            raise OperationalError(statement, {}, sqlite3.OperationalError("database or disk is full"))


def each_statement(operation: Callable[[], object], step: int = 1) -> Iterator[str]:
    """As ``each_call``, of the statements that the register sends."""
    for number in range(1, 40 * MOST, step):
        faults = Statements(number)
        event.listen(Engine, "before_cursor_execute", faults)
        try:
            operation()
        except Form4Error:
            if not faults.failed:
                raise
        finally:
            event.remove(Engine, "before_cursor_execute", faults)
        if not faults.failed:
            return
        yield faults.failed
    pytest.fail("the operation has no end")


@pytest.mark.parametrize("step", [60, pytest.param(1, marks=pytest.mark.long)])
def test_a_transaction_of_the_register_is_whole_after_each_statement_that_fails(
    filed_words: list[str], capsys: pytest.CaptureFixture[str], step: int
) -> None:
    def record() -> None:
        if main(filed_words) != 0:
            raise Form4Error("refused", remedy="Try again")

    number = 0
    for statement in each_statement(record, step):
        assert filings("r.sqlite3") in (0, 1), statement
        assert filings("r.sqlite3") or not _is_closed(), statement
        assert main(filed_words) == 0, statement
        assert (filings("r.sqlite3"), _is_closed()) == (1, True), statement
        _afresh()
        number += 1
        assert "this is a bug" not in capsys.readouterr().err, statement
    assert number >= 2


@pytest.mark.parametrize("step", [25, pytest.param(1, marks=pytest.mark.long)])
def test_a_migration_is_done_or_not_begun_after_each_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    place = place_of(str(tmp_path / "r.sqlite3"))
    before = old_register(tmp_path / "r.sqlite3")

    def brought_up() -> None:
        register = opened(place)
        register.close()

    for failed in each_statement(brought_up, step):
        assert filings(str(tmp_path / "r.sqlite3")) == before, failed
        for file in tmp_path.iterdir():
            file.unlink()
        assert old_register(tmp_path / "r.sqlite3") == before
    for file in tmp_path.iterdir():
        file.unlink()
    old_register(tmp_path / "r.sqlite3")
    for failed in each_call(brought_up, monkeypatch):
        assert filings(str(tmp_path / "r.sqlite3")) == before, failed
        for file in tmp_path.iterdir():
            file.unlink()
        old_register(tmp_path / "r.sqlite3")


# ---- killed


_KILLED: Final = """
import os, signal, sys
from pathlib import Path
from form4_author.checks.example import draft
from form4_author.files import disk, draft_file
from form4_author.wire.draft import draft_of
left = [{number}]
def before(call, place):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
disk.before = before
draft_file.save(Path(sys.argv[1]), draft_of(draft("gift")))
"""


@pytest.mark.long
@pytest.mark.parametrize("number", range(1, 19))
def test_a_save_that_is_killed_at_each_step(tmp_path: Path, number: int) -> None:
    path = tmp_path / "a.form4.json"
    old = draft_of(draft("seed"))
    draft_file.save(path, old)
    done = subprocess.run([sys.executable, "-c", _KILLED.format(number=number), str(path)], check=False)
    assert done.returncode in (0, -signal.SIGKILL)
    assert draft_file.load(path).draft.filing in (old.filing, draft_of(draft("gift")).filing)
    draft_file.save(path, old)
    assert draft_file.load(path).draft.filing == old.filing
