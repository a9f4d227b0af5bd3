"""Every library that the program imports is one that its installation brings."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).resolve().parents[2]
BROUGHT: Final = {
    "asn1crypto": "pyhanko",
    "pkcs11": "pyhanko",
    "prompt_toolkit": "questionary",
    "pyhanko_certvalidator": "pyhanko",
    "markupsafe": "jinja2",
    "mcp_types": "mcp",
}
"""What comes with a library that is asked for, and which: each of these requires it."""


def imported() -> set[str]:
    """The top-level names that some module of the program imports, those of Python aside."""
    names = set()
    for path in (CHECKOUT / "form4_author").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"form4_author"}


def declared() -> set[str]:
    """The distributions that pyproject.toml asks for, extras for users among them."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for_users = ("token", "postgresql", "chart", "mcp", "dask")
    lines = [*project["dependencies"], *(line for extra in for_users for line in extras[extra])]
    return {re.split(r"[^A-Za-z0-9_.-]", line, maxsplit=1)[0].lower() for line in lines}


def test_every_library_imported_is_declared() -> None:
    of = packages_distributions()
    wanted = {name: BROUGHT.get(name) or of[name][0].lower() for name in imported()}

    assert {name: each for name, each in wanted.items() if each not in declared()} == {}


def test_what_comes_along_is_imported() -> None:
    assert set(BROUGHT) - imported() == set()
