"""EDGAR's tokens for the commands that send and watch: from a file descriptor, the keyring, or a hidden prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.desk.secret import descriptor_text, keep_tokens, remove_tokens, saved_token
from form4_author.desk.token_record import forget_tokens_record, record_tokens
from form4_author.edgar.sender import Tokens
from form4_author.errors import Form4Error

if TYPE_CHECKING:
    from form4_author.desk.secret import SecretSource

__all__ = ["forget", "store", "tokens_for"]


def tokens_for(source: SecretSource, *, both: bool, without: str = "") -> Tokens:
    """The tokens; one that the filer did not give is empty.

    Args:
        source: Where they come from.
        both: A submission needs the user token beside the filer token.
        without: What happens without a token, for the prompt; empty where each is needed.

    Raises Form4Error, which never says any of them, where one that is needed is not to be had.
    """
    if source.descriptor is not None:
        lines = descriptor_text(source.descriptor, "tokens.txt").split() or [""]
        if not without and len(lines) < (2 if both else 1):
            raise Form4Error(
                "The file descriptor has too few tokens",
                remedy="Write the filer API token in the first line and the user API token in the second",
            )
        return Tokens(lines[0], lines[1] if len(lines) > 1 else "")
    filer = saved_token("filer") if source.keyring else None
    user = saved_token("user") if source.keyring else None
    filer = filer or _asked("Filer API token", source, without)
    if both and user is None:
        user = _asked("User API token", source, without)
    return Tokens(filer, user or "")


def store(tokens: Tokens) -> None:
    """Put both tokens into the system's keyring, and record until when they hold.

    Raises Form4Error where this system has no keyring.
    """
    keep_tokens(*tokens)
    record_tokens(tokens)


def forget() -> None:
    """Take both tokens out of the system's keyring. Raises Form4Error where this system has none."""
    remove_tokens()
    forget_tokens_record()


def _asked(what: str, source: SecretSource, without: str) -> str:
    more = f"; Enter alone {without}" if without else ""
    try:
        typed = source.ask(f"{what}, not shown{more}: ", "").strip()
    except EOFError:
        typed = ""
    if not typed and not without:
        raise Form4Error(
            f"No {what} was given", remedy="Make one at EDGAR Filer Management, then start again"
        )
    return typed
