"""Each file of a packet altered, removed, renamed, added or exchanged.

Whoever alters a file can write the manifest again, so that each alteration is made with and without that. What is
altered and where is drawn by chance with a fixed seed.
"""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Final

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.page.manifest import manifest_entry
from tests.cli.test_packet_proof import MOMENT, POWER, lines
from tests.selection import some

FILES: Final = (
    "form4.xml", "form4.html", "form4.pdf", "authentication.pdf", "ex24-power.txt", "report.txt", "report.json",
    "next-steps.txt", "manifest.json",
)  # fmt: skip
KINDS: Final = ("altered", "cut", "emptied", "removed", "renamed", "copied", "exchanged")
_LISTED: Final = [
    (kind, name, listed)
    for kind in KINDS
    for name in FILES
    for listed in (False, True)
    # The next steps of both packets are the same.
    if not (name == "manifest.json" and listed) and (kind, name) != ("exchanged", "next-steps.txt")
]
_ALWAYS: Final = [("altered", "next-steps.txt", True), ("exchanged", "authentication.pdf", True)]


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("signature", "verification"):
        monkeypatch.setattr(f"form4_author.desk.{module}.now", lambda: MOMENT)


@pytest.fixture(scope="module")
def packets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A packet, and the packet of a filing that differs in one amount, with a different power of attorney."""
    folder = tmp_path_factory.mktemp("packets")
    for name, shares, power in (
        ("one", "7007", POWER),
        ("other", "1007", POWER.replace(b"January", b"March")),
    ):
        made = draft("seed")
        text = json.dumps(made).replace('"7007"', f'"{shares}"')
        (folder / f"{name}.form4.json").write_text(text, encoding="utf-8")
        (folder / "power.txt").write_bytes(power)
        attached = f"{folder / 'power.txt'}=EX-24"
        words = ["-o", str(folder / name), "--as-of", "2024-11-04", "--attach", attached]
        main(["render", str(folder / f"{name}.form4.json"), *words])
    return folder


@pytest.fixture
def packet(packets: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(packets / "one", tmp_path / "packet"))


def _altered(content: bytes, chance: random.Random) -> bytes:
    """The content with one byte replaced by a different one."""
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ (1 << chance.randrange(7))]) + content[place + 1 :]


def _change(kind: str, file: Path, other: Path, chance: random.Random) -> list[str]:
    """Change a file of a packet; the names that the packet no longer has as they were."""
    content = file.read_bytes()
    if kind in ("removed", "renamed"):
        file.unlink()
    if kind in ("renamed", "copied"):
        added = file.with_name(f"x{file.name}")
        added.write_bytes(content)
        return [file.name, added.name] if kind == "renamed" else [added.name]
    if kind == "altered":
        file.write_bytes(_altered(content, chance))
    elif kind == "cut":
        file.write_bytes(content[: chance.randrange(1, len(content))])
    elif kind == "emptied":
        file.write_bytes(b"")
    elif kind == "exchanged":
        assert other.read_bytes() != content
        file.write_bytes(other.read_bytes())
    return [file.name]


def _list_again(packet: Path) -> None:
    """Write the manifest's list of files as it would be for what is in the packet."""
    manifest = json.loads((packet / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"] = {
        file.name: manifest_entry(file.read_bytes())
        for file in sorted(packet.iterdir())
        if file.name != "manifest.json"
    }
    (packet / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(("kind", "name", "listed"), some(_LISTED, _ALWAYS))
def test_each_change_of_a_file_of_a_packet_is_named(
    kind: str, name: str, listed: bool, packet: Path, packets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A copy under a name that no file of a packet has is a note, as is a missing authentication document."""
    chance = random.Random(f"{kind} {name}")  # noqa: S311  # a fixed seed
    names = _change(kind, packet / name, packets / "other" / name, chance)
    if listed:
        _list_again(packet)
    capsys.readouterr()
    code = main(["verify", str(packet)])
    said = capsys.readouterr()
    told = lines(said.out + said.err)
    if not (packet / "form4.pdf").exists():
        assert (code, told) == (
            2,
            [f"form4: {packet} holds no form as PDF. Name the PDF, or the folder of a packet."],
        )
        return
    about = [line for line in told if any(each in line for each in names)]
    if kind == "copied" or (name == "authentication.pdf" and listed and kind in ("removed", "renamed")):
        assert code == 0
        assert [line for line in about if line.startswith("note packet ")], told
    else:
        assert code in (1, 2)
        assert [line for line in about if line.startswith(("PROBLEM ", "form4: ")) or "NOT SOUND" in line], (
            told
        )


def test_what_was_added_or_left_out_is_named_in_words(
    packet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second XML that the manifest lists, a file of a different kind, and no authentication document."""
    (packet / "form4-2.xml").write_bytes((packet / "form4.xml").read_bytes())
    (packet / "memo.txt").write_text("Sold before the announcement.", encoding="utf-8")
    _list_again(packet)
    capsys.readouterr()
    assert main(["verify", str(packet)]) == 1
    assert lines(capsys.readouterr().out)[-3:] == [
        "note packet memo.txt is in the folder and is not a file of the packet",
        "PROBLEM packet form4-2.xml was not there when authentication.pdf was made",
        f"{packet}: NOT SOUND, 1 problem",
    ]
    for name in ("form4-2.xml", "memo.txt", "authentication.pdf"):
        (packet / name).unlink()
    _list_again(packet)
    assert main(["verify", str(packet)]) == 0
    assert (
        "note packet authentication.pdf is not in the folder: no document authenticates the typed signature (Rule 302(b)(1))"
        in lines(capsys.readouterr().out)
    )
