"""Rules about the document as a whole: fields that EDGAR supplies, unusual characters, and an empty filing.

Sources: EDGAR Ownership XML Technical Specification 5.5, sections 3.5, 4.3, 4.3.1 to 4.3.4 and 5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Profile, Rule, When, rule
from form4_author.findings import Edit, Fix, Hit, Path, Severity
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing

__all__ = ["RULES", "late_holdings"]


@rule(
    "DOC-003",
    "schemaVersion in a document to be sent",
    Severity.WARNING,
    cite.SPEC_4_3,
    when=When(has=("to_send",)),
)
def schema_version_supplied(filing: Filing, context: Context) -> Iterator[Hit]:
    """The document to be sent includes schemaVersion, the edition of the schema.

    Why: EDGAR adds schemaVersion itself. If a filer sends it, EDGAR issues a warning and discards it.
    Fix: Leave schemaVersion out. form4 leaves it out of the submissions that it writes.
    Silent: On published filings, where EDGAR added it, and on drafts, which do not have it.
    """
    if context.profile is Profile.SUBMISSION and filing.edition is not None:
        yield Hit(("edition",), f'EDGAR supplies schemaVersion; leave out "{filing.edition}"')


@rule(
    "DOC-004",
    "Value in a field that EDGAR supplies",
    Severity.WARNING,
    cite.SPEC_3_5,
    cite.SPEC_4_3,
    when=When(has=("to_send",)),
)
def filled_field_supplied(filing: Filing, context: Context) -> Iterator[Hit]:
    """The document to be sent has a value in a field that EDGAR supplies.

    Why: EDGAR takes names from its records and completes the summary boxes. If a filer sends such a value, EDGAR
    issues a warning and discards it.
    Fix: Leave the field out. form4 leaves these fields out of the submissions that it writes.
    Silent: On published filings, where EDGAR added them, and on drafts, which use them only for the preview page.
    """
    if context.profile is not Profile.SUBMISSION:
        return
    for path, name, value in _filled(filing):
        if value is not None:
            remedy = f'leave out "{value}"' if isinstance(value, str) else "leave it out"
            yield Hit(path, f"EDGAR supplies {name}; {remedy}")


def _filled(filing: Filing) -> Iterator[tuple[Path, str, object]]:
    yield ("no_securities_owned",), "noSecuritiesOwned", filing.no_securities_owned
    yield ("form3_holdings_reported",), "form3HoldingsReported", filing.form3_holdings_reported
    yield ("form4_transactions_reported",), "form4TransactionsReported", filing.form4_transactions_reported
    yield ("issuer", "name"), "Issuer Name", filing.issuer.name
    for index, owner in enumerate(filing.owners):
        at = ("owners", index)
        yield (*at, "name"), "Name of Reporting Person", owner.name
        yield (*at, "address", "state_description"), "State Description", owner.address.state_description
        yield (*at, "address", "good_address"), "rptOwnerGoodAddress", owner.address.good_address


@rule(
    "DOC-010",
    "Form 4 or 5 without a transaction or holding",
    Severity.SUSPENSE,
    cite.SPEC_4_3,
    cite.SPEC_4_3_3,
)
def nothing_reported(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A Form 4 or 5 has no line in either table, and the box "no longer subject to Section 16" is not checked.

    Why: EDGAR suspends a Form 4 or 5 that has no transaction or holding unless the box is checked.
    Fix: Add the transaction, or check the box if that is the reason for the filing.
    Silent: On Form 3, which may report that nothing is owned; on amendments (AMD-008). With holdings only: see DOC-043.
    """
    if (
        filing.base in ("4", "5")
        and not filing.is_amendment
        and not filing.not_subject_to_section16
        and not (filing.non_derivative or filing.derivative)
    ):
        yield Hit(
            ("non_derivative",),
            f"Form {filing.form} has no transaction or holding; add one, or check the box "
            '"no longer subject to Section 16"',
            related=(("not_subject_to_section16",),),
        )


def late_holdings(filing: Filing) -> bool:
    """Whether a Form 5 shows a holding that Form 3 should have shown."""
    return filing.base == "5" and any(
        not row.is_transaction and row.transaction_form_type == "3" for _path, row in filing.rows()
    )


@rule(
    "DOC-043",
    "Form 4 or 5 with holdings but no transaction",
    Severity.WARNING,
    cite.SPEC_4_3_3,
    cite.SPEC_4_3,
)
def holdings_only(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A Form 4 or 5 lists holdings but no transaction, and the box "no longer subject to Section 16" is not checked.

    Why: EDGAR's specification requires a transaction on such a form in 4.3.3, but accepts a transaction or a holding
    in 4.3. EDGAR has accepted forms with holdings only, but may not always do so.
    Fix: Add the transaction that caused the filing. If there was no transaction, send a test filing first.
    Silent: On Form 3, when the box is checked, and on Form 5 for holdings that Form 3 omitted (DOC-011).
    """
    if filing.base not in ("4", "5") or filing.not_subject_to_section16 or late_holdings(filing):
        return
    if (filing.non_derivative or filing.derivative) and not any(filing.transactions()):
        yield Hit(
            ("non_derivative",),
            f"Form {filing.form} lists holdings but no transaction; EDGAR's specification requires one "
            "in 4.3.3 but not in 4.3",
            related=(("not_subject_to_section16",),),
        )


_PLAIN: Final = {
    **dict.fromkeys("\u2018\u2019\u201a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f", " "),
    **dict.fromkeys("\u200b\u00ad\ufeff", ""),
    "\u2022": "*",
    "\u2026": "...",
}
"""ASCII replacements of typographic characters."""
_TRANSLATED: Final = str.maketrans(_PLAIN)


@rule(
    "DOC-017",
    "Character that is not plain ASCII",
    Severity.WARNING,
    cite.FILER_MANUAL,
    when=When(has=("to_send",)),
)
def character_not_ascii(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A text contains a character that is not ASCII, such as a curly quote, a dash, a nonbreaking space or an accent.

    Why: EDGAR's character set is ASCII. By general knowledge, other characters may appear as question marks.
    Fix: Use straight quotes, hyphens and letters without accents.
    Silent: On published filings.
    """
    for path, text in _every_text(filing):
        if text.isascii():
            continue
        odd = "".join(dict.fromkeys(c for c in text if not c.isascii()))
        plain = text.translate(_TRANSLATED)
        fix = Fix("Write plain quotes, hyphens and spaces", (Edit(path, plain),), safe=True)
        yield Hit(
            path,
            f"The text contains {_named(odd)}, which EDGAR may not display; use plain characters",
            fix=fix if plain.isascii() else None,
        )


def _named(characters: str) -> str:
    """The characters with their numbers: ``\u201c (U+201C)``; at most three."""
    shown = ", ".join(
        f"{c} (U+{ord(c):04X})" if c.isprintable() else f"U+{ord(c):04X}" for c in characters[:3]
    )
    return shown + (" and others" if len(characters) > 3 else "")


def _every_text(filing: Filing) -> Iterator[tuple[Path, str]]:
    """The texts that a filer writes, with their paths."""
    for index, owner in enumerate(filing.owners):
        for name in ("officer_title", "other_text"):
            yield ("owners", index, name), getattr(owner, name) or ""
        for name in ("street1", "street2", "city", "non_us_state_territory"):
            yield ("owners", index, "address", name), getattr(owner.address, name) or ""
    for path, row in filing.rows():
        for name in ("security_title", "nature_of_ownership", "underlying_title"):
            cell = getattr(row, name, None)
            yield (*path, name), (cell.value or "") if cell is not None else ""
    for index, note in enumerate(filing.footnotes):
        yield ("footnotes", index, "text"), note.text or ""
    yield ("remarks",), filing.remarks or ""
    for index, signature in enumerate(filing.signatures):
        yield ("signatures", index, "name"), signature.name or ""


def _is_plain(filing: Filing) -> bool:
    """Whether a document's texts are all ASCII, as nearly every document's are: looked at without their paths."""
    issuer = filing.issuer
    texts = [issuer.name, issuer.trading_symbol, issuer.foreign_trading_symbol, filing.remarks]
    for owner in filing.owners:
        at = owner.address
        texts += (owner.name, owner.officer_title, owner.other_text)
        texts += (at.street1, at.street2, at.city, at.non_us_state_territory)
    for _path, row in filing.rows():
        texts += (row.security_title.value, row.nature_of_ownership.value)
    texts += (row.underlying_title.value for row in filing.derivative)
    texts += (note.text for note in filing.footnotes)
    texts += (signature.name for signature in filing.signatures)
    return "".join(filter(None, texts)).isascii()


_HIDDEN: Final = Pattern(r"[\x80-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Characters with no shape: C1 controls, zero-width characters, line separators, and marks of text direction."""


@rule("DOC-046", "Invisible character", Severity.WARNING, cite.PRACTICE)
def character_hidden(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A name or text contains an invisible character, such as a control character or a mark of text direction.

    Why: A reader does not see the character. It can make a name look different from the name that is filed. XML permits
    these characters, so no other rule reports them. This rests on general knowledge.
    Fix: Remove the character.
    Silent: Never.
    """
    if _is_plain(filing):
        return
    for path, text in (*_names(filing), *_every_text(filing)):
        found = [] if text.isascii() else _HIDDEN.findall(text)
        if found:
            odd = "".join(dict.fromkeys(found))
            plain = _HIDDEN.sub("", text)
            yield Hit(
                path,
                f"The text has {_named(odd)}, which a reader cannot see; remove it",
                fix=Fix("Remove the invisible characters", (Edit(path, plain),), safe=False),
            )


def _names(filing: Filing) -> Iterator[tuple[Path, str]]:
    """Names and symbols, some of which EDGAR fills in itself."""
    for name in ("name", "trading_symbol", "foreign_trading_symbol"):
        yield ("issuer", name), getattr(filing.issuer, name) or ""
    for index, owner in enumerate(filing.owners):
        yield ("owners", index, "name"), owner.name or ""


_FOREIGN: Final = Pattern(
    r"\b(?:el|los|las|del|una|por|para|con|que|como|fue|sus|les|des|une|pour|dans|sur|avec|est|sont|qui|der|die|das|und"
    r"|den|dem|ein|eine|von|mit|nicht|wurde|sind|il|gli|della|delle|che|per|sono|di|os|dos|uma|com|foram)\b",
    re.IGNORECASE,
)
_ENGLISH: Final = Pattern(
    r"\b(?:the|of|and|to|in|by|for|on|is|was|were|are|this|that|which|with|as|from|shares)\b", re.IGNORECASE
)
_ENOUGH: Final = 12


@rule(
    "DOC-020",
    "Text not in English",
    Severity.WARNING,
    cite.REGULATION_ST_306,
    when=When(
        words=(
            " el ",
            " los ",
            " las ",
            " del ",
            " les ",
            " des ",
            " der ",
            " die ",
            " und ",
            " gli ",
            " della ",
            " dos ",
        )
    ),
)
def text_not_english(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote or Remarks is not in English.

    Why: By general knowledge of Regulation S-T, Rule 306, filings must be in English. The Holding Foreign Insiders
    Accountable Act also requires English.
    Fix: Write the text in English.
    Silent: For short texts, and for foreign names in an English text.
    """
    texts = [(("footnotes", i, "text"), note.text or "") for i, note in enumerate(filing.footnotes)]
    for path, text in (*texts, (("remarks",), filing.remarks or "")):
        words = len(text.split())
        foreign = sum(1 for _ in _FOREIGN.finditer(text))
        if (
            words >= _ENOUGH
            and 5 * foreign >= words
            and foreign > 2 * sum(1 for _ in _ENGLISH.finditer(text))
        ):
            yield Hit(path, "The text does not appear to be in English; translate it")


RULES: Final[tuple[Rule, ...]] = (
    character_hidden,
    character_not_ascii,
    text_not_english,
    schema_version_supplied,
    filled_field_supplied,
    nothing_reported,
    holdings_only,
)
