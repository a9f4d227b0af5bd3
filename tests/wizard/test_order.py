"""The issuer is asked for after the first person's name, so that the address can be in care of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from tests.wizard.pilot import INSIDER
from tests.wizard.replay import play

if TYPE_CHECKING:
    from pathlib import Path

ISSUER = [
    ("issuer.cik", "1107843"),
    ("issuer.name", "EXAMPLE CORP"),
    ("issuer.trading_symbol", "EXCO"),
    ("foreign_issuer", ""),
]
PERSON: list[tuple[str, Any]] = [
    ("owners[0].cik", "9"),
    ("owners[0].name", "Roe Richard B"),
    *ISSUER,
    ("owners[0].relationship", ("is_director",)),
    ("owners[0].address.non_us", ""),
]
LONG = "EXAMPLE INTERNATIONAL HOLDINGS GROUP, INC."
LONDON = {"non_us": True, "street1": "1 High Street", "city": "London", "country": "X0", "zip": "EC1A 1BB"}


def asked(script: Any, id: str) -> Any:
    return next(ask for ask in script.asks if ask.id == id)


def test_the_street_is_proposed_in_care_of_the_issuer(tmp_path: Path) -> None:
    answers = [*PERSON, ("owners[0].address.street1", ""), ("owners[0].address.street2", "q")]
    outcome, script = play(tmp_path / "d.form4.json", answers)

    assert asked(script, "owners[0].address.street1").shown == "C/O EXAMPLE CORP  (the issuer)"
    assert draft_data(outcome.draft)["owners"][0]["address"]["street1"] == "C/O EXAMPLE CORP"


def test_a_name_that_has_no_room_is_not_proposed(tmp_path: Path) -> None:
    answers = [(id, LONG if id == "issuer.name" else said) for id, said in PERSON]
    _, script = play(tmp_path / "d.form4.json", [*answers, ("owners[0].address.street1", "q")])

    assert asked(script, "owners[0].address.street1").shown == ""


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (INSIDER["owners"][0]["address"], "1 MAIN STREET, SPRINGFIELD, IL 62701  (as above)"),
        (LONDON, "1 High Street, London, EC1A 1BB, United Kingdom  (as above)"),
    ],
    ids=["US", "UK"],
)
def test_the_address_above_is_proposed_whole(address: dict[str, Any], shown: str, tmp_path: Path) -> None:
    owners = [
        {**INSIDER["owners"][0], "address": address},
        {"cik": "10", "name": "Fund LP", "is_other": True},
    ]
    data = {**INSIDER, "owners": owners, "interview": {"at": "owners[1].address.non_us"}}
    answers = [("owners[1].address.non_us", ""), ("owners[1].address.street1", ""), ("joint", "q")]
    outcome, script = play(tmp_path / "d.form4.json", answers, data)

    assert asked(script, "owners[1].address.street1").shown == shown
    assert draft_data(outcome.draft)["owners"][1]["address"] == address


def test_the_same_street_brings_the_rest_part_by_part(tmp_path: Path) -> None:
    owners = [INSIDER["owners"][0], {"cik": "10", "name": "Fund LP", "is_other": True}]
    data = {**INSIDER, "owners": owners, "interview": {"at": "owners[1].address.non_us"}}
    answers = [
        ("owners[1].address.non_us", ""),
        ("owners[1].address.street1", "1 MAIN STREET"),
        ("owners[1].address.street2", ""),
        ("owners[1].address.city", "q"),
    ]
    _, script = play(tmp_path / "d.form4.json", answers, data)

    assert asked(script, "owners[1].address.city").shown == "SPRINGFIELD  (as above)"


def test_a_street_in_another_country_is_not_proposed(tmp_path: Path) -> None:
    owners = [INSIDER["owners"][0], {"cik": "10", "name": "Fund LP", "is_other": True}]
    data = {**INSIDER, "owners": owners, "interview": {"at": "owners[1].address.non_us"}}
    answers = [("owners[1].address.non_us", "yes"), ("owners[1].address.street1", "q")]
    _, script = play(tmp_path / "d.form4.json", answers, data)

    assert asked(script, "owners[1].address.street1").shown == ""


# ---- drafts that were begun while the issuer came after the persons


@pytest.mark.parametrize("at", ["owners[0].address.city", "joint"])
def test_a_draft_left_at_a_person_asks_for_the_issuer_and_comes_back(at: str, tmp_path: Path) -> None:
    data = {**INSIDER, "interview": {"at": at}}
    del data["issuer"]
    outcome, script = play(tmp_path / "d.form4.json", [*ISSUER, (at, "q")], data)

    assert [ask.id for ask in script.asks] == [*(id for id, _ in ISSUER), at]
    assert "Welcome back: this is where you stopped." in script.pages[0]
    assert draft_data(outcome.draft)["issuer"]["name"] == "EXAMPLE CORP"
    assert outcome.draft.interview.back_to == ()


def test_a_draft_left_at_the_issuer_goes_on_with_the_persons(tmp_path: Path) -> None:
    data = {**INSIDER, "interview": {"at": "issuer.trading_symbol"}}
    answers = [("issuer.trading_symbol", ""), ("foreign_issuer", ""), ("owners[0].relationship", "q")]
    outcome, _ = play(tmp_path / "d.form4.json", answers, data)

    assert outcome.draft.filing == draft_of(INSIDER).filing


# ---- the persons gone through again


def test_changing_the_first_person_does_not_ask_for_the_issuer_again(tmp_path: Path) -> None:
    data = {**INSIDER, "interview": {"at": "joint"}}
    answers = [
        ("joint", "change 1"),
        ("owners[0].cik", ""),
        ("owners[0].name", ""),
        ("owners[0].relationship", ""),
        ("owners[0].officer_title", ""),
        ("owners[0].address.non_us", ""),
        ("owners[0].address.street1", ""),
        ("owners[0].address.street2", ""),
        ("owners[0].address.city", ""),
        ("owners[0].address.state", ""),
        ("owners[0].address.zip", ""),
        ("joint", "done"),
        ("happened", "q"),
    ]
    outcome, _ = play(tmp_path / "d.form4.json", answers, data)

    assert outcome.draft.interview.back_to == ()
    assert outcome.draft.filing == draft_of(INSIDER).filing


def test_a_whole_address_ends_the_change(tmp_path: Path) -> None:
    data = {**INSIDER, "interview": {"at": "joint"}}
    answers = [
        ("joint", "change 1"),
        ("owners[0].cik", ""),
        ("owners[0].name", ""),
        ("owners[0].relationship", ""),
        ("owners[0].officer_title", ""),
        ("owners[0].address.non_us", ""),
        ("owners[0].address.street1", "2 Elm Street, Reno, NV 89501"),
        ("joint", "done"),
        ("happened", "q"),
    ]
    outcome, _ = play(tmp_path / "d.form4.json", answers, data)

    assert outcome.draft.interview.back_to == ()
    assert outcome.draft.filing.owners[0].address.city == "Reno"
