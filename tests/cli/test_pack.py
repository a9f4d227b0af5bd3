"""`form4 pack`: what is written, who may read it, what is asked; the CCC stands in the envelope and nowhere else."""

from __future__ import annotations

import base64
import io
import json
import os
import stat
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import keyring
import pypdf
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError
from lxml import etree

from form4_author.checks.example import draft, edited
from form4_author.cli import main, options
from form4_author.wire.read import read_document

TODAY = "2024-11-04"
CIK, CCC = "1626115", "aB3$xyz9"
POA = (
    b"POWER OF ATTORNEY\nSumedh S. Thakar appoints Bruce Posey to sign and file Forms 3, 4 and 5 until revoked.\n"
    b"Signature: /s/ Sumedh S. Thakar\n"
)


class Memory(KeyringBackend):
    """A keyring that forgets at the end of the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library has types, but not here
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch) -> Memory:
    monkeypatch.setenv("FORM4_TODAY", TODAY)
    monkeypatch.setattr("getpass.getpass", _nobody_answers)
    memory = Memory()
    monkeypatch.setattr(keyring, "get_password", memory.get_password)
    monkeypatch.setattr(keyring, "set_password", memory.set_password)
    return memory


def _nobody_answers(*_: object, **__: object) -> str:
    raise AssertionError("the CCC was asked for")


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "seed.form4.json"
    path.write_text(json.dumps(draft("seed")), encoding="utf-8")
    return str(path)


def told(text: str) -> str:
    """An open file descriptor that holds this text."""
    reading, writing = os.pipe()
    os.write(writing, text.encode())
    os.close(writing)
    return str(reading)


def answers(monkeypatch: pytest.MonkeyPatch, *typed: str) -> list[str]:
    """What is typed at the hidden prompt; the prompts as they were shown."""
    shown: list[str] = []
    left = iter(typed)

    def getpass(prompt: str, stream: object = None) -> str:
        shown.append(prompt)
        answer = next(left, None)
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("getpass.getpass", getpass)
    return shown


def primary(envelope: Path) -> bytes:
    block = etree.parse(str(envelope)).findtext("edgarDocument/documentMimeBlock")
    return base64.b64decode(block or "")


def without_ccc(envelope: Path) -> str:
    """The hash of the form's lines but for the one with the CCC."""
    lines = primary(envelope).splitlines(keepends=True)
    return sha256(b"".join(line for line in lines if b"rptOwnerCcc" not in line)).hexdigest()


def test_the_envelope_holds_everything_and_reads_back(
    tmp_path: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    poa, out = tmp_path / "poa.txt", tmp_path / "out.xml"
    poa.write_bytes(POA)
    listed = {**draft("seed"), "remarks": "Exhibit List: EX-24 - Power of Attorney"}
    Path(file).write_text(json.dumps(listed), encoding="utf-8")
    words = ["--contact", "Jane Roe", "--phone", "503-555-0100", "--email", "jane@example.com"]
    words += ["--notify", "a@example.com", "--notify", "b@example.com", "--attach", str(poa)]
    assert main(["pack", file, "-o", str(out), "--test", "--ccc-fd", told(f"000{CIK} {CCC}\n"), *words]) == 0

    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    document = read_document(out.read_bytes())
    held = document.submission
    assert held is not None
    assert (held.type, held.test_or_live, held.primary_name) == ("4", "TEST", "form4.xml")
    assert (held.contact_name, held.contact_phone, held.contact_email) == (
        "Jane Roe",
        "503-555-0100",
        "jane@example.com",
    )
    assert held.notification_emails == ("a@example.com", "b@example.com")
    assert [(a.name, a.type, a.content) for a in held.attachments] == [("ex24-poa.txt", "EX-24", POA)]
    assert (
        f"<rptOwnerCik>000{CIK}</rptOwnerCik>\n            <rptOwnerCcc>{CCC}</rptOwnerCcc>".encode()
        in primary(out)
    )
    assert capsys.readouterr().out == (
        f"{out}: ready (Form 4): no findings\n"
        "Documents of the TEST submission:\n"
        f"  form4.xml     4      {len(primary(out)):,} bytes  the form, from {file}\n"
        f"      SHA-256 {without_ccc(out)} (without the CCC)\n"
        f"  ex24-poa.txt  EX-24    {len(POA)} bytes  from {poa}\n"
        f"      SHA-256 {sha256(POA).hexdigest()}\n"
        f"TEST submission of Form 4 written to {out}, readable by you only.\n"
        "It contains the CCC: send it to EDGAR, then delete it; do not mail or share it.\n"
    )
    assert main(["check", str(out)]) == 0


def test_it_fits_the_sec_s_own_schema(tmp_path: Path, file: str, shared: Path) -> None:
    out = tmp_path / "out.xml"
    assert main(["pack", file, "-o", str(out), "--test", "--ccc-fd", told(f"{CIK} {CCC}")]) == 0
    folder = shared / "reference" / "official" / "ownership-xml-v5.5" / "schema-files"
    etree.XMLSchema(file=str(folder / "edgarSubmission.xsd.xml")).assertValid(etree.parse(str(out)))
    etree.XMLSchema(file=str(folder / "ownership4Document.xsd.xml")).assertValid(
        etree.fromstring(primary(out)).getroottree()
    )


def test_the_ccc_is_asked_for_unseen_until_it_has_its_form(
    tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = answers(monkeypatch, "secret", f" {CCC} ")
    assert main(["pack", file, "-o", str(tmp_path / "out.xml"), "--test"]) == 0
    assert shown == [f"CCC of Thakar Sumedh S (CIK {CIK}), not shown: "] * 2
    err = capsys.readouterr().err
    assert err == "A CCC has eight characters, at least one digit and one of @ # $ *. Again, please.\n"


def test_where_nothing_can_be_typed_unseen_nothing_is_asked(tmp_path: Path, file: str) -> None:
    """A session of its own has no terminal to hide what is typed."""
    told = subprocess.run(
        [sys.executable, "-m", "form4_author", "pack", file, "-o", str(tmp_path / "out.xml"), "--test"],
        input=f"{CCC}\n",
        capture_output=True,
        start_new_session=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stderr) == (
        2,
        "form4: There is no terminal to ask at. Give it by a file descriptor or the keyring: see --help.\n",
    )
    assert not (tmp_path / "out.xml").exists()


@pytest.mark.parametrize("typed", [("no", "nor this", "never"), ()], ids=["three wrong ones", "end of input"])
def test_without_a_ccc_nothing_is_written(
    tmp_path: Path,
    file: str,
    typed: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers(monkeypatch, *typed)
    assert main(["pack", file, "-o", str(tmp_path / "out.xml"), "--test"]) == 2
    assert not (tmp_path / "out.xml").exists()
    assert capsys.readouterr().err.endswith(
        f"form4: No CCC for Thakar Sumedh S (CIK {CIK}) was given. Find it, then run form4 pack again.\n"
    )


def test_the_keyring_gives_what_it_was_given(
    tmp_path: Path, file: str, ring: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = str(tmp_path / "out.xml")
    answers(monkeypatch, CCC)
    assert main(["pack", file, "-o", out, "--test", "--keyring", "--keep"]) == 0
    assert ring.held == {("form4-author CCC", CIK): CCC}
    monkeypatch.setattr("getpass.getpass", _nobody_answers)
    assert main(["pack", file, "-o", out, "--test", "--keyring"]) == 0


@pytest.mark.parametrize("option", ["--keyring", "--keep"])
def test_a_system_without_a_keyring_says_so(
    tmp_path: Path,
    file: str,
    option: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def none(*_: object) -> None:
        raise NoKeyringError("none at all")

    answers(monkeypatch, CCC)
    monkeypatch.setattr(keyring, "get_password", none)
    monkeypatch.setattr(keyring, "set_password", none)
    assert main(["pack", file, "-o", str(tmp_path / "out.xml"), "--test", option]) == 2
    assert capsys.readouterr().err == (
        "form4: This system's keyring cannot be used (NoKeyringError)."
        " Leave out --keyring and --keep; the CCC is asked for then.\n"
    )


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (f"999 {CCC}\n", f"The file descriptor has no line for Thakar Sumedh S (CIK {CIK})."),
        (
            f"{CIK} {CCC}x\n",
            f"The CCC of reporting person 1 (CIK 000{CIK}) is not eight letters, digits and @ # $ *.",
        ),
    ],
)
def test_a_descriptor_that_does_not_tell(
    tmp_path: Path, file: str, lines: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pack", file, "-o", str(tmp_path / "out.xml"), "--test", "--ccc-fd", told(lines)]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"form4: {said}")
    assert CCC not in err
    assert not (tmp_path / "out.xml").exists()


def test_a_descriptor_that_is_not_open(tmp_path: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", file, "-o", str(tmp_path / "out.xml"), "--test", "--ccc-fd", "987"]) == 2
    assert capsys.readouterr().err == (
        "form4: File descriptor 987 cannot be read. Open it for the command, as in 3<ccc.txt.\n"
    )


@pytest.mark.parametrize(("typed", "code"), [("4 thakar  sumedh s", 0), ("4", 2), ("", 2)])
def test_live_asks_for_the_form_and_the_person(
    tmp_path: Path, file: str, typed: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.xml"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
    assert main(["pack", file, "-o", str(out), "--live", "--ccc-fd", told(f"{CIK} {CCC}")]) == code
    assert out.exists() == (code == 0)
    if code == 0:
        assert b"<testOrLive>LIVE</testOrLive>" in out.read_bytes()


def test_findings_that_block_are_told_and_nothing_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.form4.json"
    path.write_text(json.dumps(edited("delete non_derivative[0].price")), encoding="utf-8")
    assert main(["pack", str(path), "-o", str(tmp_path / "out.xml"), "--test"]) == 1
    assert "TXN-011" in capsys.readouterr().out
    assert not (tmp_path / "out.xml").exists()


def test_an_attachment_that_edgar_refuses_blocks(
    tmp_path: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page refers to a graphic by its name, so that it keeps a wrong one."""
    seal, out = tmp_path / "Seal.jpg", tmp_path / "out.xml"
    seal.write_bytes(b"x")
    words = ["--ccc-fd", told(f"{CIK} {CCC}"), "--attach", f"{seal}=GRAPHIC"]
    assert main(["pack", file, "-o", str(out), "--test", *words]) == 1
    assert "DOC-015" in capsys.readouterr().out
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("seal.jpg", "GRAPHIC"),
        ("ex24-1.htm", "EX-24"),
        ("list.txt=EX-99", "EX-99"),
        ("letter.txt=CORRESP", "CORRESP"),
    ],
)
def test_the_type_of_an_attachment(tmp_path: Path, name: str, kind: str) -> None:
    file, _, _ = name.partition("=")
    assert options._attachment(f"{tmp_path}/{name}") == (f"{tmp_path}/{file}", kind)


def test_an_attachment_must_say_what_it_is(
    tmp_path: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pack", file, "-o", str(tmp_path / "o.xml"), "--test", "--attach", "list.txt"]) == 2
    assert capsys.readouterr().err == (
        "form4 pack: argument --attach: list.txt: say its type, as in --attach list.txt=EX-99. See form4 pack --help.\n"
    )


def test_a_published_form_is_not_packed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "public.xml"
    packet = tmp_path / "packet"
    source = tmp_path / "seed.json"
    source.write_text(json.dumps(draft("seed")), encoding="utf-8")
    main(["render", str(source), "-o", str(packet), "--only", "xml", "--profile", "public"])
    (packet / "form4.xml").rename(path)
    capsys.readouterr()
    assert main(["pack", str(path), "-o", str(tmp_path / "out.xml"), "--test"]) == 2
    assert capsys.readouterr().err == (
        f"form4 pack: {path} is a form that EDGAR has published; import it as a draft to file a new one.\n"
    )


def inside(pdf: Path) -> list[bytes]:
    """Every stream of a PDF as it is once unpacked, files inside it included; the page's words as well."""
    reader = pypdf.PdfReader(pdf)
    held = [reader.get_object(n) for n in reader.xref[0] if n]
    streams = [o.get_data() for o in held if isinstance(o, pypdf.generic.StreamObject)]
    assert any(b"<ownershipDocument>" in stream for stream in streams)
    return [*streams, *(page.extract_text().encode() for page in reader.pages)]


def test_the_ccc_stands_in_the_envelope_and_nowhere_else(
    tmp_path: Path, file: str, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.xml"
    main(["pack", file, "-o", str(out), "--test", "--ccc-fd", told(f"{CIK} {CCC}")])
    main(["check", str(out)])
    main(["check", "--json", str(out)])
    main(["check", "--sarif", str(out)])
    main(["import", str(out), "-o", str(tmp_path / "back.form4.json")])
    main(["render", str(out), "-o", str(tmp_path / "packet")])
    said = capfd.readouterr()
    encoded = base64.b64encode(CCC.encode()).decode().rstrip("=")
    for text in (said.out, said.err, repr(read_document(out.read_bytes()))):
        assert CCC not in text
        assert encoded not in text
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path != out]
    assert len(written) > 5
    assert [path for path in written if CCC.encode() in path.read_bytes()] == []
    assert [part for part in inside(tmp_path / "packet" / "form4.pdf") if CCC.encode() in part] == []


def test_a_bug_s_traceback_does_not_show_it(
    tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("form4_author.desk.envelope.read_document", fails)
    assert (
        main(["pack", file, "-o", str(tmp_path / "o.xml"), "--test", "--ccc-fd", told(f"{CIK} {CCC}")]) == 3
    )
    said = capfd.readouterr()
    assert CCC not in said.out + said.err


STRANGER = b"Jane Doe appoints Ann Poe to sign Forms 3, 4 and 5 until revoked.\nSignature: /s/ Jane Doe\n"
"""A power of attorney that has nothing to do with the form."""


class Watching:
    """A filer at the LIVE question: what is on the screen and on disk when it is put."""

    def __init__(self, typed: str, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.typed = f"{typed}\n"
        self.seen = ""
        self.written = True
        self._out, self._capsys = out, capsys

    def readline(self) -> str:
        self.seen, self.written = self._capsys.readouterr().out, self._out.exists()
        return self.typed


@pytest.mark.parametrize(("typed", "code"), [("4 thakar sumedh s", 0), ("no", 2), ("", 2)])
def test_warnings_and_documents_are_on_the_screen_before_the_question(
    tmp_path: Path,
    file: str,
    typed: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    poa, out = tmp_path / "poa.txt", tmp_path / "out.xml"
    poa.write_bytes(STRANGER)
    filer = Watching(typed, out, capsys)
    monkeypatch.setattr("sys.stdin", filer)
    words = ["--ccc-fd", told(f"{CIK} {CCC}"), "--attach", str(poa)]

    assert main(["pack", file, "-o", str(out), "--live", *words]) == code

    assert not filer.written
    ids = [line.split()[1] for line in filer.seen.splitlines() if line.startswith("WARNING")]
    assert sorted(ids) == ["FTN-010", "SIG-009", "SIG-010"]
    assert "The power of attorney does not name the reporting person" in filer.seen
    assert f"  ex24-poa.txt  EX-24     {len(STRANGER)} bytes  from {poa}\n" in filer.seen
    assert f"{out}: ready (Form 4): 3 warning\n" in filer.seen
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        ["seed.form4.json", "poa.txt", *(["out.xml"] if code == 0 else [])]
    )


def test_warnings_of_a_test_submission_are_shown_before_the_ccc_is_asked_for(
    tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the hidden prompt the filer can still leave, and nothing is written."""
    out = tmp_path / "out.xml"
    seen: list[str] = []

    def leaves(*_: object, **__: object) -> str:
        seen.append(capsys.readouterr().out)
        raise EOFError

    monkeypatch.setattr("getpass.getpass", leaves)
    words = ["--notify", "a@example.com", "--notify", "a@example.com"]

    assert main(["pack", file, "-o", str(out), "--test", *words]) == 2

    assert "WARNING  DOC-036" in seen[0]
    assert "Documents of the TEST submission:\n  form4.xml  4  " in seen[0]
    assert not out.exists()


def test_what_is_listed_has_the_size_of_what_is_written(
    tmp_path: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list is made before the CCC is known."""
    out = tmp_path / "out.xml"
    assert main(["pack", file, "-o", str(out), "--test", "--ccc-fd", told(f"{CIK} {CCC}")]) == 0
    assert f"  form4.xml  4  {len(primary(out)):,} bytes  the form" in capsys.readouterr().out


def test_of_several_forms_nothing_is_written_where_one_has_no_ccc(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "joint.form4.json", tmp_path / "out.xml"
    path.write_text(json.dumps(draft("joint")), encoding="utf-8")
    assert (
        main(
            [
                "pack",
                str(path),
                "-o",
                str(out),
                "--test",
                "--as-of",
                "2026-10-15",
                "--ccc-fd",
                told(f"1 {CCC}"),
            ]
        )
        == 2
    )
    assert capsys.readouterr().out.count("Documents of the TEST submission:") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["joint.form4.json"]


def test_the_contact_of_the_settings_goes_along_unless_another_is_named(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(
        '[contact]\nname = "Dana Cho"\nphone = "503-555-0100"\nemail = "d@example.com"\nnotify = ["n@example.com"]\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("FORM4_SETTINGS", str(settings))
    packed = tmp_path / "env.xml"
    words = ["--contact", "Jane Roe", "--ccc-fd", told(f"{CIK} {CCC}\n")]
    assert main(["pack", file, "-o", str(packed), "--test", *words]) == 0
    held = read_document(packed.read_bytes()).submission
    assert held is not None
    assert (held.contact_name, held.contact_phone, held.contact_email, held.notification_emails) == (
        "Jane Roe",
        "503-555-0100",
        "d@example.com",
        ("n@example.com",),
    )
