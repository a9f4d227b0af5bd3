"""Drafts between file and records: everything comes back, and what can't be read stands where it stood."""

from __future__ import annotations

from typing import Any

import pytest

from form4_author.checks.example import draft, names
from form4_author.errors import UnreadableInput
from form4_author.findings import Override, path_from_text
from form4_author.model.interview import CarriedLine, OtherHolder, TradingPlan, UnreadValue
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.draft_format import in_current_format

LINE: dict[str, Any] = {
    "table": "derivative",
    "cells": {
        "security_title": "Restricted Stock Units",
        "amount_owned_following": "3000",
        "exercise_price_words": "One for one.",
        "each": "1",
    },
    "source": "Form 4 filed 2026-03-04",
    "running": "yes",
    "notes": {"exercise_price": ["One for one."]},
    "asked": {"security_title": ["Granted in 2024."]},
    "beside": [{"amount_owned_following": "7", "notes": {"nature_of_ownership": ["Held by Fund II."]}}],
    "actions": [{"kind": "split", "new": "2", "old": "1", "day": "2026-05-01", "words": "2-for-1 split"}],
    "answers": {"note_1": "leave"},
}
WHOLE: dict[str, Any] = {
    "$schema": "https://form4-author.invalid/schemas/draft-2.schema.json",
    "format": 2,
    "form": "4/A",
    "aff10b5_one": False,
    "non_derivative": [{"kind": "holding", "security_title": {"value": "Common Stock", "footnotes": ["F1"]}}],
    "footnotes": [{"id": "F1", "text": "One."}],
    "overrides": [{"id": "TXN-007", "path": "non_derivative[0].price", "reason": "So be it.", "at": "2026-11-20"}],
    "interview": {
        "at": "lines",
        "back_to": [{"to": "review", "until": "answer", "section": "Review"}],
        "events": [
            {
                "recipe": "sold",
                "answers": {"date": "2026-11-20"},
                "rows": [],
                "made": [{"table": "non_derivative", "kind": "transaction", "cells": {"price": "1"}, "notes": {"price": ["A."]}}],
                "noted": [{"row": "non_derivative[0]", "words": "B."}],
            }
        ],
        "plan": {"any": "yes"},
        "plans": [{"rows": ["non_derivative[0]"], "deemed": {"non_derivative[0]": "2026-11-21"}}, {"note": "C."}],
        "carried": [LINE],
        "answered": {"form": "defaulted"},
        "jumps": {"non_derivative[0]": {"total": "9"}},
        "noted": {"non_derivative[0]": {"price": ["D."]}},
        "original": {"non_derivative": [{"kind": "holding", "security_title": "Common Stock"}]},
        "filed": {"accession_numbers": ["0001107843-26-000009"], "at": "2026-11-23T17:00:00-05:00"},
    },
}  # fmt: skip


@pytest.mark.parametrize("name", names())
def test_the_draft_of_a_filing_comes_back(name: str) -> None:
    assert draft_data(draft_of(draft(name))) == in_current_format(draft(name))


def test_a_draft_with_everything_comes_back() -> None:
    records = draft_of(WHOLE)

    assert draft_data(records) == WHOLE
    assert records.interview.unread == ()
    assert records.interview.plans[1] == TradingPlan(note="C.")
    assert records.interview.overrides == (
        Override("TXN-007", ("non_derivative", 0, "price"), "So be it.", "2026-11-20"),
    )
    line = records.interview.carried[0]
    assert (line.text("each"), line.answers, line.text("price")) == ("1", {"note_1": "leave"}, "")
    assert line.beside == (
        OtherHolder(amount_owned_following="7", notes={"nature_of_ownership": ("Held by Fund II.",)}),
    )


def test_a_default_is_not_written() -> None:
    assert draft_data(draft_of({"form": "4", "interview": {"events": [], "answered": {}, "at": ""}, "remarks": " "})) == {
        "$schema": WHOLE["$schema"], "format": 2, "form": "4",
    }  # fmt: skip
    assert CarriedLine().text("security_title") == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"remark": "misspelled"},
        {"owners": "Doe"},
        {"owners": ["Doe"]},
        {"issuer": {"cik": ["1"], "ticker": "X"}},
        {"non_derivative": [{"kind": "transaction", "amount": "ten", "colour": "red"}]},
        {"non_derivative": [{"kind": "transaction", "amount": {"value": "ten", "footnotes": ["F1"]}}]},
        {"non_derivative": [{"kind": "hold", "price": "1"}, {"kind": {"a": "b"}}]},
        {
            "non_derivative": [
                {"kind": "holding", "security_title": {"value": "Common Stock", "footnotes": "F1"}}
            ]
        },
        {
            "non_derivative": [
                {"kind": "holding", "security_title": {"value": "Common Stock", "note": ["F1"]}}
            ]
        },
        {"period_of_report": "yesterday"},
        {"interview": {"carried": [None, {"table": "derivative", "notes": {"price": [["a"], "One."]}}]}},
        {"aff10b5_one": "perhaps"},
        {"overrides": [{"id": "TXN-007"}]},
        {"overrides": "none"},
        {"interview": "begun"},
        {"interview": {"events": {"recipe": "sold"}, "at": 7}},
        {"owners": ["Doe", {"cik": "9", "colour": "red"}, ["Roe"]], "signatures": [{"name": {"a": "b"}}]},
        {"interview": {"events": ["sold"], "carried": [{"beside": "x"}], "noted": {"a": "b", "c": {"d": 1}}}},
        {"interview": {"answered": {"form": 1}, "jumps": {"a": "b"}, "original": "x", "plan": "y"}},
    ],
)
def test_what_cannot_be_read_is_written_back_where_it_stood(wrong: dict[str, Any]) -> None:
    records = draft_of({"form": "4", "format": 2, **wrong})

    assert records.interview.unread != ()
    assert {key: value for key, value in draft_data(records).items() if key in wrong} == wrong


@pytest.mark.parametrize(
    "path", ["non_derivative[0].price", "owners[1].cik", "form.name", "derivative[0].price"]
)
def test_what_was_not_read_goes_with_the_record_it_stood_in(path: str) -> None:
    draft = draft_of({"form": "4", "owners": [{"cik": "9"}]})
    unread = draft.with_interview(unread=(UnreadValue(path_from_text(path), '"ten"'),))

    assert draft_data(unread) == draft_data(draft)


def test_what_was_not_read_stays_where_all_else_of_its_record_is_taken_out() -> None:
    draft = draft_of({"issuer": {"cik": "1", "ticker": "X"}, "owners": ["Doe", {"cik": "9"}]})
    emptied = draft.with_(("issuer", "cik"), None).with_filing(owners=())

    data = draft_data(emptied)
    assert (data["issuer"], data["owners"]) == ({"ticker": "X"}, ["Doe"])


def test_a_draft_of_format_1_is_read_as_what_it_would_be_now() -> None:
    apart = {name: value for name, value in LINE.items() if name not in ("cells", "answers")}
    former = {**apart, **LINE["cells"], **LINE["answers"]}
    plan = {"adopted": "2024-03-04", "another": "yes"}
    interview = {"carried": [former, "none"], "plan": {"any": "yes", **plan}, "plan_2": {"note": "C."}}

    assert in_current_format({"format": 1, "form": "4", "interview": interview}) == {
        "format": 2,
        "form": "4",
        "interview": {"carried": [LINE, "none"], "plan": {"any": "yes"}, "plans": [plan, {"note": "C."}]},
    }
    assert in_current_format({"interview": "begun"}) == {"interview": "begun", "format": 2}
    assert in_current_format({"interview": {"plans": [], "carried": [{}]}})["interview"]["carried"] == [{}]


@pytest.mark.parametrize("version", [0, True, "new", 3, "3"])
def test_another_format_is_refused(version: object) -> None:
    with pytest.raises(UnreadableInput) as refused:
        draft_of({"format": version})

    assert refused.value.id == "DOC-030"
