"""Titles of securities: whether they name a class, and are in the right table under the right code.

Sources: Form 4 General Instructions 3(b), 3(c), 4(c) and 8. Titles are free text: nothing here is more than a warning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import texts_of_row
from form4_author.checks.shape import coded, set_to, table_1, text_matches
from form4_author.findings import Edit, Fix, Hit, Severity
from form4_author.ledger.history import earlier
from form4_author.ledger.right import is_derivative
from form4_author.ledger.title import class_of, same_class
from form4_author.model.table import EMPTY_TEXT
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_NO_CLASS: Final = frozenset(
    {"stock", "shares", "share", "equity", "common", "securities", "security", "com", "stocks"}
)
_PLAIN_SHARES: Final = Pattern(
    r"\A(?:class [a-z] )?(?:common|ordinary|capital)(?: voting| non-voting)? (?:stock|shares?)"
    r"(?:,? (?:par value )?\$?[\d.]+(?: par(?: value)?)?)?\Z",
    re.IGNORECASE,
)
_CONVERTIBLE_PREFERRED: Final = Pattern(
    r"\bconvertible\b.{0,30}\bpreferred|\bpreferred\b.{0,30}\bconvertible", re.IGNORECASE
)
_DEBT: Final = Pattern(r"\bnotes?\b|\bbonds?\b|debenture|\bloan\b|principal", re.IGNORECASE)
_AWARD: Final = Pattern(
    r"\boptions?\b|\brsus?\b|restricted stock unit|restricted share unit|performance (?:stock|share|unit)|phantom"
    r"|stock units?\b|deferred (?:stock|share)",
    re.IGNORECASE,
)
_CONVERTIBLE: Final = Pattern(
    r"\bconvertible|\bpreferred\b|\bclass b\b|\bwarrants?\b|\bnotes?\b|\b(?:op|ltip|partnership|llc) units?\b",
    re.IGNORECASE,
)
_OPTION: Final = Pattern(
    r"\b(?:stock |share |call |put |employee |non-qualified |incentive )*(?:options?|puts?|calls?)\b",
    re.IGNORECASE,
)
_RIGHT: Final = Pattern(r"\bright|obligation|\bbuy\b|\bsell\b|purchase|acquire|subscri", re.IGNORECASE)
_UNIT: Final = Pattern(r"\bunits?,? (?:each )?consist", re.IGNORECASE)


def _is_award(title: str) -> bool:
    return _AWARD.search(title) is not None and not _CONVERTIBLE.search(title)


def _is_convertible(title: str) -> bool:
    return (
        _CONVERTIBLE.search(title) is not None and not _AWARD.search(title) and "award" not in title.lower()
    )


def _title(row: Row) -> str:
    return " ".join((row.security_title.value or "").split())


@rule("HLD-015", "Title does not name a class", Severity.WARNING, cite.FORM4_INSTR_3B)
def title_names_no_class(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The title of a security is one word that names no class, or the trading symbol.

    Why: The instruction asks for the title of the class, even if the issuer has only one.
    Fix: Write the class, such as Common Stock.
    Silent: For every other title.
    """
    symbol = (filing.issuer.trading_symbol or "").casefold()
    for path, row in filing.rows():
        title = _title(row)
        folded = title.casefold()
        if title and (folded.strip(".") in _NO_CLASS or folded == symbol):
            at = (*path, "security_title")
            fix = (
                Fix("Write Common Stock", (Edit(at, "Common Stock"),))
                if path[0] == "non_derivative"
                else None
            )
            yield Hit(at, f'Title of Security is "{title}", which names no class', fix=fix)


@rule("HLD-029", "Title without letters", Severity.WARNING, cite.FORM4_INSTR_3B)
def title_has_no_letters(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The title of a security has no letters; it is a date, a number or a mark.

    Why: The instruction asks for the title of the class. A number there was probably meant for a different field.
    Fix: Write the class, such as Common Stock.
    Silent: For any title with a letter; HLD-015 reports those that name no class.
    """
    for path, row in filing.rows():
        for column in ("security_title", "underlying_title"):
            given = getattr(row, column, EMPTY_TEXT).value or ""
            if given[:1].isalpha():
                continue
            title = " ".join(given.split())
            if title and not any(letter.isalpha() for letter in title):
                label = (
                    "Title of Security" if column == "security_title" else "Title of Underlying Securities"
                )
                yield Hit((*path, column), f'{label} is "{title}", which has no letters')


@rule("HLD-016", "Two titles for one class", Severity.NOTE, cite.PRACTICE)
def title_drifts(filing: Filing, context: Context) -> Iterator[Hit]:
    """A class is spelled in two ways on the form, or differently than on the person's last filing.

    Why: Totals are followed by title, so that a reader may see two classes in two spellings. This is general
    knowledge.
    Fix: Use one spelling.
    Silent: For titles of different classes: words that differ in more than case, marks, singular and plural, par
    value, abbreviation or an addition in parentheses that repeats them; for titles that HLD-027 reports; in Table II.
    """
    if len(filing.non_derivative) < 2 and not context.facts.history:
        return
    seen: dict[str, tuple[str, tuple[Path, ...]]] = {}
    restarted = _restarted_titles(filing, context)
    for title in _earlier_titles(filing, context):
        seen.setdefault(class_of(title), (title, ()))
    for path, row in filing.rows():
        title = _title(row)
        if path[0] != "non_derivative" or not title:
            continue
        at = (*path, "security_title")
        first, where = seen.setdefault(class_of(title), (title, (at,)))
        if first != title and (where or title not in restarted):
            place = "on this form" if where else "on an earlier form"
            yield Hit(at, f'Title of Security is "{title}"; {place} the class is "{first}"', related=where)
            return


def _restarted_titles(filing: Filing, context: Context) -> frozenset[str]:
    """The titles that HLD-027 reports as new."""
    if not context.facts.history:
        return frozenset()
    from form4_author.checks.rules.spelling import restarts

    return frozenset(_title(found.row) for found in restarts(filing, context))


def _earlier_titles(filing: Filing, context: Context) -> Iterator[str]:
    """Titles of Table I on the persons' earlier forms about this issuer, the latest form first."""
    for prior in reversed(earlier(filing, context.facts.history or ())):
        yield from (title for row in prior.filing.non_derivative if (title := _title(row)))


@rule(
    "HLD-017",
    "Derivative security in Table I",
    Severity.WARNING,
    cite.FORM4_INSTR_4C_I,
    when=When(has=("table_1",)),
)
@text_matches(
    _title,
    is_derivative,
    '"{text}" is a derivative security; report it in Table II',
    of=table_1,
    at="security_title",
)
def derivative_in_table_1() -> None:
    """A Table I title is that of an option, warrant, put, call or convertible security.

    Why: Derivative securities are reported only in Table II.
    Fix: Move the line to Table II.
    Silent: For restricted stock, units and awards, and for shares acquired under an option.
    """


@rule(
    "HLD-018",
    "Common stock in Table II",
    Severity.WARNING,
    cite.FORM4_INSTR_4C_I,
    when=When(has=("table_2",)),
)
def shares_in_table_2(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A Table II title is common or ordinary stock, the same as the underlying security.

    Why: Table II is for derivative securities.
    Fix: Give the title of the option, unit or right, or move the line to Table I.
    Silent: When the underlying security is of a different class, as for one class convertible into a second one.
    """
    for index, row in enumerate(filing.derivative):
        title = _title(row)
        underlying = " ".join((row.underlying_title.value or "").split())
        if _PLAIN_SHARES.match(title) and (not underlying or same_class(title, underlying)):
            yield Hit(
                ("derivative", index, "security_title"),
                f'"{title}" is not a derivative security; Table II asks for the option, unit or right',
                related=(("derivative", index, "underlying_title"),),
            )


@rule(
    "HLD-019",
    "Convertible preferred stock in Table I",
    Severity.WARNING,
    cite.FORM4_INSTR_4C_I,
    when=When(has=("table_1",)),
)
@text_matches(
    _title,
    _CONVERTIBLE_PREFERRED.search,
    '"{text}" is convertible; report it in Table II only',
    of=table_1,
    at="security_title",
)
def convertible_preferred_in_table_1() -> None:
    """Table I has a line for convertible preferred stock.

    Why: A convertible equity security is reported only in Table II.
    Fix: Move the line to Table II.
    Silent: For preferred stock whose title does not say convertible.
    """


@rule("HLD-020", "Amount owned in dollars for an equity security", Severity.WARNING, cite.FORM4_INSTR_3C)
def value_in_place_of_shares(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The amount owned is given in dollars for a security that is not debt.

    Why: The instruction asks for the face amount for debt only.
    Fix: Give the number of shares or units.
    Silent: For notes, bonds, loans and other debt.
    """
    for path, row in filing.rows():
        if row.value_owned_following.value is None:
            continue
        texts = (_title(row), *texts_of_row(filing, path))
        if not any(_DEBT.search(text) for text in texts):
            yield Hit(
                (*path, "value_owned_following"),
                f'The amount owned of "{_title(row)}" is given in dollars; give the number of shares',
            )


@rule(
    "TXN-036",
    "Conversion code for an option, unit or award",
    Severity.WARNING,
    cite.FORM4_INSTR_8,
    when=When(codes=frozenset("C")),
)
@text_matches(
    _title,
    _is_award,
    'Transaction Code is C (conversion), but "{text}" is usually exercised or settled with code M',
    of=coded("C", "derivative"),
    at="transaction_code",
    fix=set_to("Write code M", "transaction_code", "M"),
)
def award_converted() -> None:
    """An option, unit or award has code C (conversion).

    Why: An award granted under a company's plan is exercised or settled under Rule 16b-3, with code M.
    Fix: Write M on both lines.
    Silent: For titles of convertible securities.
    """


@rule(
    "TXN-037",
    "Rule 16b-3 exercise code for a convertible security or warrant",
    Severity.WARNING,
    cite.FORM4_INSTR_8,
    when=When(codes=frozenset("M")),
)
def convertible_exercised(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A convertible security, preferred stock, class B stock, a note or a warrant has code M (Rule 16b-3).

    Why: Code M is for derivative securities exempt under Rule 16b-3, mostly awards under a company's plan. A conversion
    has code C, and the exercise of a warrant has code X or O. A note or preferred stock that a director or officer
    bought from the issuer with board approval may also be exempt.
    Fix: Write C, or X for a warrant; or say in a footnote that the security was issued under Rule 16b-3.
    Silent: For titles that mention an option, unit or award; if a text of the line mentions Rule 16b-3.
    """
    for path, row in filing.transactions():
        title = _title(row)
        if path[0] != "derivative" or row.transaction_code.value != "M" or not _is_convertible(title):
            continue
        if not any("16b-3" in text for text in texts_of_row(filing, path)):
            code = "X" if "warrant" in title.lower() else "C"
            yield Hit(
                (*path, "transaction_code"),
                f'Transaction Code is M (Rule 16b-3), but "{title}" is usually converted or exercised with code {code}',
            )


@rule(
    "DRV-015",
    "Option title does not state a right or an obligation",
    Severity.NOTE,
    cite.FORM4_INSTR_4C_II,
    when=When(has=("table_2",)),
)
def right_or_obligation_missing(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The title of an option, put or call does not state whether it is a right or an obligation, to buy or to sell.

    Why: The instruction asks for it: "right to buy", "right to sell", "obligation to buy", "obligation to sell". Many
    filers leave it out for options granted under a plan.
    Fix: Add it to the title, such as "Stock Option (right to buy)".
    Silent: After the first such title.
    """
    for index, row in enumerate(filing.derivative):
        title = _title(row)
        if _OPTION.search(title) and not _RIGHT.search(title):
            yield Hit(
                ("derivative", index, "security_title"),
                f'"{title}" does not say whether it is a right or an obligation, to buy or to sell',
            )
            return


@rule(
    "DRV-026",
    "Component of a unit missing from a table",
    Severity.WARNING,
    cite.FORM4_INSTR_4C_IV,
    when=When(words=("consist",)),
)
def unit_in_one_table(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote mentions units that consist of several securities, but only one table has lines.

    Why: Each component of a unit is reported in its own table, with a footnote that explains how they are related.
    Fix: Add the line for the other component.
    Silent: When both tables have lines.
    """
    if filing.non_derivative and filing.derivative:
        return
    for path, _row in filing.transactions():
        if any(_UNIT.search(text) and "warrant" in text.lower() for text in texts_of_row(filing, path)):
            other = "II" if path[0] == "non_derivative" else "I"
            yield Hit(
                (*path, "security_title"),
                f"A footnote mentions units of several securities, but Table {other} has no line",
            )
            return


RULES: Final[tuple[Rule, ...]] = (
    title_names_no_class,
    title_has_no_letters,
    title_drifts,
    derivative_in_table_1,
    shares_in_table_2,
    convertible_preferred_in_table_1,
    value_in_place_of_shares,
    award_converted,
    convertible_exercised,
    right_or_obligation_missing,
    unit_in_one_table,
)
