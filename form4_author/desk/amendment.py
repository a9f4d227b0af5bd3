"""The day that the original of an amendment was filed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from form4_author.desk.clock import eastern, today
from form4_author.errors import UnreadableInput

if TYPE_CHECKING:
    from datetime import date

    from form4_author.desk.intake import Intake
    from form4_author.model.filing import Filing

__all__ = ["day_filed", "day_of_original"]


def day_of_original(
    filing: Filing, filed: date | None, stated: date | None, name: str = "--original"
) -> date | None:
    """The day the original was filed: as told, else as an amendment has it, else the day this form was filed.

    ``name``: how messages call the day that was stated.
    An amendment's own day is not its original's. Raises UnreadableInput for a day that cannot be.
    """
    on_form = filing.date_of_original_submission
    if stated is None:
        return on_form if filing.is_amendment else filed
    period = filing.period_of_report
    if stated > today():
        raise UnreadableInput(f"{name} {stated} is in the future", remedy="Give the day it was filed")
    if filing.base == "4" and period is not None and stated < period:
        raise UnreadableInput(
            f"{name} {stated} is before {period}, the earliest transaction",
            remedy="Give the day it was filed",
        )
    if on_form is not None and on_form != stated:
        raise UnreadableInput(
            f"The form names {on_form} as the day of the original, {name} {stated}",
            remedy=f"Leave {name} out, or change the day in the draft",
        )
    return stated


def day_filed(intake: Intake) -> date | None:
    """The day that EDGAR's text says, or that form4 filed noted in the draft."""
    draft = intake.draft
    if draft is not None:
        recorded = draft.interview.filed
        return _day_in(recorded.at) if recorded is not None and recorded.at else None
    submission = intake.document.submission if intake.document is not None else None
    return submission.filed if submission is not None else None


def _day_in(at: str) -> date | None:
    """The Eastern day of a moment; a day without a time is that day, wherever the program runs; None for other text."""
    try:
        moment = datetime.fromisoformat(at)
        return moment.date() if moment.tzinfo is None else moment.astimezone(eastern()).date()
    except (ValueError, OverflowError):  # a draft that was edited by hand
        return None
