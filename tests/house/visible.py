"""Every text that a user may see, with the place it comes from."""

from __future__ import annotations

import ast
import functools
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from form4_author.checks.base import explanation
from form4_author.checks.registry import rules
from tests.house.source import CHECKOUT, package

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Pattern", "Text", "documents", "exceptions", "patterns", "program", "registry", "templates"]

_REGEX = re.compile(r"\\[bswdS(.\[]|\(\?[:=!P<]|\[\^|\)\?")
"""What only a pattern has: a pattern reads the filer's words and is never shown."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text and where it is written."""

    place: str
    words: str


def program(area: str = "") -> Iterator[Text]:
    """The texts in the code below a folder or file of the package, ``…`` for what is put in; no docstrings, no patterns."""
    for module in package():
        if module.name.startswith(area):
            for line, words in sorted(_literals(module.tree)):
                yield Text(f"form4_author/{module.name}:{line}", words)


def _literals(tree: ast.Module) -> set[tuple[int, str]]:
    """Texts of at least two words that are shown: the parts of an f-string are one text."""
    hidden: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            hidden.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            hidden.update(part for part in node.values if isinstance(part, ast.Constant))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            words = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in hidden:
            words = node.value
        else:
            continue
        if " " in words.strip() and not _REGEX.search(words):
            found.add((node.lineno, words))
    return found


def registry() -> Iterator[Text]:
    """What ``form4 explain`` says of each rule."""
    for rule in rules():
        for part, words in {"title": rule.title, **explanation(rule.text)._asdict()}.items():
            yield Text(f"{rule.id} {part}", words)


def templates() -> Iterator[Text]:
    """The words of the templates: without markup, statements and style sheets. The SEC's captions are the SEC's."""
    for path in sorted((CHECKOUT / "templates").rglob("*.j2")):
        if not path.name.endswith(".css.j2"):
            text = re.sub(
                r"\{[%#].*?[%#]\}|<style.*?</style>|<[^<>]*>", "\n", path.read_text("utf-8"), flags=re.DOTALL
            )
            text = re.sub(r"\{\{.*?\}\}", "…", text, flags=re.DOTALL)
            for line in text.split("\n"):
                if " " in line.strip():
                    yield Text(f"templates/{path.name}", " ".join(line.split()))


def documents() -> Iterator[Text]:
    """The paragraphs of README, CHANGELOG, CONTRIBUTING and docs/, without what is code."""
    for path in (*sorted(CHECKOUT.glob("*.md")), *sorted((CHECKOUT / "docs").rglob("*.md"))):
        text = re.sub(r"```.*?```|`[^`\n]*`", "…", path.read_text("utf-8"), flags=re.DOTALL)
        for paragraph in text.split("\n\n"):
            yield Text(path.relative_to(CHECKOUT).as_posix(), " ".join(paragraph.split()))


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that no text has."""

    find: re.Pattern[str]
    instead: str


@functools.cache
def patterns() -> tuple[Pattern, ...]:
    """What ``wording.toml`` lists."""
    listed = _listed()["pattern"]
    return tuple(Pattern(re.compile(entry["find"], re.IGNORECASE), entry["instead"]) for entry in listed)


@functools.cache
def exceptions() -> dict[str, str]:
    """The words that stay, with the reason."""
    return {entry["words"]: entry["reason"] for entry in _listed().get("exception", [])}


def _listed() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = tomllib.loads(
        (CHECKOUT / "tests/house/wording.toml").read_text("utf-8")
    )
    return found
