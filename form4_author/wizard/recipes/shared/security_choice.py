"""Which security an event is about: a line or class on record is chosen from a list, any other is typed.

A row of the list names a class, and for shares also how they are held, with what was held before: how they are held is
not asked again then. A typed title of a class on record is that class, written as it was last filed unless the filer
says otherwise. Where no class is on record, the title is typed. The answer is in each case the title that the form has.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.title import same_class
from form4_author.text import shortened
from form4_author.wizard.draft.memo import recalled_by_view
from form4_author.wizard.draft.security_class import (
    KnownClass,
    class_labels,
    class_named,
    classes_of,
    line_labels,
)
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS
from form4_author.wizard.recipes.shared.question import asked
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Step, View
from form4_author.wizard.wording import us_dates

if TYPE_CHECKING:
    from decimal import Decimal

    from form4_author.wizard.recipe import Recipe

__all__ = ["ANOTHER", "BESIDE", "choosing"]

ANOTHER: Final = "other"
"""The option for a class that is not on record, or that is held in a way that is not."""
_ANOTHER_CLASS: Final = "Another security: its title is asked next"
_ANOTHER_LINE: Final = "Another class, or held in another way"
BESIDE: Final = ("other_security", "spelling")
"""The questions beside that on the security, which a cell or an answer with a title makes unnecessary."""
_ID: Final = "events[{i}].security"
_SECURITY: Final = f"{ANSWERS}security"
_UNLISTED: Final = f"{ANSWERS}unlisted"
"""That another security was chosen, while its title is not known yet."""
_TYPED: Final = f"{ANSWERS}typed"
"""The title as it was typed."""
_SPELLING: Final = f"{ANSWERS}spelling"
_HELD: Final = f"{ANSWERS}as_held"
"""How the line chosen is held: ``D``, or ``I By Spouse``."""
_OWNERSHIP: Final = f"{ANSWERS}ownership"
_OWNERSHIP_ID: Final = "events[{i}].ownership"
_SERIES: Final = "events[{i}].series"
_LINE: Final = re.compile(r"(.+) \((D|I .+)\)")
"""The answer that names a line: ``Common Stock (I By Spouse)``."""
_MESSAGES: Final = {
    "sold": "Which shares were sold?",
    "gave": "How were the shares held before the gift?",
    "own_trust": "Out of which line?",
    "annuity_trust": "Out of which line?",
    "status_changed": "Which line changed?",
}
"""The question where lines are listed, by recipe, if it is not that on the security."""
_ROOM: Final = 66


def choosing(recipe: Recipe) -> Recipe:
    """The recipe whose question on the security lets one choose from the lines and classes on record."""
    by_id = {prompt.id: prompt for prompt in recipe.prompts}
    if _ID not in by_id:
        return recipe
    which = _Which(by_id[_ID], by_id.get(_OWNERSHIP_ID), by_id.get(_SERIES), _MESSAGES.get(recipe.id, ""))
    asked_instead = {_ID: which.prompts(), _OWNERSHIP_ID: which.ownership()}
    return replace(
        recipe, prompts=tuple(each for p in recipe.prompts for each in asked_instead.get(p.id, (p,)))
    )


class _Which:
    """The questions on the security of one recipe; a class only to share how it asks for a title."""

    def __init__(self, typed: Prompt, holder: Prompt | None, series: Prompt | None, message: str) -> None:
        self._typed = typed
        self._holder = holder
        self._series = series
        self._message = message
        self._offered = recalled_by_view(self._classes)
        self._held = recalled_by_view(self._lines)

    def _classes(self, view: View) -> tuple[KnownClass, ...]:
        """The classes on record that the question is about: those that it would complete and accept if typed."""
        titles = self._typed.suggests(view)
        return tuple(
            security
            for security in classes_of(view)
            if any(same_class(security.title, title) for title in titles)
            and self._typed.fault(view, security.title) is None
        )

    def _lines(self, view: View) -> dict[str, tuple[str, str, Decimal]]:
        """The lines that can be chosen, by answer, each with its title, how it is held and its total."""
        found = {}
        for security in self._offered(view):
            answers = self._ways(view, security.title)
            for ownership, total in security.lines():
                way = "D" if ownership == "direct" else f"I {ownership}"
                if way in answers:
                    found[f"{security.title} ({way})"] = security.title, ownership, total
        return found

    def _ways(self, view: View, title: str) -> tuple[str, ...]:
        """The answers to how shares of this title are held; none where that is not asked, or follows from a series."""
        holder, series, of = self._holder, self._series, view.with_text(_SECURITY, title)
        if holder is None or not holder.when(of) or (series is not None and series.when(of)):
            return ()
        return tuple(option.value for option in holder.options(of))

    def _lists(self, view: View) -> bool:
        return self._typed.when(view) and bool(self._offered(view))

    # ---- the list

    def _options(self, view: View) -> tuple[Option, ...]:
        lines, chosen = self._held(view), view.text(_SECURITY)
        titles = {title for title, _ownership, _total in lines.values()}
        others = [security for security in self._offered(view) if security.title not in titles]
        named = zip((c.title for c in others), class_labels(others), strict=True)
        listed = [
            *(Option(*each) for each in zip(lines, line_labels(tuple(lines.values())), strict=True)),
            *(Option(*each) for each in named),
        ]
        differently = {title: Option(title, _cut(f"{title}, held in another way")) for title in titles}
        if len(titles) == 1:
            listed += differently.values()
        if chosen and chosen not in [option.value for option in listed]:
            listed.append(differently.get(chosen) or Option(chosen, _cut(chosen)))
        return (*listed, Option(ANOTHER, _ANOTHER_LINE if len(titles) > 1 else _ANOTHER_CLASS))

    def _below(self, view: View) -> str:
        """Where the balances in the list are from; empty where it has none."""
        source = us_dates(view.text("interview.opened"))
        if not (source and self._held(view)):
            return ""
        return f"Balances as of the {source}{', and the lines of this form' if view.index else ''}."

    def _asked(self, view: View) -> str:
        return self._message if self._message and self._held(view) else self._typed.asked(view)

    def _proposed(self, view: View) -> Proposal:
        usual, classes = self._typed.propose(view), self._offered(view)
        security = class_named(classes, usual.text) if usual else classes[0]
        if security is None:
            return Proposal(ANOTHER)
        held = self._holder.propose(view.with_text(_SECURITY, security.title)) if self._holder else None
        line = f"{security.title} ({held.text if held else ''})"
        if line in self._held(view):
            return Proposal(line)
        return Proposal(security.title if self._is_listed(view, security.title) else ANOTHER)

    def _is_listed(self, view: View, title: str) -> bool:
        """Whether the class is a row of its own; where lines of several classes are listed, none of these is."""
        titles = {each for each, _ownership, _total in self._held(view).values()}
        return len(titles) < 2 or title not in titles

    def _present(self, view: View) -> str:
        """The line that was chosen, if it is still the one; else empty."""
        line = f"{view.text(_SECURITY)} ({view.text(_HELD)})"
        return line if line in self._held(view) and view.text(_OWNERSHIP) == view.text(_HELD) else ""

    def _choose(self, view: View, answer: Answer) -> Step:
        words = " ".join(str(answer).split())
        if words == (self._present(view) or view.text(_SECURITY)):
            return Step(draft=view.draft)
        if view.text(_HELD):
            view = view.with_text(_HELD, None).with_text(_OWNERSHIP, None)
        if words == ANOTHER:
            return Step(draft=_with(view, unlisted=ANOTHER).draft)
        if words in self._held(view):
            return Step(draft=_on_line(view, words).draft)
        titles = [security.title for security in self._offered(view)]
        if words in [*titles, *(option.value for option in self._options(view))]:
            return Step(draft=_with(view, words).draft)
        return self._name(view, words)

    # ---- another title

    def _proposed_title(self, view: View) -> Proposal | None:
        """What is usual where it is none of the classes in the list."""
        usual = self._typed.propose(view)
        return None if usual is None or class_named(self._offered(view), usual.text) else usual

    def _name(self, view: View, answer: Answer) -> Step:
        """A class on record is written as last filed, until the filer says otherwise; a line may be named whole."""
        line = _LINE.fullmatch(str(answer))
        words = line[1] if line else str(answer)
        if line:
            view = _held_as(view, line[2])
        security = class_named(self._offered(view), words)
        return Step(
            draft=_with(view, security.title if security else words, words, view.text(_UNLISTED)).draft
        )

    # ---- its spelling

    def _respelled(self, view: View) -> KnownClass | None:
        """The class on record whose title was typed in other words; None where it was not."""
        words = view.text(_TYPED)
        security = class_named(self._offered(view), words)
        return security if security and security.title != words else None

    def _spellings(self, view: View) -> tuple[Option, ...]:
        security, words = self._respelled(view), view.text(_TYPED)
        if security is None:
            return ()
        return (
            Option(security.title, class_labels([security])[0]),
            Option(words, _cut(f"{words}, as typed")),
        )

    def _spelled(self, view: View) -> Proposal | None:
        security = self._respelled(view)
        return Proposal(security.title) if security else None

    # ---- the questions

    def prompts(self) -> tuple[Prompt, ...]:
        """The list where a class is on record, else the question as it is; the title of another; its spelling."""
        typed = self._typed
        return (
            replace(
                typed,
                message=self._asked,
                kind=AnswerKind.CHOICE,
                help=f"{typed.help} The list has the classes on record as last filed, with what is held of each.",
                present=self._present,
                options=self._options,
                below=self._below,
                propose=self._proposed,
                act=self._choose,
                sets=(_UNLISTED,),
                typed=True,
                when=self._lists,
            ),
            replace(typed, when=lambda view: typed.when(view) and not self._offered(view), act=self._name),
            replace(
                typed,
                id="events[{i}].other_security",
                path=_TYPED,
                message="Title of the security, as the form is to have it",
                propose=self._proposed_title,
                act=self._name,
                when=lambda view: self._lists(view) and view.text(_UNLISTED) == ANOTHER,
            ),
            asked(
                "spelling",
                _which_title,
                _SPELLING_HELP,
                kind=AnswerKind.CHOICE,
                options=self._spellings,
                propose=self._spelled,
                act=_spell,
                when=lambda view: self._lists(view) and self._respelled(view) is not None,
            ),
        )

    def ownership(self) -> tuple[Prompt, ...]:
        """How they are held: not asked where a line was chosen, which says so."""
        holder = self._holder
        if holder is None:
            return ()

        def propose(view: View) -> Proposal | None:
            held = view.text(_HELD)
            return Proposal(held) if held else holder.propose(view)

        return (
            replace(
                holder,
                propose=propose,
                silent=lambda view: bool(view.text(_HELD)),
                recalled=lambda view: not view.text(_HELD),
            ),
        )


_SPELLING_HELP: Final = (
    "Column 1, Instruction 3(b). Titles that differ only in case, par value or abbreviation name one class, and its "
    "total goes on from the last form either way. A reader follows the class by the title as last filed."
)


def _which_title(view: View) -> str:
    return f'"{view.text(_TYPED)}" is a class on record. Which title does the form have?'


def _spell(view: View, answer: Answer) -> Step:
    return Step(draft=view.with_text(_SPELLING, answer).with_text(_SECURITY, answer).draft)


def _with(view: View, security: str = "", typed: str = "", unlisted: str = "") -> View:
    """The view with the answer and how it was given; another answer has its spelling asked again."""
    same = security == view.text(_SECURITY) and typed == view.text(_TYPED)
    view = view if same else view.with_text(_SPELLING, None)
    for path, text in ((_SECURITY, security), (_TYPED, typed), (_UNLISTED, unlisted)):
        view = view.with_text(path, text or None)
    return view


def _on_line(view: View, line: str) -> View:
    """The view with a line that was chosen: its title, and how it is held."""
    named = _LINE.fullmatch(line)
    return view if named is None else _held_as(_with(view, named[1]), named[2])


def _held_as(view: View, way: str) -> View:
    """How the shares are held follows from the line; an earlier answer to that is taken out."""
    return view.with_text(_HELD, way).with_text(_OWNERSHIP, None)


def _cut(words: str) -> str:
    return shortened(words, _ROOM)
