"""A command reads a draft once, leaves one of the former format alone, and does not pass one it can't work out."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.files import draft_file
from form4_author.wire.filing import filing_from
from tests.wizard.replay import replay

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a file of a draft, and a filing in its data, is read."""
    counts: Counter[str] = Counter()

    def counted(name: str, read: Callable[..., Any]) -> Callable[..., Any]:
        def reading(*arguments: Any) -> Any:
            counts[name] += 1
            return read(*arguments)

        return reading

    monkeypatch.setattr(draft_file, "read_data", counted("file", draft_file.read_data))
    monkeypatch.setattr("form4_author.wire.draft.filing_from", counted("filing", filing_from))
    return counts


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["check"], 0),
        (["check", "--json"], 0),
        (["render", "--only", "xml"], 0),
        (["deadline"], 0),
        (["pack", "-o", "out.xml", "--test", "--ccc-fd", "99"], 2),
        (["resume", "--answers", "leave.yaml", "--as-of", "2024-11-04"], 0),
        (["edit", "--answers", "leave.yaml", "--as-of", "2024-11-04"], 0),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else str(each),
)
def test_a_draft_is_read_once(
    words: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, readings: Counter[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_TODAY", "2024-11-04")
    replay(Path("d.form4.json"), "seed")
    Path("leave.yaml").write_text("- review: q\n", encoding="utf-8")
    readings.clear()

    assert main([words[0], "d.form4.json", *words[1:]]) == code
    assert readings == {"file": 1, "filing": 1}


@pytest.mark.parametrize(
    "words",
    [["check"], ["render"], ["diff", "d.form4.json"], ["deadline"], ["check", "--json"]],
    ids=" ".join,
)
def test_a_draft_of_the_former_format_is_read_and_left_alone(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_TODAY", "2024-11-04")
    line = {
        "table": "non_derivative",
        "security_title": "Common Stock",
        "amount_owned_following": "9",
        "note_1": "keep",
    }
    former = json.dumps({**draft("seed"), "format": 1, "interview": {"at": "review", "carried": [line]}})
    Path("d.form4.json").write_text(former, encoding="utf-8")

    assert main([*words, "d.form4.json"]) in (0, 1)
    assert Path("d.form4.json").read_text(encoding="utf-8") == former
    assert list(Path().glob("*.bak")) == []


def test_a_draft_whose_open_questions_cannot_be_worked_out_is_not_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    event = {"recipe": "sold", "answers": {"date": "2024-11-01"}, "adjusts": {"Common Stock": "ten"}}
    data = {**draft("seed"), "interview": {"at": "lines", "events": [event]}}
    Path("d.form4.json").write_text(json.dumps(data), encoding="utf-8")

    assert main(["check", "d.form4.json", "--as-of", "2024-11-04"]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "OPEN The interview's answers contradict each other, so its open questions are not known;" in out
    assert "d.form4.json: blocked (Form 4, X0609): no findings, 1 open question" in out
