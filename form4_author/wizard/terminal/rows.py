"""A list on the terminal: keys move the pointer or narrow the rows, and Enter alone chooses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.keys import Keys

from form4_author.text import shortened
from form4_author.wizard.option import Option, narrowed
from form4_author.wizard.prompter import Key, footer
from form4_author.wizard.screen import AnswerKind
from form4_author.wizard.terminal.keys import Escape, bind, key_bindings, nothing
from form4_author.wizard.terminal.screen import (
    STYLE,
    Redraw,
    folded_to,
    height,
    layout_of,
    shown,
    watch,
    width,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    from form4_author.wizard.screen import Ask

__all__ = ["YES_NO", "Chosen", "Left", "Rows"]

Chosen = str | tuple[str, ...] | Key | Redraw
"""What comes back from a list."""

YES_NO: Final = (Option("yes", "Yes"), Option("no", "No"))
_MOST_DIGITS: Final = 9
"""Rows that digits point at; typing narrows a longer list."""
_MOST_SHOWN: Final = 12
"""Rows that are shown at once; they scroll, so that the page above stays."""
_FEWEST_SHOWN: Final = 3
_CHOOSE: Final = "Choose an answer first."
_NOTHING: Final = "Nothing in the list matches; press Backspace to delete a letter"
_ALL: Final = "show all"
"""The row that takes back what was typed."""
_BESIDE_REASON: Final = 9
"""Columns beside label and reason of a row that can't be chosen: pointer, number, brackets, the last one."""


@dataclass(frozen=True, slots=True)
class Left:
    """A list as it was when a key was pressed in place of an answer."""

    value: str
    """The row that the pointer was at; empty without a pointer."""
    typed: str
    checked: tuple[str, ...]
    notice: str = ""


@dataclass(slots=True)
class _State:
    """Where the pointer is, what was typed to narrow the list, which rows are checked."""

    at: int | None
    typed: str = ""
    checked: set[str] = field(default_factory=set)
    first: int = 0
    """The first row shown."""
    notice: str = ""


class Rows:
    """One question that rows answer."""

    def __init__(self, ask: Ask, escape: Escape, left: Left | None = None) -> None:
        self.left: Left | None = None
        """How the list was when a key was pressed in place of an answer."""
        self._ask = ask
        self._above = 0
        """Lines of the page above, which stay as long as three rows fit."""
        self._scrolls = False
        """Whether there is a text above of which only a part is shown."""
        self._options = ask.options or YES_NO
        self._is_multi = ask.kind is AnswerKind.MULTI
        self._letters = ask.kind is AnswerKind.CONFIRM
        self._keyed = any(option.key for option in self._options)
        self._narrows = not (self._is_multi or self._keyed) and (
            ask.filters or len(self._options) > _MOST_DIGITS
        )
        self._chosen: str | None = None
        typed = left.typed if left else ""
        self._now = _State(None, typed, set(left.checked if left else ask.chosen))
        start = self._options[0].value if self._is_multi else ask.proposal
        self._start = Left(start, "", tuple(ask.chosen))
        values = {option.value for option in self._options}
        self._point_at(left.value if left and left.value in {"", *values} else start)
        self._now.notice = left.notice if left else ""
        self._application: Application[Chosen] = Application(layout=layout_of(self._drawn), style=STYLE)
        bind(self._application, self._keys(escape))
        escape.time(self._application)
        watch(self._application)

    def put(self, above: int = 0, *, scrolls: bool = False) -> Chosen:
        """The value of the row chosen, the values of those checked, or a key.

        ``above``: lines of the page above. ``scrolls``: whether a part of its text is not shown.
        """
        self._above, self._scrolls = above, scrolls
        reply: Chosen = questionary.Question(self._application).unsafe_ask()
        if isinstance(reply, Redraw):
            self.left = self._as_left()
        return reply

    def height(self, columns: int, rows: int) -> int:
        """The lines it takes with at most so many rows."""
        listed = min(rows, len(self._options), len(self._options) if self._keyed else _MOST_SHOWN)
        return self._beside(columns, listed) + listed

    def _beside(self, columns: int, listed: int) -> int:
        """Lines beside so many rows: the question, hints, the keys."""
        hints = [*self._hints_below(), _shown_words(listed, len(self._options)) if listed else ""]
        return len(folded_to((shown(self._ask.message), *hints), columns)) + 1

    # ---- rows

    def _rows(self) -> tuple[Option, ...]:
        """The rows that fit what was typed; where none does, those that stay, and one that shows all again."""
        typed, ask = self._now.typed, self._ask
        if not typed:
            return self._options
        found = narrowed((*ask.barred, *self._options), typed)
        if not found and (new := ask.adds(typed)) is not None:
            return (new,)
        if not found or any(not option.stays for option in found):
            return found
        nothing = Option("", "", barred=f'No {ask.lists} matches "{typed}".')
        return (nothing, *found, Option(_ALL, f"Show all {len(self._options)} {ask.lists}s"))

    def _chooseable(self) -> list[int]:
        """The rows that can be chosen."""
        return [at for at, option in enumerate(self._rows()) if not option.barred]

    def _point_at(self, value: str) -> None:
        values = [option.value for option in self._rows()]
        self._now.at = values.index(value) if value in values else None

    def _pointed(self) -> Option | None:
        rows, at = self._rows(), self._now.at
        return rows[at] if at is not None and at < len(rows) else None

    def _room(self) -> int:
        """How many rows are shown at once."""
        columns, count = width(), len(self._options)
        free = height() - self._above
        listed = min(count, free) if self._keyed else min(_MOST_SHOWN, count, free)
        while listed > _FEWEST_SHOWN and self._beside(columns, listed) + listed > free:
            listed -= 1
        return max(_FEWEST_SHOWN, listed)

    def _moved(self, by: int) -> Callable[[KeyPressEvent], None]:
        """A key that moves the pointer and wraps; the first one sets it at the top or at the end."""

        def move(event: KeyPressEvent) -> None:
            del event
            can, at = self._chooseable(), self._now.at
            self._now.notice = ""
            if can:
                start = -1 if by > 0 else 0
                place = (can.index(at) if at in can else start) + by
                self._now.at = can[place % len(can)]

        return move

    def _paged(self, way: int) -> Callable[[KeyPressEvent], None]:
        def page(event: KeyPressEvent) -> None:
            del event
            can, at = self._chooseable(), self._now.at
            self._now.notice = ""
            if can:
                target = (at or 0) + way * self._room()
                self._now.at = min(can, key=lambda row: abs(row - target))

        return page

    def _turns(self, page: Redraw) -> Callable[[KeyPressEvent], None]:
        """A key that turns the page of the text above."""
        return lambda event: event.app.exit(result=page)

    def _set(self, place: Callable[[int], int]) -> Callable[[KeyPressEvent], None]:
        """A key that points at one row of so many, where there are as many."""

        def point(event: KeyPressEvent) -> None:
            del event
            can = self._chooseable()
            at = place(len(can))
            if 0 <= at < len(can):
                self._now.at, self._now.notice = can[at], ""

        return point

    def _point(self, at: int) -> Callable[[KeyPressEvent], None]:
        """A key that points at this row, which may be one that can't be chosen: Enter then says why."""

        def point(event: KeyPressEvent) -> None:
            del event
            self._now.at, self._now.notice = at, ""

        return point

    # ---- keys

    def _keys(self, escape: Escape) -> KeyBindings:
        bindings = key_bindings(escape, self._leave)
        bindings.add(Keys.Any)(nothing)
        for key, by in (("up", -1), ("down", 1)):
            bindings.add(key)(self._moved(by))
        for key, way in (("pageup", -1), ("c-p", -1), ("pagedown", 1), ("c-n", 1)):
            turn = Redraw.ON if way > 0 else Redraw.BACK
            bindings.add(key, filter=Condition(lambda: self._scrolls))(self._turns(turn))
            bindings.add(key, filter=Condition(lambda: not self._scrolls))(self._paged(way))
        bindings.add("home")(self._set(lambda _count: 0))
        bindings.add("end")(self._set(lambda count: count - 1))
        bindings.add("enter")(self._enter)
        bindings.add("c-j")(self._enter)  # Enter typed before the list was drawn
        bindings.add("c-d")(lambda event: self._leave(Key.LEAVE, event))
        if self._narrows:
            self._add_narrowing(bindings)
        else:
            self._add_pointing(bindings)
        if self._is_multi:
            bindings.add("space")(self._check)
        self._add_signs(bindings)
        return bindings

    def _add_signs(self, bindings: KeyBindings) -> None:
        """``<``, ``?`` and ``q`` while nothing is typed, ``/`` where there are sections, ``=`` for the row above."""
        ask, nothing_typed = self._ask, Condition(lambda: not self._now.typed)
        for key in (Key.BACK, Key.HELP, *(() if self._narrows else (Key.LEAVE,))):
            bindings.add(key.value, filter=nothing_typed)(self._leaves(key))
        if ask.jumps:
            bindings.add(Key.JUMP.value)(self._jump)
        values = [option.value for option in self._options]
        if ask.above in values:
            bindings.add("=", filter=nothing_typed)(self._point(values.index(ask.above)))

    def _add_pointing(self, bindings: KeyBindings) -> None:
        for at, option in enumerate(self._options if self._keyed else ()):
            for key in {option.key, option.key.upper()} - {""}:
                bindings.add(key)(self._point(at))
        if self._keyed:
            return
        for number in range(min(_MOST_DIGITS, len(self._options))):
            bindings.add(str(number + 1))(self._point(number))
        for number, option in enumerate(self._options if self._letters else ()):
            for letter in (option.value[0], option.value[0].upper()):
                bindings.add(letter)(self._point(number))

    def _add_narrowing(self, bindings: KeyBindings) -> None:
        @bindings.add(Keys.Any)
        def add(event: KeyPressEvent) -> None:
            if event.data.isprintable():
                self._typed(self._now.typed + event.data)

        @bindings.add(Keys.BracketedPaste)
        def paste(event: KeyPressEvent) -> None:
            self._typed(self._now.typed + " ".join(event.data.split()))

        @bindings.add("backspace")
        def remove(event: KeyPressEvent) -> None:
            del event
            self._typed(self._now.typed[:-1])

        @bindings.add("c-u")
        def clear(event: KeyPressEvent) -> None:
            del event
            self._typed("")

    def _typed(self, text: str) -> None:
        """The list narrowed by this text; the pointer is at the first row that fits."""
        self._now.typed, self._now.notice = text.lstrip(), ""
        if self._now.typed:
            self._now.at = next(iter(self._chooseable()), None)
        else:
            self._point_at(self._ask.proposal)

    def _check(self, event: KeyPressEvent) -> None:
        del event
        option = self._pointed()
        if option is not None:
            self._now.checked ^= {option.value}
            self._now.notice = ""

    def _enter(self, event: KeyPressEvent) -> None:
        if self._is_multi:
            if self._ask.required and not self._now.checked:
                self._now.notice = "Check at least one row with the space bar."
            else:
                event.app.exit(result=tuple(o.value for o in self._options if o.value in self._now.checked))
            return
        option = self._pointed()
        if option is not None and option.value == _ALL:
            self._typed("")
        elif option is not None and option.barred:
            self._now.notice = f"This row cannot be chosen: {option.barred}."
        elif option is not None:
            self._chosen = option.label
            event.app.exit(result=option.value)
        elif self._rows():
            self._now.notice = _CHOOSE

    def _jump(self, event: KeyPressEvent) -> None:
        """The key for the sections; right after a digit it belongs to a date that was meant for another question."""
        before = event.previous_key_sequence
        if before and before[-1].data.isdigit():
            self._now.notice = "This list takes no date. Press / again to leave it."
        else:
            self._leave(Key.JUMP, event)

    def _leaves(self, key: Key) -> Callable[[KeyPressEvent], None]:
        return lambda event: self._leave(key, event)

    def _leave(self, key: Key, event: KeyPressEvent) -> None:
        left = replace(self._as_left(), notice="")
        self.left = left if left != self._start else None
        event.app.exit(result=key)

    def _as_left(self) -> Left:
        option = self._pointed()
        checked = tuple(o.value for o in self._options if o.value in self._now.checked)
        return Left(option.value if option else "", self._now.typed, checked, self._now.notice)

    # ---- drawing

    def _drawn(self) -> StyleAndTextTuples:
        """Question, rows, what may be done with them, and the keys."""
        columns = width()
        question = "\n".join(folded_to((shown(self._ask.message),), columns))
        if self._application.is_done:
            labels = (self._chosen,) if self._chosen else ()
            return [
                ("class:question", f"{question} "),
                ("class:answer", shortened(" ".join(labels), columns)),
            ]
        parts: StyleAndTextTuples = [("class:question", question)]
        if self._narrows and self._now.typed:
            parts += [("", f"   {shown(self._now.typed)}"), ("[SetCursorPosition]", "")]
        parts.append(("", "\n"))
        parts += self._row_parts(columns)
        below = folded_to((*self._hints(), self._footer(columns)), columns)
        return [*parts, ("", shown("\n".join(below)))]

    def _row_parts(self, columns: int) -> StyleAndTextTuples:
        rows, room, now = self._rows(), self._room(), self._now
        if not rows:
            return [("class:text", f" > {shortened(_NOTHING, columns - 4)}\n")]
        at = now.at or 0
        now.first = max(0, min(now.first, at, len(rows) - room))
        now.first = max(now.first, at - room + 1)
        parts: StyleAndTextTuples = []
        for number, option in list(enumerate(rows))[now.first : now.first + room]:
            is_here = number == now.at
            if is_here and not now.typed:
                parts.append(("[SetCursorPosition]", ""))
            style = "class:highlighted" if is_here else "class:text"
            row = (
                self._barred(number, option, columns)
                if option.barred
                else f"{self._mark(number, option)}{option.label}"
            )
            pointer = " > " if is_here else " - " if option.barred and option.label else "   "
            parts += [(style, shown(shortened(f"{pointer}{row}".rstrip(), columns - 1))), ("", "\n")]
        return parts

    def _mark(self, number: int, option: Option) -> str:
        """What is before a row: its check box, its key, or nothing where typing narrows."""
        if self._is_multi:
            return f"[{'x' if option.value in self._now.checked else ' '}] "
        if self._keyed:
            return f"{option.key:1} "
        if self._letters:
            return f"{option.value[0]} "
        return "" if self._narrows else f"{number + 1} "

    def _barred(self, number: int, option: Option, columns: int) -> str:
        """A row that can't be chosen and why, in one line: the label gives way to the reason, at a space."""
        if not option.label:
            return option.barred
        room = columns - _BESIDE_REASON - len(option.barred)
        label = (
            option.label
            if len(option.label) <= room
            else f"{option.label[:room].rpartition(' ')[0].rstrip(',')} …"
        )
        mark = f"{option.key:1} " if self._keyed else self._mark(number, option)
        return f"{mark}{label} ({option.barred})"

    def _hints(self) -> list[str]:
        return [_shown_words(self._room(), len(self._rows())), *self._hints_below()]

    def _hints_below(self) -> list[str]:
        """What is wrong, and what may be done with the rows."""
        return [
            self._ask.below,
            self._now.notice,
            f"Type {self._ask.narrows or 'a word'} to narrow the list." if self._narrows else "",
            "Space checks or unchecks a row." if self._is_multi else "",
            "= points at the answer above." if self._ask.above else "",
        ]

    def _footer(self, columns: int) -> str:
        ask = self._ask
        if ask.is_menu:
            return footer("opens", columns, escape="leaves", finds=ask.jumps, leaves=False)
        return footer("accepts" if self._is_multi else "chooses", columns, jumps=ask.jumps)


def _shown_words(room: int, rows: int) -> str:
    """``3 of 12 rows; the arrow keys show the others.``, where not all are shown."""
    return f"{room} of {rows} rows; the arrow keys show the others." if rows > room else ""
