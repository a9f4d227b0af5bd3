"""Names on Windows and macOS, judged on every system: by the rules of Windows paths, and without regard to case."""

from __future__ import annotations

import json
import ntpath
from pathlib import Path, PureWindowsPath

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.files.name import is_portable


def is_reserved(name: str) -> bool:
    """Whether Windows has a device of this name, as the standard library of this Python says."""
    if hasattr(ntpath, "isreserved"):  # 3.13
        return bool(ntpath.isreserved(name))
    return PureWindowsPath(name).is_reserved()


@pytest.mark.parametrize("name", ["CON", "nul", "Aux.form4.json", "com1", "LPT9.x", "prn ", "conin$"])
def test_names_of_devices_are_not_portable(name: str) -> None:
    assert is_reserved(name)
    assert not is_portable(name)


@pytest.mark.parametrize("name", ["", "a.", "a ", ".a", "a:b", "a\\b", "a/b", "a?", 'a"', "a\nb", "COM¹"])
def test_other_names_that_windows_does_not_keep(name: str) -> None:
    assert not is_portable(name)


@pytest.mark.parametrize(
    "name", ["console", "okafor", "a b", "2026-11-27 Okafor EXMP Form 4 (vest)", "Ω", "com"]
)
def test_ordinary_names_are_portable(name: str) -> None:
    assert not is_reserved(name)
    assert is_portable(name)


HEAD = "draft,from,happened,style,date,security,quantity\n"


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (("con",), 'A2, draft: "con" is not a valid file name'),
        (("a.",), 'A2, draft: "a." is not a valid file name'),
        (
            ("a", "A"),
            'A3, draft: "A" and "a" are the same file where case is ignored, as on Windows and macOS',
        ),
    ],
)
def test_a_sheet_names_no_draft_that_another_system_cannot_have(
    names: tuple[str, ...],
    problem: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "none.sqlite3"))
    Path("seed.form4.json").write_text(json.dumps(draft("seed")), encoding="utf-8")
    rows = "".join(
        f'{name},seed.form4.json,grants,table1,11/01/2024,Common Stock,"1,200"\n' for name in names
    )
    Path("s.csv").write_text(HEAD + rows, encoding="utf-8")
    assert main(["batch", "s.csv", "-o", "out", "--as-of", "2024-11-04", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)[-1]["problem"] == problem
