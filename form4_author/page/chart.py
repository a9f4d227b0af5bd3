"""Charts as SVG and PNG: holdings over time with trades and six-month windows. Only this module loads matplotlib.

The same course gives the same bytes: ids are salted with a fixed word, and no date or version is written. Lines differ
by their dashes, trades and windows by shape and hatching, so that a print in black and white can be read.
"""

from __future__ import annotations

import io
import re
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, Final

from form4_author.errors import Form4Error
from form4_author.shortswing.trade import Side
from form4_author.text import shortened, visible

if TYPE_CHECKING:
    from datetime import date

    from form4_author.checks.audit.course import Course, TradePoint

__all__ = ["SHOWN_LINES", "chart_png", "chart_svg"]

SHOWN_LINES: Final = 4
"""Lines of a chart at most: the largest; the table below it has all."""
_HEADROOM: Final = Decimal("1.06")
"""How far the axis goes above the greatest balance, so that a level line is whole."""
_MOST_DAYS: Final = 7
"""Days named below the axis."""
_STYLES: Final = ("-", "--", "-.", ":")
_SHADES: Final = ("#000000", "#0b5394", "#7a3e00", "#38761d")
_SIDES: Final = {Side.PURCHASE: ("^", "Purchase", "///", 1), Side.SALE: ("v", "Sale", "...", 0)}
_SETTINGS: Final[dict[str, Any]] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 1,
    "text.parse_math": False,
}
_HEAD: Final = re.compile(r"\A.*?(<svg\b[^>]*>)", re.DOTALL)
_META: Final = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)


def chart_svg(course: Course, title: str, description: str, number: int) -> str:
    """The chart as an SVG element with its title and description; ``number`` makes its ids unique on the page.

    Raises Form4Error where matplotlib is not installed.
    """
    mpl, figure = _matplotlib()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update({**_SETTINGS, "svg.hashsalt": f"form4-{number}"})
        written = io.StringIO()
        _drawn(figure, course).savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return _labelled(written.getvalue(), title, description, number)


def chart_png(course: Course, title: str, description: str) -> bytes:
    """The chart as a PNG picture, with title and description in its text chunks.

    Raises Form4Error where matplotlib is not installed.
    """
    mpl, figure = _matplotlib()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        written = io.BytesIO()
        texts = {"Title": title, "Description": description, "Software": None}
        _drawn(figure, course).savefig(written, format="png", dpi=200, metadata=texts)
    return written.getvalue()


def _matplotlib() -> tuple[Any, Any]:
    """The library and its class of figures."""
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        raise Form4Error(
            "Charts need matplotlib, which is not installed", remedy='pip install "form4-author[chart]"'
        ) from None
    return mpl, Figure


def _drawn(make: Any, course: Course) -> Any:  # noqa: ANN401  # matplotlib's class of figures and a figure
    """The figure: the lines, and below them the six months, where there are trades."""
    traded = bool(course.trades or course.windows)
    figure = make(figsize=(7, 4 if traded else 3), layout="constrained")
    if traded:
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(4, 1))
        _windows(below, course)
    else:
        above = figure.subplots()
    _holdings(above, course)
    _dated(below if traded else above)
    figure.legend(loc="outside upper left", ncols=2, frameon=False)
    return figure


def _dated(axes: Any) -> None:  # noqa: ANN401  # matplotlib's axes
    """As many days below the axis as there is room for."""
    from matplotlib import dates

    untyped: Any = dates
    axes.xaxis.set_major_locator(untyped.AutoDateLocator(minticks=2, maxticks=_MOST_DAYS))
    axes.xaxis.set_major_formatter(untyped.DateFormatter("%Y-%m-%d"))


def _holdings(axes: Any, course: Course) -> None:  # noqa: ANN401  # matplotlib's axes
    """Each line as steps, each trade as a mark at what its line held."""
    largest = sorted(course.lines, key=lambda line: max(p.held for p in line.points), reverse=True)
    for place, line in enumerate(largest[:SHOWN_LINES]):
        axes.step(
            [point.day for point in line.points],
            [point.held for point in line.points],
            where="post",
            linestyle=_STYLES[place],
            color=_SHADES[place],
            marker=".",
            label=shortened(visible(line.name), 50),
        )
    for side, (mark, name, _hatch, _row) in _SIDES.items():
        shown = [point for point in course.trades if point.trade.side is side and point.held is not None]
        if shown:
            axes.plot(*_places(shown), linestyle="none", marker=mark, markersize=8, color="#000000",
                      markerfacecolor="#ffffff", label=name)  # fmt: skip
    axes.set_ylabel("Shares held")
    axes.yaxis.set_major_formatter("{x:,.0f}")
    most = max((point.held for line in largest[:SHOWN_LINES] for point in line.points), default=Decimal(0))
    axes.set_ylim(bottom=0, top=most * _HEADROOM or 1)
    axes.locator_params(axis="y", nbins=6)
    axes.grid(axis="y", color="#dddddd")


def _places(shown: list[TradePoint]) -> tuple[list[date], list[Decimal | None]]:
    return [point.trade.day for point in shown], [point.held for point in shown]


def _windows(axes: Any, course: Course) -> None:  # noqa: ANN401  # matplotlib's axes
    """The six months from the trades of each side on, as hatched bars."""
    for span in course.windows:
        _mark, _name, hatch, row = _SIDES[span.side]
        axes.barh(row, span.last - span.first, left=span.first, height=1, align="center", hatch=hatch,
                  facecolor="#ffffff", edgecolor="#000000")  # fmt: skip
    axes.set_yticks([1, 0], ["Purchases", "Sales"])
    axes.set_ylim(-1, 2)
    axes.set_title("Within six months of", loc="left", fontsize=9)
    axes.tick_params(axis="y", length=0)


def _labelled(svg: str, title: str, description: str, number: int) -> str:
    """The element alone, with its title and description for those who do not see it."""
    head = _HEAD.match(svg)
    assert head is not None  # noqa: S101  # matplotlib writes one
    element = head[1].replace(
        "<svg ", f'<svg role="img" aria-labelledby="chart-{number}-title chart-{number}-text" ', 1
    )
    words = (
        f'\n <title id="chart-{number}-title">{escape(title)}</title>'
        f'\n <desc id="chart-{number}-text">{escape(description)}</desc>'
    )
    return element + words + _META.sub("", svg[head.end() :])
