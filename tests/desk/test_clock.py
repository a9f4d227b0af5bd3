"""What stands in for the clock: a day, or a moment for the rehearsal of an evening."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from form4_author.desk import clock
from form4_author.errors import UnreadableInput

EASTERN = ZoneInfo("America/New_York")


@pytest.fixture(autouse=True)
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    """In Washington it is 10:05 in the evening of another day."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 30, 22, 5, tzinfo=EASTERN))


def test_a_day_keeps_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORM4_TODAY", "2024-11-05")
    assert clock.today() == date(2024, 11, 5)
    assert clock.today_now() == datetime(2024, 11, 5, 22, 5, tzinfo=EASTERN)
    assert clock.moment().isoformat() == "2024-11-06T03:05:00+00:00"


def test_a_moment_gives_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORM4_TODAY", "2024-07-05T21:40")
    assert clock.today() == date(2024, 7, 5)
    assert clock.today_now() == datetime(2024, 7, 5, 21, 40, tzinfo=EASTERN)
    assert clock.moment().isoformat() == "2024-07-06T01:40:00+00:00"


def test_without_it_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORM4_TODAY", raising=False)
    assert (clock.today(), clock.today_now()) == (date(2026, 11, 30), clock.now())


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        ("2024-13-05", "2024-13-05", "Unset it or write YYYY-MM-DD"),
        ("2024-11-05T25:00", 'FORM4_TODAY: "2024-11-05T25:00" is not a moment', "Unset it or write YYYY-MM-DDTHH:MM"),
        ("2024-11-05T10", "2024-11-05T10", "Unset it or write YYYY-MM-DD"),
    ],
)  # fmt: skip
def test_what_is_neither_is_refused(
    monkeypatch: pytest.MonkeyPatch, text: str, problem: str, remedy: str
) -> None:
    monkeypatch.setenv("FORM4_TODAY", text)
    with pytest.raises(UnreadableInput) as refused:
        clock.today()
    assert problem in refused.value.problem
    assert refused.value.remedy == remedy
