"""CCC: the code that a filer confirms a submission with. It is a secret: nothing here repeats one."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_ccc"]


_CCC: Final = re.compile(r"(?=.*[0-9])(?=.*[@#$*])[A-Za-z0-9@#$*]{8}\Z")


def is_ccc(text: str) -> bool:
    """Whether a text has the form of a CCC: eight characters, at least one digit and one of ``@ # $ *``."""
    return _CCC.match(text) is not None
