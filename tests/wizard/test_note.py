"""Footnotes: numbered by first reference, used again, removed with a word (specification 5.5, 4.3.5, 4.3.6, 5)."""

from __future__ import annotations

from typing import Any

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.draft import footnote
from tests.wizard.data import with_change


def draft(*cells: list[str], **texts: str) -> dict[str, Any]:
    """A row of Table I for each list of ids, on its amount; footnotes by id."""
    listed = [{"kind": "transaction", "amount": {"value": "1", "footnotes": ids}} for ids in cells]
    return {"non_derivative": listed, "footnotes": [{"id": id, "text": words} for id, words in texts.items()]}


def tidied(data: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    after, messages = footnote.tidy(draft_of(data))
    return draft_data(after), messages


def test_numbers_follow_the_order_of_first_reference() -> None:
    data, said = tidied(draft(["F2"], ["F1", "F2"], F1="one", F2="two"))

    assert [row["amount"]["footnotes"] for row in data["non_derivative"]] == [["F1"], ["F2", "F1"]]
    assert data["footnotes"] == [{"id": "F1", "text": "two"}, {"id": "F2", "text": "one"}]
    assert said == ()


def test_columns_are_read_in_the_order_of_the_form() -> None:
    data = {
        "non_derivative": [
            {
                "kind": "transaction",
                "price": {"value": "1", "footnotes": ["F1"]},
                "security_title": {"value": "A", "footnotes": ["F2"]},
            }
        ],
        "footnotes": [{"id": "F1", "text": "price"}, {"id": "F2", "text": "title"}],
    }
    after, _ = tidied(data)

    assert after["non_derivative"][0]["security_title"]["footnotes"] == ["F1"]
    assert after["footnotes"][0]["text"] == "title"


def test_a_footnote_that_no_cell_refers_to_goes_with_a_word() -> None:
    long = "A footnote that says a good deal more than fits in half a line of text"
    data, said = tidied(draft(["F2"], F1=long, F2="two"))

    assert data["footnotes"] == [{"id": "F1", "text": "two"}]
    assert said == (
        'Footnote 1 is removed, because no cell refers to it: "A footnote that says a good deal more …"',
    )


def test_a_tidy_draft_stays_as_it_is() -> None:
    data = draft(["F1"], F1="one")

    same = draft_of(data)
    assert footnote.tidy(same) == (same, ())


def test_a_reference_without_a_footnote_is_left_for_the_checks() -> None:
    data, _ = tidied(draft(["F7", "F1"], F1="one"))

    assert data["non_derivative"][0]["amount"]["footnotes"] == ["F7", "F1"]


def test_the_same_words_are_one_footnote() -> None:
    data = draft(["F1"], F1="one")
    data["non_derivative"].append({"kind": "transaction", "price": "2"})
    data = with_change(data, footnote.attach, ("non_derivative", 1, "price"), "one")
    data = with_change(data, footnote.attach, ("non_derivative", 1, "price"), "one")

    assert data["non_derivative"][1]["price"] == {"value": "2", "footnotes": ["F1"]}
    assert data["footnotes"] == [{"id": "F1", "text": "one"}]


def test_a_cell_without_a_value_takes_a_footnote() -> None:
    data = with_change(
        {"derivative": [{"kind": "transaction"}]},
        footnote.attach,
        ("derivative", 0, "exercise_price"),
        "none",
    )

    assert data["derivative"][0]["exercise_price"] == {"footnotes": ["F1"]}


def test_a_detached_footnote_leaves_the_bare_value() -> None:
    data = draft(["F1"], ["F1", "F2"], F1="one", F2="two")
    data = with_change(
        with_change(data, footnote.detach, ("non_derivative", 0, "amount"), "one"),
        footnote.detach,
        ("non_derivative", 1, "amount"),
        "one",
    )

    assert [row["amount"] for row in data["non_derivative"]] == ["1", {"value": "1", "footnotes": ["F2"]}]


def test_acquired_disposed_of_table_ii_takes_no_footnote() -> None:
    """DRV-027: the schema has no footnote there."""
    assert "acquired_disposed" in [f.name for f in footnote.columns("non_derivative", "transaction")]
    assert "acquired_disposed" not in [f.name for f in footnote.columns("derivative", "transaction")]
