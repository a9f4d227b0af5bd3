"""What an audit finds for each insider of an issuer: the rules that ask for a history, over everything on record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.checks.audit.lateness import context_of, late_report, signed_late
from form4_author.checks.registry import running
from form4_author.findings import Severity
from form4_author.ident.cik import bare_cik
from form4_author.ledger.history import last_reported
from form4_author.ledger.line import line_key
from form4_author.model.facts import Facts
from form4_author.shortswing.account import results
from form4_author.shortswing.history import groups, name_of
from form4_author.shortswing.wording import money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.checks.audit.lateness import LateReport
    from form4_author.checks.base import Calendar, Context, Rule
    from form4_author.findings import Path
    from form4_author.ledger.history import Reported
    from form4_author.model.facts import Adjustment, IssuerFacts, PersonFacts, PriorFiling
    from form4_author.model.filing import Filing
    from form4_author.shortswing.account import ClassAccount, Result
    from form4_author.shortswing.history import FilerGroup

__all__ = ["AuditFinding", "AuditKind", "Insider", "IssuerRecord", "audited"]


class AuditKind(StrEnum):
    """What a finding of an audit is about."""

    HOLDINGS = "holdings"
    LATE = "late"
    MISSING = "missing"
    SHORT_SWING = "short_swing"
    OTHER = "other"


class AuditFinding(NamedTuple):
    """One finding, with the filing it is in and the earlier one it goes against."""

    kind: AuditKind
    severity: Severity
    message: str
    rule: str = ""
    """The id of the rule; empty where no rule of a single form says it."""
    prior: PriorFiling | None = None
    earlier: PriorFiling | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerRecord:
    """All that is on record of an issuer, in the order of filing."""

    filings: tuple[PriorFiling, ...]
    issuer: IssuerFacts | None = None
    persons: tuple[PersonFacts, ...] = ()
    adjustments: tuple[tuple[str, Adjustment], ...] = ()
    """What moved a line without a form, each with the CIK of its person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insider:
    """A reporting person, or several who file the same forms together, and what was found."""

    group: FilerGroup
    findings: tuple[AuditFinding, ...]
    late: tuple[LateReport, ...]
    swing: Result

    @property
    def name(self) -> str:
        """The names, each with its CIK."""
        return "; ".join(f"{name or 'Reporting person'} (CIK {cik})" for cik, name in self.group.persons)

    def worst(self) -> Severity | None:
        """The most serious severity; None without a finding."""
        return min((f.severity for f in self.findings), key=lambda s: s.rank, default=None)


_BY_ACCOUNT: Final = frozenset({"SWG-002", "SWG-005"})
"""Rules that the short-swing account of the whole history replaces."""
_OF_HOLDINGS: Final = frozenset({"HLD-004", "HLD-014", "HLD-026", "HLD-027", "F5-009"})
_FROM_EARLIER: Final = frozenset({"HLD-004", "F5-009"})
"""Rules whose hit is at the total of a line that an earlier form has."""


def audited(record: IssuerRecord, calendar: Calendar) -> tuple[Insider, ...]:
    """The insiders of the issuer, by name, each with what was found in its filings."""
    foreign = record.issuer is not None and bool(record.issuer.foreign_private)
    found = [_insider(group, record, calendar, foreign=foreign) for group in groups(record.filings)]
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.group.persons)))


def _insider(group: FilerGroup, record: IssuerRecord, calendar: Calendar, *, foreign: bool) -> Insider:
    (swing,) = results(group.filings, person=group.persons[0][0] or None)[:1]
    swing = replace(swing, group=group)
    findings: list[AuditFinding] = list(_missing(group))
    late: list[LateReport] = []
    for place, prior in enumerate(group.filings):
        context = context_of(prior, _facts(group, record, place), calendar)
        findings += _by_rules(prior, group.filings[:place], _rules(), context)
        report = late_report(prior, context)
        if report is not None:
            late.append(report)
            findings.append(
                AuditFinding(AuditKind.LATE, Severity.WARNING, report.message, report.rule, prior)
            )
        elif (due := signed_late(prior, context)) is not None:
            message = f"The filing date is not on record; due by {due.day}, signed after that day. Look it up"
            findings.append(AuditFinding(AuditKind.LATE, Severity.NOTE, message, "", prior))
    if not foreign:
        findings += _swing(swing)
    return Insider(group=group, findings=tuple(findings), late=tuple(late), swing=swing)


def _facts(group: FilerGroup, record: IssuerRecord, place: int) -> Facts:
    ciks = {cik for cik, _name in group.persons}
    return Facts(
        history=group.filings[:place],
        issuer=record.issuer,
        persons=tuple(p for p in record.persons if bare_cik(p.cik) in ciks) or None,
        adjustments=tuple(a for cik, a in record.adjustments if cik in ciks) or None,
        from_register=True,
    )


def _rules() -> tuple[Rule, ...]:
    """The rules that ask for the history."""
    return tuple(r for r in running() if "history" in r.when.needs and r.id not in _BY_ACCOUNT)


def _by_rules(
    prior: PriorFiling, before: Sequence[PriorFiling], rules: Sequence[Rule], context: Context
) -> Iterator[AuditFinding]:
    """What the rules that ask for a history find in one filing.

    Where the earlier filing does not show which of its totals is the last, a break is only a note.
    """
    for rule in rules:
        for hit in rule.hits(prior.filing, context):
            if rule.id not in _OF_HOLDINGS:
                yield AuditFinding(
                    AuditKind.OTHER, rule.severity, hit.message, rule.id, prior, None, hit.path
                )
                continue
            last = _last(rule.id, hit.path, prior.filing, before)
            severity = rule.severity if last is None or last.certain else Severity.NOTE
            earlier = before[-1] if last is None else last.prior
            message = f"{hit.message}. A total may be wrong, or a filing in between is not on record"
            yield AuditFinding(AuditKind.HOLDINGS, severity, message, rule.id, prior, earlier, hit.path)


def _last(id_: str, path: Path, filing: Filing, before: Sequence[PriorFiling]) -> Reported | None:
    """The last total of the line that a hit is about; None where the hit is not about one line."""
    place = path[1] if id_ in _FROM_EARLIER else None
    if not isinstance(place, int):
        return None
    table = str(path[0])
    return last_reported(before, table).get(line_key(table, filing.non_derivative[place]))


def _missing(group: FilerGroup) -> Iterator[AuditFinding]:
    """A note where the first filing on record is no Form 3 and none follows."""
    first = group.filings[0]
    if all(prior.filing.base != "3" for prior in group.filings):
        yield AuditFinding(
            AuditKind.MISSING,
            Severity.NOTE,
            f"No Form 3 is on record; the first filing is {name_of(first)}. See whether EDGAR has one",
            prior=first,
        )


def _swing(result: Result) -> Iterator[AuditFinding]:
    """Possible profit, or why the figure is open, for each class; nothing where nothing may match."""
    for account in result.accounts:
        open_ = [doubt.words for doubt in (*account.doubts, *result.doubts)]
        if account.basis.signs:
            open_.append(
                "There seems to be a stock split between trades; give it to form4 shortswing --split."
            )
        if account.customary.pairs:
            yield AuditFinding(AuditKind.SHORT_SWING, Severity.WARNING, _profit(account, open_), "SWG-002")
        elif account.doubts or account.basis.signs:
            name = account.title or account.share_class
            words = f"{name}: not determined. {' '.join(open_)} See form4 shortswing"
            yield AuditFinding(AuditKind.SHORT_SWING, Severity.NOTE, words)


def _profit(account: ClassAccount, open_: Sequence[str]) -> str:
    pairs = account.customary.pairs
    count = f"{len(pairs)} pair{'' if len(pairs) == 1 else 's'}"
    most = account.optimum.total
    bound = f", at most {money(most)}" if most != account.customary.total else ""
    doubt = f". Uncertain: {' '.join(open_)}" if open_ else ". Ask counsel"
    return (
        f"{account.title or account.share_class}: possible profit of {money(account.customary.total)}"
        f" (lowest price in, highest price out; {count}){bound}{doubt}"
    )
