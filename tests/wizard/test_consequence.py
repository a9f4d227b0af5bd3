"""What follows from the answers is drawn in one pass: drawn again, nothing more follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.wire.draft import draft_data
from tests.wizard.data import drawn
from tests.wizard.replay import ANSWERS, TODAY, replay

if TYPE_CHECKING:
    from pathlib import Path

NAMES = sorted(file.stem for file in ANSWERS.glob("*.yaml"))


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_drawn_again_nothing_more_follows(name: str, tmp_path: Path) -> None:
    data = draft_data(replay(tmp_path / "d.form4.json", name)[0].draft)

    assert drawn(data, TODAY) == (data, ())
