"""Pages with charts: the holdings of a person over time, and the accounts of Section 16(b); each with its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author import __version__
from form4_author.checks.audit.course import Course, HoldingCourse, course_in
from form4_author.page.chart import chart_png, chart_svg
from form4_author.page.course import described, held_rows, trade_rows
from form4_author.page.html import environment
from form4_author.page.shortswing import outlook_text, result_text
from form4_author.shortswing.account import LIMITS
from form4_author.text import grouped, visible
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.legal_data import basis, basis_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from form4_author.shortswing.account import Outlook, Result

__all__ = ["HeldStep", "HoldingCharts", "holdings_html", "holdings_picture", "shortswing_html"]

_UNITS: Final = {"non_derivative": "Table I, shares", "derivative": "Table II, derivative securities"}
_LIMITS: Final = (
    "The balances are those of the register: the recorded filings, the adjustments and the actions on a class.",
    "A trade that no recorded filing reports is not shown.",
)


class HeldStep(NamedTuple):
    """One entry of a line's account."""

    day: date
    line: str
    held: Decimal
    reason: str
    """The filing, adjustment or action it comes from."""


class HoldingCharts(NamedTuple):
    """What is drawn of a person's holdings of an issuer."""

    person: str
    issuer: str
    courses: tuple[tuple[str, tuple[HoldingCourse, ...]], ...]
    """The lines by table: ``non_derivative``, ``derivative``."""
    steps: tuple[HeldStep, ...]


def holdings_picture(shown: HoldingCharts, kind: str) -> bytes:
    """The first chart as a picture: ``svg`` or ``png``. Raises Form4Error where matplotlib is not installed."""
    table, lines = shown.courses[0]
    course = Course(lines, (), ())
    title, text = visible(f"{_UNITS[table]}: {shown.person}, {shown.issuer}"), described(course, tables=False)
    if kind == "png":
        return chart_png(course, title, text)
    return (chart_svg(course, title, text, 1) + "\n").encode()


def holdings_html(shown: HoldingCharts) -> str:
    """The holdings over time as one self-contained page. Raises Form4Error where matplotlib is not installed."""
    views = []
    for number, (table, lines) in enumerate(shown.courses, 1):
        course = Course(lines, (), ())
        views.append(_chart(course, f"{_UNITS[table]}: {shown.person}, {shown.issuer}", number))
    rows = [
        (each.day.isoformat(), visible(each.line), grouped(each.held), visible(each.reason))
        for each in shown.steps
    ]
    balances = _table("Balances", ("Day", "Line", "Held", "Source"), rows, numbers=("Held",))
    return _page(
        f"Holdings of {shown.person} in {shown.issuer}",
        [{"heading": "Holdings over time", "charts": views, "text": "", "tables": [balances]}],
        (basis(), *_LIMITS),
    )


def shortswing_html(results: Sequence[Result], outlooks: Sequence[Outlook | None]) -> str:
    """The accounts of Section 16(b) as one self-contained page. Raises Form4Error where matplotlib is not installed."""
    sections = []
    for number, (result, ahead) in enumerate(zip(results, outlooks, strict=True), 1):
        course = course_in(result.group, result)
        names = "; ".join(name or cik for cik, name in result.group.persons)
        text = result_text(result) + (outlook_text(ahead) if ahead is not None else "")
        drawn = [_chart(course, f"Holdings and trades of {names}", number)] if course.lines else []
        tables = [
            _table(
                "Purchases and sales that may be matched", _TRADES, trade_rows(course), numbers=_TRADES[4:]
            ),
            _table("Holdings of Table I", _HELD, held_rows(course), numbers=_HELD[2:3]),
        ]
        heading = f"{names}, {result.group.issuer_name or 'issuer'}"
        sections.append(
            {"heading": visible(heading), "charts": drawn, "text": _visible_lines(text), "tables": tables}
        )
    return _page(
        "Short-swing accounts under Section 16(b)", sections, (*basis_lines(sec_calendar().added), *LIMITS)
    )


_TRADES: Final = ("Day", "Side", "Code", "Security", "Shares", "Price")
_HELD: Final = ("Day", "Line", "Held", "Filing")


def _visible_lines(text: str) -> str:
    """The lines of a text, with what would steer a screen shown."""
    return "\n".join(visible(line) for line in text.splitlines())


def _chart(course: Course, title: str, number: int) -> Any:  # noqa: ANN401  # markup of another library
    from markupsafe import Markup

    return Markup(chart_svg(course, visible(title), described(course), number))  # noqa: S704  # its texts are escaped


def _table(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str]
) -> dict[str, Any]:
    return {"caption": caption, "columns": [(name, name in numbers) for name in columns], "rows": rows}


def _page(title: str, sections: Sequence[dict[str, Any]], limits: Sequence[str]) -> str:
    template = environment().get_template("page/chart.html.j2")
    return template.render(title=visible(title), sections=sections, limits=limits, version=__version__)
