"""Which line on record a line of a form continues with, where a person has several awards of one title.

Awards of one title are distinguished by the words or dates of their terms. A line is found again by them;
where the words have changed, by what it held. One total that continues from several awards together closes them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from form4_author.ledger.closing import ROUNDING, Closing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from form4_author.ledger.line import LineKey

__all__ = ["LineMatch", "Recorded", "match_lines", "telling"]

_NOTHING = Decimal(0)


class Recorded(NamedTuple):
    """A line on record, as it is before a form moves it."""

    id: int
    """Whatever finds it again."""
    key: LineKey
    balance: Decimal | None
    """What it holds by the forms up to that day and the adjustments since; None where nothing says."""
    last: tuple[str, str]
    """When its total was last stated; later is greater."""
    stated: tuple[Decimal, ...] = ()
    """For an amendment: the totals stated on the day of the form that it amends."""


class LineMatch(NamedTuple):
    """What a form says of a line."""

    id: int | None
    """The line on record; None for a new one."""
    closing: Closing
    counted: bool = False
    """Whether the form counts it in the total of another line: it has nothing left."""


def match_lines(lines: Iterable[Recorded], closings: Iterable[Closing]) -> Iterator[LineMatch]:
    """Each line of a form with the one on record that it continues with; None for a new one."""
    titles: dict[LineKey, list[Closing]] = {}
    for each in closings:
        titles.setdefault(each.key.series, []).append(each)
    on_record = tuple(lines)
    for series, some in titles.items():
        yield from _Title([line for line in on_record if line.key.series == series]).matches(some)


class _Title:
    """The awards of one title, as they are before a form moves them; a class only to share which are free."""

    def __init__(self, lines: list[Recorded]) -> None:
        self._lines = tuple(lines)
        self._free = lines

    def matches(self, some: Sequence[Closing]) -> Iterator[LineMatch]:
        """Those of the same terms first; a line that is found is no longer free."""
        found = [(each, self._same_terms(each)) for each in some]
        for each, same in found:
            line = same or self._by_amount(each)
            yield LineMatch(None if line is None else line.id, each)
            if len(some) == 1 and self._over_all(each, line):
                yield from (LineMatch(other.id, each, counted=True) for other in self._free)

    def _same_terms(self, closing: Closing) -> Recorded | None:
        """The line of the same terms; of several the one that held what the form continues from."""
        same = [line for line in self._free if line.key == closing.key]
        return self._taken(
            next((line for line in same if _goes_on(line, closing)), same[0] if same else None)
        )

    def _taken(self, line: Recorded | None) -> Recorded | None:
        if line is not None:
            self._free.remove(line)
        return line

    def _by_amount(self, closing: Closing) -> Recorded | None:
        """The line that held what the form continues from; else, unless the award is new, the one stated last."""
        for line in self._free:
            if _goes_on(line, closing):
                return self._taken(line)
        if closing.change <= 0 or abs(closing.before) > ROUNDING:
            return self._taken(max(self._free, key=lambda line: line.last, default=None))
        again = (line for line in self._free if closing.total in line.stated)  # an amendment, in other words
        return self._taken(next(again, None))

    def _over_all(self, closing: Closing, line: Recorded | None) -> bool:
        """Whether the total of one line continues from those of all together."""
        own = (line.balance if line is not None else None) or _NOTHING
        together = sum((each.balance or _NOTHING for each in self._lines), _NOTHING)
        near = abs(own - closing.before) > ROUNDING and abs(together - closing.before) <= ROUNDING
        return closing.running or near


def _goes_on(line: Recorded, closing: Closing) -> bool:
    return line.balance is not None and abs(line.balance - closing.before) <= ROUNDING


def telling(words: Sequence[str], room: int) -> tuple[str, ...]:
    """The words in as many characters; where they begin alike, from where they differ."""
    short = [_cut(each, room) for each in words]
    if len(set(short)) == len(set(words)):
        return tuple(short)
    first, last = min(words), max(words)
    common = next(n for n, (a, b) in enumerate(zip(f"{first}\0", last, strict=False)) if a != b)
    start = first.rfind(" ", 0, common) + 1
    return tuple(_cut(f"…{each[start:]}", room) for each in words)


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: room - 1].rstrip()}…"
