"""What the file of a new draft is called."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.example import draft
from form4_author.desk import interview
from form4_author.desk.clock import now
from form4_author.desk.deletion import deleted
from form4_author.desk.draft_name import draft_name, free_draft
from form4_author.wire.draft import draft_of
from tests.packets import packets_in

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (draft("seed"), "2026-11-30-thakar-qlys-4"),
        ({**draft("seed"), "form": "4/A"}, "2026-11-30-thakar-qlys-4-a"),
        ({"form": "4", "owners": [{"name": "Ng\u00f4-D\u00edez, Ana"}]}, "2026-11-30-ngo-diez-4"),
        ({"form": "3", "owners": [{"name": "Harlan Fund II, L.P."}]}, "2026-11-30-harlan-fund-ii-l-p-3"),
        ({"form": "4", "owners": [{"cik": "0001626115"}]}, "2026-11-30-1626115-4"),
        ({"form": "5"}, "2026-11-30-5"),
    ],
)
def test_the_name_has_the_day_the_person_the_symbol_and_the_form(data: dict[str, Any], name: str) -> None:
    assert draft_name(draft_of(data), DAY) == name


def test_a_name_is_not_used_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither that of a draft, nor that of a deleted one, nor one that a packet names."""
    place = packets_in(tmp_path / "packets", monkeypatch)
    folder = tmp_path / "drafts"
    folder.mkdir()
    first = free_draft(folder, "seed")
    assert first == folder / "seed.form4.json"
    first.write_text(json.dumps(draft("seed")), encoding="utf-8")
    assert free_draft(folder, "seed").name == "seed-2.form4.json"
    deleted(first, now())
    assert free_draft(folder, "seed").name == "seed-2.form4.json"
    (place / "2024").mkdir(parents=True)
    (place / "2024" / "manifest.json").write_text('{"draft": "seed-2.form4.json"}', encoding="utf-8")
    assert free_draft(folder, "seed").name == "seed-3.form4.json"


def test_a_draft_is_named_again_once_its_person_is_known(tmp_path: Path) -> None:
    names = iter(("a", "b", "c"))
    begun = interview.desk(tmp_path / "first", DAY, begin=lambda _draft: tmp_path / next(names)).begin
    assert begun is not None
    nameless, named = draft_of({"form": "4"}), draft_of(draft("seed"))
    assert begun(nameless) == tmp_path / "a"
    for name in ("a", "a.bak"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert begun(nameless) == tmp_path / "a"
    assert begun(named) == tmp_path / "b"
    assert begun(named) == tmp_path / "b"
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {"b": "a", "b.bak": "a.bak"}
