"""Sizes and names: a budget is a question, and an exception needs a reason that persuades."""

from __future__ import annotations

from pathlib import PurePosixPath

from tests.house.source import CHECKOUT, functions, package

BANNED_NAMES = {
    "common", "helper", "helpers", "manager", "misc", "util", "utils",
    "asking", "clerk", "counting", "either", "filling", "granting", "happening", "keeping", "known", "mending", "past",
    "recall", "same", "settle", "shelf", "shown",
}  # fmt: skip
"""Names of modules that say nothing of what is inside, or not of what."""


def test_modules_have_at_most_600_lines() -> None:
    sizes = {module.name: module.text.count("\n") for module in package()}

    assert {name: size for name, size in sizes.items() if size > 600} == {}


def test_no_function_is_over_80_lines() -> None:
    assert [function.place for function in functions() if function.lines > 80] == []


def test_95_of_100_functions_have_at_most_40_lines() -> None:
    long = [f"{function.place}: {function.lines}" for function in functions() if function.lines > 40]

    assert len(long) <= 0.05 * len(functions()), long


def test_modules_are_named_after_the_domain() -> None:
    folders = ("form4_author", "tests")
    paths = [path for folder in folders for path in (CHECKOUT / folder).rglob("*.py")]
    banned = [path for path in paths if BANNED_NAMES & set(PurePosixPath(path.with_suffix("")).parts[-2:])]

    assert banned == []
