"""`form4 new`, `resume`, `edit` without a terminal, and the start menu's questions."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.wire.draft import draft_of
from form4_author.wizard import review
from tests.packets import packets_in
from tests.selection import some

ANSWERS = Path(__file__).parents[1] / "wizard" / "answers" / "seed.yaml"
SIGNED = "2024-11-04"


def test_answers_make_the_draft_and_the_packet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = packets_in(tmp_path / "packets", monkeypatch)
    target = tmp_path / "seed.form4.json"
    assert main(["new", "--answers", str(ANSWERS), "--as-of", SIGNED, "-o", str(target)]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out.endswith(
        f"Change something: form4 edit {target}\nWhen EDGAR has accepted it: form4 filed {target}"
        " --accession NUMBER\n"
        f"{target}: ready (Form 4, X0609): no findings\n"
    )
    assert (place / "2024-11-01 Thakar QLYS Form 4 (vest)" / "form4.xml").exists()


def test_recorded_answers_replay_to_the_same_draft(tmp_path: Path) -> None:
    first, second, record = tmp_path / "a.form4.json", tmp_path / "b.form4.json", tmp_path / "answers.yaml"
    main(["new", "--answers", str(ANSWERS), "--as-of", SIGNED, "-o", str(first), "--record", str(record)])
    main(["new", "--answers", str(record), "--as-of", SIGNED, "-o", str(second)])
    assert json.loads(second.read_text()) == json.loads(first.read_text())


def test_a_draft_that_is_there_is_not_started_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "d.form4.json"
    target.write_text("{}", encoding="ascii")
    assert main(["new", "--answers", str(ANSWERS), "-o", str(target)]) == 2
    told = f"form4: {target} is already there. Continue it with form4 resume {target}, or choose a different name.\n"
    assert capsys.readouterr().err == told


def test_without_a_terminal_answers_are_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "-o", str(tmp_path / "d.form4.json")]) == 2
    told = "form4: the interview needs a terminal. Without one, give --answers FILE.\n"
    assert capsys.readouterr().err == told


@pytest.mark.long
def test_leaving_says_how_to_go_on_and_resume_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    some, rest = tmp_path / "some.yaml", tmp_path / "rest.yaml"
    lines = [line for line in ANSWERS.read_text().splitlines(keepends=True) if not line.startswith("#")]
    cut = next(n for n, line in enumerate(lines) if line.startswith("- owners[0].address.street1"))
    some.write_text("".join([*lines[:cut], '- owners[0].address.street1: "q"\n']))
    rest.write_text("".join(lines[cut:]))
    target = tmp_path / "d.form4.json"
    assert main(["new", "--answers", str(some), "--as-of", SIGNED, "-o", str(target)]) == 0
    assert capsys.readouterr().out.endswith(f"Saved. Go on with: form4 resume {target}\n")
    assert main(["resume", str(target), "--answers", str(rest), "--as-of", SIGNED]) == 0
    assert f"{target}: ready (Form 4, X0609): no findings\n" in capsys.readouterr().out


@pytest.fixture
def unsigned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A joint filing whose interview was left before the second person signed."""
    monkeypatch.chdir(tmp_path)
    given = ANSWERS.with_name("joint_units_and_gift.yaml").read_text().splitlines(keepends=True)
    cut = next(n for n, line in enumerate(given) if line.startswith("- signing[1].capacity"))
    Path("some.yaml").write_text("".join([*given[:cut], "- signing[1].capacity: q\n"]))
    assert main(["new", "--answers", "some.yaml", "--as-of", SIGNED, "-o", "d.form4.json"]) == 0
    return Path("d.form4.json")


TRUST = "Signature for Doe Family Trust"
OPEN = f"{TRUST}, Who signs?"


def test_an_open_question_withholds_the_xml(unsigned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The signature that is there names the other person as well: no finding spoke of the one that is missing."""
    data = json.loads(unsigned.read_text())
    data["signatures"] = [{"name": "/s/ John Roe, Attorney-in-Fact for each", "date": SIGNED}]
    unsigned.write_text(json.dumps(data))
    Path("out").mkdir()
    Path("out/form4.xml").write_text("of an earlier run")
    capsys.readouterr()

    assert main(["render", str(unsigned), "-o", "out", "--only", "xml,html,report", "--as-of", SIGNED]) == 1
    out = capsys.readouterr().out
    assert f"OPEN     {OPEN}\n" in out
    assert "No XML was made: answer the open questions first, with form4 resume." in out
    assert {path.name for path in Path("out").iterdir()} == {
        "form4.html", "report.txt", "report.json", "manifest.json"
    }  # fmt: skip
    assert '<p class="draft-mark">DRAFT</p>' in Path("out/form4.html").read_text()
    report = json.loads(Path("out/report.json").read_text())["files"][0]
    assert (report["verdict"], report["open"]) == (
        "blocked",
        [OPEN, f"{TRUST}, Signature as typed on the form", f"{TRUST}, Date of signature"],
    )
    assert main(["check", str(unsigned), "--quiet", "--as-of", SIGNED]) == 1
    assert capsys.readouterr().out.endswith(", 3 open questions\n")
    assert main(["pack", str(unsigned), "-o", "o.xml", "--test", "--as-of", SIGNED]) == 1
    assert not Path("o.xml").exists()


def test_the_review_makes_no_packet_of_it(unsigned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("p.yaml").write_text("- review: p\n")

    assert main(["edit", str(unsigned), "--answers", "p.yaml", "--as-of", SIGNED]) == 2
    assert capsys.readouterr().err.startswith(
        'form4: Answer 1, review: "p" is not accepted: Correct or override the findings that block the packet'
    )


@pytest.mark.long
@pytest.mark.parametrize(
    "interview",
    some(
        [None, "gone", {}, {"at": ["review"]}, {"foreign_issuer": "no"}, {"at": "review"}],
        [None, {"at": "review"}],
    ),
)
def test_a_draft_without_an_interview_has_no_open_question(
    interview: object, unsigned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(unsigned.read_text())
    data["interview"] = interview
    if interview is None:
        del data["interview"]
    unsigned.write_text(json.dumps(data))
    capsys.readouterr()

    main(["check", str(unsigned), "--quiet", "--as-of", SIGNED])
    assert "open question" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "answers", [["- review: q"], ["- review: s", "- sections: '6'", "- signing[0].capacity: q"]]
)
@pytest.mark.parametrize("name", ["seed", "joint", "gift"])
def test_a_filing_that_was_opened_at_its_review_stays_ready(
    name: str,
    answers: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It says who signs, and no interview asked."""
    monkeypatch.chdir(tmp_path)
    Path("d.form4.json").write_text(json.dumps(draft(name)))
    Path("q.yaml").write_text("\n".join(answers))

    main(["check", "d.form4.json", "--quiet", "--as-of", "2026-10-21"])
    before = capsys.readouterr().out
    assert main(["edit", "d.form4.json", "--answers", "q.yaml", "--as-of", "2026-10-21"]) == 0
    assert "interview" in json.loads(Path("d.form4.json").read_text())
    capsys.readouterr()
    main(["check", "d.form4.json", "--quiet", "--as-of", "2026-10-21"])
    assert capsys.readouterr().out == before


def test_a_draft_that_no_interview_can_walk_has_findings(
    unsigned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(unsigned.read_text())
    data["owners"], data["interview"]["events"] = "none", 7
    unsigned.write_text(json.dumps(data))
    capsys.readouterr()

    assert main(["check", str(unsigned), "--quiet", "--as-of", SIGNED]) == 1


def test_a_question_that_a_warning_speaks_of_is_open_all_the_same(unsigned: Path) -> None:
    from form4_author.findings import Finding, Severity

    data = json.loads(unsigned.read_text())
    warned = Finding("SIG-004", Severity.WARNING, ("signatures", 1), "2 reporting persons, but 1 signature")
    found = review.problems(draft_of(data), (warned,))

    assert next((p.words, p.blocks) for p in found) == (f"Not answered yet: {OPEN}", True)


def test_without_a_name_the_only_draft_that_waits_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    words = tmp_path / "w.yaml"
    words.write_text('- review: "q"\n')
    assert main(["edit", "--answers", str(words)]) == 2
    assert capsys.readouterr().err == "form4: There is no draft to file. Start one: form4 new.\n"

    main(["new", "--answers", str(ANSWERS), "--as-of", SIGNED, "-o", "a.form4.json"])
    capsys.readouterr()
    assert main(["edit", "--answers", str(words), "--as-of", SIGNED]) == 0
    assert "a.form4.json: ready (Form 4, X0609): no findings\n" in capsys.readouterr().out

    Path("b.form4.json").write_bytes(Path("a.form4.json").read_bytes())
    os.utime("b.form4.json", (0, 0))
    assert main(["edit", "--answers", str(words)]) == 2
    assert capsys.readouterr().err == (
        "form4: 2 drafts are open. Name one: form4 edit DRAFT.\n"
        "Tue 11/05 LATE  4     Thakar, QLYS      #1 vest 11/01\n    a.form4.json\n"
        "Tue 11/05 LATE  4     Thakar, QLYS      #2 vest 11/01\n    b.form4.json\n"
    )


def test_edit_opens_at_the_review(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target, words = tmp_path / "d.form4.json", tmp_path / "w.yaml"
    main(["new", "--answers", str(ANSWERS), "--as-of", SIGNED, "-o", str(target)])
    words.write_text('- review: "q"\n')
    capsys.readouterr()
    assert main(["edit", str(target), "--answers", str(words), "--as-of", SIGNED]) == 0
    assert f"{target}: ready (Form 4, X0609): no findings\n" in capsys.readouterr().out


def test_answers_that_part_from_the_interview_say_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text('- issuer.cik: "1"\n')
    words = ["new", "--answers", str(wrong), "--strict", "--as-of", SIGNED]
    assert main([*words, "-o", str(tmp_path / "d.form4.json")]) == 2
    assert capsys.readouterr().err.startswith(
        "form4: Answer 1 is for issuer.cik, but the interview asks owners[0].cik ("
    )
