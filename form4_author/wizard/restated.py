"""The lines of the last filing as a stock split leaves them: options and units of the class with their new terms.

Rule 16a-9: a split needs no line of its own. Shares are restated by the event's adjustment; an option goes on at the
new price for the new number of shares, and what is chosen or counted on after the split has those terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from form4_author.errors import MalformedValue
from form4_author.ledger.balance import split_price, split_shares
from form4_author.ledger.title import class_of, same_class
from form4_author.values import amount, amount_text, folded
from form4_author.wizard.answer import TABLES, Data, node

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    _Rate = tuple[Decimal, Decimal]
    """So many shares for so many before."""

__all__ = ["restated_lines", "splits_terms"]

_MOVING: Final = ("option", "right", "warrant", "unit", "phantom", "rsu", "psu", "performance share")
"""What changes with its class in number and price; of what converts, only the rate does."""


def restated_lines(data: Data, event: int | None = None) -> list[dict[str, Any]]:
    """The lines of the last filing, in its order, after the splits told before this event; after all by default."""
    listed = node(data, ("interview", "carried"))
    lines = [dict(line) for line in listed if isinstance(line, dict)] if isinstance(listed, list) else []
    for security, rate in _splits(data, event):
        lines = [_restated(line, rate) if splits_terms(line, security) else line for line in lines]
    return lines


def splits_terms(line: Mapping[str, Any], security: str) -> bool:
    """Whether a split of this class changes the terms of a line."""
    title = folded(str(line.get("security_title", "")))
    same = same_class(str(line.get("underlying_title", "")), security)
    return line.get("table") == TABLES[1] and same and any(word in title for word in _MOVING)


def _splits(data: Data, event: int | None) -> tuple[tuple[str, _Rate], ...]:
    """Class and rate of each split, once: the same is told again for each line of the class."""
    listed = node(data, ("interview", "events"))
    found: dict[tuple[str, _Rate], None] = {}
    for each in (listed if isinstance(listed, list) else [])[:event]:
        answers = each.get("answers") or {}
        new, old = (_number(answers.get(name)) for name in ("new", "old"))
        if each.get("recipe") == "split" and new and old and answers.get("security"):
            found[class_of(str(answers["security"])), (new, old)] = None
    return tuple(found)


def _restated(line: dict[str, Any], rate: _Rate) -> dict[str, Any]:
    changed = dict(line)
    for name, after in (("amount_owned_following", split_shares), ("exercise_price", split_price)):
        found = _number(line.get(name))
        if found is not None:
            changed[name] = amount_text(after(found, *rate))
    if "source" in line:
        changed["source"] = f"{line['source']}, restated for the split"
    return changed


def _number(text: object) -> Decimal | None:
    try:
        return amount(text) if isinstance(text, str) else None
    except MalformedValue:
        return None
