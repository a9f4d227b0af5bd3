"""A count as text for people and as JSON for machines."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from form4_author import __version__
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.deadline import (
    CUT_OFF,
    NEVER,
    ConfirmedDays,
    CountStep,
    Due,
    Execution,
    ExecutionBasis,
    Unit,
    day_received,
    form3_due,
    form4_due,
    form5_due,
    reason,
    roll,
    unconfirmed,
)
from form4_author.timing.legal_data import basis_data, basis_lines

__all__ = ["Answer", "Inquiry", "answers_json", "answers_text", "filled_line"]

_WIDTH: Final = 80
_INDENT: Final = " " * len("  Thu 2026-11-19  ")
_LONGEST: Final = 14
"""Days of a count that are all shown; of a longer one the middle is left out."""
_SHOWN: Final = {
    ExecutionBasis.NOTICE: "counts as executed: the day of notice",
    ExecutionBasis.LIMIT: "counts as executed: no notice before this day",
    ExecutionBasis.UNTOLD: "counts as executed: no day of notice is known",
    ExecutionBasis.TRADE: "executed",
}
_BEGINS: Final = {"3": "the event", "4": "executed", "5": "the fiscal year ends"}
_ZONE: Final = "America/New_York"


@dataclass(frozen=True)
class Inquiry:
    """The day on which the question is asked, and the moment where the clock itself is asked."""

    day: date
    moment: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """One due date, or why there is none, and what it is of."""

    title: str
    due: Due | None
    notes: tuple[str, ...] = ()
    rows: tuple[str, ...] = field(default=())
    """The transactions it holds for, on a file."""
    file: str | None = None
    published: bool = False
    """Whether it is of a form that has been filed, so that no time is left."""
    filed: date | None = None
    """When it was filed, where its file states it."""


# ---- for people


def answers_text(answers: list[Answer], asked: Inquiry) -> str:
    """The answers one below the other, at 80 columns, ending with a newline."""
    foot = [line for text in basis_lines(sec_calendar().added) for line in filled_line(text)]
    blocks = [*("\n".join(_lines(answer, asked)) + "\n" for answer in answers), "\n".join(foot) + "\n"]
    return "\n".join(blocks)


def _lines(answer: Answer, asked: Inquiry) -> list[str]:
    lines = [answer.title, *(line for row in answer.rows for line in filled_line(row))]
    due = answer.due
    if due is not None:
        lines += [
            "",
            *_count(due),
            "",
            f"Due {_day(due.day)} by 10:00 p.m. Eastern.",
            *filled_line(_timeliness(answer, due, asked)),
        ]
    for note in answer.notes:
        lines += filled_line(note)
    if due is not None:
        lines += filled_line(_otherwise(due))
        if due.day > asked.day and not answer.published:
            lines += filled_line("A closure of EDGAR announced later would move it.")
        sources = "; ".join((*due.sources, "Regulation S-T, Rule 13(a)"))
        lines += filled_line(f"Source: {sources}", " " * len("Source: "))
        for source, days in _sources_of_days(due).items():
            lines += filled_line(
                f"Source for {' and '.join(map(_day, days))}: {source}", " " * len("Source: ")
            )
    return lines


def _latest(due: Due) -> Due:
    """The due date counted with confirmed business days only."""
    confirmed = ConfirmedDays(sec_calendar())
    if due.execution is None:
        if not due.steps:
            return due
        return (form3_due if due.form == "3" else form5_due)(due.begins, confirmed)
    notice_day = {ExecutionBasis.NOTICE: due.execution.day, ExecutionBasis.LIMIT: NEVER}.get(
        due.execution.basis
    )
    return form4_due(due.execution.traded, confirmed, plan=notice_day is not None, notice=notice_day)


def _otherwise(due: Due) -> str:
    """The other due date, where days of the count are not confirmed as business days; empty where none matters."""
    latest = _latest(due)
    days = unconfirmed(due, latest, sec_calendar())
    if not days:
        return ""
    if len(days) == 1:
        named, without = f"{_day(days[0])} is counted but not confirmed as a business day", "it"
    else:
        listed = " and ".join(map(_day, days))
        named, without = f"{listed} are counted but not confirmed as business days", "them"
    return f"{named}. Without {without} the form is due {_day(latest.day)}."


def _sources_of_days(due: Due) -> dict[str, list[date]]:
    """The weekdays that decide a count and do not count or are not confirmed, by what says so."""
    steps = (*(due.execution.steps if due.execution is not None else ()), *due.steps)
    last = max((step.number for step in due.steps), default=0)
    deciding = {step.day for step in steps if step.unit is Unit.BUSINESS or step.number in (0, last)}
    found: dict[str, list[date]] = {}
    for day in sorted(deciding):
        source = sec_calendar().source(day)
        if source is not None:
            found.setdefault(source, []).append(day)
    return found


def filled_line(text: str, indent: str = "") -> list[str]:
    """A text in lines of 80 columns; no word is broken."""
    return textwrap.wrap(
        text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _day(day: date) -> str:
    return f"{day:%a} {day.isoformat()}"


def _line(day: date, text: str) -> list[str]:
    return filled_line(f"  {_day(day)}  {text}", _INDENT)


def _count(due: Due) -> list[str]:
    """Every day of the count on a separate line."""
    lines = _execution(due.execution) if due.execution is not None and due.execution.steps else []
    begins = _BEGINS[due.form] if due.execution is None else _SHOWN[due.execution.basis]
    lines += _line(due.begins, begins)
    numbered = sum(step.number > 0 for step in due.steps)
    hidden = range(1, min(len(due.steps) - 4, numbered - 1)) if len(due.steps) > _LONGEST else range(0)
    for index, step in enumerate(due.steps):
        if index not in hidden:
            lines += _line(step.day, reason(step, sec_calendar()))
        elif index == hidden.start:
            lines.append(f"  ...             days {step.number} to {due.steps[hidden.stop - 1].number}")
    return lines


def _execution(execution: Execution) -> list[str]:
    """The days from the trade to the latest day on which notice counts."""
    lines = _line(execution.traded, "trade")
    for step in execution.steps:
        day_reason = reason(step, sec_calendar())
        last = "; notice counts until this day" if step is execution.steps[-1] else ""
        notice = "; notice" if execution.basis is ExecutionBasis.NOTICE and step.day == execution.day else ""
        lines += _line(step.day, f"{day_reason}{notice}{last}")
    return [*lines, ""]


def _timeliness(answer: Answer, due: Due, asked: Inquiry) -> str:
    """How a form that was filed stands to the due date, or how much time is left; empty where nothing is known."""
    if answer.filed is not None:
        late = due.days_late(answer.filed)
        return f"Filed on {_day(answer.filed)}: {_days(late) + ' late' if late else 'in time'}."
    return "" if answer.published else _left(due, asked)


def _left(due: Due, asked: Inquiry) -> str:
    """How much time is left, or how late it would be."""
    on = _day(asked.day)
    if due.day < asked.day:
        filed = roll(asked.day, sec_calendar())
        return f"Passed: filed on {_day(filed)} it is {_days(due.days_late(filed))} late."
    if due.day > asked.day:
        return f"Left on {on}: {_span(asked.day, due.day)}."
    return f"That is today, {on}{_hours(asked.moment)}."


def _span(first: date, last: date) -> str:
    """The days from one to the other, and how many of them are business days."""
    days = [date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal() + 1)]
    business = sum(sec_calendar().is_business_day(day) for day in days)
    if business == len(days):
        return f"{business} business day{'' if business == 1 else 's'}"
    return f"{_days(len(days))}, " + (
        f"{business} of them business days" if business > 1 else "1 business day"
    )


def _hours(moment: datetime | None) -> str:
    """The hours left on the due date, where the time is known."""
    if moment is None:
        return ""
    if moment.time() > CUT_OFF:
        return (
            f", and 10 p.m. has passed: sent now it is filed on {_day(day_received(moment, sec_calendar()))}"
        )
    minutes = (CUT_OFF.hour - moment.hour) * 60 - moment.minute
    return f": {minutes // 60} h {minutes % 60:02} min left"


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


# ---- for machines


def answers_json(answers: list[Answer], asked: Inquiry) -> str:
    """One JSON object, ending with a newline."""
    data = {
        "tool": "form4-author",
        "version": __version__,
        "as_of": asked.day.isoformat(),
        **basis_data(sec_calendar().added),
        "answers": [_data(answer, asked) for answer in answers],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _data(answer: Answer, asked: Inquiry) -> dict[str, Any]:
    answer_data: dict[str, Any] = {
        "title": answer.title,
        "file": answer.file,
        "filed": answer.filed.isoformat() if answer.filed else None,
        "transactions": list(answer.rows),
        "due": None,
        "notes": [*answer.notes, *_also(answer.due)],
    }
    if answer.due is not None:
        answer_data["due"] = _due_data(answer.due)
        answer_data["due"]["days_late"] = answer.due.days_late(answer.filed) if answer.filed else None
        answer_data["due"]["days_left"] = None if answer.published else (answer.due.day - asked.day).days
    return answer_data


def _also(due: Due | None) -> list[str]:
    """What is said of days that are not confirmed."""
    return [text for text in (_otherwise(due) if due is not None else "",) if text]


def _due_data(due: Due) -> dict[str, Any]:
    execution = due.execution
    return {
        "form": due.form,
        "day": due.day.isoformat(),
        "time": f"{CUT_OFF:%H:%M}",
        "zone": _ZONE,
        "begins": due.begins.isoformat(),
        "execution": None
        if execution is None
        else {
            "traded": execution.traded.isoformat(),
            "day": execution.day.isoformat(),
            "basis": execution.basis.value,
            "steps": [_step_data(step) for step in execution.steps],
        },
        "steps": [_step_data(step) for step in due.steps],
        "sources": list(due.sources),
    }


def _step_data(step: CountStep) -> dict[str, Any]:
    counted = step.number or None
    unit = "business_days" if step.unit is Unit.BUSINESS else "days"
    return {
        "day": step.day.isoformat(),
        "unit": unit,
        "counted": counted,
        "reason": reason(step, sec_calendar()),
        "source": sec_calendar().source(step.day),
    }
