"""Conformed signatures: the words typed for whoever signs, proposed for each situation and read back.

Sources: Form 4 General Instruction 7(a), (b), whose own example is "John Smith, Secretary, on behalf of X Corporation";
Regulation S-T, Rule 302(a). The other wordings are those of filings that EDGAR accepted.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "LONGEST",
    "Capacity",
    "Signer",
    "Signing",
    "agent_of",
    "capacity_of",
    "conformed_signatures",
    "is_entity_name",
    "natural_name",
    "signer_of",
]

LONGEST: Final = 255
"""Characters of a signature (EDGAR Ownership XML Technical Specification 5.5, section 3.5)."""


class Capacity(StrEnum):
    """In what capacity someone signs."""

    SELF = "self"
    ATTORNEY = "attorney"
    """As attorney-in-fact."""
    POWER = "power"
    """The same, said as "by power of attorney"."""
    OFFICER = "officer"
    """For an entity, with an office in it or through other entities."""
    TRUSTEE = "trustee"
    EXECUTOR = "executor"
    GUARDIAN = "guardian"
    CONSERVATOR = "conservator"


class Signing(NamedTuple):
    """Who signs for whom."""

    person: str
    """The reporting person, as one says the name."""
    capacity: Capacity = Capacity.SELF
    signer: str = ""
    """Who signs, where that is not the reporting person."""
    office: str = ""
    """OFFICER: the signer's office (Secretary, Managing Member). ATTORNEY: the reporting person's own, if told."""
    chain: tuple[str, ...] = ()
    """OFFICER: the entities between, outermost first, each with its role: ``X GP, LLC, its general partner``."""
    alone: bool = False
    """Whether there is no other reporting person, so that the principal may be left unnamed."""


class Signer(NamedTuple):
    """What a typed signature says of who signed."""

    name: str
    """The individual; the whole signature where that cannot be told."""
    capacity: str = ""
    """What is beside the name: ``Attorney-in-Fact for Jane Doe``; empty for one who signs in person."""


def conformed_signatures(signing: Signing) -> tuple[str, ...]:
    """The accepted wordings for a situation, the recommended first; none while a name that it needs is not known.

    Wordings of more than 255 characters are left out.
    """
    needs = [signing.person] if signing.capacity is Capacity.SELF else [signing.person, signing.signer]
    if signing.capacity is Capacity.OFFICER:
        needs.append(signing.office)
    if not all(needs):
        return ()
    words = _WORDINGS[signing.capacity](signing)
    return tuple(dict.fromkeys(text for text in words if len(text) <= LONGEST))


def _own(signing: Signing) -> list[str]:
    return [f"/s/ {signing.person}", signing.person]


def _attorney(signing: Signing) -> list[str]:
    person, signer = signing.person, signing.signer
    named = f"{person}, {signing.office}" if signing.office else person
    return [
        f"/s/ {signer}, Attorney-in-Fact for {named}",
        f"/s/ {signer}, as Attorney-in-Fact for {named}",
        f"/s/ {person}, by {signer}, Attorney-in-Fact",
        f"/s/ by {signer} as attorney-in-fact for {named}",
        *([f"/s/ {signer}, Attorney-in-Fact"] if signing.alone else []),
    ]


def _power(signing: Signing) -> list[str]:
    return [
        f"/s/ {signing.signer} by power of attorney for {signing.person}",
        *([f"/s/ {signing.signer}, By Power of Attorney"] if signing.alone else []),
    ]


def _officer(signing: Signing) -> list[str]:
    person, signed = signing.person, f"/s/ {signing.signer}, {signing.office}"
    through = ", by ".join((person, *signing.chain, signed))
    if signing.chain:
        return [through]
    return [f"{signed}, on behalf of {person}", through, *([signed] if signing.alone else [])]


def _fiduciary(office: str) -> Callable[[Signing], list[str]]:
    """The wordings of a trustee, executor, guardian or conservator."""

    def wordings(signing: Signing) -> list[str]:
        person = signing.person
        if office == "Executor" and not re.match(r"(?:the )?estate\b", person, re.IGNORECASE):
            person = f"the Estate of {person}"
        whole = f"{person[:1].upper()}{person[1:]}"
        return [
            f"/s/ {signing.signer}, {office} of {person}",
            f"/s/ {signing.signer}, as {office} of {person}",
            f"{whole}, by /s/ {signing.signer}, {office}",
            *([f"/s/ {signing.signer}, {office}"] if signing.alone else []),
        ]

    return wordings


_WORDINGS: Final[dict[Capacity, Callable[[Signing], list[str]]]] = {
    Capacity.SELF: _own,
    Capacity.ATTORNEY: _attorney,
    Capacity.POWER: _power,
    Capacity.OFFICER: _officer,
    Capacity.TRUSTEE: _fiduciary("Trustee"),
    Capacity.EXECUTOR: _fiduciary("Executor"),
    Capacity.GUARDIAN: _fiduciary("Guardian"),
    Capacity.CONSERVATOR: _fiduciary("Conservator"),
}


# ---- read back

_MARK: Final = Pattern(r"(?:/\s?|(?<![\w.]))s\s?/(?!\w/)", re.IGNORECASE)
"""``/s/``, as ``/s /`` and ``s/`` too."""
_BY: Final = re.compile(r"by:?\s+(?!power\b|p\.?o\.?a\b)", re.IGNORECASE)
_SECOND: Final = Pattern(r"(?P<first>.+?),?\s+by:?\s+(?!power\b|p\.?o\.?a\b)(?P<signer>.+)", re.IGNORECASE)
"""``Deanna H. Lund, by Eva Yee, Attorney-In-Fact``: the principal first."""
_BESIDE: Final = Pattern(
    r",(?!\s*(?:jr|sr|ii|iii|iv|md|m\.d|ph\.?d|esq|cpa)\b)\s*"
    r"|\s+(?=(?:as|by|for|on behalf|under|pursuant|attorney|power|poa)\b)|\s*(?=\()|\s+[-–—]\s+",
    re.IGNORECASE,
)
"""Where the name ends and the capacity begins."""


def signer_of(signature: str) -> Signer:
    """Who signed, and in what capacity, as far as the words of a typed signature say."""
    text = " ".join(signature.split())
    marks = list(_MARK.finditer(text))
    tail = text[marks[-1].end() :].strip() if marks else text
    tail = _BY.sub("", tail, count=1) if _BY.match(tail) else tail
    second = _SECOND.fullmatch(tail)
    if second is not None and not _beside(second["first"])[1]:
        tail = second["signer"]
    name, beside = _beside(tail)
    return Signer(name, beside) if re.search(r"[^\W\d_]", name) else Signer(text)


def _beside(text: str) -> tuple[str, str]:
    """The name, and what is beside it."""
    found = _BESIDE.search(text)
    if found is None:
        return text.strip(" ,"), ""
    beside = text[found.end() :].strip(" ,")
    inside = beside[1:-1] if beside.startswith("(") and beside.endswith(")") else beside
    return text[: found.start()].strip(" ,"), inside


_UNDER_POWER: Final = Pattern(
    r"\battorneys?\b|\bin[- ]fact\b|\bpower\b|\bpoa\b|\bp\.\s?o\.\s?a\b", re.IGNORECASE
)
_FULL_NAME: Final = Pattern(
    r"[^\W\d_a-z][\w.'’-]*(?: (?:[^\W\d_a-z][\w.'’-]*|de|del|den|der|di|la|le|van|von|y)){1,4}"
    r"(?:,? (?:Jr|Sr|II|III|IV|Esq|CPA|Ph\.?D)\b\.?)?"
)
"""A person's name and nothing else: no word that begins small, save those that names have."""
_ANOTHER: Final = Pattern(r"\bby:?\s+(?!(?:an? |the )?(?:power|poa|p\.|virtue|attorney))|/s/", re.IGNORECASE)
"""Someone else in the words beside a name: ``President, by Sam Roe, attorney-in-fact``."""


def agent_of(signature: str, principal: str = "") -> str | None:
    """Who signs under a power of attorney, as a typed signature reads; None where none is spoken of.

    None also where the name is not certain: words that are no name, several names, or the name of the ``principal``,
    as EDGAR has it.
    """
    signer = signer_of(signature)
    under_power = _UNDER_POWER.search(signer.capacity) and not _ANOTHER.search(signer.capacity)
    if not under_power or not _FULL_NAME.fullmatch(signer.name):
        return None
    own, principals = _words(signer.name), _words(principal)
    return None if own <= principals or len(own & principals) > 1 else signer.name


def capacity_of(wording: str | None) -> str:
    """In what capacity one signs under a power, as the wording last used says it: ``attorney`` or ``power``."""
    words = (wording or "in-fact").casefold().replace("-", " ")
    return "attorney" if "in fact" in words else "power"


def _words(name: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", name.casefold()))


# ---- names

_ENTITY: Final = Pattern(
    r"\b(llc|l\.\s?l\.\s?c|lp|l\.\s?p|llp|inc|corp|corporation|company|co|ltd|limited|trust|fund|partners|partnership|"
    r"holdings|foundation|plc|gmbh|s\.a|n\.v|n\.a|b\.v|ag|bank|capital|management|advis[eo]rs|associates|association)"
    r"\b\.?",
    re.IGNORECASE,
)
_SUFFIXES: Final = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}


def is_entity_name(name: str) -> bool:
    """Whether a name has a word that companies, funds and trusts have in theirs."""
    return _ENTITY.search(name) is not None


def natural_name(edgar: str) -> str:
    """``Sumedh S. Thakar`` for EDGAR's ``Thakar Sumedh S``: a proposal; an entity's name stays as it is."""
    if is_entity_name(edgar):
        return edgar
    words = edgar.replace(",", " ").split()
    if len(words) < 2:  # nothing to turn round
        return edgar
    suffix = _SUFFIXES.get(words[-1].rstrip(".").lower(), "") if len(words) > 2 else ""
    if suffix:
        words = words[:-1]
    given = [f"{w}." if len(w) == 1 else _cased(w) for w in words[1:]]
    return " ".join([*given, _cased(words[0]), *([suffix] if suffix else [])])


def _cased(word: str) -> str:
    return word.capitalize() if word.isupper() and len(word) > 1 else word
