"""`form4 poa new`, `form4 attest`, and exhibits beside a draft at `form4 check --attach`."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from form4_author.checks.example import edited
from form4_author.cli import main
from form4_author.model.power_of_attorney import Grant, power_page, power_text

SIGNED = "2024-11-04"
GRANT = Grant(principal="Sumedh S. Thakar", agents=("Bruce Posey", "Ann Poe"))


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def typed(monkeypatch: pytest.MonkeyPatch, text: str, *, terminal: bool = True) -> None:
    keyboard = io.StringIO(text)
    monkeypatch.setattr(keyboard, "isatty", lambda: terminal)
    monkeypatch.setattr(sys, "stdin", keyboard)


def test_a_power_from_options(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["poa", "new", "-o", "poa.txt", "--principal", "Sumedh  S. Thakar ", "--agent", "Bruce Posey"]
    assert main([*words, "--agent", "Ann Poe"]) == 0
    assert Path("poa.txt").read_bytes() == power_text(GRANT)
    assert capsys.readouterr().out == (
        "Written to poa.txt: Sumedh S. Thakar appoints Bruce Posey, Ann Poe, until revoked.\n"
        "Have it signed and dated; keep the signed original.\n"
        "This file has blank lines: do not attach it. When it is signed, write the exhibit to a second file, with\n"
        "--signed and the date.\n"
    )
    assert main([*words, "--agent", "Sam Roe"]) == 2
    assert capsys.readouterr().err == (
        "form4 poa new: poa.txt already exists; --force replaces it. See form4 poa new --help.\n"
    )
    assert main([*words, "--agent", "Sam Roe", "--force"]) == 0
    assert b"Sam Roe" in Path("poa.txt").read_bytes()


def test_a_power_from_a_file_with_options_over_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path("poa.yaml").write_text(
        "principal: Sumedh S. Thakar\nagents: [Bruce Posey]\nissuer: Qualys, Inc.\nissuer_cik: 1107843\n"
        "signed: 2024-01-15\nuntil: 2026-12-31\nedgar_access: false\nsubstitution: true\ntitle:\n",
        encoding="utf-8",
    )
    assert main(["poa", "new", "-o", "poa.htm", "--answers", "poa.yaml", "--until", "2025-12-31"]) == 0
    wanted = Grant(
        principal="Sumedh S. Thakar",
        agents=("Bruce Posey",),
        issuer="Qualys, Inc.",
        issuer_cik="1107843",
        signed=date(2024, 1, 15),
        until=date(2025, 12, 31),
        edgar_access=False,
        substitution=True,
    )
    assert Path("poa.htm").read_bytes() == power_page(wanted)
    assert "until 2025-12-31.\nKeep the signed original.\n" in capsys.readouterr().out


def test_the_further_clauses_are_options() -> None:
    words = [
        "--principal",
        "Jane Doe",
        "--agent",
        "Sam Roe",
        "--schedules-13",
        "--ratification",
        "--reliance",
    ]
    assert main(["poa", "new", "-o", "poa.txt", *words, "--notary"]) == 0
    wanted = Grant(
        principal="Jane Doe",
        agents=("Sam Roe",),
        schedules_13=True,
        ratification=True,
        reliance=True,
        notary=True,
    )
    assert Path("poa.txt").read_bytes() == power_text(wanted)


def test_a_power_from_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed(monkeypatch, "\nSumedh S. Thakar\nBruce Posey\nAnn Poe\n\nQualys, Inc.\nsoon\n2026-12-31\n\n")
    assert main(["poa", "new", "-o", "poa.txt"]) == 0
    wanted = Grant(
        principal="Sumedh S. Thakar",
        agents=("Bruce Posey", "Ann Poe"),
        issuer="Qualys, Inc.",
        until=date(2026, 12, 31),
    )
    assert Path("poa.txt").read_bytes() == power_text(wanted)
    out = capsys.readouterr().out
    assert out.count("Who gives it (the reporting person)? ") == 2
    assert '"soon" is not a date of the form YYYY-MM-DD.\n' in out


def test_nothing_is_asked_without_a_terminal_and_nothing_left_when_it_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "Jane Doe\n", terminal=False)
    assert main(["poa", "new", "-o", "poa.txt", "--principal", "Jane Doe"]) == 2
    assert capsys.readouterr().err == (
        "form4 poa new: --principal and --agent are needed, or --answers, or a terminal to ask at. "
        "See form4 poa new --help.\n"
    )
    typed(monkeypatch, "Jane Doe\n")
    assert main(["poa", "new", "-o", "poa.txt"]) == 2
    assert not Path("poa.txt").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["-o", "POA.txt"],
            (
                'form4: File name "POA.txt" must be lower-case letters and digits, a letter first, with at most one '
                "underscore, one hyphen and one period. Name it such as poa_doe.txt.\n"
            ),
        ),
        (
            ["-o", "poa.pdf"],
            'form4: An exhibit ends in .txt or .htm; found "poa.pdf". Name it such as poa.txt.\n',
        ),
        (
            ["-o", "poa.txt", "--principal", "Zoë", "--agent", "Sam Roe"],
            (
                'form4: A .txt is plain ASCII, and "Principal: Zoë" is not. '
                "Write a .htm, or spell the name with the letters A to Z.\n"
            ),
        ),
        (
            ["-o", "poa.txt", "--answers", "list.yaml"],
            (
                "form4: list.yaml: it must hold keys. Use principal, agents, issuer, issuer_cik, signed, until, signer, "
                "title, edgar_access, form_144, schedules_13, substitution, ratification, reliance, notary.\n"
            ),
        ),
        (
            ["-o", "poa.txt", "--answers", "odd.yaml"],
            'form4: odd.yaml: until: "soon" is not a date of the form YYYY-MM-DD. Correct the answer.\n',
        ),
        (
            ["-o", "poa.txt", "--answers", "text.yaml"],
            "form4: text.yaml: agents: it must be a list of names. Correct the answer.\n",
        ),
    ],
)
def test_what_cannot_be_written(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("list.yaml").write_text("- a\n", encoding="utf-8")
    Path("odd.yaml").write_text("until: soon\n", encoding="utf-8")
    Path("text.yaml").write_text("agents: Sam Roe\n", encoding="utf-8")
    assert main(["poa", "new", *words]) == 2
    assert capsys.readouterr().err == told
    assert not Path("poa.txt").exists()


def test_an_unknown_key_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text("agent: Sam Roe\n", encoding="utf-8")
    assert main(["poa", "new", "-o", "poa.txt", "--answers", "a.yaml"]) == 2
    assert capsys.readouterr().err.startswith(
        "form4: a.yaml: agent is not a known key. Use principal, agents,"
    )


def test_a_verb_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["poa", "make"]) == 2
    told = capsys.readouterr().err
    assert "make" in told
    assert "new" in told


# ---- beside a draft


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "d.form4.json"
    data = edited("remarks = Exhibit List: EX-24 - Power of Attorney")
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (["--agent", "Bruce Posey"], []),
        (["--agent", "Sam Roe"], ["SIG-010"]),
        (["--agent", "Bruce Posey", "--until", "2024-11-03"], ["SIG-011"]),
        (["--agent", "Bruce Posey", "--signed", "2024-11-05"], ["SIG-011"]),
        (["--agent", "Bruce Posey", "--principal", "Jane Doe"], ["SIG-009"]),
    ],
)
@pytest.mark.parametrize("name", ["poa.txt", "poa.htm"])
def test_a_draft_is_held_against_the_power_beside_it(
    file: str, name: str, said: list[str], found: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    principal = [] if "--principal" in said else ["--principal", "Sumedh S. Thakar"]
    day = [] if "--signed" in said else ["--signed", "2024-01-15"]
    assert main(["poa", "new", "-o", name, *principal, *said, *day]) == 0
    capsys.readouterr()
    assert main(["check", file, "--attach", name, "--as-of", SIGNED, "--json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)["files"]
    assert [finding["id"] for finding in report["findings"]] == found


@pytest.mark.parametrize("name", ["poa.txt", "poa.htm"])
def test_one_that_nobody_signed_blocks_until_the_signed_text_is_attached(
    file: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `form4 poa new` leaves it, with lines to fill by hand."""
    words = ["poa", "new", "-o", name, "--principal", "Sumedh S. Thakar", "--agent", "Bruce Posey"]
    assert main(words) == 0
    capsys.readouterr()
    beside = ["--attach", name, "--as-of", SIGNED]

    assert main(["check", file, *beside]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert (
        'ERROR SIG-016 Attachment 1 The power of attorney is not signed: "Signature: ____" is blank, and its text has no'
        " conformed signature (/s/ and the name). Attach the text as signed"
    ) in out
    assert main(["pack", file, "-o", "out.xml", "--test", *beside]) == 1
    assert main(["render", file, "-o", "packet", "--only", "xml", *beside]) == 1
    assert not (tmp_path / "out.xml").exists()
    assert [p.name for p in (tmp_path / "packet").iterdir()] == ["manifest.json"]

    assert main([*words, "--signed", "2024-01-15", "--force"]) == 0
    assert main(["check", file, *beside]) == 0


def test_an_exhibit_goes_with_one_form(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file, file, "--attach", "poa.txt"]) == 2
    assert capsys.readouterr().err == (
        "form4 check: --attach goes with one form; name one file. See form4 check --help.\n"
    )
    assert main(["check", file, "--attach", "poa.txt"]) == 2
    assert capsys.readouterr().err == (
        "form4: poa.txt: There is no file of this name. Check the name and the folder.\n"
    )


def test_an_authentication_signed_after_filing_is_told(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("facts.yaml").write_text(
        "authentications: [{signatory: Bruce Posey, signed_at: 2024-11-04T21:41-05:00}]\n", encoding="utf-8"
    )
    words = ["check", file, "--facts", "facts.yaml", "--filed"]
    assert main([*words, "2024-11-04T21:40"]) == 0
    assert (
        "The authentication document is signed at 2024-11-04 21:41, after the filing at 2024-11-04 21:40"
        in (" ".join(capsys.readouterr().out.split()))
    )
    assert main([*words, "2024-11-04T21:41"]) == 0
    assert "SIG-012" not in capsys.readouterr().out


# ---- the attestation


def test_the_attestation(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["attest", "--name", " Jane  Doe", "--title", "Secretary", "-o", "jane.pdf", "--paper", "a4"]
    assert main(words) == 0
    page = PdfReader("jane.pdf").pages[0]
    assert "Manual signature of Jane Doe" in page.extract_text()
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert capsys.readouterr().out == (
        "Written to jane.pdf. Jane Doe signs it by hand, before the first electronic signature.\n"
        "Keep it for seven years after the last authentication document signed electronically.\n"
    )
    assert main(words) == 2
    assert "jane.pdf already exists" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--name", " ", "-o", "a.pdf"], "--name must be the signatory's name"),
        (["--name", "Jane Doe", "-o", "a.txt"], "the attestation is a PDF; name it, for example, a.pdf"),
    ],
)
def test_wrong_usage_of_attest(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attest", *words]) == 2
    assert capsys.readouterr().err == f"form4 attest: {told}. See form4 attest --help.\n"
