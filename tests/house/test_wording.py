"""What the program says is said as its readers write: see ``wording.toml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.house import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

READ = ("api", "checks", "cli", "codes", "desk", "edgar", "errors", "files", "findings", "ident", "ledger", "model", "page",
    "register", "revision", "shortswing", "signing", "text", "timing", "wire", "wizard")  # fmt: skip
"""The parts of the package whose texts were read as a whole."""
RULES = ("AMD", "DAT", "DOC", "DRV", "F3", "F5", "FTN", "HLD", "ISS", "OWN", "PLN", "SIG", "SWG", "TXN")
"""The groups of rules whose words were read as a whole."""


def refused(texts: Iterable[visible.Text]) -> Iterator[str]:
    """Each text that has words of the list, apart from its exceptions."""
    for text in texts:
        words = text.words
        for kept in visible.exceptions():
            words = words.replace(kept, "")
        for pattern in visible.patterns():
            if found := pattern.find.search(words):
                yield f"{text.place}: {found[0]!r} (write: {pattern.instead}) in {text.words!r}"


@pytest.mark.parametrize("area", READ)
def test_the_program_says_it_plainly(area: str) -> None:
    assert list(refused(visible.program(area))) == []


@pytest.mark.parametrize("group", RULES)
def test_a_rule_is_explained_plainly(group: str) -> None:
    texts = [text for text in visible.registry() if text.place.startswith(f"{group}-")]

    assert texts
    assert list(refused(texts)) == []


def test_templates_are_written_plainly() -> None:
    assert list(refused(visible.templates())) == []


def test_documents_are_written_plainly() -> None:
    texts = list(visible.documents())

    assert len({text.place for text in texts}) > 10
    assert list(refused(texts)) == []


def test_each_exception_is_used() -> None:
    everything = [*visible.program(), *visible.registry(), *visible.templates(), *visible.documents()]

    assert [kept for kept in visible.exceptions() if not any(kept in text.words for text in everything)] == []


def test_a_word_of_the_list_is_found() -> None:
    text = visible.Text("here", "Agent of nobody named")

    assert list(refused([text])) == [
        "here: 'nobody' (write: no one, no …, missing …; a person, someone) in 'Agent of nobody named'"
    ]
