"""Rules that the reader and the schema layer enforce: their words are ``stated.toml``, so that they can be explained.

No check runs for them. The file is read when one of them is reported, listed or explained.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from form4_author.checks import cite
from form4_author.checks.base import Rule
from form4_author.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["stated_rule", "stated_rules"]

_WORDS: Final = Path(__file__).with_name("stated.toml")


@cache
def stated_rules() -> tuple[Rule, ...]:
    """Every rule of ``stated.toml``.

    Raises ValueError for an entry that makes no rule.
    """
    import tomllib  # most filings break none of these rules

    entries = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return tuple(stated_rule(id, entry) for id, entry in entries.items())


def stated_rule(id: str, entry: Mapping[str, Any]) -> Rule:
    """The rule of one entry.

    Raises ValueError, naming the entry: a part is missing or not known, a source is not in ``cite``, or the severity
    is not one.
    """
    words = dict(entry)
    try:
        title, severity = words.pop("title"), Severity(words.pop("severity"))
        cites = tuple(getattr(cite, name) for name in words.pop("cites"))
        text = "{what}\nWhy: {why}\nFix: {fix}\nSilent: {silent}".format_map(words)
    except (AttributeError, KeyError, ValueError) as error:
        raise ValueError(f"{id} in {_WORDS.name}: {error}") from error
    if unknown := words.keys() - {"what", "why", "fix", "silent"}:
        raise ValueError(f"{id} in {_WORDS.name}: unknown {', '.join(sorted(unknown))}")
    return Rule(id=id, title=title, severity=severity, cites=cites, since="0.1.0", check=None, text=text)
