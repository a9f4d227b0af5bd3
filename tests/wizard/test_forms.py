"""Form 5, amendments, foreign private issuers and joint filers by the same screens."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from form4_author.checks.run import check_draft
from form4_author.cli import main
from form4_author.findings import Severity
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.legal_data import exempt_by_order
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import review, session
from form4_author.wizard.answers_file import Given
from form4_author.wizard.countdown import countdown
from tests.wizard.pilot import INSIDER, interview
from tests.wizard.replay import TODAY, Watched, desk
from tests.wizard.test_events import PRICED, SHARES, above_a_note, brief

if TYPE_CHECKING:
    from pathlib import Path


def test_a_form_5_has_what_could_wait(tmp_path: Path) -> None:
    """Rule 16a-3(f): gifts received and small acquisitions."""
    day = {"date": "9/30/2024"}
    events = [("gift_received", {**SHARES, **day}), ("small_purchase", {**PRICED, **day, "quantity": "90"})]
    data, _ = interview(tmp_path, events, {"period_of_report": "9/30/2024"}, {**INSIDER, "form": "5"})

    assert brief(data) == ["I G A 5 1000 @0 → 6000 D", "I L A 5 90 @10.50 → 6090 D"]
    assert above_a_note(data) == []


def test_a_sale_forgotten_goes_on_form_5_as_what_was_due_on_form_4(tmp_path: Path) -> None:
    data, _ = interview(
        tmp_path,
        [("sold", {**PRICED, "date": "9/3/2024"})],
        {"period_of_report": "9/30/2024"},
        {**INSIDER, "form": "5"},
    )

    assert brief(data) == ["I S D 4 1000 @10.50 → 4000 D"]
    assert above_a_note(data) == []


def test_an_amendment_says_when_the_original_was_filed_and_why(tmp_path: Path) -> None:
    """Instruction 9."""
    reason = "This amendment corrects the number of shares sold."
    data, _ = interview(
        tmp_path,
        [("sold", PRICED)],
        {"date_of_original_submission": "11/4", "amendment.reason": reason},
        {**INSIDER, "form": "4/A"},
    )

    assert (data["date_of_original_submission"], data["remarks"]) == ("2024-11-04", reason)
    assert above_a_note(data) == []
    now = datetime(2024, 11, 8, 9, tzinfo=ZoneInfo("America/New_York"))
    assert countdown(draft_of(data), sec_calendar(), now, None) == "Amends the form filed on 11/04/2024"


def test_another_reason_takes_the_place_of_the_first(tmp_path: Path) -> None:
    data, _ = interview(
        tmp_path,
        [("sold", PRICED)],
        {"date_of_original_submission": "11/4", "amendment.reason": "Corrects the price."},
        {**INSIDER, "form": "4/A", "remarks": "Exhibit List: none."},
    )
    at = {**data, "interview": {**data["interview"], "at": "amendment.reason"}}
    script = Watched([Given("amendment.reason", "Corrects the number."), Given("aff10b5_one", "q")])
    outcome = session.Session(tmp_path / "again.form4.json", draft_of(at), script, desk()).run()

    assert draft_data(outcome.draft)["remarks"] == "Corrects the number.\nExhibit List: none."


def test_a_draft_of_an_amendment_opens_at_its_lines(tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [("sold", PRICED)])
    plain = {key: found for key, found in data.items() if key not in ("interview", "signatures")}
    script = Watched([Given("lines", "q")])
    session.Session(tmp_path / "a.form4.json", draft_of({**plain, "form": "4/A"}), script, desk()).run()

    assert "Open each line that changes; the others are not repeated (Instruction 9)." in script.pages[0]


def test_what_holds_for_a_foreign_private_issuer_is_said(tmp_path: Path) -> None:
    """Release 34-104903; Rule 3a12-3(b)."""
    start = {**INSIDER, "interview": {"at": "foreign_issuer"}}
    answers = {"foreign_issuer": "yes", "issuer.foreign_trading_symbol": "EXCO.L"}
    data, pilot = interview(tmp_path, [("sold", PRICED)], answers, start)

    assert data["issuer"]["foreign_trading_symbol"] == "EXCO.L"
    said = next(page for page in map(" ".join, pilot.pages) if "(Section 16(b)) does not apply" in page)
    assert exempt_by_order() in said
    assert above_a_note(data) == []


def test_joint_filers_each_sign(tmp_path: Path) -> None:
    fund = {
        **INSIDER["owners"][0],
        "cik": "0000000010",
        "name": "Example Fund I, L.P.",
        "is_ten_percent_owner": True,
    }
    for name in ("is_director", "is_officer", "officer_title"):
        fund.pop(name, None)
    event = (
        "distributed",
        {**SHARES, "nature": "By Example Fund I, L.P.", "received": "80", "before_2": "20"},
    )
    answers = {
        "signing[1].capacity": "officer",
        "signing[1].agent": "Jane Doe",
        "signing[1].office": "Managing Member",
    }
    data, _ = interview(tmp_path, [event], answers, {**INSIDER, "owners": [INSIDER["owners"][0], fund]})

    assert [s["name"] for s in data["signatures"]] == [
        "/s/ Richard B. Roe",
        "/s/ Jane Doe, Managing Member, on behalf of Example Fund I, L.P.",
    ]
    assert above_a_note(data) == []


# ---- the plan


def plan(tmp_path: Path, notice: str, **more: str) -> dict[str, Any]:
    answers = {"aff10b5_one": "yes", "plan.adopted": "3/4/24", "plan.notice": notice, **more}
    return interview(tmp_path, [("sold", {**PRICED, "date": "10/31"})], answers)[0]


@pytest.mark.parametrize(
    ("notice", "deemed"),
    [("", None), ("10/31", None), ("11/1", "2024-11-01"), ("11/4", "2024-11-04"), ("11/12", "2024-11-05")],
    ids=["not asked", "that day", "next", "later", "too late"],
)
def test_the_deemed_date_is_that_of_notice_within_three_business_days(
    notice: str, deemed: str | None, tmp_path: Path
) -> None:
    """Rule 16a-3(g)(2): at the latest the third business day following the trade date."""
    row = plan(tmp_path, notice if notice != "11/12" else "11/12/2024")["non_derivative"][0]

    assert row.get("deemed_execution_date") == deemed


def test_no_plan_no_deemed_date(tmp_path: Path) -> None:
    data = plan(tmp_path, "11/4")
    at = {**data, "interview": {**data["interview"], "at": "aff10b5_one"}}
    script = Watched([Given("aff10b5_one", "no"), Given("exit", "q")])
    outcome = session.Session(tmp_path / "again.form4.json", draft_of(at), script, desk()).run()

    assert "deemed_execution_date" not in draft_data(outcome.draft)["non_derivative"][0]
    assert "footnotes" not in draft_data(outcome.draft)


# ---- fixes at the review


def test_what_is_proposed_is_done_from_the_review(tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [("sold", PRICED)])
    row = {**data["non_derivative"][0], "nature_of_ownership": "By Spouse"}
    at = {**data, "non_derivative": [row], "interview": {**data["interview"], "at": "review"}}
    found = review.problems(draft_of(at), check_draft(draft_of(at), TODAY, sec_calendar()))
    number = next(n for n, p in enumerate(found, 1) if p.fix is not None)
    script = Watched(
        [Given("review", f"open {number}"), Given("review.finding", f"x {number}"), Given("review", "q")]
    )
    outcome = session.Session(tmp_path / "fix.form4.json", draft_of(at), script, replace(desk())).run()

    assert "nature_of_ownership" not in draft_data(outcome.draft)["non_derivative"][0]
    assert script.asks[1].options[1].label.startswith("Correct it as proposed: ")
    assert any(line.startswith("Done: ") for line in script.pages[2])


def test_a_number_without_a_proposal_says_so(tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [("sold", PRICED)])
    findings = [
        f for f in check_draft(draft_of({**data, "owners": []}), TODAY, sec_calendar()) if f.fix is None
    ]
    found = review.problems(draft_of(data), findings)

    assert any(f.severity is Severity.SUSPENSE for f in findings)
    with pytest.raises(Exception, match="Nothing is proposed for this number"):
        review.understood("x 1", found)


# ---- the command


def test_new_from_the_last_filing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data, _ = interview(tmp_path, [("sold", PRICED)])
    last = {key: found for key, found in data.items() if key != "interview"}
    (tmp_path / "last.form4.json").write_text(json.dumps(last))
    (tmp_path / "a.yaml").write_text("- happened: sold\n- events[0].date: q\n")
    words = ["new", "--from", "last.form4.json", "--answers", "a.yaml", "-o", "next.form4.json"]

    assert main([*words, "--as-of", date(2024, 11, 20).isoformat()]) == 0
    draft = json.loads((tmp_path / "next.form4.json").read_text())
    assert draft["owners"] == last["owners"]
    assert draft["interview"]["carried"][0]["cells"]["amount_owned_following"] == "4000"
    assert "Saved. Go on with: form4 resume next.form4.json" in capsys.readouterr().out
