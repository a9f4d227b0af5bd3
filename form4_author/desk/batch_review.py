"""The table of a batch, in one file for whoever reviews it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author.files.spreadsheet import plain_cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from form4_author.desk.batch import BatchForm

__all__ = ["REVIEW", "review_table"]

REVIEW: Final = "review.csv"
_HEADINGS: Final = ("Row", "Draft", "Reporting person", "Form", "Verdict", "Draft was", "What", "Packet")


def review_table(forms: Iterable[BatchForm]) -> bytes:
    """A line for each line of each form, with the balance after it; for a form that was not made, what is wrong."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for form in forms:
        head = (
            " ".join(map(str, form.rows)),
            Path(form.draft).name,
            form.person,
            form.form,
            "not made" if form.problem else form.verdict,
            form.kept,
        )
        packet = form.packet_problem or (Path(form.packet).name if form.packet else "")
        for what in [*form.lines, *form.assumed, *([form.problem] if form.problem else [])]:
            writer.writerow([plain_cell(cell) for cell in (*head, what, packet)])
    return text.getvalue().encode("utf-8-sig")
