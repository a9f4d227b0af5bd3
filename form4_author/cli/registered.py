"""The register for the commands that use it: where it is, opened, and the cards that words mean."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from form4_author.register.place import place_of

if TYPE_CHECKING:
    import argparse

    from form4_author.register.book import Register
    from form4_author.register.place import Place

__all__ = ["add_register", "register_at", "register_of", "written_json"]


def add_register(parser: argparse.ArgumentParser, *, json_too: bool = True) -> None:
    """The options of every command on the register."""
    parser.add_argument(
        "--register",
        metavar="URL",
        help="the register: a file or an SQLAlchemy URL (default: FORM4_REGISTER, else the data folder)",
    )
    if json_too:
        parser.add_argument("--json", action="store_true", help="write JSON")


def register_at(told: str | None) -> Place:
    """Where the register is: as told, else as ``FORM4_REGISTER`` says, else in the data folder."""
    return place_of(told or os.environ.get("FORM4_REGISTER"))


def register_of(told: str | None, *, create: bool = False) -> Register:
    """The register, opened. Raises Form4Error where there is none and none is to be made."""
    from form4_author.register.book import opened

    return opened(register_at(told), create=create)


def written_json(data: Any) -> None:  # noqa: ANN401  # plain data
    """One JSON value on standard output."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
