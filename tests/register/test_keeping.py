"""`form4 register`: where it is, backup and restore, from one database into another; `form4 doctor` looks at it."""

from __future__ import annotations

import sqlite3
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form4_author.register.place import place_of
from tests.register.papers import paper, row, xml_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.register.conftest import Said

    Form4 = Callable[..., Said]


def enter(form4: Form4, number: int = 1) -> None:
    form4("import", *(xml_file(paper(row(total=str(n)), number=n)) for n in range(1, number + 1)))


def test_where_it_is_and_what_it_holds(form4: Form4, url: str) -> None:
    enter(form4, 2)
    place = str(place_of(url))

    assert (
        form4("register").out
        == form4("register", "show").out
        == (
            f"register: {place}\nshape: 0003\npersons: 1\nissuers: 1\npowers of attorney: 1\nfootnotes: 0\nfilings: 2\n"
            "lines: 1\nledger entries: 2\n"
        )
    )
    assert form4("register", "--json").data == form4("register", "show", "--json").data
    assert form4("register", "--json").data == {
        "register": place,
        "shape": "0003",
        "holds": {
            "persons": 1, "issuers": 1, "powers of attorney": 1, "footnotes": 0, "filings": 2, "lines": 1,
            "ledger entries": 2,
        },
    }  # fmt: skip


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_looking_makes_none(form4: Form4, url: str) -> None:
    assert form4("register").out == f"There is no register at {url} yet.\n"
    assert form4("register", "show", "--json").data == {"register": url, "shape": None}
    for words in (("register", "backup", "b"), ("holdings", "a", "b"), ("person", "show", "x")):
        assert form4(*words).err.startswith(f"form4: There is no register at {url} yet.")
    assert (
        form4("register", "restore", "b").err
        == "form4: There is no backup b. Check the name and the folder.\n"
    )
    assert list(Path(url).parent.glob("register*")) == []


def test_backup_and_restore(form4: Form4) -> None:
    enter(form4, 2)
    form4("footnote", "add", "--name", "gift", "--text", "A gift.")
    before = form4("person", "list", "--json").data, form4("holdings", "doe", "exwi", "--json").data

    assert form4("register", "backup", "b.sqlite3") == (
        0,
        "b.sqlite3 holds the whole register, 2 filings.\n",
        "",
    )
    assert sys.platform == "win32" or stat.S_IMODE(Path("b.sqlite3").stat().st_mode) == 0o600
    form4("footnote", "remove", "gift")
    assert form4("register", "restore", "b.sqlite3").err == (
        "form4: The register is not empty, and a restore would replace its content."
        " Back it up and give --force, or name an empty one with --register.\n"
    )
    assert form4("register", "restore", "b.sqlite3", "--force", "--json").data == {
        "file": "b.sqlite3",
        "filings": 2,
    }

    assert (form4("person", "list", "--json").data, form4("holdings", "doe", "exwi", "--json").data) == before
    assert form4("footnote", "list").out == "gift: A gift.\n"
    # Numbers go on behind those that were restored.
    assert form4("footnote", "add", "--name", "sale", "--text", "A sale.").code == 0
    assert [f.name for f in Path().iterdir() if "b.sqlite3" in f.name] == ["b.sqlite3"]


def test_a_backup_moves_a_register_to_another_database(form4: Form4) -> None:
    """From SQLite or PostgreSQL into a file, and from there on."""
    enter(form4)
    form4("register", "backup", "b.sqlite3")

    moved = form4("register", "restore", "b.sqlite3", "--register", "moved.sqlite3")

    assert moved.out == "The register moved.sqlite3 holds what b.sqlite3 held, 1 filing.\n"
    assert (
        form4("holdings", "doe", "exwi", "--register", "sqlite:///moved.sqlite3", "--json").data[0]["held"]
        == "1"
    )


def test_a_backup_over_something_else_needs_force(form4: Form4) -> None:
    enter(form4)
    Path("letter").write_text("Dear Sir or Madam")

    assert form4("register", "backup", "letter").err == (
        "form4: letter exists and is not a backup of a register."
        " Name a different file, or give --force to replace it.\n"
    )
    assert Path("letter").read_text() == "Dear Sir or Madam"
    for words in (("letter", "--force"), ("letter",)):
        assert form4("register", "backup", *words).out == "letter holds the whole register, 1 filing.\n"


def foreign(name: str) -> None:
    with sqlite3.connect(name) as connection:
        connection.execute("CREATE TABLE song (title TEXT)")
    connection.close()


NO_BACKUPS = [
    ("empty", "form4: The backup empty is empty. Choose a different one.\n"),
    ("letter", "form4: The backup letter can't be used: file is not a database. Choose a different one.\n"),
    ("songs", "form4: The database contains tables of a different program. Choose a different one.\n"),
    ("missing", "form4: There is no backup missing. Check the name and the folder.\n"),
]


@pytest.mark.parametrize(("name", "told"), NO_BACKUPS)
def test_what_is_no_backup_changes_nothing(form4: Form4, name: str, told: str) -> None:
    enter(form4)
    Path("empty").touch()
    Path("letter").write_text("Dear Sir or Madam, " * 100)
    foreign("songs")

    assert form4("register", "restore", name, "--force") == (2, "", told)

    assert form4("holdings", "doe", "exwi", "--json").data[0]["held"] == "1"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_register_is_not_its_own_backup(form4: Form4, url: str) -> None:
    enter(form4)
    Path("link").symlink_to(url)

    for words in (("backup", url), ("backup", "link"), ("restore", url, "--force")):
        assert form4("register", *words).err == (
            f"form4: {words[1]} is the register itself. Name a different file for the backup.\n"
        )
    assert form4("register", "backup", "none/b").err == (
        "form4: none can't be written: no such file or directory. Choose another folder.\n"
    )
    assert form4("holdings", "doe", "exwi", "--json").data[0]["held"] == "1"


# ---- form4 doctor


def look(form4: Form4) -> tuple[bool, str]:
    (found,) = (f for f in form4("doctor", "--json").data if f["name"] == "register")
    return found["good"], found["told"]


def test_doctor_tells_where_it_is_and_makes_none(form4: Form4, url: str) -> None:
    place = str(place_of(url))
    if "://" not in url:
        assert look(form4) == (True, f"none yet; it would be {place}")
        assert not Path(url).exists()
    else:
        assert look(form4) == (True, f"empty: {place}")
        assert look(form4) == (True, f"empty: {place}")
    enter(form4)
    assert look(form4) == (True, f"shape 0003: {place}")
    names = [f["name"] for f in form4("doctor", "--json").data]
    assert {"SQLAlchemy", "alembic", "icalendar"} <= set(names)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_doctor_tells_a_register_that_can_not_be_used(
    form4: Form4, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    foreign(url)
    content = Path(url).read_bytes()
    assert look(form4) == (
        False,
        "The database contains tables of a different program. Name an empty database.",
    )
    assert Path(url).read_bytes() == content
    monkeypatch.setenv("FORM4_REGISTER", "postgresql://127.0.0.1:1/none")
    good, told = look(form4)
    assert not good
    assert told.startswith(
        "The register postgresql+psycopg://127.0.0.1:1/none can't be used: connection failed: "
    )
