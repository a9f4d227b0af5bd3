"""No module imports, directly or by way of others, one that imports it: not inside a function and not for types either."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import networkx as nx

from tests.house.source import package

if TYPE_CHECKING:
    from collections.abc import Iterator


def dotted(name: str) -> str:
    """``form4_author.codes`` for ``codes/__init__.py``."""
    return ".".join(("form4_author", *name.removesuffix(".py").split("/"))).removesuffix(".__init__")


def imports(tree: ast.Module, names: frozenset[str]) -> Iterator[str]:
    """The modules of the package that a module imports, wherever the statement is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in names:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from (inner & names) or {node.module}


def test_no_modules_import_each_other() -> None:
    modules = {dotted(module.name): module.tree for module in package()}
    graph: nx.DiGraph[str] = nx.DiGraph()
    for name, tree in modules.items():
        graph.add_edges_from((name, other) for other in imports(tree, frozenset(modules)) if other != name)

    assert graph.number_of_edges() > 1000
    assert [sorted(circle) for circle in nx.strongly_connected_components(graph) if len(circle) > 1] == []
