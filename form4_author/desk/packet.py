"""The packet in its folder: where it is written, and what an earlier version left there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author import codes
from form4_author.desk.intake import divided, report_of_intake
from form4_author.desk.packet_place import draft_mark, packet_place, write_whole
from form4_author.desk.release import release_state, released, with_release
from form4_author.desk.state import filing_hash
from form4_author.errors import Form4Error
from form4_author.files import disk
from form4_author.files.folder import opened_for_packet
from form4_author.files.output import write_bytes
from form4_author.page.packet import PARTS, PacketRequest, packet
from form4_author.page.release import released_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from form4_author.desk.intake import Intake
    from form4_author.findings import Report
    from form4_author.model.facts import Facts, IssuerFacts
    from form4_author.model.filing import Filing
    from form4_author.page.html import Paper
    from form4_author.page.packet import Packet
    from form4_author.page.release import Release

__all__ = [
    "carrying_release",
    "clear_undivided",
    "due_words",
    "judged_parts",
    "packet_in_place",
    "public_request",
    "release_draft",
    "submission_request",
    "whole_request",
    "write_packet",
]


def due_words(intake: Intake, issuer: IssuerFacts | None = None) -> str:
    """``Due Tue 12/01/2026 by 10 p.m. Eastern``; empty where there is no due date."""
    from form4_author.model.draft import Draft
    from form4_author.timing.calendar import sec_calendar
    from form4_author.wizard.countdown import due_of_draft

    due = due_of_draft(intake.draft or Draft(intake.filing), sec_calendar(), issuer)
    return f"Due {due.day:%a %m/%d/%Y} by 10 p.m. Eastern" if due is not None else ""


def whole_request(request: PacketRequest, intake: Intake, issuer: IssuerFacts | None = None) -> PacketRequest:
    """The request with a manifest that names draft and filing, and the next steps where no part is left out."""
    name = intake.file.rpartition(", form ")[2] if intake.whole is not None else ""
    due = due_words(intake.whole or intake, issuer) if request.parts == frozenset(PARTS) else None
    whole = intake.whole or intake
    mark = draft_mark(Path(whole.file)) if whole.draft is not None else {}
    return replace(request, due=due, part=name, about={**mark, "filing_sha256": filing_hash(whole)})


def judged_parts(
    whole: Intake, as_of: date, facts: Callable[[Filing], Facts]
) -> tuple[tuple[str, Intake, Report], ...]:
    """The forms that a filing makes: the folder of each inside the packet, the form, its report."""
    return tuple(
        (part.name, intake, report_of_intake(intake, as_of, lambda: as_of, facts(intake.filing)))
        for part, intake in divided(whole)
    )


def packet_in_place(
    whole: Intake,
    parts: Iterable[tuple[str, Intake, Report]],
    issuer: IssuerFacts | None = None,
    home: Path | None = None,
) -> tuple[tuple[Path, Packet], ...]:
    """Make the packet of a draft in the place for packets; the folder of each form and what is in it.

    ``home``: the place, where the user named one.
    """
    assert whole.draft is not None  # noqa: S101  # documents have no place of their own
    folder = packet_place(Path(whole.file), whole.draft, home)
    made = [
        (
            name,
            carrying_release(
                packet(
                    intake.filing,
                    report,
                    whole_request(PacketRequest(attached=intake.attached), intake, issuer),
                ),
                intake,
            ),
        )
        for name, intake, report in parts
    ]
    write_whole(folder, made)
    return tuple((folder / name, contents) for name, contents in made)


def carrying_release(contents: Packet, intake: Intake) -> Packet:
    """The packet with the release of its filing, while that holds."""
    holds = release_state(intake).holds
    return replace(contents, files=released_files(contents.files, holds)) if holds is not None else contents


def release_draft(
    whole: Intake, parts: Sequence[tuple[str, Intake, Report]], by: str, note: str = ""
) -> tuple[Release, Path]:
    """Release a draft: the record, and its packet, which is made where there is none of these bytes; its folder.

    The command and the desk call this. Raises Form4Error as ``released``.
    """
    made = released(whole, [report for _name, _intake, report in parts], by, note)
    folder = with_release(whole, made)
    if folder is None:
        folder, _contents = packet_in_place(whole, parts)[0]
        folder = folder.parent if parts[0][0] else folder
    return made, folder


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
        disk.remove_file(stale)


def write_packet(folder: Path, contents: Packet) -> tuple[Path, ...]:
    """Writes every file of the packet, each whole or not at all, readable by its owner only.

    An XML of an earlier run that may not stay goes. The folders that were open to other accounts and are closed now.
    """
    closed = opened_for_packet(folder)
    _refuse_signed(folder)
    for stale in _stale(folder, contents):
        disk.remove_file(stale)
    for name, content in contents.files.items():
        write_bytes(folder / name, content)
    return closed


def _refuse_signed(folder: Path) -> None:
    """A signed paper or page is the filer's record: nothing is written over it.

    Raises Form4Error, which names it.
    """
    for file in sorted((*folder.glob("form*.pdf"), *folder.glob("authentication*.pdf"))):
        if b"/ByteRange" in disk.read(file):
            raise Form4Error(
                f"{file} is signed, and a new packet would replace it",
                remedy="Write to a different folder, or move the signed packet first",
            )


def _stale(folder: Path, contents: Packet) -> list[Path]:
    """Files of an earlier run that may not stand: the XML while findings block, papers of other signatories."""
    stale = list(folder.glob("form*.xml")) if contents.xml_withheld else []
    return [*stale, *(f for f in folder.glob("authentication*.pdf") if f.name not in contents.files)]
