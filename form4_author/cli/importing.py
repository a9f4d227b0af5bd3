"""``form4 import``: a filed form becomes a draft."""

from __future__ import annotations

import re
import sys
from pathlib import Path as File
from typing import TYPE_CHECKING, Final

from form4_author import store
from form4_author.cli.boundary import READY
from form4_author.cli.intake import read_bytes
from form4_author.cli.options import CommandParser
from form4_author.errors import UnreadableInput
from form4_author.model.label import label
from form4_author.model.table import Cell
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
    """Write the draft; what the draft has no place for is told."""
    parser = CommandParser(
        word,
        "Turns a primary document, envelope or EDGAR submission text of any edition into a draft.",
        "form4 import 0001107843-24-000123.xml -o thakar.form4.json",
    )
    parser.add_argument("file", metavar="FILE", help="XML or EDGAR .txt")
    parser.add_argument("-o", "--output", required=True, metavar="DRAFT", help="the draft to write")
    parser.add_argument("--force", action="store_true", help="replace a draft that is there")
    options = parser.parse_args(arguments)
    target = File(options.output)
    if target.exists() and not options.force:
        raise UnreadableInput(
            f"{target} is already there", remedy="Choose another name, or give --force to replace it"
        )
    document = read_document(read_bytes(options.file))
    store.save(target, draft_from(document.filing))
    for told in _left_behind(document):
        sys.stdout.write(f"Not taken over: {told}\n")
    for told in _attachments_kept(document, target):
        sys.stdout.write(f"{told}\n")
    edition = document.filing.edition or "submission profile"
    sys.stdout.write(
        f"{target}: Form {document.filing.form} ({edition}) as a draft. Next: form4 edit {target}\n"
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
        folder.mkdir(exist_ok=True)
        store.write_bytes(folder / attachment.name, attachment.content)
        yield f"Kept: {what} as {folder / attachment.name}"


def _held(filing: object, path: Path) -> object:
    """The value at a path of the filing."""
    found = filing
    for step in path:
        found = (
            found[step] if isinstance(step, int) and isinstance(found, tuple) else getattr(found, str(step))
        )
    return found.value if isinstance(found, Cell) else found
