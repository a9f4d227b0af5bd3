"""Releases: who reviewed which bytes of a draft and when, in ``NAME.release.json`` beside it and in its packet.

A release is of the filing's hash. It holds while the draft makes these bytes, ends with any change of them, and holds
again when they are the same again. Who is named is a statement; nothing checks an identity.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.desk.clock import eastern, moment
from form4_author.desk.intake import opened
from form4_author.desk.packet_place import is_intact, latest_packet, manifests
from form4_author.desk.release_record import record_of
from form4_author.desk.settings import load
from form4_author.desk.state import filing_hash
from form4_author.errors import Form4Error, MalformedValue, UnreadableInput
from form4_author.files import disk
from form4_author.files.output import write_bytes
from form4_author.page.manifest import MANIFEST
from form4_author.page.release import RELEASE_TEXT, Release, released_files
from form4_author.text import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.desk.intake import Intake
    from form4_author.findings import Report

__all__ = [
    "ReleaseState",
    "record_filer",
    "refuse_filer",
    "release_messages",
    "release_state",
    "released",
    "releases",
    "unreleased",
    "with_release",
]

_LONGEST: Final = 200


class ReleaseState(NamedTuple):
    """Where a draft stands between review and filing."""

    holds: Release | None = None
    """The last release, while the filing has its bytes."""
    ended: Release | None = None
    """The last release, where the filing was changed after it."""

    @property
    def line(self) -> str:
        """``Released by Dana Cho on 11/30/2026`` or what ended it; empty where there was none."""
        if self.holds is not None:
            return f"Released by {self.holds.by} on {self.holds.day}"
        if self.ended is not None:
            return f"Changed after {self.ended.by} released it on {self.ended.day}"
        return ""


def releases(file: Path) -> tuple[Release, ...]:
    """The releases of a draft, oldest first. Raises UnreadableInput where the record cannot be read."""
    entries = (entry for entry in _entries(record_of(file)) if "sha256" in entry)
    return tuple(
        Release(by=entry["by"], at=entry["at"], sha256=entry["sha256"], note=entry.get("note", ""))
        for entry in entries
    )


def release_state(intake: Intake) -> ReleaseState:
    """Whether the last release is of the filing as it is now. Raises UnreadableInput as ``releases``."""
    whole = intake.whole or intake
    if whole.draft is None:
        return ReleaseState()
    made = releases(Path(whole.file))
    if not made:
        return ReleaseState()
    last = made[-1]
    return ReleaseState(holds=last) if last.sha256 == filing_hash(whole) else ReleaseState(ended=last)


def release_messages(file: str) -> tuple[str, ...]:
    """What became of the release of a file, or why that is not known; most have no record."""
    if not record_of(Path(file)).exists():
        return ()
    try:
        line = release_state(opened(file)).line
    except UnreadableInput as error:
        return (str(error),)
    return (f"{line}.",) if line else ()


def released(intake: Intake, reports: Sequence[Report], by: str, note: str = "") -> Release:
    """Record that a draft was reviewed. The one way to release, for the command and the desk; see ``with_release``.

    Args:
        intake: The draft with what goes beside it.
        reports: The report of each form that it makes.
        by: Who reviewed it, as stated.
        note: What was checked, if anything is to be said of it.

    Raises:
        Form4Error: The draft is blocked or not finished, was filed, or is not a draft; no name is given.
    """
    draft = intake.draft
    if draft is None:
        raise Form4Error(
            f"{intake.file} is not a draft", remedy="Import it with form4 import, then release that"
        )
    if draft.interview.filed is not None:
        raise Form4Error(f"{intake.file} was filed", remedy="Release the draft of its amendment")
    for report in reports:
        if report.is_blocked:
            what = f"Not finished: {report.open[0]}" if report.open else f"{intake.file} is blocked"
            raise Form4Error(f"{what}. It was not released", remedy="Run form4 check and correct it first")
    at = moment().astimezone(eastern()).replace(microsecond=0).isoformat()
    made = Release(by=_one_line("by", by), at=at, sha256=filing_hash(intake), note=_one_line("note", note))
    if not made.by:
        raise MalformedValue("The reviewer is not named", remedy="Give a name with --by")
    _append(Path(intake.file), asdict(made))
    return made


def with_release(intake: Intake, release: Release) -> Path | None:
    """Put the release into the last packet of the draft, where that has these bytes; its folder.

    None where there is none yet: make the packet, then call this again. A signed PDF in it is not touched.
    """
    folder = latest_packet(Path(intake.file))
    made = list(manifests(folder)) if folder is not None else []
    if not made or any(data.get("filing_sha256") != release.sha256 or not is_intact(data) for data in made):
        return None
    for data in made:
        here: Path = data["folder"]
        names = [
            name for name in ("report.txt", "report.json", MANIFEST, RELEASE_TEXT) if (here / name).is_file()
        ]
        files = released_files({name: disk.read(here / name) for name in names}, release)
        for name, content in files.items():
            write_bytes(here / name, content)
    return folder


def unreleased(intake: Intake) -> str:
    """Why the setting release.required keeps this filing from being packed; empty where nothing does."""
    if not load().flag("release.required"):
        return ""
    state = release_state(intake)
    if state.holds is not None:
        return ""
    return f"{state.line}." if state.ended is not None else "Not released. Review it, then run form4 release."


def refuse_filer(file: Path, by: str) -> None:
    """Raises Form4Error where the setting release.second_person asks for another name."""
    if not load().flag("release.second_person"):
        return
    last = next(reversed(releases(file)), None)
    other = f"someone other than {last.by}, who released it" if last is not None else "whoever filed it"
    if not folded(by):
        raise Form4Error("The filer is not named", remedy=f"Give --by NAME: {other}")
    if last is not None and folded(by) == folded(last.by):
        raise Form4Error(
            f"{last.by} released it, and the setting release.second_person asks for a second person",
            remedy=f"Give --by NAME: {other}",
        )


def record_filer(file: Path, by: str, numbers: Sequence[str], at: datetime) -> None:
    """Record who filed a draft, as stated, under which accession numbers."""
    _append(file, {"by": _one_line("by", by), "at": at.isoformat(), "filed": list(numbers)})


def _one_line(what: str, text: str) -> str:
    """The text of an entry. Raises MalformedValue."""
    one = " ".join(text.split())
    if not one.isprintable() or len(one) > _LONGEST:
        raise MalformedValue(
            f"--{what} is not one line of at most {_LONGEST} characters", remedy="Shorten it"
        )
    return one


# ---- the record


def _append(file: Path, entry: dict[str, Any]) -> None:
    place = Path(os.path.realpath(record_of(file)))
    content = json.dumps([*_entries(place), entry], indent=2, ensure_ascii=False) + "\n"
    try:
        write_bytes(place, content.encode())
    except OSError as error:
        raise UnreadableInput(
            f"{place} can't be saved: {(error.strerror or str(error)).lower()}",
            remedy="Free some space, then run the same command again",
        ) from None


def _entries(place: Path) -> list[dict[str, Any]]:
    try:
        content = disk.read(place)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UnreadableInput(
            f"{place} can't be opened: {(error.strerror or str(error)).lower()}",
            remedy="Check the permissions",
        ) from None
    try:
        data = json.loads(content)
    except ValueError:
        data = None
    if not isinstance(data, list) or not all(map(_is_entry, data)):
        raise UnreadableInput(f"{place} is not a release record", remedy=_BROKEN)
    return data


_BROKEN: Final = "Restore it from a backup, or move it and release the draft again"


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, dict) or not isinstance(entry.get("by"), str):
        return False
    if not all(isinstance(entry.get(key, ""), str) for key in ("sha256", "note")):
        return False
    try:
        return datetime.fromisoformat(str(entry.get("at"))).tzinfo is not None
    except ValueError:
        return False
