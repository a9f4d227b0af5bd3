"""Cards as plain data: what ``--json`` writes and what a listing takes its columns from. Nothing given is left out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from form4_author.register.account import named_filing
from form4_author.register.table import Filed, Issuer, LedgerEntry, Line, Note, Person, Power, Relationship
from form4_author.text import amount_text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from form4_author.register.account import Balance, Inherited

__all__ = [
    "accessions",
    "balance_data",
    "card_data",
    "counts",
    "filed_data",
    "inherited_data",
    "line_of_card",
]

_ISSUER: Final = (
    "cik", "name", "trading_symbol", "foreign_trading_symbol", "foreign_private", "country", "qualifying_regulation",
    "registered", "closed_end_fund", "listed", "fiscal_year_end", "went_public", "shares_outstanding",
)  # fmt: skip
_RELATION: Final = (
    "is_director", "is_officer", "is_ten_percent_owner", "is_other", "officer_title", "other_text", "insider_since",
    "insider_until",
)  # fmt: skip
_POWER: Final = ("agents", "signed", "until", "revoked", "accession_number", "wording", "used")
_ROLES: Final = {"is_director": "director", "is_officer": "officer", "is_ten_percent_owner": "10% owner"}


def counts(session: Session) -> dict[str, int]:
    """How much the register holds, by what a user calls it."""
    kinds = {
        "persons": Person,
        "issuers": Issuer,
        "powers of attorney": Power,
        "footnotes": Note,
        "filings": Filed,
        "lines": Line,
        "ledger entries": LedgerEntry,
    }
    return {name: session.scalar(select(func.count()).select_from(kind)) or 0 for name, kind in kinds.items()}


def accessions(session: Session) -> dict[str, bool]:
    """The accession number of each filing on record, and whether its time of acceptance is."""
    rows = session.execute(select(Filed.accession_number, Filed.accepted_at))
    return {number: accepted is not None for number, accepted in rows if number}


def card_data(card: object) -> dict[str, Any]:
    """A person, issuer, power or footnote."""
    if isinstance(card, Person):
        data: dict[str, Any] = {
            "cik": card.cik,
            "name": card.name,
            "entity": card.entity,
            "address": card.address,
        }
        data["issuers"] = [
            {"cik": r.issuer.cik, "name": r.issuer.name, **_columns(r, _RELATION)} for r in card.relationships
        ]
    elif isinstance(card, Issuer):
        data = _columns(card, _ISSUER)
        data["classes"] = [c.title for c in card.classes]
        data["series"] = [s.terms for s in card.series]
        data["styles"] = {s.name: s.value for s in card.styles}
        data["persons"] = [
            {"cik": r.person.cik, "name": r.person.name, **_columns(r, _RELATION)} for r in card.relationships
        ]
    elif isinstance(card, Power):
        data = {"number": card.id, "person": card.person.name, "issuer": card.issuer and card.issuer.name}
        data |= _columns(card, _POWER)
    else:
        assert isinstance(card, Note)  # noqa: S101  # the fourth kind
        data = {"name": card.name, "text": card.text}
    return {name: value for name, value in data.items() if value not in (None, [], {})}


def _columns(card: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(value) for name in names if (value := getattr(card, name)) is not None}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return amount_text(value)
    return value.isoformat() if isinstance(value, date) else value


def line_of_card(card: object) -> str:
    """The card on one line of a listing."""
    if isinstance(card, Person):
        at = "; ".join(f"{_role(r)} of {r.issuer.name}" for r in card.relationships)
        return f"{card.cik:>10}  {card.name}{f' ({at})' if at else ''}"
    if isinstance(card, Issuer):
        symbol = card.trading_symbol or "-"
        return f"{card.cik:>10}  {symbol:6} {card.name} ({len(card.relationships)} persons)"
    if isinstance(card, Power):
        for_ = f" for {card.issuer.name}" if card.issuer else ""
        return f"{card.id:>4}  {card.person.name}: {', '.join(card.agents)}{for_}{_term(card)}"
    assert isinstance(card, Note)  # noqa: S101  # the fourth kind
    return f"{card.name}: {card.text}"


def _role(relation: Relationship) -> str:
    roles = [words for name, words in _ROLES.items() if getattr(relation, name)]
    if relation.officer_title:
        roles = [r for r in roles if r != "officer"] + [relation.officer_title]
    return ", ".join([*roles, relation.other_text or ""]).strip(", ") or "insider"


def _term(power: Power) -> str:
    if power.revoked:
        return f", revoked {power.revoked}"
    if power.until:
        return f", until {power.until}"
    return (
        f", signed {power.signed}"
        if power.signed
        else f", seen on a form of {power.used}"
        if power.used
        else ""
    )


def balance_data(balance: Balance, goes_on: int | None = None) -> dict[str, Any]:
    """A line and what it holds. ``goes_on``: the number of a line that it may be after an adjustment."""
    return {
        "number": balance.number,
        "line": balance.line.name,
        **balance.line.cells,
        "held": amount_text(balance.amount),
        "unit": "dollars" if balance.in_dollars else "shares",
        "source": balance.source,
        "as_of": balance.day.isoformat(),
        **({"ended": True} if balance.ended else {}),
        **({"may_continue": goes_on} if goes_on else {}),
    }


def filed_data(filed: Filed) -> dict[str, Any]:
    """A filing on record."""
    data = {
        "form": filed.form,
        "accession_number": filed.accession_number,
        "period": _plain(filed.period),
        "filed": _plain(filed.filed),
        "accepted_at": filed.accepted_at and filed.accepted_at.isoformat(),
        "issuer": filed.issuer.name,
        "persons": [p.name for p in filed.persons],
        "file": filed.file,
        "sha256": filed.sha256,
    }
    return {name: value for name, value in data.items() if value is not None}


def inherited_data(corrected: Inherited) -> dict[str, Any]:
    """A line that an amendment corrects and the later forms that went on from the error."""
    return {
        "line": corrected.line.name,
        "before": None if corrected.before is None else amount_text(corrected.before),
        "after": amount_text(corrected.after),
        "later": [named_filing(f) for f in corrected.filings],
    }
