"""Files that the program leaves: each whole or not at all, on disk when it is said to be, and its owner's only.

What a filing says is not public before it is filed. Files are made 0600 and folders 0700 whatever the umask; a file
written over an existing one does not take over its permissions.
"""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING, Final

from form4_author.files import disk
from form4_author.files.disk import sync_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "OWN_FILE",
    "OWN_FOLDER",
    "close_folder",
    "make_folder",
    "sync_folder",
    "write_bytes",
    "written_beside",
]

OWN_FILE: Final = 0o600
"""Read and written by its owner; closed to everybody else."""
OWN_FOLDER: Final = 0o700
"""Opened by its owner; closed to everybody else."""
_PUBLIC_FILE: Final = 0o644
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def write_bytes(path: Path, content: bytes, *, private: bool = True) -> None:
    """The file is on disk when this returns, whole or not at all; for documents, not for drafts.

    It is readable by its owner only, from the first byte on, also where the file in its place was readable by others.
    ``private=False`` is for documentation that says nothing about any filing. Raises OSError as the system gives it.
    """
    new = written_beside(path, content)
    try:
        if not private:
            disk.change_mode(new, _PUBLIC_FILE)
        disk.replace(new, path)  # atomic on every system
    except BaseException:
        with contextlib.suppress(OSError):
            disk.remove_file(new)
        raise
    sync_folder(path.parent)


def written_beside(path: Path, content: bytes) -> Path:
    """A temporary file in the same folder that holds the content, on disk and readable by its owner only.

    Raises OSError where the path is a device, a pipe or a socket, which no file may replace.
    """
    disk.refuse_special(path)
    handle, new = disk.make_temporary_file(path.parent, f".{path.name}.")
    try:
        disk.write(
            handle, content, OWN_FILE
        )  # it was made with this mode, and the umask may take some of it away
    except BaseException:  # a full disk keeps room for an empty name
        with contextlib.suppress(OSError):
            disk.remove_file(new)
        raise
    return new


def make_folder(folder: Path) -> None:
    """The folder is there; each that had to be made is its owner's only, whatever the umask.

    One that was there keeps its permissions: see ``close_folder``. Raises OSError as the system gives it.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    disk.make_folder(folder, OWN_FOLDER)
    disk.change_mode(folder, OWN_FOLDER)
    sync_folder(folder.parent)


def close_folder(folder: Path) -> bool:
    """Close a folder to everybody but its owner; whether others could open it before and can no longer."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    if os.name != "posix" or not mode & _OTHERS:
        return False
    try:
        disk.change_mode(folder, mode & ~_OTHERS)
    except PermissionError:  # another account's folder: the files in it are closed all the same
        return False
    return True
