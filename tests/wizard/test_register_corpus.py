"""All filings on record of one issuer, then the next one: nothing but what happened is typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from form4_author.cli.import_ import filled
from form4_author.register.database import opened
from form4_author.register.place import place_of
from tests.wizard.desk import GRANT, SALE, VEST, play, whom
from tests.wizard.test_events import brief

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from form4_author.register.database import Register

pytestmark = pytest.mark.long

ISSUER = b"<issuerCik>0000320193</issuerCik>"


@pytest.fixture(scope="module")
def register(
    corpus: tuple[tuple[str, bytes], ...], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Register]:
    """Apple's filings of the corpus."""
    folder = tmp_path_factory.mktemp("filed")
    for name, document in corpus:
        if ISSUER in document:
            (folder / f"{name}.xml").write_bytes(document)
    place = str(folder / "register.sqlite3")
    assert filled([str(folder)], place, as_json=True) == 0
    made = opened(place_of(place))
    yield made
    made.close()


def but(answers: Sequence[tuple[str, str]], **other: str) -> list[tuple[str, str]]:
    """The answers, where the last word of a question's id names another one."""
    return [
        (id, answer if id.startswith("sign") else other.get(id.rpartition(".")[2], answer))
        for id, answer in answers
    ]


def left_out(answers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The answers, where Enter leaves out the footnote to a title about a transaction of the last filing."""
    at = [id for id, _ in answers].index("notes")
    return [*answers[:at], ("carried[0].note_1", ""), *answers[at:]]


VESTED = left_out(but(VEST, date="4/15"))  # the other award of units comes along
GRANTED = but(GRANT, date="2/28", exercisable="2/1/25", expiration="2/1/25")
GRANTED.insert(9, ("events[0].before_1", ""))  # units of other dates are another line
SOLD = left_out(but(SALE, adopted="3/4/25"))


@pytest.mark.parametrize(
    ("name", "today", "answers", "keys", "made"),
    [
        (
            "Parekh Kevan", date(2026, 4, 17), VESTED, 47,
            ["I M A 4 1000 @0 → 9765 D", "I F D 4 400 @120.34 → 9365 D", "II M D 4 1000 @0 → 10633 D",
             "II holding → 20442 D"],
        ),
        ("JUNG ANDREA", date(2024, 3, 1), GRANTED, 52, ["II A A 4 2500 @0 → 2500 D"]),
        (
            "Khan Sabih", date(2025, 11, 21), SOLD, 47,
            ["I S D 4 3900 @50.3597 → 1038872 D", "I holding → 31632 By family trust"],
        ),
    ],
    ids=["vest", "grant", "plan sale"],
)  # fmt: skip
def test_the_next_form_is_only_what_happened(
    name: str, today: date, answers: list[tuple[str, str]], keys: int, made: list[str],
    register: Register, tmp_path: Path,
) -> None:  # fmt: skip
    played = play(register, tmp_path, [whom(register, name), *answers], today=today)

    assert brief(played.data) == made
    assert [words.partition(" ")[0] for words in played.findings] == [
        "SIG-006"
    ]  # whose authority nobody has shown
    assert played.data["owners"][0]["name"] == name
    assert played.data["owners"][0]["address"]["city"] == "CUPERTINO"
    assert played.data["signatures"][0]["name"].startswith("/s/ Sam Whittington, Attorney-in-Fact for ")
    assert played.script.keys == keys
    assert keys < 60
