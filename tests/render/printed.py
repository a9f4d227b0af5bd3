"""The printed copy's pages as text."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from pypdf import PdfReader

__all__ = ["printed", "tight"]


@cache
def printed(data: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def tight(text: str) -> str:
    """The text without spacing."""
    return "".join(text.split())
