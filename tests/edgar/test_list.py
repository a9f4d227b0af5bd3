"""Lists and ticker files as EDGAR answers them, in every shape: read leniently, and a sentence for what is no list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.cli import main
from form4_author.edgar.filer import entries_of_page, filer_list
from form4_author.edgar.refusal import EdgarError
from form4_author.edgar.ticker import tickers_in
from tests.edgar.conftest import use
from tests.edgar.local import filed, local_edgar

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = {
    "accessionNumber": ["0000999001-26-000003", "0000999001-26-000002", "x", "0000999001-26-000001", None],
    "filingDate": ["2026-10-06", "2026-10-05T00:00:00", "2026-10-04"],
    "form": ["4", "8-K", "4", "4/A", "3"],
}


def listed(**more: Any) -> bytes:
    return json.dumps(
        {"cik": "0000999001", "name": "EXAMPLE  CORP", "filings": {"recent": COLUMNS}, **more}
    ).encode()


@pytest.mark.parametrize("cik", ["0000999001", "999001", 999001, None, [], True])
def test_a_list_is_read_leniently(cik: object) -> None:
    read = filer_list(listed(cik=cik), "999001")

    assert read.name == "EXAMPLE CORP"
    assert [(e.accession, e.form, str(e.filed)) for e in read.entries] == [
        ("0000999001-26-000003", "4", "2026-10-06"),
        ("0000999001-26-000001", "4/A", "None"),
    ]


@pytest.mark.parametrize(
    "filings",
    [
        None,
        [],
        {},
        {"recent": []},
        {"recent": {"accessionNumber": {}}},
        {"recent": {"form": ["4"]}, "files": None},
    ],
)
def test_a_list_without_filings_is_empty(filings: object) -> None:
    read = filer_list(listed(filings=filings), "999001")
    assert (read.entries, read.pages) == ((), ())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"<html>log in</html>",
        b"[" * 100_000,
        b'{"a": ' * 50_000,
        b'{"cik": ' + b"9" * 5000 + b"}",
        b"\xff",
    ],
)
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(EdgarError) as caught:
        filer_list(content, "999001")
    assert str(caught.value) == (
        "EDGAR's answer for CIK 999001 can't be read as a list. Give the command again later; a log-in page of the network may"
        " answer in EDGAR's place."
    )


def test_another_filers_list_is_refused() -> None:
    with pytest.raises(EdgarError, match=r"EDGAR's answer for CIK 999002 is the list of CIK 999001\."):
        filer_list(listed(), "999002")


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "CIK0000999002-submissions-001.json", "CIK0000999001-submissions-001.json\n", 7],
)
def test_an_older_page_of_another_name_is_refused(name: object) -> None:
    with pytest.raises(EdgarError, match=r"has an older page of the name"):
        filer_list(listed(filings={"recent": COLUMNS, "files": [{"name": name}]}), "999001")


@pytest.mark.parametrize("wrapped", [False, True])
def test_an_older_page_has_its_columns_at_the_top(wrapped: bool) -> None:
    data = {"filings": {"recent": COLUMNS}} if wrapped else COLUMNS
    assert len(entries_of_page(json.dumps(data).encode(), "page")) == 2


# ---- tickers


COMPANIES = {
    "0": {"cik_str": 999001, "ticker": "EXMP", "title": "Example Corp"},
    "1": {"cik_str": "0000999001", "ticker": "EX.B", "title": "Example Corp"},
    "2": {"cik_str": 999002, "ticker": "SMPL", "title": "Sample Holdings Inc"},
    "3": "nothing",
    "4": {"cik_str": [], "ticker": "X", "title": "X"},
}
EXCHANGE = {"fields": ["cik", "name", "ticker", "exchange"], "data": [[999001, "Example Corp", "EXMP", "Nasdaq"], [999002, "Sample Holdings Inc", "SMPL", None], "x"]}  # fmt: skip


@pytest.mark.parametrize("data", [COMPANIES, EXCHANGE])
def test_both_shapes_of_the_ticker_file_are_read(data: object) -> None:
    tickers = tickers_in(json.dumps(data).encode())

    assert tickers.names == {"999001": "Example Corp", "999002": "Sample Holdings Inc"}
    assert tickers.of("exmp") == ("999001",)
    assert tickers.named("holdings sample") == ("999002",)
    assert tickers.named("0000999001") == ("999001",)
    assert tickers.named("") == ()


def test_a_symbol_is_written_with_any_separator() -> None:
    tickers = tickers_in(json.dumps(COMPANIES).encode())
    assert tickers.of("ex-b") == tickers.of("EX/B") == tickers.of("Ex.B") == ("999001",)


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> tuple[str, str]:
    assert main(list(words)) == code
    said = capsys.readouterr()
    return said.out, said.err


def test_the_list_is_stored_and_used_without_the_network(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "tickers", "QLYS", code=2) == (
        "",
        (
            "form4: The SEC's list of ticker symbols is not stored on this computer. Fetch it with form4 tickers --update, or name"
            " a file with --tickers FILE.\n"
        ),
    )
    with local_edgar([filed()]) as run:
        use(run, monkeypatch)
        _out, err = told(capsys, "tickers", "--update")
        assert err.splitlines()[-1] == "form4: The SEC's list has 1 companies and is stored here."
        run.edgar.requests.clear()
        assert told(capsys, "tickers", "qualys") == ("   1107843  QLYS      QUALYS, INC.\n", "")
        assert told(capsys, "tickers", "nothing", code=2) == (
            "",
            'form4: No company in the list has "nothing" as its symbol, name or CIK.\n',
        )
        assert run.paths == []


def test_a_file_takes_the_lists_place(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "t.json"
    file.write_text(json.dumps(COMPANIES), encoding="utf-8")

    out, _err = told(capsys, "tickers", "--tickers", str(file), "--json", "exmp")
    assert json.loads(out) == [{"cik": "999001", "name": "Example Corp", "symbols": ["EXMP", "EX-B"]}]
    file.write_text("{}", encoding="utf-8")
    assert told(capsys, "tickers", "--tickers", str(file), "exmp", code=2)[1] == (
        f"form4: {file}: there is no company in the file. Use company_tickers.json or company_tickers_exchange.json from"
        " www.sec.gov/files.\n"
    )


def test_an_issuer_is_added_by_its_symbol(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "t.json"
    file.write_text(json.dumps(COMPANIES), encoding="utf-8")
    listed = ("--tickers", str(file))

    assert told(capsys, "issuer", "add", "--symbol", "exmp", "--country", "X1", *listed)[1] == ""
    (added,) = json.loads(told(capsys, "issuer", "list", "--json")[0])
    assert (added["cik"], added["name"], added["trading_symbol"]) == ("999001", "Example Corp", "EXMP")
    assert told(capsys, "issuer", "add", "--symbol", "NONE", "--name", "None Inc", *listed, code=2)[1] == (
        'form4: No company has the ticker symbol "NONE" in the SEC\'s file. Find the company with form4 tickers NAME, or'
        " give its CIK with --cik.\n"
    )


WRONG = "form4: Warning: CIK 999001 belongs to Example Corp in the SEC's list of companies, not to {}. Check it.\n"


def test_a_cik_of_another_name_is_a_warning(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "t.json"
    file.write_text(json.dumps(COMPANIES), encoding="utf-8")
    listed = ("--tickers", str(file))

    said = told(capsys, "issuer", "add", "--cik", "999001", "--name", "Other Inc", *listed)
    assert said[1] == WRONG.format("Other Inc")
    said = told(capsys, "person", "add", "--cik", "999001", "--name", "Doe Jane", *listed)
    assert said[1] == WRONG.format("Doe Jane")
    assert told(capsys, "person", "add", "--cik", "999009", "--name", "Doe John", *listed)[1] == ""
