"""``form4 schema``: the SEC's own schema files, kept beside ours as a second opinion."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.cli.options import READY, CommandParser
from form4_author.files import sec_schema
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.files.sec_schema import StoredSchema

__all__ = ["command_parser", "run"]

_VERBS = ("add", "list", "remove")


def run(word: str, arguments: Sequence[str]) -> int:
    """Add the SEC's archive, list what is kept, or forget one."""
    parser = command_parser(word)
    options = parser.parse_args(arguments)
    if (options.what is None) != (options.verb == "list"):
        parser.error(
            f"{options.verb} takes {'nothing more' if options.verb == 'list' else 'an archive or an edition'}"
        )
    if options.verb == "list":
        return _listed(sec_schema.stored_schemas(), as_json=options.json)
    stored = (
        sec_schema.add(Path(options.what))
        if options.verb == "add"
        else sec_schema.remove(options.what.upper())
    )
    if options.json:
        return _listed((stored,), as_json=True)
    done = "kept in" if options.verb == "add" else "removed from"
    sys.stdout.write(f"The SEC's schema files of {stored.schema.generation} are {done} {stored.folder}.\n")
    if options.verb == "add":
        sys.stdout.write("form4 check now uses them too, and reports where they differ from form4's own.\n")
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Add the SEC's own schema files, from its archive; form4 check then uses both.",
        "form4 schema add ownershipxmltechspec-v5-5.zip\n  form4 schema list\n  form4 schema remove X0609",
    )
    parser.add_argument(
        "verb", choices=_VERBS, help="add an archive, list the stored editions, or remove one"
    )
    parser.add_argument("what", nargs="?", metavar="ARCHIVE|EDITION", help="for add and remove")
    parser.add_argument("--json", action="store_true", help="write JSON")
    return parser


def _listed(stored: tuple[StoredSchema, ...], *, as_json: bool) -> int:
    if as_json:
        rows = [
            {
                "edition": h.schema.generation,
                "archive": h.archive,
                "sha256": h.sha256,
                "folder": str(h.folder),
            }
            for h in stored
        ]
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
        return READY
    for schema_files in stored:
        sys.stdout.write(
            visible(f"{schema_files.schema.generation}  {schema_files.archive}  {schema_files.folder}") + "\n"
        )
    if not stored:
        sys.stdout.write(
            "None is stored. form4 checks with its own schemas; to use the SEC's as well:\n"
            "form4 schema add ownershipxmltechspec-v5-5.zip\n"
        )
    return READY
