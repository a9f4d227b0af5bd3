"""`form4 check`: verdicts, exit codes, the JSON object, files of every kind side by side."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from form4_author import __version__
from form4_author.checks import run
from form4_author.checks.base import Cite, rule
from form4_author.checks.example import draft, edited
from form4_author.checks.registry import rules
from form4_author.cli import main
from form4_author.files import disk
from form4_author.findings import Hit, Severity
from form4_author.model.facts import IssuerFacts
from form4_author.timing.legal_data import basis, basis_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.checks.base import Context
    from form4_author.model.facts import Facts
    from form4_author.model.filing import Filing

SIGNED = "2024-11-04"


def written(folder: Path, name: str, data: dict[str, Any]) -> str:
    file = folder / name
    file.write_text(json.dumps(data), encoding="utf-8")
    return str(file)


@pytest.fixture
def clean(tmp_path: Path) -> str:
    return written(tmp_path, "clean.form4.json", draft("seed"))


@pytest.fixture
def flawed(tmp_path: Path) -> str:
    return written(tmp_path, "flawed.form4.json", edited("non_derivative[0].acquired_disposed = A"))


def test_a_clean_draft_is_ready(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--as-of", SIGNED, clean]) == 0
    assert capsys.readouterr().out == f"{clean}: ready (Form 4, X0609): no findings\n{basis()}\n"


def test_a_flawed_draft_is_blocked_and_says_where(flawed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--as-of", SIGNED, flawed]) == 1
    out = capsys.readouterr().out
    assert out.startswith(
        "ERROR    TXN-007  Table I, line 1, column 4, (A) or (D)\n"
        "    (A) or (D) is A, but Transaction Code F means a disposition, D\n"
    )
    assert out.endswith(f"{flawed}: blocked (Form 4, X0609): 1 error\n{basis()}\n")


def test_no_line_is_wider_than_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(
        tmp_path,
        "d.json",
        edited("delete period_of_report; owners[0].address.state = A6; remark = x; signatures = []"),
    )
    assert main(["check", "--as-of", SIGNED, "d.json"]) == 1
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_the_json_object_has_the_designed_shape(flawed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", "--as-of", SIGNED, flawed]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "tool": "form4-author",
        "version": __version__,
        **basis_data(()),
        "files": [
            {
                "file": flawed,
                "filing": "Form 4 · Thakar Sumedh S · QUALYS, INC. [QLYS] · 11/01/2024",
                "xml_sha256": None,
                "as_of": SIGNED,
                "rules": len(rules()),
                "register": False,
                "form": "4",
                "edition": "X0609",
                "verdict": "blocked",
                "counts": {"suspense": 0, "error": 1, "warning": 0, "note": 0},
                "findings": [
                    {
                        "id": "TXN-007",
                        "severity": "error",
                        "path": "non_derivative[0].acquired_disposed",
                        "line": None,
                        "message": "(A) or (D) is A, but Transaction Code F means a disposition, D",
                        "cites": ["Form 4, Instr. 8", "SEC, Ownership Form Codes"],
                        "related": ["non_derivative[0].transaction_code"],
                    }
                ],
            }
        ],
    }


def test_the_json_report_of_a_ready_draft_has_the_hash_of_its_xml(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "seed.form4.json", edited(""))
    (tmp_path / "none.xml").write_bytes(b"<")
    assert main(["render", "seed.form4.json", "-o", "packet", "--only", "xml,report", "--as-of", SIGNED]) == 0
    packed = json.loads((tmp_path / "packet/report.json").read_bytes())["files"]
    capsys.readouterr()
    assert main(["check", "--json", "--as-of", SIGNED, "seed.form4.json", "none.xml"]) == 2
    ready, unreadable = json.loads(capsys.readouterr().out)["files"]
    assert ready["xml_sha256"] == sha256((tmp_path / "packet/form4.xml").read_bytes()).hexdigest()
    assert packed == [ready]
    assert {"filing", "xml_sha256", "as_of", "rules", "register"}.isdisjoint(unreadable)


def test_an_override_with_a_reason_makes_an_error_fileable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = edited("non_derivative[0].acquired_disposed = A")
    data["overrides"] = [
        {
            "id": "TXN-007",
            "path": "non_derivative[0].acquired_disposed",
            "reason": "As the issuer's counsel advised.",
            "at": "2024-11-04T21:00:00-05:00",
        }
    ]
    file = written(tmp_path, "o.json", data)
    assert main(["check", "--as-of", SIGNED, file]) == 0
    out = capsys.readouterr().out
    assert f"{file}: ready, with overrides (Form 4, X0609): 1 error\n" in out
    assert "OVERRIDE TXN-007  Table I, line 1, column 4, (A) or (D): As the issuer's counsel\n" in out


def test_a_suspense_finding_cannot_be_overridden(tmp_path: Path) -> None:
    data = edited("delete period_of_report")
    data["overrides"] = [
        {"id": "DOC-032", "path": "period_of_report", "reason": "No.", "at": "2024-11-04T21:00:00-05:00"}
    ]
    assert main(["check", "--as-of", SIGNED, written(tmp_path, "o.json", data)]) == 1


def test_one_unreadable_file_does_not_stop_the_others(
    clean: str, flawed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.xml"
    page.write_text("<html></html>", encoding="ascii")
    assert main(["check", "--as-of", SIGNED, clean, str(page), str(tmp_path), flawed]) == 2
    verdicts = [
        line.removeprefix(str(tmp_path))
        for line in capsys.readouterr().out.splitlines()
        if line.startswith(str(tmp_path))
    ]
    assert verdicts == [
        "/clean.form4.json: ready (Form 4, X0609): no findings",
        "/page.xml: unreadable: 1 suspense",
        ": unreadable: 1 suspense",
        "/flawed.form4.json: blocked (Form 4, X0609): 1 error",
    ]


def test_an_unreadable_file_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "none.xml")
    assert main(["check", "--json", missing]) == 2
    (told,) = json.loads(capsys.readouterr().out)["files"]
    assert (told["verdict"], told["form"], told["edition"]) == ("unreadable", None, None)
    (finding,) = told["findings"]
    assert (finding["id"], finding["severity"]) == ("DOC-022", "suspense")
    assert finding["message"] == "There is no file of this name. Check the name and the folder."


def refuse_to_open(name: str, error: OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    """This file alone can't be opened."""

    def refuse(call: str, place: str) -> None:
        if (call, place) == ("open", name):
            raise error

    monkeypatch.setattr(disk, "before", refuse)


def test_a_file_that_may_not_be_read(
    clean: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refuse_to_open(clean, PermissionError(13, "Permission denied"), monkeypatch)
    assert main(["check", clean]) == 2
    assert "This file may not be read. Ask for permission to read it." in capsys.readouterr().out


def test_any_other_trouble_with_the_file_is_told(
    clean: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refuse_to_open(clean, OSError(5, "Input/output error"), monkeypatch)
    assert main(["check", clean]) == 2
    assert "The system cannot read it: Input/output error." in " ".join(capsys.readouterr().out.split())


def test_yaml_scalars_stay_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(
        "form: 4\nperiod_of_report: 2024-11-01\nissuer:\n  cik: 0001107843\n  trading_symbol: NO\n",
        encoding="ascii",
    )
    main(["check", "--json", "--as-of", SIGNED, str(file)])
    found = json.loads(capsys.readouterr().out)["files"][0]["findings"]
    assert [f["path"] for f in found] == ["owners", "aff10b5_one", "non_derivative", "signatures"]


@pytest.mark.parametrize(
    ("name", "text", "id"),
    [
        ("broken.json", '{"form": "4"', "DOC-023"),
        ("list.json", "[1, 2]", "DOC-030"),
        ("broken.yaml", "form: [4", "DOC-023"),
    ],
)
def test_broken_drafts_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, id: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="ascii")
    assert main(["check", "--json", str(file)]) == 2
    assert [f["id"] for f in json.loads(capsys.readouterr().out)["files"][0]["findings"]] in (
        [id],
        ["DOC-030"],
    )


def test_files_are_told_in_the_order_given_however_many_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [written(tmp_path, f"{n:02}.json", draft("seed")) for n in range(40, 0, -1)]
    assert main(["check", "--jobs", "2", "--as-of", SIGNED, *files]) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()[:-1]] == files


def test_the_json_is_the_same_however_many_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [written(tmp_path, f"{n:02}.json", draft("seed")) for n in range(40)]
    shown = []
    for jobs in (["--jobs", "1"], ["--jobs", "2"], []):
        assert main(["check", "--json", *jobs, "--as-of", SIGNED, *files]) == 0
        shown.append(capsys.readouterr().out)

    assert [each["file"] for each in json.loads(shown[0])["files"]] == files
    assert shown[1] == shown[2] == shown[0]


def test_as_of_decides_what_lies_in_the_future(clean: str) -> None:
    assert main(["check", "--as-of", "2024-10-01", clean]) == 1
    assert main(["check", "--as-of", "2024-11-01", clean]) in (0, 1)


def test_the_day_comes_from_the_environment_when_told(clean: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORM4_TODAY", "2024-10-01")
    assert main(["check", clean]) == 1
    monkeypatch.setenv("FORM4_TODAY", SIGNED)
    assert main(["check", clean]) == 0


def test_a_day_that_is_none_is_refused(
    clean: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORM4_TODAY", "today")
    assert main(["check", clean]) == 2
    assert "FORM4_TODAY" in " ".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check"], "form4 check: the following arguments are required: FILE. See form4 check --help.\n"),
        (["check", "--jobs", "0", "x"], "form4 check: --jobs must be 1 or more. See form4 check --help.\n"),
        (
            ["check", "--as-of", "yesterday", "x"],
            'form4 check: argument --as-of: "yesterday" is not a date of the form YYYY-MM-DD. See form4 check --help.\n',
        ),
    ],
)
def test_wrong_usage(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err == told


def test_quiet_prints_the_verdicts_only(clean: str, flawed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--quiet", "--as-of", SIGNED, clean, flawed]) == 1
    assert capsys.readouterr().out == (
        f"{clean}: ready (Form 4, X0609): no findings\n{flawed}: blocked (Form 4, X0609): 1 error\n"
    )


def test_sarif_is_one_log_for_all_files(clean: str, flawed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--sarif", "--as-of", SIGNED, clean, flawed]) == 1
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["TXN-007"]
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == [
        f"file://{clean}",
        f"file://{flawed}",
    ]


def test_one_shape_at_a_time(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", "--sarif", clean]) == 2
    assert "not allowed with" in capsys.readouterr().err


SHAPES: tuple[list[str], ...] = ([], ["--json"], ["--sarif"], ["--quiet"])


@pytest.mark.parametrize("shape", SHAPES, ids=["text", "json", "sarif", "quiet"])
@pytest.mark.parametrize("jobs", [[], ["--jobs", "2"]], ids=["one process", "two"])
def test_the_exit_code_is_the_worst_verdict_s_in_every_shape(
    clean: str,
    flawed: str,
    tmp_path: Path,
    shape: list[str],
    jobs: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    missing = str(tmp_path / "missing.xml")
    told = [
        main(["check", *shape, *jobs, "--as-of", SIGNED, *files])
        for files in ([clean], [clean, flawed], [clean, flawed, missing], [missing])
    ]
    assert told == [0, 1, 2, 2]


def test_prior_filings_and_facts_reach_the_rules(
    tmp_path: Path, clean: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[Facts] = []

    def looks(_filing: Filing, context: Context) -> Iterator[Hit]:
        seen.append(context.facts)
        yield from ()

    monkeypatch.setattr(
        run, "running", lambda *, facts: (rule("TXN-012", "Looks", Severity.NOTE, Cite("x"))(looks),)
    )
    filed = tmp_path / "filed"
    (filed / "2024").mkdir(parents=True)
    written(filed / "2024", "later.form4.json", draft("seed"))
    written(
        filed, "earlier.form4.json", edited("period_of_report = 2024-10-01; signatures[0].date = 2024-10-02")
    )
    (filed / "notes.txt").write_text("bought milk", encoding="ascii")
    (filed / "scan.pdf").write_bytes(b"%PDF-1.7")
    alone = written(
        tmp_path, "alone.json", edited("period_of_report = 2024-10-14; signatures[0].date = 2024-10-15")
    )
    facts = tmp_path / "facts.yaml"
    facts.write_text("issuer: {cik: 1107843, fiscal_year_end: 12-31, listed: true}\n", encoding="ascii")

    words = ["--facts", str(facts), "--filed", "2024-11-05T21:30", "--history", str(filed), alone]
    assert main(["check", "--as-of", SIGNED, clean, *words]) == 0

    (told,) = seen
    assert told.history is not None
    assert told.issuer == IssuerFacts(cik="1107843", fiscal_year_end=(12, 31), listed=True)
    assert [(Path(p.file).name, p.day) for p in told.history] == [
        ("earlier.form4.json", date(2024, 10, 2)),
        ("alone.json", date(2024, 10, 15)),
        ("later.form4.json", date(2024, 11, 4)),
    ]
    assert told.filing_at is not None
    assert told.filing_at.isoformat() == "2024-11-05T21:30:00-05:00"
    assert capsys.readouterr().err == (
        f"form4: {filed / 'notes.txt'}: left out of the history: This is not XML\n"
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "gone.yaml",
            None,
            "can't be opened: no such file or directory. Check the name and the permissions.",
        ),
        ("facts.yaml", "issuer: {cik: [", "is not well-formed YAML"),
        ("facts.yaml", "insurer: {}", "Facts: insurer: it is not a known key."),
    ],
)
def test_a_facts_file_that_is_none_is_told(
    tmp_path: Path, clean: str, name: str, content: str | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_text(content, encoding="ascii")
    assert main(["check", clean, "--facts", str(file)]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_a_prior_filing_named_itself_must_be_one(
    tmp_path: Path, clean: str, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "missing.xml"
    assert main(["check", clean, "--history", str(missing)]) == 2
    assert capsys.readouterr().err.startswith(f"form4: {missing}: There is no file of this name.")


def test_a_time_that_is_none_is_told(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", clean, "--filed", "tonight"]) == 2
    assert capsys.readouterr().err == (
        'form4 check: argument --filed: "tonight" is not a time such as 2026-11-23T21:40. See form4 check --help.\n'
    )
