"""``form4 rules``: every rule by id."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.checks.registry import rules
from form4_author.cli.explain import rule_data
from form4_author.cli.options import READY, CommandParser
from form4_author.codes import closures
from form4_author.files import disk
from form4_author.files.output import write_bytes
from form4_author.text import visible
from form4_author.timing.legal_data import AS_OF, basis

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """List the rules."""
    options = command_parser(word).parse_args(arguments)
    if options.pages is not None:
        return _pages(Path(options.pages))
    if options.json:
        sys.stdout.write(json.dumps([rule_data(r) for r in rules()], indent=2, ensure_ascii=False) + "\n")
        return READY
    if options.sources:
        _write_sources()
        return READY
    for rule in rules():
        sys.stdout.write(f"{rule.id:8} {rule.severity.value:9} {rule.enforced_by:9} {rule.title}\n")
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "List the rules by id: severity, how each is enforced (schema, rule, or question: needs facts that are not"
        " in the document), title.",
        "form4 rules\n  form4 rules --sources\n  form4 rules --pages rules/",
    )
    parser.add_argument("--json", action="store_true", help="write JSON, explanations included")
    parser.add_argument(
        "--sources",
        action="store_true",
        help="list each rule's sources, when they were last read, and what is not confirmed",
    )
    parser.add_argument("--pages", metavar="FOLDER", help="write the reference, one HTML page for each group")
    return parser


def _write_sources() -> None:
    """Every rule with its sources, then what is not confirmed."""
    lines = [basis(), ""]
    for rule in rules():
        lines.append(f"{rule.id:8} {rule.title}")
        for cite in rule.cites:
            state = "not read again: general knowledge" if cite.general_knowledge else f"last read by {AS_OF}"
            lines.append(f"{'':8} {cite.text}: {state}{f'; {cite.url}' if cite.url else ''}")
    lines += ["", "Not confirmed:"]
    unread = dict.fromkeys(c.text for rule in rules() for c in rule.cites if c.general_knowledge)
    lines += [f"  {text}: the text was not read again" for text in unread]
    lines += [f"  {each.day}: {each.name}; {each.source}" for each in closures().values() if each.counts]
    sys.stdout.write("\n".join(lines) + "\n")


def _pages(folder: Path) -> int:
    """Write the reference; says where it begins."""
    from form4_author.page.reference import reference_pages

    disk.make_open_folder(folder)
    for name, page in reference_pages().items():
        write_bytes(folder / name, page.encode("utf-8"), private=False)
    sys.stdout.write(f"{visible(str(folder / 'index.html'))}\n")
    return READY
