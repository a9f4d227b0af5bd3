"""How reading grows with its input: time at n and 2n, the median of five, under two and a half times."""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author.checks.example import draft
from form4_author.checks.run import check_document, check_draft
from form4_author.errors import UnreadableInput
from form4_author.files import draft_file, spreadsheet
from form4_author.model.submission import Attachment, Submission
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_of
from form4_author.wire.filing import filing_from
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["main"]

RUNS = 5
MOST = 2.5
SEED: Final = write_document(filing_from(draft("seed"))[0])
HEADER: Final = b"<SEC-DOCUMENT>0000000000-26-000001.txt\n<SEC-HEADER></SEC-HEADER>\n<DOCUMENT>\n<TYPE>4\n"
DAY: Final = date(2024, 11, 4)


def _read(data: bytes) -> None:
    try:
        check_document(read_document(data), DAY, sec_calendar())
    except UnreadableInput:
        return


def _exhibit(content: bytes) -> None:
    sent = Submission(attachments=(Attachment(name="ex24.htm", type="EX-24", content=content),))
    check_draft(draft_of(draft("seed")), DAY, sec_calendar(), submission=sent)


def _note(text: str) -> None:
    data = draft("seed")
    data["footnotes"][0]["text"] = text
    check_draft(draft_of(data), DAY, sec_calendar())


def _file(name: str, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        try:
            spreadsheet.sheet_in(str(path)) if name.endswith("csv") else draft_file.load(path)
        except UnreadableInput:
            return


def _merged(n: int) -> None:
    from openpyxl import Workbook

    book = Workbook()
    page = book.worksheets[0]
    page["A1"], page["A2"] = "a", "1"
    page.merged_cells.add(f"B1:{spreadsheet._letter(500)}{n}")
    stream = io.BytesIO()
    book.save(stream)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(stream.getvalue())
        spreadsheet.sheet_in(str(path))


def _inside(piece: bytes) -> bytes:
    return SEED.replace(b"<issuer>", piece + b"<issuer>", 1)


SERIES: Final[dict[str, tuple[int, Callable[[int], None]]]] = {
    "text tags left open": (100_000, lambda n: _read(HEADER + b"<TEXT>\n" * n)),
    "xml tags left open": (100_000, lambda n: _read(HEADER + b"<TEXT>\n" + b"<XML>\n" * n)),
    "blanks in the xml": (1_000_000, lambda n: _read(HEADER + b"<TEXT><XML>x" + b" " * n + b"y")),
    "comments": (10_000, lambda n: _read(_inside(b"<!--x-->" * n))),
    "comments and texts": (5_000, lambda n: _read(_inside(b"<!--x-->t" * n))),
    "instructions": (10_000, lambda n: _read(_inside(b"<?x y?>" * n))),
    "merged cells": (500_000, _merged),
    "blanks in an exhibit's tag": (400_000, lambda n: _exhibit(b"Power <" + b" " * n)),
    "comment openers in an exhibit": (200_000, lambda n: _exhibit(b"Power " + b"<!--" * n)),
    "pictures left open in an exhibit": (100_000, lambda n: _exhibit(b"Power " + b"<img " * n)),
    "keys of a draft": (
        100_000,
        lambda n: _file("a.json", "{" + ",".join(f'"k{i}":1' for i in range(n)) + "}"),
    ),
    "values of a YAML draft": (10_000, lambda n: _file("a.yaml", "a:\n" + "- 1\n" * n)),
    "digits of a price": (200_000, lambda n: _note("weighted average price $" + "1" * n)),
    "rows of a CSV sheet": (4_000, lambda n: _file("a.csv", "a,b\n" + "1,2\n" * n)),
}


def _seconds(series: Callable[[int], None], n: int) -> float:
    start = time.process_time()
    series(n)
    return time.process_time() - start


def main() -> None:
    for name, (n, series) in SERIES.items():
        series(n // 10)
        once, twice = (statistics.median(_seconds(series, size) for _ in range(RUNS)) for size in (n, 2 * n))
        verdict = "within" if twice < MOST * once else "OVER"
        print(
            f"{name}: {n:,} in {once * 1000:.0f} ms, twice as many in {twice * 1000:.0f} ms; "
            f"ratio {twice / once:.2f}, {verdict} {MOST}"
        )
