"""What a change touches, in half a minute: ``make quick``, or ``python -m tests.quick FILE ...`` for files not changed.

The test files nearest to the change run first: those that were changed, those named after a changed module, those that
import it, then those that reach it over other modules. After seventeen seconds no further test begins; what is left is
counted, and ``make test`` runs it.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
from collections import deque
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.schedule import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grimp import ImportGraph

__all__ = ["changed", "nearest"]

CHECKOUT: Final = Path(__file__).resolve().parents[1]
SECONDS: Final = 17
"""From the first line of this program until no further test begins."""
_FILES: Final = 40
"""Test files at most: more would not be reached, and collecting them takes time."""
_PACKAGE: Final = "form4_author"
_READERS: Final = {
    "templates/": ("form4_author.page.html", "form4_author.page.pdf", "form4_author.page.text"),
    "schemas/": ("form4_author.checks.schema",),
}
"""Who reads what is no module."""
_BESIDE: Final = {
    "README.md": ("tests/docs/test_pages.py",),
    "CONTRIBUTING.md": ("tests/house/",),
    "docs/": ("tests/docs/", "tests/house/test_decisions.py"),
    "mkdocs.yml": ("tests/docs/test_site.py",),
    "pyproject.toml": ("tests/house/", "tests/install/test_declared.py"),
    ".ci/": ("tests/house/",),
    "form4_author/__main__.py": ("tests/install/",),
}
"""Which tests look at files that no test imports."""
_FAR: Final = 9


def changed() -> list[str]:
    """The files changed since the last commit, new ones too; of a clean checkout, those of that commit.

    Raises CalledProcessError where this is no checkout.
    """
    now = _git("diff", "--name-only", "HEAD") + _git("ls-files", "--others", "--exclude-standard")
    return now or _git("show", "--name-only", "--format=", "HEAD")


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if line]


def nearest(files: Iterable[str]) -> list[str]:
    """The test files that the files touch, nearest first; of equally near ones, those that take longest last."""
    ranked: dict[str, int] = {}
    for test, rank in (found for file in files for found in _touched(file)):
        ranked[test] = min(rank, ranked.get(test, _FAR))
    return sorted(ranked, key=lambda test: (ranked[test], test.startswith(LONGEST), test))


def _touched(file: str) -> Iterator[tuple[str, int]]:
    """The test files that a file touches, each with its distance."""
    for start, tests in _BESIDE.items():
        if file.startswith(start):
            yield from ((test, 0) for test in _tests() if test.startswith(tests))
    if file.startswith("tests/"):
        yield from _of_test(file)
        return
    starts = next((modules for start, modules in _READERS.items() if file.startswith(start)), None)
    if starts is None and not file.startswith(f"{_PACKAGE}/"):
        return
    module = _module(file)
    yield from _named_after(module) if starts is None else ()
    within = _graph().find_descendants(module) if file.endswith("/__init__.py") else ()
    near = _distances(starts or {module, *within})
    for test, imported in _tests().items():
        reached = [near[each] for each in imported if each in near]
        if reached:
            yield test, 2 + min(reached)


def _of_test(file: str) -> Iterator[tuple[str, int]]:
    """A test file touches itself; a helper touches who imports it; data touch the tests of their folder or one above."""
    if file in _tests():
        yield file, 0
    elif file.endswith(".py"):
        yield from ((test, 1) for test, imported in _tests().items() if _module(file) in imported)
    else:
        folder = next(f for f in Path(file).parents if any(Path(t).parent == f for t in _tests()))
        yield from ((test, 1) for test in _tests() if Path(test).parent == folder)


def _named_after(module: str) -> Iterator[tuple[str, int]]:
    """Tests with the module's name, and those of the folder that mirrors its package."""
    *packages, name = module.split(".")[1:] or [module]
    for test in _tests():
        parts = Path(test).parts
        if name in Path(test).stem.removeprefix("test_").split("_") or Path(test).stem == f"test_{name}":
            yield test, 1
        elif packages and packages[0] in parts:
            yield test, 4


@cache
def _tests() -> Mapping[str, frozenset[str]]:
    """Each test file, and the modules that it imports, its helpers' among them."""
    files = {path.relative_to(CHECKOUT).as_posix(): path for path in (CHECKOUT / "tests").rglob("*.py")}
    direct = {name: frozenset(_imports(path)) for name, path in files.items()}

    def all_of(name: str) -> frozenset[str]:
        seen, waiting = set[str](), [name]
        while waiting:
            for module in direct[waiting.pop()] - seen:
                seen.add(module)
                helper = f"{module.replace('.', '/')}.py"
                if helper in files:
                    waiting.append(helper)
        return frozenset(seen)

    return {name: all_of(name) for name, path in files.items() if path.name.startswith("test_")}


def _imports(path: Path) -> Iterator[str]:
    """The modules of the package and of the tests that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith((_PACKAGE, "tests")):
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _module(file: str) -> str:
    """The module in a file; the package whose folder holds a file of data."""
    path = Path(file)
    parts = path.with_suffix("").parts if path.suffix == ".py" else path.parent.parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def _graph() -> ImportGraph:
    import grimp

    return grimp.build_graph(_PACKAGE)


def _distances(modules: Iterable[str]) -> Mapping[str, int]:
    """How many imports lie between a module of the package and these."""
    near = {module: 0 for module in modules if module in _graph().modules}
    waiting = deque(near)
    while waiting:
        module = waiting.popleft()
        for other in _graph().find_modules_that_directly_import(module):
            if other not in near:
                near[other] = near[module] + 1
                waiting.append(other)
    return near


def _run(files: list[str]) -> int:
    """Pytest's exit code for these files in this order."""
    until = str(time.time() + SECONDS)
    words = ["-q", "-n", str(os.cpu_count() or 1), "-p", "no:cacheprovider", *files]
    environment = {**os.environ, "FORM4_TESTS_UNTIL": until, "FORM4_TESTS_ORDER": "given"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *words], cwd=CHECKOUT, env=environment, check=False
    ).returncode


def main(words: list[str]) -> int:
    """Run what the named files touch, or else what was changed."""
    files = words or changed()
    found = nearest(files)
    if not found:
        sys.stdout.write(f"No test reads {', '.join(files)}. make test runs all of them.\n")
        return 0
    kept = found[:_FILES]
    if len(found) > len(kept):
        sys.stdout.write(f"The nearest {len(kept)} of {len(found)} test files; make test runs all of them.\n")
        sys.stdout.flush()
    return _run(kept)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
