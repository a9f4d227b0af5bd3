"""Where the record of a draft's releases is; apart from ``release``, so that a check of many files loads only this."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

__all__ = ["SUFFIX", "has_record", "record_of"]

SUFFIX: Final = ".release.json"
_DRAFT: Final = ".form4.json"


def record_of(file: Path) -> Path:
    """The release record of a draft: ``NAME.release.json`` beside it."""
    name = file.name
    stem = name.removesuffix(_DRAFT) if name.endswith(_DRAFT) else file.stem
    return file.parent / f"{stem}{SUFFIX}"  # with_name refuses a folder such as / or ..


def has_record(file: str) -> bool:
    """Whether a file has a release record beside it; most have none."""
    stem = file.removesuffix(_DRAFT) if file.endswith(_DRAFT) else os.path.splitext(file)[0]  # noqa: PTH122  # a path costs ten times as much
    return os.path.exists(f"{stem}{SUFFIX}")  # noqa: PTH110  # as above
