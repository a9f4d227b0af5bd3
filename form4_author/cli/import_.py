"""``form4 import``: past filings enter the register, or one becomes a draft."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from form4_author.cli.options import READY, UNREADABLE, CommandParser, add_register, own_stderr, written_json
from form4_author.desk.clock import today
from form4_author.desk.import_filing import Done, Read, correction_messages, entered, named, paper_of
from form4_author.desk.register import names_missing, register_of, with_names
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files import draft_file
from form4_author.files.input import read_bytes
from form4_author.files.output import make_folder
from form4_author.model.label import label
from form4_author.model.table import Cell
from form4_author.text import visible
from form4_author.wire.draft import draft_from
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from form4_author.findings import Path as Place
    from form4_author.wire.read import Document


__all__ = ["filled", "run"]

_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.[A-Za-z0-9]{1,8}")
"""A file name that leads nowhere else; EDGAR's are of this form."""


def run(word: str, arguments: Sequence[str]) -> int:
    """Fill the register; with ``-o`` write a draft, and tell what the draft has no place for."""
    parser = _parser(word)
    options = parser.parse_args(arguments)
    if options.output is None:
        return filled(options.files, options.register, as_json=options.json)
    if len(options.files) > 1:
        parser.error("-o DRAFT takes one FILE; without it, any number go into the register")
    return _drafted(options.files[0], Path(options.output), options.register, force=options.force)


def _parser(word: str) -> CommandParser:
    parser = CommandParser(
        word,
        "Puts past filings into the register: persons, issuers, lines, terms, who signs, history.\n"
        "With -o, turns one filing of any edition into a draft instead.",
        "form4 import filed/*.xml\n  form4 import 0001107843-24-000123.xml -o thakar.form4.json",
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="XML, envelope or EDGAR .txt; or a folder of them"
    )
    parser.add_argument(
        "-o", "--output", metavar="DRAFT", help="write this draft, and leave the register alone"
    )
    parser.add_argument("--force", action="store_true", help="replace a draft that is there")
    add_register(parser)
    return parser


def _drafted(file: str, target: Path, register: str | None, *, force: bool) -> int:
    """The draft of one filing."""
    if target.exists() and not force:
        raise UnreadableInput(
            f"{target} is already there", remedy="Choose another name, or give --force to replace it"
        )
    document = read_document(read_bytes(file))
    filing = with_names(document.filing, register)
    draft_file.save(target, draft_from(filing))
    for message in _left_behind(document):
        sys.stdout.write(f"Not taken over: {visible(message)}\n")
    for message in _save_attachments(document, target):
        sys.stdout.write(f"{visible(message)}\n")
    edition = document.filing.edition or "submission profile"
    where = visible(str(target))
    sys.stdout.write(
        f"{where}: Form {visible(str(filing.form))} ({visible(edition)}) as a draft. {names_missing(filing)}"
        f"Next: form4 edit {where}\n"
    )
    return READY


def _left_behind(document: Document) -> Iterator[str]:
    """What the draft has no place for, or could not be read."""
    for hit in document.hits:
        yield (f"line {hit.line}: " if hit.line else "") + hit.message
    base = document.filing.base
    for item in document.malformed:
        if _value_at(document.filing, item.path) is None:
            yield f'line {item.line}: "{item.text}" cannot be read as {label(item.path, base)}'


def _save_attachments(document: Document, target: Path) -> Iterator[str]:
    """What is done with each attachment: a folder beside the draft holds it, for form4 pack --attach."""
    folder = target.with_name(f"{target.name.split('.', 1)[0]}-attachments")
    for attachment in document.submission.attachments if document.submission is not None else ():
        what = f"attachment {attachment.name or '(without name)'} ({attachment.type or 'without type'})"
        if _SAFE.fullmatch(attachment.name or "") is None or attachment.name is None:
            yield f"Not taken over: {what}: its name is none that EDGAR takes"
            continue
        make_folder(folder)
        draft_file.write_bytes(folder / attachment.name, attachment.content)
        yield f"Kept: {what} as {folder / attachment.name}"


def _value_at(filing: object, path: Place) -> object:
    """The value at a path of the filing."""
    found = filing
    for step in path:
        found = (
            found[step] if isinstance(step, int) and isinstance(found, tuple) else getattr(found, str(step))
        )
    return found.value if isinstance(found, Cell) else found


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
