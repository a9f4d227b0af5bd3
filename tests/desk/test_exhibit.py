"""Exhibits that a draft names: from its own folder or by --attach, and listed before anything is written."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.desk import interview
from form4_author.desk.exhibit import brought
from form4_author.files import draft_file
from form4_author.model.draft import Draft
from form4_author.timing.legal_data import basis
from form4_author.wire.read import read_document
from tests.packets import packets_in
from tests.wizard.replay import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = "2024-11-04"
SECRET = b"Terms of the merger, not to be made public.\n"
POWER = (
    b"POWER OF ATTORNEY\nSumedh S. Thakar appoints Bruce Posey to sign and file Forms 3, 4 and 5 until revoked.\n"
    b"Signature: /s/ Sumedh S. Thakar\n"
)


@pytest.fixture(autouse=True)
def _places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft's folder, and one beside it that is nobody's business."""
    (tmp_path / "desk" / "signed").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "notes.txt").write_bytes(SECRET)
    monkeypatch.setenv("FORM4_TODAY", DAY)
    packets_in(tmp_path / "packets", monkeypatch)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "none.sqlite3"))
    monkeypatch.chdir(tmp_path)


def drafted(exhibit: object, where: str = "desk/d.form4.json") -> str:
    data: dict[str, Any] = {
        **draft("seed"),
        "remarks": "Exhibit List: EX-24 Power of Attorney",
        "interview": {"signing": [{"capacity": "attorney", "agent": "Bruce Posey", "exhibit": exhibit}]},
    }
    Path(where).write_text(json.dumps(data), encoding="utf-8")
    return where


def absolute() -> str:
    return str(Path("elsewhere/notes.txt").absolute())


def above() -> str:
    return "../elsewhere/notes.txt"


def by_the_way_up_and_down() -> str:
    return str(Path("desk").absolute() / "signed" / ".." / ".." / "elsewhere" / "notes.txt")


def link() -> str:
    Path("desk/poa.txt").symlink_to(Path("elsewhere/notes.txt").absolute())
    return "poa.txt"


def linked_folder() -> str:
    Path("desk/papers").symlink_to(Path("elsewhere").absolute())
    return "papers/notes.txt"


def folder_of_a_like_name() -> str:
    Path("desk-2").mkdir()
    Path("desk-2/notes.txt").write_bytes(SECRET)
    return str(Path("desk-2/notes.txt").absolute())


OUTSIDE = [absolute, above, by_the_way_up_and_down, link, linked_folder, folder_of_a_like_name]


def ccc() -> list[str]:
    reading, writing = os.pipe()
    os.write(writing, b"1626115 aB3$xyz9")
    os.close(writing)
    return ["--ccc-fd", str(reading)]


def pack(file: str, *words: str) -> int:
    return main(["pack", file, "-o", "out.xml", "--test", *ccc(), *words])


def sent() -> list[tuple[str | None, str | None, bytes]]:
    held = read_document(Path("out.xml").read_bytes()).submission
    assert held is not None
    return [(each.type, each.name, each.content) for each in held.attachments]


def refused(named: Path) -> str:
    desk = Path("desk").absolute()
    return (
        f"The draft names the exhibit {named}, which is outside the draft's folder, {desk}. form4 sends no file from "
        "elsewhere because a draft names it. To send it, name it yourself: "
        f"--attach {named}=EX-24; or answer the question about the file again in form4 edit desk/d.form4.json, which "
        "copies it"
    )


@pytest.mark.parametrize("place", OUTSIDE)
@pytest.mark.parametrize("word", ["pack", "render"])
def test_no_file_from_outside_the_folder_is_sent_because_a_draft_names_it(
    word: str, place: Callable[[], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = drafted(place())
    before = sorted(tmp_path.rglob("*"))

    assert (pack(file) if word == "pack" else main(["render", file, "--only", "xml"])) == 2

    told = capsys.readouterr()
    assert told.err.startswith("form4: The draft names the exhibit ")
    assert "merger" not in told.out + told.err
    assert sorted(tmp_path.rglob("*")) == before


def test_the_refusal_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    file = drafted(above())

    assert pack(file) == 2

    assert capsys.readouterr().err == f"form4: {refused(Path('elsewhere/notes.txt').absolute())}.\n"


def test_check_reports_what_is_not_attached_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    file = drafted(absolute())

    assert main(["check", file]) == 0

    told = capsys.readouterr()
    assert told.err == f"form4: {refused(Path(absolute()))}.\n"
    assert told.out == f"{file}: ready (Form 4, X0609): no findings\n{basis()}\n"


@pytest.mark.parametrize("inside", ["poa.txt", "signed/poa.txt", "./signed/../poa.txt"])
@pytest.mark.parametrize("spelled", ["relative", "absolute"])
def test_a_file_of_the_draft_s_folder_is_listed_before_it_is_sent(
    inside: str, spelled: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever the program is started: what is relative counts from the draft."""
    (Path("desk") / inside).write_bytes(POWER)
    file = drafted(inside if spelled == "relative" else str(Path("desk").absolute() / inside))

    assert pack(file) == 0

    assert sent() == [("EX-24", "ex24-poa.txt", POWER)]
    real = (Path("desk") / inside).resolve()
    out = capsys.readouterr().out
    assert f"  ex24-poa.txt  EX-24    {len(POWER)} bytes  from {real}\n" in out
    assert out.index("ex24-poa.txt") < out.index("written to out.xml")


def test_every_document_of_the_envelope_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("desk/poa.txt").write_bytes(POWER)
    Path("list.txt").write_bytes(b"List of plans.\n")
    Path("note.txt").write_bytes(b"Please")
    file = drafted("poa.txt")

    assert pack(file, "--attach", "list.txt=EX-99", "--attach", "note.txt=CORRESP") == 0

    here = Path().absolute()
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("Documents of the TEST submission:")
    size = lines[at + 1].split()[2]
    assert lines[at + 1 : at + 9 : 2] == [
        f"  form4.xml         4        {size} bytes  the form, from {file}",
        f"  ex24-poa.txt      EX-24      {len(POWER)} bytes  from {here}/desk/poa.txt",
        f"  ex99-list.txt     EX-99       15 bytes  from {here}/list.txt",
        f"  corresp-note.txt  CORRESP      6 bytes  from {here}/note.txt",
    ]
    assert lines[at + 4 : at + 9 : 2] == [
        f"      SHA-256 {sha256(content).hexdigest()}" for content in (POWER, b"List of plans.\n", b"Please")
    ]


def test_what_an_envelope_holds_already_is_listed_too(capsys: pytest.CaptureFixture[str]) -> None:
    Path("desk/poa.txt").write_bytes(POWER)
    assert pack(drafted("poa.txt")) == 0
    Path("first.xml").write_bytes(Path("out.xml").read_bytes())
    capsys.readouterr()

    assert pack("first.xml") == 0

    assert (
        f"  ex24-poa.txt  EX-24    {len(POWER)} bytes  from the envelope first.xml\n"
        in capsys.readouterr().out
    )


def test_a_file_outside_goes_when_the_filer_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path("elsewhere/poa.txt").write_bytes(POWER)
    file = drafted("../elsewhere/poa.txt")

    assert pack(file, "--attach", "elsewhere/poa.txt=EX-24") == 0

    assert sent() == [("EX-24", "ex24-poa.txt", POWER)]
    assert f"from {Path('elsewhere/poa.txt').absolute()}\n" in capsys.readouterr().out


def test_one_that_draft_and_filer_name_goes_once() -> None:
    Path("desk/poa.txt").write_bytes(POWER)

    assert pack(drafted("poa.txt"), "--attach", "desk/poa.txt=EX-24") == 0

    assert sent() == [("EX-24", "ex24-poa.txt", POWER)]


def test_a_packet_lists_what_goes_with_the_form_before_it_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("desk/poa.txt").write_bytes(POWER)
    file = drafted("poa.txt")

    assert main(["render", file, "--only", "xml"]) == 0

    made = Path("packets").absolute() / "2024-11-01 Thakar QLYS Form 4 (tax withholding)"
    size = f"{len((made / 'form4.xml').read_bytes()):,}"
    assert capsys.readouterr().out == (
        f"{file}: ready (Form 4, X0609): no findings\n"
        "Documents to be sent:\n"
        f"  form4.xml     4      {size} bytes  the form, from {file}\n"
        f"      SHA-256 {sha256((made / 'form4.xml').read_bytes()).hexdigest()}\n"
        f"  ex24-poa.txt  EX-24    {len(POWER)} bytes  from {Path('desk/poa.txt').absolute()}\n"
        f"      SHA-256 {sha256(POWER).hexdigest()}\n"
        f"Written to {made}: form4.xml, ex24-poa.txt, manifest.json\n"
    )


def test_an_exhibit_has_one_name_in_packet_and_envelope() -> None:
    """A name that EDGAR does not take, and two files of one name, one of them named by the draft."""
    Path("desk/poa.txt").write_bytes(POWER)
    Path("elsewhere/POA.TXT").write_bytes(POWER + b"again\n")
    Path("List of Plans, and their Administrators.txt").write_bytes(b"List.\n")
    words = ["--attach", "elsewhere/POA.TXT=EX-24", "--attach"]
    words += ["List of Plans, and their Administrators.txt=EX-99"]
    file = drafted("poa.txt")
    names = ["ex24-poa.txt", "ex24-poa2.txt", "ex99-listofplansandtheiradmi.txt"]

    assert pack(file, *words) == 0
    assert main(["render", file, "-o", "packet", "--only", "xml", *words]) == 0

    assert [name for _kind, name, _content in sent()] == names
    for _kind, name, content in sent():
        assert name is not None
        assert Path("packet", name).read_bytes() == content
    assert sorted(p.name for p in Path("packet").iterdir()) == [*names, "form4.xml", "manifest.json"]


@pytest.mark.parametrize(
    "exhibit", ["none.txt", "a\0b.txt", "x" * 5000 + ".txt", "pipe.txt", "loop.txt", 7, ["poa.txt"]]
)
def test_what_is_no_file_is_not_waited_for_and_that_is_said(
    exhibit: object, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo("desk/pipe.txt")
    Path("desk/loop.txt").symlink_to(Path("desk/loop.txt").absolute())
    file = drafted(exhibit)

    assert pack(file) == 0

    assert sent() == []
    assert (
        "names as an exhibit, is not a file that can be read; nothing is attached for it."
        in capsys.readouterr().err
    )


def test_a_name_cannot_draw_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    name = "poa\x1b]0;x\x07.txt"
    Path("desk", name).write_bytes(POWER)

    assert pack(drafted(name)) == 0

    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "poa\\x1b]0;x\\x07.txt" in out


# ---- the interview's question about the file


EXHIBIT = ("interview", "signing", 0, "exhibit")


def naming(file: str) -> Draft:
    """A draft that names this exhibit."""
    return Draft().with_(EXHIBIT, file)


def test_a_file_from_elsewhere_is_copied_beside_the_draft() -> None:
    Path("elsewhere/POA Roe.txt").write_bytes(POWER)
    draft = naming(str(Path("elsewhere/POA Roe.txt").absolute()))

    kept, said = brought(draft, EXHIBIT, Path("desk"))

    target = Path("desk/POA Roe.txt").absolute()
    assert kept == naming(str(target))
    assert said == (f"Copied to {target}: exhibits are sent from the draft's folder only.",)
    assert target.read_bytes() == POWER
    assert os.name != "posix" or target.stat().st_mode & 0o777 == 0o600


def test_a_file_of_the_folder_stays_where_it_is() -> None:
    Path("desk/signed/poa.txt").write_bytes(POWER)
    draft = naming(str(Path("desk/signed/poa.txt").absolute()))

    assert brought(draft, EXHIBIT, Path("desk")) == (draft, ())


def test_a_copy_takes_no_other_file_s_place_and_is_made_once() -> None:
    Path("desk/poa.txt").write_bytes(b"of somebody else")
    Path("elsewhere/poa.txt").write_bytes(POWER)
    draft = naming(str(Path("elsewhere/poa.txt").absolute()))

    first, _ = brought(draft, EXHIBIT, Path("desk"))
    again, _ = brought(draft, EXHIBIT, Path("desk"))

    assert first == again == naming(str(Path("desk/poa-2.txt").absolute()))
    assert Path("desk/poa.txt").read_bytes() == b"of somebody else"
    assert sorted(p.name for p in Path("desk").glob("*.txt")) == ["poa-2.txt", "poa.txt"]


def test_a_link_in_the_folder_is_copied_as_a_file() -> None:
    Path("elsewhere/poa.txt").write_bytes(POWER)
    Path("desk/poa.txt").symlink_to(Path("elsewhere/poa.txt").absolute())

    kept, _ = brought(naming(str(Path("desk/poa.txt").absolute())), EXHIBIT, Path("desk"))

    assert kept == naming(str(Path("desk/poa-2.txt").absolute()))
    assert Path("desk/poa-2.txt").read_bytes() == POWER


def test_an_answer_whose_file_cannot_be_copied_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("elsewhere/poa.txt").write_bytes(POWER)
    file = Path("elsewhere/poa.txt").absolute()
    draft = naming(str(file))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("form4_author.desk.exhibit.write_bytes", full)

    told = (
        f"{file} could not be copied to {Path('desk').absolute()}: no space left on device. Copy it there and answer the "
        "question again. Until then it is not attached."
    )
    assert brought(draft, EXHIBIT, Path("desk")) == (draft, (told,))


def test_the_interview_copies_the_file_and_the_packet_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    """As a filer does it: the draft in one folder, the power of attorney in another."""
    Path("elsewhere/POA Thakar.txt").write_bytes(POWER)
    told = (ANSWERS / "seed.yaml").read_text(encoding="utf-8")
    a, b = told.index("- signing[0].evidence"), told.index("- signatures[0].name")
    said = "- signing[0].evidence: attached\n- signing[0].exhibit: elsewhere/POA Thakar.txt\n"
    Path("a.yaml").write_text(told[:a] + said + told[b:], encoding="utf-8")

    assert main(["new", "-o", "desk/n.form4.json", "--answers", "a.yaml", "--as-of", DAY]) == 0

    copy = Path("desk/POA Thakar.txt").absolute()
    signing = draft_file.load(Path("desk/n.form4.json")).data["interview"]["signing"][0]
    assert signing["exhibit"] == str(copy)
    assert Path("packets/2024-11-01 Thakar QLYS Form 4 (vest)/ex24-poathakar.txt").read_bytes() == POWER
    assert f"from {copy}" in " ".join(capsys.readouterr().out.split())
    Path("elsewhere/POA Thakar.txt").unlink()
    assert pack("desk/n.form4.json") == 0
    assert sent() == [("EX-24", "ex24-poathakar.txt", POWER)]


def test_an_interview_on_a_draft_that_names_a_file_elsewhere_says_so_and_copies_nothing() -> None:
    file = drafted(absolute())
    Path("a.yaml").write_text("- review: q\n", encoding="utf-8")

    assert interview.not_attached(Path(file), draft_file.load(Path(file)).draft) == (
        f"{refused(Path(absolute()))}.",
    )
    assert main(["edit", file, "--answers", "a.yaml"]) == 0

    assert not list(Path("desk").glob("*.txt"))
    assert draft_file.load(Path(file)).data["interview"]["signing"][0]["exhibit"] == absolute()


@pytest.mark.parametrize(("place", "taken"), [("desk/signed/poa.txt", True), ("elsewhere/poa.txt", False)])
def test_a_sheet_brings_files_of_its_own_folder_only(
    place: str, taken: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(place).write_bytes(POWER)
    Path("desk/last.json").write_text(json.dumps(draft("seed")), encoding="utf-8")
    cells = {
        "draft": "a", "from": "last.json", "happened": "grants", "style": "table1", "date": "11/01/2024",
        "security": "Common Stock", "quantity": "1200", "signing[0].capacity": "power",
        "signing[0].agent": "Ann Poe", "signing[0].evidence": "attached", "signing[0].exhibit": place,
    }  # fmt: skip
    Path("desk/s.csv").write_text(f"{','.join(cells)}\n{','.join(cells.values())}\n", encoding="utf-8")

    assert main(["batch", "desk/s.csv", "--packets", "--as-of", DAY]) == (0 if taken else 2)

    made = Path("desk/s-drafts")
    assert (made / "poa.txt").exists() == bool(list(Path("packets").glob("*/ex24-poa.txt"))) == taken
    told = "".join(capsys.readouterr().out.split())
    refusal = (
        f'K2, signing[0].exhibit: "{place}" is not accepted: The exhibit {Path(place).absolute()} is outside the folder of'
        " the sheet. Copy it there, and name the copy"
    )
    assert ("".join(refusal.split()) in told) != taken
