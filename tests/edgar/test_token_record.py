"""Tokens stored by `form4 ready --keep`: where their last day is then shown, and what is never written anywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.errors import NoKeyringError, PasswordDeleteError

from form4_author.cli import main
from form4_author.cli.desk import WorkDesk
from form4_author.desk.token_record import token_records
from form4_author.edgar.demo.filing_api import DEMO_CCC, error_reply
from form4_author.edgar.demo.token import demo_token
from form4_author.files import draft_file
from tests.cli.test_desk import Hand
from tests.edgar.conftest import use
from tests.edgar.filer import open_file
from tests.edgar.local import Run, local_edgar

if TYPE_CHECKING:
    from collections.abc import Iterator

CIK = "1626115"
TOKENS = (
    demo_token("0000999001", expires="2026-12-11T02:00:00Z"),
    demo_token("dana.cho@example.com", user=True, expires="2026-12-29T17:00:00Z"),
)
"""The first ends on December 10, 9 p.m. Eastern."""
FILER = "The filer API token of CIK 999001 {} December 10, 2026."
RENEW = "Make another in EDGAR Filer Management, then run form4 ready --keep."


class Memory:
    """A keyring that forgets at the end of the test; no subclass, which the library would offer to other tests."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError


class PlainText(Memory):
    """A keyring that writes what it is given as it is."""


PlainText.__module__ = "keyrings.alt.file.PlaintextKeyring"


class NoKeyring(Memory):
    """A system without a keyring."""

    def delete_password(self, service: str, username: str) -> None:
        raise NoKeyringError


def install(ring: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's keyring is this one."""
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    for name in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(keyring, name, getattr(ring, name))


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Memory:
    memory = Memory()
    install(memory, monkeypatch)
    return memory


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.chdir(home)
    with local_edgar([]) as served:
        use(served, monkeypatch)
        monkeypatch.setenv("FORM4_EDGAR_API", served.base)
        monkeypatch.setenv("FORM4_TODAY", "2026-11-30")
        yield served


def ready(*words: str) -> int:
    given = ["--token-fd", open_file("\n".join(TOKENS)), "--ccc-fd", open_file(f"{CIK} {DEMO_CCC}\n")]
    return main(["ready", *words, *given])


def start_menu_head() -> str:
    """The first lines of the start menu, as one."""
    hand = Hand()
    WorkDesk(hand).run()  # type: ignore[arg-type]  # the desk asks no question with several answers
    return " ".join(hand.heads[0].split())


def secrets_found(home: Path, said: str) -> list[str]:
    """Where a secret is, among all files and what was written."""
    secrets = (*TOKENS, *(token.partition(".")[0] for token in TOKENS), DEMO_CCC)
    texts = {"terminal": said.encode()} | {
        str(file): file.read_bytes() for file in home.rglob("*") if file.is_file()
    }
    return [name for name, text in texts.items() if any(secret.encode() in text for secret in secrets)]


def test_what_works_is_stored_and_no_file_has_a_secret(
    run: Run, home: Path, ring: Memory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ready(CIK, "--keep") == 0

    assert ring.held == {
        ("form4-author EDGAR token", "filer"): TOKENS[0],
        ("form4-author EDGAR token", "user"): TOKENS[1],
        ("form4-author CCC", CIK): DEMO_CCC,
    }
    place = home / "data" / "form4-author" / "edgar-tokens.json"
    assert json.loads(place.read_bytes()) == {
        "filer": {"owner": "999001", "until": "2026-12-10"},
        "user": {"owner": "dana.cho@example.com", "until": "2026-12-29"},
    }
    said = capsys.readouterr()
    assert secrets_found(home, said.out + said.err) == []

    assert main(["ready", CIK, "--keyring"]) == 0
    assert f"yes  CIK {CIK}: may file, CCC right\n" in capsys.readouterr().out
    authorization = run.edgar.requests[-1].headers["authorization"]
    assert authorization == f"Bearer {TOKENS[0]},{TOKENS[1]}"


def test_the_last_day_is_in_due_the_start_menu_and_doctor(
    run: Run, ring: Memory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del run, ring
    ready(CIK, "--keep")
    capsys.readouterr()

    main(["due", "."])
    assert capsys.readouterr().out.startswith(
        "Thu 2026-12-10  Last day of the EDGAR filer API token of CIK 999001\n"
        "Tue 2026-12-29  Last day of the EDGAR user API token of dana.cho@example.com\n"
    )
    head = start_menu_head()
    assert FILER.format("expires") in head
    assert RENEW in head
    assert "user API token" not in head
    main(["doctor"])
    assert (
        "ok       edgar        filer API token of CIK 999001: until December 10, 2026;"
        " user API token of dana.cho@example.com: until December 29, 2026\n"
    ) in capsys.readouterr().out

    monkeypatch.setenv("FORM4_TODAY", "2026-12-11")
    main(["due", "."])
    assert "-               EDGAR filer API token of CIK 999001 (expired December 10, 2026)\n" in (
        capsys.readouterr().out
    )
    assert FILER.format("expired") in start_menu_head()
    main(["doctor"])
    assert "MISSING  edgar        filer API token of CIK 999001: expired December 10, 2026;" in (
        capsys.readouterr().out
    )


def test_two_weeks_are_soon(run: Run, ring: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    del run, ring
    ready(CIK, "--keep")
    for day, shown in (("2026-11-25", False), ("2026-11-26", True)):
        monkeypatch.setenv("FORM4_TODAY", day)
        assert ("filer API token" in start_menu_head()) is shown


def test_tokens_that_edgar_refuses_are_not_stored(
    run: Run, ring: Memory, capsys: pytest.CaptureFixture[str]
) -> None:
    run.edgar.filing_api.fault = lambda _request: error_reply(401, "token 1 of type FILER_API is revoked")

    assert ready(CIK, "--keep") == 1
    assert ring.held == {}
    assert capsys.readouterr().err == ("form4 ready: the tokens are not stored, because they do not work.\n")
    assert token_records() == ()


def test_a_ccc_that_is_not_edgar_s_is_not_stored(run: Run, ring: Memory) -> None:
    run.edgar.filing_api.accounts = {f"{int(CIK):010}": {"ccc": "other2@b"}}

    assert ready(CIK, "--keep") == 1
    assert sorted(name for _service, name in ring.held) == ["filer", "user"]


def test_a_keyring_of_plain_text_gets_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del run
    plain = PlainText()
    install(plain, monkeypatch)

    assert ready(CIK, "--keep") == 2
    assert plain.held == {}
    assert "stores secrets as plain text" in capsys.readouterr().err
    assert token_records() == ()


def test_forget_removes_both(run: Run, ring: Memory, capsys: pytest.CaptureFixture[str]) -> None:
    ready(CIK, "--keep")
    capsys.readouterr()

    for _twice in range(2):
        assert main(["ready", "--forget"]) == 0
        assert capsys.readouterr().out == "Both tokens are removed from the system's keyring.\n"
        assert ring.held == {("form4-author CCC", CIK): DEMO_CCC}
        assert token_records() == ()


def test_forget_without_a_keyring_says_so(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del run
    install(NoKeyring(), monkeypatch)

    assert main(["ready", "--forget"]) == 2
    assert "This system's keyring cannot be used (NoKeyringError)" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "[]", '{"filer": {}}', '{"user": {"owner": "x", "until": "soon"}}'])
def test_a_record_that_cannot_be_read_stops_nothing(home: Path, text: str) -> None:
    place = draft_file.default_folder().parent / "edgar-tokens.json"
    place.parent.mkdir(parents=True)
    place.write_text(text, encoding="utf-8")

    assert token_records() == ()


def test_a_record_that_cannot_be_written_is_said(
    run: Run, ring: Memory, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del run
    (home / "data").mkdir()
    (home / "data" / "form4-author").write_text("in the way", encoding="utf-8")

    assert ready(CIK, "--keep") == 2
    assert ("form4-author EDGAR token", "filer") in ring.held
    assert "form4: The tokens are stored, but " in capsys.readouterr().err
