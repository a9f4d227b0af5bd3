"""The index of names: persons and issuers of a register as one small text file, read without a database.

Shell completion reads it on each press of Tab. It is beside a register that is a file, and in the data folder for one
on a server. A line is ``person`` or ``issuer``, the word to complete, and what it means, separated by tabs.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.files import disk
from form4_author.files.output import write_bytes
from form4_author.register.place import default_file
from form4_author.text import folded, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from form4_author.register.place import RegisterPlace

__all__ = ["NameCard", "index_file", "index_text", "read_index", "write_index"]

_END: Final = ".names"
_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
"""What every shell reads as one word, with nothing in it to expand."""
_WORDS: Final = re.compile(r"[a-z0-9]+")
_MOST: Final = 4 * 1024 * 1024


class NameCard(NamedTuple):
    """A person or an issuer as the index has it."""

    kind: str
    """``person`` or ``issuer``."""
    cik: str
    name: str
    symbol: str = ""


def index_file(place: RegisterPlace) -> Path:
    """Where the index of the register is."""
    if place.file is not None:
        return place.file.with_name(f"{place.file.name}{_END}")
    import hashlib  # loaded for a server only: completion is waited for

    digest = hashlib.sha256(place.url.encode()).hexdigest()[:16]
    return default_file().with_name(f"register-{digest}{_END}")


def index_text(cards: Iterable[NameCard]) -> str:
    """The lines of the index.

    The word of a person is the first of the name where it finds no other person, of an issuer its symbol; else the CIK.
    """
    listed = sorted(cards, key=lambda card: (card.kind, folded(card.name), card.cik))
    return "".join(
        f"{card.kind}\t{word}\t{visible(_meaning(card))}\n"
        for kind in ("issuer", "person")
        for card, word in _worded([card for card in listed if card.kind == kind])
    )


def _meaning(card: NameCard) -> str:
    """What a word means: the name and the CIK, on one line."""
    return f"{' '.join(card.name.split())} (CIK {card.cik})"


def _worded(cards: Sequence[NameCard]) -> list[tuple[NameCard, str]]:
    """Each card with the word that finds only it."""
    symbols = Counter(folded(card.symbol) for card in cards)
    names = [folded(card.name) for card in cards]
    return [(card, _word(card, symbols, names)) for card in cards]


def _word(card: NameCard, symbols: Counter[str], names: Sequence[str]) -> str:
    if card.kind == "issuer":
        own = card.symbol.strip()
        return own if _PLAIN.fullmatch(own) and symbols[folded(own)] == 1 else card.cik
    first = _WORDS.match(folded(card.name))
    if first is None or first[0].isdecimal() or len([name for name in names if first[0] in name]) > 1:
        return card.cik
    return first[0]


def read_index(place: RegisterPlace, kind: str) -> list[tuple[str, str]]:
    """The words of the kind and what each means; none where there is no index."""
    with suppress(OSError, ValueError):
        lines = disk.read(index_file(place), _MOST).decode().splitlines()
        parts = [line.split("\t") for line in lines]
        return [(part[1], part[2]) for part in parts if len(part) == 3 and part[0] == kind]
    return []


def write_index(place: RegisterPlace, cards: Iterable[NameCard]) -> None:
    """Write the index where it changed. A register whose folder can't be written is used all the same."""
    content = index_text(cards).encode()
    file = index_file(place)
    with suppress(OSError):
        known = disk.read(file, _MOST) if file.is_file() else b""
        if known == content:
            return
        write_bytes(file, content)
