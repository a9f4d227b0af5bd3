"""Open drafts of the same person: the balance from which each starts and the balance it leaves.

Source: Form 4, General Instruction 4(a)(i): the amount owned is stated following the reported transaction(s), line by
line, so that the form filed later starts from the total of the one filed earlier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.findings import Hit, Severity
from form4_author.ledger.closing import closing, rows_of
from form4_author.ledger.line import line_words
from form4_author.text import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from form4_author.findings import Path
    from form4_author.ledger.closing import Closing
    from form4_author.model.facts import OpenDraft, StartedFrom
    from form4_author.model.filing import Filing

__all__ = ["RULES"]


def _lines(filing: Filing) -> dict[str, Closing]:
    """The lines of a form by key; two with the same key are left out, since neither is known for certain."""
    ends = [end for end in closing(filing) if not end.in_dollars]
    keys = [str(end.key) for end in ends]
    return {key: end for key, end in zip(keys, ends, strict=True) if keys.count(key) == 1}


def _follows(start: Closing, end: Closing, between: Sequence[Closing]) -> bool:
    """Whether one form's line starts from the total of another's, directly or by way of others."""
    reached: set[Decimal] = {start.total}
    for _ in between:
        reached |= {each.total for each in between if each.before in reached}
    return end.before in reached


def _transactions(filing: Filing, end: Closing) -> set[tuple[object, ...]]:
    """The transactions of a line, by day, code and number."""
    return {
        (each.row.transaction_date.value, each.row.transaction_code.value, each.row.amount.value)
        for each in rows_of(filing, end)
        if each.row.is_transaction
    }


def _moves(end: Closing) -> str:
    return f"goes from {grouped(end.before)} to {grouped(end.total)}"


def _total(end: Closing) -> Path:
    return (end.table, end.place, "amount_owned_following")


@rule(
    "HLD-030",
    "Two open drafts disagree on a balance",
    Severity.WARNING,
    cite.FORM4_INSTR_4A_I,
    when=When(forms="34", needs=("open_drafts",)),
)
def open_drafts_disagree(filing: Filing, context: Context) -> Iterator[Hit]:
    """A second open draft changes the same line, and neither draft starts from the total of the other.

    Why: The form filed later must start from the total of the one filed earlier. If both start from the same total,
    each leaves the other's transactions out.
    Fix: Decide which one is filed first, and start the other from its total.
    Silent: For amendments and Form 5; for a line in which one of the two has no transaction; when other open drafts
    lead from one to the other; for a draft that reports the same transaction, as a copy does; for the draft from
    which this one was started (HLD-031).
    """
    if filing.is_amendment:
        return
    started = context.facts.started_from
    others = [
        draft
        for draft in context.facts.open_drafts or ()
        if _counts(draft) and (started is None or started.file != draft.file)
    ]
    lines = {draft.file: _lines(draft.filing) for draft in others}
    for key, end in _lines(filing).items():
        of_line = {file: ends[key] for file, ends in lines.items() if key in ends}
        apart = (
            draft for draft in others if draft.file in of_line and _disagrees(filing, end, draft, of_line)
        )
        if (draft := next(apart, None)) is not None:
            yield Hit(
                _total(end),
                f"{line_words(end.row)}, {_moves(end)} here; in an open draft ({draft.what}) it "
                f"{_moves(of_line[draft.file])}; start one of the two from the other",
            )


def _disagrees(filing: Filing, end: Closing, draft: OpenDraft, of_line: dict[str, Closing]) -> bool:
    """Whether both change the line and neither leads to the other; one that reports the same transaction is a copy."""
    other = of_line[draft.file]
    ours, theirs = _transactions(filing, end), _transactions(draft.filing, other)
    if not ours or not theirs or ours & theirs:
        return False
    between = [each for file, each in of_line.items() if file != draft.file]
    return not (_follows(end, other, between) or _follows(other, end, between))


def _counts(draft: OpenDraft) -> bool:
    """Whether the draft is still to be filed, and its totals are those following its transactions."""
    return not draft.filed and draft.filing.base in ("3", "4") and not draft.filing.is_amendment


@rule(
    "HLD-031",
    "Draft that gave the starting balance has changed",
    Severity.WARNING,
    cite.FORM4_INSTR_4A_I,
    when=When(needs=("open_drafts", "started_from")),
)
def start_has_changed(filing: Filing, context: Context) -> Iterator[Hit]:
    """The form was started from the balances of an open draft that has since changed or been removed.

    Why: The totals continue from a number that no filing will show.
    Fix: Correct the totals, or start again from the current balance.
    Silent: While that draft leaves each line at the same total, and once it was filed with that total.
    """
    started = context.facts.started_from
    assert started is not None  # noqa: S101  # what When.needs promises
    own = _lines(filing)
    found = next((draft for draft in context.facts.open_drafts or () if draft.file == started.file), None)
    if found is None:
        first = next((_total(end) for end in own.values()), ("period_of_report",))
        yield Hit(
            first,
            f"The starting balances come from an open draft ({started.what}) that no longer exists; "
            "check them against the last filing",
        )
        return
    yield from _changed(own, _lines(found.filing), started)


def _changed(own: dict[str, Closing], now: dict[str, Closing], started: StartedFrom) -> Iterator[Hit]:
    """The lines whose starting total the other draft no longer has."""
    for key, total in started.held:
        end, other = own.get(key), now.get(key)
        if end is None or (other is not None and other.total == total):
            continue
        leaves = f"leaves {grouped(other.total)} now" if other is not None else "no longer has the line"
        words = f"{line_words(end.row)}, starts at {grouped(total)}"
        yield Hit(
            _total(end),
            f"{words} from an open draft ({started.what}) that {leaves}; correct the total",
        )


RULES: Final[tuple[Rule, ...]] = (open_drafts_disagree, start_has_changed)
