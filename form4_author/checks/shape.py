"""Three constructors of checks, for the shapes that many rules have; the function below has the documentation only.

    @rule("OWN-005", "Officer without title", Severity.SUSPENSE, cite.SPEC_3_5, cite.FORM4_BOX_5)
    @required("officer_title", "Officer title is required when Officer is checked", of=owners, …)
    def officer_without_title() -> None: …

``text_matches``: a text has certain words. ``code_in``: a line has one of certain codes. ``required``: a cell is empty.
Each reports one cell of every record for which that holds, and ``when`` too. The message is a format: ``{text}`` is
what was found, ``{row}`` the record, and for ``code_in`` ``{code}`` the letter and ``{name}`` its definition.
"""

from __future__ import annotations

from decimal import Decimal
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Final, TypedDict

from form4_author.checks.reference import has_notes, texts_of_row
from form4_author.codes import transaction_codes
from form4_author.findings import Edit, Fix, Hit
from form4_author.model.table import Cell
from form4_author.text import dollars, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Unpack

    from form4_author.checks.base import Check, Context
    from form4_author.findings import Path
    from form4_author.model.filing import Filing

    Places = Callable[[Filing, Context], Iterable[tuple[Path, Any]]]
    """The records that a rule looks at, each with its path."""
    Words = Callable[[str], object]
    """Whether a text has the words: the ``search`` of a pattern, or a function."""
    FixOf = Callable[[Path, str], Fix | None]
    """The correction of a record at this path, with the text found."""
    Shape = Callable[[Callable[[], None]], Check]
    _Found = Callable[[Filing, Path, Any], dict[str, str] | None]

__all__ = [
    "DESCRIPTION",
    "NOTES",
    "ShapeOptions",
    "code_in",
    "coded",
    "issuer",
    "owners",
    "required",
    "rows",
    "set_to",
    "signatures",
    "table_1",
    "table_2",
    "text_matches",
    "transactions",
]

NOTES: Final = "footnotes of the line"
"""In place of a cell: the texts of all footnotes to which the line refers."""
DESCRIPTION: Final = "description"
"""In place of a cell: any footnote on the line, or remarks."""


_PRICES: Final = ("price", "exercise_price")
"""Cells that are quoted as dollars."""


class ShapeOptions(TypedDict, total=False):
    """Which records are reported, and how; each may be left out."""

    of: Places
    """Left out: every line of both tables."""
    when: Callable[[Any], object]
    """What else must be true of the record."""
    at: str
    """The cell to report, where it is not the cell that is checked."""
    related: tuple[str, ...]
    """Cells of the same record that conflict with it."""
    fix: FixOf


def text_matches(
    cell: str | Callable[[Any], str],
    words: Words,
    says: str,
    *,
    unless: Words | None = None,
    unnoted: bool = False,
    **options: Unpack[ShapeOptions],
) -> Shape:
    """A rule about a text that has certain words, and not those of ``unless``.

    ``cell``: the cell's name, a function that reads the text of a record, or ``NOTES``. ``unnoted``: only lines without
    any footnote.
    """

    def found(filing: Filing, path: Path, record: Any) -> dict[str, str] | None:  # noqa: ANN401  # any record
        if unnoted and has_notes(filing, path):
            return None
        texts = texts_of_row(filing, path) if cell == NOTES else (_read(record, cell),)
        text = next((t for t in texts if t is not None and words(t) and not (unless and unless(t))), None)
        return {"text": text} if text is not None else None

    return _shape(cell, says, found, options)


def code_in(
    codes: Iterable[str], cell: str, says: str, *, table: str = "", **options: Unpack[ShapeOptions]
) -> Shape:
    """A rule about a cell of transactions under one of these codes, in one table or both."""

    def found(_filing: Filing, _path: Path, row: Any) -> dict[str, str]:  # noqa: ANN401  # any row
        known = transaction_codes().get(row.transaction_code.value)
        value = _value(row, cell)
        return {
            "text": (dollars if cell in _PRICES else grouped)(value)
            if isinstance(value, Decimal)
            else str(value),
            "code": row.transaction_code.value,
            "name": known.name if known is not None else "",
        }

    return _shape(cell, says, found, {"of": coded(codes, table), **options})


def required(cell: str, says: str, **options: Unpack[ShapeOptions]) -> Shape:
    """A rule about a cell that may not be empty, or about lines that need a ``DESCRIPTION``."""

    def found(filing: Filing, path: Path, record: Any) -> dict[str, str] | None:  # noqa: ANN401  # any record
        if cell == DESCRIPTION:
            given = has_notes(filing, path) or bool((filing.remarks or "").strip())
        else:
            given = _value(record, cell) not in (None, "")
        return None if given else {}

    return _shape(cell, says, found, options)


def _shape(cell: str | Callable[[Any], str], says: str, found: _Found, options: ShapeOptions) -> Shape:
    of, when, fix = options.get("of", rows), options.get("when"), options.get("fix")
    at, related = options.get("at", cell), options.get("related", ())

    def made(documented: Callable[[], None]) -> Check:
        def check(filing: Filing, context: Context) -> Iterator[Hit]:
            for path, record in of(filing, context):
                if when is None or when(record):
                    words = found(filing, path, record)
                    if words is not None:
                        yield Hit(
                            (*path, str(at)),
                            says.format(row=record, **words),
                            related=tuple((*path, name) for name in related),
                            fix=fix(path, words.get("text", "")) if fix is not None else None,
                        )

        update_wrapper(check, documented)
        return check

    return made


def _value(record: object, name: str) -> object:
    """The value of a cell or of a plain attribute."""
    found = getattr(record, name)
    return found.value if isinstance(found, Cell) else found


def _read(record: object, cell: str | Callable[[Any], str]) -> str | None:
    if callable(cell):
        return cell(record)
    value = _value(record, cell)
    return str(value) if value is not None else None


def set_to(text: str, cell: str, value: str | None, *, safe: bool = False) -> FixOf:
    """The correction with this text: a different value in one cell, or an empty cell."""
    return lambda path, _text: Fix(text, (Edit((*path, cell), value),), safe=safe)


# Places.


def rows(filing: Filing, _context: Context) -> Iterable[tuple[Path, Any]]:
    """The lines of both tables."""
    return filing.rows()


def transactions(filing: Filing, _context: Context) -> Iterable[tuple[Path, Any]]:
    """The lines that report a transaction."""
    return filing.transactions()


def coded(codes: Iterable[str], table: str = "") -> Places:
    """The transactions under one of these codes, in one table or both."""
    letters = frozenset(codes)

    def places(filing: Filing, _context: Context) -> Iterator[tuple[Path, Any]]:
        for path, row in filing.transactions():
            if row.transaction_code.value in letters and table in ("", path[0]):
                yield path, row

    return places


def table_1(filing: Filing, _context: Context) -> Iterator[tuple[Path, Any]]:
    """The lines of Table I."""
    return ((("non_derivative", index), row) for index, row in enumerate(filing.non_derivative))


def table_2(filing: Filing, _context: Context) -> Iterator[tuple[Path, Any]]:
    """The lines of Table II."""
    return ((("derivative", index), row) for index, row in enumerate(filing.derivative))


def owners(filing: Filing, _context: Context) -> Iterator[tuple[Path, Any]]:
    """The reporting persons."""
    return ((("owners", index), owner) for index, owner in enumerate(filing.owners))


def signatures(filing: Filing, _context: Context) -> Iterator[tuple[Path, Any]]:
    """The signatures."""
    return ((("signatures", index), signature) for index, signature in enumerate(filing.signatures))


def issuer(filing: Filing, _context: Context) -> Iterator[tuple[Path, Any]]:
    """The issuer."""
    yield ("issuer",), filing.issuer
