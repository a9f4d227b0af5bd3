"""`form4 due`: what is to be filed and by when, powers that end, and the same as a calendar."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from form4_author.desk import agenda
from form4_author.wire.draft import draft_from
from tests.register.papers import paper, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.register.conftest import Said

    Form4 = Callable[..., Said]


def draft(name: str, day: str, **said: Any) -> None:
    filing = paper(row(total="1000"), day=day, **{"form": "4", **said}).filing
    Path(name).write_text(json.dumps(draft_from(filing)), encoding="utf-8")


@pytest.fixture
def busy(form4: Form4) -> Form4:
    """Two drafts on the way, one filed, one broken, one empty; powers that end soon, later, and that were revoked."""
    draft("a.form4.json", "2026-11-20")
    draft("b.form4.json", "2026-11-18", person="Roe Sam")
    draft("done.form4.json", "2026-11-19", person="Poe Ann")
    data = json.loads(Path("done.form4.json").read_text())
    Path("done.form4.json").write_text(json.dumps({**data, "interview": {"filed": {"at": ""}}}))
    Path("broken.form4.json").write_text("{")
    Path("empty.form4.json").write_text('{"format": 1, "form": "4"}')
    form4("person", "add", "--cik", "77", "--name", "Doe Jane")
    for agent, until, *more in (("Soon", "2026-12-31"), ("Later", "2027-06-30"), ("Gone", "2026-12-01", "--revoked", "2026-11-01"), ("Past", "2026-11-22"), ("Today", "2026-11-23")):  # fmt: skip
        form4("poa", "add", "--person", "77", "--agent", agent, "--until", until, *more)
    return form4


def test_soonest_first_with_what_is_late_and_powers_that_end(busy: Form4) -> None:
    assert busy("due", ".") == (
        0,
        (
            "Fri 2026-11-20 LATE  Form 4 · Roe Sam · Example Widgets Inc.\n"
            "                b.form4.json\n"
            "Mon 2026-11-23  Last day of the power of attorney of Doe Jane to Today\n"
            "Tue 2026-11-24  Form 4 · Doe Jane · Example Widgets Inc.\n"
            "                a.form4.json\n"
            "Thu 2026-12-31  Last day of the power of attorney of Doe Jane to Soon\n"
            "-               Form 4 · empty.form4.json (no due date yet)\n"
            "                empty.form4.json\n"
            "-               broken.form4.json (broken.form4.json is not well-formed JSON: expecting property name"
            " enclosed in double quotes)\n"
            "                broken.form4.json\n"
            "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
        ),
        "",
    )


def test_as_data_on_another_day(busy: Form4) -> None:
    found = busy("due", ".", "--as-of", "2026-11-25", "--json").data

    assert [(item.get("due"), item.get("late")) for item in found] == [
        ("2026-11-20", True),
        ("2026-11-24", True),
        ("2026-12-31", False),
        (None, None),
        (None, None),
    ]
    assert found[0] == {
        "what": "Form 4 · Roe Sam · Example Widgets Inc.",
        "due": "2026-11-20",
        "late": True,
        "file": "b.form4.json",
    }
    assert [item["problem"] for item in found[3:] if item["file"] == "empty.form4.json"] == [
        "no due date yet"
    ]


def test_the_calendar_is_read_back(busy: Form4, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda, "now", lambda: datetime(2026, 11, 23, 18, tzinfo=UTC))

    assert busy("due", ".", "--ics", "due.ics") == (0, "due.ics: 4 dates.\n", "")
    first = Path("due.ics").read_bytes()
    calendar = Calendar.from_ical(first)

    events: dict[str, Any] = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    form = events["Due: Form 4 · Doe Jane · Example Widgets Inc."]
    assert form["dtstart"].dt.isoformat() == "2026-11-24T22:00:00-05:00"
    assert form["dtstart"].params["TZID"] == "America/New_York"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["America/New_York"]
    assert str(form["description"]) == "By 10 p.m. Eastern. a.form4.json"
    assert [alarm["trigger"].dt for alarm in form.walk("VALARM")] == [timedelta(days=-1)]
    assert events["Last day of the power of attorney of Doe Jane to Soon"]["dtstart"].dt == date(2026, 12, 31)
    assert len(events) == len({str(event["uid"]) for event in events.values()}) == 4
    # The same dates keep their names: a calendar that takes the file again has none twice.
    busy("due", ".", "--ics", "again.ics")
    assert Path("again.ics").read_bytes() == first


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_without_a_register_none_is_made(form4: Form4, url: str) -> None:
    draft("a.form4.json", "2026-11-20")

    assert form4("due", ".", "--ics", "due.ics").out == "due.ics: 1 date.\n"
    assert not Path(url).exists()
    assert form4("due", "none") == (2, "", "form4: There is no folder none. Check its name.\n")
    assert form4("due", ".", "--ics", "none/due.ics") == (
        2,
        "",
        "form4: There is no folder none. Check its name.\n",
    )


def test_what_the_register_knows_of_the_issuer_moves_the_day(form4: Form4) -> None:
    """What may wait for Form 5 is due 45 days after the fiscal year of the issuer (Rule 16a-3(f))."""
    small = row(total="1000", code="L", transaction_form_type="5")
    filing = paper(small, day="2026-05-11").filing
    Path("a.form4.json").write_text(json.dumps(draft_from(filing)), encoding="utf-8")

    assert [item.get("problem") for item in form4("due", ".", "--json").data] == ["no due date yet"]

    form4("issuer", "add", "--cik", "9999001", "--name", "Example Widgets Inc.", "--year-end", "06-30")

    assert [item["due"] for item in form4("due", ".", "--json").data] == ["2026-08-14"]


def test_a_link_that_leads_nowhere_and_a_pipe_hide_no_other(form4: Form4) -> None:
    draft("a.form4.json", "2026-11-20")
    Path("b.form4.json").symlink_to("gone.form4.json")
    os.mkfifo("c.form4.json")

    assert form4("due", ".") == (
        0,
        (
            "Tue 2026-11-24  Form 4 · Doe Jane · Example Widgets Inc.\n"
            "                a.form4.json\n"
            "-               b.form4.json (b.form4.json can't be opened: no such file or directory)\n"
            "                b.form4.json\n"
            "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
        ),
        "",
    )


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_register_that_cannot_be_used_hides_no_draft(form4: Form4, url: str) -> None:
    draft("a.form4.json", "2026-11-20")
    Path(url).write_text("no database", encoding="utf-8")

    done = form4("due", ".")

    assert (done.code, done.out) == (
        2,
        (
            "Tue 2026-11-24  Form 4 · Doe Jane · Example Widgets Inc.\n                a.form4.json\n"
            "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
        ),
    )
    closed, register = done.err.splitlines()
    assert closed == "form4: The closed days in the register can't be read: file is not a database."
    assert register.startswith("form4 due: ")
    assert done.err.endswith(". Its powers of attorney and facts about issuers are left out.\n")
    assert form4("due", ".", "--register", "none.sqlite3", "--json").data[0]["file"] == "a.form4.json"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_database_of_another_make_is_not_answered_with_a_driver(form4: Form4) -> None:
    done = form4("due", ".", "--register", "mssql://db/x")
    assert done.err == (
        "form4: The closed days in the register can't be read: The driver for mssql://db/x is not installed: pyodbc.\n"
        "form4 due: The driver for mssql://db/x is not installed: pyodbc."
        " Its powers of attorney and facts about issuers are left out.\n"
    )
    done = form4("register", "show", "--register", "mssql://db/x")
    assert done == (
        2,
        "",
        (
            "form4: The driver for mssql://db/x is not installed: pyodbc. The register is stored in SQLite or"
            " PostgreSQL: name a file, or a URL such as postgresql://host/name.\n"
        ),
    )
