"""A register of an older shape: its tables copied as they are, and the mark that this was done.

A file is copied beside itself before it is upgraded. A register on a server can't be: it is upgraded once a backup of
its present state was made. The backup leaves a digest of what it copied as the comment of a table, and the upgrade
compares that with what is there.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from sqlalchemy import MetaData, create_engine, func, insert, select, text

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

__all__ = ["copied_as_it_is", "is_marked", "marked", "stepped", "unmarked"]

_CHUNK: Final = 500
_VERSION: Final = "alembic_version"
_MARK: Final = "form4 backup of "


def stepped(connection: Connection, shape: str) -> tuple[str, ...]:
    """The steps up to a shape are made; what they changed, as sentences. ``shape``: its number, or ``head``."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "form4_author.register:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, shape)
    return tuple(config.attributes.get("notes", ()))


def copied_as_it_is(source: Connection, target: Connection, shape: str) -> int:
    """Every table of the shape with its rows is in the target, an empty database; the number of filings."""
    stepped(target, shape)
    schema, there = MetaData(), MetaData()
    schema.reflect(target)
    names = [table.name for table in schema.sorted_tables if table.name != _VERSION]
    there.reflect(source, only=names)
    for name in names:
        rows = source.execute(select(there.tables[name])).mappings()
        while some := rows.fetchmany(_CHUNK):
            target.execute(insert(schema.tables[name]), [dict(row) for row in some])
    return target.scalar(select(func.count()).select_from(schema.tables["filing"])) or 0


# ---- PostgreSQL: the mark


def marked(connection: Connection, shape: str) -> None:
    """The register says that it was backed up as it is now."""
    connection.execute(text(f"COMMENT ON TABLE {_VERSION} IS '{_MARK}{_digest(connection, shape)}'"))


def unmarked(connection: Connection) -> None:
    """The register says nothing of a backup."""
    connection.execute(text(f"COMMENT ON TABLE {_VERSION} IS NULL"))


def is_marked(connection: Connection, shape: str) -> bool:
    """Whether the register was backed up and has not changed since."""
    comment = connection.scalar(text(f"SELECT obj_description('{_VERSION}'::regclass, 'pg_class')"))
    return bool(comment == f"{_MARK}{_digest(connection, shape)}")


def _digest(connection: Connection, shape: str) -> str:
    """What distinguishes the rows of a shape's tables from any others, as 64 hexadecimal digits."""
    digest = hashlib.sha256(shape.encode())
    quoted = connection.dialect.identifier_preparer.quote
    for name in _names(shape):
        row = f"encode(sha256(convert_to(row_to_json(r)::text, 'UTF8')), 'hex') FROM {quoted(name)} r"
        sums = connection.execute(text(f"SELECT {row}")).scalars()
        digest.update("\n".join(("", name, *sorted(sums), "")).encode())
    return digest.hexdigest()


def _names(shape: str) -> list[str]:
    """The names of the tables that a register of the shape has."""
    engine, schema = create_engine("sqlite://"), MetaData()
    with engine.connect() as connection:
        stepped(connection, shape)
        schema.reflect(connection)
    engine.dispose()
    return sorted(name for name in schema.tables if name != _VERSION)
