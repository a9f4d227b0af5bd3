"""`form4 sign`: who signs, which place, what is written, what is refused; the passphrase stands nowhere."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import keyring
import pytest

from form4_author.checks.example import draft, edited
from form4_author.cli import main
from form4_author.signing.proof import signatures
from form4_author.signing.seal import places
from tests.signing.authority import Authority, Holder, served

pytestmark = pytest.mark.long

MOMENT = dt.datetime(2026, 10, 15, 21, 40, 12, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
PHRASE = "correct horse"
FUND = (
    "Signature 1: Harbor Ridge Fund I, LP, by Harbor Ridge GP, LLC, its general partner, by Maja Lindqvist,"
    " Managing Member"
)
PERSON = "Signature 2: Maja Lindqvist"
SEED = "Signature 1: Bruce Posey by power of attorney for Sumedh S Thakar"
BOTH = f"{FUND}; {PERSON}"


@cache
def authority() -> Authority:
    return Authority()


@cache
def posey() -> Holder:
    return authority().holder("Bruce Posey")


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("form4_author.desk.signature.now", lambda: MOMENT)
    monkeypatch.setattr("getpass.getpass", _nobody_answers)


def _nobody_answers(*_: object, **__: object) -> str:
    raise AssertionError("a passphrase was asked for")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Packets of two example drafts, PDF and manifest alone; each test has copies."""
    folder = tmp_path_factory.mktemp("made")
    return {
        name: packet(folder, name, as_of) for name, as_of in (("seed", "2024-11-04"), ("joint", "2026-10-15"))
    }


def packet(folder: Path, name: str, as_of: str, data: dict[str, Any] | None = None) -> Path:
    file = folder / f"{name}.form4.json"
    file.write_text(json.dumps(data or draft(name)), encoding="utf-8")
    main(["render", str(file), "-o", str(folder / name), "--only", "pdf", "--as-of", as_of])
    return folder / name


@pytest.fixture
def seed(made: dict[str, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made["seed"], tmp_path / "seed"))


@pytest.fixture
def joint(made: dict[str, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made["joint"], tmp_path / "joint"))


def written(folder: Path, **files: bytes) -> list[str]:
    """Names of files with this content."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [str(folder / name) for name in files]


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
        return next(left)

    monkeypatch.setattr("getpass.getpass", getpass)
    return shown


def tampered(pdf: bytes) -> bytes:
    """The file with one byte changed, in the comment of its second line, which no reader looks at."""
    return pdf[:11] + bytes((pdf[11] ^ 1,)) + pdf[12:]


def test_a_packet_is_signed_and_its_manifest_lists_the_signed_file(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (p12,) = written(tmp_path, p12=posey().p12(PHRASE, authority().root))
    assert main(["sign", str(seed), "--p12", p12, "--passphrase-fd", told(f"{PHRASE}\n")]) == 0
    output = capsys.readouterr()
    assert output.out == (
        f"Signed {seed / 'form4.pdf'}\n"
        f"  {SEED}\n"
        "  by Bruce Posey, certified by Example Root CA\n"
        "  2026-10-15 21:40:12 Eastern, PAdES B-B\n"
        "manifest.json lists the signed file.\n"
    )
    pdf = (seed / "form4.pdf").read_bytes()
    (found,) = signatures(pdf, [authority().root_der])
    assert (found.field, found.signed_at, found.sound, found.trusted) == (SEED, MOMENT, True, True)
    entry = json.loads((seed / "manifest.json").read_text())["files"]["form4.pdf"]
    assert entry == {"sha256": hashlib.sha256(pdf).hexdigest(), "bytes": len(pdf), "signed": [SEED]}
    assert PHRASE not in output.out + output.err
    assert PHRASE.encode() not in pdf


def test_who_mistypes_the_passphrase_is_asked_again(
    seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (p12,) = written(tmp_path, p12=posey().p12(PHRASE))
    shown = answers(monkeypatch, "wrong", PHRASE)
    assert main(["sign", str(seed), "--p12", p12]) == 0
    assert shown == [f"Passphrase of {p12}, not shown: "] * 2
    assert capsys.readouterr().err == (
        "The passphrase does not open this PKCS#12 file, or the file is damaged. Again, please.\n"
    )


def test_three_wrong_passphrases_sign_nothing(
    seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (seed / "form4.pdf").read_bytes()
    key, cert = written(tmp_path, **dict(zip(("key", "cert"), posey().pem(PHRASE), strict=True)))
    answers(monkeypatch, "a", "b", "c")
    assert main(["sign", str(seed), "--key", key, "--cert", cert]) == 2
    again = "The passphrase does not open this key, or it is not a PEM private key"
    assert capsys.readouterr().err == f"{again}. Again, please.\n" * 2 + (
        f"form4: {key}: {again}. Name the key's file with --key and the certificate's with --cert.\n"
    )
    assert (seed / "form4.pdf").read_bytes() == before


@pytest.mark.parametrize("locked", [True, False])
def test_a_pem_key_signs_and_an_open_one_asks_for_nothing(locked: bool, seed: Path, tmp_path: Path) -> None:
    key, chain = posey().pem(PHRASE if locked else "")
    names = written(tmp_path, key=key, cert=authority().root_pem + chain)
    fd = ["--passphrase-fd", told(PHRASE)] if locked else []
    assert main(["sign", str(seed), "--key", names[0], "--cert", names[1], *fd]) == 0
    (found,) = signatures((seed / "form4.pdf").read_bytes(), [authority().root_der])
    assert (found.signer, found.trusted) == ("Bruce Posey", True)


@pytest.mark.long
def test_the_keyring_gives_what_it_was_given(
    joint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda *name: held.get(name))
    monkeypatch.setattr(keyring, "set_password", lambda *given: held.update({given[:2]: given[2]}))
    (p12,) = written(tmp_path, p12=posey().p12(PHRASE))
    words = ["sign", str(joint), "--p12", p12]
    assert main([*words, "--as", "1", "--keep", "--passphrase-fd", told(PHRASE)]) == 0
    assert held == {("form4-author signing", p12): PHRASE}
    assert main([*words, "--as", "2", "--keyring"]) == 0


def test_a_trial_says_so(joint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sign", str(joint), "--self-signed", "--as", "managing member"]) == 0
    assert capsys.readouterr().out == (
        f"Signed {joint / 'form4.pdf'}\n"
        f"  {FUND}\n"
        "  by Maja Lindqvist\n"
        "  2026-10-15 21:40:12 Eastern, PAdES B-B\n"
        "  A self-signed trial identity proves nothing. The page says so too.\n"
        "manifest.json lists the signed file.\n"
        f"Not signed yet: {PERSON}\n"
    )


@pytest.mark.long
def test_the_place_is_chosen_when_there_are_several(joint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def refused(*words: str) -> str:
        assert main(["sign", str(joint), "--self-signed", *words]) == 2
        return capsys.readouterr().err

    choose = "Choose with --as a number or a name"
    assert refused() == f"form4: There is more than one signature block. {choose}: {BOTH}.\n"
    assert refused("--as", "lindqvist") == f'form4: "lindqvist" names several. {choose}: {BOTH}.\n'
    for none in ("0", "3", "Jane"):
        assert refused("--as", none) == f'form4: No signature block is named "{none}". {choose}: {BOTH}.\n'
    assert main(["sign", str(joint), "--self-signed", "--as", "2"]) == 0
    assert capsys.readouterr().out.endswith(f"\nNot signed yet: {FUND}\n")
    assert refused("--as", "2") == (
        f'form4: "{PERSON}" is signed already. {choose}: {FUND}; {PERSON} (signed).\n'
    )
    assert main(["sign", str(joint), "--self-signed"]) == 0
    assert (
        refused() == "form4: Every signature block is signed already. Run form4 verify to see who signed.\n"
    )
    assert [s.sound for s in signatures((joint / "form4.pdf").read_bytes())] == [True, True]


@pytest.mark.long
def test_servers_are_asked_when_they_are_named(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(MOMENT) as live:
        p12, root = written(tmp_path, p12=live.holder("Bruce Posey").p12("", live.root), root=live.root_pem)
        named = ["--timestamp", f"{live.address}/tsa", "--long-term", "--trust", root]
        assert main(["sign", str(seed), "--p12", p12, *named]) == 0
    assert "\n  2026-10-15 21:40:12 Eastern, PAdES B-LT\n" in capsys.readouterr().out
    assert main(["verify", str(seed / "form4.pdf"), "--trust", root, "--require-trust"]) == 0
    out = capsys.readouterr().out
    assert "\nok       time       time-stamped 2026-10-15 21:40:12 Eastern\n" in out
    assert "evidence of that is in the file" in " ".join(out.split())


def test_a_draft_is_not_signed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = packet(tmp_path, "seed", "2024-11-04", edited("delete period_of_report"))
    capsys.readouterr()
    assert main(["sign", str(folder), "--self-signed"]) == 2
    assert capsys.readouterr().err == (
        f"form4: {folder / 'form4.pdf'} has no signature block: it is marked DRAFT, or form4 did not make it."
        " Correct what form4 check finds, make the packet again with form4 render, and sign that.\n"
    )


def test_what_the_manifest_does_not_list_is_not_signed(
    seed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = seed / "form4.pdf"
    file.write_bytes(file.read_bytes() + b"\n")
    assert main(["sign", str(seed), "--self-signed"]) == 2
    assert capsys.readouterr().err == (
        f"form4: {file} is not the file that manifest.json lists. Run form4 verify to see what changed,"
        " or make the packet again with form4 render.\n"
    )


def test_a_file_alone_is_signed_and_one_changed_since_is_not(
    joint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "alone.pdf"
    file.write_bytes((joint / "form4.pdf").read_bytes())
    assert main(["sign", str(file), "--self-signed", "--as", "1"]) == 0
    assert [place.signed for place in places(file.read_bytes())] == [True, False]
    file.write_bytes(tampered(file.read_bytes()))
    capsys.readouterr()
    assert main(["sign", str(file), "--self-signed", "--as", "2"]) == 2
    assert capsys.readouterr().err == (
        f'form4: {file} was changed after "{FUND}" was signed. Do not sign it; form4 verify shows what changed.\n'
    )


def test_a_folder_without_a_form_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sign", str(tmp_path), "--self-signed"]) == 2
    assert capsys.readouterr().err == (
        f"form4: {tmp_path} holds no PDF of a form. Make the packet with form4 render.\n"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--key", "k"], "--key and --cert go together"),
        (["--self-signed", "--token", "t"], "--token and --cert-label go with --pkcs11"),
        (["--self-signed", "--long-term"], "--long-term needs a time-stamp: name a server with --timestamp"),
        ([], "one of the arguments --p12 --key --pkcs11 --self-signed is required"),
    ],
)
def test_words_that_do_not_go_together(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sign", "packet", *words]) == 2
    assert capsys.readouterr().err == f"form4 sign: {message}. See form4 sign --help.\n"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"p12": b"no"}, "This is not a PKCS#12 file. Name a .p12 or .pfx file, or use --key and --cert for PEM"),
        ({"key": "theirs", "cert": "mine"}, "No certificate in this file belongs to the key. Name the certificate that was issued for this key"),
        ({"key": "mine", "cert": b"no"}, "This is not a PEM certificate. Name a file that begins with BEGIN CERTIFICATE"),
    ],
)  # fmt: skip
def test_what_is_no_identity_is_told(
    files: dict[str, Any], message: str, seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, theirs = posey().pem(), authority().holder("Someone Else").pem()
    known = {"mine": mine, "theirs": theirs}
    words = []
    for n, (option, content) in enumerate(files.items()):
        data = content if isinstance(content, bytes) else known[content][n]
        words += [f"--{option}", *written(tmp_path, **{option: data})]
    assert main(["sign", str(seed), *words]) == 2
    assert capsys.readouterr().err.endswith(f"{message}.\n")
