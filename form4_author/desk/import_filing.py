"""``form4 import FILE…`` into the register: each file whole or not at all; a bad one is reported and stops nothing."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.desk.clock import eastern, moment
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files.input import filings_below, read_bytes
from form4_author.ident.accession import accession_in
from form4_author.register.account import inherited
from form4_author.register.database import RegisterUnusable
from form4_author.register.listing import inherited_data
from form4_author.register.record import Paper, recorded
from form4_author.register.table import party_name
from form4_author.text import grouped
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from form4_author.register.database import Register, Session
    from form4_author.register.table import Filed
    from form4_author.wire.read import Document

__all__ = ["Done", "Read", "correction_messages", "entered", "filed_document", "filed_document_in", "named"]


class Done(NamedTuple):
    """What became of a file."""

    file: str
    what: str
    """``added``, ``known`` or ``refused``."""
    told: str = ""
    corrected: tuple[dict[str, Any], ...] = ()
    """Of an amendment: lines whose later forms went on from the error."""


_AT_ONCE: Final = 100
"""Files that enter in one transaction: what a killed import loses at most."""


class Read(NamedTuple):
    """A file that could be read."""

    file: str
    paper: Paper


def named(files: Sequence[str]) -> list[str]:
    """The files, and those below the folders that may be filings, each once. Raises Form4Error where there is none."""
    if "" in files:
        raise Form4Error("A name among the files is empty", remedy="Name files or folders; . is this folder")
    found = dict.fromkeys(
        str(file)
        for name in files
        for file in (_filings(Path(name)) if Path(name).is_dir() else [Path(name)])
    )
    if not found:
        raise Form4Error(
            f"There is no filing in {', '.join(files)}", remedy="Name a folder with XML or .txt files"
        )
    return list(found)


def _filings(folder: Path) -> list[Path]:
    """Those of a folder that are no drafts."""
    return [file for file in filings_below(folder) if file.suffix.lower() in (".xml", ".txt")]


def filed_document(file: str) -> Paper:
    """The filing in a file, with what file and name say about it. Raises UnreadableInput."""
    if file.endswith((".form4.json", ".form4.yaml")):
        raise UnreadableInput(
            "This is a draft, not a filing", remedy=f"After it is filed, run form4 filed {file}"
        )
    return filed_document_in(read_bytes(file), Path(file).name)


def filed_document_in(content: bytes, name: str) -> Paper:
    """The filing in the content of a file of this name. Raises UnreadableInput."""
    document = read_document(content)
    submission = document.submission
    named_number = accession_in(name)
    attachments = submission.attachments if submission is not None else ()
    return Paper(
        filing=document.filing,
        sha256=_digest(content, document),
        file=name,
        accession_number=(submission.accession_number if submission else None) or named_number,
        filed=submission.filed if submission is not None else None,
        accepted_at=submission.accepted.replace(tzinfo=eastern())
        if submission and submission.accepted
        else None,
        powers_attached=any((a.type or "").startswith("EX-24") for a in attachments),
    )


def _digest(content: bytes, document: Document) -> str:
    """The SHA-256 of a public document that is the form and nothing else; of any other, that of its form alone.

    What is to be sent may hold a CCC, and so may a comment or an element that no form has: a hash over it could be
    searched for the code.
    """
    whole = document.profile == "public" and not document.hits
    return hashlib.sha256(content if whole else write_document(document.filing)).hexdigest()


def entered(book: Register, papers: Sequence[Read]) -> Iterator[Done]:
    """What became of each file, once it is on disk."""
    for start in range(0, len(papers), _AT_ONCE):
        with book.writing() as session:
            done = [_one(book, session, read) for read in papers[start : start + _AT_ONCE]]
        yield from done


def _one(book: Register, session: Session, read: Read) -> Done:
    """One file, whole or not at all."""
    try:
        with book.apart(session):
            filed = recorded(session, read.paper, moment())
            if filed is None:
                return Done(read.file, "known")
            corrections = tuple(inherited_data(i) for i in inherited(session, filed))
            return Done(read.file, "added", _nameless(filed), corrections)
    except RegisterUnusable:
        raise
    except Form4Error as error:
        return Done(read.file, "refused", str(error))


def _nameless(filed: Filed) -> str:
    """What to do where the XML names no one, as it is sent, and the register knows no better; else empty."""
    ciks = [person.cik for person in filed.persons if party_name(person) is None]
    if not ciks:
        return ""
    return (
        f"submission XML contains no names; {', '.join(ciks)} is known by its CIK alone."
        f" Name it: form4 person edit {ciks[0]} --name"
    )


def correction_messages(corrected: Iterable[dict[str, Any]]) -> Iterator[str]:
    """What an amendment leaves as it is, in sentences."""
    for line in corrected:
        before = grouped(Decimal(line["before"])) if line["before"] else "none"
        after = grouped(Decimal(line["after"]))
        yield (
            f"{line['line']}: {before} becomes {after}, but today's balance is unchanged, because later"
            f" forms continue from it: {'; '.join(line['later'])}"
        )
