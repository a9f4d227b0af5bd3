"""Where a packet is, what it is called, and what is never written over."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from form4_author.checks.example import draft, edited
from form4_author.cli import main
from form4_author.desk.packet_name import packet_name
from form4_author.desk.packet_place import latest_packet, packets_home
from form4_author.model.draft import Draft
from form4_author.model.filing import Filing
from form4_author.wire.draft import draft_of
from tests.files.test_name import is_reserved
from tests.packets import packets_in

SIGNED = "2024-11-04"
NAME = "2024-11-01 Thakar QLYS Form 4 (tax withholding)"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    written("seed")
    return packets_in(tmp_path / "packets", monkeypatch)


def written(name: str, data: dict[str, Any] | None = None) -> str:
    file = Path(f"{name}.form4.json")
    file.write_text(json.dumps(data or draft("seed")), encoding="utf-8")
    return str(file)


def render(name: str = "seed", *words: str) -> int:
    return main(["render", f"{name}.form4.json", "--only", "xml", "--as-of", SIGNED, *words])


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def test_the_next_steps_are_in_the_packet(place: Path) -> None:
    assert main(["render", "seed.form4.json", "--as-of", SIGNED]) == 0
    assert (place / NAME / "next-steps.txt").read_text("utf-8") == (
        "Next steps\n"
        "Due Tue 11/05/2024 by 10 p.m. Eastern\n"
        "1 Bruce Posey signs authentication.pdf before or when the form is filed. Keep\n"
        "  it for five years.\n"
        "2 Go to www.onlineforms.edgarfiling.sec.gov and log in with Login.gov, as\n"
        "  someone who may file for CIK 0001626115. Have that filer's CCC ready. (See\n"
        "  sec.gov/edgar if the address has changed.)\n"
        "3 Upload form4.xml. Before you submit it, compare what EDGAR shows with\n"
        "  form4.pdf, which is your copy and is not uploaded.\n"
        "4 EDGAR sends an acceptance message with an accession number. Then choose Mark\n"
        "  as filed in form4, or run form4 filed, with that number.\n"
        "5 QUALYS, INC. posts the form on its website, if it has one, by the end of the\n"
        "  business day after filing (Rule 16a-3(k)).\n"
        "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
    )


def test_a_blocked_draft_has_no_next_steps(place: Path) -> None:
    written("seed", edited("delete signatures"))
    assert main(["render", "seed.form4.json", "--as-of", SIGNED]) == 1
    assert names(next(place.iterdir())) == [
        "form4.html",
        "form4.pdf",
        "manifest.json",
        "report.json",
        "report.txt",
    ]


def test_the_same_draft_takes_the_place_of_its_packet(place: Path) -> None:
    assert render() == 0
    written("seed", edited("non_derivative[0].price = 121.34"))
    assert render() == 0
    assert names(place) == [NAME]
    assert b"121.34" in (place / NAME / "form4.xml").read_bytes()


def test_another_filing_of_the_same_name_has_a_number(place: Path) -> None:
    written("other")
    assert [render(), render("other"), render()] == [0, 0, 0]
    assert names(place) == [NAME, f"{NAME} 2"]


def test_a_packet_is_found_after_the_period_of_its_draft_changed(place: Path) -> None:
    assert render() == 0
    written("seed", {**draft("seed"), "period_of_report": "2024-11-02"})
    found = latest_packet(Path("seed.form4.json"))
    assert found == place / NAME
    assert latest_packet(Path("other.form4.json")) is None

    assert render() == 0
    later = place / NAME.replace("11-01", "11-02")
    assert names(place) == sorted([NAME, later.name])
    assert latest_packet(Path("seed.form4.json")) == later

    for version in ("v2", "v10"):
        shutil.copytree(later, later.with_name(f"{later.name} {version}"))
    os.utime(later / "manifest.json", (4e9, 4e9))
    assert latest_packet(Path("seed.form4.json")) == later.with_name(f"{later.name} v10")


def test_no_packet_is_found_in_a_place_that_is_not_there(tmp_path: Path) -> None:
    assert latest_packet(Path("seed.form4.json"), tmp_path / "elsewhere") is None


@pytest.mark.parametrize("kept", ["a note", "an edited file", "a release"])
def test_what_must_stay_is_not_written_over(place: Path, kept: str) -> None:
    assert render() == 0
    file = (
        place / NAME / {"a note": "note.txt", "an edited file": "form4.xml", "a release": "release.txt"}[kept]
    )
    file.write_text("ours", encoding="utf-8")
    assert [render(), render()] == [0, 0]
    assert names(place) == [NAME, f"{NAME} v2"]
    assert file.read_text("utf-8") == "ours"
    (place / f"{NAME} v2" / "note.txt").write_text("ours", encoding="utf-8")
    assert render() == 0
    assert names(place) == [NAME, f"{NAME} v2", f"{NAME} v3"]


def test_a_signed_packet_is_not_written_over(place: Path) -> None:
    assert main(["render", "seed.form4.json", "--only", "pdf", "--as-of", SIGNED]) == 0
    assert main(["sign", str(place / NAME), "--self-signed"]) == 0
    signed = (place / NAME / "form4.pdf").read_bytes()
    assert render() == 0
    assert names(place) == [NAME, f"{NAME} v2"]
    assert (place / NAME / "form4.pdf").read_bytes() == signed


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("umask", [0o000, 0o777])
def test_folders_and_files_are_their_owners_only(place: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        assert [render(), render()] == [0, 0]
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (place, *place.rglob("*"))}
    assert modes == {path: 0o700 if path.is_dir() else 0o600 for path in modes}
    assert not [path for path in modes if path.name.endswith(".tmp")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_packet_that_others_could_open_is_closed_and_that_is_said(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert render() == 0
    (place / NAME).chmod(0o755)
    assert render() == 0
    assert stat.S_IMODE((place / NAME).stat().st_mode) == 0o700
    assert capsys.readouterr().err == (
        f"form4 render: Other accounts could open {place / NAME}; now only you can.\n"
    )


def test_a_place_that_cannot_be_written_is_named(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place.write_text("in the way", encoding="utf-8")
    assert render() == 2
    assert capsys.readouterr().err == (
        f"form4: {place / NAME} can't be written: file exists. Free some space, or name a different folder in the setting"
        " packets.folder.\n"
    )


@pytest.mark.parametrize("refused", ["the old", "the new"])
def test_a_packet_that_is_in_use_stays(
    place: Path, refused: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Windows refuses to move a folder while another program has a file of it open."""
    assert render() == 0
    before = (place / NAME / "form4.xml").read_bytes()
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if (
            (self if refused == "the old" else target) == place / NAME
            and target.name != self.name
            and (refused == "the old" or self.name != "old")
        ):
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    written("seed", edited("non_derivative[0].price = 121.34"))
    capsys.readouterr()
    assert render() == 2
    assert "can't be written: permission denied" in capsys.readouterr().err
    assert (place / NAME / "form4.xml").read_bytes() == before
    assert names(place) == [NAME]


def test_without_a_setting_packets_are_in_documents_or_in_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORM4_SETTINGS", str(tmp_path / "none.toml"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert packets_home() == tmp_path / "form4"
    (tmp_path / "Documents").mkdir()
    assert packets_home() == tmp_path / "Documents" / "form4"


def named(**edits: str) -> str:
    text = "; ".join(f"{path.replace('__', '.')} = {value}" for path, value in edits.items())
    return packet_name(draft_of(edited(text)))


@pytest.mark.parametrize(
    ("edits", "name"),
    [
        ({"form": "4/A"}, "2024-11-01 Thakar QLYS Form 4-A (tax withholding)"),
        ({"issuer__trading_symbol": "BRK/B"}, "2024-11-01 Thakar BRK B Form 4 (tax withholding)"),
        (
            {"owners[0]__name": "HARLAN FUND II, L.P."},
            "2024-11-01 HARLAN FUND II L.P. QLYS Form 4 (tax withholding)",
        ),
        ({"owners[0]__name": "O'NEIL Ana"}, "2024-11-01 Oneil QLYS Form 4 (tax withholding)"),
        (
            {"owners[0]__name": f"{'LONG ' * 20}FUND LLC"},
            "2024-11-01 LONG LONG LONG LONG LONG LONG LONG LONG QLYS Form 4 (tax withholding)",
        ),
    ],
)
def test_the_name_says_what_the_packet_is(edits: dict[str, str], name: str) -> None:
    made = named(**edits)
    assert made == name
    assert len(made.encode()) <= 80
    assert not set(made) & set('<>:"/\\|?*')
    assert made == made.rstrip(" .")
    assert not is_reserved(made)


def test_an_empty_draft_has_a_name() -> None:
    assert packet_name(Draft(Filing(form="3"))) == "Undated Form 3 (no transactions)"
