"""What a test proves, by its source: whether it asserts anything, and more than that something is there."""

from __future__ import annotations

import ast
import functools
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.house.source import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["RAISING", "Function", "functions_in", "functions_of", "silent", "vague"]

RAISING = {"_until": "Terminal: raises AssertionError with the screen when a text does not appear in time"}
"""Functions of the tests that prove by raising, and what."""

_PREDICATES = {
    "all", "any", "endswith", "exists", "is_dir", "is_file", "is_relative_to", "is_valid", "isascii", "isdisjoint",
    "isinstance", "issubset", "startswith", "validate",
}  # fmt: skip
"""What Python and the libraries answer with yes or no; our own functions say so by their annotation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function or method, nested ones too, and what of it bears on proof."""

    path: str
    name: str
    answers: bool
    """Whether it returns yes or no, by its annotation."""
    claims: tuple[ast.expr, ...]
    """What it asserts, in itself and in the functions that it defines."""
    expects: bool
    """Whether it expects an exception or a warning."""
    called: frozenset[str]
    """The last word of each name that it calls, but for the functions that it defines."""

    @property
    def id(self) -> str:
        """As pytest names it, without class and parameters."""
        return f"{self.path}::{self.name}"

    @property
    def is_test(self) -> bool:
        """Whether pytest runs it."""
        return self.path.rpartition("/")[2].startswith("test_") and self.name.startswith("test")


@functools.cache
def functions_of(folder: str) -> tuple[Function, ...]:
    """Every function below a folder of the checkout: never empty."""
    found = tuple(
        function
        for path in sorted((CHECKOUT / folder).rglob("*.py"))
        for function in functions_in(path.relative_to(CHECKOUT).as_posix(), path.read_text(encoding="utf-8"))
    )
    assert found, f"no function found below {folder}"
    return found


def functions_in(path: str, text: str) -> Iterator[Function]:
    """Every function of one module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield _function(path, node)


def _function(path: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Function:
    parts = tuple(ast.walk(node))
    nested = {part.name for part in parts if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)}
    return Function(
        path=path,
        name=node.name,
        answers=isinstance(node.returns, ast.Name) and node.returns.id == "bool",
        claims=tuple(part.test for part in parts if isinstance(part, ast.Assert)),
        expects=any(isinstance(part, ast.withitem) and _expects(part.context_expr) for part in parts),
        called=frozenset(_last(part.func) for part in parts if isinstance(part, ast.Call)) - nested,
    )


def silent(tests: Iterable[Function]) -> list[str]:
    """Tests without an assertion, an expected exception, or a call of a function of the tests that has one.

    What only narrows a type is no assertion here.
    """
    tests = tuple(tests)
    proving = _proving(tests)
    return [test.id for test in tests if test.is_test and not _proves(test, proving)]


def vague(tests: Iterable[Function], package: Iterable[Function]) -> list[str]:
    """Tests that assert only that a value counts as true, where the value is not declared as yes or no."""
    tests = tuple(tests)
    proving = _proving(tests)
    named = _by_name((*package, *tests)).items()
    predicates = _PREDICATES | {name for name, defined in named if all(each.answers for each in defined)}
    return [
        test.id
        for test in tests
        if test.is_test
        and test.claims
        and all(_bare(claim, predicates) for claim in test.claims)
        and not test.expects
        and test.called.isdisjoint(proving)
    ]


def _by_name(functions: Iterable[Function]) -> dict[str, list[Function]]:
    found = defaultdict(list)
    for function in functions:
        found[function.name].append(function)
    return found


def _proving(tests: Iterable[Function]) -> set[str]:
    """Names that, wherever the tests define them, stand for a function that asserts, itself or through another."""
    defined = _by_name(tests)
    proving = set(RAISING)
    while more := {
        name
        for name, functions in defined.items()
        if name not in proving and all(_proves(each, proving) for each in functions)
    }:
        proving |= more
    return proving


def _proves(function: Function, proving: set[str]) -> bool:
    return (
        function.expects
        or not all(_narrows(claim) for claim in function.claims)
        or not function.called.isdisjoint(proving)
    )


def _expects(context: ast.expr) -> bool:
    """Whether it is `pytest.raises(…)` or `pytest.warns(…)`."""
    func = context.func if isinstance(context, ast.Call) else context
    return (
        isinstance(func, ast.Attribute)
        and isinstance(func.value, ast.Name)
        and func.value.id == "pytest"
        and func.attr in {"raises", "warns"}
    )


def _last(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _narrows(claim: ast.expr) -> bool:
    """Whether it is there for the type checker: what a helper asks before it begins proves nothing about the result."""
    if isinstance(claim, ast.Compare):
        other = claim.comparators[0]
        return isinstance(claim.ops[0], ast.IsNot) and isinstance(other, ast.Constant) and other.value is None
    return isinstance(claim, ast.Call) and _last(claim.func) in {"callable", "isinstance"}


def _bare(claim: ast.expr, predicates: set[str]) -> bool:
    """Whether any value but an empty one would do."""
    if isinstance(claim, ast.UnaryOp):
        return _bare(claim.operand, predicates)
    if isinstance(claim, ast.BoolOp):
        return all(_bare(value, predicates) for value in claim.values)
    if isinstance(claim, ast.Call):
        return _last(claim.func) not in predicates
    return not isinstance(claim, ast.Compare)
