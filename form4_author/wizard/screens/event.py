"""What happened: the list of events, their cards, both tables as they stand, and the date that follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.model.label import words
from form4_author.revision.division import MOST_ROWS
from form4_author.wizard.draft import amended_line, carried_line, event, row_value
from form4_author.wizard.draft.answer import Data, flat, node, put, rows, text
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.recipes import RECIPES, rule_text
from form4_author.wizard.recipes.trade import fill_lines
from form4_author.wizard.screen import Answer, AnswerKind, Option, Prompt, Proposal, Screen, Step, View
from form4_author.wizard.screens.party import form_field
from form4_author.wizard.wording import day_words, fold, line, lines, number_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["CARDS", "HAPPENED", "LINES", "PERIOD", "SEVERAL"]

_SECTION: Final = "What happened"
_BY_HAND: Final = (
    ("non_derivative", "transaction", "Enter a transaction of Table I myself"),
    ("derivative", "transaction", "Enter a transaction of Table II myself (options, units …)"),
    ("non_derivative", "holding", "Enter a holding of Table I"),
    ("derivative", "holding", "Enter a holding of Table II"),
)
_SEVERAL: Final = "several"
_TICKING: Final = ("interview", "ticking")
"""``yes`` while the list is open in which several are ticked."""
_MOST_SHOWN: Final = 4
"""Lines of earlier forms that are told before anything has happened; the others are there all the same."""


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


def _happened_options(view: View) -> tuple[Option, ...]:
    holdings_only = view.base == "3"
    several = Option(_SEVERAL, "Several of these: they are ticked in a list")
    found = [] if holdings_only else [*_recipe_options(view), several]
    found += [
        Option(f"{table} {kind}", label)
        for table, kind, label in _BY_HAND
        if kind == "holding" or not holdings_only
    ]
    owned = "Nothing: no securities are owned" if holdings_only else "Nothing: no lines, only the boxes"
    nothing = "Nothing else" if any(rows(view.data)) else owned
    return (*found, Option("done", nothing))


def _happened_step(view: View, answer: Answer) -> Step:
    if answer == "done":
        return Step(data=view.data, goto="lines")
    if answer == _SEVERAL:
        return Step(data=put(view.data, _TICKING, "yes"), goto="several")
    table, _, kind = str(answer).partition(" ")
    if kind:
        count = view.count(table)
        message = (
            f"A filing takes {MOST_ROWS} lines of a table: the packet will be divided into companion filings."
        )
        return Step(
            data=put(view.data, (table, count), {"kind": kind}),
            goto=f"{table}[{count}].security_title",
            words=(message,) if count >= MOST_ROWS else (),
        )
    return _cards_step(view, (str(answer),))


def _cards_step(view: View, recipes: Sequence[str]) -> Step:
    """The cards of what happened; the first is put at once, the next each time the lines are asked about."""
    count = view.count("interview.events")
    data = view.data
    for number, id in enumerate(recipes, count):
        data = put(data, ("interview", "events", number), {"recipe": id, "answers": {}})
    return Step(data=data, goto=event.card(View(data, count))[0].id.replace("{i}", str(count)))


def _ticked(view: View, answer: Answer) -> Step:
    chosen = answer if isinstance(answer, tuple) else (answer,)
    return _cards_step(View(put(view.data, _TICKING, None)), chosen)


def _from_last_filing(view: View) -> tuple[str, ...]:
    """Who and what is known from the last filing, while the form has no line."""
    source = view.text("interview.opened")
    if not source:
        return ()
    listed = node(view.data, ("interview", "carried"))
    owned = [
        f"{number_words(str(line.get('amount_owned_following')))} {row_value.line_words(line)}"
        for line in (listed if isinstance(listed, list) else [])
        if line.get("amount_owned_following") != "0" and not line.get("dormant")
    ]
    if len(owned) > _MOST_SHOWN:
        owned[_MOST_SHOWN - 1 :] = [f"{len(owned) - _MOST_SHOWN + 1} more lines"]
    people = "; ".join(view.text(f"owners[{n}].name") for n in range(view.count("owners")))
    apart = view.text("interview.two_bases")
    return (
        *fold(f"From the {source}: {people}. Held then: {'; '.join(owned) or 'nothing'}."),
        *(fold(f"{apart}. Check whether those totals are from before the split.") if apart else ()),
    )


HAPPENED: Final = Screen(
    id="happened",
    section=_SECTION,
    title="What happened",
    prompts=(
        Prompt(
            id="happened",
            message="What happened?",
            help="Choose what the person did or received: the lines of the form follow from it, with table, code and "
            "columns, and any cell can be changed afterwards. What needs no line says so: stock splits (16a-9), "
            "reinvested dividends (16a-11), a mere change of form of ownership (16a-13), regular 401(k) and ESPP "
            "purchases (16b-3(c)); a total is adjusted with a footnote instead. Awards and other dealings with the "
            "issuer (16b-3) are offered for directors and officers.",
            kind=AnswerKind.CHOICE,
            options=_happened_options,
            propose=lambda view: Proposal("done") if any(rows(view.data)) else None,
            act=_happened_step,
            filters=True,
            narrows="a word, such as vest or gift,",
            hub=True,
        ),
    ),
    intro=lambda view: lines(view.data) or _from_last_filing(view),
    # Asked in order while there is nothing; later it is reached from the lines, and leads back to them.
    home=lambda data: "lines" if any(rows(data)) or View(data).count("interview.events") else "",
)


SEVERAL: Final = Screen(
    id="several",
    section=_SECTION,
    title="What happened",
    home="happened",
    transient=True,
    when=lambda view: view.text("interview.ticking") == "yes",
    prompts=(
        Prompt(
            id="several",
            path="interview.ticking",
            message="Which of these happened?",
            help="Tick all that go on this form: their questions follow one another, in the order of the list.",
            kind=AnswerKind.MULTI,
            options=_recipe_options,
            act=_ticked,
        ),
    ),
)


# ---- the card of an event


def _card_title(view: View) -> str:
    card_recipe = event.recipe_of(view.data, view.index or 0)
    return card_recipe.label if card_recipe else "Something that happened"


def _card_intro(view: View) -> tuple[str, ...]:
    card_recipe = event.recipe_of(view.data, view.index or 0)
    return (
        (*fold(rule_text(card_recipe, view.base)), *fill_lines(view), *card_recipe.listed(view))
        if card_recipe
        else ()
    )


CARDS: Final = Screen(
    id="events",
    section=_SECTION,
    title=_card_title,
    prompts=event.card,
    count=lambda data: View(data).count("interview.events"),
    home="lines",
    intro=_card_intro,
)


# ---- both tables


def _period_words(view: View) -> str:
    return day_words(view.text("period_of_report")) or "not known yet"


def _lines_options(view: View) -> tuple[Option, ...]:
    found = [Option("done", "That is everything"), Option("more", "Something else happened, or another line")]
    pending = carried_line.pending(view.data)
    if pending:
        found.insert(0, Option("carry", _carry_words(pending)))
    if same := len(amended_line.unchanged(view.data)):
        words = "the line that did" if same == 1 else f"the {same} lines that did"
        found.insert(0, Option("unchanged", f"Drop {words} not change (Instruction 9)"))
    for table, index, row in rows(view.data):
        found.append(Option(f"{table}[{index}].columns", f"Open {_short(line(table, index, row))}"))
    for number in range(view.count("interview.events")):
        name = _card_title(View(view.data, number))
        here = View(view.data, number)
        unfinished = "" if event.whole(here) else " (unfinished)"
        found.append(Option(f"event {number}", _short(f"Change the answers: {name}{unfinished}")))
        if not event.rows_with_totals(here):
            found.append(Option(f"drop {number}", _short(f"Take back: {name}{unfinished}")))
    found.append(Option("period_of_report", f"{_period_name(view)}: {_period_words(view)}"))
    return tuple(found)


def _carry_words(pending: Sequence[Data]) -> str:
    """``Add what the last filing also had: 1,000 Common Stock, By Spouse``."""
    lines = "; ".join(
        f"{number_words(str(line['amount_owned_following']))} {row_value.line_words(line)}"
        for line in pending
    )
    return _short(f"Add what the last filing also had: {lines}")


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"  # fits beside pointer and key


_AT_ONCE: Final[dict[str, tuple[Callable[[Data], Data], str]]] = {
    "carry": (carried_line.added, "Holdings added; open one to change it."),
    "unchanged": (amended_line.without_unchanged, "Only lines that changed are left."),
}
"""What is done to several lines at once, and what is said of it."""


def _lines_step(view: View, answer: Answer) -> Step:
    chosen = str(answer)
    if chosen in ("done", "more"):
        return Step(data=view.data, goto="happened" if chosen == "more" else None)
    if chosen in _AT_ONCE:
        change, words = _AT_ONCE[chosen]
        return Step(data=change(view.data), goto="lines", words=(words,))
    if chosen == "period_of_report":
        return Step(data=view.data, goto=chosen, come_back=True)
    verb, _, number = chosen.partition(" ")
    if verb == "event":
        first = event.card(View(view.data, int(number)))[0]
        return Step(data=view.data, goto=first.id.replace("{i}", number))
    if verb == "drop":
        return Step(data=event.taken_back(view.data, int(number)), goto="lines")
    return Step(data=view.data, goto=chosen)


def _lines_proposal(view: View) -> Proposal:
    """What is begun is finished first, then comes what the last filing also had."""
    for number in range(view.count("interview.events")):
        if event.recipe_of(view.data, number) is not None and not event.whole(View(view.data, number)):
            return Proposal(f"event {number}")
    if 0 < len(amended_line.unchanged(view.data)) < len(tuple(rows(view.data))):
        return Proposal("unchanged")
    if carried_line.pending(view.data):
        return Proposal("carry")
    return Proposal("done" if _anything(view.data) or view.base == "3" else "more")


def _anything(data: Data) -> bool:
    return any(rows(data)) or bool(View(data).count("interview.events"))


def _lines_intro(view: View) -> tuple[str, ...]:
    listed = lines(view.data)
    kinds = [row.get("kind") for _, _, row in rows(view.data)]
    alone = (
        listed
        and "transaction" not in kinds
        and view.base == "4"
        and not view.flag("not_subject_to_section16")
    )
    return (*listed, *(_ALONE if alone else ())) or ("No lines yet.",)


_ALONE: Final = (
    "No transaction so far: holdings alone need no Form 4, and EDGAR takes none (specification 4.3).",
)


LINES: Final = Screen(
    id="lines",
    section=_SECTION,
    title="Lines of the form so far (Table I and Table II)",
    prompts=(
        Prompt(
            id="lines",
            message="Is that everything?",
            help="Open a line to change a cell, attach a footnote, move or remove it. A class that was "
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


def _earliest(data: Data) -> Proposal | None:
    days = [flat(row).get("transaction_date", "") for _, _, row in rows(data) if row.get("kind") != "holding"]
    dated = sorted(day for day in days if day)
    if dated:
        return Proposal(dated[0], "the earliest line")
    left = _left(data)
    return Proposal(left, "the day of leaving") if left else None


def _left(data: Data) -> str:
    """The day on which the person stopped being an insider, where an event says so."""
    events = range(View(data).count("interview.events"))
    return next((day for n in events if (day := text(data, f"interview.events[{n}].answers.date"))), "")


def _period_name(view: View) -> str:
    field = form_field("period_of_report")
    return words(field, view.base) if field else ""


def _is_amendment(view: View) -> bool:
    return view.text("form").endswith("/A")


def _set_reason(view: View, answer: Answer) -> Step:
    """The reason stands in Remarks; an earlier one gives way to it."""
    before, reason = view.text("interview.amendment.reason"), str(answer)
    others = view.text("remarks").replace(before, "").strip() if before else view.text("remarks")
    remarks = others if reason in others else f"{reason}\n{others}".strip()
    return Step(data=put(put(view.data, ("interview", "amendment", "reason"), reason), ("remarks",), remarks))


PERIOD: Final = Screen(
    id="period",
    section=_SECTION,
    title=_period_name,
    prompts=(
        Prompt(
            id="period_of_report",
            message=_period_name,
            help="Box 3 (Form 3: box 2). Form 4: the date of the first transaction on the form, from "
            "which the due date is "
            "counted. Form 3: the day the person became subject to Section 16. Form 5: the end of the "
            "issuer's fiscal year.",
            entry=EntryKind.DATE,
            field=form_field("period_of_report"),
            propose=lambda view: _earliest(view.data) if view.base == "4" else None,
            silent=True,
            derived=True,
        ),
        Prompt(
            id="date_of_original_submission",
            message="Date Original Filed",
            help="Box 4 (Form 3: box 5). The day on which the form that is amended was filed.",
            entry=EntryKind.DATE,
            field=form_field("date_of_original_submission"),
            when=_is_amendment,
        ),
        Prompt(
            id="amendment.reason",
            path="interview.amendment.reason",
            message="What does this amendment change, and why? It goes to Remarks",
            help="Instruction 9. An amendment repeats only the lines it changes, and says what it changes: This "
            "amendment corrects the number of shares sold. Enter alone where a footnote says it.",
            required=False,
            longest=1000,
            when=_is_amendment,
            act=_set_reason,
        ),
    ),
)
