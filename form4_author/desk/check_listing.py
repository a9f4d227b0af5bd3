"""What many checks are about: the files, folders and archives named, each file and member once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.desk.check_batch import ListedFile
from form4_author.errors import UnreadableInput
from form4_author.files.archive import is_archive, open_archive
from form4_author.files.input import filings_below

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.files.archive import Member

__all__ = ["listed_files"]

_ABSENT = "absent"


def listed_files(names: Sequence[str]) -> Iterator[ListedFile]:
    """The files in their order, those of a folder by name, the members of an archive as they are in it.

    A file or member that is named twice is listed twice. An archive that is damaged is listed once, behind the members
    before the damage.
    """
    for name in names:
        path = Path(os.path.abspath(name))  # noqa: PTH100  # resolve() would follow links that workers may not have
        for file in _inside(path) if path.is_dir() else [path]:
            if is_archive(file.name) and file.is_file():
                yield from _members(file)
            else:
                yield ListedFile(str(file), _stamp(file))


def _inside(folder: Path) -> list[Path]:
    archives = (file for file in folder.rglob("*") if is_archive(file.name) and file.is_file())
    return sorted({*filings_below(folder), *archives})


def _stamp(file: Path) -> str:
    try:
        found = file.stat()
    except OSError:
        return _ABSENT
    return f"{found.st_size}:{found.st_mtime_ns}"


def _members(file: Path) -> Iterator[ListedFile]:
    """Where two members have one name, the last is the file, as it would be after unpacking."""
    stamp = _stamp(file)
    found: dict[str, Member] = {}
    problem = None
    try:
        with open_archive(file) as archive:
            for member in archive.members():
                found.pop(member.name, None)
                found[member.name] = member
    except UnreadableInput as error:
        problem = error
    for member in found.values():
        yield ListedFile(str(file), f"{stamp}:{member.offset}:{member.size}", member)
    if problem is not None:
        yield ListedFile(str(file), stamp, problem=problem)
