"""The packet: every file that a filing leaves behind, made in memory.

The page, the PDF and the report are always made; the XML to send and the authentication documents, which name it, only
when nothing blocks. A public-profile XML is a view and is made whenever it is asked for, without those papers.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from form4_author import __version__
from form4_author.page.authentication import authentication_views
from form4_author.page.authentication_file import AuthenticationRecord, authentication_files, xml_enclosure
from form4_author.page.html import page_html
from form4_author.page.manifest import MANIFEST, manifest_entry
from form4_author.page.next_steps import NEXT_STEPS, next_steps
from form4_author.page.pdf import Enclosure, page_pdf
from form4_author.page.report import Checked, foot, heading, report_text, reports_json
from form4_author.page.view import PageStatus, page_view
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.legal_data import basis_data
from form4_author.wire.write import omitted_paths, write_document

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from form4_author.codes import Edition
    from form4_author.findings import Path, Report
    from form4_author.model.filing import Filing
    from form4_author.model.submission import Attachment
    from form4_author.page.html import Paper

__all__ = [
    "PARTS",
    "Packet",
    "PacketRequest",
    "authentication_names",
    "form_enclosures",
    "packet",
    "said_hash",
]

PARTS: Final = ("xml", "html", "pdf", "papers", "report")
"""What ``--only`` may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketRequest:
    """What is asked for."""

    parts: frozenset[str] = frozenset(PARTS)
    public: Edition | None = None
    """The edition whose public profile is wanted, and its printed captions; None: the submission profile."""
    paper: Paper = "letter"
    """What the PDF is made for."""
    filed: date | None = None
    """The day of filing, where it is known: the authentication documents state until when they are retained."""
    attached: tuple[Attachment, ...] = ()
    """What goes beside the XML, under the names that EDGAR will see."""
    due: str | None = None
    """When it is due, as the screens have it: the packet then holds the next steps; None: it does not."""
    part: str = ""
    """``1 of 2``, where the filing makes several forms."""
    about: Mapping[str, str] = field(default_factory=dict)
    """What the manifest says of the draft, by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """The files, by name, and what the reader should know."""

    files: dict[str, bytes]
    xml_withheld: bool
    """Whether findings or open questions keep the XML from being made; one of an earlier run is then out of date."""
    omitted: tuple[Path, ...] = ()
    """Values that the public profile's edition has no place for."""


def packet(filing: Filing, report: Report, request: PacketRequest) -> Packet:
    """The packet of a checked filing; the same filing and version give the same bytes.

    Raises ResourceMissing when the PDF is asked for and WeasyPrint's libraries are not there.
    """
    blocked = report.is_blocked or not report.readable
    withheld = blocked and request.public is None
    xml = None if withheld else write_document(filing, request.public)
    name = f"form{(filing.form or '4').lower().replace('/', '')}"
    files: dict[str, bytes] = {}
    if xml is not None and "xml" in request.parts:
        files[f"{name}.xml"] = xml
    status = PageStatus(
        draft=blocked,
        xml_sha256=hashlib.sha256(xml).hexdigest() if xml is not None else None,
        sent=request.public is None,
    )
    shown = filing if request.public is None else replace(filing, edition=request.public.edition)
    if "html" in request.parts:
        files[f"{name}.html"] = page_html(shown, status=status).encode("utf-8", "backslashreplace")
    checked = Checked(page_view(shown).running, status.xml_sha256)
    findings = reports_json([report], [checked]).encode("utf-8", "backslashreplace")
    if "pdf" in request.parts:
        exhibits = {} if withheld or request.public is not None else _attached(request)
        enclosed = form_enclosures((f"{name}.xml", xml) if xml is not None else None, findings, exhibits)
        files[f"{name}.pdf"] = page_pdf(shown, status=status, enclosures=enclosed, paper=request.paper)
    if xml is not None and request.public is None:
        # The authentication documents, which are made last, keep their place among the files.
        names = authentication_names(filing) if "papers" in request.parts else ()
        files |= dict.fromkeys(names, b"") | _attached(request)
    if "report" in request.parts:
        words = heading(report, checked) + report_text(report) + foot()
        files["report.txt"] = words.encode("utf-8", "backslashreplace")
        files["report.json"] = findings
    if xml is not None and request.due is not None and request.public is None:
        steps = next_steps(filing, request.due, (a.name or "" for a in request.attached), request.part)
        files[NEXT_STEPS] = ("\n".join(steps) + "\n").encode("utf-8", "backslashreplace")
    if xml is not None and request.public is None and "papers" in request.parts:
        files |= _papers(filing, (f"{name}.xml", xml), files, _said(filing, report, request), request)
    files[MANIFEST] = _manifest(files, _said(filing, report, request))
    omitted = omitted_paths(filing, request.public) if request.public is not None else ()
    return Packet(files=files, xml_withheld=withheld, omitted=omitted)


def _attached(request: PacketRequest) -> dict[str, bytes]:
    return {attachment.name or "": attachment.content for attachment in request.attached}


def authentication_names(filing: Filing) -> tuple[str, ...]:
    """The names of the authentication documents, one for each signatory."""
    count = len(authentication_views(filing, document="", sha256=""))
    return tuple(f"authentication{f'-{number}' if count > 1 else ''}.pdf" for number in range(1, count + 1))


def _papers(
    filing: Filing,
    xml: tuple[str, bytes],
    files: Mapping[str, bytes],
    said: Mapping[str, object],
    request: PacketRequest,
) -> dict[str, bytes]:
    """The authentication documents, which name the XML and list what else is in the packet."""
    listed = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if not name.endswith(".pdf")
    }
    about = AuthenticationRecord(
        document=xml[0],
        issuer=filing.issuer.name or "",
        owners=tuple(owner.name or "" for owner in filing.owners),
        paper=request.paper,
        filed=request.filed,
        files={**listed, MANIFEST: said_hash(said)},
    )
    return authentication_files(filing, xml[1], about)


def said_hash(manifest: Mapping[str, object]) -> str:
    """The SHA-256 of what a manifest says, save the files that it lists and a release."""
    said = {key: value for key, value in manifest.items() if key not in ("files", "release")}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def form_enclosures(
    xml: tuple[str, bytes] | None, report: bytes | None, exhibits: Mapping[str, bytes]
) -> tuple[Enclosure, ...]:
    """The files inside a form's PDF: the XML that it shows, the report on it, the exhibits that are filed with it.

    ``xml``: name and content; None while findings block.
    """
    return (
        *((xml_enclosure(*xml),) if xml is not None else ()),
        *((_report(report),) if report is not None else ()),
        *(_exhibit(name, content) for name, content in exhibits.items()),
    )


def _exhibit(name: str, content: bytes) -> Enclosure:
    return Enclosure(
        name=name, content=content, description="Exhibit, as it is filed", relationship="Supplement"
    )


def _report(findings: bytes) -> Enclosure:
    return Enclosure(
        name="report.json", content=findings, description="Findings and verdict of form4", relationship="Data"
    )


def _said(filing: Filing, report: Report, request: PacketRequest) -> dict[str, object]:
    """What the manifest says beside the files."""
    return {
        "tool": "form4-author",
        "version": __version__,
        "form": filing.form,
        "edition": (request.public.edition if request.public is not None else report.edition),
        "profile": "submission" if request.public is None else "public",
        "verdict": report.verdict.value,
        **request.about,
        **basis_data(sec_calendar().added),
    }


def _manifest(files: dict[str, bytes], said: dict[str, object]) -> bytes:
    data = {**said, "files": {name: manifest_entry(content) for name, content in sorted(files.items())}}
    return (json.dumps(data, indent=2) + "\n").encode("utf-8", "backslashreplace")
