"""The core knows only what it is handed: no clock, environment, terminal, files, floats."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.source import Module, core, package

# Modules of the standard library and others through which the surroundings come in.
AMBIENT = {
    "argparse", "asyncio", "curses", "getpass", "http", "locale", "logging", "multiprocessing", "os", "platformdirs",
    "random", "secrets", "shutil", "signal", "socket", "ssl", "subprocess", "sys", "tempfile", "termios", "threading",
    "time", "urllib", "uuid", "webbrowser",
}  # fmt: skip

# Calls, by the end of the dotted name.
CLOCK = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow"}
TERMINAL = {"breakpoint", "input", "print"}
FILES = {"open", "read_bytes", "read_text", "write_bytes", "write_text"}

# Who reads the files that ship with the program, and nothing else.
LOADERS = {
    "checks/case.py": "the case files of the rules that lie beside it",
    "checks/stated.py": "the words of the stated rules, which lie beside it",
    "checks/example/__init__.py": "the example filings that lie beside it",
    "checks/schema.py": "the draft's JSON Schema, where resources.py finds it",
    "codes/__init__.py": "the code tables that lie beside it",
    "page/caption.py": "the printed captions, where resources.py finds them",
    "page/pdf.py": "the fonts that pages are drawn with, where resources.py finds them, for their hash",
}


def dotted(node: ast.expr) -> str:
    """`datetime.datetime.now` for that expression; the last name alone where something is computed before it."""
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return node.id if isinstance(node, ast.Name) else ""


def calls(module: Module) -> list[tuple[str, str]]:
    """(place, dotted name) of each call."""
    return [
        (f"{module.name}:{node.lineno}", dotted(node.func))
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
    ]


def ends_in(name: str, endings: set[str]) -> bool:
    """Whether the dotted name is one of these or ends in one."""
    return any(name == ending or name.endswith(f".{ending}") for ending in endings)


def imported(module: Module) -> list[tuple[str, str]]:
    """(place, top-level name) of each absolute import, inside functions too."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found += [(f"{module.name}:{node.lineno}", alias.name.split(".")[0]) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.append((f"{module.name}:{node.lineno}", (node.module or "").split(".")[0]))
    return found


@pytest.mark.parametrize("endings", [CLOCK, TERMINAL, {"float"}], ids=["clock", "terminal", "float"])
def test_the_core_does_not_call(endings: set[str]) -> None:
    assert [call for module in core() for call in calls(module) if ends_in(call[1], endings)] == []


def test_the_core_writes_no_float() -> None:
    floats = [
        f"{module.name}:{node.lineno} {node.value}"
        for module in core()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]

    assert floats == []


def test_only_loaders_open_files() -> None:
    opened = [
        call
        for module in core()
        if module.name not in LOADERS
        for call in calls(module)
        if ends_in(call[1], FILES)
    ]

    assert opened == []


def test_every_loader_still_opens_a_file() -> None:
    loading = {module.name for module in core() if any(ends_in(name, FILES) for _, name in calls(module))}

    assert set(LOADERS) <= loading


def test_the_core_imports_nothing_ambient() -> None:
    assert [found for module in core() for found in imported(module) if found[1] in AMBIENT] == []


def test_nothing_is_left_for_later() -> None:
    marks = [
        f"{module.name}:{number} {line.strip()}"
        for module in package()
        for number, line in enumerate(module.text.splitlines(), 1)
        if re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", line)
    ]

    assert marks == []
