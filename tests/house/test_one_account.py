"""Interview and register work nothing out and fold no title: amounts are the ledger's, text is read in ``values``.

What is looked for in the source: an import of ``decimal`` that runs, a call of ``Decimal`` or of a method that only
numbers have, arithmetic with a name that holds an amount, a sum, lower case anywhere but where other text than a title
is compared, and a title in lower case or under a pattern anywhere at all. Each exception has its reason.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

import pytest

from tests.house.source import Module, package

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TYPED: Final = {
    "register/database.py": "an amount is told from a text by its type, as long as its column",
    "register/listing.py": "an amount is told from a text by its type",
    "register/table.py": "SQLAlchemy reads the types of columns from the annotations and base classes",
}
"""Modules that import ``Decimal`` when they run, without making one."""

LOWER: Final = {
    "register/database.py": "messages of the database",
    "register/backup.py": "a message of the system within a sentence",
    "wizard/question.py": "what is typed to find a choice",
    "wizard/entry.py": "months and short words that are typed",
    "wizard/fill.py": "headings of a pasted table, and the names typed for its columns",
    "wizard/pasted_table.py": "months, and a broker's words for buying and selling",
    "wizard/terminal/line.py": "what is typed to find a choice",
    "wizard/plain.py": "a letter that is typed for yes or no",
    "wizard/recipes/shared/wording.py": "the title of a unit within a sentence, which is no comparison",
    "wizard/review.py": "a command that is typed",
    "wizard/option.py": "what is typed to find a choice",
    "wizard/screens/authority.py": "the ending of a file's name",
    "wizard/screens/sheet_rows.py": "headings of a pasted table",
    "wizard/sheet.py": "headings and words of a sheet",
}
"""Modules that compare other text than titles in lower case."""

TITLES: Final = {
    "register/action.py": "a part of a title that is typed to name the class of an action",
    "register/migrations/refill.py": "adjustments of an old register go by its own spelling of the line",
    "wizard/recipes/shared/table_choice.py": "words of a title that may be a derivative security, and labels that begin with it",
    "wizard/recipes/exchange.py": "whether the words of a title say that it is a call or a put",
    "wizard/recipes/shared/series.py": "what kind of security the words of a title say it is",
    "wizard/recipes/forward.py": "whether the words of a title say that it is a forward contract",
    "wizard/recipes/shared/wording.py": "whether the words of a title say that it is a debt",
}
"""Modules that look for words in a title, which is another question than which class it names."""

_MAKES: Final = {"Decimal", "Fraction", "float"}
_OF_NUMBERS: Final = {"as_integer_ratio", "fma", "quantize", "scaleb", "to_integral_value"}
_AMOUNTS: Final = {"amount", "amount_typed", "change_of", "number", "signed"}
"""Functions that return an amount; in the register ``number`` is of a CIK, with which nobody reckons either."""
_FOLDS: Final = {"casefold", "lower", "folded"}
_PATTERNS: Final = {"findall", "finditer", "fullmatch", "match", "search", "sub"}
_REASONS: Final = {
    "imports": TYPED, "lower": LOWER, "titles": TITLES, "makes": {}, "arithmetic": {}, "sums": {},
}  # fmt: skip


def edges() -> tuple[Module, ...]:
    return tuple(each for each in package() if each.name.split("/")[0] in ("wizard", "register"))


def module(text: str) -> Module:
    return Module(name="wizard/some.py", text=text, tree=ast.parse(text))


def running(tree: ast.Module) -> Iterator[ast.AST]:
    """Every node but those that only the type checker sees."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        checked = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        waiting += node.orelse if checked and isinstance(node, ast.If) else ast.iter_child_nodes(node)


def last(func: ast.expr) -> str:
    """``quantize`` for ``x.quantize``, ``Decimal`` for ``decimal.Decimal``."""
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def imports(module: Module) -> Iterator[ast.AST]:
    for node in running(module.tree):
        if (isinstance(node, ast.ImportFrom) and node.module in ("decimal", "fractions")) or (
            isinstance(node, ast.Import) and {a.name for a in node.names} & {"decimal", "fractions"}
        ):
            yield node


def makes(module: Module) -> Iterator[ast.AST]:
    for node in ast.walk(module.tree):
        if (isinstance(node, ast.Call) and last(node.func) in _MAKES | _OF_NUMBERS) or (
            isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".normalize") and not node.args
        ):
            yield node


def sums(module: Module) -> Iterator[ast.AST]:
    """Calls of ``sum`` that do not count items or characters."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and last(node.func) == "sum":
            first = node.args[0]
            counts = isinstance(first, ast.GeneratorExp) and isinstance(first.elt, ast.Constant)
            if not counts and not ast.unparse(first).startswith("map(len, "):
                yield node


def arithmetic(module: Module) -> Iterator[ast.AST]:
    """Operators on an amount: on a call that returns one, or on a name that is bound to one in the same function."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            names = set(_amounts(node))
            for part in ast.walk(node):
                sides = (
                    [part.left, part.right] if isinstance(part, ast.BinOp)
                    else [part.target, part.value] if isinstance(part, ast.AugAssign)
                    else []
                )  # fmt: skip
                if any(_is_amount(side, names) for side in sides):
                    yield part


def _is_amount(node: ast.expr, names: set[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, ast.BoolOp):
        return any(_is_amount(value, names) for value in node.values)
    return isinstance(node, ast.Call) and last(node.func) in _AMOUNTS


def _amounts(function: ast.FunctionDef | ast.Lambda) -> Iterator[str]:
    """The names that hold amounts, by annotation or by what is bound to them."""
    for node in ast.walk(function):
        annotation = getattr(node, "annotation", None)
        if annotation is not None and "Decimal" in ast.unparse(annotation):
            yield from [node.arg] if isinstance(node, ast.arg) else _names(getattr(node, "target", node))
        elif isinstance(node, ast.NamedExpr) and _is_amount(node.value, set()):
            yield node.target.id
        elif isinstance(node, ast.Assign) and _gives_amounts(node.value):
            yield from (name for target in node.targets for name in _names(target))


def _gives_amounts(value: ast.expr) -> bool:
    """Whether an amount is among what is bound, also where several are bound at once."""
    one = value.elt if isinstance(value, ast.GeneratorExp) else value
    return any(_is_amount(part, set()) for part in (one.elts if isinstance(one, ast.Tuple) else [one]))


def _names(target: ast.AST) -> Iterator[str]:
    return (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def lower(module: Module) -> Iterator[ast.AST]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("casefold", "lower"):
            yield node


def titles(module: Module) -> Iterator[ast.AST]:
    """Titles in lower case or under a pattern."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or last(node.func) not in _FOLDS | _PATTERNS:
            continue
        told = [*node.args, *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
        if any("title" in ast.unparse(each) for each in told):
            yield node


_RULES: Final = {"imports": imports, "makes": makes, "arithmetic": arithmetic, "sums": sums,
                 "lower": lower, "titles": titles}  # fmt: skip


@pytest.mark.parametrize("rule", _RULES)
def test_interview_and_register_leave_amounts_and_titles_to_the_ledger(rule: str) -> None:
    excused: Mapping[str, str] = _REASONS[rule]
    found = [
        f"{each.name}:{getattr(node, 'lineno', 0)} {ast.unparse(node)[:80]}"
        for each in edges()
        if each.name not in excused
        for node in _RULES[rule](each)
    ]

    assert found == []


@pytest.mark.parametrize("rule", ["imports", "lower", "titles"])
def test_every_exception_is_still_needed(rule: str) -> None:
    needed = {each.name for each in edges() if any(True for _ in _RULES[rule](each))}

    assert set(_REASONS[rule]) == needed


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("imports", "from decimal import Decimal"),
        ("imports", "def f():\n    import decimal"),
        ("makes", "x = Decimal('1')"),
        ("makes", "x = y.quantize(z)"),
        ("makes", "x = (a / b).normalize()"),
        ("arithmetic", "def f(a: Decimal | None, b):\n    return b * a"),
        ("arithmetic", "def f(a):\n    return (balance.number(a) or 0) - 1"),
        ("arithmetic", "def f(a):\n    held, new = (number(x) for x in a)\n    return held / 2"),
        ("arithmetic", "def f(a):\n    if (b := amount(a)):\n        a += b"),
        ("arithmetic", "def f(a):\n    b: Decimal = a\n    b -= 1"),
        ("sums", "x = sum(f.shares for f in fills)"),
        ("lower", "x = text.casefold()"),
        ("lower", "x = map(str.lower, y)"),
        ("titles", "x = folded(row.security_title.value)"),
        ("titles", "x = line['security_title'].casefold()"),
        ("titles", "x = _PREFERRED.search(title)"),
    ],
)
def test_what_is_looked_for_is_found(rule: str, text: str) -> None:
    assert len(list(_RULES[rule](module(text)))) == 1


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("imports", "if TYPE_CHECKING:\n    from decimal import Decimal"),
        ("makes", "x = unicodedata.normalize('NFC', y)"),
        ("arithmetic", "def f(a: Decimal, b: int):\n    return b + 1"),
        ("sums", "x = sum(1 for f in fills) + sum(map(len, fills))"),
        ("titles", "x = class_of(row.security_title.value)"),
    ],
)
def test_other_code_is_left_alone(rule: str, text: str) -> None:
    assert list(_RULES[rule](module(text))) == []
