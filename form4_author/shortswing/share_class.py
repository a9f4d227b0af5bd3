"""Which class of stock a title names.

Classes that do not convert into each other are not matched (case law; general knowledge). Titles differ between forms
of one issuer (``Common Stock``, ``Common Stock, $0.01 par value``), so only what designates a class is compared.

This is coarser than ``ledger.title.class_of``, which distinguishes lines of holdings. There a wrong merge adds up the
totals of two securities; here a wrong split leaves out a purchase or sale that may be matchable. So names and symbols
before a class, plans, and words after it (``Common Stock - 401(k)``) are ignored, and every right to shares is one
derivative security.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from form4_author.text import Pattern

__all__ = ["DERIVATIVE", "share_class"]

DERIVATIVE: Final = "derivative security"
"""How a title is treated that names an option, a warrant or a swap and not the underlying stock."""

_NOT_WORDS: Final = Pattern(r"[^a-z0-9-]+")
_DESIGNATED: Final = Pattern(r"\b(class|series)\s+([a-z0-9][a-z0-9-]*)")
_RIGHT: Final = r"(?:warrants?|options?|calls?|puts?|swaps?)"
_RIGHTS: Final = Pattern(rf"\b{_RIGHT}\b")
_STOCK_FIRST: Final = Pattern(rf"(?:(?:class|series) \S+ )?(?:common|ordinary|capital)\b(?!.*\b{_RIGHT}\Z)")
_KINDS: Final = (
    ("preferred stock", Pattern(r"\bpreferred|\bpreference")),
    ("debt security", Pattern(r"\bnotes?\b|\bdebentures?\b|\bbonds?\b")),
    ("depositary share", Pattern(r"\bdeposit[ao]ry|\bad[rs]s?\b")),
)


@lru_cache(maxsize=1024)
def share_class(title: str) -> str:
    """The class a title names, the same for its spellings: ``common stock``, ``class a common stock``."""
    text = _NOT_WORDS.sub(" ", title.casefold()).strip()
    if _RIGHTS.search(text) and not _STOCK_FIRST.match(text):
        return DERIVATIVE
    kind = next((name for name, pattern in _KINDS if pattern.search(text)), "common stock")
    designated = _DESIGNATED.search(text)
    return f"{designated[1]} {designated[2]} {kind}" if designated else kind
