"""The former ids of questions.

Ids are a public format: an earlier version may have recorded a file of answers. To rename a question, enter its former
id in ``RENAMED`` and its new one in ``tests/wizard/question_ids.txt``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RENAMED", "names_of"]

RENAMED: Final[Mapping[str, tuple[str, ...]]] = {}
"""The former ids of a question by its id, both with ``{i}`` for the number of the owner, event or row."""

_NUMBER: Final = re.compile(r"\[(\d+)\]")


def names_of(id: str) -> tuple[str, ...]:
    """The ids under which answers to a question may be recorded: ``events[0].way``, then the former ones."""
    number = _NUMBER.search(id)
    former = RENAMED.get(_NUMBER.sub("[{i}]", id), ())
    return (id, *(name.replace("{i}", number[1]) if number else name for name in former))
