"""What an answer brings about in the checks: said above the next question in the words of the review.

A date of an event is checked before its lines are made, on the lines as far as they are known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.findings import Severity
from form4_author.model.draft import TABLES, Draft
from form4_author.wizard.draft import event_line, row_change
from form4_author.wizard.recipe import ADJUSTMENT, recipe_rows
from form4_author.wizard.register_offer import EMPTY
from form4_author.wizard.screen import View
from form4_author.wizard.wording import us_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from form4_author.findings import Finding
    from form4_author.wizard.register_offer import Shelf
    from form4_author.wizard.screen import Place

__all__ = ["at_the_date", "begun_rows", "brought", "is_refused", "unread", "words"]

_ANSWERED_NEXT: Final = frozenset({"DOC-043", "PLN-003"})
"""What the next screen says or asks anyway: that holdings alone need no Form 4, and the date of a plan."""
_DATES: Final = ("transaction_date", "deemed_execution_date", "date_exercisable", "expiration_date")
_MOST_PLACES: Final = 3
"""Places in a draft that are named on the first screen."""


def unread(places: Sequence[str]) -> tuple[str, ...]:
    """What is said of the places of a draft that can't be read."""
    more = len(places) - _MOST_PLACES
    listed = ", ".join((*places[:_MOST_PLACES], *((f"{more} more",) if more > 0 else ())))
    return (f"A part of the draft can't be read and is left unchanged: {listed}.",)


def words(finding: Finding) -> str:
    """``Warning PLN-006: …``."""
    return f"{finding.severity.value.capitalize()} {finding.id}: {us_dates(finding.message)}"


def brought(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that there were not before; a note is left to the review, and what only moved is not new."""
    there = {(f.id, f.message) for f in before}
    new = (f for f in after if (f.id, f.message) not in there)
    return tuple(f for f in new if f.severity is not Severity.NOTE and f.id not in _ANSWERED_NEXT)


def is_refused(draft: Draft, at: Place, finding: Finding, shelf: Shelf = EMPTY) -> bool:
    """Whether it is a suspense that the answer to this question alone causes: it is about its value."""
    if finding.severity is not Severity.SUSPENSE or at.prompt.hub:
        return False
    paths = at.prompt.paths(View(draft, at.index, shelf))
    return finding.path in paths and draft.has(finding.path)


# ---- before an event has its lines


def begun_rows(draft: Draft, at: Place, shelf: Shelf = EMPTY) -> Draft | None:
    """The form with the lines of an event as far as its answers give them, and no others.

    None where the question asked for no date, or the lines are there.
    """
    view = View(draft, at.index, shelf)
    if at.screen.id != "events" or not at.prompt.entry.is_day or view.event.rows:
        return None
    recipe = event_line.recipe_of(draft, at.index or 0)
    if recipe is None:
        return None
    try:
        rows = recipe_rows(recipe, event_line.answers(view))
    except (
        LookupError,
        MalformedValue,
        TypeError,
        ValueError,
        ArithmeticError,
    ):  # an answer is still to come
        return None
    filing = draft.filing
    shadow = Draft().with_filing(form=filing.form, issuer=filing.issuer, owners=filing.owners)
    for row in rows:
        if row.kind != ADJUSTMENT:
            shadow, _ = row_change.with_new_row(shadow, row.table, row.kind, row.cells)
    return shadow


def at_the_date(found: Sequence[Finding], shadow: Draft) -> tuple[Finding, ...]:
    """Of the findings of lines just begun, those about a date that is given."""
    return tuple(
        f
        for f in found
        if len(f.path) == 3 and f.path[0] in TABLES and f.path[2] in _DATES and shadow.has(f.path)
    )
