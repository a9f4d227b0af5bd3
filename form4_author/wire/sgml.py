"""The tags of EDGAR's full submission text: found by one walk over the bytes, however often a tag is opened."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["Content", "text_content", "xml_content"]

_TEXT: Final = (b"<TEXT>", b"</TEXT>")
_XML: Final = (b"<XML>", b"</XML>")


class Content(NamedTuple):
    """What is between two tags."""

    start: int
    """Its first byte, counted from the beginning of the data."""
    content: bytes


def text_content(data: bytes) -> bytes:
    """What is between the first ``<TEXT>`` and its end tag, without the line ends at the tags; empty for none."""
    found = _between(data, *_TEXT)
    if found is None:
        return b""
    inner = found.content.removeprefix(b"\r").removeprefix(b"\n")
    return inner.removesuffix(b"\n").removesuffix(b"\r")


def xml_content(data: bytes) -> Content | None:
    """What is between the first ``<XML>`` and its end tag, without white space around it."""
    found = _between(data, *_XML)
    if found is None:
        return None
    inner = found.content.lstrip()
    return Content(found.start + len(found.content) - len(inner), inner.rstrip())


def _between(data: bytes, opening: bytes, closing: bytes) -> Content | None:
    """Between the first opening tag and the first closing tag behind it; None where it never closes."""
    opened = data.find(opening)
    if opened < 0:
        return None
    start = opened + len(opening)
    end = data.find(closing, start)
    return Content(start, data[start:end]) if end >= 0 else None
