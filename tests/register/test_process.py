"""The register's commands as real processes: killed at any moment, on a full disk, several at once, heard by nobody."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from form4_author.register.database import opened
from form4_author.register.place import place_of
from form4_author.register.table import Filed, FiledPerson, LedgerEntry, Person
from form4_author.wire.draft import draft_from
from tests.register.killing import AT_ONCE, Killer, untraced
from tests.register.old import checked, made, rows
from tests.register.papers import paper, row, xml_file
from tests.selection import some

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits are POSIX's")

ROOT = Path(__file__).resolve().parents[2]
Process = subprocess.Popen[str]


@pytest.fixture
def started(tmp_path: Path, url: str) -> Iterator[Callable[..., Process]]:
    """Starts a command in an empty folder; none outlives the test."""
    (tmp_path / "work").mkdir()
    running: list[Process] = []
    environment = {
        **untraced(dict(os.environ)),
        "PYTHONPATH": str(ROOT),
        "FORM4_REGISTER": url,
        "FORM4_TODAY": "2026-11-23",
    }

    def start(*words: str, **said: Any) -> Process:
        process = subprocess.Popen(
            [sys.executable, "-m", "form4_author", *words], cwd=tmp_path / "work", env=environment, text=True,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **said},
        )  # fmt: skip
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def ended(process: Process) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def count(url: str) -> int:
    """How many forms are on record, each whole: with its person, and an entry of the total that it states."""
    register = opened(place_of(url), create=True)
    with register.reading() as session:
        forms = session.scalar(select(func.count()).select_from(Filed)) or 0
        persons = session.scalar(select(func.count()).select_from(FiledPerson))
        entries = session.scalars(select(LedgerEntry.filing_id)).all()
        assert persons == forms == len(entries) == len(set(entries))
    register.close()
    if "://" not in url:
        with closing(sqlite3.connect(url)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return forms


def papers(number: int, folder: Path) -> list[str]:
    return [
        xml_file(paper(row(total=str(n)), number=n, person=f"Doe {n}"), folder) for n in range(1, number + 1)
    ]


@pytest.fixture(scope="module")
def killers() -> Iterator[Killer]:
    """One process for all: it loads the program once."""
    made = Killer(str(ROOT))
    yield made
    made.close()


@pytest.fixture
def killer(killers: Killer, tmp_path: Path, url: str) -> Killer:
    """Runs commands and kills them."""
    (tmp_path / "work").mkdir()
    killers.folder, killers.register = str(tmp_path / "work"), url
    return killers


@pytest.mark.long
@pytest.mark.parametrize(
    ("at", "kept"),
    some(
        [
            (("entered", 1), 0),
            (("entered", AT_ONCE), 0),
            (("written", 1), AT_ONCE),
            (("entered", AT_ONCE + 1), AT_ONCE),
            (("entered", 2 * AT_ONCE), AT_ONCE),
            (("written", 2), 2 * AT_ONCE),
            (("entered", 3 * AT_ONCE), 2 * AT_ONCE),
        ],
        [(("entered", AT_ONCE), 0)],
    ),
    ids=str,
)
def test_an_import_that_is_killed_keeps_whole_transactions(
    killer: Killer, url: str, tmp_path: Path, at: tuple[str, int], kept: int
) -> None:
    """Another process sees what was written, all of a transaction or none of it; the same command does the rest."""
    files = papers(3 * AT_ONCE, tmp_path / "work")

    assert killer.run("import", *files, at=at) is None
    assert count(url) == kept
    assert killer.run("import", *files) == 0
    assert count(url) == len(files)


@pytest.mark.long
def test_an_import_that_is_killed_again_goes_on_where_it_was(
    killer: Killer, url: str, tmp_path: Path
) -> None:
    """What a killed import left is known to the next one, which enters the rest."""
    files = papers(3 * AT_ONCE, tmp_path / "work")
    seen = []
    for at in [("written", 1), ("entered", AT_ONCE + 1), ("written", 2), ("entered", 3 * AT_ONCE)]:
        assert killer.run("import", *files, at=at) is None
        seen.append(count(url))

    assert seen == [AT_ONCE, AT_ONCE, 2 * AT_ONCE, 2 * AT_ONCE]
    assert killer.run("import", *files) == 0
    assert count(url) == len(files)


@pytest.mark.long
@pytest.mark.parametrize(("at", "known"), [(("entered", 1), 0), (("written", 1), 1)], ids=str)
def test_a_draft_is_not_closed_before_the_register_has_its_form(
    killer: Killer, url: str, tmp_path: Path, at: tuple[str, int], known: int
) -> None:
    """Killed before or after the register keeps the form, the draft is open; the same command ends it."""
    file, words = draft_to_file(tmp_path / "work", 1)

    assert killer.run(*words, at=at) is None
    assert count(url) == known
    assert "filed" not in json.loads(file.read_text()).get("interview", {})
    assert killer.run(*words) == 0
    assert count(url) == 1
    assert json.loads(file.read_text())["interview"]["filed"]["accession_numbers"] == [words[3]]


def draft_to_file(folder: Path, number: int) -> tuple[Path, tuple[str, ...]]:
    """A draft, and the command that records it as filed."""
    file, accession = folder / f"{number}.form4.json", f"0009999001-26-{number:06}"
    form = paper(row(total=str(number)), number=number, person=f"Doe {number}").filing
    file.write_text(json.dumps(draft_from(form)))
    return file, ("filed", str(file), "--accession", accession, "--at", "2026-03-03")


@pytest.mark.long
@pytest.mark.parametrize("seed", range(15))
def test_killed_at_any_call_nothing_is_half_done(killer: Killer, url: str, tmp_path: Path, seed: int) -> None:
    """At whatever call of Python's, or after the last one: whole transactions only, and the same commands end it."""
    chance = random.Random(seed)  # noqa: S311  # when to kill
    files = papers(3 * AT_ONCE, tmp_path / "work")
    file, words = draft_to_file(tmp_path / "work", 90)
    seen = [0]
    for _ in range(3):
        killer.run("import", *files, at=("call", chance.randrange(150_000)))
        seen.append(count(url))
    assert seen == sorted(seen)
    assert set(seen) <= {0, AT_ONCE, 2 * AT_ONCE, 3 * AT_ONCE}
    assert killer.run("import", *files) == 0

    killer.run(*words, at=("call", chance.randrange(120_000)))
    closed = "filed" in json.loads(file.read_text()).get("interview", {})
    assert count(url) - len(files) in ({1} if closed else {0, 1})
    assert killer.run(*words) == 0
    assert count(url) == len(files) + 1
    assert json.loads(file.read_text())["interview"]["filed"]["accession_numbers"] == [words[3]]


BEFORE = [
    "DROP TABLE entry",
    "DROP TABLE series",
    "CREATE TABLE line",
    "INSERT INTO line",
    "INSERT INTO entry",
    "INSERT INTO series",
    "UPDATE alembic_version",
    "upgraded",
]
"""Points in the transaction that upgrades a register of shape 0001."""


@pytest.mark.long
@pytest.mark.parametrize("point", some(BEFORE, ["DROP TABLE series", "INSERT INTO series", "upgraded"]))
def test_an_upgrade_that_is_killed_leaves_the_register_as_it_was(
    killer: Killer, url: str, tmp_path: Path, point: str
) -> None:
    """Every row of the old shape is there, and the next command upgrades all of it."""
    made(url)
    before = rows(url)
    assert killer.run("register", "backup", "b.sqlite3") == 0

    assert killer.run("person", "list", at=(point, 1)) is None

    assert rows(url) == before
    register = opened(place_of(url))
    checked(register)
    register.close()
    assert leftovers(url, tmp_path) == []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("point", "copies"), [("copying", []), ("copied", [".shape-0001"])])
def test_a_copy_before_an_upgrade_that_is_killed_is_whole_or_not_there(
    killer: Killer, url: str, tmp_path: Path, point: str, copies: list[str]
) -> None:
    made(url)
    before = rows(url)

    assert killer.run("person", "list", at=(point, 1)) is None

    assert rows(url) == before
    found = sorted(tmp_path.glob("register.sqlite3.shape-*"))
    assert [file.name for file in found] == [f"register.sqlite3{end}" for end in copies]
    assert [rows(str(file)) for file in found] == [before] * len(copies)
    register = opened(place_of(url))
    checked(register)
    register.close()
    assert leftovers(url, tmp_path) == []


def test_an_upgrade_that_is_killed_after_it_was_kept_is_whole(killer: Killer, url: str) -> None:
    made(url)
    assert killer.run("register", "backup", "b.sqlite3") == 0

    assert killer.run("person", "list", at=("brought up", 1)) is None

    register = opened(place_of(url))
    checked(register, said=())
    register.close()


def leftovers(url: str, folder: Path) -> list[Path]:
    """Temporary files beside a register in a file."""
    return [] if "://" in url else [file for file in folder.iterdir() if ".tmp" in file.name]


@pytest.mark.long
def test_several_at_once_lose_nothing(started: Callable[..., Process], url: str, tmp_path: Path) -> None:
    """Two imports that share half of their files, on a register that both have to make."""
    files = papers(60, tmp_path / "work")
    two = [started("import", *files[:40]), started("import", *files[20:])]

    done = [ended(process) for process in two]

    assert [(code, err) for code, _, err in done] == [(0, ""), (0, "")]
    assert sum(int(out.split()[0]) for _, out, _ in done) == 60
    assert count(url) == 60


@pytest.mark.long
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_on_a_disk_that_is_full_the_register_stays_as_it_was(
    started: Callable[..., Process], url: str, tmp_path: Path
) -> None:
    """A limit on the size of files stands in for the disk: writing beyond it fails as on a full one."""
    files = papers(150, tmp_path / "work")
    assert ended(started("import", *files[:20]))[0] == 0

    code, out, err = ended(started("import", *files, preexec_fn=lambda: limited(30_000)))

    assert (code, out) == (2, "")
    closed, used = (line for line in err.splitlines() if line.startswith("form4: "))
    assert closed.startswith("form4: The closed days in the register can't be read: ")
    assert used.startswith(f"form4: The register {url} can't be used: ")
    assert count(url) == 20
    words = ("register", "backup", "backup.sqlite3")
    code, out, err = ended(started(*words, preexec_fn=lambda: limited(60_000)))
    assert (code, out) == (2, "")
    assert err.startswith("form4: The backup backup.sqlite3 can't be used: ")
    assert list((tmp_path / "work").glob("*backup*")) == []
    assert ended(started("import", *files))[1] == "130 added, 20 known already, 0 refused.\n"


def limited(size: int) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.long
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("where", "code"), some([("closed", 0), ("unheard", 0), ("full", 2)], [("closed", 0), ("full", 2)])
)
def test_an_edit_that_nobody_hears_of_is_kept(
    started: Callable[..., Process], url: str, where: str, code: int
) -> None:
    """Standard output closed, its reader gone, its disk full: the card is changed, and the exit code says what it can."""
    assert ended(started("person", "add", "--cik", "77", "--name", "Doe Jane"))[0] == 0
    words = ("person", "edit", "77", "--name", "Roe Jane", "--json")
    said: dict[str, Any] = {}
    reading, writing = os.pipe()
    os.close(reading)
    if where == "closed":
        said = {"preexec_fn": lambda: os.close(1), "stdout": None}
    elif where == "unheard":
        said = {"stdout": writing}
    elif Path("/dev/full").exists():
        said = {"stdout": os.open("/dev/full", os.O_WRONLY)}
    else:
        pytest.skip("needs /dev/full")

    process = started(*words, **said)
    _, err = process.communicate(timeout=60)
    os.close(writing)

    full = "form4: the system says: No space left on device. Check the place and try again.\n"
    assert (process.returncode, err) == (code, full if code else "")
    register = opened(place_of(url))
    with register.reading() as session:
        assert session.scalars(select(Person.name)).all() == ["Roe Jane"]
    register.close()
