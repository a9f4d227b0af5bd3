"""How many keys the flows take, from the first question to the packet: none takes more than it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.wizard import session
from form4_author.wizard.answers_file import load_answers
from tests.wizard.keystroke import Counted
from tests.wizard.replay import ANSWERS, desk, start

if TYPE_CHECKING:
    from pathlib import Path

MOST = {"known_grant": 34, "known_plan_sale": 41, "known_vest": 45, "seed": 232}
"""What each takes; the way from the desk to its first question is not counted."""


@pytest.mark.parametrize("name", MOST)
def test_a_flow_takes_no_more_keys_than_before(name: str, tmp_path: Path) -> None:
    script = Counted(load_answers(ANSWERS / f"{name}.yaml"))
    session.Session(tmp_path / "d.form4.json", start(name), script, desk()).run()

    assert script.asks[-1].id == "review"
    assert script.keys <= MOST[name]
