"""Rule 10b5-1 plans: each group of trades has its own, who chose the day, and plans older than the amended rule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.files import draft_file
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.draft.row_change import without_row
from form4_author.wizard.flow import open_questions
from tests.wizard.data import drawn, with_change
from tests.wizard.pilot import interview
from tests.wizard.replay import TODAY, Watched, play
from tests.wizard.test_events import PRICED, above_a_note

if TYPE_CHECKING:
    from pathlib import Path

FIRST = "Effected under a Rule 10b5-1 plan adopted by the reporting person on March 4, 2024."
SECOND = "Effected under a Rule 10b5-1 plan adopted by the reporting person on May 6, 2024."
OLD = "Effected under a Rule 10b5-1 plan adopted by the reporting person on January 5, 2023."
SALE = ("sold", {**PRICED, "date": "10/31"})
LATER = ("sold", {**PRICED, "date": "11/1"})


def notes(data: dict[str, Any]) -> list[list[str]]:
    """The footnotes at the code of each line."""
    texts = {n["id"]: n["text"] for n in data.get("footnotes", [])}
    cells = [row["transaction_code"] for row in data["non_derivative"]]
    return [[texts[id] for id in cell["footnotes"]] if isinstance(cell, dict) else [] for cell in cells]


def again(
    folder: Path, data: dict[str, Any], at: str, *answers: tuple[str, Any]
) -> tuple[dict[str, Any], Watched]:
    outcome, script = play(
        folder / "again.form4.json", answers, {**data, "interview": {**data["interview"], "at": at}}
    )
    return draft_data(outcome.draft), script


def two(folder: Path) -> dict[str, Any]:
    answers = {
        "aff10b5_one": "yes", "plan.adopted": "3/4/24", "plan.rows": ("non_derivative[0]",), "plan.notice": "11/4",
        "plan.another": "yes", "plan_2.adopted": "5/6/24", "plan_2.chooser": "person",
    }  # fmt: skip
    return interview(folder, [SALE, LATER], answers)[0]


def test_each_group_of_trades_has_its_plan(tmp_path: Path) -> None:
    """Instruction 10; Rule 16a-3(g)(2): only of the first the broker chose the day."""
    data = two(tmp_path)

    assert notes(data) == [[FIRST], [SECOND]]
    assert [row.get("deemed_execution_date") for row in data["non_derivative"]] == ["2024-11-04", None]
    assert data["aff10b5_one"] is True
    assert above_a_note(data) == []


def test_without_the_second_plan_its_footnote_goes(tmp_path: Path) -> None:
    data, _ = again(tmp_path, two(tmp_path), "plan.another", ("plan.another", "no"), ("exit", "q"))

    assert notes(data) == [[FIRST], []]
    assert len(data["interview"]["plans"]) == 1


THIRD = "Effected under a Rule 10b5-1 plan adopted by the reporting person on June 7, 2024."
SALES = [("sold", {**PRICED, "date": day}) for day in ("10/29", "10/30", "10/31")]
THREE = {
    "aff10b5_one": "yes", "plan.adopted": "3/4/24", "plan.rows": ("non_derivative[0]",), "plan.notice": "10/30",
    "plan.another": "yes", "plan_2.adopted": "5/6/24", "plan_2.rows": ("non_derivative[1]",), "plan_2.notice": "11/1",
    "plan_2.another": "yes", "plan_3.adopted": "6/7/24", "plan_3.notice": "11/4",
}  # fmt: skip
DEEMED = ["2024-10-30", "2024-11-01", "2024-11-04"]


def deemed(data: dict[str, Any]) -> list[str | None]:
    return [row.get("deemed_execution_date") for row in data["non_derivative"]]


def under(data: dict[str, Any]) -> list[list[str]]:
    """The rows under each plan."""
    return [plan["rows"] for plan in data["interview"]["plans"]]


def three(folder: Path) -> dict[str, Any]:
    data = interview(folder, SALES, THREE)[0]
    assert (notes(data), deemed(data)) == ([[FIRST], [SECOND], [THIRD]], DEEMED)
    return data


def test_another_day_of_adoption_changes_the_footnote_of_that_plan(tmp_path: Path) -> None:
    changed, _ = again(
        tmp_path, three(tmp_path), "plan_2.adopted", ("plan_2.adopted", "5/7/24"), ("plan_2.note", "q")
    )

    assert notes(changed) == [[FIRST], [SECOND.replace("May 6", "May 7")], [THIRD]]
    assert deemed(changed) == DEEMED


def test_a_row_put_under_the_second_plan_is_under_it_alone(tmp_path: Path) -> None:
    """It has the footnote and the day of notice of the second plan, and nothing of the third."""
    rows = ("non_derivative[1]", "non_derivative[2]")
    changed, _ = again(
        tmp_path, three(tmp_path), "plan_2.rows", ("plan_2.rows", rows), ("plan_2.chooser", "q")
    )

    assert under(changed) == [["non_derivative[0]"], list(rows), []]
    assert notes(changed) == [[FIRST], [SECOND], [SECOND]]
    assert deemed(changed) == ["2024-10-30", "2024-11-01", "2024-11-01"]


def test_a_row_that_goes_leaves_the_others_under_their_plans(tmp_path: Path) -> None:
    changed = drawn(with_change(three(tmp_path), without_row, "non_derivative", 1), TODAY)[0]

    assert under(changed) == [["non_derivative[0]"], [], ["non_derivative[1]"]]
    assert (notes(changed), deemed(changed)) == ([[FIRST], [THIRD]], [DEEMED[0], DEEMED[2]])


def test_a_fourth_plan_is_asked_for_where_trades_are_left(tmp_path: Path) -> None:
    sales = [*SALES, SALES[2]]
    answers = {
        **THREE, "plan_3.rows": ("non_derivative[2]",), "plan_3.another": "yes", "plan_4.adopted": "7/8/24",
        "plan_4.chooser": "person",
    }  # fmt: skip
    data, pilot = interview(tmp_path, sales, answers)

    fourth = "Effected under a Rule 10b5-1 plan adopted by the reporting person on July 8, 2024."
    assert notes(data) == [[FIRST], [SECOND], [THIRD], [fourth]]
    asked = {a.id: a.message for a in pilot.asks}
    assert asked["plan_4.adopted"] == "When was the fourth plan adopted?"
    assert not any(id.startswith("plan_5") for id in asked)


# ---- drafts of an earlier form4, which kept plan, plan_2 and plan_3


def slotted(data: dict[str, Any]) -> dict[str, Any]:
    """The draft as an earlier form4 kept it."""
    interview = dict(data["interview"])
    first, *others = interview.pop("plans")
    slots = {f"plan_{n}": each for n, each in enumerate(others, 2)}
    earlier = {**interview, "plan": {**first, **interview.get("plan", {})}, **slots}
    return {**data, "format": 1, "interview": earlier}


def test_a_draft_with_three_places_for_plans_opens_unchanged(tmp_path: Path) -> None:
    now = three(tmp_path)
    file = tmp_path / "earlier.form4.json"
    file.write_text(json.dumps(slotted(now)), encoding="utf-8")

    data = draft_file.load(file).data
    data["interview"]["plans"][2].pop("another")
    same, script = again(tmp_path, data, "review", ("review", "q"))

    assert data["interview"] == now["interview"]
    assert same["interview"]["plans"] == now["interview"]["plans"]
    assert {name: same[name] for name in ("non_derivative", "footnotes", "aff10b5_one")} == {
        name: now[name] for name in ("non_derivative", "footnotes", "aff10b5_one")
    }
    assert [a.id for a in script.asks] == ["review"]
    assert open_questions(draft_file.load(file).draft) == open_questions(draft_of(now))


def test_a_draft_with_an_older_plan_in_its_place_keeps_the_answer_on_the_box(tmp_path: Path) -> None:
    now, _ = interview(tmp_path, [SALE], {"aff10b5_one": "yes", "plan.adopted": "1/5/2023"})
    file = tmp_path / "earlier.form4.json"
    file.write_text(json.dumps(slotted(now)), encoding="utf-8")

    assert draft_file.load(file).data == now
    assert now["interview"]["plan"] == {"box": "no", "any": "yes"}


def test_without_a_plan_both_go(tmp_path: Path) -> None:
    data, _ = again(tmp_path, two(tmp_path), "aff10b5_one", ("aff10b5_one", "no"), ("exit", "q"))

    assert notes(data) == [[], []]
    assert not any("deemed_execution_date" in row for row in data["non_derivative"])
    assert data["aff10b5_one"] is False
    assert not {"plan", "plans"} & set(data["interview"])


def test_without_a_plan_the_answer_on_an_older_one_goes_too(tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [SALE], {"aff10b5_one": "yes", "plan.adopted": "1/5/2023"})
    assert data["interview"]["plan"] == {"box": "no", "any": "yes"}
    data, _ = again(tmp_path, data, "aff10b5_one", ("aff10b5_one", "no"), ("exit", "q"))

    assert not {"plan", "plans"} & set(data["interview"])


def test_one_plan_for_all_asks_for_no_other(tmp_path: Path) -> None:
    _, pilot = interview(tmp_path, [SALE, LATER], {"aff10b5_one": "yes", "plan.adopted": "3/4/24"})

    asked = [a.id for a in pilot.asks if a.id.startswith("plan")]
    assert asked == ["plan.adopted", "plan.note", "plan.rows", "plan.chooser", "plan.notice"]


def test_who_chose_the_day_has_no_deemed_date(tmp_path: Path) -> None:
    """Notice was told for the broker's choice; it goes with it."""
    answers = {"aff10b5_one": "yes", "plan.adopted": "3/4/24", "plan.notice": "11/4"}
    data, _ = interview(tmp_path, [SALE], answers)
    changed, script = again(tmp_path, data, "plan.chooser", ("plan.chooser", "person"), ("exit", "q"))

    assert data["non_derivative"][0]["deemed_execution_date"] == "2024-11-04"
    assert "deemed_execution_date" not in changed["non_derivative"][0]
    assert [o.label for o in script.asks[0].options] == [
        "The broker or the plan's administrator",
        "The reporting person, or the plan fixed it",
    ]


def test_notice_before_the_trade_is_told_to_be_unused(tmp_path: Path) -> None:
    answers = {"aff10b5_one": "yes", "plan.adopted": "3/4/24", "plan.notice": "10/1"}
    data, pilot = interview(tmp_path, [SALE], answers)

    assert "deemed_execution_date" not in data["non_derivative"][0]
    told = " ".join(" ".join(line for page in pilot.pages for line in page).split())
    assert (
        "Notice on 10/01/2024 came before the trade on 10/31/2024 and is not used: the trade date counts."
    ) in told


@pytest.mark.parametrize(
    ("tick", "found"),
    [
        ("", []),
        ("yes", ["PLN-005"]),
    ],
)
def test_the_box_is_not_ticked_for_a_plan_older_than_the_amended_rule(
    tick: str, found: list[str], tmp_path: Path
) -> None:
    """SEC staff, August 2023; the footnote may tell of the plan all the same."""
    answers = {"aff10b5_one": "yes", "plan.adopted": "1/5/2023", **({"plan.box": tick} if tick else {})}
    data, pilot = interview(tmp_path, [SALE], answers)

    assert data["aff10b5_one"] is bool(tick)
    assert notes(data) == [[OLD]]
    assert [f.split()[1] for f in above_a_note(data)] == found
    assert any("This plan is older" in " ".join(page) for page in pilot.pages)


def test_the_answer_on_an_older_plan_stands_when_it_is_walked_again(tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [SALE], {"aff10b5_one": "yes", "plan.adopted": "1/5/2023"})
    same, script = again(tmp_path, data, "aff10b5_one", ("aff10b5_one", ""), ("plan.adopted", "q"))

    assert script.asks[0].proposal == "yes"
    assert (same["aff10b5_one"], notes(same)) == (False, [[OLD]])
    newer, _ = again(
        tmp_path, data, "plan.adopted", ("plan.adopted", "3/4/24"), ("plan.note", ""), ("plan.rows", "q")
    )
    assert (newer["aff10b5_one"], notes(newer)) == (True, [[FIRST]])


def test_a_newer_plan_beside_an_older_one_has_the_box(tmp_path: Path) -> None:
    answers = {
        "aff10b5_one": "yes", "plan.adopted": "1/5/23", "plan.rows": ("non_derivative[0]",), "plan.another": "yes",
        "plan_2.adopted": "5/6/24",
    }  # fmt: skip
    data, pilot = interview(tmp_path, [SALE, LATER], answers)

    assert data["aff10b5_one"] is True
    assert notes(data) == [[OLD], [SECOND]]
    assert not any(a.id == "plan.box" for a in pilot.asks)
