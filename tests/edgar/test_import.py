"""`form4 import` from a local EDGAR: what enters the register, in which order, and what is asked of EDGAR for it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.cli import main
from form4_author.edgar.cache import cache_of
from form4_author.edgar.demo.server import Reply, threshold_page
from form4_author.files.lock import edgar_lock
from tests.edgar.conftest import use
from tests.edgar.local import CONTACT, filed, local_edgar, many

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.edgar.demo.server import Request
    from tests.edgar.local import Run

ISSUER, PERSON = "1107843", "1626115"


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> tuple[str, str]:
    capsys.readouterr()
    try:
        given = main(list(words))
    except SystemExit as ended:
        given = int(str(ended.code))
    said = capsys.readouterr()
    assert given == code, said.err
    return said.out, said.err


def holdings(capsys: pytest.CaptureFixture[str], *more: str) -> Any:
    return json.loads(told(capsys, "holdings", PERSON, ISSUER, "--json", *more)[0])


def test_an_issuers_history_enters_the_register(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_edgar(many(7), rows=3) as run:
        use(run, monkeypatch)
        out, err = told(capsys, "import", "--ticker", "qlys")

        assert out == (
            "New: 1 issuer, 1 reporting person, 1 line.\n"
            "7 added, 0 known already, 0 refused; 7 fetched from EDGAR.\n"
        )
        assert err == (
            f'form4: Reading {run.base} and {run.base} as "{CONTACT}".\n'
            "form4: QLYS is QUALYS, INC. (CIK 1107843).\n"
            "form4: QUALYS, INC. (CIK 1107843): 7 filings are listed.\n"
        )
        assert run.paths[:4] == [
            "/files/company_tickers.json",
            "/submissions/CIK0001107843.json",
            "/submissions/CIK0001107843-submissions-001.json",
            "/submissions/CIK0001107843-submissions-002.json",
        ]
        assert [path[-24:] for path in run.paths[4:]] == [
            f"0001107843-22-{number:06}.txt" for number in range(7)
        ]

        run.edgar.requests.clear()
        out, _err = told(capsys, "import", "--cik", ISSUER)
        assert out == "0 added, 7 known already, 0 refused; 0 fetched from EDGAR.\n"
        (request,) = run.edgar.requests
        assert (request.path, "if-none-match" in request.headers) == ("/submissions/CIK0001107843.json", True)

    (held,) = holdings(capsys)
    assert (held["held"], held["as_of"]) == ("99400", "2022-01-09")


def test_a_dry_run_fetches_the_list_only(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_edgar(many(4)) as run:
        use(run, monkeypatch)
        out, _err = told(capsys, "import", "--cik", ISSUER, "--since", "2022-01-05", "--dry-run")

        assert out == (
            "QUALYS, INC. (CIK 1107843): Would read 2 filings (2 of Form 4), 2 of them over the network in about"
            " 0 seconds. Nothing was changed.\n"
        )
        assert run.paths == ["/submissions/CIK0001107843.json"]
    assert not (home / "register.sqlite3").exists()


def test_what_was_typed_stays_and_what_changed_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = many(2)
    moved = filed(
        "0001107843-23-000009",
        ["period_of_report = 2023-03-01", "non_derivative[0].transaction_date = 2023-03-01",
         "owners[0].address.street1 = 1 NEW STREET", "owners[0].officer_title = CEO",
         "non_derivative[0].amount_owned_following = 500", "signatures[0].date = 2023-03-01"],
        accepted=datetime.fromisoformat("2023-03-01T17:00:00"),
    )  # fmt: skip
    with local_edgar([first, second]) as run:
        use(run, monkeypatch)
        told(capsys, "import", "--cik", ISSUER)
    adjustment = ("--adjust", "+12.5", "--line", "1", "--reason", "Plan purchase", "--as-of", "2023-06-01")
    told(capsys, "holdings", PERSON, ISSUER, *adjustment)
    told(capsys, "person", "edit", PERSON, "--street1", "TYPED STREET")
    with local_edgar([first, second, moved]) as run:
        use(run, monkeypatch)
        out, _err = told(capsys, "import", "--person", PERSON)

    assert out == (
        "Changed: Thakar Sumedh S at QUALYS, INC.: relationship was director, officer, CEO & PRESIDENT, is now director,"
        " officer, CEO.\n"
        "Changed: Thakar Sumedh S at QUALYS, INC.: Common Stock, direct was 99,912.5, is now 512.5.\n"
        "1 added, 2 known already, 0 refused; 1 fetched from EDGAR.\n"
    )
    shown = json.loads(told(capsys, "person", "show", PERSON, "--json")[0])
    assert shown["address"]["street1"] == "TYPED STREET"


def test_forms_about_other_issuers_are_left_out(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The issuer itself is an owner elsewhere: its list has forms about the other company."""
    own = filed()
    elsewhere = filed(
        "0001107843-24-000500",
        ["issuer.cik = 999002", "issuer.name = OTHER CORP", "issuer.trading_symbol = OTHR", "owners[0].cik = 1107843",
         "owners[0].name = QUALYS, INC."],
    )  # fmt: skip
    with local_edgar([own, elsewhere]) as run:
        use(run, monkeypatch)
        out, _err = told(capsys, "import", "--cik", ISSUER)
        assert out.endswith(
            "1 added, 0 known already, 0 refused; 1 about other issuers left out; 2 fetched from EDGAR.\n"
        )
        run.edgar.requests.clear()
        told(capsys, "import", "--cik", ISSUER)
        assert run.paths == ["/submissions/CIK0001107843.json"]
        out, _err = told(capsys, "import", "--person", ISSUER, "--cik", "999002")

    assert out.endswith("1 added, 1 known already, 0 refused; 0 fetched from EDGAR.\n")


def test_one_filing_by_its_number(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_edgar([filed(), filed("0009999999-24-000001", ["remarks = Second."])]) as run:
        use(run, monkeypatch)
        out, _err = told(capsys, "import", "--accession", "000110784324000123")
        assert out.endswith("1 added, 0 known already, 0 refused; 1 fetched from EDGAR.\n")

        _out, err = told(capsys, "import", "--accession", "0009999999-24-000001", code=2)
        assert err.splitlines()[-1] == (
            "form4: 0009999999-24-000001: EDGAR does not have the filing 0009999999-24-000001 below CIK 9999999. Check the"
            " number, and name a party with --cik or --person: the number begins with the CIK of the sender, which need not be"
            " one."
        )
        out, _err = told(capsys, "import", "--accession", "0009999999-24-000001", "--person", PERSON)
    assert out.endswith("1 added, 0 known already, 0 refused; 1 fetched from EDGAR.\n")


def test_the_time_of_acceptance_is_the_headers(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_edgar([filed()]) as run:
        use(run, monkeypatch)
        told(capsys, "import", "--person", PERSON)

    from form4_author.desk.register import register_of
    from form4_author.register.table import Filed

    with register_of(None).reading() as session:
        (form,) = session.query(Filed)
        assert (str(form.accepted_at), str(form.filed)) == ("2024-11-05 23:30:01+00:00", "2024-11-05")


# ---- without a contact, or without EDGAR


def test_without_a_contact_nothing_is_asked(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "settings", "contact", "")
    with local_edgar([filed()]) as run:
        use(run, monkeypatch)
        _out, err = told(capsys, "import", "--cik", ISSUER, code=2)
        assert run.paths == []

    assert err == (
        "form4: EDGAR asks for a name and an email address with each request, and the settings have no contact. State them with"
        ' form4 settings contact "Name name@example.com"; nothing was asked of EDGAR.\n'
    )


def test_two_commands_do_not_ask_at_once(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_edgar([filed()]) as run:
        use(run, monkeypatch)
        with edgar_lock(cache_of(run.addresses).folder):
            _out, err = told(capsys, "import", "--cik", ISSUER, code=2)
        assert run.paths == []
        told(capsys, "import", "--cik", ISSUER)

    assert err == (
        "form4: Another form4 on this computer is reading EDGAR. Wait until it has ended and give the command again; both"
        " together would ask too often.\n"
    )


@pytest.mark.parametrize(
    "contact", ["Dana Cho", "dana@example.com", "Dana https://github.com/dana", "Dána dana@example.com"]
)
def test_a_contact_is_a_name_and_an_email_address(
    contact: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _out, err = told(capsys, "settings", "contact", contact, code=2)

    assert err == (
        f'form4: edgar.contact: "{contact}" is not a name and an email address. Write both in ASCII, such as'
        ' "Dana Cho dana.cho@example.com"; EDGAR refuses other contacts.\n'
    )


def test_the_contact_is_shown(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _err = told(capsys, "settings", "contact")
    assert out == f"edgar.contact = {CONTACT}  ({home / 'settings.toml'})\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name a FILE, or give --ticker, --cik, --person or --accession to read EDGAR"),
        (["--since", "2024-01-01", "f.xml"], "--since, --dry-run and --tickers go with --ticker, --cik, --person or --accession"),
        (["--cik", "1", "f.xml"], "give FILE and -o, or the options that read EDGAR, not both"),
        (["--cik", "1", "--ticker", "Q"], "give --ticker or --cik, not both"),
        (["--cik", "Q"], 'argument --cik: "Q" is not a CIK; type its 1 to 10 digits, such as 1626115'),
        (["--accession", "1"], 'argument --accession: "1" is not an accession number such as 0001107843-26-000123'),
    ],
)  # fmt: skip
def test_a_mixture_is_refused(
    words: list[str], said: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _out, err = told(capsys, "import", *words, code=2)
    assert err == f"form4 import: {said}. See form4 import --help.\n"


# ---- 300 filings through every trouble


class _Troubles:
    """Every few requests: fewer requests are asked for, EDGAR is away, a connection is cut, the address is shut out."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, request: Request) -> Reply | None:
        self.count += 1
        cut = Reply(200, b"<SEC-DOCUMENT>" + b"x" * 900, "text/plain", {"Content-Encoding": ""}, cut_at=300)
        short = Reply(200, b"<SEC-DOCUMENT>\n<SEC-HEADER>\n<DOCUMENT>\n", "text/plain")
        faults = {
            7: Reply(503),
            11: Reply(429, headers={"Retry-After": "2"}),
            13: cut,
            17: short,
            101: threshold_page(),
        }
        return next((reply for number, reply in faults.items() if self.count % number == 0), None)


def _in_trouble(count: int, run: Run, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run.edgar.fault = _Troubles()
    out, _err = told(capsys, "import", "--cik", ISSUER)
    assert out.endswith(f"{count} added, 0 known already, 0 refused; {count} fetched from EDGAR.\n")
    assert run.busiest_second() <= 5
    imported = holdings(capsys)

    files = home / "files"
    files.mkdir()
    for each in run.edgar.archive.filings:
        (files / f"{each.accession}.txt").write_bytes(each.text)
    register = str(home / "local.sqlite3")
    told(capsys, "import", str(files), "--register", register)
    assert holdings(capsys, "--register", register) == imported
    run.edgar.fault = None
    run.edgar.requests.clear()
    out, _err = told(capsys, "import", "--cik", ISSUER)
    assert out == f"0 added, {count} known already, 0 refused; 0 fetched from EDGAR.\n"
    assert len(run.edgar.requests) == 1


def test_nothing_is_lost_under_throttling_and_cut_connections(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_edgar(many(25), rows=10) as run:
        use(run, monkeypatch)
        _in_trouble(25, run, home, capsys)


@pytest.mark.long
def test_nothing_of_three_hundred_filings_is_lost(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_edgar(many(300), rows=100) as run:
        use(run, monkeypatch)
        _in_trouble(300, run, home, capsys)


def test_a_run_that_ends_early_goes_on_where_it_stopped(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_edgar(many(5)) as run:
        use(run, monkeypatch)
        run.edgar.fault = lambda request: Reply(503) if request.path.endswith("3.txt") else None
        out, err = told(capsys, "import", "--cik", ISSUER, code=2)
        assert out.endswith("3 added, 0 known already, 0 refused; 3 fetched from EDGAR.\n")
        assert err.splitlines()[-1] == (
            "form4: EDGAR is not available (503). Give the command again later; it resumes where it stopped."
        )
        run.edgar.fault = None
        run.edgar.requests.clear()
        out, _err = told(capsys, "import", "--cik", ISSUER)

    assert out.endswith("2 added, 3 known already, 0 refused; 2 fetched from EDGAR.\n")
    assert [path[-24:] for path in run.paths[1:]] == ["0001107843-22-000003.txt", "0001107843-22-000004.txt"]


def test_a_shut_out_holds_for_the_next_program(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """EDGAR asks for ten minutes of quiet; a program ended meanwhile does not shorten them."""
    with local_edgar(many(1)) as run:
        use(run, monkeypatch)
        run.edgar.fault = lambda _request: threshold_page()

        def ended(_seconds: float) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("form4_author.desk.edgar.time", run.time.time._replace(sleep=ended))
        assert main(["import", "--cik", ISSUER]) == 2
        assert len(run.edgar.requests) == 1

        run.edgar.fault = None
        use(run, monkeypatch)
        run.time.now += 240
        _out, err = told(capsys, "import", "--cik", ISSUER)
        assert err.splitlines()[1] == (
            "form4: EDGAR shut out this address a short time ago; trying again in 360 seconds. Ctrl-C stops."
        )
        assert run.time.slept[0] == 360.0
        assert run.edgar.requests[1].at - run.edgar.requests[0].at >= 600
        _out, err = told(capsys, "import", "--cik", ISSUER)
        assert "shut out" not in err
