"""What filers type, read as what the form wants: dates, amounts, codes, CIKs.

Nothing passes through binary floating point. What can't be read is a MalformedValue that says what to type instead.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final

from form4_author.codes import folded
from form4_author.errors import MalformedValue
from form4_author.ident.cik import cik_typed
from form4_author.text import amount_text, amount_typed
from form4_author.wizard.typed_path import file_typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["FILLS", "AnswerInDoubt", "EntryKind", "code_typed", "day_typed", "is_who", "is_words", "read"]


class AnswerInDoubt(MalformedValue):
    """A typed line that is an answer once another question is answered; ``meant`` is the code that it may mean."""

    def __init__(self, problem: str, *, meant: str = "", remedy: str = "Correct the value") -> None:
        super().__init__(problem, remedy=remedy)
        self.meant = meant


class EntryKind(Enum):
    """How a typed line is read."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    DATE_AHEAD = "date ahead"
    """A date without a year is the next such day, not the last."""
    CIK = "cik"
    WHO = "who"
    """A CIK, or in its place a name or the path of a past filing."""
    SYMBOL = "symbol"
    NUMBER_OR_WORDS = "number or words"
    """Words become a footnote in place of the number."""
    DATE_OR_WORDS = "date or words"
    NUMBER_OR_FILLS = "number or fills"
    """The broker's fills, pasted or typed, in place of their sum; see ``form4_author.wizard.fill``."""
    NUMBER_OR_SHEET = "number or sheet"
    """Lines of a sheet, which make lines of the form; see ``form4_author.wizard.screens.sheet_rows``."""
    SHEET = "sheet"
    """Lines of a sheet that are the answer itself; semicolons part those that are typed."""

    @property
    def takes_words(self) -> bool:
        """Whether words are an answer, to become a footnote."""
        return self in (EntryKind.NUMBER_OR_WORDS, EntryKind.DATE_OR_WORDS)

    @property
    def is_day(self) -> bool:
        """Whether it is read as a date."""
        return self in (EntryKind.DATE, EntryKind.DATE_AHEAD, EntryKind.DATE_OR_WORDS)

    @property
    def is_number(self) -> bool:
        """Whether it is read as an amount."""
        return self in (EntryKind.NUMBER, EntryKind.NUMBER_OR_WORDS, *_NUMBERS_OR_SHEETS)

    @property
    def takes_sheet(self) -> bool:
        """Whether lines pasted from a sheet are an answer."""
        return self in (EntryKind.SHEET, *_NUMBERS_OR_SHEETS)

    def is_pasted(self, text: str) -> bool:
        """Whether a text is such lines."""
        marks = FILLS if self is EntryKind.NUMBER_OR_FILLS else FILLS[:2]
        return self.takes_sheet and any(mark in text.strip() for mark in marks)


_NUMBERS_OR_SHEETS: Final = (EntryKind.NUMBER_OR_FILLS, EntryKind.NUMBER_OR_SHEET)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)
_US: Final = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{2}|\d{4}))?\Z", re.ASCII)
_NAMED: Final = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?\Z", re.ASCII)
_NAMED_AFTER: Final = re.compile(r"(\d{1,2})\s+([a-z]{3,9})\.?(?:,?\s+(\d{4}))?\Z", re.ASCII)
_AGO: Final = re.compile(r"-(\d{1,3})(b?)\Z", re.ASCII)
_LEAST_WORDS: Final = 2
"""Words beside a number that make a sentence of it."""
_SHORTEST_ALONE: Final = 4
"""Letters of a word that is an answer by itself: None."""
_WHOLE_WORD: Final = re.compile(r"(?<![\w.])[A-Za-z]{2,}(?!\w)")
_NOT_APPLICABLE: Final = re.compile(r"n\.?\s?/?\s?a\.?\Z", re.IGNORECASE)
_DAY_INSIDE: Final = re.compile(
    rf"\b\d{{1,4}}[/-]\d{{1,2}}[/-]\d{{1,4}}\b|\b(?:{'|'.join(_MONTHS)})[a-z]*\.?\s+\d", re.IGNORECASE
)
_LEAST_LETTERS: Final = 4
"""Of a part of a name: two are the beginning of Ukraine, and how a filer writes the United Kingdom."""
_BESIDE_VALUES: Final = frozenset(
    (
        *("today", "tomorrow", "yesterday", "now", "noon", "the", "of", "on", "st", "nd", "rd", "th"),
        *("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *(
            "usd",
            "us",
            "dollar",
            "dollars",
            "cent",
            "cents",
            "per",
            "share",
            "shares",
            "unit",
            "units",
            "each",
        ),
    )
)
"""Words that occur in dates and beside numbers."""
FILLS: Final = ("\n", "\t", "@", ";")
"""Words that occur in fills only, never in a number."""


def read(entry: EntryKind, text: str, today: date) -> str:
    """The text for the draft: ``2026-11-18``, ``1200``, ``0001626115``; words stay words where they are taken.

    Raises MalformedValue, saying what to type.
    """
    stripped = text.strip()
    if entry.takes_words and is_words(stripped):
        return stripped
    if entry.is_pasted(stripped):
        return stripped
    if entry.is_day:
        return day_typed(stripped, today, ahead=entry is not EntryKind.DATE).isoformat()
    if entry.is_number:
        return amount_text(amount_typed(stripped))
    if entry in (EntryKind.CIK, EntryKind.WHO):
        return stripped if entry is EntryKind.WHO and is_who(stripped) else cik_typed(stripped)
    return stripped.upper() if entry is EntryKind.SYMBOL else stripped


def is_who(text: str) -> bool:
    """Whether what is typed in place of a CIK is a name, or the path of a file: a name has no digits."""
    letters = sum(1 for sign in text if sign.isalpha())
    is_name = letters > 1 and not any(sign.isdigit() for sign in text) and "/" not in text
    return is_name or file_typed(text) is not None


def is_words(text: str) -> bool:
    """Whether a line is meant in words and is no mistyped number or date: ``Immediately``, ``Vested May 1``, ``N/A``.

    What could be a date or a number with its unit is not: ``18th of November``, ``tomorrow``, ``12 dollars``.
    """
    if _NOT_APPLICABLE.match(text.strip()):
        return True
    words = [word for word in _WHOLE_WORD.findall(text) if not _of_a_value(word.casefold())]
    if len(words) >= _LEAST_WORDS:
        return True
    if not any(c.isdecimal() for c in text):
        return any(len(word) >= _SHORTEST_ALONE for word in words)
    return bool(words) and _DAY_INSIDE.search(text) is not None


def _of_a_value(word: str) -> bool:
    """Whether a word may be in a date or beside a number."""
    return word[:3] in _MONTHS or word in _BESIDE_VALUES


def day_typed(text: str, today: date, *, ahead: bool = False) -> date:
    """The day meant by ``t``, ``-1``, ``-1b``, ``11/18``, ``11/18/26``, ``2026-11-18`` or ``Nov 18``.

    Without a year it is the last such day up to today, or with ``ahead`` the next one from today.
    Raises MalformedValue for anything else.
    """
    lowered = text.strip().lower()
    if lowered in ("t", "today"):
        return today
    ago = _AGO.match(lowered)
    if ago:
        return _business_days_before(today, int(ago[1])) if ago[2] else today - timedelta(days=int(ago[1]))
    parts = _day_parts(lowered)
    if parts is None:
        raise MalformedValue(
            f'"{text}" is not a date; type 11/18/2026, Nov 18, t for today or -1 for yesterday'
        )
    year, month, number = parts
    if year is None:
        return _nearest(month, number, today, ahead=ahead)
    if year < 100:  # two digits: from eighty years back to twenty ahead
        century = today.year // 100 * 100
        year += century if year <= today.year % 100 + 20 else century - 100
    return _day(year, month, number)


def _business_days_before(day: date, count: int) -> date:
    """The ``count``-th business day of the SEC before a day."""
    from form4_author.timing.calendar import sec_calendar

    calendar = sec_calendar()
    while count:
        day -= timedelta(days=1)
        count -= calendar.is_business_day(day)
    return day


def _day_parts(text: str) -> tuple[int | None, int, int] | None:
    if found := _ISO.match(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _US.match(text):
        return (int(found[3]) if found[3] else None), int(found[1]), int(found[2])
    if found := _NAMED.match(text):
        name, number, year = found[1], found[2], found[3]
    elif found := _NAMED_AFTER.match(text):
        number, name, year = found[1], found[2], found[3]
    else:
        return None
    if name[:3] not in _MONTHS:
        return None
    return (int(year) if year else None), _MONTHS.index(name[:3]) + 1, int(number)


def _nearest(month: int, number: int, today: date, *, ahead: bool) -> date:
    years = range(today.year, today.year + 9) if ahead else range(today.year, today.year - 9, -1)
    for year in years:  # nine years: 29 February may be eight years away
        try:
            nearest = date(year, month, number)
        except ValueError:
            continue
        if (nearest >= today) if ahead else (nearest <= today):
            return nearest
    return _day(today.year, month, number)


def _day(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise MalformedValue(f"{month}/{number}/{year} is not a calendar date") from None


def code_typed(
    text: str,
    names: Mapping[str, str],
    aliases: Mapping[str, tuple[str, ...]] | None = None,
    elsewhere: Mapping[str, str] | None = None,
) -> str:
    """The code meant by a code in any case, a name, an alias, or four letters or more of exactly one name.

    ``names``: meaning by code. ``aliases``: the codes that a folded text may mean. ``elsewhere``: what a folded text
    means in the list for other addresses, in words. Raises AnswerInDoubt where it means one thing here and another
    there, MalformedValue where it may mean two things here, listing them when there are a few, and where it is nothing
    of the list.
    """
    wanted = folded(text)
    exact = [c for c, name in names.items() if wanted in (folded(c), folded(f"{c} {name}"))]
    if exact and wanted:
        return exact[0]
    other = (elsewhere or {}).get(wanted, "")
    meant = _meant(wanted, names, (aliases or {}).get(wanted, ()))
    if len(meant) == 1 and not other:
        return meant[0]
    if meant and other:
        said = f'"{text}" may mean {_some(meant, names)} here, or {other}'
        if len(meant) == 1:
            raise AnswerInDoubt(f"{said}; for {names[meant[0]]}, type {meant[0]}", meant=meant[0])
        raise MalformedValue(f"{said}; type the code")
    if meant:
        raise MalformedValue(f'"{text}" fits more than one: {_some(meant, names)}')
    if other:
        way = "change the answer about an address outside the United States"
        raise MalformedValue(f'"{text}" is not in this list; it is {other}. Go back and {way}')
    close = [c for c, name in names.items() if wanted and folded(name).startswith(wanted)]
    if close:
        some = (
            f"did you mean {_some(close, names)}? Type a code, or at least {_LEAST_LETTERS} letters of a name"
        )
        raise MalformedValue(f'"{text}" is not in the list; {some}')
    raise MalformedValue(f'"{text}" is not in the list; type a code, or part of a name')


def _meant(wanted: str, names: Mapping[str, str], by_alias: tuple[str, ...]) -> list[str]:
    """The codes with this name or alias; else those whose name, or else a word of it, begins so."""
    plain = {c: folded(name) for c, name in names.items()}
    meant = [c for c, name in plain.items() if name == wanted or c in by_alias]
    if meant or len(wanted) < _LEAST_LETTERS:
        return meant
    close = [c for c, name in plain.items() if name.startswith(wanted)]
    return close or [c for c, name in plain.items() if f" {wanted}" in name]


def _some(codes: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(f"{c} {names[c]}" for c in codes[:4]) + (" …" if len(codes) > 4 else "")
