"""A text in a filing that is not spelled as its field asks for: found in XML and in drafts alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from form4_author.findings import Path

__all__ = ["Malformed"]


@dataclass(frozen=True, slots=True)
class Malformed:
    """A text that is not spelled as its field asks for."""

    path: Path
    text: str
    line: int | None
