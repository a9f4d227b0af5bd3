"""Prompts as plain lines, for screen readers, serial lines and logs: nothing is redrawn, no escape sequence is sent.

Each page is printed once, rows have numbers, and one line is read with Enter. ``<``, ``?``, ``/`` and ``q``, each alone
on the line, do what Esc, F1, go to and Ctrl-S do on the other terminals.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from form4_author.errors import UnreadableInput
from form4_author.text import visible
from form4_author.wizard.guard import failure
from form4_author.wizard.option import Option, narrowed
from form4_author.wizard.prompter import Key, ask_in, changed_key_fault, hint_of, key_of, message_of, text_in
from form4_author.wizard.reading import folded
from form4_author.wizard.screen import NONE
from form4_author.wizard.tty import quiet
from form4_author.wizard.typed_path import path_typed
from form4_author.wizard.wording import WIDTH, whole_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from form4_author.wizard.screen import Ask

__all__ = ["Plain", "is_plain"]

_PAGE: Final = 20
"""Lines of a long text that are printed at once."""
_PASTE_WAITS: Final = 0.05
"""Seconds in which the next line of a paste follows."""
_SENT: Final = {
    "\x1b": Key.BACK,
    "\x1bOP": Key.HELP,
    "\x1b[11~": Key.HELP,
    "\x1b[[A": Key.HELP,
    "\x13": Key.LEAVE,
}
"""What a terminal sends for Esc, F1 and Ctrl-S, as a line."""
_YES_NO: Final = (Option("yes", "Yes"), Option("no", "No"))
_ASCII: Final = str.maketrans({"·": "-", "−": "-", "–": "-", "…": "..."})
_CHOOSE: Final = "Choose an answer first."


def is_plain() -> bool:
    """Whether the terminal can't be drawn on, or ``FORM4_PLAIN=1`` asks for plain lines."""
    return os.environ.get("FORM4_PLAIN", "") == "1" or os.environ.get("TERM", "") in ("dumb", "unknown")


class Plain:
    """Prompts as plain lines on the terminal that runs the program.

    ``sheet``: the lines of a CSV or XLSX file of this name, which ``@name`` takes in place of a paste.
    """

    def __init__(self, sheet: Callable[[str], str] | None = None) -> None:
        self.unaccepted = False
        self._sheet = sheet

    def show(self, lines: Sequence[str]) -> None:
        """The page below the last one."""
        self._say("", *lines)

    @contextmanager
    def working(self, words: str) -> Iterator[None]:
        """The words; what is typed meanwhile is discarded."""
        self._say(words)
        with quiet():
            yield

    def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
        """The text in pages of twenty lines. Raises KeyboardInterrupt where the interview is left."""
        self._say(*top)
        for start in range(0, len(lines), _PAGE):
            self._say(*lines[start : start + _PAGE])
            more = start + _PAGE < len(lines)
            key = self._read_on(
                "Enter shows more, < closes, q saves and leaves." if more else "Enter continues."
            )
            if key is Key.LEAVE:
                raise KeyboardInterrupt
            if key is Key.BACK:
                return

    def _read_on(self, keys: str) -> Key | None:
        while True:
            self._say(keys)
            key = _key(self._line(""))
            if key is not Key.HELP:
                return key

    def text(self, ask: Ask) -> str | Key:
        """A typed line; Enter alone accepts what is proposed."""
        put = ask_in(ask, sys.stdout.encoding)
        if (above := self._text_above(put)) is not None:
            return above
        proposed = [f"Proposed: {ask.proposal}"] if ask.prefill and ask.proposal else []
        self._say(message_of(put).strip(), *proposed)
        self._say(hint_of(put) if not proposed else "Enter accepts it.", self._keys(ask, "accepts"))
        while True:
            line = self._line("> ", pastes=ask.pastes)
            key = _key(line)
            if key is not None and (key is not Key.JUMP or ask.jumps):
                return key
            fault = self._fault(ask, line)
            if not fault:
                return self._from_sheet(ask, line)
            self._say(fault)

    def choice(self, ask: Ask) -> str | Key:
        """The row whose number is typed; words leave the rows that have them."""
        options = ask.options or _YES_NO
        put = ask_in(ask, sys.stdout.encoding)
        if (key := self._text_above(put)) is not None:
            return key
        self._say(put.message)
        self._list(options)
        self._say(*filter(None, self._choice_hints(ask, options)), self._keys(ask, "chooses"))
        proposal = ask.proposal if any(o.value == ask.proposal for o in options) else ""
        while True:
            line = self._line("> ").strip()
            key = _key(line)
            if key is not None and (key is not Key.JUMP or ask.jumps):
                return key
            if line == "=" and ask.above:
                return ask.above
            chosen = proposal if not line else self._meant(ask, options, line)
            barred = next((o.barred for o in options if o.value == chosen), "")
            if chosen and not barred:
                return chosen
            if barred:
                self._say(f"This row cannot be chosen: {barred}.")
            if not line:
                self._say(_CHOOSE)

    def _text_above(self, ask: Ask) -> Key | None:
        """What is to be read before the question, in pages; a key where it was left before its end."""
        lines = [part for words in ask.text for part in folded(words, WIDTH)]
        for start in range(0, len(lines), _PAGE):
            self._say(*lines[start : start + _PAGE])
            if start + _PAGE < len(lines):
                key = self._read_on("Enter shows more, < goes back, q saves and leaves.")
                if key in (Key.LEAVE, Key.BACK):
                    return key
        return None

    def confirm(self, ask: Ask) -> str | Key:
        """Yes or no, by number or letter."""
        return self.choice(ask)

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        """The rows whose numbers are typed, with commas between them; Enter accepts those that are checked."""
        options = ask.options
        self._say(ask_in(ask, sys.stdout.encoding).message)
        self._list(options, ask.chosen)
        none = "" if ask.required else f", {NONE} leaves it empty"
        self._say(
            f"Type numbers such as 1,3; Enter accepts what is checked{none}.", self._keys(ask, "accepts")
        )
        while True:
            line = self._line("> ").strip()
            key = _key(line)
            if key is not None and (key is not Key.JUMP or ask.jumps):
                return key
            numbers = re.split(r"[,\s]+", line) if line not in ("", NONE) else []
            wrong = next((n for n in numbers if not (n.isdecimal() and 0 < int(n) <= len(options))), None)
            chosen = (
                ask.chosen if not line else tuple(options[int(n) - 1].value for n in numbers if wrong is None)
            )
            if wrong is not None:
                self._say(f'"{wrong}" is not one of the numbers 1 to {len(options)}.')
            elif ask.required and not chosen:
                self._say("Type at least one number.")
            else:
                return tuple(o.value for o in options if o.value in chosen)

    # ---- rows

    def _list(self, options: Sequence[Option], checked: Sequence[str] | None = None, first: int = 1) -> None:
        keyed = any(option.key for option in options)
        for number, option in enumerate(options, first):
            if keyed:
                why = f" ({option.barred})" if option.barred.strip() else ""
                mark = "" if not option.label else "-" if option.barred else option.key or "-"
                self._say(f"  {mark} {option.label}{why}".rstrip())
                continue
            box = "" if checked is None else "[x] " if option.value in checked else "[ ] "
            barred = f" (cannot be chosen: {option.barred})" if option.barred else ""
            self._say(f"  {number} {box}{option.label}{barred}")

    def _choice_hints(self, ask: Ask, options: Sequence[Option]) -> list[str]:
        proposed = next((o.label for o in options if o.value == ask.proposal), "")
        keyed = any(option.key for option in options)
        return [
            ask.below,
            "Type the digit or letter of a row."
            if keyed
            else f"Type a number or {(ask.narrows or 'a word').rstrip(',')}."
            if len(options) > len(_YES_NO)
            else "Type a number.",
            f"Enter alone chooses: {proposed}" if proposed else "",
            "= chooses the answer above." if ask.above else "",
        ]

    def _meant(self, ask: Ask, options: Sequence[Option], line: str) -> str:
        """The value of the row that a line means; empty where it means none or several, which are listed."""
        if any(option.key for option in options):
            return self._keyed(options, line)
        if line.isdecimal() and 0 < int(line) <= len(options):
            return options[int(line) - 1].value
        if line.casefold() in ("y", "n") and {o.value for o in options} == {"yes", "no"}:
            return {"y": "yes", "n": "no"}[line.casefold()]
        found = narrowed((*ask.barred, *options), line) or tuple(filter(None, [ask.adds(line)]))
        fits = [option for option in found if not option.stays]
        if len(fits) == 1 and not fits[0].barred:
            return fits[0].value
        if not fits:
            said = f'No {ask.lists} matches "{line}".' if ask.lists else f'Nothing in the list has "{line}".'
        elif all(option.barred for option in fits):
            said = f'What has "{line}" cannot be chosen:'
        else:
            said = f'{len(fits)} rows have "{line}". Type a number:'
        self._say(said)
        for option in found:
            barred = f"  - {option.label} ({option.barred})"
            self._say(barred if option.barred else f"  {list(options).index(option) + 1} {option.label}")
        return ""

    def _keyed(self, options: Sequence[Option], line: str) -> str:
        """The value of the row that has this digit or letter."""
        found = next((o for o in options if o.key and o.key == line.casefold()), None)
        if found is not None:
            return found.value
        self._say(f'No row has "{line}".')
        return ""

    # ---- lines

    def _fault(self, ask: Ask, line: str) -> str:
        """What is wrong with the line, in the words of the checks; empty where nothing is."""
        if key_of(line) is Key.JUMP:
            return "There are no sections to go to here."
        if line.strip() != ask.proposal and (ends_in_key := changed_key_fault(line)):
            return ends_in_key.replace("Press F1", "Type ? alone").replace("Press Esc", "Type < alone")
        try:
            return ask.check(self._from_sheet(ask, line)) or ""
        except UnreadableInput as error:
            return error.problem
        except Exception as error:  # noqa: BLE001  # a bug in reading a sheet is a refused answer
            return failure(error)

    def _from_sheet(self, ask: Ask, line: str) -> str:
        name = line.strip()
        is_name = ask.pastes and self._sheet is not None and name.startswith("@")
        return self._sheet(path_typed(name[1:])) if is_name and self._sheet is not None else line

    def _keys(self, ask: Ask, enter: str) -> str:
        """The keys that work here, in one line."""
        parts = [
            f"Enter {enter}",
            "< leaves" if ask.is_menu else "< back",
            "? help",
            ("/ find" if ask.is_menu else "/ go to") if ask.jumps else "",
        ]
        return "   ".join(filter(None, [*parts, "" if ask.is_menu else "q save and leave"]))

    def _line(self, prompt: str, *, pastes: bool = False) -> str:
        """One line, or all lines of a paste. Raises EOFError at the end of the input."""
        sys.stdout.write(prompt)
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        while pastes and _more_waits():
            line += sys.stdin.readline()
        return line.removesuffix("\n")

    def _say(self, *lines: str) -> None:
        width = shutil.get_terminal_size().columns
        for line in lines:
            for part in whole_words(self._shown(line), width) if line else [""]:
                sys.stdout.write(f"{part}\n")
        sys.stdout.flush()

    def _shown(self, line: str) -> str:
        """The line in signs that the terminal has, with plain ones for those it lacks."""
        text = visible(line)
        try:
            text.encode(sys.stdout.encoding or "utf-8")
        except UnicodeEncodeError:
            return text_in(text.translate(_ASCII), sys.stdout.encoding)
        return text


def _key(line: str) -> Key | None:
    """The key that a line stands for, typed or as the terminal sends it."""
    return _SENT.get(line.strip(" ")) or key_of(line)


def _more_waits() -> bool:
    """Whether the next line has come already: no one types that fast."""
    try:
        return bool(select.select([sys.stdin], [], [], _PASTE_WAITS)[0])
    except (OSError, ValueError):
        return False
