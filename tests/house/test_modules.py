"""Every module says what it is and what it offers."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.source import Module, package

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_type_variable(value: ast.expr) -> bool:
    """`T = TypeVar("T")` is spelling, not an offer."""
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "TypeVar"


def public_names(module: Module) -> Iterator[str]:
    """Functions, classes and constants that the module defines at its top and does not hide."""
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign) and not is_type_variable(node.value):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names = [node.target.id]
        else:
            names = []
        yield from (name for name in names if not name.startswith("_"))


def offered(module: Module) -> set[str] | None:
    """What `__all__` lists, or None without one."""
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets
        ):
            return set(ast.literal_eval(node.value))
    return None


def test_every_module_says_what_it_is() -> None:
    assert [module.name for module in package() if not ast.get_docstring(module.tree)] == []


def test_every_public_name_is_offered() -> None:
    unlisted = {
        module.name: sorted(missing)
        for module in package()
        if (missing := set(public_names(module)) - (offered(module) or set()))
    }

    assert unlisted == {}
