"""Files handed in on the command line: what they are, their filing, their report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.desk.attachment import named_for_edgar
from form4_author.desk.exhibit import outside_error
from form4_author.desk.facts import FactsSource
from form4_author.errors import UnreadableInput
from form4_author.files.input import filings_below, read_bytes
from form4_author.model.facts import NO_FACTS, Facts, PriorFiling, with_stated
from form4_author.model.submission import Attachment, Submission
from form4_author.timing.calendar import sec_calendar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from form4_author.checks.official import OfficialSchema
    from form4_author.findings import Report
    from form4_author.model.draft import Draft
    from form4_author.model.filing import Filing
    from form4_author.revision.division import Companion
    from form4_author.wire.read import Document

__all__ = [
    "Intake",
    "JudgedFile",
    "divided",
    "facts_beside",
    "facts_in",
    "judged",
    "opened",
    "refuse_outside",
    "report_of_draft",
    "report_of_intake",
    "unattached_messages",
    "with_attachments",
    "with_exhibits",
    "with_whole",
    "without_exhibits",
]

NO_FACTS_SOURCE: Final = FactsSource()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A readable file: a draft or a document."""

    file: str
    filing: Filing
    draft: Draft | None = None
    data: Mapping[str, Any] | None = None
    """What the draft's file has."""
    document: Document | None = None
    attached: tuple[Attachment, ...] = ()
    """What goes beside a draft; a document holds its own."""
    outside: tuple[str, ...] = ()
    """Files that a draft names as exhibits and that are not in its folder: they are not read."""
    missing: tuple[str, ...] = ()
    """What a draft names as an exhibit and is not a file."""
    whole: Intake | None = None
    """The filing of which it is one form, where that was divided."""

    @property
    def is_public(self) -> bool:
        """Whether it is a document as EDGAR disseminated it."""
        return self.document is not None and self.document.profile == "public"


def opened(file: str) -> Intake:
    """The filing in a file: a draft by its suffix or first character, XML otherwise.

    Raises UnreadableInput, which names the file.
    """
    return with_exhibits(without_exhibits(file))


def without_exhibits(file: str, content: bytes | None = None) -> Intake:
    """The filing in a file, or in these bytes of it; what a draft names as exhibits is not looked for.

    Raises UnreadableInput, which names the file.
    """
    try:
        data = read_bytes(file) if content is None else content
        if not file.lower().endswith((".json", ".yaml", ".yml")) and not data.lstrip(_SPACE).startswith(b"{"):
            from form4_author.wire.read import read_document

            document = read_document(data)
            return Intake(file=file, filing=document.filing, document=document)
        from form4_author.files import draft_file

        loaded = draft_file.load(Path(file), data)
        draft = loaded.draft
        return Intake(file=file, filing=draft.filing, draft=draft, data=loaded.data)
    except UnreadableInput as error:
        error.file = file
        raise


_SPACE: Final = b"\xef\xbb\xbf \t\r\n"


def with_exhibits(intake: Intake, folder: Path | None = None, named: frozenset[str] = frozenset()) -> Intake:
    """The draft with the exhibits it names, apart from those that the filer named; a document as it is.

    ``folder``: the draft's own, where its file is not the one named.
    """
    from form4_author.desk.exhibit import exhibits_of, folder_of

    draft = intake.draft
    if draft is None:
        return intake
    exhibits = exhibits_of(draft, folder or folder_of(intake.file), named)
    return replace(intake, attached=exhibits.attached, outside=exhibits.outside, missing=exhibits.missing)


def unattached_messages(intake: Intake) -> tuple[str, ...]:
    """What the draft names as an exhibit and is not attached, a sentence each with what to do."""
    if not intake.outside and not intake.missing:
        return ()
    from form4_author.desk.exhibit import unattached

    return unattached(intake.file, intake.outside, intake.missing)


def with_attachments(intake: Intake, attached: tuple[Attachment, ...]) -> Intake:
    """The file as it would be sent with these files beside it, under names EDGAR takes, after those it came with."""
    if not attached:
        return intake
    intake = with_exhibits(intake, named=frozenset(each.source for each in attached))
    document = intake.document
    if document is None:
        return replace(intake, attached=_joined(intake.attached, attached))
    submission = document.submission or Submission()
    submission = replace(submission, attachments=_joined(submission.attachments, attached))
    return replace(intake, document=replace(document, submission=submission))


def _joined(before: tuple[Attachment, ...], attached: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    return (*before, *named_for_edgar(attached, (each.name for each in before)))


def divided(intake: Intake) -> tuple[tuple[Companion, Intake], ...]:
    """The forms that a filing makes, each as if it had been handed in; the filing itself where it fits on one.

    Overrides go with the line or person that they are about. Raises Form4Error where it cannot be divided.
    """
    from form4_author.revision.division import companions

    parts = companions(intake.filing)
    if len(parts) == 1:
        return ((parts[0], intake),)
    from form4_author.model.draft import Draft
    from form4_author.model.interview import Interview

    overrides = intake.draft.interview.overrides if intake.draft is not None else ()
    envelope = intake.document.submission if intake.document is not None else None
    attached = envelope.attachments if envelope is not None else intake.attached
    handed_in = []
    for part in parts:
        overrides_here = [(o, part.path_here(o.path)) for o in overrides]
        moved = tuple(o._replace(path=path) for o, path in overrides_here if path is not None)
        draft = Draft(part.filing, Interview(overrides=moved))
        name = f"{intake.file}, form {part.number} of {part.of}"
        form = Intake(file=name, filing=part.filing, draft=draft, attached=attached, whole=intake)
        handed_in.append((part, form))
    return tuple(handed_in)


def report_of_draft(
    draft: Draft,
    file: str,
    as_of: date,
    facts: Facts = NO_FACTS,
    attached: tuple[Attachment, ...] = (),
) -> Report:
    """The report of a draft, checked as what will be sent with these files beside it."""
    return _judged_draft(draft, Intake(file=file, filing=draft.filing, attached=attached), as_of, facts)


def _judged_draft(draft: Draft, intake: Intake, as_of: date, facts: Facts) -> Report:
    from form4_author.checks.report import Circumstances, report_of
    from form4_author.desk.exhibit import with_stated_powers

    known = Circumstances(
        as_of=as_of,
        calendar=sec_calendar(),
        facts=with_stated(draft, with_stated_powers(draft, facts)),
        official=_official_schemas(),
        attached=intake.attached,
        data=intake.data,
        open=_open(draft),
    )
    return report_of(draft, intake.file, known)


def _open(draft: Draft) -> tuple[str, ...]:
    """The questions without an answer of an interview that was begun; a draft without one has none."""
    from form4_author.model.interview import EMPTY_INTERVIEW

    if replace(draft.interview, overrides=(), unread=()) == EMPTY_INTERVIEW:
        return ()
    from form4_author.wizard.flow import open_questions

    try:
        return open_questions(draft)
    except Exception:  # noqa: BLE001  # a draft changed by hand may name rows that are not there
        return (_NOT_WORKED_OUT,)


_NOT_WORKED_OUT: Final = (
    "The interview's answers contradict each other, so its open questions are not known; correct what was changed by"
    " hand, or go back to the copy beside the draft that ends in .bak"
)


def report_of_intake(
    intake: Intake, as_of: date | None, today: Callable[[], date], facts: Facts = NO_FACTS
) -> Report:
    """The report of a readable file.

    ``as_of`` None: the last signature date of a public document, else ``today()``, asked only then.
    """
    all_facts = facts_beside(intake, facts)
    return with_whole(_report_of(intake, as_of, today, all_facts), intake, as_of, today, all_facts)


def facts_beside(intake: Intake, facts: Facts) -> Facts:
    """The facts known, and what the draft states where they are silent.

    One form of a divided filing states what the whole does.
    """
    whole = intake.whole or intake
    draft = whole.draft
    if draft is None:
        return facts
    if facts.open_drafts is None and Path(whole.file).is_file():
        from form4_author.desk.other_draft import drafts_beside

        facts = replace(facts, open_drafts=drafts_beside(Path(whole.file)).facts(draft.filing))
    return with_stated(draft, facts)


def with_whole(
    report: Report, intake: Intake, as_of: date | None, today: Callable[[], date], facts: Facts
) -> Report:
    """The report of one form of a divided filing with what only the whole shows: missing signatures, open questions."""
    if intake.whole is None:
        return report
    from form4_author.revision.division import OF_THE_WHOLE

    reported = {finding.id for finding in report.findings}
    whole = _report_of(intake.whole, as_of, today, facts)
    more = (f for f in whole.findings if f.id in OF_THE_WHOLE and f.id not in reported)
    return replace(report, findings=(*report.findings, *more), open=whole.open)


def _report_of(intake: Intake, as_of: date | None, today: Callable[[], date], facts: Facts) -> Report:
    """The report of a readable file by itself."""
    from form4_author.checks.report import Circumstances, report_of
    from form4_author.checks.run import last_signature_date

    draft = intake.draft
    if draft is not None:
        return _judged_draft(draft, intake, as_of or today(), facts)
    document = intake.document
    assert document is not None  # noqa: S101  # an intake holds one of the two
    signed = last_signature_date(intake.filing) if intake.is_public else None
    known = Circumstances(
        as_of=as_of or signed or today(), calendar=sec_calendar(), facts=facts, official=_official_schemas()
    )
    return report_of(document, intake.file, known)


def _official_schemas() -> tuple[OfficialSchema, ...]:
    """The SEC's own schemas, where the filer has them."""
    from form4_author.files import sec_schema

    place = sec_schema.data_folder()
    if not place.is_dir():
        return ()
    return tuple(official.schema for official in sec_schema.stored_schemas(place))


class JudgedFile(NamedTuple):
    """A file's report and what goes with it."""

    report: Report
    filing: Filing | None = None
    """None for a file that could not be read."""
    unattached: tuple[str, ...] = ()
    """See ``unattached_messages``."""
    is_public: bool = False
    """Whether it is a document as EDGAR disseminated it."""


def judged(
    file: str,
    as_of: date | None,
    today: Callable[[], date],
    source: FactsSource = NO_FACTS_SOURCE,
    attached: tuple[Attachment, ...] = (),
) -> JudgedFile:
    """The report of a file, readable or not, with these files beside it, and its filing."""
    try:
        intake = with_attachments(opened(file), attached)
        report = report_of_intake(intake, as_of, today, source.of(intake.filing))
        return JudgedFile(report, intake.filing, unattached_messages(intake), intake.is_public)
    except UnreadableInput as error:
        from form4_author.checks.report import report_of

        return JudgedFile(report_of(error, file))


def facts_in(file: str | None, history: Sequence[str]) -> tuple[Facts, tuple[str, ...]]:
    """The facts of a file and of prior filings in files and folders, and what of them could not be read.

    Raises UnreadableInput when the facts file is not one, or a name of the history is not there.
    """
    data: object = {}
    if file is not None:
        from form4_author.files import draft_file

        data = draft_file.read_data(Path(file))
    if file is None and not history:
        return NO_FACTS, ()
    from form4_author.wire.facts import facts_from

    earlier, refused = _history(history)
    return facts_from(data, earlier if history else None), refused


def _history(names: Sequence[str]) -> tuple[tuple[PriorFiling, ...], tuple[str, ...]]:
    """Prior filings, oldest first; files of a folder that hold no filing are reported and left out."""
    priors: list[PriorFiling] = []
    refused: list[str] = []
    for name in names:
        folder = Path(name)
        inside = folder.is_dir()
        for file in filings_below(folder) if inside else [folder]:
            try:
                priors.append(_prior(str(file)))
            except UnreadableInput as error:
                if not inside:
                    raise
                refused.append(f"{file}: left out of the history: {error.problem}")
    return tuple(sorted(priors, key=lambda prior: (prior.day or date.min, prior.file))), tuple(refused)


def _prior(file: str) -> PriorFiling:
    intake = opened(file)
    submission = intake.document.submission if intake.document is not None else None
    return PriorFiling(
        filing=intake.filing,
        filed=submission.filed if submission is not None else None,
        accession_number=submission.accession_number if submission is not None else None,
        file=file,
    )


def refuse_outside(intake: Intake) -> None:
    """Raises Form4Error for an exhibit elsewhere that the filer did not name."""
    if intake.outside:
        raise outside_error(intake.outside[0], intake.file)
