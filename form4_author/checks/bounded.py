"""A filing as the rules see it: no text longer than the longest field of the form.

The schema rejects a longer text in any case. Cut to that length, a text takes the rules a bounded time.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from form4_author.model.filing import Filing

__all__ = ["LONGEST_TEXT", "bounded_filing"]

LONGEST_TEXT: Final = 2000
"""Characters of Remarks, the longest text of the forms (specification 5.5, section 3.5)."""

_Value = TypeVar("_Value")


def bounded_filing(filing: Filing) -> Filing:
    """The filing itself, or a copy in which longer texts are cut."""
    return _bounded(filing)


def _bounded(value: _Value) -> _Value:
    found: Any = value
    if isinstance(found, str):
        found = found[:LONGEST_TEXT] if len(found) > LONGEST_TEXT else found
    elif isinstance(found, tuple):
        parts = tuple(_bounded(part) for part in found)
        found = parts if any(a is not b for a, b in zip(parts, found, strict=True)) else found
    elif is_dataclass(found) and not isinstance(found, type):
        values = {field.name: getattr(found, field.name) for field in fields(found) if field.init}
        cut = {name: _bounded(each) for name, each in values.items()}
        changed = {name: each for name, each in cut.items() if each is not values[name]}
        found = replace(found, **changed) if changed else found
    result: _Value = found
    return result
