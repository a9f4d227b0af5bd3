"""The options of ``form4 check`` for many files: where the results go, who checks, how many at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse

    from form4_author.cli.options import CommandParser

__all__ = ["add_output", "refuse_other_options"]

_SUFFIXES: Final = (".jsonl", ".parquet")
_BATCH: Final = 500
"""Files in a batch: a second or two of work, beside which what a cluster spends on a batch is small."""
_ALONE: Final = (
    "json", "sarif", "quiet", "filed", "history", "facts", "register", "attach", "fix", "override", "reason",
)  # fmt: skip
"""The options that do not go with ``--output``."""


def add_output(parser: argparse.ArgumentParser) -> None:
    """Adds the options of checks in batches."""
    parser.add_argument(
        "--output",
        metavar="FOLDER",
        help="check files, folders, .tar and .zip archives in batches; FOLDER.jsonl or FOLDER.parquet gets a"
        " record for each; run it again to resume",
    )
    parser.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="with --output: on the Dask cluster at this address, such as tcp://host:8786",
    )
    parser.add_argument(
        "--batch",
        type=int,
        default=_BATCH,
        metavar="N",
        help=f"with --output: N files a batch (default {_BATCH})",
    )


def refuse_other_options(options: argparse.Namespace, parser: CommandParser) -> None:
    """End the command where its options do not go together."""
    if options.output is None:
        if options.dask is not None or options.batch != _BATCH:
            parser.error("--dask and --batch need --output FOLDER.jsonl or FOLDER.parquet")
        return
    given = [f"--{name}" for name in _ALONE if getattr(options, name) not in (None, False, [])]
    if given:
        parser.error(f"--output does not go with {given[0]}")
    if options.dask is not None and options.jobs is not None:
        parser.error("--jobs goes with processes on this computer; a cluster has its own workers")
    if options.batch < 1:
        parser.error("--batch must be 1 or more")
    if not options.output.rstrip("/").lower().endswith(_SUFFIXES):
        parser.error("--output must end in .jsonl or .parquet, which says what is written into the folder")
