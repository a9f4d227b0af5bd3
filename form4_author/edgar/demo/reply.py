"""Requests to the local EDGAR, and its replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Reply", "Request"]


class Request(NamedTuple):
    """A request as it came."""

    at: float
    path: str
    headers: Mapping[str, str]
    """By their names in small letters."""
    method: str = "GET"
    body: bytes = b""


class Reply(NamedTuple):
    """What is answered."""

    status: int
    content: bytes = b""
    kind: str = "application/json"
    headers: Mapping[str, str] = {}
    cut_at: int | None = None
    """Bytes of the content after which the connection is closed."""
    is_silent: bool = False
    """Whether the connection is closed without an answer."""
    between: Callable[[], None] | None = None
    """Called between the parts of the content: a slow connection."""
