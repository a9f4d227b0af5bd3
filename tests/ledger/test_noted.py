"""The footnotes of a line: which belong to it, which are asked about, and which tell it from another of its key."""

from __future__ import annotations

from typing import Any

import pytest

from form4_author.ledger.closing import closing
from form4_author.ledger.line_note import line_words_of, refers_to_footnote
from form4_author.wire.filing import filing_from

TEXTS = {
    "F1": "Held by Fund II.", "F2": "Held by Fund III.", "F3": "Includes 40 unvested units.",
    "F4": "The shares were sold under a Rule 10b5-1 plan.", "F5": "The transactions reported are of Fund II, which disclaims them.",
    "F6": "Vests in May.",
}  # fmt: skip


def ref(value: str | None, *ids: str) -> dict[str, Any]:
    return {"footnotes": list(ids)} if value is None else {"value": value, "footnotes": list(ids)}


def row(total: Any = "9", nature: Any = "By Fund", **cells: Any) -> dict[str, Any]:
    held = {"ownership_form": "I", "nature_of_ownership": nature} if nature else {"ownership_form": "D"}
    return {
        "kind": "holding",
        "security_title": "Common Stock",
        "amount_owned_following": total,
        **held,
        **cells,
    }


def sold(total: Any = "9", nature: Any = "By Fund", amount: str = "1", **cells: Any) -> dict[str, Any]:
    return row(total, nature, kind="transaction", amount=amount, acquired_disposed="D", **cells)


def words(*rows: dict[str, Any], table: str = "non_derivative", form: str = "4") -> list[dict[str, Any]]:
    """The footnotes of each line, by their ids."""
    listed = [{"id": id, "text": text} for id, text in TEXTS.items()]
    filing = filing_from({"form": form, table: list(rows), "footnotes": [*listed, {"id": "F7"}]})[0]
    return [ids(line_words_of(filing, end)) for end in closing(filing)]


def ids(found: Any) -> Any:
    if isinstance(found, dict):
        return {name: ids(inner) for name, inner in found.items()}
    if isinstance(found, list):
        return [ids(inner) for inner in found]
    return next((id for id, text in TEXTS.items() if text == found), found)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param([row(nature="")], {}, id="no footnote"),
        pytest.param([row(nature=ref("By Fund", "F7", "F8"))], {}, id="a footnote without words, and none of the number"),
        pytest.param(
            [row(ref("9", "F3"), ref("By Fund", "F1", "F2"), security_title=ref("Common Stock", "F6"))],
            {
                "notes": {"security_title": ["F6"], "nature_of_ownership": ["F1", "F2"]},
                "asked": {"amount_owned_following": ["F3"]},
            },
            id="title, nature and total",
        ),
        pytest.param(
            [sold(security_title=ref("Common Stock", "F4", "F5"))],
            {"notes": {"security_title": ["F5"]}, "asked": {"security_title": ["F4"]}},
            id="a title of a transaction",
        ),
        pytest.param(
            [sold(security_title=ref("Common Stock", "F4"))], {"asked": {"security_title": ["F4"]}},
            id="a title that only speaks of the transaction",
        ),
        pytest.param(
            [row(security_title=ref("Common Stock", "F4"))], {"notes": {"security_title": ["F4"]}}, id="a title of a holding",
        ),
        pytest.param(
            [sold("9", ref("By Fund", "F1")), sold("8", "By Fund", ownership_form=ref("I", "F2")), sold("7")],
            {"notes": {"ownership_form": ["F2"], "nature_of_ownership": ["F1"]}}, id="the holder on other rows",
        ),
        pytest.param(
            [row(ref("9", "F3"), "See footnote")],
            {"notes": {"nature_of_ownership": ["F3"]}, "asked": {"amount_owned_following": ["F3"]}},
            id="see footnote, on the total",
        ),
        pytest.param(
            [sold("9", "See footnote", price=ref("5", "F1"))], {"notes": {"nature_of_ownership": ["F1"]}},
            id="see footnote, on the price",
        ),
        pytest.param(
            [row(ref("9", "F3"), "See footnotes (1), (2) and 44")],
            {"notes": {"nature_of_ownership": ["F1", "F2"]}, "asked": {"amount_owned_following": ["F3"]}},
            id="see footnotes by number",
        ),
        pytest.param([row(nature="See footnote")], {}, id="see footnote, and there is none"),
        pytest.param(
            [row("7", ref("See footnote", "F2")), row("9", ref("See footnote", "F1"))],
            {
                "notes": {"nature_of_ownership": ["F1"]},
                "beside": [{"amount_owned_following": "7", "notes": {"nature_of_ownership": ["F2"]}}],
            },
            id="two holders",
        ),
        pytest.param(
            [sold("8", ref("See footnote", "F2")), sold("7", ref("See footnote", "F1"))],
            {"notes": {"nature_of_ownership": ["F1"]}}, id="two footnotes to one account",
        ),
        pytest.param(
            [row("7", "See footnote"), row("9", ref("See footnote", "F1"))], {"notes": {"nature_of_ownership": ["F1"]}},
            id="one of two rows without a footnote",
        ),
    ],
)  # fmt: skip
def test_a_line_has_its_footnotes(rows: list[dict[str, Any]], found: dict[str, Any]) -> None:
    assert words(*rows) == [found]


def test_terms_of_a_derivative_have_their_footnotes() -> None:
    terms = {
        "exercise_price": ref(None, "F1"), "date_exercisable": ref(None, "F6", "F2"), "expiration_date": ref("2031-01-01", "F2"),
        "underlying_title": ref("Common Stock", "F1"), "underlying_amount": ref("9", "F3"),
    }  # fmt: skip
    kept = {
        "exercise_price": ["F1"],
        "date_exercisable": ["F6", "F2"],
        "expiration_date": ["F2"],
        "underlying_title": ["F1"],
    }

    assert words(row(nature="", **terms), table="derivative") == [{"notes": kept}]
    assert words(row(None, "", **terms), table="derivative", form="3") == [{"notes": kept}]


@pytest.mark.parametrize(
    ("nature", "refers"),
    [
        ("See footnote", True), ("By: See Footnote (1)", True), ("See notes 1 and 2", True), ("See (1)", True), ("See FN 2", True),
        ("See ftn.", True), ("See explanation in foot note 3", True), ("See Remarks", False), ("By Spouse", False), ("Notes", False),
    ],
)  # fmt: skip
def test_a_nature_of_ownership_may_refer_to_a_footnote(nature: str, refers: bool) -> None:
    assert refers_to_footnote(nature) is refers
