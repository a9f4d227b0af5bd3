"""CCC: the code that a filer confirms a submission with. It is a secret: nothing here repeats one."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_ccc", "without_cccs"]


_CCC: Final = re.compile(r"(?=.*[0-9])(?=.*[@#$*])[A-Za-z0-9@#$*]{8}\Z")
_WITHIN: Final = re.compile(
    r"(?<![\w@#$*.])(?=[A-Za-z0-9@#$*]{0,7}[0-9])(?=[A-Za-z0-9@#$*]{0,7}[@#$*])(?=[A-Za-z0-9@#$*]{0,7}[A-Za-z])"
    r"[A-Za-z0-9@#$*]{8}(?![\w@#$*.]|-[\w])"
)
_MASK: Final = "(not shown: it may be a CCC)"


def without_cccs(text: str) -> str:
    """The text with each word masked that has the form of a CCC and a letter in it; amounts of money have none."""
    return _WITHIN.sub(_MASK, text)


def is_ccc(text: str) -> bool:
    """Whether a text has the form of a CCC: eight characters, at least one digit and one of ``@ # $ *``."""
    return _CCC.match(text) is not None
