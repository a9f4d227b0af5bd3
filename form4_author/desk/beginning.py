"""What the register puts into a draft: everything of those who were chosen, or what a CIK that was typed stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from form4_author.errors import Form4Error
from form4_author.ident.cik import bare_cik
from form4_author.wizard.draft.answer import Data, node, put, rows
from form4_author.wizard.draft.opening import fresh
from form4_author.wizard.draft.row_value import line_words
from form4_author.wizard.screens.party import RELATIONSHIPS
from form4_author.wizard.wording import number_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from form4_author.register.database import Session
    from form4_author.register.table import Filed, Issuer, Person

__all__ = ["NOBODY", "ciks_of", "completed", "profile_of", "renewed"]

NOBODY: Final = "-"
"""Stands for a person or issuer that is not chosen."""
_ON_RECORD: Final = ("interview", "on_record")
"""The last form that the register had when a draft was begun from it."""


def ciks_of(data: Data) -> tuple[str, ...]:
    """The issuer's CIK and the persons', without leading zeros; empty where not given."""
    owners = data.get("owners")
    count = len(owners) if isinstance(owners, list) else 0
    listed = [node(data, ("issuer", "cik")), *(node(data, ("owners", n, "cik")) for n in range(count))]
    return tuple(bare_cik(str(cik or "")) for cik in listed)


def profile_of(session: Session, persons: Sequence[str], issuer: str, form: str, as_of: date) -> Data:
    """The beginning of a draft: persons and issuer, or one of the two, each by CIK, name or symbol.

    Joint filers stand in the order of their last form. Raises Form4Error for those that the register does not know.
    """
    from form4_author.register import offer
    from form4_author.register.card import KINDS, card_by_words
    from form4_author.register.profile import issuer_card, person_card, profile

    about: Issuer | None = (
        card_by_words(session, KINDS["issuer"], issuer) if issuer not in ("", NOBODY) else None
    )
    people: list[Person] = [card_by_words(session, KINDS["person"], which) for which in persons]
    if about is not None and people:
        forms = offer.forms_of(session, [p.cik for p in people], about.cik)
        last = next(iter(forms), None)
        order = [bare_cik(owner.get("cik")) for owner in last.content.get("owners", ())] if last else []
        first, *others = sorted(people, key=lambda p: order.index(p.cik) if p.cik in order else len(order))
        data = profile(session, first, about, form, others=others, as_of=as_of)
        return put(data, _ON_RECORD, _latest(forms))
    data = fresh(form)
    if about is not None:
        data["issuer"] = issuer_card(about)
        data["interview"] = {"foreign_issuer": _foreign(about)}
    if people:
        data["owners"] = [person_card(person) for person in people]
    return data


def completed(session: Session, data: Data, as_of: date) -> tuple[Data, tuple[str, ...]]:
    """The draft with what is known of the persons and the issuer that it has the CIK of, and a word on that.

    What stands there already stays. Lines are taken over while nothing has happened on the form.
    """
    from form4_author.register.profile import issuer_card

    names: list[str] = []
    issuer = _issuer_of(session, data)
    if issuer is not None and not node(data, ("issuer", "name")):
        data = put(data, ("issuer",), issuer_card(issuer))
        data = put(data, ("interview", "foreign_issuer"), _foreign(issuer))
        names.append(issuer.name)
    for index, cik in enumerate(ciks_of(data)[1:]):
        owner = node(data, ("owners", index))
        if isinstance(owner, dict) and (new := _new(_card(session, cik, issuer), owner)):
            data = put(data, ("owners", index), {**owner, **new})
            names += [str(new["name"])] if "name" in new else []
    data = _with_lines(session, data, issuer, as_of)
    return data, ((f"Taken from the register: {'; '.join(names)}",) if names else ())


def _new(card: dict[str, Any], owner: dict[str, Any]) -> dict[str, Any]:
    """What the card adds; a relationship that was answered is not added to."""
    answered = any(owner.get(name) for name in RELATIONSHIPS)
    answered_fields = (*RELATIONSHIPS, "officer_title", "other_text") if answered else ()
    return {name: value for name, value in card.items() if name not in owner and name not in answered_fields}


def _foreign(issuer: Issuer) -> str:
    return "yes" if issuer.foreign_trading_symbol or issuer.foreign_private else "no"


def _issuer_of(session: Session, data: Data) -> Issuer | None:
    from form4_author.register.offer import issuer_with

    return issuer_with(session, ciks_of(data)[0])


def _card(session: Session, cik: str, issuer: Issuer | None) -> dict[str, Any]:
    """A person as the register has one; with what they are to the issuer, where that is known."""
    from form4_author.register.offer import person_with
    from form4_author.register.profile import owner_card, person_card

    person = person_with(session, cik)
    if person is None:
        return {}
    relation = next((r for r in person.relationships if r.issuer is issuer), None)
    return owner_card(relation) if relation is not None else person_card(person)


def _with_lines(session: Session, data: Data, issuer: Issuer | None, as_of: date) -> Data:
    """The draft with the person's lines, earlier wording and who signs, where nothing was said of them yet."""
    from form4_author.register.offer import forms_of, person_with
    from form4_author.register.profile import profile

    has_lines = node(data, ("interview", "carried")) or node(data, ("interview", "events")) or any(rows(data))
    people = [person_with(session, cik) for cik in ciks_of(data)[1:]]
    first, *others = people or [None]
    if has_lines or issuer is None or first is None or not all(others):
        return data
    try:
        interview = profile(session, first, issuer, others=[p for p in others if p], as_of=as_of)["interview"]
    except Form4Error:  # nothing is known between the two
        return data
    for name in ("opened", "phrases", "carried", "signing", "styles"):
        if name in interview:
            data = put(data, ("interview", name), interview[name])
    return put(data, _ON_RECORD, _latest(forms_of(session, ciks_of(data)[1:], issuer.cik)))


def _latest(forms: Sequence[Filed]) -> str:
    """What tells the last form that was filed; ``none`` before the first."""
    return next((filed.sha256 for filed in forms if not filed.form.endswith("/A")), "none")


def renewed(session: Session, data: Data, as_of: date) -> tuple[Data, tuple[str, ...]]:
    """A draft that was begun from the register, with what forms filed since then left each line at, and a word on that.

    Totals that were worked out follow; those that were typed stay.
    """
    from form4_author.register.offer import forms_of

    issuer, *persons = ciks_of(data)
    filing_on_record, form = node(data, _ON_RECORD), str(data.get("form") or "4")
    done = form.endswith("/A") or bool(node(data, ("interview", "filed")))
    if filing_on_record is None or done or filing_on_record == _latest(forms_of(session, persons, issuer)):
        return data, ()
    now = profile_of(session, persons, issuer, form, as_of)["interview"]
    before = {_line_text(line): line.get("amount_owned_following", "0") for line in _carried(data)}
    after = {_line_text(line): line.get("amount_owned_following", "0") for line in now.get("carried", ())}
    for name in ("opened", "carried", "on_record"):
        data = put(data, ("interview", name), now.get(name))
    moved = [
        f"{number_words(after.get(line, '0'))} {line} in place of {number_words(before.get(line, '0'))}"
        for line in dict.fromkeys((*after, *before))
        if after.get(line, "0") != before.get(line, "0")
    ]
    note = f"A form was filed since this draft was begun ({now.get('opened')}). It counts on from: {'; '.join(moved)}"
    return data, ((note,) if moved else ())


def _carried(data: Data) -> list[dict[str, str]]:
    listed = node(data, ("interview", "carried"))
    return listed if isinstance(listed, list) else []


def _line_text(line: dict[str, str]) -> str:
    """The line with its terms, in words: ``Stock Option, direct, at 12.50``."""
    terms = (("at", "exercise_price"), ("to", "expiration_date"))
    return ", ".join((line_words(line), *(f"{word} {line[name]}" for word, name in terms if line.get(name))))
