"""One interview at a time on a draft, and one reader of EDGAR: a second one is refused, and nothing is lost."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.errors import UnreadableInput
from form4_author.files import disk
from form4_author.files.output import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["draft_lock", "edgar_lock", "results_lock", "sending_lock"]


@contextmanager
def draft_lock(path: Path) -> Iterator[None]:
    """The draft is ours while this lasts; the system frees it when the process ends, however it ends.

    The lock is a hidden file beside the draft, ``.NAME.lock``, which holds nothing and goes with the lock.
    Raises UnreadableInput (DOC-022) when another form4 has the draft open, or the folder can't be written.
    """
    place = Path(os.path.realpath(path))
    busy = UnreadableInput(
        f"{path} is open in another form4 at the moment",
        remedy="Continue there, or leave it there (q) and come back; nothing was changed here",
        id="DOC-022",
    )
    with _held(place.parent / f".{place.name}.lock", path, busy):
        yield


@contextmanager
def edgar_lock(folder: Path) -> Iterator[None]:
    """EDGAR is read by this process only while this lasts, so that the pace holds on this computer.

    Raises UnreadableInput when another form4 is reading it, or the folder can't be written.
    """
    busy = UnreadableInput(
        "Another form4 on this computer is reading EDGAR",
        remedy="Wait until it has ended and give the command again; both together would ask too often",
    )
    with _held(folder / ".reading.lock", folder, busy):
        yield


@contextmanager
def sending_lock(folder: Path) -> Iterator[None]:
    """Submissions are sent by this process only while this lasts: two at once could send the same form twice.

    Raises UnreadableInput when another form4 is sending, or the folder can't be written.
    """
    busy = UnreadableInput(
        "Another form4 on this computer is sending a submission",
        remedy="Wait until it has ended, then run form4 status",
    )
    with _held(folder / ".sending.lock", folder, busy):
        yield


@contextmanager
def results_lock(folder: Path) -> Iterator[None]:
    """Results are written to the folder by this process only while this lasts: two would check each file twice.

    Raises UnreadableInput when another form4 is writing to it, or the folder can't be written.
    """
    busy = UnreadableInput(
        f"Another form4 is writing results to {folder}",
        remedy="Wait until it has ended, or name another folder",
    )
    with _held(folder / ".writing.lock", folder, busy):
        yield


@contextmanager
def _held(place: Path, named: Path, busy: UnreadableInput) -> Iterator[None]:
    """The lock at a place; ``busy`` is raised where another process has it, and nothing is waited for."""
    from filelock import FileLock, Timeout

    lock = FileLock(place, mode=0o600)
    try:
        make_folder(place.parent)
        lock.acquire(timeout=0)
    except Timeout:
        raise busy from None
    except OSError as error:
        raise UnreadableInput(
            f"{named} can't be saved: {(error.strerror or str(error)).lower()}",
            remedy="Choose a folder that can be written",
            id="DOC-022",
        ) from None
    try:
        yield
    finally:
        if (
            os.name == "posix"
        ):  # while it is held, so that no one loses a lock; elsewhere the release removes it
            disk.remove_file(Path(lock.lock_file), missing_ok=True)
        lock.release()
