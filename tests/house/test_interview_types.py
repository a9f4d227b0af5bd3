"""The interview works on typed records: nothing in it is of any type, and nothing is made out by looking at it."""

from __future__ import annotations

import ast

from tests.house.source import CHECKOUT

EDGE = {"answers_file.py": "the file of answers is JSON or YAML"}
"""Modules of the interview that read data of any shape, and why."""


def _offences(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in ("Any", "cast"):
            found.append(f"{node.lineno} {node.id}")
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            found += _of_object(node.annotation)
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            found += _of_object(node.returns)
    return found


def _of_object(annotation: ast.expr) -> list[str]:
    return [
        f"{node.lineno} object"
        for node in ast.walk(annotation)
        if isinstance(node, ast.Name) and node.id == "object"
    ]


def test_the_interview_names_its_types() -> None:
    folder = CHECKOUT / "form4_author" / "wizard"
    offences = {
        str(file.relative_to(folder)): found
        for file in sorted(folder.rglob("*.py"))
        if file.name not in EDGE and (found := _offences(ast.parse(file.read_text(encoding="utf-8"))))
    }

    assert offences == {}


def test_every_exception_is_still_needed() -> None:
    folder = CHECKOUT / "form4_author" / "wizard"

    assert [
        name for name in EDGE if not _offences(ast.parse((folder / name).read_text(encoding="utf-8")))
    ] == []


def test_what_is_of_any_type_is_found() -> None:
    source = "x: dict[str, object] = {}\ndef f(a: Any, b: int) -> object: return cast('int', a)\n"

    assert sorted(_offences(ast.parse(source))) == ["1 object", "2 Any", "2 cast", "2 object"]
