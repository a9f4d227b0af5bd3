"""Every module says what it is and what it offers."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.source import Module, package

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_rule(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Rules are offered through their module's `RULES`."""
    return any(
        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "rule"
        for call in node.decorator_list
    )


def public_names(module: Module) -> Iterator[str]:
    """Functions and classes that the module defines at its top and does not hide; constants are its own to judge."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    definitions = (node for node in module.tree.body if isinstance(node, kinds))
    yield from (node.name for node in definitions if not node.name.startswith("_") and not is_rule(node))


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


ONE_IDEA = {
    "Issuer": "the issuer of a form, and of the register's card",
}
"""Public classes that two modules have under one name because they are one idea."""


def test_a_class_has_a_name_of_its_own() -> None:
    places: dict[str, list[str]] = {}
    for module in package():
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(module.name)

    assert {name: where for name, where in places.items() if len(where) > 1 and name not in ONE_IDEA} == {}
    assert [name for name in ONE_IDEA if len(places.get(name, ())) < 2] == []
