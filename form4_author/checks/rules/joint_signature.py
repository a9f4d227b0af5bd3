"""Whom the signatures of a joint filing cover: each reporting person signs or is signed for.

Someone who signs for an entity has not signed individually, and an entity through which a second one signs has not
signed either: "X Fund, L.P., by X GP, LLC, its general partner, by /s/ Jane Doe, Managing Member" is the fund's
signature.
Sources: Form 4 General Instructions 4(b)(v), 7(a) and 7(b).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, rule
from form4_author.checks.rules.signature import (
    is_alike,
    is_entity,
    names_person,
    shares_two_words,
    signs_for_another,
)
from form4_author.findings import Hit, Severity
from form4_author.revision.division import own_remarks
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.model.filing import Filing

__all__ = ["RULES"]

_FOR_EACH: Final = Pattern(
    r"\b(?:for|of|by)\s+(?:\w+\s+){0,4}?(?:each|all|both)\b"
    r"|\b(?:each|all|both)\b[\w\s]{0,30}\b(?:reporting|persons?|owners?|filers?|undersigned|signator)"
    r"|\bthemselves\b|\breporting (?:persons|owners)\b|\breporting (?:person|owner)\(s\)|\bjoint filers?\b"
    r"|\bexhibit\b|\bet al\b",
    re.IGNORECASE,
)
"""A signature for every reporting person, or that says where the others are."""
_IN_PERSON_TOO: Final = Pattern(
    r"\b(?:him|her|it)self\b|\bindividually\b|\bindividual capacity\b|\bpersonally\b|\bown behalf\b",
    re.IGNORECASE,
)
"""A signature of the signer and of someone else."""
_REMARKED: Final = Pattern(
    r"\bsign(?:s|ed|ing|ature|atures|atory|atories)?\b|\battorneys?-in-fact\b|\bjoint filers?\b|\bdesignated filer\b"
    r"|\b(?:fil|execut|submit|report)\w*\b[^.]*\bon behalf\b|\bexhibits?\b(?!\W*(?:list|index|no|24))|\bex-(?!24)\d",
    re.IGNORECASE,
)
"""Remarks that say who signs for whom, or where the signatures are. A list of powers of attorney does not."""
_BY: Final = Pattern(r"\bby\b:?(?!\s+(?:(?:an?|the|virtue of)\s+)?(?:power\b|p\.?o\.?a\b))", re.IGNORECASE)
_MARK: Final = Pattern(r"/\s?s\s?/", re.IGNORECASE)
_SIGNED_FOR: Final = Pattern(r"\b(?:on behalf of|behalf of|for)\b", re.IGNORECASE)
_OFFICE_OF: Final = Pattern(r"\b(?:on behalf of|behalf of|for|of)\b", re.IGNORECASE)
_BEGIN: Final = Pattern(r"(?:by\b:?|/\s?s\s?/)", re.IGNORECASE)
_TOKEN: Final = Pattern(r"[^\W_]+")
_DOT: Final = Pattern(r"\.|(?<=\b[^\W\d_])\s(?=[^\W\d_]\b)")
"""What is left out of ``L. P.`` and ``L.L.C.``."""
_LEGAL_FORM: Final = frozenset(
    ("ag", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "limited", "llc", "lllp", "llp", "lp",
     "ltd", "na", "nv", "plc", "sa", "sarl")
)  # fmt: skip
_SHORT: Final = 3
"""Letters up to which a word must match exactly: GP, II, LP."""


@rule("SIG-004", "Fewer signatures than reporting persons", Severity.WARNING, cite.FORM4_INSTR_4B_V)
def signatures_too_few(filing: Filing, context: Context) -> Iterator[Hit]:
    """A joint filing has fewer signatures than reporting persons, and they do not cover all of them.

    Why: Each reporting person signs a joint filing, or an authorized person signs for each. EDGAR does not count the
    signatures. A person who signs on behalf of an entity has not signed individually, and neither has an entity
    through which the person signs.
    Fix: Add the missing signatures, or name in one signature the reporting persons it covers.
    Silent: When a signature is for each or all, or by an attorney-in-fact without a principal; when a signature or
    the remarks refer to an exhibit of signatures, or the remarks say who signs; when all are named as principals.
    Lists of powers of attorney and form4's own remark on a divided filing do not count.
    """
    signed, owners = len(filing.signatures), len(filing.owners)
    if not 0 < signed < owners or _REMARKED.search(own_remarks(filing.remarks)):
        return
    persons = _persons(filing, context)
    covered = [_signs_for(signature.name or "", persons) for signature in filing.signatures]
    known = [named for named in covered if named is not None]
    unclear = sum(1 for named in known if not named)
    if len(known) < signed or len(set().union(*known)) + unclear >= owners:
        return
    yield Hit(
        ("signatures",),
        f"{owners} reporting persons, but {signed} signature{'s' if signed > 1 else ''}; "
        "each must sign or be signed for",
        related=(("owners",),),
    )


class _Person(NamedTuple):
    """A reporting person, as signatures may name them."""

    name: str | None
    entity: bool
    words: tuple[tuple[str, ...], ...]
    """Of an entity, the words of its name, the longest way first."""


def _persons(filing: Filing, context: Context) -> list[_Person]:
    full = [tuple(_tokens(owner.name or "")) for owner in filing.owners]
    short = [tuple(word for word in words if word not in _LEGAL_FORM) for words in full]
    return [
        _Person(
            owner.name,
            is_entity(owner, context),
            tuple(dict.fromkeys(each for each in (full[n], *_alone(short, n)) if each)),
        )
        for n, owner in enumerate(filing.owners)
    ]


def _alone(names: Sequence[tuple[str, ...]], number: int) -> tuple[tuple[str, ...], ...]:
    """The name without its legal form, where no other reporting person has the same."""
    return (names[number],) if names.count(names[number]) == 1 else ()


def _signs_for(signature: str, persons: Sequence[_Person]) -> set[int] | None:
    """The reporting persons whom a signature names as those it is for; None where that may be all of them."""
    text = " ".join(signature.split())
    if _FOR_EACH.search(text):
        return None
    both = _IN_PERSON_TOO.search(text) is not None
    named = set().union(*(_named(part, persons) for part in ([text] if both else _principals(text))))
    if both and len(named) < 2:
        return None
    if not named and signs_for_another(text):
        return None  # SIG-007 reports it
    return named


def _principals(text: str) -> list[str]:
    """The parts of a signature that name whom it is for, without those who only act for them."""
    head, tail = _parted(text)
    if not head:
        return [_after(_OFFICE_OF, tail) or tail]
    return [_after(_SIGNED_FOR, head) or head, _after(_SIGNED_FOR, tail)]


def _parted(text: str) -> tuple[str, str]:
    """What is before the first ``by`` or, where the text does not begin with it, the mark; and the rest."""
    text = text.lstrip(" ,;:")
    begin = _BEGIN.match(text)
    if begin is not None:
        plain = text[begin.end() :]
        return ("", plain) if _MARK.match(begin[0]) and not _BY.search(plain) else _parted(plain)
    ends = [found for found in (_BY.search(text), _MARK.search(text)) if found]
    if not ends:
        return "", text
    first = min(ends, key=lambda found: found.start())
    return text[: first.start()], text[first.end() :]


def _after(word: Pattern, text: str) -> str:
    found = word.search(text)
    return text[found.end() :] if found is not None else ""


def _named(text: str, persons: Sequence[_Person]) -> set[int]:
    """The reporting persons whom a text names: entities by their whole names, the longer one first, then the others."""
    words = _tokens(text)
    free = [True] * len(words)
    found = set()
    entities = sorted(
        ((name, n) for n, person in enumerate(persons) if person.entity for name in person.words),
        key=lambda pair: -len(pair[0]),
    )
    for name, number in entities:
        for at in range(len(words) - len(name) + 1):
            here = slice(at, at + len(name))
            if all(free[here]) and all(map(_is_word, words[here], name)):
                free[here] = [False] * len(name)
                found.add(number)
    rest = [word for word, is_free in zip(words, free, strict=True) if is_free]
    others = [(n, person.name) for n, person in enumerate(persons) if not person.entity]
    in_full = {n for n, name in others if shares_two_words(" ".join(rest), name)}
    names = {word for n in in_full for word in _tokens(persons[n].name or "")}
    rest = [word for word in rest if word not in names]
    if not _LEGAL_FORM.isdisjoint(rest):  # of an entity that is no reporting person
        return found | in_full
    by_last_name = {n for n, name in others if rest and names_person(" ".join(rest), name)}
    return found | in_full | by_last_name


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(_DOT.sub("", text).lower())


def _is_word(written: str, word: str) -> bool:
    """Whether a word is this one, nearly spelled; numbers and short words only as they are."""
    if written == word:
        return True
    return min(len(written), len(word)) > _SHORT and word.isalpha() and is_alike(word, written)


RULES: Final[tuple[Rule, ...]] = (signatures_too_few,)
