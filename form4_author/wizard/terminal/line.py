"""A typed line: what is proposed, what was typed before, and a rejected line, which typing replaces."""

from __future__ import annotations

import select
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

import questionary
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, is_done
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.layout.processors import TabsProcessor

from form4_author.errors import UnreadableInput
from form4_author.text import visible
from form4_author.wizard.guard import failure
from form4_author.wizard.prompter import (
    Key,
    changed_key_fault,
    footer,
    hint_of,
    key_in,
    key_of,
    message_of,
    unless_untouched,
)
from form4_author.wizard.reading import folded
from form4_author.wizard.terminal.keys import Escape, bind, key_bindings
from form4_author.wizard.terminal.screen import STYLE, Redraw, folded_to, shown, size, watch, width
from form4_author.wizard.typed_path import path_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    from form4_author.wizard.screen import Ask

__all__ = ["Typed", "TypedLine", "from_sheet"]

_EDITS = "Type to replace it, or use the arrow keys to edit it."
_MORE = "Enter shows the rest (PgDn)"
_FAULT = 3
"""Lines for what is wrong with a line and what can be done."""
_MENU = 6
"""Lines for codes that typing completes."""
_NO_SECTIONS = "There are no sections to go to here"


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that was typed and not accepted."""

    text: str
    rejected: bool = False
    cursor: int | None = None
    """Where the cursor was; None: at the end."""


class TypedLine:
    """One question that a typed line answers."""

    def __init__(
        self, ask: Ask, escape: Escape, sheet: Callable[[str], str] | None = None, typed: Typed | None = None
    ) -> None:
        self.left: Typed | None = None
        """What was typed when a key was pressed in place of an answer."""
        self._ask = ask
        self._escape = escape
        self._sheet = sheet if ask.pastes else None
        self._before = typed.text if typed else ask.proposal if ask.prefill else ""
        self._returned = typed is not None
        self._rejected, self._problem = "", ""
        self._scrolls = self._more = False
        self._question = self._drawn()
        watch(self._question.application)
        if typed is not None and typed.cursor is not None:
            self._question.application.current_buffer.cursor_position = typed.cursor
        if typed is not None and typed.rejected:
            self._question.application.pre_run_callables.append(self._reject_again)

    def put(self, *, scrolls: bool = False, more: bool = False) -> str | Key | Redraw:
        """The line that is accepted, or a key.

        ``scrolls``: whether a part of the text above is not shown; ``more``: whether Enter shows its next page.
        """
        self._scrolls, self._more = scrolls, more
        reply: str | Key | Redraw = self._question.unsafe_ask()
        if isinstance(reply, Redraw):
            buffer = self._question.application.current_buffer
            rejected = bool(buffer.text) and buffer.text == self._rejected and bool(self._problem)
            self.left = Typed(buffer.text, rejected, None if rejected else buffer.cursor_position)
        if isinstance(reply, (Key, Redraw)):
            return reply
        return from_sheet(self._sheet, unless_untouched(self._ask, reply))

    def height(self, columns: int, _rows: int = 0) -> int:
        """The lines that it takes, also when the line is rejected; it has no rows."""
        ask, before = self._ask, self._before.split("\n")
        message = message_of(ask)
        asked = _in_words(message).split("\n")
        if message.endswith("\n"):
            lines = len(asked) - 1 + len([at for line in before for at in range(0, len(line) + 1, columns)])
        else:
            lines = len(asked) + (len(asked[-1]) + 2 + len(before[0])) // columns + len(before) - 1
        hints = 1 + len(
            folded_to(hint_of(ask).splitlines(), columns)
        )  # what the line comes to, what Enter does
        return max(lines, _MENU if ask.codes else 0) + max(hints, _FAULT) + 1

    # ---- drawing

    def _drawn(self) -> questionary.Question:
        ask = self._ask
        question = questionary.text(
            _in_words(message_of(ask)),
            qmark="",
            default=self._before,
            style=STYLE,
            input_processors=[TabsProcessor(tabstop=8, char1=" ", char2=" ")],
            **_completion(ask),
        )
        application = question.application
        bind(application, self._keys())
        self._escape.time(application)
        below = ConditionalContainer(
            Window(FormattedTextControl(lambda: shown(self._below())), dont_extend_height=True),
            filter=~is_done,
        )
        layout = application.layout
        application.layout = Layout(HSplit([layout.container, below]), focused_element=layout.current_window)
        return question

    def _below(self) -> str:
        """What is wrong with the line or how it reads, what Enter does, and the keys."""
        text, columns = _buffer().text, width()
        wrong = bool(self._problem) and text == self._rejected
        about = (
            [*folded(self._problem, columns - 2), _EDITS]
            if wrong
            else [self._ask.echo(text), *([_MORE] if self._more else hint_of(self._ask).splitlines())]
        )
        keys = footer("shows more" if self._more else "accepts", columns, jumps=self._ask.jumps)
        return "\n".join(folded_to((*about, keys), columns))

    # ---- keys

    def _keys(self) -> KeyBindings:
        ask = self._ask
        bindings = key_bindings(self._escape, self._leave)
        empty = Condition(lambda: not _buffer().text)
        bindings.add("c-d", filter=empty)(lambda event: self._leave(Key.LEAVE, event))
        bindings.add("c-u")(_clear)
        bindings.add(Keys.BracketedPaste)(self._paste)
        bindings.add("enter")(self._enter)
        for names, turn in ((("pagedown", "c-n"), Redraw.ON), (("pageup", "c-p"), Redraw.BACK)):
            for name in names:
                bindings.add(name)(self._turns(turn))
        if ask.pastes:
            bindings.add("enter", eager=True, filter=Condition(_more_waits))(_inserts("\n"))
            bindings.add("tab", filter=~empty)(_inserts("\t"))
        if ask.proposal:
            bindings.add("tab", filter=empty)(_inserts(ask.proposal))
        return bindings

    def _leave(self, key: Key, event: KeyPressEvent) -> None:
        text = event.current_buffer.text
        if key_in(text, self._before):
            text = self._rejected or self._before
        changed = text != (self._ask.proposal if self._ask.prefill else "")
        self.left = Typed(text, rejected=bool(text) and text == self._rejected) if changed else None
        event.app.exit(result=key)

    def _turns(self, page: Redraw) -> Callable[[KeyPressEvent], None]:
        """A key that scrolls the text above, where there is more of it."""

        def turn(event: KeyPressEvent) -> None:
            if self._scrolls:
                event.app.exit(result=page)

        return turn

    def _enter(self, event: KeyPressEvent) -> None:
        text = event.current_buffer.text
        key = key_in(text, self._rejected or self._before)
        if key is not None and (key is not Key.JUMP or self._ask.jumps):
            self._leave(key, event)
            return
        if self._more:
            event.app.exit(result=Redraw.REST)
            return
        self._rejected, self._problem = text, self._fault(text)
        if self._problem:
            _select(event.current_buffer)
        else:
            event.current_buffer.exit_selection()
            event.current_buffer.validate_and_handle()

    def _paste(self, event: KeyPressEvent) -> None:
        """Ends of lines are text in a block and in a text that has lines, and spaces elsewhere."""
        parts = event.data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        keeps = self._ask.pastes or self._ask.breaks
        text = "\n".join(parts) if keeps else " ".join(part.strip() for part in parts if part.strip())
        buffer = event.current_buffer
        if buffer.selection_state is not None:
            buffer.cut_selection()
        buffer.insert_text(text)

    # ---- what is wrong

    def _fault(self, text: str) -> str:
        """What is wrong with the line, in the words of the checks; empty where nothing is."""
        if key_of(text) is Key.JUMP:
            return f"{_NO_SECTIONS}."
        if text.strip() and text not in (self._before, self._ask.proposal):
            ends_in_key = changed_key_fault(text)
            if ends_in_key:
                return ends_in_key
        try:
            return self._ask.check(from_sheet(self._sheet, text)) or ""
        except UnreadableInput as error:
            return error.problem
        except Exception as error:  # noqa: BLE001  # a bug in reading a sheet is a refused answer
            return failure(error)

    def _reject_again(self) -> None:
        """The line that was rejected before is selected again, with its fault."""
        self._rejected, self._problem = self._before, self._fault(self._before)
        if self._problem:
            _select(self._question.application.current_buffer)


def from_sheet(sheet: Callable[[str], str] | None, line: str) -> str:
    """The lines of the sheet that ``@name`` names; any other line as it is.

    Raises UnreadableInput where there is no such sheet.
    """
    name = line.strip()
    return sheet(path_typed(name[1:])) if sheet is not None and name.startswith("@") else line


def _select(buffer: Buffer) -> None:
    """The whole line is selected: typing replaces it, an arrow key only drops the selection."""
    buffer.cursor_position = 0
    buffer.start_selection()
    if buffer.selection_state is not None:
        buffer.selection_state.enter_shift_mode()
    buffer.cursor_position = len(buffer.text)


def _in_words(message: str) -> str:
    """The question in lines as wide as the window, broken between words; questionary puts a space before and behind."""
    question, end, _ = message.partition("\n")
    return (
        "\n".join(
            line.lstrip() if not n else line for n, line in enumerate(folded_to((question,), size()[0]))
        )
        + end
    )


def _clear(event: KeyPressEvent) -> None:
    event.current_buffer.exit_selection()
    event.current_buffer.document = Document()


def _buffer() -> Buffer:
    return get_app().current_buffer


def _more_waits() -> bool:
    """Whether more has already come from the terminal than this key: no one types that fast."""
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


# ---- codes that typing completes


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
    complete_while_typing: Condition
    reserve_space_for_menu: int


def _completion(ask: Ask) -> _Completion:
    if not ask.codes:
        return {}
    typing = Condition(lambda: bool(_buffer().text))  # an empty line needs no room for codes
    return {"completer": _Codes(ask.codes), "complete_while_typing": typing, "reserve_space_for_menu": _MENU}
