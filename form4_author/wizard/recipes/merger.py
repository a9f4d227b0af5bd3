"""A merger: every line of the class is disposed of, with the options, units and convertibles over it (event 26).

Which lines there are is known from the last filing: each is asked about. Of a class that no earlier form has, the
shares and one option or kind of units are asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import spread, underlying
from form4_author.text import amount, amount_text, trimmed
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.class_change import MOST
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS, EventRow, Recipe, RowRecipe, Take, Worked, fits
from form4_author.wizard.recipes.shared.approval import is_holder_only
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2, answered, cells_of, option_cells
from form4_author.wizard.recipes.shared.class_line import cells_of_line, lines_before, on_day, terms_of
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    last,
    price,
    quantity,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import OPTIONS, UNITS, titles
from form4_author.wizard.recipes.shared.table_choice import derivative_terms
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import AnswerKind, Prompt, Proposal, View
from form4_author.wizard.wording import money_words, number_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from form4_author.model.interview import CarriedLine

__all__ = ["MERGED", "disposed"]

_WHAT: Final = (
    Option("both", "Shares, and an option or units"),
    Option("shares", "Shares only"),
    Option("options", "An option or units only"),
)


def _has_no_line(view: View) -> bool:
    """Whether no line of the class is known, so that what went is asked."""
    return not lines_before(view)


def _went(*values: str) -> Callable[[View], bool]:
    return lambda view: _has_no_line(view) and says("what", *values)(view)


_shares: Final = _went("both", "shares")
_options: Final = _went("both", "options")


def _holder_2() -> tuple[Prompt, ...]:
    """How the option or units are held, which need not be as the shares are."""
    form, nature = holder("How are the option or units held?", when=_options)
    return (
        replace(form, id="events[{i}].derivative_ownership", path=f"{ANSWERS}derivative_ownership"),
        replace(
            nature,
            id="events[{i}].derivative_nature",
            path=f"{ANSWERS}derivative_nature",
            when=lambda view: _options(view) and says("derivative_ownership", "I")(view),
        ),
    )


# ---- who may use code D

_CODES: Final = (
    Option("J", "J: converted or canceled in the merger, with a footnote"),
    Option("U", "U: tendered in the change of control"),
)


_CODE: Final = Worked(lambda answers: answers.get("code") or "D")

# ---- each line

_FATES: Final = (
    Option("value", "Converted or canceled for value"),
    Option("nothing", "Canceled for nothing"),
    Option("assumed", "Assumed by the buyer, or converted into its award"),
    Option("stays", "Not affected"),
)


def _line_of(view: View, number: int) -> tuple[CarriedLine, Decimal] | None:
    numbered_line = next((each for each in lines_before(view) if each[0] == number), None)
    return numbered_line and numbered_line[1:]


def _worth(view: View, line: CarriedLine) -> Decimal | None:
    """What the merger pays for one: of an option the spread, of a share or unit the price."""
    paid = row_value.number(answer_to(view, "price"))
    strike = row_value.number(line.text("exercise_price"))
    return paid if paid is None or strike is None else spread(paid, strike)


def _fate(view: View, number: int) -> Proposal | None:
    line_and_total = _line_of(view, number)
    if line_and_total is None:
        return None
    line, _total = line_and_total
    under_water = line.table == TABLE_2 and _worth(view, line) == 0
    return Proposal("nothing" if under_water else "value")


def _named(view: View, number: int) -> str:
    line_and_total = _line_of(view, number)
    if line_and_total is None:
        return "What became of it?"
    line, total = line_and_total
    strike = line.text("exercise_price")
    at = f" at {money_words(strike)}" if strike else ""
    return f"{number_words(amount_text(total))} {row_value.line_words(line.cells)}{at}: what became of it?"


def _paid(view: View, number: int) -> Proposal | None:
    line_and_total = _line_of(view, number)
    worth = _worth(view, line_and_total[0]) if line_and_total else None
    if line_and_total is None or worth is None:
        return None
    strike = line_and_total[0].text("exercise_price")
    basis = f"{answer_to(view, 'price')} less {strike}" if strike else "the price per share"
    return Proposal(trimmed(worth), basis)


def _line_prompts(number: int) -> tuple[Prompt, Prompt]:
    return (
        asked(
            f"fate_{number}",
            lambda view: _named(view, number),
            "Column 4 (Table II: 5), Instruction 8. Each line of the class ends in the merger, unless it is not "
            "affected. An option, unit or convertible canceled for nothing has no row.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _FATES,
            propose=lambda view: _fate(view, number),
            when=lambda view: _line_of(view, number) is not None,
        ),
        asked(
            f"paid_{number}",
            "Value paid for each, US dollars",
            "Column 4 (Table II: 8), Instruction 5(b): of an option the merger price less the exercise price.",
            "price",
            entry=EntryKind.NUMBER,
            propose=lambda view: _paid(view, number),
            derived=True,
            when=lambda view: (
                _line_of(view, number) is not None and answer_to(view, f"fate_{number}") == "value"
            ),
        ),
    )


def _has_fate(fate: str, note: str) -> Callable[[View], bool]:
    """Whether that became of a line which has this footnote."""
    return lambda view: any(
        answer_to(view, f"fate_{number}") == fate and note in ("", _note_on(line))
        for number, line, _ in lines_before(view)
    )


def _consideration(view: View) -> Proposal | None:
    if _has_no_line(view):
        return Proposal(
            "Disposed of in a merger of the issuer; the price is the value of the consideration per share."
        )
    return Proposal(
        f"At the effective time of the merger{on_day(view, 'date')}, each share was converted into the right to "
        f"receive {answer_to(view, 'for_each')}."
    )


def _for_options(view: View) -> Proposal:
    return Proposal(
        f"Canceled in the merger for cash equal to {money_words(answer_to(view, 'price'))} less the exercise price."
    )


# ---- rows


def disposed(line: CarriedLine, total: Decimal, **cells: str) -> EventRow:
    """The row by which all of a line goes; ``cells``: date, code and price. It has the terms that the line has."""
    found = {
        "security_title": line.text("security_title"),
        "transaction_form_type": "4",
        "equity_swap": "no",
        "amount": amount_text(total),
        "acquired_disposed": "D",
        "ownership_form": line.text("ownership_form") or "D",
        "nature_of_ownership": line.text("nature_of_ownership"),
        **cells,
    }
    notes: dict[str, tuple[str, ...]] = {}
    for column, text in (terms_of(line) if line.table == TABLE_2 else {}).items():
        if fits(TABLE_2, column, text):
            found[column] = text
        else:
            notes[column] = (text,)
    if line.table == TABLE_2:
        each = row_value.number(line.text("each")) or amount("1")
        found["underlying_amount"] = amount_text(underlying(each, total) + 0)
    return EventRow(
        line.table, {c: text for c, text in found.items() if text}, notes, was=cells_of_line(line)
    )


def _rows(view: View) -> tuple[EventRow, ...]:
    found = []
    for number, line, total in lines_before(view):
        fate = answer_to(view, f"fate_{number}") or _fates_beyond(number)
        if fate == "stays" or (fate == "nothing" and line.table == TABLE_2):
            continue
        worth = _paid(view, number)
        paid = answer_to(view, f"paid_{number}") or (worth.text if worth else "0")
        note = "assumption" if fate == "assumed" else _note_on(line)
        disposal = disposed(
            line,
            total,
            transaction_date=answer_to(view, "date"),
            transaction_code=answer_to(view, "code") or "D",
            price=paid if fate == "value" else "0",
        )
        words = answer_to(view, note) or answer_to(view, "consideration")
        found.append(replace(disposal, notes={**disposal.notes, "transaction_code": (words,)}))
    return tuple(sorted(found, key=lambda row: row.table == TABLE_2))


def _fates_beyond(number: int) -> str:
    """A line that the card has no question for ends for value, as the others."""
    return "value" if number > MOST else "stays"


def _note_on(line: CarriedLine) -> str:
    return "for_options" if line.table == TABLE_2 and line.text("exercise_price") else "consideration"


MERGED: Final = Recipe(
    id="merged",
    number=26,
    label="Cashed out or converted in a merger",
    also="merged shares stock merge merger mergers acquisition acquired acquirer closing tender buyout "
    "buy-out LBO take-private going private exchange ratio squeeze-out short-form class ended "
    "cash-out cash consideration business combination SPAC de-spac rollover options units awards "
    "cancelled canceled cancellation assumed change-in-control change of control takeover",
    rule="Code D (D), of a 10% holder J: a line of Table I for the shares of each holder and one of Table II for each "
    "option or kind of units, with a footnote on the consideration, due in two business days after closing "
    "(Instructions 5(b), 8; Rule 16b-3(e)).",
    prompts=(
        traded_on("Date of closing", "Column 2 (Table II: 3)."),
        security(),
        replace(
            chosen(
                "what",
                "What went in the merger?",
                "Column 1, Instruction 8, code D. Choose this event again for each further option.",
                _WHAT,
            ),
            when=_has_no_line,
        ),
        asked(
            "code",
            "Under which code?",
            "Column 3, Instruction 8. Code D claims Rule 16b-3(e), which covers directors and officers only. A merger "
            "is not exempt by itself: Rule 16b-7 has conditions.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _CODES,
            propose=lambda _view: Proposal("J"),
            when=is_holder_only,
        ),
        quantity("How many shares went?", "Column 4.", when=_shares),
        price(
            "Value per share, US dollars",
            "Column 4, Instruction 5(b): cash, or the value of other consideration.",
            when=lambda view: _shares(view) or not _has_no_line(view),
        ),
        *holder("How are the shares held?", when=_shares),
        asked(
            "option",
            "Title of the option or units",
            "Table II, column 1, Instruction 4(c)(ii), as earlier forms spell it: Stock Option (Right to Buy), "
            "Restricted Stock Units.",
            "security_title",
            TABLE_2,
            propose=last(TABLE_2, "security_title", "Stock Option (Right to Buy)"),
            suggests=lambda view: (
                *titles((*OPTIONS, *UNITS))(view),
                "Restricted Stock Units",
            ),
            when=_options,
        ),
        asked(
            "optioned",
            "How many shares did they cover?",
            "Table II, columns 5 and 7.",
            "amount",
            TABLE_2,
            entry=EntryKind.NUMBER,
            when=_options,
        ),
        asked(
            "spread",
            "Value paid for them per share, US dollars",
            "Table II, column 8, Instruction 5(b): of an option the merger price less the exercise price, of units the "
            "merger price.",
            "price",
            TABLE_2,
            entry=EntryKind.NUMBER,
            when=_options,
        ),
        asked(
            "for_each",
            "What did holders receive for each share?",
            "Instruction 5(b). Goes into the footnote: $40.00 in cash; 0.82 share of the buyer; both.",
            longest=300,
            propose=lambda view: Proposal(f"{money_words(answer_to(view, 'price'))} in cash"),
            derived=True,
            when=lambda view: not _has_no_line(view),
        ),
        *(prompt for number in range(1, MOST + 1) for prompt in _line_prompts(number)),
        replace(
            required_note(
                "consideration",
                "Footnote on the consideration",
                "Instruction 5(b): what was paid, in what, and under which agreement.",
            ),
            propose=_consideration,
        ),
        replace(
            required_note(
                "for_options",
                "Footnote to the options",
                "Table II, column 4, a footnote to the code: what was paid for an option.",
            ),
            propose=_for_options,
            when=_has_fate("value", "for_options"),
        ),
        replace(
            required_note(
                "assumption",
                "Footnote on what replaced it",
                "Column 3, a footnote to the code. By custom: Assumed by the buyer and converted into an award on its "
                "stock, on the same terms. The buyer's award goes on a form about the buyer.",
                "Assumed by the buyer in the merger and converted into an award on its stock, on the same terms.",
            ),
            when=_has_fate("assumed", ""),
        ),
        *derivative_terms("option", _options),
        *_holder_2(),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(_CODE, "D", price=Take("price")),
            notes={"transaction_code": "consideration"},
            when=answered("what", "both", "shares"),
        ),
        RowRecipe(
            table=TABLE_2,
            cells=option_cells(
                _CODE,
                "D",
                "optioned",
                exercise_price=Worked(lambda answers: answers.get("strike") or answers.get("unit_note", "")),
                price=Take("spread"),
                ownership_form=Take("derivative_ownership", "D"),
                nature_of_ownership=Take("derivative_nature"),
            ),
            notes={"transaction_code": "consideration"},
            when=answered("what", "both", "options"),
        ),
    ),
    lines=_rows,
)
