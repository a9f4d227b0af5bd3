"""``form4 verify``: what a PDF proves, its signatures, the XML inside it, its pages."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from form4_author import __version__
from form4_author.cli.options import FINDINGS, READY, CommandParser
from form4_author.desk.clock import today
from form4_author.errors import UnreadableInput
from form4_author.files.input import read_bytes
from form4_author.text import visible
from form4_author.timing.calendar import sec_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from form4_author.signing.proof import PdfSignature
    from form4_author.signing.verification import Remark

__all__ = ["run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Verify one file: exit code 1 when something is wrong with it, 2 when it is no PDF of ours."""
    options = _parser(word).parse_args(arguments)
    options.file = _printed_copy(options.file)
    try:
        signed, remarks = _signatures_and_remarks(options.file, options.trust, required=options.require_trust)
    except UnreadableInput as error:
        error.file = error.file or options.file
        raise
    problems = sum(1 for remark in remarks if remark.verdict.value == "problem")
    if options.json:
        sys.stdout.write(_json(options.file, signed, remarks))
    else:
        sys.stdout.write("".join(f"{_line(remark)}\n" for remark in remarks))
        sys.stdout.write(f"{visible(options.file)}: {_verdict(signed, problems)}\n")
    return FINDINGS if problems else READY


def _printed_copy(file: str) -> str:
    """The file, or the printed copy in a packet. Raises UnreadableInput for a folder without one."""
    if not Path(file).is_dir():
        return file
    forms = sorted(Path(file).glob("form*.pdf"))
    if len(forms) != 1:
        raise UnreadableInput(
            f"{file} holds no form as PDF", remedy="Name the PDF, or the folder of a packet"
        )
    return str(forms[0])


def _parser(word: str) -> CommandParser:
    parser = CommandParser(
        word,
        "Verifies a PDF that form4 made: its signatures, the XML inside it, its pages. Nothing is fetched.",
        "form4 verify packet/form4.pdf --trust company-ca.pem",
    )
    parser.add_argument("file", metavar="FILE", help="the printed copy, signed or not, or its packet")
    parser.add_argument(
        "--trust",
        action="append",
        default=[],
        metavar="CERT",
        help="a root certificate that you trust (PEM or DER); repeatable",
    )
    parser.add_argument(
        "--require-trust",
        action="store_true",
        help="exit code 1 unless every place is signed with a certificate that leads to such a root",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of text")
    return parser


def _signatures_and_remarks(
    file: str, trust: Sequence[str], *, required: bool
) -> tuple[tuple[PdfSignature, ...], list[Remark]]:
    from form4_author.signing.identity import certificates_in
    from form4_author.signing.proof import signatures
    from form4_author.signing.reading import reading_of
    from form4_author.signing.seal import places
    from form4_author.signing.verification import is_ours, remarks_on

    pdf = read_bytes(file)
    signed = signatures(pdf, [root for name in trust for root in certificates_in(read_bytes(name))])
    reading = reading_of(pdf)
    if not is_ours(reading):
        raise UnreadableInput(
            "This PDF was not made by form4, so there is nothing to hold it against",
            remedy="Name the PDF of a packet; pdfsig or a PDF viewer verifies signatures of any other",
        )
    empty = [place.field for place in places(pdf) if not place.signed]
    remarks = [remark for signature in signed for remark in _on_signature(signature, required=required)]
    remarks += _on_empty(empty, signed=bool(signed), required=required)
    return signed, [*remarks, *remarks_on(reading, today(), sec_calendar(), _beside(file))]


def _beside(file: str) -> dict[str, str]:
    """The XML files of the packet that a file lies in, by their SHA-256."""
    xml_files = sorted(Path(file).parent.glob("form*.xml"))
    return {hashlib.sha256(xml.read_bytes()).hexdigest(): xml.name for xml in xml_files}


def _on_signature(signature: PdfSignature, *, required: bool) -> Iterator[Remark]:
    from form4_author.signing.proof import Later
    from form4_author.signing.verification import Remark, RemarkVerdict

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
    yield _on_time(signature, required=required)
    yield _on_trust(signature, required=required)


def _on_time(signature: PdfSignature, *, required: bool) -> Remark:
    from form4_author.signing.verification import Remark, RemarkVerdict

    if signature.stamped_at is None:
        text = f"signed {_eastern(signature.signed_at)} by the signer's own clock"
        return Remark(RemarkVerdict.NOTE, "time", text)
    text = f"time-stamped {_eastern(signature.stamped_at)}"
    if signature.stamp_trusted:
        return Remark(RemarkVerdict.OK, "time", text)
    verdict = RemarkVerdict.PROBLEM if required else RemarkVerdict.NOTE
    return Remark(verdict, "time", f"{text}, by a server that leads to no root given with --trust")


def _on_trust(signature: PdfSignature, *, required: bool) -> Remark:
    from form4_author.signing.verification import Remark, RemarkVerdict

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
        RemarkVerdict.PROBLEM if required else RemarkVerdict.NOTE,
        "trust",
        f"{signature.signer} is not trusted: {why}",
    )


def _on_empty(empty: Sequence[str], *, signed: bool, required: bool) -> Iterator[Remark]:
    from form4_author.signing.verification import Remark, RemarkVerdict

    verdict = RemarkVerdict.PROBLEM if required else RemarkVerdict.NOTE
    if not signed:
        yield Remark(verdict, "signature", "not signed")
    for field in empty:
        yield Remark(verdict, "signature", f'"{field}" is not signed')


def _eastern(moment: datetime | None) -> str:
    if moment is None:
        return "at a time that it does not say,"
    from zoneinfo import ZoneInfo

    return f"{moment.astimezone(ZoneInfo('America/New_York')):%Y-%m-%d %H:%M:%S} Eastern"


def _line(remark: Remark) -> str:
    """The remark in 80 columns, what it means before it."""
    import textwrap

    mark = {"ok": "ok", "note": "note", "problem": "PROBLEM"}[remark.verdict.value]
    return textwrap.fill(
        f"{mark:8} {remark.subject:10} {remark.text}",
        80,
        subsequent_indent=" " * 20,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _verdict(signed: Sequence[PdfSignature], problems: int) -> str:
    if problems:
        return f"NOT SOUND, {problems} problem{'s' if problems > 1 else ''}"
    return (
        f"sound, {len(signed)} signature{'s' if len(signed) > 1 else ''}" if signed else "sound, not signed"
    )


def _json(file: str, signed: Sequence[PdfSignature], remarks: Sequence[Remark]) -> str:
    problem = any(remark.verdict.value == "problem" for remark in remarks)
    data: dict[str, Any] = {
        "tool": "form4-author",
        "version": __version__,
        "file": file,
        "verdict": "not sound" if problem else "sound",
        "signatures": [_signature_data(signature) for signature in signed],
        "remarks": [{"verdict": r.verdict.value, "subject": r.subject, "text": r.text} for r in remarks],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _signature_data(signature: PdfSignature) -> dict[str, Any]:
    signed, stamped = signature.signed_at, signature.stamped_at
    return {
        "field": signature.field,
        "signer": signature.signer,
        "issuer": signature.issuer,
        "signed_at": signed.isoformat() if signed is not None else None,
        "stamped_at": stamped.isoformat() if stamped is not None else None,
        "intact": signature.intact,
        "whole": signature.whole,
        "later": signature.later.value,
        "trusted": signature.trusted,
        "trial": signature.trial,
        "long_term": signature.evidence,
    }
