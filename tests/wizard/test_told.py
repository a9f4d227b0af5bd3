"""What screens say beside their questions: what a name was taken for, classes known, the packet's due date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from form4_author.desk.interview import desk
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wizard.draft import opening
from form4_author.wizard.terminal import Terminal
from tests.wizard.pilot import LAST
from tests.wizard.replay import play, replay

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Roe Richard", "Treated as an individual, based on the name. Who signs is asked later."),
        (
            "Example Fund I, L.P.",
            "Treated as an entity, based on the name. The person who signs for it is asked later (Instruction 7(b)).",
        ),
    ],
)
def test_a_name_says_what_it_was_taken_for(name: str, told: str, tmp_path: Path) -> None:
    answers = [("owners[0].cik", "1"), ("owners[0].name", name), ("issuer.cik", "q")]
    outcome, script = play(tmp_path / "d.form4.json", answers)

    assert told in " ".join(" ".join(script.pages[-1]).split())
    assert draft_data(outcome.draft)["owners"][0]["name"] == name


def test_the_issuer_s_screen_says_which_classes_are_known(tmp_path: Path) -> None:
    known = draft_data(opening.from_filing(filing_from(LAST)[0]))
    at = {**known, "interview": {**known["interview"], "at": "issuer.cik"}}
    _, script = play(tmp_path / "d.form4.json", [("issuer.cik", "q")], at)

    told = " ".join(" ".join(script.pages[0]).split())
    assert "Classes known: Common Stock; Class B Common Stock; Restricted Stock Units; Stock Option" in told


def test_the_page_on_the_packet_says_when_the_form_is_due(tmp_path: Path) -> None:
    data = draft_data(replay(tmp_path / "seed.form4.json", "seed")[0].draft)
    made = desk(tmp_path / "seed.form4.json", date(2024, 11, 4)).packet
    assert made is not None

    (due,) = [line for line in made(draft_of(data)) if line.startswith("Due ")]
    assert due == "Due Tue 11/05/2024 by 10 p.m. Eastern: 1 business day left"


def test_a_line_is_broken_between_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The terminal itself would break it anywhere: NUM/BER."""
    monkeypatch.setenv("COLUMNS", "80")
    line = "When EDGAR has accepted it: form4 filed a-draft-of-some-length.form4.json --accession NUMBER"
    Terminal().show((line, "short"))

    assert capsys.readouterr().out == (
        "When EDGAR has accepted it: form4 filed a-draft-of-some-length.form4.json\n    --accession NUMBER\nshort\n"
    )
