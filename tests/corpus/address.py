"""Addresses of reporting persons: those that plainly name a company, and the issuer's in place of all others.

Some accepted filings give the street where a person lives; the sample gives none of them. An address stays only if one of
its street lines names the issuer or, after "c/o", another company by its legal form. Every other one, whoever's it is,
gives way to the issuer's, with the issuer's name before it.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.sax.saxutils import escape, unescape

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Block", "blocks", "gives_an_address", "issuer_addresses", "without_homes"]

Address = dict[str, str]
"""Element → text."""
_Texts = tuple[tuple[str, str], ...]
"""The items of an address."""

_LISTED: Final = Path(__file__).parent / "issuers.tsv"
_LEGAL_FORMS: Final = frozenset(
    ("INC", "INCORPORATED", "CORP", "CORPORATION", "COMPANY", "LLC", "LLP", "LP", "LTD", "LIMITED", "PLC")
)
_COMMON: Final = _LEGAL_FORMS | {"THE", "CO", "OF", "AND", "DE", "HOLDINGS", "GROUP", "NV", "SA", "AG", "NEW"}
"""Words that are in many names."""
_CARE_OF: Final = re.compile(r"^C ?[/\\] ?O\b[\s:,]*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"^\W*(?:\d|(?:ONE|TWO|THREE|FOUR|FIVE|TEN)\b|P\.? ?O\.? ?BOX)", re.IGNORECASE)
_STREET: Final = re.compile(
    r"\b\d+\s+(?:[\w.]+\s+){1,4}(?:st|street|ave|avenue|rd|road|dr|drive|lane|ln|ct|court|boulevard|blvd|way|place|"
    r"circle|terrace|parkway|pkwy)\b|\b[A-Z]{2},?\s+\d{5}\b|\b(?:residence|resides)\b|\baddress\b[^.]*\d",
    re.IGNORECASE,
)
_FREE_TEXTS: Final = ("footnotes/footnote", "remarks", "ownerSignature/signatureName")
_BLOCK: Final = re.compile(rb"<reportingOwnerAddress>.*?</reportingOwnerAddress>", re.DOTALL)
_LEAF: Final = re.compile(r"<(rptOwner\w+)(?:\s*/>|>([^<]*)</\1>)")
_ABROAD: Final = "rptOwnerNonUSAddressFlag"
_LONGEST: Final = 40
"""Characters of a street line."""
_SHARING: Final = 3
"""Persons of different surnames who give one street, each in a filing of only that person: it is an office."""


class Block(NamedTuple):
    """The address of one reporting person, and what shows whose it is."""

    issuer: str
    """The issuer's CIK, without leading zeros."""
    issuer_name: str
    owner_name: str
    address: Address

    @property
    def streets(self) -> tuple[str, ...]:
        """The two lines of the street."""
        return tuple(self.address.get(f"rptOwnerStreet{place}", "") for place in (1, 2))

    @property
    def names_issuer(self) -> bool:
        """Whether a line begins with the issuer's name."""
        name = _words(self.issuer_name, _COMMON)[:2]
        return bool(name) and any(_words(_named(line), _COMMON)[: len(name)] == name for line in self.streets)

    @property
    def names_company(self) -> bool:
        """Whether a line names the issuer, or another company, not called after the person or a family."""
        own = {word for word in _words(self.owner_name, _COMMON) if len(word) > 2} | {"FAMILY"}
        return self.names_issuer or any(
            _CARE_OF.match(line) and _LEGAL_FORMS & words and not own & words
            for line in self.streets
            for words in [set(_words(_named(line)))]
        )


def _named(line: str) -> str:
    """Who is named in a line; nothing where it begins with the number of a house or a box."""
    rest = _CARE_OF.sub("", line)
    return "" if _NUMBER.match(rest) else rest


def _words(text: str, without: frozenset[str] = frozenset()) -> list[str]:
    found = re.findall(r"[A-Z0-9]+", re.sub(r"[.'’]", "", text.upper()))
    return [word for word in found if word not in without]


def _text(element: etree._Element, path: str) -> str:
    return " ".join((element.findtext(path) or "").split())


def blocks(data: bytes) -> tuple[Block, ...]:
    """The addresses of a filing, in its order."""
    root = etree.fromstring(data)
    issuer, name = _text(root, "issuer/issuerCik").lstrip("0"), _text(root, "issuer/issuerName")
    return tuple(
        Block(
            issuer,
            name,
            _text(owner, "reportingOwnerId/rptOwnerName"),
            {str(leaf.tag): _text(leaf, ".") for leaf in address},
        )
        for owner in root.iterfind("reportingOwner")
        for address in owner.iterfind("reportingOwnerAddress")
    )


def issuer_addresses(filings: Iterable[tuple[str, bytes]]) -> dict[str, Address]:
    """By the issuer's CIK: the address most of its filings name it by, else the one listed, else that of an office."""
    given = [blocks(data) for _, data in filings]
    named: defaultdict[str, Counter[_Texts]] = defaultdict(Counter)
    for block in itertools.chain.from_iterable(given):
        if block.names_issuer:
            named[block.issuer][tuple(sorted(block.address.items()))] += 1
    most = {issuer: dict(_most_frequent(counts)) for issuer, counts in named.items()}
    return _offices(only for only, *others in filter(None, given) if not others) | _listed() | most


def _most_frequent(counts: Counter[_Texts]) -> _Texts:
    return min(counts, key=lambda each: (-counts[each], each))


def _offices(alone: Iterable[Block]) -> dict[str, Address]:
    """The street of each issuer that most persons give who file alone, if they are several."""
    shared: defaultdict[tuple[str, str], dict[str, Block]] = defaultdict(dict)
    for block in alone:
        street = " ".join([*block.streets, block.address.get("rptOwnerCity", "")]).upper()
        shared[block.issuer, street].setdefault(block.owner_name.split()[0].upper(), block)
    found: dict[str, Address] = {}
    for (issuer, _), persons in sorted(shared.items(), key=lambda each: (len(each[1]), each[0])):
        if len(persons) >= _SHARING:
            block = persons[min(persons)]
            found[issuer] = _in_care(block.issuer_name, block.address)
    return found


def _listed() -> dict[str, Address]:
    """Addresses of issuers whose filings give none: they are those of their reports."""
    with _LISTED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))
    return {
        row["cik"]: _in_care(row["name"], {key: row[key] for key in row if key.startswith("rptOwner")})
        for row in rows
    }


def _in_care(name: str, address: Address) -> Address:
    """The address with the issuer's name in its first line and the street in its second."""
    lines = [line for place in (1, 2) if (line := address.get(f"rptOwnerStreet{place}"))]
    street = ", ".join(lines)
    return address | {
        "rptOwnerStreet1": f"C/O {name.upper()}"[:_LONGEST].strip(),
        "rptOwnerStreet2": street if len(street) <= _LONGEST else lines[0],
    }


def without_homes(data: bytes, known: Mapping[str, Address]) -> bytes | None:
    """The filing with the issuer's address in place of each that names no company; None if that one is not known.

    An element that the issuer's address has no text for is left empty, but for the flag of an address abroad. Nothing is
    added: where a text has no element in the filing, it can't be given.
    """
    given = [
        block.address if block.names_company else _fitted(known.get(block.issuer), block)
        for block in blocks(data)
    ]
    if None in given:
        return None
    following = iter(given)

    def rewritten(match: re.Match[bytes]) -> bytes:
        address = next(following) or {}
        return _LEAF.sub(lambda leaf: _leaf(leaf, address), match[0].decode()).encode()

    made = _BLOCK.sub(rewritten, data)
    assert [block.address for block in blocks(made)] == given
    return made


def _fitted(address: Address | None, block: Block) -> Address | None:
    """The address in the elements of this filing."""
    if address is None or any(text and tag not in block.address for tag, text in address.items()):
        return None
    abroad = {_ABROAD: "0"} if _ABROAD in block.address else {}
    return dict.fromkeys(block.address, "") | abroad | {tag: text for tag, text in address.items() if text}


def _leaf(leaf: re.Match[str], address: Address) -> str:
    """The element with the text of the address; as it is where that is its text already."""
    text = address[leaf[1]]
    return (
        leaf[0]
        if text == " ".join(unescape(leaf[2] or "").split())
        else f"<{leaf[1]}>{escape(text)}</{leaf[1]}>"
    )


def gives_an_address(data: bytes) -> bool:
    """Whether a footnote, the remarks or a signature may give somebody's address."""
    root = etree.fromstring(data)
    return any(_STREET.search(each.text or "") for path in _FREE_TEXTS for each in root.iterfind(path))
