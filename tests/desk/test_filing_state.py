"""The states of a filing on the desk, each worked out from what is on disk."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from form4_author.checks.example import draft, edited
from form4_author.cli import main
from form4_author.desk.filing_state import Stage, state_of
from form4_author.desk.happened import happened
from form4_author.desk.intake import report_of_draft
from form4_author.desk.issuer import Issuers
from form4_author.desk.obstacle import Obstacles, obstacles_in
from form4_author.desk.work_list import items_in, rows_of
from form4_author.files import draft_file
from form4_author.wire.draft import draft_of

if TYPE_CHECKING:
    from form4_author.model.draft import Draft

SIGNED = "2024-11-04"
NOW = datetime(2024, 11, 4, 9, 0, tzinfo=ZoneInfo("America/New_York"))


def judge(path: Path, read: Draft) -> Obstacles:
    return obstacles_in(report_of_draft(read, str(path), date(2024, 11, 4)))


def never(_draft: Draft) -> Obstacles:
    raise AssertionError


def written(folder: Path, data: dict[str, Any], name: str = "d") -> Path:
    path = folder / f"{name}.form4.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def words(path: Path) -> str:
    read = draft_file.load(path).draft
    return state_of(path, read, lambda each: judge(path, each)).words


def test_a_draft_is_ready_once_the_review_was_reached(tmp_path: Path) -> None:
    path = written(tmp_path, draft("seed"))
    assert words(path) == "ready"

    path = written(tmp_path, {**draft("seed"), "interview": {"at": "owners[0].name"}})
    assert state_of(path, draft_file.load(path).draft, never).stage is Stage.DRAFT
    at = {"at": "owners[0].name", "back_to": [{"to": "review", "until": "answer"}]}
    gave = {**draft("seed"), "interview": {**at, "events": [{"recipe": "gave"}]}}
    assert words(written(tmp_path, gave)) == "8 to answer"


def test_what_blocks_is_counted(tmp_path: Path) -> None:
    assert words(written(tmp_path, edited("non_derivative[0].acquired_disposed = A"))) == "1 to correct"


def test_packet_release_and_change_follow_the_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, draft("seed"))
    assert main(["render", str(path), "--as-of", SIGNED]) == 0
    assert words(path) == "packet made"
    assert main(["release", str(path), "--by", "Dana Cho", "--as-of", SIGNED]) == 0
    assert words(path) == "released"

    written(tmp_path, edited("non_derivative[0].price = 121.34"))
    assert words(path) == "changed after"
    written(tmp_path, draft("seed"))
    assert words(path) == "released"
    capsys.readouterr()


def test_a_filing_that_was_filed_says_when(tmp_path: Path) -> None:
    closed = {"filed": {"accession_numbers": ["0001107843-24-000123"], "at": "2024-11-05"}}
    path = written(tmp_path, {**draft("seed"), "interview": closed})
    assert state_of(path, draft_file.load(path).draft, never).words == "filed 11/05"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("seed", "vest 11/01"),
        ("exercise", "option 10,000, withheld"),
        ("plan", "sale 4,500"),
        ("gift", "gift 2,500"),
        ("form5", "gift 300 received"),
        ("form3", "3 holdings"),
        ("joint", "purchase 10,000"),
        ("amendment", "amends 09/23/2026"),
    ],
)
def test_what_happened_is_told_in_few_words(name: str, told: str) -> None:
    assert happened(draft_of(draft(name))) == told


def test_an_event_without_lines_is_told_too() -> None:
    assert happened(draft_of({"form": "4", "interview": {"events": [{"recipe": "gave"}]}})) == "gift"
    assert happened(draft_of({"form": "3", "no_securities_owned": True})) == "nothing owned"
    assert happened(draft_of({"form": "3", "signatures": [{"name": "/s/ Beth Stone"}]})) == "nothing owned"
    assert happened(draft_of({"form": "3"})) == ""
    assert happened(draft_of({"form": "4"})) == ""


def test_the_list_is_by_due_date_and_names_what_cannot_be_read(tmp_path: Path) -> None:
    paths = [written(tmp_path, draft(name), name) for name in ("amendment", "gift", "seed", "joint")]
    broken = tmp_path / "broken.form4.json"
    broken.write_text("{", encoding="utf-8")

    rows = rows_of(items_in([*paths, broken], Issuers()), NOW, judge)

    assert [(Path(row.path).name[:5], row.person, row.state) for row in rows[:1]] == [
        ("seed.", "Thakar", "ready")
    ]
    assert [Path(row.path).name.partition(".")[0] for row in rows] == [
        "seed",
        "gift",
        "joint",
        "amendment",
        "broken",
    ]
    assert rows[0].left == 1
    assert rows[-1].state == "cannot be read"
