"""No traceback, whatever happens: usage, bugs, interruptions, hostile files."""

from __future__ import annotations

import json
import random
import string
from typing import TYPE_CHECKING

import pytest

from form4_author import __version__
from form4_author.cli import COMMANDS, main
from form4_author.cli.options import bounded
from form4_author.errors import UnreadableInput

if TYPE_CHECKING:
    from pathlib import Path


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"form4 {__version__}\n"


def test_help_lists_every_command_within_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {word:10} {summary}\n" in out for word, (_, summary) in COMMANDS.items())


@pytest.mark.parametrize("word", COMMANDS)
def test_every_command_has_help_with_an_example(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([word, "--help"]) == 0
    out = capsys.readouterr().out
    assert f"example:\n  form4 {word}" in out


def test_an_unknown_command_names_the_closest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chek"]) == 2
    told = 'form4: "chek" is not a command. Did you mean "form4 check"? "form4 --help" lists them.\n'
    assert capsys.readouterr().err == told


def test_without_a_terminal_the_menu_is_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("usage: form4 [command] [options]\n")


def test_a_bug_is_a_paragraph_and_exit_code_3(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORM4_TRACEBACK", raising=False)

    def broken() -> int:
        raise ZeroDivisionError("secret")

    assert bounded(broken) == 3
    err = capsys.readouterr().err
    assert err.startswith(
        f"form4: this is a bug in form4 {__version__} (ZeroDivisionError); nothing was filed or lost."
    )
    assert "secret" not in err


def test_a_bug_shows_its_traceback_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORM4_TRACEBACK", "1")

    def broken() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        bounded(broken)


def test_ctrl_c_loses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    def stopped() -> int:
        raise KeyboardInterrupt

    assert bounded(stopped) == 2
    assert capsys.readouterr().err == "form4: stopped; every answer so far is saved.\n"


def test_the_system_s_refusal_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    def full() -> int:
        raise OSError(28, "No space left on device", "packet/form4.pdf")

    assert bounded(full) == 2
    told = (
        "form4: the system says: No space left on device (packet/form4.pdf). Check the place and try again.\n"
    )
    assert capsys.readouterr().err == told


def test_an_unreadable_file_is_named_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    def unreadable() -> int:
        error = UnreadableInput("It is cut off", remedy="Fetch it again", id="DOC-023", line=3, column=7)
        error.file = "form.xml"
        raise error

    assert bounded(unreadable) == 2
    assert capsys.readouterr().err == "form4: form.xml, line 3, column 7: It is cut off. Fetch it again.\n"


def test_an_exit_with_words_is_wrong_usage() -> None:
    def leaving() -> int:
        raise SystemExit("words")

    assert bounded(leaving) == 2


HOSTILE = random.Random(4)  # noqa: S311  # the same hostility every time


def hostile(number: int) -> bytes:
    """Bytes that no filing has: noise, markup in the wrong places, JSON of the wrong shape."""
    kind = number % 5
    if kind == 0:
        return HOSTILE.randbytes(200)
    if kind == 1:
        return "".join(HOSTILE.choices(string.printable, k=300)).encode()
    if kind == 2:
        return b"<?xml version='1.0'?><ownershipDocument>" + bytes(HOSTILE.choices(b"<>&;/abc\"'= \n", k=120))
    if kind == 3:
        keys = [
            "form",
            "owners",
            "issuer",
            "non_derivative",
            "footnotes",
            "signatures",
            "remarks",
            "overrides",
            "format",
        ]
        values: list[object] = [
            None,
            1,
            1.5,
            "x",
            [],
            [1],
            {},
            {"cik": {}},
            [[]],
            [{"kind": 7, "price": []}],
            True,
        ]
        return json.dumps({key: HOSTILE.choice(values) for key in HOSTILE.sample(keys, 5)}).encode()
    return b"{" + bytes(HOSTILE.choices(b'{}[]",:0 a', k=60))


@pytest.mark.parametrize("number", range(60))
def test_hostile_files_get_a_verdict_and_no_traceback(
    number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file.dat"
    file.write_bytes(hostile(number))
    assert main(["check", "--as-of", "2024-11-04", str(file)]) in (1, 2)
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    assert "this is a bug" not in told.err
