"""``form4 edit``: a draft is opened at its review."""

from __future__ import annotations

from form4_author.cli.new import command_parser, run

__all__ = ["command_parser", "run"]
