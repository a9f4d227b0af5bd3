"""Powers of attorney for Forms 3, 4 and 5: written as an exhibit, and read back from one.

Source: Form 4 General Instruction 7(a): the reporting person authorizes and designates who files, and for how long.
The further clauses are those of powers on file (practice). What is written here is read back exactly; of any other text
only what is in a customary wording is read, and what cannot be read is left out.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.errors import MalformedValue
from form4_author.ident.cik import bare_cik
from form4_author.text import Pattern, without_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Grant", "PowerReading", "day_in_words", "plain_text", "power_page", "power_reading", "power_text"]

_WIDTH: Final = 78
_LONGEST: Final = 150
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a power of attorney says.

    Raises MalformedValue for a name that is missing, too long or could be treated as a part of the text.
    """

    principal: str
    agents: tuple[str, ...]
    """Each of whom may act alone."""
    issuer: str = ""
    """The company whose securities the forms are about; empty: any."""
    issuer_cik: str = ""
    signed: date | None = None
    """None: a blank line for the date and one for the signature."""
    until: date | None = None
    """The last day; None: until the person need not file any more, or revokes it."""
    signer: str = ""
    """Who signs for a principal that is an entity."""
    title: str = ""
    """The office of the principal, or of the signer."""
    edgar_access: bool = True
    """Whether the agents may obtain and keep EDGAR access (Form ID)."""
    form_144: bool = False
    schedules_13: bool = False
    """Whether they may file Schedules 13D and 13G."""
    substitution: bool = False
    ratification: bool = False
    """Whether it gives full power and confirms what is lawfully done under it."""
    reliance: bool = False
    """Whether the agents may rely on the information that they are given."""
    notary: bool = False
    """Whether lines for a notary follow, to be filled by hand; not in the text of one that is signed."""

    def __post_init__(self) -> None:
        for what, name in (("principal", self.principal), *(("agent", agent) for agent in self.agents)):
            _refuse_unfit(what, name)
        for what, name in (("issuer", self.issuer), ("signer", self.signer), ("title", self.title)):
            if name:
                _refuse_unfit(what, name)
        if not self.agents:
            raise MalformedValue(
                "A power of attorney names at least one attorney-in-fact",
                remedy="Give the name of the attorney-in-fact",
            )
        if self.issuer_cik and not re.fullmatch(r"[0-9]{1,10}", self.issuer_cik):
            raise MalformedValue(f'"{self.issuer_cik}" is not a CIK of up to 10 digits')
        if self.signed is not None and self.until is not None and self.until < self.signed:
            raise MalformedValue(f"The last day, {self.until}, is before the signature of {self.signed}")
        if self.signed is not None and self.notary:
            raise MalformedValue(
                "The lines for a notary are filled by hand, and the text of a signed power of attorney has no "
                "lines left to fill in",
                remedy="Leave out the notary, and copy what the notary wrote into the exhibit",
            )


def _refuse_unfit(what: str, name: str) -> None:
    if not name or name != " ".join(name.split()):
        raise MalformedValue(
            f'The name of the {what} must be one line without spaces around it; found "{name}"'
        )
    if len(name) > _LONGEST:
        raise MalformedValue(f"The name of the {what} has {len(name)} characters; at most {_LONGEST} fit")
    if (
        not name.isprintable()
        or not re.search(r"[^\W\d_]", name)
        or re.search(r"[:;<>\[\]_]|/s/", name, re.IGNORECASE)
    ):
        raise MalformedValue(f'"{name}" is not a name of the {what}')


def day_in_words(day: date) -> str:
    """``January 15, 2026``."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year:04}"


# ---- written


class _Part(NamedTuple):
    """One paragraph: how it is on the page."""

    kind: str
    """``title``, ``fact``, ``item``, ``text`` or ``sign``."""
    text: str


_SIGNED: Final = "Signature"


def _parts(grant: Grant) -> Iterator[_Part]:
    """The document from top to bottom."""
    yield _Part("title", "POWER OF ATTORNEY")
    yield _Part("title", "for reports under Section 16(a) of the Securities Exchange Act of 1934")
    yield _Part("fact", f"Principal: {grant.principal}")
    if grant.issuer:
        yield _Part("fact", f"Issuer: {grant.issuer}")
    if grant.issuer_cik:
        yield _Part("fact", f"Issuer's CIK: {grant.issuer_cik}")
    for number, agent in enumerate(grant.agents, 1):
        yield _Part("fact", f"Attorney-in-fact {number}: {agent}")
    yield from (_Part("text", text) for text in _appointment(grant))
    yield from (_Part("item", f"({n}) {text}") for n, text in enumerate(_authority(grant), 1))
    yield from (_Part("text", text) for text in _terms(grant))
    if grant.signed is None:
        yield _Part("sign", "Date: ____________________")
        yield _Part("sign", f"{_SIGNED}: ______________________________")
    else:
        yield _Part("sign", f"Date: {day_in_words(grant.signed)}")
        yield _Part("sign", f"{_SIGNED}: /s/ {grant.signer or grant.principal}")
    signer = ", ".join(part for part in (grant.signer or grant.principal, grant.title) if part)
    yield _Part("sign", f"{signer}, on behalf of {grant.principal}" if grant.signer else signer)
    if grant.notary:
        yield _Part("title", "ACKNOWLEDGMENT")
        yield from (_Part("text", text) for text in _notary(grant))


def _notary(grant: Grant) -> Iterator[str]:
    """An acknowledgment with lines to fill."""
    who = f"{grant.signer}, on behalf of {grant.principal}," if grant.signer else grant.principal
    yield "State of ____________________"
    yield "County of ____________________"
    yield (
        f"On ____________________, {who} appeared before me, was known or proved to me to be that person, and "
        "acknowledged signing this power of attorney."
    )
    yield "Notary Public: ______________________________"
    yield "My commission expires: ____________________"


def _appointment(grant: Grant) -> Iterator[str]:
    alone = "" if len(grant.agents) == 1 else ", acting alone,"
    yield (
        "Know all by these presents that the principal named above hereby authorizes and designates, and "
        f"constitutes and appoints, {_which(grant)} attorney-in-fact named above{alone} as the principal's true and "
        "lawful attorney-in-fact to:"
    )


def _which(grant: Grant) -> str:
    """``the``, or ``each`` where there are several attorneys-in-fact."""
    return "the" if len(grant.agents) == 1 else "each"


def _authority(grant: Grant) -> Iterator[str]:
    """The acts that are allowed, each with what joins it to the next."""
    acts = list(_acts(grant))
    yield from (f"{act};" for act in acts[:-2])
    yield f"{acts[-2]}; and"
    yield f"{acts[-1]}."


def _acts(grant: Grant) -> Iterator[str]:
    about = " with respect to securities of the issuer named above" if grant.issuer else ""
    yield (
        "prepare, sign and file in the principal's name and on the principal's behalf Forms 3, 4 and 5, and "
        f"amendments to them, under Section 16(a) of the Securities Exchange Act of 1934 and its rules{about}"
    )
    if grant.form_144:
        yield f"prepare, sign and file Form 144, and amendments to it, under Rule 144{about}"
    if grant.schedules_13:
        yield (
            "prepare, sign and file Schedules 13D and 13G, and amendments to them, under Sections 13(d) and 13(g) of "
            f"the Securities Exchange Act of 1934{about}"
        )
    if grant.edgar_access:
        yield (
            "obtain and maintain the principal's access to EDGAR, including Form ID, account administration and "
            "access codes"
        )
    yield (
        "do all else that is necessary to complete and timely file such forms with the Securities and Exchange "
        "Commission and any stock exchange or similar authority"
    )


def _terms(grant: Grant) -> Iterator[str]:
    which = _which(grant)
    who = f"{which.capitalize()} attorney-in-fact"
    if grant.ratification:
        yield (
            f"The principal gives {which} attorney-in-fact full power to do what is necessary and proper for these "
            "acts, as fully as the principal could in person, and ratifies and confirms all that an attorney-in-fact "
            "or a substitute lawfully does, or causes to be done, under this power of attorney."
        )
    if grant.substitution:
        yield f"{who} may appoint a substitute, and revoke the substitution, in writing."
    if grant.reliance:
        yield (
            f"{who} may rely on the information that the principal, or another person on the principal's behalf, gives "
            "orally or in writing, and is not responsible for its accuracy."
        )
    yield (
        f"{who}, in serving at the principal's request, does not assume any of the principal's "
        "responsibilities to comply with Section 16 of the Securities Exchange Act of 1934."
    )
    about = " of the issuer named above" if grant.issuer else ""
    end = (
        f"until and including {day_in_words(grant.until)}, or, if earlier, "
        if grant.until is not None
        else ""
    )
    yield (
        f"Duration: this power of attorney remains in full force and effect {end}until the principal is no longer "
        "required to file Forms 3, 4 and 5 with respect to the principal's holdings of and transactions in "
        f"securities{about}, unless the principal revokes it earlier in a signed writing delivered to "
        f"{which} attorney-in-fact."
    )


def power_text(grant: Grant) -> bytes:
    """The exhibit as plain ASCII text for a ``.txt``, lines of at most 78 characters.

    Raises MalformedValue for a name with other letters, which a ``.htm`` can show.
    """
    lines: list[str] = []
    for part in _parts(grant):
        if not part.text.isascii():
            raise MalformedValue(
                f'A .txt is plain ASCII, and "{part.text}" is not',
                remedy="Write a .htm, or spell the name with the letters A to Z",
            )
        if part.kind == "title" and lines and lines[-1]:
            lines.append("")
        lines += [*_wrapped(part), *([] if part.kind in ("fact", "sign") else [""])]
        if part.text.startswith(f"Attorney-in-fact {len(grant.agents)}:"):
            lines.append("")
    return ("\n".join(lines).rstrip("\n") + "\n").encode("ascii")


def _wrapped(part: _Part) -> list[str]:
    if part.kind == "title":
        return [part.text.center(_WIDTH).rstrip()]
    first, later = {"item": ("    ", "        "), "fact": ("", "    "), "sign": ("", "    ")}.get(
        part.kind, ("", "")
    )
    return textwrap.wrap(
        part.text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_on_hyphens=False,
        break_long_words=False,
    )


def power_page(grant: Grant) -> bytes:
    """The exhibit as a plain ASCII page for a ``.htm``: other letters by their numbers, no script, no style sheet."""
    import html

    lines = ["<html>", "<head>", "<title>Power of Attorney</title>", "</head>", "<body>"]
    for part in _parts(grant):
        text = html.escape(part.text, quote=False)
        attributes = {"title": ' align="center"', "item": ' style="margin-left: 36pt"'}.get(part.kind, "")
        inner = f"<b>{text}</b>" if part.kind == "title" else text
        lines.append(f"<p{attributes}>{inner}</p>")
    return "\n".join([*lines, "</body>", "</html>", ""]).encode("ascii", "xmlcharrefreplace")


# ---- read


class PowerReading(NamedTuple):
    """What an exhibit was found to say; None and empty: it could not be told."""

    text: str
    """All of it, without markup, in one line."""
    principal: str | None = None
    agents: tuple[str, ...] = ()
    issuer_cik: str | None = None
    signed: date | None = None
    until: date | None = None
    """The last day; None also for one that lasts until it is revoked."""


def plain_text(content: bytes, name: str) -> str | None:
    """The lines of a ``.txt``, or of a ``.htm`` without its markup; None for a picture or any other file."""
    if not name.lower().endswith((".txt", ".htm", ".html")):
        return None
    text = content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if not name.lower().endswith(".txt"):
        import html

        text = html.unescape(without_tags(text, _BLOCK, "\n\n"))
    return text


def power_reading(content: bytes, name: str) -> PowerReading | None:
    """What a power of attorney says; None for a picture or any other file that is not ``.txt`` or ``.htm``."""
    text = plain_text(content, name)
    if text is None:
        return None
    labeled = _labeled(text)
    line = " ".join(text.split())
    cik = bare_cik(labeled.get("Issuer's CIK")) or None
    agents = tuple(value for label, value in labeled.items() if label.startswith("Attorney-in-fact "))
    return PowerReading(
        text=line,
        principal=labeled.get("Principal") or _principal(line),
        agents=agents or _agents(line),
        issuer_cik=cik,
        signed=_signed(line),
        until=_until(line),
    )


_BLOCK: Final = re.compile(
    r"<\s{0,20}/?\s{0,20}(?:p|div|br|tr|td|table|h[1-6]|li|ul|ol|center)\b[^>]*>", re.IGNORECASE
)
_LABEL: Final = Pattern(r"(Principal|Issuer|Issuer's CIK|Attorney-in-fact [0-9]+): (.*)")


def _labeled(text: str) -> dict[str, str]:
    """The labeled lines at the top of what :func:`power_text` and :func:`power_page` write, continued ones whole."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        match = _LABEL.fullmatch(line.rstrip())
        if match is not None:
            lines = [match[2]]
            found.setdefault(match[1], lines)
        elif lines and re.match(r" {4}\S", line):
            lines.append(line.strip())
        else:
            lines = []
    return {label: " ".join(parts) for label, parts in found.items()}


_NAME: Final = r"[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){1,4}(?:,?\s+(?:Jr|Sr|II|III|IV|Esq)\b\.?)?"
_ONE_NAME: Final = Pattern(_NAME)
_AND: Final = re.compile(r",?\s+(?:and|or)\s+|,\s+(?!(?:Jr|Sr|II|III|IV|Esq)\b)")
_APPOINTED: Final = Pattern(
    r"\bappoints?,?\s+(?:(?:each|any)\s+(?:one\s+)?of\s+)?"
    rf"(?P<names>{_NAME}(?:(?:,?\s+(?:and|or)\s+|,\s+){_NAME})*)"
    r"(?=,?\s*(?:\(|and each|or any|or either|and any|each|any|either|sign|acting|with full|as\b|my\b|his\b|her\b"
    r"|the undersigned|true|to be|to sign|to act))"
)


def _agents(line: str) -> tuple[str, ...]:
    """The names after "appoints", where nothing but names is there."""
    found = _APPOINTED.search(line)
    if found is None:
        return ()
    names = tuple(name.strip(" ,") for name in _AND.split(found["names"]))
    return names if all(_ONE_NAME.fullmatch(name) for name in names) else ()


_GRANTOR: Final = Pattern(rf"\b(?:I|undersigned),\s+(?P<name>{_NAME}),")


def _principal(line: str) -> str | None:
    found = _GRANTOR.search(line)
    return found["name"] if found is not None else None


_MONTH: Final = "|".join(_MONTHS)
_DAY: Final = (
    rf"(?:(?P<month>{_MONTH})\s+(?P<day>[0-9]{{1,2}}),?\s+(?P<year>[0-9]{{4}})"
    r"|(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>[0-9]{4})|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}))"
)
_NTH: Final = Pattern(
    rf"\b(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+day\s+of\s+(?P<month>{_MONTH}),?\s+(?P<year>[0-9]{{4}})",
    re.IGNORECASE,
)
_DATED: Final = Pattern(
    rf"\b(?:date|dated|executed|signed|executed as of|dated as of|executed on)\s*:?\s+(?:this\s+)?{_DAY}",
    re.IGNORECASE,
)
_ENDS: Final = Pattern(
    rf"\b(?:until|expires?|expire on|expires on|terminates? on|ends? on)\s+(?:on\s+)?(?:and\s+including\s+)?{_DAY}",
    re.IGNORECASE,
)


def _signed(line: str) -> date | None:
    """The day beside the signature: the last date stated as one."""
    found = [*_NTH.finditer(line), *_DATED.finditer(line)]
    return _day(max(found, key=lambda match: match.start())) if found else None


def _until(line: str) -> date | None:
    """The last day, where exactly one is stated."""
    days = {_day(match) for match in _ENDS.finditer(line)}
    return days.pop() if len(days) == 1 else None


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    try:
        if parts.get("iso"):
            return date.fromisoformat(parts["iso"])
        if parts.get("m"):
            return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
        month = _MONTHS.index(parts["month"].capitalize()) + 1
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None
