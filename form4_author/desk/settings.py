"""The settings: one TOML file in the configuration folder, a table of what it may hold, each value with its source.

``FORM4_SETTINGS`` names another file. A key or value that is not in the table is an error, not a default.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.errors import MalformedValue, UnreadableInput
from form4_author.files import disk
from form4_author.files.output import make_folder, write_bytes
from form4_author.text import day
from form4_author.timing.closed_day import closed_day

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SETTINGS", "Setting", "Settings", "Value", "changed", "load", "settings_file", "stored"]

Value = bool | str | tuple[str, ...]
"""A flag, a text, or a list of texts; days are texts such as ``2026-12-24``."""


class Setting(NamedTuple):
    """One line of the table."""

    name: str
    kind: str
    """``yes or no``, ``text``, ``contact``, ``folder``, ``list``, ``dates`` or ``closed days``."""
    default: Value
    text: str
    """What it does."""
    variable: str = ""
    """An environment variable that goes before the file; only for ``yes or no``."""


SETTINGS: Final = (
    Setting("release.required", "yes or no", False, "Require form4 release before form4 pack"),
    Setting(
        "release.second_person",
        "yes or no",
        False,
        "Require form4 filed --by with a name other than the one that released the filing",
    ),
    Setting(
        "packets.folder", "folder", "", "Folder for packets (default: Documents/form4 in the home folder)"
    ),
    Setting("contact.name", "text", "", "Contact name in submissions that form4 pack writes"),
    Setting("contact.phone", "text", "", "Contact telephone number in submissions"),
    Setting("contact.email", "text", "", "Contact email address in submissions"),
    Setting("contact.notify", "list", (), "Other email addresses that EDGAR notifies"),
    Setting("edgar.contact", "contact", "", "Name and email address in each request that reads EDGAR"),
    Setting(
        "calendar.closed",
        "dates",
        (),
        "Days on which EDGAR is closed by announcement (not business days)",
    ),
    Setting(
        "calendar.added",
        "closed days",
        (),
        "Closed days with their reason and source, as form4 calendar add stores them",
    ),
    Setting(
        "screen.plain",
        "yes or no",
        False,
        "Plain screens, for screen readers and logs: numbered lists, nothing redrawn",
        "FORM4_PLAIN",
    ),
)
"""Every setting."""

_CONTACT: Final = re.compile(
    r"(?=[\x20-\x7e]{1,200}\Z)[^@]*[A-Za-z][^@]* <?[^\s@<>]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}>?"
)
"""A name and an email address, which EDGAR asks of every program that reads it."""
_BY_NAME: Final = {setting.name: setting for setting in SETTINGS}
_SAID: Final = {"yes": True, "true": True, "no": False, "false": False}
_LARGEST: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as they are now: those of the file, else the defaults."""

    file: Path
    stated: Mapping[str, Value]
    """What the file says, by name."""

    def value(self, name: str) -> Value:
        """The value of a setting. Raises MalformedValue for a name that is not one."""
        setting = _setting(name)
        if _from_environment(setting):
            return True
        return self.stated.get(name, setting.default)

    def source(self, name: str) -> str:
        """Where the value comes from: ``default``, the environment variable, or the file."""
        setting = _setting(name)
        if _from_environment(setting):
            return setting.variable
        return str(self.file) if name in self.stated else "default"

    def flag(self, name: str) -> bool:
        """Whether a ``yes or no`` setting is on."""
        return self.value(name) is True

    def text(self, name: str) -> str:
        """The text of a setting; empty by default."""
        value = self.value(name)
        return value if isinstance(value, str) else ""

    def items(self, name: str) -> tuple[str, ...]:
        """The entries of a list."""
        value = self.value(name)
        return value if isinstance(value, tuple) else ()


def settings_file() -> Path:
    """Where the settings are: as ``FORM4_SETTINGS`` says, else in the configuration folder."""
    stated = os.environ.get("FORM4_SETTINGS")
    if stated:
        return Path(stated)
    import platformdirs

    return Path(platformdirs.user_config_path("form4-author", appauthor=False)) / "settings.toml"


def load(file: Path | None = None) -> Settings:
    """The settings; those of a file that is not there are the defaults.

    Raises UnreadableInput, which names the file and the first thing wrong in it.
    """
    place = file or settings_file()
    return Settings(place, _values(_text(place), place))


def changed(name: str, given: str) -> Settings:
    """The settings after one of them is set in the file; comments and other lines stay.

    Raises MalformedValue for a name or value that does not fit, UnreadableInput where the file cannot be used.
    """
    return stored(name, _given(_setting(name), given))


def stored(name: str, value: Value) -> Settings:
    """As ``changed``, with the value as the file will hold it. Raises UnreadableInput where the file cannot be used."""
    place = settings_file()
    text = _text(place)
    wanted = {**_values(text, place), name: value}
    new = _with_line(text, name, value)
    if not _holds(new, wanted, place):
        raise UnreadableInput(
            f"{place} has a form that form4 settings cannot change",
            remedy=f"Write {name.rpartition('.')[2]} = {_spelled(value)} below [{name.partition('.')[0]}]",
        )
    try:
        make_folder(place.parent)
        write_bytes(Path(os.path.realpath(place)), new.encode())
    except OSError as error:
        raise UnreadableInput(
            f"{place} can't be saved: {(error.strerror or str(error)).lower()}",
            remedy="Choose a folder that can be written, with FORM4_SETTINGS",
        ) from None
    return Settings(place, wanted)


def _setting(name: str) -> Setting:
    found = _BY_NAME.get(name)
    if found is None:
        import difflib

        close = difflib.get_close_matches(name, _BY_NAME, n=1)
        hint = f'Did you mean "{close[0]}"? ' if close else ""
        raise MalformedValue(f'"{name}" is not a setting', remedy=f"{hint}form4 settings lists them")
    return found


def _from_environment(setting: Setting) -> bool:
    return bool(setting.variable) and os.environ.get(setting.variable) == "1"


# ---- reading


def _text(place: Path) -> str:
    try:
        content = disk.read(place, _LARGEST + 1)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise UnreadableInput(
            f"{place} can't be opened: {(error.strerror or str(error)).lower()}",
            remedy="Check the name and the permissions, or unset FORM4_SETTINGS",
        ) from None
    if len(content) > _LARGEST:
        raise UnreadableInput(f"{place} is larger than 1 MB", remedy="Name the settings with FORM4_SETTINGS")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableInput(f"{place} is not UTF-8 text", remedy="Save it again as UTF-8 text") from None


@lru_cache(maxsize=4)  # the desk asks for each filing
def _values(text: str, place: Path) -> dict[str, Value]:
    if not text:  # as for most filers: no parser is loaded
        return {}
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(f"{place} is not TOML: {error}", remedy="Correct the line") from None
    values: dict[str, Value] = {}
    for section, entries in data.items():
        if not isinstance(entries, dict):
            raise _unfit(place, MalformedValue(f'"{section}" is outside a section', remedy=_OUTSIDE))
        for key, value in entries.items():
            name = f"{section}.{key}"
            try:
                values[name] = _read(_setting(name), value)
            except MalformedValue as error:
                raise _unfit(place, error) from None
    return values


_OUTSIDE: Final = "Write it below its section, such as [release]; form4 settings lists them"


def _unfit(place: Path, error: MalformedValue) -> UnreadableInput:
    return UnreadableInput(f"{place}: {error.problem}", remedy=error.remedy)


def _read(setting: Setting, value: object) -> Value:
    """The value as the file has it. Raises MalformedValue for one of another kind."""
    match setting.kind, value:
        case "yes or no", bool():
            return value
        case (("text" | "folder" | "contact"), str()):
            return _checked(setting, value)
        case (("list" | "dates" | "closed days"), list()):
            entries = [each.isoformat() if type(each) is date else each for each in value]
            if all(isinstance(each, str) for each in entries):
                return tuple(_checked(setting, each) for each in entries)
    raise MalformedValue(f"{setting.name} is {_shown(value)}", remedy=_WANTED[setting.kind])


def _shown(value: object) -> str:
    return _spelled(value) if isinstance(value, bool | str) else str(value)


_WANTED: Final = {
    "yes or no": "Write true or false",
    "text": 'Write a text in quotation marks, such as "Dana Cho"',
    "contact": 'Write a name and an email address, such as "Dana Cho dana.cho@example.com"',
    "folder": 'Write a folder in quotation marks, such as "~/Filings"',
    "list": 'Write a list, such as ["a@example.com"]',
    "dates": 'Write a list of dates, such as ["2026-12-24"]',
    "closed days": 'Write a list, such as ["2026-12-24 | edgar | Executive order | SEC announcement"]',
}


def _checked(setting: Setting, text: str) -> str:
    """The text of a setting or entry. Raises MalformedValue."""
    if not text.isprintable():
        raise MalformedValue(f"{setting.name} holds a character that cannot be shown", remedy="Remove it")
    if setting.kind == "dates":
        try:
            return day(text).isoformat()
        except MalformedValue as error:
            raise MalformedValue(f"{setting.name}: {error.problem}", remedy="Write YYYY-MM-DD") from None
    if setting.kind == "closed days":
        return closed_day(text).text()
    if setting.kind == "contact" and text and not _CONTACT.fullmatch(text):
        raise MalformedValue(
            f'{setting.name}: "{text}" is not a name and an email address',
            remedy='Write both in ASCII, such as "Dana Cho dana.cho@example.com"; EDGAR refuses other contacts',
        )
    if setting.kind == "folder" and text and not Path(text).expanduser().is_absolute():
        raise MalformedValue(
            f'{setting.name}: "{text}" depends on the folder in which the command is run',
            remedy="Write the full path, or one that begins with ~",
        )
    return text


def _given(setting: Setting, text: str) -> Value:
    """The value as it is typed. Raises MalformedValue."""
    if setting.kind == "yes or no":
        said = _SAID.get(text.strip().lower())
        if said is None:
            raise MalformedValue(f'{setting.name}: "{text}" is neither yes nor no', remedy="Write yes or no")
        return said
    if setting.kind == "closed days":
        raise MalformedValue(
            f"{setting.name} is not set here", remedy="Use form4 calendar add and form4 calendar remove"
        )
    if setting.kind in ("list", "dates"):
        parts = (part.strip() for part in text.split(","))
        return tuple(_checked(setting, part) for part in parts if part)
    return _checked(setting, text.strip())


# ---- writing


def _spelled(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_spelled(each) for each in value)}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _with_line(text: str, name: str, value: Value) -> str:
    """The text of the file with one key set: in its place, else at the end of its section, else in a new one."""
    section, _, key = name.partition(".")
    lines = text.splitlines()
    new = f"{key} = {_spelled(value)}"
    start = next((n for n, line in enumerate(lines) if _header(line) == section), None)
    if start is None:
        return "\n".join([*lines, *([""] if lines else []), f"[{section}]", new]) + "\n"
    end = next((n for n in range(start + 1, len(lines)) if _header(lines[n]) is not None), len(lines))
    for number in range(start + 1, end):
        if lines[number].partition("=")[0].strip() == key:
            last = next((n for n in range(number + 1, end + 1) if _whole(lines[number:n])), end)
            return "\n".join([*lines[:number], new, *lines[last:]]) + "\n"
    while not lines[end - 1].strip():
        end -= 1
    return "\n".join([*lines[:end], new, *lines[end:]]) + "\n"


def _holds(text: str, wanted: Mapping[str, Value], place: Path) -> bool:
    """Whether the changed text means what was wanted and nothing else."""
    try:
        return _values(text, place) == wanted
    except UnreadableInput:
        return False


def _header(line: str) -> str | None:
    bare = line.partition("#")[0].strip()
    return bare[1:-1].strip() if bare.startswith("[") and bare.endswith("]") and "," not in bare else None


def _whole(lines: list[str]) -> bool:
    """Whether these lines are a key and its whole value."""
    import tomllib

    try:
        tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return False
    return True
