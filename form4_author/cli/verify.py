"""``form4 verify``: what a PDF proves, its signatures, the XML inside it, its pages."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from form4_author import __version__
from form4_author.cli.options import FINDINGS, READY, CommandParser
from form4_author.desk.verification import verified, verified_envelope, verified_packet
from form4_author.text import visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from form4_author.desk.verification import Verified
    from form4_author.signing.proof import PdfSignature
    from form4_author.signing.remark import Remark

__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Verify a file or a packet: exit code 1 when something is wrong with it, 2 when it is none of ours."""
    options = command_parser(word).parse_args(arguments)
    made = _made(options)
    if options.json:
        sys.stdout.write(_json(options, made))
    else:
        for each in made:
            sys.stdout.write("".join(f"{_line(remark)}\n" for remark in each.remarks))
            verdict = _verdict(made if each is made[-1] else (each,))
            sys.stdout.write(f"{visible(each.file)}: {verdict}\n")
    return FINDINGS if any(each.problems for each in made) else READY


def _made(options: argparse.Namespace) -> tuple[Verified, ...]:
    """What was found out about each file, the whole last."""
    if options.packet is not None:
        return (verified_envelope(options.file, options.packet),)
    asked: dict[str, Any] = {"trust_required": options.require_trust, "names": options.allow_name}
    if Path(options.file).is_dir():
        return verified_packet(options.file, options.trust, **asked)
    return (verified(options.file, options.trust, **asked),)


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Verify a PDF that form4 made: its signatures, embedded XML and pages; of a packet, each file.\n"
        "Nothing is fetched.",
        "form4 verify packet --trust company-ca.pem\n  form4 verify envelope.xml --packet packet",
    )
    parser.add_argument("file", metavar="FILE", help="a PDF, signed or not; a packet; an envelope")
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
        help="exit code 1 unless every signature has a certificate that leads to such a root",
    )
    parser.add_argument(
        "--allow-name",
        action="append",
        default=[],
        metavar="NAME",
        help="accept a certificate in this name for any signature; repeatable",
    )
    parser.add_argument(
        "--packet", metavar="DIR", help="FILE is an envelope: verify that it sends this packet's documents"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of text")
    return parser


def _line(remark: Remark) -> str:
    """The remark in 80 columns, what it means before it."""
    import textwrap

    mark = {"ok": "ok", "note": "note", "problem": "PROBLEM"}[remark.verdict.value]
    return textwrap.fill(
        f"{mark:8} {remark.subject:10} {visible(remark.text)}",
        80,
        subsequent_indent=" " * 20,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _verdict(made: Sequence[Verified]) -> str:
    """The last line: never "sound" for a file without a signature, or a signer who is not proven."""
    problems = sum(each.problems for each in made)
    signed = [signature for each in made for signature in each.signatures]
    uncompared = next((each.uncompared for each in made if each.uncompared), "")
    count = f"{len(signed)} signature{'s' if len(signed) > 1 else ''}" if signed else "not signed"
    unproven = _unproven(signed)
    if problems:
        text = f"NOT SOUND, {problems} problem{'s' if problems > 1 else ''}"
    elif unproven:
        text = f"unaltered, {count}, {unproven}"
    elif not signed:
        text = "consistent, not signed: nothing proves its origin"
    else:
        text = f"sound, {count}"
    return f"{text}; the drawing was not compared: {uncompared}" if uncompared else text


def _unproven(signed: Sequence[PdfSignature]) -> str:
    """Whose signatures are not proven to be theirs; empty where all are."""
    others = [signature for signature in signed if not signature.trusted]
    if not others:
        return ""
    if all(signature.by_own_clock for signature in others):
        return "valid only by the signer's own clock"
    if len(signed) == 1:
        return "signer not proven"
    return (
        f"{len(others)} of {len(signed)} signers not proven"
        if len(others) < len(signed)
        else "signers not proven"
    )


def _json(options: argparse.Namespace, made: Sequence[Verified]) -> str:
    remarks = [remark for each in made for remark in each.remarks]
    signed = [signature for each in made for signature in each.signatures]
    data: dict[str, Any] = {
        "tool": "form4-author",
        "version": __version__,
        "file": options.file,
        "verdict": _verdict_data(made, signed),
        "drawing_compared": not any(each.uncompared for each in made),
        "signatures": [_signature_data(signature) for signature in signed],
        "remarks": [{"verdict": r.verdict.value, "subject": r.subject, "text": r.text} for r in remarks],
    }
    if len(made) > 1:
        data["files"] = [{"file": each.file, "problems": each.problems} for each in made]
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _verdict_data(made: Sequence[Verified], signed: Sequence[PdfSignature]) -> str:
    if any(each.problems for each in made):
        return "not sound"
    if not signed:
        return "consistent"
    return "unaltered" if _unproven(signed) else "sound"


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
        "by_own_clock": signature.by_own_clock,
        "trial": signature.trial,
        "long_term": signature.evidence,
    }
