"""``form4 audit``: breaks in holdings, late reports, missing forms and possible short-swing profit of an issuer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.cli.options import FINDINGS, READY, CommandParser, add_register, written_json
from form4_author.cli.page_file import refuse_existing, write_page
from form4_author.desk.audit import audit_of
from form4_author.desk.register import register_of
from form4_author.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.desk.audit import IssuerAudit

__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Examine the issuer and write what was found; 1 where a finding is more than a note."""
    options = command_parser(word).parse_args(arguments)
    audit = audit_of(register_of(options.register), options.issuer)
    if options.html is not None:
        _page(audit, Path(options.html), force=options.force)
    elif options.json:
        from form4_author.page.audit import audit_data

        written_json(audit_data(audit.cik, audit.name, audit.insiders))
    else:
        from form4_author.page.audit import audit_text

        sys.stdout.write(audit_text(f"{audit.name} (CIK {audit.cik})", audit.insiders))
    serious = any(f.severity is not Severity.NOTE for insider in audit.insiders for f in insider.findings)
    return FINDINGS if serious else READY


def _page(audit: IssuerAudit, file: Path, *, force: bool) -> None:
    """Write the page. Raises Form4Error where a file is there already."""
    from form4_author.page.audit import audit_html

    refuse_existing(file, force=force)
    write_page(file, audit_html(audit.cik, audit.name, audit.insiders).encode(), "The audit")


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Examines every filing in the register about an issuer: breaks in holdings, late reports,\n"
        "missing Forms 3, possible short-swing profit. docs/audit.md describes each.\n\n"
        "Exit code: 0 with nothing above a note, 1 with a warning, 2 when the register cannot be read.",
        "form4 audit --issuer QLYS\n  form4 audit --issuer QLYS --html audit.html",
    )
    parser.add_argument("--issuer", required=True, metavar="ISSUER", help="CIK, symbol or name")
    parser.add_argument(
        "--html", metavar="FILE", help="write a page with a chart of holdings for each insider"
    )
    parser.add_argument("--force", action="store_true", help="replace a page that exists")
    add_register(parser)
    return parser
