"""Drafts that were deleted: moved to a folder beside the drafts, from which they can be taken back."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.desk.intake import Intake, with_exhibits
from form4_author.desk.packet_found import found_packet
from form4_author.desk.receipt import receipts_of
from form4_author.desk.release_record import record_of
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files import disk, draft_file
from form4_author.files.lock import draft_lock
from form4_author.files.output import close_folder, make_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

__all__ = [
    "FOLDER",
    "Deleted",
    "deleted",
    "expired",
    "kept",
    "purge",
    "remove_expired",
    "restored",
    "why_kept",
]

FOLDER: Final = "deleted"
_KEPT_DAYS: Final = 5 * 365 + 2
"""Days for which a deleted draft is kept: five years, as Regulation S-T, Rule 302(b) has signed documents kept."""
_OWN_FILE: Final = 0o600
_OWN_FOLDER: Final = 0o700


class Deleted(NamedTuple):
    """What was moved, and where from."""

    draft: Path
    moves: tuple[tuple[Path, Path], ...]
    """From and to, in the order they were moved."""


def why_kept(path: Path) -> str:
    """Why a draft cannot be deleted; empty where it can."""
    try:
        draft = draft_file.load(path).draft
    except UnreadableInput:
        return ""
    if draft.interview.filed is not None:
        return "it was filed"
    if any(receipt.mode == "LIVE" and receipt.may_be_at_edgar for receipt in receipts_of(path)):
        return "it was sent to EDGAR"
    packet = found_packet(with_exhibits(Intake(file=str(path), filing=draft.filing, draft=draft)))
    if packet is not None and any(b"/ByteRange" in disk.read(file) for file in packet.folder.rglob("*.pdf")):
        return "its packet is signed"
    return ""


def deleted(path: Path, now: datetime, *, packet: bool = False) -> Deleted:
    """Move a draft, its backup, answers and release record to ``deleted`` beside it; the packet where that is chosen.

    Raises Form4Error for a draft that was signed or filed.
    """
    why = why_kept(path)
    if why:
        raise Form4Error(f"{path.name} is not deleted: {why}", remedy="Keep it with the record of the filing")
    with draft_lock(path):
        folder = _free(path.parent / FOLDER, f"{now:%Y-%m-%d} {path.name.partition('.form4.')[0]}")
        make_folder(folder)
        for each in (folder.parent, folder):
            close_folder(each)
        moves = tuple(_moved(source, folder / source.name) for source in _belonging(path, packet=packet))
        disk.set_times(folder, now.timestamp())
    with suppress(OSError):
        disk.remove_file(path.with_name(f".{path.name}.lock"))
    return Deleted(path, moves)


def _free(parent: Path, name: str) -> Path:
    number = 1
    while (folder := parent / (f"{name} {number}" if number > 1 else name)).exists():
        number += 1
    return folder


def _belonging(path: Path, *, packet: bool) -> Iterator[Path]:
    """The files of a draft that are there, the draft last, so that one that was moved in part is still listed."""
    stem = path.name.partition(".form4.")[0]
    names = (f"{path.name}.bak", f"{stem}.answers.yaml", record_of(path).name)
    if packet:
        with suppress(UnreadableInput):
            draft = draft_file.load(path).draft
            found = found_packet(Intake(file=str(path), filing=draft.filing, draft=draft))
            if found is not None:
                yield found.folder
    yield from (file for name in names if (file := path.with_name(name)).is_file())
    yield from sorted(path.parent.glob(f"{path.name}.format-*.bak"))
    yield path


def _moved(source: Path, target: Path) -> tuple[Path, Path]:
    disk.move(source, target)
    for each in (target, *target.rglob("*")):
        disk.change_mode(each, _OWN_FOLDER if each.is_dir() else _OWN_FILE)
    return source, target


def restored(what: Deleted) -> None:
    """Take back a deletion. Raises Form4Error where something has its name by now."""
    taken = next((source for source, _target in what.moves if source.exists()), None)
    if taken is not None:
        raise Form4Error(f"{taken} exists again", remedy="Move it, then restore the deleted file by hand")
    for source, target in reversed(what.moves):
        disk.move(target, source)
    with suppress(OSError):
        disk.remove_folder(what.moves[0][1].parent)


def expired(parent: Path, now: datetime) -> tuple[Path, ...]:
    """The deleted drafts in a folder of drafts that were kept for five years."""
    limit = (now - timedelta(days=_KEPT_DAYS)).timestamp()
    return tuple(folder for folder in kept(parent) if folder.stat().st_mtime < limit)


def kept(parent: Path) -> tuple[Path, ...]:
    """The deleted drafts in a folder of drafts, each in a folder."""
    try:
        return tuple(
            sorted(each for each in (parent / FOLDER).iterdir() if each.is_dir() and not each.is_symlink())
        )
    except OSError:
        return ()


def purge(parent: Path) -> tuple[Path, ...]:
    """Remove the deleted drafts in a folder of drafts for good; what was removed."""
    return tuple(_removed(kept(parent)))


def remove_expired(parent: Path, now: datetime) -> tuple[Path, ...]:
    """Remove for good what was deleted more than five years ago; what was removed. What cannot be removed stays."""
    gone: list[Path] = []
    for folder in expired(parent, now):
        with suppress(OSError):
            gone.extend(_removed((folder,)))
    return tuple(gone)


def _removed(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        disk.remove_tree(folder)
        yield folder
