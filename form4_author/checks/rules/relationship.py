"""Relationship of reporting persons to the issuer, box 5: officer titles, other text, addresses, joint filers.

Sources: Form 4, box 5 and General Instructions 1(d), 4(b) and 6(a); EDGAR Ownership XML Technical Specification 5.5,
sections 3.5 and 4.3.2. What a title means is practice; rules about it are notes.
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
"""Beginnings of such words that stand for them."""
_LAST: Final = Pattern(r"(?:\A|[^\w.])([A-Za-z]+)\Z")
_OPEN: Final = Pattern(r"(?:[&,/(-]|\b(?:and|of|for|the))\Z", re.IGNORECASE)
"""What no title ends in."""
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


@rule("OWN-006", "Title without Officer", Severity.WARNING, cite.FORM4_BOX_5)
@text_matches(
    "officer_title",
    bool,
    'Officer title is "{text}", but Officer is not ticked',
    of=owners,
    when=lambda owner: not owner.is_officer,
    related=("is_officer",),
    fix=set_to("Clear the officer title", "officer_title", None),
)
def title_without_office() -> None:
    """An officer title is given, but Officer is not ticked.

    Why: The form asks for a title below the box Officer; without the tick a reader can't tell what holds.
    Fix: Tick Officer, or clear the title.
    Silent: When Officer is ticked.
    """


@rule("OWN-008", "Text without Other", Severity.WARNING, cite.FORM4_BOX_5)
@text_matches(
    "other_text",
    bool,
    'The text for Other is "{text}", but Other is not ticked',
    of=owners,
    when=lambda owner: not owner.is_other,
    related=("is_other",),
    fix=set_to("Clear the text for Other", "other_text", None),
)
def text_without_other() -> None:
    """A text for Other is given, but Other is not ticked.

    Why: The form prints the text in box 5 all the same, where it stands beside no tick.
    Fix: Tick Other, or clear the text.
    Silent: When Other is ticked.
    """


@rule("OWN-009", "Reason that is none", Severity.WARNING, cite.FORM4_INSTR_1D)
@text_matches(
    "other_text",
    lambda text: text.casefold().rstrip(".") in _NO_REASON,
    'The text for Other is "{text}", which does not say why the person files',
    of=owners,
    when=lambda owner: owner.is_other,
)
def reason_that_is_none() -> None:
    """Other is ticked, and its text does not say why the person files.

    Why: The instruction asks to describe the reason.
    Fix: Say it, such as "Former director" or "Member of 10% owner group".
    Silent: For any other text.
    """


@rule("OWN-010", "See Remarks, and there are none", Severity.WARNING, cite.FORM4_INSTR_6A)
def remarks_missing(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A title or the text for Other refers to remarks or footnotes, and the form has neither.

    Why: The full title has to stand somewhere on the form.
    Fix: Write it into the remarks.
    Silent: When there are remarks or any footnote.
    """
    if filing.footnotes or (filing.remarks or "").strip():
        return
    for index, owner in enumerate(filing.owners):
        for name in ("officer_title", "other_text"):
            text = (getattr(owner, name) or "").strip()
            if _SEE.search(text):
                yield Hit(
                    _at(index, name),
                    f'"{text}" refers to text that is not on the form: there are no remarks and no footnotes',
                    related=(("remarks",),),
                )


@rule("OWN-011", "Title cut off", Severity.NOTE, cite.SPEC_3_5)
def title_cut_off(filing: Filing, _context: Context) -> Iterator[Hit]:
    """An officer title or a text for Other fills all 30 characters and ends as if in the middle.

    Why: EDGAR takes 30 characters; a longer title that was cut says something else.
    Fix: Shorten it by hand, or write "See Remarks" and the full title there.
    Silent: For shorter texts, and for those that do not end in the beginning of a common word of titles, in "and" or
    "of"; for usual short forms such as Sec and Pres.
    """
    for index, owner in enumerate(filing.owners):
        for name in ("officer_title", "other_text"):
            text = (getattr(owner, name) or "").strip()
            if len(text) == _LONGEST and _ends_in_the_middle(text):
                yield Hit(
                    _at(index, name),
                    f'"{text}" fills all {_LONGEST} characters and seems cut off; shorten it or use the remarks',
                )


def _ends_in_the_middle(text: str) -> bool:
    """Whether a text ends in the beginning of a common word of titles, or in a word after which another must come."""
    if _OPEN.search(text):
        return True
    last = _LAST.search(text)
    word = last[1].lower() if last is not None else ""
    if len(word) < _SHORTEST_PIECE or _SHORT_FORMS.match(word):
        return False
    spaced = f" {_TITLE_WORDS}"
    return f" {word}" in spaced and f" {word} " not in spaced


@rule("OWN-012", "Title that is no office", Severity.NOTE, cite.RULE_16A_1F)
@text_matches(
    "officer_title",
    _NOT_AN_OFFICE.match,
    'Officer is ticked, but "{text}" is not the title of an officer',
    of=owners,
    when=lambda owner: owner.is_officer,
)
def title_is_no_office() -> None:
    """Officer is ticked, and the title is not one of an officer.

    Why: By general knowledge of Rule 16a-1(f), an officer is the president, the principal financial or accounting
    officer, a vice president in charge of a principal unit, or another person who makes policy.
    Fix: Give the office, or tick what applies instead.
    Silent: For every title but plain words such as Employee, Consultant or Shareholder.
    """


@rule("OWN-014", "Half an address", Severity.WARNING, cite.SPEC_4_3_2)
def address_incomplete(filing: Filing, context: Context) -> Iterator[Hit]:
    """Some parts of an address are given and others are not.

    Why: EDGAR fills in the address it has only where none of it is given; half an address is published as it stands.
    Fix: Give street, city, state or country, and zip, or leave all of it out.
    Silent: On published forms; without any address; abroad, where a zip code is not everywhere.
    """
    if not context.profile.will_be_sent:
        return
    for index, owner in enumerate(filing.owners):
        missing = _missing_parts(owner.address)
        if missing:
            first, *others = (("owners", index, "address", name) for name in missing)
            yield Hit(
                first,
                f"The address lacks {' and '.join(missing.values())}; give all of it, or none, and EDGAR uses "
                "the one it has",
                related=tuple(others),
            )


def _missing_parts(address: Address) -> dict[str, str]:
    """The empty cells of an address and their captions; none where no part of it is given."""
    place = address.country if address.non_us else address.state
    parts = {"street1": "Street 1", "city": "City"} | ({} if address.non_us else {"zip": "Zip"})
    if not any((address.street1, address.street2, address.city, address.zip, place)):
        return {}
    return {name: caption for name, caption in parts.items() if not (getattr(address, name) or "").strip()}


@rule("OWN-019", "Joint filers in one", Severity.WARNING, cite.FORM4_INSTR_4B_V)
@text_matches(
    "name",
    lambda name: any(words in name.casefold() for words in _SEVERAL),
    '"{text}" stands for several persons; give each by itself',
    of=owners,
)
def joint_filers_in_one() -> None:
    """One reporting person is named as several.

    Why: In a joint filing the form asks for all required information for each beneficial owner, each by a CIK and
    relationship of its own. That the name stands for several is read from its words.
    Fix: Add each as a reporting person.
    Silent: For names of firms and families with "and", such as Smith and Jones LLC.
    """


@rule("OWN-021", "Ten joint filers, and no word of more", Severity.NOTE, cite.SPEC_3_5)
def companion_unmentioned(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The form names ten reporting persons, the most it can hold, and does not say whether there are more.

    Why: EDGAR takes ten in one filing; a group of more files several, which practice ties together in the remarks.
    Fix: If there are more, say so in the remarks: "Form 1 of 2; the other reporting persons file separately."
    Silent: Below ten, and when a text speaks of another form.
    """
    if len(filing.owners) == _MOST_OWNERS and not _COMPANION.search(filing.prose()):
        yield Hit(
            ("remarks",),
            f"The form names {_MOST_OWNERS} reporting persons, the most it can; if there are more, refer to their form",
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
    """A person who is a 10% owner only says to have no voting or investment power over what is reported.

    Why: Who holds more than ten per cent is decided by voting and investment power (Rule 16a-1(a)(1)); what is
    reported, by pecuniary interest (a)(2).
    Fix: See whether 10% Owner is right.
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
            "10% Owner is ticked, but a text says that the person has no voting or investment power",
            related=(path,),
        )


def _is_holder_only(owner: Owner) -> bool:
    return bool(owner.is_ten_percent_owner) and not (owner.is_director or owner.is_officer or owner.is_other)


RULES: Final[tuple[Rule, ...]] = (
    title_without_office,
    text_without_other,
    reason_that_is_none,
    remarks_missing,
    title_cut_off,
    title_is_no_office,
    address_incomplete,
    joint_filers_in_one,
    companion_unmentioned,
    holder_without_power,
)
