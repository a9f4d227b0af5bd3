"""``form4 import FILE…`` into the register: each file whole or not at all; a bad one is told and stops nothing."""

from __future__ import annotations

import hashlib
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.cli.boundary import READY, UNREADABLE
from form4_author.cli.intake import filings_below, read_bytes
from form4_author.cli.registered import register_of, written_json
from form4_author.errors import Form4Error
from form4_author.register.account import inherited
from form4_author.register.record import Paper, recorded
from form4_author.register.shown import inherited_data
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from form4_author.register.book import Register

__all__ = ["filled", "paper_of", "told_inherited"]

_ACCESSION: Final = re.compile(r"([0-9]{10}-[0-9]{2}-[0-9]{6})")


class _Done(NamedTuple):
    """What became of a file."""

    file: str
    what: str
    """``added``, ``known`` or ``refused``."""
    told: str = ""
    corrected: tuple[dict[str, Any], ...] = ()
    """Of an amendment: lines whose later forms went on from the error."""


def filled(files: Sequence[str], register: str | None, *, as_json: bool) -> int:
    """The files enter the register, oldest first; exit code 2 when one could not be read."""
    papers, refused = _papers(_named(files), shown=not as_json)
    done = [*refused]
    if papers:
        book = register_of(register, create=True)
        done += [_entered(book, paper) for paper in _counted(papers, "entering", shown=not as_json)]
    _told(done, as_json=as_json)
    return UNREADABLE if any(d.what == "refused" for d in done) else READY


def _named(files: Sequence[str]) -> list[str]:
    """The files, and those below the folders, each once."""
    found = [
        str(file)
        for name in files
        for file in (filings_below(Path(name)) if Path(name).is_dir() else [Path(name)])
    ]
    return list(dict.fromkeys(found))


def _papers(files: Sequence[str], *, shown: bool) -> tuple[list[Paper], list[_Done]]:
    papers: list[Paper] = []
    refused: list[_Done] = []
    for file in _counted(files, "reading", shown=shown):
        try:
            papers.append(paper_of(file))
        except Form4Error as error:
            refused.append(_Done(file, "refused", str(error)))
    return sorted(papers, key=lambda p: (p.day or date.min, p.accession_number or "", p.file)), refused


def paper_of(file: str) -> Paper:
    """The filing in a file, with what file and name tell of it. Raises UnreadableInput."""
    content = read_bytes(file)
    document = read_document(content)
    submission = document.submission
    named = _ACCESSION.search(Path(file).name)
    attachments = submission.attachments if submission is not None else ()
    return Paper(
        filing=document.filing,
        sha256=hashlib.sha256(content).hexdigest(),
        file=Path(file).name,
        accession_number=(submission.accession_number if submission else None)
        or (named[1] if named else None),
        filed=submission.filed if submission is not None else None,
        powers_attached=any((a.type or "").startswith("EX-24") for a in attachments),
    )


def _counted(things: Sequence[Any], what: str, *, shown: bool) -> Iterable[Any]:
    """The things with a progress bar, on a terminal and when there are many."""
    if not shown or len(things) < 10 or not sys.stderr.isatty():
        return things
    from tqdm import tqdm

    bar: Iterable[Any] = tqdm(things, desc=what, unit=" files", leave=False)
    return bar


def _entered(book: Register, paper: Paper) -> _Done:
    """One transaction."""
    try:
        with book.writing() as session:
            filed = recorded(session, paper, datetime.now(UTC))
            if filed is None:
                return _Done(paper.file, "known")
            return _Done(
                paper.file, "added", corrected=tuple(inherited_data(i) for i in inherited(session, filed))
            )
    except Form4Error as error:
        return _Done(paper.file, "refused", str(error))


def _told(done: Sequence[_Done], *, as_json: bool) -> None:
    if as_json:
        written_json([{k: v for k, v in d._asdict().items() if v} for d in done])
        return
    for each in done:
        if each.what == "refused":
            sys.stderr.write(f"form4: {each.file}: {each.told}\n")
        for line in told_inherited(each.corrected):
            sys.stdout.write(f"{each.file}: {line}\n")
    counts = {what: sum(d.what == what for d in done) for what in ("added", "known", "refused")}
    words = (f"{counts['added']} added", f"{counts['known']} known already", f"{counts['refused']} refused")
    sys.stdout.write(", ".join(words) + ".\n")


def told_inherited(corrected: Iterable[dict[str, Any]]) -> Iterator[str]:
    """What an amendment leaves as it is, in sentences."""
    for found in corrected:
        before = found["before"] or "none"
        yield (
            f"{found['line']}: {before} becomes {found['after']}, but today's balance stands, for later forms went on"
            f" from it: {'; '.join(found['later'])}"
        )
