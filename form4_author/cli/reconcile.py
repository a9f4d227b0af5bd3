"""``form4 reconcile``: what EDGAR lists for a person against the register and the drafts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from form4_author.cli.options import FINDINGS, READY, CommandParser, add_register, written_json
from form4_author.desk.reconcile import files_for, list_in, open_filings, person_reconciliation
from form4_author.desk.register import register_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

__all__ = ["run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Write the differences; with ``--take-over`` import what is missing. 1 where the two sides differ."""
    parser = _parser(word)
    options = parser.parse_args(arguments)
    if options.take_over is not None and options.json:
        parser.error("--take-over writes what was imported; leave --json out")
    edgar = list_in(options.list)
    compared = person_reconciliation(register_of(options.register), options.person, edgar, open_filings())
    found = compared.result
    from form4_author.page.reconciliation import reconciliation_data, reconciliation_text

    if options.json:
        written_json(reconciliation_data(compared.cik, compared.name, found))
        return FINDINGS if found.differs else READY
    adjusted = [(f"{each.issuer}, {each.line}", each.source) for each in compared.adjusted]
    command = f"form4 reconcile {compared.cik} --list FILE --take-over FOLDER"
    name = f"{compared.name} (CIK {compared.cik})"
    sys.stdout.write(reconciliation_text(name, found, adjusted, command))
    if options.take_over is None or not found.missing:
        return FINDINGS if found.differs else READY
    return _taken_over(options, files_for(found, options.take_over), len(found.missing))


def _taken_over(options: argparse.Namespace, files: Sequence[str], missing: int) -> int:
    """Import the files of what is missing; 1 where some have no file in the folder."""
    if files:
        from form4_author.cli.import_ import filled

        code = filled(files, options.register, as_json=False)
        if code != READY:
            return code
    if len(files) < missing:
        sys.stdout.write(f"Missing in the folder: {missing - len(files)} of {missing} filings.\n")
        return FINDINGS
    return READY


def _parser(word: str) -> argparse.ArgumentParser:
    parser = CommandParser(
        word,
        "Compares the filings that EDGAR lists for a person with the register and the open drafts.\n\n"
        "Exit code: 0 when both agree, 1 when they differ, 2 when a file cannot be read.",
        "form4 reconcile thakar --list CIK0001626115.json\n"
        "  form4 reconcile thakar --list CIK0001626115.json --take-over filings/",
    )
    parser.add_argument(
        "person", nargs="?", metavar="PERSON", help="CIK or name (default: the filer of the list)"
    )
    parser.add_argument(
        "--list",
        required=True,
        metavar="FILE",
        help="the filer's list: https://data.sec.gov/submissions/CIK….json",
    )
    parser.add_argument(
        "--take-over",
        metavar="FOLDER",
        help="import what is missing from this folder; its files have accession numbers as names",
    )
    add_register(parser)
    return parser
