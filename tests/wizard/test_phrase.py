"""Patterns of footnotes, the filer's own library, and footnotes that say the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.files import draft_file
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import session
from form4_author.wizard.answers_file import Given
from form4_author.wizard.draft import footnote
from form4_author.wizard.phrase import PHRASES, SLOTS, Phrase, filled
from form4_author.wizard.register_offer import Shelf
from tests.wizard.data import with_change
from tests.wizard.replay import Watched, desk, replay

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.model.draft import Draft


@pytest.fixture
def at_notes(tmp_path: Path) -> dict[str, Any]:
    """The seed's draft at its footnotes."""
    data = draft_data(replay(tmp_path / "seed.form4.json", "seed")[0].draft)
    return {**data, "interview": {**data["interview"], "at": "notes"}}


@dataclass
class Library:
    """A clerk with footnotes in memory, and nothing else."""

    kept: list[str] = field(default_factory=list)

    def shelf(self, draft: Draft) -> Shelf:
        del draft
        return Shelf(notes=tuple((text[:8], text) for text in self.kept))

    def started_draft(self, draft: Draft, choice: str) -> Draft:
        del choice
        return draft

    def filled(self, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
        return draft, ()

    def renewed(self, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
        return draft, ()

    def keep(self, text: str) -> bool:
        self.kept.insert(0, text)
        return True

    def place_power(self, key: str, accession: str) -> bool:
        del key, accession
        return False

    def messages(self) -> tuple[str, ...]:
        return ()


def played(
    path: Path, data: dict[str, Any], answers: list[tuple[str, str]], library: Library | None = None
) -> Watched:
    script = Watched([Given(id, answer) for id, answer in answers])
    session.Session(path, draft_of(data), script, replace(desk(), clerk=library)).run()
    script.finish()
    return script


def test_every_pattern_has_few_gaps_and_fits_a_footnote() -> None:
    for phrase in PHRASES:
        assert len(phrase.slots) <= SLOTS
        assert len(filled(phrase, {})) < 900
        assert "{" not in filled(phrase, {})


def test_gaps_are_filled_as_they_stand_in_a_sentence() -> None:
    phrase = Phrase("x", "{n:number} on {d:date} at {p:price} by {w:words}; {missing:words}.")

    assert filled(phrase, {"n": "1200", "d": "2027-11-01", "p": "12.5", "w": "the bank"}) == (
        "1,200 on November 1, 2027 at $12.50 by the bank; [missing]."
    )


def test_a_pattern_becomes_a_footnote_at_the_cell_pointed_at(
    at_notes: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "d.form4.json"
    vesting = next(n for n, p in enumerate(PHRASES) if p.label == "Vesting in installments")
    played(
        path,
        at_notes,
        [("notes", "add"), ("note.cell", "non_derivative[0].security_title"),
         ("note.which", f"phrase {vesting}"), ("note.slot_1", "4"), ("note.slot_2", "11/1/27"), ("note.text", ""),
         ("notes", "q")],
    )  # fmt: skip
    data = draft_file.load(path).data

    assert data["non_derivative"][0]["security_title"] == {"value": "Common Stock", "footnotes": ["F1"]}
    assert data["footnotes"][0]["text"] == (
        "The award vests in 4 equal annual installments beginning November 1, 2027, subject to continued service."
    )


def test_the_library_is_offered_and_stays_out_of_the_draft(at_notes: dict[str, Any], tmp_path: Path) -> None:
    path, library = tmp_path / "d.form4.json", Library(["Held with spousal rights."])
    script = played(
        path,
        at_notes,
        [("notes", "open 0"), ("footnotes[0].card", "keep"), ("notes", "add"), ("note.cell", "non_derivative[0].security_title"),
         ("note.which", "library 1"), ("note.text", ""), ("notes", "q")],
        library,
    )  # fmt: skip
    data = draft_file.load(path).data

    assert data["footnotes"][0]["text"] == "Held with spousal rights."
    assert "shelf" not in data["interview"]
    assert library.kept == [data["footnotes"][1]["text"], "Held with spousal rights."]
    assert "Saved as a reusable footnote." in "\n".join(script.pages[2])
    assert [o.value for o in script.asks[1].options] == ["back", "change", "attach", "keep", "remove"]


def test_without_a_library_nothing_is_kept(at_notes: dict[str, Any], tmp_path: Path) -> None:
    script = played(tmp_path / "d.form4.json", at_notes, [("notes", "open 0"), ("footnotes[0].card", "q")])

    assert [o.value for o in script.asks[1].options] == ["back", "change", "attach", "remove"]


def test_footnotes_that_come_to_say_the_same_become_one(at_notes: dict[str, Any]) -> None:
    data = with_change(at_notes, footnote.attach, ("non_derivative", 0, "security_title"), "Other words.")
    data = with_change(data, footnote.reword, "Other words.", footnote.texts(draft_of(at_notes))["F1"])
    tidy, said = footnote.tidy(draft_of(data))
    data = draft_data(tidy)

    assert list(footnote.texts(draft_of(data))) == ["F1"]
    assert data["non_derivative"][0]["security_title"]["footnotes"] == ["F1"]
    assert data["non_derivative"][0]["amount"]["footnotes"] == ["F1"]
    assert said == ("Footnotes 1 and 2 were identical and are now one.",)
