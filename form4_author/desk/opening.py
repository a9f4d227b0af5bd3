"""Open a file in the program that the system has for it: the PDF of a packet, from the last screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from form4_author.errors import Form4Error

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["can_open", "open_file"]


def can_open() -> bool:
    """Whether there is a desktop to open a file on; a row that opens one is left out otherwise."""
    return sys.platform == "win32" or _command() is not None


def _command() -> str | None:
    if sys.platform == "darwin":
        return shutil.which("open")
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return shutil.which("xdg-open")
    return None


def open_file(file: Path) -> None:
    """Open the file and return at once; what the other program prints is dropped.

    Raises Form4Error where no program opens it.
    """
    try:
        if sys.platform == "win32":
            os.startfile(file)  # noqa: S606  # as a double click does
            return
        command = _command()
        if command is None:
            raise Form4Error(
                f"No desktop is available to open {file} on", remedy="Open it on a computer with a screen"
            )
        subprocess.Popen(  # noqa: S603  # the system's own opener, the program's own file
            [command, str(file.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise Form4Error(
            f"{file} can't be opened: {(error.strerror or str(error)).lower()}",
            remedy="Open it in its folder",
        ) from None
