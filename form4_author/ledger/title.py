"""Which titles name one class of security.

A form has no field for the class, only its title, and the title is typed again on each form. Titles that differ only in
case, punctuation, par value, singular and plural, or abbreviation are one class. Different words are different classes:
Class A and Class B, each series, voting and non-voting, preferred, units, and a name or symbol before the class.

Some spellings go further, because filers use both for one line (``tests/ledger/titles.tsv`` names filings):

- ``Common`` alone is common stock, and ``Common Shares`` are ``Common Stock``. Elsewhere shares and stock are different
  words: restricted share units are not restricted stock units, nor are preferred shares preferred stock.
- A class or series at the end belongs before the security: ``Preferred Stock, Series A``.
- Words in brackets that repeat what is before them are left out: ``("Common Stock")``, ``(RSUs)``.
- Words that run together are separated (``StockOption``), and ``Depository`` is ``Depositary``.

Misspelled words remain as they are.

Source: Form 4, Table I column 1 and Table II column 1; what makes a class is practice.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["class_of", "nearly_same_class", "same_class"]

_HALVES: Final = " | "
"""Between two securities in one title; both remain."""
_LONGEST: Final = 300
"""Characters of a title that is read; the form has room for 60, and a longer text is not a title."""

_LEAST_LETTERS: Final = 5
"""Letters of a word in which one may be mistyped."""

# ---- par value, in a title without case and apostrophes

_MONEY: Final = (
    r"(?:(?:\b(?:us|hk|nt)|\bu\.s\.\s?)?\$|[€£¥]"
    r"|\b(?:nis|ils|usd|eur|euros?|gbp|chf|rmb|cad|jpy|dkk|sek|nok)\b)"
)
_NUMBER: Final = r"(?:\d+/\d+|(?:\d[\d.,]*\d|\.?\d+)(?:[\s-]\s*\d+/\d+)?)"
_AMOUNT: Final = rf"(?:{_MONEY}\s*{_NUMBER}|{_NUMBER}\s*(?:cents?\b|¢)|(?<![\w.])\d*\.\d+(?![\d%]))"
"""An amount says so by a currency or by decimals: ``Series 2 par value`` has none."""
_PAR: Final = r"\b(?:par|nominal)(?:\s*v(?:a(?:l(?:ue?)?)?)?)?(?![a-z])\.?"
"""``par value``; also cut short, since a title ends after 60 characters."""
_PER_SHARE: Final = r"(?:\s*(?:per|/)\s*(?:s(?:h(?:a(?:re?)?)?)?s?|units?)(?![a-z])\.?|\s*per\s*$|\s+each\b)?"
_PAR_VALUE: Final = Pattern(
    r"(?:\b(?:with|having|of)\s+(?:an?\s+)?)?(?:"
    rf"(?:\b(?:no|without|zero|nil)\b|\bw/o)\s*{_PAR}{_PER_SHARE}"
    rf"|{_AMOUNT}[\s-]*{_PAR}{_PER_SHARE}"
    rf"|{_PAR}\s*(?:of\b|:|=)?\s*(?:{_AMOUNT}|(?<!\d)\d*\.\d+(?![\d%])|{_NUMBER}(?=\s*per\b)){_PER_SHARE}"
    rf"|\b(?:par|nominal)\s*val(?:ue)?(?![a-z])\.?{_PER_SHARE}"
    rf"|{_MONEY}\s*0?\.\d+(?:[\s-]\s*\d+/\d+)?\s*value\b{_PER_SHARE})"
    rf"|\bof\s+{_MONEY}\s*{_NUMBER}\s+each\b"
)
"""Other amounts are left: they are prices, rates, tranches or years."""

# ---- words

_APOSTROPHES: Final = Pattern(r"['’‘`´]")
_ISSUER: Final = Pattern(r"\b(?:of\s+)?(?:the\s+)?issuers?\b|\bthe\b")
_THOUSANDS: Final = Pattern(r"(?<=\d),(?=\d{3}(?!\d))")
_RUN_ON: Final = Pattern(r"\b(class|series)\s*([a-z])(?=\b|capital|common|ordinary|preferred)")
_LETTER_DIGIT: Final = Pattern(r"\b([a-z])[-‐‑–](?=\d)")
_PIECES: Final = Pattern(r"[(\[]([^()\[\]]*)([)\]]|$)|[^(\[]+")
_WORDS: Final = Pattern(r"\d+(?:\.\d+)*|(?<![^\W_])\.\d+|[^\W\d_][^\W_]*")
_COMPOUND: Final = Pattern(
    r"(?:buy|capital|common|convertible|earn|option|ordinary|out|preferred|purchase|restricted|right|sell|share"
    r"|stock|to|unit|voting|warrant)(?:s(?!ell|hare|tock))?"
)
_DESIGNATION: Final = Pattern(r"[a-z]{1,4}|[a-z]?\d+")

_ABBREVIATIONS: Final = {
    "ads": "american depositary share",
    "cl": "class",
    "cmn": "common",
    "com": "common",
    "comm": "common",
    "comp": "compensation",
    "conv": "convertible",
    "cum": "cumulative",
    "def": "deferred",
    "depository": "depositary",
    "dir": "director",
    "direc": "director",
    "iso": "incentive stock option",
    "nq": "non qualified",
    "nqso": "non qualified stock option",
    "ord": "ordinary",
    "perf": "performance",
    "perp": "perpetual",
    "pfd": "preferred",
    "pref": "preferred",
    "red": "redeemable",
    "rsu": "restricted stock unit",
    "sar": "stock appreciation right",
    "ser": "series",
    "sh": "share",
    "shr": "share",
    "stk": "stock",
}
"""Each with one meaning. PSU, DSU and NSO are left as they are: filers use each of them for two things."""

_NOT_PLURAL: Final = ("ss", "us", "is", "series")
_NOUNS: Final = frozenset({"note", "share", "stock", "unit", "warrant"})
_BEFORE_PHRASE: Final = frozenset({"acquire", "buy", "for", "of", "purchase", "sell", "underlying"})


def same_class(a: str | None, b: str | None) -> bool:
    """Whether two titles name one class of security."""
    return class_of(a) == class_of(b)


def nearly_same_class(a: str | None, b: str | None) -> bool:
    """Whether two titles of different classes differ as much as a mistyped title does from the right one.

    One word has one letter too many, too few, wrong or exchanged with the next: ``Comon Stock``; or is ``Shares`` where
    the other is ``Stock``. Short words, letters and numbers distinguish classes: Class A, Series 2.
    """
    one, other = class_of(a).split(), class_of(b).split()
    differing = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    return len(one) == len(other) and len(differing) == 1 and _is_mistyped(*differing[0])


def _is_mistyped(one: str, other: str) -> bool:
    if {one, other} == {"share", "stock"}:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < _LEAST_LETTERS or not (one + other).isalpha() or len(long) - len(short) > 1:
        return False
    start = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    exchanged = short[start : start + 2] == long[start : start + 2][::-1]
    return short[start + 1 :] == long[start + 1 :] or (exchanged and short[start + 2 :] == long[start + 2 :])


@lru_cache(maxsize=8192)
def class_of(title: str | None) -> str:
    """The class a title names, as one text for all its spellings: ``common stock``, ``class a common stock``.

    The text of a class is in the class it names. It is empty only for an empty title.
    """
    folded = _folded(title or "")
    if len(folded) > _LONGEST:
        return folded
    halves = (" ".join(_ordered(_nouns(_class_words(half)))) for half in folded.split(_HALVES))
    found = _HALVES.join(half for half in halves if half) or folded
    return found if found == folded else class_of(found)


def _folded(title: str) -> str:
    """The title without case, typographic variants and extra space."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
    return " ".join(text.split())


def _class_words(text: str) -> list[str]:
    """The words without par value, and without an addition in brackets that repeats what is before it."""
    plain = _PAR_VALUE.sub(" ", _APOSTROPHES.sub("", text))
    words: list[str] = []
    for piece in _PIECES.finditer(plain):
        inner, closed = piece[1], piece[2]
        found = list(_words(piece[0]))
        if inner is None or not _repeats(words, inner, found, cut_short=not closed):
            words += found
    return words


def _words(text: str) -> Iterator[str]:
    plain = _ISSUER.sub(" ", _THOUSANDS.sub("", text.replace("&", " and ")))
    plain = _RUN_ON.sub(r"\1 \2 ", _LETTER_DIGIT.sub(r"\1", plain))
    for word in _WORDS.findall(plain):
        yield from _parts(_singular(f"0{word}" if word.startswith(".") else word))


def _parts(word: str) -> Iterator[str]:
    """A word in full: an abbreviation spelled out, words run together taken apart."""
    full = _ABBREVIATIONS.get(word) or _ABBREVIATIONS.get(word.removesuffix("s"))
    if full:
        yield from full.split()
    elif word.startswith("non") and len(word) > 6:
        yield "non"
        yield from _parts(word.removeprefix("non"))
    else:
        parts = _COMPOUND.findall(word)
        yield from map(_singular, parts) if "".join(parts) == word else (word,)


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(_NOT_PLURAL):
        return word
    if word.endswith("sses"):
        return word.removesuffix("es")
    return (
        f"{word.removesuffix('ies')}y" if word.endswith("ies") and len(word) > 4 else word.removesuffix("s")
    )


def _repeats(before: Sequence[str], inner: str, words: Sequence[str], *, cut_short: bool) -> bool:
    """Whether words in brackets are the words before them: ``Restricted Stock Units (RSUs)``, ``("Common Stock")``.

    An abbreviation is that of the last words when it has their first letters, the last one's at its end.
    """
    phrase = " ".join(words)
    for start in range(len(before)):
        tail = " ".join(before[start:])
        if words and (tail == phrase or (cut_short and tail.startswith(phrase))):
            return True
    letters = inner.strip('"“” .').removesuffix("s")
    initials = iter([word[0] for word in before][::-1])
    return (
        len(letters) > 1
        and letters.isalpha()
        and bool(before)
        and letters[-1] == before[-1][0]
        and all(letter in initials for letter in reversed(letters))
    )


def _nouns(words: list[str]) -> list[str]:
    """The words with ``stock`` after ``common`` where it is left out or called shares."""
    found: list[str] = []
    for place, word in enumerate(words):
        found.append("stock" if word == "share" and found[-1:] == ["common"] else word)
        if word == "common" and words[place + 1 : place + 2] in ([], ["class"], ["series"]):
            found.append("stock")
    return found


def _ordered(words: list[str]) -> list[str]:
    """The words with a class or series at the end put before the security that it designates."""
    while len(words) > 2 and _trailing(words):
        phrase, designation = words[:-2], words[-2:]
        start = max((i + 1 for i, word in enumerate(phrase) if word in _BEFORE_PHRASE), default=0)
        words = [*phrase[:start], *designation, *phrase[start:]]
    return words


def _trailing(words: Sequence[str]) -> bool:
    return (
        words[-3] in _NOUNS
        and words[-2] in ("class", "series")
        and _DESIGNATION.fullmatch(words[-1]) is not None
    )
