"""How many lines of holdings the card of an event asks about at most."""

from __future__ import annotations

from typing import Final

__all__ = ["LINES"]

LINES: Final = 2
"""Lines whose balance before and after is asked; those of a class have theirs from the last filing."""
