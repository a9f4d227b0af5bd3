"""Program errors say what is wrong and what to do, as one paragraph, also across a process pool."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from form4_author import errors
from form4_author.errors import Form4Error, MalformedValue, ResourceMissing, UnknownEdition, UnreadableInput

PACKAGE = Path(errors.__file__).parent
BRANCHES = (MalformedValue, UnreadableInput, UnknownEdition, ResourceMissing)


@pytest.mark.parametrize("kind", BRANCHES)
def test_says_the_problem_and_the_remedy(kind: type[Form4Error]) -> None:
    error = kind("form4.xml cannot be read", remedy="Ask its owner for permission")

    assert str(error) == "form4.xml cannot be read. Ask its owner for permission."
    assert (error.problem, error.remedy) == ("form4.xml cannot be read", "Ask its owner for permission")


@pytest.mark.parametrize("kind", BRANCHES)
def test_every_branch_is_caught_by_the_root(kind: type[Form4Error]) -> None:
    with pytest.raises(Form4Error, match=r"^There is no edition X9999\. Use X0609\.$"):
        raise kind("There is no edition X9999", remedy="Use X0609")


@pytest.mark.parametrize("kind", BRANCHES)
def test_survives_a_process_pool(kind: type[Form4Error]) -> None:
    copy = pickle.loads(pickle.dumps(kind("a", remedy="b")))  # noqa: S301  # our own bytes

    assert type(copy) is kind
    assert str(copy) == "a. b."


def test_the_docstring_draws_every_branch() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))

    branches = re.findall(r"^class (\w+)\(Form4Error\):", sources, re.MULTILINE)
    assert sorted(branches) == sorted(re.findall(r"── (\w+) ", errors.__doc__ or ""))


def test_a_malformed_value_is_to_be_corrected() -> None:
    assert str(MalformedValue('Price must be a number; found "ten"')) == (
        'Price must be a number; found "ten". Correct the value.'
    )


def test_an_unreadable_input_keeps_its_place_across_a_process_pool() -> None:
    error = UnreadableInput("The XML ends early", remedy="Save it again", id="DOC-001", line=57, column=3)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes

    assert (str(copy), copy.id, copy.line, copy.column) == (
        "The XML ends early. Save it again.",
        "DOC-001",
        57,
        3,
    )
