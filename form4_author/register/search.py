"""Cards found by what a user calls them: a number, a symbol, a name or a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from form4_author.errors import Form4Error
from form4_author.text import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from form4_author.register.card import CardKind

__all__ = ["card_by_words", "listed", "twin"]


def card_by_words(session: Session, kind: CardKind, words: str) -> Any:  # noqa: ANN401  # a card of that kind
    """The card that the words mean: its number (CIK; # of a power), its symbol or name, or a part of one name only.

    Raises Form4Error where there is none, or several.
    """
    cards, sought = listed(session, kind), _folded(words)
    names = [tuple(_folded(name) for name in kind.names(card)) for card in cards]
    for place in range(len(names[0]) if names and sought else 0):
        same = [card for card, card_names in zip(cards, names, strict=True) if card_names[place] == sought]
        if same:
            return _only(kind, words, same)
    near = [
        card for card, card_names in zip(cards, names, strict=True) if sought and sought in card_names[-1]
    ]
    if near:
        return _only(kind, words, near)
    raise Form4Error(f'The register has no {kind.word} "{words}"', remedy=f"form4 {kind.word} list shows all")


def _only(kind: CardKind, words: str, cards: Sequence[Any]) -> Any:  # noqa: ANN401  # a card of that kind
    if len(cards) == 1:
        return cards[0]
    shown = [kind.names(card) for card in cards[:8]]
    names = "; ".join(f"{each[-1]} ({each[0]})" if len(each) > 1 else each[0] for each in shown)
    more = f"; and {len(cards) - 8} more" if len(cards) > 8 else ""
    number = "the number behind it" if len(shown[0]) > 1 else "the whole name"
    raise Form4Error(
        f'"{words}" may be any of {len(cards)}: {names}{more}', remedy=f"Write more of it, or {number}"
    )


def twin(session: Session, kind: CardKind, telling: str) -> Any:  # noqa: ANN401  # a card of that kind
    """The card that has this already, of what tells cards of the kind apart; None where none has."""
    sought = _folded(telling)
    return next((card for card in listed(session, kind) if _folded(kind.names(card)[0]) == sought), None)


def listed(session: Session, kind: CardKind) -> tuple[Any, ...]:
    """Every card of the kind, by name; those of one name in the order they were added."""
    table: Any = kind.table
    with session.no_autoflush:  # a card that is being written is none yet
        cards = session.scalars(select(table).order_by(table.id)).all()
    return tuple(sorted(cards, key=lambda card: _folded(kind.names(card)[-1])))


def _folded(name: str) -> str:
    """The name without its case and spacing; a number without leading zeros."""
    return folded(name).lstrip("0")
