"""The register at the side of an interview: opened once, asked for what a draft needs, and never in its way.

What goes wrong with the register is reported on the next screen, and the interview continues without it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

from form4_author.desk.beginning import NO_ONE, ciks_of, completed, profile_of, renewed
from form4_author.desk.issuer import Issuers
from form4_author.desk.other_draft import person_line
from form4_author.desk.register import register_of
from form4_author.errors import Form4Error
from form4_author.ident.cik import padded_cik
from form4_author.model.draft import TABLES
from form4_author.model.facts import NO_FACTS, Facts
from form4_author.model.interview import CarriedLine
from form4_author.wire.filing import filing_from
from form4_author.wizard.menu import NOTHING_RECORDED, RecordedOffers
from form4_author.wizard.option import Option
from form4_author.wizard.register_offer import EMPTY, Shelf, SignerOption
from form4_author.wizard.wording import us_dates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from form4_author.model.draft import Draft
    from form4_author.model.filing import Filing
    from form4_author.model.party import Address
    from form4_author.register import offer
    from form4_author.register.database import Register, Session
    from form4_author.register.table import Filed

__all__ = ["SOON", "RegisterClerk", "beginning_text", "clerk_at", "filing_text"]

SOON: Final = timedelta(days=60)
"""How long before its end a power of attorney is warned of."""
_FEW: Final = 5
"""Persons that the start menu lists."""
_MOST: Final = 2000
"""Persons and issuers that the first question lists."""
_Result = TypeVar("_Result")


def clerk_at(location: str | None, as_of: date, *, offers: bool = True) -> RegisterClerk:
    """The clerk of the register at a place; ``offers``: whether the interview first asks whom a form is about.

    Raises Form4Error where it can't be opened.
    """
    return RegisterClerk(register_of(location), as_of, offers=offers)


class RegisterClerk:
    """Fetches from the register and puts into it (see ``form4_author.wizard.register_offer.Clerk``).

    ``fills``: whether a CIK that was given brings the rest; not where the answers that follow are written down already.
    """

    def __init__(self, register: Register, as_of: date, *, offers: bool = True, fills: bool = True) -> None:
        self._register = register
        self._as_of = as_of
        self._offers = offers
        self._fills = fills
        self._shelves: dict[tuple[str, ...], Shelf] = {}
        self._facts: dict[tuple[str, ...], Facts] = {}
        self._issuers: Issuers | None = None
        self._sought: set[tuple[str, ...]] = set()
        self._problems: list[str] = []

    # ---- for the interview

    def shelf(self, draft: Draft) -> Shelf:
        """What the register offers for those whose CIK the draft has; empty when the register can't be asked."""
        key = ciks_of(draft)
        if key not in self._shelves:
            self._shelves[key] = self._read(lambda session: self._shelf(session, key), EMPTY)
        return self._shelves[key]

    def _shelf(self, session: Session, ciks: tuple[str, ...]) -> Shelf:
        from form4_author.register import offer

        issuer, *persons = ciks
        return Shelf(
            beginnings=self._beginnings(session) if self._offers and not any(ciks) else (),
            persons=tuple(f"{padded_cik(cik)}  {name}" for cik, name in offer.people(session).items()),
            issuers=tuple(f"{padded_cik(cik)}  {name}" for cik, name in offer.issuers(session).items()),
            classes=offer.classes(session, issuer),
            series=tuple(_line(terms) for terms in offer.series(session, issuer)),
            authorities=tuple(
                tuple(
                    self._authority(found)
                    for found in offer.authorities(session, person, issuer, self._as_of)
                )
                for person in persons
            ),
            notes=offer.notes(session),
            styles=offer.styles(session, issuer),
        )

    def _beginnings(self, session: Session) -> tuple[Option, ...]:
        """Persons with their issuers, then issuers with someone new."""
        from form4_author.register import offer

        on_record = [
            Option(
                _value([cik for cik, _name in each.persons], each.cik), beginning_text(each), _found_by(each)
            )
            for each in offer.beginnings(session)[:_MOST]
        ]
        new = [
            Option(_value([], cik), f"A new person at {name[:40]} · {cik}")
            for cik, name in offer.issuers(session).items()
        ]
        return (*on_record, *new[:_MOST])

    def _authority(self, authority: offer.Authority) -> SignerOption:
        parts = [
            f"for {authority.issuer}" if authority.issuer else "for every issuer",
            f"signed {_us(authority.signed)}" if authority.signed else "",
            f"until {_us(authority.until)}" if authority.until else "",
            f"on file with {authority.accession_number}"
            if authority.accession_number
            else _unplaced(authority),
        ]
        soon = authority.until is not None and authority.until <= self._as_of + SOON
        return SignerOption(
            key=authority.key,
            agent=authority.agent,
            capacity=authority.capacity,
            details=", ".join(part for part in parts if part),
            warning=f"ends {_us(authority.until)}" if soon and authority.until else "",
            wording=authority.wording,
            on_file=authority.accession_number is not None,
        )

    def addresses(self, issuer: str, but: Sequence[str]) -> tuple[Address, ...]:
        """The addresses of the other persons who are on record with an issuer, as a draft has them."""
        return self._read(lambda session: _addresses(session, issuer, but), ())

    def started_draft(self, draft: Draft, choice: str) -> Draft:
        """The draft about those chosen; as it was when the register can't be asked."""
        persons, _, issuer = choice.partition(" ")
        ciks = [cik for cik in persons.split(",") if cik != NO_ONE]
        form = draft.filing.form or "4"
        found = self._read(lambda session: profile_of(session, ciks, issuer, form, self._as_of), None)
        return draft if found is None else found.with_interview(answered=draft.interview.answered)

    def filled(self, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
        """The draft with what is known of persons and issuer that were just given by CIK."""
        key = ciks_of(draft)
        if key in self._sought or not any(key) or not self._fills:
            return draft, ()
        self._sought.add(key)
        unchanged: tuple[Draft, tuple[str, ...]] = (draft, ())
        return self._read(lambda session: completed(session, draft, self._as_of), unchanged)

    def renewed(self, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
        """The draft with what forms filed since it was begun left each line at, and a word on that."""
        unchanged: tuple[Draft, tuple[str, ...]] = (draft, ())
        return self._read(lambda session: renewed(session, draft, self._as_of), unchanged)

    def keep(self, text: str) -> bool:
        """One more footnote in the library; whether it is there now."""
        from form4_author.register import offer

        return self._written(lambda session: offer.keep_note(session, text))

    def place_power(self, key: str, accession: str) -> bool:
        """With which filing a power of attorney is on file is on record; whether it is there now."""
        from form4_author.register import offer

        return self._written(lambda session: offer.place_power(session, key, accession))

    def _written(self, write: Callable[[Session], object]) -> bool:
        try:
            with self._register.writing() as session:
                write(session)
        except Form4Error as error:
            self._refused(error)
            return False
        self._shelves.clear()
        self._facts.clear()
        return True

    def messages(self) -> tuple[str, ...]:
        """What went wrong since this was asked last."""
        found, self._problems = tuple(self._problems), []
        return found

    # ---- for the start menu

    def recorded(self) -> RecordedOffers:
        """Whose forms were filed last, the forms on record, and what ends soon."""
        return self._read(self._recorded, NOTHING_RECORDED)

    def _recorded(self, session: Session) -> RecordedOffers:
        from form4_author.register import offer
        from form4_author.register.facts import powers_ending

        ending = powers_ending(session, self._as_of, self._as_of + SOON)
        return RecordedOffers(
            persons=tuple(o for o in self._beginnings(session)[:_FEW] if not o.value.startswith(NO_ONE)),
            filings=tuple(
                Option(filed.accession_number or "", filing_text(filed))
                for filed in offer.filings(session, _MOST)
            ),
            messages=tuple(
                f"The power of attorney of {power.person.name} to {', '.join(power.agents)} ends {_us(power.until)}."
                for power in ending
            ),
        )

    # ---- for the checks

    def facts(self, filing: Filing) -> Facts:
        """What is known beside the form; nothing when the register can't be asked."""
        key = (filing.issuer.cik or "", *(owner.cik or "" for owner in filing.owners))
        if key not in self._facts:
            from form4_author.register.facts import facts

            self._facts[key] = self._read(lambda session: facts(session, filing), NO_FACTS)
        return self._facts[key]

    # ---- for due dates

    def issuers(self) -> Issuers:
        """What is known of issuers, read once: the head of a screen asks after each answer."""
        if self._issuers is None:
            from form4_author.register.facts import issuer_facts

            self._issuers = self._read(lambda session: Issuers(issuer_facts(session)), Issuers())
        return self._issuers

    # ---- the register

    def _read(self, ask: Callable[[Session], _Result], otherwise: _Result) -> _Result:
        try:
            with self._register.reading() as session:
                return ask(session)
        except Form4Error as error:
            self._refused(error)
            return otherwise

    def _refused(self, error: Form4Error) -> None:
        line = f"{error.problem}. The interview continues without it."
        if line not in self._problems:
            self._problems.append(line)


# ---- in words


def _value(persons: Sequence[str], issuer: str) -> str:
    return f"{','.join(persons) or NO_ONE} {issuer or NO_ONE}"


def beginning_text(beginning: offer.Beginning) -> str:
    """``Thakar Sumedh S · QLYS · Form 4 filed 11/05/2024``."""
    day = beginning.day
    state = "nothing recorded" if day is None else f"Form {beginning.form} filed {day:%m/%d/%Y}"
    names = [name for _cik, name in beginning.persons]
    return person_line(names, beginning.symbol or beginning.issuer, state)


def _found_by(beginning: offer.Beginning) -> str:
    """Names, CIKs and issuer: what a type-ahead finds a beginning by beside what it shows."""
    persons = " ".join(f"{name} {cik}" for cik, name in beginning.persons)
    return f"{persons} {beginning.issuer} {beginning.cik}"


def filing_text(filed: Filed) -> str:
    """``Form 4 of 11/05/2024 · Thakar Sumedh S · QLYS · 0001107843-24-000123``."""
    names = filed.persons[0].name[:24] if filed.persons else ""
    more = f" + {len(filed.persons) - 1} more" if len(filed.persons) > 1 else ""
    about = filed.issuer.trading_symbol or filed.issuer.name[:10]
    return " · ".join(
        (f"Form {filed.form} of {_us(filed.day)}", f"{names}{more}", about, filed.accession_number or "")
    )


def _us(on: date | str | None) -> str:
    """A day as the screens write it."""
    return us_dates(str(on))


def _unplaced(authority: offer.Authority) -> str:
    """What is known of a power of attorney without a filing that it is on file with."""
    where = "where the power of attorney is filed is not known"
    return f"signed the filing of {_us(authority.used)}; {where}" if authority.used else where


def _addresses(session: Session, issuer: str, but: Sequence[str]) -> tuple[Address, ...]:
    from form4_author.register import offer
    from form4_author.register.profile import address_card

    cards = (
        [{"address": address_card(each)} for each in offer.addresses(session, issuer, but)] if issuer else []
    )
    return tuple(owner.address for owner in filing_from({"owners": cards})[0].owners)


def _line(terms: Mapping[str, Any]) -> CarriedLine:
    """A series as a line that no one holds yet; terms that are words stay words."""
    cells = {name: str(value) for name, value in terms.items() if name != "words"}
    for name, text in terms.get("words", {}).items():
        cells["exercise_price_words" if name == "exercise_price" else name] = str(text)
    return CarriedLine(table=TABLES[1], cells=cells)
