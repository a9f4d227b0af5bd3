"""Names that a file can have on every system, Windows and macOS included."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_portable"]

_NOT_IN_A_NAME: Final = frozenset('<>:"/\\|?*')
_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE | re.DOTALL
)
"""Windows opens a device of this name, whatever ending it has."""


def is_portable(name: str) -> bool:
    """Whether a file of this name can be made on every system and found under it again.

    Windows drops a space or period at the end, has devices such as ``CON`` and ``nul.txt``, and forbids some
    characters.
    """
    return (
        bool(name)
        and name.isprintable()
        and not name.startswith(".")
        and not name.endswith((" ", "."))
        and not _NOT_IN_A_NAME & set(name)
        and _DEVICE.fullmatch(name) is None
    )
