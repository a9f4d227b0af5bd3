"""``form4 rules``: every rule by id."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from form4_author.checks.registry import rules
from form4_author.cli.boundary import READY
from form4_author.cli.explain import rule_data
from form4_author.cli.options import CommandParser

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """List the rules."""
    parser = CommandParser(word, "Lists the rules by id, with severity and title.", "form4 rules")
    parser.add_argument("--json", action="store_true", help="write JSON, explanations included")
    options = parser.parse_args(arguments)
    if options.json:
        sys.stdout.write(json.dumps([rule_data(r) for r in rules()], indent=2, ensure_ascii=False) + "\n")
        return READY
    for rule in rules():
        sys.stdout.write(f"{rule.id:8} {rule.severity.value:9} {rule.title}\n")
    return READY
