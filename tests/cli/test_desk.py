"""The desk without a terminal: what its screens say and what is done with a filing."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import nullcontext
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.example import draft, edited
from form4_author.cli import main
from form4_author.cli.desk import WorkDesk, start_menu
from form4_author.desk import interview
from form4_author.desk.clock import now
from form4_author.errors import Form4Error
from form4_author.files import draft_file
from form4_author.wizard.prompter import Key
from tests.packets import packets_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from form4_author.wizard.screen import Ask

NUMBER = "0001107843-24-000123"
DAY = date(2024, 11, 5)


class Hand:
    """Chooses rows by the beginning of their label and types lines; what was on the screens is kept."""

    def __init__(self, *replies: str) -> None:
        self._replies = list(replies)
        self.heads: list[str] = []
        self.rows: list[list[str]] = []
        self.pages: list[str] = []
        self.unaccepted = False

    def show(self, lines: Sequence[str]) -> None:
        self.heads.append("\n".join(lines).strip())

    def choice(self, ask: Ask) -> str | Key:
        self.rows.append([row.label for row in ask.options if row.label])
        if ask.id == "filing":
            self.heads[-1] += f"\n{ask.message}"
        reply = self._next()
        if isinstance(reply, Key):
            return reply
        fitting = [row.value for row in ask.options if row.label.startswith(reply) and not row.barred]
        assert fitting, (reply, self.rows[-1])
        return fitting[0]

    confirm = choice

    def text(self, ask: Ask) -> str | Key:
        reply = self._next()
        assert isinstance(reply, Key) or ask.check(reply) is None
        return reply

    def _next(self) -> str | Key:
        reply = self._replies.pop(0) if self._replies else "Esc"
        return Key.LEAVE if reply == "Esc" else Key.BACK if reply == "back" else reply

    def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
        self.pages.append("\n".join((*top, *lines)))

    def working(self, words: str) -> AbstractContextManager[None]:
        del words
        return nullcontext()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of drafts, which is not the current one."""
    for kind in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    monkeypatch.setenv("FORM4_TODAY", "2024-11-05")
    monkeypatch.chdir(tmp_path)
    packets_in(tmp_path / "packets", monkeypatch)
    place = draft_file.default_folder()
    place.mkdir(parents=True)
    return place


def written(folder: Path, name: str, data: dict[str, Any]) -> Path:
    path = folder / f"{name}.form4.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def left(*replies: str) -> Hand:
    """The desk after these replies; then it is left."""
    hand = Hand(*replies)
    assert WorkDesk(hand).run() == 0  # type: ignore[arg-type]  # it lists and reads, and checks no boxes
    return hand


def filed(data: dict[str, Any], at: str) -> dict[str, Any]:
    return {**data, "interview": {"filed": {"accession_numbers": [NUMBER], "at": at}}}


def test_a_filed_filing_can_be_read_amended_and_its_number_corrected(folder: Path) -> None:
    path = written(folder, "seed", filed(draft("seed"), "2024-11-05"))
    before = path.read_bytes()

    hand = left("More: 1 filed", "Tue 11/05", "Esc")
    assert hand.heads[-1] == (
        f"Thakar Sumedh S \u00b7 QUALYS, INC. \u00b7 Form 4 \u00b7 vest 11/01\nFiled 11/05: {NUMBER}"
    )
    assert hand.rows[-1] == ["Read the form", "Amend it", "Correct the accession number or the filing date"]

    other = "0001107843-24-000124"
    correct = ("Correct", "Yes", other, "Today", "Esc")
    hand = left("More: 1 filed", "Tue 11/05", *correct)
    assert f"Recorded as filed: {other}." in hand.heads[-1]
    assert path.read_bytes() != before


def test_a_filing_whose_amendment_was_filed_is_amended(folder: Path) -> None:
    written(folder, "seed", filed(draft("seed"), "2024-11-05T18:05:00-05:00"))
    amendment = {**draft("seed"), "form": "4/A", "date_of_original_submission": "2024-11-05"}
    written(folder, "later", filed(amendment, "2024-12-03"))
    rows = left("More: 2 filed").rows[-1]
    assert [row.split("  ")[-1].strip() for row in rows] == ["amended 12/03", "filed 12/03"]

    hand = left("More: 2 filed", rows[0])
    assert hand.heads[-1].endswith(f"\nAmended 12/03: {NUMBER}")

    written(folder, "later", filed({**amendment, "date_of_original_submission": "2024-11-04"}, "2024-12-03"))
    assert left("More: 2 filed").rows[-1][0].endswith("filed 11/05")


def test_an_amendment_may_correct_the_period_of_the_only_filing_of_that_day(folder: Path) -> None:
    written(folder, "seed", filed(draft("seed"), "2024-11-05"))
    amendment = {**draft("seed"), "form": "4/A", "date_of_original_submission": "2024-11-05"}
    written(folder, "later", filed({**amendment, "period_of_report": "2024-11-02"}, "2024-12-03"))
    assert left("More: 2 filed").rows[-1][0].endswith("amended 12/03")

    written(folder, "other", filed({**draft("seed"), "period_of_report": "2024-11-02"}, "2024-11-05"))
    states = [row.split("  ")[-1].strip() for row in left("More: 3 filed").rows[-1]]
    assert sorted(states) == ["amended 12/03", "filed 11/05", "filed 12/03"]


def test_a_filed_draft_takes_no_answers(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(folder, "seed", filed(draft("seed"), "2024-11-05"))
    answers = tmp_path / "answers.yaml"
    answers.write_text("[]", encoding="utf-8")
    before = path.read_bytes()
    for word in ("resume", "edit"):
        with pytest.raises(Form4Error, match=r"seed\.form4\.json was filed and is not changed"):
            _run(word, str(path), "--answers", str(answers))
    assert path.read_bytes() == before
    capsys.readouterr()


def _run(word: str, *arguments: str) -> None:
    from form4_author.cli import new

    new.run(word, arguments)


def test_the_day_of_the_original_is_the_day_recorded_wherever_the_program_runs(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A day without a time was read as midnight of the computer's zone, which is the day before in New York."""
    path = written(folder, "seed", filed(draft("seed"), "2024-11-05"))
    target = tmp_path / "a.form4.json"
    assert main(["amend", str(path), "--lines", "all", "-o", str(target)]) == 0
    assert json.loads(target.read_text("utf-8"))["date_of_original_submission"] == "2024-11-05"
    capsys.readouterr()


def test_every_head_says_that_a_draft_was_changed_after_its_release(folder: Path) -> None:
    path = written(folder, "seed", draft("seed"))
    due = interview.desk(path, DAY).due
    assert main(["release", str(path), "--by", "Dana Cho", "--as-of", f"{DAY}"]) == 0
    assert due(draft_file.load(path).draft).splitlines()[1:] == []

    written(folder, "seed", edited("non_derivative[0].price = 121.34"))
    changed = "Changed after Dana Cho released it on 11/05/2024"
    assert due(draft_file.load(path).draft).splitlines()[1:] == [changed]
    heads = left("Tue 11/05", "Mark", "back", "Tue 11/05", "Release", "Ann Poe", "", "Esc").heads
    assert [head.count(changed) for head in heads] == [0, 1, 1, 0, 1, 1, 1, 1]

    written(folder, "seed", draft("seed"))
    assert changed not in due(draft_file.load(path).draft)
    (folder / "seed.release.json").write_text("{}", encoding="utf-8")
    assert due(draft_file.load(path).draft).splitlines()[1:] == [
        f"{folder / 'seed.release.json'} is not a release record"
    ]


def test_what_was_deleted_more_than_five_years_ago_goes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, days in (("2018-01-02 gift", 2192), ("2023-01-02 seed", 1820), ("2017-01-02 locked", 3000)):
        there = folder / "deleted" / name
        there.mkdir(parents=True)
        written(there, "d", draft("seed"))
        at = (now() - timedelta(days=days)).timestamp()
        os.utime(there, (at, at))
    removed = shutil.rmtree

    def refused(place: Path, **options: Any) -> None:
        if "locked" in place.name:
            raise PermissionError
        removed(place, **options)

    monkeypatch.setattr(shutil, "rmtree", refused)
    said = left().heads[0].splitlines()[1:]
    assert said == ["Removed: 2018-01-02 gift, deleted more than five years ago."]
    assert sorted(path.name for path in (folder / "deleted").iterdir()) == [
        "2017-01-02 locked",
        "2023-01-02 seed",
    ]


def test_the_desk_honors_the_plain_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "plain.toml"
    settings.write_text("[screen]\nplain = true\n", encoding="utf-8")
    monkeypatch.setenv("FORM4_SETTINGS", str(settings))
    put = []

    def at_terminal(*, plain: bool) -> Hand:
        put.append(plain)
        return Hand()

    monkeypatch.setattr("form4_author.wizard.terminal.at_terminal", at_terminal)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    assert start_menu(str) == 0
    assert put == [True]
