"""``form4 poa``: powers of attorney; ``new`` writes one."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Final

from form4_author.cli.boundary import READY, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["VERBS", "run"]

VERBS: Final = {"new": ("granting", "write a power of attorney as an exhibit (EX-24)")}
"""Verb → module of this package, summary."""


def run(word: str, arguments: Sequence[str]) -> int:
    """Do what the verb says."""
    verb = next(iter(arguments), "")
    if verb in VERBS:
        module = importlib.import_module(f"form4_author.cli.{VERBS[verb][0]}")
        return int(module.run(f"{word} {verb}", arguments[1:]))
    lines = "".join(f"  {name:8} {summary}\n" for name, (_module, summary) in VERBS.items())
    usage = (
        f"usage: form4 {word} [verb] [options]\n\nPowers of attorney.\n\nverbs:\n{lines}\n"
        f"example:\n  form4 {word} new -o poa.txt\n"
    )
    if verb in ("--help", "-h", "help"):
        sys.stdout.write(usage)
        return READY
    told = f'"{verb}" is not one of its verbs' if verb else "a verb is missing"
    sys.stderr.write(f"form4 {word}: {told}: {', '.join(VERBS)}. See form4 {word} --help.\n")
    return UNREADABLE
