"""Signatures: whether they are present, whose they are and in what capacity.

Sources: Form 4 General Instructions 4(b)(v), 7(a) and 7(b); Regulation S-T Rule 302; EDGAR Ownership XML Technical
Specification 5.5, section 4.3.7. Names are compared tolerantly: EDGAR writes "Last First Middle", and signers write
theirs in many ways.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.shape import signatures, text_matches
from form4_author.findings import Hit, Severity
from form4_author.revision.division import own_remarks
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing
    from form4_author.model.party import Owner

__all__ = [
    "RULES",
    "is_alike",
    "is_entity",
    "is_name_of",
    "names_person",
    "quoted",
    "shares_two_words",
    "signs_for_another",
]

_MARK: Final = Pattern(r"/?\s?\bs\s?/", re.IGNORECASE)
"""The conformed mark, also with a space or without a stroke: ``/s/``, ``/s /``, ``s/``."""
_PLACEHOLDER: Final = Pattern(
    r"signature|signed|sign here|name|signatory|to be signed|to be determined|tb[ad]|todo|n/?a|none|unsigned|initials"
    r"|x+|\[.*\]|[\W_]*",
    re.IGNORECASE,
)
_DIGITS: Final = Pattern(r"(?<![^\W\d_])[^\W\d_]{2,}[.,]?\s*+[-,]?\s*(?P<digits>\d[\d/.:-]*+)\W*\Z")
"""Digits with which a signature ends, behind a word."""
_NUMBERED: Final = Pattern(
    r"\b(?:filed|dated?|on|of|exhibit|ex|no|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*"
    r"|dec\w*|fund|trust|partners|series|class|llc|lp|gp|holdco)[.,]?\s+(?:\d{1,2},\s*)?\d[\d/.:-]*+\W*\Z|\(\d+\)\W*\Z",
    re.IGNORECASE,
)
"""Digits that belong at the end of a signature."""
_INITIALS: Final = Pattern(r"(?:[A-Z]\.?[\s-]?){2,3}\Z")
_CAPACITY: Final = Pattern(
    r"\batt\w*n\w*|\batty|\baif\b|\bpoa\b|power|\bagent\b|behalf|trust|partner|member|manag|president"
    r"|secretary|officer|director|authori[sz]|sign(?:er|atory)|executor|executrix|guardian|administrator|counsel"
    r"|chief|\bc[efol]o\b|\bcto\b|\bcao\b|\bs?e?vp\b|chair|treasurer|controller|principal|representative|custodian"
    r"|conservator|founder|general|legal|delegate|proxy|\bby\b|\bfor\b|\bper\b|\bas\b|exhibit|on file",
    re.IGNORECASE,
)
_ENTITY: Final = Pattern(
    r"\b(?:l\.?l\.?c|l\.?l?\.?p|inc|corp|co|company|ltd|plc|trust|fund|partners|holdings|n\.?a|s\.?a|ag|gmbh)\b\.?",
    re.IGNORECASE,
)
_ENTITY_NAME: Final = Pattern(
    r"\b(?:l\.?l\.?c|l\.?l?\.?p|inc|corp|corporation|ltd|limited|plc|trust|fund|partners|holdings|n\.?v|gmbh)\b\W*\Z",
    re.IGNORECASE,
)
_AGENT: Final = Pattern(r"\batt\w*n\w*[\s-]+in[\s-]+fact|\baif\b|\bpoa\b|power of attorney", re.IGNORECASE)
_FOR_OTHERS: Final = Pattern(
    r"\b(?:each|all|both)\b|reporting persons|reporting owners|exhibit", re.IGNORECASE
)
_SIGNED_FOR: Final = Pattern(r"\bbehalf|\bsign|attorney|joint filer|\bex(?:hibit|\.)?[\s-]*24", re.IGNORECASE)
"""Remarks that say for whom a signature is, or where that is said."""
_WORD: Final = Pattern(r"[^\W\d_]+")
_PARTICLES: Final = Pattern(
    r"(?:al|ap|bin|d|da|das|de|del|della|den|der|di|do|dos|du|el|ibn|la|le|los|mac|mc|o|of|san|st|ste|the|ten|ter|van"
    r"|vande|vanden|vander|von|zu)\Z"
)
_TITLES: Final = Pattern(
    r"(?:jr|sr|ii|iii|iv|dr|mr|mrs|ms|md|phd|esq|cpa|the|of|and|inc|llc|lp|ltd|corp|co)\Z"
)


def _is_placeholder(signed: str) -> bool:
    name = " ".join((_MARK.sub(" ", signed) if "/" in signed else signed).split())
    return bool(_PLACEHOLDER.fullmatch(name) or _INITIALS.match(name))


@rule("SIG-002", "Placeholder instead of a signature", Severity.ERROR, cite.REGULATION_ST_302)
@text_matches(
    "name", _is_placeholder, 'Signature of Reporting Person must be a name; found "{text}"', of=signatures
)
def signature_placeholder() -> None:
    """A signature is a mark, a placeholder or initials, not a name.

    Why: A typed signature is a symbol or series of symbols comprising a name, adopted by the person who signs.
    Fix: Type the name of the person who signs, such as /s/ Jane Doe.
    Silent: For any name.
    """


@rule("SIG-003", "Conformed signature mark missing", Severity.NOTE, cite.REGULATION_ST_302, cite.PRACTICE)
def mark_missing(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A signature has no /s/ mark, although a second signature of the form has one.

    Why: Most filers type /s/ before the name to show that the original was signed. Rule 302 accepts any symbol
    adopted as a signature, so that a name alone is sufficient: one accepted filing in five has it.
    Fix: Type /s/ before the name, as on the others.
    Silent: When /s/ appears anywhere in the signature; when no signature of the form has it.
    """
    if not any(signature.name and _MARK.search(signature.name) for signature in filing.signatures):
        return
    for index, signature in enumerate(filing.signatures):
        if signature.name and not _MARK.search(signature.name):
            yield Hit(
                ("signatures", index, "name"),
                f'Signature "{quoted(signature.name)}" has no /s/ before the name; another on this form does',
            )


@rule("SIG-018", "Date or digits in a signature", Severity.WARNING, cite.REGULATION_ST_302)
def digits_in_signature(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A signature has a date, or digits that are not part of a name, after the name.

    Why: A typed signature comprises a name; the date has its own field beside it.
    Fix: Remove the digits, and give the date in Signature Date.
    Silent: For the name of an entity or an exhibit, the number of a footnote in parentheses, and the date of a power
    of attorney or a trust: digits after a word such as filed, dated, of or Exhibit.
    """
    for index, signature in enumerate(filing.signatures):
        name = " ".join((signature.name or "").split())
        if (found := _DIGITS.search(name)) is None or _NUMBERED.search(name):
            continue
        known = any(name.casefold().endswith(owner.name.casefold()) for owner in filing.owners if owner.name)
        if not known:
            yield Hit(
                ("signatures", index, "name"),
                f'Signature "{quoted(name)}" has digits after the name: {found["digits"]}',
            )


@rule(
    "SIG-005",
    "Signed by someone other than a reporting person",
    Severity.WARNING,
    cite.FORM4_INSTR_7A,
    cite.FORM4_INSTR_7B,
)
def signer_is_someone_else(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A signature names no reporting person and gives no capacity in which the signer signs.

    Why: A person who signs for the reporting person says so and needs authority on file.
    Fix: Add the capacity, such as "Attorney-in-Fact for Jane Doe", or correct the name.
    Silent: When the last name agrees, in any order or a similar spelling; when a word such as attorney, trustee, by,
    for, president or member shows a capacity; when the signature refers to an exhibit; when a reporting person's name
    is not known.
    """
    owners = [owner.name for owner in filing.owners]
    for index, signature in enumerate(filing.signatures):
        name = signature.name or ""
        if _is_stranger(name, owners):
            whom = f'the reporting person "{owners[0]}"' if len(owners) == 1 else "a reporting person"
            capacity = (
                "Managing Member" if any(_ENTITY.search(o or "") for o in owners) else "Attorney-in-Fact"
            )
            yield Hit(
                ("signatures", index, "name"),
                f'"{quoted(name)}" is not {whom} and shows no capacity, such as {capacity}',
                related=(("owners",),),
            )


def _is_stranger(name: str, owners: list[str | None]) -> bool:
    """Whether a signature names none of the reporting persons, all of whose names are known, and no capacity."""
    if not owners or None in owners or "attorney" in name.lower() or _CAPACITY.search(name):
        return False
    words = _words(name)
    return bool(words) and not any(_matches(words, owner) for owner in owners)


@rule("SIG-007", "Attorney-in-fact signs without naming the principal", Severity.WARNING, cite.FORM4_INSTR_7A)
def principal_unnamed(filing: Filing, _context: Context) -> Iterator[Hit]:
    """In a joint filing, an attorney-in-fact signs without saying for whom.

    Why: Each reporting person signs or is signed for. With several of them, the signature must show whose it is.
    Fix: Add the name: "/s/ Sam Roe, Attorney-in-Fact for Jane Doe".
    Silent: With one reporting person; when the signature names one of them or is for each or all; when the remarks
    mention signing, an attorney-in-fact or joint filer information.
    """
    owners = [owner.name for owner in filing.owners]
    if len(owners) < 2 or None in owners:
        return
    for index, signature in enumerate(filing.signatures):
        name = signature.name or ""
        if (
            not _AGENT.search(name)
            or _FOR_OTHERS.search(name)
            or _SIGNED_FOR.search(own_remarks(filing.remarks))
        ):
            continue
        words = _words(name)
        if not any(_matches(words, owner) for owner in owners):
            yield Hit(
                ("signatures", index, "name"),
                f'"{quoted(name)}" does not name its principal among the {len(owners)} reporting persons',
                related=(("owners",),),
            )


@rule("SIG-008", "Signature for an entity without a capacity", Severity.WARNING, cite.FORM4_INSTR_7B)
def capacity_missing(filing: Filing, context: Context) -> Iterator[Hit]:
    """A reporting person is a company, fund or trust, and the signature for it shows no title or capacity.

    Why: The form asks for the capacity of the individual who signs for an entity.
    Fix: Add it: "/s/ John Smith, Secretary, on behalf of X Corporation".
    Silent: When there are no more signatures without a capacity than natural persons among the reporting persons;
    when SIG-005 reports a signature by someone other than a reporting person.
    """
    persons = [owner.name for owner in filing.owners if not is_entity(owner, context)]
    if len(persons) == len(filing.owners):
        return
    plain = [
        (index, signature.name)
        for index, signature in enumerate(filing.signatures)
        if signature.name and not _CAPACITY.search(_without_entity(signature.name))
    ]
    owners = [owner.name for owner in filing.owners]
    if len(plain) > len(persons) and not any(_is_stranger(name, owners) for _index, name in plain):
        others = (p for p in plain if not any(_matches(_words(p[1]), person) for person in persons))
        index, name = next(others, plain[-1])
        entity = next(owner.name for owner in filing.owners if is_entity(owner, context))
        yield Hit(
            ("signatures", index, "name"),
            f'"{quoted(name)}" shows no title or capacity, but the reporting person "{entity}" is an entity',
            related=(("owners",),),
        )


def is_entity(owner: Owner, context: Context) -> bool:
    """Whether the register says that it is an entity or, without an entry, the end of its name does."""
    known = context.facts.person(owner.cik)
    if known is not None and known.entity is not None:
        return known.entity
    return _ENTITY_NAME.search(owner.name or "") is not None


def _without_entity(name: str) -> str:
    """A signature without the words that end an entity's name, which are no capacity: Trust, Partners."""
    return _ENTITY.sub(" ", name)


@rule(
    "SIG-015",
    "Power of attorney attached to a form signed in person",
    Severity.NOTE,
    cite.FORM4_INSTR_7A,
    when=When(has=("attachments",)),
)
def power_unused(filing: Filing, context: Context) -> Iterator[Hit]:
    """A power of attorney is attached, but no one signs for someone else.

    Why: It is allowed, for later forms; or the form shows the wrong signer.
    Fix: Check whose signature it is.
    Silent: Without an envelope; when a signature shows any capacity.
    """
    attachments = context.submission.attachments if context.submission is not None else ()
    path = next(
        (("attachments", i) for i, a in enumerate(attachments) if (a.type or "").startswith("EX-24")), None
    )
    names = [signature.name or "" for signature in filing.signatures]
    if path is not None and names and not any(_CAPACITY.search(name) for name in names):
        yield Hit(
            ("signatures", 0, "name"),
            "A power of attorney is attached, but only reporting persons sign",
            related=(path,),
        )


def names_person(text: str, person: str | None) -> bool:
    """Whether a text names this person, in any order and nearly spelled: ``/s/ Jane M. Doe`` and ``Doe Jane``."""
    return bool(person) and _matches(_words(text), person)


def is_name_of(text: str, person: str) -> bool:
    """Whether a text is this person's name and no more, beside initials and what follows a comma."""
    wanted, words = set(_words(person)), _words(text.partition(",")[0])
    return len(wanted.intersection(words)) > 1 and all(len(word) == 1 or word in wanted for word in words)


def shares_two_words(text: str, person: str | None) -> bool:
    """Whether a text has two words of this person's name, beside initials."""
    wanted = {word for word in _words(person or "") if len(word) > 1}
    return len(wanted.intersection(_words(text))) > 1


def signs_for_another(name: str) -> bool:
    """Whether a signature says that it is by an attorney-in-fact or by power of attorney."""
    return _AGENT.search(name) is not None


def quoted(name: str) -> str:
    """A signature in one line, cut at 60 characters."""
    text = " ".join(name.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def _words(text: str) -> list[str]:
    """The words of a name in small letters, without marks, titles and suffixes."""
    plain = _MARK.sub(" ", text).replace("'", "").replace("’", "").lower()
    return [word for word in _WORD.findall(plain) if not _TITLES.match(word)]


def _matches(signed: list[str], owner: str | None) -> bool:
    """Whether a signature's words name this reporting person: the last name, nearly spelled, or two words in common."""
    wanted = _words(owner or "")
    names = set(signed)
    if len({word for word in wanted if len(word) > 1} & names) > 1:
        return True
    last = _last_name(wanted)
    if not last or (len(last) > 3 and last in "".join(signed)):
        return True
    return any(word == last or is_alike(last, word) for word in _candidates(signed))


def _last_name(wanted: list[str]) -> str:
    """EDGAR's first word, joined with the particles before it: ``demadre`` of "De Madre Armelle"."""
    joined = ""
    for word in wanted:
        joined += word
        if not _PARTICLES.match(word):
            break
    return joined


def _candidates(signed: list[str]) -> Iterator[str]:
    yield from signed
    for first, second in pairwise(signed):
        yield first + second


def is_alike(one: str, other: str) -> bool:
    """Whether four of five letters agree, in order."""
    if len(other) < 3:
        return False
    from difflib import SequenceMatcher

    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return 5 * 2 * sum(block.size for block in blocks) >= 4 * (len(one) + len(other))


RULES: Final[tuple[Rule, ...]] = (
    signature_placeholder,
    mark_missing,
    digits_in_signature,
    signer_is_someone_else,
    principal_unnamed,
    capacity_missing,
    power_unused,
)
