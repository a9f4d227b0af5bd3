"""``form4 adjustment-request``: the letter that asks EDGAR's staff for another filing date."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.cli.options import READY, CommandParser, as_of_date
from form4_author.desk.adjustment import FilerStatement, case_of, letter, letter_html, letter_text, unfilled
from form4_author.desk.clock import today
from form4_author.errors import UnreadableInput
from form4_author.files.output import write_bytes
from form4_author.page.html import PAPERS
from form4_author.text import visible
from form4_author.timing.legal_data import basis

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Write the letter; nothing is sent, and nothing is written over without ``--force``."""
    parser = command_parser(word)
    options = parser.parse_args(arguments)
    target = Path(options.output)
    if target.suffix not in (".txt", ".pdf"):
        parser.error(
            f"the letter is a .txt or .pdf file; name it, for example, {target.stem or 'letter'}.txt"
        )
    if target.exists() and not options.force:
        parser.error(f"{target} already exists; --force replaces it")
    case = case_of(options.file)
    stated = FilerStatement(options.to, options.problem, options.harm, options.signer)
    parts = letter(case, stated, today())
    if target.suffix == ".pdf":
        from form4_author.page.pdf import upright_pdf

        content = upright_pdf(letter_html(parts, case, PAPERS[options.paper]))
    else:
        content = letter_text(parts).encode("utf-8")
    try:
        write_bytes(target, content)
    except OSError as error:
        raise UnreadableInput(
            f"{target} can't be written: {(error.strerror or str(error)).lower()}",
            remedy="Choose another place",
        ) from None
    count, attempts = unfilled(parts), len(case.receipts)
    sys.stdout.write(
        f"Written to {visible(str(target))}, with {attempts} attempt{'' if attempts == 1 else 's'} on record.\n"
        f"Fill in the {count} places in square brackets and confirm the dates. Only the date can be adjusted, and\n"
        "whether it is, the SEC's staff decides. Send it with EDGAR's messages, as correspondence under the filer's\n"
        f"own CIK; the filer or counsel signs it.\n{basis()}\n"
    )
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Write the letter that asks for another filing date under Regulation S-T, Rule 13(b), from the receipts\n"
        "of every attempt to send the form. What they do not have is left in square brackets. Nothing is sent.",
        "form4 adjustment-request okafor.form4.json -o letter.txt",
    )
    parser.add_argument(
        "file", metavar="PACKET", help="folder of a packet, its draft, or a file that form4 pack wrote"
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE", help="what to write: .txt, to edit, or .pdf"
    )
    parser.add_argument(
        "--to", type=as_of_date, metavar="DATE", help="the filing date to ask for (default: the due date)"
    )
    parser.add_argument("--problem", default="", metavar="TEXT", help="what delayed the filing, and why")
    parser.add_argument("--harm", default="", metavar="TEXT", help="the harm if the date is not adjusted")
    parser.add_argument(
        "--signer", default="", metavar="NAME", help="the filer or counsel, with the capacity"
    )
    parser.add_argument(
        "--paper", choices=tuple(PAPERS), default="letter", help="paper size of a PDF (default: letter)"
    )
    parser.add_argument("--force", action="store_true", help="replace an existing file")
    return parser
