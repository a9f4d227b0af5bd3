"""The name of a file as it is typed, or as a file manager or a terminal pastes it."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["file_fault", "path_typed"]

_QUOTES = ("'", '"')
_FILE = "file://"


def path_typed(text: str) -> str:
    """The path meant, without quotes or ``file://`` around it; spaces escaped by a terminal are spaces."""
    path = text.strip()
    if len(path) > 1 and path[0] == path[-1] and path[0] in _QUOTES:
        path = path[1:-1]
    if path.startswith(_FILE):
        path = _unescaped(path[len(_FILE) :].removeprefix("localhost"))
    if "\\ " in path and not Path(path).exists():
        path = path.replace("\\ ", " ")
    return str(Path(path).expanduser()) if path.startswith("~") else path


def _unescaped(text: str) -> str:
    """The text of an address: ``my%20file`` is ``my file``."""
    signs = re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), text.encode())
    return signs.decode(errors="replace")


def file_fault(typed: str) -> str | None:
    """What is wrong with the name of a file to be read; None where it is there."""
    path = path_typed(typed)
    if Path(path).is_dir():
        return f'"{path}" is a folder. Type the name of a file in it.'
    return None if Path(path).is_file() else f'There is no file "{path}". Check the name and type it again.'
