"""``form4 shortswing``: six-month matching over a history of forms, with a planned trade if one is given."""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from form4_author import __version__
from form4_author.cli.options import FINDINGS, READY, CommandParser
from form4_author.cli.page_file import refuse_existing, write_page
from form4_author.desk.intake import opened
from form4_author.errors import MalformedValue
from form4_author.ledger.split import Split
from form4_author.model.facts import MarketPrice, PriorFiling
from form4_author.page.shortswing import (
    limits_text,
    outlook_data,
    outlook_text,
    result_data,
    result_text,
)
from form4_author.shortswing.account import LIMITS, results
from form4_author.shortswing.plan import PlannedTrade, planned_outlook
from form4_author.shortswing.share_class import share_class
from form4_author.text import amount, day
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.legal_data import basis_data

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from form4_author.shortswing.account import Outlook, Result

__all__ = ["command_parser", "plan_of", "price_of", "run", "split_of"]

_PLAN: Final = re.compile(
    r"(?P<code>[PS])\s+(?P<shares>[0-9][0-9,.]*)\s*(?P<title>[^@]*?)\s*@\s*\$?(?P<price>[0-9][0-9,.]*)"
    r"\s+on\s+(?P<day>[0-9-]+)\Z",
    re.IGNORECASE,
)
_PRICE: Final = re.compile(r"(?P<title>.+)=\s*\$?(?P<price>[0-9][0-9,.]*)\s*@\s*(?P<day>[0-9-]+)\Z")
_SPLIT: Final = re.compile(
    r"(?P<title>.*?)\s*\b(?P<new>[0-9]+(?:\.[0-9]+)?)\s*(?::|-?for-?)\s*(?P<old>[0-9]+(?:\.[0-9]+)?)\s*@\s*"
    r"(?P<day>[0-9-]+)\Z",
    re.IGNORECASE,
)
_HOW: Final = """A pair is a purchase and a sale within less than six months, the sale at a higher price.
Trades before a stock split are restated when a form gives its ratio and day, or --split does.
Exit code: 1 when a profit is found, a figure is uncertain, a row was not judged, or a split seems
to lie between trades that were not restated; 0 otherwise, 2 when a file cannot be read."""


def run(word: str, arguments: Sequence[str]) -> int:
    """Match the forms and say what was found."""
    options = command_parser(word).parse_args(arguments)
    if options.html is not None:
        refuse_existing(options.html, force=options.force)
    filings = sorted((_prior(file) for file in options.files), key=lambda prior: prior.day or date.min)
    prices = tuple(options.price)
    plan, splits = options.plan, tuple(options.split)
    all_results = results(filings, prices, options.person, splits, None if plan is None else plan.day)
    if not all_results:
        raise MalformedValue(
            f'No form has a reporting person with CIK "{options.person}"',
            remedy="Give a CIK that the forms name",
        )
    _check_classes(splits, all_results)
    outlooks = [None if plan is None else planned_outlook(result, plan, prices) for result in all_results]
    _write(all_results, outlooks, options)
    pays = any(result.has_profit for result in all_results) or any(o and o.added > 0 for o in outlooks)
    is_open = any(result.has_signs or result.is_uncertain for result in all_results)
    is_open = is_open or any(o and o.doubts for o in outlooks)
    return FINDINGS if pays or is_open else READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        f"Match purchases and sales under Section 16(b), for each issuer and person in the files.\n\n{_HOW}",
        "form4 shortswing --plan 'S 1000 @ 40 on 2026-12-01' smith/*.xml\n"
        "  form4 shortswing --price 'Common Stock=48@2026-02-10' calls.xml sale.xml\n"
        "  form4 shortswing --split 'Common Stock 2:1@2026-05-01' smith/*.xml\n"
        "  form4 shortswing --html smith.html smith/*.xml",
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="draft, XML or EDGAR .txt: all that was filed"
    )
    parser.add_argument(
        "--plan", type=plan_of, metavar="TRADE", help="a trade not made yet: 'S 1000 @ 40 on 2026-12-01'"
    )
    parser.add_argument(
        "--price",
        type=price_of,
        action="append",
        default=[],
        metavar="PRICE",
        help="a market price, for options against shares: 'Common Stock=48@2026-02-10'; may be repeated",
    )
    parser.add_argument(
        "--split",
        type=split_of,
        action="append",
        default=[],
        metavar="SPLIT",
        help="a stock split, new shares for old ones, and the first day of the new ones:"
        " 'Common Stock 2:1@2026-05-01'; 1:10 for a reverse split, 21:20 for a stock dividend of 5%%, 1:1 to say that"
        " there was no split; may be repeated",
    )
    parser.add_argument("--person", metavar="CIK", help="this reporting person only")
    parser.add_argument("--json", action="store_true", help="write one JSON object")
    parser.add_argument(
        "--html",
        type=Path,
        metavar="FILE",
        help="write a page with a chart of holdings, trades and six months",
    )
    parser.add_argument("--force", action="store_true", help="replace a page that exists")
    return parser


def _prior(file: str) -> PriorFiling:
    """A file as a form that was filed.

    Raises UnreadableInput, which names the file.
    """
    intake = opened(file)
    envelope = intake.document.submission if intake.document is not None else None
    return PriorFiling(
        filing=intake.filing,
        filed=None if envelope is None else envelope.filed,
        accession_number=None if envelope is None else envelope.accession_number,
        file=file,
    )


def plan_of(text: str) -> PlannedTrade:
    """A planned trade: ``S 1000 @ 40 on 2026-12-01``, ``P 500 Class A Common Stock @ 12.50 on 2026-12-01``."""
    found = _PLAN.match(text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f'"{text}" is not a trade such as S 1000 @ 40 on 2026-12-01')
    try:
        return PlannedTrade(
            found["code"].upper(),
            _positive(found["shares"]),
            found["title"],
            _positive(found["price"]),
            day(found["day"]),
        )
    except MalformedValue as error:
        raise argparse.ArgumentTypeError(error.problem) from None


def price_of(text: str) -> MarketPrice:
    """A market price: ``Common Stock=48@2026-02-10``."""
    found = _PRICE.match(text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f'"{text}" is not a price such as Common Stock=48@2026-02-10')
    try:
        return MarketPrice(
            security_title=found["title"].strip(), day=day(found["day"]), price=_positive(found["price"])
        )
    except MalformedValue as error:
        raise argparse.ArgumentTypeError(error.problem) from None


def split_of(text: str) -> Split:
    """A split: ``Common Stock 2:1@2026-05-01``; of every class where none is named."""
    found = _SPLIT.match(text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f'"{text}" is not a split such as Common Stock 2:1@2026-05-01')
    try:
        ratio = Fraction(_positive(found["new"])) / Fraction(_positive(found["old"]))
        return Split(found["title"], ratio, day(found["day"]))
    except MalformedValue as error:
        raise argparse.ArgumentTypeError(error.problem) from None


def _check_classes(splits: Sequence[Split], all_results: Sequence[Result]) -> None:
    """Raises MalformedValue when a split is of a class in which there is no trade."""
    titles = {account.share_class: account.title for result in all_results for account in result.accounts}
    for split in splits:
        if split.title and share_class(split.title) not in titles:
            raise MalformedValue(
                f'The forms have no trade in "{split.title}", for which a split is given',
                remedy=f"Name one of these: {'; '.join(titles.values())}" if titles else "Leave --split out",
            )


def _positive(text: str) -> Decimal:
    value = amount(text.replace(",", ""))
    if value <= 0:
        raise MalformedValue(f'"{text}" is not more than 0')
    return value


def _write(
    all_results: Sequence[Result], outlooks: Sequence[Outlook | None], options: argparse.Namespace
) -> None:
    """As a page, as JSON or as text."""
    if options.html is not None:
        from form4_author.page.chart_page import shortswing_html

        write_page(options.html, shortswing_html(all_results, outlooks).encode(), "The account")
    elif options.json:
        _write_json(all_results, outlooks)
    else:
        _write_text(all_results, outlooks)


def _write_text(all_results: Sequence[Result], outlooks: Sequence[Outlook | None]) -> None:
    for result, ahead in zip(all_results, outlooks, strict=True):
        sys.stdout.write(result_text(result) + "\n")
        if ahead is not None:
            sys.stdout.write(outlook_text(ahead) + "\n")
    sys.stdout.write(limits_text())


def _write_json(all_results: Sequence[Result], outlooks: Sequence[Outlook | None]) -> None:
    data: dict[str, Any] = {
        "tool": "form4-author",
        "version": __version__,
        "results": [
            result_data(result) | ({} if ahead is None else {"plan": outlook_data(ahead)})
            for result, ahead in zip(all_results, outlooks, strict=True)
        ],
        **basis_data(sec_calendar().added),
        "limits": list(LIMITS),
    }
    sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
