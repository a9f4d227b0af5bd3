"""``form4 settings``: list, show and change the settings, each with the source of its value."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from form4_author.cli.options import READY, CommandParser, VerbParser, written_json
from form4_author.desk.settings import SETTINGS, changed, load
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.desk.settings import Settings, Value

__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """List the settings, show one, or change one."""
    options = command_parser(word).parse_args(arguments)
    if options.verb == "contact":
        settings = load() if options.value is None else changed("edgar.contact", options.value)
        _write_line(settings, "edgar.contact")
        return READY
    if options.verb == "set":
        settings = changed(options.name, options.value)
        _write_line(settings, options.name)
        return READY
    settings = load()
    names = [options.name] if options.verb == "get" else [setting.name for setting in SETTINGS]
    if options.json:
        data = {name: _data(settings, name) for name in names}
        written_json(data[options.name] if options.verb == "get" else data)
    elif options.verb == "get":
        _write_line(settings, options.name)
    else:
        _write_list(settings)
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "List the settings with the source of each value; show or change one. They are\n"
        "in settings.toml in the configuration folder, or in the file that FORM4_SETTINGS names.",
        "form4 settings set release.required yes",
    )
    parser.set_defaults(verb="list", json=False)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=VerbParser)
    listing = verbs.add_parser("list", help="all settings (default)")
    one = verbs.add_parser("get", help="one setting")
    setting = verbs.add_parser("set", help="change a setting; entries of a list are separated by commas")
    contact = verbs.add_parser(
        "contact", help="the name and email address in requests to EDGAR (edgar.contact)"
    )
    contact.add_argument(
        "value", nargs="?", metavar="CONTACT", help='such as "Dana Cho dana.cho@example.com"'
    )
    for each in (one, setting):
        each.add_argument("name", metavar="NAME")
    setting.add_argument("value", metavar="VALUE")
    for each in (listing, one):
        each.add_argument("--json", action="store_true", help="write JSON: value and source by name")
    return parser


def _data(settings: Settings, name: str) -> dict[str, Any]:
    return {"value": settings.value(name), "source": settings.source(name)}


def _write_line(settings: Settings, name: str) -> None:
    value = _said(settings.value(name)) or "(empty)"
    sys.stdout.write(f"{name} = {visible(value)}  ({visible(settings.source(name))})\n")


def _write_list(settings: Settings) -> None:
    width = max(len(setting.name) for setting in SETTINGS)
    for setting in SETTINGS:
        value = _said(settings.value(setting.name)) or "(empty)"
        sys.stdout.write(
            f"{setting.name:{width}}  {visible(value)}  ({visible(settings.source(setting.name))})\n"
        )
        sys.stdout.write(f"{'':{width}}  {setting.text}.\n")
    sys.stdout.write(f"File: {visible(str(settings.file))}\n")


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else value
