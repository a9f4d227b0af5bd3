"""The tables of the register. CIKs are without leading zeros; amounts are exact decimals (shares or US dollars)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from form4_author.ledger.action import Move, Ratio
from form4_author.ledger.balance import Fractions
from form4_author.ledger.line import DOLLARS, SHARES, LineKey
from form4_author.text import amount

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

__all__ = [
    "Action",
    "Amount",
    "Base",
    "ClosedDate",
    "Filed",
    "FiledPerson",
    "HouseStyle",
    "Issuer",
    "LedgerEntry",
    "Line",
    "Moment",
    "Note",
    "Person",
    "Power",
    "Relationship",
    "SecurityClass",
    "Series",
    "name_without",
    "party_name",
]


class Amount(TypeDecorator[Decimal]):
    """A Decimal as its own digits: no database rounds it, none drops a zero."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy names it
        """The digits."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002  # SQLAlchemy names it
        """The number."""
        return None if value is None else amount(value)


class Moment(TypeDecorator[datetime]):
    """A moment as ISO 8601 text in UTC, which sorts as time does."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy names it
        """The text."""
        return None if value is None else value.astimezone(UTC).isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy names it
        """The moment, in UTC."""
        return None if value is None else datetime.fromisoformat(value)


def name_without(cik: str) -> str:
    """What stands for the name of a party of which only the CIK is known: XML as it is sent has no names."""
    return f"CIK {cik}"


def party_name(card: Person | Issuer) -> str | None:
    """The party's name; None where only its CIK is known."""
    return None if card.name == name_without(card.cik) else card.name


class Base(DeclarativeBase):
    """What all tables share."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        Decimal: Amount,
        datetime: Moment,
        dict[str, Any]: JSON,
        list[str]: JSON,
    }


class Person(Base):
    """A reporting person with the address as it is to be shown."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    cik: Mapped[str] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(Text)
    """As EDGAR has it, last name first."""
    entity: Mapped[bool | None]
    address: Mapped[dict[str, Any]]
    """The keys of a draft's address."""
    told: Mapped[date | None]
    """The day of the filing that name and address come from; None: typed in, which no import changes."""
    relationships: Mapped[list[Relationship]] = relationship(
        back_populates="person", cascade="all, delete-orphan"
    )


class Issuer(Base):
    """A company, and facts about it that no form states."""

    __tablename__ = "issuer"

    id: Mapped[int] = mapped_column(primary_key=True)
    cik: Mapped[str] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(Text)
    trading_symbol: Mapped[str | None] = mapped_column(Text)
    foreign_trading_symbol: Mapped[str | None] = mapped_column(Text)
    foreign_private: Mapped[bool | None]
    country: Mapped[str | None] = mapped_column(String(2))
    qualifying_regulation: Mapped[bool | None]
    registered: Mapped[bool | None]
    closed_end_fund: Mapped[bool | None]
    listed: Mapped[bool | None]
    fiscal_year_end: Mapped[str | None] = mapped_column(String(5))
    """``12-31``."""
    went_public: Mapped[date | None]
    shares_outstanding: Mapped[Decimal | None]
    told: Mapped[date | None]
    relationships: Mapped[list[Relationship]] = relationship(
        back_populates="issuer", cascade="all, delete-orphan"
    )
    classes: Mapped[list[SecurityClass]] = relationship(
        cascade="all, delete-orphan", order_by="SecurityClass.title"
    )
    series: Mapped[list[Series]] = relationship(cascade="all, delete-orphan", order_by="Series.id")
    styles: Mapped[list[HouseStyle]] = relationship(cascade="all, delete-orphan", order_by="HouseStyle.name")
    actions: Mapped[list[Action]] = relationship(
        back_populates="issuer", cascade="all, delete-orphan", order_by="Action.day, Action.id"
    )


class Relationship(Base):
    """What a person is to an issuer."""

    __tablename__ = "relationship"
    __table_args__ = (UniqueConstraint("person_id", "issuer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuer.id"))
    is_director: Mapped[bool | None]
    is_officer: Mapped[bool | None]
    is_ten_percent_owner: Mapped[bool | None]
    is_other: Mapped[bool | None]
    officer_title: Mapped[str | None] = mapped_column(Text)
    other_text: Mapped[str | None] = mapped_column(Text)
    insider_since: Mapped[date | None]
    insider_until: Mapped[date | None]
    told: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="relationships")
    issuer: Mapped[Issuer] = relationship(back_populates="relationships")
    lines: Mapped[list[Line]] = relationship(
        back_populates="holder", cascade="all, delete-orphan", order_by="Line.id"
    )


class SecurityClass(Base):
    """A title of Table I that an issuer has."""

    __tablename__ = "security_class"
    __table_args__ = (UniqueConstraint("issuer_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuer.id"))
    title: Mapped[str] = mapped_column(Text)


class Series(Base):
    """A derivative security of an issuer with its terms; two spellings of one title are one."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuer.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    """The class, as ``ledger.title.class_of`` writes it."""
    price: Mapped[Decimal | None]
    expiration: Mapped[date | None]
    terms: Mapped[dict[str, Any]]
    """The cells of a draft's row with the terms; those that are words are the footnote's."""


class HouseStyle(Base):
    """How an issuer's forms are written where the form leaves a choice."""

    __tablename__ = "house_style"
    __table_args__ = (UniqueConstraint("issuer_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuer.id"))
    name: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)


class Power(Base):
    """A power of attorney."""

    __tablename__ = "power"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("issuer.id"))
    """None: for every issuer."""
    agents: Mapped[list[str]]
    signed: Mapped[date | None]
    until: Mapped[date | None]
    revoked: Mapped[date | None]
    accession_number: Mapped[str | None] = mapped_column(String(20))
    wording: Mapped[str | None] = mapped_column(Text)
    """How a signature under it reads on a form."""
    used: Mapped[date | None]
    """The last day a form was signed under it."""
    person: Mapped[Person] = relationship()
    issuer: Mapped[Issuer | None] = relationship()


class Note(Base):
    """A footnote of the library."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    text: Mapped[str] = mapped_column(Text)


class Filed(Base):
    """A form that was filed."""

    __tablename__ = "filing"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the file it was read from."""
    accession_number: Mapped[str | None] = mapped_column(String(20), unique=True)
    form: Mapped[str] = mapped_column(String(3))
    edition: Mapped[str | None] = mapped_column(String(5))
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuer.id"), index=True)
    period: Mapped[date | None]
    filed: Mapped[date | None]
    """The day EDGAR gave it, where known."""
    accepted_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
    day: Mapped[date]
    """Its place in the ledger: the day it was filed; for an amendment the day of the form it amends."""
    file: Mapped[str] = mapped_column(Text)
    """The name of the file, without its folder."""
    content: Mapped[dict[str, Any]]
    """What it says, as a draft."""
    issuer: Mapped[Issuer] = relationship()
    persons: Mapped[list[Person]] = relationship(secondary="filing_person", order_by="Person.id")


class FiledPerson(Base):
    """Who filed what."""

    __tablename__ = "filing_person"

    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class Line(Base):
    """What a total belongs to; the columns are those of ``ledger.line.LineKey``, as last filed."""

    __tablename__ = "line"

    id: Mapped[int] = mapped_column(primary_key=True)
    relationship_id: Mapped[int] = mapped_column(ForeignKey("relationship.id"), index=True)
    table: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text)
    form: Mapped[str] = mapped_column(String(1))
    nature: Mapped[str] = mapped_column(Text)
    price: Mapped[Decimal | None]
    expiration: Mapped[date | None]
    exercisable: Mapped[str] = mapped_column(Text)
    """When it can be exercised: a date, or the footnote's words."""
    expires: Mapped[str] = mapped_column(Text)
    """When it expires, where that is no date."""
    unit: Mapped[str] = mapped_column(String(7))
    """``shares`` or ``dollars``."""
    name: Mapped[str] = mapped_column(Text)
    """As one says it: ``Common Stock, direct``."""
    cells: Mapped[dict[str, Any]]
    """``table`` and the cells of a draft's row that identify the line, as last filed."""
    holder: Mapped[Relationship] = relationship(back_populates="lines")
    entries: Mapped[list[LedgerEntry]] = relationship(back_populates="line", cascade="all, delete-orphan")

    @property
    def key(self) -> LineKey:
        """What distinguishes the line from the holder's others."""
        return LineKey(
            table=self.table,
            title=self.title,
            form=self.form,
            nature=self.nature,
            price=self.price,
            expiration=self.expiration,
            terms=(self.exercisable, self.expires),
            unit=DOLLARS if self.unit == DOLLARS else SHARES,
        )

    @key.setter
    def key(self, key: LineKey) -> None:
        self.table, self.title, self.form, self.nature = key.table, key.title, key.form, key.nature
        self.price, self.expiration, self.unit = key.price, key.expiration, key.unit
        self.exercisable, self.expires = key.terms


class Action(Base):
    """A corporate action on a class, an adjustment of an award, or two lines joined to one."""

    __tablename__ = "action"

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuer.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    """``split``, ``awards``, ``award``, ``convert``, ``end`` or ``join``."""
    day: Mapped[date]
    words: Mapped[str] = mapped_column(Text)
    """As one says it: ``2-for-1 split of Common Stock``."""
    reason: Mapped[str | None] = mapped_column(Text)
    former: Mapped[dict[str, Any]]
    """What it changed, as it was before: see ``register.undoing``."""
    made_at: Mapped[datetime]
    issuer: Mapped[Issuer] = relationship(back_populates="actions")
    entries: Mapped[list[LedgerEntry]] = relationship(back_populates="action", cascade="all, delete-orphan")


class ClosedDate(Base):
    """A day on which EDGAR or federal offices are closed, as announced after this form4 was made."""

    __tablename__ = "closed_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    closed: Mapped[str] = mapped_column(String(7))
    """``edgar`` or ``offices``: see ``timing.closed_day``."""
    reason: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]


class LedgerEntry(Base):
    """One movement of the ledger; entries are added, and what they say is never changed, only their place.

    Those of an action that is undone are taken out.
    """

    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"), index=True)
    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filing.id"), index=True)
    """None: an adjustment, or an action."""
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    day: Mapped[date]
    rank: Mapped[int]
    """Order within a day: 0 a form, 2 an adjustment."""
    tie: Mapped[str] = mapped_column(Text)
    """Order within that; an amendment's begins as that of the form it amends."""
    total: Mapped[Decimal | None]
    """What the filing says is held after it."""
    row: Mapped[int | None]
    """The place of the row that gives the total, in its table, from 0; None for an adjustment."""
    change: Mapped[Decimal | None]
    """What an adjustment adds; taken away: negative."""
    ratio_new: Mapped[Decimal | None]
    """Of an action: new shares …"""
    ratio_old: Mapped[Decimal | None]
    """… for old ones."""
    fractions: Mapped[str | None] = mapped_column(String(4))
    """What becomes of fractions: ``cash``, ``up`` or ``held``."""
    in_dollars: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime]
    line: Mapped[Line] = relationship(back_populates="entries")
    filing: Mapped[Filed | None] = relationship()
    action: Mapped[Action | None] = relationship(back_populates="entries")

    @property
    def move(self) -> Move:
        """What it does to its line."""
        return Move(self.total, self.change, self._ratio)

    @property
    def _ratio(self) -> Ratio | None:
        if self.ratio_new is None or self.ratio_old is None:
            return None
        return Ratio(self.ratio_new, self.ratio_old, Fractions(self.fractions or "held"))

    @property
    def ends(self) -> bool:
        """Whether the line ends with it: an action leaves nothing of the class."""
        return self.ratio_new is not None and not self.ratio_new
