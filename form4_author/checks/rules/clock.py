"""The moment of transmission, and dates that only the register knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from form4_author.checks.base import Rule

__all__ = ["RULES"]

RULES: Final[tuple[Rule, ...]] = ()
