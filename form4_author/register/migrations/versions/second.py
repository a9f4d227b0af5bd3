"""The second shape: what identifies a line or a series is in columns; corporate actions have a table."""

from __future__ import annotations

import gc
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from alembic import op

from form4_author.register.migrations.refill import (
    Movement,
    NewLine,
    OldFiling,
    OldLine,
    differences,
    replayed,
    series_of,
)
from form4_author.text import amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from sqlalchemy.engine import Connection

__all__ = ["down_revision", "revision", "upgrade"]

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The lines, their entries and the series are made again, from the filings and adjustments."""
    with _uncollected():
        notes = _upgraded(op.get_bind())
    config = op.get_context().config
    if config is not None:
        config.attributes.setdefault("notes", []).extend(notes)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for objects that are no longer used: all of them are, and it takes a third of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _upgraded(connection: Connection) -> list[str]:
    old = _Old(connection)
    for table in ("entry", "line", "series"):
        op.drop_table(table)
    _tables()
    return _refilled(connection, old)


def _tables() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("former", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["issuer_id"], ["issuer.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_action_issuer_id"), "action", ["issuer_id"], unique=False)
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("price", sa.String(length=40), nullable=True),
        sa.Column("expiration", sa.Date(), nullable=True),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["issuer_id"], ["issuer.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_series_issuer_id"), "series", ["issuer_id"], unique=False)
    op.create_table(
        "line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("relationship_id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("form", sa.String(length=1), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("price", sa.String(length=40), nullable=True),
        sa.Column("expiration", sa.Date(), nullable=True),
        sa.Column("exercisable", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=7), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["relationship_id"], ["relationship.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_line_relationship_id"), "line", ["relationship_id"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("filing_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("tie", sa.Text(), nullable=False),
        sa.Column("total", sa.String(length=40), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("change", sa.String(length=40), nullable=True),
        sa.Column("ratio_new", sa.String(length=40), nullable=True),
        sa.Column("ratio_old", sa.String(length=40), nullable=True),
        sa.Column("fractions", sa.String(length=4), nullable=True),
        sa.Column("in_dollars", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"]),
        sa.ForeignKeyConstraint(["filing_id"], ["filing.id"]),
        sa.ForeignKeyConstraint(["line_id"], ["line.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_entry_action_id"), "entry", ["action_id"], unique=False)
    op.create_index(op.f("ix_entry_filing_id"), "entry", ["filing_id"], unique=False)
    op.create_index(op.f("ix_entry_line_id"), "entry", ["line_id"], unique=False)


# ---- what is read


def _table(name: str, columns: str) -> sa.Table:
    types: dict[str, Any] = dict.fromkeys(("id", "rank", "row"), sa.Integer)
    types |= dict.fromkeys(("day", "filed", "period", "expiration"), sa.Date)
    types |= dict.fromkeys(("content", "cells", "terms"), sa.JSON)
    types["in_dollars"] = sa.Boolean
    table_columns: list[sa.Column[Any]] = [
        sa.Column(c, types.get(c, sa.Integer if c.endswith("_id") else sa.Text), primary_key=c == "id")
        for c in columns.split()
    ]
    return sa.Table(name, sa.MetaData(), *table_columns)


_FILING: Final = _table("filing", "id issuer_id form period filed day recorded_at content")
_FILED_BY: Final = _table("filing_person", "filing_id person_id")
_RELATIONSHIP: Final = _table("relationship", "id person_id issuer_id")
_PERSON: Final = _table("person", "id name")
_ISSUER: Final = _table("issuer", "id name")
_ENTRY: Final = _table("entry", "id line_id filing_id day rank tie total change in_dollars reason made_at")
_NEW_ENTRY: Final = _table(
    "entry", "id line_id filing_id day rank tie total row change in_dollars reason made_at"
)
_OLD_LINE: Final = _table("line", "id relationship_id name cells")
_OLD_SERIES: Final = _table("series", "id issuer_id terms")
_LINE: Final = _table(
    "line",
    "id relationship_id table title form nature price expiration exercisable expires unit name cells",
)
_SERIES: Final = _table("series", "id issuer_id title price expiration terms")


class _Old:
    """What shape 0001 holds."""

    def __init__(self, connection: Connection) -> None:
        entries = _rows(connection, _ENTRY)
        places = {e["filing_id"]: (e["day"], e["rank"], e["tie"], e["made_at"]) for e in entries}
        self.filings = {f["id"]: _filing(f, places) for f in _rows(connection, _FILING)}
        self.issuers = {f["id"]: f["issuer_id"] for f in _rows(connection, _FILING)}
        lines = {
            row["id"]: (row["relationship_id"], OldLine(row["name"], row["cells"]))
            for row in _rows(connection, _OLD_LINE)
        }
        for entry in entries:
            lines[entry["line_id"]][1].entries.append(_movement(entry))
        self.lines: dict[int, list[OldLine]] = defaultdict(list)
        for relation, line in lines.values():
            self.lines[relation].append(line)
        self.series: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
        for series in _rows(connection, _OLD_SERIES):
            self.series[series["issuer_id"]].append(series["terms"])
        self.filed: dict[tuple[int, int], list[OldFiling]] = defaultdict(list)
        for by in _rows(connection, _FILED_BY):
            filing = self.filings[by["filing_id"]]
            self.filed[by["person_id"], self.issuers[filing.id]].append(filing)


def _rows(connection: Connection, table: sa.Table) -> list[Mapping[str, Any]]:
    found = connection.execute(sa.select(table).order_by(*list(table.columns)[:1])).mappings()
    return [dict(row) for row in found]


def _filing(row: Mapping[str, Any], places: Mapping[int | None, tuple[Any, int, str, str]]) -> OldFiling:
    dated = f"filed {row['filed']}" if row["filed"] else f"of {row['period'] or row['day']}"
    return OldFiling(
        id=row["id"],
        form=row["form"],
        label=f"Form {row['form']} {dated}",
        day=row["day"],
        recorded_at=row["recorded_at"],
        content=row["content"],
        place=places.get(row["id"], (row["day"], 0, "", row["recorded_at"])),
    )


def _movement(row: Mapping[str, Any]) -> Movement:
    total, change = row["total"], row["change"]
    return Movement(
        id=row["id"],
        filing=row["filing_id"],
        day=row["day"],
        rank=row["rank"],
        tie=row["tie"],
        total=None if total is None else amount(total),
        change=None if change is None else amount(change),
        in_dollars=row["in_dollars"],
        reason=row["reason"],
        made_at=row["made_at"],
    )


# ---- what is written


def _refilled(connection: Connection, old: _Old) -> list[str]:
    """The new tables are filled; what a line does not hold any more, as sentences."""
    persons = {row["id"]: row["name"] for row in _rows(connection, _PERSON)}
    issuers = {row["id"]: row["name"] for row in _rows(connection, _ISSUER)}
    notes = []
    for relation in _rows(connection, _RELATIONSHIP):
        person, issuer, before = relation["person_id"], relation["issuer_id"], old.lines[relation["id"]]
        lines, adjusted = replayed(old.filed[person, issuer], before)
        _write_lines(connection, relation["id"], lines)
        sentences = differences(before, lines, adjusted, old.filings)
        notes += [f"{persons[person]}, {issuers[issuer].rstrip('.')}: {each}" for each in sentences]
    about: dict[int, list[OldFiling]] = defaultdict(list)
    for filing in old.filings.values():
        about[old.issuers[filing.id]].append(filing)
    for issuer in issuers:
        for series in series_of(about[issuer], old.series[issuer]):
            title, price, expiration = series.key
            connection.execute(
                sa.insert(_SERIES).values(
                    issuer_id=issuer,
                    title=title,
                    price=_digits(price),
                    expiration=expiration,
                    terms=series.terms,
                )
            )
    return notes


def _write_lines(connection: Connection, relation: int, lines: Iterable[NewLine]) -> None:
    for line in lines:
        key = line.key
        values = {
            "relationship_id": relation,
            "table": key.table,
            "title": key.title,
            "form": key.form,
            "nature": key.nature,
            "price": _digits(key.price),
            "expiration": key.expiration,
            "exercisable": key.terms[0],
            "expires": key.terms[1],
            "unit": key.unit,
            "name": line.name,
            "cells": line.cells,
        }
        inserted = connection.execute(sa.insert(_LINE).values(values)).inserted_primary_key
        assert inserted is not None  # noqa: S101  # one row was written
        entries = [_entry(inserted[0], each) for each in line.entries]
        if entries:
            connection.execute(sa.insert(_NEW_ENTRY), entries)


def _entry(line: int, each: Movement) -> dict[str, Any]:
    values = each._asdict()
    del values["id"]
    values["filing_id"] = values.pop("filing")
    return {**values, "line_id": line, "total": _digits(each.total), "change": _digits(each.change)}


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
