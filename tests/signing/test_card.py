"""Signing with a key that never leaves its token: SoftHSM stands in for the smart card."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form4_author.cli import main
from form4_author.errors import Form4Error
from form4_author.page.packet import form_enclosures
from form4_author.page.pdf import page_pdf
from form4_author.page.view import PageStatus
from form4_author.signing.proof import signatures
from form4_author.signing.token import _only
from form4_author.wire.write import write_document
from tests.builders import make_filing
from tests.signing.authority import Authority

if TYPE_CHECKING:
    from collections.abc import Iterator

MOMENT = dt.datetime(2026, 10, 15, 21, 40, 12, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
MODULES = [
    Path(folder, "softhsm/libsofthsm2.so") for folder in ("/usr/lib", "/usr/local/lib", "/opt/homebrew/lib")
]
PIN = "4711"
LABEL = "card"


def told(text: str) -> str:
    """An open file descriptor that holds this text."""
    reading, writing = os.pipe()
    os.write(writing, text.encode())
    os.close(writing)
    return str(reading)


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The library of a token that holds Bruce Posey's key and certificate; its label is ``card``."""
    found = next((module for module in MODULES if module.is_file()), None)
    if found is None or shutil.which("softhsm2-util") is None:
        pytest.skip("needs SoftHSM (apt-get install softhsm2), which is not here")
    pkcs11 = pytest.importorskip("pkcs11", reason="needs the library for tokens: pip install '.[token]'")
    folder = tmp_path_factory.mktemp("token")
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        make = [
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            "card",
            "--pin",
            PIN,
            "--so-pin",
            "0815",
        ]
        subprocess.run(make, check=True, capture_output=True)
        _put(pkcs11.lib(str(found)).get_token(token_label=LABEL))
        yield str(found)


def _put(token: object) -> None:
    """Key and certificate onto the token."""
    from pkcs11 import Attribute, ObjectClass
    from pkcs11.util.ec import decode_ec_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    key, chain = AUTHORITY.holder("Bruce Posey").der()
    named = {Attribute.LABEL: "signing", Attribute.ID: b"1", Attribute.TOKEN: True}
    with token.open(rw=True, user_pin=PIN) as session:  # type: ignore[attr-defined]  # the library has no types
        session.create_object({**decode_ec_private_key(key), **named, Attribute.SIGN: True})
        session.create_object(
            {**decode_x509_certificate(chain), **named, Attribute.CLASS: ObjectClass.CERTIFICATE}
        )


AUTHORITY = Authority()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("form4_author.desk.signature.now", lambda: MOMENT)
    file = tmp_path / "form4.pdf"
    xml = write_document(make_filing("seed"))
    status = PageStatus(xml_sha256=hashlib.sha256(xml).hexdigest(), sent=True)
    inside = form_enclosures(("form4.xml", xml), None, {})
    file.write_bytes(page_pdf(make_filing("seed"), status=status, enclosures=inside))
    return file


@pytest.mark.parametrize("labels", [[], ["--token", "card", "--cert-label", "signing"]])
def test_a_token_signs(
    labels: list[str], module: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sign", str(file), "--pkcs11", module, *labels, "--passphrase-fd", told(PIN)]) == 0
    (found,) = signatures(file.read_bytes(), [AUTHORITY.root_der])
    assert (found.signer, found.sound, found.trusted) == ("Bruce Posey", True, True)
    assert "  by Bruce Posey, certified by Example Root CA\n" in capsys.readouterr().out


@pytest.mark.long
@pytest.mark.parametrize(
    ("pin", "words", "message"),
    [
        ("0000", [], "The token cannot sign (PinIncorrect). Check that it is plugged in, the module's path, and the PIN"),
        (PIN, ["--token", "other"], 'There is no such token. Choose with --token; there are: "card"'),
        (PIN, ["--cert-label", "other"], 'There is no such certificate with its key. Choose with --cert-label; there are: "signing"'),
    ],
)  # fmt: skip
def test_what_keeps_a_token_from_signing_is_told(
    pin: str, words: list[str], message: str, module: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    assert main(["sign", str(file), "--pkcs11", module, *words, "--passphrase-fd", told(pin)]) == 2
    assert capsys.readouterr().err == f"form4: {message}.\n"
    assert file.read_bytes() == before


def test_a_module_that_is_not_there(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pkcs11", reason="needs the library for tokens: pip install '.[token]'")
    assert main(["sign", str(file), "--pkcs11", "/nowhere/card.so", "--passphrase-fd", told(PIN)]) == 2
    assert capsys.readouterr().err.startswith("form4: The token cannot sign (")


def test_a_missing_library_is_told(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pkcs11", None)
    assert main(["sign", str(file), "--pkcs11", "card.so", "--passphrase-fd", told(PIN)]) == 2
    assert capsys.readouterr().err == (
        "form4: Signing with a token needs the library python-pkcs11, which is not installed."
        " Install it: pip install 'form4-author[token]'.\n"
    )


@pytest.mark.parametrize(
    ("held", "message"),
    [
        (["a", "b"], 'There is more than one token. Choose with --token; there are: "a", "b".'),
        ([], "There is no such token. Plug in the token, or check its module."),
    ],
)
def test_one_of_several_is_chosen_by_its_label(held: list[str], message: str) -> None:
    there = [(label, label.upper()) for label in held]
    with pytest.raises(Form4Error) as raised:
        _only("token", "--token", None, there)
    assert str(raised.value) == message
    assert [_only("token", "--token", label, there) for label in held] == [label.upper() for label in held]
