"""The PDF is opened by the system's own program, where there is a desktop."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.desk.opening import can_open, open_file
from form4_author.errors import Form4Error

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="they always have a desktop")


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An `xdg-open` that writes down what it was asked to open."""
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nprintf %s "$1" > "{tmp_path}/part"\nmv "{tmp_path}/part" "{tmp_path}/opened"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":9")
    return tmp_path / "opened"


def test_the_file_is_handed_to_the_opener(opener: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Kept(subprocess.Popen[bytes]):
        def __init__(self, *words: Any, **named: Any) -> None:
            super().__init__(*words, **named)
            started.append(self)

    monkeypatch.setattr("subprocess.Popen", Kept)
    file = opener.with_name("form 4.pdf")
    assert can_open()
    open_file(file)
    assert started[0].wait(timeout=60) == 0
    assert opener.read_text("utf-8") == str(file)


def test_without_a_desktop_nothing_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not can_open()
    with pytest.raises(Form4Error) as refused:
        open_file(tmp_path / "form4.pdf")
    assert str(refused.value) == (
        f"No desktop is available to open {tmp_path / 'form4.pdf'} on. Open it on a computer with a screen."
    )
