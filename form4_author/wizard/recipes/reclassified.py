"""A class renamed, reclassified or converted as a whole, and awards adjusted for a distribution (events 47 and 48)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import Fractions, split_whole
from form4_author.model.interview import CarriedLine
from form4_author.text import amount_text
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.class_change import is_of
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ADJUSTMENT, ANSWERS, EventRow, Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.merger import disposed
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2, cells_of
from form4_author.wizard.recipes.shared.class_line import (
    award_words,
    awards,
    cells_of_line,
    changes,
    lines_before,
    list_words,
    on_day,
    rate_of,
    restated_awards,
)
from form4_author.wizard.recipes.shared.class_question import (
    applied,
    effective,
    fractions,
    ratio,
    shown_awards,
)
from form4_author.wizard.recipes.shared.instead import instead
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    put_since,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import Answer, AnswerKind, Proposal, Step, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.wizard.recipe import Source
    from form4_author.wizard.recipes.shared.class_line import LineChange
    from form4_author.wizard.screen import Prompt

__all__ = ["AWARD_ADJUSTED", "RECLASSIFIED"]

# ---- 48: renamed, reclassified, converted

_is_class: Final = says("what", "class")


def _has_no_line(view: View) -> bool:
    """Whether no line of a class that became a different one is known, so that one is asked."""
    return _is_class(view) and not lines_before(view)


def _type(plan: str) -> str:
    """Exempt by Rule 16b-7 it may wait for Form 5; otherwise it is due on Form 4."""
    return "5" if plan == "yes" else "4"


def _became(answers: Mapping[str, str]) -> str:
    """How many new shares came for those of a line that no earlier form has."""
    before, new, old = (row_value.number(answers.get(name)) for name in ("held", "new", "old"))
    if before is None or new is None or not old:
        return ""
    return amount_text(
        split_whole(before, new, old, Fractions(answers.get("fractions") or Fractions.CASH.value))
    )


def _converts(each: LineChange, view: View) -> bool:
    """Whether a line of Table II is the class itself, which converts."""
    return each.line.table == TABLE_2 and is_of(each.line, answer_to(view, "security"))


def _words(view: View) -> Proposal | None:
    old, new = answer_to(view, "security"), answer_to(view, "new_title")
    if not new:
        return None
    if says("what", "name")(view):
        return Proposal(f"{old} was renamed {new}{on_day(view)}.")
    number, each = answer_to(view, "new"), answer_to(view, "old")
    shares = f"{'Each share' if each == '1' else f'Every {each} shares'} of {old}"
    became = "converted" if any(_converts(line, view) for line in changes(view)) else "was reclassified"
    became = became if each == "1" or became == "converted" else "were reclassified"
    relied = "; reported in reliance on Rule 16b-7" if says("plan", "yes")(view) else ""
    unit = "one share" if number == "1" else f"{number} shares"
    settled = (
        " Fractional shares were paid in cash."
        if answer_to(view, "fractions") == Fractions.CASH.value
        else ""
    )
    return Proposal(f"{shares} {became} into {unit} of {new}{on_day(view, 'date')}{relied}.{settled}")


def _renamed(view: View) -> tuple[EventRow, ...]:
    """The lines of Table I under the new name."""
    note = {"amount_owned_following": (answer_to(view, "reclassified"),)}
    return tuple(
        EventRow(
            TABLE_1,
            {**_holder(each), "security_title": answer_to(view, "new_title")},
            note,
            ADJUSTMENT,
            cells_of_line(each.line),
        )
        for each in changes(view)
        if each.line.table == TABLE_1
    )


def _holder(each: LineChange) -> dict[str, str]:
    return {
        name: text for name in ("ownership_form", "nature_of_ownership") if (text := each.line.text(name))
    }


def _exchanged(view: View) -> tuple[EventRow, ...]:
    """For each line of the class its row, and that of the shares that came for it."""
    note = {"transaction_code": (answer_to(view, "reclassified"),)}
    found: list[EventRow] = []
    for each in changes(view):
        converts = _converts(each, view)
        if each.line.table == TABLE_2 and not converts:
            continue
        cells = {
            "transaction_date": answer_to(view, "date"),
            "transaction_code": "C" if converts else "J",
            "transaction_form_type": "4" if converts else _type(answer_to(view, "plan")),
            "price": "0",
        }
        title = answer_to(view, "new_title")
        line = CarriedLine(table=TABLE_1, cells={**_holder(each), "security_title": title})
        gone = disposed(each.line, each.total_before, **cells)
        came = disposed(line, each.total, **cells)
        if converts:
            under = {"underlying_title": title, "underlying_amount": amount_text(each.total)}
            gone = replace(gone, cells={**gone.cells, **under})
        found += [
            replace(gone, notes={**gone.notes, **note}),
            replace(came, cells={**came.cells, "acquired_disposed": "A"}, notes=note),
        ]
    return tuple(sorted(found, key=lambda row: row.table == TABLE_2))


def _one_for_one(view: View) -> bool:
    """Whether the awards keep number and price, so that a line of each can go and come."""
    rate = rate_of(view)
    return _is_class(view) and rate is not None and rate[0] == rate[1]


def _award_lines(view: View) -> tuple[EventRow, ...]:
    """For each award a line out of the old class and one into the new, which some filings show."""
    if answer_to(view, "awards") != "lines" or not _one_for_one(view):
        return ()
    note = {"transaction_code": (answer_to(view, "reclassified"),)}
    cells = {
        "transaction_date": answer_to(view, "date"),
        "transaction_code": "J",
        "transaction_form_type": _type(answer_to(view, "plan")),
        "price": "0",
    }
    found: list[EventRow] = []
    for each in awards(view):
        gone, came = (disposed(line, each.total, **cells) for line in (each.line, each.after))
        found += [
            replace(gone, notes={**gone.notes, **note}),
            replace(came, cells={**came.cells, "acquired_disposed": "A"}, notes={**came.notes, **note}),
        ]
    return tuple(found)


def _rows(view: View) -> tuple[EventRow, ...]:
    shares = _exchanged(view) if _is_class(view) else _renamed(view)
    return (*shares, *_award_lines(view), *restated_awards(view, lambda each: _of_award(view, each)))


_MERGER: Final = "Shares that were paid in cash are reported as ended in a merger. Its questions come next."


def _exchange_by_plan(view: View, answer: Answer) -> Step:
    if answer == "cash":
        kept = {name: text for name, text in view.event.answers.items() if name in ("security", "date")}
        return instead(view, "merged", "date", _MERGER, kept)
    return Step(draft=view.with_text(f"{ANSWERS}plan", answer).draft)


def _of_award(view: View, each: LineChange) -> str:
    """What became of an award over the class: its number and price, where they changed, and its underlying class."""
    under = f"The underlying class is now {answer_to(view, 'new_title')}."
    if says("what", "name")(view) or each.total_before == each.total:
        return under
    why = f"for the reclassification{on_day(view, 'date')}"
    return f"{award_words(each, why)} {under}"


def _form_type(answers: Mapping[str, str]) -> str:
    return _type(answers.get("plan", ""))


_ONE_LINE: Final[Mapping[str, Source]] = {"price": "0", "transaction_form_type": Worked(_form_type)}


def _has_line(answers: Mapping[str, str]) -> bool:
    return answers.get("what") == "class" and bool(answers.get("held"))


RECLASSIFIED: Final = Recipe(
    id="reclassified",
    number=48,
    label="A class was renamed, reclassified or converted as a whole",
    also="reclassification reclassify recapitalization recap rename name change new class redomiciled "
    "redomestication reincorporated reincorporation holding company reorganization up-c collapse dual "
    "one-for-one exchange conversion",
    rule="A new name or par value: no line; every line has the new title. A different class: for each line code J (D) "
    "and J (A) at 0, with a description, of a class that converts code C. By Rule 16b-7, where its conditions are met, "
    "it may wait for Form 5 (Rule 16a-3(f); Instruction 8).",
    prompts=(
        chosen(
            "what",
            "Did the shares become a different class, or only change name or par value?",
            "Column 1. Only a different class is an exchange, which is reported.",
            (Option("class", "A different class"), Option("name", "Only the name or par value")),
        ),
        security("Column 1. The class as it was, as earlier filings spell it."),
        asked(
            "new_title",
            "What is the new title?",
            "Column 1, Instruction 3(b): Class A Common Stock.",
            "security_title",
        ),
        replace(traded_on("Date of the exchange", "Column 2 (Table II: 3)."), when=_is_class),
        replace(effective("new name"), when=says("what", "name")),
        replace(
            chosen(
                "plan",
                "Was the exchange for all holders of the class, under a plan, with no cash?",
                "Rule 16b-7 has conditions, such as that the old issuer and the new are 85 percent the same. The "
                "footnote names the rule only where the filer relies on it.",
                (
                    Option("yes", "Yes, and the filer relies on Rule 16b-7 (type 5)"),
                    Option("no", "No, or not certain (due in two business days)"),
                    Option("cash", "No: the shares were paid for in cash, as in a merger"),
                ),
                "no",
            ),
            act=_exchange_by_plan,
            when=_is_class,
        ),
        *holder(when=_has_no_line),
        asked(
            "held",
            "How many shares of the old class did the line hold?",
            "Column 4. As last reported.",
            "amount",
            entry=EntryKind.NUMBER,
            when=_has_no_line,
        ),
        *ratio("shares of the new class, 1 in a one-for-one exchange.", "1 in a one-for-one exchange"),
        fractions(),
        *applied("Is this what became of the lines?"),
        shown_awards(_one_for_one),
        replace(
            required_note(
                "reclassified",
                "Footnote on the exchange",
                "Instruction 8: code J is described. Of a new name it says why the title differs from the last form.",
            ),
            propose=_words,
            derived=True,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("J", "D", amount=Take("held"), **_ONE_LINE),
            notes={"transaction_code": "reclassified"},
            when=_has_line,
        ),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("J", "A", security_title=Take("new_title"), amount=Worked(_became), **_ONE_LINE),
            notes={"transaction_code": "reclassified"},
            when=_has_line,
        ),
    ),
    lines=_rows,
    listed=list_words,
)

# ---- 47: awards adjusted

_REASONS: Final = {
    "spin-off": "spin-off",
    "dividend": "special dividend",
    "other": "change in the issuer's capital",
}


_WHAT: Final = (
    Option("awards", "The number or exercise price of awards"),
    Option("shares", "Shares of another company were received"),
    Option("both", "Both"),
)
_NOT_PRO_RATA: Final = (
    "Shares that not every holder received pro rata, as in an exchange offer, are reported with a description, code J. "
    "Its questions come next. If shares were given up to the issuer, choose Sold to the issuer instead."
)
_NEW_INSIDER: Final = (
    "The person files a Form 3 at the new company, which lists the shares and awards received (Rule 16a-3(a)). This "
    "form does not report them. By published practice; not legal advice."
)
_EXCHANGE: Final = (
    "An adjustment that the plan does not require, or that adds value, is reported as an exchange: the old award is "
    "disposed of and a new one acquired. Its questions come next."
)
_with_shares: Final = says("what", "shares", "both")


def _adjusts(view: View) -> bool:
    """Whether awards were adjusted, and not only shares received."""
    return not says("what", "shares")(view)


def _of_awards(prompt: Prompt) -> Prompt:
    return replace(prompt, when=lambda view: _adjusts(view) and prompt.when(view))


def _distribute(view: View, answer: Answer) -> Step:
    if answer == "no":
        return instead(view, "something_else", "described", _NOT_PRO_RATA)
    return Step(draft=view.with_text(f"{ANSWERS}pro_rata", answer).draft)


def _join(view: View, answer: Answer) -> Step:
    words = (_NEW_INSIDER,) if answer == "yes" else ()
    return Step(draft=view.with_text(f"{ANSWERS}new_insider", answer).draft, words=words)


def _require(view: View, answer: Answer) -> Step:
    if answer == "no":
        return instead(view, "exchanged", "changed", _EXCHANGE)
    return Step(draft=view.with_text(f"{ANSWERS}plan", answer).draft)


def _adjustments(view: View) -> tuple[EventRow, ...]:
    why = (
        f"to reflect the {_REASONS[answer_to(view, 'reason') or 'other']}{on_day(view)}, as the plan requires"
    )
    if not _adjusts(view):
        return ()
    return restated_awards(view, lambda each: award_words(each, why).replace("Restated", "Adjusted", 1))


def _adjusted_words(view: View) -> tuple[str, ...]:
    listed = list_words(view) if _adjusts(view) else ()
    if listed or not _adjusts(view) or not answer_to(view, "security"):
        return listed
    return ("No award over this class is known from the last filing.",)


AWARD_ADJUSTED: Final = Recipe(
    id="award_adjusted",
    number=47,
    label="Spin-off shares received, or awards adjusted (no line)",
    also="spun off split-off spinco distribution equitable adjustment adjust new strike adjusted options special "
    "dividend units RSU PSU extraordinary anti-dilution another company shares",
    rule="No line, where the plan requires the adjustment: the awards go on with their new number and exercise price, "
    "with a footnote. Shares of another company that all holders received pro rata have no line either (Rule "
    "16a-9(a)); "
    "an insider of that company files its Form 3. Alone it needs no form.",
    prompts=(
        replace(
            chosen(
                "what",
                "What changed?",
                "Table II, columns 2 and 9: the awards over the issuer's class, by number or exercise price. Shares of "
                "another company are not on the issuer's form.",
                _WHAT,
            ),
            when=put_since("what"),
        ),
        asked(
            "pro_rata",
            "Did every holder of the class receive the shares pro rata?",
            "Rule 16a-9(a), by general knowledge. No: as where holders could choose to exchange, it is reported with a "
            "description (code J).",
            kind=AnswerKind.CONFIRM,
            act=_distribute,
            when=_with_shares,
        ),
        asked(
            "new_insider",
            "Is the person a director, officer or 10% holder of the new company?",
            "Form 3, Rule 16a-3(a). Yes: the person files a Form 3 there.",
            kind=AnswerKind.CONFIRM,
            act=_join,
            when=_with_shares,
        ),
        *(
            _of_awards(prompt)
            for prompt in (
                chosen(
                    "reason",
                    "Why were the awards adjusted?",
                    "Table II, column 9: the footnote at the total names it.",
                    (
                        Option("spin-off", "A spin-off"),
                        Option("dividend", "A special or extraordinary dividend"),
                        Option("other", "Another change in the issuer's capital"),
                    ),
                ),
                replace(
                    chosen(
                        "plan",
                        "Did the plan require the adjustment?",
                        "An adjustment that the plan leaves open, or that adds value, is an exchange of the award for "
                        "a new one (Rule 16b-3(d), (e)).",
                        (Option("yes", "Yes, and it adds no value"), Option("no", "No, or it adds value")),
                    ),
                    act=_require,
                ),
                security(
                    "Column 7 of Table II. The class that the awards are over: Common Stock.", any_title=True
                ),
                effective("adjustment"),
                asked(
                    "factor",
                    "By what factor did the number of shares grow?",
                    "Table II, columns 2 and 9. 1.083 turns 1,000 at $12.50 into 1,083 at $11.54. Enter alone to type "
                    "number and price of each award.",
                    entry=EntryKind.NUMBER,
                    required=False,
                ),
                *applied("Are these the new terms?"),
                shown_awards(),
            )
        ),
    ),
    rows=(),
    lines=_adjustments,
    listed=_adjusted_words,
)
