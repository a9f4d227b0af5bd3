"""Which version of a list is meant: what EDGAR said of it, and what a later request asks by."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["NO_VALIDATORS", "Validators"]


class Validators(NamedTuple):
    """What an answer said of its version, with which a later request asks for a newer one only."""

    etag: str = ""
    modified: str = ""


NO_VALIDATORS: Final = Validators()
