"""What a signed PDF, a packet and an envelope prove: each file by itself, and all of them with each other."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author.desk.clock import now, today
from form4_author.errors import UnreadableInput
from form4_author.files import disk
from form4_author.files.input import read_bytes
from form4_author.page.manifest import MANIFEST
from form4_author.page.packet import authentication_names, said_hash
from form4_author.page.release import RELEASE_TEXT, unreleased
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.envelope import without_secrets
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from form4_author.signing.proof import PdfSignature
    from form4_author.signing.remark import Remark

__all__ = ["Verified", "packet_problems", "verified", "verified_envelope", "verified_packet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found out about one file."""

    file: str
    signatures: tuple[PdfSignature, ...] = ()
    remarks: tuple[Remark, ...] = ()
    uncompared: str = ""
    """Which versions differ, so that the drawing was not compared; empty where it was."""

    @property
    def problems(self) -> int:
        """How many remarks are problems."""
        return sum(1 for remark in self.remarks if remark.verdict.value == "problem")


def verified(file: str, trust: Sequence[str], *, trust_required: bool, names: Sequence[str] = ()) -> Verified:
    """The signatures of a PDF that form4 made, and what they, the XML inside it and its pages are found to prove.

    ``trust``: files of root certificates. ``trust_required``: a signature that leads to none of them is a problem;
    ``names``: certificates' names that may be in any place. Raises UnreadableInput, which names the file, for one that
    form4 did not make.
    """
    try:
        return _verified(file, trust, trust_required=trust_required, names=names)
    except UnreadableInput as error:
        error.file = error.file or file
        raise


def _verified(file: str, trust: Sequence[str], *, trust_required: bool, names: Sequence[str]) -> Verified:
    from form4_author.signing.identity import certificates_in
    from form4_author.signing.proof import signatures
    from form4_author.signing.reading import reading_of
    from form4_author.signing.seal import places
    from form4_author.signing.trust import Demand, signature_remarks
    from form4_author.signing.verification import (
        Surroundings,
        appearance_remarks,
        findings_on,
        is_ours,
        particulars_remarks,
    )

    pdf = read_bytes(file)
    reading = reading_of(pdf)
    at = now()
    signed = signatures(pdf, [root for name in trust for root in certificates_in(read_bytes(name))], at)
    if not is_ours(reading):
        raise UnreadableInput(
            "This PDF was not made by form4, so there is nothing to compare it with",
            remedy="Name the PDF of a packet; to verify signatures of any other PDF, use pdfsig or a PDF viewer",
        )
    demand = Demand(at=at, trust=trust_required, names=tuple(names))
    known = Surroundings(
        today=today(),
        calendar=sec_calendar(),
        beside=_beside(file),
        broken=any(not signature.intact for signature in signed),
    )
    found = findings_on(pdf, reading, known)
    remarks = (
        *signature_remarks(signed, places(pdf), demand),
        *appearance_remarks(pdf, signed),
        *particulars_remarks(reading, signed),
        *found.remarks,
    )
    return Verified(file=file, signatures=signed, remarks=remarks, uncompared=found.uncompared)


def _beside(file: str) -> dict[str, str]:
    """The XML files of the packet that a file is in, by their SHA-256."""
    xml_files = sorted(Path(file).parent.glob("form*.xml"))
    return {hashlib.sha256(disk.read(xml)).hexdigest(): xml.name for xml in xml_files}


# ---- packets


def verified_packet(
    folder: str, trust: Sequence[str], *, trust_required: bool, names: Sequence[str] = ()
) -> tuple[Verified, ...]:
    """Each PDF of a packet, the form first, and at the end the packet's other files.

    Raises UnreadableInput for a folder without the PDF of a form.
    """
    from form4_author.signing.remark import note, ok, problem

    forms = sorted(Path(folder).glob("form*.pdf"))
    if len(forms) != 1:
        raise UnreadableInput(
            f"{folder} holds no form as PDF", remedy="Name the PDF, or the folder of a packet"
        )
    made = [
        verified(str(file), trust, trust_required=trust_required, names=names)
        for file in (*sorted(Path(folder).glob("authentication*.pdf")), *forms)
    ]
    found = [problem("packet", text) for text in packet_problems(Path(folder))]
    found = found or [ok("packet", "every file is as it was when the packet was made")]
    remarks = (*(note("packet", text) for text in _packet_notes(Path(folder))), *found)
    return (*made, Verified(file=folder, remarks=remarks))


def _files(folder: Path) -> dict[str, bytes]:
    """The files in a folder, by name."""
    return {file.name: disk.read(file) for file in sorted(folder.iterdir()) if file.is_file()}


def _packet_notes(folder: Path) -> Iterator[str]:
    """What a reader should know of a packet: authentication documents that are missing, files that are not its own."""
    files = _files(folder)
    for name in _authentication_names(files):
        if name not in files:
            yield f"{name} is not in the folder: no document authenticates the typed signature (Rule 302(b)(1))"
    made_with = {name for listed in _records(_inside_each(files)).values() for name in listed}
    for name in files:
        if name not in made_with | {MANIFEST} and not name.startswith(_OURS):
            yield f"{name} is in the folder and is not a file of the packet"


def _authentication_names(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The authentication documents that form4 makes for a packet's XML; none for XML as EDGAR publishes it."""
    for name, content in files.items():
        if name.startswith("form") and name.endswith(".xml"):
            try:
                document = read_document(content)
            except UnreadableInput:
                continue
            if document.profile == "submission":
                return authentication_names(document.filing)
    return ()


def _records(inside: Mapping[str, Mapping[str, bytes]]) -> dict[str, Mapping[str, str]]:
    """The files that each authentication document was made with, by its name; ``inside``: what each PDF holds."""
    from form4_author.page.authentication_file import RECORD, record_from

    return {name: record_from(held[RECORD]).files for name, held in inside.items() if RECORD in held}


def packet_problems(folder: Path) -> Iterator[str]:
    """What does not hold together in a packet: files, manifest, and what its PDFs hold of them, in sentences."""
    files = _files(folder)
    inside = _inside_each(files)
    forms = [name for name in inside if name.startswith("form")]
    if MANIFEST in files:
        yield from _against_manifest(files)
    elif forms:
        yield f"{MANIFEST} is not there"
    for name, held in inside.items():
        yield from _against_enclosed(name, held, files)
    yield from _added(files, inside)
    if forms:
        yield from _page_differs(files)


def _against_manifest(files: Mapping[str, bytes]) -> Iterator[str]:
    """What the manifest lists and what there is."""
    try:
        data = json.loads(files[MANIFEST])
        listed = {name: entry["sha256"] for name, entry in data["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        yield f"{MANIFEST} is not what form4 writes"
        return
    for name, sha256 in listed.items():
        if name not in files:
            yield f"{name}, which {MANIFEST} lists, is not there"
        elif hashlib.sha256(files[name]).hexdigest() != sha256:
            yield f"{name} is not the file that {MANIFEST} lists"
    for name in sorted(set(files) - set(listed) - {MANIFEST}):
        if name.startswith(_OURS):
            yield f"{name} is in the folder, which {MANIFEST} does not list"


def _added(files: Mapping[str, bytes], inside: Mapping[str, Mapping[str, bytes]]) -> Iterator[str]:
    """Files that the manifest lists, and that were not there when the authentication document was made."""
    try:
        names = set(json.loads(files[MANIFEST])["files"])
    except (ValueError, KeyError, TypeError):
        return
    for pdf, listed in _records(inside).items():
        for name in sorted(names.intersection(files) - set(listed)):
            if name.startswith(_OURS) and name != RELEASE_TEXT and not name.endswith(".pdf"):
                yield f"{name} was not there when {pdf} was made"


_OURS: Final = ("form", "authentication", "report.", "ex24", "ex99", "next-steps", "release")
"""How the names of a packet's files begin."""


def _inside_each(files: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
    """The files inside each PDF, by its name."""
    return {name: _inside(content) for name, content in files.items() if name.endswith(".pdf")}


def _inside(pdf: bytes) -> dict[str, bytes]:
    """The files inside a PDF; none of one that can't be read, which is found out elsewhere."""
    from form4_author.signing.reading import reading_of

    try:
        return {file.name: file.content for file in reading_of(pdf).files}
    except UnreadableInput:
        return {}


def _against_enclosed(pdf: str, held: Mapping[str, bytes], files: Mapping[str, bytes]) -> Iterator[str]:
    """What a PDF holds, or lists, of the packet's other files."""
    from form4_author.page.authentication_file import RECORD, record_from

    for name, content in held.items():
        beside = files.get(name)
        if name != RECORD and beside is not None and unreleased(name, beside) != content:
            yield f"{name} is not the one inside {pdf}"
    if RECORD not in held:
        return
    yield from _against_record(pdf, record_from(held[RECORD]).files, files)


def _against_record(pdf: str, listed: Mapping[str, str], files: Mapping[str, bytes]) -> Iterator[str]:
    """What an authentication document was made with, and what there is."""
    for name, sha256 in listed.items():
        if name not in files and name != MANIFEST:
            yield f"{name}, which {pdf} was made with, is not there"
        elif name != MANIFEST:
            content = unreleased(name, files[name])
            if hashlib.sha256(content).hexdigest() != sha256:
                yield f"{name} is not the one that {pdf} was made with"
    if MANIFEST in listed and MANIFEST in files:
        try:
            said = said_hash(json.loads(files[MANIFEST]))
        except (ValueError, AttributeError):
            return
        if said != listed[MANIFEST]:
            yield f"{MANIFEST} has different contents than when {pdf} was made"


def _page_differs(files: Mapping[str, bytes]) -> Iterator[str]:
    """Whether the HTML page is the one of the XML that the form's PDF holds."""
    from form4_author.signing.reading import reading_of
    from form4_author.signing.verification import differing_versions, page_again

    pdf = next(name for name in files if name.startswith("form") and name.endswith(".pdf"))
    for name in (name for name in files if name.startswith("form") and name.endswith(".html")):
        try:
            reading = reading_of(files[pdf])
            expected = page_again(reading)
        except UnreadableInput:
            continue
        if files[name] != expected and not differing_versions(reading):
            yield f"{name} is not the page of the XML inside {pdf}"


# ---- envelopes


def verified_envelope(file: str, folder: str) -> Verified:
    """Whether an envelope sends the documents of a packet, save the lines of the CCCs.

    Raises UnreadableInput for a file that is no envelope, or a folder that is no packet.
    """
    from form4_author.signing.remark import ok, problem

    document = read_document(read_bytes(file))
    xml_files = sorted(Path(folder).glob("form*.xml"))
    if document.envelope is None:
        raise UnreadableInput(f"{file} is not an envelope", remedy="Name the file that form4 pack made")
    if len(xml_files) != 1:
        raise UnreadableInput(f"{folder} holds no XML of a form", remedy="Name the folder of a packet")
    primary, *others = (
        (each.findtext("documentName") or "", base64.b64decode(each.findtext("documentMimeBlock") or ""))
        for each in document.envelope.iter("edgarDocument")
    )
    kept = disk.read(xml_files[0])
    without = without_secrets(primary[1])
    remarks = []
    if without == kept:
        lines = primary[1].count(b"\n") - without.count(b"\n")
        text = (
            f"{primary[0]} of the envelope is {xml_files[0].name} of the packet"
            f" with {lines} CCC line{'s' if lines > 1 else ''}"
        )
        remarks.append(ok("xml", f"{text}, SHA-256 without {hashlib.sha256(kept).hexdigest()}"))
    else:
        remarks.append(
            problem("xml", f"{primary[0]} of the envelope is not {xml_files[0].name} of the packet")
        )
    exhibits = _exhibits(Path(folder))
    form, stated = read_document(kept).filing.form, document.envelope.findtext("submissionType")
    if stated != form:
        remarks.append(
            problem("xml", f"the envelope is a submission of Form {stated}, the packet of Form {form}")
        )
    remarks += _on_exhibits(others, exhibits)
    remarks += [problem("packet", text) for text in packet_problems(Path(folder))]
    return Verified(file=file, remarks=tuple(remarks))


def _on_exhibits(sent: Sequence[tuple[str, bytes]], exhibits: Mapping[str, bytes]) -> Iterator[Remark]:
    """Whether an envelope's other documents, by name and content, are the exhibits of a packet."""
    from form4_author.signing.remark import ok, problem

    for number, (name, content) in enumerate(sent):
        if (name, content) in sent[:number]:
            yield problem("exhibit", f"{name} is in the envelope twice")
        elif exhibits.get(name) == content:
            yield ok("exhibit", f"{name} of the envelope is in the packet")
        elif content in exhibits.values():
            yield problem("exhibit", f"{name} of the envelope has a different name in the packet")
        else:
            yield problem("exhibit", f"{name} of the envelope is not in the packet")
    for name, content in exhibits.items():
        if content not in [each for _name, each in sent]:
            yield problem("exhibit", f"{name} of the packet is not in the envelope")


def _exhibits(folder: Path) -> dict[str, bytes]:
    """What a packet files beside the form, as its PDF holds it."""
    from form4_author.signing.reading import reading_of

    return {
        each.name: each.content
        for file in sorted(folder.glob("form*.pdf"))
        for each in reading_of(read_bytes(str(file))).files
        if each.relationship == "Supplement"
    }
