"""Backup and restore: the whole register as one SQLite file, whatever database it lives in."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, text

from form4_author.errors import Form4Error
from form4_author.files import disk
from form4_author.register.database import Register, RegisterUnusable, is_older, opened, shape_of
from form4_author.register.former_shape import copied_as_it_is, marked
from form4_author.register.place import RegisterPlace, place_of
from form4_author.register.table import Action, Base, ClosedDate, Filed, Issuer, Note, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection
    from sqlalchemy.orm import Session

__all__ = ["backed_up", "restored"]

_CHUNK = 500


def backed_up(register: Register, file: Path, *, replace: bool = False) -> int:
    """The register's state of one moment is in the file, which is its owner's only; the number of filings in it.

    A register of an older shape is copied in that shape. An older backup under the name is replaced in one step.
    Raises Form4Error when the file can't be written, where the name is no file's (a device, a folder), and for a file
    that is no backup while ``replace`` is not given.
    """
    _refuse_itself(register, file)
    file = Path(os.path.realpath(file)) if file.is_symlink() else file
    _refuse_what_is_there(file, replace=replace)
    with _temporary(file.parent, f".{file.name}.") as place:
        assert place.file is not None  # noqa: S101  # made so
        try:
            with _written(register, place) as count:
                disk.replace(place.file, file)
        except RegisterUnusable as error:
            raise _about(error, place, file) from None
        except OSError as error:
            raise _unwritable(file, error) from None
    return count


@contextmanager
def _written(register: Register, place: RegisterPlace) -> Iterator[int]:
    """The copy is whole within this. That there is one is kept in a register of an older shape at its end."""
    if not is_older(register.shape()):
        yield _written_now(register, place)
        return
    served = register.place.file is None
    with register.writing() if served else register.reading() as source:
        connection = source.connection()
        shape = shape_of(connection) or ""  # another process may have upgraded it
        count = _written_as_it_is(connection, shape, place)
        if served and is_older(shape):
            marked(connection, shape)
        yield count


def _written_as_it_is(source: Connection, shape: str, place: RegisterPlace) -> int:
    copy = Register(place)
    try:
        with copy.writing() as target:
            return copied_as_it_is(source, target.connection(), shape)
    finally:
        copy.close()


def _written_now(register: Register, place: RegisterPlace) -> int:
    copy = opened(place, create=True)
    try:
        with register.reading() as source, copy.writing() as target:
            _copied(source, target)
            count = source.scalar(select(func.count()).select_from(Filed)) or 0
        copy.settle()
    finally:
        copy.close()
    return count


def _refuse_what_is_there(file: Path, *, replace: bool) -> None:
    """Raises Form4Error where a backup would replace what is none."""
    if not file.exists():
        return
    if not file.is_file():
        raise Form4Error(f"{file} is not a file", remedy="Name a file for the backup")
    if replace or _is_backup(file):
        return
    raise Form4Error(
        f"{file} is there already and is no backup of a register",
        remedy="Name another file, or give --force to replace it",
    )


def _is_backup(file: Path) -> bool:
    """Whether the file is empty or has the tables of a register."""
    import sqlite3
    from contextlib import closing

    if file.stat().st_size == 0:
        return True
    try:
        with closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as connection:
            names = {
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            }
    except sqlite3.Error:
        return False
    later = {Action.__tablename__, ClosedDate.__tablename__}  # shape 0001 had neither
    return {"alembic_version", *Base.metadata.tables} - later <= names


def restored(register: Register, file: Path, *, replace: bool = False) -> int:
    """The register holds what the backup held, and nothing else; the number of filings.

    All of it or nothing. Raises Form4Error for a file that is no backup, and for a register that holds something while
    ``replace`` is not given.
    """
    if not file.is_file():
        raise Form4Error(f"There is no backup {file}", remedy="Check the name and the folder")
    _refuse_itself(register, file)
    content = disk.read(file)
    if not content:
        raise Form4Error(f"The backup {file} is empty", remedy="Take another one")
    own = register.place.file
    with _temporary(own.parent if own is not None else Path(tempfile.gettempdir()), ".restore.") as place:
        assert place.file is not None  # noqa: S101  # made so
        try:
            disk.overwrite(place.file, content)  # a copy: an old backup is brought up, and stays what it is
            backup = opened(place, keep=False)
        except RegisterUnusable as error:
            raise Form4Error(_about(error, place, file).problem, remedy="Take another one") from None
        except OSError as error:
            raise _unwritable(place.file.parent, error) from None
        try:
            with backup.reading() as source, register.writing() as target:
                _emptied(target, replace=replace)
                _copied(source, target)
                register.notes = backup.notes
                count = source.scalar(select(func.count()).select_from(Filed)) or 0
            register.index_names()
        except RegisterUnusable as error:
            if str(place) not in error.problem:
                raise
            raise Form4Error(_about(error, place, file).problem, remedy="Take another one") from None
        finally:
            backup.close()
    return count


@contextmanager
def _temporary(folder: Path, prefix: str) -> Iterator[RegisterPlace]:
    """A temporary register in the folder; it is gone at the end, and so is what SQLite keeps beside it."""
    try:
        file = disk.make_temporary_empty(folder, prefix)
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        yield place_of(str(file))
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            disk.remove_file(Path(f"{file}{end}"), missing_ok=True)


def _unwritable(where: Path, error: OSError) -> Form4Error:
    return Form4Error(
        f"{where} can't be written: {(error.strerror or str(error)).lower()}", remedy="Choose another folder"
    )


def _about(error: RegisterUnusable, place: RegisterPlace, file: Path) -> RegisterUnusable:
    """The same, said of the file that the user named."""
    return RegisterUnusable(
        error.problem.replace(f"The register {place}", f"The backup {file}"), remedy=error.remedy
    )


def _refuse_itself(register: Register, file: Path) -> None:
    own = register.place.file
    if own is not None and os.path.realpath(file) == os.path.realpath(own):
        raise Form4Error(f"{file} is the register itself", remedy="Name another file for the backup")


def _emptied(target: Session, *, replace: bool) -> None:
    filled = [
        kind for kind in (Person, Issuer, Note, Filed) if target.scalar(select(kind.id).limit(1)) is not None
    ]
    if filled and not replace:
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
