"""Where packets are: a folder with a readable name for each filing, never written over what must be kept."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from form4_author.desk.packet_name import packet_name
from form4_author.desk.settings import load
from form4_author.errors import UnreadableInput
from form4_author.files import disk
from form4_author.files.output import OWN_FOLDER, make_folder, sync_folder, write_bytes
from form4_author.page.manifest import MANIFEST
from form4_author.page.release import RELEASE_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.model.draft import Draft
    from form4_author.page.packet import Packet

__all__ = [
    "RELEASE_TEXT",
    "draft_mark",
    "is_intact",
    "latest_packet",
    "manifests",
    "packet_place",
    "packets_home",
    "write_whole",
]


def packets_home() -> Path:
    """Where packets go when no place is named: the setting packets.folder, else form4 in Documents, else in the home.

    Raises UnreadableInput where the settings cannot be read.
    """
    stated = load().text("packets.folder")
    if stated:
        return Path(stated).expanduser()
    documents = Path.home() / "Documents"
    return (documents if documents.is_dir() else Path.home()) / "form4"


def draft_mark(file: Path) -> dict[str, str]:
    """What a manifest says of a draft: its name, and a mark of its folder, which is not named to others."""
    return {"draft": file.name, "draft_folder": _folder_mark(file)}


def _folder_mark(file: Path) -> str:
    """The folder of a draft without its name: a packet may be handed to others."""
    return hashlib.sha256(os.fsencode(os.path.realpath(file.parent))).hexdigest()[:16]


def manifests(folder: Path) -> Iterator[dict[str, Any]]:
    """The manifests of a packet, of each of its forms; none where it is not one."""
    for file in sorted((*folder.glob(MANIFEST), *folder.glob(f"*of*/{MANIFEST}"))):
        with contextlib.suppress(OSError, ValueError):
            data = json.loads(disk.read(file))
            if isinstance(data, dict):
                yield {**data, "folder": file.parent}


def is_intact(manifest: dict[str, Any]) -> bool:
    """Whether the files that a manifest lists are as it lists them."""
    here: Path = manifest["folder"]
    files = manifest.get("files")
    return isinstance(files, dict) and all(_is_as_listed(here / name, entry) for name, entry in files.items())


def _is_as_listed(file: Path, entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and file.is_file()
        and hashlib.sha256(disk.read(file)).hexdigest() == entry.get("sha256")
    )


def latest_packet(file: Path, home: Path | None = None) -> Path | None:
    """The last packet of a draft in the place for packets, by what the manifests say; None where it has none.

    Its name does not decide: it is that of the period and the event when the packet was made.
    """
    place = home or packets_home()
    made = [
        place / name
        for name in _folders_by_draft(*_contents(place)).get(tuple(draft_mark(file).values()), ())
    ]
    if not made:
        return None
    newest = max(made, key=lambda folder: (_made_at(folder), _numbered(folder)))
    series = _numbered(newest)[0]
    return max((folder for folder in made if _numbered(folder)[0] == series), key=_numbered)


def _contents(place: Path) -> tuple[Path, tuple[str, ...], int]:
    """The place, the names in it, and when one was last added, moved or taken away."""
    try:
        return place, tuple(sorted(each.name for each in place.iterdir())), place.stat().st_mtime_ns
    except OSError:
        return place, (), 0


@lru_cache(maxsize=4)
def _folders_by_draft(
    place: Path, names: tuple[str, ...], changed: int
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The names of packets by the draft that their manifests name."""
    del changed  # it makes an answer of before the change not be found
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in names:
        for mark in {
            (str(data.get("draft")), str(data.get("draft_folder"))) for data in manifests(place / name)
        }:
            found[mark] = (*found.get(mark, ()), name)
    return found


def _made_at(folder: Path) -> float:
    return max(((data["folder"] / MANIFEST).stat().st_mtime for data in manifests(folder)), default=0)


def _numbered(folder: Path) -> tuple[str, int]:
    """The name of a packet without its version, and the version."""
    name, _, version = folder.name.rpartition(" v")
    return (name, int(version)) if name and version.isdecimal() else (folder.name, 1)


def packet_place(file: Path, draft: Draft, home: Path | None = None) -> Path:
    """The folder for the packet of a draft: a new one, or that of its last packet if that may be written over.

    A packet that was signed or released, or that holds something the program did not write, stays: the next is ``v2``.
    """
    *before, last = _versions(file, draft, home or packets_home())
    if last.exists() and _must_stay(last):
        first = before[0] if before else last
        return first.with_name(f"{first.name} v{len(before) + 2}")
    return last


def _versions(file: Path, draft: Draft, home: Path) -> list[Path]:
    """The packets of a draft, oldest first; a name that is free, where it has none."""
    name = packet_name(draft)
    for number in count(1):
        first = home / (f"{name} {number}" if number > 1 else name)
        if not first.exists() and not first.is_symlink():
            return [first]
        if _is_of(first, file):
            break
    found = [first]
    while (following := first.with_name(f"{first.name} v{len(found) + 1}")).exists():
        found.append(following)
    return found


def _is_of(folder: Path, file: Path) -> bool:
    """Whether a folder holds a packet of the draft."""
    return any(draft_mark(file).items() <= data.items() for data in manifests(folder))


def _must_stay(folder: Path) -> bool:
    """Whether a packet was signed or released, or holds a file that the program did not write as it is."""
    written = {folder / MANIFEST}
    for data in manifests(folder):
        here: Path = data["folder"]
        written.add(here / MANIFEST)
        files = data.get("files")
        for name, entry in files.items() if isinstance(files, dict) else ():
            file = here / name
            if _is_as_listed(file, entry) and "signed" not in entry:
                written.add(file)
    there = {file for file in folder.rglob("*") if not file.is_dir()}
    return not there <= written or any(file.name == RELEASE_TEXT for file in there)


def write_whole(folder: Path, parts: Sequence[tuple[str, Packet]]) -> None:
    """The packet is in its folder when this returns, whole or not at all; one of an earlier run is replaced.

    Its folders are 0700 and its files 0600 whatever the umask; no temporary file stays. ``parts``: the folder inside
    of each form, empty where there is one form only. Raises UnreadableInput where the place cannot be written.
    """
    try:
        make_folder(folder.parent)
        new = disk.make_temporary_folder(folder.parent, f".{folder.name}.")
        try:
            disk.change_mode(new, OWN_FOLDER)
            for part, contents in parts:
                make_folder(new / part)
                for name, content in contents.files.items():
                    write_bytes(new / part / name, content)
            _replace(new, folder)
        finally:
            disk.remove_tree(new, ignore_errors=True)
        sync_folder(folder.parent)
    except OSError as error:
        raise UnreadableInput(
            f"{folder} can't be written: {(error.strerror or str(error)).lower()}",
            remedy="Free some space, or name a different folder in the setting packets.folder",
        ) from None


def _replace(new: Path, folder: Path) -> None:
    """Put the new folder in the place of the old one, or leave the old one there."""
    if not folder.exists():
        disk.rename(new, folder)
        return
    aside = disk.make_temporary_folder(folder.parent, f".{folder.name}.")
    try:
        disk.rename(folder, aside / "old")
        try:
            disk.rename(new, folder)
        except OSError:
            disk.rename(aside / "old", folder)
            raise
    except OSError:  # Windows: a file of it is open in another program
        with contextlib.suppress(OSError):
            disk.remove_folder(aside)
        raise
    disk.remove_tree(aside, ignore_errors=True)
