"""Which security an event is about: a class on record is chosen from a list, any other is typed.

A typed title of a class on record is that class, written as it was last filed unless the filer says otherwise. Where no
class is on record, the title is typed. The answer is in each case the title that the form has.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.title import same_class
from form4_author.text import shortened
from form4_author.wizard.draft.memo import recalled_by_view
from form4_author.wizard.draft.security_class import KnownClass, class_labels, class_named, classes_of
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS
from form4_author.wizard.recipes.shared.question import asked
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Step, View

if TYPE_CHECKING:
    from form4_author.wizard.recipe import Recipe

__all__ = ["ANOTHER", "BESIDE", "choosing"]

ANOTHER: Final = "other"
"""The option for a class that is not on record."""
BESIDE: Final = ("other_security", "spelling")
"""The questions beside that on the security, which a cell or an answer with a title makes unnecessary."""
_ID: Final = "events[{i}].security"
_SECURITY: Final = f"{ANSWERS}security"
_UNLISTED: Final = f"{ANSWERS}unlisted"
"""That another security was chosen, while its title is not known yet."""
_TYPED: Final = f"{ANSWERS}typed"
"""The title as it was typed."""
_SPELLING: Final = f"{ANSWERS}spelling"
_ROOM: Final = 66


def choosing(recipe: Recipe) -> Recipe:
    """The recipe whose question on the security lets one choose from the classes on record."""
    prompts: list[Prompt] = []
    for prompt in recipe.prompts:
        prompts += _Which(prompt).prompts() if prompt.id == _ID else (prompt,)
    return replace(recipe, prompts=tuple(prompts))


class _Which:
    """The questions on the security of one recipe; a class only to share how it asks for a title."""

    def __init__(self, typed: Prompt) -> None:
        self._typed = typed
        self._offered = recalled_by_view(self._classes)

    def _classes(self, view: View) -> tuple[KnownClass, ...]:
        """The classes on record that the question is about: those that it would complete and accept if typed."""
        titles = self._typed.suggests(view)
        return tuple(
            security
            for security in classes_of(view)
            if any(same_class(security.title, title) for title in titles)
            and self._typed.fault(view, security.title) is None
        )

    def _lists(self, view: View) -> bool:
        return self._typed.when(view) and bool(self._offered(view))

    # ---- the list

    def _options(self, view: View) -> tuple[Option, ...]:
        classes, chosen = self._offered(view), view.text(_SECURITY)
        listed = [Option(c.title, label) for c, label in zip(classes, class_labels(classes), strict=True)]
        if chosen and chosen not in [option.value for option in listed]:
            listed.append(Option(chosen, _cut(chosen)))
        return (*listed, Option(ANOTHER, "Another security: its title is asked next"))

    def _proposed(self, view: View) -> Proposal:
        usual, classes = self._typed.propose(view), self._offered(view)
        security = class_named(classes, usual.text) if usual else classes[0]
        return Proposal(security.title if security else ANOTHER)

    def _choose(self, view: View, answer: Answer) -> Step:
        words = " ".join(str(answer).split())
        if words == view.text(_SECURITY):
            return Step(draft=view.draft)
        if words == ANOTHER:
            return Step(draft=_with(view, unlisted=ANOTHER).draft)
        if words in [option.value for option in self._options(view)]:
            return Step(draft=_with(view, words).draft)
        return self._name(view, words)

    # ---- another title

    def _proposed_title(self, view: View) -> Proposal | None:
        """What is usual where it is none of the classes in the list."""
        usual = self._typed.propose(view)
        return None if usual is None or class_named(self._offered(view), usual.text) else usual

    def _name(self, view: View, answer: Answer) -> Step:
        """A class on record is written as last filed, until the filer says otherwise."""
        words = str(answer)
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
                kind=AnswerKind.CHOICE,
                help=f"{typed.help} The list has the classes on record as last filed, with what is held of each.",
                options=self._options,
                propose=self._proposed,
                act=self._choose,
                sets=(_UNLISTED,),
                typed=True,
                when=self._lists,
            ),
            replace(typed, when=lambda view: typed.when(view) and not self._offered(view)),
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


def _cut(words: str) -> str:
    return shortened(words, _ROOM)
