"""Rules that compare a transaction with its footnotes: a transaction that a footnote describes may have another code.

Sources: the printed definitions of the codes (Form 4, General Instruction 8; SEC, Ownership Form Codes); Rule
16b-3(c) and (e). These rules read free text, so each is at most a warning.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import texts_of_row
from form4_author.checks.wording import sentences
from form4_author.findings import Hit, Severity
from form4_author.ledger.title import class_of
from form4_author.model.table import DerivativeRow
from form4_author.text import Pattern, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_DENIED: Final = Pattern(
    r"(?:\b(?:not?|never|neither|nor|without|rather than|instead of|in lieu of|other than|except)\b"
    r"|n['\u2019]t\b)[^,;]{0,70}\Z"
    r"|\b(?:includ\w*|balance|previously|subsequent\w*)\b",
    re.IGNORECASE,
)
"""Words before a description that negate it, or show that it is about a total or a different event."""
_MARKET: Final = (
    r"\b(?:sold|sells?|sales?|selling)\b[^.;]{0,120}(?:\b(?:on|in|into|through|over) (?:the |an? )?(?:open "
    r"|public |stock"
    r" |secondary )?(?:market\b|nyse\b|nasdaq\b|new york stock exchange|stock exchange)|\bmultiple (?:trades"
    r"|transactions))"
    r"|\b(?:open[- ]market|market|broker[- ]assisted) (?:sales?|dispositions?)\b|\bbrokers? (?:\w+ )?(?:sold|sells)\b"
    r"|\bsell[- ]to[- ]cover\b|\bsold (?:\w+ ){0,6}(?:by|through|to) (?:\w+ ){0,4}(?:broker|third part)"
)
_WITHHELD: Final = (
    r"\bwith(?:held|holding|holds?)\b[^.;]{0,60}\bby (?:the |its )?(?:issuer|company|corporation|registrant"
    r"|employer)\b"
    r"|\b(?:issuer|company|corporation|registrant|employer) (?:has |have )?(?:withh(?:eld|olds)|retain(?:ed|s))\b"
    r"|\b(?:shares?|stock|units?) (?:\w+ ){0,6}(?:withheld|surrendered|retained|tendered|delivered"
    r"|forfeited)\b[^.;]{0,60}"
    r"\b(?:tax(?:es)?|withholding|exercise price)\b"
)
_PLANS: Final = (
    r"\b(?:section|sec\.|\u00a7)\s?423\b|\b(?:employee|associate|partner|colleague"
    r"|team member)s?['\u2019]?s?(?: \w+)?"
    r" (?:stock|share|unit) purchase (?:plan|program)\b|\bESPP\b|\bdividend (?:\w+ )?re-?investment\b"
    r"|\bre-?invest(?:ment|ed|ing)? (?:of )?(?:\w+ ){0,3}(?:dividends?|distributions?)\b|\bDRIP\b"
    r"|\bdividends? (?:(?:was|were|are) )?(?:automatically )?re-?invested|\b401\s?\(k\)|\b(?:savings|thrift) plan\b"
)
_INHERITED: Final = (
    r"\binherit(?:ed|ance|s)\b|\bunder (?:the terms of )?(?:the |an? |his |her "
    r"|\w+['\u2019]s )?(?:last )?will\b(?! (?:be|not|have))"
    r"|\blast will\b|\bbeque(?:ath|st)\w*|\bintesta\w+|\blaws? of descent"
    r"|\b(?:distribut|receiv|pass)\w*\b[^.;]{0,40}\b(?:from|by|of) (?:the |an |his |her "
    r"|\w+['\u2019]s )?(?:\w+ ){0,3}estate\b(?! (?:invest|fund|trust))"
)
_GIVEN: Final = (
    r"\b(?:bona fide |charitable )?gift(?:s|ed|ing)?\b|\bdonat(?:ed|ions?|es)\b|\bdonor[- ]advised"
    r"|\bcharitable contribution"
    r"|\bcontribut\w+ (?:\w+ ){0,4}to (?:a |the |an )?(?:\w+ ){0,3}(?:charit\w+|foundation)\b"
)
_BOUGHT: Final = (
    r"\b(?:purchase[sd]?|acquired|bought)\b[^.;]{0,80}\b(?:on|in|through) (?:the |an )?(?:open|public) market\b"
    r"|\bopen[- ]market purchases?\b"
)


class _Described(NamedTuple):
    """A transaction that a footnote may describe on a line with one of these codes, but that has a different code."""

    codes: str
    words: Pattern
    what: str
    remedy: str
    signs: tuple[tuple[str, ...], ...]
    """Lower-case pieces of text: one of each group is in everything that the words fit."""
    unless: Pattern | None = None
    """Words of the same sentence that make the description uncertain."""


def _described(
    codes: str,
    words: str,
    what: tuple[str, str],
    signs: tuple[tuple[str, ...], ...],
    unless: str | None = None,
) -> _Described:
    """``what``: the transaction, and the remedy."""
    other = Pattern(unless, re.IGNORECASE) if unless else None
    return _Described(codes, Pattern(words, re.IGNORECASE), *what, signs, other)


_KINDS: Final = (
    _described(
        "FDJ",
        _MARKET,
        ("a market sale", "use code S for a sale, even one to pay tax"),
        (
            ("sold", "sell", "sale", "disposition"),
            ("market", "nyse", "nasdaq", "exchange", "multiple t", "broker", "cover", "third part"),
        ),
        r"\bwithheld\b",
    ),
    _described(
        "SDJ",
        _WITHHELD,
        ("securities withheld or delivered to pay an exercise price or tax", "use code F"),
        (
            ("withh", "retain", "surrender", "tendered", "delivered", "forfeited"),
            (
                "issuer",
                "company",
                "corporation",
                "registrant",
                "employer",
                "tax",
                "withholding",
                "exercise price",
            ),
        ),
        r"\b(?:sold|sells?|selling)\b|(?<!market )\bsales?\b|\bforfeited (?:up)?on\b|\bnet settle",
    ),
    _described(
        "P",
        _PLANS,
        (
            "a purchase under a plan",
            "if Rule 16b-3(c) or 16a-11 exempts it, remove the line or use code A or J",
        ),
        (("423", "purchase p", "espp", "invest", "drip", "401", "savings plan", "thrift plan"),),
    ),
    _described(
        "JAPS",
        _INHERITED,
        ("an acquisition or disposition by will or descent", "use code W"),
        (
            ("inherit", "will", "beque", "intesta", "descent", "estate"),
            ("inherit", "under ", "last ", "beque", "intesta", "descent", "estate"),
        ),
    ),
    _described(
        "JASPDF",
        _GIVEN,
        ("a gift", "use code G"),
        (("gift", "donat", "donor", "charit", "foundation"),),
    ),
    _described(
        "A", _BOUGHT, ("a market purchase", "use code P"), (("market",), ("purchase", "acquired", "bought"))
    ),
)
_OF_HOLDING: Final = (
    "amount_owned_following",
    "value_owned_following",
    "ownership_form",
    "nature_of_ownership",
)
_CODES: Final = frozenset("".join(kind.codes for kind in _KINDS))
_IN_CASH: Final = Pattern(
    r"\b(?:settle[ds]?|settlement|payable|paid(?: out)?|pays?)\b[^.;]{0,40}\b(?:in|for|solely in"
    r"|entirely in) cash\b|\bcash[- ]settled\b"
    r"|\bcash settlement\b",
    re.IGNORECASE,
)
_EITHER: Final = Pattern(
    r"\bor\b[^.;]{0,40}\b(?:cash|shares|stock)\b|\bfraction|\bdividend|\bdividend equivalent|\b(?:not|may"
    r"|elect\w*|option of|partly)\b",
    re.IGNORECASE,
)
_BY_ISSUER: Final = Pattern(
    r"\b(?:issuer|company|corporation|registrant)\b[^.;]{0,30}\b(?:cancel|repurchas|terminat|redeem|cash|bought"
    r"|acquir|paid|pays)\w*"
    r"|\b(?:cancel|repurchas|terminat|surrender|redeem|exchang|cash)\w*\b[^.;]{0,60}\b(?:by|to"
    r"|with) (?:the )?(?:issuer|company|corporation|registrant)\b"
    r"|\b(?:option|award) exchange\b|\bexchange program\b|\brepric\w+"
    r"|\b(?:equity|incentive|stock|option|omnibus|compensation|award)s? (?:\w+ ){0,3}plan\b"
    r"|\b(?:employee|director|incentive|non-?qualified|non-?statutory) (?:stock |share )?options?\b",
    re.IGNORECASE,
)


@rule(
    "TXN-048",
    "Transaction code that contradicts the footnote",
    Severity.WARNING,
    cite.FORM4_INSTR_8,
    cite.FORM_CODES,
    when=When(codes=_CODES),
)
def code_against_footnote(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote of a line describes a transaction for which the form has a different code.

    Why: Each code has a printed definition: F is for securities delivered or withheld, S for sales, G for gifts, W for
    wills and descent. A purchase under a tax-conditioned plan is exempt (Rule 16b-3(c)), but code P shows a purchase
    that may be matched. This rule looks only at the words of the footnote.
    Fix: Correct the code or the footnote.
    Silent: If the words are negated ("not an open market sale"), are about a total or a different event, or are
    uncertain.
    """
    prose = filing.prose()
    possible = [kind for kind in _KINDS if _has_signs(kind, prose)]
    texts = _texts(filing) if possible else {}
    says = cache(_says)  # many lines share a footnote
    for path, row in filing.transactions() if possible else ():
        code = row.transaction_code.value or "?"
        kinds = [kind for kind in possible if code in kind.codes]
        described = ((kind, says(kind, text)) for text in texts.get(path, ()) for kind in kinds)
        kind, words = next((one for one in described if one[1]), (None, ""))
        if kind is not None:
            yield Hit(
                (*path, "transaction_code"),
                f'Transaction Code is {code}, but a footnote describes {kind.what} ("{words}"); {kind.remedy}',
            )


def _texts(filing: Filing) -> dict[Path, tuple[str, ...]]:
    """The footnotes of each line, except those of its total and its ownership, which describe other things."""
    texts = filing.footnote_texts()
    found: dict[Path, dict[str, None]] = {}
    for cell, ids in filing.references():
        if cell[-1] not in _OF_HOLDING:
            found.setdefault(cell[:2], {}).update(dict.fromkeys(texts[id] for id in ids if id in texts))
    return {path: tuple(notes) for path, notes in found.items()}


def _has_signs(kind: _Described, low: str) -> bool:
    """Whether a text in small letters may describe this kind: looked at before its words, which take far longer."""
    for group in kind.signs:
        for sign in group:
            if sign in low:
                break
        else:
            return False
    return True


def _says(kind: _Described, text: str) -> str:
    """The words of a text that describe this kind of transaction; empty if there are no such words."""
    if not _has_signs(kind, text.lower()) or kind.words.search(text) is None:
        return ""
    for sentence in sentences(text):
        found = kind.words.search(sentence)
        if (
            found is not None
            and not _DENIED.search(sentence[: found.start()])
            and not (kind.unless is not None and kind.unless.search(sentence))
        ):
            return " ".join(found[0].split())
    return ""


@rule(
    "TXN-049",
    "Code F for units settled in cash",
    Severity.WARNING,
    cite.FORM4_INSTR_8,
    cite.RULE_16B_3,
    when=When(codes=frozenset("F"), words=("cash",)),
)
def cash_settlement_as_withholding(filing: Filing, _context: Context) -> Iterator[Hit]:
    """All of the units that vested have code F, but a footnote says that they are settled in cash.

    Why: Code F is for securities delivered or withheld to pay an exercise price or tax. Units settled in cash are
    disposed of to the issuer, code D (Rule 16b-3(e)).
    Fix: Write D on the line.
    Silent: If fewer than all units are withheld; if the footnote does not decide the settlement, or mentions fractions
    or dividends.
    """
    for path, row, units in _all_withheld(filing):
        texts = [text for place in (path, *units) for text in texts_of_row(filing, place)]
        if _settled_in_cash(texts):
            amount = grouped(row.amount.value or Decimal(0))
            yield Hit(
                (*path, "transaction_code"),
                f"Transaction Code is F, but a footnote says all {amount} units were settled in cash; use code D",
            )


def _settled_in_cash(texts: Sequence[str]) -> bool:
    return any(
        _IN_CASH.search(sentence) and not _EITHER.search(sentence)
        for text in texts
        for sentence in sentences(text)
    )


def _all_withheld(filing: Filing) -> Iterator[tuple[Path, Row, tuple[Path, ...]]]:
    """The lines of code F for all shares of that day's unpriced awards of the class, with the lines of the awards."""
    awarded: dict[tuple[str, date | None], list[tuple[Path, Row]]] = {}
    for path, row in filing.transactions():
        if row.transaction_code.value in ("M", "A") and row.amount.value:
            title = row.underlying_title if isinstance(row, DerivativeRow) else row.security_title
            awarded.setdefault((class_of(title.value), row.transaction_date.value), []).append((path, row))
    for path, row in filing.transactions():
        key = class_of(row.security_title.value), row.transaction_date.value
        if row.transaction_code.value != "F" or path[0] != "non_derivative" or key not in awarded:
            continue
        shares = [
            other.amount.value or Decimal(0)
            for place, other in awarded[key]
            if place[0] == path[0] and other.acquired_disposed.value == "A" and not other.price.value
        ]
        if shares and sum(shares, Decimal(0)) == row.amount.value:
            yield path, row, tuple(place for place, _other in awarded[key])


@rule(
    "TXN-050",
    "All vested shares withheld",
    Severity.NOTE,
    cite.FORM4_INSTR_8,
    cite.PRACTICE,
    when=When(codes=frozenset("F")),
)
def everything_withheld(filing: Filing, _context: Context) -> Iterator[Hit]:
    """All shares that the awards of that day and class delivered are withheld under code F.

    Why: Tax withholding usually takes only part of the shares. If no shares are left, the award was often settled in
    cash (code D). This is general knowledge.
    Fix: Confirm the number, and how the award was settled.
    Silent: If some shares are left; if TXN-049 reports a cash settlement; for options, whose shares may pay both the
    exercise price and tax.
    """
    for path, row, units in _all_withheld(filing):
        texts = [text for place in (path, *units) for text in texts_of_row(filing, place)]
        if not _settled_in_cash(texts):
            yield Hit(
                (*path, "amount"),
                f"All {grouped(row.amount.value or Decimal(0))} shares that vested are withheld under Transaction"
                " Code F; confirm the number and that the award was not settled in cash (code D)",
            )


@rule(
    "TXN-051",
    "Code H for an option surrendered to the issuer",
    Severity.WARNING,
    cite.FORM_CODES,
    cite.RULE_16B_3,
    when=When(forms="45", codes=frozenset("H")),
)
def ended_by_issuer(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A director or officer reports a cancellation with code H, but the line mentions the issuer or its plan.

    Why: Code H is not a Rule 16b-3 code, and the transaction may count as a sale under Section 16(b). A disposition by
    a director or officer to the issuer has code D (Rule 16b-3(e)). This rule looks only at the words of the line.
    Fix: Write D. Report an award received in exchange on a separate line with code A.
    Silent: For persons who are only 10% owners; if no text of the line mentions the issuer, its plan, an exchange or a
    repricing.
    """
    if not any(owner.is_director or owner.is_officer for owner in filing.owners):
        return
    for path, row in filing.transactions():
        if row.transaction_code.value != "H":
            continue
        texts = (row.security_title.value or "", *texts_of_row(filing, path))
        found = next((words for text in texts if (words := _BY_ISSUER.search(text))), None)
        if found is not None:
            yield Hit(
                (*path, "transaction_code"),
                f'Transaction Code is H, which is outside Rule 16b-3, but the line mentions "{found[0]}"; use'
                " code D for a disposition to the issuer",
            )


RULES: Final[tuple[Rule, ...]] = (
    code_against_footnote,
    cash_settlement_as_withholding,
    everything_withheld,
    ended_by_issuer,
)
