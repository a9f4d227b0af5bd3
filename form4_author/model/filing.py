"""The filing: one Form 3, 4 or 5 or an amendment, as one immutable record."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from form4_author import codes
from form4_author.findings import Path
from form4_author.model.field import Group, Shape, rows_of
from form4_author.model.party import NO_ISSUER, Issuer, Owner, Signature
from form4_author.model.table import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from form4_author.model.table import DerivativeRow, NonDerivativeRow

__all__ = ["Filing", "Footnote", "cell_names"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """One explanation of responses; cells refer to it by its id."""

    id: str | None = None
    """``F1`` to ``F99``."""
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Everything a form says. Whatever was not given is None or empty; nothing is guessed."""

    form: str | None = None
    """``3``, ``3/A``, ``4``, ``4/A``, ``5`` or ``5/A``."""
    edition: str | None = None
    """The schemaVersion that EDGAR stamped; None before filing."""
    period_of_report: date | None = None
    date_of_original_submission: date | None = None
    no_securities_owned: bool | None = None
    not_subject_to_section16: bool | None = None
    form3_holdings_reported: bool | None = None
    form4_transactions_reported: bool | None = None
    issuer: Issuer = NO_ISSUER
    owners: tuple[Owner, ...] = ()
    aff10b5_one: bool | None = None
    """Whether a transaction was made under a plan meant to satisfy Rule 10b5-1(c)."""
    non_derivative: tuple[NonDerivativeRow, ...] = ()
    derivative: tuple[DerivativeRow, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    remarks: str | None = None
    signatures: tuple[Signature, ...] = ()
    _walked: _Walks | None = field(default=None, init=False, repr=False, compare=False)
    _traits: tuple[frozenset[str], str] | None = field(default=None, init=False, repr=False, compare=False)
    _texts: dict[str, str] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def base(self) -> str | None:
        """``3``, ``4`` or ``5``; None while the form is not known."""
        form_type = codes.forms().get(self.form or "")
        return form_type.base if form_type else None

    @property
    def is_amendment(self) -> bool:
        """Whether it is a /A."""
        form_type = codes.forms().get(self.form or "")
        return form_type is not None and form_type.amendment

    def rows(self) -> tuple[tuple[Path, Row], ...]:
        """Every row with its path, Table I first, in the order listed."""
        return self._walks()[0]

    def transactions(self) -> tuple[tuple[Path, Row], ...]:
        """The rows that report a transaction, with their paths."""
        return self._walks()[1]

    def references(self) -> tuple[tuple[Path, tuple[str, ...]], ...]:
        """The cells that refer to footnotes, with the ids as written, in the order of the form.

        Those of a coding group stand at its ``transaction_code``.
        """
        return self._walks()[2]

    def notes_of_rows(self) -> dict[Path, tuple[str, ...]]:
        """The footnote ids that each row's cells refer to, each once, in row order; rows without are left out."""
        return self._walks()[3]

    def _walks(self) -> _Walks:
        """The walks, made once: seventy rules ask for them."""
        walked = self._walked
        if walked is None:
            rows: list[tuple[Path, Row]] = [
                (("non_derivative", i), r) for i, r in enumerate(self.non_derivative)
            ]
            rows += [(("derivative", i), r) for i, r in enumerate(self.derivative)]
            transactions = tuple((path, row) for path, row in rows if row.kind == "transaction")
            references = tuple(_references(rows))
            walked = tuple(rows), transactions, references, _by_row(references)
            object.__setattr__(self, "_walked", walked)
        return walked

    def transaction_codes(self) -> frozenset[str]:
        """The transaction codes that the form uses, as written."""
        return self._codes_and_prose()[0]

    def prose(self) -> str:
        """Footnotes and remarks in lower case, one after another: what tells quickly whether a word occurs."""
        return self._codes_and_prose()[1]

    def _codes_and_prose(self) -> tuple[frozenset[str], str]:
        """Codes and prose, found once: most rules look at one of them and are done."""
        traits = self._traits
        if traits is None:
            used = frozenset(row.transaction_code.value or "" for _, row in self.transactions())
            texts = [note.text for note in self.footnotes if note.text]
            traits = used, "\n".join([*texts, self.remarks or ""]).lower()
            object.__setattr__(self, "_traits", traits)
        return traits

    def footnote_texts(self) -> Mapping[str, str]:
        """Texts by footnote id; a repeated id keeps its first text."""
        texts: dict[str, str] | None = self._texts
        if texts is None:
            texts = {}
            for note in self.footnotes:
                if note.id is not None:
                    texts.setdefault(note.id, note.text or "")
            object.__setattr__(self, "_texts", texts)
        return texts


_Walks = tuple[
    tuple[tuple[Path, Row], ...],
    tuple[tuple[Path, Row], ...],
    tuple[tuple[Path, tuple[str, ...]], ...],
    dict[Path, tuple[str, ...]],
]
"""Rows, transactions, references, references by row."""


def _by_row(references: tuple[tuple[Path, tuple[str, ...]], ...]) -> dict[Path, tuple[str, ...]]:
    found: dict[Path, dict[str, None]] = {}
    for path, notes in references:
        found.setdefault(path[:2], {}).update(dict.fromkeys(notes))
    return {row: tuple(notes) for row, notes in found.items()}


def _references(rows: list[tuple[Path, Row]]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for path, row in rows:
        for name in cell_names(str(path[0]), row.kind):
            notes: tuple[str, ...] = getattr(row, name).footnotes
            if notes:
                yield (*path, name), notes


@cache
def cell_names(table: str, kind: str) -> tuple[str, ...]:
    """The attributes of a row that hold cells, in the order of the form."""
    transaction, holding = rows_of(table)
    return tuple(_cells(transaction if kind == "transaction" else holding))


def _cells(group: Group) -> Iterator[str]:
    for node in group.nodes:
        if isinstance(node, Group):
            yield from _cells(node)
        elif node.shape in (Shape.CELL, Shape.CODING):
            yield node.name
