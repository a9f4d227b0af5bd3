"""``form4 import``: past filings enter the register, or one becomes a draft."""

from __future__ import annotations

import re
import sys
from pathlib import Path as File
from typing import TYPE_CHECKING, Final

from form4_author.cli.boundary import READY
from form4_author.cli.intake import read_bytes
from form4_author.cli.options import CommandParser
from form4_author.cli.registered import add_register, told_nameless, with_names
from form4_author.errors import UnreadableInput
from form4_author.files import draft_file
from form4_author.files.output import make_folder
from form4_author.model.label import label
from form4_author.model.table import Cell
from form4_author.text import visible
from form4_author.wire.draft import draft_from
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.findings import Path
    from form4_author.wire.read import Document

__all__ = ["run"]

_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.[A-Za-z0-9]{1,8}")
"""A file name that leads nowhere else; EDGAR's are of this form."""


def run(word: str, arguments: Sequence[str]) -> int:
    """Fill the register; with ``-o`` write a draft, and tell what the draft has no place for."""
    parser = _parser(word)
    options = parser.parse_args(arguments)
    if options.output is None:
        from form4_author.cli.filling import filled

        return filled(options.files, options.register, as_json=options.json)
    if len(options.files) > 1:
        parser.error("-o DRAFT takes one FILE; without it, any number go into the register")
    return _drafted(options.files[0], File(options.output), options.register, force=options.force)


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


def _drafted(file: str, target: File, register: str | None, *, force: bool) -> int:
    """The draft of one filing."""
    if target.exists() and not force:
        raise UnreadableInput(
            f"{target} is already there", remedy="Choose another name, or give --force to replace it"
        )
    document = read_document(read_bytes(file))
    filing = with_names(document.filing, register)
    draft_file.save(target, draft_from(filing))
    for told in _left_behind(document):
        sys.stdout.write(f"Not taken over: {visible(told)}\n")
    for told in _attachments_kept(document, target):
        sys.stdout.write(f"{visible(told)}\n")
    edition = document.filing.edition or "submission profile"
    where = visible(str(target))
    sys.stdout.write(
        f"{where}: Form {visible(str(filing.form))} ({visible(edition)}) as a draft. {told_nameless(filing)}"
        f"Next: form4 edit {where}\n"
    )
    return READY


def _left_behind(document: Document) -> Iterator[str]:
    """What the draft has no place for, or could not be read."""
    for hit in document.hits:
        yield (f"line {hit.line}: " if hit.line else "") + hit.message
    base = document.filing.base
    for item in document.malformed:
        if _held(document.filing, item.path) is None:
            yield f'line {item.line}: "{item.text}" cannot be read as {label(item.path, base)}'


def _attachments_kept(document: Document, target: File) -> Iterator[str]:
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


def _held(filing: object, path: Path) -> object:
    """The value at a path of the filing."""
    found = filing
    for step in path:
        found = (
            found[step] if isinstance(step, int) and isinstance(found, tuple) else getattr(found, str(step))
        )
    return found.value if isinstance(found, Cell) else found
