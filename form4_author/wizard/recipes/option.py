"""Options and warrants granted and exercised (events 10 to 14).

Which way the shares go on exercise follows from the title of the option: see ``shared.direction``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.ledger.right import Right
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.pasted_table import SELL
from form4_author.wizard.recipe import Recipe, RowRecipe, Take
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2, answered, cells_of, option_cells
from form4_author.wizard.recipes.shared.derivative_term import option_terms
from form4_author.wizard.recipes.shared.direction import (
    all_but,
    exercise_code,
    shares_exercised,
    way,
    way_prompt,
    ways,
)
from form4_author.wizard.recipes.shared.question import (
    asked,
    holder,
    offered,
    price,
    quantity,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import OPTIONS
from form4_author.wizard.recipes.trade import trade_fills
from form4_author.wizard.screen import AnswerKind, Prompt, Proposal, View, always

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "EXERCISED_PUT",
    "GRANTED_OPTION",
    "OPTION_KEPT",
    "OPTION_NET",
    "OPTION_SOLD",
    "WARRANT",
    "money",
]

_EXERCISED_ON: Final = traded_on(
    "Date of exercise", "Column 2. The day the option was exercised, not the day the shares came."
)

# ---- 10: option granted

GRANTED_OPTION: Final = Recipe(
    id="granted_option",
    number=10,
    label="Granted a stock option or SAR",
    also="award awarded awards grant grants granting annual options ISO NQSO NSO incentive nonqualified "
    "nonstatutory SSAR appreciation rights director performance new hire inducement sign-on long-term "
    "compensation equity",
    rule="One line of Table II, code A at 0, with exercise price, dates and underlying shares, due in two business "
    "days (Instructions 4(c) and 8; Rule 16b-3(d)).",
    insiders=True,
    insiders_by="code A, Rule 16b-3(d)",
    prompts=(
        traded_on("Date of grant", "Column 3. The day the board or committee granted it."),
        security("Column 7. The class that exercise gives: Common Stock.", any_title=True),
        quantity("How many shares does the option cover?", "Columns 5 and 7."),
        *option_terms(new=True),
    ),
    rows=(RowRecipe(table=TABLE_2, cells=option_cells("A", "A", ownership_form="D")),),
)

# ---- 11, 12, 13: option exercised

_RULE: Final = (
    "Two lines, code M: the option leaves in Table II (D, column 8 stated as 0), the shares arrive in Table I (A) at "
    "the exercise price"
)
EXERCISED_PUT: Final = "Exercised a put, or was assigned on a written call or put"
"""The label of the event for what the shares go out by."""
_RECEIVED: Final = all_but(Right.SELL, Right.MUST_SELL, instead=EXERCISED_PUT)
_RIGHTS_OWNED: Final = all_but(Right.SELL, Right.MUST_SELL, Right.MUST_BUY, instead=EXERCISED_PUT)

OPTION_KEPT: Final = Recipe(
    id="option_kept",
    number=11,
    label="Exercised an option and kept the shares",
    also="stock exercise exercises exercising options hold held keep retained buy-and-hold purchased cash "
    "paid early ISO NQSO SAR stock appreciation right strike",
    rule=f"{_RULE} (Instructions 4(c)(i), 8; Rule 16b-3). A put or an obligation has code X, and its shares are "
    "acquired or disposed of as its title says (Rule 16b-6(b)).",
    insiders=True,
    insiders_by="code M, Rule 16b-3",
    prompts=(
        _EXERCISED_ON,
        security(),
        quantity(shares_exercised(OPTIONS), "Column 4, and column 5 of Table II."),
        *option_terms(),
        way_prompt(),
        *holder(),
    ),
    rows=(
        RowRecipe(table=TABLE_1, cells=cells_of(exercise_code("M"), way, price=Take("strike"))),
        RowRecipe(table=TABLE_2, cells=option_cells(exercise_code("M"), "D")),
    ),
)

_EXERCISED: Final = asked(
    "exercised",
    "How many shares were bought by the exercise?",
    "Column 4, and column 5 of Table II: all of them, with those sold or withheld.",
    "amount",
    entry=EntryKind.NUMBER,
)
_BOUGHT_ROW: Final = RowRecipe(
    table=TABLE_1,
    cells=cells_of(
        exercise_code("M"), way, amount=Take("exercised"), price=Take("strike"), ownership_form="D"
    ),
)
_OPTION_ROW: Final = RowRecipe(
    table=TABLE_2, cells=option_cells(exercise_code("M"), "D", "exercised", ownership_form="D")
)

OPTION_SOLD: Final = Recipe(
    id="option_sold",
    number=12,
    label="Exercised an option and sold shares the same day",
    also="stock exercise exercises exercising options sale sell sells selling cashless broker-assisted "
    "same-day flip sell-to-cover 10b5-1 trading plan ISO NQSO SAR broker market",
    rule=f"{_RULE}; then the sale in Table I, code S (D), its fills grouped (Instructions 4(c)(i), 8; Rule "
    "16a-3(g)(1)).",
    insiders=True,
    insiders_by="code M, Rule 16b-3",
    prompts=(
        _EXERCISED_ON,
        security(),
        _EXERCISED,
        *option_terms(of=_RECEIVED),
        way_prompt(),
        *trade_fills("How many shares were sold?", "Column 4.", SELL, only=True),
    ),
    rows=(
        _BOUGHT_ROW,
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("S", "D", price=Take("price"), ownership_form="D"),
            notes={"price": "price_note"},
            fills=True,
        ),
        _OPTION_ROW,
    ),
)

OPTION_NET: Final = Recipe(
    id="option_net",
    number=13,
    label="Exercised an option by net settlement",
    also="exercise exercises exercising options net-exercise net-settled settle settled settles withheld "
    "withhold withholding swap cashless stock-for-stock attestation delivered surrendered surrender "
    "taxes pyramid ISO NQSO SAR stock appreciation right",
    rule=f"{_RULE}; then the shares withheld for price and tax in Table I, code F (D): gross, never netted "
    "(Instructions 4(c)(i), 8; Rule 16b-3(e)).",
    insiders=True,
    insiders_by="code M, Rule 16b-3",
    prompts=(
        _EXERCISED_ON,
        security(),
        _EXERCISED,
        *option_terms(of=_RIGHTS_OWNED),
        way_prompt(),
        quantity(
            "How many shares were withheld, for price and tax together?", "Column 4. 300+150 adds the two."
        ),
        price("Value per share used for the withholding, US dollars", "Column 4. Usually the closing price."),
        offered(
            "withheld_note",
            "Footnote to the shares withheld",
            "Column 4, a footnote to the amount, in the Explanation of Responses. By custom it says what they "
            "paid for.",
            "The reported shares were withheld by the issuer to pay the exercise price and tax of the option.",
        ),
    ),
    rows=(
        _BOUGHT_ROW,
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("F", "D", price=Take("price"), ownership_form="D"),
            notes={"amount": "withheld_note"},
        ),
        _OPTION_ROW,
    ),
)

# ---- 14: warrant, or an option outside Rule 16b-3

_WARRANTS: Final = ("warrant", "option")
_CALLS: Final = (Right.BUY, Right.MUST_SELL)
_PUTS: Final = (Right.SELL, Right.MUST_BUY)
_MONEY: Final[Mapping[tuple[Right, ...], tuple[str, str, str]]] = {
    _CALLS: (
        "Were the shares worth the exercise price?",
        "The shares were worth the exercise price or more (X)",
        "They were worth less: out of the money (O)",
    ),
    _PUTS: (
        "Were the shares worth the exercise price or less?",
        "The shares were worth the exercise price or less (X)",
        "They were worth more: out of the money (O)",
    ),
    (): ("Was it in the money?", "In the money, or at it (X)", "Out of the money (O)"),
}
"""The question and its answers for calls, for puts, and while it is not known which."""


def _money(view: View) -> tuple[str, str, str]:
    found = ways(view, _WARRANTS)
    return _MONEY[next((kinds for kinds in (_CALLS, _PUTS) if found <= set(kinds)), ())]


def money(applies: Callable[[View], bool] = always) -> tuple[Prompt, Prompt]:
    """Whether what was exercised was in the money, and where it was not, the market price."""
    return (
        asked(
            "money",
            lambda view: _money(view)[0],
            "Column 3, Instruction 8: code X in or at the money, O out of it. Compare the market price of the day.",
            kind=AnswerKind.CHOICE,
            options=lambda view: (Option("X", _money(view)[1]), Option("O", _money(view)[2])),
            propose=lambda _view: Proposal("X"),
            when=applies,
        ),
        asked(
            "market",
            "Market price that day, as a footnote",
            "Column 3, a footnote to the code, in the Explanation of Responses. By custom for code O: The "
            "closing price on the date of exercise was $11.20.",
            required=False,
            longest=1000,
            when=lambda view: applies(view) and says("money", "O")(view),
        ),
    )


_IN_THE_MONEY, _MARKET = money()


def _warrant_rows(code: str) -> tuple[RowRecipe, ...]:
    when = answered("money", code)
    notes = {"transaction_code": "market"} if code == "O" else {}
    return (
        RowRecipe(table=TABLE_1, cells=cells_of(code, way, price=Take("strike")), notes=notes, when=when),
        RowRecipe(table=TABLE_2, cells=option_cells(code, "D"), when=when),
    )


WARRANT: Final = Recipe(
    id="warrant",
    number=14,
    label="Exercised a warrant, or an option not from the issuer's plan",
    also="warrants exercise exercises exercising options pre-funded cashless penny rights offering "
    "subscription private third party in out of the money call",
    rule="Two lines, code X: the warrant leaves in Table II (D), the shares arrive in Table I (A) at the exercise "
    "price, or leave it (D) where the title is of a right or an obligation to sell. Code O in place of X when out of "
    "the money, which is not exempt (Instruction 8; Rule 16b-6(b)).",
    prompts=(
        traded_on("Date of exercise", "Column 2."),
        security(),
        quantity(shares_exercised(_WARRANTS), "Column 4, and column 5 of Table II."),
        _IN_THE_MONEY,
        *option_terms("Warrant (Right to Buy)", kinds=_WARRANTS),
        way_prompt(),
        *holder(),
        _MARKET,
    ),
    rows=(*_warrant_rows("X"), *_warrant_rows("O")),
)
