"""Drafts on disk: nothing is lost, nothing is guessed, and what can't be read says where it breaks."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from form4_author.errors import UnreadableInput
from form4_author.files import draft_file
from form4_author.wire import draft_format
from form4_author.wire.draft import draft_of
from form4_author.wire.draft_format import DRAFT_FORMAT, SCHEMA_URL

DRAFT: dict[str, Any] = {"format": 2, "form": "4", "issuer": {"cik": "0001107843", "name": "QUALYS, INC."}}


def written(form: str) -> dict[str, Any]:
    """What is on disk of a draft that says its form only."""
    return {"$schema": SCHEMA_URL, "format": DRAFT_FORMAT, "form": form}


NEWER = "The draft was written by a newer form4: its format is 3, this one reads up to 2."
REMEDY = "Correct the file, or go back to the copy beside it that ends in .bak."


def refusal(path: Path) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as refused:
        draft_file.load(path)
    return refused.value


# ---- reading


def test_json_keeps_every_number_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"format": 1, "price": 1.10, "amount": 16777217, "aff10b5_one": true, "remarks": null}')
    draft = draft_file.load(path)

    assert draft.data == {
        "format": 2,
        "price": "1.10",
        "amount": "16777217",
        "aff10b5_one": True,
        "remarks": None,
    }
    assert (draft.format, draft.path) == ("json", path)


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".YAML"])
def test_yaml_keeps_every_scalar_as_text(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(
        "format: 1\nform: 4\ncountry: NO\ncik: 0001107843\nprice: 1.10\ndate: 2024-11-01\nbox: true\nbig: 1e5\n"
        "octal: 0o17\nnone:\nrows:\n  - [1_000, ~]\n"
    )
    draft = draft_file.load(path)

    assert draft.data == {
        "format": 2, "form": "4", "country": "NO", "cik": "0001107843", "price": "1.10", "date": "2024-11-01",
        "box": "true", "big": "1e5", "octal": "0o17", "none": "", "rows": [["1_000", "~"]],
    }  # fmt: skip
    assert draft.format == "yaml"


def test_a_byte_order_mark_is_no_part_of_the_draft(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'\xef\xbb\xbf{"form": "4"}')

    assert draft_file.load(tmp_path / "a.json").data == {"form": "4", "format": DRAFT_FORMAT}


@pytest.mark.parametrize(
    ("name", "content", "found", "said"),
    [
        ("a.json", b'{"form": "4",\n "issuer": }', ("DOC-023", 2, 12), "is not well-formed JSON: expecting value"),
        ("a.json", b"", ("DOC-023", 1, 1), "is not well-formed JSON: expecting value"),
        ("a.json", b'{"form": "4", "form": "5"}', ("DOC-023", None, None), 'gives "form" twice in one place'),
        ("a.json", b'{"price": NaN}', ("DOC-023", None, None), "holds NaN, which is not a value"),
        ("a.json", b'{"form":\n "\xff"}', ("DOC-024", 2, None), "is not UTF-8 text"),
        ("a.json", b'{"form": "\\uD800"}', ("DOC-024", None, None), "contains half of a character, written as \\ud800 to \\udfff"),
        ("a.yaml", b'form: "\\udfff"', ("DOC-024", None, None), "contains half of a character, written as \\ud800 to \\udfff"),
        ("a.json", '{"form": "4"}'.encode("utf-16"), ("DOC-024", 1, None), "holds NUL bytes"),
        ("a.json", b'["4"]', ("DOC-030", None, None), "is not a draft: it has no keys such as form and issuer"),
        ("a.json", b"[" * 100_000, ("DOC-027", None, None), "is nested too deeply for a draft"),
        ("a.json", b" " * (10 * 1024 * 1024 + 1), ("DOC-027", None, None), "is larger than 10 MB"),
        ("a.yaml", b"form: 4\nissuer: [1", ("DOC-023", 2, 11), "is not well-formed YAML: expected ',' or ']', but got '<stream end>'"),
        ("a.yaml", b"form: 4\nform: 5", ("DOC-023", 2, 1), 'is not well-formed YAML: "form" is given twice'),
        ("a.yaml", b"a: &x 1\nb: *x", ("DOC-023", 2, 4), "is not well-formed YAML: an alias (*name) is not used in drafts"),
        ("a.yaml", b"a: \x07", ("DOC-023", None, None), "is not well-formed YAML: it can't be read"),
        ("a.yaml", b"", ("DOC-030", None, None), "is not a draft: it has no keys such as form and issuer"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why_and_where(
    tmp_path: Path, name: str, content: bytes, found: tuple[str, int | None, int | None], said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refused = refusal(path)

    assert (refused.id, refused.line, refused.column) == found
    assert refused.problem == f"{path} {said}"


@pytest.mark.parametrize(
    ("name", "reason"), [("none.json", "no such file or directory"), (".", "it is a folder")]
)
def test_what_cannot_be_opened_says_so(tmp_path: Path, name: str, reason: str) -> None:
    refused = refusal(tmp_path / name)

    assert refused.id == "DOC-022"
    assert str(refused) == f"{tmp_path / name} can't be opened: {reason}. Check the name and the permissions."


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (
            3,
            f"{NEWER} Update form4 and open the draft again.",
        ),
        ('"new"', f'The draft\'s format is "new", which is not a version number. {REMEDY}'),
        (0, f'The draft\'s format is "0", which is not a version number. {REMEDY}'),
        ("true", f'The draft\'s format is "True", which is not a version number. {REMEDY}'),
    ],
)
def test_another_format_is_refused(tmp_path: Path, version: object, said: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(f'{{"format": {version}}}')
    refused = refusal(path)

    assert (refused.id, str(refused)) == ("DOC-030", said)


def test_older_formats_are_brought_forward_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {1: lambda d: {**d, "first": True}, 2: lambda d: {**d, "second": d["first"]}}
    monkeypatch.setattr(draft_format, "DRAFT_FORMAT", 3)
    monkeypatch.setattr(draft_format, "MIGRATIONS", steps)

    assert draft_format.in_current_format({"format": "1"}) == {"format": 3, "first": True, "second": True}
    assert draft_format.in_current_format({"form": "4"}) == {
        "form": "4",
        "format": 3,
        "first": True,
        "second": True,
    }
    assert draft_format.in_current_format({"format": 3}) == {"format": 3}


def test_every_older_format_has_its_step() -> None:
    assert sorted(draft_format.MIGRATIONS) == list(range(1, DRAFT_FORMAT))


# ---- writing


@pytest.mark.parametrize("name", ["a.form4.json", "a.form4.yaml"])
def test_what_is_saved_is_what_is_loaded(tmp_path: Path, name: str) -> None:
    data = {
        **DRAFT,
        "country": "NO",
        "price": "1.10",
        "day": "2024-11-01",
        "box": "true",
        "note": "“é” − & <b>\n1. x",
    }
    draft_file.save(tmp_path / name, draft_of(data))

    assert draft_file.load(tmp_path / name).data == {"$schema": SCHEMA_URL, **data}


def test_only_the_owner_reads_a_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.form4.json"
    path.write_text("{}")
    path.chmod(0o644)
    draft_file.save(path, draft_of(DRAFT))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "a.form4.json.bak").stat().st_mode) == 0o600


def test_the_previous_version_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.form4.json"
    for form in ("3", "4", "5"):
        draft_file.save(path, draft_of({"form": form}))

    assert json.loads(path.read_text())["form"] == "5"
    assert json.loads((tmp_path / "a.form4.json.bak").read_text())["form"] == "4"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.form4.json", "a.form4.json.bak"]


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_a_failure_leaves_the_old_draft_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "a.form4.json"
    draft_file.save(path, draft_of({"form": "3"}))

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    if call == "link":
        monkeypatch.setattr("shutil.copy2", fail)
    with pytest.raises(UnreadableInput) as refused:
        draft_file.save(path, draft_of({"form": "4"}))

    assert refused.value.problem == f"{path} can't be saved: no space left on device"
    assert json.loads(path.read_text()) == written("3")


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failure_leaves_no_copy_of_the_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """An abandoned copy is hidden, holds names and addresses, and takes what room is left."""
    path = tmp_path / "a.form4.json"
    draft_file.save(path, draft_of({"form": "3"}))
    usual = os.replace

    def fail(*given: Any, **_: object) -> None:
        if call == "replace" and Path(given[1]) != path:
            return usual(*given)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(UnreadableInput) as refused:
        draft_file.save(path, draft_of({"form": "4"}))

    assert str(refused.value) == (
        f"{path} can't be saved: no space left on device. Free some space or choose another folder, then go on;"
        " the last saved version is unchanged."
    )
    assert json.loads(path.read_text()) == written("3")
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".tmp"] == []


def test_a_file_system_without_hard_links_keeps_the_previous_version_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "a.form4.json"
    draft_file.save(path, draft_of({"form": "3"}))
    draft_file.save(path, draft_of({"form": "4"}))

    assert json.loads((tmp_path / "a.form4.json.bak").read_text()) == written("3")


@pytest.mark.parametrize(
    ("name", "former"),
    [
        ("a.form4.json", '{"format": 1, "form": "3"}'),
        ("a.form4.json", '{"form": "3"}'),
        ("a.form4.yaml", "form: '3'\nformat: 1\n"),
    ],
)
def test_a_draft_of_a_former_format_is_kept_once_and_for_all(tmp_path: Path, name: str, former: str) -> None:
    path, kept = tmp_path / name, tmp_path / f"{name}.format-1.bak"
    path.write_text(former)
    path.chmod(0o644)

    draft_file.save(path, draft_file.load(path).draft)
    assert kept.read_text() == former
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert draft_file.load(path).draft.filing.form == "3"

    path.write_text('{"format": 1, "form": "5"}' if name.endswith("json") else "form: '5'\n")
    draft_file.save(path, draft_of({"form": "4"}))
    draft_file.save(path, draft_of({"form": "4"}))
    assert kept.read_text() == former
    assert sorted(p.name for p in tmp_path.iterdir()) == [name, f"{name}.bak", f"{name}.format-1.bak"]


@pytest.mark.parametrize("there", ["no draft", "[]", '{"format": 2, "form": "3"}', '{"format": 9}'])
def test_what_is_no_draft_of_a_former_format_is_not_kept_as_one(tmp_path: Path, there: str) -> None:
    path = tmp_path / "a.form4.json"
    path.write_text(there)
    draft_file.save(path, draft_of({"form": "4"}))

    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.form4.json", "a.form4.json.bak"]


def test_a_link_to_a_draft_stays_a_link(tmp_path: Path) -> None:
    draft_file.save(tmp_path / "real.form4.json", draft_of({"form": "3"}))
    (tmp_path / "link.form4.json").symlink_to(tmp_path / "real.form4.json")
    draft_file.save(tmp_path / "link.form4.json", draft_of({"form": "4"}))

    assert (tmp_path / "link.form4.json").is_symlink()
    assert json.loads((tmp_path / "real.form4.json").read_text()) == written("4")


def test_the_folder_is_made(tmp_path: Path) -> None:
    draft_file.save(tmp_path / "new" / "folder" / "a.form4.json", draft_of(DRAFT))

    assert draft_file.load(tmp_path / "new" / "folder" / "a.form4.json").data == {
        "$schema": SCHEMA_URL,
        **DRAFT,
    }


# ---- the folder of drafts


def test_drafts_are_listed_last_saved_first(tmp_path: Path) -> None:
    draft_file.save(tmp_path / "old.form4.json", draft_of({**DRAFT, "owners": [{"name": "Thakar Sumedh S"}]}))
    draft_file.save(tmp_path / "new.form4.yaml", draft_of({"form": "5"}))
    (tmp_path / "broken.form4.json").write_text("{")
    for age, name in enumerate(("new.form4.yaml", "broken.form4.json", "old.form4.json")):
        os.utime(tmp_path / name, (1_700_000_000 - age, 1_700_000_000 - age))
    (tmp_path / "other.json").write_text("{}")
    (tmp_path / "old.form4.json.bak").write_text("{}")
    found = draft_file.drafts(tmp_path)

    assert [(s.path.name, s.form, s.person, s.issuer) for s in found] == [
        ("new.form4.yaml", "5", "", ""),
        ("broken.form4.json", "", "", ""),
        ("old.form4.json", "4", "Thakar Sumedh S", "QUALYS, INC."),
    ]
    assert [bool(s.problem) for s in found] == [False, True, False]
    assert found[0].saved.isoformat() == "2023-11-14T22:13:20+00:00"


def test_a_folder_that_is_not_there_has_no_drafts(tmp_path: Path) -> None:
    assert draft_file.drafts(tmp_path / "none") == ()


def test_a_free_name_is_found(tmp_path: Path) -> None:
    assert draft_file.free_path(tmp_path, "form4") == tmp_path / "form4.form4.json"
    (tmp_path / "form4.form4.json").touch()
    assert draft_file.free_path(tmp_path, "form4") == tmp_path / "form4-2.form4.json"


def test_the_default_folder_is_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert Path(draft_file.default_folder()).parts[-2:] == ("form4-author", "drafts")
