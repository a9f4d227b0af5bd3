"""Fills pasted into the interview: the rows they make, what is refused, and what a step back leaves of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.model.draft import TABLES
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wizard.draft import opening
from form4_author.wizard.recipes import recipe_named
from form4_author.wizard.screen import View
from tests.wizard.data import flat, rows
from tests.wizard.pilot import LAST, interview
from tests.wizard.replay import play
from tests.wizard.test_recipes import brief

if TYPE_CHECKING:
    from pathlib import Path

_NOTE = (
    "The price reported is a weighted average price. These shares were {done} in multiple transactions at prices "
    "ranging from $10.10 to $10.50, inclusive. The reporting person undertakes to provide to the issuer, any security "
    "holder of the issuer, or the staff of the Securities and Exchange Commission, upon request, full information "
    "regarding the number of shares {done} at each separate price within the range."
)


def known() -> dict[str, Any]:
    """The draft that begins with the person's last filing: 5,000 shares held directly."""
    return draft_data(opening.from_filing(filing_from(LAST)[0]))


def traded(data: dict[str, Any]) -> list[str]:
    """The transactions, without the holdings beside them."""
    return brief({t: [r for r in data.get(t, ()) if r["kind"] != "holding"] for t in TABLES})


@pytest.mark.parametrize(("event", "done"), [("sold", "sold"), ("bought", "purchased")])
def test_the_undertaking_says_what_the_event_says(tmp_path: Path, event: str, done: str) -> None:
    data, _ = interview(
        tmp_path, [(event, {"date": "11/1", "quantity": "100@10.10; 300@10.50"})], data=known()
    )

    assert [note["text"] for note in data["footnotes"]] == [_NOTE.format(done=done)]


def test_fills_of_both_sides_make_a_line_for_each(tmp_path: Path) -> None:
    pasted = "Action\tQty\tPrice\nSLD\t100\t10.10\nBOT\t300\t10.10\nBOT\t100\t10.50\nSell short\t50\t10.10"
    data, pilot = interview(tmp_path, [("sold", {"date": "11/1", "quantity": pasted})], data=known())

    assert traded(data) == ["I P A 400 @10.2 → 5400", "I S D 150 @10.10 → 5250"]
    assert [note["text"] for note in data["footnotes"]] == [_NOTE.format(done="purchased")]
    page = next(page for page, ask in zip(pilot.pages, pilot.asks, strict=False) if ask.id.endswith("use"))
    assert "  11/01/2024 buy 400 at $10.10 to $10.50, average $10.20" in page


@pytest.mark.parametrize(
    ("event", "pasted", "problem"),
    [
        ("rsu_sold", "Side\tQty\tPrice\nSell\t100\t10\nBuy\t300\t10", "Fill 2 is a buy: only the sales belong here"),
        ("option_sold", "Buy 100 @ 10", "These fills are purchases, and sales are asked for here"),
        ("sold", "Buy 100 @ 10", "These fills are purchases, and sales are asked for here"),
        ("bought", "Side\tQty\tPrice\nSLD\t100\t10", "These fills are sales, and purchases are asked for here"),
        ("sold", "Side\tQty\tPrice\nSLD\t100\t10\nDRIP\t5\t10",
         ('Fill 2: "DRIP" says neither buy nor sell; change the word, or take out a trade that does not stand, and paste '
         "again")),
        ("sold", "100@10.1;200@",
         "Fill 2 has no number of shares or no price: 200  ; 100 @ 120.34 is expected"),
    ],
)  # fmt: skip
def test_fills_that_do_not_fit_are_refused(event: str, pasted: str, problem: str) -> None:
    recipe = recipe_named(event)
    assert recipe is not None
    asks = {prompt.id.rpartition(".")[2]: prompt for prompt in recipe.prompts}
    answers = {"date": "2024-11-01", "pasted": pasted}
    view = View(draft_of({"interview": {"events": [{"recipe": event, "answers": answers}]}}), 0)
    proposed = asks["columns"].propose(view)

    assert proposed is not None
    found = asks["quantity"].fault(view, pasted) or asks["columns"].fault(view, proposed.text)
    assert found == problem


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("Side\tQty\tPrice\nSLD\t100\t10\nDRIP\t5\t10", ""),
        ("SLD\t100\t10\nSLD\t5\t10", "105"),
    ],
)
def test_a_step_back_does_not_lose_what_was_pasted(tmp_path: Path, pasted: str, read: str) -> None:
    answers = [
        ("happened", "sold"),
        ("events[0].date", "11/1"),
        ("events[0].security", ""),
        ("events[0].quantity", pasted),
        ("events[0].columns", "<"),
        ("events[0].quantity", "" if read else "q"),
    ]
    end = [("events[0].columns", ""), ("events[0].use", ""), ("events[0].ownership", "q")] if read else []
    outcome, script = play(tmp_path / "draft.form4.json", [*answers, *end], known())

    kept = draft_data(outcome.draft)["interview"]["events"][0]["answers"]
    assert kept["pasted"] == pasted
    assert kept.get("quantity", "") == read
    assert script.asks[5].proposal == read
    assert not any(flat(row).get("amount") == "0" for _, _, row in rows(draft_data(outcome.draft)))


def test_lines_beyond_one_filing_are_told(tmp_path: Path) -> None:
    pasted = "\n".join(f"100\t{price}.00" for price in range(10, 76, 2))
    data, pilot = interview(tmp_path, [("sold", {"date": "11/1", "quantity": pasted})], data=known())
    page = next(
        page for page, ask in zip(pilot.pages, pilot.asks, strict=False) if ask.id.endswith("columns")
    )

    assert len(traded(data)) == 33
    assert "33 fills, 3,300 shares, on 33 lines:" in page
    assert "Grouped, Table I has 33 lines; a filing takes 30: the packet is divided." in page


def pasting(*answers: tuple[str, str]) -> list[tuple[str, str]]:
    """The answers of a sale up to its fills."""
    begun = [("happened", "sold"), ("events[0].date", "11/1"), ("events[0].security", "")]
    return [*begun, *((f"events[0].{name}", answer) for name, answer in answers)]


HEADED = "Trade Date\tQty\tPrice\n11/1/2024\t100\t10.10\n11/1/2024\t300\t10.50\n11/1/2024\t50\t12"


def test_columns_that_a_heading_names_are_not_asked(tmp_path: Path) -> None:
    answers = pasting(("quantity", HEADED), ("use", "yes"), ("ownership", "q"))
    _, script = play(tmp_path / "d.form4.json", answers, known())

    used = script.asks[4]
    assert [o.label for o in used.options] == [
        "Use these 2 lines",
        "Change what the columns mean: date, shares, price",
        "Discard them and type or paste again",
    ]
    assert (used.proposal, used.confirms) == ("yes", ("yes",))
    assert used.text == (
        "3 fills, 450 shares, on 2 lines:",
        "  11/01/2024 400 at $10.10 to $10.50, average $10.40",
        "  11/01/2024 50 at $12.00",
    )


@pytest.mark.parametrize(
    "pasted",
    [
        "11/1/2024\t100\t10.10\n11/1/2024\t300\t10.50",  # no heading
        "When\tQty\tPrice\n11/1/2024\t100\t10.10",  # a column that the heading does not name
        "Trade Date\tSide\tQty\tPrice\n11/1/2024\tBuy\t100\t10.10",  # not a sale
    ],
)
def test_columns_that_are_only_guessed_are_asked(tmp_path: Path, pasted: str) -> None:
    answers = pasting(("quantity", pasted), ("columns", "q"))
    _, script = play(tmp_path / "d.form4.json", answers, known())

    assert script.asks[-1].message == "What are the columns, in order?"


def test_what_the_columns_mean_can_be_changed(tmp_path: Path) -> None:
    pasted = "Qty\tPrice\n10\t12\n20\t12"
    answers = pasting(
        ("quantity", pasted),
        ("use", "columns"),
        ("columns", "price, shares"),
        ("use", "yes"),
        ("ownership", ""),
    )
    outcome, _ = play(tmp_path / "d.form4.json", [*answers, ("events[0].after_1", "q")], known())

    assert draft_data(outcome.draft)["interview"]["events"][0]["answers"]["quantity"] == "24"


def test_fills_can_be_discarded(tmp_path: Path) -> None:
    answers = pasting(
        ("quantity", HEADED), ("use", "again"), ("quantity", "7"), ("price", "9"), ("ownership", "q")
    )
    outcome, script = play(tmp_path / "d.form4.json", answers, known())

    kept = draft_data(outcome.draft)["interview"]["events"][0]["answers"]
    assert {name: kept.get(name) for name in ("pasted", "fills", "columns", "use", "quantity")} == {
        "pasted": None, "fills": None, "columns": None, "use": None, "quantity": "7",
    }  # fmt: skip
    assert script.asks[5].proposal == ""


def test_every_line_of_the_fills_is_in_the_text_to_be_confirmed(tmp_path: Path) -> None:
    pasted = "Qty\tPrice\n" + "\n".join(f"100\t{price}.00" for price in range(10, 38, 2))
    _, script = play(tmp_path / "d.form4.json", pasting(("quantity", pasted), ("use", "q")), known())

    assert len(script.asks[-1].text) == 15
