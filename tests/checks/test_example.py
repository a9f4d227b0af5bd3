from __future__ import annotations

import pytest

from form4_author.checks.example import apply, draft, edited, names
from form4_author.checks.run import check_draft
from form4_author.errors import MalformedValue
from form4_author.text import day
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_of
from tests.builders import last_signed


def test_examples_are_the_eight_that_explanations_use() -> None:
    assert names() == ("amendment", "exercise", "form3", "form5", "gift", "joint", "plan", "seed")


@pytest.mark.parametrize("name", names())
def test_example_has_no_findings_on_the_day_it_is_signed(name: str) -> None:
    findings = check_draft(draft_of(draft(name)), day(last_signed(name)), sec_calendar(), data=draft(name))

    assert [(finding.id, finding.path, finding.message) for finding in findings] == []


def test_draft_is_a_fresh_copy() -> None:
    draft("seed")["owners"].clear()

    assert len(draft("seed")["owners"]) == 1


def test_edits_are_made_in_order_in_the_named_example() -> None:
    data = edited("@exercise: derivative[0].price = 12.50; delete footnotes[1]; remarks = One; remarks = Two")

    assert data["derivative"][0]["price"] == "12.50"
    assert [note["id"] for note in data["footnotes"]] == ["F1"]
    assert data["remarks"] == "Two"


def test_seed_is_meant_when_none_is_named() -> None:
    assert edited("")["issuer"]["trading_symbol"] == "QLYS"
    assert edited("@joint:")["issuer"]["trading_symbol"] == "NWIN"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("[]", []),
        ('{"value": "1", "footnotes": ["F1"]}', {"value": "1", "footnotes": ["F1"]}),
        ('"[x]"', "[x]"),
        ("0.10", "0.10"),
        ("one; two", "one; two"),
        ("a = b", "a = b"),
        ("", ""),
    ],
)
def test_value_is_json_where_it_looks_like_it_and_text_otherwise(written: str, value: object) -> None:
    assert edited(f"remarks = {written}")["remarks"] == value


def test_edit_adds_to_a_list_and_makes_what_is_on_the_way() -> None:
    data = edited(
        "owners[1].address.city = Lima; signatures[1] = {}; non_derivative[0].nature_of_ownership.value = x"
    )

    assert data["owners"][1] == {"address": {"city": "Lima"}}
    assert data["signatures"][1] == {}
    assert data["non_derivative"][0]["nature_of_ownership"] == {"value": "x"}


@pytest.mark.parametrize(
    ("edits", "problem"),
    [
        ("@nothing: remarks = x", 'there is no example "nothing"; there are '),
        ("remarks", '"remarks" is not an edit such as owners[0].cik = 1234 or delete remarks'),
        ("owners[2].cik = 1", '"owners[2].cik" leads nowhere in the example'),
        ("owners[2] = 1", '"owners[2] = 1" leads nowhere in the example'),
        ("remarks[0] = 1; remarks.x = 1", '"remarks.x = 1" leads nowhere in the example'),
        ("form.x = 1", '"form.x = 1" leads nowhere in the example'),
        ("delete remarks", '"delete remarks": there is nothing of that name to delete'),
        ("delete footnotes[1]", '"delete footnotes[1]": there is nothing of that name to delete'),
        ("delete form.x", '"delete form.x": there is nothing of that name to delete'),
    ],
)
def test_edit_that_cannot_be_made_is_refused(edits: str, problem: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        edited(edits)

    assert refused.value.problem.startswith(problem)


def test_apply_edits_a_draft_in_place() -> None:
    data = {"owners": [{"cik": "1"}]}

    apply(data, "owners[0].cik = 2")

    assert data == {"owners": [{"cik": "2"}]}
