"""Pipes as files: read to their end, and refused where no program writes to them."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import threading
from pathlib import Path

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.errors import UnreadableInput
from form4_author.files import disk
from form4_author.files.input import read_bytes
from form4_author.wire.filing import filing_from
from form4_author.wire.write import write_document

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes as on Unix")


def test_a_pipe_that_no_program_writes_to_is_refused_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / "pipe.xml"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableInput) as said:
        read_bytes(str(pipe))
    assert said.value.problem == "The system cannot read it: no program writes to this pipe"
    for name in ("pipe.xml", "pipe.form4.json", "pipe.csv", "pipe.pdf"):
        if not (tmp_path / name).exists():
            os.mkfifo(tmp_path / name)
        assert main(["check", str(tmp_path / name)]) == 2
        assert main(["batch", str(tmp_path / name)]) == 2
        assert main(["verify", str(tmp_path / name)]) == 2
        said_there = capsys.readouterr()
        assert (said_there.out + said_there.err).count("no program writes to this pipe") == 3


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    """As the shell gives the output of a command: more than the pipe holds at once."""
    content = write_document(filing_from(draft("seed"))[0]) * 100
    reading, writing = os.pipe()

    def write() -> None:
        with os.fdopen(writing, "wb") as out:
            out.write(content)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert disk.read(Path(f"/dev/fd/{reading}")) == content
    finally:
        writer.join()
        os.close(reading)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc as on Linux")
def test_a_folder_read_as_a_file_leaves_no_handle_open(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        with pytest.raises(IsADirectoryError):
            disk.read(tmp_path)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def _special(folder: Path, kind: str) -> Path:
    """A pipe, a socket, links to them, and a link to what standard output is."""
    place = folder / kind
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "socket":
        with contextlib.chdir(folder), socket.socket(socket.AF_UNIX) as bound:  # a path of at most 108 bytes
            bound.bind(kind)
    elif kind == "link":
        place.symlink_to(_special(folder, "pipe"))
    else:
        place.symlink_to("/proc/self/fd/1")
    return place


@pytest.mark.parametrize("kind", ["pipe", "socket", "link", "output"])
def test_what_is_no_file_is_never_replaced_by_one(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As root, /dev/null or /dev/stdout would become a file, and the system would not work until it is restarted."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_TODAY", "2024-11-04")
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "r.sqlite3"))
    Path("a.form4.json").write_text(json.dumps(draft("seed")), encoding="utf-8")
    Path("a.xml").write_bytes(write_document(filing_from(draft("seed"))[0]))
    place = _special(tmp_path, kind)
    mode, names = place.lstat().st_mode, sorted(path.name for path in tmp_path.iterdir())

    for words in (["due", ".", "--ics", kind], ["batch", "--template", "grants", "--force", "-o", kind],
                  ["import", "a.xml", "--force", "-o", kind], ["amend", "a.xml", "--force", "-o", kind],
                  ["attest", "--name", "Jane Doe", "-o", kind], ["register", "backup", kind, "--force"],
                  ["render", "a.form4.json", "--only", "xml", "-o", kind], ["doctor", "--report", kind],
                  ["poa", "new", "-o", kind, "--person", "1626115"], ["calendar", "export", kind]):  # fmt: skip
        with contextlib.suppress(SystemExit):
            assert main(words) in (1, 2), words
        said = capsys.readouterr()
        assert "this is a bug" not in said.err, words
        assert place.lstat().st_mode == mode, words
    left = {path.name for path in tmp_path.iterdir()} - {"r.sqlite3", "r.sqlite3-wal", "r.sqlite3-shm"}
    assert sorted(left) == names


def test_the_message_about_what_is_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    assert main(["due", ".", "--ics", "pipe"]) == 2
    assert capsys.readouterr().err == (
        "form4: pipe can't be written: this is a device, a pipe or a socket, not a file. Choose another place.\n"
    )


@pytest.mark.parametrize("name", ["", ".", "..", "/", "loop.form4.json", "a\0b", "sub/..", "x" * 300])
@pytest.mark.parametrize(
    "words",
    [["check"], ["resume", "--answers", "q.yaml"], ["release", "--by", "J"], ["verify"], ["deadline"], ["due"]],
)  # fmt: skip
def test_names_that_are_no_files(
    words: list[str],
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "r.sqlite3"))
    Path("q.yaml").write_text("- review: q\n", encoding="utf-8")
    Path("loop.form4.json").symlink_to("loop.form4.json")
    Path("sub").mkdir()
    if words == ["due"] and name == "/":
        pytest.skip("looks through the whole system")
    if words == ["release", "--by", "J"] and name in ("", "."):
        pytest.skip("asks which draft")
    assert main([*words, name]) in (0, 2)
    said = capsys.readouterr()
    assert "this is a bug" not in said.err
    assert said.out + said.err
