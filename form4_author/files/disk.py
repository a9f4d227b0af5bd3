"""The one place where files are opened, written, made durable, renamed, linked and removed.

Every such call of the package goes through here, so that a test can let each of them fail in turn; the system's own
errors pass through as they are. What SQLite and the lock library do inside is theirs.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "change_mode",
    "copy",
    "link",
    "make_empty",
    "make_folder",
    "make_open_folder",
    "make_temporary_empty",
    "make_temporary_file",
    "make_temporary_folder",
    "move",
    "open_to_read",
    "overwrite",
    "read",
    "refuse_special",
    "remove_file",
    "remove_folder",
    "remove_tree",
    "rename",
    "replace",
    "set_times",
    "sync_folder",
    "write",
]


_OWN = 0o600


def _nothing(call: str, place: str) -> None:
    """The system is asked as it is."""


before: Callable[[str, str], None] = _nothing
"""Called with the name of the call and its place before the system is asked; a test puts a failing one here."""


# ---- opened and read


def read(file: Path, most: int = -1) -> bytes:
    """The file's bytes, at most so many; a pipe is read to its end, unless no program has it open to write to it."""
    before("open", str(file))
    _refuse_no_name(file)
    with io.BufferedReader(io.FileIO(file, opener=_opened)) as opened:
        before("read", str(file))
        content = opened.read(most)
        if not content and stat.S_ISFIFO(os.fstat(opened.fileno()).st_mode):
            raise OSError(errno.ENODATA, "no program writes to this pipe", str(file))
        return content


@contextmanager
def open_to_read(file: Path) -> Iterator[BinaryIO]:
    """A regular file, open for reading in any order while this lasts; nothing else has places to go back to."""
    before("open", str(file))
    with io.BufferedReader(io.FileIO(file, opener=_opened)) as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise OSError(errno.EINVAL, "this is not a file", str(file))
        yield opened


def _refuse_no_name(file: Path) -> None:
    if "\0" in str(file):
        raise OSError(errno.EINVAL, "no file has a NUL byte in its name")


def _opened(name: str, flags: int) -> int:
    """A handle to read the file by, opened at once: a pipe that no program writes to would be waited for forever."""
    at_once: int = getattr(os, "O_NONBLOCK", 0)
    handle = os.open(name, flags | at_once)
    if at_once:
        os.set_blocking(handle, True)
    return handle


# ---- made and written


def make_temporary_file(folder: Path, prefix: str) -> tuple[int, Path]:
    """An open, empty file of a new name in the folder."""
    before("create", str(folder))
    import tempfile

    handle, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=folder)
    return handle, Path(name)


def make_temporary_empty(folder: Path, prefix: str) -> Path:
    """An empty file of a new name in the folder, its owner's only whatever the umask."""
    handle, file = make_temporary_file(folder, prefix)
    os.close(handle)
    change_mode(file, _OWN)
    return file


def make_temporary_folder(folder: Path, prefix: str) -> Path:
    """An empty folder of a new name in the folder."""
    before("mkdir", str(folder))
    import tempfile

    return Path(tempfile.mkdtemp(prefix=prefix, suffix=".tmp", dir=folder))


def make_empty(file: Path, mode: int, *, new: bool = False) -> None:
    """The file is there, empty where it was not; ``new``: it must not have been."""
    before("create", str(file))
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | (os.O_EXCL if new else 0), mode))


def make_folder(folder: Path, mode: int) -> None:
    """The folder is there; the one above it must be."""
    before("mkdir", str(folder))
    folder.mkdir(mode=mode, exist_ok=True)


def make_open_folder(folder: Path) -> None:
    """The folder and those above it are there, open as the umask has it: for documentation, which is no secret."""
    before("mkdir", str(folder))
    folder.mkdir(parents=True, exist_ok=True)


def write(handle: int, content: bytes, mode: int) -> None:
    """The open file holds the content and is on disk with these permissions, and closed."""
    with os.fdopen(handle, "wb") as file:
        before("chmod", "")
        os.chmod(handle, mode) if os.chmod in os.supports_fd else None
        before("write", "")
        file.write(content)
        before("flush", "")
        file.flush()
        before("sync", "")
        os.fsync(handle)
        before("close", "")


def overwrite(file: Path, content: bytes) -> None:
    """The file holds the content; for copies that are gone when the program ends."""
    before("write", str(file))
    file.write_bytes(content)


def sync_folder(folder: Path) -> None:
    """The names in a folder survive a power cut; Windows has no such call and does not need it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    before("open", str(folder))
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        before("sync", str(folder))
        os.fsync(handle)
    finally:
        os.close(handle)


def change_mode(place: Path, mode: int) -> None:
    """Give a file or folder these permissions."""
    before("chmod", str(place))
    place.chmod(mode)


def set_times(place: Path, seconds: float) -> None:
    """Give a file or folder this time of its last change."""
    before("utime", str(place))
    os.utime(place, (seconds, seconds))


# ---- named and removed


def refuse_special(place: Path) -> None:
    """Raises OSError for a device, a pipe or a socket, and for a link to one: a new file would take its place."""
    try:
        mode = place.stat().st_mode
        # /dev/stdout and its like, wherever they lead
        in_use = place.is_symlink() and str(place.readlink()).startswith("/proc/")
    except (OSError, ValueError):  # nothing of this name, or nothing that a file could replace
        return
    if in_use or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "this is a device, a pipe or a socket, not a file", str(place))


def replace(file: Path, name: Path) -> None:
    """The file has the name, in one step; one that had it is gone."""
    before("rename", str(name))
    file.replace(name)


def rename(place: Path, name: Path) -> Path:
    """The file or folder has the name, which is returned."""
    before("rename", str(name))
    return place.rename(name)


def link(file: Path, name: Path) -> None:
    """The file has this name, too."""
    before("link", str(name))
    os.link(file, name)


def copy(file: Path, name: Path) -> None:
    """A copy of the file has the name."""
    before("copy", str(name))
    import shutil

    shutil.copy2(file, name)


def move(place: Path, name: Path) -> None:
    """The file or folder has the name, on whatever disk that is."""
    before("rename", str(name))
    import shutil

    shutil.move(place, name)


def remove_file(file: Path, *, missing_ok: bool = False) -> None:
    """The file is gone."""
    before("unlink", str(file))
    file.unlink(missing_ok=missing_ok)


def remove_folder(folder: Path) -> None:
    """The empty folder is gone."""
    before("rmdir", str(folder))
    folder.rmdir()


def remove_tree(folder: Path, *, ignore_errors: bool = False) -> None:
    """The folder is gone with all that is in it."""
    try:
        before("rmtree", str(folder))
        import shutil

        shutil.rmtree(folder, ignore_errors=ignore_errors)
    except OSError:
        if not ignore_errors:
            raise
