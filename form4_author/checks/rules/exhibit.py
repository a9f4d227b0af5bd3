"""Exhibits and texts: cited, listed and numbered exhibits, powers of attorney, and words that do not belong.

Sources: Form 4 General Instructions 6(a), 6(c) and 7(a); EDGAR Ownership XML Technical Specification 5.5, conditions
cm(8). What may be public and what reads as unfinished is practice. Rules about attachments need the envelope.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import has_notes
from form4_author.findings import Hit, Severity
from form4_author.text import Pattern, without_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.submission import Attachment

__all__ = ["RULES"]

_CITED: Final = Pattern(r"\b(?:exhibit|ex\.?)[\s-]*(24|99)(?:\.\d+)?\b", re.IGNORECASE)
_KINDS: Final = ("EX-24", "EX-99")
_TEXT_FILES: Final = (".txt", ".htm")
_APPOINTS: Final = Pattern(r"appoint|constitut|designat|attorney[- ]in[- ]fact|authori[sz]", re.IGNORECASE)
_FORMS: Final = Pattern(r"\bforms?\s+(?:id\W+)?[345]\b|section\s+16", re.IGNORECASE)
_LASTS: Final = Pattern(
    r"full force|in effect|until|expire|revok|terminat|no longer (?:required|subject)|duration", re.IGNORECASE
)
_NOT_APPLICABLE: Final = Pattern(r"\A\W*(?:not applicable|n/?a|none|not available)\b\W*\Z", re.IGNORECASE)
_NUMBER: Final = r"\d{3}[\s.-]\d{4}"
_PERSONAL: Final = (
    ("a social security number", Pattern(r"\b(?!000|666|9\d\d)\d{3}-\d{2}-\d{4}\b")),
    ("an e-mail address", Pattern(r"[\w.+-]+@[\w-]+\.\w{2,}")),
    ("a telephone number", Pattern(rf"\(\d{{3}}\)\s?{_NUMBER}|\b\d{{3}}[.-]{_NUMBER}\b")),
    (
        "an account number",
        Pattern(r"\b(?:account|acct\.?)\s*(?:no\.?|number|#)\W{0,3}[A-Z0-9-]*\d{4,}", re.IGNORECASE),
    ),
)
_NEVER: Final = ("a social security number", "an account number")
"""What no exhibit needs; a letterhead has the others."""
_SUSPECT: Final = (Pattern(r"\d\d[\s.-]\d{4}"), Pattern(r"acc(?:oun)?t\.?\s*(?:no|number|#)"))
"""What numbers of persons, telephones and accounts have; looked for first, in small letters."""
_UNFINISHED: Final = Pattern(
    r"\bestimated?\b(?! (?:fair|based on the black))|\bto be determined\b|\bapproximate(?:ly)? (?:price|amount|number)",
    re.IGNORECASE,
)
_OF_A_FUND: Final = Pattern(r"\b(?:fund|unit(?:s|ized)?|savings|401\(k\)|tax(?:es)?)\b", re.IGNORECASE)
"""What is always estimated: shares in the units of a plan's fund, taxes to be covered."""
_NUMERIC: Final = (
    "amount",
    "price",
    "amount_owned_following",
    "total_value",
    "value_owned_following",
    "underlying_amount",
)
_OF_A_ROW: Final = Pattern(
    r"\b(?:table (?:i|ii|1|2)\W+(?:line|row)|(?:line|row)s?\s+#?\d+|(?:first|second|third|last) (?:line|row))\b",
    re.IGNORECASE,
)


def _texts(filing: Filing) -> Iterator[tuple[Path, str]]:
    """Footnotes and remarks with their paths."""
    for index, note in enumerate(filing.footnotes):
        if note.text:
            yield ("footnotes", index, "text"), note.text
    if filing.remarks:
        yield ("remarks",), filing.remarks


def _exhibits(context: Context) -> list[tuple[Path, Attachment, str]]:
    """The attachments that are exhibits, each with its kind; empty without an envelope."""
    attachments = context.submission.attachments if context.submission is not None else ()
    return [
        (("attachments", index), attachment, kind)
        for index, attachment in enumerate(attachments)
        for kind in _KINDS
        if (attachment.type or "").upper().startswith(kind)
    ]


def _is_text(attachment: Attachment) -> bool:
    return (attachment.name or "").lower().endswith(_TEXT_FILES)


def _text_of(attachment: Attachment) -> str:
    """What an exhibit says, without markup; empty for a picture."""
    return without_tags(attachment.content.decode("ascii", "replace")) if _is_text(attachment) else ""


@rule(
    "FTN-009",
    "Exhibit cited but not attached",
    Severity.WARNING,
    cite.FORM4_INSTR_6A,
    cite.FORM4_INSTR_6C,
    when=When(words=("exhibit", "ex-24", "ex-99", "ex 24", "ex. 24", "ex 99", "ex. 99"), has=("envelope",)),
)
def exhibit_not_attached(filing: Filing, context: Context) -> Iterator[Hit]:
    """A footnote or the remarks cite Exhibit 24 or 99, but no such exhibit is attached.

    Why: The exhibit that a form refers to is filed with the form.
    Fix: Attach the exhibit, or say where it is on file.
    Silent: Without an envelope, since the form itself holds no attachments; on published filings.
    """
    attached = {kind[-2:] for _path, _attachment, kind in _exhibits(context)}
    for path, text in _texts(filing):
        for number in dict.fromkeys(found[1] for found in _CITED.finditer(text)):
            if number not in attached:
                yield Hit(path, f"Exhibit {number} is cited, but no EX-{number} is attached")


@rule(
    "FTN-010",
    "Exhibits not listed",
    Severity.WARNING,
    cite.FORM4_INSTR_6C,
    when=When(
        has=(
            "to_send",
            "attachments",
        )
    ),
)
def exhibits_not_listed(filing: Filing, context: Context) -> Iterator[Hit]:
    """Exhibits are attached, but no footnote or remark lists them.

    Why: The instruction asks for a sequentially numbered list of the exhibits.
    Fix: Add to the remarks "Exhibit List: EX-24 - Power of Attorney".
    Silent: When a footnote or the remarks mention an exhibit; without an envelope; on published filings.
    """
    exhibits = _exhibits(context) if context.profile.will_be_sent else []
    if exhibits and "exhibit" not in filing.prose() and "ex-" not in filing.prose():
        kinds = ", ".join(dict.fromkeys(kind for _path, _attachment, kind in exhibits))
        yield Hit(
            ("remarks",),
            f"{kinds} is attached, but not listed; add an exhibit list to the remarks",
            related=tuple(path for path, _attachment, _kind in exhibits),
        )


@rule(
    "FTN-011",
    "Exhibits of one type without separate numbers",
    Severity.WARNING,
    cite.FORM4_INSTR_6C,
    when=When(
        has=(
            "to_send",
            "attachments",
        )
    ),
)
def exhibits_unnumbered(_filing: Filing, context: Context) -> Iterator[Hit]:
    """Several exhibits of one type have the same number.

    Why: The instruction asks for numerical subparts where there are several.
    Fix: Number them EX-24.1, EX-24.2 and so on.
    Silent: For one exhibit of a type; without an envelope; on published filings.
    """
    exhibits = _exhibits(context)
    for kind in _KINDS:
        same = [(path, (attachment.type or "").upper()) for path, attachment, k in exhibits if k == kind]
        types = [name for _path, name in same]
        if len(same) > 1 and (kind in types or len(set(types)) < len(types)):
            first = next(path for path, name in same if name == kind or types.count(name) > 1)
            others = tuple(path for path, _name in same if path != first)
            yield Hit(
                first,
                f"{len(same)} exhibits are attached as {', '.join(types)}; number them {kind}.1 to {kind}.{len(same)}",
                related=others,
            )


@rule(
    "SIG-009",
    "Power of attorney incomplete",
    Severity.WARNING,
    cite.FORM4_INSTR_7A,
    when=When(
        has=(
            "to_send",
            "attachments",
        )
    ),
)
def power_incomplete(filing: Filing, context: Context) -> Iterator[Hit]:
    """An attached power of attorney lacks the person, the attorney-in-fact, the forms it covers or its duration.

    Why: The instruction asks that it authorize and designate who files on the person's behalf, and for how long.
    Fix: Attach one that has all four.
    Silent: For pictures; without an envelope; on published filings.
    """
    for path, attachment, kind in _exhibits(context):
        if kind == "EX-24" and _is_text(attachment):
            missing = _missing_in_power_of_attorney(_text_of(attachment), filing)
            if missing:
                yield Hit(path, f"The power of attorney does not {' or '.join(missing)}")


def _missing_in_power_of_attorney(text: str, filing: Filing) -> list[str]:
    """What a power of attorney does not say, as ``name the reporting person``."""
    low = text.lower()
    names = [(owner.name or "").lower().replace(",", " ").split() for owner in filing.owners]
    names_owner = any(name and sum(word in low for word in name) >= min(2, len(name)) for name in names)
    return [
        what
        for what, said in (
            ("name the reporting person", names_owner or not any(names)),
            ("appoint an attorney-in-fact", _APPOINTS.search(text)),
            ("mention Forms 3, 4 or 5", _FORMS.search(text)),
            ("say how long it lasts", _LASTS.search(text)),
        )
        if not said
    ]


@rule(
    "FTN-013",
    "Value given, but its footnote says there is none",
    Severity.NOTE,
    cite.SPEC_3_5,
    when=When(words=("not applicable", "n/a", "none", "not available")),
)
def value_not_applicable(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A price or date has a value, but its footnote says only that there is none.

    Why: EDGAR accepts the footnote alone. A placeholder beside it misleads.
    Fix: Clear the value and keep the footnote.
    Silent: For footnotes that say anything else.
    """
    texts = filing.footnote_texts()
    for path, row in filing.rows():
        for name in ("price", "exercise_price", "date_exercisable", "expiration_date"):
            cell = getattr(row, name, None)
            if cell is None or cell.value is None:
                continue
            note = next((id for id in cell.footnotes if _NOT_APPLICABLE.match(texts.get(id, ""))), None)
            if note is not None:
                yield Hit(
                    (*path, name), f'The value is {cell.value}, but footnote {note} says "{texts[note]}"'
                )


@rule("FTN-014", "Personal data in a public text", Severity.WARNING, cite.PRACTICE)
def personal_data(filing: Filing, context: Context) -> Iterator[Hit]:
    """A text appears to contain a social security, account or telephone number or an e-mail address.

    Why: The form is public. That such data do not belong in it is practice; no rule forbids them.
    Fix: Remove the data.
    Silent: For numbers in other formats; for telephone numbers and addresses in exhibits, such as a letterhead.
    """
    prose = filing.prose()
    if "@" in prose or any(pattern.search(prose) for pattern in _SUSPECT):
        for path, text in _texts(filing):
            for what, pattern in _PERSONAL:
                if pattern.search(text):
                    yield Hit(path, f"The text seems to contain {what}; the form is public")
    for path, attachment, _kind in _exhibits(context):
        text = _text_of(attachment)
        for what, pattern in _PERSONAL:
            if what in _NEVER and pattern.search(text):
                yield Hit(path, f"The exhibit seems to contain {what}; it is public")


@rule(
    "FTN-015",
    "Number not final",
    Severity.NOTE,
    cite.PRACTICE,
    when=When(words=("estimate", "approximate", "to be determined")),
)
def number_not_final(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The footnote to an amount or a price says that it is estimated or still to be determined.

    Why: By general knowledge, a number that changes later requires an amendment.
    Fix: Give the final number, or plan the amendment.
    Silent: For footnotes in other fields; for estimates of value by a model, of shares in a fund and of taxes.
    """
    texts = filing.footnote_texts()
    for path, ids in filing.references():
        if path[-1] not in _NUMERIC:
            continue
        note = next((id for id in ids if _is_unfinished(texts.get(id, ""))), None)
        if note is not None:
            yield Hit(path, f"Footnote {note} says that this number is not final")


def _is_unfinished(text: str) -> bool:
    return _UNFINISHED.search(text) is not None and not _OF_A_FUND.search(text)


@rule(
    "FTN-016",
    "Remarks explain a line that has no footnote",
    Severity.NOTE,
    cite.FORM4_INSTR_6A,
    when=When(words=("line", "row")),
)
def remarks_about_a_line(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The remarks mention a line of a table, and no line has a footnote.

    Why: The instruction ties an explanation to its line by a footnote; a reader of the line does not see the remarks.
    Fix: Move the text to a footnote on that line.
    Silent: When any line has a footnote.
    """
    if any(has_notes(filing, path) for path, _row in filing.rows()):
        return
    found = _OF_A_ROW.search(filing.remarks or "")
    if found is not None:
        yield Hit(("remarks",), f'The remarks mention "{found[0]}", but no line has a footnote')


RULES: Final[tuple[Rule, ...]] = (
    exhibit_not_attached,
    exhibits_not_listed,
    exhibits_unnumbered,
    power_incomplete,
    value_not_applicable,
    personal_data,
    number_not_final,
    remarks_about_a_line,
)
