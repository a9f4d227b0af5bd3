"""The register opened: transactions that are whole or not at all, one writer at a time, brought to the present shape.

SQLite: the file is 0600, and made so where it was not, in write-ahead mode with foreign keys on; a writer that waits
more than half a minute is told. PostgreSQL: writers wait for one another by an advisory lock. A process that is killed
leaves the last good state.
"""

from __future__ import annotations

import errno
import json
import os
import re
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, create_engine, event, inspect, text
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
)
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from form4_author.errors import Form4Error
from form4_author.files import disk
from form4_author.files.output import make_folder
from form4_author.register.former_shape import is_marked, stepped, unmarked
from form4_author.register.name_change import name_cards, renamed_in
from form4_author.register.name_index import write_index

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

    from form4_author.register.place import RegisterPlace

__all__ = ["HEAD", "Register", "RegisterUnusable", "Session", "is_older", "opened", "shape_of"]

HEAD: Final = "0003"
"""The shape of the register that this form4 writes; the last of ``migrations/versions``."""

_SHAPE: Final = re.compile(r"[0-9]{4}")
_WAIT: Final = 30
"""Seconds that a writer waits for another."""
_LOCK: Final = 1634103432
"""The advisory lock on PostgreSQL: any number that others are unlikely to choose."""


_UNWRITABLE: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


class RegisterUnusable(Form4Error):
    """The register can't be read or written: not reachable, locked, full, damaged, or not a register."""


class Register:
    """A register at its place."""

    def __init__(self, place: RegisterPlace, access: Mapping[str, str] | None = None) -> None:
        self.place = place
        self.notes: tuple[str, ...] = ()
        """What an upgrade of this opening changed, as sentences."""
        self.former_copy: Path | None = None
        """The copy of the register as it was before that upgrade."""
        self._engine = _engine(place, access)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the register. Raises Form4Error when the database refuses."""
        with self._explain_errors(), self._reader() as connection, Session(connection) as session:
            yield session
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are all kept at its end, or none of them when it ends by an exception.

        Raises Form4Error when the database refuses.
        """
        with self._explain_errors():
            with self._writer() as connection, Session(connection) as session:
                event.listen(session, "before_flush", _refuse_too_long)
                renamed = renamed_in(session)
                yield session
                session.commit()
                connection.commit()
            if renamed:
                self.index_names()

    def index_names(self) -> None:
        """The index of names has what the register has. Raises RegisterUnusable where it can't be read."""
        with self.reading() as session:
            write_index(self.place, name_cards(session))

    @contextmanager
    def apart(self, session: Session) -> Iterator[None]:
        """Within a writing session: what follows is kept or undone by itself. Raises Form4Error as it does."""
        with self._explain_errors(), session.begin_nested():
            yield

    @contextmanager
    def _reader(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":  # each statement saw a state of its own otherwise
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection

    @contextmanager
    def _writer(self) -> Iterator[Connection]:
        with self._engine.connect().execution_options(form4_writes=True) as connection:
            connection.begin()
            if self.place.file is None and connection.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = '{_WAIT}s'"))
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            yield connection

    def shape(self) -> str | None:
        """The shape that the register has; None for an empty database. Nothing is changed.

        Raises RegisterUnusable for the database of another program or of a newer form4.
        """
        with self._explain_errors(), self._engine.connect() as connection:
            return shape_of(connection)

    def bring_up(self, *, keep: bool = True) -> None:
        """The register has the present shape when this returns; two processes may ask at once.

        ``keep``: a file of an older shape is copied beside it first, and a register of one on a server must have been
        backed up as it is.
        Raises RegisterUnusable where it was not, and for the database of another program or of a newer form4.
        """
        before = self.shape()
        if before == HEAD:
            return
        with self._explain_errors():
            if before is None and self.place.file is not None:
                with self._engine.connect().execution_options(form4_bare=True) as connection:
                    _write_ahead(connection)
            with self._writer() as connection:
                former = shape_of(connection)
                if former != HEAD:
                    self._upgraded(connection, former if keep else None)

    def _upgraded(self, connection: Connection, former: str | None) -> None:
        """The upgrade is committed; where it fails, so that nothing was changed, its copy goes as well."""
        file, served = self.place.file, connection.dialect.name == "postgresql"
        copy = _backup_copy(self.place, file, former) if file is not None and former is not None else None
        if served and former is not None and not is_marked(connection, former):
            raise _not_backed_up(self.place, former)
        try:
            self.notes = _upgrade(connection)
            if served:
                unmarked(connection)
            connection.commit()
        except BaseException:
            if copy is not None:
                disk.remove_file(copy, missing_ok=True)
            raise
        self.former_copy = copy

    def settle(self) -> None:
        """Everything is in the one file when this returns, and no journal is left beside it."""
        with self._explain_errors(), self._engine.connect().execution_options(form4_bare=True) as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    @contextmanager
    def _explain_errors(self) -> Iterator[None]:
        """What the database says, in our words."""
        try:
            yield
        except IntegrityError as error:
            raise _conflict(error) from None
        except DataError as error:
            raise Form4Error(
                f"The register has no room for a value: {_first_message(error)}", remedy="Write it shorter"
            ) from None
        except DBAPIError as error:
            raise _refused(self.place, _first_message(error)) from None
        except json.JSONDecodeError:  # in a column of ours, which a sound database returns as it was written
            raise _refused(self.place, "a value in it is malformed") from None


def opened(
    place: RegisterPlace, *, create: bool = False, keep: bool = True, as_it_is: bool = False
) -> Register:
    """The register at a place, in its present shape. ``keep``: as for ``Register.bring_up``.

    ``as_it_is``: one that has an older shape keeps it; one that is empty is made all the same.
    Raises Form4Error where there is none and none is to be made, RegisterUnusable where it can't be opened.
    """
    if not place.is_there and not create:
        raise Form4Error(
            f"There is no register at {place} yet",
            remedy="Make one from past filings with form4 import FILE ..., or with form4 person add",
        )
    is_new = place.file is not None and not place.file.exists()
    access = _create_private(place, place.file) if place.file is not None else None
    register = Register(place, access)
    try:
        if not as_it_is or register.shape() is None:
            register.bring_up(keep=keep)
    except BaseException:
        register.close()
        if is_new and place.file is not None:
            _removed_if_empty(place.file)
        raise
    return register


def _removed_if_empty(file: Path) -> None:
    """A register that could not be made, on a full disk perhaps, leaves no file that looks like one."""
    with suppress(OSError):
        if not file.stat().st_size:
            disk.remove_file(file)


def _create_private(place: RegisterPlace, file: Path) -> Mapping[str, str]:
    """The file is there and its owner's only, from before the first byte is written; how SQLite is to open it.

    One that can't be written can still be read. Raises RegisterUnusable where it can't be made.
    """
    try:
        make_folder(file.parent)
        is_new = not file.exists()
        disk.make_empty(file, 0o600)
        if is_new:
            disk.change_mode(file, 0o600)  # the umask may have taken some of it away
    except OSError as error:
        if error.errno in _UNWRITABLE and os.access(file, os.R_OK):
            return _to_read_only(file, on_its_own=error.errno == errno.EROFS)
        raise _refused(place, (error.strerror or str(error)).lower()) from None
    for each in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm", "-journal"))):
        with suppress(OSError):  # not there, or another's
            if os.name == "posix" and each.stat().st_mode & 0o077:
                disk.change_mode(each, 0o600)
    return {}


def _to_read_only(file: Path, *, on_its_own: bool) -> Mapping[str, str]:
    """How SQLite opens a file that can't be written: where nothing can be made beside it, as one that never changes."""
    journal = file.with_name(f"{file.name}-wal")
    alone = on_its_own or not os.access(file.parent, os.W_OK)
    journal_in_use = journal.exists() and journal.stat().st_size > 0
    return {"mode": "ro", "uri": "true", **({"immutable": "1"} if alone and not journal_in_use else {})}


def _refuse_too_long(session: Session, *_flush: object) -> None:
    """Raises Form4Error for a value longer than its column: PostgreSQL would refuse it, SQLite would not."""
    for card in (*session.new, *session.dirty):
        for attribute in inspect(type(card)).column_attrs:
            length, value = (
                getattr(attribute.columns[0].type, "length", None),
                card.__dict__.get(attribute.key),
            )
            text = format(value, "f") if isinstance(value, Decimal) else value
            if length is not None and isinstance(text, str) and len(text) > length:
                raise Form4Error(
                    f'The register has no room for "{text[:60]}": it has {len(text)} characters, and {length} fit',
                    remedy="Write it shorter",
                )


def _first_message(error: DBAPIError) -> str:
    """The first line of what the database said first: where undoing failed as well, that is not the news."""
    first, at = error, error.__context__
    while at is not None:
        first, at = (at if isinstance(at, DBAPIError) else first), at.__context__
    lines = str(first.orig or first).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def _refused(place: RegisterPlace, message: str) -> RegisterUnusable:
    remedies = {
        "locked": "Another form4 is writing to it; wait until it is done and try again",
        "full": "Free some space and try again; the register is as it was",
        "disk i/o": "Free some space and try again; the register is as it was",
        "not a database": "Name another file, or move it away and form4 register restore a backup",
        "malformed": "It is damaged: move it away and form4 register restore a backup",
        "readonly": "Ask for permission to write it",
        "read-only": "Ask for permission to write it",
        "denied": "Ask for permission to write it",
    }
    remedy = next(
        (r for word, r in remedies.items() if word in message.lower()), "Check the place and try again"
    )
    return RegisterUnusable(f"The register {place} can't be used: {message}", remedy=remedy)


def _not_backed_up(place: RegisterPlace, shape: str) -> RegisterUnusable:
    return RegisterUnusable(
        f"The register {place} has the shape {shape} of an older form4, and there is no backup of it as it is now",
        remedy="Back it up first with form4 register backup FILE; the next command then upgrades it",
    )


def _conflict(error: IntegrityError) -> Form4Error:
    message = _first_message(error)
    if "foreign key" in message.lower():
        return Form4Error("Something else in the register still refers to it", remedy="Remove that first")
    return Form4Error(
        f"The register has one like it already ({message})", remedy="Edit the one that is there"
    )


# ---- the database


def _engine(place: RegisterPlace, access: Mapping[str, str] | None) -> Engine:
    try:
        url = place.url if place.file is None else _url(place.file, access or {})
        engine = create_engine(url, poolclass=NullPool)  # nothing is left open between transactions
    except (ArgumentError, NoSuchModuleError):
        raise Form4Error(
            f'"{place.url}" is not the URL of a database',
            remedy="Write a file name, or a URL such as postgresql://host/name",
        ) from None
    except ModuleNotFoundError as error:
        raise Form4Error(
            f"The driver for {place.url} is not installed: {error.name}",
            remedy='Install it: pip install "form4-author[postgresql]"'
            if place.url.startswith("postgresql")
            else "The register is kept in SQLite or PostgreSQL: name a file, or a URL such as postgresql://host/name",
        ) from None
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return engine


def _url(file: Path, access: Mapping[str, str]) -> URL:
    name = file.absolute().as_uri() if access else str(file)
    return URL.create("sqlite", database=name, query=dict(access))


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's
        connection.isolation_level = (
            None  # we say BEGIN ourselves, so that schema changes are in the transaction
        )
        for pragma in (f"busy_timeout={_WAIT * 1000}", "foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("form4_bare"):  # SQLite changes its journal outside of transactions only
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("form4_writes") else "BEGIN")


def _write_ahead(connection: Connection) -> None:
    """Write-ahead mode, which the file keeps; SQLite does not wait for others when it changes it, so that we do."""
    until = time.monotonic() + _WAIT
    while True:
        try:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def is_older(shape: str | None) -> bool:
    """Whether a register of the shape is upgraded by the next command on it."""
    return shape is not None and shape < HEAD


def shape_of(connection: Connection) -> str | None:
    """As ``Register.shape``, within a transaction."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        shape = "" if inspect(connection).get_table_names() else None
    else:
        shape = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
    if shape is not None and _SHAPE.fullmatch(shape) is None:
        raise RegisterUnusable(
            "The database holds the tables of another program", remedy="Name a database that is empty"
        )
    if shape is not None and shape > HEAD:
        raise RegisterUnusable(
            f"The register was written by a newer form4: its shape is {shape}, this one knows up to {HEAD}",
            remedy="Update form4",
        )
    return shape


def _backup_copy(place: RegisterPlace, file: Path, shape: str) -> Path:
    """A copy of the register beside it, under a name that is free; the caller holds the lock that writers wait for.

    Raises RegisterUnusable where it can't be written: then nothing is upgraded.
    """
    name, number = f"{file.name}.shape-{shape}", 1
    while (target := file.with_name(name if number == 1 else f"{name}.{number}")).exists():
        number += 1
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        disk.remove_file(temporary, missing_ok=True)
        disk.make_empty(temporary, 0o600, new=True)
        disk.change_mode(temporary, 0o600)  # whatever the umask
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(temporary)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a journal beside it
        disk.replace(temporary, target)
    except (OSError, sqlite3.Error) as error:
        raise RegisterUnusable(
            f"The register {place} has the shape {shape} of an older form4, and it can't be copied before it is "
            f"upgraded: {error}",
            remedy=f"Make room for {target} and try again; the register is as it was",
        ) from None
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            disk.remove_file(temporary.with_name(temporary.name + end), missing_ok=True)
    return target


def _upgrade(connection: Connection) -> tuple[str, ...]:
    """The steps to the present shape are made; what they changed, as sentences."""
    return stepped(connection, "head")
