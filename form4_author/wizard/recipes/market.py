"""Bought and sold: on the market, in small amounts, to the issuer, in a tender (1 to 3, 24, 25, 27)."""

from __future__ import annotations

from typing import Final

from form4_author.wizard.pasted_table import BUY, SELL
from form4_author.wizard.recipe import Recipe, RowRecipe, Take
from form4_author.wizard.recipes.shared.cell import TABLE_1, cells_of
from form4_author.wizard.recipes.shared.question import holder, offered, price, quantity, traded_on
from form4_author.wizard.recipes.shared.table_choice import in_either, security_of_either, terms_of_either
from form4_author.wizard.recipes.trade import trade_fills

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
"""Other words for a purchase and a sale, by code."""


def _trade(number: int, id: str, label: str, code: str, verb: str) -> Recipe:
    direction = {"P": "A", "S": "D"}[code]
    return Recipe(
        id=id,
        number=number,
        label=label,
        also=_ALSO[code],
        rule=f"One line of Table I, code {code}, due in two business days (Instruction 8; Rule 16a-3(g)(1)). "
        "Fills of one day within one dollar make one line at their weighted average (staff letter, 25 June 2008). An "
        "option or warrant has its line in Table II.",
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

SOLD_TO_ISSUER: Final = Recipe(
    id="sold_to_issuer",
    number=27,
    label="Sold back to the issuer",
    also="shares stock sell sells selling sale buyback buy-back buys repurchase repurchases repurchased "
    "redemption redeem redeems redeemed company surrender surrendered returned dispose disposed "
    "disposition withheld clawback clawed recouped recoupment recovery cash-settled settled "
    "settlement self-tender",
    rule="One line of Table I, code D, due in two business days; exempt when approved beforehand (Instruction 8; "
    "Rule 16b-3(e)).",
    insiders=True,
    insiders_by="code D, Rule 16b-3(e)",
    prompts=(
        traded_on("Date of the sale", "Column 2."),
        *security_of_either(),
        quantity("How many did the issuer take back?", "Column 4."),
        price("Price per share, US dollars", "Column 4. What the issuer paid for one share."),
        *terms_of_either(),
        *holder(),
        offered(
            "repurchase",
            "Footnote on the sale",
            "Column 4, a footnote to the amount, in the Explanation of Responses. By custom: the agreement or plan it "
            "was made under.",
        ),
    ),
    rows=in_either(
        RowRecipe(
            table=TABLE_1, cells=cells_of("D", "D", price=Take("price")), notes={"amount": "repurchase"}
        )
    ),
)
