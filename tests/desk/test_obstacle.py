"""What keeps drafts from their packets: counted by the checks once, then known while nothing changes."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

from form4_author.checks.example import draft, edited
from form4_author.desk.obstacle import Obstacles, SavedObstacles, saved_in
from form4_author.findings import Report
from form4_author.wire.draft import draft_of

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.model.draft import Draft

DAY = date(2024, 11, 4)
SEED = draft_of(draft("seed"))
WRONG = draft_of(edited("non_derivative[0].acquired_disposed = A"))


class Judge:
    """Reports one open question, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, path: Path, draft: Draft, day: date) -> Report:
        del draft, day
        self.asked += 1
        return Report(file=str(path), open=("Who signs?",))


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))


def asked(judge: Judge, path: Path, draft: Draft = SEED, day: date = DAY) -> tuple[Obstacles, int]:
    """What the desk of a new process says of a draft, and how often the checks were asked until then."""
    desk = SavedObstacles(day, judge)
    found = desk.of(path, draft)
    desk.save()
    return found, judge.asked


def test_the_checks_are_asked_once_while_nothing_changes(tmp_path: Path) -> None:
    judge, path = Judge(), tmp_path / "d.form4.json"
    assert asked(judge, path) == (Obstacles(1, 0), 1)
    assert asked(judge, path) == (Obstacles(1, 0), 1)
    assert saved_in().stat().st_mode & 0o077 == 0
    assert b"Thakar" not in saved_in().read_bytes()


def test_another_draft_day_register_or_setting_asks_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge, path = Judge(), tmp_path / "d.form4.json"
    asked(judge, path)
    assert asked(judge, path, WRONG)[1] == 2
    assert asked(judge, path, day=date(2024, 11, 5))[1] == 3

    register = tmp_path / "register.sqlite3"
    register.write_bytes(b"1")
    monkeypatch.setenv("FORM4_REGISTER", str(register))
    assert asked(judge, path)[1] == 4
    os.utime(register, ns=(1, 1))
    assert asked(judge, path)[1] == 5

    settings = tmp_path / "settings.toml"
    settings.write_text("", encoding="utf-8")
    monkeypatch.setenv("FORM4_SETTINGS", str(settings))
    assert asked(judge, path)[1] == 6

    schema = tmp_path / "DATA" / "form4-author" / "schemas" / "X0609" / "form4.xsd"
    schema.parent.mkdir(parents=True)
    schema.write_text("", encoding="utf-8")
    assert asked(judge, path)[1] == 7


def test_a_server_has_no_state_that_can_be_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORM4_REGISTER", "postgresql://localhost/register")
    judge, path = Judge(), tmp_path / "d.form4.json"
    assert [asked(judge, path)[1] for _time in range(2)] == [1, 2]
    assert not saved_in().exists()


@pytest.mark.parametrize("content", [b"", b"[]", b'{"a": 1}', b'{"a": ["x", 1]}'])
def test_a_damaged_file_is_not_used(tmp_path: Path, content: bytes) -> None:
    saved_in().parent.mkdir(parents=True)
    saved_in().write_bytes(content)
    assert asked(Judge(), tmp_path / "d.form4.json") == (Obstacles(1, 0), 1)


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    saved_in().parent.parent.mkdir(parents=True)
    saved_in().parent.write_bytes(b"")
    assert asked(Judge(), tmp_path / "d.form4.json") == (Obstacles(1, 0), 1)


def test_by_the_checks(tmp_path: Path) -> None:
    desk = SavedObstacles(DAY)
    assert [desk.of(tmp_path / "d.form4.json", each) for each in (SEED, WRONG)] == [(0, 0), (0, 1)]
