"""Whether a filing could be sent tonight: EDGAR itself, the two tokens, and each person's account."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.desk.clock import eastern
from form4_author.edgar.token import token_facts
from form4_author.ident.cik import bare_cik
from form4_author.register.card import KINDS, card_by_words, listed
from form4_author.timing.legal_data import us_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.edgar.filing_answer import Verification
    from form4_author.edgar.sender import Sender, Tokens
    from form4_author.register.database import Register
    from form4_author.register.table import Person

__all__ = [
    "Filer",
    "Point",
    "condition_point",
    "filers_meant",
    "person_point",
    "token_points",
    "unasked_points",
]

_SOON: Final = timedelta(days=14)
_MAKE: Final = "make one in EDGAR Filer Management"
_OPEN: Final = {
    "ACCEPTING": "accepting submissions today",
    "ACCEPTING_AFTER_HOURS": "accepting submissions; completed before 10 p.m. Eastern they are dated today",
}
_WITH_DIFFICULTIES: Final = "_WITH_TECHNICAL_DIFFICULTIES"


class Filer(NamedTuple):
    """Who is to be checked."""

    cik: str
    """Without leading zeros."""
    name: str


class Point(NamedTuple):
    """One line of the answer."""

    what: str
    good: bool | None
    """None where it could not be checked."""
    words: str
    action: str = ""
    """What makes it good."""


def filers_meant(register: Register | None, words: Sequence[str]) -> tuple[Filer, ...]:
    """The persons with these names or CIKs; all that the register has where none is named.

    A CIK needs no register. Raises Form4Error for a name that the register does not have.
    """
    if register is None:
        return tuple(Filer(bare_cik(word), "") for word in words)
    with register.reading() as session:
        people: Sequence[Person] = listed(session, KINDS["person"])
        if not words:
            return tuple(Filer(person.cik, person.name) for person in people)
        names = {person.cik: person.name for person in people}
        ciks = [
            word if word.isdecimal() else card_by_words(session, KINDS["person"], word).cik for word in words
        ]
        return tuple(Filer(bare_cik(cik), names.get(bare_cik(cik), "")) for cik in ciks)


def token_points(tokens: Tokens, now: datetime) -> tuple[Point, Point]:
    """What each token says of itself. Whether it was revoked only EDGAR knows."""
    return (
        _token_point("Filer API token", tokens.filer, now, is_filer=True),
        _token_point("User API token", tokens.user, now, is_filer=False),
    )


def _token_point(what: str, token: str, now: datetime, *, is_filer: bool) -> Point:
    if not token:
        return Point(what, False, "missing", _MAKE)
    facts = token_facts(token)
    if facts is None:
        return Point(what, False, "not an EDGAR token", "copy it again as EDGAR shows it")
    if facts.is_filer != is_filer:
        return Point(
            what, False, "the other kind of token", "give the filer token first, the user token second"
        )
    whose = f"CIK {bare_cik(facts.owner)}" if is_filer else facts.owner
    if facts.expires is None:
        return Point(what, None, f"{whose}; its last day cannot be read")
    last = us_date(facts.expires.astimezone(eastern()).date())
    if facts.expires <= now.astimezone(UTC):
        return Point(what, False, f"{whose}, expired {last}", _MAKE)
    action = f"{_MAKE} before then" if facts.expires - now.astimezone(UTC) < _SOON else ""
    return Point(what, True, f"{whose}, until {last}", action)


def condition_point(sender: Sender) -> Point:
    """Whether EDGAR takes submissions now. Raises EdgarError where it cannot be reached."""
    answer = sender.condition()
    condition = answer.condition
    with_difficulties = condition.endswith(_WITH_DIFFICULTIES)
    words = _OPEN.get(condition.removesuffix(_WITH_DIFFICULTIES))
    if answer.status in (401, 403):
        return Point("EDGAR", None, f"refuses the tokens: {answer.words or answer.status}", "see the tokens")
    if words is None:
        return Point(
            "EDGAR",
            False if condition in ("OUTSIDE_OPERATING_HOURS", "NO_COMMUNICATION") else None,
            answer.words.rstrip(".")
            or condition.replace("_", " ").lower()
            or f"answers with status {answer.status}",
            "submit from 6 a.m. to 10 p.m. Eastern on a business day",
        )
    if with_difficulties:
        return Point("EDGAR", True, f"{words}, with technical difficulties", "keep the receipts")
    return Point("EDGAR", True, words)


def person_point(sender: Sender, filer: Filer, ccc: str | None, today: date) -> Point:
    """Whether the tokens may file for a person, with the CCC and the yearly confirmation. Raises EdgarError."""
    what = _named(filer)
    found = sender.verification(filer.cik)
    point = _account_point(what, found, today)
    if point is not None:
        return point
    if ccc is None:
        return Point(
            what, None, "may file; CCC not checked", "store it with form4 pack --keep, or give --ccc-fd"
        )
    right = sender.has_ccc(filer.cik, ccc)
    if right is False:
        return Point(what, False, "the CCC is not EDGAR's", "take the CCC from EDGAR Filer Management")
    due = found.confirmation
    soon = f"; confirm the account by {us_date(due)}" if due is not None and due - today < _SOON else ""
    if right is None:
        return Point(what, None, f"may file; EDGAR does not show the CCC{soon}")
    return Point(what, True, f"may file, CCC right{soon}")


def unasked_points(filers: Sequence[Filer]) -> tuple[Point, ...]:
    """The lines of EDGAR and the persons where the tokens do not let anyone ask."""
    return (
        Point("EDGAR", None, "not asked, because a token is missing or does not work"),
        *(Point(_named(filer), None, "not checked") for filer in filers),
    )


def _named(filer: Filer) -> str:
    return f"{filer.name} (CIK {filer.cik})" if filer.name else f"CIK {filer.cik}"


def _account_point(what: str, found: Verification, today: date) -> Point | None:
    """Why the tokens may not file; None where they may."""
    if found.may_file is None:
        return Point(what, None, f"EDGAR answers with status {found.answer.status}", "run form4 ready again")
    if not found.may_file:
        reason = "" if found.is_stated else found.answer.words.rstrip(".")
        return Point(
            what,
            False,
            f"the tokens may not file for this person{f': {reason}' if reason else ''}",
            "have an account administrator add the user, or delegate to the filer token's CIK",
        )
    if found.confirmation is not None and found.confirmation < today:
        due = us_date(found.confirmation)
        return Point(
            what, False, f"not confirmed since {due}", "confirm the account in EDGAR Filer Management"
        )
    return None
