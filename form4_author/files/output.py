"""Files that the program leaves: each whole or not at all, on disk when it is said to be, and its owner's only.

What a filing says is not public before it is filed. Files are made 0600 and folders 0700 whatever the umask; a file
written over an existing one does not take over its permissions.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path
from typing import Final

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
            new.chmod(_PUBLIC_FILE)
        new.replace(path)  # atomic on every system
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
    sync_folder(path.parent)


def written_beside(path: Path, content: bytes) -> Path:
    """A temporary file in the same folder that holds the content, on disk and readable by its owner only."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            Path(name).chmod(OWN_FILE)  # mkstemp asks for it, and the umask may take some of it away
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:  # a full disk keeps room for an empty name
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def make_folder(folder: Path) -> None:
    """The folder is there; each that had to be made is its owner's only, whatever the umask.

    One that was there keeps its permissions: see ``close_folder``. Raises OSError as the system gives it.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=OWN_FOLDER, exist_ok=True)
    folder.chmod(OWN_FOLDER)
    sync_folder(folder.parent)


def close_folder(folder: Path) -> bool:
    """Close a folder to everybody but its owner; whether others could open it before and can no longer."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    if os.name != "posix" or not mode & _OTHERS:
        return False
    try:
        folder.chmod(mode & ~_OTHERS)
    except PermissionError:  # another account's folder: the files in it are closed all the same
        return False
    return True


def sync_folder(folder: Path) -> None:
    """The new name survives a power cut; Windows has no such call and does not need it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
