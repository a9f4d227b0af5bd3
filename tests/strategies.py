"""Generated filings: any of the six forms, from empty to full, right and wrong, but always something a form can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from form4_author import codes
from form4_author.model.field import DOCUMENT, Field, Group, Kind, Need, Shape, rows_of
from form4_author.model.table import Cell
from form4_author.wire.element import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.model.filing import Filing

__all__ = ["FORMS", "filings", "texts"]

FORMS: Final = ("3", "3/A", "4", "4/A", "5", "5/A")

_CHARACTERS: Final = st.characters(
    min_codepoint=0x20, max_codepoint=0x2FFF, exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")
)
_AWKWARD: Final = ("&", "<", ">", '"', "'", "]]>", "&amp;", "<!--", "A & B <c> \"d\" 'e'", "²⁄₃", "𝄞")


@cache
def texts(longest: int) -> st.SearchStrategy[str]:
    """Texts without blanks at their ends: plain, awkward, and of exactly the longest length."""
    return st.one_of(
        st.text(_CHARACTERS, min_size=1, max_size=min(longest, 20)),
        st.sampled_from([text for text in _AWKWARD if len(text) <= longest]),
        st.just("x" * longest),
        st.just(("&<>\"' é" * longest)[:longest].strip() or "x"),
    )


_AMOUNTS: Final = st.one_of(
    st.sampled_from(["0", "1", "7007", "0.0001", "999999999999.9999", "120.34", "1.50"]).map(Decimal),
    st.integers(0, 10**12 - 1).map(Decimal),
    st.integers(0, 10**10).map(lambda cents: Decimal(cents).scaleb(-2)),
)
_DAYS: Final = st.dates(date(2003, 1, 1), date(2030, 12, 31))
_IDS: Final = st.integers(1, 99).map("F{}".format)


def _codes(field: Field) -> tuple[str, ...]:
    tables: dict[str, Callable[[], Any]] = {
        "transaction": codes.transaction_codes,
        "form": codes.forms,
        "state": codes.states,
        "country": codes.countries,
    }
    if isinstance(field.codes, tuple):
        return field.codes
    return tuple(tables[field.codes]()) if field.codes in tables else tuple(f"F{n}" for n in range(1, 100))


_OF_KIND: Final[dict[Kind, st.SearchStrategy[Any]]] = {
    Kind.NUMBER: _AMOUNTS,
    Kind.DATE: _DAYS,
    Kind.FLAG: st.booleans(),
    Kind.DIGITS: st.text("0123456789", min_size=1, max_size=10),
}
_ZIPS: Final = st.sampled_from(["94404", "94404-1234", "SW1A 1AA", "#1"])


@cache
def _value(field: Field) -> st.SearchStrategy[Any]:
    if field.kind in _OF_KIND:
        return _OF_KIND[field.kind]
    if field.kind is Kind.CODE:
        return st.sampled_from(_codes(field))
    return _ZIPS if field.name == "zip" else texts(field.longest or 5)


@cache
def _field(field: Field) -> st.SearchStrategy[Any]:
    if field.shape not in (Shape.CELL, Shape.CODING):
        return _value(field)
    notes = st.lists(_IDS, max_size=3, unique=True).map(tuple) if field.notes else st.just(())
    value = _value(field) if field.element else st.none()
    return st.one_of(st.builds(Cell, value, notes), st.builds(Cell, st.none(), notes), st.builds(Cell, value))


def _values(group: Group, form: str, *, whole: bool) -> dict[str, st.SearchStrategy[Any]]:
    """A strategy for every attribute that the group's record has on a form."""
    found: dict[str, st.SearchStrategy[Any]] = {}
    for node in group.nodes:
        if form[0] not in node.forms:
            continue
        if isinstance(node, Field):
            found[node.name] = _field(node)
        elif node.many:
            found[node.name] = st.lists(_record(node, form, whole=whole), max_size=3).map(tuple)
        elif node.name and not node.record:
            rows = [g for g in rows_of(node.name) if form[0] in g.forms]
            row = st.one_of([_record(g, form, whole=whole) for g in rows])
            found[node.name] = st.lists(row, max_size=3).map(tuple)
        elif node.name:
            found[node.name] = _record(node, form, whole=whole)
        else:
            found.update(_values(node, form, whole=whole))
    return found


def _needed(group: Group, form: str) -> set[str]:
    """Attributes that have to be there, so that some generated filings are whole."""
    names: set[str] = set()
    for node in group.nodes:
        if isinstance(node, Field):
            wanted = node.need in (Need.VALUE, Need.VALUE_OR_NOTE) and form[0] in node.needed_on
            if wanted or (node.need is Need.AMENDMENT and form.endswith("/A")):
                names.add(node.name)
        elif not node.name and not node.many:
            names |= _needed(node, form)
        elif node.missing in ("OWN-001", "SIG-001", "ISS-001"):
            names.add(node.name)
    return names


@cache
def _record(group: Group, form: str, *, whole: bool) -> st.SearchStrategy[Any]:
    values = _values(group, form, whole=whole)
    required = _needed(group, form) & set(values) if whole else set()
    kind = {"kind": st.just(group.kind)} if group.kind else {}
    chosen = st.fixed_dictionaries(
        {**kind, **{name: values[name] for name in sorted(required)}},
        optional={name: values[name] for name in values if name not in required},
    )
    return chosen.map(lambda made: RECORDS[group.record](**made))


@cache
def filings(form: str) -> st.SearchStrategy[Filing]:
    """Filings of a form, with what that form has; about half of them hold all that is needed."""
    made = st.booleans().flatmap(lambda whole: _record(DOCUMENT, form, whole=whole))
    return made.map(lambda filing: replace(filing, form=form, edition=None))
