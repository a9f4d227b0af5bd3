"""Each rule against its case file: what it accepts, what it rejects, where it points and what it says.

A case file, ``cases/<ID>.yaml``, is read with every scalar as text:

    rule: TXN-007
    base: seed                    # the example the edits start from
    accept:
      - why: a sale is a disposition
        edits: ["non_derivative[0].transaction_code = S"]
    reject:
      - why: …
        edits: […]
        path: non_derivative[0].acquired_disposed       # or hits: [{path: …, message: …, related: […]}, …]
        message: the whole message
        related: ["non_derivative[0].transaction_code"] # left out: none
        fix: "(safe) Clear the price: non_derivative[0].price = None"   # left out: none

``base``, ``as_of``, ``profile``, ``edition``, ``submission`` (an envelope) and ``known`` (facts beside the filing, as in
``form4_author.checks.example``) stand in the file's head or in one case.
``as_of`` is otherwise the date the example was signed, or, for a public document, its own last signature date. Only the
rule itself is asked.
"""

from __future__ import annotations

import importlib
import pkgutil
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from form4_author.checks import rules
from form4_author.checks.example import known
from form4_author.findings import path_text
from tests.builders import last_signed, make_context, make_filing

if TYPE_CHECKING:
    from form4_author.checks.base import Rule
    from form4_author.findings import Fix

_CASES = Path(__file__).parent / "cases"
_SETTINGS = ("as_of", "profile", "edition", "submission")
_GIVEN = (*_SETTINGS, "known")


@cache
def rules_by_id() -> dict[str, Rule]:
    """Every rule of every rule module, found by walking the modules."""
    modules = (
        importlib.import_module(m.name) for m in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}.")
    )
    return {rule.id: rule for module in modules for rule in module.RULES}


@cache
def case_file(name: str) -> dict[str, Any]:
    text = (_CASES / f"{name}.yaml").read_text(encoding="utf-8")
    # Not the default loader: 0.10 and 2026-10-06 and no stay text.
    data: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # it builds only text, lists, dicts
    return data


def case_names() -> list[str]:
    """The rules that have a case file."""
    return sorted(file.stem for file in _CASES.glob("*.yaml"))


def _cases(side: str) -> list[Any]:
    return [
        pytest.param(name, index, id=f"{name}: {case['why']}")
        for name in case_names()
        for index, case in enumerate(case_file(name)[side])
    ]


def _hits(name: str, case: dict[str, Any]) -> list[dict[str, Any]]:
    head = case_file(name)
    rule = rules_by_id()[head["rule"]]
    assert rule.check is not None, f"{name} is reported by the reader or the schema layer and has no check"
    base = case.get("base", head.get("base", "seed"))
    filing = make_filing(base, case.get("edits", ()))
    settings: dict[str, Any] = {
        key: case.get(key, head.get(key)) for key in _SETTINGS if key in case or key in head
    }
    if settings.get("profile") != "public":
        settings.setdefault("as_of", last_signed(base))
    facts = known({"known": deepcopy(case.get("known", head.get("known")))})
    return [
        {
            "path": path_text(hit.path),
            "message": hit.message,
            "related": [path_text(path) for path in hit.related],
            **({"fix": fix_text(hit.fix)} if hit.fix is not None else {}),
        }
        for hit in rule.hits(filing, make_context(filing, facts=facts, **settings))
    ]


def fix_text(fix: Fix) -> str:
    """``Clear Nature: non_derivative[0].nature_of_ownership = None``; ``(safe)`` in front where it is."""
    edits = "; ".join(f"{path_text(edit.path)} = {_shown(edit.value)}" for edit in fix.edits)
    return f"{'(safe) ' if fix.safe else ''}{fix.text}: {edits}"


def _shown(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _expected(case: dict[str, Any]) -> list[dict[str, Any]]:
    hits = case.get("hits", [case])
    return [
        {
            "path": h["path"],
            "message": h["message"],
            "related": h.get("related", []),
            **({"fix": h["fix"]} if "fix" in h else {}),
        }
        for h in hits
    ]


def test_there_are_case_files() -> None:
    assert case_names() != []


@pytest.mark.parametrize("name", case_names())
def test_file_is_named_after_its_rule_and_holds_known_keys_only(name: str) -> None:
    head = case_file(name)
    keys = {"why", "edits", "base", *_GIVEN}

    assert head["rule"] == name
    assert set(head) <= {"rule", "base", "accept", "reject", *_GIVEN}
    assert [case for case in head["accept"] if not set(case) <= keys] == []
    assert [
        case
        for case in head["reject"]
        if not set(case) <= keys | {"path", "message", "related", "fix", "hits"}
    ] == []


@pytest.mark.parametrize(("name", "index"), _cases("accept"))
def test_accepts(name: str, index: int) -> None:
    assert _hits(name, case_file(name)["accept"][index]) == []


@pytest.mark.parametrize(("name", "index"), _cases("reject"))
def test_rejects(name: str, index: int) -> None:
    case = case_file(name)["reject"][index]

    assert _hits(name, case) == _expected(case)
