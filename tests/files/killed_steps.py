"""A process that kills its children at each step of an operation in turn, and looks at what is on disk after each.

``python -m tests.files.killed_steps OPERATION STEP`` in an empty folder; ``STEP``: every so many of the steps. A step is a call
of ``form4_author.files.disk`` or a statement of SQL. Prints how many kills there were; an assertion that fails ends it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import event
from sqlalchemy.engine import Engine

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.desk.packet_place import write_whole
from form4_author.files import disk, draft_file
from form4_author.files.output import write_bytes
from form4_author.page.packet import Packet
from form4_author.register.database import opened
from form4_author.register.place import place_of
from tests.register.old import OLD

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:
    from dataclasses import dataclass

MOST: Final = 3000
"""Steps of one operation, far more than any has."""


@dataclass(frozen=True)
class Operation:
    """What is done, from which state, and what must be true after a kill anywhere in it."""

    prepare: Callable[[], object]
    run: Callable[[], object]
    whole: Callable[[int], object]


def killed(operation: Operation, step: int) -> int:
    """How many kills there were until one came after the end."""
    for kills, number in enumerate(range(1, MOST, step)):
        for file in Path().iterdir():
            shutil.rmtree(file) if file.is_dir() and not file.is_symlink() else file.unlink()
        operation.prepare()
        child = os.fork()
        if child == 0:
            _run_killed(operation, number)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert ended in (0, -signal.SIGKILL), (number, ended)
        operation.whole(number)
        if ended == 0:
            return kills
    raise AssertionError("the operation has no end")


def _run_killed(operation: Operation, number: int) -> None:
    left = number

    def stepped(*_of: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    code = 1
    try:
        disk.before = stepped
        event.listen(Engine, "before_cursor_execute", stepped)
        operation.run()
        code = 0
    finally:
        os._exit(code)


# ---- a packet and a document


def _packet(text: bytes) -> Packet:
    return Packet(xml_withheld=False, files={"form4.xml": text, "report.txt": text, "manifest.json": b"{}"})


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _packet_whole(number: int) -> None:
    """The packet has its place, or, for the moment between two renames, the former one is whole in a hidden folder."""
    whole = [dict(_packet(text).files) for text in (b"old", b"new")]
    if Path("packet").exists():
        assert _files(Path("packet")) in whole, number
    else:
        assert [_files(aside) for aside in Path().glob(".packet.*/old")] == whole[:1], number
    write_whole(Path("packet"), [("", _packet(b"new"))])
    assert _files(Path("packet")) == whole[1], number


def _document_whole(number: int) -> None:
    assert Path("form4.xml").read_bytes() in (b"old", b"new"), number


# ---- the register


FILED: Final = [
    "filed", "a.form4.json", "--accession", "0001107843-24-000001", "--on", "2024-11-04", "--register", "r.sqlite3",
]  # fmt: skip


def _filings() -> int:
    file = Path("r.sqlite3")
    if not file.exists() or not file.stat().st_size:
        return 0
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'filing'").fetchall():
            return 0
        return int(database.execute("SELECT count(*) FROM filing").fetchone()[0])


def _is_closed() -> bool:
    return draft_file.load(Path("a.form4.json")).draft.interview.filed is not None


def _quietly(words: list[str]) -> int:
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):  # noqa: PTH123  # the null device
        return main(words)


def _filed_whole(number: int) -> None:
    recorded = _filings()
    assert recorded in (0, 1), number
    assert recorded or not _is_closed(), number
    assert _quietly(FILED) == 0, number
    assert (_filings(), _is_closed()) == (1, True), number


def _with_draft() -> None:
    Path("a.form4.json").write_text(json.dumps(draft("seed")), encoding="utf-8")


def _with_xml() -> None:
    from form4_author.wire.filing import filing_from
    from form4_author.wire.write import write_document

    for name in ("seed", "gift"):
        Path(f"{name}.xml").write_bytes(write_document(filing_from(draft(name))[0]))


IMPORT: Final = ["import", "seed.xml", "gift.xml", "--register", "r.sqlite3"]


def _imported_whole(number: int) -> None:
    assert _filings() in (0, 1, 2), number
    assert _quietly(IMPORT) == 0, number
    assert _filings() == 2, number


def _old_register() -> None:
    with closing(sqlite3.connect("r.sqlite3")) as database:
        database.executescript(OLD.read_text(encoding="utf-8"))
        database.commit()


def _upgraded() -> None:
    opened(place_of("r.sqlite3")).close()


def _upgraded_whole(number: int) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(OLD.read_text(encoding="utf-8"))
        before = int(database.execute("SELECT count(*) FROM filing").fetchone()[0])
    assert _filings() == before, number
    _upgraded()
    assert _filings() == before, number


OPERATIONS: Final = {
    "packet": Operation(
        lambda: write_whole(Path("packet"), [("", _packet(b"old"))]),
        lambda: write_whole(Path("packet"), [("", _packet(b"new"))]),
        _packet_whole,
    ),
    "document": Operation(
        lambda: write_bytes(Path("form4.xml"), b"old"),
        lambda: write_bytes(Path("form4.xml"), b"new"),
        _document_whole,
    ),
    "filed": Operation(_with_draft, lambda: _quietly(FILED), _filed_whole),
    "import": Operation(_with_xml, lambda: _quietly(IMPORT), _imported_whole),
    "migration": Operation(_old_register, _upgraded, _upgraded_whole),
}


if __name__ == "__main__":
    print(killed(OPERATIONS[sys.argv[1]], int(sys.argv[2])))
