"""Why a file is not XML: the parser's complaint, told in our words.

Messages of libxml2 are looked through for their signs only; none of their text reaches a filer.
Sources: EDGAR Ownership XML Technical Specification 5.5, sections 3.2, 4.1 and 5.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["Reason", "reason"]

Reason = tuple[str, str, str]
"""Rule id, problem, remedy."""

_OBTAIN: Final = (
    "Give the XML file of the filing: on sec.gov it is the one whose name ends in .xml, not the page"
)
_WELL_FORMED: Final = "Correct the tags at that place"
_CUT_OFF: Final = (
    "DOC-023",
    "The file ends before its elements are closed, so it is probably incomplete",
    "Download or save the complete file again",
)
_MISMATCH: Final = re.compile(r"Opening and ending tag mismatch: (\S+) line (\d+) and ([^\s,]+)")
_UNDEFINED: Final = re.compile(r"Entity '([^']+)' not defined")

_WRITE: Final = 'Write <?xml version="1.0"?> as the first characters'
_IN_DECLARATION: Final = (
    (
        ("Unsupported version",),
        ("DOC-019", "The XML version is not 1.0", _WRITE),
    ),
    (
        ("Unsupported encoding",),
        (
            "DOC-024",
            "The declared encoding is not one that can be read",
            "Save the file again as plain ASCII",
        ),
    ),
)
_HOSTILE: Final = (
    (("amplification", "entity reference loop"), ("DOC-026", "The file declares a DOCTYPE", _OBTAIN)),
    (
        ("Excessive depth",),
        ("DOC-027", "Elements are nested far deeper than in any ownership document", _OBTAIN),
    ),
)
_BEFORE_THE_END: Final = (
    (
        ("Start tag expected", "Document is empty"),
        ("DOC-025", "This is not XML", _OBTAIN),
    ),
    (
        ("Extra content",),
        (
            "DOC-023",
            "There is text after the end of the document",
            "Remove what follows the last end tag",
        ),
    ),
    (("Premature end",), _CUT_OFF),
)
_AFTER_THE_END: Final = (
    (
        ("']]>' not allowed",),
        ("DOC-016", "The text contains a raw ]]>", "Write ]]&gt; instead"),
    ),
    (
        ("EntityRef", "invalid element name"),
        ("DOC-016", "The text contains a raw & or <", "Write &amp; or &lt; instead"),
    ),
    (
        ("invalid xmlChar value", "invalid Char"),
        ("DOC-024", "The file contains a control character, which XML does not permit", "Remove it"),
    ),
    (
        ("encoding", "UTF-8", "not proper", "Invalid bytes"),
        (
            "DOC-024",
            "A character does not fit the file's encoding",
            "Save the file again as plain ASCII",
        ),
    ),
    (("redefined",), ("DOC-023", "An attribute is given twice", _WELL_FORMED)),
    (("AttValue",), ("DOC-023", "The value of an attribute has no quotes", _WELL_FORMED)),
    (("Namespace prefix",), ("DOC-023", "A name has a prefix that is not declared", _WELL_FORMED)),
)


def reason(complaint: str, place: tuple[int, int], data: bytes, offset: int = 0) -> Reason:
    """What to say about a complaint of the parser about ``data`` at (line, column).

    ``offset``: lines above the data in the file it was found in.
    """
    text = _as_ascii(data)
    hostile = _listed(complaint, _HOSTILE)  # first: within an entity, places count from its own beginning
    if hostile is not None:
        return hostile
    if _in_declaration(text, place):
        return _listed(complaint, _IN_DECLARATION) or ("DOC-019", "The XML declaration is malformed", _WRITE)
    if "declaration allowed only at the start" in complaint or "declaration not at start" in complaint:
        return "DOC-019", "There is text before the XML declaration", "Remove everything before <?xml"
    mismatch = _MISMATCH.search(complaint)
    if mismatch is not None:
        opened = int(mismatch[2]) + offset
        return "DOC-023", f"<{mismatch[1]}> of line {opened} is closed by </{mismatch[3]}>", _WELL_FORMED
    return _listed(complaint, _BEFORE_THE_END) or _of_place(complaint, place, text)


def _of_place(complaint: str, place: tuple[int, int], data: bytes) -> Reason:
    if _at_the_end(data, place):
        return _CUT_OFF
    undefined = _UNDEFINED.search(complaint)
    if undefined is not None:
        problem = f"&{undefined[1]}; is not defined in XML"
        return "DOC-016", problem, "Write the character itself, or &amp; for the sign &"
    return _listed(complaint, _AFTER_THE_END) or ("DOC-023", "This is not well-formed XML", _WELL_FORMED)


def _listed(complaint: str, table: tuple[tuple[tuple[str, ...], Reason], ...]) -> Reason | None:
    return next((reason for signs, reason in table if any(sign in complaint for sign in signs)), None)


def _as_ascii(data: bytes) -> bytes:
    """The data without its byte order mark, and with one byte a character where that mark says UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode("ascii", "replace")
    return data.removeprefix(b"\xef\xbb\xbf")


def _in_declaration(data: bytes, place: tuple[int, int]) -> bool:
    return data.startswith(b"<?xml") and place <= (1, (data + b"?>").index(b"?>") + 2)


def _at_the_end(data: bytes, place: tuple[int, int]) -> bool:
    """Whether the place is beyond the last character of the data."""
    whole = data.rstrip()
    last = whole.count(b"\n") + 1
    width = len(whole) - (whole.rfind(b"\n") + 1)
    return place > (last, width)
