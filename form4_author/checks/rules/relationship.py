"""Relationship of reporting persons to the issuer, box 5: officer titles, other text, addresses, joint filers.

Sources: Form 4, box 5 and General Instructions 1(d), 4(b) and 6(a); EDGAR Ownership XML Technical Specification 5.5,
sections 3.5 and 4.3.2. The meaning of a title is a matter of practice, so rules about it are notes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.shape import owners, set_to, text_matches
from form4_author.findings import Hit, Severity
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.party import Address, Owner

__all__ = ["RULES"]

_NO_REASON: Final = frozenset(
    {
        "other",
        "others",
        "n/a",
        "na",
        "none",
        "not applicable",
        "see below",
        "see above",
        "other (specify below)",
        "tbd",
    }
)
_SEE: Final = Pattern(r"\b(?:see|refer to)\b.*\b(?:remark|footnote|note|explanation|below)", re.IGNORECASE)
_LONGEST: Final = 30
_SHORTEST_PIECE: Final = 2
_TITLE_WORDS: Final = (
    "accounting administration administrative affairs banking chairman chairperson commercial "
    "communications compliance controller counsel development director division executive finance "
    "financial general global human information innovation international legal management manager "
    "manufacturing marketing member officer operations operating ownership president principal "
    "procurement product reporting resources revenue secretary security services strategist strategy "
    "supply sustainability technology treasurer vice "
)
_SHORT_FORMS: Final = Pattern(
    r"(?:"
    r"acc|account|adm|admin|chair|co|com|comm|comp|contr|corp|dev|dir|div|exec|fin|gen|glob|info|int"
    r"|intl|man|mem|op|oper|pres|prin|prod|report|rev|sec|secure|serv|supp|tech|treas"
    r")\Z"
)
"""Usual abbreviations that are beginnings of such words."""
_LAST: Final = Pattern(r"(?:\A|[^\w.])([A-Za-z]+)\Z")
_OPEN: Final = Pattern(r"(?:[&,/(-]|\b(?:and|of|for|the))\Z", re.IGNORECASE)
"""Words and marks in which no title ends."""
_NOT_AN_OFFICE: Final = Pattern(
    r"\A(?:an? )?(?:former )?(?:employee|consultant|shareholder|stockholder|adviser|advisor|contractor|spouse|investor"
    r"|10% owner|ten percent owner|director)\Z",
    re.IGNORECASE,
)
_COMPANION: Final = Pattern(
    r"\b\d+ of \d+\b|companion|separate(?:ly)?\b.{0,40}\b(?:form|fil)|additional (?:reporting|form|fil)"
    r"|(?:second|other|another|two|three) forms?\b|simultaneous|concurrent|joint filer|more than (?:10|ten)"
    r"|limit of (?:10|ten)",
    re.IGNORECASE,
)
_SEVERAL: Final = ("joint filer", " and others", "reporting persons", "see attached", "see exhibit")
_MOST_OWNERS: Final = 10
_NO_POWER: Final = Pattern(
    r"\bno (?:voting|dispositive|voting (?:and|or) dispositive|investment)[^.]{0,40}\b(?:power|control|authority)"
    r"|\bpecuniary interest only\b|\bonly a pecuniary interest\b",
    re.IGNORECASE,
)


def _at(index: int, name: str) -> Path:
    return ("owners", index, name)


@rule("OWN-006", "Officer title, but Officer not checked", Severity.WARNING, cite.FORM4_BOX_5)
@text_matches(
    "officer_title",
    bool,
    'Officer title is "{text}", but Officer is not checked',
    of=owners,
    when=lambda owner: not owner.is_officer,
    related=("is_officer",),
    fix=set_to("Clear the officer title", "officer_title", None),
)
def title_without_office() -> None:
    """An officer title is given, but Officer is not checked.

    Why: The title belongs to the Officer box. A reader cannot know whether the person is an officer.
    Fix: Check Officer, or clear the title.
    Silent: When Officer is checked.
    """


@rule("OWN-008", 'Text for "Other", but Other not checked', Severity.WARNING, cite.FORM4_BOX_5)
@text_matches(
    "other_text",
    bool,
    'The text for Other is "{text}", but Other is not checked',
    of=owners,
    when=lambda owner: not owner.is_other,
    related=("is_other",),
    fix=set_to("Clear the text for Other", "other_text", None),
)
def text_without_other() -> None:
    """A text for Other is given, but Other is not checked.

    Why: The text appears in box 5 even though the box is not checked.
    Fix: Check Other, or clear the text.
    Silent: When Other is checked.
    """


@rule("OWN-009", '"Other" relationship not explained by its text', Severity.WARNING, cite.FORM4_INSTR_1D)
@text_matches(
    "other_text",
    lambda text: text.casefold().rstrip(".") in _NO_REASON,
    'The text for Other is "{text}"; say why the person reports',
    of=owners,
    when=lambda owner: owner.is_other,
)
def other_text_uninformative() -> None:
    """Other is checked, but its text does not say why the person reports.

    Why: The instruction requires a description of the reason.
    Fix: Describe the reason, such as "Former director" or "Member of 10% owner group".
    Silent: For any other text.
    """


@rule(
    "OWN-010",
    "Refers to Remarks or footnotes, but the form has neither",
    Severity.WARNING,
    cite.FORM4_INSTR_6A,
)
def remarks_missing(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A title or the text for Other refers to Remarks or footnotes, but the form has neither.

    Why: The full title must appear somewhere on the form.
    Fix: Put the full title in Remarks.
    Silent: When Remarks has text or the form has a footnote.
    """
    if filing.footnotes or (filing.remarks or "").strip():
        return
    for index, owner in enumerate(filing.owners):
        for name in ("officer_title", "other_text"):
            text = (getattr(owner, name) or "").strip()
            if _SEE.search(text):
                yield Hit(
                    _at(index, name),
                    f'"{text}" refers to text that is not on the form; put that text in Remarks',
                    related=(("remarks",),),
                )


@rule("OWN-011", "Title that appears to be cut off", Severity.NOTE, cite.SPEC_3_5)
def title_cut_off(filing: Filing, _context: Context) -> Iterator[Hit]:
    """An officer title or a text for Other has 30 characters and appears to end in the middle.

    Why: EDGAR accepts at most 30 characters. A longer title that is cut off may mean something different.
    Fix: Shorten the title, or write "See Remarks" and put the full title in Remarks.
    Silent: For shorter texts; for texts that do not end in part of a common word of titles, or in a word such as "and"
    or "of"; for usual abbreviations such as Sec and Pres.
    """
    for index, owner in enumerate(filing.owners):
        for name in ("officer_title", "other_text"):
            text = (getattr(owner, name) or "").strip()
            if len(text) == _LONGEST and _ends_in_the_middle(text):
                yield Hit(
                    _at(index, name),
                    f'"{text}" has {_LONGEST} characters, the most allowed, and may be cut off; shorten it',
                )


def _ends_in_the_middle(text: str) -> bool:
    """Whether a text ends in the beginning of a common word of titles, or in a word after which a word must follow."""
    if _OPEN.search(text):
        return True
    last = _LAST.search(text)
    word = last[1].lower() if last is not None else ""
    if len(word) < _SHORTEST_PIECE or _SHORT_FORMS.match(word):
        return False
    spaced = f" {_TITLE_WORDS}"
    return f" {word}" in spaced and f" {word} " not in spaced


@rule("OWN-012", "Officer title that does not name an office", Severity.NOTE, cite.RULE_16A_1F)
@text_matches(
    "officer_title",
    _NOT_AN_OFFICE.match,
    'Officer is checked, but the title "{text}" is not an office',
    of=owners,
    when=lambda owner: owner.is_officer,
)
def title_not_an_office() -> None:
    """Officer is checked, but the title does not name an office.

    Why: By general knowledge of Rule 16a-1(f), an officer is the president, the principal financial or accounting
    officer, a vice president in charge of a principal unit, division or function, or any other policy-maker.
    Fix: Give the office, or check the relationship that applies.
    Silent: For any title except words such as Employee, Consultant or Shareholder.
    """


@rule("OWN-014", "Incomplete address", Severity.WARNING, cite.SPEC_4_3_2, when=When(has=("to_send",)))
def address_incomplete(filing: Filing, _context: Context) -> Iterator[Hit]:
    """Some parts of an address are given, but others are missing.

    Why: EDGAR uses the address on record only if no part of an address is given. An incomplete address is published as
    given.
    Fix: Give street, city, state or country, and zip code, or leave out the whole address.
    Silent: On published filings; without any address; for a missing zip code in a non-US address.
    """
    for index, owner in enumerate(filing.owners):
        missing = _missing_parts(owner.address)
        if missing:
            first, *others = (("owners", index, "address", name) for name in missing)
            yield Hit(
                first,
                f"The address has no {' and no '.join(missing.values())}; complete it, or clear it to use EDGAR's",
                related=tuple(others),
            )


def _missing_parts(address: Address) -> dict[str, str]:
    """The empty cells of an address and their captions; no cells if no part of it is given."""
    place = address.country if address.non_us else address.state
    parts = {"street1": "Street 1", "city": "City"} | ({} if address.non_us else {"zip": "Zip"})
    if not any((address.street1, address.street2, address.city, address.zip, place)):
        return {}
    return {name: caption for name, caption in parts.items() if not (getattr(address, name) or "").strip()}


@rule("OWN-019", "Several joint filers in one name", Severity.WARNING, cite.FORM4_INSTR_4B_V)
@text_matches(
    "name",
    lambda name: any(words in name.casefold() for words in _SEVERAL),
    '"{text}" appears to name several persons; list each separately',
    of=owners,
)
def joint_filers_in_one() -> None:
    """The name of one reporting person appears to include several persons.

    Why: In a joint filing, the form requires all information for each beneficial owner, with a separate CIK and
    relationship. This rule looks only at the words of the name.
    Fix: Add each person as a separate reporting person.
    Silent: For names of firms and families with "and", such as Smith and Jones LLC.
    """


@rule("OWN-021", "Ten reporting persons and no mention of a second form", Severity.NOTE, cite.SPEC_3_5)
def companion_unmentioned(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The form lists ten reporting persons, the most allowed, and does not say whether there are more.

    Why: EDGAR accepts ten reporting persons on a filing. A larger group files several forms, and in practice each
    refers to the others in Remarks.
    Fix: If there are more, say so in Remarks: "Form 1 of 2; the other reporting persons file separately."
    Silent: With fewer than ten, and when a text mentions a second form.
    """
    if len(filing.owners) == _MOST_OWNERS and not _COMPANION.search(filing.prose()):
        yield Hit(
            ("remarks",),
            f"The form lists {_MOST_OWNERS} reporting persons, the most allowed; if there are more, mention their form",
            related=(("owners",),),
        )


@rule(
    "OWN-023",
    "10% owner without voting or investment power",
    Severity.NOTE,
    cite.RULE_16A_1,
    cite.FORM4_INSTR_4B_I,
    when=When(words=("pecuniary", "voting", "dispositive", "investment")),
)
def holder_without_power(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A text says that a person who is only a 10% owner has no voting or investment power.

    Why: Voting and investment power determine who is a 10% owner (Rule 16a-1(a)(1)); pecuniary interest determines what
    is reported (Rule 16a-1(a)(2)).
    Fix: Confirm that 10% Owner is right.
    Silent: For directors, officers and others, and with any other text.
    """
    if len(filing.owners) != 1 or not _is_holder_only(filing.owners[0]):
        return
    texts = [(("footnotes", i, "text"), note.text or "") for i, note in enumerate(filing.footnotes)]
    path = next(
        (path for path, text in (*texts, (("remarks",), filing.remarks or "")) if _NO_POWER.search(text)),
        None,
    )
    if path is not None:
        yield Hit(
            _at(0, "is_ten_percent_owner"),
            "10% Owner is checked, but a text says the person has no voting or investment power",
            related=(path,),
        )


def _is_holder_only(owner: Owner) -> bool:
    return bool(owner.is_ten_percent_owner) and not (owner.is_director or owner.is_officer or owner.is_other)


RULES: Final[tuple[Rule, ...]] = (
    title_without_office,
    text_without_other,
    other_text_uninformative,
    remarks_missing,
    title_cut_off,
    title_not_an_office,
    address_incomplete,
    joint_filers_in_one,
    companion_unmentioned,
    holder_without_power,
)
