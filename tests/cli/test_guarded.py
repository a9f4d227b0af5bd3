"""What others would make of our files: formulas in sheets, secrets in findings and keyrings, the preview's address."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import date
from pathlib import Path

import keyring
import pytest

from form4_author import __version__
from form4_author.checks.example import draft
from form4_author.checks.run import check_draft
from form4_author.cli import bug, main, preview
from form4_author.desk import secret
from form4_author.errors import Form4Error
from form4_author.files import spreadsheet
from form4_author.ident.ccc import without_cccs
from form4_author.page import pdf
from form4_author.register.database import opened
from form4_author.register.place import place_of
from form4_author.resources import resource
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_of

CCC = "zq7x@k9w"
MASK = "(not shown: it may be a CCC)"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-5", "@x", "\tx", "'=x", "plain", "'quoted'"])
def test_no_cell_of_a_csv_is_a_formula_and_each_is_read_as_it_was(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    spreadsheet.write_template(
        file,
        [spreadsheet.TemplateColumn("a", ""), spreadsheet.TemplateColumn("b", "")],
        [{"a": text, "b": "1"}],
    )
    with file.open(encoding="utf-8-sig", newline="") as lines:
        (cell, _one) = list(csv.reader(lines))[1]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    (row,) = spreadsheet.sheet_in(str(file)).rows
    assert row.cells["a"] == text.strip()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (f'CIK must be 1 to 10 digits; found "{CCC}"', f'CIK must be 1 to 10 digits; found "{MASK}"'),
        (CCC, MASK),
        ("Price is $1,200.50 and $12000.5", "Price is $1,200.50 and $12000.5"),
        ("jo1@acme.com", "jo1@acme.com"),
        ("TXN-0071 a*b1", "TXN-0071 a*b1"),
        (f"x{CCC}", f"x{CCC}"),
    ],
)
def test_a_ccc_in_a_message_is_masked(said: str, shown: str) -> None:
    assert without_cccs(said) == shown


@pytest.mark.parametrize("words", [["check"], ["check", "--json"], ["check", "--sarif"]])
def test_a_ccc_typed_in_the_wrong_place_is_not_repeated(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    data = draft("seed")
    data["issuer"]["cik"] = data["owners"][0]["cik"] = data["period_of_report"] = CCC
    data["owners"][0]["address"]["state"] = data["owners"][0]["address"]["zip"] = CCC
    data["non_derivative"][0]["transaction_code"] = data["non_derivative"][0]["price"] = CCC
    data[CCC] = data["owners"][0][CCC] = "x"
    Path("a.form4.json").write_text(json.dumps(data), encoding="utf-8")
    assert main([*words, "a.form4.json"]) == 1
    said = capsys.readouterr()
    assert CCC not in said.out + said.err
    assert MASK in said.out


def test_a_finding_names_no_ccc_in_its_path() -> None:
    data = draft("seed")
    data["owners"][0][CCC] = "x"
    found = check_draft(draft_of(draft("seed")), date(2024, 11, 4), sec_calendar(), data=data)
    assert [f.path for f in found if f.id == "DOC-029"] == [("owners", 0, MASK)]


class PlaintextKeyring:
    """As keyrings.alt has it."""


class Chained:
    """As keyring's own chainer."""

    def __init__(self, *backends: object) -> None:
        self.backends = list(backends)


@pytest.mark.parametrize("backend", [PlaintextKeyring(), Chained(PlaintextKeyring(), object())])
def test_a_keyring_of_plain_text_is_refused_by_name(backend: object, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[object] = []
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    monkeypatch.setattr(keyring, "set_password", lambda *given: kept.append(given))
    with pytest.raises(Form4Error) as refused:
        secret.keep({"1626115": CCC})
    assert str(refused.value) == (
        f"This system's keyring, {PlaintextKeyring.__module__}.PlaintextKeyring, stores secrets as plain text. Leave out --keep, "
        "or set up the system's own keyring, such as GNOME Keyring or KWallet."
    )
    assert kept == []


def test_the_browser_is_started_on_a_file_that_only_its_owner_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("webbrowser.open", started.append)
    file = preview._open_browser("http://127.0.0.1:1/secret/")
    assert started == [file.as_uri()]
    assert "secret" not in started[0]
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert 'content="0;url=http://127.0.0.1:1/secret/"' in file.read_text(encoding="ascii")


def test_only_our_own_fonts_are_fetched() -> None:
    fetcher = pdf._fetcher()
    folder = resource("templates", "fonts").as_uri()
    for url in (
        f"{folder}/../../anything",
        f"{folder}/%2e%2e/x",
        f"{folder}/",
        "file:///etc/passwd",
        "http://x/",
    ):
        with pytest.raises(ValueError, match="is not one of our fonts"):
            fetcher.fetch(url)
    assert fetcher.fetch(f"{folder}/{pdf._FACES[0]}") is not None


def test_a_damaged_backup_is_called_the_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    opened(place_of("r.sqlite3"), create=True).close()
    assert main(["register", "backup", "b.sqlite3", "--register", "r.sqlite3"]) == 0
    whole = bytearray(Path("b.sqlite3").read_bytes())
    for at in range(4096, len(whole), 4096):
        whole[at : at + 512] = b"\xff" * 512
    Path("b.sqlite3").write_bytes(whole)
    capsys.readouterr()
    assert main(["register", "restore", "b.sqlite3", "--force", "--register", "r.sqlite3"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("form4: The backup b.sqlite3")
    assert said.endswith("Choose a different one.\n")
    assert "r.sqlite3 can" not in said


def test_a_register_that_cannot_be_made_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise Form4Error("The disk is full", remedy="Make room")

    monkeypatch.setattr("form4_author.register.database.Register.bring_up", full)
    with pytest.raises(Form4Error, match="The disk is full"):
        opened(place_of(str(tmp_path / "r.sqlite3")), create=True)
    assert list(tmp_path.iterdir()) == []


def test_the_bundle_of_a_report_holds_no_personal_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "Jane Doe"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "Jane Doe" / "data"))
    saved = bug.saved_report(ValueError("Jane Doe"))
    assert saved is not None
    assert main(["doctor", "--report"]) == 0
    assert capsys.readouterr().out == (
        f"Written to form4-report.zip: doctor.json, {saved.name}. It holds no personal data.\n"
    )
    with zipfile.ZipFile("form4-report.zip") as bundle:
        text = "".join(bundle.read(name).decode() for name in bundle.namelist())
        examined = {each["name"]: each for each in json.loads(bundle.read("doctor.json"))}
    assert [word for word in ("Jane", str(tmp_path), str(Path.home())) if word in text] == []
    assert examined["form4"] == {"name": "form4", "good": True, "told": __version__}
    assert examined["register"]["told"] == examined["drafts"]["told"] == ""
    assert Path("form4-report.zip").stat().st_mode & 0o777 == 0o600
