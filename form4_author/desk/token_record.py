"""Until when the tokens in the system's keyring hold, so that the start menu and ``form4 due`` need no keyring.

The file has the kind, the owner and the last day of each token, and no part of a token.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.desk.clock import eastern
from form4_author.errors import UnreadableInput
from form4_author.files import disk, draft_file
from form4_author.files.output import make_folder, write_bytes
from form4_author.timing.legal_data import us_date

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.edgar.sender import Tokens

__all__ = ["TokenRecord", "forget_tokens_record", "record_tokens", "token_messages", "token_records"]

_NAME: Final = "edgar-tokens.json"
_MOST: Final = 1 << 16
_SOON: Final = timedelta(days=14)
_KINDS: Final = {"filer": "filer API token", "user": "user API token"}
_RENEW: Final = "Make another in EDGAR Filer Management, then run form4 ready --keep."


class TokenRecord(NamedTuple):
    """One token that is in the keyring."""

    kind: str
    """``filer`` or ``user``."""
    owner: str
    """The CIK without leading zeros, or EDGAR's name of the user."""
    until: date
    """The Eastern day on which it ends."""

    @property
    def words(self) -> str:
        """``filer API token of CIK 999001``."""
        return f"{_KINDS[self.kind]} of {'CIK ' if self.kind == 'filer' else ''}{self.owner}"


def _place() -> Path:
    return draft_file.default_folder().parent / _NAME


def record_tokens(tokens: Tokens) -> None:
    """Record what can be read of these tokens without a key. Raises UnreadableInput where the file can't be written."""
    from form4_author.edgar.token import token_facts
    from form4_author.ident.cik import bare_cik

    found = {}
    for kind, token in zip(_KINDS, tokens, strict=True):
        facts = token_facts(token)
        if facts is not None and facts.expires is not None:
            owner = bare_cik(facts.owner) if facts.is_filer else facts.owner
            until = facts.expires.astimezone(eastern()).date()
            found[kind] = {"owner": owner, "until": until.isoformat()}
    place = _place()
    try:
        make_folder(place.parent)
        write_bytes(place, (json.dumps(found, indent=1) + "\n").encode("ascii"))
    except OSError as error:
        raise UnreadableInput(
            f"The tokens are stored, but {place} can't be written: {(error.strerror or str(error)).lower()}",
            remedy="Check who may write to the folder; until then form4 due does not list the tokens",
        ) from None


def forget_tokens_record() -> None:
    """Nothing is on record then."""
    disk.remove_file(_place(), missing_ok=True)


def token_records() -> tuple[TokenRecord, ...]:
    """The tokens on record; empty where nothing can be read, for the keyring decides and not this file."""
    place = _place()
    if not place.is_file():
        return ()
    try:
        data = json.loads(disk.read(place, _MOST))
        return tuple(
            TokenRecord(kind, str(data[kind]["owner"]), date.fromisoformat(data[kind]["until"]))
            for kind in _KINDS
            if kind in data
        )
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def token_messages(today: date) -> tuple[str, ...]:
    """What the start menu says: the tokens that ended, or end within two weeks."""
    return tuple(
        f"The {each.words} {'expired' if each.until < today else 'expires'} {us_date(each.until)}. {_RENEW}"
        for each in token_records()
        if each.until - today <= _SOON
    )
