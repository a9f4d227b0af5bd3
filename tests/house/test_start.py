"""What the start menu does not load, for it is to be there at once: ``tests.bench.desk`` measures it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from form4_author.checks.example import draft

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = (
    "form4_author.checks.report",
    "form4_author.checks.document_rules",
    "form4_author.page.html",
    "form4_author.page.pdf",
    "form4_author.wizard.flow",
    "form4_author.wizard.session",
    "holidays",
    "jsonschema",
    "lxml",
    "openpyxl",
    "sqlalchemy",
    "weasyprint",
    "yaml",
)
_DRAWN = f"""
import sys
from form4_author.cli.desk import WorkDesk
from form4_author.wizard import terminal
from form4_author.wizard.prompter import Key

class Prompter:
    def show(self, lines):
        pass

    def choice(self, ask):
        print([row.label.split()[-1] for row in ask.options if row.label][:2])
        return Key.LEAVE

WorkDesk(Prompter()).run()
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def test_the_desk_loads_no_checks_and_no_pages_for_drafts_that_it_has_shown_before(tmp_path: Path) -> None:
    """The seed is ready, which only the checks know, and the other is a draft."""
    folder = tmp_path / "form4-author" / "drafts"
    folder.mkdir(parents=True)
    begun = {**draft("gift"), "interview": {"at": "owners[0].name"}}
    for name, data in (("a", draft("seed")), ("b", begun)):
        (folder / f"{name}.form4.json").write_text(json.dumps(data), encoding="utf-8")
    homes = {f"XDG_{kind}_HOME": str(tmp_path) for kind in ("CONFIG", "DATA", "STATE")}
    surroundings = {**os.environ, **homes, "HOME": str(tmp_path), "FORM4_TODAY": "2026-11-30"}

    def drawn() -> list[str]:
        command = [sys.executable, "-c", _DRAWN]
        said = subprocess.run(
            command, capture_output=True, text=True, check=True, env=surroundings, cwd=tmp_path
        )
        return said.stdout.splitlines()

    rows, loaded = drawn()
    assert rows == "['ready', 'draft']"
    assert "jsonschema" in loaded
    assert drawn() == [rows, "[]"]
