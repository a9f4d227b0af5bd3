"""The accounts of Section 16(b) as text for people and as data for machines."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from form4_author.findings import path_text
from form4_author.shortswing.account import LIMITS
from form4_author.shortswing.basis import GIVEN, is_late
from form4_author.shortswing.gain import MARKET
from form4_author.shortswing.history import name_of
from form4_author.shortswing.trade import added
from form4_author.shortswing.wording import arithmetic, digits, in_brief, money, near, shown
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.legal_data import basis_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from fractions import Fraction

    from form4_author.ledger.split import Split
    from form4_author.shortswing.account import ClassAccount, Outlook, Result
    from form4_author.shortswing.basis import Applied
    from form4_author.shortswing.history import FilerGroup
    from form4_author.shortswing.matching import Matching, Pair
    from form4_author.shortswing.split_sign import Sign
    from form4_author.shortswing.trade import Amount, RowPlace, Trade, TradeEntry
    from form4_author.shortswing.uncertain import Doubt


__all__ = [
    "filled",
    "limits_text",
    "outlook_data",
    "outlook_text",
    "result_data",
    "result_text",
    "sign_data",
    "split_data",
    "split_signs",
    "split_working",
]

_OPEN: Final = "not determined"
"""In place of a figure of nothing while something is open."""
_SHOWN: Final = 40
"""Pairs that are written out."""


def result_text(result: Result) -> str:
    """The account of some persons and an issuer, ending with a newline."""
    lines = [*filled(_who(result.group)), *filled(_forms(result.group))]
    for sentence in result.amendments:
        lines += filled(sentence)
    if not result.accounts:
        lines += ["", "No trade that may be matched."]
    lines += _doubts(result.doubts if result.accounts else ())
    for account in result.accounts:
        lines += [
            "",
            *_account(account, is_open=bool(account.doubts or result.doubts or account.basis.signs)),
        ]
    lines += _entries("Left out, exempt by their code", result.reading.left_out)
    lines += _entries("Not determined: known only to the filer", result.reading.questions)
    return "\n".join(lines) + "\n"


def limits_text() -> str:
    """What no figure says, ending with a newline."""
    lines = [line for text in basis_lines(sec_calendar().added) for line in filled(text)] + ["Limits"]
    for limit in LIMITS:
        lines += filled(limit, "  ")
    return "\n".join(lines) + "\n"


def outlook_text(outlook: Outlook) -> str:
    """What a planned trade would bring about, ending with a newline."""
    plan = outlook.trade
    what = " ".join(part for part in (plan.code, shown(plan.shares), plan.title) if part)
    lines = filled(f"Planned: {what} @ {shown(plan.price)} on {plan.day.isoformat()}")
    if outlook.first_safe == plan.day:
        lines += filled(
            "Matches nothing at a profit on that day, at that price"
            f"{', as six months are counted here' if outlook.clear != plan.day else ''}.",
            "  ",
        )
    else:
        pairs = [p for p in outlook.with_plan.customary.pairs if plan is p.purchase or plan is p.sale]
        lines += [line for pair in pairs for line in _pair(pair)]
        by = _figure(outlook.added, is_open=bool(outlook.doubts))
        lines += filled(
            f"Would raise the upper bound by an amount {by}."
            if by == _OPEN
            else f"Would raise the upper bound by {by}.",
            "  ",
        )
    lines += filled(
        f"First day outside every reading: {_days(outlook.clear, outlook.clear_at_any_price)}, of the trades in these "
        "files.",
        "  ",
    )
    sooner = _days(outlook.first_safe, outlook.first_safe_at_any_price)
    if sooner != _days(outlook.clear, outlook.clear_at_any_price):
        lines += filled(
            f"As counted here: {sooner}; but courts have counted differently (see SWG-003).", "  "
        )
    for doubt in outlook.doubts:
        lines += filled(f"Uncertain: {doubt.words}", "  ")
    if outlook.with_plan.needs:
        lines += filled("Pairs whose market prices are not known count as not safe.", "  ")
    return "\n".join(lines) + "\n"


# ---- text


def _days(at_price: date, at_any_price: date) -> str:
    """``2026-06-01 at that price, 2026-10-31 at any price``; one day where both are the same."""
    sooner = f"{at_price.isoformat()} at that price, " if at_price != at_any_price else ""
    return f"{sooner}{at_any_price.isoformat()} at any price"


def _doubts(doubts: Sequence[Doubt], indent: str = "") -> list[str]:
    """What leaves figures open, above them."""
    return [line for doubt in doubts for line in filled(f"Uncertain: {doubt.words}", indent)]


def _figure(total: Amount, *, is_open: bool) -> str:
    """The amount; none where nothing was found and something is open."""
    return _OPEN if is_open and not total else money(total)


def _who(group: FilerGroup) -> str:
    issuer = _named(group.issuer_name or "Issuer", group.issuer_cik)
    persons = "; ".join(_named(name or "Reporting person", cik) for cik, name in group.persons)
    return f"{issuer}: {persons}"


def _named(name: str, cik: str) -> str:
    return f"{name} (CIK {cik})" if cik else name


def _forms(group: FilerGroup) -> str:
    count = len(group.filings)
    days = [prior.day for prior in group.filings if prior.day is not None]
    return f"{count} form{'' if count == 1 else 's'}{', ' + _span(days) if days else ''}"


def _span(days: Sequence[date]) -> str:
    first, last = min(days).isoformat(), max(days).isoformat()
    return first if first == last else f"{first} to {last}"


def _account(account: ClassAccount, *, is_open: bool) -> list[str]:
    lines = [
        account.title or account.share_class,
        *split_signs(account),
        *_doubts(account.doubts, "  "),
        "  Trades",
    ]
    lines += [
        line for sentence in _trades(account.trades) for line in filled(sentence, "    ", "            ")
    ]
    lines += split_working(account)
    if account.customary.total != account.optimum.total:
        lines += _matching("Pairs, lowest price in against highest price out", account.customary)
        lines += _matching("Pairs with the greatest total", account.optimum)
    elif account.customary.pairs:
        lines += _matching("Pairs, lowest price in against highest price out", account.customary)
    else:
        lines += filled("No purchase and sale within less than six months at a profit.", "  ")
    lines += [
        f"  Customary figure (lowest in, highest out)  {_figure(account.customary.total, is_open=is_open):>18}",
        f"  Upper bound (greatest total)               {_figure(account.optimum.total, is_open=is_open):>18}",
    ]
    if any(pair.gain.basis == MARKET for pair in (*account.customary.pairs, *account.optimum.pairs)):
        lines += filled(
            '"At most" marks the limit of Rule 16b-6(c)(2) for derivative securities; the profit may be less.',
            "  ",
        )
    for boundary in account.boundaries:
        lines += filled(f"Boundary: {near(boundary)}.", "  ")
    return [*lines, *_needed(account)]


def _needed(account: ClassAccount) -> Iterator[str]:
    """What it takes to judge the pairs that are in neither figure."""
    if not account.needs:
        return
    count = len(account.undetermined)
    yield from filled(
        f"{count} pair{'' if count == 1 else 's'} of a derivative security against shares or another series"
        f" {'is' if count == 1 else 'are'} in neither figure without the market price of",
        "  ",
    )
    for need in account.needs:
        yield from filled(f"{need.title or account.title} on {need.day.isoformat()}", "    ")
    example = account.needs[0]
    title = (example.title or account.title).partition(",")[0]  # the class is enough
    yield from filled(f"Give it as --price '{title}=PRICE@{example.day.isoformat()}'", "  ")


def _trades(trades: Sequence[Trade]) -> Iterator[str]:
    """One line for the trades of a day in one security on one side."""
    ordered = sorted(trades, key=lambda t: (t.day, t.title, t.code, t.side))
    for (day, title, code, side), same in groupby(ordered, lambda t: (t.day, t.title, t.code, t.side)):
        found = list(same)
        prices = [t.price for t in found]
        low, high = shown(min(prices)), shown(max(prices))
        count = f" in {len(found)} rows" if len(found) > 1 else ""
        shares = shown(added(t.shares for t in found))
        remarks = "; ".join(dict.fromkeys(t.remark for t in found if t.remark))
        yield (
            f"{day.isoformat()}  {code:3} {side.value:8}  {shares}{count} @ {low}"
            + (f" to {high}" if low != high else "")
            + ("" if found[0].underlying == title else f", {title}")
            + (f" ({remarks})" if remarks else "")
        )


def _matching(head: str, matching: Matching) -> list[str]:
    lines = [f"  {head}"]
    for pair in matching.pairs[:_SHOWN]:
        lines += _pair(pair)
    more = len(matching.pairs) - _SHOWN
    if more > 0:
        lines += filled(f"and {more} more pair{'' if more == 1 else 's'}; --json has all of them", "    ")
    return lines


def _pair(pair: Pair) -> list[str]:
    last = pair.window.last_matching.isoformat()
    lines = [
        *filled(arithmetic(pair), "    "),
        *filled(f"{in_brief(pair.earlier)} with {in_brief(pair.later)}, last matching day {last}", "      "),
    ]
    for other in pair.alternatives:
        lines += filled(
            f"measured in {other.title}: {shown(pair.shares)} × ({shown(other.high)} − {shown(other.low)})"
            f" = {shown(pair.measured(other))}",
            "      ",
        )
    return lines


def _entries(head: str, entries: Sequence[TradeEntry]) -> list[str]:
    """Rows with the same code and reason in one line, in the order of their first."""
    if not entries:
        return []
    kinds: dict[tuple[str, str, str], list[TradeEntry]] = {}
    for entry in entries:
        kinds.setdefault((entry.code, entry.reason, entry.title if entry.code == "J" else ""), []).append(
            entry
        )
    lines = ["", head]
    for (code, reason, _), found in kinds.items():
        days = [entry.day for entry in found if entry.day is not None]
        titles = "; ".join(dict.fromkeys(entry.title for entry in found if entry.title))
        count = f"{len(found)} row{'' if len(found) == 1 else 's'}"
        about = ", ".join(part for part in (count, _span(days) if days else "", titles) if part)
        lines += filled(f"{code:3} {about}: {reason}", "  ", "      ")
    return lines


# ---- data


def result_data(result: Result) -> dict[str, Any]:
    """The account of some persons and an issuer as plain data; amounts are text."""
    group = result.group
    return {
        "issuer": {"cik": group.issuer_cik, "name": group.issuer_name},
        "persons": [{"cik": cik, "name": name} for cik, name in group.persons],
        "forms": [name_of(prior) for prior in group.filings],
        "amendments": list(result.amendments),
        "accounts": [_account_data(account) for account in result.accounts],
        "uncertain": [doubt._asdict() for doubt in result.doubts],
        "left_out": [_entry_data(entry) for entry in result.reading.left_out],
        "questions": [_entry_data(entry) for entry in result.reading.questions],
    }


def outlook_data(outlook: Outlook) -> dict[str, Any]:
    """What a planned trade would bring about as plain data."""
    return {
        "planned": _trade_data(outlook.trade),
        "added": digits(outlook.added),
        "first_safe_day": outlook.first_safe.isoformat(),
        "first_safe_day_at_any_price": outlook.first_safe_at_any_price.isoformat(),
        "first_day_outside_every_reading": outlook.clear.isoformat(),
        "first_day_outside_every_reading_at_any_price": outlook.clear_at_any_price.isoformat(),
        "uncertain": [doubt._asdict() for doubt in outlook.doubts],
        "with_plan": _account_data(outlook.with_plan),
    }


def _account_data(account: ClassAccount) -> dict[str, Any]:
    return {
        "class": account.share_class,
        "title": account.title,
        "splits": [split_data(applied) for applied in account.basis.applied],
        "split_signs": [sign_data(sign) for sign in account.basis.signs],
        "uncertain": [doubt._asdict() for doubt in account.doubts],
        "trades": [_trade_data(trade) for trade in account.trades],
        "customary": _matching_data(account.customary),
        "upper_bound": _matching_data(account.optimum),
        "boundaries": [
            {
                "purchase": _trade_data(found.purchase),
                "sale": _trade_data(found.sale),
                "mark": found.mark.isoformat(),
                "days_before_mark": found.days,
                "matched": found.counted,
            }
            for found in account.boundaries
        ],
        "unmatched": [
            {**_trade_data(left.trade), "shares": digits(left.shares)} for left in account.unmatched
        ],
        "needed_prices": [
            {"security_title": need.title, "day": need.day.isoformat()} for need in account.needs
        ],
        "not_in_either_figure": [
            {"purchase": _trade_data(purchase), "sale": _trade_data(sale)}
            for purchase, sale in account.undetermined
        ],
    }


def _matching_data(matching: Matching) -> dict[str, Any]:
    return {"total": digits(matching.total), "pairs": [_pair_data(pair) for pair in matching.pairs]}


def _pair_data(pair: Pair) -> dict[str, Any]:
    return {
        "purchase": _trade_data(pair.purchase),
        "sale": _trade_data(pair.sale),
        "shares": digits(pair.shares),
        "high": digits(pair.gain.high),
        "low": digits(pair.gain.low),
        "basis": pair.gain.basis,
        "profit": digits(pair.profit),
        "last_matching_day": pair.window.last_matching.isoformat(),
        "alternatives": [
            {"title": other.title, "profit": digits(pair.measured(other))} for other in pair.alternatives
        ],
    }


def _trade_data(trade: Trade) -> dict[str, Any]:
    return {
        "day": trade.day.isoformat(),
        "side": trade.side.value,
        "code": trade.code,
        "shares": digits(trade.shares),
        "price": digits(trade.price),
        "before_split": None
        if trade.reported is None
        else {"shares": digits(trade.reported.shares), "price": digits(trade.reported.price)},
        "title": trade.title,
        "remark": trade.remark,
        **_place_data(trade.place),
    }


def _entry_data(entry: TradeEntry) -> dict[str, Any]:
    return {
        "day": None if entry.day is None else entry.day.isoformat(),
        "code": entry.code,
        "shares": None if entry.shares is None else digits(entry.shares),
        "price": None if entry.price is None else digits(entry.price),
        "title": entry.title,
        "reason": entry.reason,
        **_place_data(entry.place),
    }


def _place_data(place: RowPlace) -> dict[str, Any]:
    """The file and the row; nothing of a planned trade."""
    if place.prior is None:
        return {"file": None, "path": None}
    return {"file": place.prior.file, "path": path_text(place.path)}


_WIDTH: Final = 80


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


def split_signs(account: ClassAccount) -> Iterator[str]:
    """What suggests a split that is not in the figures, and how to give it."""
    signs = account.basis.signs
    if not signs:
        return
    yield from filled(
        "There seems to be a stock split between these trades. They are not on one basis, and the figures below"
        " can't be relied on.",
        "  ",
    )
    for sign in signs:
        yield from filled(sign.words, "    ")
    title = account.title.partition(",")[0]
    given = dict.fromkeys(f"--split '{title} {_terms(sign)}'" for sign in signs)
    yield from filled(
        f"Give the split as {' or '.join(given)}, with the ratio and the first day of the new shares; 1:1 if there was"
        " no split.",
        "  ",
    )


def _terms(sign: Sign) -> str:
    """``2:1@2026-05-01``, with words for what is not known."""
    ratio = "NEW:OLD" if sign.ratio is None else _ratio_text(sign.ratio)
    return f"{ratio}@{sign.until.isoformat() if sign.dated else 'DAY'}"


def _ratio_text(ratio: Fraction) -> str:
    """``2:1``."""
    return f"{ratio.numerator}:{ratio.denominator}"


def split_working(account: ClassAccount) -> Iterator[str]:
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
