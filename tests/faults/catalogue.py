"""The catalogue of faults: small changes to the program, each with the test that catches it."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

import yaml

__all__ = ["AREAS", "CHECKOUT", "FAULTS", "Fault"]

CHECKOUT: Final = Path(__file__).resolve().parents[2]

AREAS: Final = {
    "ledger": (
        "form4_author/timing/due_date.py",
        "form4_author/ledger/",
    ),
    "store": (
        "form4_author/files/disk.py",
        "form4_author/files/draft_file.py",
        "form4_author/files/output.py",
        "form4_author/files/lock.py",
    ),
    "register": ("form4_author/register/",),
    "wizard": ("form4_author/wizard/", "form4_author/model/draft.py"),
    "signing": ("form4_author/signing/",),
    "render": ("form4_author/page/", "templates/"),
}
"""Where faults are planted: files, and folders with all below them. The rules have mutants of their own."""


class Fault(NamedTuple):
    """One fault."""

    name: str
    """The bad state, as a noun phrase."""
    file: str
    was: str
    """The text of the file, once in it, in whose place the fault stands."""
    now: str
    caught_by: str
    """Node id of the test that fails with it."""

    @property
    def area(self) -> str:
        """The part of the program it lies in; empty for none of them."""
        return next((area for area, places in AREAS.items() if self.file.startswith(places)), "")


def _read() -> tuple[Fault, ...]:
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    # Not the default loader: every scalar stays the text that was written.
    return tuple(Fault(**entry) for entry in yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506  # it builds only text, lists, dicts


FAULTS: Final = _read()
