"""What keeps a draft from its packet: its open questions and the findings that block, counted.

The counts are saved, by a hash of everything that they were worked out from, so that the desk need not load the checks
for a draft that has not changed since it was last shown.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author import __version__
from form4_author.desk.exhibit import exhibits_of, folder_of
from form4_author.desk.register import register_at
from form4_author.desk.settings import settings_file
from form4_author.errors import Form4Error
from form4_author.files import disk
from form4_author.files.output import make_folder, write_bytes
from form4_author.model.facts import NO_FACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from form4_author.findings import Report
    from form4_author.model.draft import Draft

__all__ = ["Obstacles", "SavedObstacles", "obstacles_in", "saved_in"]

_MOST: Final = 200
"""Counts that are saved; those that were used last stay."""


class Obstacles(NamedTuple):
    """How much keeps a draft from its packet."""

    to_answer: int = 0
    to_correct: int = 0


def obstacles_in(report: Report) -> Obstacles:
    """The counts of a report."""
    return Obstacles(len(report.open), len(report.blocking))


def saved_in() -> Path:
    """The file of the counts."""
    import platformdirs

    return platformdirs.user_state_path("form4-author", appauthor=False) / "desk.json"


class SavedObstacles:
    """The counts of drafts as they are today, from the file or by the checks."""

    def __init__(self, day: date, judge: Callable[[Path, Draft, date], Report] | None = None) -> None:
        self._day = day
        self._judge = judge or _report
        self._around = _surroundings(day)
        self._file = saved_in()
        self._saved = _read(self._file)
        self._is_new = False

    def of(self, path: Path, draft: Draft) -> Obstacles:
        """What keeps a draft from its packet."""
        if self._around is None:
            return obstacles_in(self._judge(path, draft, self._day))
        attached = exhibits_of(draft, folder_of(path)).attached
        key = hashlib.sha256(
            f"{self._around}\n{draft!r}\n{attached!r}".encode("utf-8", "surrogateescape")
        ).hexdigest()
        found = self._saved.pop(key, None)
        if found is None:
            found, self._is_new = obstacles_in(self._judge(path, draft, self._day)), True
        self._saved[key] = found  # the last, for it was used last
        return found

    def save(self) -> None:
        """Write what is new; a place that cannot be written costs the next desk time, and nothing else."""
        if not self._is_new:
            return
        kept = dict(list(self._saved.items())[-_MOST:])
        with suppress(OSError):
            make_folder(self._file.parent)
            write_bytes(self._file, json.dumps(kept).encode())
        self._is_new = False


def _report(path: Path, draft: Draft, day: date) -> Report:
    """What the checks say of a draft on this day, with what the register knows."""
    from form4_author.desk.facts import FactsSource
    from form4_author.desk.intake import report_of_draft

    source = FactsSource(register="" if register_at(None).is_there else None)
    try:
        facts = source.of(draft.filing)
    except Form4Error:  # the desk says why the register can't be used
        facts = NO_FACTS
    return report_of_draft(draft, str(path), day, facts, exhibits_of(draft, folder_of(path)).attached)


def _read(file: Path) -> dict[str, Obstacles]:
    try:
        data = json.loads(disk.read(file))
        return {str(key): Obstacles(int(first), int(second)) for key, (first, second) in data.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _surroundings(day: date) -> str | None:
    """What a report depends on besides the draft; None where that cannot be known cheaply, as of a server."""
    from form4_author.files import sec_schema

    register = register_at(None).file
    if register is None:
        return None
    schemas = sec_schema.data_folder()
    files = [settings_file(), register, register.with_name(f"{register.name}-wal")]
    files += sorted(schemas.rglob("*")) if schemas.is_dir() else []
    return repr((__version__, str(day), list(_stamps(files))))


def _stamps(files: list[Path]) -> Iterator[tuple[str, int, int]]:
    for file in files:
        with suppress(OSError):
            about = file.stat()
            yield str(file), about.st_mtime_ns, about.st_size
