"""Stock splits and stock dividends: the ratio, the day, and what the words of a form say about them.

A split of 2 for 1 gives two shares for each one held; a reverse split of 1 for 10 gives one for ten; a stock dividend
of 5% gives 21 for 20. It needs no line on a form (Rule 16a-9), so that a footnote or a remark is often the only trace.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.text import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

__all__ = ["Mention", "Split", "mentions", "ratio_words", "split_words"]


class Split(NamedTuple):
    """A split of one class of stock."""

    title: str
    """Of the class; empty for every class."""
    ratio: Fraction
    """New shares for each old one."""
    day: date
    """The first day on which trades are in new shares."""

    @property
    def words(self) -> str:
        """``2-for-1 split of 2026-05-01``."""
        return f"{ratio_words(self.ratio)} of {self.day.isoformat()}"


class Mention(NamedTuple):
    """A split that a text mentions."""

    ratio: Fraction | None
    """New shares for each old one; None where the text does not give it."""
    day: date | None
    """The first day of the new shares; None where the text does not give it."""
    ahead: bool
    """Whether the text mentions it as still to come."""
    text: str
    """The sentence."""
    classes: frozenset[str] = frozenset()
    """The classes and series that the sentence names, such as ``class a``; empty where it names none."""
    preferred: bool = False
    """Whether the sentence mentions preferred stock."""


def ratio_words(ratio: Fraction) -> str:
    """``2-for-1 split`` or ``1-for-10 reverse split``."""
    return f"{ratio.numerator:,}-for-{ratio.denominator:,} {'reverse ' if ratio < 1 else ''}split"


_DIVIDEND: Final = Fraction(5, 4)
"""Up to so many shares for one it is called a stock dividend of so many percent."""


def split_words(new: Decimal, old: Decimal) -> str:
    """``2-for-1 stock split``, ``1-for-10 reverse stock split`` or ``5% stock dividend``."""
    ratio = Fraction(new) / Fraction(old)
    percent = (ratio - 1) * 100
    if 1 < ratio <= _DIVIDEND and percent.denominator == 1:
        return f"{percent.numerator}% stock dividend"
    return f"{new.normalize():f}-for-{old.normalize():f} {'reverse ' if ratio < 1 else ''}stock split"


# ---- numbers and days

_UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS: Final = (
    dict(zip(_UNITS, range(20), strict=True))
    | dict(zip(_TENS, range(20, 100, 10), strict=True))
    | {"hundred": 100, "a": 1}
)
_UNIT: Final = rf"(?:{'|'.join(_UNITS[1:10])})"
_NUMBER: Final = (
    rf"(?:\d{{1,4}}(?:\.\d{{1,4}})?|(?:{'|'.join(_TENS)})(?:[-\s]{_UNIT})?|(?:one[-\s])?hundred"
    rf"|{'|'.join(_UNITS[:0:-1])})(?:\s?\(\d{{1,4}}\))?"
)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH: Final = rf"(?:sept|{'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in _MONTHS)})"
_DAY: Final = Pattern(
    rf"(?P<month>{_MONTH}\b)\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    r"|(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d{2})\b|(?P<iso>\d{4}-\d\d-\d\d)"
)
_AT_CLOSE: Final = Pattern(r"\b(?:after|at|as of|following)\b[^,;]{0,20}\bclose\b")
_BEGAN: Final = Pattern(r"effect|distribut|\bpaid\b|payable|occur|complet|\bsplit\b\W{0,3}\bon\s\Z")
_DONE: Final = Pattern(r"\beffect(?:ed|uated)\b|complet|\bsplit\b")
"""What follows a day on which it took place: ``On May 1, 2026, the issuer effected …``."""
_OTHER: Final = Pattern(
    r"grant|approv|announc|\bfil(?:ed|ing)\b|record|acqui|declar|reported|vest|award|dated|purchas|clos"
)
_LEAD: Final = 60
"""Characters before a day that say what happened on it."""
_TRAIL: Final = 40
"""Characters after a day that may say that it happened at the close."""


def _value(text: str) -> Fraction:
    """What a number in figures or words is."""
    plain = text.partition("(")[0].strip()
    if plain[0].isdigit():
        return Fraction(Decimal(plain))
    parts = [_WORDS[part] for part in plain.replace("-", " ").split()]
    return Fraction(parts[0] * parts[1] if parts[-1:] == [100] and len(parts) > 1 else sum(parts))


def _days(sentence: str) -> Iterator[tuple[int, str, date]]:
    """The days of a sentence: where each begins, what leads to it, and the first day after it took place."""
    end = 0
    for found in _DAY.finditer(sentence):
        lead = sentence[max(end, found.start() - _LEAD) : found.start()]
        end = found.end()
        on = _day(found)
        if on is None:
            continue
        around = lead[-_TRAIL:] + sentence[end : end + _TRAIL]
        yield found.start(), lead, on + timedelta(days=1) if _AT_CLOSE.search(around) else on


def _day(found: re.Match[str]) -> date | None:
    """The day, or None for one that the calendar does not have."""
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        if found["m"]:
            year = int(found["y"])
            return date(year if year > 99 else 2000 + year, int(found["m"]), int(found["d"]))
        number = next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(found["month"][:3]))
        return date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None


# ---- sentences

_SHORT: Final = (
    "inc",
    "corp",
    "ltd",
    "co",
    "no",
    "u.s",
    "mr",
    "ms",
    "sept",
    *(month[:3] for month in _MONTHS),
)
"""Words with a full stop that ends no sentence."""
_END: Final = Pattern("".join(rf"(?<!\b{word})" for word in _SHORT) + r"[.;]\s+(?=\S)")
_EVENT: Final = (
    r"(?:(?:reverse|forward|stock|share)[-\s]+)*split\b(?!\s+(?:into|among|between|equally|evenly))"
    r"|(?:stock|share)\s+dividend\b(?!\s+equivalent)|(?:reverse\s+)?(?:share|stock)\s+(?:consolidation|combination)\b"
    r"|\bsubdivision\b"
)
_DASH: Final = r"(?:\s?[-\u2010-\u2014]\s?|\s+|)"
_RATIO: Final = rf"(?P<one>{_NUMBER}){_DASH}(?P<by>for|to|:){_DASH}(?P<two>{_NUMBER})"
_GAP: Final = r"(?P<gap>[^;]{0,60}?)"
_RATIO_FIRST: Final = Pattern(rf"(?<![\w.]){_RATIO}(?![\w%]){_GAP}\b(?P<event>{_EVENT})")
_EVENT_FIRST: Final = Pattern(rf"\b(?P<event>{_EVENT}){_GAP}(?<![\w.]){_RATIO}(?![\w%])")
_EVERY: Final = Pattern(
    rf"\b(?P<event>{_EVENT})(?P<gap>[^;]{{0,120}}?)\b(?:each|every)\s+(?P<two>{_NUMBER})\s[^;]{{0,100}}?\b(?:into|for)\s"
    rf"(?P<one>{_NUMBER})\b"
)
_PERCENT: Final = Pattern(
    rf"(?<![\w.])(?P<one>{_NUMBER})\s*(?:%|percent|per\scent)\s+(?:common\s+)?(?P<event>(?:stock|share)\s+dividend)\b"
    rf"|\b(?:stock|share)\s+dividend\s+of\s+(?P<of>{_NUMBER})\s*(?:%|percent|per\scent)"
)
_NO_RATIO: Final = Pattern(
    r"\b(?:effect|reflect|adjust|result|after|following|due\sto|restated\sfor|giving\seffect)\w*\s[^,;]{0,40}?"
    r"\b(?:reverse|forward|stock|share)[-\s]+(?:stock\s+|share\s+)?split\b"
)
_CONDITION: Final = Pattern(r"subject to|in the event|similar|\bany\b|\bif\b|anti-?dilution|basis")
_AHEAD: Final = Pattern(
    r"\bshall\b|\bwill\b|\bwould\b|expected|propos|intend|\bprior to the\b[^,;]{0,20}split|before giving effect"
    r"|pre-split"
)
_DESIGNATED: Final = Pattern(r"\b(?:class|series)\s+[a-z0-9](?:[a-z0-9]|-\d)*\b")
_PREFERRED: Final = Pattern(r"\bprefer")
_SPLIT: Final = Pattern(_EVENT)


def mentions(text: str) -> tuple[Mention, ...]:
    """The splits that a footnote or a remark mentions; not those that the terms of a security allow for.

    Each has a ratio or a day, or both. Where one sentence gives the ratio and one the day, they are one split.
    """
    if "split" not in (words := " ".join(text.split())).casefold() and not _SPLIT.search(words.casefold()):
        return ()
    found = [mention for sentence in _sentences(words) for mention in _in_sentence(sentence)]
    exact = [m for m in found if m.ratio is not None]
    dated = [m for m in found if m.ratio is None]
    if len(exact) == 1 and exact[0].day is None and len({m.day for m in dated}) == 1:
        return (exact[0]._replace(day=dated[0].day, ahead=exact[0].ahead or dated[0].ahead),)
    chosen = exact or dated
    return tuple({(m.ratio, m.day): m for m in reversed(chosen)}.values())[::-1]


def _sentences(text: str) -> Iterator[str]:
    start, folded = 0, text.casefold()
    for end in _END.finditer(folded):
        yield text[start : end.end()].strip()
        start = end.end()
    yield text[start:].strip()


def _in_sentence(sentence: str) -> Iterator[Mention]:
    text = sentence.casefold()
    ratios = dict(_ratios(text))
    if not ratios:
        bare = _NO_RATIO.search(text)
        if bare is not None and not _CONDITION.search(text):
            on = _effective(text, bare.end(), named=True)
            if on is not None:
                yield _mention(None, on, sentence)
        return
    for place, ratio in ratios.items():
        yield _mention(ratio, _effective(text, place), sentence)


def _mention(ratio: Fraction | None, on: date | None, sentence: str) -> Mention:
    text = sentence.casefold()
    return Mention(
        ratio,
        on,
        _AHEAD.search(text) is not None,
        sentence,
        frozenset(_DESIGNATED.findall(text)),
        _PREFERRED.search(text) is not None,
    )


def _ratios(text: str) -> Iterator[tuple[int, Fraction | None]]:
    """Where a sentence names a split with a ratio, and the ratio: None where it is not clear which way it goes."""
    taken: list[tuple[int, int]] = []
    for pattern in (_PERCENT, _RATIO_FIRST, _EVENT_FIRST, _EVERY):
        for found in pattern.finditer(text):
            span = found.span()
            if any(span[0] < end and start < span[1] for start, end in taken):
                continue
            if pattern is _PERCENT:
                ratio: Fraction | None = 1 + _value(found["one"] or found["of"]) / 100
            elif _CONDITION.search(found["gap"]) or 0 in (_value(found["one"]), _value(found["two"])):
                continue
            else:
                ratio = _way(found, text[max(0, span[0] - _LEAD) : span[1]])
            if ratio != 1:
                taken.append(span)
                yield span[1], ratio


def _way(found: re.Match[str], around: str) -> Fraction | None:
    """New shares for each old one, by the words beside the ratio or its order."""
    one, two = _value(found["one"]), _value(found["two"])
    event = found["event"]
    if "reverse" in around or "consolidation" in event or "combination" in event:
        return min(one, two) / max(one, two)
    if "forward" in around or "dividend" in event or event == "subdivision":
        return max(one, two) / min(one, two)
    return None if "by" in found.groupdict() and found["by"] == ":" and one < two else one / two


def _effective(text: str, place: int, *, named: bool = False) -> date | None:
    """The day of the split named at this place: the first after it, else the last before it, that is not another's.

    ``named``: whether the words that lead to the day have to say that something took effect on it.
    """
    days = list(_days(text))
    after = [day for day in days if day[0] >= place]
    before = [day for day in reversed(days) if day[0] < place]
    for some in (after, before):
        began = [on for _at, lead, on in some if _BEGAN.search(lead)]
        plain = [(at, on) for at, lead, on in some if not _OTHER.search(lead)]
        done = [on for at, on in plain if not named or _DONE.search(text[at:place])]
        if began or done:
            return (began or done)[0]
    return None
