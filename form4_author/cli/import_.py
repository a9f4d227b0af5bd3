"""``form4 import``: past filings enter the register, or one becomes a draft."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from form4_author.cli.edgar_import import add_edgar, from_edgar, run_edgar
from form4_author.cli.options import READY, UNREADABLE, CommandParser, add_register, own_stderr, written_json
from form4_author.desk.clock import today
from form4_author.desk.import_draft import import_draft
from form4_author.desk.import_filing import Done, Read, correction_messages, entered, named, paper_of
from form4_author.desk.register import names_missing, register_of
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


__all__ = ["command_parser", "filled", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Fill the register; with ``-o`` write a draft, and tell what the draft has no place for."""
    parser = command_parser(word)
    options = parser.parse_args(arguments)
    if from_edgar(parser, options):
        return run_edgar(options)
    if not options.files:
        parser.error("name a FILE, or give --ticker, --cik, --person or --accession to read EDGAR")
    if options.output is None:
        return filled(options.files, options.register, as_json=options.json)
    if len(options.files) > 1:
        parser.error("-o DRAFT takes one FILE; without it, any number go into the register")
    return _drafted(options.files[0], Path(options.output), options.register, force=options.force)


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Add past filings to the register: persons, issuers, lines, terms, signers, history.\n"
        "With -o, turn one filing of any edition into a draft instead. With --ticker, --cik,\n"
        "--person or --accession, read the filings from EDGAR over the network.",
        "form4 import filed/*.xml\n  form4 import 0001107843-24-000123.xml -o thakar.form4.json\n"
        "  form4 import --ticker QLYS --since 2024-01-01",
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="XML, envelope or EDGAR .txt; or a folder of them"
    )
    parser.add_argument(
        "-o", "--output", metavar="DRAFT", help="write this draft; do not change the register"
    )
    parser.add_argument("--force", action="store_true", help="replace an existing draft")
    add_edgar(parser)
    add_register(parser)
    return parser


def _drafted(file: str, target: Path, register: str | None, *, force: bool) -> int:
    """Write the draft of one filing, and what became of it."""
    if target.exists() and not force:
        raise UnreadableInput(
            f"{target} is already there", remedy="Choose another name, or give --force to replace it"
        )
    imported = import_draft(file, target, register)
    for message in imported.messages:
        sys.stdout.write(f"{visible(message)}\n")
    filing = imported.filing
    edition = filing.edition or "submission profile"
    where = visible(str(target))
    sys.stdout.write(
        f"{where}: Form {visible(str(filing.form))} ({visible(edition)}) as a draft. {names_missing(filing)}"
        f"Next: form4 edit {where}\n"
    )
    return READY


_Thing = TypeVar("_Thing")


def filled(files: Sequence[str], register: str | None, *, as_json: bool) -> int:
    """The files enter the register, oldest first; exit code 2 when one could not be read.

    Raises RegisterUnusable where the register fails; what it holds by then is told first.
    """
    papers, done = _papers(named(files), shown=not as_json)
    try:
        if papers:
            book = register_of(register, create=True)
            done.extend(_counted(entered(book, papers), "entering", len(papers), shown=not as_json))
    finally:
        if done:
            _report(done, as_json=as_json)
    return UNREADABLE if any(d.what == "refused" for d in done) else READY


def _papers(files: Sequence[str], *, shown: bool) -> tuple[list[Read], list[Done]]:
    papers: list[Read] = []
    refused: list[Done] = []
    for file in _counted(files, "reading", len(files), shown=shown):
        try:
            papers.append(Read(file, paper_of(file)))
        except Form4Error as error:
            refused.append(Done(file, "refused", str(error)))
    return sorted(
        papers, key=lambda r: (r.paper.day(today()) or date.min, r.paper.accession_number or "", r.file)
    ), refused


def _counted(things: Iterable[_Thing], what: str, count: int, *, shown: bool) -> Iterable[_Thing]:
    """The things with a progress bar, on a terminal and when there are many."""
    if not shown or count < 10 or not sys.stderr.isatty():
        return things
    from tqdm import tqdm

    return tqdm(things, desc=what, total=count, unit=" files", leave=False, file=own_stderr())


def _report(done: Sequence[Done], *, as_json: bool) -> None:
    if as_json:
        written_json([{k: v for k, v in d._asdict().items() if v} for d in done])
        return
    for each in done:
        if each.what == "refused":
            sys.stderr.write(f"form4: {visible(f'{each.file}: {each.told}')}\n")
        elif each.told:
            sys.stdout.write(visible(f"{each.file}: {each.told}") + "\n")
        for line in correction_messages(each.corrected):
            sys.stdout.write(visible(f"{each.file}: {line}") + "\n")
    counts = {what: sum(d.what == what for d in done) for what in ("added", "known", "refused")}
    words = (f"{counts['added']} added", f"{counts['known']} known already", f"{counts['refused']} refused")
    sys.stdout.write(", ".join(words) + ".\n")
