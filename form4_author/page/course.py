"""What a chart shows, in words and tables, for those who do not see it or want each value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.shortswing.wording import shown
from form4_author.text import grouped, visible
from form4_author.timing.legal_data import us_date

if TYPE_CHECKING:
    from form4_author.checks.audit.course import Course
    from form4_author.model.facts import PriorFiling

__all__ = ["described", "filing_words", "held_rows", "trade_rows"]


def filing_words(prior: PriorFiling) -> str:
    """``Form 4 filed October 8, 2026 (0001107843-26-000123)``."""
    form = f"Form {prior.filing.form or '?'}"
    if prior.filed is not None:
        form = f"{form} filed {us_date(prior.filed)}"
    elif prior.day is not None:
        form = f"{form} of about {us_date(prior.day)}"
    return f"{form} ({prior.accession_number})" if prior.accession_number else form


def described(course: Course, *, tables: bool = True) -> str:
    """What the chart shows, in sentences."""
    sentences = []
    for line in course.lines:
        first, last = line.points[0], line.points[-1]
        sentences.append(
            f"{visible(line.name)}: {grouped(first.held)} on {us_date(first.day)},"
            f" {grouped(last.held)} on {us_date(last.day)}."
        )
    sentences += [
        f"Six months from {span.side.value}s: {us_date(span.first)} to {us_date(span.last)}."
        for span in course.windows
    ]
    return " ".join([*sentences, *(["The tables below have every value."] if tables else [])])


def held_rows(course: Course) -> list[tuple[str, str, str, str]]:
    """Day, line, balance and filing of each point, by day."""
    rows = [(point.day, line.name, point) for line in course.lines for point in line.points]
    return [
        (
            day.isoformat(),
            visible(line),
            grouped(point.held),
            visible(filing_words(point.prior)) if point.prior else "",
        )
        for day, line, point in sorted(rows, key=lambda row: row[:2])
    ]


def trade_rows(course: Course) -> list[tuple[str, str, str, str, str, str]]:
    """Day, side, code, security, shares and price of each trade that may be matched."""
    return [
        (
            point.trade.day.isoformat(),
            point.trade.side.value.capitalize(),
            point.trade.code,
            visible(point.trade.title),
            shown(point.trade.shares),
            f"${shown(point.trade.price)}",
        )
        for point in course.trades
    ]
