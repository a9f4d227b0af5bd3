"""What the register knows as the beginning of the next draft: names, address, lines, who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from form4_author import codes
from form4_author.ident.cik import padded_cik
from form4_author.ledger.title import class_of
from form4_author.model.conformed_signature import capacity_of
from form4_author.register.account import balances, entries_by, named_filing
from form4_author.register.line_note import line_notes, read_once
from form4_author.register.table import Filed, Issuer, Person, Power, Relationship, party_name
from form4_author.text import amount_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from form4_author.register.account import Balance
    from form4_author.register.line_note import Reader
    from form4_author.register.table import Line

__all__ = ["address_card", "issuer_card", "owner_card", "person_card", "profile"]

_LONGEST_NOTE: Final = 1000
"""Characters of a footnote: words that were in several of them are not taken over as one."""
_RECENT: Final = 12
"""How many of the latest forms lend their footnotes' wording."""

_FLAGS: Final = ("is_director", "is_officer", "is_ten_percent_owner", "is_other")


# ---- for the checks


# ---- for the next draft


def profile(  # noqa: PLR0913  # the sixth only matters where a power of attorney has ended
    session: Session,
    person: Person,
    issuer: Issuer,
    form: str = "4",
    *,
    others: Sequence[Person] = (),
    as_of: date | None = None,
) -> dict[str, Any]:
    """A draft that knows what need not be typed: names, address, titles, who signs; below ``interview`` the lines.

    ``others``: who files with the person. ``as_of``: options that expired and powers of attorney that ended before are
    not thought of.
    ``interview.carried`` has an entry for each line, the last stated first: its cells, what it holds
    (``amount_owned_following``), the ``source`` and its footnotes; terms that are words stay words. A line that
    holds nothing any more is left at 0, one whose class ended is left out; ``dormant`` is one that the last form on its
    class left out; ``actions`` are the splits and adjustments on record that its terms include.
    ``interview.phrases`` are footnotes of earlier forms, the latest first.
    Raises Form4Error where the register knows of nothing between the two.
    """
    from form4_author.register.account import relationship_of

    relations = [relationship_of(session, each, issuer) for each in (person, *others)]
    lines = _newest_first(balances(session, relations[0]))
    last, read = tuple(_last_forms(session, person, issuer)), read_once()
    interview: dict[str, Any] = {
        "at": "happened" if form[:1] != "3" else "owners[0].relationship",
        "opened": named_filing(last[0]) if last else "the register",
        "phrases": list(dict.fromkeys(t for filed in last for t in _footnotes(filed))),
        "carried": [_carried(b, lines, as_of, read) for b in lines if not (b.in_dollars or b.ended)],
        "foreign_issuer": "yes" if issuer.foreign_trading_symbol or issuer.foreign_private else "no",
        "signing": _signing(session, [r.person for r in relations], issuer, as_of),
        "styles": {s.name: s.value for s in issuer.styles},
    }
    return {
        "format": 1,  # whose lines have their cells among what is known of them, as the register's do
        "form": form,
        "issuer": issuer_card(issuer),
        "owners": [owner_card(relation) for relation in relations],
        "interview": {name: value for name, value in interview.items() if value},
    }


def _newest_first(lines: Sequence[Balance]) -> list[Balance]:
    """The lines as the forms have them, the last stated first; what is held directly before the rest."""

    def kind(balance: Balance) -> tuple[bool, bool]:
        cells = balance.line.cells
        return cells["table"] != "non_derivative", cells.get("ownership_form") == "I"

    by_kind = sorted(lines, key=kind)
    return sorted(by_kind, key=lambda b: _last_stated(b.line)[0], reverse=True)


def _last_forms(session: Session, person: Person, issuer: Issuer) -> Sequence[Filed]:
    """The latest forms on record, newest first: what the next one continues from."""
    return session.scalars(
        select(Filed)
        .where(Filed.issuer == issuer, Filed.persons.any(Person.id == person.id))
        .order_by(Filed.day.desc(), Filed.id.desc())
        .limit(_RECENT)
    ).all()


def _footnotes(filed: Filed) -> list[str]:
    return [str(each["text"]) for each in filed.content.get("footnotes", ()) if each.get("text")]


def issuer_card(issuer: Issuer) -> dict[str, Any]:
    """The issuer as a draft has it."""
    named = {
        "cik": padded_cik(issuer.cik),
        "name": party_name(issuer),
        "trading_symbol": issuer.trading_symbol,
        "foreign_trading_symbol": issuer.foreign_trading_symbol,
    }
    return {name: value for name, value in named.items() if value}


def person_card(person: Person) -> dict[str, Any]:
    """A reporting person as a draft has one, with the address in the branches of March 2026: a state, or a country."""
    owner: dict[str, Any] = {"cik": padded_cik(person.cik)}
    if name := party_name(person):
        owner["name"] = name
    address = address_card(person.address)
    return {**owner, "address": address} if address else owner


def address_card(stored: Mapping[str, Any]) -> dict[str, Any]:
    """An address in the branches of March 2026: a state, or a country."""
    address = dict(stored)
    if address and "non_us" not in address:
        place = address.get("state", "")
        address["non_us"] = bool(place) and place not in {s.code for s in codes.states().values()}
        if address["non_us"]:
            address["country"] = address.pop("state")
    return address


def owner_card(relation: Relationship) -> dict[str, Any]:
    """A reporting person with what they are to an issuer, as a draft has it."""
    flags = {name: bool(getattr(relation, name)) for name in _FLAGS}
    words = {n: value for n in ("officer_title", "other_text") if (value := getattr(relation, n))}
    return {**person_card(relation.person), **flags, **words}


def _carried(
    balance: Balance, all_balances: Sequence[Balance], as_of: date | None, read: Reader
) -> dict[str, Any]:
    cells = balance.line.cells
    words = cells.get("words", {})
    line = {name: value for name, value in cells.items() if name != "words"}
    for name in ("exercise_price", "date_exercisable", "expiration_date"):
        if 0 < len(words.get(name, "")) <= _LONGEST_NOTE:
            line["exercise_price_words" if name == "exercise_price" else name] = words[name]
    amount = "0" if _expired(balance, as_of) else amount_text(balance.amount)
    line |= {"amount_owned_following": amount, "source": balance.source, **line_notes(balance.line, read)}
    if actions := _actions(balance.line):
        line["actions"] = actions
    return {**line, "dormant": "yes"} if _dormant(balance, all_balances) else line


def _actions(line: Line) -> list[dict[str, str]]:
    """The corporate actions on record that changed a line by a ratio, the oldest first."""
    last = max((entry.day for entry in line.entries if entry.total is not None), default=None)
    return [
        {
            "kind": action.kind,
            "new": amount_text(ratio.new),
            "old": amount_text(ratio.old),
            "day": entry.day.isoformat(),
            "words": action.words,
            **({"stated": "yes"} if last is not None and last > entry.day else {}),
        }
        for entry in entries_by(line)
        if (action := entry.action) is not None and (ratio := entry.move.ratio) is not None and ratio.new
    ]


def _expired(balance: Balance, as_of: date | None) -> bool:
    """Whether it is a derivative security whose last day has passed, though no form said so."""
    last = balance.line.cells.get("expiration_date")
    return as_of is not None and isinstance(last, str) and last < as_of.isoformat()


def _dormant(balance: Balance, all_balances: Sequence[Balance]) -> bool:
    """Whether a later form shows other lines of the class in Table I, and this one no more (Instruction 4(a)(i)).

    A line that no form has shown yet is not left out.
    """
    cells = balance.line.cells
    if cells.get("table") != "non_derivative" or not _last_stated(balance.line)[0]:
        return False
    same = [b.line for b in all_balances if _class(b.line.cells) == _class(cells)]
    return _last_stated(balance.line) < max(_last_stated(line) for line in same)


def _class(cells: Mapping[str, Any]) -> tuple[str, str]:
    return str(cells.get("table")), class_of(str(cells.get("security_title")))


def _last_stated(line: Line) -> tuple[str, int]:
    """The last form that states the line's total; an amendment repeats only what it changes and says nothing here."""
    stated = [e.filing for e in line.entries if e.filing is not None and not e.filing.form.endswith("/A")]
    return max(((str(f.day), f.id) for f in stated), default=("", 0))


def _signing(
    session: Session, persons: Sequence[Person], issuer: Issuer, as_of: date | None
) -> list[dict[str, str]]:
    """Who signed the last form for each person; nothing unless that is known of all, and their powers hold."""
    signers = [_signer(session, person, issuer, as_of) for person in persons]
    return [signer for signer in signers if signer] if all(signers) else []


def _signer(session: Session, person: Person, issuer: Issuer, as_of: date | None) -> dict[str, str]:
    powers = session.scalars(
        select(Power)
        .where(Power.person == person, Power.revoked.is_(None))
        .where((Power.issuer == issuer) | Power.issuer_id.is_(None))
    ).all()
    ended = [p for p in powers if as_of is not None and p.until is not None and p.until < as_of]
    used = [p for p in powers if p.used is not None and p.wording and p not in ended]
    last = max(used, key=lambda p: (str(p.used), p.id), default=None)
    newest = next((f for f in _last_forms(session, person, issuer) if not f.form.endswith("/A")), None)
    if last is None or last.used is None or (newest is not None and last.used < newest.day):
        return {}
    agent = last.agents[0]
    return {"capacity": capacity_of(last.wording), "agent": agent, "signed_last": agent}
