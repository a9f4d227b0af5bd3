"""What changes the index of names: a person or an issuer that is added, renamed or removed in a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import event, inspect, select

from form4_author.register.name_index import NameCard
from form4_author.register.table import Issuer, Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["name_cards", "renamed_in"]


def renamed_in(session: Session) -> set[str]:
    """The kinds of card whose names the session changes; filled with each flush."""
    kinds: set[str] = set()

    def flushed(_session: Session, *_rest: object) -> None:
        changed = (*session.new, *session.dirty, *session.deleted)
        kinds.update(type(card).__name__ for card in changed if _is_renamed(card, session))

    event.listen(session, "before_flush", flushed)
    return kinds


def _is_renamed(card: Any, session: Session) -> bool:  # noqa: ANN401  # a card of any table
    if not isinstance(card, (Person, Issuer)):
        return False
    if card in session.new or card in session.deleted:
        return True
    names = ("cik", "name", "trading_symbol") if isinstance(card, Issuer) else ("cik", "name")
    attributes: Any = inspect(card).attrs  # type: ignore[attr-defined]
    return any(attributes[name].history.has_changes() for name in names)


def name_cards(session: Session) -> list[NameCard]:
    """Every person and issuer of the register."""
    persons = session.execute(select(Person.cik, Person.name))
    issuers = session.execute(select(Issuer.cik, Issuer.name, Issuer.trading_symbol))
    return [
        *(NameCard("person", cik, name) for cik, name in persons),
        *(NameCard("issuer", cik, name, symbol or "") for cik, name, symbol in issuers),
    ]
