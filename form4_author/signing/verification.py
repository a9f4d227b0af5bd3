"""A record copy checked: is the XML inside it the one its pages name, is it still clean, do the pages show it.

The pages are made again from the XML and compared. The XML as it is sent holds no names (EDGAR adds them), so those are
taken from the file's metadata, told, and put into the pages that it is compared with.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from form4_author import __version__
from form4_author.checks.report import Circumstances, report_of
from form4_author.checks.run import last_signature_date
from form4_author.codes import editions
from form4_author.errors import UnreadableInput
from form4_author.findings import Override, path_from_text
from form4_author.page.authentication_file import RECORD, authentication_pdf, record_from
from form4_author.page.html import page_html
from form4_author.page.packet import form_enclosures
from form4_author.page.pdf import made_with, page_pdf
from form4_author.page.report import verdict_line
from form4_author.page.view import PageStatus, page_view
from form4_author.signing.appearance import Appearance, appearance_of
from form4_author.signing.appended import stated_beside
from form4_author.signing.graph import Graph, resolved
from form4_author.signing.history import fields_of, history_of
from form4_author.signing.name import misleading_characters
from form4_author.signing.reading import reading_of
from form4_author.signing.remark import note, ok, problem
from form4_author.signing.vocabulary import foreign_entries
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from form4_author.checks.base import Calendar
    from form4_author.model.filing import Filing
    from form4_author.page.html import Paper
    from form4_author.signing.history import History
    from form4_author.signing.proof import PdfSignature
    from form4_author.signing.reading import EnclosedFile, PdfReading
    from form4_author.signing.remark import Remark
    from form4_author.wire.read import Document

__all__ = [
    "Findings",
    "Surroundings",
    "appearance_remarks",
    "differences_from",
    "differing_versions",
    "findings_on",
    "history_remarks",
    "is_ours",
    "made_again",
    "page_again",
    "particulars_remarks",
]

_OURS: Final = "form4-author "
_HASH: Final = re.compile(r"SHA-256\s+([0-9a-f]{64})")
_FOOTER: Final = re.compile(r"XML SHA-256: ([0-9a-f]{64})")
_EDITION: Final = re.compile(r"edition (X[0-9]{4})\Z")
_SENT: Final = "as sent, without the CCC"
_DRAFT: Final = re.compile(r"^DRAFT$", re.MULTILINE)
_A4: Final = [595, 842]
"""Edges in points."""
_SHOWN: Final = 30
"""Characters of a difference that are reported."""


def is_ours(reading: PdfReading) -> bool:
    """Whether the file says that this program made it."""
    return reading.creator.startswith(_OURS)


@dataclass(frozen=True, slots=True)
class Findings:
    """What is found out about a file, beside its signatures."""

    remarks: tuple[Remark, ...]
    uncompared: str = ""
    """Why its drawing was not compared: the versions that differ; empty where it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a file is checked with."""

    today: date
    """The date as of which an unsigned form is checked."""
    calendar: Calendar
    beside: Mapping[str, str]
    """Names of the XML files beside it, by their SHA-256."""
    broken: bool = False
    """Whether a signature says already that bytes of it were changed."""


def findings_on(pdf: bytes, reading: PdfReading, known: Surroundings) -> Findings:
    """What the files inside and the pages say of each other; of an authentication document, which XML it is about."""
    history = history_of(pdf)
    remarks = [*_marked(reading), *history_remarks(history), *_inside(reading)]
    sources = [file for file in reading.files if file.relationship == "Source"]
    named = {found for page in reading.pages for found in _FOOTER.findall(page.words)}
    about = _is_authentication(reading)
    if not sources:
        if named:
            remarks.append(problem("xml", "the pages name an XML, but none is embedded"))
        remarks += _about(reading, known.beside)
        return Findings((*remarks, *_outside(history.first)))
    if about:
        remarks += [*_about(reading, known.beside), *_named_inside(sources[0], reading)]
    else:
        remarks += _hashes(sources[0], reading)
    try:
        document = read_document(sources[0].content)
    except UnreadableInput as error:
        text = f"{sources[0].name} inside cannot be read: {error}"
        return Findings((*remarks, problem("checks", text), *_outside(history.first)))
    remarks.append(_checked(document, sources[0].name, reading, known))
    if not about:
        remarks += _names_given(document.filing, reading)
    uncompared = differing_versions(reading_of(history.first) if history.additions else reading)
    remarks += _compared(document.filing, history, reading, uncompared=uncompared, broken=known.broken)
    return Findings(tuple(remarks), uncompared)


def _marked(reading: PdfReading) -> Iterator[Remark]:
    if any(_DRAFT.search(page.words) for page in reading.pages):
        yield problem("page", "marked DRAFT: findings blocked the form when it was made")
    for name in (*reading.authors, reading.title, *(file.name for file in reading.files)):
        odd = misleading_characters(name)
        if odd:
            yield problem("name", f"{name} has characters that mislead: {', '.join(odd)}")


def _is_authentication(reading: PdfReading) -> bool:
    return any(file.name == RECORD for file in reading.files)


_MOST: Final = 3
"""Differences that are named; the others are counted."""


def history_remarks(history: History) -> Iterator[Remark]:
    """What was appended to the file that is no signature, and what of it is not read."""
    for stray in history.stray:
        yield problem("file", f"there is {stray}, which a viewer may show")
    for addition in history.additions:
        if addition.unexplained:
            what = f'with "{addition.field}"' if addition.field else "to the file after it was made"
            text = _listed([difference.text for difference in addition.unexplained])
            yield problem("file", f"more was added {what} than a signature: {text}")


def _listed(texts: Sequence[str]) -> str:
    more = f"; and {len(texts) - _MOST} more" if len(texts) > _MOST else ""
    return "; ".join(texts[:_MOST]) + more


def _outside(first: bytes) -> Iterator[Remark]:
    """What a file holds that form4 writes into none, whatever its version."""
    found = [difference.text for difference in foreign_entries(Graph(first))]
    if found:
        yield problem("file", f"it has content that form4 does not write: {_listed(found)}")


def _about(reading: PdfReading, beside: Mapping[str, str]) -> Iterator[Remark]:
    """Which document an authentication document is about, and whether that is the one beside it."""
    for sha256 in dict.fromkeys(found for page in reading.pages for found in _HASH.findall(page.words)):
        if sha256 in beside:
            text = f"{beside[sha256]} beside it is the document that it is about, SHA-256 {sha256}"
            yield ok("xml", text)
        elif beside:
            others = " and ".join(beside.values())
            text = f"it is about a document with SHA-256 {sha256}, and {others} beside it is a different document"
            yield problem("xml", text)
        else:
            yield note("xml", f"it is about a document with SHA-256 {sha256}, not beside it")


_RELATIONSHIPS: Final = {"Source": 1, "Data": 1}
"""Files inside of each kind, at most."""


def _inside(reading: PdfReading) -> Iterator[Remark]:
    """One file of each kind, each under one name."""
    names = [file.name for file in reading.files]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield problem("xml", f"there are several files named {name} inside")
    for kind, most in _RELATIONSHIPS.items():
        files = [file.name for file in reading.files if file.relationship == kind]
        if len(files) > most:
            yield problem(
                "xml", f"there are {len(files)} files of the kind {kind} inside: {', '.join(files)}"
            )
    for file in reading.files:
        ours = file.relationship in ("Source", "Supplement") or (
            file.relationship == "Data" and file.name in ("report.json", RECORD)
        )
        if not ours:
            yield problem("xml", f"{file.name} is inside, which form4 did not put there")
        if file.differing:
            yield problem("xml", f"{file.name} inside is {file.differing}: a viewer may show that one")


def _named_inside(file: EnclosedFile, reading: PdfReading) -> Iterator[Remark]:
    """Whether each page of an authentication document names the file that is inside."""
    own = hashlib.sha256(file.content).hexdigest()
    for number, page in enumerate(reading.pages, 1):
        if set(_HASH.findall(page.words)) != {own}:
            text = f"page {number} names another XML than {file.name} inside, whose SHA-256 is {own}"
            yield problem("xml", text)
            return
    yield ok("xml", f"{file.name} inside is the one the pages name, SHA-256 {own}")


def _hashes(file: EnclosedFile, reading: PdfReading) -> Iterator[Remark]:
    """Whether each page's footer names the file that is inside."""
    own = hashlib.sha256(file.content).hexdigest()
    for number, page in enumerate(reading.pages, 1):
        if _FOOTER.findall(page.words) != [own]:
            text = f"page {number} names another XML than {file.name} inside, whose SHA-256 is {own}"
            yield problem("xml", text)
            return
    yield ok("xml", f"{file.name} inside is the one the pages name, SHA-256 {own}")


def _checked(document: Document, name: str, reading: PdfReading, surroundings: Surroundings) -> Remark:
    """The checks' verdict of the XML on the day it was signed, with the overrides that the report inside holds."""
    known = Circumstances(
        as_of=last_signature_date(document.filing) or surroundings.today,
        calendar=surroundings.calendar,
        overrides=_overrides(reading),
    )
    report = report_of(document, name, known)
    if not report.blocking:
        return ok("checks", verdict_line(report))
    blocking = "; ".join(f"{finding.id} {finding.message}" for finding in report.blocking)
    printed = _edition(reading)
    if printed in (None, report.edition):
        return problem("checks", f"{verdict_line(report)}: {blocking}")
    text = f"made for edition {printed}, but checked against the current one only: {verdict_line(report)}: {blocking}"
    return note("checks", text)


def _overrides(reading: PdfReading) -> tuple[Override, ...]:
    report_json = next((file.content for file in reading.files if file.name == "report.json"), b"{}")
    try:
        entries = json.loads(report_json)["files"][0]["overrides"]
        return tuple(Override(e["id"], path_from_text(e["path"]), e["reason"], e["at"]) for e in entries)
    except (ValueError, KeyError, IndexError, TypeError):
        return ()


# ---- pages


def made_again(reading: PdfReading) -> bytes:
    """The file as form4 makes it of the XML, report and exhibits inside.

    Raises UnreadableInput where there is no XML inside that can be read.
    """
    source = next((file for file in reading.files if file.relationship == "Source"), None)
    if source is None:
        raise UnreadableInput(
            "There is no XML inside, so that form4 can't make this file again",
            remedy="Make the packet again with form4 render, and sign that",
        )
    record = next((file.content for file in reading.files if file.name == RECORD), None)
    if record is not None:
        return authentication_pdf(read_document(source.content).filing, source.content, record_from(record))
    filing, status = _shown(source, reading)
    paper: Paper = "A4" if sorted(reading.pages[0].size) == _A4 else "letter"
    report = next((file.content for file in reading.files if file.name == "report.json"), None)
    exhibits = {file.name: file.content for file in reading.files if file.relationship == "Supplement"}
    enclosures = form_enclosures((source.name, source.content), report, exhibits)
    return page_pdf(filing, status=status, enclosures=enclosures, paper=paper)


def page_again(reading: PdfReading) -> bytes | None:
    """The HTML page of the XML inside; None where there is none. Raises UnreadableInput where it can't be read."""
    source = next((file for file in reading.files if file.relationship == "Source"), None)
    if source is None:
        return None
    filing, status = _shown(source, reading)
    return page_html(filing, status=status).encode("utf-8", "backslashreplace")


def _shown(source: EnclosedFile, reading: PdfReading) -> tuple[Filing, PageStatus]:
    """The filing that a form's pages show, with the file's names and edition, and what they say of it."""
    filing = read_document(source.content).filing
    if filing.edition is None:
        filing = replace(filing, edition=_edition(reading))
    status = PageStatus(
        draft=any(_DRAFT.search(page.words) for page in reading.pages),
        xml_sha256=hashlib.sha256(source.content).hexdigest(),
        sent=any(_SENT in " ".join(page.words.split()) for page in reading.pages),
    )
    return _named(filing, _names(filing, reading)), status


def differing_versions(reading: PdfReading) -> str:
    """The programs and fonts whose versions differ between a file and this machine; empty where all are the same."""
    ours = {"form4": __version__, **_versions(made_with())}
    theirs = {"form4": reading.creator.removeprefix(_OURS), **_versions(reading.made_with)}
    return ", ".join(
        f"{name} {theirs.get(name, 'not recorded')} there and {version} here"
        for name, version in ours.items()
        if theirs.get(name) != version
    )


def _versions(text: str) -> dict[str, str]:
    parts = (part.rpartition(" ") for part in text.split(", ") if part)
    return {name: version for name, _, version in parts}


def differences_from(expected: bytes, first: bytes) -> str:
    """The objects of a file that are not those that form4 makes, in words; empty where the bytes are the same."""
    if first == expected:
        return ""
    found = [difference.text for difference in Graph(expected).differences(Graph(first))]
    return _listed(found) if found else _REWRITTEN


_REWRITTEN: Final = "its objects are the same, but not its bytes"


def _names_given(filing: Filing, reading: PdfReading) -> Iterator[Remark]:
    names = _names(filing, reading)
    if names:
        names_text = ", ".join(f'"{name}"' for name in dict.fromkeys(names.values()))
        yield note("page", f"names that are not in the XML as it is sent: {names_text}")


def _compared(
    filing: Filing, history: History, reading: PdfReading, *, uncompared: str, broken: bool
) -> Iterator[Remark]:
    """Whether the file is the one that form4 makes of this XML, object by object; its words where versions differ."""
    try:
        again = made_again(reading)
    except UnreadableInput as error:
        yield problem("page", str(error))
        return
    expected = reading_of(again)
    alike = [page.drawing for page in expected.pages] == [page.drawing for page in reading.pages]
    if _laid_on(expected, exactly=alike) != _laid_on(reading, exactly=alike):
        yield problem("page", "the pages have content that form4 did not put there")
    if uncompared:
        yield from _outside(history.first)
        yield _words_compared(expected, reading, filing)
        return
    differing = differences_from(again, history.first)
    if differing and not (broken and differing == _REWRITTEN):
        yield problem("file", f"it is not the file that form4 makes of this XML: {differing}")
    place = _difference(expected, reading)
    if place is not None:
        yield problem("page", place)
    elif not alike:
        yield problem("page", "the words are those of this XML, but something else is drawn")
    elif not differing:
        yield ok("page", f"drawn exactly as form4 {__version__} draws this XML")


def particulars_remarks(reading: PdfReading, signed: Sequence[PdfSignature]) -> Iterator[Remark]:
    """Whether an authentication document states the time and the provider of the signature that it bears."""
    text = next((file.content for file in reading.files if file.name == RECORD), None)
    if text is None or not signed or signed[0].signed_at is None:
        return
    try:
        particulars = record_from(text).particulars
    except UnreadableInput:
        return  # which is said elsewhere
    if particulars is None:
        yield note("signature", "it was signed before its empty lines were filled in")
        return
    moment = signed[0].signed_at.astimezone(ZoneInfo("America/New_York"))
    stated = (particulars.date, particulars.time, particulars.provider)
    provider = "none" if signed[0].trial else signed[0].issuer
    if stated != (f"{moment:%m/%d/%Y}", f"{moment:%H:%M:%S}", provider):
        text_stated = " ".join(stated)
        yield problem(
            "signature", f"it states {text_stated}, which is not the time and provider of its signature"
        )


def appearance_remarks(pdf: bytes, signed: Sequence[PdfSignature]) -> Iterator[Remark]:
    """Whether each signed place shows whom the certificate names and when it was signed, and what it states beside."""
    history = history_of(pdf)
    known = {signature.field: signature for signature in signed if signature.intact}
    for addition in history.additions:
        if addition.field in known:
            before = history.before(addition.field, pdf)
            value = resolved(resolved(fields_of(Graph(pdf[: addition.end]))[addition.field])["/V"])
            stated = stated_beside(value, known[addition.field].signer)
            if stated:
                yield note("signature", f'"{addition.field}" states what form4 does not write: {stated}')
            shown = appearance_of(pdf[: addition.end], before, known[addition.field])
            if shown is Appearance.OTHER_NAME:
                text = f'"{addition.field}" does not show the name of its certificate'
                yield problem("signature", text)
            elif shown is Appearance.OTHER_DRAWING:
                yield note("signature", f'what "{addition.field}" shows was not drawn by form4')


def _edition(reading: PdfReading) -> str | None:
    """The edition whose captions the pages have, which the XML as it is sent does not say."""
    match = _EDITION.search(reading.subject)
    return match[1] if match is not None and match[1] in editions() else None


def _laid_on(reading: PdfReading, *, exactly: bool) -> object:
    """The contents of the pages: each with its place, or how many of each kind."""
    if exactly:
        return [page.laid_on for page in reading.pages]
    return Counter(kind for page in reading.pages for kind, _place in page.laid_on)


def _words_compared(expected: PdfReading, reading: PdfReading, filing: Filing) -> Remark:
    """The remark on pages that other versions have drawn."""
    place = _difference(expected, reading)
    if place is None:
        text = f"the words are those of this XML, but not drawn as form4 {__version__} draws it here"
        return note("page", text)
    version = reading.creator.removeprefix(_OURS)
    if version == __version__:
        return problem("page", place)
    missing = _missing(filing, reading)
    if missing:
        values_text = ", ".join(f'"{value}"' for value in missing)
        return problem("page", f"values of this XML that are not on the pages: {values_text}")
    text = f"made by form4 {version}, which prints differently from {__version__}; all values of this XML are there"
    return note("page", text)


def _missing(filing: Filing, reading: PdfReading) -> tuple[str, ...]:
    """The values of the filing that are nowhere on the pages."""
    view = page_view(filing)
    cells = [cell.text for row in (*view.table_1, *view.table_2) for cell in row]
    others = [view.period, view.trading_symbol, view.remarks, *(text for _, text in view.footnotes)]
    signed = [text for signature in view.signatures for text in (signature.name, signature.date)]
    shown = _Tight("\n".join(page.words for page in reading.pages)).text
    values = dict.fromkeys((*cells, *others, *signed))
    return tuple(
        value
        for value in values
        if "".join(value.split()) not in shown and _printed_before(value) not in shown
    )


def _printed_before(value: str) -> str:
    """Dollars as earlier versions printed them, $21.5 for $21.50 and $0 for $0.00; any other value as it is."""
    return value.rstrip("0").rstrip(".") if value.startswith("$") else value


def _difference(expected: PdfReading, reading: PdfReading) -> str | None:
    """The first difference in words, whatever their spacing; None when there is none."""
    if len(expected.pages) != len(reading.pages):
        return f"there are {len(reading.pages)} pages where this XML gives {len(expected.pages)}"
    for number, (wanted, shown) in enumerate(zip(expected.pages, reading.pages, strict=True), 1):
        ours, theirs = _Tight(wanted.words), _Tight(shown.words)
        if ours.text != theirs.text:
            at = next(
                (i for i, (a, b) in enumerate(zip(ours.text, theirs.text, strict=False)) if a != b),
                min(len(ours.text), len(theirs.text)),
            )
            return f'page {number} shows "{theirs.around(at)}" where this XML gives "{ours.around(at)}"'
    return None


class _Tight:
    """A text without its white space, which knows where each character stood."""

    def __init__(self, text: str) -> None:
        self._whole = text
        self._places = [place for place, character in enumerate(text) if not character.isspace()]
        self.text = "".join(text.split())

    def between(self, start: int, end: int) -> str:
        """The words from one position of the tight text to another."""
        if start >= end:
            return ""
        return " ".join(self._whole[self._places[start] : self._places[end - 1] + 1].split())

    def around(self, at: int) -> str:
        """The words about a position."""
        return self.between(max(0, at - _SHOWN // 3), min(len(self.text), at + _SHOWN))


# ---- names


def _names(filing: Filing, reading: PdfReading) -> dict[str, str]:
    """The names that the XML as it is sent does not hold, by place, as the file's metadata have them."""
    first = reading.authors[0] if reading.authors else ""
    issuer = reading.title.removeprefix(f"SEC Form {filing.form} - ").removeprefix(first).removeprefix(" - ")
    names = {
        f"owner {n}": name
        for n, (owner, name) in enumerate(zip(filing.owners, reading.authors, strict=False))
        if not owner.name and name
    }
    return names if filing.issuer.name or not issuer else {**names, "issuer": issuer}


def _named(filing: Filing, names: dict[str, str]) -> Filing:
    """The filing with these names, by place, where it has none."""
    owners = tuple(
        replace(owner, name=names.get(f"owner {n}", owner.name)) for n, owner in enumerate(filing.owners)
    )
    issuer = replace(filing.issuer, name=names.get("issuer", filing.issuer.name))
    return replace(filing, owners=owners, issuer=issuer)
