"""What README shows is what the program prints."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.checks.example import edited
from form4_author.cli import main

if TYPE_CHECKING:
    import pytest

README = Path(__file__).parents[2] / "README.md"

FLAWED = (
    "@exercise: non_derivative[1].amount_owned_following = 46808; "
    "delete derivative[0].expiration_date; delete non_derivative[2].nature_of_ownership"
)


def test_the_example_is_the_program_s_own_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = re.search(
        r"```console\n\$ form4 (check \S+)\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL
    )
    assert shown is not None
    words = shown[1].split()
    (tmp_path / words[1]).write_text(json.dumps(edited(FLAWED)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_TODAY", "2026-10-08")
    assert main(words) == 1
    assert capsys.readouterr().out == shown[2]
