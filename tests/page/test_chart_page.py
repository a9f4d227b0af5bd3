"""Pages and pictures of holdings and of short-swing accounts: the chart, its words, its tables."""

from __future__ import annotations

import re
import sys
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from form4_author.checks.audit.course import HeldPoint, HoldingCourse
from form4_author.errors import Form4Error
from form4_author.page.chart_page import (
    HeldStep,
    HoldingCharts,
    holdings_html,
    holdings_picture,
    shortswing_html,
)
from form4_author.shortswing.account import results
from form4_author.shortswing.plan import PlannedTrade, planned_outlook
from tests.checks.test_audit import FORM_3, prior, row

DAY = date(2026, 2, 2)
LINES = (
    HoldingCourse(
        "Common <Stock>, direct",
        (HeldPoint(DAY, Decimal(1100)), HeldPoint(date(2026, 5, 5), Decimal("425.5"))),
    ),
)
OPTIONS = (HoldingCourse("Option at $8", (HeldPoint(DAY, Decimal(50)),)),)
SHOWN = HoldingCharts(
    "Doe Jane\x1b",
    "Acme & Sons",
    (("non_derivative", LINES), ("derivative", OPTIONS)),
    (HeldStep(DAY, "Common <Stock>, direct", Decimal(1100), "Form 4 of 2026-02-02"),),
)
HISTORY = (
    FORM_3,
    prior(2, "2026-02-06", row("2026-02-02", "1100", code="P")),
    prior(3, "2026-03-04", row("2026-03-02", "1000", price="15")),
)


def test_the_page_of_holdings_has_a_chart_for_each_table_and_every_balance() -> None:
    page = holdings_html(SHOWN)

    assert "<h1>Holdings of Doe Jane\\u001b in Acme &amp; Sons</h1>" in page
    assert '<title id="chart-1-title">Table I, shares: Doe Jane\\u001b, Acme &amp; Sons</title>' in page
    assert (
        '<title id="chart-2-title">Table II, derivative securities: Doe Jane\\u001b, Acme &amp; Sons</title>'
        in page
    )
    assert (
        '<desc id="chart-1-text">Common &lt;Stock&gt;, direct: 1,100 on February 2, 2026, 425.5 on May 5, 2026. '
        "The tables below have every value.</desc>"
    ) in page
    assert (
        '<td class="day">2026-02-02</td><td>Common &lt;Stock&gt;, direct</td><td class="number">1,100</td>'
        "<td>Form 4 of 2026-02-02</td>"
    ) in page
    assert "not legal advice" in page
    assert page == holdings_html(SHOWN)


def test_a_picture_is_svg_or_png_and_has_its_words() -> None:
    svg = holdings_picture(SHOWN, "svg")
    root = etree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root[0].text == "Table I, shares: Doe Jane\\u001b, Acme & Sons"
    assert root[1].text == "Common <Stock>, direct: 1,100 on February 2, 2026, 425.5 on May 5, 2026."
    png = holdings_picture(SHOWN, "png")
    assert png.startswith(b"\x89PNG")
    assert b"Description\0Common <Stock>, direct: 1,100 on February 2, 2026" in png
    assert png == holdings_picture(SHOWN, "png")


def test_the_page_of_an_account_has_chart_text_and_trades() -> None:
    found = results(HISTORY)
    plan = PlannedTrade("S", Decimal(10), "Common Stock", Decimal(20), date(2026, 4, 1))
    page = shortswing_html(found, [planned_outlook(result, plan, ()) for result in found])

    assert '<h2 id="section-1">Okafor Adaeze N, NORTHWIND INSTRUMENTS, INC.</h2>' in page
    assert '<title id="chart-1-title">Holdings and trades of Okafor Adaeze N</title>' in page
    assert "Six months from purchases: February 2, 2026 to July 31, 2026." in page
    assert "Customary figure (lowest in, highest out)                $500" in page
    assert "Planned: S 10 Common Stock @ 20 on 2026-04-01" in page
    assert (
        '<td class="day">2026-03-02</td><td>Sale</td><td>S</td><td>Common Stock</td><td class="number">100</td>'
        in page
    )
    assert "<li>Trades that the files do not report are not known here.</li>" in page


def test_an_account_without_holdings_has_no_chart() -> None:
    found = results((prior(2, "2026-02-06"),))
    page = shortswing_html(found, [None for _ in found])

    assert "<figure>" not in page
    assert "<table>" not in page
    assert "No trade that may be matched." in page


def test_without_matplotlib_a_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(Form4Error) as refused:
        holdings_picture(SHOWN, "png")
    assert str(refused.value) == (
        'Charts need matplotlib, which is not installed. pip install "form4-author[chart]".'
    )


def test_a_level_line_is_whole_below_the_upper_edge() -> None:
    level = tuple(HeldPoint(date(2026, month, 2), Decimal(15_805)) for month in (2, 5, 8))
    held = HoldingCharts("Doe", "Acme", (("non_derivative", (HoldingCourse("Shares", level),)),), ())
    svg = holdings_picture(held, "svg").decode("utf-8")

    edge = re.search(r'<clipPath[^>]*>\s*<rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', svg)
    line = re.search(
        r'<path d="M [\d.]+ ([\d.]+) \nL [^"]*" clip-path="[^"]+" style="fill: none; stroke: #000000', svg
    )
    assert edge is not None
    assert line is not None
    assert float(line[1]) > float(edge[1]) + float(edge[2]) / 50
