"""What free text says about Rule 10b5-1 plans and their dates, read tolerantly.

The phrases are those of accepted filings: "Rule 10b5-1 trading plan adopted on March 3, 2026", "10b5-1(c)",
"pursuant to instructions dated 11/17/2022 that are intended to comply with Rule 10b5-1".
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "StatedDay",
    "dates_in",
    "mentions_arrangement",
    "mentions_date",
    "mentions_plan",
    "says_made_under_plan",
    "sentences",
    "stated_days",
]

_DASH: Final = r"\s?[-\u2010-\u2015]?\s?"
_PLAN: Final = Pattern(rf"10{_DASH}b{_DASH}5{_DASH}1(?!\d)", re.IGNORECASE)
_ARRANGEMENT: Final = Pattern(
    rf"{_PLAN.pattern}|\bplans?\b|instruction|contract|arrangement|automatic|mandat|discretion", re.IGNORECASE
)
_MADE_UNDER: Final = Pattern(
    r"\b(?:pursuant to|under|in accordance with|in compliance with|in connection with|accordance to|per|by way of"
    r"|through|as part of)\b[^.;]{0,200}\Z",
    re.IGNORECASE,
)
_DENIED: Final = Pattern(
    r"\b(?:not|no longer|never|other than|except|terminat\w*|cancel\w*|expired|future|may be|will be|propos\w*)\b",
    re.IGNORECASE,
)
_SENTENCE: Final = Pattern(
    r"(?<=[a-z0-9)\"\u201d])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bNo)(?<!\bSt)[.;]\s+(?=[A-Z(])"
)
_SENTENCE_END: Final = Pattern(r"[.;]\s+(?=[A-Z])")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WRITTEN: Final = (
    Pattern(rf"\b{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*(?P<year>\d{{4}})\b", re.IGNORECASE),
    Pattern(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE
    ),
    Pattern(r"\b(?P<month>\d{1,2})\s?[/.-]\s?(?P<day>\d{1,2})\s?[/.-]\s?(?P<year>\d{4}|\d{2})\b"),
    Pattern(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
    # a month alone; a month after a day is the second spelling
    Pattern(
        r"(?<!\d\s)(?<!(?:st|nd|rd|th)\s)(?<!(?:st|nd|rd|th)\sof\s)"
        rf"\b{_MONTH}\s*(?:of\s+)?,?\s*(?P<year>\d{{4}})\b",
        re.IGNORECASE,
    ),
)


def mentions_plan(text: str) -> bool:
    """Whether the text names Rule 10b5-1 in any common spelling."""
    return "10" in text and _PLAN.search(text) is not None


def mentions_arrangement(text: str) -> bool:
    """Whether the text mentions a plan, instruction, contract or automatic program by which others chose the day."""
    return _ARRANGEMENT.search(text) is not None


def says_made_under_plan(text: str) -> bool:
    """Whether the text plainly says that something was done under a Rule 10b5-1 plan, and does not deny it."""
    for named in _PLAN.finditer(text):
        before = text[max(0, named.start() - 240) : named.start()]
        made = _MADE_UNDER.search(before)
        if made and not _DENIED.search(_sentence(text, named.start())):
            return True
    return False


class StatedDay(NamedTuple):
    """A day that a text names."""

    day: date
    whole: bool = True
    """False: the text names the month alone, and ``day`` is its first."""

    def __str__(self) -> str:
        """``on 2026-03-03``, or ``in 2026-03``."""
        return f"on {self.day}" if self.whole else f"in {self.day:%Y-%m}"


def stated_days(text: str) -> Iterator[StatedDay]:
    """The days that the text names, in any common American spelling, and the months that it names alone."""
    for pattern in _WRITTEN:
        for found in pattern.finditer(text):
            parts = found.groupdict(default="1")
            month = parts["month"][:3].lower()
            number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
            year = int(parts["year"])
            try:
                day = date(year + 2000 if year < 100 else year, number, int(parts.get("day", "1")))
            except ValueError:
                continue
            yield StatedDay(day, whole="day" in parts)


def dates_in(text: str) -> Iterator[date]:
    """The days that the text names; a month alone counts as its first day."""
    return (told.day for told in stated_days(text))


def mentions_date(text: str) -> bool:
    """Whether the text names a day or a month of a year."""
    return any(True for _ in dates_in(text))


def sentences(text: str) -> list[str]:
    """The sentences of a text; a period inside a number, after a title or before a small letter ends none."""
    return re.split(_SENTENCE.pattern, text)


def _sentence(text: str, at: int) -> str:
    """The sentence around a place; a period inside a number or before a small letter does not end it."""
    start = max((m.end() for m in re.finditer(r"[.;]\s+(?=[A-Z])", text[:at])), default=0)
    end = _SENTENCE_END.search(text, at)
    return text[start : end.start() if end else len(text)]
