"""What surrounds a command: odd terminals, odd names, endless files; what an import can't take over."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from form4_author.checks.example import draft, edited
from form4_author.cli import main
from form4_author.files import input as files_in
from form4_author.wire.filing import filing_from
from form4_author.wire.write import write_document
from tests.wizard.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

SIGNED: Final = "2024-11-04"
SEED: Final = write_document(filing_from(draft("seed"))[0])


def form4(*words: str, encoding: str) -> subprocess.CompletedProcess[bytes]:
    surroundings = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    return subprocess.run(
        [sys.executable, "-m", "form4_author", *words], env=surroundings, capture_output=True, check=False
    )


def test_a_pipe_without_a_sign_gets_its_escape() -> None:
    told = form4("explain", "TXN-007", "TXN-001", encoding="ascii")
    whole = form4("explain", "TXN-007", "TXN-001", encoding="utf-8")

    assert (told.returncode, told.stderr) == (0, b"")
    assert not whole.stdout.isascii()
    assert told.stdout.isascii()
    assert b"\\u201c" in told.stdout


def test_a_terminal_without_a_sign_shows_the_like_of_it(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    with Terminal(tmp_path, "explain", "TXN-007", "HLD-003", **plain) as terminal:
        assert terminal.end() == 0

    assert terminal.raw.isascii()
    assert "\\u" not in terminal.raw
    assert '"' in terminal.raw


@pytest.mark.long
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_json_stays_json_on_any_terminal(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "d.json"
    file.write_text(json.dumps(edited('form = "Ω é 𝄞"')), encoding="utf-8")

    told = form4("check", "--json", "--as-of", SIGNED, str(file), encoding=encoding)

    data = json.loads(told.stdout.decode("ascii" if encoding == "ascii" else encoding))
    assert (told.returncode, told.stderr) == (1, b"")
    assert data["files"][0]["form"] == "Ω é 𝄞"


@pytest.mark.skipif(sys.platform == "win32", reason="names there are Unicode")
def test_name_that_is_not_text_is_told(tmp_path: Path) -> None:
    file = os.fsencode(tmp_path) + b"/odd\xff.xml"
    told = subprocess.run(
        [sys.executable, "-m", "form4_author", "check", file],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )

    assert told.returncode == 2
    assert b"odd\\udcff.xml: unreadable: 1 suspense\n" in told.stdout
    assert told.stderr == b""


def test_suffix_in_capitals_is_the_same_suffix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "D.YML"
    file.write_text('form: "4"\n', encoding="utf-8")

    assert main(["check", str(file), "--as-of", SIGNED]) == 1
    assert f"{file}: blocked (Form 4, X0609)" in capsys.readouterr().out


def test_endless_file_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "long.xml"
    file.write_bytes(SEED + b" " * 1000)
    monkeypatch.setattr(files_in, "LARGEST_FILE", 10)

    assert len(files_in.read_bytes(str(file))) == 11


def test_import_tells_values_that_could_not_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "f.xml", tmp_path / "d.form4.json"
    data = SEED.replace(b"<value>120.34<", b"<value>1,20<").replace(b"<issuerCik>", b"<issuerCik> ")
    data = data.replace(b"<periodOfReport>2024-11-01<", b"<periodOfReport>11/01/2024<")
    source.write_bytes(data)

    assert main(["import", str(source), "-o", str(target)]) == 0
    assert capsys.readouterr().out.splitlines()[:-2] == [
        'Not imported: line 6: "11/01/2024" cannot be read as box 3, Date of Earliest Transaction',
        'Not imported: line 53: "1,20" cannot be read as Table I, line 1, column 4, Price',
    ]
    assert json.loads(target.read_text(encoding="utf-8"))["issuer"]["cik"] == "1107843"


def test_import_keeps_attachments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def member(name: str, kind: str, content: bytes) -> str:
        block = base64.b64encode(content).decode()
        return f"<edgarDocument>{name}{kind}<documentMimeBlock>{block}</documentMimeBlock></edgarDocument>"

    source, target = tmp_path / "f.xml", tmp_path / "d.form4.json"
    source.write_text(
        "<edgarSubmission>"
        + member("<documentName>a.xml</documentName>", "<documentType>4</documentType>", SEED)
        + member("<documentName>poa.txt</documentName>", "<documentType>EX-24</documentType>", b"Know all")
        + member("", "", b"?")
        + member("<documentName>../up.txt</documentName>", "<documentType>EX-99</documentType>", b"?")
        + "</edgarSubmission>",
        encoding="utf-8",
    )

    assert main(["import", str(source), "-o", str(target)]) == 0
    assert capsys.readouterr().out.splitlines()[:-2] == [
        f"Kept: attachment poa.txt (EX-24) as {tmp_path / 'd-attachments' / 'poa.txt'}",
        "Not imported: attachment (without name) (without type): EDGAR does not accept its name",
        "Not imported: attachment ../up.txt (EX-99): EDGAR does not accept its name",
    ]
    assert [f.read_bytes() for f in (tmp_path / "d-attachments").iterdir()] == [b"Know all"]
