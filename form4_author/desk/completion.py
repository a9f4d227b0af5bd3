"""What a word of a command can be completed to: drafts by name, persons and issuers from the index of names.

It loads no database and no parser of filings, so that a press of Tab is answered at once.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from form4_author.errors import Form4Error
from form4_author.register.name_index import read_index
from form4_author.register.place import default_file, place_of

__all__ = ["KINDS", "completions", "index_register"]

KINDS: Final = ("draft", "person", "issuer")
"""What is completed beside the commands and options themselves."""

_PLAIN: Final = re.compile(r"[\w][\w.+@-]*\.form4\.(?:json|yaml|yml)")
"""A name that every shell reads as one word, with nothing in it to expand."""


def completions(kind: str) -> list[tuple[str, str]]:
    """The words of a kind and what each means; none where nothing is known."""
    try:
        return _drafts() if kind == "draft" else read_index(place_of(os.environ.get("FORM4_REGISTER")), kind)
    except Form4Error:  # a location that names no register
        return []


def _drafts() -> list[tuple[str, str]]:
    """The drafts in the drafts folder, which every command finds by name; those in the current folder are files."""
    folder = default_file().parent / "drafts"
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if _PLAIN.fullmatch(entry.name))
    except OSError:
        return []
    return [(name.removesuffix(".form4.json"), "draft") for name in names if Path(name).suffix != ".bak"]


def index_register() -> None:
    """Write the index of names of the usual register, where there is one; one that can't be read has none."""
    from form4_author.desk.register import register_at, register_of

    try:
        if register_at(None).is_there:
            register_of(None).index_names()
    except Form4Error:
        return
