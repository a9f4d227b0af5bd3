"""Many files checked in batches: what a worker is sent, and the record of each file that it returns.

A worker is sent paths, sizes and dates, never the content of a file: it reads the file itself. What goes wrong with one
file is that file's record.
"""

from __future__ import annotations

import hashlib
import threading
import traceback
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author import __version__
from form4_author.desk.checked import checked_filing
from form4_author.desk.closed_days import count_with
from form4_author.desk.intake import JudgedFile, report_of_intake, with_exhibits, without_exhibits
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files.archive import Member, open_archive
from form4_author.files.input import read_bytes
from form4_author.files.stored_record import record_key
from form4_author.page.report import report_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from form4_author.files.archive import FilingArchive
    from form4_author.findings import Report
    from form4_author.page.report import Checked
    from form4_author.timing.closed_day import ClosedDay

__all__ = ["CheckTerms", "ListedFile", "Record", "checked_batch", "unread_record"]

Record = dict[str, Any]
"""A file's entry of ``form4 check --json``, with ``file``, ``member``, ``sha256``, ``bug`` and ``stamp``."""


class ListedFile(NamedTuple):
    """A file that is to be checked, or a member of an archive."""

    file: str
    """Its path, or that of the archive: absolute, for a worker may be in another folder."""
    stamp: str
    """Its size and the time of its last change, and its place in the archive: another stamp, another content."""
    member: Member | None = None
    problem: UnreadableInput | None = None
    """Why an archive could not be listed, or not to its end."""

    @property
    def name(self) -> str:
        """``folder/form4.xml``, ``archive.tar!form4.xml``."""
        return self.file if self.member is None else f"{self.file}!{self.member.name}"

    @property
    def key(self) -> str:
        """See ``record_key``."""
        return record_key(self.file, self.member.name if self.member is not None else None)


class CheckTerms(NamedTuple):
    """What every file of a run is checked with."""

    as_of: date | None
    today: date
    added: tuple[ClosedDay, ...] = ()
    """The closed days that were added."""
    version: str = __version__


_ONE_AT_A_TIME: Final = threading.Lock()
"""Threads of one worker check in turn: they share the compiled schemas, and Python would not run two at once."""


def checked_batch(files: Sequence[ListedFile], terms: CheckTerms) -> list[Record]:
    """A record for each file, in their order. Raises Form4Error where this is another version of form4."""
    if terms.version != __version__:
        import platform

        raise Form4Error(
            f"The worker on {platform.node()} has form4 {__version__}; this is form4 {terms.version}",
            remedy="Install the same version on every worker and run the command again",
        )
    with _ONE_AT_A_TIME:
        count_with(terms.added)
        return [
            record for name, inside in groupby(files, _archive) for record in _records(name, inside, terms)
        ]


def _archive(listed: ListedFile) -> str | None:
    return listed.file if listed.member is not None else None


def _records(archive: str | None, files: Iterator[ListedFile], terms: CheckTerms) -> Iterator[Record]:
    """The records of files that are in one archive, or in no archive."""
    with ExitStack() as stack:
        opened: FilingArchive | UnreadableInput | None = None
        if archive is not None:
            try:
                opened = stack.enter_context(open_archive(Path(archive)))
            except UnreadableInput as error:
                opened = error
        for listed in files:
            yield _record(listed, _reader(listed, opened), terms)


def _reader(listed: ListedFile, opened: FilingArchive | UnreadableInput | None) -> Callable[[], bytes]:
    """How the file's bytes are read, which raises UnreadableInput where they can't be."""

    def read() -> bytes:
        problem = opened if isinstance(opened, UnreadableInput) else listed.problem
        if problem is not None:
            raise problem
        if opened is None or listed.member is None or isinstance(opened, UnreadableInput):
            return read_bytes(listed.file)
        return opened.content(listed.member)

    return read


def _record(listed: ListedFile, read: Callable[[], bytes], terms: CheckTerms) -> Record:
    sha256 = None
    try:
        content = read()
        sha256 = hashlib.sha256(content).hexdigest()
        file = _judged(listed, content, terms)
        return _entry(listed, file.report, checked_filing(file), sha256)
    except UnreadableInput as error:
        return unread_record(listed, error, sha256)
    except MemoryError:
        return unread_record(listed, _NO_MEMORY, sha256)
    except Exception as error:  # noqa: BLE001  # one file never stops the rest
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
        bug = UnreadableInput(
            f"This is a bug in form4 {__version__} ({place}): the file was not checked",
            remedy="Report this line",
        )
        return {**unread_record(listed, bug, sha256), "bug": place}


_NO_MEMORY: Final = UnreadableInput(
    "The worker has not enough memory for this file",
    remedy="Give the workers more memory and run the command again",
)


def _judged(listed: ListedFile, content: bytes, terms: CheckTerms) -> JudgedFile:
    """The report of the bytes. What a draft in an archive names as exhibits is not looked for."""
    intake = without_exhibits(listed.name, content)
    if listed.member is None:
        intake = with_exhibits(intake)
    report = report_of_intake(intake, terms.as_of, lambda: terms.today)
    return JudgedFile(report, intake.filing, is_public=intake.is_public)


def unread_record(listed: ListedFile, error: UnreadableInput, sha256: str | None = None) -> Record:
    """The record of a file that could not be read; without a stamp where another try may succeed."""
    from form4_author.checks.report import report_of

    record = _entry(listed, report_of(error, listed.name), None, sha256)
    return {**record, "stamp": None} if error.id == _NOT_OPENED else record


_NOT_OPENED: Final = "DOC-022"


def _entry(listed: ListedFile, report: Report, checked: Checked | None, sha256: str | None) -> Record:
    member = listed.member.name if listed.member is not None else None
    data = report_data(report, checked)
    return {
        **data,
        "file": listed.file,
        "member": member,
        "sha256": sha256,
        "bug": None,
        "stamp": listed.stamp,
    }
