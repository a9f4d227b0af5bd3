"""What surrounds an interview: checks, due dates, the register, and the packet at its end; without a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.desk.attachment import printable
from form4_author.desk.clock import now
from form4_author.desk.exhibit import brought, exhibits_of, folder_of, unattached
from form4_author.desk.intake import Intake, opened, report_of_draft, with_exhibits
from form4_author.desk.packet import judged_parts, packet_in_place
from form4_author.desk.packet_place import is_intact, latest_packet, manifests
from form4_author.desk.register import after_filing
from form4_author.desk.release import release_state
from form4_author.desk.release_record import record_of
from form4_author.desk.state import filing_hash
from form4_author.errors import UnreadableInput
from form4_author.files import disk
from form4_author.model.facts import NO_FACTS, Facts
from form4_author.page.next_steps import NEXT_STEPS
from form4_author.page.text import page_text
from form4_author.timing.calendar import sec_calendar
from form4_author.wizard import session
from form4_author.wizard.countdown import countdown
from form4_author.wizard.draft import opening

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from form4_author.desk.interview_clerk import InterviewClerk
    from form4_author.desk.interview_register import RegisterClerk
    from form4_author.findings import Finding, Report
    from form4_author.model.draft import Draft
    from form4_author.page.packet import Packet
    from form4_author.wizard.session import Desk

    AnyClerk = InterviewClerk | RegisterClerk

__all__ = ["desk", "judged", "made_packet", "make_packet", "not_attached"]


def desk(
    path: Path,
    as_of: date,
    clerk: AnyClerk | None = None,
    messages: tuple[str, ...] = (),
    begin: Callable[[Draft], Path] | None = None,
) -> Desk:
    """What surrounds an interview on this draft, on this day; ``messages`` appear on the first screen.

    ``begin``: where a draft without a file is saved, asked at its first answer, and again once there is a person.
    """
    first, named = path, False

    def begun(draft: Draft) -> Path:
        nonlocal path, named
        owners = draft.filing.owners
        if begin is not None and not named and (path is first or owners):
            before, path, named = path, begin(draft), bool(owners)
            for end in ("", ".bak") if before is not first else ():
                there = before.with_name(before.name + end)
                if there.exists():
                    disk.rename(there, path.with_name(path.name + end))
        return path

    def findings(draft: Draft) -> Sequence[Finding]:
        return judged(path, draft, as_of, clerk).findings

    return session.Desk(
        today=as_of,
        now=lambda: now().isoformat(),
        check=findings,
        render=lambda draft: page_text(draft.filing),
        due=lambda draft: _due_lines(path, draft, as_of, clerk),
        clerk=clerk,
        messages=messages,
        past=_begun_from,
        bring=lambda draft, place: brought(draft, place, path.parent),
        begin=begun if begin is not None else None,
        packet=lambda draft: _packet_lines(path, draft, as_of, clerk),
    )


def _begun_from(draft: Draft, file: str) -> Draft:
    """The draft that begins from the past filing in a file. Raises UnreadableInput."""
    begun = opening.from_filing(opened(file).filing, draft.filing.form or "4")
    return begun.with_interview(answered=draft.interview.answered)


def not_attached(path: Path, draft: Draft) -> tuple[str, ...]:
    """What a draft that is opened names as an exhibit and is not attached."""
    exhibits = exhibits_of(draft, folder_of(path))
    return unattached(str(path), exhibits.outside, exhibits.missing)


def _due_lines(path: Path, draft: Draft, as_of: date, clerk: AnyClerk | None) -> str:
    """When the form is due; below it that the draft was changed after it was released, where that is so."""
    return "\n".join(filter(None, (_due_line(draft, as_of, clerk), _changed_line(path, draft))))


def _changed_line(path: Path, draft: Draft) -> str:
    """``Changed after Dana Cho released it on 11/30/2026``; empty for any other draft."""
    if not record_of(path).exists():
        return ""
    whole = Intake(file=str(path), filing=draft.filing, draft=draft)
    try:
        state = release_state(with_exhibits(whole))
    except UnreadableInput as error:
        return error.problem
    return state.line if state.ended is not None else ""


def _due_line(draft: Draft, as_of: date, clerk: AnyClerk | None) -> str:
    """When the form is due, counted on this day at this time."""
    moment = now().replace(year=as_of.year, month=as_of.month, day=as_of.day)
    issuer = clerk.issuers().of(draft.filing) if clerk is not None else None
    return countdown(draft, sec_calendar(), moment, issuer)


def judged(path: Path, draft: Draft, as_of: date, clerk: AnyClerk | None = None) -> Report:
    """The report of a draft that was made by the interview, with what the register knows of it."""
    attached = exhibits_of(draft, folder_of(path)).attached
    return report_of_draft(draft, str(path), as_of, _facts(draft, clerk), attached)


def _facts(draft: Draft, clerk: AnyClerk | None) -> Facts:
    """What the register knows beside the form."""
    return NO_FACTS if clerk is None else clerk.facts(draft.filing)


def _packet_lines(path: Path, draft: Draft, as_of: date, clerk: AnyClerk | None) -> Sequence[str]:
    """Makes the packet; says what each file is for and what is done next."""
    packets = make_packet(path, draft, as_of, clerk)
    exhibits = exhibits_of(draft, folder_of(path))
    sources = {each.name: each.source for each in exhibits.attached}
    listed = [line for folder, each in packets for line in _file_lines(folder, each, sources)]
    ready = not any(each.xml_withheld for _folder, each in packets)
    next_ = [after_filing(path, len(packets))] if ready else []
    next_steps = [_due_line(draft, as_of, clerk), f"Change something: form4 edit {path}", *next_]
    lost = unattached(str(path), exhibits.outside, exhibits.missing)
    whole = Intake(file=str(path), filing=draft.filing, draft=draft, attached=exhibits.attached)
    released = release_state(whole).line
    return [
        *listed,
        *([f"{released}."] if released else []),
        *(
            line
            for _folder, each in packets
            for line in each.files.get(NEXT_STEPS, b"").decode().splitlines()
            if not line.startswith("Due ")  # the last lines have it with the time left
        ),
        *(f"Not in the packet: {message}" for message in lost),
        *(line for line in next_steps if line),
    ]


def make_packet(
    path: Path, draft: Draft, as_of: date, clerk: AnyClerk | None = None, home: Path | None = None
) -> tuple[tuple[Path, Packet], ...]:
    """Write the packet to its place, one for each form where it makes several; folders and what is in them.

    ``home``: where packets go, if not to the place that the settings name.
    """
    attached = exhibits_of(draft, folder_of(path)).attached
    whole = Intake(file=str(path), filing=draft.filing, draft=draft, attached=attached)
    issuer = clerk.issuers().of(draft.filing) if clerk is not None else None
    parts = judged_parts(whole, as_of, lambda _filing: _facts(draft, clerk))
    return packet_in_place(whole, parts, issuer, home)


def made_packet(path: Path, draft: Draft, home: Path | None = None) -> Path | None:
    """The last packet of a draft, if it is of the filing as it is now and was not changed; its folder."""
    folder = latest_packet(path, home)
    made = list(manifests(folder)) if folder is not None else []
    attached = exhibits_of(draft, folder_of(path)).attached
    whole = Intake(file=str(path), filing=draft.filing, draft=draft, attached=attached)
    same = made and all(data.get("filing_sha256") == filing_hash(whole) and is_intact(data) for data in made)
    return folder if same else None


def _file_lines(folder: Path, contents: Packet, sources: Mapping[str | None, str]) -> Sequence[str]:
    purposes = {
        ".xml": "to file: transmit it on EDGAR's Ownership Forms page",
        ".html": "the proof, for the browser",
        ".pdf": "the copy to print and retain; not for upload",
        ".txt": "the findings",
        ".json": "for other programs",
    }
    of_a_kind = {
        "authentication": "signed before or when the form is filed; retained for five years",
        "next-steps": "the steps to take with these files, in order",
        "ex24": "the power of attorney, which goes with the form as EX-24",
    }
    listed, widest = [], max(map(len, contents.files), default=0)
    for name in contents.files:
        kind = next((kind for kind in of_a_kind if name.startswith(kind)), "")
        purpose = of_a_kind[kind] if kind else purposes[Path(name).suffix]
        purpose += (
            f"; {len(contents.files[name]):,} bytes, from {printable(sources[name])}"
            if sources.get(name)
            else ""
        )
        listed.append(f"  {name:{widest}} {purpose}")
    withheld = ["No XML was made; report.txt says why."] if contents.xml_withheld else []
    return [f"Packet: {folder}", *listed, *withheld]
