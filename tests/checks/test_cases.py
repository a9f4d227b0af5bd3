"""Each rule against its case file: what it accepts, what it rejects, where it points and what it says.

A case file, ``form4_author/checks/cases/<ID>.yaml``, is read with every scalar as text:

    rule: TXN-007
    base: seed                    # the example the edits start from
    accept:                       # the first case of each side is the example that form4 explain shows
      - why: a sale is a disposition
        edits: ["non_derivative[0].transaction_code = S"]
    reject:
      - why: …
        edits: […]
        path: non_derivative[0].acquired_disposed       # or hits: [{path: …, message: …, related: […]}, …]
        message: the whole message
        related: ["non_derivative[0].transaction_code"] # left out: none
        fix: "(safe) Clear the price: non_derivative[0].price = None"   # left out: none
        beside: FTN-012 HLD-001       # of an example: what else blocks, judged as a whole; left out: nothing

    mutant: {row: …, if: […], edits: […]}       # see tests/checks/mutants
    corpus: {documents: 17, reading: right, words: …}      # see tests/checks/test_corpus.py

An example that no draft can show is a piece of the file, ``shown: "<periodOfReport></periodOfReport>"``; other tests
run it. ``base``, ``as_of``, ``profile``, ``edition``, ``submission`` (an envelope) and ``known`` (facts beside the filing, as in
``form4_author.checks.example``) stand in the file's head or in one case; an edit may say what is known too, and does in
an example: ``known.issuer.fiscal_year_end = 09-30``.
``as_of`` is otherwise the date the example was signed, or, for a public document, its own last signature date. Only the
rule itself is asked, or, where the schema layer reports it, ``check_draft``.
"""

from __future__ import annotations

import importlib
import pkgutil
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks import rules
from form4_author.checks.case import FOLDER, case_file
from form4_author.checks.example import apply, draft, known
from form4_author.checks.run import check_draft
from form4_author.checks.stated import stated_rules
from form4_author.findings import path_text
from form4_author.text import day
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_of
from form4_author.wire.filing import filing_from
from tests.builders import last_signed, make_context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from form4_author.checks.base import Rule
    from form4_author.findings import Finding, Fix, Hit

_SETTINGS = ("as_of", "profile", "edition", "submission")
_GIVEN = (*_SETTINGS, "known")


@cache
def rules_by_id() -> dict[str, Rule]:
    """Every rule of every rule module, found by walking the modules, and every stated one."""
    modules = (
        importlib.import_module(m.name) for m in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}.")
    )
    return {rule.id: rule for rule in (*(r for module in modules for r in module.RULES), *stated_rules())}


def case_names() -> list[str]:
    """The rules that have a case file."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


def _cases(side: str) -> list[Any]:
    return [
        pytest.param(name, index, id=f"{name}: {case['why']}")
        for name in case_names()
        for index, case in enumerate(case_file(name)[side])
        if "shown" not in case
    ]


def _hits(name: str, case: dict[str, Any]) -> list[dict[str, Any]]:
    head = case_file(name)
    rule = rules_by_id()[head["rule"]]
    base = case.get("base", head.get("base", "seed"))
    data = {**draft(base), "known": deepcopy(case.get("known", head.get("known", {})))}
    for edit in case.get("edits", ()):
        apply(data, edit)
    facts = known(data)
    settings: dict[str, Any] = {
        key: case.get(key, head.get(key)) for key in _SETTINGS if key in case or key in head
    }
    if settings.get("profile") != "public":
        settings.setdefault("as_of", last_signed(base))
    found: Iterable[Hit | Finding]
    if rule.check is None:
        judged = check_draft(draft_of(data), day(settings["as_of"]), sec_calendar(), facts, data=data)
        found = (finding for finding in judged if finding.id == name)
    else:
        filing, _malformed = filing_from(data)
        found = rule.hits(filing, make_context(filing, facts=facts, **settings))
    return [
        {
            "path": path_text(hit.path),
            "message": hit.message,
            "related": [path_text(path) for path in hit.related],
            **({"fix": fix_text(hit.fix)} if hit.fix is not None else {}),
        }
        for hit in found
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
    keys = {"why", "edits", "base", "shown", *_GIVEN}

    assert head["rule"] == name
    assert set(head) <= {"rule", "base", "accept", "reject", "mutant", "corpus", *_GIVEN}
    assert [case for case in head["accept"] if not set(case) <= keys] == []
    assert [
        case
        for case in head["reject"]
        if not set(case) <= keys | {"path", "message", "related", "fix", "hits", "beside"}
    ] == []


@pytest.mark.parametrize(("name", "index"), _cases("accept"))
def test_accepts(name: str, index: int) -> None:
    assert _hits(name, case_file(name)["accept"][index]) == []


@pytest.mark.parametrize(("name", "index"), _cases("reject"))
def test_rejects(name: str, index: int) -> None:
    case = case_file(name)["reject"][index]

    assert _hits(name, case) == _expected(case)
