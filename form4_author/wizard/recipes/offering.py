"""An issuer's offerings: what converts when it goes public (42), and rights to subscribe (54).

Sources: Instruction 4(a)(i) for conversions, Instruction 8, codes C, X, P, A and S; Rule 16b-6(b), which covers a
fixed price. Rule 16a-9(b) for rights received pro rata is general knowledge here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.ledger.balance import together
from form4_author.model.interview import CarriedLine
from form4_author.text import amount_text
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.event_limit import LINES
from form4_author.wizard.draft.memo import recalled_by_view
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS, EventRow, Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.merger import disposed
from form4_author.wizard.recipes.shared.approval import approval, code_of_holder
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2, answered, cells_of, option_cells
from form4_author.wizard.recipes.shared.class_line import on_day
from form4_author.wizard.recipes.shared.derivative_term import option_terms
from form4_author.wizard.recipes.shared.instead import or_elsewhere
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    offered,
    price,
    quantity,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series_table import Lot, line_of, lots_in, lots_listed, lots_text
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import Answer, AnswerKind, Proposal, Step, View
from form4_author.wizard.wording import money_words, number_words, us_day

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RIGHTS_OFFERING", "WENT_PUBLIC"]

# ---- 42: preferred stock or notes converted at an initial public offering

_SHOWN: Final = (
    Option("yes", "Yes: it shows the preferred stock or notes"),
    Option("no", "No: it shows the common stock"),
)
_ON_FORM_3: Final = (
    "A Form 3 as of a date after the conversion shows the common stock as a holding. The conversion has no "
    "line."
)
_FIXED: Final = (
    Option("yes", "Yes, for example one for one"),
    Option("no", "No, for example at a discount to the offering price"),
)
_FLOATING: Final = (
    "Rule 16b-6(b) covers a conversion at a fixed price. Whether one at a floating price is matched is not judged "
    "here. By general knowledge, such a right is not a derivative security until its price is fixed: ask counsel."
)
_SHAPES: Final = (
    Option("one", "One line for each holder, with the sum"),
    Option("each", "One line for each series"),
)


@recalled_by_view
def _lots(view: View) -> tuple[Lot, ...]:
    """The series of the answer; none before it is given."""
    text = answer_to(view, "converting")
    return lots_in(text) if text else ()


def _lots_fault(_view: View, typed: str) -> str | None:
    try:
        lots_in(typed)
    except MalformedValue as error:
        return error.problem
    return None


def _list_lots(view: View, answer: Answer) -> Step:
    text = lots_text(lots_in(str(answer))) if answer else ""
    return Step(draft=view.with_text(f"{ANSWERS}converting", text).draft)


def _fix(view: View, answer: Answer) -> Step:
    words = (_FLOATING,) if answer == "no" else ()
    return Step(draft=view.with_text(f"{ANSWERS}fixed", answer).draft, words=words)


def _rate_words(lot: Lot) -> str:
    """What a series converts at, as the footnote has it."""
    if lot.price:
        return f"{lot.title} converted at {money_words(amount_text(lot.price))} per share"
    return f"each share of {lot.title} converted into {_shares(amount_text(lot.ratio))}"


def _shares(number: str) -> str:
    return "one share" if number == "1" else f"{number} shares"


def _conversion(view: View) -> Proposal | None:
    """The terms of all series in one sentence, as filings have them."""
    sentences = list(dict.fromkeys(_rate_words(lot) for lot in _lots(view)))
    if not sentences:
        return None
    listed = f"{', '.join(sentences[:-1])} and {sentences[-1]}" if sentences[1:] else sentences[0]
    words = (
        f"{listed[0].upper()}{listed[1:]} of {answer_to(view, 'security')} upon closing of the issuer's initial public "
        f"offering{on_day(view, 'date')}"
    )
    priced = [bool(lot.price) for lot in _lots(view)]
    if not any(priced):
        words += ", without payment; the shares had no expiration date"
    elif not all(priced):
        words += "; the shares converted without payment and had no expiration date"
    words += "."
    if says("fixed", "no")(view):
        words += " The conversion was at a floating conversion price, which depended on the offering."
    if any(lot.has_fraction for lot in _lots(view)):
        words += " Fractional shares were paid in cash."
    return Proposal(words)


def _holder(lot: Lot) -> dict[str, str]:
    return (
        {"ownership_form": "I", "nature_of_ownership": lot.nature} if lot.nature else {"ownership_form": "D"}
    )


def _given(view: View, lot: Lot, cells: Mapping[str, str]) -> EventRow:
    """The row by which a series goes, with the terms of the last filing where it has the series."""
    note = answer_to(view, "conversion_note")
    known = line_of(view, lot)
    row = disposed(
        known or CarriedLine(table=TABLE_2, cells={"security_title": lot.title, **_holder(lot)}),
        lot.number,
        **cells,
        underlying_title=answer_to(view, "security"),
    )
    terms = ("exercise_price", "date_exercisable", "expiration_date")
    strike = {"exercise_price": amount_text(lot.price)} if lot.price else {}
    row = replace(row, cells={**row.cells, **strike})
    open_terms = {c: (note,) for c in terms if c not in row.cells and c not in row.notes}
    return replace(
        row,
        cells={**row.cells, "price": "0", "underlying_amount": amount_text(lot.shares)},
        notes={**row.notes, **(open_terms or {"transaction_code": (note,)})},
    )


def _received(view: View, cells: Mapping[str, str]) -> tuple[EventRow, ...]:
    """The shares that came, for each holder, or for each series too; at a conversion price or at 0."""
    apart = says("shape", "each")(view)
    keys = [
        (lot.nature, amount_text(lot.price) if lot.price else "0", lot.title if apart else "")
        for lot in _lots(view)
    ]
    sums = together((key, lot.shares) for key, lot in zip(keys, _lots(view), strict=True))
    natures = list(dict.fromkeys(nature for nature, _, _ in sums))
    note = {"price": (answer_to(view, "conversion_note"),)}
    found = []
    for (nature, each, _), shares in sums.items():
        held = {"ownership_form": "I", "nature_of_ownership": nature} if nature else {"ownership_form": "D"}
        row = {"security_title": answer_to(view, "security"), "equity_swap": "no", **cells, **held}
        row |= {"amount": amount_text(shares), "acquired_disposed": "A", "price": each}
        line = CarriedLine(table=TABLE_1, cells={"security_title": row["security_title"], **held})
        was = None if natures.index(nature) < LINES else line.cells
        found.append(EventRow(TABLE_1, row, note, was=was))
    return tuple(found)


def _converted(view: View) -> tuple[EventRow, ...]:
    cells = {
        "transaction_date": answer_to(view, "date"),
        "transaction_form_type": "4",
        "transaction_code": "C",
    }
    return (*_received(view, cells), *(_given(view, lot, cells) for lot in _lots(view)))


def _listed(view: View) -> tuple[str, ...]:
    """Each series and the shares that come for it, as the card shows them."""
    return tuple(
        f"  {lot.title}{f', {lot.nature}' if lot.nature else ''}: {number_words(amount_text(lot.number))} \u2192 "
        f"{number_words(amount_text(lot.shares))} of {answer_to(view, 'security')}"
        for lot in _lots(view)
    )


WENT_PUBLIC: Final = Recipe(
    id="went_public",
    number=42,
    label="Preferred stock or notes converted automatically at an IPO",
    also="initial public offering automatic conversion series A B C seed convertible notes mandatory went public "
    "converted converts listing SAFE qualified several series",
    rule="Code C, due in two business days: a line of Table II for each series and holder (D), and one of Table I for "
    "each holder with the sum (A), at 0; of notes at the conversion price. A conversion may not wait (Instruction "
    "4(a)(i); Instruction 8; Rule 16b-6(b), which covers a fixed price).",
    prompts=(
        or_elsewhere(
            "form_3",
            chosen(
                "form_3",
                "Does the person's Form 3 show what was converted?",
                "Box 2 of Form 3, its date. It is as of the day on which the registration of the class became "
                "effective, usually before the offering closes and the conversion takes place.",
                _SHOWN,
            ),
            {"no": _ON_FORM_3},
        ),
        traded_on("Date of the conversion", "Column 2 (Table II: 3). Usually the closing of the offering."),
        security("Column 1. The class that came for them: Common Stock."),
        asked(
            "converting",
            "Which series were converted?",
            "Table II, columns 1, 5, 7 and 11. A line each from a sheet: title, number, shares for each (or @ and the "
            "conversion price), and by whom held unless directly. Typed: Series A Preferred Stock | 10,000 | 1; "
            "Series B Preferred Stock | 4,000 | 1.5 | By Fund.",
            entry=EntryKind.SHEET,
            prefill=True,
            propose=lots_listed,
            fault=_lots_fault,
            act=_list_lots,
        ),
        replace(
            chosen(
                "fixed",
                "Was each ratio or price fixed before the offering?",
                "Rule 16b-6(b): it covers a conversion at a fixed price. The footnote says where the price floated.",
                _FIXED,
            ),
            act=_fix,
        ),
        chosen(
            "shape",
            "How are the shares received shown?",
            "Table I, column 4. Most filings sum the series of a holder. Their total is the same either way.",
            _SHAPES,
        ),
        replace(
            required_note(
                "conversion_note",
                "Footnote on the conversion",
                "Table II, columns 2 and 6, Instruction 4(c), and column 4 of Table I: what each series converted "
                "into, when, and that it did not expire.",
            ),
            propose=_conversion,
            derived=True,
        ),
    ),
    rows=(),
    lines=_converted,
    listed=_listed,
)

# ---- 54: a rights offering

_RIGHT: Final = "Subscription Right (Right to Buy)"
_RIGHTS_KINDS: Final = ("warrant", "option")
_RIGHTS: Final = (
    Option("exercised", "Rights were exercised"),
    Option("sold", "Rights were sold"),
    Option("received", "Rights were received"),
    Option("lapsed", "Rights lapsed"),
)
_RECEIVED: Final = (
    "By general knowledge, rights that all holders receive pro rata are not reported on receipt (Rule 16a-9(b)). "
    "Nothing is due until they are exercised or sold. Not legal advice."
)
_LAPSED: Final = "Rights that lapse without payment have no line: nothing is due."
_PURCHASE: Final = (Option("P", "P: a purchase, which is matched under Section 16(b)"),)
_is_exercised: Final = says("what", "exercised")
_is_sold: Final = says("what", "sold")


def _takes_extra(view: View) -> bool:
    """Whether shares beyond the basic right were bought."""
    return _is_exercised(view) and bool(row_value.number(answer_to(view, "extra")))


def _with_extra(answers: Mapping[str, str]) -> bool:
    return answers.get("what") == "exercised" and bool(row_value.number(answers.get("extra")))


def _extra_code(answers: Mapping[str, str]) -> str:
    return answers.get("code") or ("P" if answers.get("approved") == "no" else "A")


def _subscribed(view: View) -> Proposal:
    on = answer_to(view, "distributed_on")
    day = f" on {us_day(on)}" if on else ""
    return Proposal(f"Bought on exercise of subscription rights distributed pro rata to all holders{day}.")


RIGHTS_OFFERING: Final = Recipe(
    id="rights_offering",
    number=54,
    label="Rights offering: rights exercised or sold",
    also="subscription rights basic right oversubscription over-subscription backstop standby pro rata record date "
    "rights issue exercise exercised bought",
    rule="Rights exercised: a line of Table II (D) and one of Table I (A), code X, due in two business days. Shares "
    "beyond the basic right are a separate line, code P, or A with approval. Rights sold: code S in Table II. "
    "Receipt and lapse have no line (Instruction 8; Rule 16b-6(b); Rule 16a-9(b) by general knowledge).",
    prompts=(
        or_elsewhere(
            "what",
            asked(
                "what",
                "Were rights exercised, sold, received, or did they lapse?",
                "Column 3 (Table II: 4), Instruction 8. Only an exercise or a sale has a line.",
                kind=AnswerKind.CHOICE,
                options=lambda _view: _RIGHTS,
            ),
            {"received": _RECEIVED, "lapsed": _LAPSED},
        ),
        traded_on(
            "On which day?",
            "Column 2 (Table II: 3). Of an exercise the day on which the subscription became irrevocable, usually the "
            "expiration of the offering.",
        ),
        security("Column 1, and column 7 of Table II. The class that the rights buy: Common Stock."),
        asked(
            "rights",
            lambda view: "How many rights were sold?" if _is_sold(view) else "How many rights were used?",
            "Table II, column 5. The rights themselves: 10,000.",
            "amount",
            TABLE_2,
            entry=EntryKind.NUMBER,
        ),
        quantity(
            lambda view: (
                "How many shares could be bought with them?"
                if _is_sold(view)
                else "How many shares were bought under the basic right?"
            ),
            "Column 4, and column 7 of Table II. Without shares bought by oversubscription or as a backstop.",
        ),
        *option_terms(_RIGHT, kinds=_RIGHTS_KINDS),
        price(
            "Price received for one right, US dollars",
            "Table II, column 8, without commission.",
            when=_is_sold,
        ),
        asked(
            "extra",
            "How many extra shares were bought?",
            "Column 4. By oversubscription, or as a backstop: 300; 0 if there are none. They are not pro rata.",
            "amount",
            entry=EntryKind.NUMBER,
            propose=lambda _view: Proposal("0"),
            when=_is_exercised,
        ),
        asked(
            "extra_price",
            "Price per extra share, US dollars",
            "Column 4. Usually the subscription price.",
            "price",
            entry=EntryKind.NUMBER,
            propose=lambda view: Proposal(each) if (each := answer_to(view, "strike")) else None,
            when=_takes_extra,
        ),
        approval(_takes_extra, "A"),
        code_of_holder(lambda _view: _PURCHASE, _takes_extra, "A"),
        *holder(),
        asked(
            "distributed_on",
            "On which day were the rights distributed?",
            "Column 4, for the footnote to the amount: 10/1/26. Enter alone: the footnote gives no day.",
            "transaction_date",
            entry=EntryKind.DATE,
            required=False,
            when=_is_exercised,
        ),
        replace(
            offered(
                "subscribed",
                "Footnote on the subscription",
                "Column 4, a footnote to the amount, in the Explanation of Responses.",
                _subscribed,
                when=_is_exercised,
            ),
            derived=True,
        ),
        offered(
            "extra_note",
            "Footnote on the extra shares",
            "Column 4, a footnote to the amount, in the Explanation of Responses.",
            "Bought in the same rights offering, in addition to the basic subscription right.",
            when=_takes_extra,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("X", "A", price=Take("strike")),
            notes={"amount": "subscribed"},
            when=answered("what", "exercised"),
        ),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(Worked(_extra_code), "A", amount=Take("extra"), price=Take("extra_price")),
            notes={"amount": "extra_note"},
            when=_with_extra,
        ),
        RowRecipe(
            table=TABLE_2,
            cells=option_cells("X", "D", "rights", underlying_amount=Take("quantity")),
            when=answered("what", "exercised"),
        ),
        RowRecipe(
            table=TABLE_2,
            cells=option_cells("S", "D", "rights", underlying_amount=Take("quantity"), price=Take("price")),
            when=answered("what", "sold"),
        ),
    ),
)
