"""``form4 footnote``: the library of footnotes that recur."""

from __future__ import annotations

from form4_author.cli.person import command_parser, run

__all__ = ["command_parser", "run"]
