"""What an interview can look up: the register, where there is one, and the other drafts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from form4_author.desk.beginning import NO_ONE, ciks_of, with_card
from form4_author.desk.issuer import Issuers
from form4_author.desk.other_draft import OtherDrafts, Parties, business_address, person_line
from form4_author.ident.cik import bare_cik, padded_cik
from form4_author.model.facts import NO_FACTS
from form4_author.wizard.draft import opening
from form4_author.wizard.option import Option
from form4_author.wizard.register_offer import EMPTY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.desk.company_list import CompanyList
    from form4_author.desk.interview_register import RegisterClerk
    from form4_author.model.draft import Draft
    from form4_author.model.facts import Facts
    from form4_author.model.filing import Filing
    from form4_author.model.party import Address, Issuer
    from form4_author.wizard.register_offer import Shelf

__all__ = ["InterviewClerk"]


class InterviewClerk:
    """Fetches from the register and from the other drafts (see ``form4_author.wizard.register_offer.Clerk``).

    ``asks``: whether the drafts are offered; not where the answers are written down already.
    """

    def __init__(
        self,
        register: RegisterClerk | None,
        drafts: OtherDrafts,
        *,
        offers: bool = True,
        asks: bool = True,
        companies: CompanyList | None = None,
    ) -> None:
        self._companies = companies if asks else None
        self._register = register
        self._drafts = drafts
        self._offers = offers
        self._asks = asks
        self._shelves: dict[tuple[str, ...], tuple[Shelf, Shelf]] = {}
        self._sought: set[tuple[str, ...]] = set()
        self._from_drafts: frozenset[str] = frozenset()

    def shelf(self, draft: Draft) -> Shelf:
        """What the register offers for those whose CIK the draft has."""
        base = self._register.shelf(draft) if self._register is not None else EMPTY
        key = ciks_of(draft)
        if key not in self._shelves or self._shelves[key][0] is not base:
            anything = self._drafts or self._register is not None or self._companies is not None
            self._shelves[key] = (base, self._joined(base, draft) if anything else base)
        return self._shelves[key][1]

    def _joined(self, base: Shelf, draft: Draft) -> Shelf:
        issuer, *persons = ciks_of(draft)
        others = self._drafts.addresses(issuer, persons)
        business = business_address((*self._recorded_addresses(issuer, persons), *others))
        issuers = _with_more(
            base.issuers, {cik: _issuer_words(each) for cik, each in self._drafts.issuers().items()}
        )
        return replace(
            base,
            beginnings=self._beginnings(base) if self._offers and not any((issuer, *persons)) else (),
            persons=_with_more(base.persons, self._drafts.persons()),
            issuers=_with_more(issuers, self._companies.words()) if self._companies is not None else issuers,
            company=self._companies.company(issuer) if self._companies is not None else ("", ""),
            address=business,
            others=self._drafts.offered(draft.filing) if self._asks else (),
        )

    def _recorded_addresses(self, issuer: str, persons: Sequence[str]) -> tuple[Address, ...]:
        return self._register.addresses(issuer, persons) if self._register is not None else ()

    # ---- whom a form may be about

    def _beginnings(self, base: Shelf) -> tuple[Option, ...]:
        """Those on record with how many drafts are open, then those who are in drafts only, then someone new."""
        counts = {_value(parties): count for parties, count in self._drafts.open_count().items()}
        known = [option for option in base.beginnings if not option.value.startswith(NO_ONE)]
        new = [option for option in base.beginnings if option.value.startswith(NO_ONE)]
        recorded = [
            replace(option, label=f"{option.label}; {counts[key]} open") if key in counts else option
            for option in known
            for key in (_sorted(option.value),)
        ]
        on_record = {_sorted(option.value) for option in known}
        drafts_only = [
            _option(draft, count)
            for parties, count in self._drafts.open_count().items()
            if _value(parties) not in on_record and (draft := self._drafts.newest(parties)) is not None
        ]
        issuers = {option.value.partition(" ")[2] for option in new}
        more = [
            Option(f"{NO_ONE} {cik}", f"A new person at {_issuer_words(each)[:40]} · {cik}")
            for cik, each in self._drafts.issuers().items()
            if cik not in issuers
        ]
        self._from_drafts = frozenset(option.value for option in (*drafts_only, *more))
        return (*recorded, *drafts_only, *new, *more)

    def started_draft(self, draft: Draft, choice: str) -> Draft:
        """The draft about those chosen, by the register or else by the last draft of theirs."""
        if self._register is not None and choice not in self._from_drafts:
            return self._register.started_draft(draft, choice)
        named, _, issuer = choice.partition(" ")
        form = draft.filing.form or "4"
        found = self.begun([cik for cik in named.split(",") if cik != NO_ONE], issuer, form)
        return draft if found is None else found.with_interview(answered=draft.interview.answered)

    def begun(self, persons: Sequence[str], issuer: str, form: str) -> Draft | None:
        """A draft about those who are in other drafts, by CIK; None where they are in none."""
        if not persons:
            known = self._drafts.issuers().get(issuer)
            return None if known is None else opening.fresh(form).with_filing(issuer=known)
        last = self._drafts.newest(Parties(issuer, tuple(sorted(persons))))
        if last is None:
            return None
        started = opening.from_filing(last.filing, form)
        foreign = last.interview.foreign_issuer or started.interview.foreign_issuer
        return started.with_interview(
            carried=(), opened=None, two_bases=None, foreign_issuer=foreign, on_record="none"
        )

    # ---- what a CIK stands for

    def filled(self, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
        """The draft with what is known of persons and issuer just given by CIK."""
        messages: tuple[str, ...] = ()
        if self._register is not None:
            draft, messages = self._register.filled(draft)
        draft, names = self._with_drafts(draft)
        if names:
            messages = (*messages, f"Taken from another draft: {'; '.join(names)}")
        if self._companies is None:
            return draft, messages
        return draft, (*messages, *self._companies.noticed(draft))

    def _with_drafts(self, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
        """The draft with what other drafts know, and the names from them."""
        key = ciks_of(draft)
        if not (self._drafts and self._asks and any(key)) or key in self._sought:
            return draft, ()
        self._sought.add(key)
        return self._completed(draft)

    def _completed(self, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
        """The draft with the names and cards that it lacks; what is there already stays."""
        issuer, *persons = ciks_of(draft)
        names: list[str] = []
        known = self._drafts.issuers().get(issuer)
        if known is not None and not draft.filing.issuer.name:
            draft = draft.with_filing(issuer=known)
            names.append(known.name or "")
        owners = list(draft.filing.owners)
        for place, cik in enumerate(persons):
            card = self._drafts.person(cik, issuer)
            if card is not None and not owners[place].name:
                owners[place] = with_card(owners[place], card)
                names.append(card.name or "")
        if tuple(owners) != draft.filing.owners:
            draft = draft.with_filing(owners=tuple(owners))
        return draft, tuple(names)

    # ---- the register's own

    def renewed(self, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
        """See ``RegisterClerk``."""
        return self._register.renewed(draft) if self._register is not None else (draft, ())

    def keep(self, text: str) -> bool:
        """See ``RegisterClerk``."""
        return self._register is not None and self._register.keep(text)

    def place_power(self, key: str, accession: str) -> bool:
        """See ``RegisterClerk``."""
        return self._register is not None and self._register.place_power(key, accession)

    def messages(self) -> tuple[str, ...]:
        """See ``RegisterClerk``."""
        return self._register.messages() if self._register is not None else ()

    def issuers(self) -> Issuers:
        """See ``RegisterClerk``."""
        return self._register.issuers() if self._register is not None else Issuers()

    def facts(self, filing: Filing) -> Facts:
        """What is known beside the form; of other drafts also that there is none."""
        known = self._register.facts(filing) if self._register is not None else NO_FACTS
        return replace(known, open_drafts=self._drafts.facts(filing))


def _with_more(listed: tuple[str, ...], found: dict[str, str]) -> tuple[str, ...]:
    there = {each.split(" ", 1)[0] for each in listed}
    return (
        *listed,
        *(f"{padded_cik(cik)}  {name}" for cik, name in found.items() if padded_cik(cik) not in there),
    )


def _issuer_words(issuer: Issuer) -> str:
    """``EXAMPLE INC. (EXMP)``."""
    return f"{issuer.name} ({issuer.trading_symbol})" if issuer.trading_symbol else issuer.name or ""


def _value(parties: Parties) -> str:
    return f"{','.join(parties.persons)} {parties.issuer}"


def _sorted(value: str) -> str:
    """The value of a beginning with its persons in the order of their CIKs."""
    persons, _, issuer = value.partition(" ")
    return f"{','.join(sorted(persons.split(',')))} {issuer}"


def _option(draft: Draft, count: int) -> Option:
    filing = draft.filing
    names = [owner.name or "" for owner in filing.owners]
    ciks = ",".join(bare_cik(owner.cik) for owner in filing.owners)
    label = person_line(
        names, filing.issuer.trading_symbol or filing.issuer.name or "", f"nothing recorded; {count} open"
    )
    also = " ".join((*names, ciks, filing.issuer.name or ""))
    return Option(f"{ciks} {bare_cik(filing.issuer.cik)}", label, also)
