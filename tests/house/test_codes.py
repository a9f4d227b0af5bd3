"""What is true of a transaction code is a column of ``codes/transaction.csv``; no list in the package repeats one.

A list of two or more codes that a column also gives would have to be kept in step with it. A single code names itself,
and a list that no column gives is the choice of the rule beside it.
"""

from __future__ import annotations

import ast
import csv
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest

from tests.house.source import CHECKOUT, Module, package

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES: Final = {"code", "name"}
"""Columns that say which code it is, not what is true of it."""
_LISTS: Final = {"table_1", "table_2", "unpriced"}
"""Columns that hold several words."""
_FEWEST_KEYS: Final = 3
"""A dictionary by two codes gives each its own words; one by more of them is a column."""


@cache
def columns() -> dict[frozenset[str], list[str]]:
    """``side = sale`` by the codes of which it is true: all that the columns say of more codes than one."""
    path = CHECKOUT / "form4_author" / "codes" / "transaction.csv"
    with path.open(encoding="ascii", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    found: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    found[frozenset(row["code"] for row in rows)].append("code")
    for column in [each for each in rows[0] if each not in _NAMES]:
        values = {row["code"]: row[column] for row in rows}
        if column in _LISTS:
            values = {code: " ".join(sorted(value.split())) for code, value in values.items()}
        for value in sorted(set(values.values())):
            found[frozenset(code for code in values if values[code] == value)].append(f"{column} = {value}")
        if "-" in values.values():
            found[frozenset(code for code in values if values[code] != "-")].append(f"{column} is not -")
        for word in sorted(set(" ".join(values.values()).split())) if column in _LISTS else ():
            holders = frozenset(code for code in values if word in values[code].split())
            found[holders].append(f"{column} has {word}")
    return {letters: names for letters, names in found.items() if len(letters) > 1}


def letters_of(node: ast.AST) -> frozenset[str]:
    """The one-letter texts of a literal that lists them; empty for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return frozenset(node.value) if len(set(node.value)) == len(node.value) else frozenset()
    if isinstance(node, ast.Dict):
        parts: list[ast.expr | None] = node.keys if len(node.keys) >= _FEWEST_KEYS else []
    elif isinstance(node, ast.Set | ast.Tuple | ast.List):
        parts = [*node.elts]
    else:
        return frozenset()
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return frozenset(texts) if len(texts) == len(parts) else frozenset()


def repeated(module: Module) -> Iterator[str]:
    """The lists of codes in a module that a column gives, with the column."""
    for node in ast.walk(module.tree):
        names = columns().get(letters_of(node))
        if names is not None:
            yield f"{module.name}:{getattr(node, 'lineno', 0)} {ast.unparse(node)[:60]}: {', '.join(names)}"


def test_no_list_of_codes_repeats_a_column() -> None:
    assert [found for module in package() for found in repeated(module)] == []


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ('frozenset("OHPLSUE")', "side is not -"),
        ('x in ("S", "U", "H")', "side = sale"),
        ("x in {'M', 'F', 'A', 'I', 'D'}", "insiders_only = yes"),
        ('x in "WG"', "exempt_by = Rule 16b-5"),
        ('["M", "C", "X", "O"]', "exercise = yes"),
        ('set("MCXOGWE")', "unpriced is not -"),
        ('{"G", "W"}', "unpriced has I"),
        ('frozenset("PSADFIMCXOHU")', "form_type = 4"),
        ('{"E": 1, "G": 2, "J": 3}', "form_type = either"),
        ('("P", "S")', "group = General"),
        ('frozenset("EH")', "table_1 = -"),
        ('"PSADFIMCEHOXGLWZJU"', "code"),
    ],
)
def test_a_list_that_repeats_a_column_is_found(text: str, column: str) -> None:
    module = Module(name="checks/rules/some.py", text=text, tree=ast.parse(text))

    (found,) = repeated(module)
    assert column in found.rpartition(": ")[2].split(", ")


@pytest.mark.parametrize(
    "text",
    [
        'frozenset("G")',
        'frozenset("AFM")',
        '{"P": "A", "S": "D"}',
        'x = "PSP"',
        'f("P", "S")',
        "(P, S)",
        "()",
    ],
)
def test_other_literals_are_left_alone(text: str) -> None:
    assert list(repeated(Module(name="checks/rules/some.py", text=text, tree=ast.parse(text)))) == []
