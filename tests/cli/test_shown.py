"""Names, keys, file names and words of the command line reach the terminal as what they are, and steer nothing."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import sys
import unicodedata
from pathlib import Path
from typing import Final

import pytest

from form4_author.checks.example import draft
from form4_author.cli import COMMANDS, main
from form4_author.cli.options import bounded
from form4_author.codes import current_edition
from form4_author.wire.write import write_document
from form4_author.wizard.option import Option
from form4_author.wizard.prompter import ask_in
from form4_author.wizard.screen import AnswerKind, Ask
from tests.builders import make_filing
from tests.wizard.terminal import CTRL_S, ENTER, Terminal

STEERING = "\x1b]0;T\x07\x1b[2J\x7f\x85\x9b31m\u202e\u2066\u2028\r"
NAMED = f"Roe{STEERING}\nx.form4.json: ready"
SHOWN = (
    "Roe\\u001b]0;T\\u0007\\u001b[2J\\u007f\\u0085\\u009b31m\\u202e\\u2066\\u2028\\r\\nx.form4.json: ready"
)


WORDS: Final = (
    ["check"], ["check", "--quiet"], ["check", "--json"], ["check", "--sarif"], ["check", "--facts", "?"],
    ["render", "-o", "out", "--only", "report"], ["render", "-o", NAMED, "--only", "xml,report"],
    ["due", "."], ["due", ".", "--json"], ["deadline", "--draft"], ["diff", "other.form4.json"],
    ["diff", "other.form4.json", "--json"], ["import", "-o", "new.form4.json"], ["amend", "-o", "a.form4.json"],
    ["filed", "--accession", "0001107843-26-000001"], ["sign"], ["verify"], ["shortswing"], ["preview", NAMED],
    ["edit", "--answers", "q.yaml"], ["resume", "--answers", NAMED], ["poa", "list"], ["explain"], ["batch"],
    ["nothing" + NAMED], ["check", f"--{NAMED}"], ["person", "list"], ["person", "show"], ["holdings"],
    ["new", "--from"], ["new", "--answers"], ["footnote", "show"], ["issuer", "show"], ["register", "restore"],
    ["register", "show", "--register"], ["release"], ["attest", "--name"], ["attest", "-o", "a.txt", "--name"],
    ["schema", "add"], ["schema", "remove"], ["settings", "packets.folder"], ["settings"], ["pack"],
    ["pack", "--test", "-o", "x.xml", "--attach"], ["doctor"], ["rules", "--page"], ["amend", "--filing"],
    ["check", "--as-of"], ["check", "--attach"], ["batch", "--template"], ["holdings", "--issuer"], ["poa", "show"],
    ["sign", "--key"], ["verify", "--trust"], ["filed", "--accession"], ["deadline", "--filed"],
    ["calendar", "add"], ["calendar", "export"], ["events"], ["tickers"], ["tickers", "--tickers"], ["demo"],
    ["demo", "edgar", "--filings"], ["import", "--ticker", "X", "--tickers"], ["import", "--cik"],
    ["audit", "--issuer"], ["late", "--year", "2026", "--issuer"],
    ["reconcile", "--list"], ["ready", "--offline"], ["submit"], ["submit", "--attach"], ["status"],
    ["adjustment-request", "-o", "letter.txt"], ["completion"], ["mcp"],
)  # fmt: skip
"""Each command, with the hostile file behind it."""


def steered(text: str) -> set[str]:
    """What of a text a terminal would obey, ends of lines apart."""
    return {sign for sign in text if unicodedata.category(sign) in ("Cc", "Zl", "Zp") or 0x202A <= ord(sign) <= 0x202E
            or 0x2066 <= ord(sign) <= 0x2069} - {"\n"}  # fmt: skip


@pytest.fixture
def hostile_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A draft whose name, keys, persons and texts would steer a terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "register.sqlite3"))
    data = draft("seed")
    data["owners"][0]["name"] = data["issuer"]["name"] = data["remarks"] = NAMED
    data["signatures"][0]["name"] = f"/s/ {NAMED}"
    data["non_derivative"][0]["security_title"] = NAMED
    data[NAMED] = "x"
    file = f"d{STEERING}\nx.form4.json: ready.form4.json"
    Path(file).write_text(json.dumps(data), encoding="utf-8")
    return file


@pytest.mark.parametrize("words", WORDS)
def test_nothing_foreign_steers_the_terminal(
    words: list[str], hostile_draft: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("other.form4.json").write_text(json.dumps(draft("gift")), encoding="utf-8")
    Path("q.yaml").write_text("- review: q\n")

    with contextlib.suppress(SystemExit):
        main([*words, *([] if words[0] in ("due", "poa") else [hostile_draft])])
    said = capsys.readouterr()
    assert said.out + said.err != ""
    assert steered(said.out + said.err) == set()
    assert [line for line in (said.out + said.err).splitlines() if line.startswith("x.form4.json")] == []
    if words[-1] in ("--json", "--sarif"):
        assert json.loads(said.out)


def test_every_command_is_among_them() -> None:
    assert set(COMMANDS) - {words[0] for words in WORDS} == set()


def test_names_are_shown_with_what_they_hide(hostile_draft: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "."]) == 0
    assert f"Form 4 · {SHOWN} · {SHOWN}\n" in capsys.readouterr().out
    main(["check", "--quiet", hostile_draft])
    assert capsys.readouterr().out.startswith(
        f"d{SHOWN.removeprefix('Roe')}.form4.json: blocked (Form 4, X0609): "
    )


def test_names_in_other_letters_stay_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "\u00c5ngstr\u00f6m \u5c71\u7530 \u05d3\u05d5\u05d3 \u0639\u0644\u06cc\u200c\u0631\u0636\u0627"
    data = draft("seed")
    data["owners"][0]["name"] = name
    Path("d.form4.json").write_text(json.dumps(data), encoding="utf-8")

    main(["due", "."])
    assert f"Form 4 · {name} · QUALYS, INC.\n" in capsys.readouterr().out


def test_the_register_shows_what_a_filing_hides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """C1 controls and marks of direction are XML that EDGAR's schema takes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "register.sqlite3"))
    name = "Roe \x9b31m\u202eRichard"
    filing = make_filing("seed", [f"owners[0].name = {name}", f"issuer.name = Q\x85{name}"])
    Path("f.xml").write_bytes(write_document(filing, current_edition("4")))

    assert main(["import", "f.xml"]) == 0
    for words in (["person", "list"], ["person", "list", "--json"], ["person", "show", "1626115"], ["issuer", "list"],
                  ["holdings", "1626115", "1107843"], ["person", "remove", "1626115"]):  # fmt: skip
        capsys.readouterr()
        main(words)
        said = capsys.readouterr()
        assert "\\u009b31m\\u202e" in said.out + said.err
        assert steered(said.out + said.err) == set()


def written(*texts: str) -> int:
    """A command that writes these."""
    sys.stdout.writelines(texts)
    return 0


def test_a_stream_is_filtered_once_and_left_open() -> None:
    before, under = sys.stdout, io.BytesIO()
    stream = io.TextIOWrapper(under, encoding="utf-8", newline="\n")
    sys.stdout = stream
    try:
        assert bounded(lambda: written("a\x1b\u202e", "\n")) == 0
        first = sys.stdout
        assert bounded(lambda: written("b\x9b\n")) == 0
        assert sys.stdout is first
    finally:
        sys.stdout = before
    del first
    gc.collect()
    stream.write("c")
    stream.flush()
    assert under.getvalue() == b"a\\u001b\\u202e\nb\\u009b\nc"


@pytest.mark.long
def test_the_interview_shows_what_a_draft_hides(hostile_draft: str, tmp_path: Path) -> None:
    Path("d.form4.json").write_bytes(Path(hostile_draft).read_bytes())
    with Terminal(tmp_path, "edit", "d.form4.json", FORM4_REGISTER=str(tmp_path / "r.sqlite3")) as terminal:
        terminal.answer("Which of these do you want to open?", "\x1b[F" + "\x1b[A" + ENTER).wait(
            "Enter shows more"
        ).type("<")
        terminal.answer("Which of these do you want to open?", CTRL_S)
        terminal.end()

    assert SHOWN[:20] in terminal.raw
    assert [sign for sign in "\x85\x9b\u202e\u2066\u2028" if sign in terminal.raw] == []
    assert "\x1b]0;T\x07" not in terminal.raw


def test_a_question_shows_what_a_name_hides() -> None:
    ask = Ask(
        id="q",
        message=f"For {NAMED}?",
        kind=AnswerKind.CHOICE,
        options=(Option("a", NAMED), Option("b", "B")),
        proposal="a",
        shown=NAMED,
    )
    put = ask_in(ask, "utf-8")

    assert (put.message, put.options[0].label, put.shown) == (f"For {SHOWN}?", SHOWN, SHOWN)
    assert put.options[0].value == "a"
