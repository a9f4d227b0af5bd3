"""The issuer's own events: merger, split, and the end of being an insider (26, 35, 36)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.values import amount_text
from form4_author.wizard import balance
from form4_author.wizard.entry import Entry
from form4_author.wizard.recipe import Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.cell import TABLE_1, TABLE_2, adjustment, answered, cells_of, option_cells
from form4_author.wizard.recipes.question import (
    asked,
    chosen,
    holder,
    price,
    quantity,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.term import option_terms
from form4_author.wizard.screen import Option, Proposal, View

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LEFT", "MERGED", "SPLIT"]

# ---- 26: merger

_WHAT: Final = (
    Option("both", "Shares and an option or units"),
    Option("shares", "Shares only"),
    Option("options", "An option only"),
)
_shares: Final = says("what", "both", "shares")
_options: Final = says("what", "both", "options")

MERGED: Final = Recipe(
    id="merged",
    number=26,
    label="Cashed out or converted in a merger",
    also="acquisition acquired closing tender",
    rule="I D D for shares and II D D for each option, with a footnote on the consideration, due in two business days "
    "after closing (Instructions 5(b), 8; Rule 16b-3(e)).",
    insiders=True,
    prompts=(
        chosen("what", "What went in the merger?", "Choose this event again for each further option.", _WHAT),
        traded_on("Date of closing", "Column 2 (Table II: 3)."),
        security(),
        quantity("How many shares went?", "Column 4.", when=_shares),
        price(
            "Value per share, US dollars",
            "Column 4, Instruction 5(b): cash, or the value of other consideration.",
            when=_shares,
        ),
        asked(
            "optioned",
            "How many shares did the option cover?",
            "Table II, columns 5 and 7.",
            "amount",
            TABLE_2,
            entry=Entry.NUMBER,
            when=_options,
        ),
        asked(
            "spread",
            "Cash per share for the option, US dollars",
            "Table II, column 8: the merger price less the exercise price.",
            "price",
            TABLE_2,
            entry=Entry.NUMBER,
            when=_options,
        ),
        required_note(
            "consideration",
            "Footnote on the consideration",
            "Instruction 5(b): what was paid, in what, and under which agreement.",
            "Disposed of in the merger under the merger agreement with the issuer for the cash stated per share.",
        ),
        *option_terms(when=_options),
        *holder(),
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
            cells=option_cells("D", "D", "optioned", price=Take("spread")),
            notes={"transaction_code": "consideration"},
            when=answered("what", "both", "options"),
        ),
    ),
)

# ---- 36: split or stock dividend


def _change(answers: Mapping[str, str]) -> Decimal:
    """What the split adds to the line; a reverse split: negative."""
    held, new, old = (balance.number(answers.get(name)) for name in ("held", "new", "old"))
    return held * new / old - held if held is not None and new is not None and old else Decimal(0)


def _moved(answers: Mapping[str, str]) -> str:
    return amount_text(Decimal(f"{abs(_change(answers)):.4f}").normalize() + 0)


def _way(answers: Mapping[str, str]) -> str:
    return "A" if _change(answers) >= 0 else "D"


def _split_words(view: View) -> Proposal | None:
    new, old = (view.text(f"interview.events[{{i}}].answers.{name}") for name in ("new", "old"))
    return Proposal(
        f"Restated for a {new}-for-{old} stock split, which also changed the terms of derivative securities in "
        "proportion. Exempt under Rule 16a-9."
    )


SPLIT: Final = Recipe(
    id="split",
    number=36,
    label="Stock split or stock dividend (no line; totals restated)",
    rule="No line (Rule 16a-9): totals and the terms of derivative securities are restated, with a footnote. Alone it "
    "needs no form. Choose it once for each line of the class.",
    prompts=(
        security(),
        *holder("How is the line held?"),
        asked(
            "held",
            "How many shares did the line hold before the split?",
            "As last reported.",
            "amount",
            entry=Entry.NUMBER,
        ),
        asked(
            "new",
            "How many shares did a holder have afterwards …",
            "2 in a 2-for-1 split.",
            entry=Entry.NUMBER,
        ),
        asked(
            "old",
            "… for how many before?",
            "1 in a 2-for-1 split; 10 in a reverse split of 1 for 10; 20 for a stock dividend of 5% (21 for 20).",
            entry=Entry.NUMBER,
            propose=lambda _view: Proposal("1"),
            fault=lambda _view, typed: "Zero can't be: type 1 or more" if not Decimal(typed) else None,
        ),
        asked(
            "split",
            "Footnote at the total",
            "It says why the total differs from the last form.",
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
            "Last day as director, officer or 10% holder", "It stands in the box for the date of the event."
        ),
    ),
    rows=(),
    sets={"not_subject_to_section16": True},
)
