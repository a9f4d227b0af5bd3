"""Every test can fail for a reason: it asserts something, and more than that something is there."""

from __future__ import annotations

import pytest

from tests.house.proof import RAISING, Function, functions_in, functions_of, silent, vague

# Tests that assert too little as yet, and why they may.
VAGUE: dict[str, str] = {}


def test_every_test_asserts_something() -> None:
    found = silent(functions_of("tests"))

    assert found == [], "\n".join(found)


@pytest.mark.long
def test_every_test_asserts_more_than_that_something_is_there() -> None:
    found = [id for id in vague(functions_of("tests"), functions_of("form4_author")) if id not in VAGUE]

    assert found == [], "\n".join(found)


def test_every_exception_is_still_needed() -> None:
    found = vague(functions_of("tests"), functions_of("form4_author"))
    defined = {function.name for function in functions_of("tests")}

    assert [id for id in VAGUE if id not in found] == []
    assert [name for name in RAISING if name not in defined] == []


# ---- the detector itself

_SILENT = {
    "a call": "def test_it(): run()",
    "a helper that does not assert": "def run(): main()\ndef test_it(): run()",
    "a helper that only narrows": "def run(x):\n    assert x is not None\n    assert callable(x)\ndef test_it(): run(main)",
    "a helper that asserts in one place and not in another": (
        "class A:\n    def run(self): assert x == 1\nclass B:\n    def run(self): main()\ndef test_it(): A().run()"
    ),
    "an assertion that only narrows": "def test_it(): assert run() is not None",
    "another context": "def test_it():\n    with open(x): run()",
    "a test in a class": "class TestIt:\n    def test_it(self): run()",
    "an asynchronous test": "async def test_it(): await run()",
}
_SAYING = {
    "a comparison": "def test_it(): assert run() == 1",
    "an exception": "def test_it():\n    with pytest.raises(ValueError): run()",
    "a warning, among others": "def test_it():\n    with open(x), pytest.warns(UserWarning): run()",
    "a helper that asserts": "def run(): assert x == 1\ndef test_it(): run()",
    "a helper of a helper": "def a(): assert x == 1\ndef b(): a()\ndef c(): b()\ndef test_it(): c()",
    "a method": "class A:\n    def run(self): assert x == 1\ndef test_it(): A().run()",
    "a helper that raises": "def wait(): self._until()\ndef test_it(): terminal.wait()",
    "no test": "def it(): run()",
}
_VAGUE = [
    "assert found", "assert not found", "assert found.x", "assert found[0]", "assert True", "assert run()", "assert sure()",
    "assert found or more", "assert (x := run())", "assert found\n    assert sure()", "assert [x]",
    "def walk(x):\n        assert x\n        walk(y)\n    walk(z)",
]  # fmt: skip
_EXACT = [
    "assert found == 1", "assert found is True", "assert found or 1 == 2", "assert x in found", "assert all(found)",
    "assert not any(found)", "assert x.is_file()", "assert clean(found)", "assert not shown(found)", "assert found\n    assert x == 1",
    "with pytest.raises(ValueError):\n        run()\n    assert found", "proves()\n    assert found", "run()",
]  # fmt: skip
_HELPERS = """
def clean(found) -> bool: ...
def sure() -> bool: ...
def proves(): assert x == 1
def there(x): assert x
"""
_PACKAGE = tuple(functions_in("form4_author/a.py", "def shown(x) -> bool: ...\ndef sure() -> str: ..."))
_IT = "tests/test_a.py::test_it"


def _module(text: str) -> tuple[Function, ...]:
    return tuple(functions_in("tests/test_a.py", text))


def test_what_asserts_nothing_is_found() -> None:
    assert [what for what, text in _SILENT.items() if silent(_module(text)) != [_IT]] == []


def test_what_asserts_is_left_alone() -> None:
    assert [what for what, text in _SAYING.items() if silent(_module(text)) != []] == []


def test_a_helper_of_another_module_counts() -> None:
    test = _module("def test_it(): proves()")
    helper = functions_in("tests/proofs.py", "def proves(): assert x == 1")

    assert silent([*test, *helper]) == []
    assert silent(test) == [_IT]


def _vague(body: str) -> list[str]:
    return vague(_module(f"{_HELPERS}def test_it():\n    {body}\n"), _PACKAGE)


def test_what_asserts_only_that_something_is_there_is_found() -> None:
    assert [body for body in _VAGUE if _vague(body) != [_IT]] == []


def test_what_asserts_more_is_left_alone() -> None:
    assert [body for body in _EXACT if _vague(body) != []] == []


def test_a_folder_without_functions_is_a_failure() -> None:
    with pytest.raises(AssertionError, match="no function found below schemas"):
        functions_of("schemas")
