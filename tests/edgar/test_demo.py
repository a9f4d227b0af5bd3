"""The local EDGAR of `form4 demo edgar`: its filings are sound, and a register fills itself from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from form4_author.cli import main
from form4_author.desk.clock import today
from form4_author.desk.intake import judged
from form4_author.edgar.demo.filings import fictitious_filings
from form4_author.edgar.demo.token import DEMO_TOKENS
from tests.edgar.conftest import use
from tests.edgar.local import local_edgar

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_fictitious_filings_have_no_finding_of_weight(tmp_path: Path) -> None:
    for each in fictitious_filings():
        file = tmp_path / f"{each.accession}.txt"
        file.write_bytes(each.text)
        report = judged(str(file), None, today).report
        assert [f for f in report.findings if f.severity.name != "NOTE"] == [], each.accession


def test_a_register_fills_itself_from_them(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_edgar(fictitious_filings()) as run:
        use(run, monkeypatch)
        assert main(["import", "--ticker", "EXMP"]) == 0
    out = capsys.readouterr().out
    assert out.endswith(
        "22 added, 0 known already, 0 refused; 1 about other issuers left out; 23 fetched from EDGAR.\n"
    )
    held = []
    for cik in ("9990002", "9990003", "9990004", "9990005"):
        main(["holdings", cik, "EXMP", "--json"])
        held += [line["held"] for line in json.loads(capsys.readouterr().out)]
    assert held == ["8300", "39540", "1100000", "1100000"]


def test_the_command_says_how_to_read_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("form4_author.cli.demo.time.sleep", stop)
    assert main(["demo", "edgar"]) == 0

    first, *rest = capsys.readouterr().out.splitlines()
    base = first.removeprefix("Local EDGAR with 23 filings at ")
    assert base.startswith("http://127.0.0.1:")
    assert rest == [
        "  EXAMPLE CORP, symbol EXMP, CIK 999001",
        "  SAMPLE HOLDINGS INC, symbol SMPL, CIK 999002",
        "  Doe Jane A, CIK 9990002",
        "  Roe Richard B, CIK 9990003",
        "  SAMPLE FUND LP, CIK 9990004",
        "  SAMPLE MANAGERS LLC, CIK 9990005",
        "In another terminal, with a register for the trial:",
        f"  export FORM4_EDGAR_DATA={base}",
        f"  export FORM4_EDGAR_WWW={base}",
        f"  export FORM4_EDGAR_API={base}",
        "  export FORM4_REGISTER=demo.sqlite3",
        "  form4 import --ticker EXMP",
        "Tokens of the trial for form4 submit and form4 status, filer and user:",
        *(f"  {token}" for token in DEMO_TOKENS),
        "Nothing leaves this computer. Ctrl-C ends it.",
        "",
        "The local EDGAR ended.",
    ]


def test_a_folder_without_filings_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "edgar", "--filings", str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"form4: There is no filing in {tmp_path}. Name a folder with the .txt files of filings.\n"
    )
