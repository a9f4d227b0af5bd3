"""Pages and pictures that a command writes to a file which the user names."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from form4_author.errors import Form4Error
from form4_author.files.output import write_bytes
from form4_author.text import visible

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["refuse_existing", "write_page"]


def refuse_existing(file: Path, *, force: bool) -> None:
    """Raises Form4Error where a file of the name exists, unless it is to be replaced."""
    if file.exists() and not force:
        raise Form4Error(
            f"{file} already exists", remedy="Choose another name, or give --force to replace it"
        )


def write_page(file: Path, content: bytes, what: str) -> None:
    """Write the file and say where ``what`` is."""
    write_bytes(file, content)
    sys.stdout.write(f"{what} is in {visible(str(file))}.\n")
