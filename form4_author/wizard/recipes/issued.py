"""Shares from the issuer: bought from it or in an offering (43), or by a warrant exercised without cash (44).

Sources: Instruction 8, codes P, A, X, S, J, M and F; Instruction 4(c)(iv) for units; Rules 16b-3(d) and 16b-6(b). That
a sale by underwriters is no acquisition from the issuer, and whether shares given up to the issuer are a sale, is
general knowledge here: both presentations are offered.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import net, net_shares, ratio
from form4_author.ledger.right import Right
from form4_author.text import amount_text
from form4_author.wizard.draft import row_value
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.option import EXERCISED_PUT
from form4_author.wizard.recipes.pay import under_plan
from form4_author.wizard.recipes.shared.approval import approval, code_of_holder, is_holder_only
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2, answered, cells_of, option_cells
from form4_author.wizard.recipes.shared.derivative_term import option_terms
from form4_author.wizard.recipes.shared.direction import all_but
from form4_author.wizard.recipes.shared.instead import or_elsewhere
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    offered,
    price,
    quantity,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import with_series
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import AnswerKind, Proposal
from form4_author.wizard.wording import money_words, number_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from form4_author.wizard.screen import View

__all__ = ["FROM_ISSUER", "NET_WARRANT"]

_WARRANT: Final = "Warrant (Right to Buy)"
_WARRANTS: Final = ("warrant", "option")


def _numbers(view: View, *names: str) -> tuple[Decimal, ...] | None:
    """The answers of these names as numbers; None where one is missing or 0."""
    found = tuple(row_value.number(answer_to(view, name)) for name in names)
    return tuple(each for each in found if each) if all(found) else None


# ---- 43: from the issuer, or in an offering

_SELLERS: Final = (
    Option("issuer", "The issuer itself, as in a private placement"),
    Option("underwriters", "Underwriters of a public offering"),
    Option("holder", "Another holder, or the market"),
)
_FROM_A_HOLDER: Final = (
    "A purchase from another holder has the same code, P, and no approval is asked. Choose that event: Bought on the "
    "market or privately."
)
_PURCHASE: Final = Option("P", "P: a purchase, which is matched under Section 16(b)")
_from_issuer: Final = says("seller", "issuer")
_of_units: Final = says("units", "yes")
_OFFERINGS: Final = {"issuer": "private placement", "underwriters": "underwritten public offering"}


def _bought_code(answers: Mapping[str, str]) -> str:
    """A, which claims Rule 16b-3(d), for an approved purchase from the issuer; else P."""
    if answers.get("seller") != "issuer":
        return "P"
    return answers.get("code") or ("P" if answers.get("approved") == "no" else "A")


def _purchase_words(view: View) -> Proposal | None:
    each, offering = answer_to(view, "price"), answer_to(view, "offering")
    if not each or not offering:
        return None
    separate = _numbers(view, "warrant_price") is not None
    of = "unit" if _of_units(view) and not separate else "share"
    paid = f"{money_words(each)} per {of}"
    if _of_units(view) and separate:
        paid += f" and {money_words(answer_to(view, 'warrant_price'))} per warrant"
    article = "an" if offering[0] in "aeiouAEIOU" else "a"
    if not _from_issuer(view):
        return Proposal(f"Purchased from the underwriters in {article} {offering} at {paid}.")
    under = answer_to(view, "under")
    return Proposal(f"Purchased from the issuer in {article} {offering} under {under} at {paid}.")


def _unit_words(view: View) -> Proposal | None:
    numbers = _numbers(view, "warrants", "quantity")
    if numbers is None:
        return None
    each = ratio(*numbers)
    if each is None:
        warrants, shares = (number_words(answer_to(view, name)) for name in ("warrants", "quantity"))
        return Proposal(
            f"The units consist of {shares} shares and {warrants} warrants (Instruction 4(c)(iv))."
        )
    count = "one warrant" if each == 1 else f"{amount_text(each)} {'warrant' if each < 1 else 'warrants'}"
    return Proposal(f"Each unit consists of one share and {count} (Instruction 4(c)(iv)).")


FROM_ISSUER: Final = Recipe(
    id="from_issuer",
    number=43,
    label="Bought from the issuer or in an offering",
    also="private placement PIPE registered direct directed shares subscription subscribed securities purchase "
    "agreement follow-on underwritten public offering IPO units with warrants purchase purchased buy underwriters "
    "company",
    rule="One line of Table I, and one of Table II where warrants came with the shares, due in two business days: code "
    "P. From the issuer, by a director or officer and approved in advance, code A, which claims Rule 16b-3(d) "
    "(Instruction 8; Instruction 4(c)(iv)).",
    prompts=(
        or_elsewhere(
            "seller",
            chosen(
                "seller",
                "Who sold the shares?",
                "Column 3, Instruction 8. The issuer directly: a PIPE, a registered direct offering. Underwriters: "
                "also of directed shares; by general knowledge that is not an acquisition from the issuer.",
                _SELLERS,
            ),
            {"holder": _FROM_A_HOLDER},
        ),
        approval(_from_issuer, "A"),
        code_of_holder(lambda _view: (_PURCHASE,), _from_issuer, "A"),
        traded_on(
            "Date on which the agreement became binding",
            "Column 2. Not the later closing, unless conditions outside the person's control remained, by general "
            "knowledge; filings use either.",
        ),
        security(),
        quantity("How many shares were bought?", "Column 4. Of units the shares in them."),
        price(
            "Price per share, US dollars",
            "Column 4. Without commission. Of units without separate prices the price of a unit.",
        ),
        chosen(
            "units",
            "Did warrants come with the shares?",
            "Table II, Instruction 4(c)(iv): the warrants of a unit have a line there.",
            (Option("no", "No"), Option("yes", "Yes: shares and warrants were one unit")),
        ),
        asked(
            "warrants",
            "How many warrants were received?",
            "Table II, columns 5 and 9: 2,500.",
            "amount",
            TABLE_2,
            entry=EntryKind.NUMBER,
            when=_of_units,
        ),
        asked(
            "covered",
            "How many shares do they cover?",
            "Table II, column 7: all shares that can be bought with them.",
            "underlying_amount",
            TABLE_2,
            entry=EntryKind.NUMBER,
            propose=lambda view: (
                Proposal(number, "one for each") if (number := answer_to(view, "warrants")) else None
            ),
            when=_of_units,
        ),
        asked(
            "warrant_price",
            "Price paid for one warrant, US dollars",
            "Table II, column 8. 0 where the price of a unit is not divided; the footnote says so.",
            "price",
            TABLE_2,
            entry=EntryKind.NUMBER,
            propose=lambda _view: Proposal("0"),
            when=_of_units,
        ),
        *option_terms(_WARRANT, kinds=_WARRANTS, new=True, when=_of_units),
        asked(
            "offering",
            "What kind of offering was it?",
            "Column 4, a footnote to the price, which names it: private placement, registered direct offering.",
            longest=300,
            propose=lambda view: Proposal(_OFFERINGS[answer_to(view, "seller") or "issuer"]),
        ),
        replace(under_plan("a securities purchase agreement"), when=_from_issuer),
        *holder(),
        replace(
            offered(
                "purchase_note",
                "Footnote on the purchase",
                "Column 4, a footnote to the price, in the Explanation of Responses. By custom: from whom, in which "
                "offering, and at what price.",
                _purchase_words,
            ),
            derived=True,
        ),
        replace(
            offered(
                "units_note",
                "Footnote on the units",
                "Table II, column 8, a footnote to the price, Instruction 4(c)(iv). What a unit consists of.",
                _unit_words,
                when=_of_units,
            ),
            derived=True,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(Worked(_bought_code), "A", price=Take("price")),
            notes={"price": "purchase_note"},
        ),
        RowRecipe(
            table=TABLE_2,
            cells=option_cells(
                Worked(_bought_code),
                "A",
                "warrants",
                price=Take("warrant_price"),
                underlying_amount=Take("covered"),
            ),
            notes={"price": "units_note"},
            when=answered("units", "yes"),
        ),
    ),
)

# ---- 44: warrant exercised without paying cash

_ISSUED: Final = (
    Option("no", "No, or it was bought"),
    Option("yes", "Yes: reported as an award, with code F"),
)
_GIVEN: Final = (
    Option("S", "S: as a sale, which is counted under Section 16(b)"),
    Option("J", "J: as another disposition, with a footnote"),
)
_OWNED: Final = all_but(Right.SELL, Right.MUST_SELL, Right.MUST_BUY, instead=EXERCISED_PUT)
_is_award: Final = says("award", "yes")


def _as_award(answers: Mapping[str, str]) -> bool:
    return answers.get("award") == "yes"


def _given_code(answers: Mapping[str, str]) -> str:
    return "F" if _as_award(answers) else answers.get("given_code") or "S"


def _fraction_code(answers: Mapping[str, str]) -> str:
    return "D" if _as_award(answers) else _given_code(answers)


def _given_up(answers: Mapping[str, str]) -> str:
    """The shares that were not delivered, nor paid in cash as a fraction."""
    whole, delivered, fraction = (
        row_value.number(answers.get(name)) for name in ("exercised", "delivered_shares", "fraction")
    )
    if whole is None or delivered is None:
        return ""
    gone = [("D", fraction)] if fraction else []
    return amount_text(net([("A", whole), ("D", delivered), *gone]))


def _delivered(view: View) -> Proposal | None:
    """The whole shares whose value is what the warrants are worth."""
    terms = {name: answer_to(view, name) for name in ("series", "strike")}
    strike = row_value.number(with_series(view, terms).get("strike"))
    numbers = _numbers(view, "exercised", "price")
    if numbers is None or strike is None:
        return None
    shares, value = numbers
    return Proposal(
        amount_text(net_shares(shares, value, strike)), "worked out from the value and the exercise price"
    )


def _delivered_fault(view: View, typed: str) -> str | None:
    whole, delivered = row_value.number(answer_to(view, "exercised")), row_value.number(typed)
    if whole is None or delivered is None or delivered < whole:
        return None
    return (
        "As many as were exercised, or more: without shares given up it is an exercise for cash. Go back and choose "
        "Exercised a warrant, or an option not from the issuer's plan"
    )


def _net_words(view: View) -> Proposal | None:
    each, delivered = answer_to(view, "price"), answer_to(view, "delivered_shares")
    names = ("exercised", "delivered_shares", "fraction")
    given = _given_up({name: answer_to(view, name) for name in names})
    if not each or not given:
        return None
    return Proposal(
        f"Exercised on a net basis: {number_words(given)} shares with a value of {money_words(each)} each were given "
        f"up to pay the exercise price; {number_words(delivered)} shares were delivered."
    )


def _given_row(note: str, *, described: bool) -> RowRecipe:
    return RowRecipe(
        table=TABLE_1,
        cells=cells_of(Worked(_given_code), "D", amount=Worked(_given_up), price=Take("price")),
        notes={note: "net_note"},
        when=lambda answers: (_given_code(answers) == "J") is described,
    )


def _exercise_letter(answers: Mapping[str, str]) -> str:
    return "M" if _as_award(answers) else "X"


NET_WARRANT: Final = Recipe(
    id="net_warrant",
    number=44,
    label="Warrant exercised without paying cash",
    also="cashless net exercise net-exercised net settlement net-settled warrants exercised surrender surrendered "
    "withheld automatic SPAC pre-funded given up",
    rule="Three lines, due in two business days, gross and never netted: the warrants leave in Table II and all shares "
    "arrive in Table I, code X; the shares given up leave again, code S or J. Of a warrant issued under Rule 16b-3: M "
    "and F (Instruction 8; Rules 16b-3, 16b-6(b)). Whether shares given up to the issuer are a sale is not settled.",
    prompts=(
        traded_on("Date of exercise", "Column 2 (Table II: 3). Also of an automatic exercise."),
        asked(
            "award",
            "Was the warrant issued with board approval under Rule 16b-3?",
            "Column 3, Instruction 8. Code F is printed for securities issued under Rule 16b-3, such as pay of a "
            "director or officer; a warrant bought as an investment is not one of them.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _ISSUED,
            propose=lambda _view: Proposal("no"),
            when=lambda view: not is_holder_only(view),
        ),
        asked(
            "given_code",
            "Under which code are the shares given up reported?",
            "Column 3, Instruction 8. Neither is prescribed. S counts as a sale at the value used; J is described in a "
            "footnote. Whether shares given up to the issuer are a sale is not settled: ask counsel.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _GIVEN,
            propose=lambda _view: Proposal("S"),
            when=lambda view: not _is_award(view),
        ),
        security(),
        asked(
            "exercised",
            "How many warrants were exercised, in shares?",
            "Table II, columns 5 and 7: all of them, with those whose shares were given up.",
            "amount",
            TABLE_2,
            entry=EntryKind.NUMBER,
        ),
        *option_terms(_WARRANT, kinds=_WARRANTS, of=_OWNED),
        price(
            "Value per share used, US dollars",
            "Column 4. As the warrant says: usually an average, or the closing price.",
        ),
        asked(
            "delivered_shares",
            "How many shares were delivered?",
            "Column 4. The shares that the person received: 425. The program works out those given up.",
            "amount",
            entry=EntryKind.NUMBER,
            propose=_delivered,
            fault=_delivered_fault,
        ),
        asked(
            "fraction",
            "What fraction of a share was paid in cash?",
            "Column 4. It has a line at the same value: 0.6; 0 if there are none.",
            "amount",
            entry=EntryKind.NUMBER,
            propose=lambda _view: Proposal("0"),
        ),
        *holder(),
        replace(
            offered(
                "net_note",
                "Footnote on the net exercise",
                "Column 4, a footnote to the amount, or to the code where it is J, which is described (Instruction 8); "
                "in the Explanation of Responses.",
                _net_words,
            ),
            derived=True,
        ),
        offered(
            "award_note",
            "Footnote on how the warrant was issued",
            "Table II, column 4, a footnote to the code, in the Explanation of Responses. It says why a warrant has "
            "code M, which claims Rule 16b-3.",
            "The warrant was issued to the reporting person with advance approval of the board (Rule 16b-3).",
            when=_is_award,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(Worked(_exercise_letter), "A", amount=Take("exercised"), price=Take("strike")),
        ),
        _given_row("amount", described=False),
        _given_row("transaction_code", described=True),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(Worked(_fraction_code), "D", amount=Take("fraction"), price=Take("price")),
            notes={"transaction_code": "net_note"},
            when=lambda answers: bool(row_value.number(answers.get("fraction"))),
        ),
        RowRecipe(
            table=TABLE_2,
            cells=option_cells(Worked(_exercise_letter), "D", "exercised"),
            notes={"transaction_code": "award_note"},
        ),
    ),
)
