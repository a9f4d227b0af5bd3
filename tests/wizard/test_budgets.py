"""How many keys the flows take, from the first question to the packet: none takes more than it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from form4_author.wizard import session
from form4_author.wizard.answers_file import Given, load_answers
from tests.wizard.keystroke import Counted
from tests.wizard.replay import ANSWERS, desk, start

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST = {"known_grant": 32, "known_plan_sale": 39, "known_vest": 43, "seed": 198}
"""What each takes; the way from the desk to its first question is not counted."""
_NOT_IN_ORDER: Final = ("exit", "remarks")
"""Asked only of a file that was recorded while they were asked in order."""
_SHORT: Final = {"7,007": "7007", "$120.34": "120.34", "239,602": "239602", "Common Stock": "", "t": "",
                 "C/O QUALYS, INC.": ""}  # fmt: skip
"""What a filer types who types no more than is needed."""
_START_OF_FORM_3: Final = 4
"""Keys from the start menu to the first question of a Form 3: ``n⏎2⏎``."""
_KNOWN: Final = 7
"""Keys from the start menu to the first question about a person on record: ``n⏎⏎`` and ``tha⏎``."""

SALE = (
    ("happened", "sold"), ("events[0].date", "11/01"), ("events[0].security", ""), ("events[0].quantity", "500"),
    ("events[0].price", "121.50"), ("events[0].ownership", "D"), ("events[0].after_1", ""), ("lines", "carry"),
    ("lines", "done"), ("aff10b5_one", "no"), ("signing[0].capacity", "attorney"),
    ("signing[0].agent", ""), ("signatures[0].name", ""), ("signatures[0].date", ""), ("review", ""),
)  # fmt: skip
NOTHING_OWNED = (
    ("owners[0].cik", "2000123"), ("owners[0].name", "Rivera Ana"),
    ("issuer.cik", "1107843"), ("issuer.name", "QUALYS, INC."), ("issuer.trading_symbol", "QLYS"),
    ("foreign_issuer", "no"), ("owners[0].relationship", ("is_director",)),
    ("owners[0].address.non_us", "no"), ("owners[0].address.street1", "1 Main St"), ("owners[0].address.street2", ""),
    ("owners[0].address.city", "Reno"), ("owners[0].address.state", "NV"), ("owners[0].address.zip", "89501"),
    ("joint", "done"), ("period_of_report", "11/01"), ("happened", "done"), ("lines", "done"),
    ("signing[0].capacity", "self"), ("signatures[0].name", ""), ("signatures[0].date", ""), ("review", ""),
)  # fmt: skip


def counted(name: str, answers: Sequence[Given], tmp_path: Path) -> Counted:
    """The interview that begins as the file of answers of this name does, with these answers."""
    script = Counted(answers)
    session.Session(tmp_path / "d.form4.json", start(name), script, desk()).run()
    script.finish()
    assert script.asks[-1].id == "review"
    return script


@pytest.mark.long
@pytest.mark.parametrize("name", MOST)
def test_a_flow_takes_no_more_keys_than_before(name: str, tmp_path: Path) -> None:
    given = [
        Given(each.id, _SHORT.get(each.answer, each.answer) if isinstance(each.answer, str) else each.answer)
        for each in load_answers(ANSWERS / f"{name}.yaml")
        if each.id not in _NOT_IN_ORDER
    ]

    assert counted(name, given, tmp_path).keys <= MOST[name]


@pytest.mark.parametrize(
    ("name", "answers", "before", "most"),
    [("known_sale", SALE, _KNOWN, 43), ("form3", NOTHING_OWNED, _START_OF_FORM_3, 94)],
    ids=["sale", "nothing owned"],
)
def test_a_flow_from_the_start_menu(
    name: str,
    answers: Sequence[tuple[str, str | tuple[str, ...]]],
    before: int,
    most: int,
    tmp_path: Path,
) -> None:
    given = [Given(id, answer) for id, answer in answers]

    assert before + counted(name, given, tmp_path).keys <= most
