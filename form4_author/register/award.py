"""The lines of a relationship that a form moves: those on record, and new ones; names that distinguish awards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from form4_author.ledger import award
from form4_author.ledger.action import agrees_in_value, balances_after, mentions_adjustment
from form4_author.ledger.award import Recorded
from form4_author.model.table import Cell
from form4_author.register.action_undo import key_on
from form4_author.register.cell import add_terms_to_names
from form4_author.register.table import Filed, Line, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal
    from typing import Any

    from form4_author.ledger.closing import Closing
    from form4_author.ledger.line import LineKey
    from form4_author.register.table import LedgerEntry


__all__ = ["MatchedLine", "balance_on", "in_order", "matched_lines", "name_awards", "one_series", "spoken_of"]


class MatchedLine(NamedTuple):
    """A line of the register with what a form says of it."""

    line: Line
    closing: Closing
    counted: bool
    """Whether the form counts it in the total of another line: it has nothing left."""


def matched_lines(relation: Relationship, closings: Sequence[Closing], filed: Filed) -> Iterator[MatchedLine]:
    """Each line of a form with the one of the relationship that it continues with; a new one where there is none."""
    wanted = {each.key.series for each in closings}
    line_keys = {line: key_on(line, filed.day) for line in relation.lines if line.entries}
    same = {line: key for line, key in line_keys.items() if key.series in wanted}
    keys = {**same, **_adjusted({n: k for n, k in line_keys.items() if n not in same}, same, closings, filed)}
    lines = list(keys)
    on_record = [_recorded(number, line, keys[line], filed) for number, line in enumerate(lines)]
    for each in award.match_lines(on_record, closings):
        line = _new(relation, each.closing) if each.id is None else lines[each.id]
        yield MatchedLine(line, each.closing, each.counted)


def _new(relation: Relationship, closing: Closing) -> Line:
    line = Line(name="", cells={})
    line.key = closing.key
    relation.lines.append(line)
    return line


def _recorded(number: int, line: Line, key: LineKey, filed: Filed) -> Recorded:
    with_total = [entry for entry in line.entries if entry.total is not None]
    last = max(((str(entry.day), entry.tie) for entry in with_total), default=("", ""))
    amends = filed.form.endswith("/A")
    stated = tuple(e.total for e in with_total if amends and e.day == filed.day and e.total is not None)
    return Recorded(number, key, balance_on(line, filed.day), last, stated)


def balance_on(line: Line, day: date) -> Decimal | None:
    """What a line holds by the forms up to a day, and the adjustments and actions since; None where none says."""
    moves = (entry.move for entry in in_order(line.entries) if entry.day <= day)
    return next(reversed(list(balances_after(moves))), None)


def in_order(entries: Iterable[LedgerEntry]) -> Sequence[LedgerEntry]:
    """The entries of a line as they follow one another; one that is not written yet is the last of its day."""
    return sorted(entries, key=lambda e: (e.day, e.rank, e.tie, e.id or 0))


def name_awards(relation: Relationship) -> None:
    """The awards of one title are named with their terms, where there are several."""
    add_terms_to_names(line for line in relation.lines if line.entries)


# ---- series with new terms


def one_series(old: LineKey, new: LineKey) -> bool:
    """Whether two lines may be one award before and after an adjustment: all is equal but the exercise price."""
    return (
        old.table == "derivative"
        and old.expiration is not None
        and None not in (old.price, new.price)
        and old.price != new.price
        and (old.title, old.form, old.nature, old.expiration, old.unit)
        == (new.title, new.form, new.nature, new.expiration, new.unit)
    )


def _adjusted(
    line_keys: Mapping[Line, LineKey], same: Mapping[Line, LineKey], closings: Sequence[Closing], filed: Filed
) -> dict[Line, LineKey]:
    """Lines on record that a form continues with at an adjusted exercise price, and their keys on the form.

    Where several may be meant, none is.
    """
    taken = {key.series for key in same.values()}
    found: dict[Line, LineKey] = {}
    for each in closings:
        if each.key.series in taken or each.key.price is None:
            continue
        near = [line for line, key in line_keys.items() if _goes_on(line, key, each, filed)]
        if len(near) == 1 and near[0] not in found:
            found[near[0]] = each.key
    return found


def _goes_on(line: Line, key: LineKey, closing: Closing, filed: Filed) -> bool:
    """Whether a line continues with a form at another price.

    Its number times exercise price is preserved within 1 %, and a footnote mentions an adjustment or the register has
    one since the form that stated it last.
    """
    if not one_series(key, closing.key):
        return False
    stated = max((e.day for e in line.entries if e.total is not None), default=filed.day)
    balance = balance_on(line, filed.day)
    if stated >= filed.day or balance is None:
        return False
    assert key.price is not None  # noqa: S101  # `one_series` says so
    assert closing.key.price is not None  # noqa: S101
    if not agrees_in_value(balance, key.price, closing.before, closing.key.price):
        return False
    since = any(e.action is not None and stated <= e.day <= filed.day for e in line.entries)
    return since or spoken_of(closing, filed.content)


def spoken_of(closing: Closing, content: Mapping[str, Any]) -> bool:
    """Whether a footnote of a line, or the remarks of its form, mention an adjustment."""
    row = closing.row
    cells = (getattr(row, name) for name in row.__dataclass_fields__)
    ids = {id for cell in cells if isinstance(cell, Cell) for id in cell.footnotes}
    texts = [str(n.get("text") or "") for n in content.get("footnotes", ()) if n.get("id") in ids]
    return any(mentions_adjustment(text) for text in (*texts, str(content.get("remarks") or "")))
