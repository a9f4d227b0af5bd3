"""The next form of a person and issuer that the register knows: nothing is typed but what happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.desk.interview import desk, judged
from form4_author.desk.interview_register import RegisterClerk
from form4_author.files import draft_file
from form4_author.register import card, offer
from form4_author.wire.draft import draft_of
from form4_author.wizard import session
from form4_author.wizard.answers_file import Given
from form4_author.wizard.draft import opening
from tests.register.papers import paper
from tests.wizard.desk import DOE, GRANT, ROE, SALE, TODAY, VEST, Played, edit, enter, play, stock, whom
from tests.wizard.keystroke import Counted
from tests.wizard.test_events import brief

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.register.database import Register


def test_the_persons_known_are_offered_the_last_filed_first(register: Register, tmp_path: Path) -> None:
    played = play(register, tmp_path, [("whom", "?"), ("whom", "else"), ("owners[0].cik", "q")])

    assert played.labels("whom") == [
        "Roe Richard B · EXWI · Form 4 filed 05/06/2026",
        "Doe Jane · EXWI · Form 4 filed 03/04/2026",
        "A new person at Example Widgets Inc. (EXWI) · 9999001",
        "Someone else: the person and issuer are asked next",
    ]
    assert "shelf" not in draft_file.load(tmp_path / "draft.form4.json").data["interview"]


NOT_ON_FILE = (
    'SIG-006 "/s/ Sam Roe, Attorney-in-Fact for Jane Doe" signs under a power of attorney that is neither attached nor '
    "known to be on file"
)


@pytest.mark.parametrize(
    ("answers", "keys", "made"),
    [
        (
            VEST,
            51,
            ["I M A 4 1000 @0 → 6000 D", "I F D 4 400 @120.34 → 5600 D", "I holding → 700 By Spouse",
             "II M D 4 1000 @0 → 3000 D"],
        ),
        pytest.param(GRANT, 39, ["II A A 4 2500 @0 → 6500 D"], marks=pytest.mark.long),
        pytest.param(
            SALE, 46, ["I S D 4 3900 @50.3597 → 1100 D", "I holding → 700 By Spouse"], marks=pytest.mark.long
        ),
    ],
    ids=["vest", "grant", "plan sale"],
)  # fmt: skip
def test_a_routine_form_from_the_register_takes_fewer_than_sixty_keys(
    answers: list[tuple[str, str]], keys: int, made: list[str], register: Register, tmp_path: Path
) -> None:
    """No name, address, title or balance is typed; the line that the last form left out is not carried on."""
    played = play(register, tmp_path, [whom(register, DOE), *answers])

    assert brief(played.data) == made
    assert played.findings == [NOT_ON_FILE]
    assert played.data["signatures"][0]["name"] == "/s/ Sam Roe, Attorney-in-Fact for Jane Doe"
    assert played.data["owners"][0]["officer_title"] == "Chief Executive Officer"
    assert played.script.keys == keys
    assert keys < 60


def test_the_balance_says_where_it_is_from(register: Register, tmp_path: Path) -> None:
    played = play(register, tmp_path, [whom(register, DOE), *VEST])

    assert next(a.shown for a in played.script.asks if a.id == "events[0].after_1") == (
        "5,000 + 1,000 − 400 = 5,600"
    )
    assert "From the Form 4 filed 03/04/2026: Doe Jane. Held then: 5,000 Class A" in played.told()
    assert "By Old Trust" not in played.told()


def test_a_total_that_the_register_contradicts_is_told_in_the_review(
    register: Register, tmp_path: Path
) -> None:
    sale = [(id, "1200" if id == "events[0].after_1" else answer) for id, answer in SALE]
    sale.insert([id for id, _ in sale].index("lines"), ("events[0].jump_1", "Corrected a miscount of ours."))
    played = play(register, tmp_path, [whom(register, DOE), *sale[:-1], ("review", "q")])

    assert played.findings == [NOT_ON_FILE]  # "corrected" explains the total
    data = {**played.data, "footnotes": [{**n, "text": "Sold."} for n in played.data["footnotes"]]}
    found = judged(tmp_path / "x", draft_of(data), TODAY, RegisterClerk(register, TODAY)).findings
    assert (
        "Amount Owned Following Transaction(s) is 1,200; 5,000 on Form 4 of 2026-03-04 − 3,900 gives 1,100"
    ) in [f.message for f in found]


# ---- typed in the ordinary interview

ASKED = [("joint", "done")]


def test_a_cik_or_a_name_that_is_known_fills_in_the_rest(register: Register, tmp_path: Path) -> None:
    """Nothing but the issuer's CIK and whether others file too is asked: the rest is on record."""
    answers: list[tuple[str, Any]] = [
        ("whom", "else"), ("owners[0].cik", "doe j"), ("issuer.cik", "9999001"), *ASKED, ("happened", "q"),
    ]  # fmt: skip
    played = play(register, tmp_path, answers)

    assert played.data["owners"][0]["name"] == DOE
    assert played.data["owners"][0]["address"]["city"] == "Springfield"
    assert played.data["owners"][0]["is_officer"] is True  # as on record with this issuer
    assert played.data["issuer"]["name"] == "Example Widgets Inc."
    assert len(played.data["interview"]["carried"]) == 4
    assert "Taken from the register: Doe Jane" in played.told()
    assert next(a.codes for a in played.script.asks if a.id == "issuer.cik") == (
        "0009999001  Example Widgets Inc. (EXWI)",
    )


def test_somebody_new_at_an_issuer_known_is_asked_for_themselves_only(
    register: Register, tmp_path: Path
) -> None:
    answers: list[tuple[str, Any]] = [
        ("whom", "- 9999001"), ("owners[0].cik", "12345"), ("owners[0].name", "Poe Ann"),
        ("owners[0].relationship", ("is_director",)), ("owners[0].address.non_us", ""),
        ("owners[0].address.street1", "1 Main"), ("owners[0].address.street2", ""), ("owners[0].address.city", "X"),
        ("owners[0].address.state", "IL"), ("owners[0].address.zip", "62701"), ("joint", "done"), ("happened", "sold"),
        ("events[0].date", "11/20"), ("events[0].security", "q"),
    ]  # fmt: skip
    played = play(register, tmp_path, answers)

    assert played.data["issuer"]["trading_symbol"] == "EXWI"
    assert played.script.asks[-1].shown == "Class A Common Stock   no recorded total"
    assert played.labels("events[0].security") == [
        "Class A Common Stock   no recorded total",
        "Another security: its title is asked next",
    ]


def test_who_filed_jointly_last_is_offered_together(register: Register, tmp_path: Path) -> None:
    joint = paper(stock("77", ownership_form="I", nature_of_ownership="By Fund"), day="2026-06-01", number=4)
    owners = joint.filing.owners
    other = paper(stock("1"), person=ROE).filing.owners[0]
    signatures = joint.filing.signatures
    filing = replace(
        joint.filing,
        owners=(other, *owners),
        signatures=(
            replace(signatures[0], name="/s/ Ann Poe, Attorney-in-Fact for Richard B. Roe"),
            *signatures,
        ),
    )
    enter(register, joint._replace(filing=filing, sha256="4"))
    played = play(register, tmp_path, [whom(register, "Doe Jane + 1 more"), ("happened", "q")])

    assert [o["name"] for o in played.data["owners"]] == [ROE, DOE]
    assert played.data["interview"]["signing"] == [
        {"capacity": "attorney", "agent": "Ann Poe", "signed_last": "Ann Poe"},
        {"capacity": "attorney", "agent": "Sam Roe", "signed_last": "Sam Roe"},
    ]


def test_a_second_filer_who_is_known_is_only_named(register: Register, tmp_path: Path) -> None:
    data = play(register, tmp_path, [whom(register, DOE), ("happened", "q")]).data
    data = {**data, "interview": {**data["interview"], "at": "joint"}}
    played = play(register, tmp_path, [("joint", "add"), ("owners[1].cik", "roe"), ("joint", "q")], data)

    assert played.data["owners"][1]["name"] == ROE
    assert played.data["owners"][1]["officer_title"] == "Chief Executive Officer"


# ---- titles and terms


def test_the_issuer_s_series_are_offered_beside_the_person_s_lines(
    register: Register, tmp_path: Path
) -> None:
    """Roe's option is a series of the issuer; chosen for Doe, it is kept with the draft."""
    answers = [
        whom(register, DOE), ("happened", "option_kept"), ("events[0].date", "11/20"), ("events[0].security", ""),
        ("events[0].quantity", "100"), ("events[0].series", "shelf 0"), ("events[0].ownership", ""), ("events[0].after_1", "q"),
    ]  # fmt: skip
    played = play(register, tmp_path, answers)

    assert played.labels("events[0].series") == [
        "Stock Option (Right to Buy) at $12.50 to 03/01/2036",
        "Another one: its terms are asked",
    ]
    assert next(a.proposal for a in played.script.asks if a.id == "events[0].series") == "other"
    assert played.data["interview"]["series"][0]["cells"]["exercise_price"] == "12.50"
    again = play(register, tmp_path, [("events[0].after_1", ""), ("events[0].before_2", "100"),
                                      ("events[0].after_2", ""), ("lines", "q")], played.data)  # fmt: skip
    assert brief(again.data)[-1] == "II M D 4 100 @0 → 0 D"


def test_a_line_entered_by_hand_has_the_titles_and_terms_known(register: Register, tmp_path: Path) -> None:
    title, strike = "derivative[0].security_title", "derivative[0].exercise_price"
    answers = [
        whom(register, ROE), ("happened", "derivative holding"), (title, "Stock Option (Right to Buy)"),
        (strike, ""), ("derivative[0].date_exercisable", ""), ("derivative[0].expiration_date", ""),
        ("derivative[0].underlying_title", "q"),
    ]  # fmt: skip
    played = play(register, tmp_path, answers)

    assert next(a.codes for a in played.script.asks if a.id == title) == (
        "Stock Option (Right to Buy)",
        "Restricted Stock Units",
    )
    assert played.data["derivative"][0] == {
        "kind": "holding", "security_title": "Stock Option (Right to Buy)", "exercise_price": "12.50",
        "date_exercisable": "2027-03-02", "expiration_date": "2036-03-01",
    }  # fmt: skip


# ---- who signs


def signing(register: Register, folder: Path) -> Played:
    """A sale by Jane Doe, up to the question who signs."""
    answers = [*SALE[:-3], ("signing[0].power", "q")]
    return play(register, folder, [whom(register, DOE), *answers])


def test_powers_on_record_are_offered_while_they_hold(register: Register, tmp_path: Path) -> None:
    with register.writing() as book:
        poa = card.KINDS["poa"]
        powers: dict[str, dict[str, Any]] = {
            "Ann Poe": {"until": date(2026, 12, 31), "signed": date(2026, 1, 15), "accession": "0009999001-26-000009"},
            "Ed Ended": {"until": date(2026, 11, 22)},
            "Rex Revoked": {"revoked": date(2026, 6, 1)},
            "Lou Later": {"signed": date(2026, 11, 24)},
        }  # fmt: skip
        for agent, said in powers.items():
            card.added(book, poa, {"person": "doe", "agent": [agent], **said})
    played = signing(register, tmp_path)

    assert played.labels("signing[0].power") == [
        "/s/ Sam Roe, Attorney-in-Fact for Jane Doe",
        "/s/ Ann Poe, Attorney-in-Fact for Jane Doe (ends 12/31/2026)",
        "/s/ Jane Doe",
        "Another attorney-in-fact, or a guardian, executor or conservator",
        "A different wording for Sam Roe",
    ]
    assert (
        "Sam Roe: for Example Widgets Inc., signed the filing of 03/04/2026; where the power of attorney is filed is not known"
        in played.told()
    )
    assert (
        "Ann Poe: for every issuer, signed 01/15/2026, until 12/31/2026, on file with 0009999001-26-000009"
    ) in played.told()
    ann = play(
        register, tmp_path, [("signing[0].power", "2.0"), ("signatures[0].date", "q")], played.data,
    )  # fmt: skip
    assert ann.data["signatures"][0]["name"] == "/s/ Ann Poe, Attorney-in-Fact for Jane Doe"
    assert "The power of attorney ends 12/31/2026." in ann.told()


@pytest.mark.parametrize(
    ("chosen", "asked", "name"),
    [
        ("self", [], "/s/ Jane Doe"),
        (
            "other",
            [
                ("signing[0].capacity", "power"),
                ("signing[0].agent", "Ann Poe"),
                ("signing[0].evidence", "filed"),
                ("signing[0].accession_number", "0009999001-26-000009"),
                ("signatures[0].name", ""),
            ],
            "/s/ Ann Poe by power of attorney for Jane Doe",
        ),
    ],
)
def test_another_may_sign(
    chosen: str, asked: list[tuple[str, str]], name: str, register: Register, tmp_path: Path
) -> None:
    played = signing(register, tmp_path)
    more = play(
        register, tmp_path,
        [("signing[0].power", chosen), *asked, ("signatures[0].date", "q")], played.data,
    )  # fmt: skip
    assert more.data["signatures"][0]["name"] == name


def test_who_signed_in_person_last_is_proposed_to_sign(register: Register, tmp_path: Path) -> None:
    with register.writing() as book:
        card.added(book, card.KINDS["poa"], {"person": ROE, "agent": ["Ann Poe"]})
    answers = [
        whom(register, ROE), ("happened", "done"), ("lines", "done"), ("period_of_report", "11/20"), ("aff10b5_one", "no"), ("exit", "yes"),
        ("remarks", ""), ("signing[0].power", "q"),
    ]  # fmt: skip
    played = play(register, tmp_path, answers)

    assert next(a.proposal for a in played.script.asks if a.id == "signing[0].power") == "self"


# ---- house styles


@pytest.mark.long
def test_house_styles_are_followed(register: Register, tmp_path: Path) -> None:
    styles = [
        ("rsu", "II"), ("withheld_note", "Withheld for tax."), ("remarks", "See also Form 144."),
        ("signature", "/s/ {signer}, for {person} under a power of attorney"),
    ]  # fmt: skip
    edit(register, "issuer", "EXWI", {"style": styles})
    played = play(register, tmp_path, [whom(register, DOE), *VEST])

    assert "Withheld for tax." in [n["text"] for n in played.data["footnotes"]]
    assert played.data["remarks"] == "See also Form 144."
    assert played.data["signatures"][0]["name"] == "/s/ Sam Roe, for Jane Doe under a power of attorney"
    assert next(a.proposal for a in played.script.asks if a.id == "events[0].style") == "table2"
    roe = play(
        register, tmp_path, [whom(register, ROE), ("happened", "granted_units"), ("events[0].style", "q")]
    )
    assert roe.script.asks[-1].proposal == "table2"


def test_wording_of_earlier_forms_is_proposed_again(register: Register, tmp_path: Path) -> None:
    note = [{"id": "F1", "text": "Shares withheld to satisfy tax obligations."}]
    line = stock("4990", code="F", amount={"value": "10", "footnotes": ["F1"]})
    enter(register, paper(line, day="2026-07-01", number=5, footnotes=note))
    vest = [given for given in VEST if given != ("lines", "carry")]  # the last form has one line of the class
    played = play(register, tmp_path, [whom(register, DOE), *vest])

    assert note[0]["text"] in [n["text"] for n in played.data["footnotes"]]


# ---- the library


def test_a_wording_kept_is_in_the_register_s_library(register: Register, tmp_path: Path) -> None:
    played = play(
        register,
        tmp_path,
        [whom(register, DOE), *VEST[:-5], ("notes", "open 0"), ("footnotes[0].card", "keep"), ("notes", "q")],
    )
    kept = next(n["text"] for n in played.data["footnotes"] if n["id"] == "F1")

    with register.reading() as book:
        assert offer.notes(book) == ((f"{kept[:40].rsplit(' ', 1)[0]} …", kept),)
    assert "Saved as a reusable footnote." in played.told()
    with register.writing() as book:
        assert offer.keep_note(book, f" {kept} ") is None
        assert offer.keep_note(book, f"{kept} Again.") is not None
        assert [name[-3:] for name, _ in offer.notes(book)] == ["(2)", "o …"]


# ---- without the register


def test_a_register_that_breaks_down_stops_nothing(register: Register, tmp_path: Path) -> None:
    """It is told on the next screen; what was taken from it before stays."""
    path = tmp_path / "draft.form4.json"
    clerk = RegisterClerk(register, TODAY)
    script = Counted([Given(*whom(register, DOE)), Given("whom", "else"), Given("owners[0].cik", "q")])
    running = session.Session(path, opening.fresh("4"), script, desk(path, TODAY, clerk))
    clerk.shelf(opening.fresh())
    register.close()
    (tmp_path / "register.sqlite3").write_bytes(b"no database" * 1000)
    for beside in tmp_path.glob("register.sqlite3-*"):
        beside.unlink()
    running.run()

    told = " ".join(" ".join(line for page in script.pages for line in page).split())
    assert (
        "register.sqlite3 can't be used: file is not a database. The interview continues without it." in told
    )
