"""What the form calls a place: table and line, box, words, by form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.findings import path_from_text
from form4_author.model.field import DOCUMENT, Field, Group, rows_of
from form4_author.model.label import caption, field_at, fields_of, label, where, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path


@pytest.mark.parametrize(
    ("path", "base", "expected"),
    [
        ("non_derivative[1].amount_owned_following", "4", "Table I, line 2, column 5, Amount Owned Following Transaction(s)"),
        ("non_derivative[0].amount_owned_following", "3", "Table I, line 1, column 2, Amount of Securities Beneficially Owned"),
        ("derivative[0].exercise_price", "4", "Table II, line 1, column 2, Conversion or Exercise Price"),
        ("derivative[0].exercise_price", "3", "Table II, line 1, column 4, Conversion or Exercise Price"),
        ("derivative[2]", "4", "Table II, line 3"),
        ("derivative", "4", "Table II"),
        ("period_of_report", "3", "box 2, Date of Event Requiring Statement"),
        ("period_of_report", "4", "box 3, Date of Earliest Transaction"),
        ("period_of_report", "5", "box 3, Issuer's Fiscal Year Ended"),
        ("period_of_report", None, "box 3, Date of Earliest Transaction"),
        ("issuer.foreign_trading_symbol", "3", "Issuer, box 3a, Foreign Trading Symbol"),
        ("owners[0].address.zip", "4", "Reporting person 1, box 1, Zip/Postal Code"),
        ("owners[0].address", "4", "Reporting person 1"),
        ("owners", "4", "Reporting persons"),
        ("footnotes[0].text", "4", "Footnote 1, Footnote text"),
        ("signatures[1].date", "4", "Signature 2, Date of signature"),
        ("remarks", "4", "Remarks"),
        ("aff10b5_one", "4", "Rule 10b5-1(c) box"),
        ("attachments[0]", "4", "Attachment 1"),
        ("attachments[0].name", "4", "Attachment 1"),
        ("type", "4", "Envelope, submission type"),
        ("notification_emails[1]", "4", "Envelope, notification address 2"),
        ("nothing", "4", ""),
        ("nothing.at.all", "4", ""),
        ("", "4", ""),
        ("period_of_report", "9", "Period of Report"),
    ],
)  # fmt: skip
def test_label(path: str, base: str | None, expected: str) -> None:
    assert label(path_from_text(path), base) == expected


def test_parts_of_a_label() -> None:
    path = path_from_text("non_derivative[1].price")

    assert (where(path), caption(path)) == ("Table I, line 2", "column 4, Price")
    assert caption(path_from_text("non_derivative[1]")) == ""
    field = field_at(path)
    assert field is not None
    assert words(field) == "Price"


@pytest.mark.parametrize(
    "path", ["", "non_derivative", "non_derivative[0]", "issuer", "owners[0]", "zzz", "a.b"]
)
def test_path_that_ends_in_no_field(path: str) -> None:
    assert field_at(path_from_text(path)) is None


def _paths(group: Group, path: Path) -> Iterator[tuple[Path, Field]]:
    for node in group.nodes:
        if isinstance(node, Field):
            yield (*path, node.name), node
        elif node.many:
            yield from _paths(node, (*path, node.name, 0))
        elif node.name and not node.record:
            for kind in rows_of(node.name):
                yield from _paths(kind, (node.name, 0))
        else:
            yield from _paths(node, (*path, node.name) if node.name else path)


def test_every_field_is_found_by_its_path_and_has_words() -> None:
    paths = list(_paths(DOCUMENT, ()))

    assert len(paths) > 90
    for path, field in paths:
        found = field_at(path)
        assert found is not None
        assert found.name == field.name
        assert label(path, "4").endswith(words(found, "4"))


def test_fields_of_a_holding_are_its_own() -> None:
    transaction, holding = rows_of("derivative")

    assert fields_of(holding)["transaction_form_type"].codes == ("3",)
    assert fields_of(transaction)["transaction_form_type"].codes == ("4", "5")
    assert "price" not in fields_of(holding)
