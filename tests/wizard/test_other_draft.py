"""Open drafts of one person know each other: offered as a start, warned of, and their people and addresses proposed."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.cli import main
from form4_author.desk.interview import desk, judged, make_packet
from form4_author.desk.interview_clerk import InterviewClerk
from form4_author.desk.interview_register import RegisterClerk
from form4_author.desk.other_draft import drafts_beside
from form4_author.files import draft_file
from form4_author.wire.draft import draft_of
from form4_author.wizard import session
from form4_author.wizard.answers_file import Given
from form4_author.wizard.draft import opening
from form4_author.wizard.plain import Plain
from tests.register.papers import paper
from tests.wizard.desk import TODAY, enter, stock
from tests.wizard.pilot import INSIDER
from tests.wizard.replay import Watched
from tests.wizard.test_keys import ENTER, at_desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from form4_author.register.database import Register
    from form4_author.wizard.session import Outcome

HELD = {
    "kind": "holding",
    "security_title": "Common Stock",
    "ownership_form": "D",
    "amount_owned_following": "5000",
}
TRUST = {
    **HELD,
    "ownership_form": "I",
    "nature_of_ownership": "By Roe Trust",
    "amount_owned_following": "700",
}
LAST = {**INSIDER, "period_of_report": "2026-11-04", "non_derivative": [HELD, TRUST], "interview": {}}
GIFT = {
    "kind": "transaction", "security_title": "Common Stock", "transaction_date": "2026-11-18", "transaction_code": "G",
    "transaction_form_type": "4", "equity_swap": False, "acquired_disposed": "D", "amount": "1000", "price": "0",
    "amount_owned_following": "4000", "ownership_form": "D",
}  # fmt: skip
SOLD = [
    ("happened", "sold"), ("events[0].date", "11/20"), ("events[0].security", "Common Stock"),
    ("events[0].quantity", "500"), ("events[0].price", "20"), ("events[0].ownership", ""),
    ("events[0].after_1", ""), ("lines", "q"),
]  # fmt: skip


def with_gift(**said: Any) -> dict[str, Any]:
    """An open draft about a gift of 1,000 out of 5,000, with a trust line that it does not show."""
    started = opening.from_filing(draft_of(LAST).filing)
    data = json.loads(
        json.dumps({**INSIDER, "period_of_report": "2026-11-18", "non_derivative": [GIFT], **said})
    )
    return {"data": data, "carried": started.interview.carried}


def save(path: Path, data: dict[str, Any], carried: Any = ()) -> Path:
    draft = draft_of(data)
    draft_file.save(path, replace(draft, interview=replace(draft.interview, carried=tuple(carried))))
    return path


@pytest.fixture(autouse=True)
def _drafts_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The drafts of each test are the drafts in progress."""
    monkeypatch.setattr(draft_file, "default_folder", lambda: tmp_path)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the current folder nor that of the drafts holds a draft of another test."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "none.sqlite3"))


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    return save(tmp_path / "gift.form4.json", **with_gift())


@dataclass
class Played:
    outcome: Outcome
    script: Watched

    def ask(self, id: str) -> Any:
        return next(ask for ask in self.script.asks if ask.id == id)

    def page(self, id: str) -> list[str]:
        """The page above a question."""
        number = [ask.id for ask in self.script.asks].index(id)
        return [line for line in self.script.pages[number] if line]


def play(
    folder: Path,
    answers: Sequence[tuple[str, str]],
    start: Any = None,
    register: Register | None = None,
    today: date = TODAY,
) -> Played:
    """An interview in a folder of drafts, with or without a register."""
    path = folder / "new.form4.json"
    clerk = InterviewClerk(None if register is None else RegisterClerk(register, today), drafts_beside(path))
    script = Watched([Given(id, answer) for id, answer in answers])
    begun = opening.fresh() if start is None else start
    outcome = session.Session(path, begun, script, desk(path, today, clerk)).run()
    script.finish()
    return Played(outcome, script)


def known() -> Any:
    """A draft that begins from the last filing of the person: 5,000 direct, 700 by a trust."""
    return opening.from_filing(draft_of(LAST).filing)


def warnings(path: Path, *ids: str) -> list[str]:
    """What the review says of a saved draft, of these rules."""
    draft = draft_file.load(path).draft
    clerk = InterviewClerk(None, drafts_beside(path))
    return [f"{f.id} {f.message}" for f in judged(path, draft, TODAY, clerk).findings if f.id in ids]


# ---- the question


def test_an_open_draft_is_told_before_anything_happened(tmp_path: Path, gift: Path) -> None:
    make_packet(gift, draft_file.load(gift).draft, TODAY)
    played = play(tmp_path, [("start.balances", "q")], known())

    assert played.page("start.balances")[2:] == [
        "Another filing is open",
        "Another filing of Roe Richard B at EXAMPLE CORP is open: gift of Wed",
        "11/18/2026, packet made. Common Stock, direct: 4,000 after it.",
    ]
    ask = played.ask("start.balances")
    assert ask.message == "Start from which balances?"
    assert ask.proposal == ""
    assert [(o.value, o.label) for o in ask.options] == [
        ("from 1", "That filing: 4,000 (file that one first)"),
        ("record", "The last recorded filing: 5,000 (Form 4 of 11/04/2026)"),
        ("open 1", "Open that filing instead"),
    ]


def test_balances_go_on_from_the_open_draft(tmp_path: Path, gift: Path) -> None:
    played = play(tmp_path, [("start.balances", "from 1"), *SOLD], known())

    assert played.ask("events[0].after_1").shown == "4,000 − 500 = 3,500"
    assert "From the open draft, gift of 11/18/2026: Roe Richard B. Held then: 4,000 Common" in " ".join(
        played.page("happened")
    )
    assert next(o.label for o in played.ask("lines").options if o.value == "carry") == (
        "Add what the last filing also had: 700 Common Stock, By Roe Trust"
    )
    assert warnings(tmp_path / "new.form4.json", "HLD-030", "HLD-031") == []


def test_balances_go_on_from_the_last_filing_and_both_drafts_warn(tmp_path: Path, gift: Path) -> None:
    played = play(tmp_path, [("start.balances", "record"), *SOLD], known())

    assert played.ask("events[0].after_1").shown == "5,000 − 500 = 4,500"
    assert warnings(tmp_path / "new.form4.json", "HLD-030", "HLD-031") == [
        (
            "HLD-030 Common Stock, direct, goes from 5,000 to 4,500 here; in an open draft (gift of 11/18/2026) it goes from"
            " 5,000 to 4,000; start one of the two from the other"
        )
    ]
    assert warnings(gift, "HLD-030", "HLD-031") == [
        (
            "HLD-030 Common Stock, direct, goes from 5,000 to 4,000 here; in an open draft (sale of 11/20/2026) it goes from"
            " 5,000 to 4,500; start one of the two from the other"
        )
    ]


def test_going_back_the_other_start_can_be_chosen(tmp_path: Path, gift: Path) -> None:
    answers = [("start.balances", "from 1"), ("happened", "<"), ("start.balances", "record"), *SOLD]
    played = play(tmp_path, answers, known())

    assert played.ask("events[0].after_1").shown == "5,000 − 500 = 4,500"
    interview = played.outcome.draft.interview
    assert (interview.start.choice, interview.start.file, interview.opened) == (
        "record",
        None,
        "Form 4 of 11/04/2026",
    )


def test_a_later_change_of_the_draft_it_started_from_is_a_warning(tmp_path: Path, gift: Path) -> None:
    play(tmp_path, [("start.balances", "from 1"), *SOLD], known())
    new = tmp_path / "new.form4.json"

    save(gift, **with_gift(non_derivative=[{**GIFT, "amount": "1500", "amount_owned_following": "3500"}]))
    assert warnings(new, "HLD-030", "HLD-031") == [
        (
            "HLD-031 Common Stock, direct, starts at 4,000 from an open draft (gift of 11/18/2026) that leaves 3,500"
            " now; correct the total"
        )
    ]
    gift.unlink()
    assert warnings(new, "HLD-030", "HLD-031") == [
        (
            "HLD-031 The starting balances come from an open draft (gift of 11/18/2026) that no longer exists;"
            " check them against the last filing"
        )
    ]


def test_the_other_draft_is_opened_instead(tmp_path: Path, gift: Path) -> None:
    outcome = play(tmp_path, [("start.balances", "open 1")], known()).outcome

    assert (outcome.ending, outcome.opens) == ("other", str(gift))


def test_several_open_drafts_are_numbered(tmp_path: Path, gift: Path) -> None:
    sale = {**GIFT, "transaction_code": "S", "price": "20", "transaction_date": "2026-11-19"}
    save(
        tmp_path / "sale.form4.json", **with_gift(non_derivative=[{**sale, "amount_owned_following": "3000"}])
    )
    played = play(tmp_path, [("start.balances", "q")], known())

    assert " ".join(played.page("start.balances")[3:]) == (
        "2 other filings of Roe Richard B at EXAMPLE CORP are open:"
        " 1. sale of Thu 11/19/2026, draft. Common Stock, direct: 3,000 after it."
        " 2. gift of Wed 11/18/2026, draft. Common Stock, direct: 4,000 after it."
    )
    assert [o.label for o in played.ask("start.balances").options] == [
        "Number 1, sale of Thu 11/19/2026: 3,000 (file that one first)",
        "Number 2, gift of Wed 11/18/2026: 4,000 (file that one first)",
        "The last recorded filing: 5,000 (Form 4 of 11/04/2026)",
        "Open number 1 instead",
        "Open number 2 instead",
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"interview": {"filed": {"accession_number": "0001107843-26-000123"}}},
        {"form": "4/A"},
        {"non_derivative": []},
        {"issuer": {"cik": "77", "name": "OTHER INC."}},
        {"owners": [{"cik": "8", "name": "Doe Jane"}]},
    ],
    ids=["filed", "an amendment", "without a line", "another issuer", "another person"],
)
def test_other_drafts_are_no_start(said: dict[str, Any], tmp_path: Path) -> None:
    save(tmp_path / "other.form4.json", **with_gift(**said))
    played = play(tmp_path, [("happened", "q")], known())

    assert [ask.id for ask in played.script.asks] == ["happened"]


def test_a_draft_that_cannot_be_read_is_no_obstacle(tmp_path: Path, gift: Path) -> None:
    (tmp_path / "broken.form4.json").write_text("{", encoding="ascii")
    (tmp_path / "dangling.form4.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.form4.json").mkdir()
    played = play(tmp_path, [("start.balances", "q")], known())

    assert len(played.ask("start.balances").options) == 3


# ---- the persons


def test_persons_of_drafts_are_listed_and_taken_over(tmp_path: Path, gift: Path) -> None:
    played = play(tmp_path, [("whom", "9 1107843"), ("start.balances", "record"), ("happened", "q")])

    assert [(o.value, o.label) for o in played.ask("whom").options] == [
        ("9 1107843", "Roe Richard B · EXCO · nothing recorded; 1 open"),
        ("- 1107843", "A new person at EXAMPLE CORP (EXCO) · 1107843"),
        ("else", "Someone else: the person and issuer are asked next"),
    ]
    assert [o.label for o in played.ask("start.balances").options] == [
        "That filing: 4,000 (file that one first)",
        "No filing is recorded: each balance is asked",
        "Open that filing instead",
    ]
    filing = played.outcome.draft.filing
    assert filing.owners == draft_of(INSIDER).filing.owners
    assert filing.issuer == draft_of(INSIDER).filing.issuer


@pytest.mark.parametrize(
    ("form", "first"), [("4", "start.balances"), ("3", "owners[0].relationship")], ids=["Form 4", "Form 3"]
)
def test_a_person_of_a_draft_is_not_welcomed_back(form: str, first: str, tmp_path: Path, gift: Path) -> None:
    """Nor asked for the CIK and the name, which the draft has."""
    played = play(tmp_path, [("whom", "9 1107843"), (first, "q")], opening.fresh(form))

    assert not any("Welcome back" in line for page in played.script.pages for line in page)


@pytest.mark.parametrize("typed", ["new 0002000123", "2000123", "CIK 2000123"])
def test_a_cik_that_is_not_listed_is_a_new_person(typed: str, tmp_path: Path, gift: Path) -> None:
    """Desk 2.4."""
    played = play(tmp_path, [("whom", typed), ("owners[0].name", "q")])

    new = played.ask("whom").adds("2000123")
    assert new is not None
    assert (new.value, new.label) == ("new 0002000123", "New person: CIK 0002000123")
    assert played.ask("whom").adds("nowhere") is None
    assert played.ask("whom").check("nowhere") == '"nowhere" is not in the list and is not a CIK'
    assert played.outcome.draft.text("owners[0].cik") == "0002000123"


def test_a_cik_that_is_not_listed_is_the_only_row(
    tmp_path: Path, gift: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = play(tmp_path, [("whom", "q")]).ask("whom")
    with at_desk() as terminal:
        assert terminal.put(ask, "2000123", ENTER) == "new 0002000123"
    monkeypatch.setattr("sys.stdin", StringIO("2000123\n"))
    assert Plain().choice(ask) == "new 0002000123"


def test_persons_on_record_show_how_many_drafts_are_open(tmp_path: Path, register: Register) -> None:
    owner = {**INSIDER["owners"][0], "cik": "0009999694", "name": "Doe Jane"}
    issuer = {"cik": "9999001", "name": "Example Widgets Inc.", "trading_symbol": "EXWI"}
    for name in "ab":
        save(tmp_path / f"{name}.form4.json", **with_gift(owners=[owner], issuer=issuer))
    played = play(tmp_path, [("whom", "9999694 9999001"), ("start.balances", "q")], register=register)

    assert [o.label for o in played.ask("whom").options][:2] == [
        "Roe Richard B · EXWI · Form 4 filed 05/06/2026",
        "Doe Jane · EXWI · Form 4 filed 03/04/2026; 2 open",
    ]


def test_a_cik_of_a_draft_brings_the_rest(tmp_path: Path, gift: Path) -> None:
    answers = [
        ("whom", "else"),
        ("owners[0].cik", "9"),
        ("issuer.cik", "1107843"),
        ("owners[0].relationship", "is_director"),
        ("joint", ""),
        ("start.balances", "q"),
    ]
    played = play(tmp_path, answers)

    assert "Taken from another draft: Roe Richard B" in played.page("issuer.cik")
    assert "Taken from another draft: EXAMPLE CORP" in played.page("owners[0].relationship")
    assert played.outcome.draft.filing.owners[0].officer_title is None  # another issuer might have been meant


def test_the_business_address_of_others_at_the_issuer_is_proposed(tmp_path: Path) -> None:
    address = {**INSIDER["owners"][0]["address"], "street1": "C/O EXAMPLE CORP", "street2": "1 MAIN STREET"}
    save(tmp_path / "a.form4.json", **with_gift(owners=[{**INSIDER["owners"][0], "address": address}]))
    new = [("owners[0].cik", "7"), ("owners[0].name", "Poe Ann"), ("owners[0].relationship", "is_director")]
    rest = ("non_us", "street1")
    answers = [
        ("whom", "- 1107843"),
        *new,
        *((f"owners[0].address.{name}", "") for name in rest),
        ("joint", "q"),
    ]
    played = play(tmp_path, answers)

    assert played.ask("owners[0].address.street1").shown == (
        "C/O EXAMPLE CORP, 1 MAIN STREET, SPRINGFIELD, IL 62701  (as others at this issuer)"
    )
    assert (
        played.outcome.draft.filing.owners[0].address
        == draft_of({"owners": [{"address": address}]}).filing.owners[0].address
    )


def test_a_street_that_may_be_a_home_is_proposed_to_nobody_else(tmp_path: Path, gift: Path) -> None:
    new = [("owners[0].cik", "7"), ("owners[0].name", "Poe Ann"), ("owners[0].relationship", "is_director")]
    played = play(
        tmp_path,
        [("whom", "- 1107843"), *new, ("owners[0].address.non_us", ""), ("owners[0].address.street1", "q")],
    )

    assert played.ask("owners[0].address.street1").shown == "C/O EXAMPLE CORP  (the issuer)"


def test_another_street_brings_no_city_of_others(tmp_path: Path, register: Register) -> None:
    address = {
        "non_us": False,
        "street1": "c/o Example Widgets",
        "city": "Springfield",
        "state": "IL",
        "zip": "62701",
    }
    person = {"cik": "0009999777", "name": "Poe Ann", "address": address, "is_director": True}
    enter(register, paper(stock("10"), day="2026-06-01", number=9, owners=[person]))
    new = [("owners[0].cik", "7"), ("owners[0].name", "Lee Bo"), ("owners[0].relationship", "is_director")]
    rest = [
        ("owners[0].address.non_us", ""),
        ("owners[0].address.street1", "2 Elm St"),
        ("owners[0].address.street2", ""),
    ]
    played = play(
        tmp_path, [("whom", "- 9999001"), *new, *rest, ("owners[0].address.city", "q")], register=register
    )

    assert played.ask("owners[0].address.street1").shown == (
        "c/o Example Widgets, Springfield, IL 62701  (as others at this issuer)"
    )
    assert played.ask("owners[0].address.city").proposal == ""


# ---- the commands


def test_answers_recorded_earlier_are_not_asked_more(
    tmp_path: Path, gift: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("".join(f'- {id}: "{answer}"\n' for id, answer in SOLD), encoding="ascii")
    last, new = tmp_path / "last.json", tmp_path / "new.form4.json"
    last.write_text(json.dumps(LAST), encoding="ascii")
    command = [
        "new",
        "--from",
        str(last),
        "--answers",
        str(answers),
        "-o",
        str(new),
        "--as-of",
        TODAY.isoformat(),
    ]

    assert main(command) == 0
    assert "start.balances" not in capsys.readouterr().err
    assert draft_file.load(new).draft.interview.start.choice is None


def test_answers_choose_the_start_and_open_the_other_draft(
    tmp_path: Path, gift: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers, new = tmp_path / "answers.yaml", tmp_path / "new.form4.json"
    answers.write_text(
        '- whom: "9 1107843"\n- start.balances: "open 1"\n- happened: q\n- lines: q\n', encoding="ascii"
    )

    assert main(["new", "--answers", str(answers), "-o", str(new), "--as-of", TODAY.isoformat()]) == 0
    assert not new.exists()
    assert f"Saved. Go on with: form4 resume {gift}\n" in capsys.readouterr().out


def test_check_warns_in_both(tmp_path: Path, gift: Path, capsys: pytest.CaptureFixture[str]) -> None:
    play(tmp_path, [("start.balances", "record"), *SOLD], known())
    for path in (gift, tmp_path / "new.form4.json"):
        main(["check", str(path), "--as-of", TODAY.isoformat()])
        assert "HLD-030" in capsys.readouterr().out


def test_a_file_elsewhere_is_no_draft_in_progress(
    tmp_path: Path, gift: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    play(tmp_path, [("start.balances", "record"), *SOLD], known())
    elsewhere = tmp_path / "matters"
    elsewhere.mkdir()
    gift.rename(elsewhere / gift.name)

    main(["check", str(tmp_path / "new.form4.json"), "--as-of", TODAY.isoformat()])
    assert "HLD-030" not in capsys.readouterr().out
