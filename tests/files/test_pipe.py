"""Pipes as files: read to their end, and refused where no program writes to them."""

from __future__ import annotations

import os
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
