"""What an EDGAR token shows without a key: its kind, its owner and its last day."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import NamedTuple

__all__ = ["TokenFacts", "token_facts"]

_PARTS = 5


class TokenFacts(NamedTuple):
    """A token's first part, as far as it can be read. Whether the token was revoked is not in it."""

    is_filer: bool
    """A filer API token, of a CIK; otherwise a user API token, of a person."""
    owner: str
    expires: datetime | None


def token_facts(token: str) -> TokenFacts | None:
    """The facts; None for a text that is not a token of EDGAR's. Source: SEC, EDGAR API Development Toolkit (2024)."""
    first, *rest = token.strip().split(".")
    if len(rest) != _PARTS - 1 or not first.isascii():
        return None
    try:
        head = json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except (ValueError, RecursionError):
        return None
    if not isinstance(head, dict):
        return None
    owner = head.get("cik") or head.get("userId")
    if not isinstance(owner, str) or len(owner) > 200:
        return None
    return TokenFacts("cik" in head, owner, _moment(head.get("expiresAt")))


def _moment(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
