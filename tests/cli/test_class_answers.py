"""Files of answers that were recorded before one answer was for every line of a class."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from form4_author.cli import main
from tests.wizard.pilot import INSIDER
from tests.wizard.test_events import brief

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

HELD = {"kind": "holding", "security_title": "Common Stock", "ownership_form": "D"}
LAST: dict[str, Any] = {
    "format": 1,
    **{name: INSIDER[name] for name in ("form", "issuer", "owners")},
    "period_of_report": "2026-08-03",
    "aff10b5_one": False,
    "non_derivative": [
        {**HELD, "amount_owned_following": "4000"},
        {
            **HELD,
            "ownership_form": "I",
            "nature_of_ownership": "By Daughter",
            "amount_owned_following": "600",
        },
    ],
    "signatures": [{"name": "/s/ Richard B. Roe", "date": "2026-08-04"}],
}
ANSWERS = (
    "happened: split", "events[0].security: Common Stock", "events[0].ownership: D", "events[0].held: ''",
    "events[0].new: '3'", "events[0].old: '1'", "events[0].split: ''", "events[0].after_1: ''", "lines: more",
    "happened: sold", "events[1].date: 11/27", "events[1].security: ''", "events[1].quantity: '100'",
    "events[1].price: '10'", "events[1].ownership: D", "events[1].after_1: ''", "lines: carry", "lines: done",
    "aff10b5_one: 'no'", "exit: 'no'", "notes: done", "remarks: ''", "signing[0].capacity: self",
    "signatures[0].name: ''", "signatures[0].date: ''", "review: q",
)  # fmt: skip


def replayed(folder: Path, answers: Sequence[str]) -> tuple[int, dict[str, Any]]:
    (folder / "last.form4.json").write_text(json.dumps(LAST), encoding="utf-8")
    (folder / "answers.yaml").write_text("".join(f"- {each}\n" for each in answers), encoding="utf-8")
    words = ["--from", "last.form4.json", "--answers", "answers.yaml", "--as-of", "2026-11-30"]
    code = main(["new", *words, "-o", "d.form4.json"])
    return code, json.loads((folder / "d.form4.json").read_text(encoding="utf-8"))


def test_a_split_recorded_for_one_line_restates_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line of the daughter is restated too, so that none is left to carry."""
    monkeypatch.chdir(tmp_path)
    code, data = replayed(tmp_path, ANSWERS)

    assert code == 0
    assert brief(data) == ["I S D 4 100 @10 → 11900 D", "I holding → 1800 By Daughter"]
    assert [row["amount_owned_following"]["footnotes"] for row in data["non_derivative"]] == [["F1"], ["F1"]]
    assert (
        'answers.yaml line 17: "lines" "carry" is not needed: no line of the last filing is left to add\n'
        in capsys.readouterr().err
    )
    assert main(["check", "d.form4.json", "--as-of", "2026-11-30"]) == 0
    assert "ready (Form 4, X0609): no findings" in capsys.readouterr().out


def test_the_last_screen_of_a_blocked_draft_says_what_it_rests_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(LAST, "owners", [{**LAST["owners"][0], "officer_title": ""}])

    replayed(tmp_path, ANSWERS)

    verdict, said, saved = capsys.readouterr().out.splitlines()[-3:]
    assert verdict.startswith("d.form4.json: blocked (Form 4, X0609): ")
    assert said == "Prepared from SEC rules as of November 29, 2026; not legal advice."
    assert saved.endswith("Go on with: form4 resume d.form4.json")
