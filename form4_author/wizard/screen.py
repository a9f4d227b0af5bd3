"""What a screen is: draft. A place in the interview, the prompts there, and the step an answer leads to.

``View`` is the draft as one screen sees it; every callable on a prompt is a pure function of it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, TypedDict

from form4_author.findings import Path, path_from_text
from form4_author.model.interview import InsiderEvent
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.register_offer import EMPTY

if TYPE_CHECKING:
    from form4_author.model.draft import Draft, Value
    from form4_author.model.field import Field
    from form4_author.model.interview import Interview
    from form4_author.wizard.option import Option
    from form4_author.wizard.register_offer import Shelf

__all__ = [
    "NONE",
    "Answer",
    "AnswerKind",
    "Ask",
    "Place",
    "Prompt",
    "PromptFacts",
    "Proposal",
    "Screen",
    "Step",
    "View",
    "Words",
    "always",
    "filled",
]

Answer = str | tuple[str, ...]
"""A text, the value of the option chosen, ``yes`` or ``no``; a tuple of values where several may be chosen."""

NONE: Final = "-"
"""What a filer types to say that there is none, where a proposal or an older answer stands."""


class AnswerKind(Enum):
    """How a prompt is put."""

    TEXT = "text"
    CHOICE = "choice"
    MULTI = "multi"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class View:
    """The draft as a screen sees it; ``index`` is the owner, event, row … that this instance is about."""

    draft: Draft
    index: int | None = None
    shelf: Shelf = EMPTY
    """What the register offers."""

    @property
    def interview(self) -> Interview:
        """What the draft holds beside the form."""
        return self.draft.interview

    @property
    def event(self) -> InsiderEvent:
        """The event that the view is about; one without answers where there is none."""
        events, index = self.draft.interview.events, self.index or 0
        return events[index] if index < len(events) else _NO_EVENT

    def of(self, draft: Draft, index: int | None = None) -> View:
        """The view of another draft, or of another instance."""
        return View(draft, self.index if index is None else index, self.shelf)

    def path(self, template: str) -> Path:
        """The path that ``owners[{i}].cik`` stands for here."""
        return path_from_text(filled(template, self.index))

    def text(self, template: str) -> str:
        """The text at a path; empty when there is none."""
        return self.draft.text(filled(template, self.index))

    def flag(self, template: str) -> bool:
        """Whether a box is checked."""
        return self.draft.flag(filled(template, self.index))

    def with_text(self, template: str, new: Value) -> View:
        """The view of the draft with another value there; None takes it out."""
        return self.of(self.draft.with_(self.path(template), new))

    def count(self, path: str) -> int:
        """How many owners, events, rows … there are."""
        return self.draft.count(path)

    def doubted(self, id: str) -> str:
        """What was typed at this question and is in doubt; empty where nothing is."""
        doubt = self.interview.doubt
        return (doubt.typed or "") if doubt.question == filled(id, self.index) else ""

    def style(self, name: str) -> str:
        """The issuer's house style of this name; empty where it has none."""
        style = self.shelf.styles.get(name)
        return style if style is not None else self.interview.styles.get(name, "")

    def is_visited(self, section: str) -> bool:
        """Whether this section is walked because it was chosen, to come back afterwards."""
        jumps = self.draft.interview.back_to
        return bool(jumps) and jumps[-1].section == section and jumps[-1].until == "section"

    @property
    def base(self) -> str:
        """``3``, ``4`` or ``5``: the form without /A."""
        return (self.text("form") or "4")[:1]


_NO_EVENT: Final = InsiderEvent()


def filled(template: str, index: int | None) -> str:
    """``owners[0].cik`` for ``owners[{i}].cik`` and 0."""
    return template.replace("{i}", str(index)) if index is not None else template


def always(_view: View) -> bool:  # the shape of a condition
    """A condition that always holds."""
    return True


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer that Enter accepts, as it would be typed, and why it is proposed."""

    text: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What an answer does: the new draft, where to go (None: on), and words to show there."""

    draft: Draft
    goto: str | None = None
    come_back: bool = False
    """Whether to return here after the one question gone to."""
    back: bool = False
    """Whether it goes back to a question put before."""
    words: tuple[str, ...] = ()
    ends: str = ""
    """``packet``: the interview is over, make the packet; ``left``: save and leave; ``other``: open another draft."""
    fills: str = ""
    """The path of a past filing from which the draft begins."""
    opens: str = ""
    """The path of that other draft."""
    page: str = ""
    """``form``: show the whole form."""
    keeps: str = ""
    """Words for the library of footnotes."""
    places: tuple[str, str] | None = None
    """A power of attorney of ``Shelf.authorities``, and the accession number of the filing it is on file with."""
    attaches: Path | None = None
    """Where the draft has the name of a file that goes with the form."""
    about: str = ""
    """Whom of ``Shelf.beginnings`` the form is about."""


Words = str | Callable[[View], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One question."""

    id: str
    """``owners[{i}].cik``: names the question in answers files; the path it sets unless ``path`` says otherwise."""
    message: Words
    help: Words
    """What the box means, with the instruction's number."""
    kind: AnswerKind = AnswerKind.TEXT
    entry: EntryKind = EntryKind.TEXT
    path: str | Callable[[View], Path] = ""
    field: Field | None = None
    """The form's field, for limits and lists; the checks' own words are used for what is wrong."""
    required: bool = True
    when: Callable[[View], bool] = always
    propose: Callable[[View], Proposal | None] = lambda _view: None  # the shape of a proposal
    present: Callable[[View], str] = lambda _view: ""
    """The option that an earlier answer chose, where that is not what is at the path; empty otherwise."""
    recalled: bool | Callable[[View], bool] = True
    """Whether the answer is listed above the questions after it; not where the introduction or another shows it."""
    formerly: str | Callable[[View], str] = ""
    """What a file of answers stands for that was recorded before the question was asked so; never proposed."""
    options: Callable[[View], tuple[Option, ...]] = lambda _view: ()
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Meaning by code, where a code is typed."""
    aliases: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    """The codes that a text may mean beside its name, by the text as ``codes.folded`` has it."""
    elsewhere: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """What a text means in the list for other addresses, in words, by the text folded."""
    settled_by: str = ""
    """The id of the question about an answer in doubt, which is put next; empty where such an answer is refused."""
    suggests: Callable[[View], tuple[str, ...]] = lambda _view: ()
    """Texts that are likely; typing completes them."""
    act: Callable[[View, Answer], Step] | None = None
    """What an answer does beyond standing at the path."""
    comes_to: Callable[[View, str], str] = lambda _view, _taken: ""
    """What an answer amounts to with those before it, shown while it is typed."""
    sets: tuple[str, ...] = ()
    """Paths set beside or in place of its own."""
    supersedes: tuple[str, ...] = ()
    """Paths whose answers followed from the one given here before: taken out when it changes, and asked again."""
    hub: bool = False
    """A place one comes back to; its answer chooses what to do and is not kept."""
    reads: Callable[[View], tuple[str, ...]] | None = None
    """A text above it, in paragraphs, in place of the introduction: never cut, it scrolls on a small screen."""
    confirms: tuple[str, ...] = ()
    """The answers that confirm that text: none of them can be chosen before all of it was on the screen."""
    passed: Callable[[View], bool] = lambda _view: False
    """Whether it is not asked in order now; reached by a jump."""
    derived: bool = False
    """While only proposed, the answer follows what it was worked out from."""
    silent: bool | Callable[[View], bool] = False
    """Not asked in order as long as it can be worked out; reached by a jump. Some only in some drafts."""
    on_demand: bool = False
    """Never asked in order; reached by a jump."""
    idle: Callable[[View], bool] | None = None
    """When there is nothing to choose: then it is reached by a jump only."""
    prefill: bool = False
    """The proposal is in the line, to be edited."""
    filters: bool | Callable[[View], bool] = False
    """The list is long: what is typed narrows it. Some only in some drafts."""
    typed: bool = False
    """Whether words that are none of the options are an answer from a file or a sheet, which ``act`` understands."""
    narrows: str = "a word"
    """What is typed to narrow a long list, as the line under it says."""
    barred: Callable[[View], tuple[Option, ...]] = lambda _view: ()
    """What can't be chosen here, each with the reason: shown where it is looked for."""
    adds: Callable[[str], Option | None] = lambda _typed: None
    """The row that is offered for what was typed where no row fits it: a person who is not listed."""
    lists: str = ""
    """What the list holds, as a word for one of it: event."""
    below: Callable[[View], str] = lambda _view: ""
    """What is said under the list, such as where its numbers are from."""
    longest: int | None = None
    over: str = ""
    """What becomes of a text that is longer; empty where it is refused."""
    fault: Callable[[View, str], str | None] = lambda _view, _text: None

    def paths(self, view: View) -> tuple[Path, ...]:
        """The paths whose values are this prompt's answer."""
        own = self.path(view) if callable(self.path) else view.path(self.path or self.id)
        return (*(() if self.sets and not self.path else (own,)), *(view.path(p) for p in self.sets))

    def is_recalled(self, view: View) -> bool:
        """Whether the answer is listed above the questions after it, in this view."""
        return self.recalled(view) if callable(self.recalled) else self.recalled

    def is_silent(self, view: View) -> bool:
        """Whether it is not asked in order, in this view, as long as it can be worked out."""
        return self.silent(view) if callable(self.silent) else self.silent

    def former_answer(self, view: View) -> str:
        """What an earlier file of answers stands for, in this view."""
        return self.formerly(view) if callable(self.formerly) else self.formerly

    def is_filtered(self, view: View) -> bool:
        """Whether what is typed narrows the list, in this view."""
        return self.filters(view) if callable(self.filters) else self.filters

    def asked(self, view: View) -> str:
        """The message in this view."""
        return self.message(view) if callable(self.message) else filled(self.message, view.index)


class PromptFacts(TypedDict, total=False):
    """The keywords of Prompt that functions which make prompts pass through."""

    kind: AnswerKind
    entry: EntryKind
    required: bool
    when: Callable[[View], bool]
    propose: Callable[[View], Proposal | None]
    formerly: str | Callable[[View], str]
    options: Callable[[View], tuple[Option, ...]]
    names: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    elsewhere: Mapping[str, str]
    settled_by: str
    suggests: Callable[[View], tuple[str, ...]]
    act: Callable[[View, Answer], Step] | None
    comes_to: Callable[[View, str], str]
    derived: bool
    silent: bool | Callable[[View], bool]
    on_demand: bool
    prefill: bool
    filters: bool | Callable[[View], bool]
    longest: int | None
    over: str
    fault: Callable[[View, str], str | None]
    reads: Callable[[View], tuple[str, ...]] | None
    confirms: tuple[str, ...]
    passed: Callable[[View], bool]


def _one(_draft: Draft) -> int | None:  # the shape of a count
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Prompts that belong together; ``count`` says how many instances there are, None where there is just one."""

    id: str
    section: str
    """Name in the list of sections."""
    title: Words
    prompts: tuple[Prompt, ...] | Callable[[View], tuple[Prompt, ...]]
    count: Callable[[Draft], int | None] = _one
    when: Callable[[View], bool] = always
    transient: bool = False
    """Whether it is about something just begun, which may be left without an answer."""
    home: str | Callable[[Draft], str] = ""
    """The id of the hub that it hangs on, when it is a detour (in this draft); empty on the main line."""
    intro: Callable[[View], tuple[str, ...]] = lambda _view: ()

    def listed(self, view: View) -> tuple[Prompt, ...]:
        """All prompts of one instance, also those that do not apply now."""
        return self.prompts(view) if callable(self.prompts) else self.prompts

    def hub(self, draft: Draft) -> str:
        """The id of the hub that a detour leads home to."""
        return self.home(draft) if callable(self.home) else self.home

    def titled(self, view: View) -> str:
        """The title in this view."""
        return self.title(view) if callable(self.title) else self.title


@dataclass(frozen=True, slots=True)
class Place:
    """A question of the interview as it is: screen, instance, prompt."""

    screen: Screen
    prompt: Prompt
    index: int | None = None

    @property
    def id(self) -> str:
        """``owners[0].cik``."""
        return filled(self.prompt.id, self.index)

    def instance(self) -> tuple[str, int | None]:
        """What distinguishes this instance of a screen from others."""
        return self.screen.id, self.index


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question ready to be put: everything a prompter needs and nothing of the draft."""

    id: str
    message: str
    kind: AnswerKind
    options: tuple[Option, ...] = ()
    proposal: str = ""
    """What Enter accepts: a text as typed, the value of an option, ``yes`` or ``no``."""
    shown: str = ""
    """The proposal as it reads: ``Fri 11/01/2024``."""
    formerly: str = ""
    """See ``Prompt.formerly``."""
    chosen: tuple[str, ...] = ()
    """The values checked at first, where several may be chosen."""
    prefill: bool = False
    filters: bool = False
    typed: bool = False
    """Whether words that are none of the options are an answer from a file or a sheet, as ``check`` takes them."""
    narrows: str = ""
    barred: tuple[Option, ...] = ()
    """What can't be chosen, with the reason: shown where typing narrows the list to it."""
    adds: Callable[[str], Option | None] = lambda _typed: None
    """See ``Prompt.adds``."""
    lists: str = ""
    """A word for one of the list, for the line that says that none fits: event."""
    below: str = ""
    """What is said under the list."""
    required: bool = True
    above: str = ""
    """The value that ``=`` chooses from a list: that of the line above; empty where there is none."""
    codes: tuple[str, ...] = ()
    """``CA  California``: what completes a typed code."""
    pastes: bool = False
    """Whether lines of a sheet are an answer."""
    breaks: bool = False
    """Whether the ends of lines in what is pasted are part of the answer."""
    hub: bool = False
    """Whether its answer chooses where to go, and may be asked for again there."""
    text: tuple[str, ...] = ()
    """What is to be read whole above the question, paragraph by paragraph."""
    confirms: tuple[str, ...] = ()
    """The answers that can be chosen only when all of the text was on the screen."""
    jumps: bool = False
    """Whether ``/`` leads to the list of sections."""
    is_menu: bool = False
    """Whether it is the start menu, behind which there is nothing to go back to."""
    refused: str = ""
    """Why the answer just given to this question could not be taken; empty where it is not put again for that."""
    check: Callable[[str], str | None] = lambda _text: None
    """What is wrong with a typed line."""
    echo: Callable[[str], str] = lambda _text: ""
    """What a typed line is understood as, and how long it may be."""
