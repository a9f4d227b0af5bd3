"""Which security: a line or class on record is chosen, another is typed; a typed title of a known class is that class."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.answers_file import Given
from form4_author.wizard.draft.security_class import class_labels, classes_of, holdings_words, line_labels
from form4_author.wizard.register_offer import Shelf
from form4_author.wizard.replay import LastingScript
from form4_author.wizard.screen import View
from form4_author.wizard.session import Session
from tests.wizard.pilot import INSIDER, interview
from tests.wizard.replay import desk, play
from tests.wizard.test_known_lines import asked, known, options, proposals

if TYPE_CHECKING:
    from pathlib import Path

PAR = "Common Stock, par value $0.01 per share"
SALE = {"date": "11/1", "quantity": "100", "price": "10.50", "ownership": "D"}
OPTIONS = [
    "Common Stock, direct           5,000 before",
    "Common Stock, By Spouse          700 before",
    "Class B Common Stock, direct      90 before",
    "Restricted Stock Units        3,000 direct",
    "Stock Option (Right to Buy)   1,000 direct",
]
ANOTHER = "Another security: its title is asked next"
ANOTHER_LINE = "Another class, or held in another way"


def titles(data: dict[str, Any]) -> list[str]:
    return [row["security_title"] for row in data["non_derivative"] if row["kind"] == "transaction"]


# ---- the list


def test_the_lines_of_the_last_filing_are_listed_with_what_is_held(tmp_path: Path) -> None:
    """Desk 2.8: class and ownership are one question."""
    told = {name: words for name, words in SALE.items() if name != "ownership"}
    data, pilot = interview(tmp_path, [("sold", told)], data=known())

    assert options(pilot, "security") == [*OPTIONS, ANOTHER_LINE]
    assert [a.message for a in pilot.asks if a.id == "events[0].security"] == ["Which shares were sold?"]
    assert proposals(pilot, "security") == ["Common Stock (D)"]
    assert asked(pilot) == ["date", "security", "quantity", "price", "after_1"]
    assert titles(data) == ["Common Stock"]
    assert data["non_derivative"][0]["amount_owned_following"] == "4900"


def test_an_indirect_line_is_chosen_with_its_nature(tmp_path: Path) -> None:
    told = {"date": "11/1", "quantity": "100", "price": "10", "security": "Common Stock (I By Spouse)"}
    data, pilot = interview(tmp_path, [("sold", told)], data=known())

    sold = data["non_derivative"][0]
    assert (sold["ownership_form"], sold["nature_of_ownership"]) == ("I", "By Spouse")
    assert sold["amount_owned_following"] == "600"
    assert "ownership" not in asked(pilot)


def test_the_list_says_where_its_balances_are_from(tmp_path: Path) -> None:
    """Desk 2.8; the lines of an event before it count as well."""
    _, pilot = interview(tmp_path, [("sold", SALE), ("sold", SALE)], data=known())

    assert [a.below for a in pilot.asks if a.id.endswith(".security")] == [
        "Balances as of the Form 4 of 08/05/2024.",
        "Balances as of the Form 4 of 08/05/2024, and the lines of this form.",
    ]


def test_no_balances_are_said_to_be_from_a_filing_where_none_is_known(tmp_path: Path) -> None:
    _, pilot = interview(tmp_path, [("sold", {**SALE, "before_1": "500"}), ("sold", SALE)], data=INSIDER)

    assert [a.below for a in pilot.asks if a.id.endswith(".security")] == ["", ""]


@pytest.mark.parametrize("way", ["Common Stock", "other"])
def test_a_line_held_in_another_way_is_asked_about(way: str, tmp_path: Path) -> None:
    """The title alone is the answer of older files."""
    told = {**SALE, "security": way, "ownership": "I", "nature": "By Son", "before_1": "100"}
    if way == "other":
        told["other_security"] = "Common Stock"
    data, pilot = interview(tmp_path, [("sold", told)], data=known())

    assert [name for name in asked(pilot) if name != "other_security"] == [
        "date",
        "security",
        "quantity",
        "price",
        "ownership",
        "nature",
        "before_1",
        "after_1",
    ]
    assert data["non_derivative"][0]["nature_of_ownership"] == "By Son"


def test_a_gift_asks_how_the_shares_were_held_before_it(tmp_path: Path) -> None:
    told = {"date": "11/1", "quantity": "100", "given_to": "outside", "donee": "-"}
    _, pilot = interview(tmp_path, [("gave", told)], data=known())

    assert [a.message for a in pilot.asks if a.id == "events[0].security"] == [
        "How were the shares held before the gift?"
    ]
    assert "ownership" not in asked(pilot)


def test_another_line_takes_the_place_of_one_chosen_before(tmp_path: Path) -> None:
    answers = [
        ("happened", "sold"), ("events[0].date", "11/1"), ("events[0].security", "Common Stock (I By Spouse)"),
        ("events[0].quantity", "<"), ("events[0].security", ""), ("events[0].quantity", "<"),
        ("events[0].security", "Class B Common Stock (D)"), ("events[0].quantity", "<"),
        ("events[0].security", "Class B Common Stock"), ("events[0].quantity", "9"), ("events[0].price", "10"),
        ("events[0].ownership", "D"), ("events[0].after_1", "<"), ("events[0].ownership", "<"),
        ("events[0].price", "<"), ("events[0].quantity", "<"), ("events[0].security", "Common Stock (D)"),
        ("events[0].quantity", ""), ("events[0].price", ""), ("events[0].after_1", "q"),
    ]  # fmt: skip
    outcome, script = play(tmp_path / "d.form4.json", answers, known())

    assert [a.proposal for a in script.asks if a.id == "events[0].security"] == [
        "Common Stock (D)",
        "Common Stock (I By Spouse)",
        "Common Stock (I By Spouse)",
        "Class B Common Stock (D)",
        "Class B Common Stock",
    ]
    kept = draft_data(outcome.draft)["interview"]["events"][0]["answers"]
    assert (kept["security"], kept["ownership"]) == ("Common Stock", "D")


def test_a_recorded_line_is_read_where_none_is_on_record(tmp_path: Path) -> None:
    told = {**SALE, "security": "Common Stock (I By Spouse)", "before_1": "500"}
    del told["ownership"]
    data, pilot = interview(tmp_path, [("sold", told)], data=INSIDER)

    assert titles(data) == ["Common Stock"]
    assert data["non_derivative"][0]["nature_of_ownership"] == "By Spouse"
    assert "ownership" not in asked(pilot)


def test_a_line_is_not_offered_where_the_answer_follows_from_a_series(tmp_path: Path) -> None:
    _, pilot = interview(tmp_path, [("option_kept", {"date": "11/1", "quantity": "10"})], data=known())

    assert "Common Stock (D)" not in [
        o.value for a in pilot.asks if a.id == "events[0].security" for o in a.options
    ]


def test_a_class_of_table_1_is_asked_for_without_the_others(tmp_path: Path) -> None:
    _, pilot = interview(tmp_path, [("granted_stock", {"date": "11/1", "quantity": "10"})], data=known())

    assert options(pilot, "security") == [*OPTIONS[:3], ANOTHER_LINE]


def test_nothing_is_listed_where_no_class_is_on_record(tmp_path: Path) -> None:
    _, pilot = interview(tmp_path, [("sold", {**SALE, "before_1": "500"})], data=INSIDER)

    assert [a.kind.value for a in pilot.asks if a.id == "events[0].security"] == ["text"]
    assert "other_security" not in asked(pilot)


def test_a_class_of_the_form_is_listed_for_the_next_event_and_not_for_its_own(tmp_path: Path) -> None:
    data, pilot = interview(tmp_path, [("sold", {**SALE, "before_1": "500"}), ("sold", SALE)], data=INSIDER)

    assert [[o.label for o in a.options] for a in pilot.asks if a.id.endswith(".security")] == [
        [],
        ["Common Stock, direct   400 before", "Common Stock, held in another way", ANOTHER],
    ]
    assert [holdings_words(known) for known in classes_of(View(draft_of(data), 0))] == ["none held"]
    assert [holdings_words(known) for known in classes_of(View(draft_of(data), 1))] == ["400 direct"]
    assert [holdings_words(known) for known in classes_of(View(draft_of(data)))] == ["300 direct"]


def test_a_class_of_the_issuers_other_forms_has_no_total_on_record() -> None:
    shelf = Shelf(classes=("COMMON STOCK", "Class C Common Stock"))

    found = [(each.title, holdings_words(each)) for each in classes_of(View(draft_of(known()), shelf=shelf))]

    assert found[-1] == ("Class C Common Stock", "no recorded total")
    assert [title for title, _ in found].count("COMMON STOCK") == 0


def test_labels_fit_a_line() -> None:
    line = {"table": "non_derivative", "security_title": "Common Stock", "ownership_form": "I"}
    held = [
        {**line, "nature_of_ownership": f"By Example Family Trust {n}", "amount_owned_following": "1234567"}
        for n in range(3)
    ]
    long = {**line, "security_title": "C" * 60, "ownership_form": "D", "amount_owned_following": "12"}
    none = {**line, "security_title": "Preferred", "ownership_form": "D", "amount_owned_following": "0"}
    vague = {**none, "security_title": "Warrants", "ownership_form": "I", "amount_owned_following": "5"}
    data = {"interview": {"carried": [*held, long, none, vague]}}

    labels = class_labels(classes_of(View(draft_of(data))))

    assert labels == [
        "Common Stock   1,234,567 By Example Family Trust 0; 2 more lines",
        f"{'C' * 53}…   12 direct",
        "Preferred      none held",
        "Warrants       5 indirect",
    ]
    assert all(len(label) <= 66 for label in labels)
    assert holdings_words(classes_of(View(draft_of(data)))[0], 10) == "3 lines"
    assert holdings_words(classes_of(View(draft_of(data)))[1], 1) == "1 line"


def test_a_line_is_told_by_how_it_is_held_where_the_title_is_long() -> None:
    lines = [("C" * 60, "By Example Family Trust", Decimal(1234567)), ("Common", "direct", Decimal(5))]

    labels = line_labels(lines)

    assert labels == [
        f"{'C' * 21}…, By Example Family Trust   1,234,567 before",
        f"{'Common, direct':47}           5 before",
    ]
    assert all(len(label) <= 66 for label in labels)


def test_a_class_in_both_tables_says_which() -> None:
    line = {"security_title": "Units", "ownership_form": "D"}
    held = [
        {**line, "table": "non_derivative", "amount_owned_following": "10"},
        {**line, "table": "derivative", "exercise_price": "1", "amount_owned_following": "20"},
        {**line, "table": "derivative", "exercise_price": "2", "amount_owned_following": "30"},
    ]

    (found,) = classes_of(View(draft_of({"interview": {"carried": held}})))

    assert holdings_words(found) == "10 direct (Table I); 50 direct (Table II)"


# ---- another security


@pytest.mark.parametrize(("name", "data"), [("security", INSIDER), ("other_security", known())])
def test_a_date_is_no_title(name: str, data: dict[str, Any], tmp_path: Path) -> None:
    """The next answer, typed too early."""
    told = {**SALE, "security": "other", "other_security": "Preferred", "before_1": "200"}
    if name == "security":
        told = {**SALE, "security": "Common Stock", "before_1": "200"}
    _, pilot = interview(tmp_path, [("sold", told)], data=data)
    (ask,) = [ask for ask in pilot.asks if ask.id == f"events[0].{name}"]

    assert ask.check("11/28/2026") == '"11/28/2026" has no letters; a title of a security is expected.'
    assert ask.check("Class 2") is None


def test_another_security_is_typed(tmp_path: Path) -> None:
    told = {**SALE, "security": "other", "other_security": "Series A Preferred Stock", "before_1": "200"}
    data, pilot = interview(tmp_path, [("sold", told)], data=known())

    assert titles(data) == ["Series A Preferred Stock"]
    assert asked(pilot)[:3] == ["date", "security", "other_security"]
    assert "spelling" not in asked(pilot)
    assert proposals(pilot, "other_security") == [""]


@pytest.mark.parametrize("way", [{"security": PAR}, {"security": "other", "other_security": PAR}])
@pytest.mark.parametrize("kept", ["", "Common Stock", PAR])
def test_a_typed_title_of_a_known_class_is_that_class_unless_the_filer_says_otherwise(
    way: dict[str, str], kept: str, tmp_path: Path
) -> None:
    data, pilot = interview(tmp_path, [("sold", {**SALE, **way, "spelling": kept})], data=known())

    assert [a.message for a in pilot.asks if a.id == "events[0].spelling"] == [
        f'"{PAR}" is a class on record. Which title does the form have?'
    ]
    assert options(pilot, "spelling") == [
        "Common Stock   5,000 direct; 700 By Spouse",
        f"{PAR}, as typed",
    ]
    assert proposals(pilot, "spelling") == ["Common Stock"]
    assert titles(data) == [kept or "Common Stock"]
    assert data["non_derivative"][0]["amount_owned_following"] == "4900"


def test_the_last_title_is_known_without_a_question(tmp_path: Path) -> None:
    _, pilot = interview(
        tmp_path, [("sold", {**SALE, "security": "Class B Common Stock", "quantity": "9"})], data=known()
    )

    assert "spelling" not in asked(pilot)


def test_going_back_shows_what_was_typed_and_takes_another_choice(tmp_path: Path) -> None:
    answers = [
        ("happened", "gave"), ("events[0].date", "11/1"), ("events[0].security", "other"),
        ("events[0].other_security", PAR), ("events[0].spelling", PAR), ("events[0].quantity", "<"),
        ("events[0].spelling", "<"), ("events[0].other_security", "<"), ("events[0].security", PAR),
        ("events[0].other_security", "Class C Common Stock"), ("events[0].quantity", "<"),
        ("events[0].other_security", "<"), ("events[0].security", "other"), ("events[0].other_security", "<"),
        ("events[0].security", "Class B Common Stock"), ("events[0].quantity", "q"),
    ]  # fmt: skip
    outcome, script = play(tmp_path / "d.form4.json", answers, known())

    shown = [[o.value for o in a.options] for a in script.asks if a.id == "events[0].security"]
    assert [PAR in each for each in shown] == [False, True, False, False]
    assert "Class C Common Stock" in shown[2]
    kept = draft_data(outcome.draft)["interview"]["events"][0]["answers"]
    assert kept == {"date": "2024-11-01", "security": "Class B Common Stock"}


def test_an_older_file_of_answers_goes_on_working(tmp_path: Path) -> None:
    """It has the title where a class is chosen now."""
    given = [
        ("happened", "gave"), ("events[0].date", "11/1"), ("events[0].security", PAR), ("events[0].quantity", "100"),
        ("events[0].ownership", ""), ("events[0].donee", "-"), ("events[0].after_1", ""), ("lines", "q"),
    ]  # fmt: skip
    said: list[str] = []
    script = LastingScript([Given(*each) for each in given], source="a.yaml", draft="d", report=said.append)
    outcome = Session(tmp_path / "d.form4.json", draft_of(known()), script, desk(checked=False)).run()

    assert titles(draft_data(outcome.draft)) == ["Common Stock"]
    line, received = said
    assert received == (
        'a.yaml has no answer to "events[0].given_to" (Who received the shares?): took "outside" (A person outside the '
        "household), which had answers before it was asked"
    )
    assert line == (
        f'a.yaml has no answer to "events[0].spelling" ("{PAR}" is a class on record. Which title does the form have?): '
        'took the proposed "Common Stock" (Common Stock 5,000 direct; 700 By Spouse)'
    )


# ---- more left than is on record


def steps(pilot: Any, event: int = 0) -> list[str]:
    names = ("before_1", "held_1", "after_1", "jump_1", "held_2", "jump_2")
    return [
        f"{a.message} [{a.shown}]"
        for a in pilot.asks
        if a.id.startswith(f"events[{event}].") and a.id.rpartition(".")[2] in names
    ]


def test_a_new_line_that_something_left_is_not_taken_as_0(tmp_path: Path) -> None:
    told = {**SALE, "ownership": "I", "nature": "By Son", "before_1": "100"}
    data, pilot = interview(tmp_path, [("sold", told)], data=known())

    assert steps(pilot) == [
        "Common Stock, By Son: how many before this? At least 100, the number disposed of []",
        "Common Stock, By Son: how many after it? [100 − 100 = 0]",
    ]
    (ask,) = [a for a in pilot.asks if a.id == "events[0].before_1"]
    assert ask.check("99") == "100 left this line, so it held at least 100 before; 99 is less"
    assert ask.check("100") is None
    assert ask.check("") is None
    above = [line for page in pilot.pages for line in page if "how many before" in line]
    assert set(above) == {"  Common Stock, By Son: how many before this? At least 100, the number …: 100"}
    assert data["non_derivative"][0]["amount_owned_following"] == "0"


def test_more_than_is_on_record_is_asked_with_its_reason(tmp_path: Path) -> None:
    told = {
        **SALE,
        "quantity": "6000",
        "held_1": "8000",
        "jump_1": "Includes 3,000 shares bought under the plan.",
    }
    data, pilot = interview(tmp_path, [("sold", told)], data=known())

    assert steps(pilot) == [
        "Common Stock, direct: 6,000 left, and 5,000 are on record (Form 4 of 08/05/2024). How many before this? []",
        "Common Stock, direct: how many after it? [8,000 − 6,000 = 2,000]",
        "8,000 is 3,000 more than the 5,000 on record (Form 4 of 08/05/2024). Why? []",
    ]
    (ask,) = [a for a in pilot.asks if a.id == "events[0].held_1"]
    assert ask.check("5999") == "6,000 left this line, so it held at least 6,000 before; 5,999 is less"
    assert ask.check("6000") is None
    assert ask.check("") is not None
    row = data["non_derivative"][0]
    assert row["amount_owned_following"] == {"value": "2000", "footnotes": ["F1"]}
    assert not any("−" in line and "= −" in line for page in pilot.pages for line in page)


def test_all_that_is_on_record_may_leave(tmp_path: Path) -> None:
    _, pilot = interview(tmp_path, [("sold", {**SALE, "quantity": "5000"})], data=known())

    assert steps(pilot) == ["Common Stock, direct: how many after it? [5,000 − 5,000 = 0]"]


def test_an_indirect_line_and_a_second_event(tmp_path: Path) -> None:
    """What an event before left on the form is what is on record."""
    first = {**SALE, "quantity": "600", "ownership": "I By Spouse"}
    second = {**first, "held_1": "900", "jump_1": "Includes 800 shares transferred by a parent."}
    data, pilot = interview(tmp_path, [("sold", first), ("gave", second)], data=known())

    assert steps(pilot, 1) == [
        "Common Stock, By Spouse: 600 left, and 100 are on record (line 1). How many before this? []",
        "Common Stock, By Spouse: how many after it? [900 − 600 = 300]",
        "900 is 800 more than the 100 on record (line 1). Why? []",
    ]
    assert data["non_derivative"][1]["amount_owned_following"]["value"] == "300"


def test_several_dispositions_in_one_event(tmp_path: Path) -> None:
    told = {**SALE, "quantity": "3000 @ 10; 3000 @ 12", "held_1": "7000", "jump_1": "Includes 2,000 gifts."}
    data, pilot = interview(tmp_path, [("sold", told)], data=known())

    assert steps(pilot)[:2] == [
        "Common Stock, direct: 6,000 left, and 5,000 are on record (Form 4 of 08/05/2024). How many before this? []",
        "Common Stock, direct: how many after it? [7,000 − 3,000 − 3,000 = 1,000]",
    ]
    totals = [row["amount_owned_following"] for row in data["non_derivative"][:2]]
    assert [t["value"] if isinstance(t, dict) else t for t in totals] == ["4000", "1000"]


def test_shares_moved_out_of_a_line_without_a_row(tmp_path: Path) -> None:
    moved = {
        "quantity": "6000", "ownership": "D", "to_nature": "By Roe Family Trust", "moved": "Exempt.", "held_1": "6500",
        "jump_1": "Includes 1,500 shares held before.",
    }  # fmt: skip
    data, pilot = interview(
        tmp_path, [("own_trust", moved)], data={**known(), "period_of_report": "2024-11-01"}
    )

    assert steps(pilot)[:2] == [
        "Common Stock, direct: 6,000 left, and 5,000 are on record (Form 4 of 08/05/2024). How many before this? []",
        "Common Stock, direct: how many after it? [6,500 − 6,000 = 500]",
    ]
    held = {
        r.get("nature_of_ownership", "direct"): r["amount_owned_following"] for r in data["non_derivative"]
    }
    assert {name: t["value"] for name, t in held.items()} == {"direct": "500", "By Roe Family Trust": "6000"}


def test_a_corrected_number_needs_no_other_balance(tmp_path: Path) -> None:
    """The record holds again, once less left than it has."""
    answers = [
        ("happened", "gave"), ("events[0].date", "11/1"), ("events[0].security", ""), ("events[0].quantity", "6000"),
        ("events[0].ownership", ""), ("events[0].given_to", "outside"), ("events[0].donee", "-"),
        ("events[0].held_1", "8000"), ("events[0].after_1", "<"), ("events[0].held_1", "<"), ("events[0].donee", "<"),
        ("events[0].given_to", "<"), ("events[0].ownership", "<"), ("events[0].quantity", "600"),
        ("events[0].ownership", ""), ("events[0].given_to", ""), ("events[0].donee", "-"), ("events[0].after_1", ""),
        ("lines", "q"),
    ]  # fmt: skip
    outcome, _ = play(tmp_path / "d.form4.json", answers, known())

    assert draft_data(outcome.draft)["non_derivative"][0]["amount_owned_following"] == "4400"


def test_a_total_worked_out_from_too_small_a_balance_is_asked_again(tmp_path: Path) -> None:
    gift = {"date": "11/1", "quantity": "100", "ownership": "D", "before_1": "100"}
    data, _ = interview(tmp_path, [("gave", gift)], data=INSIDER)
    changed = {**data, "interview": {**data["interview"], "at": "events[0].quantity"}}
    answers = [("events[0].quantity", "200"), ("events[0].ownership", ""), ("events[0].given_to", "outside"),
        ("events[0].donee", "-"),
               ("events[0].before_1", "q")]  # fmt: skip
    outcome, script = play(tmp_path / "e.form4.json", answers, changed)

    assert "after_1" not in draft_data(outcome.draft)["interview"]["events"][0]["answers"]
    assert script.asks[-1].check("") == "200 left this line, so it held at least 200 before; 100 is less"


def test_the_line_chosen_is_shown_above_the_next_question(tmp_path: Path) -> None:
    told = {"date": "11/1", "quantity": "100", "price": "10", "security": "Common Stock (I By Spouse)"}
    _, pilot = interview(tmp_path, [("sold", told)], data=known())

    shown = [line for page in pilot.pages for line in page if line.startswith("  Which shares were sold: ")]
    assert {" ".join(line.split()) for line in shown} == {
        "Which shares were sold: Common Stock, By Spouse 700 before"
    }
    assert not any(line.startswith("  How are they held") for page in pilot.pages for line in page)
