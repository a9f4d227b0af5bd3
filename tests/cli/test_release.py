"""`form4 release`: who reviewed which bytes, what ends it, and what asks for it."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from form4_author.checks.example import draft, edited
from form4_author.cli import main
from form4_author.desk.intake import opened
from form4_author.desk.release import release_state, releases
from form4_author.desk.state import filing_hash

DAY = "2024-11-04"
FILE = "okafor.form4.json"
RECORD = "okafor.release.json"
NAME = "2024-11-01 Thakar QLYS Form 4 (tax withholding)"
RELEASE = ["release", FILE, "--by", "Dana Cho"]
PRICE = "non_derivative[0].price = 121.34"


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_TODAY", DAY)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "register.sqlite3"))
    monkeypatch.setenv("FORM4_SETTINGS", str(tmp_path / "settings.toml"))
    assert main(["settings", "set", "packets.folder", str(tmp_path / "packets")]) == 0
    write(draft("seed"))


def write(data: dict[str, Any]) -> None:
    Path(FILE).write_text(json.dumps(data), encoding="utf-8")


def packet(*names: str) -> Path:
    return Path("packets", NAME, *names)


def manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(packet("manifest.json").read_text("utf-8"))
    return found


def pack() -> int:
    reading, writing = os.pipe()
    os.write(writing, b"1626115 aB3$xyz9\n")
    os.close(writing)
    return main(["pack", FILE, "-o", "env.xml", "--test", "--ccc-fd", str(reading)])


def state() -> str:
    return release_state(opened(FILE)).line


def test_a_release_is_recorded_beside_the_draft_and_in_its_packet(capsys: pytest.CaptureFixture[str]) -> None:
    before = Path(FILE).read_bytes()
    capsys.readouterr()
    assert main([*RELEASE, "--note", "Checked against the plan statement."]) == 0

    (made,) = releases(Path(FILE))
    assert (made.by, made.note, made.sha256) == (
        "Dana Cho",
        "Checked against the plan statement.",
        filing_hash(opened(FILE)),
    )
    assert made.at.startswith(f"{DAY}T")
    assert Path(FILE).read_bytes() == before
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("Released: Dana Cho, Mon 11/04/2024, ")
    assert out[0].endswith(" Eastern.")
    assert out[1:] == [
        f"SHA-256: {made.sha256}",
        f"Packet: {packet().absolute()}",
        "The name is a statement, not an identity: form4 does not check who gave it.",
    ]
    text = packet("release.txt").read_text("utf-8")
    assert "Reviewed by  Dana Cho\n" in text
    assert f"SHA-256      {made.sha256}\nNote         Checked against the plan statement.\n" in text
    assert "a statement, not an identity: form4 does not check who gave it." in " ".join(text.split())
    assert manifest()["release"]["sha256"] == manifest()["filing_sha256"] == made.sha256
    assert json.loads(packet("report.json").read_text("utf-8"))["release"]["by"] == "Dana Cho"
    assert "\n\nRELEASE  Dana Cho, Mon 11/04/2024, " in packet("report.txt").read_text("utf-8")


def test_every_file_of_a_released_packet_is_listed_with_its_hash() -> None:
    assert main(["render", FILE]) == 0
    assert [main(RELEASE), main([*RELEASE, "--note", "Again."])] == [0, 0]
    assert [each.note for each in releases(Path(FILE))] == ["", "Again."]
    there = {path.name for path in packet().iterdir()} - {"manifest.json"}
    assert {name: entry["sha256"] for name, entry in manifest()["files"].items()} == {
        name: hashlib.sha256(packet(name).read_bytes()).hexdigest() for name in there
    }
    assert packet("report.txt").read_text("utf-8").count("RELEASE  ") == 1
    assert packet("release.txt").read_text("utf-8").count("Again.") == 1


def test_a_packet_without_reports_is_released() -> None:
    assert main(["render", FILE, "--only", "xml"]) == 0
    assert main(RELEASE) == 0
    assert sorted(path.name for path in packet().iterdir()) == ["form4.xml", "manifest.json", "release.txt"]
    assert manifest()["release"]["by"] == "Dana Cho"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_record_is_its_owners_only() -> None:
    before = os.umask(0)
    try:
        assert main(RELEASE) == 0
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (Path(RECORD), *packet().iterdir())}
    assert modes == dict.fromkeys(modes, 0o600)


def test_any_change_ends_it_and_the_same_bytes_again_restore_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(RELEASE) == 0
    assert state() == "Released by Dana Cho on 11/04/2024"
    write(edited(PRICE))
    capsys.readouterr()
    ended = "Changed after Dana Cho released it on 11/04/2024"
    assert state() == ended
    for words in (["check", FILE], ["render", FILE, "--only", "xml"]):
        main(words)
        assert ended.lower() in capsys.readouterr().err.lower()
    write(draft("seed"))
    assert state() == "Released by Dana Cho on 11/04/2024"


def test_an_override_ends_it() -> None:
    assert main(RELEASE) == 0
    override = {
        "id": "TXN-001",
        "path": "remarks",
        "reason": "Counsel agrees.",
        "at": f"{DAY}T10:00:00-05:00",
    }
    write({**draft("seed"), "overrides": [override]})
    assert state() == "Changed after Dana Cho released it on 11/04/2024"


def test_a_packet_that_was_released_stays(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(RELEASE) == 0
    before = packet("form4.xml").read_bytes()
    write(edited(PRICE))
    assert main(["render", FILE]) == 0
    assert packet("form4.xml").read_bytes() == before
    assert not Path("packets", f"{NAME} v2", "release.txt").exists()
    capsys.readouterr()


@pytest.mark.long
def test_a_packet_made_again_carries_the_release() -> None:
    assert main(RELEASE) == 0
    assert main(["render", FILE, "-o", "elsewhere"]) == 0
    assert json.loads(Path("elsewhere/manifest.json").read_text("utf-8"))["release"]["by"] == "Dana Cho"
    assert Path("elsewhere/release.txt").is_file()


def test_a_blocked_draft_is_not_released(capsys: pytest.CaptureFixture[str]) -> None:
    write(edited("delete signatures"))
    capsys.readouterr()
    assert main(RELEASE) == 1
    assert capsys.readouterr().out.endswith("Not released.\n")
    assert not Path(RECORD).exists()
    assert not Path("packets").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--by", "  "], "form4: The reviewer is not named. Give a name with --by.\n"),
        (
            ["--by", "a\x1b[2J"],
            "form4: --by is not one line of at most 200 characters. Shorten it.\n",
        ),
    ],
)
def test_a_name_is_needed(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["release", FILE, *words]) == 2
    assert capsys.readouterr().err == said
    assert not Path(RECORD).exists()


def test_a_broken_record_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path(RECORD).write_text('[{"by": "Dana Cho", "at": "yesterday"}]', encoding="utf-8")
    capsys.readouterr()
    assert main(RELEASE) == 2
    assert capsys.readouterr().err == (
        f"form4: {Path(RECORD).absolute()} is not a release record. Restore it from a backup, or move it and release the draft"
        " again.\n"
    )


def test_a_setting_asks_for_a_release_before_pack(capsys: pytest.CaptureFixture[str]) -> None:
    main(["settings", "set", "release.required", "yes"])
    capsys.readouterr()
    assert pack() == 1
    assert capsys.readouterr().err == "form4 pack: Not released. Review it, then run form4 release.\n"
    assert main(RELEASE) == 0
    assert pack() == 0
    Path("env.xml").unlink()
    write(edited(PRICE))
    capsys.readouterr()
    assert pack() == 1
    assert capsys.readouterr().err == "form4 pack: Changed after Dana Cho released it on 11/04/2024.\n"
    assert not Path("env.xml").exists()


def test_pack_says_who_released_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(RELEASE) == 0
    capsys.readouterr()
    assert pack() == 0
    assert "form4: Released by Dana Cho on 11/04/2024\n" in capsys.readouterr().err


def test_a_setting_asks_for_a_second_person(capsys: pytest.CaptureFixture[str]) -> None:
    main(["settings", "set", "release.second_person", "yes"])
    assert main(RELEASE) == 0
    capsys.readouterr()
    filed = ["filed", FILE, "--accession", "0001107843-24-000123"]
    assert main(filed) == 2
    assert main([*filed, "--by", "dana  cho"]) == 2
    assert capsys.readouterr().err == (
        "form4: The filer is not named. Give --by NAME: someone other than Dana Cho, who released it.\n"
        "form4: Dana Cho released it, and the setting release.second_person asks for a second person. Give --by NAME:"
        " someone other than Dana Cho, who released it.\n"
    )
    assert main([*filed, "--by", "Ana Rivera"]) == 0
    last = json.loads(Path(RECORD).read_text("utf-8"))[-1]
    assert (last["by"], last["filed"]) == ("Ana Rivera", ["0001107843-24-000123"])
    assert len(releases(Path(FILE))) == 1
    capsys.readouterr()
    assert main(RELEASE) == 2
    assert capsys.readouterr().err == (f"form4: {FILE} was filed. Release the draft of its amendment.\n")


def test_a_broken_record_does_not_stop_a_check(capsys: pytest.CaptureFixture[str]) -> None:
    Path(RECORD).write_text("{", encoding="utf-8")
    capsys.readouterr()
    assert main(["check", FILE]) == 0
    assert f"{RECORD} is not a release record" in capsys.readouterr().err


def test_a_packet_changed_by_hand_is_not_released(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", FILE]) == 0
    packet("form4.xml").write_bytes(b"<other/>")
    assert main(RELEASE) == 0
    assert not packet("release.txt").exists()
    assert Path("packets", f"{NAME} v2", "release.txt").is_file()
    capsys.readouterr()


def test_an_interview_says_what_became_of_the_release(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(RELEASE) == 0
    write(edited(PRICE))
    Path("a.yaml").write_text("- review: q\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["edit", FILE, "--answers", "a.yaml"]) == 0
    assert "Changed after Dana Cho released it on 11/04/2024.\n" in capsys.readouterr().out
