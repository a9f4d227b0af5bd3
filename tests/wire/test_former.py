"""What earlier versions wrote into a draft is read as it is written now."""

from __future__ import annotations

from typing import Any

import pytest

from form4_author.wire.former_draft import with_plans_listed

FIRST, SECOND, THIRD = ({"adopted": f"2024-0{n}-04", "rows": [f"non_derivative[{n}]"]} for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {}),
        ({"at": "exit"}, {"at": "exit"}),
        ({"at": "plan.note", "plan": FIRST}, {"at": "plan.note", "plans": [FIRST]}),
        ({"plan": {**FIRST, "any": "yes", "box": "no"}}, {"plan": {"any": "yes", "box": "no"}, "plans": [FIRST]}),
        ({"plan": {"any": "yes"}}, {"plan": {"any": "yes"}}),
        ({"plan": FIRST, "plan_2": SECOND}, {"plans": [FIRST, SECOND]}),
        (
            {"plan": FIRST, "plan_2": SECOND, "plan_3": THIRD},
            {"plans": [FIRST, SECOND, {**THIRD, "another": "no"}]},
        ),
        ({"plan": FIRST, "plan_2": "by hand"}, {"plans": [FIRST]}),
        ({"plan_2": SECOND}, {"plans": [{}, SECOND]}),
        ({"plan": FIRST, "plans": [SECOND]}, {"plan": FIRST, "plans": [SECOND]}),
    ],
)  # fmt: skip
def test_the_places_of_three_plans_are_one_list(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert with_plans_listed({"form": "4", "interview": before}) == {"form": "4", "interview": after}


@pytest.mark.parametrize("data", [{"form": "4"}, {"form": "4", "interview": "by hand"}])
def test_a_draft_without_an_interview_is_left_as_it_is(data: dict[str, Any]) -> None:
    assert with_plans_listed(data) == data
