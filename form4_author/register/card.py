"""Persons, issuers, powers of attorney and footnotes as the user lists, adds, edits, shows and removes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import select

from form4_author import codes
from form4_author.errors import Form4Error, MalformedValue
from form4_author.ident.accession import accession_number
from form4_author.ident.cik import bare_cik
from form4_author.register.style import STYLES, styled
from form4_author.register.table import (
    Filed,
    HouseStyle,
    Issuer,
    Note,
    Person,
    Power,
    Relationship,
    SecurityClass,
)
from form4_author.text import amount, day, flag, folded, unfit_character

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from form4_author.register.table import Base


__all__ = [
    "ADDRESS",
    "KINDS",
    "RELATION",
    "CardField",
    "CardKind",
    "added",
    "card_by_words",
    "edited",
    "listed",
    "related",
    "removed",
    "text_of",
    "twin",
]


def text_of(text: str) -> str:
    """The words, with one space between them."""
    if unfit_character(text) is not None:
        raise MalformedValue(f"{text!r} has a character in it that no form can hold")
    return " ".join(text.split())


class CardField(NamedTuple):
    """One thing that a card says."""

    name: str
    help: str
    parse: Callable[[str], object] = text_of
    several: bool = False
    """Whether it may be given several times, each adding one."""
    column: str = ""
    """Where it is kept, when the column is named otherwise."""
    filed: bool = False
    """Whether forms state it too: an import does not change what was typed."""

    @property
    def option(self) -> str:
        """As the command line has it."""
        return "--" + self.name.replace("_", "-")


class CardKind(NamedTuple):
    """One kind of card."""

    word: str
    table: type[Base]
    fields: tuple[CardField, ...]
    needed: tuple[str, ...]
    """What a new card must say."""
    names: Callable[[Any], tuple[str, ...]]
    """What finds a card: what distinguishes it from all others, other values, and last its name or a part of it."""
    example: str


_STYLES: Final = "; ".join(f"{name}: {style.about}" for name, style in STYLES.items())
_YES: Final = {"yes": True, "y": True, "no": False, "n": False}
_MONTH_DAY: Final = re.compile(r"[0-9]{2}-[0-9]{2}")


def _flag(text: str) -> bool:
    """``yes`` or ``no``, or as the XML has it."""
    answer = _YES.get(folded(text))
    if answer is not None:
        return answer
    try:
        return flag(text)
    except MalformedValue:
        raise MalformedValue(f'"{text}" is neither yes nor no') from None


def _cik(text: str) -> str:
    digits = bare_cik(text)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 10):
        raise MalformedValue(f'"{text}" is not a CIK, which has up to 10 digits')
    return digits


def _month_day(text: str) -> str:
    """A month and day that every year has."""
    month_day = text.strip()
    try:
        if _MONTH_DAY.fullmatch(month_day):
            day(f"2001-{month_day}")  # no leap year
            return month_day
    except MalformedValue:
        pass
    raise MalformedValue(f'"{text}" is not a month and day such as 12-31')


def _place_code(text: str) -> str:
    code = text.strip().upper()
    if code not in codes.place_names():
        raise MalformedValue(
            f'"{text}" is not one of EDGAR\'s codes of states and countries, such as CA or X0'
        )
    return code


ADDRESS: Final = ("non_us", "street1", "street2", "city", "non_us_state_territory", "state", "country", "zip")
"""The fields of a person that are the address."""
_ADDRESS: Final[Mapping[str, Callable[[str], object]]] = {
    "non_us": _flag,
    "state": _place_code,
    "country": _place_code,
}

RELATION: Final = (
    CardField("director", "yes or no: is a director of --issuer", _flag, column="is_director", filed=True),
    CardField("officer", "yes or no", _flag, column="is_officer", filed=True),
    CardField("ten_percent_owner", "yes or no", _flag, column="is_ten_percent_owner", filed=True),
    CardField("other", "yes or no", _flag, column="is_other", filed=True),
    CardField("title", "the officer's title", column="officer_title", filed=True),
    CardField("other_text", "what else the person is", filed=True),
    CardField("since", "day the person became an insider", day, column="insider_since"),
    CardField("until", "day the person ceased to be one", day, column="insider_until"),
)
"""What a person is to an issuer."""

KINDS: Final = {
    "person": CardKind(
        "person",
        Person,
        (
            CardField("cik", "the person's CIK", _cik),
            CardField("name", "as EDGAR has it, last name first", filed=True),
            CardField("entity", "yes: a company, fund or trust", _flag),
            *(CardField(n, n.replace("_", " "), _ADDRESS.get(n, text_of), filed=True) for n in ADDRESS),
        ),
        ("cik", "name"),
        lambda card: (card.cik, card.name),
        'form4 person add --cik 1626115 --name "Thakar Sumedh S" --city "Foster City" --state CA\n'
        '  form4 person edit thakar --issuer QLYS --director yes --officer yes --title "CEO"',
    ),
    "issuer": CardKind(
        "issuer",
        Issuer,
        (
            CardField("cik", "the issuer's CIK", _cik),
            CardField("name", "its name", filed=True),
            CardField("symbol", "trading symbol", column="trading_symbol", filed=True),
            CardField(
                "foreign_symbol", "foreign trading symbol", column="foreign_trading_symbol", filed=True
            ),
            CardField("foreign_private", "yes: a foreign private issuer", _flag),
            CardField("country", "EDGAR's code of its state or country of organization", _place_code),
            CardField("qualifying_regulation", "yes: a qualifying regulation applies to its insiders", _flag),
            CardField("registered", "yes: it has a class registered under Section 12", _flag),
            CardField("closed_end_fund", "yes: a closed-end fund", _flag),
            CardField("listed", "yes: on a United States exchange", _flag),
            CardField(
                "year_end", "end of the fiscal year, such as 12-31", _month_day, column="fiscal_year_end"
            ),
            CardField("went_public", "day its first registration took effect", day),
            CardField("shares_outstanding", "a number", amount),
            CardField("class", "a title of Table I; may be repeated", several=True),
            CardField(
                "style",
                f"house style NAME=VALUE, such as rsu=II; may be repeated. Styles: {_STYLES}",
                styled,
                several=True,
            ),
        ),
        ("cik", "name"),
        lambda card: (card.cik, card.trading_symbol or "", card.name),
        'form4 issuer add --cik 1107843 --name "QUALYS, INC." --symbol QLYS --year-end 12-31',
    ),
    "poa": CardKind(
        "poa",
        Power,
        (
            CardField("person", "the principal: CIK or name"),
            CardField("issuer", "for which issuer (default: all): CIK, symbol or name"),
            CardField("agent", "an attorney-in-fact; may be repeated", several=True),
            CardField("signed", "day it was signed", day),
            CardField("until", "last day it is valid", day),
            CardField("revoked", "day it was revoked", day),
            CardField(
                "accession",
                "accession number of the filing it is attached to",
                accession_number,
                column="accession_number",
            ),
            CardField("wording", "wording of a signature under it"),
        ),
        ("person", "agent"),
        lambda card: (str(card.id), card.person.name, f"{card.person.name}: {', '.join(card.agents)}"),
        'form4 poa add --person thakar --issuer QLYS --agent "Bruce Posey" --signed 2026-01-15',
    ),
    "footnote": CardKind(
        "footnote",
        Note,
        (CardField("name", "a short name"), CardField("text", "the footnote's text")),
        ("name", "text"),
        lambda card: (card.name,),
        'form4 footnote add --name gift --text "Gift to a donor-advised fund."',
    ),
}
"""The kinds by their word."""


# ---- changing


def added(session: Session, kind: CardKind, values: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a card of that kind
    """A new card. Raises Form4Error for one that lacks what it needs, or that is there already."""
    lacking = next((name for name in kind.needed if values.get(name) in (None, "", [""])), None)
    if lacking is not None:
        option = "--" + lacking.replace("_", "-")
        raise Form4Error(f"A new {kind.word} needs {option}", remedy=f"Give {option} TEXT")
    card = kind.table(**({"address": {}} if kind.table is Person else {}))
    edited(session, kind, card, values)
    session.add(card)
    session.flush()
    return card


def edited(session: Session, kind: CardKind, card: Any, values: Mapping[str, Any]) -> None:  # noqa: ANN401  # of that kind
    """The card says this from now on; a blank clears. What was typed in, no import changes.

    Raises Form4Error for a blank where something is needed, and for what another card of the kind has already.
    """
    fields = {field.name: field for field in kind.fields}
    for name, given in values.items():
        value = _listed(given) if fields[name].several and name == "agent" else given
        if name in kind.needed and value in ("", None, []):
            raise Form4Error(
                f"A {kind.word} needs its {name}", remedy="Write another, or remove the whole card"
            )
        _refuse_second(session, kind, card, {name: value})
        _set(session, card, fields[name], value)
    if kind.table in (Person, Issuer) and any(fields[name].filed for name in values):
        card.told = None


def _refuse_second(session: Session, kind: CardKind, card: Any, values: Mapping[str, Any]) -> None:  # noqa: ANN401  # a card
    """Raises Form4Error where another card has the number or name by which cards of the kind are distinguished."""
    telling = kind.needed[0]
    if telling not in values or kind.table is Power:
        return
    other = twin(session, kind, values[telling])
    if other is not None and other is not card:
        what = f"CIK {other.cik}" if telling == "cik" else f'"{other.name}"'
        name = f": {other.name}" if telling == "cik" else ""
        raise Form4Error(
            f"The register has {what} already{name}", remedy=f"Use form4 {kind.word} edit {values[telling]}"
        )


def _set(session: Session, card: Any, field: CardField, value: Any) -> None:  # noqa: ANN401  # a card, and what it says
    name = field.name
    if isinstance(card, Person) and name in ADDRESS:
        remaining = {k: v for k, v in card.address.items() if k != name}
        card.address = remaining if value == "" else {**remaining, name: value}
    elif name == "class":
        _class(card, value)
    elif name == "style":
        _styled(card, value)
    elif isinstance(card, Power) and name in ("person", "issuer"):
        setattr(card, name, card_by_words(session, KINDS[name], value) if value else None)
    elif name == "agent":
        card.agents = value
    else:
        setattr(card, field.column or name, None if value == "" else value)


def _listed(given: list[Any]) -> list[Any]:
    """Each value once; an empty value clears those before it."""
    last = max((n for n, one in enumerate(given) if one == ""), default=-1)
    return list(dict.fromkeys(given[last + 1 :]))


def _class(issuer: Issuer, given: list[str]) -> None:
    wanted = _listed(given)
    if "" in given:
        issuer.classes = [c for c in issuer.classes if c.title in wanted]
    there = {c.title for c in issuer.classes}
    issuer.classes += [SecurityClass(title=title) for title in wanted if title not in there]


def _styled(issuer: Issuer, given: list[Any]) -> None:
    wanted: dict[str, str] = dict(_listed(given))
    if "" in given:
        issuer.styles = [s for s in issuer.styles if s.name in wanted]
    there = {s.name: s for s in issuer.styles}
    for name, value in wanted.items():
        if not value:
            issuer.styles = [s for s in issuer.styles if s.name != name]
        elif name in there:
            there[name].value = value
        else:
            issuer.styles.append(HouseStyle(name=name, value=value))


def related(session: Session, person: Person, issuer: Issuer, values: Mapping[str, Any]) -> Relationship:
    """What the person is to the issuer from now on."""
    relation = session.scalar(
        select(Relationship).where(Relationship.person == person, Relationship.issuer == issuer)
    )
    if relation is None:
        relation = Relationship(person=person, issuer=issuer)
        session.add(relation)
    fields = {field.name: field for field in RELATION}
    for name, value in values.items():
        setattr(relation, fields[name].column or name, None if value == "" else value)
    if any(fields[name].filed for name in values):
        relation.told = None
    session.flush()
    return relation


def removed(session: Session, kind: CardKind, card: Any) -> None:  # noqa: ANN401  # a card of that kind
    """The card is gone.

    Raises Form4Error for a person or issuer with forms on record, on which the ledger rests, or powers of attorney.
    """
    if isinstance(card, (Person, Issuer)):
        own = Filed.persons.any(Person.id == card.id) if isinstance(card, Person) else Filed.issuer == card
        if session.scalar(select(Filed.id).where(own).limit(1)) is not None:
            raise Form4Error(
                f"{card.name} has forms on record, on which the ledger is based",
                remedy=f"Keep the {kind.word}; form4 {kind.word} edit corrects it",
            )
        given = Power.person == card if isinstance(card, Person) else Power.issuer == card
        powers = [str(n) for n in session.scalars(select(Power.id).where(given).order_by(Power.id))]
        if powers:
            raise Form4Error(
                f"{card.name} has powers of attorney on record: {', '.join(powers)}",
                remedy=f"Remove them first: form4 poa remove {powers[0]}",
            )
    session.delete(card)
    session.flush()


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
    number = "the number after it" if len(shown[0]) > 1 else "the whole name"
    raise Form4Error(f'"{words}" matches {len(cards)}: {names}{more}', remedy=f"Type more of it, or {number}")


def twin(session: Session, kind: CardKind, telling: str) -> Any:  # noqa: ANN401  # a card of that kind
    """The card that already has a value by which cards of its kind are distinguished; None without one."""
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
