"""``--attach``: files that go beside the form, their types, and the names EDGAR takes."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author.errors import UnreadableInput
from form4_author.files.input import read_bytes
from form4_author.model.submission import Attachment

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["attachments_of", "listed", "named_for_edgar", "printable", "sources"]

_NAME_LENGTH: Final = 32
_NOT_PLAIN: Final = re.compile(r"[^a-z0-9]+")


def attachments_of(attach: Sequence[tuple[str, str]]) -> tuple[Attachment, ...]:
    """The files of ``--attach``, read, under the names they have.

    Raises UnreadableInput, which names the file.
    """
    attachments = []
    for file, kind in attach:
        try:
            content = read_bytes(file)
        except UnreadableInput as error:
            error.file = file
            raise
        source = os.path.realpath(file)
        attachments.append(Attachment(name=Path(file).name, type=kind, content=content, source=source))
    return tuple(attachments)


def sources(attach: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The files of ``--attach``, links followed."""
    return frozenset(os.path.realpath(file) for file, _kind in attach)


def printable(text: str) -> str:
    """The text with its unprintable characters, such as the codes that steer a terminal, written as escapes."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def listed(file: str, form: tuple[str, str, int] | None, attached: Sequence[Attachment]) -> str:
    """The documents that are sent, a line each: name, type, size and the file it comes from.

    ``file``: the draft or document that holds the form; ``form``: its name, type and size, where it is among them.
    """
    table = [(*form, f"the form, from {file}")] if form is not None else []
    for each in attached:
        source = f"from {each.source}" if each.source else f"from the envelope {file}"
        table.append((each.name or "", each.type or "", len(each.content), source))
    names = max(len(printable(name)) for name, *_ in table)
    kinds = max(len(printable(kind)) for _, kind, *_ in table)
    sizes = max(len(f"{size:,}") for *_, size, _ in table)
    return "".join(
        f"  {printable(name):{names}}  {printable(kind):{kinds}}  {size:>{sizes},} bytes  {printable(source)}\n"
        for name, kind, size, source in table
    )


def named_for_edgar(attachment: Attachment, number: int) -> Attachment:
    """The attachment under a name that EDGAR takes: ``ex24-poasmith.txt`` for ``POA Smith.txt``.

    A graphic keeps its name, by which a page refers to it. ``number`` tells apart what would have one name.
    """
    kind = (attachment.type or "").partition(".")[0]
    file = Path(attachment.name or "")
    if kind == "GRAPHIC":
        return attachment
    prefix = _NOT_PLAIN.sub("", kind.lower())
    stem = _NOT_PLAIN.sub("", file.stem.lower()).removeprefix(prefix)
    suffix = file.suffix.lower()
    tail = f"{number}" if number > 1 else ""
    room = _NAME_LENGTH - len(prefix) - 1 - len(suffix) - len(tail)
    return replace(attachment, name=f"{prefix}-{stem[:room] or 'a'}{tail}{suffix}")
