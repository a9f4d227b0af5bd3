"""``form4 person``, ``issuer``, ``poa``, ``footnote``: list, add, edit, show and remove what the register holds."""

from __future__ import annotations

import argparse
import sys
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from form4_author.cli.options import (
    READY,
    CommandParser,
    VerbParser,
    add_register,
    add_tickers,
    json_text,
    write_notices,
    written_json,
)
from form4_author.desk.register import register_of
from form4_author.errors import MalformedValue
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from form4_author.register.card import CardField, CardKind
    from form4_author.register.database import Session

__all__ = ["VERBS", "command_parser", "run"]

VERBS = ("list", "add", "edit", "show", "remove")

_SUMMARIES = {
    "person": "List and edit reporting persons, their addresses and their relationships to issuers.",
    "issuer": "List and edit issuers, their classes and derivative series, and facts that are not on a form.",
    "poa": "List and edit powers of attorney: who may sign for whom, and until when.",
    "footnote": "List and edit reusable footnotes.",
}


def run(word: str, arguments: Sequence[str]) -> int:
    """Do what the verb says; with ``--json`` the cards as data."""
    from form4_author.register.card import KINDS

    kind = KINDS[word]
    options = _of_kind(kind).parse_args(arguments)
    values = {
        name: getattr(options, f"said_{name}")
        for name in (f.name for f in kind.fields)
        if getattr(options, f"said_{name}", None) is not None
    }
    if kind.word in _LISTED and options.verb in ("add", "edit"):
        values = _looked_up(kind, options, values)
    return _VERBS[options.verb](kind, options, values)


_LISTED = ("person", "issuer")
"""What the SEC's list of companies may have."""


def _looked_up(kind: CardKind, options: argparse.Namespace, values: dict[str, Any]) -> dict[str, Any]:
    """The values with those that the SEC's list has of a new issuer; warns of a CIK that belongs to another name.

    Raises Form4Error for a symbol that no company or more than one has, and for a list named that cannot be read.
    """
    from form4_author.desk.company_list import CompanyList
    from form4_author.desk.edgar import company_meant, kept_tickers

    if options.tickers:
        kept_tickers(options.tickers)  # one that is named must be readable
    companies = CompanyList(options.tickers)
    given = {name: value for name, value in values.items() if value}
    if kind.word == "issuer" and options.verb == "add" and companies.tickers is not None:
        symbol = given.get("symbol", "").upper()
        cik = given.get("cik") or (company_meant(companies.tickers, symbol) if symbol else "")
        name, listed = companies.company(cik)
        found = {"cik": cik, "name": given.get("name") or name, "symbol": symbol or listed}
        values |= {key: value for key, value in found.items() if value}
    warning = companies.mismatch(values.get("cik") or "", values.get("name") or "")
    if warning:
        write_notices([warning])
    return values


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    from form4_author.register.card import KINDS

    return _of_kind(KINDS[word])


def _of_kind(kind: CardKind) -> CommandParser:
    parser = CommandParser(kind.word, _SUMMARIES[kind.word], f"form4 {kind.word} list\n  {kind.example}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=VerbParser)
    helps = (
        "list one line for each",
        "add one",
        "change one",
        "show everything about one",
        "remove one",
    )
    for verb, help_text in zip(VERBS, helps, strict=True):
        below = verbs.add_parser(verb, help=help_text, description=help_text, allow_abbrev=False)
        if verb in ("edit", "show", "remove"):
            below.add_argument("who", metavar="WHICH", help="number (#, CIK), name, or a part of it")
        if verb in ("add", "edit"):
            for field in kind.fields:
                _add_field(below, field, kind.word)
            if kind.word == "person":
                _add_relation(below)
            if kind.word in _LISTED:
                add_tickers(below)
        add_register(below)
    if kind.word == "poa":  # `cli.poa` does this one before anything is parsed here
        verbs.add_parser("new", help="write one as an exhibit (EX-24)", add_help=False)
    return parser


def _add_field(parser: argparse.ArgumentParser, field: CardField, word: str) -> None:
    kind: dict[str, Any] = {"action": "append"} if field.several else {}
    parser.add_argument(
        field.option,
        dest=f"said_{field.name}",
        type=_typed(field, word),
        metavar="TEXT",
        help=field.help,
        **kind,
    )


def _add_relation(parser: argparse.ArgumentParser) -> None:
    from form4_author.register.card import RELATION

    parser.add_argument(
        "--issuer", metavar="WHICH", help="the options after it apply to the person at this issuer"
    )
    for field in RELATION:
        parser.add_argument(
            field.option, dest=f"role_{field.name}", type=_typed(field), metavar="TEXT", help=field.help
        )


def _typed(field: CardField, word: str = "") -> Callable[[str], object]:
    """What the text means; a blank clears. ``word``: person or issuer, whose countries and states have names too."""

    def typed(text: str) -> object:
        if not text.strip():
            return ""
        try:
            return field.parse(_place(field.name, word, text) if field.name in _PLACES else text)
        except MalformedValue as error:
            raise argparse.ArgumentTypeError(error.problem) from None

    return typed


_PLACES = ("state", "country")


def _place(name: str, word: str, text: str) -> str:
    """The code that a text means, as the interview understands it.

    An issuer may be organized in a state or in a country; a form of before 2026 has some countries' codes as states.

    Raises MalformedValue where it means nothing, or more than one.
    """
    from form4_author.codes import place_names
    from form4_author.wizard.entry import code_typed
    from form4_author.wizard.place import COUNTRY, STATE

    code = text.strip().upper()
    either = name == "state" or word == "issuer"
    if either and code in place_names():
        return code
    try:
        own = STATE if name == "state" else COUNTRY
        return code_typed(text.strip(), own.names, own.aliases, own.elsewhere)
    except MalformedValue as error:
        other = STATE.meant(text) if word == "issuer" and not COUNTRY.meant(text) else ""
        if other:
            return other
        raise MalformedValue(error.problem.partition(". Go back")[0]) from None


# ---- the verbs


def _list(kind: CardKind, options: argparse.Namespace, _values: dict[str, Any]) -> int:
    from form4_author.register.card import listed
    from form4_author.register.listing import card_data, line_of_card

    with register_of(options.register).reading() as session:
        cards = listed(session, kind)
        if options.json:
            written_json([card_data(card) for card in cards])
        else:
            for card in cards:
                sys.stdout.write(visible(line_of_card(card)) + "\n")
            if not cards:
                sys.stdout.write(f"No {kind.word} yet. form4 {kind.word} add --help says how to add one.\n")
    return READY


def _add(kind: CardKind, options: argparse.Namespace, values: dict[str, Any]) -> int:
    from form4_author.register.card import added

    with register_of(options.register, create=True).writing() as session:
        card = added(session, kind, values)
        _relate(session, card, options)
        text = _card_text("Added", card, options)
    sys.stdout.write(text)  # not before it is on disk
    return READY


def _edit(kind: CardKind, options: argparse.Namespace, values: dict[str, Any]) -> int:
    from form4_author.register.card import card_by_words, edited

    with register_of(options.register).writing() as session:
        card = card_by_words(session, kind, options.who)
        edited(session, kind, card, values)
        _relate(session, card, options)
        session.flush()
        text = _card_text("Changed", card, options)
    sys.stdout.write(text)
    return READY


def _show(kind: CardKind, options: argparse.Namespace, _values: dict[str, Any]) -> int:
    from form4_author.register.card import card_by_words

    with register_of(options.register).reading() as session:
        sys.stdout.write(_card_text("", card_by_words(session, kind, options.who), options))
    return READY


def _remove(kind: CardKind, options: argparse.Namespace, _values: dict[str, Any]) -> int:
    from form4_author.register.card import card_by_words, removed
    from form4_author.register.listing import card_data, line_of_card

    with register_of(options.register).writing() as session:
        card = card_by_words(session, kind, options.who)
        data, line = card_data(card), line_of_card(card)
        removed(session, kind, card)
    if options.json:
        written_json(data)
    else:
        sys.stdout.write(f"Removed: {visible(line.strip())}\n")
    return READY


_VERBS = {"list": _list, "add": _add, "edit": _edit, "show": _show, "remove": _remove}


def _relate(session: Session, card: Any, options: argparse.Namespace) -> None:  # noqa: ANN401  # a card
    """What was said of the person at an issuer."""
    from form4_author.register.card import KINDS, RELATION, card_by_words, related

    roles = {f.name: getattr(options, f"role_{f.name}", None) for f in RELATION}
    values = {name: value for name, value in roles.items() if value is not None}
    issuer = getattr(options, "issuer", None)
    if values and issuer is None:
        raise MalformedValue("A relationship belongs to an issuer", remedy="Name it with --issuer")
    if issuer is not None:
        related(session, card, card_by_words(session, KINDS["issuer"], issuer), values)
        session.refresh(card)


def _card_text(done: str, card: Any, options: argparse.Namespace) -> str:  # noqa: ANN401  # a card
    """What is written of the card: a line once something was done, else everything."""
    from form4_author.register.listing import card_data, line_of_card

    data = card_data(card)
    if options.json:
        return json_text(data)
    if done:
        return f"{done}: {visible(line_of_card(card).strip())}\n"
    return "".join(_shown(name, value) for name, value in data.items())


def _shown(name: str, value: object) -> str:
    """One thing of a card, a list below its name."""
    label = name.replace("_", " ")
    if isinstance(value, dict):
        value = [f"{k.replace('_', ' ')}: {_yes(v)}" for k, v in value.items()]
    if isinstance(value, list):
        lines = [_in_words(item) if isinstance(item, dict) else str(item) for item in value]
        return f"{label}:\n" + "".join(f"  {visible(line)}\n" for line in lines)
    return f"{label}: {visible(str(_yes(value)))}\n"


def _in_words(item: dict[str, Any]) -> str:
    """A relationship or a series on one line; what is not so is left out, long texts are cut (``--json`` has them)."""
    words = {**item, **item.get("words", {})}
    words.pop("words", None)
    parts = [
        name.removeprefix("is_").replace("_", " ")
        if value is True
        else shorten(str(value), 40, placeholder=" …")
        for name, value in words.items()
        if value is not False
    ]
    return ", ".join(parts)


def _yes(value: object) -> object:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
