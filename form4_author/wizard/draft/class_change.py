"""The lines of the last filing as what happened to their class leaves them.

A stock split, an adjustment of awards, a new name or a reclassification changes every line of the class, direct and
indirect, and the awards over it: what is chosen or counted on afterwards has the new terms. Shares that a split changes
are adjusted by the event (Rule 16a-9); here they remain as last reported. A merger leaves the lines as they are; those
that end in it without a row are ``ended``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.ledger.action import Ratio, is_same_action, moves_with_class
from form4_author.ledger.balance import (
    Fractions,
    adjusted_price,
    change,
    net,
    split_price,
    split_whole,
    together,
)
from form4_author.ledger.title import class_of, same_class
from form4_author.model.draft import TABLES
from form4_author.model.interview import CarriedLine, InsiderEvent
from form4_author.text import amount, amount_text, day
from form4_author.wizard.draft.answer import cells as row_cells
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.draft.memo import recalled_by_event
from form4_author.wizard.draft.row_value import line_key, number, signed
from form4_author.wizard.wording import us_dates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from form4_author.model.draft import Draft

__all__ = ["MOST", "Touched", "ended", "is_of", "is_repeated", "restated_lines", "splits_terms", "touched"]

MOST: Final = 24
"""Lines of a class that a card asks about one by one; others follow its proposals."""
_TOTAL: Final = "amount_owned_following"
_NO_ROW: Final = ("nothing",)
"""What became of a line in a merger without a row."""

Lines = tuple[CarriedLine, ...]


class Touched(NamedTuple):
    """A line that an event is about, because it is of the class."""

    number: int
    """As the card counts its lines, from 1."""
    place: int
    """In the list of the last filing's lines."""
    line: CarriedLine
    """As it was before the event; of an award with what the form took from it before."""
    recorded: str = ""
    """The action on record that has changed it already: ``2-for-1 split of Common Stock on 2026-05-01``."""
    taken: str = ""
    """What the form took from units before: rows that continue from the line as one, before the event and after it."""


@recalled_by_event
def restated_lines(draft: Draft, event: int | None = None) -> Lines:
    """The lines of the last filing, in its order, after what happened before this event; after all by default."""
    lines = draft.interview.carried
    for place, each in enumerate(draft.interview.events[:event]):
        by = _RESTATED.get(each.recipe or "")
        if by is not None and not is_repeated(draft, place):
            lines = by(draft, lines, each.answers)
    return lines


@recalled_by_event
def touched(draft: Draft, event: int | None = None) -> tuple[Touched, ...]:
    """The lines that an event is about (by default the first), as they were before it; none of a repetition."""
    place, events = event or 0, draft.interview.events
    each = events[place] if place < len(events) else InsiderEvent()
    recipe = each.recipe or ""
    if recipe not in _ABOUT or is_repeated(draft, place):
        return ()
    return _touched(draft, restated_lines(draft, place), each.answers, recipe)


def ended(draft: Draft) -> frozenset[int]:
    """The places of the lines that ended in a merger without a row: they were canceled for nothing."""
    return frozenset(
        each.place
        for place, event in enumerate(draft.interview.events)
        if event.recipe == "merged"
        for each in touched(draft, place)
        if event.answers.get(f"fate_{each.number}") in _NO_ROW
    )


def splits_terms(line: CarriedLine, security: str) -> bool:
    """Whether a split of this class changes the terms of a line."""
    return _is_over(line, security) and moves_with_class(line.text("security_title"))


def _is_over(line: CarriedLine, security: str) -> bool:
    """Whether a line is of a derivative security over the class."""
    return line.table == TABLES[1] and same_class(line.text("underlying_title"), security)


def is_of(line: CarriedLine, security: str) -> bool:
    """Whether a line is of the class itself."""
    return same_class(line.text("security_title"), security)


# ---- events


def is_repeated(draft: Draft, event: int) -> bool:
    """Whether a split is the same as an earlier one: it was told once for each line of the class before."""
    splits = [
        (n, _what(each.answers)) for n, each in enumerate(draft.interview.events) if each.recipe == "split"
    ]
    own = next((what for n, what in splits if n == event), None)
    return own is not None and all(own[:3]) and own in [what for n, what in splits if n < event]


def _what(answers: Mapping[str, str]) -> tuple[str, Decimal | None, Decimal | None]:
    return class_of(answers.get("security", "")), number(answers.get("new")), number(answers.get("old"))


# ---- which lines an event is about


def _is_shares_or_award(line: CarriedLine, security: str) -> bool:
    return (line.table == TABLES[0] and is_of(line, security)) or splits_terms(line, security)


def _is_of_or_over(line: CarriedLine, security: str) -> bool:
    """Also what converts into the class, and what is converted where it is itself the class that ends."""
    return is_of(line, security) or _is_over(line, security)


_ABOUT: Final[dict[str, Callable[[CarriedLine, str], bool]]] = {
    "split": _is_shares_or_award,
    "award_adjusted": splits_terms,
    "reclassified": lambda line, security: is_of(line, security) or splits_terms(line, security),
    "merged": _is_of_or_over,
}


def _touched(draft: Draft, lines: Lines, answers: Mapping[str, str], recipe: str) -> tuple[Touched, ...]:
    about, security = _ABOUT[recipe], answers.get("security", "")
    day = answers.get("effective") or answers.get("date", "")
    found: list[Touched] = []
    for place, line in enumerate(lines):
        if not security or line.dormant or not about(line, security):
            continue
        now, recorded = line, _recorded(line, answers, recipe)
        if recipe != "merged" and not recorded and splits_terms(line, security):
            now = _left(
                draft, line, day, reprices=recipe != "reclassified" and bool(line.text("exercise_price"))
            )
        total = number(now.text(_TOTAL))
        if total and not (day and (line.text("expiration_date") or "9") < day):
            taken = "" if line.text("exercise_price") or now is line else _taken(line, now)
            found.append(Touched(len(found) + 1, place, now, recorded, taken))
    return tuple(found)


_KINDS: Final = {"split": ("split",), "award_adjusted": ("awards", "award")}
"""The actions of a register that an event may state again."""


def _recorded(line: CarriedLine, answers: Mapping[str, str], recipe: str) -> str:
    """The action on record that changed a line as the event would; empty where there is none."""
    actions = line.actions
    if not actions:
        return ""
    new, old = (
        (number(answers.get("factor")), _ONE)
        if recipe == "award_adjusted"
        else (number(answers.get("new")), number(answers.get("old")))
    )
    if not new or not old:
        return ""
    on = (Ratio(new, old), day(answers["effective"]) if answers.get("effective") else None)
    for action in actions:
        on_record = (Ratio(amount(action.new), amount(action.old)), day(action.day))
        same = action.kind in _KINDS.get(recipe, ())
        if same and is_same_action(on, on_record, stated=bool(action.stated)):
            return f"{action.words} on {us_dates(action.day)}"
    return ""


def _left(draft: Draft, line: CarriedLine, day: str, *, reprices: bool) -> CarriedLine:
    """An award less what the form's rows took from it before its terms changed: those dated before the day.

    ``reprices``: whether the price changes, so that a row at the old price came before.
    """
    if any(word in line.text("security_title") for word in _OBLIGED):
        return line
    moves = [
        (cells.get("acquired_disposed", ""), moved)
        for table, _, row in rows(draft)
        if table == TABLES[1] and row.is_transaction and _is_row_of(cells := row_cells(table, row), line)
        if reprices or "" < cells.get("transaction_date", "") < day
        if (moved := number(cells.get("amount"))) is not None
    ]
    total = number(line.text(_TOTAL))
    if not moves or total is None:
        return line
    return _changed(line, {_TOTAL: amount_text(net([("A", total), *moves]))})


def _taken(line: CarriedLine, now: CarriedLine) -> str:
    return amount_text(change(amount(now.text(_TOTAL)), amount(line.text(_TOTAL)))[0])


def _with_taken(line: CarriedLine, taken: str) -> CarriedLine:
    """The line as rows of the form continue from it, those before the event too."""
    return (
        _changed(line, {_TOTAL: amount_text(net([("A", amount(line.text(_TOTAL))), ("A", amount(taken))]))})
        if taken
        else line
    )


_OBLIGED: Final = ("Obligation", "obligation")
_TERMS_OF_LINE: Final = ("exercise_price", "expiration_date", "ownership_form", "nature_of_ownership")


def _is_row_of(cells: Mapping[str, str], line: CarriedLine) -> bool:
    """Whether a row is of a line, by title, price, last day and holder as far as the row has them."""
    return is_of(line, cells.get("security_title", "")) and all(
        cells[name] == line.text(name) for name in _TERMS_OF_LINE if cells.get(name) and line.text(name)
    )


# ---- what becomes of them


def _split(draft: Draft, lines: Lines, answers: Mapping[str, str]) -> Lines:
    """Awards have their number and price in proportion; shares are adjusted by the event."""
    new, old = number(answers.get("new")), number(answers.get("old"))
    if not new or not old:
        return lines
    fractions = Fractions.HELD if answers.get("fractions") == Fractions.HELD.value else Fractions.CASH

    def proposed(line: CarriedLine) -> CarriedLine:
        return _with(
            line,
            lambda shares: split_whole(shares, new, old, fractions),
            lambda price: split_price(price, new, old),
        )

    return _awards(draft, lines, answers, "split", proposed)


def _adjusted(draft: Draft, lines: Lines, answers: Mapping[str, str]) -> Lines:
    """Awards have the number and price that the filer gives, else in proportion to the factor."""
    factor = number(answers.get("factor"))
    if answers.get("plan") == "no" or answers.get("what") == "shares":
        return lines

    def proposed(line: CarriedLine) -> CarriedLine:
        if not factor:
            return line
        return _with(
            line,
            lambda shares: split_whole(shares, factor, _ONE, Fractions.CASH),
            lambda price: adjusted_price(price, factor),
        )

    return _awards(draft, lines, answers, "award_adjusted", proposed)


_ONE: Final = amount("1")


def _reclassified(draft: Draft, lines: Lines, answers: Mapping[str, str]) -> Lines:
    """Awards are over the new class; where only the name changed, the lines of the class have the new one."""
    title = answers.get("new_title", "")
    if not title:
        return lines
    renamed = answers.get("what") == "name"
    new, old = (_ONE, _ONE) if renamed else (number(answers.get(name)) or _ONE for name in ("new", "old"))

    def proposed(line: CarriedLine) -> CarriedLine:
        changed = (
            line
            if new == old
            else _with(
                line,
                lambda shares: split_whole(shares, new, old, Fractions.CASH),
                lambda price: split_price(price, new, old),
            )
        )
        return _changed(changed, {"underlying_title": title})

    restated = _awards(draft, lines, answers, "reclassified", proposed)
    return (
        tuple(_renamed(draft, line, answers["security"], title) for line in restated) if renamed else restated
    )


def _renamed(draft: Draft, line: CarriedLine, security: str, title: str) -> CarriedLine:
    """A line of Table I under its new name, with what the form did to it under the old one."""
    if line.table != TABLES[0] or not is_of(line, security):
        return line
    return _changed(_since(draft, line), {"security_title": title})


def _since(draft: Draft, line: CarriedLine) -> CarriedLine:
    key = line_key(TABLES[0], line.cells)
    moves = [
        (key, signed(table, row_cells(table, row)))
        for table, _, row in rows(draft)
        if row.is_transaction and line_key(table, row_cells(table, row)) == key
    ]
    for event in draft.interview.events:
        moves += [(key, amount(text)) for name, text in event.adjusts.items() if name == str(key)]
    total = number(line.text(_TOTAL))
    if total is None or not moves:
        return line
    return _changed(line, {_TOTAL: amount_text(together([(key, total), *moves])[key])})


def _awards(
    draft: Draft,
    lines: Lines,
    answers: Mapping[str, str],
    recipe: str,
    proposed: Callable[[CarriedLine], CarriedLine],
) -> Lines:
    """The lines in which the awards are as proposed, or as the filer gave them."""
    numbers = {each.place: each for each in _touched(draft, lines, answers, recipe)}
    found = []
    for place, line in enumerate(lines):
        if splits_terms(line, answers.get("security", "")):
            award = numbers.get(place)
            if award and award.recorded:
                found.append(line)
                continue
            changed = proposed(award.line if award else line)
            if award and answers.get("apply") == "no":
                changed = _as_given(changed, award.number, answers)
            changed = _with_taken(changed, award.taken if award else "")
            if line.source and changed != line:
                changed = replace(changed, source=f"{line.source}, {_SOURCE_NOTES[recipe]}")
            found.append(changed)
        else:
            found.append(line)
    return tuple(found)


_SOURCE_NOTES: Final = {
    "split": "restated for the split",
    "award_adjusted": "as adjusted",
    "reclassified": "as reclassified",
}


def _as_given(line: CarriedLine, number: int, answers: Mapping[str, str]) -> CarriedLine:
    given = {_TOTAL: f"number_{number}", "exercise_price": f"strike_{number}"}
    return _changed(line, {column: answers[name] for column, name in given.items() if answers.get(name)})


def _with(
    line: CarriedLine, number_after: Callable[[Decimal], Decimal], price_after: Callable[[Decimal], Decimal]
) -> CarriedLine:
    cells: dict[str, str] = {}
    for name, after in ((_TOTAL, number_after), ("exercise_price", price_after)):
        before = number(line.text(name))
        if before is not None:
            cells[name] = amount_text(after(before))
    return _changed(line, cells)


def _changed(line: CarriedLine, cells: Mapping[str, str]) -> CarriedLine:
    return replace(line, cells={**line.cells, **cells})


_RESTATED: Final[dict[str, Callable[[Draft, Lines, Mapping[str, str]], Lines]]] = {
    "split": _split,
    "award_adjusted": _adjusted,
    "reclassified": _reclassified,
}
"""What an event makes of the lines of the last filing."""
