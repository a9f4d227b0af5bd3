"""A packet proves itself: `form4 sign` and `form4 verify` of a folder, and of an envelope with its packet."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.page.manifest import manifest_entry
from form4_author.signing.seal import places
from form4_author.wire.envelope import write_envelope
from form4_author.wire.read import read_document
from tests.builders import make_filing
from tests.selection import some
from tests.signing.alterations import ALTERATIONS
from tests.signing.authority import Authority
from tests.signing.forgery import revised

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.model.submission import Submission

MOMENT = dt.datetime(2026, 10, 15, 21, 40, 12, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
SEED = "Signature 1: Bruce Posey by power of attorney for Sumedh S Thakar"
POWER = b"Know all by these presents that the undersigned appoints Bruce Posey. January 10, 2024.\n/s/ Sumedh S. Thakar\n"
AGAIN = "Do not sign it; make the packet again with form4 render, and read it"


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("signature", "verification"):
        monkeypatch.setattr(f"form4_author.desk.{module}.now", lambda: MOMENT)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "seed.form4.json").write_text(json.dumps(draft("seed")), encoding="utf-8")
    (folder / "power.txt").write_bytes(POWER)
    main(
        [
            "render",
            str(folder / "seed.form4.json"),
            "-o",
            str(folder / "packet"),
            "--as-of",
            "2024-11-04",
            "--attach",
            f"{folder / 'power.txt'}=EX-24",
        ]
    )
    return folder / "packet"


@pytest.fixture
def packet(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "packet"))


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.replace("\n" + " " * 20, " ").splitlines()]


def test_one_unlocking_signs_the_authentication_document_and_then_the_form(
    packet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    authority = Authority()
    ends = MOMENT + dt.timedelta(days=100)
    (tmp_path / "p12").write_bytes(authority.holder("Bruce Posey", until=ends).p12("", authority.root))
    (tmp_path / "root.pem").write_bytes(authority.root_pem)
    words = ["--p12", str(tmp_path / "p12"), "--attested", "2026-01-05", "--power-dated", "2024-01-10"]
    capsys.readouterr()
    assert main(["sign", str(packet), *words]) == 0
    assert capsys.readouterr().out == (
        f"Signed {packet / 'authentication.pdf'}\n"
        f"  {SEED}\n"
        f"Signed {packet / 'form4.pdf'}\n"
        f"  {SEED}\n"
        "  by Bruce Posey, certified by Example Root CA\n"
        "  2026-10-15 21:40:12 Eastern, PAdES B-B\n"
        "  The certificate ends on 2027-01-24, before the five years for which the document is kept:\n"
        "  sign with --timestamp, so that it can be verified until then.\n"
        "manifest.json lists the signed files.\n"
    )
    assert [p.signed for p in places((packet / "authentication.pdf").read_bytes())] == [True]
    assert main(["verify", str(packet), "--trust", str(tmp_path / "root.pem"), "--require-trust"]) == 0
    assert lines(capsys.readouterr().out)[-2:] == [
        "ok packet every file is as it was when the packet was made",
        f"{packet}: sound, 2 signatures",
    ]


def _changed(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new)

    return change


CHANGES = [
    ("form4.xml", _changed(b"7007", b"1007"), "form4.xml is not the one inside"),
    ("form4.html", _changed(b"7,007", b"1,007"), "form4.html is not the"),
    ("report.txt", _changed(b"ready", b"fine!"), "report.txt is not the one that authentication.pdf was made with"),
    ("report.json", _changed(b'"error": 0', b'"error": 1'), "report.json is not the one inside form4.pdf"),
    ("manifest.json", _changed(b'"verdict": "ready"', b'"verdict": "fine"'), "manifest.json has different contents than when authentication.pdf was made"),
    ("next-steps.txt", _changed(b"Keep", b"Burn"), "next-steps.txt is not the one that authentication.pdf was made with"),
    ("ex24-power.txt", _changed(b"Bruce", b"Peter"), "ex24-power.txt is not the one inside form4.pdf"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "told"), some(CHANGES, CHANGES[:2]))
def test_a_changed_file_of_a_packet_is_named_though_the_manifest_lists_it(
    name: str,
    change: Callable[[bytes], bytes],
    told: str,
    packet: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    content = change((packet / name).read_bytes())
    (packet / name).write_bytes(content)
    if name != "manifest.json":
        manifest = json.loads((packet / "manifest.json").read_text(encoding="utf-8"))
        manifest["files"][name] = manifest_entry(content)
        (packet / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    capsys.readouterr()
    assert main(["verify", str(packet)]) == 1
    assert any(line.startswith(f"PROBLEM packet {told}") for line in lines(capsys.readouterr().out))
    assert main(["sign", str(packet), "--self-signed"]) == 2
    assert capsys.readouterr().err.startswith(f"form4: {packet}: {name} ")


def test_a_file_taken_out_of_a_packet_is_named(packet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The manifest alone, and a file with its line in the manifest."""
    manifest = json.loads((packet / "manifest.json").read_text(encoding="utf-8"))
    (packet / "manifest.json").unlink()
    capsys.readouterr()
    assert main(["verify", str(packet)]) == 1
    assert "PROBLEM packet manifest.json is not there" in lines(capsys.readouterr().out)
    (packet / "report.txt").unlink()
    del manifest["files"]["report.txt"]
    (packet / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert main(["verify", str(packet)]) == 1
    assert lines(capsys.readouterr().out)[-2:] == [
        "PROBLEM packet report.txt, which authentication.pdf was made with, is not there",
        f"{packet}: NOT SOUND, 1 problem",
    ]


def test_a_form_that_was_altered_is_not_signed(packet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = packet / "form4.pdf"
    altered = revised(file.read_bytes(), ALTERATIONS["catalog: OpenAction"])
    file.write_bytes(altered)
    manifest = json.loads((packet / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["form4.pdf"] = manifest_entry(altered)
    (packet / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    capsys.readouterr()
    assert main(["sign", str(packet), "--self-signed"]) == 2
    assert capsys.readouterr().err == (
        f"form4: {file}: more was added to the file after it was made than a signature: Root/OpenAction is added;"
        f" revision signs no place. {AGAIN}.\n"
    )
    assert file.read_bytes() == altered


def test_an_envelope_sends_the_packet_with_ccc_lines_and_nothing_else(
    packet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filing = make_filing("seed")
    envelope = tmp_path / "envelope.xml"

    def packed(*attached: tuple[str, bytes]) -> None:
        envelope.write_bytes(write_envelope(filing, submission(*attached), {"1626115": "abcde1$x"}))

    packed(("ex24-power.txt", POWER))
    capsys.readouterr()
    assert main(["verify", str(envelope), "--packet", str(packet)]) == 0
    out = lines(capsys.readouterr().out)
    assert out[0].startswith(
        "ok xml form4.xml of the envelope is form4.xml of the packet with 1 CCC line, SHA-256"
    )
    assert out[1:] == [
        "ok exhibit ex24-power.txt of the envelope is in the packet",
        f"{envelope}: consistent, not signed: nothing proves its origin",
    ]
    packed(("ex24-power.txt", POWER + b" "))
    assert main(["verify", str(envelope), "--packet", str(packet)]) == 1
    out = lines(capsys.readouterr().out)
    assert out[1:] == [
        "PROBLEM exhibit ex24-power.txt of the envelope is not in the packet",
        "PROBLEM exhibit ex24-power.txt of the packet is not in the envelope",
        f"{envelope}: NOT SOUND, 2 problems",
    ]
    packed(("ex24-deed.txt", POWER))
    assert main(["verify", str(envelope), "--packet", str(packet)]) == 1
    assert lines(capsys.readouterr().out)[1:] == [
        "PROBLEM exhibit ex24-deed.txt of the envelope has a different name in the packet",
        f"{envelope}: NOT SOUND, 1 problem",
    ]
    packed(("ex24-power.txt", POWER), ("ex24-power.txt", POWER))
    assert main(["verify", str(envelope), "--packet", str(packet)]) == 1
    assert lines(capsys.readouterr().out)[2] == "PROBLEM exhibit ex24-power.txt is in the envelope twice"
    packed(("ex24-power.txt", POWER))
    plain = envelope.read_bytes()
    envelope.write_bytes(plain.replace(b"<submissionType>4<", b"<submissionType>4/A<"))
    assert main(["verify", str(envelope), "--packet", str(packet)]) == 1
    assert lines(capsys.readouterr().out)[1] == (
        "PROBLEM xml the envelope is a submission of Form 4/A, the packet of Form 4"
    )
    filing = make_filing("seed", ["remarks = More."])
    packed(("ex24-power.txt", POWER))
    assert main(["verify", str(envelope), "--packet", str(packet)]) == 1
    assert lines(capsys.readouterr().out)[0] == (
        "PROBLEM xml form4.xml of the envelope is not form4.xml of the packet"
    )
    assert read_document(envelope.read_bytes()).envelope is not None
    assert main(["verify", str(packet / "form4.xml"), "--packet", str(packet)]) == 2
    assert capsys.readouterr().err == (
        f"form4: {packet / 'form4.xml'} is not an envelope. Name the file that form4 pack made.\n"
    )


def submission(*attached: tuple[str, bytes]) -> Submission:
    from form4_author.model.submission import Attachment, Submission

    return Submission(
        type="4",
        test_or_live="TEST",
        primary_name="form4.xml",
        attachments=tuple(Attachment(name=name, type="EX-24", content=content) for name, content in attached),
    )
