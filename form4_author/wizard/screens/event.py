"""What happened: the list of events, their cards, both tables as they are, and the date that follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.model.conformed_signature import natural_name
from form4_author.model.interview import InsiderEvent, ReturnPlace
from form4_author.model.label import words
from form4_author.revision.division import MOST_ROWS
from form4_author.text import day_text, folded, shortened
from form4_author.wizard.draft import (
    amended_line,
    amended_reason,
    carried_line,
    event,
    footnote,
    row_change,
    row_value,
)
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipes import RECIPES, rule_text
from form4_author.wizard.recipes.after_the_fact import LATE_ITEM
from form4_author.wizard.recipes.corporate import LEFT
from form4_author.wizard.recipes.trade import fill_lines
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Screen, Step, View
from form4_author.wizard.screens.box import BOXES, PLAN_AND_EXIT, boxes_words
from form4_author.wizard.screens.party import form_field
from form4_author.wizard.wording import day_words, line_row, lines, number_words, us_dates, us_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from form4_author.model.draft import Draft
    from form4_author.model.interview import CarriedLine

__all__ = ["BECAME", "CARDS", "HAPPENED", "LINES", "PERIOD", "SEVERAL"]

_SECTION: Final = "What happened"
_BY_HAND: Final = (
    ("non_derivative", "transaction", "Enter a transaction of Table I myself"),
    ("derivative", "transaction", "Enter a transaction of Table II myself (options, units …)"),
    ("non_derivative", "holding", "Enter a holding of Table I"),
    ("derivative", "holding", "Enter a holding of Table II"),
)
_NONE: Final = Option("something_else", "None of these: describe what happened", stays=True)
"""The event of code J, which is offered whatever is looked for."""
_OWNED: Final = (
    Option("non_derivative holding", "Shares"),
    Option("options", "Stock options"),
    Option("units", "Restricted stock units (RSUs)", "RSU"),
    Option("derivative holding", "Other: a warrant, a convertible security, another right"),
)
"""What is asked of a Form 3."""
_HOLDINGS: Final = {"options": "derivative holding", "units": "derivative holding"}
_TITLES: Final = {"options": "Stock Option (Right to Buy)", "units": "Restricted Stock Units"}
"""The title that is proposed for a holding of this kind."""
_OWNED_TITLE: Final = "interview.owned_title"
_SEVERAL: Final = "several"
_CHECKING: Final = "interview.ticking"
"""``yes`` while the list is open in which several are checked."""
_REASON: Final = "interview.amendment.reason"
_ROW: Final = 70
"""Columns of a row, beside the pointer and its key."""
_MOST_SHOWN: Final = 4
"""Lines of earlier forms that are reported before anything has happened; the others are there all the same."""


# ---- the list of events


def _insider(view: View) -> bool:
    """Whether a director or officer is on the form: what rests on Rule 16b-3 is for them only."""
    return any(
        view.flag(f"owners[{n}].{name}")
        for n in range(view.count("owners"))
        for name in ("is_director", "is_officer")
    )


def _recipe_options(view: View) -> tuple[Option, ...]:
    return tuple(Option(r.id, r.label, r.also) for r in RECIPES if _insider(view) or not r.insiders)


def _barred_options(view: View) -> tuple[Option, ...]:
    """The events that are for directors and officers only, where none is on the form."""
    if _insider(view) or view.base == "3":
        return ()
    return tuple(
        Option(r.id, r.label, r.also, barred=f"{r.insiders_by}: directors, officers")
        for r in RECIPES
        if r.insiders
    )


def _happened_options(view: View) -> tuple[Option, ...]:
    anything = any(rows(view.draft))
    if view.base == "3":
        return (*_OWNED, Option("done", "Nothing else" if anything else "None: no securities are owned"))
    several = Option(_SEVERAL, "Several of these: check them in a list")
    by_hand = (Option(f"{table} {kind}", label) for table, kind, label in _BY_HAND)
    nothing = "Nothing else" if anything else "Nothing: no lines, only the boxes"
    events = [option for option in _recipe_options(view) if option.value != _NONE.value]
    return (*events, several, *by_hand, Option("done", nothing), _NONE)


def _happened_words(view: View) -> str:
    """The question; on a Form 3 it names the person and the day."""
    if view.base != "3":
        return "What happened?"
    others = view.count("owners") - 1
    name = natural_name(view.text("owners[0].name")) or "the reporting person"
    who = f"{name}{f' and {others} more' if others > 0 else ''}"
    day = us_day(view.text("period_of_report"))
    return f"What {'else ' if any(rows(view.draft)) else ''}did {who} own{f' on {day}' if day else ''}?"


def _happened_step(view: View, answer: Answer) -> Step:
    if answer == "done":
        return Step(draft=view.draft, goto="lines")
    if answer == _SEVERAL:
        return Step(draft=view.with_text(_CHECKING, "yes").draft, goto="several")
    table, _, kind = _HOLDINGS.get(str(answer), str(answer)).partition(" ")
    if kind:
        title = "" if answer not in _HOLDINGS else str(answer)
        view = view.with_text(_OWNED_TITLE, _TITLES.get(title))
        draft, count = row_change.with_new_row(
            view.draft, table, "holding" if kind == "holding" else "transaction", {}
        )
        message = f"A form has room for {MOST_ROWS} lines of a table: the packet will be divided into several filings."
        return Step(
            draft=draft,
            goto=f"{table}[{count}].security_title",
            words=(message,) if count >= MOST_ROWS else (),
        )
    return _cards_step(view, (str(answer),))


def _cards_step(view: View, recipes: Sequence[str]) -> Step:
    """The cards of what happened; the first is put at once, the next each time the lines are asked about."""
    events, late = view.interview.events, _late(view)
    if late:
        events = events[:-1]
    count = len(events)
    new = (
        InsiderEvent(recipe=id, answers=dict(late if number == 0 else {}))
        for number, id in enumerate(recipes)
    )
    draft = view.draft.with_interview(events=(*events, *new))
    return Step(draft=draft, goto=event.card(view.of(draft, count))[0].id.replace("{i}", str(count)))


def _late(view: View) -> Mapping[str, str]:
    """What an event keeps that an earlier form should have shown, where that was said just before; else nothing."""
    events = view.interview.events
    answers = events[-1].answers if events and events[-1].recipe == LATE_ITEM.id else {}
    note = answers.get("late_note", "")
    return {"late": answers["should"], "late_note": note} if note and answers["should"] != "3" else {}


def _checked_values(view: View, answer: Answer) -> Step:
    chosen = answer if isinstance(answer, tuple) else (answer,)
    return _cards_step(view.with_text(_CHECKING, None), chosen)


def _from_last_filing(view: View) -> tuple[str, ...]:
    """Who and what is known from the last filing, while the form has no line."""
    source = view.text("interview.opened")
    if not source:
        return ()
    owned = [
        _owned_words(line)
        for line in view.interview.carried
        if line.text("amount_owned_following") != "0" and not line.dormant
    ]
    if len(owned) > _MOST_SHOWN:
        owned[_MOST_SHOWN - 1 :] = [f"{len(owned) - _MOST_SHOWN + 1} more lines"]
    people = "; ".join(view.text(f"owners[{n}].name") for n in range(view.count("owners")))
    apart = view.text("interview.two_bases")
    return (
        f"From the {us_dates(source)}: {people.rstrip('.')}. Held then: {'; '.join(owned) or 'nothing'}.",
        *((f"{apart}. Check whether those totals are from before the split.",) if apart else ()),
    )


def _owned_words(line: CarriedLine) -> str:
    return f"{number_words(line.text('amount_owned_following'))} {row_value.line_words(line.cells)}"


HAPPENED: Final = Screen(
    id="happened",
    section=_SECTION,
    title=lambda view: "What was owned" if view.base == "3" else "What happened",
    prompts=(
        Prompt(
            id="happened",
            message=_happened_words,
            help="Choose what the person did or received. It sets the table, the code and the columns; "
            "you can change any cell later. An event that needs no line says so: stock splits (16a-9), "
            "reinvested dividends (16a-11), a mere change of form of ownership (16a-13), regular 401(k) and ESPP "
            "purchases (16b-3(c)); a total is adjusted with a footnote instead. Awards and other dealings with the "
            "issuer (16b-3) are offered for directors and officers.",
            kind=AnswerKind.CHOICE,
            options=_happened_options,
            propose=lambda view: Proposal("done") if any(rows(view.draft)) else None,
            act=_happened_step,
            filters=lambda view: view.base != "3",  # what was owned is a short list
            narrows="a word, such as vest or gift,",
            barred=_barred_options,
            lists="event",
            hub=True,
        ),
    ),
    intro=lambda view: lines(view.draft) or _from_last_filing(view),
    # Asked in order while there is nothing; later it is reached from the lines, and leads back to them.
    home=lambda draft: "lines" if _anything(draft) else "",
)


SEVERAL: Final = Screen(
    id="several",
    section=_SECTION,
    title="What happened",
    home="happened",
    transient=True,
    when=lambda view: view.text(_CHECKING) == "yes",
    prompts=(
        Prompt(
            id="several",
            path=_CHECKING,
            message="Which of these happened?",
            help="Check all that belong on this form. Their questions follow in the order of the list.",
            kind=AnswerKind.MULTI,
            options=_recipe_options,
            act=_checked_values,
        ),
    ),
)


# ---- the card of an event


def _card_title(view: View) -> str:
    card_recipe = event.recipe_of(view.draft, view.index or 0)
    return card_recipe.label if card_recipe else "Something that happened"


def _card_intro(view: View) -> tuple[str, ...]:
    card_recipe = event.recipe_of(view.draft, view.index or 0)
    return (
        (rule_text(card_recipe, view.base), *fill_lines(view), *card_recipe.listed(view))
        if card_recipe
        else ()
    )


CARDS: Final = Screen(
    id="events",
    section=_SECTION,
    title=_card_title,
    prompts=event.card,
    count=lambda draft: len(draft.interview.events),
    home="lines",
    intro=_card_intro,
)


# ---- both tables


def _period_words(view: View) -> str:
    return day_words(view.text("period_of_report")) or "not known yet"


def _lines_options(view: View) -> tuple[Option, ...]:
    """The lines are the menu: a row opens one."""
    found = [Option("done", "Continue" if _anything(view.draft) else "Continue without a line")]
    if same := len(amended_line.unchanged(view.draft)):
        words = "the line that did" if same == 1 else f"the {same} lines that did"
        found.append(Option("unchanged", f"Drop {words} not change (Instruction 9)"))
    pending = carried_line.pending(view.draft)
    if pending:
        found.append(Option("carry", _carry_words(pending)))
    found.append(Option("more", "Something else happened, or another line"))
    for table, index, row in rows(view.draft):
        found.append(Option(f"{table}[{index}].columns", shortened(line_row(table, index, row), _ROW)))
    for number in range(len(view.interview.events)):
        here = view.of(view.draft, number)
        name = _card_title(here)
        unfinished = "" if event.whole(here) else " (unfinished)"
        found.append(Option(f"event {number}", _short(f"Change the answers: {name}{unfinished}")))
        if not event.rows_with_totals(here):
            found.append(Option(f"drop {number}", _short(f"Remove: {name}{unfinished}")))
    found.append(Option("period_of_report", f"{_period_name(view)}: {_period_words(view)}"))
    if view.base != "3":
        found.append(Option(BOXES.id, boxes_words(view)))
    return tuple(found)


def _carry_words(pending: Sequence[CarriedLine]) -> str:
    """``Add what the last filing also had: 1,000 Common Stock, By Spouse``."""
    return _short(f"Add what the last filing also had: {'; '.join(_owned_words(line) for line in pending)}")


def _short(words: str) -> str:
    return shortened(words, _ROW)  # fits beside pointer and key


_AT_ONCE: Final[dict[str, tuple[Callable[[Draft], Draft], str]]] = {
    "carry": (carried_line.added, "Holdings added; open one to change it."),
    "unchanged": (amended_line.without_unchanged, "Only lines that changed are left."),
}
"""What is done to several lines at once, and what is said of it."""


def _lines_step(view: View, answer: Answer) -> Step:
    chosen = str(answer)
    if chosen in ("done", "more"):
        return Step(draft=view.draft, goto="happened" if chosen == "more" else None)
    if chosen in _AT_ONCE:
        change, words = _AT_ONCE[chosen]
        return Step(draft=change(view.draft), goto="lines", words=(words,))
    if chosen == "period_of_report":
        return Step(draft=view.draft, goto=chosen, come_back=True)
    return _opened_row(view, chosen)


def _opened_row(view: View, chosen: str) -> Step:
    """Where a row of the lines leads: to its line, to the answers of an event, to the boxes and back."""
    verb, _, number = chosen.partition(" ")
    if verb == "event":
        first = event.card(view.of(view.draft, int(number)))[0]
        return Step(draft=view.draft, goto=first.id.replace("{i}", number))
    if verb == "drop":
        return Step(draft=event.taken_back(view.draft, int(number)), goto="lines")
    if verb == BOXES.id:
        back = ReturnPlace(to="lines", until="section", section=PLAN_AND_EXIT)
        jumps = (*view.interview.back_to, back)
        return Step(draft=view.draft.with_interview(back_to=jumps), goto="aff10b5_one")
    return Step(draft=view.draft, goto=chosen)


def _lines_proposal(view: View) -> Proposal:
    """What is begun is finished first, then comes what the last filing also had."""
    for number in range(len(view.interview.events)):
        if event.recipe_of(view.draft, number) is not None and not event.whole(view.of(view.draft, number)):
            return Proposal(f"event {number}")
    if 0 < len(amended_line.unchanged(view.draft)) < len(tuple(rows(view.draft))):
        return Proposal("unchanged")
    if carried_line.pending(view.draft):
        return Proposal("carry")
    return Proposal("done" if _anything(view.draft) or view.base == "3" else "more")


def _anything(draft: Draft) -> bool:
    return any(rows(draft)) or bool(draft.interview.events)


def _lines_intro(view: View) -> tuple[str, ...]:
    listed = tuple(rows(view.draft))
    alone = (
        listed
        and not any(row.is_transaction for _, _, row in rows(view.draft))
        and view.base == "4"
        and not view.flag("not_subject_to_section16")
    )
    return (_ALONE if alone else ()) if listed else ("No lines yet.",)


_ALONE: Final = (
    (
        "No transaction yet. Holdings alone do not require a Form 4, and EDGAR accepts no Form 4 without a transaction "
        "(specification 4.3)."
    ),
)


LINES: Final = Screen(
    id="lines",
    section=_SECTION,
    title="Lines of the form",
    prompts=(
        Prompt(
            id="lines",
            message="Is that everything?",
            help="Press Enter on a line to change a cell, attach a footnote, or move or remove the line. A class "
            "that was "
            "traded is reported "
            "with all its lines: enter a holding for each line that did not change (Instruction 4(a)(i)).",
            kind=AnswerKind.CHOICE,
            options=_lines_options,
            propose=_lines_proposal,
            act=_lines_step,
            hub=True,
        ),
    ),
    intro=_lines_intro,
)


# ---- the date of the earliest transaction


def _earliest(draft: Draft) -> Proposal | None:
    days = [row.transaction_date.value for _, _, row in rows(draft) if row.is_transaction]
    first = min((day for day in days if day), default=None)
    if first is not None:
        return Proposal(day_text(first), "the earliest line")
    dated = [each for each in draft.interview.events if each.answers.get("date")]
    left = next((each for each in dated if each.recipe == LEFT.id), None)
    if left is not None:
        return Proposal(left.answers["date"], "the day of leaving")
    return Proposal(dated[0].answers["date"], "the day of what happened") if dated else None


def _period_name(view: View) -> str:
    field = form_field("period_of_report")
    return words(field, view.base) if field else ""


def _is_amendment(view: View) -> bool:
    return view.text("form").endswith("/A")


def _reason(view: View) -> Proposal | None:
    """What changed, in words; not where a footnote says that already."""
    said = any("amendment" in folded(words) for words in footnote.texts(view.draft).values())
    words = "" if said else amended_reason.reason(view.draft)
    return Proposal(words) if words else None


def _set_reason(view: View, answer: Answer) -> Step:
    """The reason is in Remarks; an earlier one gives way to it."""
    before, reason = view.text(_REASON), str(answer)
    others = view.text("remarks").replace(before, "").strip() if before else view.text("remarks")
    remarks = others if reason in others else f"{reason}\n{others}".strip()
    return Step(draft=view.with_text(_REASON, reason).with_text("remarks", remarks).draft)


def _became(view: View) -> str:
    return f"Date of becoming an insider ({_period_name(view)})"


BECAME: Final = Screen(
    id="became",
    section=_SECTION,
    title=_period_name,
    when=lambda view: view.base == "3",
    prompts=(
        Prompt(
            id="period_of_report",
            message=_became,
            help="Box 2 of Form 3: the day on which the person became a director, an officer or a 10% holder, or on "
            "which the issuer's class was registered. The form is due within 10 days after it (Rule 16a-3(a)), and "
            "shows what was owned on it.",
            entry=EntryKind.DATE,
            field=form_field("period_of_report"),
        ),
    ),
)
"""Asked before what was owned: the deadline counts from it."""


PERIOD: Final = Screen(
    id="period",
    section=_SECTION,
    title=_period_name,
    prompts=(
        Prompt(
            id="period_of_report",
            message=_period_name,
            help="Box 3. Form 4: the date of the first transaction on the form, from which the due date is counted. "
            "Form 5: the end of the issuer's fiscal year.",
            entry=EntryKind.DATE,
            field=form_field("period_of_report"),
            propose=lambda view: _earliest(view.draft) if view.base == "4" else None,
            when=lambda view: view.base != "3",
            silent=True,
            derived=True,
        ),
        Prompt(
            id="date_of_original_submission",
            message="Date Original Filed",
            help="Box 4 (Form 3: box 5). The date on which the form being amended was filed.",
            entry=EntryKind.DATE,
            field=form_field("date_of_original_submission"),
            when=_is_amendment,
        ),
        Prompt(
            id="amendment.reason",
            path=_REASON,
            message="What does this amendment change, and why? It goes to Remarks",
            help="Instruction 9. An amendment repeats only the lines it changes, and says what it changes: This "
            "amendment corrects the number of shares sold. The proposal is made from what changed on the lines.",
            required=False,
            longest=1000,
            prefill=True,
            propose=_reason,
            when=_is_amendment,
            act=_set_reason,
        ),
    ),
)
