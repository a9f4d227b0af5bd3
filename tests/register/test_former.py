"""A register of an older shape: backed up as it is, and on a server not upgraded before it was."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from form4_author.register import backup
from form4_author.register.database import HEAD, Register, opened
from form4_author.register.place import place_of
from tests.register.conftest import database
from tests.register.old import checked, engine_of, made, rows
from tests.selection import some

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.register.conftest import Said

    Form4 = Callable[..., Said]

pytestmark = pytest.mark.long

served = pytest.mark.parametrize("url", ["postgresql"], indirect=True)
BACKED_UP = (0, "b.sqlite3 holds the whole register, 9 filings.\n", "")


def refusal(url: str) -> str:
    return (
        f"form4: The register {place_of(url)} has version 0001, of an older form4, and there is no backup of it as it "
        "is now. Back it up first with form4 register backup FILE; the next command then upgrades it.\n"
    )


def done(url: str, command: str) -> None:
    """SQL of an older form4, or of whoever."""
    engine = engine_of(url)
    with engine.begin() as connection:
        connection.execute(text(command))
    engine.dispose()


@pytest.mark.long
def test_an_older_register_is_backed_up_as_it_is(form4: Form4, url: str) -> None:
    made(url)
    before = rows(url)

    assert form4("register", "backup", "b.sqlite3") == BACKED_UP

    assert rows("b.sqlite3") == before
    assert rows(url) == before
    assert sys.platform == "win32" or stat.S_IMODE(Path("b.sqlite3").stat().st_mode) == 0o600
    assert [f.name for f in Path().iterdir()] == ["b.sqlite3"]
    assert form4("register", "backup", "b.sqlite3") == BACKED_UP  # over the earlier one


@pytest.mark.long
def test_a_backup_of_an_older_register_is_restored(form4: Form4, url: str, tmp_path: Path) -> None:
    made(url)
    form4("register", "backup", "b.sqlite3")
    new = opened(place_of(str(tmp_path / "new.sqlite3")), create=True)

    assert backup.restored(new, Path("b.sqlite3")) == 9

    checked(new)
    new.close()


@pytest.mark.long
@served
def test_a_register_on_a_server_is_upgraded_after_its_backup(form4: Form4, url: str) -> None:
    made(url)
    before = rows(url)

    assert form4("person", "list") == (2, "", refusal(url))
    assert rows(url) == before
    assert form4("register", "backup", "b.sqlite3") == BACKED_UP
    register = opened(place_of(url))

    checked(register)
    register.close()


@served
@pytest.mark.parametrize(
    "change",
    some(
        [
            "UPDATE note SET text = text || '.'",
            "INSERT INTO note (name, text) VALUES ('late', 'Reported late.')",
            "DELETE FROM entry WHERE id = 14",
            "UPDATE entry SET total = '71' WHERE id = 8",
        ],
        ["UPDATE entry SET total = '71' WHERE id = 8"],
    ),
)
def test_what_changed_after_its_backup_needs_another(form4: Form4, url: str, change: str) -> None:
    made(url)
    done(url, "INSERT INTO note (name, text) VALUES ('gift', 'A gift')")
    form4("register", "backup", "b.sqlite3")
    done(url, change)
    before = rows(url)

    assert form4("person", "list") == (2, "", refusal(url))

    assert rows(url) == before
    assert form4("register", "backup", "b.sqlite3") == BACKED_UP
    assert form4("person", "list").code == 0
    assert Register(place_of(url)).shape() == HEAD


@served
def test_a_backup_of_the_same_tables_elsewhere_does_not_count(form4: Form4, url: str, server: str) -> None:
    """Neither that of another register, nor one whose file could not be put in its place."""
    made(url)
    other = made(database(server))
    done(other, "INSERT INTO note (name, text) VALUES ('gift', 'A gift')")
    assert form4("register", "backup", "b.sqlite3", "--register", other) == BACKED_UP

    assert form4("person", "list") == (2, "", refusal(url))


@served
def test_a_backup_that_is_not_written_does_not_count(
    form4: Form4, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(url)

    def fails(_self: Path, _target: Path) -> Any:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fails)
        assert form4("register", "backup", "b.sqlite3").err == (
            "form4: b.sqlite3 can't be written: no space left on device. Choose another folder.\n"
        )

    assert list(Path().iterdir()) == []
    assert form4("person", "list") == (2, "", refusal(url))


def test_the_register_of_a_newer_form4_is_left_as_it_is(form4: Form4, url: str) -> None:
    """Whatever the command: it says so in one sentence, and what to do."""
    form4("footnote", "add", "--name", "gift", "--text", "A gift.")
    newer = f"{int(HEAD) + 1:04}"
    done(url, f"UPDATE alembic_version SET version_num = '{newer}'")  # noqa: S608  # a number of ours
    before = rows(url)

    told = (2, "", (
        f"form4: The register was written by a newer form4: its version is {newer}; this form4 reads up to {HEAD}. "
        "Update form4.\n"
    ))  # fmt: skip
    assert form4("person", "list") == told
    assert form4("footnote", "add", "--name", "sale", "--text", "A sale.") == told
    assert form4("register", "backup", "b.sqlite3") == told
    assert rows(url) == before
    assert list(Path().iterdir()) == []


def test_doctor_says_what_an_older_register_needs(form4: Form4, url: str) -> None:
    made(url)

    (found,) = (f for f in form4("doctor", "--json").data if f["name"] == "register")

    first = "after form4 register backup FILE " if "://" in url else ""
    assert found["told"] == (f"shape 0001: {place_of(url)}; {first}the next command on it makes that {HEAD}")


def test_a_backup_that_fails_leaves_the_earlier_one(
    form4: Form4, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the copy's database says is said of the backup, not of the register."""
    made(url)
    form4("register", "backup", "b.sqlite3")
    before = Path("b.sqlite3").read_bytes()

    def fails(_source: object, target: Any, _shape: str) -> int:
        target.exec_driver_sql("CREATE TABLE a (b)")
        target.exec_driver_sql("CREATE TABLE a (b)")
        return 0

    monkeypatch.setattr(backup, "copied_as_it_is", fails)

    assert form4("register", "backup", "b.sqlite3").err == (
        "form4: The backup b.sqlite3 can't be used: table a already exists. Check the place and try again.\n"
    )
    assert Path("b.sqlite3").read_bytes() == before
