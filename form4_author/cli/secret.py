"""CCCs on their way into an envelope: from a file descriptor, the system's keyring, or a prompt that does not echo.

Never from an argument or the environment, where other programs and the shell's history would see them.
"""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING, Final

from form4_author.errors import Form4Error
from form4_author.wire.envelope import is_ccc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.model.filing import Filing

__all__ = ["cccs_for", "keep"]

_SERVICE: Final = "form4-author CCC"
_LONGEST: Final = 1 << 16
_TRIES: Final = 3


def cccs_for(filing: Filing, descriptor: int | None, *, keyring: bool) -> dict[str, str]:
    """The CCC of each reporting person, by CIK without leading zeros.

    ``descriptor``: an open file that holds lines ``CIK CCC``. ``keyring``: look there before asking.
    Raises Form4Error, which names the person and never a value, where one is not to be had.
    """
    told = _from_descriptor(descriptor) if descriptor is not None else {}
    found: dict[str, str] = {}
    for owner in filing.owners:
        cik = (owner.cik or "").lstrip("0")
        name = owner.name or f"CIK {cik}"
        known = told.get(cik) or (_kept(cik) if keyring else None)
        if known is None and descriptor is not None:
            raise Form4Error(
                f"The file descriptor has no line for {name} (CIK {cik})",
                remedy="Write one line for each reporting person: the CIK, a blank, the CCC",
            )
        found[cik] = known or _asked(name, cik)
    return found


def keep(secrets: Mapping[str, str]) -> None:
    """Put the CCCs into the system's keyring, for the next filing.

    Raises Form4Error where this system has none.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        for cik, ccc in secrets.items():
            keyring.set_password(_SERVICE, cik, ccc)
    except KeyringError as error:
        raise _no_keyring(error) from None


def _kept(cik: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, cik)
    except KeyringError as error:
        raise _no_keyring(error) from None


def _no_keyring(error: Exception) -> Form4Error:
    return Form4Error(
        f"This system's keyring cannot be used ({type(error).__name__})",
        remedy="Leave out --keyring and --keep; the CCC is asked for then",
    )


def _from_descriptor(descriptor: int) -> dict[str, str]:
    try:
        with os.fdopen(os.dup(descriptor), "rb") as file:
            text = file.read(_LONGEST).decode("ascii", "replace")
    except OSError:
        raise Form4Error(
            f"File descriptor {descriptor} cannot be read", remedy="Open it for the command, as in 3<ccc.txt"
        ) from None
    lines = (line.split() for line in text.splitlines())
    return {parts[0].lstrip("0"): parts[1] for parts in lines if len(parts) == 2}


def _asked(name: str, cik: str) -> str:
    """The CCC as typed, unseen; three tries."""
    for _try in range(_TRIES):
        try:
            typed = getpass.getpass(f"CCC of {name} (CIK {cik}), not shown: ", stream=sys.stderr).strip()
        except EOFError:
            break
        if is_ccc(typed):
            return typed
        sys.stderr.write(
            "A CCC has eight characters, at least one digit and one of @ # $ *. Again, please.\n"
        )
    raise Form4Error(
        f"No CCC for {name} (CIK {cik}) was given", remedy="Have it ready and start form4 pack again"
    )
