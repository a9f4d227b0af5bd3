"""The library: read, check, render, write, amend, divide, compare, due, rules, as ``form4_author`` offers them.

Nothing here writes a file, asks the network or needs a terminal. Each function loads what it needs when it is called.
The examples run in a folder with ``form4.xml``, a published Form 4, and ``draft.json``, a draft.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal
    from os import PathLike

    from form4_author.checks.base import Rule
    from form4_author.desk.intake import Intake
    from form4_author.findings import Report
    from form4_author.model.draft import Draft
    from form4_author.model.facts import Facts
    from form4_author.model.filing import Filing
    from form4_author.page.html import Paper
    from form4_author.page.packet import Packet
    from form4_author.revision.comparison import Difference
    from form4_author.timing.deadline import Due
    from form4_author.wire.read import Document

__all__ = ["amend", "check", "compare", "divide", "due", "read", "render", "rules", "write"]


def read(source: str | PathLike[str] | bytes) -> Document | Draft:
    """The filing in a file or a text: published or submission XML, an envelope, EDGAR's full text, or a draft.

    What a draft names as exhibits is not read; see ``folder`` of ``check``.

    Args:
        source: A path; or the content itself, as bytes, or as text that begins with ``<`` or ``{`` or has more than
            one line.

    Returns:
        A ``Draft`` for a draft in JSON or YAML, a ``Document`` for anything else; both have ``filing``.

    Raises:
        UnreadableInput: There is no such file, or no filing can be read from it. It has the ``id`` of the rule that
            says why, and where known ``line`` and ``column``. A ``Form4Error``.

    Example:
        >>> import form4_author as f4
        >>> f4.read("form4.xml").filing.issuer.name
        'QUALYS, INC.'
        >>> f4.read("<html></html>")
        Traceback (most recent call last):
        ...
        form4_author.errors.UnreadableInput: ...
    """
    from form4_author.desk.intake import without_exhibits

    if isinstance(source, str) and _is_content(source):
        source = _encoded(source)
    content = source if isinstance(source, bytes) else None
    intake = without_exhibits(str(source) if content is None else _named(content), content)
    found = intake.draft or intake.document
    assert found is not None  # noqa: S101  # an intake holds one of the two
    return found


def check(
    thing: Document | Draft | Filing,
    *,
    as_of: date | None = None,
    facts: Facts | None = None,
    folder: str | PathLike[str] | None = None,
    name: str = "filing",
) -> Report:
    """The findings of a filing and the verdict, as ``form4 check`` gives them.

    A document is checked as what it is. A draft or a filing is checked as what will be sent, by the current edition;
    open questions of a draft's interview block it.

    Args:
        thing: What ``read`` returned, or a filing.
        as_of: The day it is checked on. None: the last signature date of a published document; of anything else today,
            the one case in which the clock is asked (Eastern time, or ``FORM4_TODAY``).
        facts: What is known beside the filing: issuer, prior filings, powers of attorney, prices. None: nothing, so
            that rules that need them are silent.
        folder: The draft's folder. The files that the draft names as exhibits are read from it; None reads none, and
            a signature under a power of attorney that the draft attaches is then reported as without one.
        name: What the report calls the file.

    Returns:
        The report: ``findings`` in the order of the form, ``verdict``, ``is_blocked``, ``counts``.

    Raises:
        Form4Error: A file that the program itself needs is damaged or missing. Problems of the filing are findings.

    Example:
        >>> from datetime import date
        >>> import form4_author as f4
        >>> report = f4.check(f4.read("draft.json"), as_of=date(2024, 11, 4))
        >>> report.verdict
        <Verdict.BLOCKED: 'blocked'>
        >>> [(f.id, f.severity.value, f.message) for f in report.findings]
        [('HLD-006', 'suspense', 'Nature of Indirect Beneficial Ownership is required when Ownership Form is I')]
    """
    from form4_author.desk.clock import today
    from form4_author.desk.intake import report_of_intake
    from form4_author.model.facts import NO_FACTS

    known = NO_FACTS if facts is None else facts
    return report_of_intake(_intake(thing, name, folder), as_of, today, known)


def render(  # noqa: PLR0913  # each says one thing of the packet
    thing: Document | Draft | Filing,
    report: Report,
    *kinds: Literal["xml", "html", "pdf", "papers", "report"],
    edition: str | None = None,
    paper: Paper = "letter",
    filed: date | None = None,
    folder: str | PathLike[str] | None = None,
) -> Packet:
    """The files of a packet, in memory, as ``form4 render`` writes them.

    While the report blocks there is no XML to file and no authentication document, and page and PDF are marked DRAFT.

    Args:
        thing: What ``read`` returned, or a filing.
        report: Its report, from ``check``.
        kinds: ``xml``, ``html``, ``pdf``, ``papers`` (an authentication document for each signatory), ``report``.
            None given: all of them. The manifest is always there.
        edition: The edition whose public view is wanted, such as ``X0508``. None: what is submitted.
        paper: ``letter`` or ``A4``.
        filed: The day of filing, from which authentication documents count how long they are kept.
        folder: As for ``check``; exhibits are then among the files.

    Returns:
        The packet: ``files`` (name to bytes), ``xml_withheld``, and ``omitted``, the places of values that ``edition``
        does not have.

    Raises:
        Form4Error: A kind is not one of these; the edition is not known (``UnknownEdition``); the library that makes
            PDFs is not installed (``ResourceMissing``); the draft names an exhibit outside its folder.

    Example:
        >>> import form4_author as f4
        >>> document = f4.read("form4.xml")
        >>> packet = f4.render(document, f4.check(document), "xml", "html")
        >>> sorted(packet.files)
        ['form4.html', 'form4.xml', 'manifest.json']
    """
    from form4_author.desk.intake import refuse_outside
    from form4_author.desk.packet import public_request, submission_request
    from form4_author.errors import MalformedValue
    from form4_author.page.packet import PARTS, packet

    unknown = [kind for kind in kinds if kind not in PARTS]
    if unknown:
        raise MalformedValue(
            f'"{unknown[0]}" is not a part of a packet', remedy=f"Choose from {', '.join(PARTS)}"
        )
    intake = _intake(thing, report.file, folder)
    refuse_outside(intake)
    parts = frozenset[str](kinds or PARTS)
    if edition is None:
        request = submission_request(intake, parts, paper, filed)
    else:
        request = public_request(intake, parts, paper, edition)
    return packet(intake.filing, report, request)


def write(filing: Filing) -> bytes:
    """The submission XML of a filing, whatever it holds: nothing is checked.

    To have the XML only when nothing blocks, take it from ``render``.

    Args:
        filing: The filing; ``document.filing`` or ``draft.filing``.

    Returns:
        The primary document as it is sent to EDGAR, without what EDGAR fills in. The same filing gives the same bytes.

    Example:
        >>> import form4_author as f4
        >>> f4.write(f4.read("form4.xml").filing).splitlines()[:2]
        [b'<?xml version="1.0"?>', b'<ownershipDocument>']
    """
    from form4_author.wire.write import write_document

    return write_document(filing)


def amend(  # noqa: PLR0913  # each says one thing of the amendment
    thing: Document | Draft | Filing,
    changes: Mapping[str, str | bool | Decimal | date | None] | None = None,
    *,
    lines: Iterable[str] | None = None,
    original: date | None = None,
    reason: str | None = None,
    reason_at: str = "security_title",
) -> Draft:
    """The draft of an amendment, as ``form4 amend`` makes it: only the lines that change, and not signed.

    Args:
        thing: The form as filed.
        changes: New values by their place in the form as filed: ``{"non_derivative[1].price": "58.21"}``. None empties
            a cell. A cell keeps its footnotes.
        lines: The lines to repeat, such as ``I.1`` and ``II.3``. None: those that ``changes`` names, or all where no
            changes are given.
        original: The day the original was filed. None: as an amendment states it, or as EDGAR's text has it.
        reason: Why it is amended: a footnote at the cell ``reason_at`` of each line, or a remark where no line is
            repeated.
        reason_at: A column that both tables have, such as ``amount``, or ``remarks``.

    Returns:
        A draft to continue with: ``draft.with_(path, value)`` gives one with another value, such as the signature.

    Raises:
        MalformedValue: ``changes`` names a place that the form does not have, or a value that its field cannot hold.
        Form4Error: There is no such line; the form is not known; the day of the original cannot be.

    Example:
        >>> from datetime import date
        >>> import form4_author as f4
        >>> draft = f4.amend(
        ...     f4.read("form4.xml"), {"non_derivative[0].price": "58.21"}, original=date(2024, 11, 4), reason="A typo."
        ... )
        >>> draft.filing.form, len(draft.filing.rows()), draft.filing.non_derivative[0].price.value
        ('4/A', 1, Decimal('58.21'))
    """
    from form4_author.desk.amendment import day_filed, day_of_original
    from form4_author.findings import Edit, path_from_text
    from form4_author.model.draft import Draft, value_text
    from form4_author.revision.amendment import amendment, line_named
    from form4_author.revision.amendment import lines as lines_of
    from form4_author.wire.edit import edited

    intake = _intake(thing, "", None)
    edits = [Edit(path_from_text(place), value_text(value)) for place, value in (changes or {}).items()]
    filing = edited(Draft(intake.filing), edits).filing
    if lines is not None:
        repeated = {line_named(filing, line) for line in lines}
    else:
        repeated = {edit.path[:2] for edit in edits} if changes else set(lines_of(filing).values())
    day = day_of_original(filing, day_filed(intake), original, "original")
    return Draft(amendment(filing, repeated, day, reason, reason_at))


def divide(filing: Filing) -> tuple[Filing, ...]:
    """The forms that a filing makes where it is too large for one, as ``form4 render`` makes them.

    Args:
        filing: The filing; ``document.filing`` or ``draft.filing``.

    Returns:
        The filing itself where it fits on one form. Otherwise each form, in order, with remarks that name the others.

    Raises:
        Form4Error: It cannot be divided; the message says why.

    Example:
        >>> import form4_author as f4
        >>> filing = f4.read("form4.xml").filing
        >>> f4.divide(filing) == (filing,)
        True
    """
    from form4_author.revision.division import companions

    return tuple(companion.filing for companion in companions(filing))


def compare(first: Document | Draft | Filing, second: Document | Draft | Filing) -> tuple[Difference, ...]:
    """What changed from one filing to another, as ``form4 diff`` says it.

    Args:
        first: The filing before.
        second: The filing after.

    Returns:
        The differences in the order of the form, each with ``path``, ``place`` (the form's words), ``before`` and
        ``after``; none where both say the same.

    Example:
        >>> from dataclasses import replace
        >>> import form4_author as f4
        >>> filing = f4.read("form4.xml").filing
        >>> [(d.place, d.before, d.after) for d in f4.compare(filing, replace(filing, remarks="Late."))]
        [('Remarks', 'nothing', 'Late.')]
    """
    from form4_author.revision.comparison import differences

    return differences(_filing(first), _filing(second))


def due(thing: Document | Draft | Filing, *, facts: Facts | None = None) -> Due | None:
    """When a form is due, with the count, as ``form4 deadline`` says: a Form 4 by its earliest transaction.

    Args:
        thing: What ``read`` returned, or a filing. For an amendment: when what it reports was due.
        facts: ``facts.issuer`` has the issuer's fiscal year and registration, on which some dates depend.

    Returns:
        The due date: ``day``, ``steps`` (the count), ``sources``. None where the form does not say from which day it
        counts, or all of it may wait for Form 5 and the end of the issuer's fiscal year is not known.

    Example:
        >>> import form4_author as f4
        >>> due = f4.due(f4.read("form4.xml"))
        >>> due.day
        datetime.date(2024, 11, 5)
        >>> [(f"{step.day:%a %d}", step.number) for step in due.steps]
        [('Sat 02', 0), ('Sun 03', 0), ('Mon 04', 1), ('Tue 05', 2)]
    """
    from form4_author.desk.deadline import answers_of_intake
    from form4_author.desk.issuer import Issuers

    issuers = Issuers(given=facts.issuer if facts is not None else None)
    answers = answers_of_intake(_intake(thing, "", None), issuers, None)
    return min((a.due for a in answers if a.due is not None), key=lambda due: due.day, default=None)


def rules() -> tuple[Rule, ...]:
    """Every rule, by id.

    Returns:
        The rules: ``id``, ``severity``, ``title``, ``cites``, and what ``form4 explain`` prints.

    Example:
        >>> import form4_author as f4
        >>> next(rule.severity.value for rule in f4.rules() if rule.id == "HLD-006")
        'suspense'
    """
    from form4_author.checks.registry import rules as all_rules

    return all_rules()


# ---- what is handed in


_DECLARED: Final = re.compile(r"""<\?xml\s[^>]*?encoding\s*=\s*["']([\w.-]+)""")
_YAML: Final = re.compile(rb"""(?:\xef\xbb\xbf)?(?:\s*(?:#|---)[^\n]*\n)*\s*["']?[a-z_$]+["']?:(?:\s|\Z)""")
"""A first key; no filing of EDGAR's begins so."""
_JSON: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")


def _is_content(text: str) -> bool:
    """Whether a text is a filing, and not the path of one."""
    return text.lstrip("\ufeff \t\r\n").startswith(("<", "{")) or "\n" in text


def _named(content: bytes) -> str:
    """What messages call a content, and how it is read."""
    return "draft.yaml" if _YAML.match(content) else "draft.json" if _JSON.match(content) else "filing"


def _encoded(text: str) -> bytes:
    """The bytes of a text, in the encoding that its XML declaration names."""
    from form4_author.errors import UnreadableInput

    declared = _DECLARED.search(text)
    encoding = declared[1] if declared else "utf-8"
    try:
        return text.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        raise UnreadableInput(
            f"The text cannot be written in the encoding that it names, {encoding}",
            remedy="Give the bytes of the file",
            id="DOC-024",
        ) from None


def _filing(thing: Document | Draft | Filing) -> Filing:
    from form4_author.model.filing import Filing

    return thing if isinstance(thing, Filing) else thing.filing


def _intake(thing: Document | Draft | Filing, name: str, folder: str | PathLike[str] | None) -> Intake:
    """What the commands make of a file: a filing by itself is a draft."""
    from form4_author.desk.intake import Intake, with_exhibits
    from form4_author.model.draft import Draft
    from form4_author.model.filing import Filing

    draft = Draft(thing) if isinstance(thing, Filing) else thing
    if not isinstance(draft, Draft):
        return Intake(file=name, filing=draft.filing, document=draft)
    intake = Intake(file=name, filing=draft.filing, draft=draft)
    return intake if folder is None else with_exhibits(intake, Path(folder).resolve())
