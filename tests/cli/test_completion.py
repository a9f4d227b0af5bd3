"""Completion in a real shell: commands, options, drafts, persons and issuers, and what it must not load."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from form4_author.cli import COMMANDS, main

HEAVY = (
    "argparse",
    "sqlalchemy",
    "lxml",
    "yaml",
    "jinja2",
    "form4_author.model",
    "form4_author.wire",
    "platformdirs.windows",
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A home with a register of three persons, and a `form4` on the path."""
    for kind in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("FORM4_REGISTER", raising=False)
    command = tmp_path / "bin" / "form4"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m form4_author "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    for words in (
        ("person", "add", "--cik", "77", "--name", "Doe Jane"),
        ("person", "add", "--cik", "88", "--name", "Roe Ann $(touch x)"),
        ("person", "add", "--cik", "99", "--name", "Roe Bob"),
        ("issuer", "add", "--cik", "9999001", "--name", "Example Widgets Inc.", "--symbol", "EXWI"),
    ):
        assert main(words) == 0
    drafts = tmp_path / "form4-author" / "drafts"
    drafts.mkdir()
    for name in ("doe-exwi.form4.json", "doe-exwi.form4.json.bak", "$(touch x).form4.json"):
        (drafts / name).write_text("{}")
    monkeypatch.chdir(drafts.parent)
    capsys.readouterr()
    return tmp_path


def names(kind: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", "--names", kind]) == 0
    return capsys.readouterr().out


def test_a_word_finds_one_person_only(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert names("person", capsys) == (
        "doe\tDoe Jane (CIK 77)\n88\tRoe Ann $(touch x) (CIK 88)\n99\tRoe Bob (CIK 99)\n"
    )
    assert names("issuer", capsys) == "EXWI\tExample Widgets Inc. (CIK 9999001)\n"
    assert names("draft", capsys) == "doe-exwi\tdraft\n"
    assert names("other", capsys) == ""


def test_the_index_follows_the_register(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = desk / "form4-author" / "register.sqlite3.names"
    assert index.stat().st_mode & 0o777 == 0o600
    main(["person", "edit", "88", "--name", "Poe Ann"])
    main(["person", "remove", "doe"])
    capsys.readouterr()
    assert names("person", capsys) == "poe\tPoe Ann (CIK 88)\nroe\tRoe Bob (CIK 99)\n"
    index.unlink()
    assert names("person", capsys) == ""
    main(["completion", "bash"])
    capsys.readouterr()
    assert names("person", capsys) == "poe\tPoe Ann (CIK 88)\nroe\tRoe Bob (CIK 99)\n"


def test_a_restored_register_has_its_own_index(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["register", "backup", "all.backup"])
    main(["person", "remove", "doe"])
    main(["register", "restore", "all.backup", "--force"])
    capsys.readouterr()
    assert names("person", capsys).startswith("doe\tDoe Jane (CIK 77)\n")


def test_a_register_whose_index_cannot_be_written_is_used_all_the_same(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = desk / "form4-author" / "register.sqlite3.names"
    index.unlink()
    index.mkdir()
    assert main(["person", "add", "--cik", "5", "--name", "Moe Max"]) == 0
    assert capsys.readouterr().out == "Added: 5  Moe Max\n"
    assert names("person", capsys) == ""


def test_an_answer_loads_no_database_and_no_parser(desk: Path) -> None:
    code = (
        "import sys; from form4_author.cli import main; main(['completion', '--names', 'person'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines()[-1] == "[]"


def completed(shell_words: list[str], script: Path) -> list[str]:
    """What bash offers for the last of the words."""
    quoted = " ".join(f"'{word}'" for word in shell_words)
    program = (
        f"source '{script}'\nCOMP_WORDS=({quoted})\nCOMP_CWORD={len(shell_words) - 1}\n_shtab_form4 2>/dev/null\n"
        "printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    said = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=True)
    return said.stdout.split("\n")[:-1]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes_commands_options_and_names(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == 0
    script = desk / "form4.bash"
    script.write_text(capsys.readouterr().out)
    for words, offered in (
        (["form4", "dead"], ["deadline"]),
        (["form4", "person", "e"], ["edit"]),
        (["form4", "deadline", "--fo"], ["--form", "--foreign"]),
        (["form4", "completion", "f"], ["fish"]),
        (["form4", "check", "doe"], ["doe-exwi"]),
        (["form4", "check", "register.sqlite3."], ["register.sqlite3.names"]),
        (["form4", "holdings", "d"], ["doe"]),
        (["form4", "holdings", "doe", "EX"], ["EXWI"]),
        (["form4", "new", "--person", ""], ["doe", "88", "99"]),
        (["form4", "poa", "add", "--issuer", ""], ["EXWI"]),
        (["form4", "poa", "new", "--prin"], ["--principal"]),
    ):
        assert (words, completed(words, script)) == (words, offered)
    assert not list(desk.rglob("x"))  # nothing of a name was run


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_shell_reads_its_script(shell: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert [word for word in COMMANDS if word not in script] == []
    assert "form4 completion --names person" in script
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell}, which would read the script")
    file = desk / f"form4.{shell}"
    file.write_text(script)
    subprocess.run([shell, "-n", str(file)], check=True)


def test_a_shell_that_has_no_script_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "tcsh"]) == 2
    assert capsys.readouterr().err.replace("'", "") == (  # Python 3.12 and later quote no choice
        "form4 completion: argument shell: invalid choice: tcsh (choose from bash, zsh, fish). "
        "See form4 completion --help.\n"
    )
