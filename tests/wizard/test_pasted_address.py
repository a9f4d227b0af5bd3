"""An address pasted whole into Street: its parts, and what is said when it can't be split."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.wire.draft import draft_data
from form4_author.wizard.answers_file import AnswersRefused
from form4_author.wizard.pasted_address import address_parts
from tests.wizard.replay import play

if TYPE_CHECKING:
    from pathlib import Path

BEFORE: list[tuple[str, str | tuple[str, ...]]] = [
    ("owners[0].cik", "1626115"),
    ("owners[0].name", "Thakar Sumedh S"),
    ("issuer.cik", "1107843"),
    ("issuer.name", "QUALYS, INC."),
    ("issuer.trading_symbol", "QLYS"),
    ("foreign_issuer", "no"),
    ("owners[0].relationship", ("is_director",)),
    ("owners[0].address.non_us", "no"),
]
LINES = ("C/O QUALYS, INC.", "919 E. HILLSDALE BLVD., 4TH FLOOR", "FOSTER CITY, CA 94404")
QUALYS = ("C/O QUALYS, INC.", "919 E. HILLSDALE BLVD., 4TH FLOOR", "FOSTER CITY", "CA", "94404")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (", ".join(LINES), QUALYS),
        (",\n".join(LINES).replace("\n", " "), QUALYS),
        ("1 Main St, Reno, Nevada 89501-1234", ("1 Main St", "", "Reno", "NV", "89501-1234")),
        (
            "One Example Plaza, Suite 4, Reno, NV 89501",
            ("One Example Plaza, Suite 4", "", "Reno", "NV", "89501"),
        ),
        (f"{'A' * 30}, {'B' * 30}, Reno, NV 89501", ("A" * 30, "B" * 30, "Reno", "NV", "89501")),
    ],
)
def test_an_address_in_its_parts(text: str, parts: tuple[str, ...]) -> None:
    assert address_parts(text) == parts


@pytest.mark.parametrize(
    "text",
    ["", "1 Main St", "Reno, NV 89501", "1 Main St, Reno, XQ 89501", "1 Main St, Reno, NV 8950",
     f"{'A' * 41}, Reno, NV 89501", f"1 Main St, {'R' * 31}, NV 89501"],
)  # fmt: skip
def test_what_is_no_whole_address(text: str) -> None:
    assert address_parts(text) is None


@pytest.mark.parametrize("between", [", ", "\n", "\r\n"])
def test_an_address_pasted_whole_is_shown_in_its_parts_once(between: str, tmp_path: Path) -> None:
    answers = [*BEFORE, ("owners[0].address.street1", between.join(LINES)), ("joint", "q")]
    outcome, script = play(tmp_path / "d.form4.json", answers)

    assert draft_data(outcome.draft)["owners"][0]["address"] == {
        "non_us": False, "street1": "C/O QUALYS, INC.", "street2": "919 E. HILLSDALE BLVD., 4TH FLOOR",
        "city": "FOSTER CITY", "state": "CA", "zip": "94404",
    }  # fmt: skip
    assert (
        "The address was split. Street: C/O QUALYS, INC.; second line: 919 E. HILLSDALE BLVD., 4TH FLOOR; "
        "city: FOSTER CITY; state: CA; Zip Code: 94404."
    ) in " ".join(" ".join(script.pages[-1]).split())


def test_a_street_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnswersRefused) as refused:
        play(tmp_path / "d.form4.json", [*BEFORE, ("owners[0].address.street1", "A" * 41)])

    assert refused.value.problem == (
        f'Answer 9, owners[0].address.street1: "{"A" * 41}" is not accepted: '
        "Street may have at most 40 characters; it has 41"
    )
