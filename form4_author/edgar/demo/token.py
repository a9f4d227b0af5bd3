"""Tokens of the local EDGAR: of the shape that EDGAR's have, with a readable first part and nothing behind it."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.ident.cik import padded_cik

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEMO_TOKENS", "TokenFault", "demo_token", "login_cik", "token_fault"]

_FOREVER: Final = "2040-01-01T00:00:00Z"


def demo_token(owner: str, *, user: bool = False, expires: str = _FOREVER) -> str:
    """A token of a filer's CIK, or of a person where ``user`` is set."""
    head = {"kid": "demo", "alg": "ECDH-ES", "expiresAt": expires, ("userId" if user else "cik"): owner}
    first = base64.urlsafe_b64encode(json.dumps(head).encode("ascii")).decode("ascii").rstrip("=")
    return f"{first}.ZGVtbw.ZGVtbw.ZGVtbw.ZGVtbw"


DEMO_TOKENS: Final = (demo_token("0000999001"), demo_token("dana.cho@example.com", user=True))
"""A filer token of the fictitious company and a user token of a fictitious person."""


class TokenFault(NamedTuple):
    """Why a request is refused."""

    status: int
    message: str


def _heads(authorization: str) -> list[Mapping[str, Any]]:
    tokens = authorization.removeprefix("Bearer ").replace(",", " ").split()
    found: list[Mapping[str, Any]] = []
    for token in tokens:
        first = token.partition(".")[0]
        try:
            head = json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
        except ValueError:
            head = None
        found.append(head if isinstance(head, dict) and token.count(".") == 4 else {})
    return found


def login_cik(authorization: str) -> str:
    """The CIK of the filer token, with its leading zeros."""
    return next((padded_cik(str(head["cik"])) for head in _heads(authorization) if "cik" in head), "")


def token_fault(authorization: str, *, both: bool, now: float) -> TokenFault | None:
    """What is wrong with the tokens of a request; EDGAR names each by its place.

    ``both``: the request needs a user token beside the filer token.
    """
    heads = _heads(authorization)
    kinds = ["FILER_API" if "cik" in head else "USER_API" for head in heads]
    for number, (head, kind) in enumerate(zip(heads, kinds, strict=True), 1):
        which = f"token {number} of type {kind}"
        if not head:
            return TokenFault(401, f"token {number} is not in the expected format")
        if datetime.fromisoformat(str(head["expiresAt"])) <= datetime.fromtimestamp(now, UTC):
            return TokenFault(401, f"{which} is expired or has been revoked")
    if len(set(kinds)) < len(kinds):
        return TokenFault(401, f"more than one token of type {kinds[0]} was given")
    if not heads:
        return TokenFault(401, "Unauthorized")
    if "FILER_API" not in kinds or (both and "USER_API" not in kinds):
        return TokenFault(403, "Forbidden.")
    return None
