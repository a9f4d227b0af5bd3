"""``form4 attest``: the paper that a signatory signs by hand before signing electronically."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.cli.options import READY, CommandParser
from form4_author.files.output import write_bytes
from form4_author.page.authentication import attestation_html
from form4_author.page.html import PAPERS
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Write the attestation as a PDF; one that is there already is not written over."""
    parser = command_parser(word)
    options = parser.parse_args(arguments)
    target = Path(options.output)
    name = " ".join(options.name.split())
    if not name:
        parser.error("--name must be the signatory's name")
    if target.suffix.lower() != ".pdf":
        parser.error(f"the attestation is a PDF; name it, for example, {target.stem or 'attestation'}.pdf")
    if target.exists():
        parser.error(f"{target} already exists and may have been signed; choose a different name")
    from form4_author.page.pdf import upright_pdf

    page = attestation_html(name, title=options.title, filer=options.filer, paper=PAPERS[options.paper])
    write_bytes(target, upright_pdf(page))
    sys.stdout.write(
        f"Written to {visible(str(target))}. {visible(name)} signs it by hand, before the first electronic signature.\n"
        "Keep it for seven years after the last authentication document signed electronically.\n"
    )
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Write the attestation of Regulation S-T, Rule 302(b)(2): signed once, by hand,\n"
        "before its signatory first signs an authentication document electronically.",
        'form4 attest --name "Jane Doe" -o attestation-doe.pdf',
    )
    parser.add_argument("--name", required=True, metavar="NAME", help="the signatory")
    parser.add_argument("-o", "--output", required=True, metavar="FILE.pdf", help="what to write")
    parser.add_argument("--title", default="", metavar="TEXT", help="the signatory's office or capacity")
    parser.add_argument("--filer", default="", metavar="NAME", help="who keeps the signed original")
    parser.add_argument(
        "--paper", choices=tuple(PAPERS), default="letter", help="paper size (default: letter)"
    )
    return parser
