"""The splits of an account of Section 16(b): the warning above the figures, the restated trades, and both as data."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Final

from form4_author.shortswing.basis import GIVEN, is_late
from form4_author.shortswing.history import name_of
from form4_author.shortswing.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from form4_author.ledger.split import Split
    from form4_author.shortswing.account import Account
    from form4_author.shortswing.basis import Applied
    from form4_author.shortswing.sign import Sign
    from form4_author.shortswing.trade import Trade

__all__ = ["filled", "sign_data", "split_data", "split_signs", "split_working"]

_WIDTH: Final = 80
_SHOWN: Final = 40
"""Restated trades that are written out."""


def filled(text: str, indent: str = "", hanging: str = "  ") -> list[str]:
    """The text in lines of the page's width."""
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def split_signs(account: Account) -> Iterator[str]:
    """What suggests a split that is not in the figures, and how to give it."""
    signs = account.basis.signs
    if not signs:
        return
    yield from filled(
        "A stock split seems to lie between these trades. They are not on one basis, and the figures below can't be"
        " relied on.",
        "  ",
    )
    for sign in signs:
        yield from filled(sign.words, "    ")
    title = account.title.partition(",")[0]
    given = dict.fromkeys(f"--split '{title} {_terms(sign)}'" for sign in signs)
    yield from filled(
        f"Give the split as {' or '.join(given)}, with the ratio and the first day of the new shares; 1:1 if there was"
        " none.",
        "  ",
    )


def _terms(sign: Sign) -> str:
    """``2:1@2026-05-01``, with words for what is not known."""
    ratio = "NEW:OLD" if sign.ratio is None else _ratio_text(sign.ratio)
    return f"{ratio}@{sign.until.isoformat() if sign.dated else 'DAY'}"


def _ratio_text(ratio: Fraction) -> str:
    """``2:1``."""
    return f"{ratio.numerator}:{ratio.denominator}"


def split_working(account: Account) -> Iterator[str]:
    """The splits for which trades were restated, and each trade before and after."""
    applied = account.basis.applied
    if not applied:
        return
    for each in applied:
        yield from filled(f"Restated for the {each.split.words}", "  ")
        yield from filled("Given as --split" if each.source == GIVEN else each.source, "    ")
    moved = [trade for trade in account.trades if trade.reported is not None]
    for trade in moved[:_SHOWN]:
        yield from filled(_working(trade, [each.split for each in applied]), "    ")
    more = len(moved) - _SHOWN
    if more > 0:
        yield from filled(f"and {more} more trade{'' if more == 1 else 's'}; --json has all of them", "    ")
    for prior in {id(p): p for t in moved if (p := t.place.prior) and _is_late(t, applied)}.values():
        yield from filled(
            f"{name_of(prior)} reports a trade of before a split after it. Check that the form does not give it in new"
            " shares already.",
            "    ",
        )


def _working(trade: Trade, splits: Sequence[Split]) -> str:
    """``100 @ $40 on 2026-04-01 = 200 @ $20 after the 2-for-1 split of 2026-05-01``."""
    before = trade.reported or trade
    after = " and the ".join(split.words for split in splits if trade.day < split.day)
    return (
        f"{trade.code} {shown(before.shares)} @ ${shown(before.price)} on {trade.day.isoformat()} ="
        f" {shown(trade.shares)} @ ${shown(trade.price)} after the {after}"
    )


def _is_late(trade: Trade, applied: Sequence[Applied]) -> bool:
    return any(is_late(trade, each.split.day) for each in applied)


def split_data(applied: Applied) -> dict[str, Any]:
    """A split for which trades were restated, as plain data."""
    split = applied.split
    return {"ratio": _ratio_text(split.ratio), "day": split.day.isoformat(), "source": applied.source}


def sign_data(sign: Sign) -> dict[str, Any]:
    """What suggests a split, as plain data."""
    return {
        "words": sign.words,
        "after": sign.after.isoformat(),
        "until": sign.until.isoformat(),
        "ratio": None if sign.ratio is None else _ratio_text(sign.ratio),
    }
