"""An amendment against the form it amends.

Source: Form 4 General Instruction 9(a) and (b): complete lines as amended, unchanged lines not repeated. The amended
form is looked for in the history: filed on the day the amendment names, or else of the same period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.findings import Hit, Severity
from form4_author.ident.cik import bare_cik
from form4_author.ledger.history import amended, earlier
from form4_author.ledger.title import class_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.facts import PriorFiling
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_ASKS: Final = When(needs=("history",))
_CELLS: Final = ("amount", "price", "amount_owned_following", "nature_of_ownership", "transaction_date")


def _original(filing: Filing, context: Context) -> PriorFiling | None:
    """The original, of the same persons; one about this issuer comes first, since the issuer may be the mistake."""
    history = context.facts.history or ()
    persons = {bare_cik(owner.cik) for owner in filing.owners}
    theirs = [p for p in history if persons & {bare_cik(owner.cik) for owner in p.filing.owners}]
    return amended(filing, earlier(filing, history)) or amended(filing, theirs)


def _plain(row: Row) -> tuple[object, ...]:
    """A line without its footnotes, whose numbers may change."""
    return tuple(
        getattr(value, "value", value) for value in (getattr(row, name) for name in row.__dataclass_fields__)
    )


def _repeated(filing: Filing, original: PriorFiling) -> list[Path]:
    """The lines that are identical on the original."""
    reported = {_plain(row) for _path, row in original.filing.rows()}
    return [path for path, row in filing.rows() if _plain(row) in reported]


def _texts(filing: Filing) -> tuple[object, ...]:
    return (*(note.text for note in filing.footnotes), filing.remarks)


@rule("AMD-004", "Amendment repeats an unchanged line", Severity.WARNING, cite.FORM4_INSTR_9, when=_ASKS)
def line_repeated(filing: Filing, context: Context) -> Iterator[Hit]:
    """An amendment repeats a line of the original without a change.

    Why: The instruction says not to repeat lines that do not change.
    Fix: Remove the line.
    Silent: When every line is repeated (AMD-006), or when the footnotes differ, since they may be the change.
    """
    original = _original(filing, context)
    if original is None or _texts(filing) != _texts(original.filing):
        return
    same = _repeated(filing, original)
    if len(same) < len(filing.rows()):
        for path in same:
            yield Hit(
                path,
                f"The line is identical on Form {original.filing.form} of {original.day}; do not repeat it",
            )


@rule("AMD-005", "Amended line incomplete", Severity.WARNING, cite.FORM4_INSTR_9, when=_ASKS)
def line_incomplete(filing: Filing, context: Context) -> Iterator[Hit]:
    """A line of an amendment lacks a value that the same line of the original has.

    Why: The instruction asks for the complete line as amended.
    Fix: Give the complete line.
    Silent: For a line whose title, date and code the original does not have.
    """
    original = _original(filing, context)
    if original is None:
        return
    before = {_name(path, row): row for path, row in original.filing.rows()}
    for path, row in filing.rows():
        old = before.get(_name(path, row))
        for cell in _CELLS if old is not None else ():
            before_it = getattr(old, cell)
            if before_it.value is not None and getattr(row, cell).is_blank:
                yield Hit((*path, cell), f"The field is blank; the original has {before_it.value}")


def _name(path: Path, row: Row) -> tuple[object, ...]:
    """What identifies a line."""
    return (
        path[0],
        class_of(row.security_title.value),
        row.kind,
        row.transaction_code.value,
        row.ownership_form.value,
    )


@rule("AMD-006", "Amendment changes nothing", Severity.WARNING, cite.FORM4_INSTR_9, when=_ASKS)
def nothing_amended(filing: Filing, context: Context) -> Iterator[Hit]:
    """Every line, footnote and remark of an amendment is identical to the original.

    Why: An amendment that changes nothing is probably the wrong draft.
    Fix: Make the change, or do not file the amendment.
    Silent: When the reporting persons, the period or the Rule 10b5-1(c) box differ.
    """
    original = _original(filing, context)
    if original is None or not filing.rows() or _texts(filing) != _texts(original.filing):
        return
    heads = [(f.period_of_report, f.owners, f.aff10b5_one) for f in (filing, original.filing)]
    if heads[0] == heads[1] and len(_repeated(filing, original)) == len(filing.rows()):
        yield Hit(("form",), f"No change from Form {original.filing.form} of {original.day}")


@rule("AMD-007", "Later transaction reported on an amendment", Severity.WARNING, cite.PRACTICE, when=_ASKS)
def new_trade_by_amendment(filing: Filing, context: Context) -> Iterator[Hit]:
    """A transaction on an amendment is dated after the original was filed.

    Why: A later transaction belongs on a new form; an amendment concerns the transactions of the original. This is
    general knowledge.
    Fix: Report it on a new Form 4.
    Silent: When the filing date of the original is not known.
    """
    original = _original(filing, context)
    filed = original.day if original is not None else None
    for path, row in filing.transactions():
        day = row.transaction_date.value
        if filed is not None and day is not None and day > filed:
            yield Hit(
                (*path, "transaction_date"),
                f"Transaction Date is {day}, after the original was filed on {filed}",
            )


@rule(
    "AMD-009",
    "Amendment names a different issuer or reporting person",
    Severity.WARNING,
    cite.PRACTICE,
    when=_ASKS,
)
def issuer_or_persons_changed(filing: Filing, context: Context) -> Iterator[Hit]:
    """An amendment names a different issuer, or different reporting persons, than the original.

    Why: An amendment under the right CIK does not cure a form filed under a wrong one. This is general knowledge.
    Fix: File a new form under the right CIK.
    Silent: When the CIKs differ only in leading zeros.
    """
    original = _original(filing, context)
    if original is None:
        return
    where = f"on Form {original.filing.form} of {original.day}"
    issuer, before = bare_cik(filing.issuer.cik), bare_cik(original.filing.issuer.cik)
    if issuer and before and issuer != before:
        yield Hit(("issuer", "cik"), f"Issuer CIK is {issuer}; {where} it is {before}")
    persons = sorted(bare_cik(owner.cik) for owner in filing.owners)
    others = sorted(bare_cik(owner.cik) for owner in original.filing.owners)
    if persons != others:
        yield Hit(
            ("owners",), f"The reporting persons have CIK {', '.join(persons)}; {where} {', '.join(others)}"
        )


@rule("AMD-010", "Amendment for a different period", Severity.NOTE, cite.PRACTICE, when=_ASKS)
def period_changed(filing: Filing, context: Context) -> Iterator[Hit]:
    """The period of an amendment is not that of the original.

    Why: The period may be what the amendment corrects; otherwise it is a mistake. This is general knowledge.
    Fix: Check the period.
    Silent: When the two periods agree.
    """
    original = _original(filing, context)
    before = original.filing.period_of_report if original is not None else None
    if before is not None and filing.period_of_report is not None and before != filing.period_of_report:
        yield Hit(
            ("period_of_report",), f"The period is {filing.period_of_report}; on the original it is {before}"
        )


@rule("AMD-011", "Amendment signed before the original", Severity.NOTE, cite.PRACTICE, when=_ASKS)
def signed_before_original(filing: Filing, context: Context) -> Iterator[Hit]:
    """The signature date of an amendment is before that of the original.

    Why: An amendment is signed again; an earlier date is probably left over from a draft. This is general knowledge.
    Fix: Sign the amendment again and give the date of that signature.
    Silent: When either date is missing.
    """
    original = _original(filing, context)
    if original is None:
        return
    before = max((s.date for s in original.filing.signatures if s.date is not None), default=None)
    for index, signature in enumerate(filing.signatures):
        if signature.date is not None and before is not None and signature.date < before:
            yield Hit(
                ("signatures", index, "date"),
                f"Signed on {signature.date}; the original was signed on {before}",
            )


RULES: Final[tuple[Rule, ...]] = (
    line_repeated,
    line_incomplete,
    nothing_amended,
    new_trade_by_amendment,
    issuer_or_persons_changed,
    period_changed,
    signed_before_original,
)
