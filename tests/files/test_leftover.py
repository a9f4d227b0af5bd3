"""What an interrupted run leaves is removed a day later, and nothing else is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from form4_author.cli import main
from form4_author.files.leftover import remove_leftovers
from form4_author.files.lock import draft_lock

NOW = 1_800_000_000.0
OLD, YOUNG = NOW - 25 * 3600, NOW - 3600
LEFT = (
    ".a.form4.json.abcd1234.tmp",
    ".a.form4.json.bak.tmp",
    ".a.form4.json.lock",
    ".2026-11-27 Okafor EXMP Form 4 (vest).ab_d1234.tmp",
    ".form4-batch-abcd1234",
)
OTHERS = ("a.form4.json", "notes.tmp", ".hidden", ".a.form4.json", ".other.lock", ".x.tmp")


def made(folder: Path, names: tuple[str, ...], at: float) -> None:
    for name in names:
        path = folder / name
        if name.startswith((".2026", ".form4-batch")):
            path.mkdir()
            (path / "form4.xml").write_text("x", encoding="utf-8")
        else:
            path.write_text("x", encoding="utf-8")
        os.utime(path, (at, at))


def test_old_leftovers_go_and_others_stay(tmp_path: Path) -> None:
    made(tmp_path, (*LEFT, *OTHERS), OLD)
    removed = remove_leftovers((tmp_path, tmp_path / "none"), NOW)
    assert {path.name for path in removed} == set(LEFT)
    assert {path.name for path in tmp_path.iterdir()} == set(OTHERS)


def test_young_ones_stay(tmp_path: Path) -> None:
    made(tmp_path, LEFT, YOUNG)
    assert remove_leftovers((tmp_path,), NOW) == ()
    assert {path.name for path in tmp_path.iterdir()} == set(LEFT)


@pytest.mark.skipif(sys.platform == "win32", reason="an open lock file cannot be dated there")
def test_a_lock_that_is_held_stays(tmp_path: Path) -> None:
    with draft_lock(tmp_path / "a.form4.json"):
        lock = tmp_path / ".a.form4.json.lock"
        os.utime(lock, (OLD, OLD))
        assert remove_leftovers((tmp_path,), NOW) == ()
        assert lock.exists()


def test_no_lock_stays_behind(tmp_path: Path) -> None:
    with draft_lock(tmp_path / "a.form4.json"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_doctor_removes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, packets = tmp_path / "settings.toml", tmp_path / "packets"
    settings.write_text(f"[packets]\nfolder = '{packets}'\n", encoding="utf-8")
    monkeypatch.setenv("FORM4_SETTINGS", str(settings))
    packets.mkdir()
    made(packets, LEFT[:1], 1_000_000_000)
    main(["doctor"])
    out = capsys.readouterr().out
    assert f"ok       leftovers    removed {LEFT[0]}\n" in out
    assert f"ok       settings     1 set in {settings}\n" in out
    assert not list(packets.iterdir())
