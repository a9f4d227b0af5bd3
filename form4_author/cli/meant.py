"""Drafts on the command line: by path, by the name of a file in the drafts folder, or by words of one open filing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.cli.options import UNREADABLE
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["draft_meant", "files_meant", "open_drafts"]


def draft_meant(words: str) -> str:
    """The path of the draft that is meant, which standard error names where words were given.

    Words that several open filings have end the command with their rows.
    """
    if Path(words).exists():
        return words
    from form4_author.desk.clock import now
    from form4_author.desk.named_draft import SeveralDrafts, named_draft

    try:
        found = named_draft(words, now())
    except SeveralDrafts as several:
        sys.stderr.write(f"form4: {visible(str(several))}\n")
        sys.stderr.write("".join(f"{_shown(row)}\n" for row in several.rows))
        raise SystemExit(UNREADABLE) from None
    if found.said:
        sys.stderr.write(f"{visible(found.said)}\n")
    return found.path


def _shown(row: str) -> str:
    return "\n".join(visible(line) for line in row.splitlines())


def files_meant(files: Sequence[str]) -> list[str]:
    """The files named; several words of which none is a file are the words of one draft."""
    if len(files) > 1 and not any(Path(file).exists() or Path(file).suffix for file in files):
        joined = " ".join(files)
        found = draft_meant(joined)
        return [found] if found != joined else list(files)
    return [draft_meant(file) for file in files]


def open_drafts(word: str) -> str:
    """The one draft that is not filed. Several end the command with their rows; none with how to begin one."""
    from form4_author.desk.clock import now
    from form4_author.desk.issuer import issuers_at
    from form4_author.desk.named_draft import rows_text
    from form4_author.desk.work_list import items_in
    from form4_author.errors import UnreadableInput
    from form4_author.files import draft_file

    waiting = [item for item in items_in(draft_file.places(), issuers_at(None)[0]) if not item.is_filed]
    if not waiting:
        raise UnreadableInput("There is no draft to file", remedy="Start one: form4 new")
    if len(waiting) == 1:
        return str(waiting[0].path)
    sys.stderr.write(f"form4: {len(waiting)} drafts are open. Name one: form4 {word} DRAFT.\n")
    sys.stderr.write("".join(f"{_shown(row)}\n" for row in rows_text(waiting, now())))
    raise SystemExit(UNREADABLE)
