"""Marking a filing as filed at the desk: its accession number and filing date, with few keys."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Protocol

from form4_author.desk.acceptance import acceptance_in, filing_days, is_today_likely, typed_day
from form4_author.errors import MalformedValue
from form4_author.ledger.closing import closing
from form4_author.ledger.line import line_words
from form4_author.text import grouped
from form4_author.timing.calendar import sec_calendar
from form4_author.wizard.option import Option
from form4_author.wizard.screen import AnswerKind, Ask

if TYPE_CHECKING:
    from datetime import date, datetime

    from form4_author.desk.acceptance import Acceptance
    from form4_author.desk.filing_state import FilingState
    from form4_author.desk.work_list import WorkItem
    from form4_author.model.filing import Filing

__all__ = ["recorded_from_desk"]

_OTHER = "other"
_MOST_LINES = 2
_HELP = (
    "The number is in EDGAR's acceptance message, with or without dashes. The whole message, or the header of the "
    "filing on EDGAR, may be pasted: it has the date and the time too."
)


class _Asked(Protocol):
    """Puts a question below these lines; None to go back."""

    def __call__(self, ask: Ask, *top: str, help_: str = "") -> str | None: ...


def recorded_from_desk(
    item: WorkItem, state: FilingState, asked: _Asked, title: str, at: datetime
) -> tuple[str, ...]:
    """What is said of the filing that was recorded; nothing where the filer went back.

    Raises Form4Error where it cannot be recorded.
    """
    from form4_author.desk.filing_state import Stage
    from form4_author.desk.intake import Intake, divided

    draft = item.draft
    assert draft is not None  # noqa: S101  # a draft that cannot be read has no packet
    if state.stage not in (Stage.PACKET, Stage.RELEASED) and not _goes_on(asked, title, state):
        return ()
    forms = divided(Intake(file=str(item.path), filing=draft.filing, draft=draft))
    said: list[Acceptance] = []
    for number, _form in enumerate(forms, 1):
        which = f" of form {number} of {len(forms)}" if len(forms) > 1 else ""
        typed = asked(_number_ask(which), f"Mark as filed: {title}", help_=_HELP)
        if typed is None:
            return ()
        said.append(acceptance_in(typed))
    day = said[0].day
    if day is None and said[0].at is None:
        day = _day(asked, title, state.packet.made if state.packet is not None else at, at)
        if day is None:
            return ()
    return _recorded(item, said, day, draft.filing)


def _goes_on(asked: _Asked, title: str, state: FilingState) -> bool:
    ask = Ask(
        id="filed.early",
        message="Mark it as filed?",
        kind=AnswerKind.CONFIRM,
        options=(Option("yes", "Yes: it was filed"), Option("no", "No")),
    )
    why = "changed after its packet was made" if state.words == "changed after" else state.words
    return asked(ask, f"Mark as filed: {title}", "", f"{state.released or f'State: {why}'}.") == "yes"


def _number_ask(which: str) -> Ask:
    def check(typed: str) -> str | None:
        if not typed.strip():
            return "An answer is needed: Accession number"
        try:
            acceptance_in(typed)
        except MalformedValue as error:
            return f"{error.problem}."
        return None

    return Ask(
        id="filed.number",
        message=f"Accession number{which}, or EDGAR's acceptance message pasted",
        kind=AnswerKind.TEXT,
        check=check,
    )


def _day(asked: _Asked, title: str, made: datetime, at: datetime) -> date | None:
    """The filing date; today is proposed only where the packet was made today and EDGAR is open."""
    calendar = sec_calendar()
    likely = is_today_likely(made, at, calendar)
    today = at.date()
    days = (today,) if likely else filing_days(made, today, calendar)
    rows = tuple(Option(f"{day}", f"{'Today, ' if day == today else ''}{day:%a %m/%d/%Y}") for day in days)
    ask = Ask(
        id="filed.day",
        message="Filing date (before 10 p.m. Eastern counts as the same day):",
        kind=AnswerKind.CHOICE,
        options=(*rows, Option(_OTHER, "Another date")),
        proposal=rows[0].value if likely else "",
    )
    chosen = asked(ask, f"Mark as filed: {title}")
    if chosen is None or chosen != _OTHER:
        return typed_day(chosen, today) if chosen is not None else None

    def check(typed: str) -> str | None:
        try:
            typed_day(typed, today)
        except MalformedValue as error:
            return f"{error.problem}."
        return None

    typed = asked(
        Ask(id="filed.other", message="Filing date", kind=AnswerKind.TEXT, check=check),
        f"Mark as filed: {title}",
    )
    return typed_day(typed, today) if typed is not None else None


def _recorded(item: WorkItem, said: list[Acceptance], day: date | None, filing: Filing) -> tuple[str, ...]:
    """The register has the filing and the draft is closed."""
    from form4_author.cli import filed

    numbers = [word for each in said for word in ("--accession", each.number)]
    on = ["--on", day.isoformat()] if day is not None else []
    time = ["--at", f"{said[0].at:%Y-%m-%dT%H:%M}"] if said[0].at is not None else []
    written = io.StringIO()
    with redirect_stdout(written), redirect_stderr(written):
        filed.run("filed", [str(item.path), *numbers, *on, *time])
    warned = [
        line for line in written.getvalue().splitlines() if "finds errors" in line or "the balance" in line
    ]
    return (
        f"Recorded as filed: {', '.join(each.number for each in said)}. {_after(filing)}".strip(),
        *warned,
    )


def _after(filing: Filing) -> str:
    """``Common Stock, direct: 212,595 after.``: what the first lines hold now."""
    lines = closing(filing)[:_MOST_LINES]
    return " ".join(f"{line_words(each.row)}: {grouped(each.total)} after." for each in lines)
