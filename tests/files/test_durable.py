"""What a power cut and another user of the machine find: a draft whose name is on disk, a lock nobody else can read."""

from __future__ import annotations

import json
import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from form4_author.errors import UnreadableInput
from form4_author.files import draft_file
from form4_author.files.lock import draft_lock
from form4_author.files.output import write_bytes
from form4_author.model.draft import Draft
from form4_author.model.filing import Filing
from form4_author.wire.draft import draft_data

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="neither is there on Windows")


def test_the_content_is_on_disk_before_the_name_and_the_name_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.form4.json"
    draft_file.save(path, Draft(Filing(form="3")))
    new = Draft(Filing(form="4"))
    synced: list[tuple[str, str]] = []
    usual = os.fsync

    def watched(handle: int) -> None:
        found = os.fstat(handle)
        folder = stat.S_ISDIR(found.st_mode)
        assert not folder or found.st_ino == tmp_path.stat().st_ino
        assert folder or found.st_size == len(json.dumps(draft_data(new), indent=2)) + 1
        synced.append(("folder" if folder else "content", str(draft_file.load(path).data["form"])))
        usual(handle)

    monkeypatch.setattr(os, "fsync", watched)
    draft_file.save(path, new)

    assert synced == [("content", "3"), ("folder", "4")]


def test_a_document_is_on_disk_under_its_name_as_a_draft_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "form4.xml"
    path.write_bytes(b"old")
    synced: list[tuple[str, bytes]] = []
    usual = os.fsync

    def watched(handle: int) -> None:
        folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        assert not folder or os.fstat(handle).st_ino == tmp_path.stat().st_ino
        synced.append(("folder" if folder else "content", path.read_bytes()))
        usual(handle)

    monkeypatch.setattr(os, "fsync", watched)
    write_bytes(path, b"new")

    assert synced == [("content", b"old"), ("folder", b"new")]


def test_a_folder_that_is_made_is_on_disk_in_the_one_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    usual = os.fsync

    def watched(handle: int) -> None:
        synced.append(os.fstat(handle).st_ino)
        usual(handle)

    monkeypatch.setattr(os, "fsync", watched)
    draft_file.save(tmp_path / "new" / "deep" / "a.form4.json", Draft())

    folders = [tmp_path, tmp_path / "new", tmp_path / "new" / "deep"]
    assert [number for number in synced if number in {f.stat().st_ino for f in folders}] == [
        folder.stat().st_ino for folder in folders
    ]


def test_a_draft_is_held_under_each_of_its_names(tmp_path: Path) -> None:
    """An interview by a link and one by the draft's own name would save over each other."""
    path, link = tmp_path / "a.form4.json", tmp_path / "link.form4.json"
    draft_file.save(path, Draft(Filing(form="4")))
    link.symlink_to(path)

    with draft_lock(path), pytest.raises(UnreadableInput) as refused, draft_lock(link):
        pass
    assert str(refused.value) == (
        f"{link} is open in another form4 at the moment. Continue there, or leave it there (q) and come back; nothing was changed"
        " here."
    )
    with draft_lock(link):  # once it is left there
        pass


def test_the_lock_beside_a_draft_is_its_owner_s_only(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with draft_lock(tmp_path / "a.form4.json"):
            lock = tmp_path / ".a.form4.json.lock"
            assert stat.S_IMODE(lock.stat().st_mode) == 0o600
            assert lock.read_bytes() == b""
    finally:
        os.umask(before)
