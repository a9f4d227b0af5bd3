"""Prompts on a terminal, drawn by questionary: the one module that imports it and prompt_toolkit.

Works at 80×24, over SSH and without colour: the keys that work stand under each prompt as plain text, and nothing is
said by colour. ``unsafe_ask`` lets Ctrl-C through to the session, which has saved everything.
"""

from __future__ import annotations

import os
import select
import shutil
import sys
from typing import TYPE_CHECKING, Final, TypedDict

import questionary
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.filters import Always, Condition, is_done
from prompt_toolkit.key_binding import KeyBindings, KeyBindingsBase, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.shortcuts import clear
from prompt_toolkit.styles import Style
from questionary.prompts.common import InquirerControl

from form4_author.errors import UnreadableInput
from form4_author.text import visible
from form4_author.wizard.guard import failure
from form4_author.wizard.option import Option, narrowed
from form4_author.wizard.prompter import (
    KEYS_IN_LINE,
    KEYS_IN_LIST,
    Key,
    ask_in,
    hint_of,
    key_of,
    message_of,
    text_in,
    unless_untouched,
)
from form4_author.wizard.wording import fold, whole_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.document import Document

    from form4_author.wizard.screen import Ask

__all__ = ["Terminal"]

_KEYS: Final = "123456789abcdefghijklmnoprstuvwxyz"
"""What chooses an option, without q, which leaves."""

_MOST_SHOWN: Final = 12
"""Lines of a list that are shown at once; it scrolls, so that the page above stays."""

_WIDEST_BARRED: Final = 71
"""Columns for label and reason of a row that can't be chosen, beside pointer, dash and brackets."""

_STYLE: Final = Style(
    [("qmark", ""), ("question", "bold"), ("answer", ""), ("pointer", "bold"), ("highlighted", "bold"),
     ("selected", "noreverse"), ("instruction", ""), ("validation-toolbar", "bold"), ("text", "")]
)  # fmt: skip


class Terminal:
    """Prompts on the terminal that runs the program.

    ``sheet``: the lines of a CSV or XLSX file of this name, which ``@name`` takes in place of a paste.
    """

    def __init__(self, sheet: Callable[[str], str] | None = None) -> None:
        self._sheet = sheet

    def show(self, lines: Sequence[str]) -> None:
        """A fresh page; on a terminal that can't clear, the page follows the last one."""
        if sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb":
            clear()
        width = shutil.get_terminal_size().columns
        whole = [part for line in lines for part in whole_words(visible(line), width)]
        print("\n".join(whole))  # noqa: T201  # showing is what a prompter does

    def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
        """The text in pages; Enter shows the next, q stops."""
        room = max(5, shutil.get_terminal_size().lines - 3 - len(top))
        for start in range(0, len(lines), room):
            self.show([*top, *lines[start : start + room]])
            last = start + room >= len(lines)
            keys = "Enter goes back to the review" if last else "Enter shows more, q stops"
            if questionary.text("", qmark=f"({keys})", style=_STYLE).unsafe_ask().strip() == Key.LEAVE.value:
                return

    def text(self, ask: Ask) -> str | Key:
        """A typed line; Enter alone accepts what is proposed."""
        ask = ask_in(ask, sys.stdout.encoding)
        sheet = self._sheet if ask.pastes else None
        fault = _Fault(ask, sheet)
        question = questionary.text(
            message_of(ask),
            qmark="",
            default=ask.proposal if ask.prefill else "",
            validate=fault.validate,
            style=_STYLE,
            validate_while_typing=False,
            **_completion(ask),
        )

        def footer() -> str:
            text = question.application.current_buffer.text
            echo = fault.about(text) or ask.echo(text)
            return "\n".join(
                part for part in (f" {echo}" if echo else "", f" {hint_of(ask)}", f" {KEYS_IN_LINE}") if part
            )

        question.application.key_bindings = _with(question, _pastes(ask, _tab_fills(ask)))
        line: str = _with_footer(question, footer).unsafe_ask()
        return _key(ask, line) or _from_sheet(sheet, unless_untouched(ask, line))

    def choice(self, ask: Ask) -> str | Key:
        """The option chosen with the arrow keys or its key."""
        ask = ask_in(ask, sys.stdout.encoding)
        choices = [_choice(option, number) for number, option in enumerate(ask.options)]
        offered = [o.value for o in ask.options]
        question = questionary.select(
            ask.message,
            choices,
            default=ask.proposal if ask.proposal in offered else None,
            qmark="",
            pointer=">",
            instruction=" ",
            style=_STYLE,
            use_shortcuts=not ask.filters and len(choices) <= len(_KEYS),
            use_search_filter=ask.filters,
            use_jk_keys=False,
        )
        reply: str | Key = _listed(question, ask).unsafe_ask()
        return reply

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        """The options ticked with the space bar."""
        ask = ask_in(ask, sys.stdout.encoding)
        choices = [
            questionary.Choice(o.label, value=o.value, checked=o.value in ask.chosen) for o in ask.options
        ]
        question = questionary.checkbox(
            ask.message,
            choices,
            qmark="",
            pointer=">",
            instruction=" ",
            validate=lambda chosen: (
                True if chosen or not ask.required else "Tick at least one with the space bar"
            ),
            style=_STYLE,
            use_jk_keys=False,
        )
        reply: list[str] | Key = _listed(question, ask, "Space ticks, ").unsafe_ask()
        return reply if isinstance(reply, Key) else tuple(reply)

    def confirm(self, ask: Ask) -> str | Key:
        """Yes or no; y and n answer at once. Where nothing is proposed no row is marked, and Enter alone waits."""
        ask = ask_in(ask, sys.stdout.encoding)
        options = (Option("yes", "Yes"), Option("no", "No"))
        choices = [questionary.Choice(o.label, value=o.value, shortcut_key=o.value[0]) for o in options]
        question = questionary.select(
            ask.message,
            choices,
            default=ask.proposal or None,
            qmark="",
            pointer=">",
            instruction=" ",
            style=_STYLE,
            use_shortcuts=True,
            use_jk_keys=False,
        )
        bindings = KeyBindings()
        for option in options:
            bindings.add(option.value[0], eager=True)(_exits(option.value))
        question.application.key_bindings = _with(question, bindings)
        if not ask.proposal:
            _unmarked(question)
        reply: str | Key = _listed(question, ask).unsafe_ask()
        return reply


# ---- typed lines


def _key(ask: Ask, line: str) -> Key | None:
    """The key that was typed, alone or behind a line that stood there to be edited."""
    return key_of(line) or (key_of(line.removeprefix(ask.proposal)) if ask.prefill else None)


class _Fault:
    """What is wrong with the line last entered. The keys always pass; a fault is said in the checks' own words.

    prompt_toolkit gives a fault one line, which cuts off what to do; so it announces, and the lines under it say.
    """

    def __init__(self, ask: Ask, sheet: Callable[[str], str] | None) -> None:
        self._ask = ask
        self._sheet = sheet
        self._text = ""
        self._problem = ""

    def validate(self, text: str) -> bool | str:
        """True, or the announcement."""
        self._text, self._problem = text, "" if _key(self._ask, text) else self._fault(text)
        return " Not accepted:" if self._problem else True

    def _fault(self, text: str) -> str:
        try:
            return self._ask.check(_from_sheet(self._sheet, text)) or ""
        except UnreadableInput as error:
            return error.problem
        except Exception as error:  # noqa: BLE001  # a bug in reading a sheet is a refused answer
            return failure(error)

    def about(self, text: str) -> str:
        """The fault while the line is still the one it was found in."""
        return "\n ".join(fold(self._problem)) if self._problem and text == self._text else ""


def _from_sheet(sheet: Callable[[str], str] | None, line: str) -> str:
    """The lines of the sheet that ``@name`` names; any other line as it is.

    Raises UnreadableInput where there is no such sheet.
    """
    name = line.strip()
    return sheet(name[1:].strip()) if sheet is not None and name.startswith("@") else line


def _pastes(ask: Ask, bindings: KeyBindings) -> KeyBindings:
    """The keys of a sheet that a terminal sends as if it were typed: tabs and ends of lines are kept."""
    if ask.pastes:
        bindings.add("tab", filter=Condition(lambda: bool(_buffer().text)))(_inserts("\t"))
        bindings.add("enter", eager=True, filter=Condition(_more_waits))(_inserts("\n"))
    return bindings


def _buffer() -> Buffer:
    return get_app().current_buffer


def _more_waits() -> bool:
    """Whether more has come from the terminal already than the key at hand: nobody types that fast."""
    app = get_app()
    if any(press.key is not Keys.CPRResponse for press in app.key_processor.input_queue):
        return True
    try:
        return bool(select.select([app.input.fileno()], [], [], 0)[0])
    except (OSError, ValueError, RuntimeError):  # on Windows a terminal has no number to look at
        return False


def _inserts(text: str) -> Callable[[KeyPressEvent], None]:
    def insert(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(text)

    return insert


def _tab_fills(ask: Ask) -> KeyBindings:
    """Tab on an empty line puts the proposal there, to be changed."""
    bindings = KeyBindings()
    if ask.proposal and not ask.prefill:
        bindings.add("tab", filter=Condition(lambda: not _buffer().text))(_inserts(ask.proposal))

    return bindings


class _Codes(Completer):
    """Codes whose letters or name the typed line fits."""

    def __init__(self, codes: Sequence[str]) -> None:
        self._codes = codes

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        del complete_event
        typed = document.text.casefold().strip()
        for code in self._codes if typed else ():
            short = code.split("  ")[0]
            if short.casefold().startswith(typed) or typed in code.casefold():
                yield Completion(short, start_position=-len(document.text), display=visible(code)[:70])


class _Completion(TypedDict, total=False):
    """The keywords of questionary's text for what completes a typed code."""

    completer: Completer
    complete_while_typing: bool
    reserve_space_for_menu: int


def _completion(ask: Ask) -> _Completion:
    if not ask.codes:
        return {}
    return {"completer": _Codes(ask.codes), "complete_while_typing": True, "reserve_space_for_menu": 6}


# ---- lists


def _choice(option: Option, number: int) -> questionary.Choice:
    key = _KEYS[number] if number < len(_KEYS) else None
    return questionary.Choice(option.label, value=option.value, shortcut_key=key)


def _listed(question: questionary.Question, ask: Ask, first: str = "") -> questionary.Question:
    """A list with the keys that work in place of an answer, and the line that says so."""
    bindings = KeyBindings()
    listed = _choices_of(question)
    if ask.filters:
        _narrowing(listed, ask, bindings)
    for window in question.application.layout.find_all_windows():
        if window.content is listed:
            window.height = Dimension(max=_MOST_SHOWN)
            window.dont_extend_height = Always()
    nothing_typed = Condition(lambda: not listed.search_filter)
    letter = ask.filters and _begins_a_word(Key.LEAVE.value, ask.options)  # then it narrows the list
    for key in Key:  # once a word is begun, q is one of its letters
        if key is not Key.LEAVE:
            bindings.add(key.value, eager=True)(_exits(key))
        elif not letter:
            bindings.add(key.value, eager=True, filter=nothing_typed)(_exits(key))
    bindings.add("c-d", eager=True)(_exits(Key.LEAVE))
    bindings.add("=", eager=True, filter=Condition(lambda: bool(ask.above)))(_exits(ask.above))
    question.application.key_bindings = _with(question, bindings)
    return _with_footer(question, lambda: _keys_of_list(ask, listed.choice_count, first, letter=letter))


def _keys_of_list(ask: Ask, count: int, first: str, *, letter: bool) -> str:
    """The lines under a list of so many options; ``letter``: q is a letter there."""
    hint = f" Now: {ask.shown}\n" if ask.shown and not ask.proposal else ""
    more = f" {_MOST_SHOWN} of {count} are shown; the arrow keys bring the others\n"
    narrow = f" Type {ask.narrows or 'a word'} to narrow the list\n" if ask.filters else ""
    keys = KEYS_IN_LIST.replace("q save", "Ctrl-C save") if letter else KEYS_IN_LIST
    repeat = "= as above  " if ask.above else ""
    return f"{more if count > _MOST_SHOWN else ''}{narrow}{hint} {first}{repeat}{keys}"


def _begins_a_word(letter: str, options: Sequence[Option]) -> bool:
    return any(word.startswith(letter) for o in options for word in o.label.casefold().split())


class _Narrowed(InquirerControl):
    """A list narrowed by what is typed: by words in any order, also by those that are not in the label.

    questionary shows the whole list again where nothing fits, as if everything did; here one line says so.
    """

    ask: Ask

    @property
    def filtered_choices(self) -> list[questionary.Choice]:
        """What is shown now."""
        if not self.search_filter:
            return list(self.choices)
        by_value = {choice.value: choice for choice in self.choices}
        found = narrowed((*self.ask.barred, *self.ask.options), self.search_filter)
        self.found_in_search = any(not option.stays for option in found)
        shown = [_barred(option) if option.barred else by_value[option.value] for option in found]
        if self.found_in_search:
            return shown
        return [questionary.Separator(self._nothing()), *shown, *([_show_all(self.ask)] if shown else ())]

    def _nothing(self) -> str:
        if not self.ask.lists:
            return "Nothing in the list has this; Backspace takes a letter away"
        return f'No {self.ask.lists} matches "{visible(self.search_filter or "")}".'

    @property
    def stuck(self) -> bool:
        """Whether the pointer is at nothing that can be chosen."""
        return not self.is_selection_valid()

    def search(self, typed: str | None) -> None:
        """The list of what this fits, the pointer at the first that can be chosen."""
        self.search_filter = typed or None
        listed = self.filtered_choices
        can = (at for at, choice in enumerate(listed) if _can_be_chosen(choice))
        self.pointed_at = next(can, 0)

    def add_search_character(self, char: Keys) -> None:
        """One letter more, or with Backspace one less."""
        typed = self.search_filter or ""
        self.search(typed[:-1] if char == Keys.Backspace else typed + str(char))

    def is_selection_a_separator(self) -> bool:
        """Whether the row pointed at only says something."""
        return isinstance(self.get_pointed_at(), questionary.Separator)

    def is_selection_disabled(self) -> str | None:
        """Why the row pointed at can't be chosen; None where it can."""
        return self.get_pointed_at().disabled


_ALL: Final = "show all"
"""The choice that takes back what was typed."""


def _can_be_chosen(choice: questionary.Choice) -> bool:
    return not isinstance(choice, questionary.Separator) and not choice.disabled


def _show_all(ask: Ask) -> questionary.Choice:
    """The row that brings the whole list back."""
    return questionary.Choice(f"Show all {len(ask.options)} {ask.lists or 'answer'}s", value=_ALL)


def _barred(option: Option) -> questionary.Choice:
    """A row that can't be chosen, in one line with its reason: the label gives way, at a space."""
    room = _WIDEST_BARRED - len(option.barred)
    label = option.label if len(option.label) <= room else f"{option.label[:room].rpartition(' ')[0]} …"
    return questionary.Choice(label.replace(", …", " …"), value=option.value, disabled=option.barred)


def _narrowing(listed: InquirerControl, ask: Ask, bindings: KeyBindings) -> None:
    """Makes a list narrow by our own words; where nothing fits, Enter waits."""
    listed.__class__ = _Narrowed
    if isinstance(listed, _Narrowed):
        listed.ask = ask
        _search_keys(listed, bindings)


def _search_keys(narrow: _Narrowed, bindings: KeyBindings) -> None:
    """The keys of a list that is narrowed."""
    stuck = Condition(lambda: narrow.stuck)
    everything = Condition(lambda: bool(narrow.search_filter) and narrow.get_pointed_at().value == _ALL)

    @bindings.add("enter", eager=True, filter=stuck)
    def wait(event: KeyPressEvent) -> None:
        del event

    @bindings.add("enter", eager=True, filter=everything)
    @bindings.add("c-u", eager=True)
    def whole(event: KeyPressEvent) -> None:
        del event
        narrow.search(None)

    for key, step in (("down", 1), ("c-n", 1), ("up", -1), ("c-p", -1)):
        bindings.add(key, eager=True, filter=stuck)(_steps(narrow, step))


def _steps(listed: _Narrowed, step: int) -> Callable[[KeyPressEvent], None]:
    """The pointer moves to the next row that can be chosen, where there is one."""

    def move(event: KeyPressEvent) -> None:
        del event
        for _ in range(listed.choice_count):
            listed.pointed_at = (listed.pointed_at + step) % listed.choice_count
            if not listed.stuck:
                return

    return move


def _unmarked(question: questionary.Question) -> None:
    """The list with no row marked until a key moves there: Enter waits, and says what for."""
    listed, bindings, pressed = _choices_of(question), KeyBindings(), [False]
    listed.pointed_at = -1
    none = Condition(lambda: listed.pointed_at == -1)

    @bindings.add("enter", eager=True, filter=none)
    def wait(event: KeyPressEvent) -> None:
        del event
        pressed[0] = True

    @bindings.add("up", eager=True, filter=none)
    def last(event: KeyPressEvent) -> None:
        del event
        listed.pointed_at = listed.choice_count - 1

    question.application.key_bindings = _with(question, bindings)
    _with_footer(question, lambda: " Choose an answer first." if pressed[0] and none() else "")


def _choices_of(question: questionary.Question) -> InquirerControl:
    """The list itself."""
    controls = question.application.layout.find_all_controls()
    return next(control for control in controls if isinstance(control, InquirerControl))


def _exits(result: str | Key) -> Callable[[KeyPressEvent], None]:
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(result=result)

    return leave


def _with(question: questionary.Question, bindings: KeyBindings) -> KeyBindingsBase:
    present = question.application.key_bindings
    return bindings if present is None else merge_key_bindings([present, bindings])


def _with_footer(question: questionary.Question, footer: Callable[[], str]) -> questionary.Question:
    """The question with lines of plain text under it, while it is open."""
    layout = question.application.layout
    below = ConditionalContainer(
        Window(
            FormattedTextControl(lambda: text_in(footer(), sys.stdout.encoding)),
            dont_extend_height=True,
            wrap_lines=True,
        ),
        filter=~is_done,
    )
    question.application.layout = Layout(
        HSplit([layout.container, below]), focused_element=layout.current_window
    )
    return question
