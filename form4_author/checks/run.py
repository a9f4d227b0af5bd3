"""Running the checks: a document or a draft in, sorted findings out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from form4_author.checks.base import Calendar, Context, Profile, Rule
from form4_author.checks.bounded import bounded_filing
from form4_author.checks.plan import Planner
from form4_author.checks.registry import rule_with, running
from form4_author.checks.schema import (
    SchemaVerdict,
    draft_hits,
    envelope_hits,
    malformed_hits,
    schema_edition,
    tree_verdict,
)
from form4_author.checks.structure import secret_hits, spelling_hits
from form4_author.codes import Edition, current_edition, editions
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.findings import Finding, Hit, Path, Severity
from form4_author.ident.ccc import without_cccs
from form4_author.model.facts import NO_FACTS, Facts
from form4_author.model.field import DOCUMENT, Group
from form4_author.wire.place import line_at, lines_by_path, nearest_line
from form4_author.wire.write import document_element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from form4_author.model.draft import Draft
    from form4_author.model.filing import Filing
    from form4_author.model.submission import Submission
    from form4_author.wire.read import Document

__all__ = [
    "check_document",
    "check_draft",
    "checked_edition",
    "edition_of",
    "last_signature_date",
    "unreadable_finding",
]


def check_document(
    document: Document, as_of: date, calendar: Calendar, facts: Facts = NO_FACTS
) -> tuple[Finding, ...]:
    """The findings of a document read from XML, each with its line.

    ``as_of``: the date of the check (see ``last_signature_date`` for public documents).
    ``facts``: what is known beside it; rules that need more are silent.
    """
    filing = document.filing
    profile = Profile(document.profile)
    edition = checked_edition(document)
    context = Context(
        as_of=as_of,
        profile=profile,
        edition=edition,
        calendar=calendar,
        submission=document.submission,
        facts=facts,
    )
    hits = [h for h in document.hits if h.id != "OWN-025" or document.envelope is None]
    hits += _edition_hits(filing, profile)
    hits += malformed_hits(document.malformed, edition)
    verdict = _verdict(lambda: tree_verdict(document.root, filing, edition))
    hits += verdict.hits
    if profile.will_be_sent:
        hits += spelling_hits(document.root)
    if document.envelope is not None:
        envelope = document.envelope
        hits += secret_hits(document.root)
        hits += _guarded(lambda: envelope_hits(envelope))
    judged = filing if verdict.accepted else bounded_filing(filing)
    findings = _findings((*hits, *_rule_hits(judged, context)), verdict, context)
    return tuple(_with_lines(findings, document))


def check_draft(  # noqa: PLR0913  # the sixth only where there is a file
    draft: Draft,
    as_of: date,
    calendar: Calendar,
    facts: Facts = NO_FACTS,
    submission: Submission | None = None,
    *,
    data: Mapping[str, Any] | None = None,
) -> tuple[Finding, ...]:
    """The findings of a draft, checked as it will be sent: against the current edition, as of ``as_of``.

    ``submission`` has the files that will go beside it, where they are known. ``data``: what the draft's file has,
    for faults of its spelling.
    """
    from form4_author.wire.draft import draft_data, malformed_of  # a document is checked without them

    filing = draft.filing
    edition = current_edition(filing.base or "4")
    context = Context(
        as_of=as_of,
        profile=Profile.DRAFT,
        edition=edition,
        calendar=calendar,
        submission=submission,
        facts=facts,
    )
    spelled = tuple(malformed_hits(malformed_of(draft), edition))
    hits = [*_guarded(lambda: draft_hits(data if data is not None else draft_data(draft), edition)), *spelled]
    unread = {h.path for h in hits if rule_with(h.id or "").severity is Severity.SUSPENSE}
    verdict = _verdict(lambda: tree_verdict(document_element(filing), filing, edition))
    hits += [h for h in verdict.hits if h.path not in unread]
    judged = filing if verdict.accepted else bounded_filing(filing)
    return _findings((*hits, *_rule_hits(judged, context)), verdict, context)


def checked_edition(document: Document) -> Edition:
    """The edition for the checks of a document: its own if it is public, the current one if it will be sent."""
    filing = document.filing
    return edition_of(filing) if document.profile == "public" else current_edition(filing.base or "4")


def edition_of(filing: Filing) -> Edition:
    """The edition for the checks of a public document: its own where it is known, otherwise the current one."""
    known = editions().get(filing.edition or "")
    return schema_edition(filing, known) if known is not None else current_edition(filing.base or "4")


def last_signature_date(filing: Filing) -> date | None:
    """The latest date of signature, as of which a public document is checked."""
    return max((s.date for s in filing.signatures if s.date is not None), default=None)


def unreadable_finding(error: UnreadableInput) -> Finding:
    """The one finding of a file that cannot be read."""
    rule = rule_with(error.id)
    return Finding(
        error.id, Severity.SUSPENSE, (), str(error), _cites(rule), line=error.line, column=error.column
    )


def _edition_hits(filing: Filing, profile: Profile) -> list[Hit]:
    known = editions().get(filing.edition or "")
    if profile is not Profile.PUBLIC or (known is not None and (filing.base or "4") in known.bases):
        return []
    current = current_edition(filing.base or "4").edition
    form = f"Form {filing.form}" if filing.base else "the form"
    return [
        Hit(
            ("edition",),
            f'schemaVersion "{filing.edition}" is not a known edition of {form}; checked against {current}',
            id="DOC-034",
        )
    ]


# ---- hits to findings


_PLANNERS: Final[dict[bool, Planner]] = {}
"""Without and with facts."""


def _planner(context: Context) -> Planner:
    facts = context.facts is not NO_FACTS
    rules = running(facts=facts)
    planner = _PLANNERS.get(facts)
    if planner is None or planner.rules is not rules:
        planner = _PLANNERS[facts] = Planner(rules)
    return planner


def _rule_hits(filing: Filing, context: Context) -> Iterator[Hit]:
    for id, check in _planner(context).worth_asking(filing, context):
        try:
            for hit in check(filing, context):
                yield Hit(hit.path, hit.message, hit.related, hit.line, id, hit.fix)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  # a rule that fails must block, never vanish
            yield _failure(id, error)


def _guarded(check: Callable[[], Iterable[Hit]]) -> list[Hit]:
    """The hits of a schema check; a check that cannot run becomes a blocking hit."""
    try:
        return list(check())
    except Form4Error as error:
        return [Hit((), f"The schema check could not run: {error}", id="DOC-031")]
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # as for rules
        return [_failure("of the schema", error)]


def _verdict(judge: Callable[[], SchemaVerdict]) -> SchemaVerdict:
    """The XSD's verdict; if the check cannot run, a rejection with a blocking hit."""
    verdicts: list[SchemaVerdict] = []

    def judged() -> tuple[Hit, ...]:
        verdicts.append(judge())
        return verdicts[0].hits

    hits = _guarded(judged)
    return verdicts[0] if verdicts else SchemaVerdict(accepted=False, hits=tuple(hits))


def _failure(what: str, error: Exception) -> Hit:
    return Hit(
        (), f"Check {what} failed inside form4 ({type(error).__name__}); please report it", id="DOC-031"
    )


def _findings(hits: Iterable[Hit], verdict: SchemaVerdict, context: Context) -> tuple[Finding, ...]:
    """The findings of the hits, in document order; a document that the schema rejects has one that blocks filing."""
    findings = []
    ran = _planner(context).by_id
    seen: set[tuple[str, Path, str]] = set()
    for hit in hits:
        rule = ran.get(hit.id or "") or rule_with(hit.id or "")
        path = tuple(without_cccs(step) if isinstance(step, str) else step for step in hit.path)
        message = without_cccs(hit.message)
        key = (rule.id, path, message)
        if key not in seen:
            seen.add(key)
            findings.append(
                Finding(
                    rule.id,
                    rule.severity,
                    path,
                    message,
                    _cites(rule),
                    hit.related,
                    hit.line,
                    fix=hit.fix,
                )
            )
    if not verdict.accepted and not any(f.severity is Severity.SUSPENSE for f in findings):
        rule = rule_with("DOC-002")
        message = "EDGAR's schema rejects the document; form4 cannot determine where"
        findings.append(Finding(rule.id, rule.severity, (), message, _cites(rule)))
    return tuple(sorted(findings, key=_document_order))


def _cites(rule: Rule) -> tuple[str, ...]:
    """The sources as a finding names them; one that rests on general knowledge says so."""
    return tuple(f"{c.text} (general knowledge)" if c.general_knowledge else c.text for c in rule.cites)


def _with_lines(findings: tuple[Finding, ...], document: Document) -> Iterator[Finding]:
    """The findings with their lines; looked up one by one, or, when they are many, in one walk."""
    root, offset = document.root, document.line_offset
    lines = lines_by_path(root, offset) if len(findings) > _FEW else None
    for finding in findings:
        path = finding.path
        if finding.line is not None:
            yield finding
        else:
            line = line_at(root, path, offset) if lines is None else nearest_line(lines, path)
            yield replace(finding, line=line)


_FEW: Final = 100


@cache
def _positions() -> dict[str, int]:
    """Position of every attribute name in the order of the form."""
    names: dict[str, int] = {}

    def number(group: Group) -> None:
        for node in group.nodes:
            if node.name:
                names.setdefault(node.name, len(names))
            if isinstance(node, Group):
                number(node)

    number(DOCUMENT)
    return names


_LAST: Final = 10_000


def _document_order(finding: Finding) -> tuple[tuple[int, ...], str, str]:
    positions = _positions()
    steps = tuple(step if isinstance(step, int) else positions.get(step, _LAST) for step in finding.path)
    return steps, finding.id, finding.message
