"""``form4 verify``: what a PDF proves, its signatures, the XML inside it, its pages."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from form4_author import __version__
from form4_author.cli.options import FINDINGS, READY, CommandParser
from form4_author.desk.signature import printed_copy, verified
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.signing.proof import PdfSignature
    from form4_author.signing.verification import Remark

__all__ = ["run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Verify one file: exit code 1 when something is wrong with it, 2 when it is no PDF of ours."""
    options = _parser(word).parse_args(arguments)
    options.file = printed_copy(options.file)
    signed, remarks = verified(options.file, options.trust, trust_required=options.require_trust)
    problems = sum(1 for remark in remarks if remark.verdict.value == "problem")
    if options.json:
        sys.stdout.write(_json(options.file, signed, remarks))
    else:
        sys.stdout.write("".join(f"{_line(remark)}\n" for remark in remarks))
        sys.stdout.write(f"{visible(options.file)}: {_verdict(signed, problems)}\n")
    return FINDINGS if problems else READY


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
