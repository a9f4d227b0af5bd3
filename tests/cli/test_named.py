"""A draft named by a file in the drafts folder, or by words of one open filing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.files import draft_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The drafts folder with a few drafts, from another place."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    folder = draft_file.default_folder()
    folder.mkdir(parents=True)
    for name in ("seed", "gift", "exercise", "plan"):
        (folder / f"{name}.form4.json").write_text(json.dumps(draft(name)), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        (["thakar"], "seed", "Using Form 4 · Thakar, QLYS · vest 11/01."),
        (["okafor", "sale"], "plan", "Using Form 4 · Okafor, NWIN · sale 4,500."),
        (["seed.form4.json"], "seed", "Using Form 4 · Thakar, QLYS · vest 11/01."),
        (["Whit", "GIFT", "4"], "gift", "Using Form 4 · Whitcombe, NWIN · gift 2,500."),
    ],
)
def test_words_of_one_open_filing_find_it(
    drafts: Path, words: list[str], name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", *words, "--quiet"])
    told = capsys.readouterr()
    assert told.err.splitlines()[0] == said
    assert told.out.startswith(f"{drafts / name}.form4.json: ")


def test_words_of_several_list_their_rows(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "okafor"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == (
        'form4: "okafor" fits 2 open filings. Add a word, such as gift or option, in quotes, or give the path.'
    )
    assert lines[2::2] == [f"    {drafts / name}.form4.json" for name in ("exercise", "plan")]
    assert "sale 4,500" in lines[3]


def test_a_filed_draft_is_not_found_by_words(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    closed = {**draft("seed"), "interview": {"filed": {"accession_numbers": ["0001107843-24-000123"]}}}
    (drafts / "seed.form4.json").write_text(json.dumps(closed), encoding="utf-8")
    assert main(["render", "thakar"]) == 2
    assert "thakar: There is no file of this name." in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["filed", "thakar", "--accession", "0001107843-24-000123"],
        ["pack", "thakar", "-o", "x.xml", "--live"],
    ],
)
def test_what_cannot_be_taken_back_takes_a_path_only(
    drafts: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert "thakar: There is no file of this name." in capsys.readouterr().err
    assert drafts.is_dir()


def test_resume_with_several_open_drafts_lists_them(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resume"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "form4: 4 drafts are open. Name one: form4 resume DRAFT."
    assert lines[1].split("  ")[-1].strip() == "vest 11/01"
    assert lines[2] == f"    {drafts / 'seed.form4.json'}"
