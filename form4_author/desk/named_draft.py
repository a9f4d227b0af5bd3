"""A draft by its path, by the name of its file, or by words that only one open filing has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.desk.happened import happened
from form4_author.desk.issuer import issuers_at
from form4_author.desk.work_list import items_in, row_of
from form4_author.errors import Form4Error
from form4_author.files import draft_file
from form4_author.wizard.work_row import distinct_rows, row_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from form4_author.desk.work_list import WorkItem

__all__ = ["NamedDraft", "SeveralDrafts", "named_draft", "rows_text"]

_WORD: Final = re.compile(r"[^\W_]+")
_WIDTH: Final = 80


class NamedDraft(NamedTuple):
    """The draft that was meant."""

    path: str
    said: str = ""
    """``Using Form 4 · Okafor, EXMP · gift 20,000.``; empty where a path was given."""


class SeveralDrafts(Form4Error):
    """Words that several open filings have."""

    def __init__(self, problem: str, rows: Sequence[str], remedy: str) -> None:
        super().__init__(problem, remedy=remedy)
        self.rows = tuple(rows)


def named_draft(words: str, now: datetime) -> NamedDraft:
    """The draft meant: a path; else a file in the drafts folder; else the open filing that has all the words.

    What fits none is returned as it is: the command says that there is no such file. Raises SeveralDrafts.
    """
    if Path(words).exists() or not words.strip() or words == "-" or Path(words).name != words:
        return NamedDraft(words)
    folder = draft_file.default_folder()
    for name in (words, f"{words}{draft_file.SUFFIX}"):
        if (folder / name).is_file():
            return NamedDraft(
                str(folder / name), _said(items_in([folder / name], issuers_at(None)[0])[0], now)
            )
    fitting = _fitting(words, now)
    if not fitting:
        return NamedDraft(words)
    if len(fitting) > 1:
        raise SeveralDrafts(
            f'"{words}" fits {len(fitting)} open filings',
            rows_text(fitting, now),
            "Add a word, such as gift or option, in quotes, or give the path",
        )
    return NamedDraft(str(fitting[0].path), _said(fitting[0], now))


def rows_text(items: Sequence[WorkItem], now: datetime) -> tuple[str, ...]:
    """The rows of these filings and where they are."""
    rows = distinct_rows([row_of(item, now, "") for item in items], _WIDTH)
    return tuple(f"{row_text(row, _WIDTH)}\n    {row.path}" for row in rows)


def _said(item: WorkItem, now: datetime) -> str:
    row = row_of(item, now, "")
    who = ", ".join(part for part in (row.person, row.issuer) if part)
    form = f"Form {row.form}" if row.form else ""
    return f"Using {' · '.join(part for part in (form, who, row.what) if part)}."


def _fitting(words: str, now: datetime) -> tuple[WorkItem, ...]:
    """The open filings of which each word begins a word of person, issuer, symbol, form or what happened."""
    wanted = _WORD.findall(words.casefold())
    items = items_in(draft_file.places(), issuers_at(None)[0]) if wanted else ()
    del now
    return tuple(
        item
        for item in items
        if item.draft is not None
        and not item.is_filed
        and all(any(has.startswith(word) for has in _words_of(item)) for word in wanted)
    )


def _words_of(item: WorkItem) -> frozenset[str]:
    draft = item.draft
    assert draft is not None  # noqa: S101  # it was read
    filing = draft.filing
    texts = (
        *(owner.name or "" for owner in filing.owners),
        filing.issuer.name or "",
        filing.issuer.trading_symbol or "",
        filing.form or "",
        happened(draft),
    )
    return frozenset(_WORD.findall(" ".join(texts).casefold()))
