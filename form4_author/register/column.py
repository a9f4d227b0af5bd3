"""Columns that hold exactly what was said: amounts as decimal text, moments with their zone."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.types import TypeDecorator

from form4_author.text import amount

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

__all__ = ["Amount", "Moment"]


class Amount(TypeDecorator[Decimal]):
    """A Decimal as its own digits: no database rounds it, none drops a zero."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy names it
        """The digits."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002  # SQLAlchemy names it
        """The number."""
        return None if value is None else amount(value)


class Moment(TypeDecorator[datetime]):
    """A moment as ISO 8601 text in UTC, which sorts as time does."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy names it
        """The text."""
        return None if value is None else value.astimezone(UTC).isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy names it
        """The moment, in UTC."""
        return None if value is None else datetime.fromisoformat(value)
