"""Temporary and lock files that an interrupted run left behind."""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING, Final

from form4_author.files import disk

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["remove_leftovers"]

_OURS: Final = re.compile(
    r"\..+\.[a-z0-9_]{8}\.tmp"  # as tempfile names them: a file or packet that was being written
    r"|\.form4-batch-.+"
    r"|\..+\.form4\.(?:json|ya?ml)\.bak\.tmp"
    r"|\..+\.form4\.(?:json|ya?ml)\.lock"
)
_AGE: Final = 24 * 60 * 60
"""Seconds after which nothing is being written any more."""


def remove_leftovers(folders: Iterable[Path], now: float) -> tuple[Path, ...]:
    """Remove what is older than a day; what was removed. ``now``: seconds since the epoch.

    A lock that another form4 holds stays, and so does everything that is not named as the program names it.
    """
    there = (entry for folder in folders if folder.is_dir() for entry in sorted(folder.iterdir()))
    ours = (entry for entry in there if _OURS.fullmatch(entry.name) and _is_old(entry, now))
    return tuple(entry for entry in ours if _removed(entry))


def _is_old(entry: Path, now: float) -> bool:
    with contextlib.suppress(OSError):
        return now - entry.lstat().st_mtime > _AGE
    return False


def _removed(entry: Path) -> bool:
    if entry.suffix == ".lock":
        return _unlocked(entry)
    with contextlib.suppress(OSError):
        if entry.is_dir() and not entry.is_symlink():
            disk.remove_tree(entry)
        else:
            disk.remove_file(entry)
        return True
    return False


def _unlocked(entry: Path) -> bool:
    """Remove a lock file that no one holds."""
    from filelock import FileLock, Timeout

    lock = FileLock(entry, mode=0o600)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return False
    if os.name == "posix":  # elsewhere the release removes it
        disk.remove_file(entry, missing_ok=True)
    lock.release()
    return True
