"""The corpus and its sample as the checks see them, each read and judged once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.corpus.judging import judged_filings

if TYPE_CHECKING:
    from tests.corpus.judging import Judged


@pytest.fixture(scope="session")
def judged(corpus: tuple[tuple[str, bytes], ...]) -> tuple[Judged, ...]:
    """Every filing of the corpus, each as of its last signature."""
    return judged_filings(corpus)


@pytest.fixture(scope="session")
def judged_sample(sample: tuple[tuple[str, bytes], ...]) -> tuple[Judged, ...]:
    """Every filing of the sample, each as of its last signature."""
    return judged_filings(sample)
