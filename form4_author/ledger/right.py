"""What a derivative security gives its holder, by its title: a right or an obligation, to buy or to sell.

Form 4, General Instruction 4(c)(ii): the title says so. Which way the underlying shares go on exercise follows from it:
a right to sell that is exercised, and an obligation to sell that is exercised against the person, dispose of them;
a right or an obligation to buy acquires them. Titles and footnotes are free text: what is read from them is at most
the ground of a warning.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import Final

from form4_author.text import Pattern, folded

__all__ = ["Right", "is_derivative", "is_obligation", "right_of"]


class Right(Enum):
    """What a derivative security is for the person who has it."""

    BUY = "right to buy"
    SELL = "right to sell"
    MUST_BUY = "obligation to buy"
    MUST_SELL = "obligation to sell"
    UNKNOWN = "not known"

    @property
    def letter(self) -> str:
        """Acquired (A) or disposed of (D): what exercise does to the underlying shares; empty where not known."""
        if self is Right.UNKNOWN:
            return ""
        return "A" if self in (Right.BUY, Right.MUST_BUY) else "D"

    @property
    def obliges(self) -> bool:
        """Whether someone else decides on the exercise."""
        return self in (Right.MUST_BUY, Right.MUST_SELL)


_GETS: Final = r"(?:re)?(?:buy|purchase|acquire|receive|subscribe)"
_GIVES: Final = r"(?:sell|put|deliver|dispose)"
_TO: Final = r"(?: (?:and|or) (?:rights?|obligations?))? to (?:\w+ (?:or|and) )?"
_HAS: Final = r"(?<!no )(?<!not )(?<!any )(?:rights?|options?|warrants?|{0}|entitled|entitle[sd]? \w+)"
_MUST: Final = r"(?<!no )(?<!not )(?<!any )obligat(?:ion|ions|ed|es)"
_EXACT: Final = (
    (Right.MUST_BUY, Pattern(rf"\b{_MUST}{_TO}{_GETS}\b")),
    (Right.MUST_SELL, Pattern(rf"\b{_MUST}{_TO}{_GIVES}\b")),
    (Right.BUY, Pattern(rf"\b{_HAS.format('calls?')}{_TO}{_GETS}\b")),
    (Right.SELL, Pattern(rf"\b{_HAS.format('puts?')}{_TO}{_GIVES}\b")),
)
"""What says it outright; in a text without punctuation."""
_OPTION: Final = r"(?:calls?|puts?|options?)"
_WORDS: Final = r"(?:(?!(?:and|or|shares?|upon|under|by|through|pursuant|of|on|to|in)\b)\w+ ){0,3}?"
"""A few words between the side and what it is: ``sold 10 listed``; those before another thing are none."""
_WAS: Final = (
    rf"{_OPTION} (?:contracts? )?(?:(?:that )?(?:was|were|ha[ds] been|have been|is|are) )?(?:previously )?"
)
_WRITTEN: Final = Pattern(
    r"\b(?:written|wrote|writing|sold|short(?! term| dated)|shorted|naked|uncovered|cash secured)"
    rf" {_WORDS}{_OPTION}\b|\bcovered (?:stock )?(?:calls?|puts?)\b|\b{_WAS}(?:sold|written|short)\b"
    r"|\bexercised against\b|\bcalled away\b|\bassignment of (?:an? |the )?(?:written|short|calls?|puts?)\b"
)
_HELD: Final = Pattern(
    rf"\b(?:long(?! term| dated)|bought|purchased|protective) {_WORDS}{_OPTION}\b|\b{_WAS}(?:bought|purchased|long)\b"
)
_BREAK: Final = Pattern(r"[^\w$%.]+|\.(?!\d)|_")
_CALL: Final = Pattern(r"\bcalls?\b")
_PUT: Final = Pattern(r"\bputs?\b")
_TRADED: Final = Pattern(r"\b(?:options?|contracts?|forwards?|collars?|swaps?|futures?)\b")
"""A title that leaves the kind to its footnotes."""
_SHORT_SWAP: Final = Pattern(r"\bswaps?\b.*\bshort\b|\bshort\b.*\bswaps?\b")
_TO_SELL: Final = Pattern(
    r"\b(?:forward|futures?|prepaid)\b.*\b(?:sales?|sold)\b|\bsales?\b.*\b(?:forward|futures?)\b"
)
_TO_BUY: Final = Pattern(
    r"\b(?:forward|futures?)\b.*\b(?:purchases?|bought)\b|\bpurchases?\b.*\b(?:forward|futures?)\b"
)
_OBLIGATION: Final = Pattern(r"\bobligations?\b")
_RIGHT: Final = Pattern(r"\brights?\b")
_OBLIGES: Final = Pattern(r"\bobligat\w* to\b")
_UNTOLD: Final = Pattern(r"\b(?:listed|exchange traded|otc|over the counter|flex|standardi[sz]ed)\b")
"""Options that are none of the issuer's: they may be of any kind."""
_ACQUIRING: Final = Pattern(
    r"\b(?:options?|nqs?os?|nsos?|isos?|sars?|warrants?|units?|rsus?|psus?|dsus?|prsus?|ltip|rights?"
    r"|phantom|deferred|notional|restricted|performance|equivalents?|awards?|earn ?outs?|dividend|convertible"
    r"|prefer(?:red|ence)|notes?|debentures?|bonds?|loan|class|series|stock|shares?|interests?|membership|partnership"
    r"|exchangeable)\b"
)
"""What its holder exercises, converts or is paid out in the issuer's shares, where nothing says otherwise."""
_DERIVATIVE: Final = Pattern(
    r"\b(?:options?\b(?! exercise)|warrants?\b|calls?\b|puts?\b|sars?\b|stock appreciation|convertible\b"
    r"|right to (?:buy|acquire|purchase|sell)|obligation to (?:buy|acquire|purchase|sell))",
    re.IGNORECASE,
)
_SHARES_ALL_THE_SAME: Final = Pattern(
    r"restricted|\brsu|\bunits?\b|phantom|performance|deferred|award|american depositary|\bads\b|upon|exercise|issuable"
    r"|underlying|acquired",
    re.IGNORECASE,
)


def right_of(title: str, notes: tuple[str, ...] = ()) -> Right:
    """What a title says, and where it is silent its footnotes; where both are silent, what is general practice.

    Options of the issuer's plans, warrants, units and what converts acquire shares. A call or put of which nothing says
    whether it is held or written is not known.
    """
    return _right(title, tuple(notes))


@lru_cache(maxsize=4096)
def _right(title: str, notes: tuple[str, ...]) -> Right:
    words = _plain(title)
    stated = _stated_right(words)
    if stated is not None:
        return stated
    if _names_kind(words) or _TRADED.search(words):
        found = _noted(words, notes)
        if found is not Right.UNKNOWN or _names_kind(words) or _UNTOLD.search(words):
            return found
    return Right.BUY if _ACQUIRING.search(words) else Right.UNKNOWN


def _stated_right(words: str) -> Right | None:
    """What a text says outright, or of a written or bought call or put; None where it says nothing.

    Not known, where it says both of two.
    """
    exact = _exact(words)
    if exact:
        return _only(exact)
    sold, bought = _TO_SELL.search(words), _TO_BUY.search(words)
    if bool(sold) != bool(bought):
        return Right.MUST_SELL if sold else Right.MUST_BUY
    side = _side(words)
    if side is None:  # Put Option (Obligation)
        side = _either(bool(_OBLIGATION.search(words)), bool(_RIGHT.search(words)))
    return None if side is None else _of(words, written=side)


def _noted(title: str, notes: tuple[str, ...]) -> Right:
    """What the footnotes say of an option whose title leaves it open; of other options in them nothing is taken."""
    found: set[Right] = set()
    for note in notes:
        words = _plain(note)
        found |= {right for right in _rights_in_note(title, words) if _agrees(title, right)}
    return _only(found) if found else Right.UNKNOWN


def _rights_in_note(title: str, words: str) -> set[Right]:
    """What a footnote says; a right that is none of a call or put is of the shares, and not of the option."""
    named = _names_kind(title) or _names_kind(words)
    exact = {right for right in _exact(words) if named or right.obliges}
    side = _side(words)
    if exact or side is None:
        return exact
    stated = _of(title, written=side) or _of(words, written=side)
    return {stated} if stated else set()


def _names_kind(words: str) -> bool:
    """Whether a text names a call or a put."""
    return bool(_CALL.search(words) or _PUT.search(words))


def _agrees(title: str, right: Right) -> bool:
    """Whether an option of this title may be it: no call is a right to sell."""
    call, put = bool(_CALL.search(title)), bool(_PUT.search(title))
    if call == put:
        return True
    return right in ((Right.BUY, Right.MUST_SELL) if call else (Right.SELL, Right.MUST_BUY))


def _side(words: str) -> bool | None:
    """Whether it was written; None where nothing says so, or both."""
    return _either(bool(_WRITTEN.search(words)), bool(_HELD.search(words)))


def _either(written: bool, held: bool) -> bool | None:  # noqa: FBT001  # two sides of one question
    return written if written != held else None


def _of(words: str, *, written: bool) -> Right | None:
    """A call or a put, held or written; None where it is neither of them alone."""
    call, put = bool(_CALL.search(words)), bool(_PUT.search(words))
    if call == put:
        return None
    if call:
        return Right.MUST_SELL if written else Right.BUY
    return Right.MUST_BUY if written else Right.SELL


def _only(found: set[Right]) -> Right:
    return next(iter(found)) if len(found) == 1 else Right.UNKNOWN


def _exact(words: str) -> set[Right]:
    return {right for right, pattern in _EXACT if pattern.search(words)}


def _plain(text: str) -> str:
    """The words, without case and punctuation: ``right to buy`` of ``(Right-to-Buy)``."""
    return folded(_BREAK.sub(" ", text))


@lru_cache(maxsize=4096)
def is_obligation(title: str) -> bool:
    """Whether a title is of what is counted as it is written or sold short: an obligation, or a short equity swap."""
    words = _plain(title)
    return bool(_OBLIGES.search(words) or _SHORT_SWAP.search(words)) or _right(title, ()).obliges


@lru_cache(maxsize=4096)
def is_derivative(title: str) -> bool:
    """Whether a title is of an option, warrant, put, call or convertible security, which Table I does not take.

    Restricted stock, units and awards, and shares that come from an option, are none.
    """
    return bool(_DERIVATIVE.search(title)) and not _SHARES_ALL_THE_SAME.search(title)
