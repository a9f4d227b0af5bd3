"""``form4 resume``: the interview goes on where it stopped."""

from __future__ import annotations

from form4_author.cli.new import command_parser, run

__all__ = ["command_parser", "run"]
