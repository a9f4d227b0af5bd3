"""What the documentation shows is what happens: every file, command, answer and screen, page by page."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.docs.markdown import Command, Drawn, items, pressed
from tests.docs.reader import Reader, agrees
from tests.docs.site import CHECKOUT, DOCS
from tests.wizard.test_terminal import FILING

if TYPE_CHECKING:
    from pathlib import Path

UPDATE = os.environ.get("FORM4_UPDATE_GOLDEN") == "1"


def followed() -> list[str]:
    """Every page with commands that are shown to be typed, by its path in the checkout."""
    pages = [CHECKOUT / "README.md", *sorted(DOCS.rglob("*.md"))]
    return [
        path.relative_to(CHECKOUT).as_posix()
        for path in pages
        if any(isinstance(item, Command) for item in items(path.read_text("utf-8")))
    ]


def seed_is_made(reader: Reader) -> None:
    """A newcomer who did only what the tutorial says has the filing of Sumedh S. Thakar, and its packet."""
    draft = json.loads((reader.folder / "seed.form4.json").read_text("utf-8"))
    made = reader.home / "Documents" / "form4" / "2024-11-01 Thakar QLYS Form 4 (vest)"

    assert {key: draft[key] for key in FILING} == FILING
    assert (made / "form4.xml").is_file()
    assert (made / "form4.pdf").read_bytes().startswith(b"%PDF")


AFTERWARDS = {"docs/tutorial.md": seed_is_made}
"""What is true when a page was followed to its end."""


@pytest.mark.parametrize("page", followed())
def test_a_page_can_be_followed(page: str, tmp_path: Path) -> None:
    path = CHECKOUT / page
    reader = Reader(tmp_path / "dana")

    reader.follow(path.read_text("utf-8"))

    AFTERWARDS.get(page, lambda _: None)(reader)
    for name, drawing in reader.screens.items():
        kept = path.parent / name
        if UPDATE:
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(drawing, encoding="utf-8")
        assert kept.read_text("utf-8") == drawing, f"{kept.name}: FORM4_UPDATE_GOLDEN=1 draws it again"


def test_every_screen_that_a_page_shows_is_recorded() -> None:
    shown = {
        (path.parent / item.path).resolve()
        for path in DOCS.rglob("*.md")
        for item in items(path.read_text("utf-8"))
        if isinstance(item, Drawn)
    }

    assert shown == set((DOCS / "screens").glob("*.svg"))


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("`1626115`", "1626115\r"),
        ("Enter", "\r"),
        ("Space, ↓, Space, Enter", " \x1b[B \r"),
        ("Ctrl-U, `a, b`, Enter", "\x15a, b\r"),
    ],
)
def test_keys_are_read_from_a_cell(cell: str, keys: str) -> None:
    assert pressed(cell) == keys


@pytest.mark.parametrize(
    ("shown", "said", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb\n", "a\nc\n", False),
        ("a\n", "a\nb\n", False),
        ("a\n…\n", "a\nb\nc\n", True),
        ("…\nc\n", "a\nb\nc\n", True),
        ("a … c\n", "a (b) c\n", True),
        ("a … c\n", "a b\nc\n", False),
        ("(a)\n", "(a)\n", True),
    ],
)
def test_what_is_shown_is_compared_with_what_was_said(shown: str, said: str, same: bool) -> None:
    assert agrees(shown, said) is same


def test_a_page_that_is_wrong_is_noticed(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "dana")

    with pytest.raises(AssertionError, match="Code F"):
        reader.follow("```console\n$ form4 explain F\nCode G\n…\n```\n")
    with pytest.raises(AssertionError, match="exit code 2"):
        reader.follow("```console\n$ form4 explain nothing\n```\n")
    with pytest.raises(AssertionError, match="no program asks"):
        reader.follow("| The program asks | You type |\n| --- | --- |\n| Who? | Enter |\n")
