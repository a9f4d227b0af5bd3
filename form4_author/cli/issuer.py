"""``form4 issuer``: the issuers on record."""

from __future__ import annotations

from form4_author.cli.person import command_parser, run

__all__ = ["command_parser", "run"]
