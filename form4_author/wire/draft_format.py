"""The format of a draft on disk: its number, and drafts of former formats as they are written now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from form4_author.errors import UnreadableInput
from form4_author.text import shortened, whole_number
from form4_author.wire.former_draft import with_lines_apart, with_plans_listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["DRAFT_FORMAT", "MIGRATIONS", "SCHEMA_URL", "format_of", "in_current_format"]

DRAFT_FORMAT: Final = 2
"""The draft's format version."""
SCHEMA_URL: Final = "https://form4-author.invalid/schemas/draft-2.schema.json"
"""What a draft's ``$schema`` says; the name of ``schemas/draft-2.schema.json``, not a place to fetch it from."""
MIGRATIONS: Final[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    1: lambda data: with_lines_apart(with_plans_listed(data)),
}
"""What makes format n+1 of a draft in format n, by n."""
_LONGEST: Final = 40
_REMEDY: Final = "Correct the file, or go back to the copy beside it that ends in .bak"


def format_of(data: Mapping[str, Any]) -> int:
    """The number of a draft's format; one that says none has the first.

    Raises UnreadableInput (DOC-030) for a format that is newer than this program, or not a number.
    """
    version = data.get("format", 1)
    number = whole_number(version) if isinstance(version, str) else version
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise UnreadableInput(
            f'The draft\'s format is "{shortened(str(version), _LONGEST)}", which is not a version number',
            remedy=_REMEDY,
            id="DOC-030",
        )
    if number > DRAFT_FORMAT:
        raise UnreadableInput(
            f"The draft was written by a newer form4: its format is {number}, this one reads up to {DRAFT_FORMAT}",
            remedy="Update form4 and open the draft again",
            id="DOC-030",
        )
    return number


def in_current_format(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same draft in the current format. Raises UnreadableInput as ``format_of`` does."""
    number, current = format_of(data), dict(data)
    for step in range(number, DRAFT_FORMAT):
        current = MIGRATIONS[step](current)
    return {**current, **({"$schema": SCHEMA_URL} if "$schema" in current else {}), "format": DRAFT_FORMAT}
