"""What the register puts into a draft: everything of those who were chosen, or what a CIK that was typed stands for."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final

from form4_author.errors import Form4Error
from form4_author.ident.cik import bare_cik
from form4_author.model.interview import StartingBalances
from form4_author.model.party import Owner
from form4_author.wire.draft import draft_of
from form4_author.wire.filing import filing_from
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.draft.opening import fresh
from form4_author.wizard.draft.row_value import line_words
from form4_author.wizard.screens.party import RELATIONSHIPS
from form4_author.wizard.wording import number_words, us_dates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from form4_author.model.draft import Draft
    from form4_author.model.interview import CarriedLine
    from form4_author.register.database import Session
    from form4_author.register.table import Filed, Issuer, Person

__all__ = ["NO_ONE", "ciks_of", "completed", "profile_of", "renewed", "with_card"]

NO_ONE: Final = "-"
"""Stands for a person or issuer that is not chosen."""
_TAKEN: Final = ("opened", "phrases", "carried", "signing", "styles")
"""What of an interview begun from the register goes into one that was begun without it."""


def ciks_of(draft: Draft) -> tuple[str, ...]:
    """The issuer's CIK and the persons', without leading zeros; empty where not given."""
    filing = draft.filing
    return tuple(bare_cik(cik) for cik in (filing.issuer.cik, *(owner.cik for owner in filing.owners)))


def profile_of(session: Session, persons: Sequence[str], issuer: str, form: str, as_of: date) -> Draft:
    """The beginning of a draft: persons and issuer, or one of the two, each by CIK, name or symbol.

    Joint filers are in the order of their last form. Raises Form4Error for those that the register does not know.
    """
    from form4_author.register import offer
    from form4_author.register.card import KINDS, card_by_words
    from form4_author.register.profile import person_card, profile

    about: Issuer | None = (
        card_by_words(session, KINDS["issuer"], issuer) if issuer not in ("", NO_ONE) else None
    )
    people: list[Person] = [card_by_words(session, KINDS["person"], which) for which in persons]
    if about is not None and people:
        forms = offer.forms_of(session, [p.cik for p in people], about.cik)
        last = next(iter(forms), None)
        order = [bare_cik(owner.get("cik")) for owner in last.content.get("owners", ())] if last else []
        first, *others = sorted(people, key=lambda p: order.index(p.cik) if p.cik in order else len(order))
        draft = draft_of(profile(session, first, about, form, others=others, as_of=as_of))
        return draft.with_interview(on_record=_latest(forms))
    draft = fresh(form)
    if about is not None:
        draft = _with_issuer(draft, about)
    owners = filing_from({"owners": [person_card(person) for person in people]})[0].owners
    return draft.with_filing(owners=owners)


def completed(session: Session, draft: Draft, as_of: date) -> tuple[Draft, tuple[str, ...]]:
    """The draft with what is known of the persons and the issuer that it has the CIK of, and a word on that.

    What is there already stays. Lines are taken over while nothing has happened on the form.
    """
    names: list[str] = []
    issuer = _issuer_of(session, draft)
    if issuer is not None and not draft.filing.issuer.name:
        draft = _with_issuer(draft, issuer)
        names.append(issuer.name)
    before = draft.filing.owners
    owners = tuple(with_card(owner, _card(session, bare_cik(owner.cik), issuer)) for owner in before)
    names += [new.name for new, owner in zip(owners, before, strict=True) if new.name and not owner.name]
    if owners != before:
        draft = draft.with_filing(owners=owners)
    draft = _with_lines(session, draft, issuer, as_of)
    return draft, ((f"Taken from the register: {'; '.join(names)}",) if names else ())


def _with_issuer(draft: Draft, issuer: Issuer) -> Draft:
    from form4_author.register.profile import issuer_card

    known = filing_from({"issuer": issuer_card(issuer)})[0].issuer
    return draft.with_filing(issuer=known).with_interview(foreign_issuer=_foreign(issuer))


def with_card(owner: Owner, card: Owner) -> Owner:
    """The person with what the card adds; a relationship that was answered is not added to."""
    answered = any(getattr(owner, name) for name in RELATIONSHIPS)
    answered_fields = (*RELATIONSHIPS, "officer_title", "other_text") if answered else ()
    new = {
        each.name: getattr(card, each.name)
        for each in fields(Owner)
        if each.name not in answered_fields and getattr(owner, each.name) == each.default
    }
    return replace(owner, **new)


def _foreign(issuer: Issuer) -> str:
    return "yes" if issuer.foreign_trading_symbol or issuer.foreign_private else "no"


def _issuer_of(session: Session, draft: Draft) -> Issuer | None:
    from form4_author.register.offer import issuer_with

    return issuer_with(session, ciks_of(draft)[0])


def _card(session: Session, cik: str, issuer: Issuer | None) -> Owner:
    """A person as the register has one; with what they are to the issuer, where that is known."""
    from form4_author.register.offer import person_with
    from form4_author.register.profile import owner_card, person_card

    person = person_with(session, cik)
    if person is None:
        return Owner()
    relation = next((r for r in person.relationships if r.issuer is issuer), None)
    card = owner_card(relation) if relation is not None else person_card(person)
    return filing_from({"owners": [card]})[0].owners[0]


def _with_lines(session: Session, draft: Draft, issuer: Issuer | None, as_of: date) -> Draft:
    """The draft with the person's lines, earlier wording and who signs, where nothing was said of them yet."""
    from form4_author.register.offer import forms_of, person_with
    from form4_author.register.profile import profile

    has_lines = draft.interview.carried or draft.interview.events or any(rows(draft))
    people = [person_with(session, cik) for cik in ciks_of(draft)[1:]]
    first, *others = people or [None]
    if has_lines or issuer is None or first is None or not all(others):
        return draft
    try:
        known = draft_of(profile(session, first, issuer, others=[p for p in others if p], as_of=as_of))
    except Form4Error:  # nothing is known between the two
        return draft
    taken = {name: value for name in _TAKEN if (value := getattr(known.interview, name))}
    on_record = _latest(forms_of(session, ciks_of(draft)[1:], issuer.cik))
    return draft.with_interview(**taken, on_record=on_record)


def _latest(forms: Sequence[Filed]) -> str:
    """What identifies the last form that was filed; ``none`` before the first."""
    return next((filed.sha256 for filed in forms if not filed.form.endswith("/A")), "none")


def renewed(session: Session, draft: Draft, as_of: date) -> tuple[Draft, tuple[str, ...]]:
    """A draft that was begun from the register, with what forms filed since then left each line at, and a word on that.

    Totals that were worked out follow; those that were typed stay.
    """
    from form4_author.register.offer import forms_of

    issuer, *persons = ciks_of(draft)
    filing_on_record, form = draft.interview.on_record, draft.filing.form or "4"
    done = form.endswith("/A") or draft.interview.filed is not None
    if filing_on_record is None or done or filing_on_record == _latest(forms_of(session, persons, issuer)):
        return draft, ()
    now = profile_of(session, persons, issuer, form, as_of).interview
    before, after = _totals(draft.interview.carried), _totals(now.carried)
    draft = draft.with_interview(
        opened=now.opened, carried=now.carried, on_record=now.on_record, start=StartingBalances()
    )
    moved = [
        f"{number_words(after.get(line, '0'))} {line} in place of {number_words(before.get(line, '0'))}"
        for line in dict.fromkeys((*after, *before))
        if after.get(line, "0") != before.get(line, "0")
    ]
    since = us_dates(now.opened or "")
    note = (
        f"A form was filed after this draft was started ({since}). It now continues from: {'; '.join(moved)}"
    )
    return draft, ((note,) if moved else ())


def _totals(lines: Sequence[CarriedLine]) -> dict[str, str]:
    """What each line holds, by its words."""
    return {_line_text(line): line.text("amount_owned_following") or "0" for line in lines}


def _line_text(line: CarriedLine) -> str:
    """The line with its terms, in words: ``Stock Option, direct, at 12.50``."""
    terms = (("at", "exercise_price"), ("to", "expiration_date"))
    told = (f"{word} {line.text(name)}" for word, name in terms if line.text(name))
    return ", ".join((line_words(line.cells), *told))
