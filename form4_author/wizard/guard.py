"""An answer that form4 itself fails at: a sentence that says so, so that the question is put again."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from form4_author import __version__
from form4_author.errors import Form4Error, MalformedValue

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.wizard.screen import Ask

__all__ = ["failure", "guarded"]


def failure(error: Exception) -> str:
    """Why an answer cannot be taken and what to do, without the final stop.

    Of a bug only the exception's kind is named: its text may quote the answer. ``FORM4_TRACEBACK=1`` in the
    environment raises it instead.
    """
    if isinstance(error, MalformedValue):
        return error.problem
    if isinstance(error, Form4Error):
        return f"{error.problem}. {error.remedy}"
    if os.environ.get("FORM4_TRACEBACK") == "1":
        raise error
    return (
        f"form4 cannot use this answer because of a bug in form4 {__version__} ({type(error).__name__})."
        " Everything entered before it is saved. Change the answer, and report the bug"
    )


def guarded(ask: Ask) -> Ask:
    """The question whose check and echo never raise."""
    return replace(ask, check=_checked(ask.check), echo=_echoed(ask.echo))


def _checked(check: Callable[[str], str | None]) -> Callable[[str], str | None]:
    def checked(typed: str) -> str | None:
        try:
            return check(typed)
        except Exception as error:  # noqa: BLE001  # a bug in any check is a refused answer
            return failure(error)

    return checked


def _echoed(echo: Callable[[str], str]) -> Callable[[str], str]:
    def echoed(typed: str) -> str:
        try:
            return echo(typed)
        except Exception:  # noqa: BLE001  # what a line is understood as is left out; the check says why
            return ""

    return echoed
