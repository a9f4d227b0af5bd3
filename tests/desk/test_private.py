"""What the commands leave behind is its owner's only, whatever the umask and whatever was in its place before."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from tests.packets import packets_in
from tests.selection import some

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")

DAY = "2024-11-04"
SHEET = (
    "draft,from,happened,style,date,security,quantity\n"
    'a,seed.form4.json,grants,table1,11/01/2024,Common Stock,"1,200"\n'
)
ANSWERS = Path(__file__).parents[1] / "wizard" / "answers" / "seed.yaml"
POWER = ["--principal", "Sumedh S. Thakar", "--agent", "Bruce Posey", "--signed", "2024-01-10"]
COMMANDS = {
    "render": ["render", "seed.form4.json", "-o", "new/packet"],
    "render in the place for packets": ["render", "seed.form4.json", "--only", "xml,html"],
    "pack": ["pack", "seed.form4.json", "-o", "env.xml", "--test", "--ccc-fd"],
    "sign": ["sign", "packet", "--self-signed"],
    "batch": ["batch", "s.csv", "-o", "new/out", "--packets"],
    "template": ["batch", "--template", "grants", "-o", "t.csv"],
    "workbook": ["batch", "--template", "grants", "-o", "t.xlsx"],
    "poa": ["poa", "new", "-o", "poa.txt", *POWER],
    "attest": ["attest", "--name", "Jane Doe", "-o", "jane.pdf"],
    "import": ["import", "sent.xml", "-o", "new/back.form4.json"],
    "due": ["due", ".", "--ics", "due.ics"],
    "release": ["release", "seed.form4.json", "--by", "Dana Cho"],
    "filed": ["filed", "seed.form4.json", "--accession", "0001107843-24-000123", "--by", "Ana Rivera"],
    "register backup": ["register", "backup", "register.copy"],
    "new": ["new", "-o", "new/drafts/n.form4.json", "--answers", str(ANSWERS)],
    "amend": [
        "amend",
        "seed.form4.json",
        "--original",
        "2024-11-04",
        "--reason",
        "Price.",
        "-o",
        "a.form4.json",
    ],
}
"""Each command that leaves something of a filing, as it is typed."""


@pytest.fixture(
    autouse=True, params=some([0o000, 0o022, 0o777], [0o777]), ids=["umask000", "umask022", "umask777"]
)
def _umask(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_TODAY", DAY)
    packets_in(tmp_path / "packets", monkeypatch)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "none.sqlite3"))
    Path("seed.form4.json").write_text(json.dumps(draft("seed")), encoding="utf-8")
    Path("s.csv").write_text(SHEET, encoding="utf-8")
    before = os.umask(request.param)
    yield
    os.umask(before)


def ccc() -> str:
    reading, writing = os.pipe()
    os.write(writing, b"1626115 aB3$xyz9")
    os.close(writing)
    return str(reading)


def prepare(name: str) -> None:
    """What the command works on."""
    if name == "sign":
        main(["render", "seed.form4.json", "-o", "packet", "--only", "pdf", "--as-of", DAY])
    if name == "register backup":
        run("filed")
    if name == "import":
        Path("poa.txt").write_bytes(b"POWER OF ATTORNEY\nSignature: /s/ Sumedh S. Thakar\n")
        Path("poa.txt").chmod(0o600)
        main(
            ["pack", "seed.form4.json", "-o", "sent.xml", "--test", "--attach", "poa.txt", "--ccc-fd", ccc()]
        )


def run(name: str) -> int:
    return main([*COMMANDS[name], ccc()] if name == "pack" else COMMANDS[name])


def modes() -> dict[str, int]:
    """What is there beside what the test wrote, with its permissions."""
    given = {"seed.form4.json", "s.csv"}
    found = {str(path): stat.S_IMODE(path.stat().st_mode) for path in Path().rglob("*")}
    return {name: mode for name, mode in found.items() if name not in given}


def owners_only(name: str) -> int:
    return 0o700 if Path(name).is_dir() else 0o600


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_leaves_is_its_owner_s_only(name: str) -> None:
    prepare(name)
    assert run(name) == 0

    found = modes()
    assert found
    assert found == {path: owners_only(path) for path in found}


@pytest.mark.parametrize("name", ["render in the place for packets", "pack", "sign"])
def test_what_it_writes_over_was_open_and_is_closed(name: str) -> None:
    (prepare if name == "sign" else run)(name)
    for path in modes():
        if path != "packets":  # the user's own folder, where others may work
            Path(path).chmod(0o755 if Path(path).is_dir() else 0o644)
    assert run(name) == 0

    found = modes()
    assert found == {path: owners_only(path) for path in found}


def test_a_folder_of_the_filer_s_own_keeps_its_permissions_and_the_files_are_closed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """``-o .`` among other documents: to close that folder would lock out whoever works in it."""
    Path("shared").mkdir()
    Path("shared/minutes.txt").write_text("of the meeting", encoding="utf-8")
    Path("shared").chmod(0o755)
    Path("shared/minutes.txt").chmod(0o644)

    assert main(["render", "seed.form4.json", "-o", "shared", "--only", "xml,html"]) == 0

    assert modes() == {
        "shared": 0o755,
        "shared/minutes.txt": 0o644,
        "shared/form4.xml": 0o600,
        "shared/form4.html": 0o600,
        "shared/manifest.json": 0o600,
    }
    assert capsys.readouterr().err == ""


def test_an_open_packet_of_an_earlier_version_is_closed_and_that_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["render", "seed.form4.json", "-o", "seed-packet", "--only", "xml"]
    main(words)
    Path("seed-packet").chmod(0o755)
    capsys.readouterr()

    assert main(words) == 0

    assert modes() == {
        "seed-packet": 0o700,
        "seed-packet/form4.xml": 0o600,
        "seed-packet/manifest.json": 0o600,
    }
    assert (
        capsys.readouterr().err == "form4 render: Other accounts could open seed-packet; now only you can.\n"
    )
