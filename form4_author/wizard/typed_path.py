"""The name of a file as it is typed, or as a file manager or a terminal pastes it."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["file_fault", "file_typed", "path_typed"]

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


def file_typed(text: str) -> str | None:
    """The path of the file meant; None where there is none, which any text may be asked of."""
    try:
        path = path_typed(text)
        return path if Path(path).is_file() else None
    except (OSError, RuntimeError):  # longer than a name may be; a home without a user
        return None


def file_fault(typed: str) -> str | None:
    """What is wrong with the name of a file to be read; None where it is there."""
    if file_typed(typed) is not None:
        return None
    try:
        path = path_typed(typed)
        is_folder = Path(path).is_dir()
    except (OSError, RuntimeError):
        path, is_folder = typed.strip(), False
    if is_folder:
        return f'"{path}" is a folder. Type the name of a file in it.'
    return f'There is no file "{path}". Check the name and type it again.'
