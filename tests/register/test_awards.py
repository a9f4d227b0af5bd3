"""Several awards of one title: each keeps its line in the register, whatever the next form says of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.register.account import balances, relationship_of
from form4_author.register.offer import issuer_with, person_with
from form4_author.register.profile import profile
from tests.register.papers import paper
from tests.wizard.desk import UNITS, enter

if TYPE_CHECKING:
    from form4_author.register.database import Register
    from form4_author.register.record import Paper

YEARLY, CLIFF, LATE = (
    "The units vest each November 1.",
    "The units vest in full in 2029.",
    "The units vest in 2031.",
)


def award(words: str, total: str, moved: str, direction: str = "D") -> dict[str, Any]:
    return {
        **UNITS, "date_exercisable": {"footnotes": [words]}, "amount": moved, "underlying_amount": moved,
        "acquired_disposed": direction, "transaction_code": "A" if direction == "A" else "M",
        "amount_owned_following": total,
    }  # fmt: skip


def form(month: int, *awards: dict[str, Any], **said: Any) -> Paper:
    """A form of that month; footnotes stand in it as their words."""
    notes = ["Each unit is one share.", "No last day."]
    rows = []
    for row in awards:
        words = row["date_exercisable"]["footnotes"][0]
        notes += [words] if words not in notes else []
        rows.append({**row, "date_exercisable": {"footnotes": [f"F{notes.index(words) + 1}"]}})
    texts = [{"id": f"F{n}", "text": words} for n, words in enumerate(notes, 1)]
    return paper(day=f"2026-{month:02}-02", number=month, derivative=rows, footnotes=texts, **said)


def held(register: Register) -> list[tuple[str, str]]:
    """Of each line the words of its name that tell the award, and what is held."""
    with register.reading() as book:
        person, issuer = person_with(book, "9999694"), issuer_with(book, "9999001")
        assert person
        assert issuer
        lines = balances(book, relationship_of(book, person, issuer))
        return [(b.line.name.removeprefix("Restricted Stock Units, direct"), f"{b.amount:f}") for b in lines]


BOTH = form(1, award(YEARLY, "3000", "1000"), award(CLIFF, "800", "800", "A"))


@pytest.mark.parametrize(
    ("papers", "lines"),
    [
        pytest.param([BOTH], [(f" · {YEARLY}", "3000"), (f" · {CLIFF}", "800")], id="both are kept"),
        pytest.param(
            [BOTH, form(2, award(CLIFF, "500", "300"))], [(f" · {YEARLY}", "3000"), (f" · {CLIFF}", "500")],
            id="found again by the words",
        ),
        pytest.param(
            [BOTH, form(2, award(LATE, "500", "300"))], [(f" · {YEARLY}", "3000"), (f" · {LATE}", "500")],
            id="found again by what it held",
        ),
        pytest.param(
            [BOTH, form(2, award(LATE, "60", "60", "A"))],
            [(f" · {YEARLY}", "3000"), (f" · {CLIFF}", "800"), (f" · {LATE}", "60")], id="a new award",
        ),
        pytest.param(
            [form(1, award(YEARLY, "3000", "1000")), form(2, award(LATE, "60", "60", "A"))],
            [(f" · {YEARLY}", "3000"), (f" · {LATE}", "60")], id="a new award after the only one",
        ),
        pytest.param(
            [BOTH, form(2, award(LATE, "3700", "100"))], [(f" · {LATE}", "3700"), (f" · {CLIFF}", "0")],
            id="one total over all from now on",
        ),
        pytest.param(
            [BOTH, form(2, award(YEARLY, "3700", "100"), award(LATE, "3600", "100"))],
            [(f" · {LATE}", "3600"), (f" · {CLIFF}", "0")], id="one running total from now on",
        ),
        pytest.param(
            [form(1, award(YEARLY, "3000", "1000")), form(2, award(LATE, "3060", "60", "A"))], [("", "3060")],
            id="one total under changing words",
        ),
        pytest.param(
            [form(1, award(YEARLY, "3000", "1000")), form(2, award(LATE, "2850", "100"))], [("", "2850")],
            id="a total with a gap, under changed words",
        ),
        pytest.param(
            [form(1, award(YEARLY, "60", "60", "A")), form(1, award(LATE, "60", "60", "A"), form="4/A", signatures=[])],
            [("", "60")], id="an award amended in its words",
        ),
        pytest.param(
            [form(1, award(YEARLY, "60", "60", "A")), form(1, award(LATE, "9", "9", "A"), form="4/A", signatures=[])],
            [(f" · {YEARLY}", "60"), (f" · {LATE}", "9")], id="an award that an amendment adds",
        ),
        pytest.param(
            [form(3, award(LATE, "60", "60", "A")), form(2, award(YEARLY, "3000", "3000", "A"))],
            [(f" · {LATE}", "60"), (f" · {YEARLY}", "3000")], id="an older form comes later",
        ),
    ],
)  # fmt: skip
def test_each_award_goes_on_with_its_line(
    register: Register, papers: list[Paper], lines: list[tuple[str, str]]
) -> None:
    enter(register, *(each._replace(accession_number=f"{n}", sha256=f"{n}") for n, each in enumerate(papers)))

    assert held(register) == lines


def test_the_next_form_knows_each_award(register: Register) -> None:
    enter(register, BOTH)

    with register.reading() as book:
        person, issuer = person_with(book, "9999694"), issuer_with(book, "9999001")
        assert person
        assert issuer
        carried = profile(book, person, issuer)["interview"]["carried"]
    assert [(c["date_exercisable"], c["amount_owned_following"], c["each"]) for c in carried] == [
        (YEARLY, "3000", "1"),
        (CLIFF, "800", "1"),
    ]
