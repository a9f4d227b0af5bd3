"""The rows of a sheet put together: those of one person, issuer and form make one draft."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.cli.roster import NOBODY_NAMED, Whom
from form4_author.wizard.sheet import OWN_COLUMNS, CellRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from form4_author.cli.roster import Roster
    from form4_author.wizard.sheet import Row

__all__ = ["Group", "groups", "refuse_name"]

_FORMS: Final = ("4", "5")
_LONGEST_NAME: Final = 100
"""Bytes of a draft's name: what is written beside it has a longer one."""
_NOT_IN_A_NAME: Final = frozenset('<>:"|?*/\\')


class Group(NamedTuple):
    """The rows of one draft."""

    rows: list[Row]
    name: str
    whom: Whom = NOBODY_NAMED
    form: str = "4"
    refused: CellRefused | None = None
    """What is wrong with it before it is begun."""


def groups(rows: Iterable[Row], roster: Roster) -> list[Group]:
    """The rows of each form, in the order in which the forms first occur; a row that names nobody stands alone."""
    found: dict[tuple[str, ...], Group] = {}
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
                group = Group([], draft or free or f"row-{row.number}", whom, form)
            _refuse_mixed(group, row, whom, form)
        except CellRefused as error:
            key, group = ("row", str(row.number)), Group([], draft or f"row-{row.number}", refused=error)
        found[key] = group
        names.add(group.name)
        group.rows.append(row)
    return list(found.values())


def _refuse_faults(row: Row) -> None:
    for column in OWN_COLUMNS:
        if column in row.faults:
            raise CellRefused(row.faults[column], column=column, row=row.number)
    form = row.cells.get("form", "4")
    if form not in _FORMS:
        raise CellRefused(
            f'"{form}" is not made from a sheet: choose of {", ".join(_FORMS)}', column="form", row=row.number
        )


def _key(row: Row, whom: Whom, form: str) -> tuple[str, ...]:
    """What tells the form of a row from others: whom it is about, or the last filing it goes on from."""
    told = [row.cells.get(name, "") for name in ("from", "owners[0].cik", "issuer.cik")]
    persons = whom.persons or (told[0], told[1].lstrip("0"))
    if not any(persons):
        return ("row", str(row.number))
    return (form, whom.issuer or told[2].lstrip("0"), *persons)


def _refuse_mixed(group: Group, row: Row, whom: Whom, form: str) -> None:
    """Raises CellRefused for a row whose draft is about somebody else in a row before."""
    for column, same in (("person", whom == group.whom), ("form", form == group.form)):
        if not same:
            raise CellRefused(
                f'the draft "{group.name}" is another in row {group.rows[0].number}',
                column=column,
                row=row.number,
            )


def refuse_name(name: str, row: Row) -> None:
    """Raises CellRefused for a name that a file cannot have on every system, or a row that says nothing."""
    if name.startswith(".") or not name.isprintable() or _NOT_IN_A_NAME & set(name):
        raise CellRefused(
            f"{json.dumps(name, ensure_ascii=False)} cannot be the name of a file",
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
