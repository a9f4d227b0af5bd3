"""Rules that compare (A) or (D), acquired or disposed of, with the transaction code.

Sources: the printed definitions of the codes (Form 4, General Instruction 8; SEC, Ownership Form Codes) and General
Instruction 4(c)(i): an exercise or conversion is a disposition of the derivative security and an acquisition of the
underlying security. The letters that a code allows in each table are in ``form4_author/codes/transaction.csv``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import EXERCISES, texts_of_row
from form4_author.codes import transaction_codes
from form4_author.findings import Hit, Severity
from form4_author.ledger.right import right_of
from form4_author.ledger.title import class_of
from form4_author.model.table import DerivativeRow
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.ledger.right import Right
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_USUAL: Final = {"P": "A", "S": "D"}
_SHORT_SIDE: Final = Pattern(
    r"obligat|\bput\b|\bshort\b|\bwrit(?:e|ing|ten)\b|\bwrote\b|\bcollar|\bswap|\bforward\b|\brepurchase",
    re.IGNORECASE,
)
_WORDS: Final = {"A": "an acquisition, A", "D": "a disposition, D"}


def _hit(path: Path, message: str) -> Hit:
    return Hit((*path, "acquired_disposed"), message, related=((*path, "transaction_code"),))


def _coded(filing: Filing) -> Iterator[tuple[Path, Row, str, str]]:
    """Transactions with a code and a letter."""
    for path, row in filing.transactions():
        code, letter = row.transaction_code.value, row.acquired_disposed.value
        if code is not None and letter in _WORDS:
            yield path, row, code, letter


@rule(
    "TXN-007",
    "(A) or (D) that contradicts the transaction code",
    Severity.ERROR,
    cite.FORM4_INSTR_8,
    cite.FORM_CODES,
    when=When(has=("transaction",)),
)
def direction_contradicts_code(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The (A) or (D) of a row is the opposite of what its transaction code means.

    Why: By the printed definitions, P, A and L are acquisitions; S, D, F, H and U are dispositions.
    Fix: Correct the letter or the code. The amount owned following the transaction shows which one is wrong.
    Silent: For P and S in Table II (see TXN-043); for exercises and conversions (TXN-008, TXN-044); for codes that
    may be either.
    """
    known = transaction_codes()
    for path, _row, code, letter in _coded(filing):
        if code in EXERCISES or code not in known:
            continue
        admitted = known[code].table_1 if path[0] == "non_derivative" else known[code].table_2
        if admitted and letter not in admitted:
            (right,) = admitted
            yield _hit(path, f"(A) or (D) is {letter}, but Transaction Code {code} means {_WORDS[right]}")


@rule(
    "TXN-043",
    "Unusual (A) or (D) for code P or S in Table II",
    Severity.WARNING,
    cite.FORM4_INSTR_8,
    cite.FORM4_INSTR_4C_II,
    when=When(codes=frozenset(_USUAL), has=("table_2",)),
)
def direction_unusual_in_table_2(filing: Filing, _context: Context) -> Iterator[Hit]:
    """In Table II, a purchase (P) is shown as a disposition, or a sale (S) as an acquisition.

    Why: This is right only for a short position: when an option is written, or a written option is closed.
    Fix: Correct the letter, or state the obligation in the title, such as "Call Option (obligation to sell)".
    Silent: If the title or a footnote of the row mentions an obligation, a put, a swap, or a written or short position.
    """
    for path, row, code, letter in _coded(filing):
        if path[0] != "derivative" or _USUAL.get(code, letter) == letter:
            continue
        texts = (row.security_title.value or "", *texts_of_row(filing, path))
        if not any(_SHORT_SIDE.search(text) for text in texts):
            usual = _WORDS[_USUAL[code]]
            yield _hit(
                path,
                f"(A) or (D) is {letter}, but Transaction Code {code} means {usual}, unless the position is short",
            )


@rule(
    "TXN-008",
    "Exercised derivative security shown as acquired",
    Severity.ERROR,
    cite.FORM4_INSTR_4C_I,
    when=When(codes=EXERCISES, has=("table_2",)),
)
def exercise_acquires_derivative(filing: Filing, _context: Context) -> Iterator[Hit]:
    """In Table II, an exercise or conversion is shown as an acquisition.

    Why: An exercise is reported as a disposition of the derivative security in Table II, and the shares acquired are
    reported in Table I.
    Fix: Write D, with the amount exercised. For a new grant, use code A.
    Silent: If a derivative security with a different title is disposed of by exercise or conversion that day, because
    one may have been converted into the other, unless Table I has a line for the shares of this one.
    """
    for path, _row, code in _exercised(filing, "derivative", "A"):
        yield _hit(
            path,
            f"(A) or (D) is A, but Transaction Code {code} means a disposition of the derivative security, D",
        )


@rule(
    "TXN-044",
    "Exercise shown as a disposition of the underlying security",
    Severity.WARNING,
    cite.FORM4_INSTR_4C_I,
    when=When(codes=EXERCISES, has=("table_1",)),
)
def exercise_disposes_of_underlying(filing: Filing, _context: Context) -> Iterator[Hit]:
    """In Table I, an exercise or conversion is shown as a disposition.

    Why: The exercise of a right to buy, or a conversion, is an acquisition of the security in Table I.
    Fix: Write A. Report shares withheld on a separate line, with code F.
    Silent: For X and O, which may be the exercise of a put; if a security with a different title is acquired in Table I
    by exercise or conversion on that day.
    """
    known = transaction_codes()
    for path, _row, code in _exercised(filing, "non_derivative", "D"):
        if "D" not in known[code].table_1:
            yield _hit(
                path,
                f"(A) or (D) is D, but Transaction Code {code} means an acquisition of the underlying security, A",
            )


@rule(
    "TXN-047",
    "Exercise that contradicts the title of the derivative security",
    Severity.WARNING,
    cite.FORM4_INSTR_4C_II,
    cite.FORM4_INSTR_8,
    when=When(codes=EXERCISES),
)
def exercise_contradicts_title(filing: Filing, _context: Context) -> Iterator[Hit]:
    """In Table I, an exercise is shown as the opposite of what the title or a footnote of the derivative security says.

    Why: The exercise of a right or an obligation to buy is an acquisition of the shares; the exercise of a right or an
    obligation to sell is a disposition.
    Fix: Correct (A) or (D) and the total, or the title in Table II. A put or a written option has code X or O.
    Silent: If neither the title nor a footnote says which it is; if a different derivative security exercised on that
    day explains the line; for lines that TXN-044 reports.
    """
    exercised = [
        (path, row)
        for path, row, code, _letter in _coded(filing)
        if path[0] == "derivative" and code in EXERCISES
    ]
    known = transaction_codes()
    for path, row, code, letter in _coded(filing):
        if path[0] != "non_derivative" or code not in EXERCISES or letter not in known[code].table_1:
            continue
        found = [
            (where, other, right_of(_spelled(other), texts_of_row(filing, where)))
            for where, other in _of_line(row, exercised)
        ]
        if found and all(right.letter not in ("", letter) for _where, _other, right in found):
            where, other, right = found[0]
            yield Hit(
                (*path, "acquired_disposed"),
                f'(A) or (D) is {letter}, but "{_spelled(other)}" in Table II is{_named(right, other)}, '
                f"whose exercise means {_WORDS[right.letter]}",
                related=((*path, "transaction_code"), (*where, "security_title")),
            )


def _of_line(row: Row, exercised: list[tuple[Path, Row]]) -> list[tuple[Path, Row]]:
    """The rows exercised that day for as many shares, or else with this code; of this title, where there are any."""
    found = [each for each in exercised if each[1].transaction_date.value == row.transaction_date.value]
    alike = [each for each in found if each[1].transaction_code.value == row.transaction_code.value]
    numbers = [each for each in found if row.amount.value in _numbers(each[1])] or alike
    return [each for each in numbers if _underlying(each[1]) == _title(row)] or numbers


def _numbers(row: Row) -> tuple[object, ...]:
    underlying = row.underlying_amount.value if isinstance(row, DerivativeRow) else None
    return tuple(number for number in (row.amount.value, underlying) if number is not None)


def _named(right: Right, row: Row) -> str:
    """`` a right to sell``; where only the footnotes say so, with a mention of them."""
    article = "an" if right.obliges else "a"
    by_notes = "" if right_of(_spelled(row)) is right else ", by its footnotes,"
    return f"{by_notes} {article} {right.value}"


def _spelled(row: Row) -> str:
    return " ".join((row.security_title.value or "").split())


def _exercised(filing: Filing, table: str, letter: str) -> Iterator[tuple[Path, Row, str]]:
    """Exercises in one table that go this way, unless another title there goes the other way that day."""
    rows = [each for each in _coded(filing) if each[0][0] == table and each[2] in EXERCISES]
    others = [
        (row.transaction_date.value, _title(row), _underlying(row))
        for _path, row, _code, other in rows
        if other != letter
    ]
    for path, row, code, found in rows:
        day = row.transaction_date.value
        if found != letter:
            continue
        same_day = [other for other in others if other[0] == day and other[1] != _title(row)]
        became_this = any(underlying == _title(row) for _day, _title_, underlying in same_day)
        if not became_this and (not same_day or _brings_shares(filing, row)):
            yield path, row, code


def _brings_shares(filing: Filing, row: Row) -> bool:
    """Whether Table I shows the shares of a row of Table II as acquired with the same code on the same day."""
    return isinstance(row, DerivativeRow) and any(
        other.transaction_code.value == row.transaction_code.value
        and other.transaction_date.value == row.transaction_date.value
        and other.acquired_disposed.value == "A"
        and other.amount.value is not None
        and other.amount.value in (row.underlying_amount.value, row.amount.value)
        for other in filing.non_derivative
    )


def _title(row: Row) -> str:
    return class_of(row.security_title.value)


def _underlying(row: Row) -> str:
    """The class of the security underlying a row of Table II."""
    return class_of(row.underlying_title.value) if isinstance(row, DerivativeRow) else ""


RULES: Final[tuple[Rule, ...]] = (
    direction_contradicts_code,
    exercise_acquires_derivative,
    direction_unusual_in_table_2,
    exercise_disposes_of_underlying,
    exercise_contradicts_title,
)
