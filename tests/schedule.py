"""Which worker runs which tests: a file stays on one, which makes once what its tests share; the longest begin first.

pytest-xdist's own groups do not survive pytest 9.2 (pytest-xdist issue 1386).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xdist.scheduler import LoadFileScheduling

if TYPE_CHECKING:
    import pytest

__all__ = ["LONGEST", "ByFile", "longest_first"]

_TOGETHER: Final = {
    "tests/checks/test_mutants.py": "tests/checks/test_corpus.py",
    "tests/page/test_conformance.py": "tests/page/test_golden.py",
    "tests/wizard/test_sequences.py": "tests/wizard/test_events.py",
}
"""Files that share what takes long to make, as those of tests/house share the parsed source: the corpus judged, the golden packets, the interview of each event."""
LONGEST: Final = (
    "tests/faults/",
    "tests/cli/test_verify.py",
    "tests/checks/test_corpus.py",
    "tests/checks/test_mutants.py",
    "tests/wizard/test_branches.py",
    "tests/page/test_golden.py",
    "tests/page/test_conformance.py",
    "tests/register/test_process.py",
    "tests/wizard/test_terminal",
    "tests/page/test_extreme.py",
    "tests/wizard/test_killed.py",
    "tests/docs/test_pages.py",
    "tests/wizard/test_surroundings.py",
    "tests/cli/test_batch.py",
    "tests/wizard/test_events.py",
)
"""How the names of the files begin that take longest."""


class ByFile(LoadFileScheduling):  # type: ignore[misc]  # xdist's own has no types
    """Hands out whole files, some of them together."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "tests/house" if file.startswith("tests/house/") else _TOGETHER.get(file, file)


def longest_first(items: list[pytest.Item]) -> None:
    """The files that take longest come first; the others keep their order."""
    items.sort(
        key=lambda item: next((n for n, f in enumerate(LONGEST) if item.nodeid.startswith(f)), len(LONGEST))
    )
