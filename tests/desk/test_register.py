"""Commands that ask the register: new, check, render, pack, amend, and the start menu."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from form4_author.cli import main
from form4_author.desk.interview_register import clerk_at
from form4_author.files import draft_file
from form4_author.register import card
from form4_author.register.database import opened
from form4_author.register.place import place_of
from form4_author.register.record import recorded
from form4_author.wire.draft import draft_of
from form4_author.wizard import menu
from form4_author.wizard.option import Option
from tests.register.papers import NOW, paper, row

DOE = "0009999694"
TODAY = "2026-11-23"


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where Jane Doe's register is: 5,000 shares by a form of March, signed by Sam Roe; the usual one."""
    place = str(tmp_path / "register.sqlite3")
    book = opened(place_of(place), create=True)
    with book.writing() as session:
        assert recorded(session, paper(row(total="5000"), day="2026-03-04"), NOW) is not None
    book.close()
    monkeypatch.setenv("FORM4_REGISTER", place)
    return place


def change(register: str, kind: str, said: dict[str, Any], which: str = "") -> None:
    book = opened(place_of(register))
    with book.writing() as session:
        known = card.KINDS[kind]
        if which:
            card.edited(session, known, card.card_by_words(session, known, which), said)
        else:
            card.added(session, known, said)
    book.close()


def sold(folder: Path, total: str, signed: str = "/s/ Sam Roe, Attorney-in-Fact for Jane Doe") -> Path:
    """A draft of Jane Doe: 100 shares sold of what the register has."""
    line = row(total=total, code="S", transaction_form_type="4", equity_swap=False)
    data = {
        **_content(paper(line, day="2026-11-20", aff10b5_one=False)),
        "signatures": [{"name": signed, "date": TODAY}],
    }
    path = folder / "sold.form4.json"
    draft_file.save(path, draft_of(data))
    return path


def _content(filed: Any) -> dict[str, Any]:
    from form4_author.wire.draft import draft_from

    return draft_from(filed.filing)


def ids(told: str) -> list[str]:
    return [f["id"] for f in json.loads(told)["files"][0]["findings"] if f["severity"] != "note"]


# ---- checks


def test_the_register_tells_what_was_held_before(
    register: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = str(sold(tmp_path, "4800"))
    assert main(["check", "--as-of", TODAY, draft]) == 0
    assert "HLD-004" not in capsys.readouterr().out

    for asked in (["--register", draft], [draft, "--register", register], [draft, f"--register={register}"]):
        main(["check", "--as-of", TODAY, *asked])
        assert (
            "Amount Owned Following Transaction(s) is 4,800; 5,000 on Form 4 of 2026-03-04 − 100 gives 4,900"
        ) in " ".join(capsys.readouterr().out.split())


def test_powers_of_attorney_of_the_register_are_checked(
    register: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = str(sold(tmp_path, "4900"))
    main(["check", "--json", "--as-of", TODAY, "--register", draft])
    assert ids(capsys.readouterr().out) == ["SIG-006"]

    change(register, "poa", {"accession": "0009999001-26-000009"}, "1")
    main(["check", "--json", "--as-of", TODAY, "--register", draft])
    assert ids(capsys.readouterr().out) == []

    change(register, "poa", {"until": date(2026, 6, 30)}, "1")
    main(["check", "--json", "--as-of", TODAY, "--register", draft])
    assert ids(capsys.readouterr().out) == ["SIG-011"]

    main(
        [
            "check",
            "--json",
            "--as-of",
            TODAY,
            "--register",
            str(sold(tmp_path, "4900", "/s/ Ann Poe, attorney-in-fact")),
        ]
    )
    assert ids(capsys.readouterr().out) == ["SIG-010", "SIG-011"]


def test_facts_that_are_told_win_over_the_register(
    register: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(register, "poa", {"until": date(2026, 6, 30)}, "1")
    told = tmp_path / "facts.json"
    told.write_text(
        '{"powers": [{"principal": "Doe Jane", "agents": ["Sam Roe"], "accession_number": "0009999001-26-000009"}]}'
    )
    main(
        ["check", "--json", "--as-of", TODAY, "--facts", str(told), "--register", str(sold(tmp_path, "4800"))]
    )

    assert ids(capsys.readouterr().out) == ["HLD-004"]


def test_render_and_pack_ask_it_too(
    register: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = str(sold(tmp_path, "4800"))
    given = ["-o", str(tmp_path / "out"), "--only", "report", "--as-of", TODAY, "--register"]
    assert main(["render", draft, *given]) == 0
    assert "2 warning" in capsys.readouterr().out  # the total, and where the power of attorney is on file

    for asked, counted in ([], "no findings"), (["--register"], "2 warning"):
        monkeypatch.setattr("sys.stdin", io.StringIO("4 Doe Jane\n"))
        given = ["--live", "--as-of", TODAY, "--ccc-fd", _ccc(), *asked]
        assert main(["pack", draft, "-o", str(tmp_path / "e.xml"), *given]) == 0
        told = capsys.readouterr().out
        assert f"ready (Form 4): {counted}\n" in told
    assert told.endswith(f"When EDGAR has accepted it: form4 filed {draft} --accession NUMBER\n")


def _ccc() -> str:
    import os

    read, write = os.pipe()
    os.write(write, f"{DOE} abcd$123\n".encode())
    os.close(write)
    return str(read)


def test_a_register_that_is_not_there_is_told_by_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "none.sqlite3"
    assert main(["check", str(sold(tmp_path, "4800")), "--register", str(missing)]) == 2
    assert f"There is no register at {missing} yet" in " ".join(capsys.readouterr().err.split())


def test_check_without_the_option_loads_no_database(register: str, tmp_path: Path) -> None:
    code = (
        "import sys; from form4_author.cli import main; main(sys.argv[1:]);"
        "sys.exit(sorted({m.partition('.')[0] for m in sys.modules} & {'sqlalchemy', 'alembic'}) or 0)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "check", str(sold(tmp_path, "4800"))], capture_output=True, check=False
    )
    assert ended.stderr == b""


# ---- a new form


ANSWERS = """
- happened: "sold"
- events[0].date: "11/20"
- events[0].security: ""
- events[0].quantity: "100"
- events[0].price: "10"
- events[0].ownership: ""
- events[0].after_1: ""
- lines: "q"
"""


def answers(folder: Path, text: str) -> str:
    path = folder / "answers.yaml"
    path.write_text(text)
    return str(path)


def test_a_person_and_an_issuer_are_enough_to_begin(register: str, tmp_path: Path) -> None:
    path = tmp_path / "new.form4.json"
    given = ["--answers", answers(tmp_path, ANSWERS), "--as-of", TODAY, "-o", str(path)]
    assert main(["new", "--person", "doe", "--issuer", "EXWI", *given]) == 0

    data = draft_file.load(path).data
    assert data["owners"][0]["name"] == "Doe Jane"
    assert data["owners"][0]["address"]["city"] == "Springfield"
    assert data["non_derivative"][0]["amount_owned_following"] == "4900"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--person", "doe"], "--person and --issuer belong together"),
        (
            ["--person", "doe", "--issuer", "x", "--from", "y"],
            "--from and --person are two ways to begin; give one",
        ),
    ],
)
def test_half_a_person_is_refused(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", *words]) == 2
    assert capsys.readouterr().err == f"form4 new: {told}. See form4 new --help.\n"


def test_somebody_unknown_is_told(register: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--person", "nemo", "--issuer", "EXWI", "-o", str(tmp_path / "x.form4.json")]) == 2
    assert 'The register has no person "nemo"' in capsys.readouterr().err


def test_answers_of_before_go_on_without_the_first_question(register: str, tmp_path: Path) -> None:
    path = tmp_path / "new.form4.json"
    text = f'- owners[0].cik: "{DOE}"\n- issuer.cik: "q"\n'
    assert main(["new", "--answers", answers(tmp_path, text), "--as-of", TODAY, "-o", str(path)]) == 0
    assert draft_file.load(path).data["owners"][0]["name"] == "Doe Jane"


@pytest.mark.parametrize("content", ["not a database " * 400, None], ids=["another file", "cut off"])
def test_a_register_that_is_broken_stops_no_interview(
    content: str | None, register: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Path(register)
    if content is None:
        place.write_bytes(place.read_bytes()[:9000])
    else:
        place.write_text(content)
    path = tmp_path / "new.form4.json"
    text = '- owners[0].cik: "?"\n- owners[0].cik: "1"\n- owners[0].name: "q"\n'
    assert main(["new", "--answers", answers(tmp_path, text), "-o", str(path)]) == 0
    assert path.exists()


# ---- amendments


def test_a_form_on_record_is_amended(
    register: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, name in ("0009999001-26-000001", "a"), ("000999900126000001", "b"):
        target = tmp_path / f"{name}.form4.json"
        assert main(["amend", "--accession", number, "-o", str(target), "--lines", "all"]) == 0
        assert "Form 4/A with 1 line of the original." in capsys.readouterr().out
        data = draft_file.load(target).data
        assert data["date_of_original_submission"] == "2026-03-04"
        assert data["non_derivative"][0]["amount_owned_following"] == "5000"


def test_an_amendment_on_record_was_not_filed_when_its_original_was(
    register: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = opened(place_of(register))
    with book.writing() as session:
        recorded(session, paper(row(total="4900"), day="2026-04-06", number=2, form="4/A"), NOW)
    book.close()
    target = tmp_path / "a.form4.json"

    assert main(["amend", "--accession", "0009999001-26-000002", "-o", str(target)]) == 0
    assert "The original's filing date is missing: box 4" in capsys.readouterr().out
    assert "date_of_original_submission" not in draft_file.load(target).data


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--accession", "1-2-3"], "The register has no form with accession number 1-2-3"),
        ([], "give the form as FILE, or by --accession where it is recorded"),
        (["x.xml", "--accession", "1"], "give the form as FILE, or by --accession where it is recorded"),
    ],
)
def test_a_form_that_is_not_on_record_is_told(
    words: list[str], told: str, register: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["amend", *words, "-o", str(tmp_path / "a.form4.json")]) == 2
    assert told in capsys.readouterr().err


# ---- the start menu


def test_the_menu_shows_persons_and_what_ends_soon(register: str) -> None:
    change(register, "poa", {"until": date(2026, 12, 31)}, "1")
    found = clerk_at(None, date(2026, 11, 23)).recorded()

    assert found == menu.RecordedOffers(
        persons=(
            Option(
                "9999694 9999001",
                "Doe Jane · EXWI · Form 4 filed 03/04/2026",
                "Doe Jane 9999694 Example Widgets Inc. 9999001",
            ),
        ),
        filings=(
            Option("0009999001-26-000001", "Form 4 of 03/04/2026 · Doe Jane · EXWI · 0009999001-26-000001"),
        ),
        messages=("The power of attorney of Doe Jane to Sam Roe ends 12/31/2026.",),
    )
    assert clerk_at(None, date(2026, 10, 23)).recorded().messages == ()


# ---- what programs read


@pytest.mark.parametrize(
    "words",
    [
        "person list",
        "person show doe",
        "issuer show EXWI",
        "poa list",
        "holdings doe EXWI",
        "register show",
        "due",
    ],
)
def test_the_help_names_every_key_of_the_json(
    register: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_TODAY", TODAY)
    sold(tmp_path, "4900")
    assert main([*words.split(), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    first = found[0] if isinstance(found, list) else found
    cells = {"security_title", "ownership_form"}  # of a line, as a draft has them

    main([*words.split()[: 1 if words.startswith(("holdings", "due")) else 2], "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert {key for key in first if f'"{key}"' not in told} <= cells
    assert ("--json write JSON: a list of {" in told) == words.endswith(" list")
