"""``form4 import FILE -o DRAFT``: one filing becomes a draft; what the draft has no place for is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.desk.register import with_names
from form4_author.files import draft_file
from form4_author.files.input import read_bytes
from form4_author.files.output import make_folder, write_bytes
from form4_author.model.draft import Draft
from form4_author.model.label import label
from form4_author.model.table import Cell
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from form4_author.findings import Path as Place
    from form4_author.model.filing import Filing
    from form4_author.wire.read import Document

__all__ = ["ImportedDraft", "import_draft"]

_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.[A-Za-z0-9]{1,8}")
"""A file name that leads nowhere else; EDGAR's are of this form."""


class ImportedDraft(NamedTuple):
    """A filing that became a draft."""

    filing: Filing
    """As it is in the draft, with the names that the register knows."""
    messages: tuple[str, ...]
    """What the draft has no place for, and what became of each attachment."""


def import_draft(file: str, target: Path, register: str | None) -> ImportedDraft:
    """Write the draft of a filing, and its attachments into a folder beside it. Raises UnreadableInput."""
    document = read_document(read_bytes(file))
    filing = with_names(document.filing, register)
    draft_file.save(target, Draft(filing))
    left = (f"Not imported: {message}" for message in _left_behind(document))
    return ImportedDraft(filing, (*left, *_save_attachments(document, target)))


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
            yield f"Not imported: {what}: EDGAR does not accept its name"
            continue
        make_folder(folder)
        write_bytes(folder / attachment.name, attachment.content)
        yield f"Kept: {what} as {folder / attachment.name}"


def _value_at(filing: object, path: Place) -> object:
    """The value at a path of the filing."""
    value = filing
    for step in path:
        value = (
            value[step] if isinstance(step, int) and isinstance(value, tuple) else getattr(value, str(step))
        )
    return value.value if isinstance(value, Cell) else value
