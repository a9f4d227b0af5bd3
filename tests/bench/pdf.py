"""The printable copy beside what WeasyPrint needs for an equally long plain table page.

The plain page holds the same texts in the same order, one a cell, in a table of fixed columns with ruled cells, in
the same fonts on the same paper, and has as many pages. It has no check boxes, nested tables, spans or footers, and
WeasyPrint is called on it as its manual shows first, without options. Both are made in one process by turns, after one
round to warm up; cold processes are timed as well, each by the command a person would type.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import tempfile
import time
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from form4_author.checks.example import draft
from form4_author.page.html import page_html
from form4_author.page.pdf import page_pdf
from form4_author.page.view import PageStatus
from form4_author.resources import resource
from form4_author.wire.filing import filing_from
from tests.bench.timing import paired

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS: Final = 9
COLUMNS: Final = 6
_STATUS: Final = PageStatus(xml_sha256="0" * 64)
_PLAIN: Final = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Plain table</title><style>
@font-face {{ font-family: Plain; src: url({font}) }}
@page {{ size: letter landscape; margin: 12mm }}
body {{ font: {size}pt Plain; margin: 0 }}
table {{ table-layout: fixed; border-collapse: collapse; width: 100% }}
td {{ border: 1px solid; padding: 2px; vertical-align: top; overflow-wrap: anywhere }}
</style></head><body><table>{rows}</table></body></html>"""


def _texts(page: str) -> Iterator[str]:
    from lxml import html

    for text in html.document_fromstring(page).xpath("//body//text()"):
        if text.strip():
            yield " ".join(text.split())


def _plain(page: str, size: float) -> str:
    texts = list(_texts(page))
    texts += [""] * (-len(texts) % COLUMNS)
    rows = (texts[i : i + COLUMNS] for i in range(0, len(texts), COLUMNS))
    body = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows)
    font = resource("templates", "fonts", "LiberationSans-Regular.ttf").as_uri()
    return _PLAIN.format(font=font, size=size, rows=body)


def _as_long(page: str, pages: int) -> str:
    """The plain page in the largest of a few sizes at which it has no more pages than ours."""
    import weasyprint

    for size in (14, 13, 12, 11, 10, 9, 8, 7, 6):
        plain = _plain(page, size)
        if len(weasyprint.HTML(string=plain).render().pages) <= pages:
            return plain
    return plain


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _compare(name: str, data: dict[str, Any]) -> str:
    """Prints the figures of one filing; returns the plain page."""
    import weasyprint
    from pypdf import PdfReader

    filing, _ = filing_from(data)
    pages = len(PdfReader(BytesIO(page_pdf(filing, status=_STATUS))).pages)
    plain = _as_long(page_html(filing, status=_STATUS), pages)

    def ours() -> object:
        return page_pdf(filing, status=_STATUS)

    def theirs() -> object:
        return weasyprint.HTML(string=plain).write_pdf()

    ours(), theirs()
    gc.collect()
    gc.freeze()  # what the imports left behind is nobody's work
    pairs = [(_seconds(ours), _seconds(theirs)) for _ in range(ROUNDS)]
    a, b = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    ratio = statistics.median(x / y for x, y in pairs)
    print(
        f"{name}, {pages} page{'s' * (pages > 1)}: {a:.0f} ms beside {b:.0f} ms for a plain table; ratio {ratio:.2f}"
    )
    return plain


def main() -> None:
    plain = _compare("seed", draft("seed"))
    _compare("30 + 30 rows, 34 notes", _long(draft("seed")))
    form4 = str(Path(sys.executable).with_name("form4"))
    with tempfile.TemporaryDirectory() as folder:
        page, answers = Path(folder) / "plain.html", Path(folder) / "seed.form4.json"
        page.write_text(plain, encoding="utf-8")
        answers.write_text(json.dumps(draft("seed")), encoding="utf-8")
        paired(
            "form4 render --only pdf beside weasyprint FILE.html",
            [form4, "render", str(answers), "-o", f"{folder}/packet", "--only", "pdf"],
            [str(Path(sys.executable).with_name("weasyprint")), str(page), f"{folder}/plain.pdf"],
        )


def _long(seed: dict[str, Any]) -> dict[str, Any]:
    row = seed["non_derivative"][0]
    derivative = {
        **row,
        "security_title": "Employee Stock Option (Right to Buy)",
        "exercise_price": "41.25",
        "expiration_date": "2030-03-01",
        "underlying_title": "Common Stock",
        "underlying_amount": "7007",
    }
    text = seed["footnotes"][0]["text"]
    notes = [{"id": f"F{i}", "text": (text + " ") * 6} for i in range(1, 35)]
    return {**seed, "non_derivative": [row] * 30, "derivative": [derivative] * 30, "footnotes": notes}
