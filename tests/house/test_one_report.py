"""A report, from which a verdict follows, is made in one function: no two commands can judge one file differently."""

from __future__ import annotations

import ast

from tests.house.source import package


def test_a_report_is_made_in_one_function() -> None:
    makers = {
        f"{module.name}:{getattr(outer, 'name', 'module')}"
        for module in package()
        for outer in module.tree.body
        for call in ast.walk(outer)
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == "Report"
    }

    assert makers == {"checks/report.py:report_of"}


def test_findings_are_made_for_that_function_only() -> None:
    """`form4 check`, the interview, `pack` and `verify` ask for a report."""
    names = {"check_document", "check_draft"}
    users = {
        module.name
        for module in package()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.alias) and getattr(node, "id", getattr(node, "name", "")) in names
    }

    assert users == {"checks/report.py"}
