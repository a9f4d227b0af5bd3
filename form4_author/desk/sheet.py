"""Whom the rows of a sheet are about: the person and the issuer of the register, and what their form begins with."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from form4_author.desk.beginning import profile_of
from form4_author.errors import Form4Error
from form4_author.files.name import is_portable
from form4_author.ident.cik import bare_cik
from form4_author.register.card import KINDS, card_by_words, listed
from form4_author.text import folded
from form4_author.wizard.draft.security_class import classes_of, holdings_words
from form4_author.wizard.screen import View
from form4_author.wizard.sheet import OWN_COLUMNS, CellRefused, event_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from form4_author.files.spreadsheet import SheetRow
    from form4_author.model.draft import Draft
    from form4_author.register.database import Register, Session
    from form4_author.register.table import Person, Relationship

__all__ = ["NO_ONE_NAMED", "Roster", "SheetGroup", "Whom", "groups", "refuse_name"]

_LONGEST: Final = 60
"""Characters of a draft's name that is made of a person's."""
_Result = TypeVar("_Result")


class Whom(NamedTuple):
    """Those whom a form is about, by CIK."""

    persons: tuple[str, ...] = ()
    issuer: str = ""
    stem: str = ""
    """What the draft is named after them."""


NO_ONE_NAMED: Final = Whom()


class Roster:
    """Finds in the register those whom the rows name; what it once found it knows.

    ``missing``: why there is no register, where there is none.
    """

    def __init__(self, register: Register | None, as_of: date, missing: str) -> None:
        self._register = register
        self._as_of = as_of
        self._missing = missing
        self._answers: dict[tuple[str, str], Whom] = {}

    def whom(self, row: SheetRow) -> Whom:
        """Those whom the row names; ``NO_ONE_NAMED`` for a row without the columns ``person`` and ``issuer``.

        Raises CellRefused where the register has no such person or issuer, or several, or does not know which issuer.
        """
        person, issuer = row.cells.get("person", ""), row.cells.get("issuer", "")
        if not person and not issuer:
            return NO_ONE_NAMED
        if "from" in row.cells:
            raise CellRefused(
                "replaces person and issuer: give one or the other", column="from", row=row.number
            )
        if (person, issuer) not in self._answers:
            self._answers[person, issuer] = self._asked(
                lambda session: _whom(session, person, issuer, row.number),
                column="person" if person else "issuer",
                row=row.number,
            )
        return self._answers[person, issuer]

    def started_draft(self, whom: Whom, form: str, row: int) -> Draft:
        """The draft about these with all that the register knows of them. Raises CellRefused where it knows nothing."""
        draft = self._asked(
            lambda session: profile_of(session, whom.persons, whom.issuer, form, self._as_of),
            column="person",
            row=row,
        )
        opened = draft.interview.opened
        if opened == "the register":  # without an earlier form, who signed that one is not known
            opened = None
        return draft.with_interview(phrases=(), opened=opened)  # no one looks at what is proposed

    def rows(self, event: str, issuer: str | None) -> list[dict[str, str]]:
        """The rows of a template: the insiders known, each with their issuer, or those of one issuer.

        Raises Form4Error where there is no such issuer.
        """
        if self._register is None:
            return []
        with self._register.reading() as session:
            about = card_by_words(session, KINDS["issuer"], issuer) if issuer is not None else None
            people = listed(session, KINDS["person"])
            names = [person.name for person in people]
            return [
                {
                    "person": person.cik if names.count(person.name) > 1 else person.name,
                    "issuer": relation.issuer.trading_symbol or relation.issuer.cik,
                    "happened": event,
                    "on_record": self._on_record(session, person, relation),
                }
                for person in people
                for relation in person.relationships
                if (about is None or relation.issuer is about) and self._files(relation, event)
            ]

    def _on_record(self, session: Session, person: Person, relation: Relationship) -> str:
        """``Common Stock: 12,000 direct; 5,000 By Spouse | Class B Common Stock: 90 direct``."""
        draft = profile_of(session, (person.cik,), relation.issuer.cik, "4", self._as_of)
        return " | ".join(f"{each.title}: {holdings_words(each)}" for each in classes_of(View(draft)))

    def _files(self, relation: Relationship, event: str) -> bool:
        """Whether this can have happened to the person: an award is for directors and officers alone."""
        recipe = event_of(event)
        if relation.insider_until is not None and relation.insider_until < self._as_of:
            return False
        return bool(recipe is None or not recipe.insiders or relation.is_director or relation.is_officer)

    def _asked(self, ask: Callable[[Session], _Result], *, column: str, row: int) -> _Result:
        """What the register answers. Raises CellRefused at the cell for which it was asked."""
        if self._register is None:
            raise CellRefused(self._missing, column=column, row=row)
        try:
            with self._register.reading() as session:
                return ask(session)
        except CellRefused:
            raise
        except Form4Error as error:
            raise CellRefused(error.problem, column=column, row=row) from None


def _whom(session: Session, person: str, issuer: str, row: int) -> Whom:
    named = [which.strip() for which in person.split(";") if which.strip()]
    people = [_card(session, "person", which, row) for which in named or ([person] if person else [])]
    about = _card(session, "issuer", issuer, row) if issuer else _only_issuer(people[0], row)
    ciks = tuple(each.cik for each in people)
    more = f"-and-{len(people) - 1}" if len(people) > 1 else ""
    name = f"{people[0].name}{more}-" if people else ""
    return Whom(
        ciks, about.cik, _stem(f"{name}{about.trading_symbol or about.name}") or "-".join((*ciks, about.cik))
    )


def _card(session: Session, kind: str, which: str, row: int) -> Any:  # noqa: ANN401  # a card of that kind
    try:
        return card_by_words(session, KINDS[kind], which)
    except Form4Error as error:
        raise CellRefused(error.problem, column=kind, row=row) from None


def _only_issuer(person: Person, row: int) -> Any:  # noqa: ANN401  # an issuer
    about = [relation.issuer for relation in person.relationships]
    if len(about) != 1:
        issuers = "; ".join(i.trading_symbol or i.name for i in about) or "none"
        raise CellRefused(
            f"is needed: {person.name} is known with these issuers: {issuers}", column="issuer", row=row
        )
    return about[0]


def _stem(words: str) -> str:
    """The words as a file may be called."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].rstrip("-")


_FORMS: Final = ("4", "5")
_LONGEST_NAME: Final = 100
"""Bytes of a draft's name: what is written beside it has a longer one."""


class SheetGroup(NamedTuple):
    """The rows of one draft."""

    rows: list[SheetRow]
    name: str
    whom: Whom = NO_ONE_NAMED
    form: str = "4"
    refused: CellRefused | None = None
    """What is wrong with it before it is begun."""


def groups(rows: Iterable[SheetRow], roster: Roster) -> list[SheetGroup]:
    """The rows of each form, in the order in which the forms first occur; a row that names no one is alone."""
    found: dict[tuple[str, ...], SheetGroup] = {}
    names: set[str] = set()
    for row in rows:
        draft, form = row.cells.get("draft", ""), row.cells.get("form", "4")
        try:
            _refuse_faults(row)
            whom = roster.whom(row)
            key = ("draft", draft) if draft else _key(row, whom, form)
            group = found.get(key)
            if group is None:
                stem = whom.stem and f"{whom.stem}{'' if form == '4' else f'-form{form}'}"
                free = stem if stem not in names else "-".join((stem, *whom.persons))
                group = SheetGroup([], draft or free or f"row-{row.number}", whom, form)
            _refuse_mixed(group, row, whom, form)
            _refuse_other_case(draft, names, row)
        except CellRefused as error:
            key, group = ("row", str(row.number)), SheetGroup([], draft or f"row-{row.number}", refused=error)
        found[key] = group
        names.add(group.name)
        group.rows.append(row)
    return list(found.values())


def _refuse_other_case(draft: str, names: Iterable[str], row: SheetRow) -> None:
    """Raises CellRefused for a draft whose name differs from another's in case only."""
    other = next((name for name in names if name != draft and folded(name) == folded(draft)), None)
    if draft and other is not None:
        raise CellRefused(
            f'"{draft}" and "{other}" are the same file where case is ignored, as on Windows and macOS',
            column="draft",
            row=row.number,
        )


def _refuse_faults(row: SheetRow) -> None:
    for column in OWN_COLUMNS:
        if column in row.faults:
            raise CellRefused(row.faults[column], column=column, row=row.number)
    form = row.cells.get("form", "4")
    if form not in _FORMS:
        raise CellRefused(
            f'"{form}" is not made from a sheet; choose from {", ".join(_FORMS)}',
            column="form",
            row=row.number,
        )


def _key(row: SheetRow, whom: Whom, form: str) -> tuple[str, ...]:
    """What distinguishes the form of a row from others: whom it is about, or the last filing it continues from."""
    cells = [row.cells.get(name, "") for name in ("from", "owners[0].cik", "issuer.cik")]
    persons = whom.persons or (cells[0], bare_cik(cells[1]))
    if not any(persons):
        return ("row", str(row.number))
    return (form, whom.issuer or bare_cik(cells[2]), *persons)


def _refuse_mixed(group: SheetGroup, row: SheetRow, whom: Whom, form: str) -> None:
    """Raises CellRefused for a row whose draft is about someone else in a row before."""
    for column, same in (("person", whom == group.whom), ("form", form == group.form)):
        if not same:
            raise CellRefused(
                f'the draft "{group.name}" is another in row {group.rows[0].number}',
                column=column,
                row=row.number,
            )


def refuse_name(name: str, row: SheetRow) -> None:
    """Raises CellRefused for a name that a file cannot have on every system, or a row that says nothing."""
    if not is_portable(name):
        raise CellRefused(
            f"{json.dumps(name, ensure_ascii=False)} is not a valid file name",
            column="draft",
            row=row.number,
        )
    if len(name.encode()) > _LONGEST_NAME:
        raise CellRefused(
            f'"{name[:20]}…" is too long for the name of a file: at most {_LONGEST_NAME} letters',
            column="draft",
            row=row.number,
        )
    if "happened" not in row.cells:
        raise CellRefused("is needed: what happened, as in grants", column="happened", row=row.number)
