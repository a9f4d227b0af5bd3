"""The error boundary of the command line: every exception becomes a paragraph and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Final

from form4_author import __version__
from form4_author.errors import Form4Error

__all__ = ["BUG", "FINDINGS", "READY", "UNREADABLE", "bounded"]

READY: Final = 0
FINDINGS: Final = 1
"""Findings that block."""
UNREADABLE: Final = 2
"""Wrong usage or unreadable input."""
BUG: Final = 3
"""A bug of ours."""


def bounded(command: Callable[[], int]) -> int:
    """The command's exit code; an exception is told in one paragraph on standard error.

    ``FORM4_TRACEBACK=1`` in the environment shows the traceback of a bug as well.
    """
    try:
        return command()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else UNREADABLE
    except KeyboardInterrupt:
        sys.stderr.write("\nform4: stopped; every answer given so far is saved.\n")
        return UNREADABLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READY
    except Form4Error as error:
        sys.stderr.write(f"form4: {error}\n")
        return UNREADABLE
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        sys.stderr.write(f"form4: the system says: {error.strerror or error}{where}. Check the place and try again.\n")
        return UNREADABLE
    except Exception as error:  # noqa: BLE001  # the boundary: whatever is left is a bug of ours
        if os.environ.get("FORM4_TRACEBACK") == "1":
            raise
        sys.stderr.write(
            f"form4: this is a bug in form4 {__version__} ({type(error).__name__}); nothing was filed or lost. "
            "Run the command again with FORM4_TRACEBACK=1 set and report what it prints.\n"
        )
        return BUG
