"""`form4 check --fix` and `--override`: what changes in a draft, what is said, what is left alone."""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks import run
from form4_author.checks.base import Cite, rule
from form4_author.checks.example import draft, edited
from form4_author.checks.registry import rule_with, running
from form4_author.cli import main
from form4_author.desk import fix
from form4_author.findings import Edit, Fix, Hit, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.checks.base import Context
    from form4_author.model.filing import Filing

SIGNED = "2024-11-04"
PRICE = ("non_derivative", 0, "price")


def _price_odd(filing: Filing, _context: Context) -> Iterator[Hit]:
    if str(filing.non_derivative[0].price.value) != "120":
        yield Hit(PRICE, "Price is odd", fix=Fix("Round the price", (Edit(PRICE, "120"),), safe=True))


def _title_dull(filing: Filing, _context: Context) -> Iterator[Hit]:
    title = ("owners", 0, "officer_title")
    if filing.owners[0].officer_title != "Chief":
        edits = (Edit(title, "Chief"), Edit(("non_derivative", 0, "amount", "footnotes"), ()))
        yield Hit(title, "The title is dull", fix=Fix("Write Chief", edits))


def _useless(_filing: Filing, _context: Context) -> Iterator[Hit]:
    yield Hit(PRICE, "Nothing helps", fix=Fix("Do nothing", (Edit(("no_such_box", 0, "x"), "y"),), safe=True))


RULES = (
    rule("TXN-012", "Price odd", Severity.WARNING, Cite("x"))(_price_odd),
    rule("OWN-006", "Title dull", Severity.ERROR, Cite("x"))(_title_dull),
    rule("TXN-013", "Useless", Severity.NOTE, Cite("x"))(_useless),
)


@pytest.fixture(autouse=True)
def _three_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "running", lambda *, facts: RULES)
    stand_ins = {r.id: r for r in RULES}
    monkeypatch.setattr(run, "rule_with", lambda id: stand_ins.get(id) or rule_with(id))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("a.form4.json")
    path.write_text(json.dumps(draft("seed")), encoding="utf-8")
    return path


def answered(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def held(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def test_all_makes_the_safe_fixes_and_says_what_changed(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--as-of", SIGNED, "--fix=all", str(file)]) == 1
    out, err = capsys.readouterr()
    assert err == (
        "a.form4.json: TXN-012: Round the price\n"
        "  Table I, line 1, column 4, Price: 120.34 -> 120\n"
        "a.form4.json: 1 fix made\n"
    )
    assert held(file) == edited("non_derivative[0].price = 120")
    assert "TXN-012" not in out
    assert out.endswith(
        "a.form4.json: blocked (Form 4, X0609): 1 error, 1 note\n"
        "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
    )


def test_a_second_time_changes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--as-of", SIGNED, "--fix=all", str(file)])
    before = file.read_bytes()
    capsys.readouterr()
    main(["check", "--as-of", SIGNED, "--fix=all", str(file)])
    assert file.read_bytes() == before
    assert capsys.readouterr().err == "a.form4.json: no fix made\n"


def test_each_fix_is_shown_and_asked_for_most_serious_first(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(monkeypatch, "maybe", "y", "n")
    assert main(["check", "--as-of", SIGNED, "--fix", "--quiet", str(file)]) == 0
    out, err = capsys.readouterr()
    asked = "Apply? [y]es, [n]o, [q]uit: "
    assert err == (
        "ERROR OWN-006 Reporting person 1, box 5, Officer title: The title is dull\n"
        "Fix: Write Chief\n"
        "  Reporting person 1, box 5, Officer title: CEO & PRESIDENT -> Chief\n"
        "  Table I, line 1, column 4, Amount: 7007 (F1) -> 7007\n"
        f"{asked}{asked}"
        "WARNING TXN-012 Table I, line 1, column 4, Price: Price is odd\n"
        "Fix: Round the price\n"
        "  Table I, line 1, column 4, Price: 120.34 -> 120\n"
        f"{asked}a.form4.json: 1 fix made\n"
    )
    assert held(file)["owners"][0]["officer_title"] == "Chief"
    assert held(file)["non_derivative"][0]["amount"] == "7007"
    assert held(file)["non_derivative"][0]["price"] == "120.34"
    assert out == "a.form4.json: ready (Form 4, X0609): 1 warning, 1 note\n"


@pytest.mark.parametrize("lines", [("q",), ()], ids=["quit", "end of input"])
def test_leaving_keeps_the_draft_as_it_is(
    file: Path, lines: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(monkeypatch, *lines)
    before = file.read_bytes()
    main(["check", "--as-of", SIGNED, "--fix", str(file)])
    assert file.read_bytes() == before
    assert capsys.readouterr().err.endswith("a.form4.json: no fix made\n")


@pytest.mark.parametrize("words", [["--fix=all"], ["--override", "OWN-006", "--reason", "Counsel agreed."]])
def test_xml_is_never_changed(tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<ownershipDocument/>", encoding="ascii")
    assert main(["check", *words, str(path)]) == 2
    assert path.read_text(encoding="ascii") == "<ownershipDocument/>"
    assert capsys.readouterr().err == (
        f"form4: {path} is not a draft; only drafts are changed."
        f" Make one with form4 import {path} -o DRAFT and change that.\n"
    )


def test_an_override_is_kept_in_the_draft_and_covers_the_finding(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime.fromisoformat("2024-11-04T21:00:00-05:00")
    monkeypatch.setattr(fix, "now", lambda: at)
    words = [
        "check",
        "--as-of",
        SIGNED,
        "--override",
        "OWN-006",
        "--reason",
        " Counsel agreed. ",
        "--quiet",
        str(file),
    ]
    assert main(words) == 0
    assert main(words) == 0
    assert held(file)["overrides"] == [
        {
            "id": "OWN-006",
            "path": "owners[0].officer_title",
            "reason": "Counsel agreed.",
            "at": "2024-11-04T21:00:00-05:00",
        }
    ]
    out, err = capsys.readouterr()
    assert out == "a.form4.json: ready, with overrides (Form 4, X0609): 1 error, 1 warning, 1 note\n" * 2
    assert err == "a.form4.json: OWN-006 overridden in 1 place\n" * 2


@pytest.mark.parametrize(
    ("id", "why"),
    [("TXN-012", "a warning finding is not overridden"), ("TXN-007", "no finding has this id")],
)
def test_only_an_error_is_overridden(
    file: Path, id: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--as-of", SIGNED, "--override", id, "--reason", "So be it.", str(file)]) == 2
    assert capsys.readouterr().err == (
        f"form4: {file}: {id} is not overridden: {why}."
        " Override an error finding by its id; correct a suspense finding.\n"
    )
    assert "overrides" not in held(file)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--override", "OWN-006"], "--override and --reason belong together"),
        (["--override", "OWN-006", "--reason", " "], "--reason must say why the finding is accepted"),
    ],
)
def test_an_override_needs_a_reason(
    file: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *words, str(file)]) == 2
    assert capsys.readouterr().err == f"form4 check: {said}. See form4 check --help.\n"


def test_flags_and_empty_cells_are_told_in_words(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def boxes(_filing: Filing, _context: Context) -> Iterator[Hit]:
        edits = (
            Edit(("aff10b5_one",), value=True),
            Edit((*PRICE[:2], "deemed_execution_date"), "2024-11-04"),
            Edit((*PRICE[:2], "amount"), None),
            Edit(("owners", 0, "address", "city"), None),
        )
        yield Hit((), "Boxes", fix=Fix("Tick", edits, safe=True))

    monkeypatch.setattr(
        run, "running", lambda *, facts: (rule("TXN-012", "B", Severity.NOTE, Cite("x"))(boxes),)
    )
    main(["check", "--as-of", SIGNED, "--fix=all", str(file)])
    assert capsys.readouterr().err == (
        "a.form4.json: TXN-012: Tick\n"
        "  Rule 10b5-1(c) box: no -> yes\n"
        "  Table I, line 1, column 2A, Deemed Execution Date: (nothing) -> 2024-11-04\n"
        "  Table I, line 1, column 4, Amount: 7007 (F1) -> (F1)\n"
        "  Reporting person 1, box 1, City: FOSTER CITY -> (nothing)\n"
        "a.form4.json: 1 fix made\n"
    )


def test_country_in_the_state_box_moves_to_country(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "running", running)
    monkeypatch.setattr(run, "rule_with", rule_with)
    file.write_text(json.dumps(edited("owners[0].address.state = A6")), encoding="utf-8")
    words = ["check", "--as-of", SIGNED, "--fix=all", "--quiet", str(file)]

    main(words)
    told = capsys.readouterr().err
    main(words)

    where = "Reporting person 1, box 1,"
    assert told == (
        f"{file}: OWN-017: Move ONTARIO, CANADA to Country and answer yes to Non-US\n"
        "  Address\n"
        f"  {where} State: A6 -> (nothing)\n"
        f"  {where} Country: (nothing) -> A6\n"
        f"  {where} Non-US Address: no -> yes\n"
        f"{file}: 1 fix made\n"
    )
    address = held(file)["owners"][0]["address"]
    assert (address.get("state"), address["country"], address["non_us"]) == (None, "A6", True)
    assert capsys.readouterr().err == f"{file}: no fix made\n"
