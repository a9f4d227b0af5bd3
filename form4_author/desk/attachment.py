"""``--attach``: files that go beside the form, their types, and the names EDGAR takes."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.errors import UnreadableInput
from form4_author.files.input import read_bytes
from form4_author.model.submission import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["FormSent", "attachments_of", "listed", "named_for_edgar", "printable", "sources"]

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


class FormSent(NamedTuple):
    """The form among the documents that are sent."""

    name: str
    type: str
    size: int
    sha256: str
    """Of its bytes without the CCC."""


def listed(file: str, form: FormSent | None, attached: Sequence[Attachment]) -> str:
    """The documents that are sent: name, type, size and the file it comes from, and below each its SHA-256.

    ``file``: the draft or document that holds the form; ``form``: None where it is not among them.
    """
    table = [(*form, f"the form, from {file}")] if form is not None else []
    for each in attached:
        source = f"from {each.source}" if each.source else f"from the envelope {file}"
        import hashlib

        sha256 = hashlib.sha256(each.content).hexdigest()
        table.append((each.name or "", each.type or "", len(each.content), sha256, source))
    names = max(len(printable(name)) for name, *_ in table)
    kinds = max(len(printable(kind)) for _, kind, *_ in table)
    sizes = max(len(f"{size:,}") for _, _, size, *_ in table)
    return "".join(
        f"  {printable(name):{names}}  {printable(kind):{kinds}}  {size:>{sizes},} bytes  {printable(source)}\n"
        f"      SHA-256 {sha256}\n"
        for name, kind, size, sha256, source in table
    )


def named_for_edgar(
    attachments: Iterable[Attachment], taken: Iterable[str | None] = ()
) -> tuple[Attachment, ...]:
    """The attachments under names that EDGAR takes: ``ex24-poasmith.txt`` for ``POA Smith.txt``.

    No two have one name, nor one that is ``taken``. A graphic keeps its name, by which a page refers to it.
    """
    used = set(taken)
    named = []
    for attachment in attachments:
        each = attachment
        if (attachment.type or "").partition(".")[0] != "GRAPHIC":
            names = (_edgar_name(attachment, tail) for tail in chain([""], map(str, count(2))))
            each = replace(attachment, name=next(name for name in names if name not in used))
        used.add(each.name)
        named.append(each)
    return tuple(named)


def _edgar_name(attachment: Attachment, tail: str) -> str:
    """The name made of an attachment's type and file, with ``tail`` before its suffix."""
    file = Path(attachment.name or "")
    prefix = _NOT_PLAIN.sub("", (attachment.type or "").partition(".")[0].lower())
    stem = _NOT_PLAIN.sub("", file.stem.lower()).removeprefix(prefix)
    suffix = file.suffix.lower()
    room = _NAME_LENGTH - len(prefix) - 1 - len(suffix) - len(tail)
    return f"{prefix}-{stem[:room] or 'a'}{tail}{suffix}"
