"""Persons, issuers, powers of attorney and footnotes as the user lists, adds, edits, shows and removes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import func, or_, select

from form4_author import values
from form4_author.errors import Form4Error, MalformedValue
from form4_author.register.record import number
from form4_author.register.style import STYLES, styled
from form4_author.register.table import (
    Base,
    HouseStyle,
    Issuer,
    Note,
    Person,
    Power,
    Relationship,
    SecurityClass,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute, Session

__all__ = [
    "ADDRESS",
    "KINDS",
    "RELATION",
    "Field",
    "Kind",
    "added",
    "edited",
    "found",
    "listed",
    "related",
    "removed",
]

_STYLES: Final = "; ".join(f"{name}: {style.about}" for name, style in STYLES.items())
_MONTH_DAY: Final = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")


class Field(NamedTuple):
    """One thing that a card says."""

    name: str
    help: str
    parse: Callable[[str], object] = str.strip
    several: bool = False
    """Whether it may be given several times, each adding one."""

    @property
    def option(self) -> str:
        """As the command line has it."""
        return "--" + self.name.replace("_", "-")


class Kind(NamedTuple):
    """One kind of card."""

    word: str
    table: type[Base]
    fields: tuple[Field, ...]
    needed: tuple[str, ...]
    """What a new card must say."""
    sought: tuple[InstrumentedAttribute[Any], ...]
    """By what a card is found, beside its number."""
    example: str


def _cik(text: str) -> str:
    found = number(text)
    if not (found.isascii() and found.isdecimal() and len(found) <= 10):
        raise MalformedValue(f'"{text}" is not a CIK, which has up to 10 digits')
    return found


def _month_day(text: str) -> str:
    if _MONTH_DAY.fullmatch(text.strip()) is None:
        raise MalformedValue(f'"{text}" is not a month and day such as 12-31')
    return text.strip()


ADDRESS: Final = ("non_us", "street1", "street2", "city", "non_us_state_territory", "state", "country", "zip")
"""The fields of a person that are the address."""

RELATION: Final = (
    Field("director", "yes or no: is a director of --issuer", values.flag),
    Field("officer", "yes or no", values.flag),
    Field("ten_percent_owner", "yes or no", values.flag),
    Field("other", "yes or no", values.flag),
    Field("title", "the officer's title"),
    Field("other_text", "what else the person is"),
    Field("since", "day the person became an insider", values.day),
    Field("until", "day the person ceased to be one", values.day),
)
"""What a person is to an issuer."""

_OF_RELATION: Final = {
    "director": "is_director",
    "officer": "is_officer",
    "ten_percent_owner": "is_ten_percent_owner",
    "other": "is_other",
    "title": "officer_title",
    "since": "insider_since",
    "until": "insider_until",
}
"""Columns of a relationship that a word of the command line stands for."""

_OF_CARD: Final = {
    "symbol": "trading_symbol",
    "foreign_symbol": "foreign_trading_symbol",
    "year_end": "fiscal_year_end",
    "accession": "accession_number",
}
"""Columns of a card that a word of the command line stands for."""

KINDS: Final = {
    "person": Kind(
        "person",
        Person,
        (
            Field("cik", "the person's CIK", _cik),
            Field("name", "as EDGAR has it, last name first"),
            Field("entity", "yes: a company, fund or trust", values.flag),
            *(Field(n, n.replace("_", " "), values.flag if n == "non_us" else str.strip) for n in ADDRESS),
        ),
        ("cik", "name"),
        (Person.cik, Person.name),
        'form4 person add --cik 1626115 --name "Thakar Sumedh S" --city "Foster City" --state CA\n'
        '  form4 person edit thakar --issuer QLYS --director yes --officer yes --title "CEO"',
    ),
    "issuer": Kind(
        "issuer",
        Issuer,
        (
            Field("cik", "the issuer's CIK", _cik),
            Field("name", "its name"),
            Field("symbol", "trading symbol"),
            Field("foreign_symbol", "foreign trading symbol"),
            Field("foreign_private", "yes: a foreign private issuer", values.flag),
            Field("country", "EDGAR's code of where it is organised"),
            Field("qualifying_regulation", "yes: its insiders report under one at home", values.flag),
            Field("registered", "yes: it has a class registered under Section 12", values.flag),
            Field("closed_end_fund", "yes: a closed-end fund", values.flag),
            Field("listed", "yes: on a United States exchange", values.flag),
            Field("year_end", "end of the fiscal year, such as 12-31", _month_day),
            Field("went_public", "day its first registration took effect", values.day),
            Field("shares_outstanding", "a number", values.amount),
            Field("class", "a title of Table I; may be repeated", several=True),
            Field(
                "style",
                f"house style NAME=VALUE, such as rsu=II; may be repeated. Styles: {_STYLES}",
                styled,
                several=True,
            ),
        ),
        ("cik", "name"),
        (Issuer.cik, Issuer.trading_symbol, Issuer.name),
        'form4 issuer add --cik 1107843 --name "QUALYS, INC." --symbol QLYS --year-end 12-31',
    ),
    "poa": Kind(
        "poa",
        Power,
        (
            Field("person", "who gives it: CIK or name"),
            Field("issuer", "for which issuer (default: every): CIK, symbol or name"),
            Field("agent", "who may sign; may be repeated", several=True),
            Field("signed", "day it was signed", values.day),
            Field("until", "last day it holds", values.day),
            Field("revoked", "day it was revoked", values.day),
            Field("accession", "accession number of the filing it is attached to"),
            Field("wording", "how a signature under it reads"),
        ),
        ("person", "agent"),
        (),
        'form4 poa add --person thakar --issuer QLYS --agent "Bruce Posey" --signed 2026-01-15',
    ),
    "footnote": Kind(
        "footnote",
        Note,
        (Field("name", "a short name"), Field("text", "the footnote's text")),
        ("name", "text"),
        (Note.name,),
        'form4 footnote add --name gift --text "Gift to a donor-advised fund."',
    ),
}
"""The kinds by their word."""


# ---- finding


def found(session: Session, kind: Kind, words: str) -> Any:  # noqa: ANN401  # a card of that kind
    """The card that the words mean: its number (CIK; # of a power), its name or symbol, or a part of one name only.

    Raises Form4Error where there is none, or several.
    """
    words = words.strip()
    if kind.table is Power:
        card = session.get(Power, int(words)) if words.isascii() and words.isdecimal() else None
        return card or _none(kind, words)
    for column in kind.sought:
        wanted = number(words) if column.key == "cik" else words.casefold()
        exact = session.scalars(select(kind.table).where(func.lower(column) == wanted)).all()
        if len(exact) == 1:
            return exact[0]
    like = [func.lower(column).contains(words.casefold(), autoescape=True) for column in kind.sought[-1:]]
    near = (
        session.scalars(select(kind.table).where(or_(*like)).order_by(kind.sought[-1])).all() if words else []
    )
    if len(near) > 1:
        names = "; ".join(str(getattr(card, kind.sought[-1].key)) for card in near[:8])
        raise Form4Error(
            f'"{words}" may be any of {len(near)}: {names}', remedy="Write more of it, or its CIK"
        )
    return near[0] if near else _none(kind, words)


def _none(kind: Kind, words: str) -> Any:  # noqa: ANN401  # never returns
    raise Form4Error(f'The register has no {kind.word} "{words}"', remedy=f"form4 {kind.word} list shows all")


def listed(session: Session, kind: Kind) -> tuple[Any, ...]:
    """Every card of the kind, by name; powers by number."""
    order = kind.sought[-1] if kind.sought else Power.id
    return tuple(session.scalars(select(kind.table).order_by(order)))


# ---- changing


def added(session: Session, kind: Kind, said: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a card of that kind
    """A new card. Raises Form4Error for one that lacks what it needs, or that is there already."""
    lacking = next((name for name in kind.needed if not said.get(name)), None)
    if lacking is not None:
        option = "--" + lacking.replace("_", "-")
        raise Form4Error(f"A new {kind.word} needs {option}", remedy=f"Give {option} TEXT")
    if "cik" in said:
        _refuse_second(session, kind, said["cik"])
    card = kind.table(**({"address": {}} if kind.table is Person else {}))
    edited(session, kind, card, said)
    session.add(card)
    session.flush()
    return card


def _refuse_second(session: Session, kind: Kind, cik: str) -> None:
    there: Any = session.scalar(select(kind.table).where(kind.sought[0] == cik))
    if there is not None:
        raise Form4Error(
            f"The register has CIK {cik} already: {there.name}", remedy=f"Use form4 {kind.word} edit {cik}"
        )


def edited(session: Session, kind: Kind, card: Any, said: Mapping[str, Any]) -> None:  # noqa: ANN401  # of that kind
    """The card says this from now on; a blank clears. What was typed in, no import changes."""
    for name, value in said.items():
        if name in kind.needed and value in ("", None, []):
            raise Form4Error(
                f"A {kind.word} needs its {name}", remedy="Write another, or remove the whole card"
            )
        if kind.table is Person and name in ADDRESS:
            card.address = {**{k: v for k, v in card.address.items() if k != name}, **_kept(name, value)}
        elif kind.table is Issuer and name in ("class", "style"):
            _append(card, name, value)
        elif kind.table is Power and name in ("person", "issuer"):
            other = found(session, KINDS[name], value) if value else None
            setattr(card, name, other)
        elif name == "agent":
            card.agents = list(value)
        else:
            setattr(card, _OF_CARD.get(name, name), None if value == "" else value)
    if kind.table in (Person, Issuer):
        card.told = None


def _kept(name: str, value: object) -> dict[str, object]:
    return {} if value in ("", None) else {name: value}


def _append(issuer: Issuer, name: str, given: list[Any]) -> None:
    if name == "class":
        there = {c.title for c in issuer.classes}
        issuer.classes += [SecurityClass(title=t) for t in dict.fromkeys(given) if t and t not in there]
        return
    for style, value in given:
        issuer.styles = [s for s in issuer.styles if s.name != style]
        if value:
            issuer.styles.append(HouseStyle(name=style, value=value))


def related(session: Session, person: Person, issuer: Issuer, said: Mapping[str, Any]) -> Relationship:
    """What the person is to the issuer from now on."""
    found_ = session.scalar(
        select(Relationship).where(Relationship.person == person, Relationship.issuer == issuer)
    )
    if found_ is None:
        found_ = Relationship(person=person, issuer=issuer)
        session.add(found_)
    for name, value in said.items():
        setattr(found_, _OF_RELATION.get(name, name), None if value == "" else value)
    found_.told = None
    session.flush()
    return found_


def removed(session: Session, kind: Kind, card: Any) -> None:  # noqa: ANN401  # a card of that kind
    """The card is gone.

    Raises Form4Error for a person or issuer whose filings or adjustments are on record: the ledger rests on them.
    """
    if isinstance(card, (Person, Issuer)) and any(_moved(relation) for relation in card.relationships):
        raise Form4Error(
            f"{card.name} has filings or adjustments on record, which the ledger rests on",
            remedy=f"Keep the {kind.word}; form4 {kind.word} edit corrects it",
        )
    session.delete(card)
    session.flush()


def _moved(relation: Relationship) -> bool:
    return any(line.entries for line in relation.lines)
