"""``form4 poa``: the powers of attorney on record; ``new`` writes one as an exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Write one, or list, add, edit, show or remove those on record."""
    if next(iter(arguments), "") == "new":
        from form4_author.cli import granting

        return granting.run(f"{word} new", arguments[1:])
    from form4_author.cli import card

    return card.run(word, arguments)
