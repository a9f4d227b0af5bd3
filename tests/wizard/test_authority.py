"""Powers of attorney in the interview: each agent once, and where the power under which is signed can be found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.cli import main
from form4_author.desk.intake import opened
from form4_author.desk.interview import judged, make_packet
from form4_author.desk.interview_register import RegisterClerk
from form4_author.register import card, offer
from form4_author.wire.draft import draft_of
from tests.wizard.desk import DOE, GRANT, SALE, TODAY, Played, play, whom

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.register.database import Register

pytestmark = pytest.mark.long

OPEN = (
    'SIG-006 "/s/ Ann Poe, Attorney-in-Fact for Jane Doe" signs under a power of attorney that is neither attached nor '
    "known to be on file"
)
SIGNED = [("signatures[0].date", ""), ("review", "q")]
ACCESSION = "0009999001-26-000009"


def added(register: Register, **said: Any) -> None:
    with register.writing() as book:
        card.added(book, card.KINDS["poa"], {"person": "doe", "agent": ["Sam Roe"], **said})


def ann(register: Register) -> tuple[str, str]:
    """The answer that Ann Poe signs, under a power under which no form on record was signed."""
    added(register, agent=["Ann Poe"])
    with register.reading() as book:
        listed = offer.authorities(book, "9999694", "9999001", TODAY)
        return "signing[0].power", next(a.key for a in listed if a.agent == "Ann Poe")


def test_that_a_form_on_record_was_signed_under_a_power_does_not_show_where_it_is(
    register: Register, tmp_path: Path
) -> None:
    """Form 4, Instruction 7(a): attached, or on file. One key signs, and the review goes to the question on the place."""
    asked = signing(register, tmp_path)
    one_key = play(register, tmp_path, [("signing[0].power", ""), *SIGNED], asked.data)
    answers = [
        ("review", "1"), ("signing[0].evidence", "filed"), ("signing[0].accession_number", ACCESSION), ("review", "q"),
    ]  # fmt: skip
    told = play(register, tmp_path, answers, one_key.data)

    assert (
        "Sam Roe: for Example Widgets Inc., signed the filing of 03/04/2026; where the power of attorney is filed is not known"
        in asked.told()
    )
    assert one_key.findings == [OPEN.replace("Ann Poe", "Sam Roe")]
    assert told.findings == []
    again = play(register, tmp_path, [("signing[0].power", ""), *SIGNED], asked.data)
    assert again.findings == []
    assert f"on file with {ACCESSION}" in again.told()


def test_a_filing_signed_under_an_unknown_power_leaves_it_unknown(register: Register, tmp_path: Path) -> None:
    """The answer is that it is not known; the filing is recorded; the next form says the same."""
    asked = signing(register, tmp_path)
    unknown = [
        ("signing[0].power", "other"), ("signing[0].capacity", "attorney"), ("signing[0].agent", "Ann Poe"),
        ("signing[0].evidence", "open"), ("signatures[0].name", ""), *SIGNED,
    ]  # fmt: skip
    first = play(register, tmp_path, unknown, asked.data)
    filed = ["filed", str(tmp_path / "draft.form4.json"), "--register", str(tmp_path / "register.sqlite3")]
    assert main([*filed, "--accession", ACCESSION, "--at", "2026-11-23T17:00"]) == 0
    second = play(
        register, tmp_path / "second", [whom(register, DOE), *GRANT[:-3], ("signing[0].power", ""), *SIGNED]
    )

    assert first.findings == [
        'SIG-010 "/s/ Ann Poe, Attorney-in-Fact for Jane Doe" is not an attorney-in-fact on record: Sam Roe'
    ]
    assert second.data["signatures"][0]["name"] == "/s/ Ann Poe, Attorney-in-Fact for Jane Doe"
    assert second.findings == [OPEN]


def signing(register: Register, folder: Path) -> Played:
    """A sale by Jane Doe, for whom Sam Roe signed last, up to the question who signs."""
    return play(register, folder, [whom(register, DOE), *SALE[:-3], ("signing[0].power", "q")])


def test_an_agent_is_offered_once_by_what_is_recorded(register: Register, tmp_path: Path) -> None:
    """The import knows Sam Roe from a signature alone; the recorded end is warned of at Enter's choice."""
    added(register, until=date(2026, 12, 31), signed=date(2026, 1, 15), accession=ACCESSION)
    asked = signing(register, tmp_path)
    played = play(register, tmp_path, [("signing[0].power", ""), *SIGNED], asked.data)

    assert asked.labels("signing[0].power") == [
        "/s/ Sam Roe, Attorney-in-Fact for Jane Doe (ends 12/31/2026)",
        "/s/ Jane Doe",
        "Another attorney-in-fact, or a guardian, executor or conservator",
        "A different wording for Sam Roe",
    ]
    assert (
        f"Sam Roe: for every issuer, signed 01/15/2026, until 12/31/2026, on file with {ACCESSION}"
        in asked.told()
    )
    assert "The power of attorney ends 12/31/2026." in played.told()
    assert played.findings == []


def test_an_agent_whose_recorded_power_ended_is_not_offered(register: Register, tmp_path: Path) -> None:
    added(register, until=date(2026, 11, 22))

    with register.reading() as book:
        assert offer.authorities(book, "9999694", "9999001", TODAY) == ()


@pytest.mark.parametrize(
    ("said", "day", "agents"),
    [
        ({"until": TODAY}, TODAY, ["Sam Roe"]),
        ({"until": TODAY}, TODAY + timedelta(1), []),
        ({"signed": TODAY}, TODAY - timedelta(1), []),
        ({"signed": TODAY}, TODAY, ["Sam Roe"]),
        ({"revoked": TODAY}, TODAY, ["Sam Roe"]),
        ({"revoked": TODAY}, TODAY + timedelta(1), []),
    ],
)
def test_a_power_holds_from_its_first_day_to_its_last(
    said: dict[str, date], day: date, agents: list[str], register: Register
) -> None:
    added(register, **said)

    with register.reading() as book:
        assert [a.agent for a in offer.authorities(book, "9999694", "9999001", day)] == agents


def test_a_power_for_another_issuer_is_not_offered(register: Register) -> None:
    with register.writing() as book:
        card.added(book, card.KINDS["issuer"], {"cik": "9999002", "name": "Other Widgets Inc."})
    added(register, agent=["Olive Other"], issuer="9999002")

    with register.reading() as book:
        offered = {
            issuer: [a.agent for a in offer.authorities(book, "9999694", issuer, TODAY)]
            for issuer in ("9999001", "9999002")
        }
    assert offered == {"9999001": ["Sam Roe"], "9999002": ["Olive Other"]}


def test_one_on_file_comes_before_one_that_lasts_longer(register: Register) -> None:
    added(register, until=date(2030, 1, 1))
    added(register, until=date(2027, 1, 1), accession=ACCESSION)
    added(register, until=date(2028, 1, 1), accession="0009999001-26-000010")

    with register.reading() as book:
        found = offer.authorities(book, "9999694", "9999001", TODAY)
        assert [(a.agent, a.accession_number) for a in found] == [("Sam Roe", "0009999001-26-000010")]


def test_a_power_that_is_not_known_to_be_on_file_is_told(register: Register, tmp_path: Path) -> None:
    """Form 4, Instruction 7(a)."""
    who = ann(register)
    asked = signing(register, tmp_path)
    answers = [who, ("signing[0].evidence", ""), *SIGNED]
    played = play(register, tmp_path, answers, asked.data)

    assert (
        "It is not known whether the power of attorney is on file. Attach it as EX-24, or file it as soon as practicable in an "
        "amendment (Instruction 7(a)). The review says so too."
    ) in played.told()
    assert played.findings == [OPEN]


def test_where_it_is_on_file_is_asked_once(register: Register, tmp_path: Path) -> None:
    """The accession number stands with the power in the register from then on."""
    who = ann(register)
    asked = signing(register, tmp_path)
    told = [
        who,
        ("signing[0].evidence", "filed"),
        ("signing[0].accession_number", "1-2-3"),
    ]
    answers = [*told[:2], ("signing[0].accession_number", ACCESSION), *SIGNED]
    played = play(register, tmp_path, answers, asked.data)
    check = next(a.check for a in played.script.asks if a.id == "signing[0].accession_number")

    assert check(told[2][1]) == '"1-2-3" is not an accession number such as 0001107843-26-000123'
    assert "Stored with the power of attorney in your register." in played.told()
    assert played.findings == []
    again = play(register, tmp_path, [who, *SIGNED], asked.data)
    assert f"on file with {ACCESSION}" in again.told()
    assert again.findings == []


@pytest.mark.long
def test_one_that_is_attached_goes_with_the_form(register: Register, tmp_path: Path) -> None:
    exhibit = tmp_path / "POA Roe.txt"
    exhibit.write_text(
        "Know all by these presents: Jane Doe appoints Ann Poe to sign Forms 3, 4 and 5, until revoked.\n/s/ Jane Doe\n"
    )
    who = ann(register)
    asked = signing(register, tmp_path)
    answers = [
        who, ("signing[0].evidence", "attached"), ("signing[0].exhibit", str(exhibit)), *SIGNED,
    ]  # fmt: skip
    played = play(register, tmp_path, answers, asked.data)
    check = next(a.check for a in played.script.asks if a.id == "signing[0].exhibit")

    assert check(str(tmp_path / "none.txt")) == f"There is no file {tmp_path / 'none.txt'}"
    assert check("poa.pdf") == 'An exhibit is a .txt or .htm file; found "poa.pdf"'
    assert played.findings == []
    assert played.data["remarks"] == "Exhibit List: EX-24 Power of Attorney"
    at = {**played.data, "interview": {**played.data["interview"], "at": "signing[0].evidence"}}
    open_ = play(
        register, tmp_path / "open", [("signing[0].evidence", "open"), ("signatures[0].name", "q")], at
    )
    assert "remarks" not in open_.data
    path = tmp_path / "draft.form4.json"
    ((_folder, made),) = make_packet(path, draft_of(played.data), TODAY, RegisterClerk(register, TODAY))
    assert made.files["ex24-poaroe.txt"] == exhibit.read_bytes()
    assert [a.type for a in opened(str(path)).attached] == ["EX-24"]
    words = exhibit.read_bytes()
    exhibit.unlink()
    found = judged(path, draft_of(played.data), TODAY, RegisterClerk(register, TODAY)).findings
    assert "SIG-006" in [f.id for f in found]
    exhibit.write_bytes(words)
    filed = ["filed", str(path), "--accession", ACCESSION, "--register", str(tmp_path / "register.sqlite3")]
    assert main([*filed, "--at", "2026-11-23T17:00"]) == 0
    with register.reading() as book:
        assert [
            (a.agent, a.accession_number) for a in offer.authorities(book, "9999694", "9999001", TODAY)
        ] == [("Ann Poe", ACCESSION), ("Sam Roe", None)]


@pytest.mark.long
@pytest.mark.parametrize("change", ["self", "other"])
def test_another_signer_has_another_power(change: str, register: Register, tmp_path: Path) -> None:
    who = ann(register)
    asked = signing(register, tmp_path)
    first = play(
        register, tmp_path,
        [who, ("signing[0].evidence", ""), ("signatures[0].name", "<"), ("signing[0].evidence", "q")],
        asked.data,
    )  # fmt: skip
    at = {**first.data, "interview": {**first.data["interview"], "at": "signing[0].power"}}
    then = [("signing[0].capacity", "q")] if change == "other" else [("signatures[0].name", "q")]
    played = play(register, tmp_path, [("signing[0].power", change), *then], at)

    assert "evidence" not in played.data["interview"]["signing"][0]
