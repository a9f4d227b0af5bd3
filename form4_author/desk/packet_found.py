"""The packet of a draft, as it is on disk: where it is, when it was made, and whether the draft still has its bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from form4_author.desk.packet_place import latest_packet, manifests
from form4_author.desk.state import filing_hash
from form4_author.page.manifest import MANIFEST

if TYPE_CHECKING:
    from form4_author.desk.intake import Intake

__all__ = ["FoundPacket", "found_packet"]


class FoundPacket(NamedTuple):
    """A packet that can be filed."""

    folder: Path
    made: datetime
    is_current: bool
    """Whether the draft has the bytes now that the packet was made from."""


def found_packet(intake: Intake) -> FoundPacket | None:
    """The last packet of a draft; None where there is none, or one that was marked DRAFT."""
    if intake.draft is None:
        return None
    folder = latest_packet(Path(intake.file))
    read = list(manifests(folder)) if folder is not None else []
    if folder is None or not read or not all(_has_xml(data.get("files")) for data in read):
        return None
    made = max((data["folder"] / MANIFEST).stat().st_mtime for data in read)
    is_current = {data.get("filing_sha256") for data in read} == {filing_hash(intake)}
    return FoundPacket(folder, datetime.fromtimestamp(made, UTC), is_current)


def _has_xml(files: object) -> bool:
    return isinstance(files, dict) and any(str(name).endswith(".xml") for name in files)
