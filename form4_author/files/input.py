"""Files as they are handed in: their bytes, and those of a folder that may hold a filing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from form4_author.errors import UnreadableInput
from form4_author.files import disk
from form4_author.model.submission import LARGEST_FILE

__all__ = ["filings_below", "read_bytes"]


def read_bytes(file: str) -> bytes:
    """The file's bytes.

    Raises UnreadableInput (DOC-022) when it is not there, is a folder, or may not be read.
    """
    try:
        return disk.read(Path(file), LARGEST_FILE + 1)  # one more than is read of any file, which refuses it
    except OSError as error:
        problem, remedy = _REASONS.get(
            type(error), (f"The system cannot read it: {error.strerror}", "Check the place and try again")
        )
        raise UnreadableInput(problem, remedy=remedy, id="DOC-022") from None


_REASONS: Final[dict[type[OSError], tuple[str, str]]] = {
    FileNotFoundError: ("There is no file of this name", "Check the name and the folder"),
    IsADirectoryError: ("This is a folder, not a file", "Name a file in it"),
    PermissionError: ("This file may not be read", "Ask for permission to read it"),
}


def filings_below(folder: Path) -> list[Path]:
    """The files of a folder and its folders that may hold a filing, by name. No pipe: reading it might never end."""
    return sorted(
        file
        for file in folder.rglob("*")
        if (file.suffix.lower() in (".xml", ".txt") or file.name.endswith((".form4.json", ".form4.yaml")))
        and (file.is_file() or not file.exists())
    )
