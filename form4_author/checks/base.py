"""What a rule is: a declared value with its explanation, and the context in which it runs.

A rule's docstring is what ``form4 explain`` prints. Its first line states the bad state; then come the parts
``Why:``, ``Fix:`` and ``Silent:`` (when it is not reported). Its examples are in its case file (see
``form4_author.checks.case``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeVar

from form4_author.findings import Hit, Severity
from form4_author.model.facts import NO_FACTS, Facts
from form4_author.model.filing import Filing
from form4_author.timing.deadline import ConfirmedDays

if TYPE_CHECKING:
    from datetime import date

    from form4_author.codes import Edition
    from form4_author.model.submission import Submission

__all__ = [
    "ALWAYS",
    "NEEDED",
    "Calendar",
    "Check",
    "Cite",
    "Context",
    "Explanation",
    "Profile",
    "Rule",
    "Traits",
    "When",
    "contents",
    "explanation",
    "rule",
]


_Read = TypeVar("_Read")


class Calendar(Protocol):
    """Which days count as business days of the SEC, and on which of them shares trade."""

    def is_business_day(self, day: date) -> bool:
        """Whether EDGAR accepts filings on this day and it counts towards a deadline."""

    def is_trading_day(self, day: date) -> bool:
        """Whether the exchanges trade on this day."""

    def doubt(self, day: date) -> str | None:
        """Why it is not certain that a business day is one; None where it is."""


class Profile(Enum):
    """The kind of file that is checked; some rules concern only what will be sent."""

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
    """The day as of which the filing is checked: today if it will be sent, the last signature date if it is public."""
    profile: Profile
    edition: Edition
    calendar: Calendar
    submission: Submission | None = None
    """The envelope, when the file came in one."""
    facts: Facts = NO_FACTS
    """What the document alone does not show."""
    _read: dict[object, tuple[Filing, Any]] = field(default_factory=dict, repr=False, compare=False)

    def once(self, reader: Callable[[Filing], _Read], filing: Filing) -> _Read:
        """What a reader finds in a filing, read once for all rules that ask for it."""
        known = self._read.get(reader)
        if known is None or known[0] is not filing:
            known = self._read[reader] = filing, reader(filing)
        found: _Read = known[1]
        return found

    @property
    def confirmed_days(self) -> ConfirmedDays:
        """The days that certainly count: what a finding that blames the filer is counted with."""
        return ConfirmedDays(self.calendar)

    @property
    def filing_day(self) -> date | None:
        """The day the form was filed or will be; None for a public document that does not say."""
        if self.facts.filing_at is not None:
            return self.facts.filing_at.date()
        if self.profile.will_be_sent:
            return self.as_of
        return self.submission.filed if self.submission is not None else None


class Cite(NamedTuple):
    """A source a rule rests on: the regulator's text, never ours."""

    text: str
    """As printed beside a finding: ``Form 4, Instr. 8``."""
    url: str = ""
    general_knowledge: bool = False
    """Not re-read in the primary text; such a rule is at most a warning and says so."""


Check = Callable[[Filing, Context], Iterator[Hit]]


class Traits(NamedTuple):
    """What decides, apart from words of its text, which rules a filing can break."""

    base: str
    """``3``, ``4`` or ``5``; ``?`` while the form is not known."""
    codes: frozenset[str]
    """Transaction codes that it uses."""
    known: frozenset[str]
    """Fields of ``Facts`` that are known."""
    edition: str
    has: frozenset[str] = frozenset()
    """What the filing and its file contain; see ``When.has``."""


def contents(filing: Filing, context: Context) -> frozenset[str]:
    """What a filing and its file contain, by the names that ``When.has`` uses."""
    submission, to_send = context.submission, context.profile.will_be_sent
    found = (
        ("to_send", to_send),
        ("envelope", to_send and submission is not None),
        ("attachments", submission is not None and submission.attachments),
        ("amendment", filing.is_amendment),
        ("table_1", filing.non_derivative),
        ("table_2", filing.derivative),
        ("footnotes", filing.footnotes),
        ("several_owners", len(filing.owners) > 1),
        ("plan_box", filing.aff10b5_one),
    )
    return frozenset((*(name for name, there in found if there), *_contents_of_rows(filing)))


def _contents_of_rows(filing: Filing) -> Iterator[str]:
    """``transaction``, ``holding``; ``indirect`` for a line owned indirectly, ``deemed`` for one with that date."""
    for _path, row in filing.rows():
        yield row.kind
        if row.ownership_form.value == "I":
            yield "indirect"
        if row.deemed_execution_date.value is not None:
            yield "deemed"


class When(NamedTuple):
    """Filings outside of which a rule has nothing to say; asked before its check, so that it costs next to nothing."""

    forms: str = ""
    """``45``: Forms 4 and 5 and their amendments; empty: every form."""
    codes: frozenset[str] = frozenset()
    """Transaction codes, one of which the form must use."""
    words: tuple[str, ...] = ()
    """Lower-case pieces of text, one of which must occur in a footnote or in Remarks."""
    needs: tuple[str, ...] = ()
    """Fields of ``Facts`` that must be known: such a rule asks the filer, the register or the clock."""
    effective: date | None = None
    """First day the law behind it holds; the rule itself compares with the date of the transaction or event."""
    edition: str = ""
    """First edition that has what the rule is about."""
    has: tuple[str, ...] = ()
    """What the filing or its file must contain, all of them; ``contents`` has the names."""

    def holds(self, filing: Filing, context: Context) -> bool:
        """Whether the rule is worth asking."""
        known = frozenset(name for name in self.needs if getattr(context.facts, name) is not None)
        traits = Traits(
            filing.base or "?",
            filing.transaction_codes(),
            known,
            context.edition.edition,
            contents(filing, context),
        )
        return self.fits(traits) and (not self.words or any(word in filing.prose() for word in self.words))

    def fits(self, traits: Traits) -> bool:
        """Whether every condition but that of words holds."""
        return (
            (not self.forms or traits.base in self.forms)
            and (not self.codes or not self.codes.isdisjoint(traits.codes))
            and traits.known.issuperset(self.needs)
            and self.edition <= traits.edition
            and traits.has.issuperset(self.has)
        )


ALWAYS: Final = When()
"""No condition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One check with a stable id."""

    id: str
    title: str
    """Names the bad state."""
    severity: Severity
    cites: tuple[Cite, ...]
    since: str
    """Version of this program that added it."""
    check: Check | None
    """None: the reader or the schema layer reports it."""
    text: str
    """The docstring."""
    when: When = ALWAYS

    @property
    def enforced_by(self) -> str:
        """``schema`` (the reader or the schema layer), ``rule``, or ``question`` (needs facts beside the document)."""
        if self.check is None:
            return "schema"
        return "question" if self.when.needs else "rule"

    def hits(self, filing: Filing, context: Context) -> Iterator[Hit]:
        """What it finds; nothing where its conditions do not hold."""
        if self.check is not None and self.when.holds(filing, context):
            yield from self.check(filing, context)


class Explanation(NamedTuple):
    """A rule's docstring, taken apart."""

    what: str
    why: str
    fix: str
    silent: str


def rule(
    id: str, title: str, severity: Severity, *cites: Cite, when: When = ALWAYS, since: str = "0.1.0"
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
            when=when,
        )

    return made


NEEDED: Final = {
    "history": "prior filings (form4 check --history or --register)",
    "issuer": "facts about the issuer (form4 check --facts or --register)",
    "persons": "facts about the reporting persons (form4 check --facts or --register)",
    "powers": "the powers of attorney on record (form4 check --facts or --register)",
    "adjustments": "changes to a line that no form reports (form4 check --facts or --register)",
    "open_drafts": "the reporting person's other drafts (in the drafts folder, the current folder and its own)",
    "started_from": "the draft from which the balances are carried forward (chosen in the interview)",
    "authentications": "the authentication documents on record (form4 check --facts)",
    "prices": "market prices (form4 check --facts)",
    "event_issuers": "the issuers whose securities the events concern (form4 check --facts)",
    "filing_at": "the time of filing (form4 check --filed)",
}
"""Where what a rule needs beside the document comes from, by field of ``Facts``."""

_PARTS: Final = ("Why:", "Fix:", "Silent:")


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
