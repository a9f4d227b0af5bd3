"""A grantor retained annuity trust: a change of form changes two totals, the end of the term is a gift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.run import check_draft
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.draft import opening
from tests.wizard.pilot import LAST, interview
from tests.wizard.replay import TODAY
from tests.wizard.test_class_wide import begun, in_words, notes, stock
from tests.wizard.test_events import above_a_note, brief, notes_at_totals

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wizard.pilot import Pilot

GRAT = {"date": "11/1", "security": "Common Stock"}
OUT = {**GRAT, "ownership": "D", "to_nature": "By GRAT"}
BACK = {**GRAT, "ownership": "I By GRAT", "to_nature": ""}
ALONE = {"period_of_report": "11/1"}
FORM_ONLY = (
    "By general knowledge: while the person is the sole annuitant and reports the trust's shares, shares moved to or "
    "from the trust are treated as a change in form only (Rule 16a-13). Not legal advice."
)


def of_last(direct: str = "50000", grat: str = "0") -> dict[str, Any]:
    lines = (stock(direct), *([stock(grat, "By GRAT")] if grat != "0" else []))
    return begun(lines, ())


def pages(pilot: Pilot) -> str:
    return " ".join(" ".join(line for page in pilot.pages for line in page).split())


@pytest.mark.parametrize(
    ("event", "start", "made", "note"),
    [
        (
            {**OUT, "what": "funded", "sole": "yes", "quantity": "20000", "before_2": "0"},
            of_last(),
            ["I holding \u2192 30000 D", "I holding \u2192 20000 By GRAT"],
            "Reflects the transfer of 20,000 shares on 11/01/2024 to a grantor retained annuity trust (Rule 16a-13).",
        ),
        (
            {**BACK, "what": "annuity", "quantity": "6000"},
            of_last("30000", "20000"),
            ["I holding \u2192 14000 By GRAT", "I holding \u2192 36000 D"],
            (
                "Reflects the transfer of 6,000 shares on 11/01/2024 from a grantor retained annuity trust in payment "
                "of an annuity (Rule 16a-13)."
            ),
        ),
        (
            {**BACK, "what": "exchanged", "quantity": "6000"},
            of_last("30000", "20000"),
            ["I holding \u2192 14000 By GRAT", "I holding \u2192 36000 D"],
            (
                "Reflects the transfer of 6,000 shares on 11/01/2024 from a grantor retained annuity trust in "
                "exchange for other assets of equal value (Rule 16a-13)."
            ),
        ),
    ],
    ids=["funded", "annuity", "exchanged"],
)
def test_a_change_of_form_changes_both_totals(
    event: dict[str, str], start: dict[str, Any], made: list[str], note: str, tmp_path: Path
) -> None:
    data, pilot = interview(tmp_path, [("annuity_trust", event)], ALONE, start)

    assert brief(data) == made
    assert notes_at_totals(data) == [[note], [note]]
    assert (FORM_ONLY in pages(pilot)) is (event["what"] != "exchanged")
    assert ("is not judged here" in pages(pilot)) is (event["what"] == "exchanged")


def test_what_is_asked_first_proposes_nothing(tmp_path: Path) -> None:
    event = {**OUT, "what": "funded", "sole": "yes", "quantity": "20000", "before_2": "0"}
    _, pilot = interview(tmp_path, [("annuity_trust", event)], ALONE, of_last())

    first = [ask for ask in pilot.asks if ask.id in ("events[0].what", "events[0].sole")]
    assert [(ask.message, ask.proposal) for ask in first] == [
        ("What happened?", ""),
        ("Is the person the sole annuitant, and does the person still report the trust's shares?", ""),
    ]


def test_a_trust_that_others_have_an_annuity_of_is_a_gift(tmp_path: Path) -> None:
    event = {**OUT, "what": "funded", "sole": "no", "quantity": "20000", "interest": "no", "donee": "-"}
    data, pilot = interview(tmp_path, [("annuity_trust", event)], data=of_last())

    assert brief(data) == ["I G D 4 20000 @0 \u2192 30000 D"]
    kept = data["interview"]["events"][0]
    assert (kept["recipe"], kept["answers"]["given_to"]) == ("gave", "trust")
    assert (
        "so Rule 16a-13 does not apply: it is reported as a gift, code G, due in two business days."
        in pages(pilot)
    )
    assert above_a_note(data) == []


def test_an_option_moved_to_the_trust_stays_in_table_2(tmp_path: Path) -> None:
    event = {**OUT, "security": "Stock Option (Right to Buy)", "what": "funded", "sole": "yes", "quantity": "400",
             "before_2": "0"}  # fmt: skip
    start = draft_data(opening.from_filing(draft_of(LAST).filing))
    data, _ = interview(tmp_path, [("annuity_trust", event)], ALONE, start)

    assert brief(data) == ["II holding \u2192 600 D", "II holding \u2192 400 By GRAT"]
    assert notes_at_totals(data)[0] == [
        (
            "Reflects the transfer of 400 derivative securities on 11/01/2024 to a grantor retained annuity trust "
            "(Rule 16a-13)."
        )
    ]


def test_a_remainder_that_is_held_back_for_form_5_is_late(tmp_path: Path) -> None:
    """The gift at the end of the term was due in two business days (TXN-027)."""
    event = {**BACK, "what": "ended", "remainder": "outside", "quantity": "14000"}
    data, _ = interview(tmp_path, [("annuity_trust", event)], data=of_last("36000", "14000"))
    assert brief(data)[0] == "I G D 4 14000 @0 \u2192 0 By GRAT"
    wrong = {**data, "non_derivative": [{**data["non_derivative"][0], "transaction_form_type": "5"}]}

    found = [f.id for f in check_draft(draft_of(wrong), TODAY, sec_calendar())]

    assert "TXN-027" in found


# ---- real filings, from answers


def test_the_end_of_a_real_trust(tmp_path: Path) -> None:
    """0000892251-23-000042: what remains goes to a trust that the person disclaims; other lines follow."""
    holders = ("See Footnote", "By Legacy Trust", "By 2021 GRAT Trust No. 2", "By 401(k) Plan")
    totals = ("1560", "32051", "1450", "289")
    lines = (stock("32565"), *(stock(n, by) for n, by in zip(totals, holders, strict=True)))
    words = "Gift by the 2021 GRAT of all remaining shares to a trust in which the reporting person disclaims ownership."
    event = {**GRAT, "what": "ended", "remainder": "outside", "quantity": "1560", "ownership": "I See Footnote",
             "passed": words}  # fmt: skip
    data, _ = interview(tmp_path, [("annuity_trust", event)], data=begun(lines, ()))

    assert brief(data)[0] == "I G D 4 1560 @0 \u2192 0 See Footnote"
    assert brief(data)[1:] == [
        "I holding \u2192 32565 D",
        "I holding \u2192 32051 By Legacy Trust",
        "I holding \u2192 1450 By 2021 GRAT Trust No. 2",
        "I holding \u2192 289 By 401(k) Plan",
    ]
    assert notes(data) == [words]


def test_annuities_of_real_trusts_beside_a_sale(tmp_path: Path) -> None:
    """0001225208-23-005955: two annuities change the totals that a sale shows."""
    paid = {**GRAT, "what": "annuity", "ownership": "I By GRATs", "to_nature": ""}
    sale = {"date": "11/1", "quantity": "4932", "price": "134.9008", "ownership": "D"}
    start = begun((stock("259605"), stock("131517", "By GRATs"), stock("23669", "By Family Trust")), ())
    events = [("annuity_trust", {**paid, "quantity": "17264"}), ("annuity_trust", {**paid, "quantity": "10154"}),
              ("sold", sale)]  # fmt: skip
    data, _ = interview(tmp_path, events, data=start)

    assert sorted(brief(data)) == [
        "I S D 4 4932 @134.9008 \u2192 282091 D",
        "I holding \u2192 104099 By GRATs",
        "I holding \u2192 23669 By Family Trust",
    ]
    assert notes_at_totals(data)[0] == [
        f"Reflects the transfer of {number} shares on 11/01/2024 from a grantor retained annuity trust in payment of an "
        "annuity (Rule 16a-13)."
        for number in ("17,264", "10,154")
    ]
    assert above_a_note(data) == []


def test_a_pair_of_a_real_trust_was_of_type_5_before_the_rule_changed(tmp_path: Path) -> None:
    """0001225208-23-000372: two annuities of December 2022 as pairs of code G."""
    paid = {**GRAT, "what": "annuity", "shown": "pair", "ownership": "I By GRATs", "to_nature": ""}
    first = {**paid, "date": "12/19/2022", "quantity": "28181"}
    second = {**paid, "date": "12/22/2022", "quantity": "25044"}
    start = begun((stock("1447448"), stock("131004", "By GRATs")), (), period_of_report="2022-08-01")
    data, _ = interview(tmp_path, [("annuity_trust", first), ("annuity_trust", second)], data=start)

    assert brief(data) == [
        "I G D 5 28181 @0 \u2192 102823 By GRATs",
        "I G A 5 28181 @0 \u2192 1475629 D",
        "I G D 5 25044 @0 \u2192 77779 By GRATs",
        "I G A 5 25044 @0 \u2192 1500673 D",
    ]
    assert notes(data) == [
        "Distributed to the reporting person by a grantor retained annuity trust under its terms."
    ]


def test_an_annuity_of_a_real_trust_in_class_b(tmp_path: Path) -> None:
    """0000950170-23-025066: Class B in Table II, out of a trust in payment of its annuity, restated with a footnote."""
    class_b = "Class B Common Stock"
    awards = (
        in_words(class_b, "64115463", "Class A Common Stock"),
        in_words(class_b, "391413", "Class A Common Stock", "By 2019 GRAT II"),
    )
    event = {"what": "annuity", "date": "11/1", "security": class_b, "quantity": "67913", "ownership": "I By 2019 GRAT II",
             "to_nature": ""}  # fmt: skip
    start = begun((stock("11897277", title="Class A Common Stock"),), awards)
    data, _ = interview(tmp_path, [("annuity_trust", event)], ALONE, start)

    assert [line for line in brief(data) if line.startswith("II")] == [
        "II holding \u2192 323500 By 2019 GRAT II",
        "II holding \u2192 64183376 D",
    ]
    words = (
        "Reflects the transfer of 67,913 derivative securities on 11/01/2024 from a grantor retained annuity trust in "
        "payment of an annuity (Rule 16a-13)."
    )
    assert notes_at_totals(data)[-2:] == [[words], [words]]
    assert [row["underlying_amount"] for row in data["derivative"]] == ["323500", "64183376"]
