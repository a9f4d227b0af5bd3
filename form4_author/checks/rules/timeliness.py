"""Whether the form is on time: due dates of Forms 3, 4 and 5 against the day of filing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from form4_author.checks.base import Rule

__all__ = ["RULES"]

RULES: Final[tuple[Rule, ...]] = ()
