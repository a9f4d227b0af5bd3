"""What the register's commands tell: names that XML as it is sent lacks, forms told late, drafts at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with a register beside it."""
    here = tmp_path / "desk"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "register.sqlite3"))
    monkeypatch.setenv("FORM4_TODAY", "2026-11-23")
    return here


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Any:  # a function
    """Runs a command and gives its standard output."""

    def run(*words: str) -> str:
        capsys.readouterr()
        assert main(list(words)) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    return run


def saved(name: str, base: str = "seed", **changed: Any) -> str:
    Path(name).write_text(json.dumps({**draft(base), **changed}), encoding="utf-8")
    return name


def sent(file: str = "seed.form4.json") -> str:
    """The XML of the seed as it is sent."""
    main(["render", saved(file), "-o", "packet", "--only", "xml", "--as-of", "2024-11-04"])
    return "packet/form4.xml"


NAMELESS = "Submission XML contains no names. Fill them in.\n"
FILED = ("--accession", "0001107843-24-000123", "--at", "2024-11-04T18:05")


def test_xml_as_it_is_sent_names_nobody(said: Any) -> None:
    xml = sent()
    assert said("import", xml) == (
        "packet/form4.xml: submission XML contains no names; 1626115 is known by its CIK alone."
        " Name it: form4 person edit 1626115 --name\n1 added, 0 known already, 0 refused.\n"
    )
    assert said("amend", xml, "-o", "a.form4.json") == (
        "a.form4.json: Form 4/A with 1 line of the original.\n"
        f"The original's filing date is missing: box 4, or --original here.\n{NAMELESS}"
        "Next: form4 edit a.form4.json\n"
    )
    assert said("import", xml, "-o", "b.form4.json") == (
        f"b.form4.json: Form 4 (submission profile) as a draft. {NAMELESS}Next: form4 edit b.form4.json\n"
    )


def test_the_register_names_whom_it_knows(said: Any) -> None:
    xml = sent()
    said("filed", saved("seed.form4.json"), *FILED)
    for words in (("amend", xml, "-o", "a.form4.json"), ("import", xml, "-o", "b.form4.json")):
        assert NAMELESS not in said(*words)
        made = json.loads(Path(words[3]).read_text(encoding="utf-8"))
        assert (made["owners"][0]["name"], made["issuer"]["name"]) == ("Thakar Sumedh S", "QUALYS, INC.")


def test_the_amendment_of_a_filed_draft_knows_its_day(said: Any) -> None:
    said("filed", saved("seed.form4.json"), *FILED)
    said("amend", "seed.form4.json", "-o", "a.form4.json")
    made = json.loads(Path("a.form4.json").read_text(encoding="utf-8"))
    assert made["date_of_original_submission"] == "2024-11-04"


def test_a_form_told_late_leaves_the_balance_of_later_ones(said: Any) -> None:
    later = draft("seed")
    later["non_derivative"][0] |= {"transaction_date": "2024-11-08", "amount_owned_following": "230000"}
    Path("later.form4.json").write_text(
        json.dumps(later | {"period_of_report": "2024-11-08"}), encoding="utf-8"
    )
    said("filed", "later.form4.json", "--accession", "0001107843-24-000124", "--at", "2024-11-12T18:05")
    assert said("filed", saved("seed.form4.json"), *FILED) == (
        "0001107843-24-000123 is in the register; the ledger is updated.\n"
        "Common Stock, direct: 232,595 after this form; the balance comes from later forms:"
        " Form 4 filed 2024-11-12. Check whether they include this one.\n"
        "seed.form4.json is closed.\n"
    )
    assert "230,000" in said("holdings", "thakar", "QLYS")


def test_what_is_due_stands_here_or_in_the_drafts_folder(said: Any) -> None:
    saved("here.form4.json", "exercise")
    saved("amended.form4.json", "amendment")
    assert said("due") == (
        "Thu 2026-10-08 LATE  Form 4 · Okafor Adaeze N · NORTHWIND INSTRUMENTS, INC.\n"
        "                here.form4.json\n"
        "-               Form 4/A · Okafor Adaeze N · NORTHWIND INSTRUMENTS, INC."
        " (an amendment has no separate due date)\n"
        "                amended.form4.json\n"
        "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
    )
