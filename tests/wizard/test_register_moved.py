"""A draft that was left while another form of the person was filed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.register.papers import paper, row
from tests.wizard.desk import DOE, enter, play, stock, whom

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.register.database import Register

BEGUN = [
    ("happened", "sold"),
    ("events[0].date", "11/20"),
    ("events[0].security", ""),
    ("events[0].quantity", "100"),
]
TOLD = (
    "A form was filed after this draft was started (Form 4 filed 11/19/2026). It now continues from: 4,400 Class A Common Stock,"
    " direct in place of 5,000"
)


def left(register: Register, folder: Path, *answers: tuple[str, str]) -> dict[str, Any]:
    """A draft as it is on disk when the interview was left."""
    played = play(register, folder, [whom(register, DOE), *BEGUN, *answers, (played_next(answers), "q")])
    return {k: v for k, v in played.data.items() if k != "shelf"}


def played_next(answers: tuple[tuple[str, str], ...]) -> str:
    """The question after these answers."""
    return "lines" if answers else "events[0].price"


def file_another(register: Register) -> None:
    sold = row("Class A Common Stock", kind="transaction", transaction_date="2026-11-17", transaction_code="S",
               amount="600", price="10", acquired_disposed="D", total="4400")  # fmt: skip
    enter(
        register,
        paper(
            sold,
            stock("700", ownership_form="I", nature_of_ownership="By Spouse"),
            day="2026-11-19",
            number=9,
        ),
    )


def test_it_counts_on_from_what_was_filed_since_and_says_so(register: Register, tmp_path: Path) -> None:
    data = left(register, tmp_path)
    file_another(register)

    played = play(register, tmp_path, [("events[0].price", "10"), ("events[0].ownership", ""), ("events[0].after_1", ""),
                                       ("lines", "q")], data)  # fmt: skip

    assert TOLD in played.told()
    assert played.data["non_derivative"][0]["amount_owned_following"] == "4300"


def test_a_total_worked_out_before_follows(register: Register, tmp_path: Path) -> None:
    data = left(
        register, tmp_path, ("events[0].price", "10"), ("events[0].ownership", ""), ("events[0].after_1", "")
    )
    assert data["non_derivative"][0]["amount_owned_following"] == "4900"
    file_another(register)

    played = play(register, tmp_path, [("lines", "q")], data)

    assert TOLD in played.told()
    assert played.data["non_derivative"][0]["amount_owned_following"] == "4300"
    assert TOLD not in play(register, tmp_path, [("lines", "q")], played.data).told()


def test_a_total_that_was_typed_stays(register: Register, tmp_path: Path) -> None:
    typed = (("events[0].price", "10"), ("events[0].ownership", ""), ("events[0].after_1", "4890"),
             ("events[0].jump_1", "Includes 10 shares fewer."))  # fmt: skip
    data = left(register, tmp_path, *typed)
    file_another(register)

    played = play(register, tmp_path, [("lines", "q")], data)

    assert TOLD in played.told()
    assert played.data["non_derivative"][0]["amount_owned_following"]["value"] == "4890"


def test_nothing_is_said_while_nothing_was_filed_nor_of_a_draft_that_was(
    register: Register, tmp_path: Path
) -> None:
    data = left(register, tmp_path)
    assert (
        "since this draft was begun" not in play(register, tmp_path, [("events[0].price", "q")], data).told()
    )
    file_another(register)
    data["interview"]["filed"] = {"accession_number": "0001107843-26-000009"}
    assert (
        "since this draft was begun" not in play(register, tmp_path, [("events[0].price", "q")], data).told()
    )
