"""``form4 calendar``: the closed days of a year, and those announced after this version was made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.timing.calendar import sec_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REASON, SOURCE = "Executive order 14999", "SEC announcement of December 18, 2026"
SAID = ("--closed", "edgar", "--reason", REASON, "--source", SOURCE)


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    file = tmp_path / "settings.toml"
    monkeypatch.setenv("FORM4_SETTINGS", str(file))
    monkeypatch.setenv("FORM4_TODAY", "2026-12-20")
    monkeypatch.delenv("FORM4_REGISTER", raising=False)
    monkeypatch.chdir(tmp_path)
    yield file
    sec_calendar().add(())


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main(list(words)) == code
    said = capsys.readouterr()
    return said.err if code else said.out


def test_a_year_is_shown_with_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "calendar", "2025")

    assert out.startswith(
        "Days of 2025 on which EDGAR is closed, or may be\n"
        "\n"
        "  Wed 2025-01-01  New Year's Day\n"
        "                  Source: 5 U.S.C. 6103.\n"
        "  Thu 2025-01-09  National day of mourning\n"
    )
    assert (
        "  Wed 2025-12-24  EDGAR closed by executive order\n"
        "                  Source: Executive order; SEC statement: EDGAR closed, items\n"
        "                  due December 24 to 26 timely on December 29.\n"
    ) in out
    assert out.endswith(
        "Saturdays and Sundays do not count either.\n"
        "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
    )


def test_an_order_days_before_christmas_needs_no_release(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Due Thu 2026-12-24" in told(capsys, "deadline", "--trade", "2026-12-22")
    added = told(capsys, "calendar", "add", "2026-12-24", *SAID)

    assert " ".join(added.split()) == (
        f"Added: 2026-12-24, EDGAR closed: {REASON} ({SOURCE}). Stored in {settings}."
    )
    due = told(capsys, "deadline", "--trade", "2026-12-22")
    assert "Due Mon 2026-12-28" in due
    assert f"  Thu 2026-12-24  EDGAR closed: {REASON}, not counted\n" in due
    shown = json.loads(told(capsys, "calendar", "show", "--json"))
    assert [each for each in shown["days"] if each["stored"]] == [
        {
            "day": "2026-12-24",
            "counts": False,
            "name": f"EDGAR closed: {REASON}",
            "source": f"{SOURCE} (added by the user)",
            "stored": str(settings),
        }
    ]
    assert told(capsys, "calendar", "export") == (
        f'date,closed,reason,source\n2026-12-24,edgar,{REASON},"{SOURCE}"\n'
    )
    removed = told(capsys, "calendar", "remove", "2026-12-24")
    assert " ".join(removed.split()) == f"Removed: 2026-12-24, from {settings}."
    assert "Due Thu 2026-12-24" in told(capsys, "deadline", "--trade", "2026-12-22")


def test_offices_closed_leaves_the_day_counted_and_not_confirmed(capsys: pytest.CaptureFixture[str]) -> None:
    told(
        capsys,
        "calendar",
        "add",
        "2026-12-28",
        "--closed",
        "offices",
        "--reason",
        "Order",
        "--source",
        "Alert",
    )
    out = told(capsys, "deadline", "--trade", "2026-12-24")

    assert "Due Tue 2026-12-29" in out
    assert "Mon 2026-12-28 is counted but not confirmed as a business day." in out
    shown = " ".join(told(capsys, "calendar").split())
    assert "Mon 2026-12-28 federal offices closed: Order; EDGAR closure not confirmed; counted" in shown


@pytest.mark.parametrize("named", ["option", "environment"])
def test_a_shared_register_holds_the_day_for_all_who_use_it(
    named: str, settings: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--register", "shared.sqlite3"] if named == "option" else []
    if named == "environment":
        monkeypatch.setenv("FORM4_REGISTER", "shared.sqlite3")
    told(capsys, "calendar", "add", "2026-12-24", *SAID, *place)
    told(capsys, "calendar", "add", "2026-12-24", *SAID, *place)  # again: replaced

    assert not settings.exists()
    assert "2026-12-24,edgar" in told(capsys, "calendar", "export", *place)
    monkeypatch.setenv("FORM4_REGISTER", "shared.sqlite3")
    assert "Due Mon 2026-12-28" in told(capsys, "deadline", "--trade", "2026-12-22")
    assert told(capsys, "calendar", "remove", "2026-12-24", *place) == (
        "Removed: 2026-12-24, from shared.sqlite3.\n"
    )
    assert told(capsys, "calendar", "export", *place) == "date,closed,reason,source\n"


def test_a_day_of_the_former_setting_is_removed_too(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.write_text('[calendar]\nclosed = ["2026-12-24"]\n', encoding="utf-8")
    assert "EDGAR closed: as stated in the settings, not counted" in told(
        capsys, "deadline", "--trade", "2026-12-22"
    )
    told(capsys, "calendar", "remove", "2026-12-24")

    assert settings.read_text("utf-8") == "[calendar]\nclosed = []\n"


def test_a_register_that_cannot_be_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.sqlite3").write_text("no database" * 200, encoding="utf-8")
    monkeypatch.setenv("FORM4_REGISTER", "bad.sqlite3")

    assert main(["deadline", "--trade", "2026-12-22"]) == 0
    said = capsys.readouterr()
    assert said.err == "form4: The closed days in the register can't be read: file is not a database.\n"
    assert "Due Thu 2026-12-24" in said.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("add", "2026-12-26", *SAID), "2026-12-26 is a Saturday and does not count. Check the date."),
        (
            ("add", "2026-12-25", *SAID),
            "2026-12-25 is closed already: Christmas Day (5 U.S.C. 6103). form4 calendar shows the year.",
        ),
        (
            ("add", "2026-12-18", *SAID),
            (
                "2026-12-18 is past; forms due then were checked without this change."
                " Give --force to change it all the same."
            ),
        ),
        (
            ("add", "2026-12-24", *SAID[:-1], "a | b"),
            '--source "a | b" is empty or has a character that cannot be stored. Write one line without |.',
        ),
        (
            ("remove", "2026-12-24"),
            "2026-12-24 was not added. form4 calendar export lists the days that were.",
        ),
        (("1995",), "1995 is not a year of this calendar. Give one from 1996 to 2099."),
    ],
)
def test_what_does_not_fit_is_refused(
    words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "calendar", *words, code=2) == f"form4: {message}\n"


def test_a_past_day_is_added_by_force(capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "calendar", "add", "2026-12-18", *SAID, "--force")

    assert "Due Mon 2026-12-21" in told(capsys, "deadline", "--trade", "2026-12-16")


def test_due_and_shortswing_name_the_days_that_were_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.form4.json").write_text(json.dumps(draft()), encoding="utf-8")
    told(capsys, "calendar", "add", "2026-12-24", *SAID)
    day = f"2026-12-24, EDGAR closed: {REASON} ({SOURCE})"

    due = told(capsys, "due", ".")
    swing = told(capsys, "shortswing", "a.form4.json")
    data = json.loads(told(capsys, "shortswing", "a.form4.json", "--json"))

    said = f"Prepared from SEC rules as of November 29, 2026; not legal advice. Closed day added: {day}."
    assert " ".join(due.split()).endswith(said)
    assert f"{said} Limits" in " ".join(swing.split())
    assert data["closed_days_added"] == [day]
