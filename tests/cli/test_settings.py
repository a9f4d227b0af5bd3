"""`form4 settings`: one file, every value with its source, nothing unknown in it."""

from __future__ import annotations

import json
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from form4_author.cli import main
from form4_author.desk.settings import SETTINGS, load

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("FORM4_PLAIN", raising=False)
    place = tmp_path / "own" / "settings.toml"
    monkeypatch.setenv("FORM4_SETTINGS", str(place))
    return place


def written(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_all_are_listed_with_their_defaults(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "release.required       no  (default)",
        "                       Require form4 release before form4 pack.",
    ]
    assert [line.split()[0] for line in lines[:-1:2]] == [setting.name for setting in SETTINGS]
    assert lines[-1] == f"File: {file}"
    assert not file.exists()


def test_a_value_is_set_and_comes_back_with_its_source(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["settings", "set", "release.required", "yes"]) == 0
    assert main(["settings", "get", "release.required"]) == 0
    assert capsys.readouterr().out == f"release.required = yes  ({file})\n" * 2
    assert file.read_text("utf-8") == "[release]\nrequired = true\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_file_is_its_owners_only(file: Path) -> None:
    assert main(["settings", "set", "contact.name", "Dana Cho"]) == 0
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file.parent, file)] == [0o700, 0o600]


def test_json_has_value_and_source(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(file, '[contact]\nnotify = ["a@example.com", "b@example.com"]\n')
    assert main(["settings", "get", "contact.notify", "--json"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert one == {"value": ["a@example.com", "b@example.com"], "source": str(file)}
    assert main(["settings", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["screen.plain"] == {"value": False, "source": "default"}


def test_the_environment_goes_before_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(file, "[screen]\nplain = false\n")
    monkeypatch.setenv("FORM4_PLAIN", "1")
    assert main(["settings", "get", "screen.plain"]) == 0
    assert capsys.readouterr().out == "screen.plain = yes  (FORM4_PLAIN)\n"


def test_other_lines_and_comments_stay(file: Path) -> None:
    written(
        file,
        '# ours\n[calendar]\nclosed = [\n  "2026-12-24",  # announced\n]\n\n[contact]\nname = "Dana Cho"\n',
    )
    for name, value in {
        "calendar.closed": "2026-12-24, 2026-12-26",
        "contact.phone": "555-0100",
        "packets.folder": "~/Filings",
    }.items():
        assert main(["settings", "set", name, value]) == 0
    assert file.read_text("utf-8") == (
        '# ours\n[calendar]\nclosed = ["2026-12-24", "2026-12-26"]\n\n[contact]\nname = "Dana Cho"\n'
        'phone = "555-0100"\n\n[packets]\nfolder = "~/Filings"\n'
    )


def test_a_list_is_emptied(file: Path) -> None:
    written(file, '[contact]\nnotify = ["a@example.com"]')
    assert main(["settings", "set", "contact.notify", ""]) == 0
    assert load().items("contact.notify") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[release]\nrequred = true\n",
            '"release.requred" is not a setting. Did you mean "release.required"? form4 settings lists them.',
        ),
        ("[zzz]\nqqq = 1\n", '"zzz.qqq" is not a setting. form4 settings lists them.'),
        (
            "required = true\n",
            (
                '"required" is outside a section. Write it below its section, such as [release]; form4 settings lists'
                " them."
            ),
        ),
        ('[release]\nrequired = "yes"\n', 'release.required is "yes". Write true or false.'),
        ("[contact]\nname = 7\n", 'contact.name is 7. Write a text in quotation marks, such as "Dana Cho".'),
        (
            "[contact]\nnotify = [7]\n",
            'contact.notify is [7]. Write a list, such as ["a@example.com"].',
        ),
        (
            '[calendar]\nclosed = ["12/24/2026"]\n',
            'calendar.closed: "12/24/2026" is not a date of the form YYYY-MM-DD. Write YYYY-MM-DD.',
        ),
        (
            '[packets]\nfolder = "here"\n',
            (
                'packets.folder: "here" depends on the folder in which the command is run. Write the full path, or one'
                " that begins with ~."
            ),
        ),
        (
            '[contact]\nname = "a\\u001b[2J"\n',
            "contact.name holds a character that cannot be shown. Remove it.",
        ),
    ],
)
def test_what_does_not_fit_is_an_error(
    file: Path, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    written(file, text)
    assert main(["settings"]) == 2
    assert capsys.readouterr().err == f"form4: {file}: {message}\n"


def test_a_file_that_is_not_toml_is_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(file, "[release\n")
    assert main(["settings"]) == 2
    assert capsys.readouterr().err.startswith(f"form4: {file} is not TOML: ")


def test_a_value_that_does_not_fit_is_not_set(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings", "set", "release.required", "perhaps"]) == 2
    assert main(["settings", "set", "contact.nam", "Dana"]) == 2
    assert capsys.readouterr().err == (
        'form4: release.required: "perhaps" is neither yes nor no. Write yes or no.\n'
        'form4: "contact.nam" is not a setting. Did you mean "contact.name"? form4 settings lists them.\n'
    )
    assert not file.exists()


def test_what_cannot_be_changed_safely_is_left_alone(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(file, "release = { required = false }\n")
    assert main(["settings", "set", "release.required", "yes"]) == 2
    assert capsys.readouterr().err == (
        f"form4: {file} has a form that form4 settings cannot change. Write required = true below"
        " [release].\n"
    )
    assert file.read_text("utf-8") == "release = { required = false }\n"


def test_a_closing_of_the_settings_moves_a_due_date(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def due() -> str:
        assert main(["deadline", "--trade", "2026-12-01", "--as-of", "2026-12-01"]) == 0
        return capsys.readouterr().out

    before = due()
    written(file, "[calendar]\nclosed = [2026-12-02]\n")
    after = due()
    file.unlink()

    assert "  Thu 2026-12-03  business day 2" in before
    assert "  Wed 2026-12-02  EDGAR closed: as stated in the settings" in after
    assert "  Fri 2026-12-04  business day 2" in after
    assert due() == before


def test_a_command_stops_at_settings_it_cannot_read(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(file, "[calendar]\nclosd = []\n")
    assert main(["deadline", "--trade", "2026-12-01"]) == 2
    assert "calendar.closd" in capsys.readouterr().err
    assert main(["explain", "F"]) == 0
