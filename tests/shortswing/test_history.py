"""Several forms tell of one trade once: joint owners, repeated forms, amendments; who is pooled with whom."""

from __future__ import annotations

from typing import Any

import pytest

from form4_author.ident.cik import bare_cik
from form4_author.model.facts import PriorFiling
from form4_author.model.filing import Filing
from form4_author.shortswing.history import groups, name_of, reported
from tests.shortswing.forms import calls, form, stock

_A = {"cik": "0000000201", "name": "Fund A"}
_B = {"cik": "0000000202", "name": "Fund B"}
_C = {"cik": "0000000203", "name": "Adviser C"}
_SOLD = stock("S", "100", "40", "2026-02-02", amount_owned_following="900")


def amendment(*table_1: dict[str, Any], **head: Any) -> PriorFiling:
    return form(*table_1, form="4/A", **{"period_of_report": "2026-02-02", "filed": "2026-02-20", **head})


def original(*table_1: dict[str, Any], **head: Any) -> PriorFiling:
    return form(*table_1, **{"period_of_report": "2026-02-02", "filed": "2026-02-04", **head})


def amounts(*priors: PriorFiling) -> list[str]:
    return [str(row.amount.value) for _place, row in reported(priors)[0]]


# ---- persons


def test_persons_who_file_the_same_forms_are_one_group() -> None:
    joint = form(_SOLD, owners=[_A, _B])

    (group,) = groups((joint, joint))

    assert group.persons == (("201", "Fund A"), ("202", "Fund B"))
    assert group.filings == (joint, joint)
    assert (group.issuer_cik, group.issuer_name) == ("100", "NORTHWIND INSTRUMENTS, INC.")


def test_a_person_with_forms_of_its_own_is_a_group_by_itself() -> None:
    joint, alone = form(_SOLD, owners=[_A, _B]), form(_SOLD, owners=[_B])

    assert [(g.persons, g.filings) for g in groups((joint, alone))] == [
        ((("201", "Fund A"),), (joint,)),
        ((("202", "Fund B"),), (joint, alone)),
    ]


def test_issuers_are_kept_apart_and_leading_zeros_are_indifferent() -> None:
    one = form(_SOLD, issuer={"cik": "100"})
    same = form(_SOLD, issuer={"cik": "0000000100", "name": "NEW NAME INC"})
    other = form(_SOLD, issuer={"cik": "101", "name": "OTHER INC"})

    assert [(g.issuer_cik, g.issuer_name, g.filings) for g in groups((same, one, other))] == [
        ("100", "NEW NAME INC", (same, one)),
        ("101", "OTHER INC", (other,)),
    ]


def test_a_person_without_number_goes_by_name_and_one_without_either_too() -> None:
    by_name = form(_SOLD, owners=[{"name": "Okafor Adaeze N"}])
    shouted = form(_SOLD, owners=[{"name": "OKAFOR ADAEZE N"}])
    nobody = form(_SOLD, owners=[])

    assert [(g.persons, len(g.filings)) for g in groups((by_name, shouted, nobody))] == [
        ((("", "Okafor Adaeze N"),), 2),
        ((("", ""),), 1),
    ]


def test_one_person_alone_when_asked_for() -> None:
    joint = form(_SOLD, owners=[_A, _B])

    assert [g.persons for g in groups((joint,), "0000000202")] == [(("202", "Fund B"),)]
    assert groups((joint,), "999") == ()


def test_number() -> None:
    assert (bare_cik(" 0000000200 "), bare_cik("200"), bare_cik(None)) == ("200", "200", "")


# ---- the same trade


def test_a_trade_that_two_forms_tell_of_counts_once() -> None:
    first = form(_SOLD, owners=[_A, _C])
    second = form({**_SOLD, "security_title": "COMMON  STOCK"}, owners=[_B, _C])

    assert amounts(first, second) == ["100"]


def test_equal_rows_within_a_form_are_several_trades() -> None:
    assert amounts(form(_SOLD, _SOLD), form(_SOLD), form(_SOLD, _SOLD, _SOLD)) == ["100", "100", "100"]


@pytest.mark.parametrize(
    "cells",
    [
        {"price": "41"},
        {"transaction_date": "2026-02-03"},
        {"amount_owned_following": "800"},
        {"ownership_form": "I", "nature_of_ownership": "By Trust"},
    ],
)
def test_a_trade_that_differs_is_another(cells: dict[str, str]) -> None:
    assert len(amounts(form(_SOLD), form({**_SOLD, **cells}))) == 2


def test_options_of_another_series_are_another_trade() -> None:
    one = form(derivative=(calls("P", "10", "2", "2026-02-02"),))
    other = form(derivative=(calls("P", "10", "2", "2026-02-02", exercise_price="55"),))

    assert amounts(one, one, other) == ["10", "10"]


# ---- amendments


def test_an_amended_line_takes_the_place_of_the_original_and_the_others_stay() -> None:
    other = stock("S", "7", "41", "2026-02-03")
    rows, told = reported((original(_SOLD, other), amendment({**_SOLD, "price": "39"})))

    assert [(str(row.amount.value), str(row.price.value)) for _, row in rows] == [("100", "39"), ("7", "41")]
    assert rows[0][0].prior is not None
    assert rows[0][0].prior.filing.form == "4/A"
    assert told == ("Form 4/A filed 2026-02-20: 1 row in place of lines amended, 0 rows added",)


def test_an_amendment_is_applied_wherever_it_stands() -> None:
    assert amounts(amendment({**_SOLD, "amount": "90"}), original(_SOLD)) == ["90"]


def test_a_line_left_out_before_is_added() -> None:
    later_lot = {**_SOLD, "amount": "50", "amount_owned_following": "850"}
    bought = stock("P", "60", "40", "2026-02-02", amount_owned_following="910")
    rows, told = reported((original(_SOLD, bought), amendment(later_lot)))

    assert [row.amount.value for _, row in rows] == [100, 60, 50]
    assert told == ("Form 4/A filed 2026-02-20: 0 rows in place of lines amended, 1 row added",)


def test_a_purchase_left_out_before_is_added() -> None:
    bought = stock("P", "60", "40", "2026-02-02", amount_owned_following="910")
    later_lot = {**bought, "amount": "50", "amount_owned_following": "960"}

    assert amounts(original(bought), amendment(later_lot)) == ["60", "50"]


def test_a_row_of_another_table_or_too_different_is_added() -> None:
    option = calls("P", "100", "40", "2026-02-02")
    rows, _told = reported((original(_SOLD), amendment(derivative=(option,))))
    different = {**_SOLD, "price": "9", "transaction_date": "2026-02-09", "transaction_code": "F"}

    assert len(rows) == 2
    assert len(amounts(original(_SOLD), amendment(different))) == 2


def test_the_most_similar_line_is_the_one_amended_and_each_only_once() -> None:
    low, high = {**_SOLD, "price": "39"}, {**_SOLD, "price": "41"}
    rows, _told = reported((original(low, high), amendment(high, {**_SOLD, "price": "38.90"})))

    assert [str(row.price.value) for _, row in rows] == ["38.90", "41"]


def test_a_line_is_amended_once() -> None:
    low, high = {**_SOLD, "price": "39"}, {**_SOLD, "price": "41"}
    rows, _told = reported((original(high, low), amendment(high, {**_SOLD, "price": "41.50"})))

    assert [str(row.price.value) for _, row in rows] == ["41", "41.50"]


def test_an_amount_corrected_with_its_total_is_the_same_line() -> None:
    assert amounts(
        original(_SOLD), amendment({**_SOLD, "amount": "90", "amount_owned_following": "910"})
    ) == ["90"]


def test_an_amendment_of_an_amendment() -> None:
    again = amendment({**_SOLD, "price": "38"}, filed="2026-03-01")

    assert amounts(original(_SOLD), amendment({**_SOLD, "price": "39"}), again) == ["100"]


def test_the_original_is_found_by_the_day_it_was_filed() -> None:
    moved = amendment(
        {**_SOLD, "transaction_date": "2026-02-01"},
        period_of_report="2026-02-01",
        date_of_original_submission="2026-02-04",
    )

    assert amounts(original(_SOLD), moved) == ["100"]


@pytest.mark.parametrize(
    "head",
    [
        {"form": "5/A"},
        {"issuer": {"cik": "101"}},
        {"owners": [_A]},
        {"period_of_report": "2026-02-03", "date_of_original_submission": "2026-02-05"},
        {"period_of_report": None},
    ],
)
def test_an_amendment_of_a_form_that_is_not_there_stands_beside(head: dict[str, Any]) -> None:
    other = form(_SOLD, **{"form": "4/A", "period_of_report": "2026-02-02", "filed": "2026-02-20", **head})
    rows, told = reported((original(_SOLD), other))

    assert len(rows) == 2
    assert told == (
        f"Form {other.filing.form} filed 2026-02-20 amends a form that is not among these; 1 row added",
    )


def test_name_of_a_form() -> None:
    signed = form(signatures=[{"name": "/s/ Okafor", "date": "2026-02-03"}])

    assert name_of(form(filed="2026-02-04")) == "Form 4 filed 2026-02-04"
    assert name_of(signed) == "Form 4 of 2026-02-03"
    assert name_of(form()) == "Form 4"
    assert name_of(PriorFiling(filing=Filing())) == "Form ?"
