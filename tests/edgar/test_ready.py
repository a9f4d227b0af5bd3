"""`form4 ready`: one line for EDGAR, each token and each person, and what to do about each no."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from form4_author.cli import main
from form4_author.edgar.demo.filing_api import DEMO_CCC
from form4_author.edgar.demo.token import DEMO_TOKENS, demo_token
from form4_author.edgar.token import token_facts
from tests.edgar.conftest import use
from tests.edgar.local import Run, local_edgar, many

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ONE, TWO = "1626115", "1107843"
GOOD = (
    "yes  Filer API token: CIK 999001, until December 31, 2039\n"
    "yes  User API token: dana.cho@example.com, until December 31, 2039\n"
    "yes  EDGAR: accepting submissions today\n"
)


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    with local_edgar(many(1)) as served:
        use(served, monkeypatch)
        monkeypatch.setenv("FORM4_EDGAR_API", served.base)
        yield served


def said(
    capsys: pytest.CaptureFixture[str], *words: str, tokens: tuple[str, ...] = DEMO_TOKENS, cccs: str = ""
) -> tuple[int, str]:
    """Exit code and output, with tokens and CCCs from file descriptors."""
    given = []
    for option, text in (("--token-fd", "\n".join(tokens)), ("--ccc-fd", cccs)):
        if text:
            read, write = os.pipe()
            os.write(write, text.encode("ascii"))
            os.close(write)
            given += [option, str(read)]
    capsys.readouterr()
    code = main(["ready", *words, *given])
    for number in given[1::2]:
        os.close(int(number))
    out = capsys.readouterr()
    for secret in (*tokens, "wrong1@a", DEMO_CCC):
        assert secret not in out.out + out.err
    return code, out.out


def test_all_is_ready(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, ONE, cccs=f"{ONE} {DEMO_CCC}") == (0, f"{GOOD}yes  CIK {ONE}: may file, CCC right\n")
    assert run.edgar.filing_api.bodies == []


def test_each_no_says_what_to_do(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run.edgar.filing_api.accounts = {
        "0001626115": {"canFile": False},
        "0001107843": {"confirmationDueDate": "2026-09-30T22:00:00-04:00"},
    }
    code, out = said(capsys, ONE, TWO, "3", cccs=f"3 wrong1@a\n{TWO} {DEMO_CCC}")

    assert code == 1
    assert out == (
        f"{GOOD}"
        f"no   CIK {ONE}: the tokens may not file for this person; have an account\n"
        "       administrator add the user, or delegate to the filer token's CIK\n"
        f"no   CIK {TWO}: not confirmed since September 30, 2026; confirm the account in\n"
        "       EDGAR Filer Management\n"
        "no   CIK 3: the CCC is not EDGAR's; take the CCC from EDGAR Filer Management\n"
    )


def test_what_is_not_known_is_not_ready(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "3") == (
        2,
        f"{GOOD}?    CIK 3: may file; CCC not checked; store it with form4 pack --keep, or give\n       --ccc-fd\n",
    )


def test_edgar_is_closed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run.edgar.filing_api.condition = "OUTSIDE_OPERATING_HOURS"

    code, out = said(capsys, "3", cccs=f"3 {DEMO_CCC}")
    assert code == 1
    assert "no   EDGAR: EDGAR is not within its operating hours; submit from 6 a.m. to 10\n" in out


@pytest.mark.parametrize(
    ("tokens", "line"),
    [
        ((demo_token("0000999001", expires="2020-01-01T12:00:00Z"), DEMO_TOKENS[1]),
         "no   Filer API token: CIK 999001, expired January 1, 2020; make one in EDGAR\n"),
        ((DEMO_TOKENS[1], DEMO_TOKENS[0]), "no   Filer API token: the other kind of token; give the filer token first, the\n"),
        (("abcdefgh", DEMO_TOKENS[1]), "no   Filer API token: not an EDGAR token; copy it again as EDGAR shows it\n"),
    ],
    ids=["expired", "exchanged", "no token"],
)  # fmt: skip
def test_a_token_that_does_not_do_is_said_without_the_network(
    run: Run, capsys: pytest.CaptureFixture[str], tokens: tuple[str, str], line: str
) -> None:
    code, out = said(capsys, "3", tokens=tokens)

    assert code == 1
    assert line in out
    assert run.edgar.requests == []


def test_twelve_insiders_fit_one_screen(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    ciks = [str(number) for number in range(1, 13)]
    code, out = said(capsys, *ciks, cccs="\n".join(f"{cik} {DEMO_CCC}" for cik in ciks))

    assert code == 0
    assert len(out.splitlines()) == 15
    assert max(map(len, out.splitlines())) <= 80


def test_offline_asks_nothing(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = said(capsys, "3", "--offline", "--json")

    assert code == 0
    assert [(point["what"], point["good"]) for point in json.loads(out)] == [
        ("Filer API token", True),
        ("User API token", True),
    ]
    assert run.edgar.requests == []


@pytest.mark.parametrize("text", ["", "a.b.c.d", "....", "W10.b.c.d.e", "é.b.c.d.e", "e30.b.c.d.e"])
def test_what_is_no_token_has_no_facts(text: str) -> None:
    assert token_facts(text) is None


def test_without_tokens_each_line_says_what_is_missing(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def nothing(prompt: str, _about: str = "") -> str:
        asked.append(prompt)
        return ""

    monkeypatch.setattr("form4_author.cli.ready.hidden_answer", nothing)
    assert said(capsys, ONE, tokens=()) == (
        1,
        (
            "no   Filer API token: missing; make one in EDGAR Filer Management\n"
            "no   User API token: missing; make one in EDGAR Filer Management\n"
            "?    EDGAR: not asked, because a token is missing or does not work\n"
            f"?    CIK {ONE}: not checked\n"
        ),
    )
    assert asked == [
        "Filer API token, not shown; Enter alone checks without it: ",
        "User API token, not shown; Enter alone checks without it: ",
    ]
    assert run.edgar.requests == []


def test_one_token_on_the_descriptor_leaves_the_other_missing(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = said(capsys, "--offline", tokens=DEMO_TOKENS[:1])
    assert (code, out.splitlines()[1]) == (
        1,
        "no   User API token: missing; make one in EDGAR Filer Management",
    )
