"""What fails in the middle leaves nothing: a file that is imported, a step that brings a register up."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic.config import Config

from form4_author.desk import import_filing
from form4_author.errors import Form4Error
from form4_author.register import database, migrations
from form4_author.register.account import inherited
from tests.register.papers import paper, row, xml_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.register.database import Session
    from form4_author.register.table import Filed
    from tests.register.conftest import Said

    Form4 = Callable[..., Said]


def test_a_file_that_fails_halfway_leaves_nothing(form4: Form4, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its person nor its lines; the files before and after it enter all the same."""
    files = [xml_file(paper(row(total="1000"), person=p, number=n)) for n, p in enumerate(("Doe Jane", "Roe Sam", "Poe Ann"), 1)]  # fmt: skip

    def fails(session: Session, filed: Filed) -> Any:
        if filed.file == Path(files[1]).name:
            session.flush()
            raise Form4Error("It breaks off here", remedy="Try again")
        return inherited(session, filed)

    monkeypatch.setattr(import_filing, "inherited", fails)

    done = form4("import", *files)

    assert (done.code, done.out) == (2, "2 added, 0 known already, 1 refused.\n")
    assert done.err == f"form4: {files[1]}: It breaks off here. Try again.\n"
    assert [person["name"] for person in form4("person", "list", "--json").data] == ["Doe Jane", "Poe Ann"]
    holds = form4("register", "show", "--json").data["holds"]
    assert (holds["filings"], holds["lines"], holds["ledger entries"]) == (2, 2, 2)
    monkeypatch.undo()


STEP = '''"""A step."""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{before}"


def upgrade() -> None:
    op.add_column("note", sa.Column("added_{number}", sa.Text(), nullable=True))
    op.execute("UPDATE note SET text = text || ' {number}'")
{more}
'''


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes this form4 one whose register has two more steps."""

    def made(more: str = "") -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(Path(str(migrations.__file__)).parent, folder)
        for number, before in (("0004", "0003"), ("0005", "0004")):
            text = STEP.format(number=number, before=before, more=more if number == "0005" else "")
            (folder / "versions" / f"step_{number}.py").write_text(text, encoding="utf-8")
        usual = Config.set_main_option

        def elsewhere(config: Config, name: str, value: str) -> None:
            usual(config, name, str(folder) if name == "script_location" else value)

        monkeypatch.setattr(Config, "set_main_option", elsewhere)
        monkeypatch.setattr(database, "HEAD", "0005")

    return made


@pytest.mark.long
def test_a_register_is_brought_up_step_by_step(form4: Form4, newer: Callable[..., None]) -> None:
    form4("footnote", "add", "--name", "gift", "--text", "A gift.")
    form4("import", xml_file(paper(row(total="1000"))))
    newer()
    form4("register", "backup", "before.sqlite3")  # a register on a server needs it

    assert form4("footnote", "list").out == "gift: A gift. 0004 0005\n"
    shown = form4("register", "show", "--json").data
    assert (shown["shape"], shown["holds"]["filings"]) == ("0005", 1)
    assert form4("footnote", "list").out == "gift: A gift. 0004 0005\n"  # once


def test_a_new_register_has_every_step(form4: Form4, newer: Callable[..., None]) -> None:
    newer()
    form4("footnote", "add", "--name", "gift", "--text", "A gift.")

    assert form4("register", "show", "--json").data["shape"] == "0005"


@pytest.mark.long
def test_an_old_backup_is_brought_up_and_stays_what_it_is(form4: Form4, newer: Callable[..., None]) -> None:
    form4("footnote", "add", "--name", "gift", "--text", "A gift.")
    form4("register", "backup", "old.sqlite3")
    before = Path("old.sqlite3").read_bytes()
    newer()
    form4("register", "backup", "before.sqlite3")

    assert form4("register", "restore", "old.sqlite3", "--force").code == 0
    assert form4("footnote", "list").out == "gift: A gift. 0004 0005\n"
    assert Path("old.sqlite3").read_bytes() == before


def test_a_step_that_fails_leaves_the_register_as_it_was(
    form4: Form4, newer: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    form4("footnote", "add", "--name", "gift", "--text", "A gift.")
    newer(more='    op.execute("UPDATE nothing SET a = 1")')
    form4("register", "backup", "before.sqlite3")

    done = form4("footnote", "list")
    assert (done.code, "nothing" in done.err) == (2, True)
    monkeypatch.undo()
