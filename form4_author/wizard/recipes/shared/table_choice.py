"""Events that can happen to a line of either table: which it is follows from the security named.

Nothing more is asked of a class of Table I. A title that the last filing has in Table II, or that sounds like an option
or a unit, asks for its table; one known from the last filing is then only chosen, for another its terms are asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import in_proportion, underlying
from form4_author.ledger.right import is_derivative
from form4_author.ledger.title import same_class
from form4_author.text import amount_text, folded
from form4_author.wizard import fill
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.answer import cells, rows
from form4_author.wizard.draft.memo import recalled_by_view
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import RowRecipe, Source, Take, Worked, source_value
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2
from form4_author.wizard.recipes.shared.derivative_term import option_terms, unit_terms
from form4_author.wizard.recipes.shared.question import asked, last, security, texts_on_record
from form4_author.wizard.recipes.shared.series import (
    CONVERTIBLES,
    OPTIONS,
    UNITS,
    is_unit_title,
    series_prompt,
    titles,
    with_series,
)
from form4_author.wizard.recipes.shared.wording import answer_to, unit_words
from form4_author.wizard.screen import AnswerKind, Prompt, Proposal, View, always
from form4_author.wizard.wording import number_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "derivative_terms",
    "in_either",
    "in_table_1",
    "in_table_2",
    "on_table_2",
    "security_of_either",
    "terms_of_either",
]

_USUAL: Final = ("Stock Option (Right to Buy)", "Restricted Stock Units")
_SOUND: Final = ("(right to", "(obligation to", "option", "warrant", "stock unit", "phantom", "rsu", "psu")
_TABLES: Final = (
    Option("II", "Table II: an option, unit or other derivative security"),
    Option("I", "Table I: stock, or an award reported as stock"),
)
_CLASS: Final = (
    "Column 1, Instruction 3(b). The class as earlier filings spell it, even if it is the only: Common Stock."
)
_OTHER: Final = "other"


# ---- which table


@recalled_by_view
def _derivatives(view: View) -> tuple[str, ...]:
    """The titles that the form, the last filing and the issuer's series have in Table II."""
    here = [
        cells(table, row).get("security_title", "") for table, _, row in rows(view.draft) if table == TABLE_2
    ]
    return (*here, *titles(UNITS)(view), *titles((*OPTIONS, *CONVERTIBLES))(view))


def _is_one_of(title: str, listed: tuple[str, ...]) -> bool:
    return any(same_class(title, each) for each in listed)


def _is_stock(view: View) -> bool:
    return _is_one_of(answer_to(view, "security"), texts_on_record("security_title")(view))


@recalled_by_view
def _is_doubtful(view: View) -> bool:
    """Whether the security may be a derivative one."""
    title = answer_to(view, "security")
    sounds = not _is_stock(view) and any(word in folded(title) for word in _SOUND)
    return bool(title) and (is_derivative(title) or _is_one_of(title, _derivatives(view)) or sounds)


def _tables(view: View) -> tuple[Option, ...]:
    """The tables that take the security: Table I takes no option, warrant or convertible, but awards of units."""
    return _TABLES[:1] if is_derivative(answer_to(view, "security")) else _TABLES


def _table(view: View) -> Proposal:
    """Table II for a derivative security; units stay where the last filing or the issuer's house style has them."""
    title = answer_to(view, "security")
    if is_derivative(title):
        return Proposal("II")
    styled_1 = is_unit_title(title) and view.style("rsu") == "I"
    first = _is_stock(view) or (styled_1 and not _is_one_of(title, _derivatives(view)))
    return Proposal("I" if first else "II")


def security_of_either(
    about: str = "", *, undecided: Callable[[View], bool] = always
) -> tuple[Prompt, Prompt]:
    """The security, with those of Table II among what is suggested, and its table where that is in doubt.

    ``undecided``: whether nothing answered before says which table it is.
    """
    named = security(
        f"{about or _CLASS} An option, a unit or what converts: its title as Table II has it.", any_title=True
    )
    return (
        replace(
            named,
            suggests=lambda view: tuple(dict.fromkeys((*named.suggests(view), *_derivatives(view), *_USUAL))),
        ),
        asked(
            "table",
            "In which table is this line?",
            "Instruction 4(c): options, units, warrants and what converts are in Table II, stock in Table I. An award "
            "stays in the table in which it was reported.",
            kind=AnswerKind.CHOICE,
            options=_tables,
            propose=_table,
            when=lambda view: undecided(view) and _is_doubtful(view),
        ),
    )


def in_table_2(view: View) -> bool:
    """Whether the line of the card is in Table II."""
    return is_derivative(answer_to(view, "security")) or (
        _is_doubtful(view) and answer_to(view, "table") == "II"
    )


def in_table_1(view: View) -> bool:
    """Whether the line of the card is in Table I."""
    return not in_table_2(view)


# ---- the terms of a derivative line


def derivative_terms(
    name: str, applies: Callable[[View], bool], *, of: str = "security"
) -> tuple[Prompt, ...]:
    """The terms of the derivative security whose title is the answer ``name``: of one last reported they are chosen.

    ``of``: the answer with the class underlying.
    """
    options = series_prompt("Which of them?", (*OPTIONS, *CONVERTIBLES))
    units = series_prompt("Which of them?", UNITS)

    def is_unit(view: View) -> bool:
        return is_unit_title(answer_to(view, name))

    def offers(view: View) -> tuple[Option, ...]:
        """The known lines and series of this title, and another one."""
        title = folded(answer_to(view, name))
        found = (units if is_unit(view) else options).options(view)
        return tuple(o for o in found if o.value == _OTHER or folded(o.label).startswith(title))

    def is_offered(view: View) -> bool:
        return applies(view) and len(offers(view)) > 1

    def anew(view: View) -> bool:
        return applies(view) and (not is_offered(view) or answer_to(view, "series") == _OTHER)

    def propose(view: View) -> Proposal:
        return Proposal(next((o.value for o in offers(view) if not o.value.startswith("shelf ")), _OTHER))

    strike, exercisable, expiration = option_terms(new=True)[1:]
    note, vesting, lasting = unit_terms(name, unit_words("Units"), new=True)[1:]

    def either(option: Prompt, unit: Prompt) -> Prompt:
        return replace(
            option,
            message=lambda view: (unit if is_unit(view) else option).asked(view),
            propose=lambda view: (unit if is_unit(view) else option).propose(view),
            when=anew,
        )

    return (
        replace(options, options=offers, propose=propose, when=is_offered),
        replace(
            note,
            propose=lambda view: unit_words(answer_to(view, name), of=of)(view),
            when=lambda view: anew(view) and is_unit(view),
        ),
        replace(
            strike,
            message="Exercise price per share, US dollars; words for a footnote",
            entry=EntryKind.NUMBER_OR_WORDS,
            when=lambda view: anew(view) and not is_unit(view),
        ),
        either(exercisable, vesting),
        either(expiration, lasting),
    )


def _covered(view: View) -> Proposal | None:
    """As many underlying shares for each as last reported, else one."""
    count = row_value.number(answer_to(view, "quantity") or answer_to(view, "received"))
    each = row_value.number(with_series(view, {"series": answer_to(view, "series")}).get("each"))
    if count is None:
        return None
    if each is None or each == 1:
        return Proposal(amount_text(count), "one for one")
    return Proposal(amount_text(underlying(each, count)), f"{number_words(amount_text(each))} for each")


def terms_of_either(applies: Callable[[View], bool] = in_table_2) -> tuple[Prompt, ...]:
    """The terms of the line where it is in Table II; they come after the number of shares."""
    series, *terms = derivative_terms("security", applies, of="underlying")
    return (
        series,
        asked(
            "underlying",
            "Which class does it cover?",
            "Table II, column 7. The class that exercise or settlement gives: Common Stock.",
            "underlying_title",
            TABLE_2,
            propose=last(TABLE_1, "security_title", "Common Stock"),
            when=terms[-1].when,
        ),
        *terms,
        asked(
            "covered",
            "How many underlying shares does it cover?",
            "Table II, column 7. As many as in column 5 if one covers one share.",
            "underlying_amount",
            TABLE_2,
            entry=EntryKind.NUMBER,
            propose=_covered,
            derived=True,
            when=lambda view: applies(view) and not is_unit_title(answer_to(view, "security")),
        ),
    )


# ---- the rows


def in_either(row: RowRecipe) -> tuple[RowRecipe, RowRecipe]:
    """A row of Table I, and the same in Table II for where the line is there."""

    def is_2(answers: Mapping[str, str]) -> bool:
        return answers.get("table") == "II" or is_derivative(answers.get("security", ""))

    return (
        replace(row, when=lambda answers: row.when(answers) and not is_2(answers)),
        replace(on_table_2(row), when=lambda answers: row.when(answers) and is_2(answers)),
    )


def on_table_2(row: RowRecipe) -> RowRecipe:
    """The row with the terms of a derivative security; an adjustment's underlying shares follow from its total."""
    amount = row.cells["amount"]

    def covering(answers: Mapping[str, str]) -> str:
        moved = source_value(amount, answers)
        covered, whole = answers.get("covered", ""), _whole(answers)
        if not covered or moved == whole:
            return covered or moved
        each, count = row_value.number(covered), row_value.number(moved)
        of = row_value.number(whole)
        return amount_text(in_proportion(count, each, of)) if each and count and of else moved

    return replace(row, table=TABLE_2, cells={**row.cells, **_TERMS, "underlying_amount": Worked(covering)})


def _whole(answers: Mapping[str, str]) -> str:
    """The number for which the answer on the underlying shares is: all fills together, or what was received."""
    if answers.get("fills"):
        return fill.total(answers["fills"])
    return answers.get("quantity") or answers.get("received", "")


_TERMS: Final[Mapping[str, Source]] = {
    "exercise_price": Worked(lambda answers: answers.get("strike") or answers.get("unit_note", "")),
    "date_exercisable": Take("exercisable"),
    "expiration_date": Take("expiration"),
    "underlying_title": Take("underlying"),
}
