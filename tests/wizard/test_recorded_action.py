"""A split or adjustment that the register has on record, and that the filer states again as an event."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.ledger.action import Ratio
from form4_author.ledger.balance import Fractions
from form4_author.register.account import relationship_of
from form4_author.register.action import ActionRequest, changes, record_action
from form4_author.register.offer import issuer_with, person_with
from form4_author.text import amount
from tests.register.papers import NOW, paper
from tests.wizard.desk import DOE, ROE, enter, play, stock, whom

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.register.database import Register

CLASS = "Class A Common Stock"
SPLIT_ON_RECORD = " (includes the 2-for-1 split of Class A Common Stock on 10/01/2026)"


def _cik(person: str) -> str:
    return str(paper(person=person).filing.owners[0].cik).lstrip("0")


def record(register: Register, kind: Any, ratio: Ratio, words: str, who: str = DOE) -> None:
    """An action takes place on the class on October 1."""
    with register.writing() as session:
        issuer, holder = issuer_with(session, "9999001"), person_with(session, _cik(who))
        assert issuer
        assert holder
        relations = [relationship_of(session, holder, issuer)]
        said = ActionRequest(kind, date(2026, 10, 1), words, CLASS, ratio)
        record_action(session, issuer, said, changes(relations, said), NOW)


def record_split(register: Register) -> None:
    record(register, "split", Ratio(amount("2"), amount("1")), f"2-for-1 split of {CLASS}")


def split(effective: str, new: str = "2", old: str = "1") -> list[tuple[str, str]]:
    return [
        ("happened", "split"), ("events[0].security", CLASS), ("events[0].effective", effective),
        ("events[0].new", new), ("events[0].old", old),
    ]  # fmt: skip


def totals(data: dict[str, Any]) -> list[str]:
    return [row["amount_owned_following"]["value"] for row in data["non_derivative"]]


def test_it_is_counted_once_and_the_totals_have_the_footnote(register: Register, tmp_path: Path) -> None:
    record_split(register)

    answers = [whom(register, DOE), *split("10/1"), ("events[0].awards", ""), ("events[0].split", ""), ("lines", "done"),
               ("period_of_report", "q")]  # fmt: skip
    played = play(register, tmp_path, answers)

    assert (
        f"1 {CLASS}, direct: 10,000{SPLIT_ON_RECORD} 2 {CLASS}, By Spouse: 1,400{SPLIT_ON_RECORD} "
        f"3 Restricted Stock Units, direct: 8,000{SPLIT_ON_RECORD}"
    ) in played.told()
    assert [a.id for a in played.script.asks if a.id.startswith("events[0].")] == [
        "events[0].security", "events[0].effective", "events[0].new", "events[0].old", "events[0].awards",
        "events[0].split",
    ]  # fmt: skip
    assert totals(played.data) == ["10000", "1400"]
    assert [row["amount_owned_following"]["value"] for row in played.data["derivative"]] == ["8000"]
    notes = [note["text"] for note in played.data["footnotes"]]
    assert "Restated to 8,000 for a 2-for-1 stock split on October 1, 2026." in notes
    assert any(text.startswith("Restated for a 2-for-1 stock split on October 1, 2026") for text in notes)


@pytest.mark.parametrize(
    ("effective", "new", "old"),
    [("9/21", "2", "1"), ("10/11", "4", "2"), ("", "2", "1")],
    ids=["the record date", "the first day of trading, in other numbers", "no day"],
)
def test_it_is_the_same_by_ratio_and_day(
    register: Register, tmp_path: Path, effective: str, new: str, old: str
) -> None:
    record_split(register)

    played = play(
        register, tmp_path, [whom(register, DOE), *split(effective, new, old), ("events[0].awards", "q")]
    )

    assert f"1 {CLASS}, direct: 10,000{SPLIT_ON_RECORD}" in played.told()


@pytest.mark.parametrize(
    ("effective", "new", "after"),
    [("9/20", "2", "20,000"), ("10/12", "2", "20,000"), ("10/1", "3", "30,000")],
    ids=["eleven days before", "eleven days after", "another ratio"],
)
def test_another_split_follows_it(
    register: Register, tmp_path: Path, effective: str, new: str, after: str
) -> None:
    record_split(register)

    played = play(register, tmp_path, [whom(register, DOE), *split(effective, new), ("events[0].apply", "q")])

    assert f"1 {CLASS}, direct: 10,000 → {after} 2 " in played.told()


def test_without_a_day_it_is_another_once_a_form_has_stated_the_total(
    register: Register, tmp_path: Path
) -> None:
    record_split(register)
    enter(register, paper(stock("10000"), stock("1400", ownership_form="I", nature_of_ownership="By Spouse"),
                          day="2026-11-10", number=9))  # fmt: skip

    played = play(register, tmp_path, [whom(register, DOE), *split(""), ("events[0].apply", "q")])

    assert f"1 {CLASS}, direct: 10,000 → 20,000 2 " in played.told()


def test_a_line_that_it_did_not_reach_is_restated(register: Register, tmp_path: Path) -> None:
    """A form with another line was imported after the split was recorded, and states the number before it."""
    record_split(register)
    trust = stock("300", ownership_form="I", nature_of_ownership="By Doe Trust")
    enter(register, paper(stock("10000"), trust, day="2026-11-10", number=9))

    played = play(register, tmp_path, [whom(register, DOE), *split("10/1"), ("events[0].apply", ""), ("events[0].awards", ""),
                                       ("events[0].split", ""), ("lines", "done"), ("period_of_report", "q")])  # fmt: skip

    assert f"1 {CLASS}, direct: 10,000{SPLIT_ON_RECORD} 2 {CLASS}, By Doe Trust: 300 → 600" in played.told()
    assert totals(played.data)[:2] == ["10000", "600"]


def test_a_later_sale_goes_on_from_it(register: Register, tmp_path: Path) -> None:
    record_split(register)
    sale = [
        ("happened", "sold"), ("events[1].date", "11/20"), ("events[1].security", ""), ("events[1].quantity", "100"),
        ("events[1].price", "10"), ("events[1].ownership", ""), ("events[1].after_1", "q"),
    ]  # fmt: skip

    played = play(register, tmp_path, [whom(register, DOE), *split("10/1"), ("events[0].awards", "no"),
                                       ("events[0].split", ""), ("lines", "more"), *sale])  # fmt: skip

    assert played.script.asks[-1].proposal == "9900"


def test_an_adjustment_of_awards_is_counted_once(register: Register, tmp_path: Path) -> None:
    factor = Ratio(amount("1.083"), amount("1"), Fractions.CASH)
    record(register, "awards", factor, f"1.083-for-1 adjustment of the awards over {CLASS}", ROE)

    played = play(register, tmp_path, [
        whom(register, ROE), ("happened", "award_adjusted"), ("events[0].what", "awards"),
        ("events[0].reason", "spin-off"), ("events[0].plan", "yes"),
        ("events[0].security", CLASS), ("events[0].effective", "10/1"), ("events[0].factor", "1.083"),
        ("events[0].awards", "q"),
    ])  # fmt: skip

    assert (
        "1 Stock Option (Right to Buy), direct: 4,332 at $11.54 "
        "(includes the 1.083-for-1 adjustment of the awards over Class A Common Stock on 10/01/2026)"
    ) in played.told()
