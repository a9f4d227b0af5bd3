"""The packet in its folder: where it is written, and what an earlier version left there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author import codes
from form4_author.errors import Form4Error
from form4_author.files.folder import opened_for_packet
from form4_author.files.output import write_bytes
from form4_author.page.packet import PacketRequest

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from form4_author.desk.intake import Intake
    from form4_author.page.html import Paper
    from form4_author.page.packet import Packet

__all__ = ["clear_undivided", "public_request", "submission_request", "write_packet"]


def submission_request(
    intake: Intake, parts: frozenset[str], paper: Paper, filed: date | None = None
) -> PacketRequest:
    """What is asked for of a filing as it is sent. ``filed``: the day of filing, where the file does not have it."""
    submission = intake.document.submission if intake.document is not None else None
    attached = intake.attached or (submission.attachments if submission is not None else ())
    known = submission.filed if submission is not None else None
    return PacketRequest(parts=parts, paper=paper, filed=filed or known, attached=attached)


def public_request(
    intake: Intake, parts: frozenset[str], paper: Paper, edition: str | None = None
) -> PacketRequest:
    """What is asked for of a filing as EDGAR shows it, by this edition, else by its own.

    Raises UnknownEdition.
    """
    wanted = edition or intake.filing.edition
    public = codes.edition_named(wanted) if wanted else codes.current_edition(intake.filing.base or "4")
    return PacketRequest(parts=parts, public=public, paper=paper)


def clear_undivided(folder: Path, *, whole: bool) -> None:
    """Take away the XML of an earlier run that was divided otherwise, so that it cannot be sent by mistake."""
    for stale in folder.glob("*of*/form*.xml" if whole else "form*.xml"):
        stale.unlink()


def write_packet(folder: Path, contents: Packet) -> tuple[Path, ...]:
    """Writes every file of the packet, each whole or not at all, readable by its owner only.

    An XML of an earlier run that may not stay goes. The folders that were open to other accounts and are closed now.
    """
    closed = opened_for_packet(folder)
    _refuse_signed(folder)
    for stale in _stale(folder, contents):
        stale.unlink()
    for name, content in contents.files.items():
        write_bytes(folder / name, content)
    return closed


def _refuse_signed(folder: Path) -> None:
    """A signed paper or page is the filer's record: nothing is written over it.

    Raises Form4Error, which names it.
    """
    for file in sorted((*folder.glob("form*.pdf"), *folder.glob("authentication*.pdf"))):
        if b"/ByteRange" in file.read_bytes():
            raise Form4Error(
                f"{file} is signed, and a packet made anew would take its place",
                remedy="Write to another folder, or move the signed packet away first",
            )


def _stale(folder: Path, contents: Packet) -> list[Path]:
    """Files of an earlier run that may not stand: the XML while findings block, papers of other signatories."""
    stale = list(folder.glob("form*.xml")) if contents.xml_withheld else []
    return [*stale, *(f for f in folder.glob("authentication*.pdf") if f.name not in contents.files)]
