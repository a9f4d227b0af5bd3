"""A commit can be found by its subject: a verb first, the thing changed, at most 72 characters.

It holds for every commit after the one that added this file; a checkout without its history has nothing to look at.
"""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.house.source import CHECKOUT

LONGEST = 72
VERBS = frozenset((CHECKOUT / "tests/house/verbs.txt").read_text(encoding="utf-8").split())


def faults(subject: str) -> list[str]:
    """What is wrong with a subject."""
    return [
        *([f"{len(subject)} characters, at most {LONGEST}"] if len(subject) > LONGEST else []),
        *(
            [f"begins with {subject.split(maxsplit=1)[0]!r}, not a verb of verbs.txt"]
            if subject.split(maxsplit=1)[0] not in VERBS
            else []
        ),
        *(["ends with a period"] if subject.endswith(".") else []),
    ]


def git(*words: str) -> str:
    """What git prints; nothing where there is no git or no history."""
    command = shutil.which("git")
    if command is None:
        return ""
    done = subprocess.run([command, *words], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def test_each_subject_begins_with_a_verb_and_fits() -> None:
    added = git("log", "--diff-filter=A", "--format=%H", "--", "tests/house/test_commits.py").split()
    if not added:
        pytest.skip("no history to look at")
    subjects = git("log", "--no-merges", "--format=%h %s", f"{added[-1]}..HEAD").splitlines()

    assert [f"{line}: {fault}" for line in subjects for fault in faults(line.partition(" ")[2])] == []


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("Add a reader of EDGAR", []),
        ("A reader of EDGAR.", ["begins with 'A', not a verb of verbs.txt", "ends with a period"]),
        ("Add " + "a" * 69, ["73 characters, at most 72"]),
        ("Add " + "a" * 68, []),
    ],
)
def test_a_subject_is_judged_at_its_bounds(subject: str, found: list[str]) -> None:
    assert faults(subject) == found
