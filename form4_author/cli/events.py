"""``form4 events``: the things that happen to an insider's holdings, and what the interview makes of each."""

from __future__ import annotations

import json
import sys
import textwrap
from typing import TYPE_CHECKING, Any, Final

from form4_author.cli.options import READY, CommandParser
from form4_author.desk.event_example import event_examples
from form4_author.errors import MalformedValue
from form4_author.wizard.option import Option, narrowed
from form4_author.wizard.recipes import RECIPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.wizard.recipe import Recipe

__all__ = ["command_parser", "run"]

_WIDTH: Final = 80


def run(word: str, arguments: Sequence[str]) -> int:
    """List the events, or explain those that are named."""
    options = command_parser(word).parse_args(arguments)
    if not options.words:
        found: tuple[Recipe, ...] = RECIPES
        text = "".join(f"{each.number or '':>3}  {each.label}\n" for each in RECIPES)
    else:
        found = _events(" ".join(options.words))
        text = "\n".join(_explained(each) for each in found)
    if options.json:
        text = json.dumps([_data(each) for each in found], indent=2, ensure_ascii=False) + "\n"
    sys.stdout.write(text)
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "List what can happen to an insider's holdings, as the interview offers it. With a\n"
        "number, a name from the list or words such as gift, explain how it is reported\n"
        "and by which rule, who may use it, what is asked, and an example.",
        "form4 events\n  form4 events gift received\n  form4 events 37",
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help="a number, a name of the list, or words")
    parser.add_argument("--json", action="store_true", help="write JSON")
    return parser


def _events(words: str) -> tuple[Recipe, ...]:
    """The events of this number or name, else all that the words find. Raises MalformedValue where there is none."""
    wanted = words.strip()
    named = tuple(r for r in RECIPES if wanted in (r.id, str(r.number)) or r.label == wanted)
    if named:
        return named
    found = {option.value for option in narrowed([Option(r.id, r.label, r.also) for r in RECIPES], wanted)}
    if not found:
        raise MalformedValue(
            f'No event has the name or words "{wanted}"', remedy="form4 events without a word lists them all"
        )
    return tuple(r for r in RECIPES if r.id in found)


def _who(recipe: Recipe) -> str:
    if recipe.insiders:
        return f"Directors and officers ({recipe.insiders_by})"
    return "Directors, officers and 10% owners"


def _questions(recipe: Recipe) -> list[str]:
    return [question for question, _ in event_examples()[recipe.id].asked]


def _explained(recipe: Recipe) -> str:
    example = event_examples()[recipe.id]
    lines = [
        f"{recipe.number}  {recipe.label}",
        "",
        *_paragraph("The form", recipe.rule),
        *_paragraph("Who", _who(recipe)),
        *_paragraph("Found by", recipe.also),
        "Example",
        *(line for question, answer in example.asked for line in _item(f"{question}  {answer}".rstrip())),
        *(line for each in (*example.lines, *example.notes) for line in _item(f"= {each}")),
    ]
    return "\n".join(lines) + "\n"


def _paragraph(label: str, text: str) -> list[str]:
    if not text:
        return []
    return textwrap.wrap(f"{label}: {text}", _WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def _item(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def _data(recipe: Recipe) -> dict[str, Any]:
    example = event_examples()[recipe.id]
    return {
        "id": recipe.id,
        "number": recipe.number,
        "label": recipe.label,
        "form": recipe.rule,
        "who": _who(recipe),
        "found_by": recipe.also,
        "questions": _questions(recipe),
        "example": {
            "asked": [{"question": question, "answer": answer} for question, answer in example.asked],
            "lines": list(example.lines),
            "notes": list(example.notes),
        },
    }
