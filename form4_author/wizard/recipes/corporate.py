"""The issuer's split of its stock, and the end of being an insider (35, 36)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import Fractions, change, has_fraction, split_whole
from form4_author.ledger.split import split_words
from form4_author.text import amount_text
from form4_author.wizard.draft import balance, row_value
from form4_author.wizard.draft.class_change import restated_lines, splits_terms
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.recipe import ANSWERS, Recipe, Worked
from form4_author.wizard.recipes.shared.cell import TABLE_1, adjustment
from form4_author.wizard.recipes.shared.class_line import (
    award_words,
    has_line,
    list_words,
    on_day,
    rate_of,
    restated_awards,
    restated_shares,
)
from form4_author.wizard.recipes.shared.class_question import (
    applied,
    effective,
    fractions,
    ratio,
    shown_awards,
)
from form4_author.wizard.recipes.shared.question import asked, holder, security, traded_on
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import Answer, Proposal, Step, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.wizard.recipe import EventRow

__all__ = ["LEFT", "SPLIT"]

# ---- 36: split or stock dividend


def _has_no_line(view: View) -> bool:
    """Whether no line of the class is known, so that one is asked."""
    return not has_line(view)


def _change(answers: Mapping[str, str]) -> tuple[str, str]:
    """What the split adds to a line that no earlier form has, and the way; a reverse split takes away."""
    before, new, old = (row_value.number(answers.get(name)) for name in ("held", "new", "old"))
    if before is None or new is None or not old:
        return "0", "A"
    rounding = Fractions(answers.get("fractions") or Fractions.HELD.value)
    moved, way = change(before, split_whole(before, new, old, rounding))
    return amount_text(moved), way


def _has_fraction(view: View) -> bool:
    before, rate = row_value.number(answer_to(view, "held")), rate_of(view)
    return before is not None and rate is not None and has_fraction(before, *rate)


_FRACTIONS: Final = {
    "cash": " Fractional shares were paid in cash.",
    "up": " Fractional shares were rounded up to a whole share.",
    "": "",
    "held": "",
}


def _split_name(view: View) -> str:
    """``2-for-1 stock split on October 1, 2026``."""
    new, old = (row_value.number(answer_to(view, name)) for name in ("new", "old"))
    words = split_words(new, old) if new and old else "stock split"
    return f"{words}{on_day(view)}"


def _split_words(view: View) -> Proposal | None:
    lines = restated_lines(view.draft)
    more = any(splits_terms(line, answer_to(view, "security")) for line in lines)
    terms = ", which also changed the terms of derivative securities in proportion" if more else ""
    settled = _FRACTIONS[answer_to(view, "fractions")]
    return Proposal(f"Restated for a {_split_name(view)}{terms}.{settled} Exempt under Rule 16a-9.")


def _line(view: View) -> dict[str, str]:
    names = {"security_title": "security", "ownership_form": "ownership", "nature_of_ownership": "nature"}
    return {column: answer_to(view, name) for column, name in names.items()}


def _set_total_before(view: View, answer: Answer) -> Step:
    """What a line that no earlier form has held is what its new total is counted from: it is asked once."""
    draft = view.with_text(f"{ANSWERS}held", str(answer)).draft
    return Step(draft=draft.with_(balance.stated_total_path(TABLE_1, _line(view)), str(answer)))


def _split_rows(view: View) -> tuple[EventRow, ...]:
    return (
        *restated_shares(view, "split"),
        *restated_awards(view, lambda each: award_words(each, f"for a {_split_name(view)}")),
    )


SPLIT: Final = Recipe(
    id="split",
    number=36,
    label="Stock split or stock dividend (no line; totals restated)",
    also="splits forward reverse-split consolidation subdivision bonus issue scrip two-for-one "
    "three-for-one 2-for-1 3-for-1 1-for-10 pro rata dividends",
    rule="No line (Rule 16a-9). Every line of the class, direct and indirect, is restated with a footnote, and so are "
    "the options and units over it: number and exercise price. Alone it needs no form.",
    prompts=(
        security(),
        *holder("How is the line held?", when=_has_no_line),
        asked(
            "held",
            "How many shares did the line hold before the split?",
            "Column 5, Instruction 4(a)(i): as last reported.",
            "amount",
            entry=EntryKind.NUMBER,
            act=_set_total_before,
            when=_has_no_line,
        ),
        effective("split"),
        *ratio("2 in a 2-for-1 split.", "1 in a 2-for-1 split"),
        fractions(_has_fraction),
        *applied("Restate these lines?"),
        shown_awards(),
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
    rows=(
        adjustment(
            Worked(lambda answers: _change(answers)[1]),
            "split",
            Worked(lambda answers: _change(answers)[0]),
            when=lambda answers: bool(answers.get("held")),
        ),
    ),
    lines=_split_rows,
    listed=list_words,
)

# ---- 35: no longer an insider

LEFT: Final = Recipe(
    id="left",
    number=35,
    label="Stopped being an insider, nothing to report",
    also="leave leaves leaving left resign resigns resigned resignation retire retires retired retirement "
    "exit exits exited former ceased ceases departed departure terminated termination stepped down no "
    "longer subject section 16 below 10% officer director",
    rule="No line: the exit box is checked (Instruction 1(b)). Such a form is voluntary; a trade within six months "
    "after may still have to be reported (Rule 16a-2(b)).",
    prompts=(
        traded_on(
            "Last day as director, officer or 10% holder",
            "Box 3, Instruction 1(b), which shows it as the date of the event.",
        ),
    ),
    rows=(),
    sets={"not_subject_to_section16": True},
)
