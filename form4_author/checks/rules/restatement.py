"""An amendment against the form it amends.

Source: Form 4 General Instruction 9(a) and (b): complete lines as amended, unchanged lines not repeated. The form
amended
is looked for in the history: filed on the day the amendment names, or else of the same period.
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
    """The form amended: one of these persons', about this issuer before others: the issuer may be what was wrong."""
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
    """The lines that stand on the original just so."""
    told = {_plain(row) for _path, row in original.filing.rows()}
    return [path for path, row in filing.rows() if _plain(row) in told]


def _texts(filing: Filing) -> tuple[object, ...]:
    return (*(note.text for note in filing.footnotes), filing.remarks)


@rule("AMD-004", "Unchanged line repeated", Severity.WARNING, cite.FORM4_INSTR_9, when=_ASKS)
def line_repeated(filing: Filing, context: Context) -> Iterator[Hit]:
    """An amendment repeats a line of the original without a change.

    Why: The instruction says not to repeat lines that do not change.
    Fix: Remove the line.
    Silent: When every line is repeated (AMD-006), or the footnotes differ, which may be what changes.
    """
    original = _original(filing, context)
    if original is None or _texts(filing) != _texts(original.filing):
        return
    same = _repeated(filing, original)
    if len(same) < len(filing.rows()):
        for path in same:
            yield Hit(
                path,
                f"This line stands just so on Form {original.filing.form} of {original.day}; do not repeat it",
            )


@rule("AMD-005", "Amended line incomplete", Severity.WARNING, cite.FORM4_INSTR_9, when=_ASKS)
def line_incomplete(filing: Filing, context: Context) -> Iterator[Hit]:
    """A line of an amendment lacks a value that the same line of the original has.

    Why: The instruction asks for the complete line as amended.
    Fix: Give the whole line.
    Silent: For lines that the original does not have under this title, date and code.
    """
    original = _original(filing, context)
    if original is None:
        return
    before = {_name(path, row): row for path, row in original.filing.rows()}
    for path, row in filing.rows():
        old = before.get(_name(path, row))
        for cell in _CELLS if old is not None else ():
            held = getattr(old, cell)
            if held.value is not None and getattr(row, cell).is_blank:
                yield Hit((*path, cell), f"The cell is blank; the original has {held.value} there")


def _name(path: Path, row: Row) -> tuple[object, ...]:
    """What finds a line again."""
    return (
        path[0],
        class_of(row.security_title.value),
        row.kind,
        row.transaction_code.value,
        row.ownership_form.value,
    )


@rule("AMD-006", "Nothing amended", Severity.WARNING, cite.FORM4_INSTR_9, when=_ASKS)
def nothing_amended(filing: Filing, context: Context) -> Iterator[Hit]:
    """Every line, footnote and remark of an amendment stands just so on the original.

    Why: An amendment that changes nothing is probably the wrong draft.
    Fix: Make the change, or do not file it.
    Silent: When the persons, the period or the box about plans differ.
    """
    original = _original(filing, context)
    if original is None or not filing.rows() or _texts(filing) != _texts(original.filing):
        return
    heads = [(f.period_of_report, f.owners, f.aff10b5_one) for f in (filing, original.filing)]
    if heads[0] == heads[1] and len(_repeated(filing, original)) == len(filing.rows()):
        yield Hit(("form",), f"Nothing differs from Form {original.filing.form} of {original.day}")


@rule("AMD-007", "New trade by amendment", Severity.WARNING, cite.PRACTICE, when=_ASKS)
def new_trade_by_amendment(filing: Filing, context: Context) -> Iterator[Hit]:
    """A line of an amendment is dated after the original was filed.

    Why: What happened later goes on a new form, as a rule; an amendment is about the original's transactions. This is
    general knowledge.
    Fix: Report it on a new Form 4.
    Silent: Where the day the original was filed is not known.
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


@rule("AMD-009", "Issuer or persons changed", Severity.WARNING, cite.PRACTICE, when=_ASKS)
def issuer_or_persons_changed(filing: Filing, context: Context) -> Iterator[Hit]:
    """An amendment names another issuer, or other persons, than the original.

    Why: A form filed under a wrong CIK is not cured by an amendment under another. This is general knowledge.
    Fix: File a new form under the right CIK.
    Silent: For leading zeros.
    """
    original = _original(filing, context)
    if original is None:
        return
    told = f"on Form {original.filing.form} of {original.day}"
    issuer, before = bare_cik(filing.issuer.cik), bare_cik(original.filing.issuer.cik)
    if issuer and before and issuer != before:
        yield Hit(("issuer", "cik"), f"Issuer CIK is {issuer}; {told} it was {before}")
    persons = sorted(bare_cik(owner.cik) for owner in filing.owners)
    others = sorted(bare_cik(owner.cik) for owner in original.filing.owners)
    if persons != others:
        yield Hit(
            ("owners",), f"The reporting persons have CIK {', '.join(persons)}; {told} {', '.join(others)}"
        )


@rule("AMD-010", "Period changed", Severity.NOTE, cite.PRACTICE, when=_ASKS)
def period_changed(filing: Filing, context: Context) -> Iterator[Hit]:
    """The period of an amendment is not that of the original.

    Why: It may be what the amendment corrects; otherwise it is a slip. This is general knowledge.
    Fix: Check it.
    Silent: When they agree.
    """
    original = _original(filing, context)
    before = original.filing.period_of_report if original is not None else None
    if before is not None and filing.period_of_report is not None and before != filing.period_of_report:
        yield Hit(
            ("period_of_report",), f"The period is {filing.period_of_report}; on the original it was {before}"
        )


@rule("AMD-011", "Signed before the original", Severity.NOTE, cite.PRACTICE, when=_ASKS)
def signed_before_original(filing: Filing, context: Context) -> Iterator[Hit]:
    """An amendment is signed on a day before the original was.

    Why: An amendment is signed anew; an older date was probably left over. This is general knowledge.
    Fix: Sign and date it anew.
    Silent: Without a date on either.
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
