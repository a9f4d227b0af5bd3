"""Clean filings, broken in one thing: the rule with that id fires at the right place, and no other blocks.

The filings are the examples and, where the corpus is beside this checkout, accepted filings with no finding but notes.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from form4_author.checks.example import draft, names
from form4_author.checks.run import check_document, check_draft, edition_of
from form4_author.findings import Severity, path_text
from form4_author.text import day
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_from, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document
from tests.builders import last_signed
from tests.checks.mutants import FUNCTIONS, Mutant, mutants
from tests.checks.mutants.sheet import Sheet
from tests.corpus.judging import judged_filings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from form4_author.codes import Edition
    from form4_author.findings import Finding
    from tests.corpus.judging import Judged

EARLY = 600
"""Filings of the corpus that mutants are made of in `make test`; all in `make test-all`."""
RARE = {"DRV-023", "F3-004", "OWN-020", "TXN-015", "TXN-024", "TXN-029", "TXN-031", "TXN-033", "TXN-034"}
"""Rules whose mutants need a filing beyond those."""
EACH = 4
"""Accepted filings that each mutant is made of."""


@dataclass(frozen=True)
class Clean:
    """A filing without findings that weigh more than a note."""

    name: str
    data: dict[str, Any]
    as_of: date
    edition: Edition | None = None
    """Of an accepted filing; None for an example, which is judged as a draft."""

    def findings(self, data: dict[str, Any]) -> tuple[Finding, ...]:
        if self.edition is None:
            return check_draft(draft_of(data), self.as_of, sec_calendar(), data=data)
        document = read_document(write_document(filing_from(data)[0], self.edition))
        return check_document(document, self.as_of, sec_calendar())

    def tree_findings(self, mutant: Mutant) -> tuple[str | None, tuple[Finding, ...]]:
        """Of the filing as XML, broken there."""
        assert mutant.breaks_tree is not None
        root = etree.fromstring(write_document(filing_from(self.data)[0], self.edition))
        path = mutant.breaks_tree(root)
        if path is None:
            return None, ()
        return path, check_document(read_document(etree.tostring(root)), self.as_of, sec_calendar())


def _examples() -> tuple[Clean, ...]:
    return tuple(Clean(name, draft(name), day(last_signed(name))) for name in names())


@pytest.fixture(scope="module")
def early(request: pytest.FixtureRequest) -> tuple[Clean, ...]:
    """Accepted filings without any finding but notes, of the corpus' first; none where the corpus is absent."""
    try:
        corpus: tuple[tuple[str, bytes], ...] = request.getfixturevalue("corpus")
    except pytest.skip.Exception:
        return ()
    return _clean(judged_filings(corpus[:EARLY]))


@pytest.fixture(scope="module")
def accepted(judged: tuple[Judged, ...]) -> tuple[Clean, ...]:
    """The same of the whole corpus."""
    return _clean(judged)


def _clean(judged: Iterable[Judged]) -> tuple[Clean, ...]:
    return tuple(
        Clean(accession, draft_from(document.filing), as_of, edition_of(document.filing))
        for accession, document, as_of, findings in judged
        if document.filing.signatures and all(f.severity is Severity.NOTE for f in findings)
    )


def _broken(mutant: Mutant, clean: Clean) -> tuple[str | None, tuple[Finding, ...]]:
    if mutant.breaks_tree is not None:
        return clean.tree_findings(mutant)
    data = deepcopy(clean.data)
    path = mutant.breaks(Sheet(data, clean.edition.edition if clean.edition else ""))
    return path, clean.findings(data) if path is not None else ()


_MUTANTS = tuple(pytest.param(each, id=f"{each.id} {each.name}") for each in mutants())


@pytest.mark.parametrize("mutant", _MUTANTS)
def test_the_rule_fires_there_and_no_other_blocks(mutant: Mutant, early: tuple[Clean, ...]) -> None:
    made = _fired(mutant, (*_examples(), *early))

    assert made or not early or mutant.id in RARE, "no filing has what this mutant breaks"


@pytest.mark.long
@pytest.mark.parametrize("mutant", _MUTANTS)
def test_so_it_does_in_the_whole_corpus(mutant: Mutant, accepted: tuple[Clean, ...]) -> None:
    assert _fired(mutant, (*_examples(), *accepted)) > 0, "no filing has what this mutant breaks"


def _fired(mutant: Mutant, filings: Iterable[Clean]) -> int:
    """In how many filings the mutant was planted and seen: every example, and a few accepted filings."""
    made = 0
    for clean in filings:
        path, found = _broken(mutant, clean)
        if path is None:
            continue
        made += 1
        told = [(f.id, path_text(f.path), f.message) for f in found]
        assert path in [path_text(f.path) for f in found if f.id == mutant.id], (clean.name, told)
        blocking = {f.id for f in found if f.severity.blocks}
        assert blocking - mutant.also <= {mutant.id}, (clean.name, told)
        if clean.edition is not None and made >= EACH:
            break
    return made


def test_every_function_is_a_mutant_of_some_rule() -> None:
    assert set(FUNCTIONS) - {mutant.name for mutant in mutants()} == set()
