"""Backup and restore: the whole register as one SQLite file, whatever database it lives in."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, text

from form4_author.errors import Form4Error
from form4_author.register.book import Register, RegisterUnusable, opened
from form4_author.register.place import Place, place_of
from form4_author.register.table import Base, Filed, Issuer, Note, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

__all__ = ["backed_up", "restored"]

_CHUNK = 500


def backed_up(register: Register, file: Path) -> int:
    """The register's state of one moment is in the file, which is its owner's only; the number of filings in it.

    What was under the name is replaced in one step. Raises Form4Error when the file can't be written.
    """
    _refuse_itself(register, file)
    with _beside(file) as place:
        copy = opened(place, create=True)
        try:
            with register.reading() as source, copy.writing() as target:
                _copied(source, target)
                count = source.scalar(select(func.count()).select_from(Filed)) or 0
            copy.settle()
        finally:
            copy.close()
        assert place.file is not None  # noqa: S101  # made so
        place.file.replace(file)
    return count


def restored(register: Register, file: Path, *, replace: bool = False) -> int:
    """The register holds what the backup held, and nothing else; the number of filings.

    All of it or nothing. Raises Form4Error for a file that is no backup, and for a register that holds something while
    ``replace`` is not given.
    """
    if not file.is_file():
        raise Form4Error(f"There is no backup {file}", remedy="Check the name and the folder")
    _refuse_itself(register, file)
    with _beside(file) as place:
        assert place.file is not None  # noqa: S101  # made so
        content = file.read_bytes()
        if not content:
            raise Form4Error(f"The backup {file} is empty", remedy="Take another one")
        place.file.write_bytes(content)  # a copy: an old backup is brought up, and stays what it is
        try:
            backup = opened(place)
        except RegisterUnusable as error:
            raise Form4Error(
                error.problem.replace(f"The register {place}", f"The backup {file}"),
                remedy="Take another one",
            ) from None
        try:
            with backup.reading() as source, register.writing() as target:
                _emptied(target, replace=replace)
                _copied(source, target)
                return source.scalar(select(func.count()).select_from(Filed)) or 0
        finally:
            backup.close()


@contextmanager
def _beside(file: Path) -> Iterator[Place]:
    """A temporary register in the file's folder; it is gone at the end, and so is what SQLite keeps beside it."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".tmp", dir=file.parent)
    except OSError as error:
        raise Form4Error(
            f"{file.parent} can't be written: {(error.strerror or str(error)).lower()}",
            remedy="Choose another folder",
        ) from None
    os.close(handle)
    try:
        yield place_of(name)
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            Path(name + end).unlink(missing_ok=True)


def _refuse_itself(register: Register, file: Path) -> None:
    own = register.place.file
    if own is not None and file.resolve() == own.resolve():
        raise Form4Error(f"{file} is the register itself", remedy="Name another file for the backup")


def _emptied(target: Session, *, replace: bool) -> None:
    held = [
        kind for kind in (Person, Issuer, Note, Filed) if target.scalar(select(kind.id).limit(1)) is not None
    ]
    if held and not replace:
        raise Form4Error(
            "The register holds something already, which a restore would replace",
            remedy="Back it up and give --force, or name an empty one with --register",
        )
    for table in reversed(Base.metadata.sorted_tables):
        target.execute(table.delete())


def _copied(source: Session, target: Session) -> None:
    """Every row, with its number."""
    for table in Base.metadata.sorted_tables:
        rows = source.execute(select(table)).mappings()
        while some := rows.fetchmany(_CHUNK):
            target.execute(insert(table), [dict(row) for row in some])
        if "id" in table.c and target.get_bind().dialect.name == "postgresql":
            # The next number follows the copied ones. Both names are ours.
            target.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'),"  # noqa: S608
                    f" (SELECT COALESCE(MAX(id), 0) + 1 FROM {table.name}), false)"
                )
            )
