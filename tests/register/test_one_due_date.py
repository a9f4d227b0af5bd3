"""A draft has one due date: the start menu, the interview, `due`, its calendar, `deadline` and `check` show the same day."""

from __future__ import annotations

import json
import re
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from icalendar import Calendar

from form4_author.register import facts
from form4_author.wire.draft import draft_from
from form4_author.wizard import terminal as prompts
from form4_author.wizard.prompter import Key
from tests.register.papers import paper, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from form4_author.model.facts import IssuerFacts
    from form4_author.wizard.screen import Ask
    from tests.register.conftest import Said

    Form4 = Callable[..., Said]

ISSUER = ("issuer", "add", "--cik", "9999001", "--name", "Example Widgets Inc.")


class Draft(NamedTuple):
    """A draft, what the register knows of its issuer, and when it is due."""

    data: dict[str, Any]
    issuer: tuple[str, ...] | None
    due: date
    today: date


def drawn(
    *rows: dict[str, Any], day: str, interview: dict[str, Any] | None = None, **said: Any
) -> dict[str, Any]:
    """A draft without a signature."""
    data = draft_from(paper(*rows, day=day, signatures=[], **said).filing)
    return {**data, "interview": interview} if interview is not None else data


BECAME = drawn(day="2026-10-01", form="3")
IN_OFFICE = drawn(day="2026-03-18", form="3")
SMALL = row(total="1000", code="L", transaction_form_type="5")
SOLD = {"events": [{"recipe": "sold", "answers": {"date": "2026-11-19"}}]}

DRAFTS = {
    "Form 3, registration after the event": Draft(
        BECAME, ("--went-public", "2026-10-05"), date(2026, 10, 5), date(2026, 10, 2)
    ),
    "Form 3, registration before the event": Draft(
        BECAME, ("--went-public", "2026-09-01"), date(2026, 10, 13), date(2026, 10, 9)
    ),
    "Form 3, insider of a foreign private issuer, from the register": Draft(
        IN_OFFICE, ("--foreign-private", "yes"), date(2026, 3, 18), date(2026, 3, 18)
    ),
    "Form 3, insider of a foreign private issuer, from the draft": Draft(
        {**IN_OFFICE, "interview": {"foreign_issuer": "yes"}}, None, date(2026, 3, 18), date(2026, 3, 18)
    ),
    "Form 3, foreign private issuer in the draft, other facts in the register": Draft(
        {**IN_OFFICE, "interview": {"foreign_issuer": "yes"}},
        ("--year-end", "12-31"),
        date(2026, 3, 18),
        date(2026, 3, 18),
    ),
    "Form 3, the register contradicts the draft": Draft(
        {**IN_OFFICE, "interview": {"foreign_issuer": "yes"}},
        ("--foreign-private", "no"),
        date(2026, 3, 30),
        date(2026, 3, 27),
    ),
    "Form 4, no register": Draft(
        drawn(row(total="1000"), day="2026-11-20"), None, date(2026, 11, 24), date(2026, 11, 23)
    ),
    "Form 4, an issuer of which nothing is known": Draft(
        drawn(row(total="1000"), day="2026-11-20"), (), date(2026, 11, 24), date(2026, 11, 23)
    ),
    "Form 4, deemed execution date": Draft(
        drawn(row(total="1000", code="S", deemed_execution_date="2026-11-23"), day="2026-11-19"),
        (),
        date(2026, 11, 25),
        date(2026, 11, 24),
    ),
    "Form 4, what may wait for Form 5": Draft(
        drawn(SMALL, day="2026-05-11"), ("--year-end", "06-30"), date(2026, 8, 14), date(2026, 8, 13)
    ),
    "Form 5": Draft(
        drawn(SMALL, day="2026-06-30", form="5"), ("--year-end", "06-30"), date(2026, 8, 14), date(2026, 8, 13)
    ),
}  # fmt: skip
BEGUN = Draft(
    drawn(day="2026-11-19", interview=SOLD, period_of_report=None),
    None,
    date(2026, 11, 23),
    date(2026, 11, 20),
)
"""What happened is answered; its lines are still to come."""


class Leaving:
    """A terminal that keeps what it shows and leaves at the first question."""

    unaccepted = False

    def __init__(self) -> None:
        self.seen: list[str] = []

    def show(self, lines: Sequence[str]) -> None:
        self.seen += lines

    def _left(self, ask: Ask) -> Key:
        self.seen += [option.label for option in ask.options]
        return Key.LEAVE

    read = show
    text = choice = multi = confirm = _left


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, form4: Form4) -> Callable[..., str]:
    """What a command draws on a terminal until its first question."""

    def drawn_by(*words: str) -> str:
        terminal = Leaving()
        with monkeypatch.context() as patched:
            patched.setattr(prompts, "at_terminal", lambda *_, **__: terminal)
            patched.setattr(sys.stdin, "isatty", lambda: True)
            patched.setattr(sys.stdout, "isatty", lambda: True)
            assert form4(*words).code == 0
        return "\n".join(terminal.seen)

    return drawn_by


def found(pattern: str, text: str, written: str, year: str = "") -> date:
    """The one day that a text has at a place; ``year`` is put behind it where the text has none."""
    (day,) = re.findall(pattern, text)
    return datetime.strptime(day + year, written).date()  # noqa: DTZ007  # a day has no zone


def days_shown(form4: Form4, screen: Callable[..., str], year: int) -> dict[str, date]:
    """The due date of the draft in this folder, by where it is shown."""
    menu = found(r"(?m)^(?:\S+ )?\w{3} (\d\d/\d\d)(?= |$)", screen(), "%m/%d/%Y", f"/{year}")
    form4("due", ".", "--ics", "due.ics")
    event: Any
    (event,) = Calendar.from_ical(Path("due.ics").read_bytes()).walk("VEVENT")
    return {
        "start menu": menu,
        "interview": found(r"Due \w{3} ([\d/]{10}) by 10 p.m.", screen("resume", "a.form4.json"), "%m/%d/%Y"),
        "review": found(r"Due \w{3} ([\d/]{10}) by 10 p.m.", screen("edit", "a.form4.json"), "%m/%d/%Y"),
        "due": date.fromisoformat(form4("due", ".", "--json").data[0]["due"]),
        "calendar": event["dtstart"].dt.date(),
        "deadline": found(r"(?m)^Due \w{3} ([\d-]{10}) by", form4("deadline", "a.form4.json").out, "%Y-%m-%d"),
    }  # fmt: skip


@pytest.fixture
def put(form4: Form4, monkeypatch: pytest.MonkeyPatch) -> Callable[[Draft], None]:
    """The draft in this folder, its issuer in the register, on its day."""

    def placed(draft: Draft) -> None:
        monkeypatch.setenv("FORM4_TODAY", draft.today.isoformat())
        Path("a.form4.json").write_text(json.dumps(draft.data), encoding="utf-8")
        if draft.issuer is not None:
            assert form4(*ISSUER, *draft.issuer).code == 0

    return placed


@pytest.mark.parametrize("draft", [*DRAFTS.values(), BEGUN], ids=[*DRAFTS, "Form 4, lines still to come"])
def test_every_surface_shows_the_same_due_date(
    draft: Draft, put: Callable[[Draft], None], form4: Form4, screen: Callable[..., str]
) -> None:
    put(draft)

    shown = days_shown(form4, screen, draft.due.year)

    assert shown == dict.fromkeys(shown, draft.due)


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS)
def test_check_with_the_register_states_the_same_due_date(
    draft: Draft, put: Callable[[Draft], None], form4: Form4
) -> None:
    put(draft)
    asked = ["--register"] if draft.issuer is not None else []

    findings = form4("check", "a.form4.json", *asked, "--json").data["files"][0]["findings"]

    assert [f["message"] for f in findings if f["id"] == "DAT-006"] == [
        f"Form {draft.data['form']} is due on {draft.due} by 10 p.m. Eastern; it is not signed yet"
    ]


def test_facts_in_a_file_come_before_the_register(put: Callable[[Draft], None], form4: Form4) -> None:
    """In `deadline` as in `check`."""
    put(Draft(BECAME, ("--went-public", "2026-09-01"), date(2026, 10, 13), date(2026, 10, 2)))
    Path("facts.yaml").write_text("issuer: {cik: 9999001, went_public: 2026-10-05}", encoding="utf-8")

    assert form4("deadline", "a.form4.json", "--facts", "facts.yaml") == (
        0,
        (
            "a.form4.json: Form 3\n"
            "\n"
            "  Mon 2026-10-05  the event\n"
            "\n"
            "Due Mon 2026-10-05 by 10:00 p.m. Eastern.\n"
            "Left on Fri 2026-10-02: 3 days, 1 business day.\n"
            "The issuer's first registration took effect on 2026-10-05, on or after the event\n"
            "of 2026-10-01: Form 3 is due that day.\n"
            "A closure of EDGAR announced later would move it.\n"
            "Source: 15 U.S.C. 78p(a)(2)(A); Regulation S-T, Rule 13(a)\n"
            "\n"
            "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
        ),
        "",
    )
    checked = form4("check", "a.form4.json", "--register", "--facts", "facts.yaml", "--json").data
    assert [f["message"] for f in checked["files"][0]["findings"] if f["id"] == "DAT-006"] == [
        "Form 3 is due on 2026-10-05 by 10 p.m. Eastern; it is not signed yet"
    ]


def test_deadline_says_why_there_are_no_ten_days(put: Callable[[Draft], None], form4: Form4) -> None:
    put(DRAFTS["Form 3, insider of a foreign private issuer, from the draft"])

    (answer,) = form4("deadline", "a.form4.json", "--json").data["answers"]

    assert answer["notes"] == [
        (
            "Treated as a director or officer of a foreign private issuer in office on 2026-03-18: Form 3 was due that day."
            " For one appointed on 2026-03-18 it was due on 2026-03-30, by the tenth day (SEC staff FAQs, March 2026)."
        )
    ]


def test_deadline_names_what_happened_before_it_has_lines(put: Callable[[Draft], None], form4: Form4) -> None:
    put(BEGUN)

    (answer,) = form4("deadline", "a.form4.json", "--json").data["answers"]

    assert (answer["transactions"], answer["due"]["day"]) == (
        ["Event of 2026-11-19: it has no lines yet"],
        "2026-11-23",
    )


def test_a_year_end_that_is_given_comes_before_the_one_in_the_register(
    put: Callable[[Draft], None], form4: Form4
) -> None:
    put(DRAFTS["Form 4, what may wait for Form 5"])

    (answer,) = form4("deadline", "a.form4.json", "--year-end", "2026-12-31", "--json").data["answers"]

    assert answer["due"]["day"] == "2027-02-16"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_register_that_cannot_be_used_leaves_the_rest_of_the_answer(
    put: Callable[[Draft], None], form4: Form4, screen: Callable[..., str], url: str
) -> None:
    put(Draft(BECAME, None, date(2026, 10, 13), date(2026, 10, 2)))
    Path(url).write_text("no database", encoding="utf-8")

    done = form4("deadline", "a.form4.json")

    assert done.code == 2
    assert "Due Tue 2026-10-13 by 10:00 p.m. Eastern." in done.out.splitlines()
    closed, about_issuers = done.err.splitlines()
    assert closed == "form4: The closed days in the register can't be read: file is not a database."
    assert about_issuers.startswith("form4 deadline: ")
    assert done.err.endswith(". The register's facts about issuers are left out.\n")
    assert "Tue 10/13 " in screen()
    assert "Due Tue 10/13/2026 by 10 p.m." in screen("resume", "a.form4.json")


@pytest.mark.parametrize("option", ["facts", "register"])
def test_what_is_known_of_an_issuer_goes_with_a_file(option: str, form4: Form4) -> None:
    assert form4("deadline", "--event", "2026-10-01", f"--{option}", "x") == (
        2,
        "",
        f"form4 deadline: --{option} goes with FILE. See form4 deadline --help.\n",
    )


def test_the_register_is_read_once_for_the_head_of_all_screens(
    put: Callable[[Draft], None], form4: Form4, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(DRAFTS["Form 3, registration after the event"])
    read = 0
    unpatched = facts.issuer_facts

    def counted(session: Session) -> dict[str, IssuerFacts]:
        nonlocal read
        read += 1
        return unpatched(session)

    monkeypatch.setattr(facts, "issuer_facts", counted)
    Path("answers.yaml").write_text(
        '- signing[0].capacity: "?"\n- signing[0].capacity: "?"\n- signing[0].capacity: q\n', encoding="utf-8"
    )
    assert form4("resume", "a.form4.json", "--answers", "answers.yaml").code == 0
    assert read == 1
