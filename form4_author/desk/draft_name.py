"""The name of a new draft's file: ``2026-11-30-thakar-qlys-4.form4.json``."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from form4_author.desk.deletion import kept
from form4_author.desk.packet_place import manifests, packets_home
from form4_author.files import draft_file
from form4_author.ident.cik import bare_cik
from form4_author.model.conformed_signature import is_entity_name

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from form4_author.model.draft import Draft

__all__ = ["draft_name", "free_draft"]

_OTHER: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 30
"""Signs of a person's name."""


def draft_name(draft: Draft, day: date) -> str:
    """The name without its ending: the day begun, surname, entity or CIK, the symbol if it is known, and the form."""
    filing = draft.filing
    owner = filing.owners[0] if filing.owners else None
    name = (owner.name if owner is not None else None) or ""
    words = name.replace(",", " ").split()
    who = name if is_entity_name(name) else next(iter(words), "")
    who = _plain(who)[:_LONGEST].strip("-") or bare_cik(owner.cik if owner is not None else None)
    parts = (day.isoformat(), who, _plain(filing.issuer.trading_symbol or ""), _plain(filing.form or "4"))
    return "-".join(part for part in parts if part)


def free_draft(folder: Path, stem: str) -> Path:
    """A file in the folder that no draft has or had: a packet that names a draft is found by that name."""
    taken = {file.name for each in kept(folder) for file in each.iterdir()}
    home = packets_home()
    for each in home.iterdir() if home.is_dir() else ():
        taken |= {str(data.get("draft")) for data in manifests(each)}
    number = 1
    while True:
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}{draft_file.SUFFIX}"
        if path.name not in taken and not path.exists():
            return path
        number += 1


def _plain(text: str) -> str:
    """Small letters and digits with hyphens between."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _OTHER.sub("-", letters.casefold()).strip("-")
