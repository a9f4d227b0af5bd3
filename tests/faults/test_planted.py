"""The tests see faults: each of the catalogue, planted in a copy of the project, makes the test that it names fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.catalogue import CHECKOUT, FAULTS, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.long

FOLDERS = ("form4_author", "templates", "schemas", "tests")
FILES = ("pyproject.toml", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile")
PASSED, FAILED = pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project in a folder of its own, to be changed."""
    folder = tmp_path_factory.mktemp("planted")
    for name in FOLDERS:
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy2(CHECKOUT / name, folder / name)
    return folder


def run(copy: Path, *ids: str) -> subprocess.CompletedProcess[str]:
    """These tests in the copy, whose package is the one that they import, long ones too; nothing is measured."""
    ours = ("COVERAGE_", "PYTEST_")
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "-m",
            "long or not long",
            *ids,
        ],
        cwd=copy,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith(ours)},
            "PYTHONPATH": str(copy),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@contextmanager
def planted(copy: Path, fault: Fault) -> Iterator[None]:
    """The fault is in the copy while this lasts."""
    file = copy / fault.file
    sound = file.read_text(encoding="utf-8")
    assert sound.count(fault.was) == 1
    _written(file, sound.replace(fault.was, fault.now))
    try:
        yield
    finally:
        _written(file, sound)


def _written(file: Path, text: str) -> None:
    """The text is in the file and is what Python runs: a change of the same size in the same second it would not see."""
    file.write_text(text, encoding="utf-8")
    if file.suffix == ".py":
        Path(cache_from_source(str(file))).unlink(missing_ok=True)


def test_without_a_fault_they_pass(copy: Path) -> None:
    """So that a failure below is the fault's."""
    done = run(copy, *dict.fromkeys(fault.caught_by for fault in FAULTS))

    assert done.returncode == PASSED, done.stdout + done.stderr


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_fault_is_caught(fault: Fault, copy: Path) -> None:
    with planted(copy, fault):
        done = run(copy, fault.caught_by)

    assert done.returncode == FAILED, done.stdout + done.stderr
