"""A record copy judged: is the XML inside it the one its pages name, is it still clean, do the pages show it.

The pages are made anew from the XML and compared. The XML as it is sent holds no names (EDGAR adds them), so those are
taken from the file's metadata, told, and put into the pages that it is compared with.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from form4_author import __version__
from form4_author.checks.report import Circumstances, report_of
from form4_author.checks.run import last_signature_date
from form4_author.codes import editions
from form4_author.errors import UnreadableInput
from form4_author.findings import Override, path_from_text
from form4_author.page.pdf import page_pdf
from form4_author.page.report import verdict_line
from form4_author.page.view import PageStatus, page_view
from form4_author.signing.proof import Later
from form4_author.signing.reading import reading_of
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from form4_author.checks.base import Calendar
    from form4_author.model.filing import Filing
    from form4_author.page.html import Paper
    from form4_author.signing.proof import PdfSignature
    from form4_author.signing.reading import EnclosedFile, PdfReading
    from form4_author.wire.read import Document

__all__ = ["Remark", "RemarkVerdict", "is_ours", "remarks_on", "signature_remarks"]

_OURS: Final = "form4-author "
_HASH: Final = re.compile(r"SHA-256\s+([0-9a-f]{64})")
_FOOTER: Final = re.compile(r"XML SHA-256: ([0-9a-f]{64})")
_EDITION: Final = re.compile(r"edition (X[0-9]{4})\Z")
_DRAFT: Final = re.compile(r"^DRAFT$", re.MULTILINE)
_A4: Final = [595, 842]
"""Edges in points."""
_SHOWN: Final = 30
"""Characters of a difference that are told."""


class RemarkVerdict(Enum):
    """What a remark means for the record."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing found out."""

    verdict: RemarkVerdict
    subject: str
    """``signature``, ``trust``, ``xml``, ``checks``, ``page``."""
    text: str


def is_ours(reading: PdfReading) -> bool:
    """Whether the file says that this program made it."""
    return reading.creator.startswith(_OURS)


def signature_remarks(
    signed: Sequence[PdfSignature], empty: Sequence[str], *, trust_required: bool
) -> Iterator[Remark]:
    """What the signatures prove, and the places that have none.

    ``trust_required``: a signature that leads to no trusted root is a problem.
    """
    for signature in signed:
        yield from _on_signature(signature, trust_required=trust_required)
    yield from _on_empty(empty, signed=bool(signed), trust_required=trust_required)


def _on_signature(signature: PdfSignature, *, trust_required: bool) -> Iterator[Remark]:
    field = f'"{signature.field}"'
    if not signature.intact:
        yield Remark(
            RemarkVerdict.PROBLEM, "signature", f"{field} is broken: what it covers is not what was signed"
        )
        return
    if not signature.whole:
        yield Remark(
            RemarkVerdict.PROBLEM, "signature", f"{field} leaves out a part of the file as it was then"
        )
    elif signature.later is Later.CHANGES:
        yield Remark(RemarkVerdict.PROBLEM, "signature", f"the file was changed after {field} was signed")
    else:
        covers = (
            "the whole file"
            if signature.later is Later.NOTHING
            else "the file as it was then; only signatures and evidence were added since"
        )
        yield Remark(RemarkVerdict.OK, "signature", f"{field} is intact and covers {covers}")
    yield _on_time(signature, trust_required=trust_required)
    yield _on_trust(signature, trust_required=trust_required)


def _on_time(signature: PdfSignature, *, trust_required: bool) -> Remark:
    if signature.stamped_at is None:
        text = f"signed {_eastern_text(signature.signed_at)} by the signer's own clock"
        return Remark(RemarkVerdict.NOTE, "time", text)
    text = f"time-stamped {_eastern_text(signature.stamped_at)}"
    if signature.stamp_trusted:
        return Remark(RemarkVerdict.OK, "time", text)
    verdict = RemarkVerdict.PROBLEM if trust_required else RemarkVerdict.NOTE
    return Remark(verdict, "time", f"{text}, by a server that leads to no root given with --trust")


def _on_trust(signature: PdfSignature, *, trust_required: bool) -> Remark:
    if signature.revoked:
        return Remark(
            RemarkVerdict.PROBLEM, "trust", f"the certificate of {signature.signer} had been revoked"
        )
    if signature.trusted:
        evidence = ", evidence of that is in the file" if signature.evidence else ""
        text = f"{signature.signer}, certified by {signature.issuer}, leads to a root given with --trust{evidence}"
        return Remark(RemarkVerdict.OK, "trust", text)
    if signature.trial:
        why = "trial identity, self-signed, proves nothing about who signed"
    elif signature.self_signed:
        why = "self-signed, anyone can make such a certificate in any name"
    else:
        why = f"certified by {signature.issuer}, which leads to no root given with --trust"
    return Remark(
        RemarkVerdict.PROBLEM if trust_required else RemarkVerdict.NOTE,
        "trust",
        f"{signature.signer} is not trusted: {why}",
    )


def _on_empty(empty: Sequence[str], *, signed: bool, trust_required: bool) -> Iterator[Remark]:

    verdict = RemarkVerdict.PROBLEM if trust_required else RemarkVerdict.NOTE
    if not signed:
        yield Remark(verdict, "signature", "not signed")
    for field in empty:
        yield Remark(verdict, "signature", f'"{field}" is not signed')


def _eastern_text(moment: datetime | None) -> str:
    if moment is None:
        return "at a time that it does not say,"
    return f"{moment.astimezone(ZoneInfo('America/New_York')):%Y-%m-%d %H:%M:%S} Eastern"


def remarks_on(
    reading: PdfReading, today: date, calendar: Calendar, beside: Mapping[str, str]
) -> Iterator[Remark]:
    """What the files inside and the pages say of each other; of a paper, which document it is about.

    ``today``: the day to judge a form on that nobody signed. ``beside``: names of the XML files that lie beside it, by
    their SHA-256.
    """
    if any(_DRAFT.search(page.words) for page in reading.pages):
        yield Remark(
            RemarkVerdict.PROBLEM, "page", "marked DRAFT: findings blocked the form when it was made"
        )
    enclosed = [file for file in reading.files if file.relationship == "Source"]
    named = {found for page in reading.pages for found in _FOOTER.findall(page.words)}
    if not enclosed:
        if named:
            yield Remark(RemarkVerdict.PROBLEM, "xml", "the pages name an XML, and none is inside")
        yield from _about(reading, beside)
        return
    yield from _duplicates(reading)
    yield from _hashes(enclosed[0], reading)
    try:
        document = read_document(enclosed[0].content)
    except UnreadableInput as error:
        yield Remark(RemarkVerdict.PROBLEM, "checks", f"{enclosed[0].name} inside cannot be read: {error}")
        return
    yield _checked(document, enclosed[0].name, reading, today, calendar)
    yield from _pages(document.filing, hashlib.sha256(enclosed[0].content).hexdigest(), reading)


def _about(reading: PdfReading, beside: Mapping[str, str]) -> Iterator[Remark]:
    """Which document a paper is about, and whether one that lies beside it is that one."""
    for sha256 in dict.fromkeys(found for page in reading.pages for found in _HASH.findall(page.words)):
        if sha256 in beside:
            text = f"{beside[sha256]} beside it is the document that it is about, SHA-256 {sha256}"
            yield Remark(RemarkVerdict.OK, "xml", text)
        elif beside:
            others = " and ".join(beside.values())
            text = f"it is about a document with SHA-256 {sha256}, which {others} beside it is not"
            yield Remark(RemarkVerdict.PROBLEM, "xml", text)
        else:
            yield Remark(
                RemarkVerdict.NOTE, "xml", f"it is about a document with SHA-256 {sha256}, not beside it"
            )


def _duplicates(reading: PdfReading) -> Iterator[Remark]:
    names = [file.name for file in reading.files]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Remark(RemarkVerdict.PROBLEM, "xml", f"there are several files named {name} inside")
    for file in reading.files:
        if file.relationship not in ("Source", "Data"):
            yield Remark(
                RemarkVerdict.PROBLEM, "xml", f"{file.name} is inside, which form4 did not put there"
            )


def _hashes(file: EnclosedFile, reading: PdfReading) -> Iterator[Remark]:
    """Whether each page's footer names the file that is inside."""
    own = hashlib.sha256(file.content).hexdigest()
    for number, page in enumerate(reading.pages, 1):
        if _FOOTER.findall(page.words) != [own]:
            text = f"page {number} names another XML than {file.name} inside, whose SHA-256 is {own}"
            yield Remark(RemarkVerdict.PROBLEM, "xml", text)
            return
    yield Remark(RemarkVerdict.OK, "xml", f"{file.name} inside is the one the pages name, SHA-256 {own}")


def _checked(document: Document, name: str, reading: PdfReading, today: date, calendar: Calendar) -> Remark:
    """The checks' verdict of the XML on the day it was signed, with the overrides that the report inside holds."""
    known = Circumstances(
        as_of=last_signature_date(document.filing) or today, calendar=calendar, overrides=_overrides(reading)
    )
    report = report_of(document, name, known)
    if not report.blocking:
        return Remark(RemarkVerdict.OK, "checks", verdict_line(report))
    blocking = "; ".join(f"{finding.id} {finding.message}" for finding in report.blocking)
    printed = _edition(reading)
    if printed in (None, report.edition):
        return Remark(RemarkVerdict.PROBLEM, "checks", f"{verdict_line(report)}: {blocking}")
    text = f"made for edition {printed}, but can be judged by the one in force only: {verdict_line(report)}: {blocking}"
    return Remark(RemarkVerdict.NOTE, "checks", text)


def _overrides(reading: PdfReading) -> tuple[Override, ...]:
    report_json = next((file.content for file in reading.files if file.name == "report.json"), b"{}")
    try:
        entries = json.loads(report_json)["files"][0]["overrides"]
        return tuple(Override(e["id"], path_from_text(e["path"]), e["reason"], e["at"]) for e in entries)
    except (ValueError, KeyError, IndexError, TypeError):
        return ()


# ---- pages


def _pages(filing: Filing, sha256: str, reading: PdfReading) -> Iterator[Remark]:
    """Whether the pages show the filing."""
    if filing.edition is None:
        filing = replace(filing, edition=_edition(reading))
    names = _names(filing, reading)
    if names:
        names_text = ", ".join(f'"{name}"' for name in dict.fromkeys(names.values()))
        yield Remark(RemarkVerdict.NOTE, "page", f"names that are not in the XML as it is sent: {names_text}")
    status = PageStatus(draft=any(_DRAFT.search(page.words) for page in reading.pages), xml_sha256=sha256)
    paper: Paper = "A4" if sorted(reading.pages[0].size) == _A4 else "letter"
    expected = reading_of(page_pdf(_named(filing, names), status=status, paper=paper))
    alike = [page.drawing for page in expected.pages] == [page.drawing for page in reading.pages]
    if _laid_on(expected, exactly=alike) != _laid_on(reading, exactly=alike):
        yield Remark(
            RemarkVerdict.PROBLEM, "page", "something lies on the pages that form4 did not put there"
        )
    if alike:
        yield Remark(RemarkVerdict.OK, "page", f"drawn exactly as form4 {__version__} draws this XML")
        return
    yield _compared(expected, reading, filing)


def _edition(reading: PdfReading) -> str | None:
    """The edition whose captions the pages have, which the XML as it is sent does not say."""
    match = _EDITION.search(reading.subject)
    return match[1] if match is not None and match[1] in editions() else None


def _laid_on(reading: PdfReading, *, exactly: bool) -> object:
    """What lies on the pages: each with its place, or how many of each kind."""
    if exactly:
        return [page.laid_on for page in reading.pages]
    return Counter(kind for page in reading.pages for kind, _place in page.laid_on)


def _compared(expected: PdfReading, reading: PdfReading, filing: Filing) -> Remark:
    """The remark on pages that are not drawn alike."""
    place = _difference(expected, reading)
    if place is None:
        text = (
            f"the words are those of this XML, but not drawn as form4 {__version__} draws it here: "
            "another version of the libraries, or a change that leaves the words"
        )
        return Remark(RemarkVerdict.NOTE, "page", text)
    version = reading.creator.removeprefix(_OURS)
    if version == __version__:
        return Remark(RemarkVerdict.PROBLEM, "page", place)
    missing = _missing(filing, reading)
    if missing:
        values_text = ", ".join(f'"{value}"' for value in missing)
        return Remark(
            RemarkVerdict.PROBLEM, "page", f"values of this XML that are not on the pages: {values_text}"
        )
    text = f"made by form4 {version}, which prints otherwise than {__version__}; all values of this XML are there"
    return Remark(RemarkVerdict.NOTE, "page", text)


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
