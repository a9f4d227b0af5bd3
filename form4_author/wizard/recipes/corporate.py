"""The issuer's own events: merger, split, and the end of being an insider (26, 35, 36)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import split_change
from form4_author.values import amount, amount_text
from form4_author.wizard import balance
from form4_author.wizard.answer import put
from form4_author.wizard.entry import Entry
from form4_author.wizard.recipe import ANSWERS, Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.cell import TABLE_1, TABLE_2, adjustment, answered, cells_of, option_cells
from form4_author.wizard.recipes.either import derivative_terms
from form4_author.wizard.recipes.question import (
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
from form4_author.wizard.recipes.series import OPTIONS, UNITS, titles
from form4_author.wizard.recipes.words import said
from form4_author.wizard.restated import restated_lines, splits_terms
from form4_author.wizard.screen import Answer, Option, Prompt, Proposal, Step, View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from form4_author.ledger.balance import Carried
    from form4_author.wizard.answer import Data

__all__ = ["LEFT", "MERGED", "SPLIT"]

# ---- 26: merger

_WHAT: Final = (
    Option("both", "Shares, and an option or units"),
    Option("shares", "Shares only"),
    Option("options", "An option or units only"),
)
_shares: Final = says("what", "both", "shares")
_options: Final = says("what", "both", "options")


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


MERGED: Final = Recipe(
    id="merged",
    number=26,
    label="Cashed out or converted in a merger",
    also="acquisition acquired closing tender",
    rule="Code D (D): a line of Table I for the shares and one of Table II for each option or kind of units, with a "
    "footnote on the consideration, due in two business days after closing (Instructions 5(b), 8; Rule 16b-3(e)).",
    insiders=True,
    prompts=(
        chosen(
            "what",
            "What went in the merger?",
            "Column 1, Instruction 8, code D. Choose this event again for each further option.",
            _WHAT,
        ),
        traded_on("Date of closing", "Column 2 (Table II: 3)."),
        security(),
        quantity("How many shares went?", "Column 4.", when=_shares),
        price(
            "Value per share, US dollars",
            "Column 4, Instruction 5(b): cash, or the value of other consideration.",
            when=_shares,
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
            entry=Entry.NUMBER,
            when=_options,
        ),
        asked(
            "spread",
            "Value paid for them per share, US dollars",
            "Table II, column 8, Instruction 5(b): of an option the merger price less the exercise price, of units the "
            "merger price.",
            "price",
            TABLE_2,
            entry=Entry.NUMBER,
            when=_options,
        ),
        required_note(
            "consideration",
            "Footnote on the consideration",
            "Instruction 5(b): what was paid, in what, and under which agreement.",
            "Disposed of in a merger of the issuer; the price is the value of the consideration per share.",
        ),
        *derivative_terms("option", _options),
        *_holder_2(),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("D", "D", price=Take("price")),
            notes={"transaction_code": "consideration"},
            when=answered("what", "both", "shares"),
        ),
        RowRecipe(
            table=TABLE_2,
            cells=option_cells(
                "D",
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
)

# ---- 36: split or stock dividend


def _change(answers: Mapping[str, str]) -> Decimal:
    """What the split adds to the line; a reverse split: negative."""
    held, new, old = (balance.number(answers.get(name)) for name in ("held", "new", "old"))
    return split_change(held, new, old) if held is not None and new is not None and old else amount("0")


def _moved(answers: Mapping[str, str]) -> str:
    return amount_text(abs(_change(answers)))


def _way(answers: Mapping[str, str]) -> str:
    return "A" if _change(answers) >= 0 else "D"


def _split_words(view: View) -> Proposal | None:
    lines = restated_lines(view.data)
    more = any(splits_terms(line, said(view, "security")) for line in lines)
    terms = ", which also changed the terms of derivative securities in proportion" if more else ""
    return Proposal(
        f"Restated for a {said(view, 'new')}-for-{said(view, 'old')} stock split{terms}. Exempt under Rule 16a-9."
    )


def _line(view: View) -> dict[str, str]:
    names = {"security_title": "security", "ownership_form": "ownership", "nature_of_ownership": "nature"}
    return {column: said(view, name) for column, name in names.items()}


def _held_before(view: View) -> Proposal | None:
    """What the line held when it was reported last."""
    known = _last(view.data, _line(view))
    return Proposal(amount_text(known.total), "as last reported") if known else None


def _last(data: Data, line: dict[str, str]) -> Carried | None:
    key = balance.line_key(TABLE_1, line)
    return next((each for each in balance.account(data).carried if each.key == key), None)


def _set_held(view: View, answer: Answer) -> Step:
    """What a line that no earlier form tells of held is what its new total is counted from: it is asked once."""
    data = view.with_text(f"{ANSWERS}held", str(answer)).data
    line = _line(view)
    if _last(data, line) is not None:
        return Step(data=data)
    return Step(data=put(data, balance.told_path(TABLE_1, line), str(answer)))


SPLIT: Final = Recipe(
    id="split",
    number=36,
    label="Stock split or stock dividend (no line; totals restated)",
    rule="No line (Rule 16a-9): totals are restated, with a footnote, and options and units last reported go on with "
    "their new terms in what is told next. Alone it needs no form. Choose it once for each line of the class.",
    prompts=(
        security(),
        *holder("How is the line held?"),
        asked(
            "held",
            "How many shares did the line hold before the split?",
            "Column 5, Instruction 4(a)(i): as last reported.",
            "amount",
            entry=Entry.NUMBER,
            propose=_held_before,
            act=_set_held,
        ),
        asked(
            "new",
            "How many shares did a holder have afterwards …",
            "Rule 16a-9: 2 in a 2-for-1 split.",
            entry=Entry.NUMBER,
        ),
        asked(
            "old",
            "… for how many before?",
            "Rule 16a-9: 1 in a 2-for-1 split; 10 in a reverse split of 1 for 10; 20 for a stock dividend of 5% (21 "
            "for 20).",
            entry=Entry.NUMBER,
            propose=lambda _view: Proposal("1"),
            fault=lambda _view, typed: "Zero can't be: type 1 or more" if not amount(str(typed)) else None,
        ),
        asked(
            "split",
            "Footnote at the total",
            "Column 5, Instruction 4(a)(i). It says why the total differs from the last form.",
            prefill=True,
            longest=1000,
            propose=_split_words,
            derived=True,
        ),
    ),
    rows=(adjustment(Worked(_way), "split", Worked(_moved)),),
)

# ---- 35: no longer an insider

LEFT: Final = Recipe(
    id="left",
    number=35,
    label="Stopped being an insider, nothing to report",
    also="left resigned retired resignation exit former",
    rule="No line: the exit box is ticked (Instruction 1(b)). Such a form is voluntary; a trade within six months "
    "after may still have to be reported (Rule 16a-2(b)).",
    prompts=(
        traded_on(
            "Last day as director, officer or 10% holder",
            "Box 3, Instruction 1(b): it stands there as the date of the event.",
        ),
    ),
    rows=(),
    sets={"not_subject_to_section16": True},
)
