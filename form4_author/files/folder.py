"""A packet's folder: made for its owner only, and closed where an earlier version left it open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.files.output import close_folder, make_folder
from form4_author.page.manifest import MANIFEST

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["opened_for_packet", "packet_folder"]

_PART: Final = re.compile(r"[0-9]+of[0-9]+")
"""The folder of one form of a filing that makes several."""


def opened_for_packet(folder: Path) -> tuple[Path, ...]:
    """The folder is there, for its owner only; those that other accounts could open until now.

    A folder that holds something other than a packet keeps its permissions: others may work in it. The files of the
    packet are their owner's only there too. Raises OSError as the system gives it.
    """
    make_folder(folder)
    whole = (folder.parent,) if _PART.fullmatch(folder.name) else ()
    return tuple(each for each in (*whole, folder) if _is_packet(each) and close_folder(each))


def packet_folder(file: Path) -> Path:
    """Where the packet of a draft or document is unless a folder is named: beside it."""
    return file.with_name(f"{file.name.split('.', 1)[0]}-packet")


def _is_packet(folder: Path) -> bool:
    """Whether the folder is a packet, or parts of one, or empty."""
    return (folder / MANIFEST).is_file() or all(
        entry.is_dir() and _PART.fullmatch(entry.name) for entry in folder.iterdir()
    )
