"""Deleted drafts: moved with what belongs to them, taken back, kept for five years, never one that was signed or filed."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.desk.clock import now
from form4_author.desk.deletion import deleted, expired, kept, purge, restored, why_kept
from form4_author.desk.packet_place import latest_packet
from form4_author.errors import Form4Error
from form4_author.files.draft_file import default_folder

if TYPE_CHECKING:
    from pathlib import Path

SIGNED = "2024-11-04"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A draft with its backup, answers and release record."""
    file = tmp_path / "drafts" / "seed.form4.json"
    file.parent.mkdir()
    file.write_text(json.dumps(draft("seed")), encoding="utf-8")
    for name in ("seed.form4.json.bak", "seed.answers.yaml", "seed.release.json"):
        file.with_name(name).write_text("[]", encoding="utf-8")
        file.with_name(name).chmod(0o644)
    return file


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


BELONGING = ["seed.answers.yaml", "seed.form4.json", "seed.form4.json.bak", "seed.release.json"]


def test_a_draft_moves_with_what_belongs_to_it_and_comes_back(path: Path) -> None:
    content = path.read_bytes()
    what = deleted(path, now())

    (folder,) = kept(path.parent)
    assert names(path.parent) == ["deleted"]
    assert names(folder) == BELONGING
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}
    assert {stat.S_IMODE(each.stat().st_mode) for each in (folder, folder.parent)} == {0o700}

    restored(what)
    assert path.read_bytes() == content
    assert names(path.parent) == ["deleted", *BELONGING]
    assert kept(path.parent) == ()


def test_its_packet_moves_where_that_is_chosen(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.with_name("seed.release.json").unlink()
    assert main(["render", str(path), "--as-of", SIGNED]) == 0
    packet = latest_packet(path)
    assert packet is not None
    capsys.readouterr()

    restored(deleted(path, now()))
    assert packet.is_dir()
    what = deleted(path, now(), packet=True)
    assert not packet.exists()
    assert packet.name in names(kept(path.parent)[0])
    restored(what)
    assert (packet / "form4.xml").is_file()


def test_a_filed_draft_is_not_deleted(path: Path) -> None:
    closed = {**draft("seed"), "interview": {"filed": {"accession_numbers": ["0001107843-24-000123"]}}}
    path.write_text(json.dumps(closed), encoding="utf-8")
    with pytest.raises(Form4Error) as refused:
        deleted(path, now())
    assert refused.value.problem == "seed.form4.json is not deleted: it was filed"
    assert path.exists()


def test_a_signed_draft_is_not_deleted(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.with_name("seed.release.json").unlink()
    assert main(["render", str(path), "--as-of", SIGNED]) == 0
    capsys.readouterr()
    packet = latest_packet(path)
    assert packet is not None
    assert why_kept(path) == ""
    (packet / "authentication.pdf").write_bytes(b"%PDF /ByteRange [0 1 2 3]")
    assert why_kept(path) == "its packet is signed"


def test_a_draft_that_cannot_be_read_is_deleted(path: Path) -> None:
    path.write_text("{", encoding="utf-8")
    deleted(path, now())
    assert not path.exists()


def test_nothing_is_written_over_when_a_deletion_is_taken_back(path: Path) -> None:
    what = deleted(path, now())
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(Form4Error, match="exists again"):
        restored(what)
    assert path.read_text(encoding="utf-8") == "{}"


def test_deleted_drafts_are_kept_for_five_years_or_until_they_are_purged(path: Path) -> None:
    at = now()
    deleted(path, at)
    assert expired(path.parent, at + timedelta(days=5 * 365)) == ()
    assert expired(path.parent, at + timedelta(days=5 * 365 + 3)) == kept(path.parent) != ()
    assert len(purge(path.parent)) == 1
    assert kept(path.parent) == ()


def test_doctor_counts_and_purges_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = default_folder()
    folder.mkdir(parents=True)
    file = folder / "seed.form4.json"
    file.write_text(json.dumps(draft("seed")), encoding="utf-8")
    deleted(file, now())

    main(["doctor"])
    told = f"1 in {folder / 'deleted'}, 0 older than five years; form4 doctor --purge removes all"
    assert told in capsys.readouterr().out
    assert main(["doctor", "--purge"]) == 0
    assert capsys.readouterr().out == "1 deleted draft removed for good.\n"
    assert kept(folder) == ()
