"""The package's own source, parsed: what the house rules are asked about."""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass
from pathlib import Path

__all__ = ["CHECKOUT", "Function", "Module", "core", "functions", "package"]

CHECKOUT = Path(__file__).resolve().parents[2]

# Edges do I/O, tell the time, talk to the terminal; everything else is core (CONTRIBUTING, "Shape").
_EDGES = ("__main__", "api", "cli", "desk", "edgar", "files", "register", "signing", "wizard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One file of the package."""

    name: str
    """Relative to the package, as in `checks/rules/dates.py`."""
    text: str
    tree: ast.Module

    @property
    def is_core(self) -> bool:
        """Whether it may know only what it is handed."""
        return self.name.split("/")[0].removesuffix(".py") not in _EDGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function or method and where it stands."""

    place: str
    lines: int


@functools.cache
def package() -> tuple[Module, ...]:
    """Every module of the package, by name: never empty."""
    root = CHECKOUT / "form4_author"
    modules = []
    for path in sorted(root.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        modules.append(Module(name=path.relative_to(root).as_posix(), text=text, tree=ast.parse(text)))
    assert modules, f"no module found below {root}"
    return tuple(modules)


def core() -> tuple[Module, ...]:
    """The modules that read no clock, environment, terminal or network: never empty."""
    modules = tuple(module for module in package() if module.is_core)
    assert modules, "the core has no module"
    return modules


def functions() -> tuple[Function, ...]:
    """Every function of the package, nested ones too, with its length from `def` to its last line."""
    return tuple(
        Function(
            place=f"{module.name}:{node.lineno} {node.name}",
            lines=(node.end_lineno or node.lineno) - node.lineno + 1,
        )
        for module in package()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
