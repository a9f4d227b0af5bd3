"""What `make quick` runs for a change: the tests nearest to it, and some for every module."""

from __future__ import annotations

import pytest

from tests.house.source import CHECKOUT
from tests.quick import nearest


@pytest.mark.long
def test_every_module_has_tests_that_reach_it() -> None:
    files = [path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "form4_author").rglob("*.py")]

    assert [file for file in files if not nearest([file])] == []


@pytest.mark.parametrize(
    ("file", "first"),
    [
        ("form4_author/ledger/breaks.py", "tests/ledger/test_breaks.py"),
        ("form4_author/cli/sign.py", "tests/cli/test_sign.py"),
        ("form4_author/codes/country.csv", "tests/core/test_codes.py"),
        ("templates/page/page.html.j2", "tests/page/test_authentication.py"),
        ("tests/wire/test_mend.py", "tests/wire/test_mend.py"),
        ("tests/register/papers.py", "tests/register/test_account.py"),
        ("README.md", "tests/docs/test_pages.py"),
    ],
)
def test_the_nearest_tests_come_first(file: str, first: str) -> None:
    found = nearest([file])

    assert first in found[:9]
    assert len(found) == len(set(found))


def test_data_of_a_folder_touch_its_tests() -> None:
    found = nearest(["tests/wizard/answers/seed.yaml"])

    assert {file.rpartition("/")[0] for file in found} == {"tests/wizard"}


def test_what_no_test_reads_touches_none() -> None:
    assert nearest(["LICENSE"]) == []
