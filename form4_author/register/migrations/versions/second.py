"""The second shape: what tells a line, and a series, stands in columns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["down_revision", "revision", "upgrade"]

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The lines, their entries and the series are made anew."""
    for table in ("entry", "line", "series"):
        op.drop_table(table)
    _tables()


def _tables() -> None:
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
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("tie", sa.Text(), nullable=False),
        sa.Column("total", sa.String(length=40), nullable=True),
        sa.Column("change", sa.String(length=40), nullable=True),
        sa.Column("in_dollars", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["filing_id"], ["filing.id"]),
        sa.ForeignKeyConstraint(["line_id"], ["line.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_entry_filing_id"), "entry", ["filing_id"], unique=False)
    op.create_index(op.f("ix_entry_line_id"), "entry", ["line_id"], unique=False)
