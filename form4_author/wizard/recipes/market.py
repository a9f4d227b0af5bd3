"""Bought and sold: on the market, in small amounts, to the issuer, in a tender (1 to 3, 24, 25, 27)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.option import Option
from form4_author.wizard.pasted_table import BUY, SELL
from form4_author.wizard.recipe import Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.shared.approval import approval, code_of_holder
from form4_author.wizard.recipes.shared.cell import TABLE_1, cells_of
from form4_author.wizard.recipes.shared.question import (
    chosen,
    holder,
    offered,
    price,
    put_since,
    quantity,
    says,
    traded_on,
)
from form4_author.wizard.recipes.shared.table_choice import in_either, security_of_either, terms_of_either
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.recipes.trade import trade_fills
from form4_author.wizard.screen import Proposal
from form4_author.wizard.wording import money_words, number_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.wizard.screen import View

__all__ = ["BOUGHT", "SMALL", "SOLD", "SOLD_TO_ISSUER", "TENDERED"]

# ---- 1, 2, 3: bought, sold, by fills


_ALSO: Final = {
    "P": "shares stock buy buys buying purchase purchased purchases purchasing acquired broker brokerage "
    "open market private placement block trade 10b5-1 trading plan program IPO directed shares public "
    "offering subscribed invested",
    "S": "shares stock sell sells selling sale sales dispose disposed disposition broker brokerage open "
    "market private secondary public offering underwritten underwriter block trade 10b5-1 trading "
    "plan program Rule 144 short liquidated liquidation diversified margin foreclosed exchange fund",
}
"""A different wording for a purchase and a sale, by code."""


def _trade(number: int, id: str, label: str, code: str, verb: str) -> Recipe:
    direction = {"P": "A", "S": "D"}[code]
    return Recipe(
        id=id,
        number=number,
        label=label,
        also=_ALSO[code],
        rule=f"One line of Table I, code {code}, due in two business days (Instruction 8; Rule 16a-3(g)(1)). "
        "Fills of one day within one dollar make one line at their weighted average (staff letter of June 25, 2008). "
        "An option or warrant has its line in Table II.",
        prompts=(
            traded_on("Trade date", "Column 2. The day of the trade, not of settlement."),
            *security_of_either(),
            *trade_fills(
                f"How many were {verb}?",
                "Column 4. Several fills at one price may be typed as a sum: 300+150.",
                {"P": BUY, "S": SELL}[code],
            ),
            *terms_of_either(),
            *holder(),
        ),
        rows=in_either(
            RowRecipe(
                table=TABLE_1,
                cells=cells_of(
                    Take("side_code", code), Take("side_direction", direction), price=Take("price")
                ),
                notes={"price": "price_note"},
                fills=True,
            )
        ),
    )


BOUGHT: Final = _trade(1, "bought", "Bought on the market or privately", "P", "bought")
SOLD: Final = _trade(2, "sold", "Sold on the market or privately", "S", "sold")

# ---- 24: small purchases

SMALL: Final = Recipe(
    id="small_purchase",
    number=24,
    label="Small purchases, up to $10,000 in six months",
    also="shares stock small buy bought acquired acquisition de minimis exempt ten thousand",
    rule="One line of Table I, code L, type 5: it may wait for Form 5, and prints V on a Form 4 (Rule 16a-6; "
    "Instruction 8). Not from the issuer or its plans, and $10,000 at most in six months with all others.",
    prompts=(
        traded_on("Date of purchase", "Column 2."),
        *security_of_either(),
        quantity("How many were bought?", "Column 4."),
        price(
            "Price per share, US dollars", "Column 4. Number times price is $10,000 at most (Rule 16a-6(a))."
        ),
        *terms_of_either(),
        *holder(),
    ),
    rows=in_either(
        RowRecipe(table=TABLE_1, cells=cells_of("L", "A", price=Take("price"), transaction_form_type="5"))
    ),
)

# ---- 25: tendered

TENDERED: Final = Recipe(
    id="tendered",
    number=25,
    label="Tendered in a change of control",
    also="shares stock tender tenders tendering offer exchange takeover take-over bid bidder acquirer "
    "acquired acquisition change-in-control third party",
    rule="One line of Table I, code U, due in two business days after acceptance (Instruction 8).",
    prompts=(
        traded_on("Date on which the offer accepted the shares", "Column 2. Not the day of tendering."),
        *security_of_either(),
        quantity("How many shares were accepted?", "Column 4."),
        price(
            "Offer price per share, US dollars",
            "Column 4. The value in dollars, also where paid in securities.",
        ),
        *terms_of_either(),
        *holder(),
        offered(
            "offer",
            "The offer, as a footnote",
            "Column 4, a footnote to the amount, in the Explanation of Responses. By custom: who bought, under which "
            "agreement, and what was paid.",
            "Disposed of in a tender offer made in a change of control of the issuer.",
        ),
    ),
    rows=in_either(
        RowRecipe(table=TABLE_1, cells=cells_of("U", "D", price=Take("price")), notes={"amount": "offer"})
    ),
)

# ---- 27: sold back to the issuer

_INITIATED: Final = (
    Option("negotiated", "A sale agreed with the issuer, or its tender offer"),
    Option("called", "The issuer redeemed or called the class"),
    Option("returned", "The person surrendered them, as in a clawback"),
)
_REDEEMED: Final = Option("J", "J: redeemed or returned, with a footnote")
_SOLD: Final = Option("S", "S: a sale, which is matched under Section 16(b)")
_TAKEN: Final = {"negotiated": "repurchased", "called": "redeemed", "returned": "surrendered to the issuer"}


def _codes(view: View) -> tuple[Option, ...]:
    """For a holder of ten percent: a negotiated sale is one; what the issuer redeems is described."""
    return (_SOLD, _REDEEMED) if says("initiated", "negotiated")(view) else (_REDEEMED, _SOLD)


def _taken_code(answers: Mapping[str, str]) -> str:
    return answers.get("code") or ("S" if answers.get("approved") == "no" else "D")


def _repurchase(view: View) -> Proposal | None:
    """What the description of code J says."""
    how, paid = answer_to(view, "initiated"), answer_to(view, "price")
    number = answer_to(view, "quantity")
    if not number or not paid or (how == "negotiated" and not says("code", "J")(view)):
        return None
    by = "" if how == "returned" else " by the issuer"
    at = "without payment" if paid == "0" else f"at {money_words(paid)} per share"
    return Proposal(f"{number_words(number)} shares were {_TAKEN[how]}{by} {at}.")


def _taken_rows(note: str, *, described: bool) -> tuple[RowRecipe, RowRecipe]:
    return in_either(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(Worked(_taken_code), "D", price=Take("price")),
            notes={note: "repurchase"},
            when=lambda answers: (_taken_code(answers) == "J") is described,
        )
    )


SOLD_TO_ISSUER: Final = Recipe(
    id="sold_to_issuer",
    number=27,
    label="Sold back to the issuer",
    also="shares stock sell sells selling sale buyback buy-back buys repurchase repurchases repurchased "
    "redemption redeem redeems redeemed called company surrender surrendered returned dispose disposed "
    "disposition withheld clawback clawed recouped recoupment recovery cash-settled settled "
    "settlement self-tender put right",
    rule="One line of Table I, due in two business days: code D, which claims Rule 16b-3(e) for a sale by a director "
    "or officer that was approved beforehand, else S. Of a 10% holder a negotiated sale is S, a redemption J, with a "
    "description (Instruction 8).",
    prompts=(
        replace(
            chosen(
                "initiated",
                "Who initiated it?",
                "Column 3, Instruction 8. A sale agreed with the issuer; a redemption or call of the class by the "
                "issuer; a surrender, for example under a clawback policy.",
                _INITIATED,
            ),
            when=put_since("initiated"),
        ),
        approval(),
        code_of_holder(_codes),
        traded_on("Date of the sale", "Column 2."),
        *security_of_either(),
        quantity("How many did the issuer take back?", "Column 4."),
        replace(
            price(
                "Price per share, US dollars",
                "Column 4. What the issuer paid for one share; 0 if there are none.",
            ),
            propose=lambda view: Proposal("0") if says("initiated", "returned")(view) else None,
        ),
        *terms_of_either(),
        *holder(),
        offered(
            "repurchase",
            "Footnote on the sale",
            "Column 4, a footnote to the amount, or to the code where it is J, which is described (Instruction 8); in "
            "the Explanation of Responses. By custom: the agreement or plan it was made under.",
            _repurchase,
        ),
    ),
    rows=(*_taken_rows("amount", described=False), *_taken_rows("transaction_code", described=True)),
)
