"""What a rule is: a declared value with its explanation, and the context it is judged in.

A rule's docstring is what ``form4 explain`` prints. Its first line states the bad state; then come the parts
``Why:``, ``Fix:``, ``Silent:`` (when it is not reported), ``Rejected:`` and ``Accepted:``. The last two are edits of an
example filing, ``path = value`` separated by semicolons (see ``form4_author.checks.example``), and tests run them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from form4_author.findings import Hit, Severity
from form4_author.model.filing import Filing

if TYPE_CHECKING:
    from datetime import date

    from form4_author.codes import Edition
    from form4_author.model.submission import Submission

__all__ = [
    "Calendar",
    "Check",
    "Cite",
    "Context",
    "Explanation",
    "Profile",
    "Rule",
    "explanation",
    "rule",
    "stated",
]


class Calendar(Protocol):
    """Which days count as business days of the SEC."""

    def is_business_day(self, day: date) -> bool:
        """Whether EDGAR accepts filings on this day and it counts towards a deadline."""


class Profile(Enum):
    """What kind of file is judged; some rules only concern what will be sent."""

    DRAFT = "draft"
    SUBMISSION = "submission"
    PUBLIC = "public"

    @property
    def will_be_sent(self) -> bool:
        """Whether the file is still to go to EDGAR."""
        return self is not Profile.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a rule may know beside the filing itself."""

    as_of: date
    """The day the filing is judged on: today for what will be sent, the last signature date for a public document."""
    profile: Profile
    edition: Edition
    calendar: Calendar
    submission: Submission | None = None
    """The envelope, when the file came in one."""


@dataclass(frozen=True, slots=True)
class Cite:
    """A source a rule rests on: the regulator's text, never ours."""

    text: str
    """As printed beside a finding: ``Form 4, Instr. 8``."""
    url: str = ""
    general_knowledge: bool = False
    """Not re-read in the primary text; such a rule is at most a warning and says so."""


Check = Callable[[Filing, Context], Iterator[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One check with a stable id."""

    id: str
    title: str
    """Names the bad state."""
    severity: Severity
    cites: tuple[Cite, ...]
    since: str
    """Version of this program that brought it."""
    check: Check | None
    """None: the reader or the schema layer reports it."""
    text: str
    """The docstring."""
    effective: date | None = None
    """First day the law behind it holds; the rule itself compares with the transaction's date."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule's docstring, taken apart."""

    what: str
    why: str
    fix: str
    silent: str
    rejected: str
    accepted: str


def rule(
    id: str, title: str, severity: Severity, *cites: Cite, effective: date | None = None, since: str = "0.1.0"
) -> Callable[[Check], Rule]:
    """Make a rule of a check function; the function's docstring becomes the explanation."""

    def made(check: Check) -> Rule:
        return Rule(
            id=id,
            title=title,
            severity=severity,
            cites=cites,
            since=since,
            check=check,
            text=check.__doc__ or "",
            effective=effective,
        )

    return made


def stated(id: str, title: str, severity: Severity, *cites: Cite, text: str, since: str = "0.1.0") -> Rule:
    """A rule that the reader or the schema layer enforces; declared so that it can be explained and counted."""
    return Rule(id=id, title=title, severity=severity, cites=cites, since=since, check=None, text=text)


_PARTS: Final = ("Why:", "Fix:", "Silent:", "Rejected:", "Accepted:")


@cache
def explanation(text: str) -> Explanation:
    """The parts of a rule's docstring, each as one paragraph; a part that is not there is empty."""
    parts: dict[str, list[str]] = {"What:": []}
    current = "What:"
    for line in text.splitlines():
        stripped = line.strip()
        for name in _PARTS:
            if stripped.startswith(name):
                current, stripped = name, stripped[len(name) :].strip()
                parts[current] = []
        if stripped:
            parts[current].append(stripped)
    return Explanation(*(" ".join(parts.get(name, [])) for name in ("What:", *_PARTS)))
