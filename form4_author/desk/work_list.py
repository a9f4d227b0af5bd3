"""The filings in progress, by due date, with where each of them is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.desk.amendment import day_filed
from form4_author.desk.filing_state import FilingState, Stage, state_of
from form4_author.desk.happened import first_day, happened
from form4_author.desk.intake import Intake
from form4_author.errors import Form4Error
from form4_author.files import draft_file
from form4_author.model.conformed_signature import is_entity_name
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.deadline import CUT_OFF
from form4_author.wizard.countdown import due_of_draft
from form4_author.wizard.work_row import WorkRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from form4_author.desk.issuer import Issuers
    from form4_author.desk.obstacle import Obstacles
    from form4_author.model.draft import Draft
    from form4_author.model.filing import Filing

    Judge = Callable[[Path, Draft], Obstacles]

__all__ = ["WorkItem", "items_in", "row_of", "rows_of", "state_of_item"]

_FAR: Final = 400
"""Business days are counted for due dates at most so many days away."""


class WorkItem(NamedTuple):
    """A draft on disk."""

    path: Path
    draft: Draft | None
    problem: str = ""
    """Why it cannot be read."""
    due: date | None = None

    @property
    def is_filed(self) -> bool:
        """Whether it was filed."""
        return self.draft is not None and self.draft.interview.filed is not None

    @property
    def filed_on(self) -> date | None:
        """The day it was filed; None where that is not known."""
        if self.draft is None:
            return None
        try:
            return day_filed(Intake(file=str(self.path), filing=self.draft.filing, draft=self.draft))
        except ValueError:  # changed by hand
            return None

    @property
    def order(self) -> tuple[date, str, str]:
        """By due date, then by person; without a due date last."""
        person = (
            self.draft.filing.owners[0].name if self.draft is not None and self.draft.filing.owners else None
        )
        return self.due or date.max, (person or "~").casefold(), self.path.name


def items_in(paths: Iterable[Path], issuers: Issuers) -> tuple[WorkItem, ...]:
    """The drafts in these files, the one due first first."""
    return tuple(sorted((_item(path, issuers) for path in paths), key=lambda item: item.order))


def _item(path: Path, issuers: Issuers) -> WorkItem:
    try:
        draft = draft_file.load(path).draft
        due = due_of_draft(draft, sec_calendar(), issuers.of(draft.filing))
    except Form4Error as error:
        return WorkItem(path, None, error.problem)
    except (LookupError, TypeError, ValueError):  # changed by hand
        return WorkItem(path, None, "its contents contradict each other")
    return WorkItem(path, draft, due=due.day if due is not None else None)


def state_of_item(item: WorkItem, judge: Judge, beside: Sequence[WorkItem] = ()) -> FilingState:
    """Where a filing is. ``beside``: the drafts among which its amendment may be."""
    if item.draft is None:
        return FilingState(Stage.UNREADABLE, "cannot be read")
    state = state_of(item.path, item.draft, lambda draft: judge(item.path, draft))
    if state.stage is not Stage.FILED:
        return state
    days = [each.filed_on for each in beside if _amends(each, item, beside) and each.filed_on is not None]
    return FilingState(Stage.AMENDED, f"amended {max(days):%m/%d}") if days else state


def _amends(later: WorkItem, item: WorkItem, beside: Sequence[WorkItem]) -> bool:
    """Whether a draft is an amendment of the filing: the same form of the same persons, the day of the original.

    Where several were filed on that day, the same period of report too; else the amendment may correct it.
    """
    if later.draft is None or item.draft is None or not _fits(later, item):
        return False
    period = later.draft.filing.period_of_report
    others = [each for each in beside if each.path != item.path and _fits(later, each)]
    return item.draft.filing.period_of_report == period or not others


def _fits(later: WorkItem, item: WorkItem) -> bool:
    """Whether a draft may be an amendment of the filing, whatever its period of report."""
    if later.draft is None or item.draft is None or later.path == item.path:
        return False
    from form4_author.desk.other_draft import parties_of

    amendment, original = later.draft.filing, item.draft.filing
    return (
        amendment.is_amendment
        and item.filed_on is not None
        and amendment.date_of_original_submission == item.filed_on
        and amendment.base == original.base
        and parties_of(amendment) == parties_of(original)
    )


def rows_of(
    items: Sequence[WorkItem], now: datetime, judge: Judge, most: int | None = None
) -> tuple[WorkRow, ...]:
    """The rows of these filings; the state of the first ``most`` only, which is what takes time."""
    return tuple(
        row_of(item, now, state_of_item(item, judge, items).words if most is None or number < most else "")
        for number, item in enumerate(items)
    )


def row_of(item: WorkItem, now: datetime, state: str) -> WorkRow:
    """The row of a filing."""
    draft = item.draft
    if draft is None:
        return WorkRow(path=str(item.path), person=item.path.name, full_person=item.path.name, state=state)
    filing, day = draft.filing, first_day(draft.filing)
    issuer = filing.issuer
    return WorkRow(
        path=str(item.path),
        form=filing.form or "",
        person=_short_person(filing) or item.path.name,
        issuer=issuer.trading_symbol or issuer.name or "",
        full_person=_full_person(filing) or item.path.name,
        full_issuer=issuer.name or "",
        what=happened(draft),
        state=state,
        due=item.due,
        left=_left(item.due, now) if item.due is not None else 0,
        day=f"{day:%m/%d}" if day is not None else "",
    )


def _left(due: date, now: datetime) -> int:
    """Business days until the due date; 0 on it until 10 p.m., less where it is late."""
    today = now.date()
    if today > due or (today == due and now.time() >= CUT_OFF):
        return -1
    if (due - today).days > _FAR:
        return _FAR
    calendar = sec_calendar()
    days = map(date.fromordinal, range(today.toordinal() + 1, due.toordinal() + 1))
    return sum(1 for each in days if calendar.is_business_day(each))


def _more(filing: Filing) -> str:
    count = len(filing.owners) - 1
    return f" +{count}" if count > 0 else ""


def _full_person(filing: Filing) -> str:
    name = (filing.owners[0].name or filing.owners[0].cik or "") if filing.owners else ""
    return f"{name}{_more(filing)}" if name else ""


def _short_person(filing: Filing) -> str:
    """The surname, which EDGAR writes first, or the first words of an entity; the CIK while there is no name."""
    name = filing.owners[0].name if filing.owners else None
    if not name:
        return _full_person(filing)
    words = name.replace(",", " ").split()
    first = " ".join(words[:2]) if is_entity_name(name) else words[0] if words else name
    return f"{first.title() if first.isupper() else first}{_more(filing)}"
