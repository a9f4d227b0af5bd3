"""The manual page says what the commands say, and roff reads it without a warning."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from form4_author.cli import COMMANDS
from form4_author.cli.manual_page import manual_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "form4.1"


def test_the_page_is_made_from_the_commands() -> None:
    """Where they differ: make generated."""
    assert PAGE.read_text(encoding="utf-8") == manual_page()


def test_each_command_has_its_section_with_its_verbs() -> None:
    page = manual_page().replace(r"\-", "-")
    assert [word for word in COMMANDS if f'.SS "form4 {word}"\n' not in page] == []
    assert r"\fBform4 person add\fR" in page
    assert "\\fB--principal\\fR \\fINAME\\fR\nthe reporting person who gives it\n" in page
    assert "a stock dividend of 5%, 1:1 to say" in page
    assert "SUPPRESS" not in page


@pytest.mark.skipif(shutil.which("groff") is None, reason="there is no groff, which reads manual pages")
def test_roff_reads_it_without_a_warning() -> None:
    command = ["groff", "-ww", "-man", "-Tutf8", "-Kutf8", str(PAGE)]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert said.stderr == ""
    assert "prepare SEC Forms 3, 4 and 5 on this computer" in said.stdout
