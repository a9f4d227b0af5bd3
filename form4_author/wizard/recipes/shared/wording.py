"""Footnotes that are proposed in the words of the answers: title, class, number, ratio as the filer gave them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import ratio
from form4_author.ledger.title import class_of, same_class
from form4_author.model.draft import TABLES
from form4_author.text import amount_text, folded, grouped
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.class_change import restated_lines
from form4_author.wizard.recipe import ANSWERS
from form4_author.wizard.recipes.shared.question import phrase
from form4_author.wizard.recipes.shared.series import with_series
from form4_author.wizard.screen import Proposal, View

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["answer_to", "conversion_words", "unit_words", "vesting_words"]

_UNIT: Final = "Each {unit} is the contingent right to receive {share}."
_PHANTOM: Final = "Each {unit} is the economic equivalent of {share}."
_EQUIVALENT: Final = ("phantom", "cash")
"""Words in a title of units that follow the price of a share, and may never be one."""
_YEAR: Final = r"\b(?:19|20)\d\d\b"
_NO_TERMS: Final = (_YEAR, "withh", r"\btax", r"\bsold\b", "dividend", "forfeit", "option")
"""What shows that a footnote with the word vest is about something other than the terms of an award of stock."""
_OF_ONE_FORM: Final = re.compile(rf"{_YEAR}|\btransaction\b|\bsettlement of\b|\bvested\b", re.IGNORECASE)
"""What shows that a footnote says what happened then, and not only what one unit is."""
_SHARES: Final = ("shares", "units", "ads", "adss")


def answer_to(view: View, name: str) -> str:
    """The answer of this name on the card; empty without one."""
    return view.text(ANSWERS + name)


def vesting_words(*others: str) -> Callable[[View], Proposal | None]:
    """The vesting terms that an earlier filing told, as a proposal; ``others``: kinds of award they are not of."""
    return phrase("vest", stale=re.compile("|".join((*_NO_TERMS, *others)), re.IGNORECASE))


def unit_words(title: str, *, of: str = "security") -> Callable[[View], Proposal | None]:
    """What one unit is, for the title and class answered; as it was last reported, where units of this title were.

    ``of``: the answer with the class.
    """

    def propose(view: View) -> Proposal:
        own = answer_to(view, "unit") or title
        before = _as_reported(view, own)
        if before is not None:
            return before
        sentence = _PHANTOM if any(word in class_of(own) for word in _EQUIVALENT) else _UNIT
        return Proposal(sentence.format(unit=_one(own), share=_share(answer_to(view, of))))

    return propose


def _as_reported(view: View, title: str) -> Proposal | None:
    lines = [line for line in reversed(restated_lines(view.draft)) if line.table == TABLES[1]]
    why = "as last reported" if lines else "as the issuer's forms have it"
    for line in lines or view.shelf.series:
        words = line.text("exercise_price_words")
        same = same_class(line.text("security_title"), title)
        if same and words and not _OF_ONE_FORM.search(words):
            return Proposal(words, why)
    return None


def _one(title: str) -> str:
    """``restricted stock unit`` for Restricted Stock Units, ``RSU`` for RSUs."""
    single = title.partition(" (")[0].removesuffix("s")
    return " ".join(word if word.isupper() else word.lower() for word in single.split())


def _share(security: str) -> str:
    """``one share of the issuer's Common Stock``, ``one of the issuer's Ordinary Shares``."""
    title = security or "common stock"
    several = folded(title).split()[-1] in _SHARES
    return f"one {'' if several else 'share '}of the issuer's {title}"


# ---- conversions

_DEBT: Final = re.compile(r"\b(?:notes?|debentures?|bonds?|loans?)\b", re.IGNORECASE)


def conversion_words(view: View) -> Proposal | None:
    """The ratio of a conversion, computed from both numbers; open and without end only where so answered.

    As it was last reported, where a line was chosen that has it.
    """
    given, came = (row_value.number(answer_to(view, name)) for name in ("converted", "quantity"))
    line = with_series(view, {"series": answer_to(view, "series")})
    if line.get("unit_note"):
        return Proposal(line["unit_note"], "as last reported")
    title, security = line.get("option") or answer_to(view, "option"), answer_to(view, "security")
    if not given or not came or not title or not security:
        return None
    open_ended = answer_to(view, "open") == "yes"
    rate = None if _DEBT.search(title) else ratio(came, given)
    if rate is None:
        sentence = f"{grouped(given)} of {title} converted into {grouped(came)} of {security}."
        more = " Convertible at any time at the holder's election, with no expiration date."
        return Proposal(sentence + (more if open_ended else ""))
    shares = "one share" if rate == 1 else f"{amount_text(rate)} shares"
    sentence = f"Each share of {title} is convertible into {shares} of {security}"
    more = " at any time at the holder's election and has no expiration date"
    return Proposal(f"{sentence}{more if open_ended else ''}.")
