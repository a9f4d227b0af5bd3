"""What tests judge: filings made from the example drafts, and the context they are judged in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from form4_author.checks.base import Context, Profile
from form4_author.checks.example import apply, draft
from form4_author.codes import current_edition, edition_named
from form4_author.model.facts import NO_FACTS, Facts
from form4_author.model.submission import Attachment, Submission
from form4_author.text import day
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.filing import filing_from

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from form4_author.model.filing import Filing

__all__ = ["last_signed", "make_context", "make_draft", "make_filing", "make_submission"]


def make_draft(base: str = "seed", edits: Sequence[str] = ()) -> dict[str, Any]:
    """An example draft with edits made in it."""
    data = draft(base)
    for edit in edits:
        apply(data, edit)
    return data


def make_filing(base: str = "seed", edits: Sequence[str] = ()) -> Filing:
    """The filing of an example draft with edits made in it."""
    filing, _malformed = filing_from(make_draft(base, edits))
    return filing


def last_signed(base: str = "seed") -> str:
    """The last signature date of an example as it stands."""
    return max(str(signature["date"]) for signature in draft(base)["signatures"])


def make_submission(facts: Mapping[str, Any]) -> Submission:
    """An envelope from plain data; an attachment's content is text, or {"hex": …} for bytes."""
    attachments = tuple(
        Attachment(
            name=item.get("name"),
            type=item.get("type"),
            description=item.get("description"),
            content=_content(item.get("content", "")),
        )
        for item in cast("Sequence[Mapping[str, Any]]", facts.get("attachments", ()))
    )
    others = {key: value for key, value in facts.items() if key not in ("attachments", "notification_emails")}
    return Submission(
        attachments=attachments, notification_emails=tuple(facts.get("notification_emails", ())), **others
    )


def _content(content: str | Mapping[str, str]) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else bytes.fromhex(content["hex"])


def make_context(
    filing: Filing,
    *,
    as_of: str | None = None,
    profile: str = "draft",
    edition: str | None = None,
    submission: Mapping[str, Any] | None = None,
    facts: Facts = NO_FACTS,
) -> Context:
    """How the filing is judged: as of its last signature date and by the edition in force, unless said otherwise."""
    signed = max((s.date for s in filing.signatures if s.date), default=date(2026, 10, 8))
    return Context(
        as_of=day(as_of) if as_of else signed,
        profile=Profile(profile),
        edition=edition_named(edition) if edition else current_edition(filing.base or "4"),
        calendar=sec_calendar(),
        submission=None if submission is None else make_submission(submission),
        facts=facts,
    )
