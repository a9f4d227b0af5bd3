"""The catalogue itself: each fault can be planted, and names a test that there is."""

from __future__ import annotations

import ast
from collections import Counter

from tests.faults.catalogue import AREAS, CHECKOUT, FAULTS, Fault


def has_its_test(fault: Fault) -> bool:
    """Whether the file of the test is there and defines it."""
    file, _, name = fault.caught_by.partition("::")
    path = CHECKOUT / file
    if not path.is_file():
        return False
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return name.partition("[")[0] in {node.name for node in body if isinstance(node, ast.FunctionDef)}


def test_there_are_at_least_thirty() -> None:
    assert len(FAULTS) >= 30


def test_each_has_a_name_of_its_own() -> None:
    offenders = [name for name, count in Counter(fault.name for fault in FAULTS).items() if count > 1]

    assert offenders == []


def test_each_lies_in_an_area() -> None:
    offenders = [f"{fault.name}: {fault.file}" for fault in FAULTS if not fault.area]

    assert offenders == []


def test_each_area_has_at_least_three() -> None:
    counts = Counter(fault.area for fault in FAULTS)
    offenders = [area for area in AREAS if counts[area] < 3]

    assert offenders == []


def test_each_stands_once_in_its_file() -> None:
    counts = {
        f"{fault.name}: {fault.file}": (CHECKOUT / fault.file).read_text(encoding="utf-8").count(fault.was)
        for fault in FAULTS
    }
    offenders = {fault: count for fault, count in counts.items() if count != 1}

    assert offenders == {}


def test_each_changes_something() -> None:
    offenders = [fault.name for fault in FAULTS if fault.now == fault.was]

    assert offenders == []


def test_each_names_a_test_that_there_is() -> None:
    offenders = [f"{fault.name}: {fault.caught_by}" for fault in FAULTS if not has_its_test(fault)]

    assert offenders == []
