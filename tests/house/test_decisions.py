"""The decision records: each has its parts, fits one page and is listed in the index."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.house.source import CHECKOUT

RECORDS = CHECKOUT / "docs" / "adr"
INDEX = "README.md"
SECTIONS = ["Context", "Decision", "Alternatives considered", "Consequences", "Where it shows"]
LONGEST = 70
WIDEST = 120
FEWEST = 10
STATUS = re.compile(
    r"Status: (proposed|accepted|superseded by record \d+), "
    r"(January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, 20\d\d"
)


def faults(name: str, text: str) -> list[str]:
    """What a record lacks or has too much of."""
    lines = text.splitlines()
    parts = text.split("\n## ")[1:]
    headings = [part.partition("\n")[0] for part in parts]
    found = []
    if not re.fullmatch(rf"# {int(name[:4])}\. [A-Z].*[^.]", lines[0]):
        found.append("its first line is not its number and its title")
    if lines[1:2] != [""] or not STATUS.fullmatch(lines[2]):
        found.append("its third line is not its status and date")
    if headings != SECTIONS:
        found.append(f"its sections are {headings}")
    found += [f"nothing is under {part.strip()}" for part in parts if not part.partition("\n")[2].strip()]
    if len(lines) > LONGEST:
        found.append(f"it has {len(lines)} lines")
    found += [f"line {n} is too wide" for n, line in enumerate(lines, 1) if len(line) > WIDEST]
    return found


def linked(index: str) -> list[tuple[str, str]]:
    """The index's entries in its order: file name and title as linked."""
    return [
        (file, title)
        for title, file in re.findall(r"^- \[(.+?)\]\((\S+?)\):(?: |\n  )\S", index, re.MULTILINE)
    ]


def records() -> dict[str, str]:
    """The text of each record by its file name, in order."""
    files = sorted(path for path in RECORDS.iterdir() if path.name != INDEX)
    return {path.name: path.read_text(encoding="utf-8") for path in files}


def test_there_are_enough_records_and_nothing_else() -> None:
    names = list(records())

    assert len(names) >= FEWEST
    assert [name for name in names if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name)] == []


def test_the_numbers_have_no_gap() -> None:
    numbers = [int(name[:4]) for name in records()]

    assert numbers[0] == 1
    assert [(one, other) for one, other in pairwise(numbers) if other != one + 1] == []


def test_every_record_has_its_parts_on_one_page() -> None:
    found = {name: faults(name, text) for name, text in records().items()}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_index_lists_every_record_in_order_under_its_title() -> None:
    titles = [
        (name, text.splitlines()[0].removeprefix("# ").replace(". ", " ", 1))
        for name, text in records().items()
    ]

    assert linked((RECORDS / INDEX).read_text(encoding="utf-8")) == titles


def test_records_name_packages_and_no_modules() -> None:
    """Modules are renamed more often than decisions change."""
    modules = {name: re.findall(r"[\w/]+\.py\b", text) for name, text in records().items()}

    assert {name: found for name, found in modules.items() if found} == {}


def test_the_index_fits_the_page_too() -> None:
    lines = (RECORDS / INDEX).read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if len(line) > WIDEST] == []


# ---- what is looked for

_SOUND = "# 3. Keep it\n\nStatus: accepted, November 23, 2026\n" + "".join(
    f"\n## {section}\n\nText.\n" for section in SECTIONS
)


def test_a_sound_record_has_no_fault() -> None:
    assert faults("0003-keep-it.md", _SOUND) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("# 3. Keep", "# 4. Keep", "its first line is not its number and its title"),
        ("Keep it", "Keep it.", "its first line is not its number and its title"),
        ("accepted", "in force", "its third line is not its status and date"),
        ("November 23, 2026", "2026-11-23", "its third line is not its status and date"),
        ("## Decision\n\nText.", "## Decision\n", "nothing is under Decision"),
        ("Text.\n", "Text.\n" * 15, "it has 93 lines"),
        ("Text.", "x" * 121, "line 7 is too wide"),
        ("## Context\n\nText.\n\n", "", f"its sections are {SECTIONS[1:]}"),
    ],
)
def test_a_faulty_record_is_reported(before: str, after: str, fault: str) -> None:
    assert fault in faults("0003-keep-it.md", _SOUND.replace(before, after))


def test_only_entries_with_a_description_are_listed() -> None:
    index = "- [1 Keep it](0001-keep-it.md): a fact.\n- [2 Drop it](0002-drop-it.md)\n"

    assert linked(index) == [("0001-keep-it.md", "1 Keep it")]
