"""The library, `import form4_author as f4`: its names, what they load, its documents."""

from __future__ import annotations

import doctest
import importlib
import json
import os
import pkgutil
import re
import subprocess
import sys
import types
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import form4_author as f4
from form4_author import api, errors
from form4_author.codes import edition_named
from form4_author.register.database import RegisterUnusable
from form4_author.wire.write import write_document
from form4_author.wizard.answers_file import AnswersRefused
from form4_author.wizard.sheet import CellRefused
from tests.builders import make_draft, make_filing
from tests.house.source import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable

FUNCTIONS = ("read", "check", "render", "write", "amend", "divide", "compare", "due", "rules")
CLASSES = ("Document", "Draft", "Facts", "Filing", "Finding", "Form4Error", "Report", "Severity", "Verdict")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a published form and a draft that lacks a cell."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_TODAY", "2024-11-12")
    Path("form4.xml").write_bytes(write_document(make_filing(), edition_named("X0609")))
    draft = make_draft("seed", ['non_derivative[0].ownership_form = "I"'])
    Path("draft.json").write_text(json.dumps(draft), encoding="utf-8")
    return tmp_path


def fresh(program: str) -> list[str]:
    """What a program prints in a process without this one's modules, a line each."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout.splitlines()


# ---- the names


def test_the_names_are_those_promised() -> None:
    stub = (CHECKOUT / "form4_author" / "__init__.pyi").read_text("utf-8")
    imported = re.findall(r"^from form4_author\.([\w.]+) import (.+)$", stub, re.MULTILINE)

    assert set(f4.__all__) == {*FUNCTIONS, *CLASSES, "__version__"}
    assert set(f4.__all__) <= set(dir(f4))
    assert {name: module for module, names in imported for name in names.split(", ")} == vars(f4)["_HOMES"]
    assert re.findall(r'^    "(\w+)",$', stub, re.MULTILINE) == f4.__all__


def test_a_name_that_is_not_there() -> None:
    name = "submit"
    with pytest.raises(AttributeError) as missing:
        getattr(f4, name)

    assert str(missing.value) == "module 'form4_author' has no attribute 'submit'"


def test_what_is_raised_on_purpose_is_a_form4_error() -> None:
    raised = [getattr(errors, name) for name in errors.__all__]

    assert [
        e
        for e in (*raised, RegisterUnusable, AnswersRefused, CellRefused)
        if not issubclass(e, f4.Form4Error)
    ] == []


CALLS: dict[str, Callable[[], Any]] = {
    "read": lambda: f4.read("form4.xml").filing,
    "check": lambda: f4.check(f4.read("form4.xml")),
    "render": lambda: f4.render(f4.read("form4.xml"), f4.check(f4.read("form4.xml")), "xml", "html"),
    "write": lambda: f4.write(f4.read("form4.xml").filing),
    "amend": lambda: f4.amend(f4.read("form4.xml")),
    "divide": lambda: f4.divide(f4.read("form4.xml").filing),
    "compare": lambda: f4.compare(f4.read("form4.xml"), f4.read("draft.json")),
    "due": lambda: f4.due(f4.read("form4.xml")),
    "rules": f4.rules,
}


def test_a_name_keeps_its_meaning_when_every_module_is_imported() -> None:
    modules = [module.name for module in pkgutil.walk_packages(f4.__path__, "form4_author.")]
    for name in modules:
        if name != "form4_author.__main__" and ".migrations." not in name:  # those run when they are imported
            importlib.import_module(name)

    assert len(modules) > 250
    for name in FUNCTIONS:
        function = getattr(f4, name)
        assert isinstance(function, types.FunctionType), name
        assert function is getattr(api, name)
        assert CALLS[name]() == CALLS[name](), name
    for name in CLASSES:
        assert isinstance(getattr(f4, name), type), name
        assert getattr(f4, name).__name__ == name


# ---- what is loaded

WATCHED = (
    "lxml", "weasyprint", "questionary", "prompt_toolkit", "form4_author.cli", "form4_author.wizard", "sqlalchemy", "pyhanko",
)  # fmt: skip
LOADED = f"print(*(name for name in {WATCHED} if name in sys.modules))"
LIGHT = (
    "f4.read('draft.json')",
    "f4.divide(f4.read('draft.json').filing)",
    "f4.compare(f4.read('draft.json'), f4.read('draft.json'))",
    "f4.amend(f4.read('draft.json'))",
    "f4.due(f4.read('draft.json'))",
    "f4.rules()",
    "f4.Draft, f4.Facts, f4.Filing, f4.Finding, f4.Form4Error, f4.Report, f4.Severity, f4.Verdict",
)
"""What needs no XML."""


def test_the_import_loads_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [
        name for name in os.environ if name.startswith("COVERAGE_")
    ]:  # tracing loads modules of its own
        monkeypatch.delenv(name)
    program = "import sys; before = set(sys.modules); import form4_author; print(*sorted(set(sys.modules) - before))"

    assert fresh(program) == ["__future__ form4_author"]


def test_what_needs_no_xml_loads_no_library() -> None:
    program = "".join(f"{call}; {LOADED}\n" for call in LIGHT)

    assert fresh(f"import sys, form4_author as f4\n{program}") == [""] * len(LIGHT)


@pytest.mark.parametrize(
    ("calls", "loaded"),
    [
        ("f4.read('form4.xml')", "lxml"),
        ("f4.write(f4.read('draft.json').filing)", "lxml"),
        ("draft = f4.read('draft.json'); report = f4.check(draft)", "lxml"),
        ("filed = f4.read('form4.xml'); f4.render(filed, f4.check(filed), 'xml', 'html', 'report')", "lxml"),
    ],
    ids=["read", "write", "check", "render"],
)
def test_what_needs_xml_loads_lxml_alone(calls: str, loaded: str) -> None:
    assert fresh(f"import sys, form4_author as f4; {calls}; {LOADED}") == [loaded]


def test_a_program_kept_apart_loads_no_command() -> None:
    program = """
import sys
import form4_author as f4
filed = f4.read("form4.xml")
report = f4.check(filed)
packet = f4.render(filed, report, "xml", "html", "pdf")
print(report.verdict, len(report.findings), *packet.files)
print(packet.files["form4.pdf"][:5], packet.files["form4.xml"] == f4.write(filed.filing))
print(*(name for name in sys.modules if name.startswith(("form4_author.cli", "form4_author.wizard"))))
"""

    assert fresh(f"{program}\n{LOADED}") == [
        "ready 0 form4.xml form4.html form4.pdf manifest.json",
        "b'%PDF-' True",
        "",
        "lxml weasyprint",
    ]


# ---- the documents


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_says_what_a_user_asks_and_its_example_runs(name: str) -> None:
    function = getattr(f4, name)
    parts = [part for part in re.findall(r"^ *(\w+):$", function.__doc__, re.MULTILINE) if part != "Raises"]
    (case,) = doctest.DocTestFinder(recurse=False).find(function, name, globs={})

    done = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL).run(case)

    assert parts == [*(["Args"] if name != "rules" else []), "Returns", "Example"]
    assert (done.failed, done.attempted) == (0, len(case.examples))
    assert done.attempted > 1


def test_the_program_of_the_documents(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    page = (CHECKOUT / "docs" / "api.md").read_text("utf-8")
    (program,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    wrong = make_filing("seed", ["non_derivative[0].price = 0"])
    Path("form4.xml").write_bytes(write_document(wrong, edition_named("X0609")))

    exec(compile(program, "docs/api.md", "exec"), {})  # noqa: S102  # the program that users copy

    assert len(program.splitlines()) <= 20
    assert capsys.readouterr().out.splitlines() == [
        "warning TXN-014 Price is 0; give the market value used for the Transaction Code F shares",
        "ready",
    ]
    made = {
        "authentication.pdf",
        "form4a.html",
        "form4a.pdf",
        "form4a.xml",
        "manifest.json",
        "report.json",
        "report.txt",
    }
    assert {path.name for path in folder.iterdir()} == {"draft.json", "form4.xml", *made}
    amended = f4.read("form4a.xml").filing
    assert (amended.form, amended.non_derivative[0].price.value) == ("4/A", Decimal("58.21"))
    assert amended.footnotes[0].text == "Corrects the price."
