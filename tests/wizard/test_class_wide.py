"""What happens to a class happens to every line of it: split, merger, adjusted awards, a class reclassified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.run import check_draft
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wizard.draft import opening
from tests.wizard.pilot import INSIDER, interview
from tests.wizard.replay import TODAY
from tests.wizard.test_events import above_a_note, brief, notes_at_totals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.wizard.pilot import Pilot

pytestmark = pytest.mark.long

SALE = ("sold", {"date": "11/1", "quantity": "100", "price": "10"})
MERGER = ("merged", {"date": "11/1", "price": "40"})
RENAMED = {"what": "name", "security": "Common Stock", "new_title": "Ordinary Shares"}


def stock(total: str, nature: str = "", title: str = "Common Stock") -> dict[str, Any]:
    held = {"ownership_form": "I", "nature_of_ownership": nature} if nature else {"ownership_form": "D"}
    return {"kind": "holding", "security_title": title, "amount_owned_following": total, **held}


def option(strike: str, number: str, last: str = "2030-01-01") -> dict[str, Any]:
    terms = {"exercise_price": strike, "date_exercisable": "2020-01-01", "expiration_date": last}
    return {
        **stock(number, title="Stock Option (Right to Buy)"),
        **terms,
        "underlying_title": "Common Stock",
        "underlying_amount": number,
    }


def in_words(title: str, number: str, under: str, nature: str = "") -> dict[str, Any]:
    """A line of Table II that has footnotes in place of price and dates."""
    cells = {
        name: {"footnotes": ["F1"]} for name in ("exercise_price", "date_exercisable", "expiration_date")
    }
    return {
        **stock(number, nature, title),
        **cells,
        "underlying_title": under,
        "underlying_amount": number,
    }


SHARES = (stock("5001"), stock("700", "By Spouse"), stock("333", "By Trust"))
AWARDS = (
    option("12.50", "1000"),
    option("20", "505", "2032-06-01"),
    in_words("Restricted Stock Units", "300", "Common Stock"),
)


def begun(shares: Sequence[Any] = SHARES, awards: Sequence[Any] = AWARDS, **facts: Any) -> dict[str, Any]:
    """A draft that begins with a last form of these lines."""
    last = {
        **INSIDER,
        "period_of_report": "2024-08-01",
        "non_derivative": list(shares),
        "derivative": list(awards),
        "footnotes": [{"id": "F1", "text": "One for one; vests each November 1 and does not expire."}],
        "signatures": [{"name": "/s/ Richard B. Roe", "date": "2024-08-05"}],
        **facts,
    }
    return draft_data(opening.from_filing(filing_from(last)[0]))


def told(
    folder: Path, events: Sequence[tuple[str, Mapping[str, str]]], data: dict[str, Any] | None = None
) -> tuple[dict[str, Any], Pilot]:
    found, pilot = interview(folder, events, data=begun() if data is None else data)
    assert above_a_note(found) == []
    return found, pilot


def asked(pilot: Pilot, event: int = 0) -> list[str]:
    return [a.id.rpartition(".")[2] for a in pilot.asks if a.id.startswith(f"events[{event}].")]


def terms(data: Mapping[str, Any]) -> list[str]:
    """``2000 @6.25 of 2000`` for each row of Table II: its total, exercise price and underlying shares."""
    found = []
    for row in data.get("derivative", []):
        total = row["amount_owned_following"]
        price = row["exercise_price"]
        found.append(
            f"{total['value'] if isinstance(total, dict) else total} "
            f"@{price if isinstance(price, str) else 'words'} of {row['underlying_amount']}"
        )
    return found


def notes(data: Mapping[str, Any]) -> list[str]:
    return [each["text"] for each in data.get("footnotes", [])]


# ---- splits


@pytest.mark.parametrize(
    ("ratio", "shares", "awards", "note"),
    [
        (
            {"new": "2"},
            ["9902 D", "1400 By Spouse", "666 By Trust"],
            ["2000 @6.25 of 2000", "1010 @10 of 1010", "600 @words of 600"],
            "2-for-1 stock split",
        ),
        (
            {"new": "3", "old": "2"},
            ["7401 D", "1050 By Spouse", "499 By Trust"],
            ["1500 @8.3333 of 1500", "757 @13.3333 of 757", "450 @words of 450"],
            "3-for-2 stock split",
        ),
        (
            {"new": "1", "old": "10"},
            ["400 D", "70 By Spouse", "33 By Trust"],
            ["100 @125 of 100", "50 @200 of 50", "30 @words of 30"],
            "1-for-10 reverse stock split",
        ),
        (
            {"new": "21", "old": "20"},
            ["5151 D", "735 By Spouse", "349 By Trust"],
            ["1050 @11.9048 of 1050", "530 @19.0476 of 530", "315 @words of 315"],
            "5% stock dividend",
        ),
    ],
    ids=["2:1", "3:2", "1:10", "5 %"],
)
def test_one_answer_restates_every_line_of_the_class(
    ratio: Mapping[str, str], shares: list[str], awards: list[str], note: str, tmp_path: Path
) -> None:
    """Rule 16a-9: direct, of the spouse and in trust; options at the price in proportion, units."""
    data, _ = told(tmp_path, [("split", ratio), SALE])

    assert [line.partition("→ ")[2] for line in brief(data)[:3]] == shares
    assert terms(data) == awards
    restated = notes_at_totals(data)
    assert all(line[0].startswith(f"Restated for a {note}") for line in restated[:3])
    assert restated[3][0].endswith(f" for a {note}.")


def test_the_lines_are_listed_before_they_are_restated(tmp_path: Path) -> None:
    _, pilot = told(tmp_path, [("split", {"new": "2"}), SALE])
    place = next(n for n, ask in enumerate(pilot.asks) if ask.id == "events[0].apply")
    page = pilot.pages[place]

    assert [line for line in page if "→" in line] == [
        "  1  Common Stock, direct: 5,001 → 10,002",
        "  2  Common Stock, By Spouse: 700 → 1,400",
        "  3  Common Stock, By Trust: 333 → 666",
        "  4  Stock Option (Right to Buy), direct: 1,000 at $12.50 → 2,000 at $6.25",
        "  5  Stock Option (Right to Buy), direct: 505 at $20.00 → 1,010 at $10.00",
        "  6  Restricted Stock Units, direct: 300 → 600",
    ]


def test_each_line_can_be_changed(tmp_path: Path) -> None:
    split = {"new": "2", "apply": "no", "number_2": "1401", "number_4": "1999", "strike_5": "10.01"}
    data, pilot = told(tmp_path, [("split", split), SALE])

    assert brief(data)[1] == "I holding → 1401 By Spouse"
    assert terms(data) == ["1999 @6.25 of 1999", "1010 @10.01 of 1010", "600 @words of 600"]
    assert "2 for 1" not in asked(pilot)
    assert [name for name in asked(pilot) if name[-1].isdigit()] == [
        "number_1", "number_2", "number_3", "number_4", "strike_4", "number_5", "strike_5", "number_6",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fractions", "shares", "words"),
    [
        ("cash", "33", "Fractional shares were paid in cash. "),
        ("up", "34", "Fractional shares were rounded up to a whole share. "),
        ("held", "33.3", ""),
    ],
)
def test_what_becomes_of_fractions_is_asked(fractions: str, shares: str, words: str, tmp_path: Path) -> None:
    data, _ = told(tmp_path, [("split", {"new": "1", "old": "10", "fractions": fractions}), SALE])

    assert brief(data)[2] == f"I holding → {shares} By Trust"
    assert notes(data)[0] == (
        "Restated for a 1-for-10 reverse stock split, which also changed the terms of derivative securities in "
        f"proportion. {words}Exempt under Rule 16a-9."
    )


def test_without_fractions_nothing_is_asked_about_them(tmp_path: Path) -> None:
    _, pilot = told(tmp_path, [("split", {"new": "2"}), SALE])

    assert asked(pilot) == ["security", "effective", "new", "old", "apply", "awards", "split"]


def test_awards_need_not_be_listed(tmp_path: Path) -> None:
    exercise = ("option_kept", {"date": "11/1", "quantity": "100"})
    data, _ = told(tmp_path, [("split", {"new": "2", "awards": "no"}), exercise])

    assert terms(data) == ["1900 @6.25 of 100", "1010 @10 of 1010"]


def test_an_option_exercised_after_the_split_goes_on_at_its_new_terms(tmp_path: Path) -> None:
    """The row shows the total, with the footnote; no line at the old price is left."""
    exercise = ("option_kept", {"date": "11/1", "quantity": "100"})
    data, _ = told(tmp_path, [("split", {"new": "2", "effective": "10/1/2024"}), exercise])

    assert terms(data) == ["1900 @6.25 of 100", "1010 @10 of 1010", "600 @words of 600"]
    assert notes_at_totals(data)[3] == [
        "Restated from 1,000 at $12.50 to 2,000 at $6.25 for a 2-for-1 stock split on October 1, 2024."
    ]


def test_what_was_exercised_before_the_split_is_not_split(tmp_path: Path) -> None:
    exercise = ("option_kept", {"date": "11/1", "quantity": "400"})
    data, _ = told(tmp_path, [exercise, ("split", {"new": "2"})])

    assert terms(data)[:2] == ["600 @12.50 of 400", "1200 @6.25 of 1200"]


def test_units_that_vested_before_the_split_are_not_split(tmp_path: Path) -> None:
    vest = ("rsu_withheld", {"date": "10/31", "vested": "100", "quantity": "0", "style": "table2"})
    data, _ = told(tmp_path, [vest, ("split", {"new": "2", "effective": "11/1"})])

    assert terms(data)[0] == "400 @words of 100"
    assert "Restated from 200 to 400 for a 2-for-1 stock split on November 1, 2024." in notes(data)


def test_shares_sold_before_the_split_are_not_split(tmp_path: Path) -> None:
    sale = ("sold", {**SALE[1], "date": "10/31"})
    data, _ = told(tmp_path, [sale, ("split", {"new": "2", "effective": "11/1"})])

    assert brief(data)[0] == "I S D 4 100 @10 → 9802 D"


def test_holdings_that_were_added_before_give_way(tmp_path: Path) -> None:
    """Those of the spouse and the trust were carried over at their old totals."""
    data, _ = told(tmp_path, [SALE, ("split", {"new": "2"})])

    assert brief(data)[:3] == [
        "I S D 4 100 @10 → 9902 D", "I holding → 1400 By Spouse", "I holding → 666 By Trust",
    ]  # fmt: skip


def test_what_a_trust_received_on_the_form_is_split_too(tmp_path: Path) -> None:
    moved = ("own_trust", {"quantity": "1000", "to_nature": "By Roe Trust", "before_2": "0"})
    data, _ = told(tmp_path, [moved, ("split", {"new": "2"}), SALE])

    assert sorted(brief(data)[:4]) == [
        "I S D 4 100 @10 → 7902 D",
        "I holding → 1400 By Spouse",
        "I holding → 2000 By Roe Trust",
        "I holding → 666 By Trust",
    ]


def test_a_line_that_two_events_adjust_is_listed_once(tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [("plan_purchases", {"quantity": "120"}), ("split", {"new": "2"})],
                        {"period_of_report": "11/1"}, begun(awards=()))  # fmt: skip

    assert brief(data) == ["I holding → 10242 D", "I holding → 1400 By Spouse", "I holding → 666 By Trust"]
    assert len(notes_at_totals(data)[0]) == 2


def test_a_split_that_is_repeated_for_a_line_changes_nothing_more(tmp_path: Path) -> None:
    """Before one answer was for all lines, a split was chosen once for each."""
    data, pilot = told(tmp_path, [("split", {"new": "2"}), ("split", {"new": "2"}), SALE])

    assert brief(data)[:3] == [
        "I S D 4 100 @10 → 9902 D", "I holding → 1400 By Spouse", "I holding → 666 By Trust",
    ]  # fmt: skip
    assert asked(pilot, 1) == ["security", "effective", "new", "old", "split"]


def test_two_splits_follow_each_other(tmp_path: Path) -> None:
    data, _ = told(tmp_path, [("split", {"new": "2"}), ("split", {"new": "3"}), SALE])

    assert brief(data)[:3] == [
        "I S D 4 100 @10 → 29906 D", "I holding → 4200 By Spouse", "I holding → 1998 By Trust",
    ]  # fmt: skip
    assert terms(data)[0] == "6000 @2.0833 of 6000"


# ---- 26: merger


def test_a_cash_merger_ends_every_line(tmp_path: Path) -> None:
    """Options at the spread, units at the price."""
    data, _ = told(tmp_path, [MERGER])

    assert brief(data) == [
        "I D D 4 5001 @40 → 0 D",
        "I D D 4 700 @40 → 0 By Spouse",
        "I D D 4 333 @40 → 0 By Trust",
        "II D D 4 1000 @27.5 → 0 D",
        "II D D 4 505 @20 → 0 D",
        "II D D 4 300 @40 → 0 D",
    ]
    assert notes(data)[:2] == [
        (
            "At the effective time of the merger on November 1, 2024, each share was converted into the right to receive "
            "$40.00 in cash."
        ),
        "Canceled in the merger for cash equal to $40.00 less the exercise price.",
    ]


def test_a_merger_asks_about_each_line(tmp_path: Path) -> None:
    _, pilot = told(tmp_path, [MERGER])

    assert asked(pilot) == [
        "date", "security", "price", "for_each",
        *(f"{name}_{n}" for n in range(1, 7) for name in ("fate", "paid")), "consideration", "for_options",
    ]  # fmt: skip
    assert [a.message for a in pilot.asks if a.id.endswith(("fate_2", "fate_4"))] == [
        "700 Common Stock, By Spouse: what became of it?",
        "1,000 Stock Option (Right to Buy), direct at $12.50: what became of it?",
    ]


def test_an_option_that_was_worth_nothing_ends_without_a_row(tmp_path: Path) -> None:
    """Rule 16a-4(d); nor is it offered again beside the option that was paid."""
    data, pilot = told(tmp_path, [("merged", {**MERGER[1], "price": "15", "fate_6": "assumed"})])

    assert brief(data)[3:] == ["II D D 4 1000 @2.5 → 0 D", "II D D 4 300 @0 → 0 D"]
    assert [a.proposal for a in pilot.asks if a.id.endswith("fate_5")] == ["nothing"]
    assert "Assumed by the buyer" in notes(data)[3]
    assert not any(o.value == "carry" for a in pilot.asks if a.id == "lines" for o in a.options)


def test_a_line_may_be_left_out_of_the_merger(tmp_path: Path) -> None:
    data, _ = told(tmp_path, [("merged", {**MERGER[1], "fate_3": "stays", "fate_4": "nothing"})])

    assert brief(data)[:3] == [
        "I D D 4 5001 @40 → 0 D",
        "I D D 4 700 @40 → 0 By Spouse",
        "I holding → 333 By Trust",
    ]


def test_a_merger_goes_on_from_a_sale_and_a_split(tmp_path: Path) -> None:
    data, _ = told(tmp_path, [SALE, ("split", {"new": "2"}), ("merged", {**MERGER[1], "price": "15"})])

    assert brief(data)[:4] == [
        "I S D 4 100 @10 → 9902 D",
        "I D D 4 9902 @15 → 0 D",
        "I D D 4 1400 @15 → 0 By Spouse",
        "I D D 4 666 @15 → 0 By Trust",
    ]
    assert brief(data)[4:] == [
        "II D D 4 2000 @8.75 → 0 D",
        "II D D 4 1010 @5 → 0 D",
        "II D D 4 600 @15 → 0 D",
    ]


def test_a_class_that_ended_is_not_on_the_next_form(tmp_path: Path) -> None:
    data, _ = told(tmp_path, [MERGER])
    filed = {k: v for k, v in data.items() if k != "interview"}
    _, pilot = interview(
        tmp_path, [("left", {"date": "11/4"})], data=draft_data(opening.from_filing(filing_from(filed)[0]))
    )

    assert any("Held then: nothing." in " ".join(page) for page in pilot.pages)
    assert not any(o.value == "carry" for a in pilot.asks for o in a.options)


HOLDER = {
    **{k: v for k, v in INSIDER["owners"][0].items() if k != "officer_title"},
    "is_director": False,
    "is_officer": False,
    "is_ten_percent_owner": True,
}


@pytest.mark.parametrize("code", ["J", "U"])
def test_a_holder_of_ten_percent_has_no_code_d(code: str, tmp_path: Path) -> None:
    """Rule 16b-3(e) is for directors and officers."""
    start = begun(awards=(), owners=[HOLDER])
    data, _ = told(tmp_path, [("merged", {**MERGER[1], "code": code})], start)

    assert brief(data) == [
        f"I {code} D 4 5001 @40 → 0 D",
        f"I {code} D 4 700 @40 → 0 By Spouse",
        f"I {code} D 4 333 @40 → 0 By Trust",
    ]


# ---- 47: awards adjusted


def test_awards_are_adjusted_in_place(tmp_path: Path) -> None:
    exercise = ("option_kept", {"date": "11/1", "quantity": "300"})
    spin_off = {"factor": "1.083", "effective": "10/1/2024"}
    data, _ = told(tmp_path, [("award_adjusted", spin_off), exercise])

    assert terms(data) == ["783 @11.54 of 300", "546 @18.47 of 546", "324 @words of 324"]
    assert notes_at_totals(data)[3] == [
        (
            "Adjusted from 1,000 at $12.50 to 1,083 at $11.54 to reflect the spin-off on October 1, 2024, as the plan "
            "requires."
        )
    ]
    assert brief(data)[:3] == [
        "I M A 4 300 @11.54 → 5301 D",
        "I holding → 700 By Spouse",
        "I holding → 333 By Trust",
    ]


def test_an_adjusted_award_exercised_at_its_old_price_is_found(tmp_path: Path) -> None:
    exercise = ("option_kept", {"date": "11/1", "quantity": "300"})
    spin_off = {"factor": "1.083", "effective": "10/1/2024"}
    data, _ = told(tmp_path, [("award_adjusted", spin_off), exercise])
    option, *others = data["derivative"]
    wrong = {**data, "derivative": [{**option, "exercise_price": "12.50"}, *others]}

    ids = [{f.id for f in check_draft(draft_of(d), TODAY, sec_calendar())} for d in (data, wrong)]
    assert ids[1] - ids[0] == {"DRV-014"}


def test_numbers_and_prices_of_awards_can_be_typed(tmp_path: Path) -> None:
    given = {
        "reason": "dividend",
        "number_1": "1000",
        "strike_1": "11.25",
        "number_2": "505",
        "strike_2": "18.75",
    }
    data, pilot = told(tmp_path, [("award_adjusted", given), SALE])

    assert terms(data) == ["1000 @11.25 of 1000", "505 @18.75 of 505", "300 @words of 300"]
    assert notes_at_totals(data)[3] == [
        "Adjusted from 1,000 at $12.50 to 1,000 at $11.25 to reflect the special dividend, as the plan requires."
    ]
    assert [a.proposal for a in pilot.asks if a.id == "events[0].apply"] == ["no"]


# ---- 48: renamed, reclassified, converted


@pytest.mark.parametrize(("plan", "kind"), [("yes", "5"), ("no", "4")])
def test_a_class_becomes_a_different_class(plan: str, kind: str, tmp_path: Path) -> None:
    """Rule 16b-7 is named only where the filer relies on it."""
    answers = {"date": "11/1", "security": "Common Stock", "new_title": "Class A Common Stock", "new": "2"}
    data, _ = told(tmp_path, [("reclassified", {**answers, "plan": plan})])

    assert brief(data)[:6] == [
        f"I J D {kind} 5001 @0 → 0 D",
        f"I J A {kind} 10002 @0 → 10002 D",
        f"I J D {kind} 700 @0 → 0 By Spouse",
        f"I J A {kind} 1400 @0 → 1400 By Spouse",
        f"I J D {kind} 333 @0 → 0 By Trust",
        f"I J A {kind} 666 @0 → 666 By Trust",
    ]
    assert terms(data) == ["2000 @6.25 of 2000", "1010 @10 of 1010", "600 @words of 600"]
    assert {row["underlying_title"] for row in data["derivative"]} == {"Class A Common Stock"}
    assert ("in reliance on Rule 16b-7" in notes(data)[0]) == (plan == "yes")
    assert notes(data)[1] == (
        "Restated from 1,000 at $12.50 to 2,000 at $6.25 for the reclassification on November 1, 2024. The underlying "
        "class is now Class A Common Stock."
    )


def test_a_class_that_converts_as_a_whole_ends(tmp_path: Path) -> None:
    """Code C: every line of Class B goes, and Class A comes to the same holder."""
    shares = (stock("5001", title="Class A Common Stock"), stock("12", "By Trust", "Class A Common Stock"))
    class_b = (
        in_words("Class B Common Stock", "90", "Class A Common Stock"),
        in_words("Class B Common Stock", "60", "Class A Common Stock", "By Spouse"),
    )
    answers = {
        "date": "11/1",
        "security": "Class B Common Stock",
        "new_title": "Class A Common Stock",
        "new": "1",
    }
    data, pilot = told(tmp_path, [("reclassified", answers)], begun(shares, class_b))

    assert brief(data) == [
        "I C A 4 90 @0 → 5091 D",
        "I C A 4 60 @0 → 60 By Spouse",
        "I holding → 12 By Trust",
        "II C D 4 90 @0 → 0 D",
        "II C D 4 60 @0 → 0 By Spouse",
    ]
    assert notes(data)[0] == (
        "Each share of Class B Common Stock converted into one share of Class A Common Stock on November 1, 2024."
    )
    assert "awards" not in asked(pilot)


def test_a_new_name_is_no_line(tmp_path: Path) -> None:
    sale = ("sold", {**SALE[1], "security": "Ordinary Shares"})
    data, _ = told(tmp_path, [("reclassified", {**RENAMED, "effective": "10/1/2024"}), sale])

    assert brief(data)[:3] == [
        "I S D 4 100 @10 → 4901 D",
        "I holding → 700 By Spouse",
        "I holding → 333 By Trust",
    ]
    assert {row["security_title"] for row in data["non_derivative"]} == {"Ordinary Shares"}
    assert notes(data)[:2] == [
        "Common Stock was renamed Ordinary Shares on October 1, 2024.",
        "The underlying class is now Ordinary Shares.",
    ]


def test_what_happened_under_the_old_name_is_in_the_total(tmp_path: Path) -> None:
    data, _ = told(tmp_path, [SALE, ("split", {"new": "2"}), ("reclassified", RENAMED)])

    assert "I holding → 9902 D" in brief(data)


def test_an_option_goes_on_under_the_new_name(tmp_path: Path) -> None:
    exercise = {"date": "11/1", "security": "Ordinary Shares", "quantity": "100"}
    data, _ = told(tmp_path, [("reclassified", RENAMED), ("option_kept", exercise)])

    assert terms(data) == ["900 @12.50 of 100", "505 @20 of 505", "300 @words of 300"]


# ---- options moved to a trust


def test_an_option_moved_to_a_trust_stays_in_table_2(tmp_path: Path) -> None:
    moved = {
        "security": "Stock Option (Right to Buy)", "quantity": "400", "to_nature": "By Roe Family Trust", "before_2": "0",
    }  # fmt: skip
    exercise = {
        "date": "11/1",
        "security": "Common Stock",
        "quantity": "100",
        "series": "0",
        "ownership": "D",
    }
    start = begun(shares=(stock("5000"),), awards=(option("12.50", "1000"),))
    data, _ = told(tmp_path, [("own_trust", moved), ("option_kept", exercise)], start)

    assert brief(data) == [
        "I M A 4 100 @12.50 → 5100 D",
        "II M D 4 100 @0 → 500 D",
        "II holding → 400 By Roe Family Trust",
    ]
    assert {row["security_title"] for row in data["non_derivative"]} == {"Common Stock"}


# ---- a last form on two bases


def test_a_draft_begun_from_a_form_on_two_bases_says_so(tmp_path: Path) -> None:
    """The last form restated the direct line only; those of the spouse and the trust have no footnote."""
    direct = {**stock("10002"), "amount_owned_following": {"value": "10002", "footnotes": ["F2"]}}
    told_then = [
        {"id": "F1", "text": "One for one."},
        {"id": "F2", "text": "Restated for a 2-for-1 stock split."},
    ]
    start = begun((direct, *SHARES[1:]), AWARDS[:1], footnotes=told_then)
    _, pilot = interview(tmp_path, [SALE], data=start)

    assert (
        "Common Stock, direct is restated for a 2-for-1 split; no footnote restates By Spouse (700), By Trust (333) and 1 "
        "award. Check whether those totals are from before the split."
    ) in " ".join(" ".join(pilot.pages[0]).split())


def test_a_draft_begun_from_a_form_on_one_basis_says_nothing(tmp_path: Path) -> None:
    _, pilot = interview(tmp_path, [SALE], data=begun())

    assert "two_bases" not in begun()["interview"]
    assert not any("Check whether those totals" in " ".join(page) for page in pilot.pages)
