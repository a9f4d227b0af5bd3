"""CCCs and passphrases: from a file descriptor, the system's keyring, or whoever asks the filer for them.

Never from an argument or the environment, where other programs and the shell's history would see them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from form4_author.errors import Form4Error, UnreadableInput
from form4_author.ident.ccc import is_ccc
from form4_author.ident.cik import bare_cik

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from form4_author.model.filing import Filing

__all__ = [
    "HiddenPrompt",
    "Lock",
    "SecretSource",
    "cccs_for",
    "cccs_known",
    "descriptor_text",
    "keep",
    "keep_passphrase",
    "keep_tokens",
    "passphrase",
    "remove_tokens",
    "saved_token",
    "unlocked",
]

Opened = TypeVar("Opened")


class HiddenPrompt(Protocol):
    """Asks the filer and shows nothing of what is typed."""

    def __call__(self, question: str, remark: str) -> str:
        """What was typed; ``remark``: on the answer before it, empty at first.

        Raises EOFError at the end of the input, Form4Error where nothing can be typed unseen.
        """


_PLAIN_TEXT: Final = ("plaintext", "uncrypted", "unencrypted", "keyring.backends.null")
_SERVICE: Final = "form4-author CCC"
_EDGAR_SERVICE: Final = "form4-author EDGAR token"
_SIGNING_SERVICE: Final = "form4-author signing"
_LONGEST: Final = 1 << 16
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class SecretSource:
    """Where CCCs and passphrases are had."""

    ask: HiddenPrompt
    descriptor: int | None = None
    """An open file: lines ``CIK CCC``, or the passphrase in its first line."""
    keyring: bool = False
    """Look into the system's keyring before asking."""
    keep: bool = False
    """Put a passphrase that was right into the keyring."""


def cccs_for(filing: Filing, source: SecretSource) -> dict[str, str]:
    """The CCC of each reporting person, by CIK without leading zeros.

    Raises Form4Error, which names the person and never a value, where one is not to be had.
    """
    typed = _from_descriptor(source.descriptor) if source.descriptor is not None else {}
    cccs: dict[str, str] = {}
    for owner in filing.owners:
        cik = bare_cik(owner.cik)
        name = owner.name or f"CIK {cik}"
        ccc = typed.get(cik) or (_saved_secret(_SERVICE, cik, "CCC") if source.keyring else None)
        if ccc is None and source.descriptor is not None:
            raise Form4Error(
                f"The file descriptor has no line for {name} (CIK {cik})",
                remedy="Write one line for each reporting person: the CIK, a space, the CCC",
            )
        cccs[cik] = ccc or _asked(name, cik, source.ask)
    return cccs


def cccs_known(ciks: Iterable[str], source: SecretSource) -> dict[str, str]:
    """The CCCs, by CIK without leading zeros, that the file descriptor or the keyring has; nothing is asked.

    Raises Form4Error where the descriptor or the keyring can't be read.
    """
    if source.descriptor is not None:
        return _from_descriptor(source.descriptor)
    if not source.keyring:
        return {}
    saved = {cik: _saved_secret(_SERVICE, cik, "CCC") for cik in ciks}
    return {cik: ccc for cik, ccc in saved.items() if ccc is not None}


def keep(secrets: Mapping[str, str]) -> None:
    """Put the CCCs into the system's keyring, for the next filing.

    Raises Form4Error where this system has none.
    """
    for cik, ccc in secrets.items():
        _keep(_SERVICE, cik, ccc, "CCC")


@dataclass(frozen=True, slots=True)
class Lock:
    """What a passphrase opens."""

    what: str
    """As the prompt says it: ``Passphrase of jane.p12``."""
    key: str
    """Its name in the system's keyring: the file's full path, or the token's label."""


def passphrase(lock: Lock, source: SecretSource, remark: str = "") -> str:
    """The passphrase or PIN, without its line's end; ``remark``: on the answer before it.

    Raises Form4Error, which never says any of it, where it is not to be had.
    """
    if source.descriptor is not None:
        return descriptor_text(source.descriptor, "passphrase.txt").partition("\n")[0].removesuffix("\r")
    saved = _saved_secret(_SIGNING_SERVICE, lock.key, "passphrase") if source.keyring else None
    if saved is not None:
        return saved
    try:
        return source.ask(f"{lock.what}, not shown: ", remark)
    except EOFError:
        raise Form4Error(f"No answer for: {lock.what}", remedy="Find it, then start again") from None


def unlocked(lock: Lock, opened: Callable[[str], Opened], source: SecretSource) -> Opened:
    """What the passphrase opens; who types a wrong one is asked again, three times in all.

    Raises the error of ``opened`` where none was right.
    """
    remark = ""
    for left in reversed(range(_TRIES if source.descriptor is None and not source.keyring else 1)):
        secret = passphrase(lock, source, remark)
        try:
            what = opened(secret)
        except UnreadableInput as error:
            if not left:
                raise
            remark = f"{error.problem}. Again, please."
        else:
            break
    if source.keep:
        keep_passphrase(lock, secret)
    return what


def keep_passphrase(lock: Lock, secret: str) -> None:
    """Put a passphrase into the system's keyring, for the next signature.

    Raises Form4Error where this system has none.
    """
    _keep(_SIGNING_SERVICE, lock.key, secret, "passphrase")


def _keep(service: str, name: str, secret: str, what: str) -> None:
    import keyring
    from keyring.errors import KeyringError

    _refuse_plain_text(keyring.get_keyring())
    try:
        keyring.set_password(service, name, secret)
    except KeyringError as error:
        raise _no_keyring(error, what) from None


def _refuse_plain_text(backend: object) -> None:
    """Raises Form4Error for a keyring that writes what it is given as it is; of several the first is the one used."""
    several = getattr(backend, "backends", None)
    used = next(iter(several), backend) if several else backend
    name = f"{type(used).__module__}.{type(used).__qualname__}"
    if any(word in name.lower() for word in _PLAIN_TEXT):
        raise Form4Error(
            f"This system's keyring, {name}, stores secrets as plain text",
            remedy="Leave out --keep, or set up the system's own keyring, such as GNOME Keyring or KWallet",
        )


def _saved_secret(service: str, name: str, what: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(service, name)
    except KeyringError as error:
        raise _no_keyring(error, what) from None


def _no_keyring(error: Exception, what: str) -> Form4Error:
    return Form4Error(
        f"This system's keyring cannot be used ({type(error).__name__})",
        remedy=f"Leave out --keyring and --keep; the {what} is asked for then",
    )


def _from_descriptor(descriptor: int) -> dict[str, str]:
    lines = (line.split() for line in descriptor_text(descriptor, "ccc.txt").splitlines())
    return {bare_cik(parts[0]): parts[1] for parts in lines if len(parts) == 2}


def saved_token(kind: str) -> str | None:
    """A token in the system's keyring, ``filer`` or ``user``. Raises Form4Error where this system has no keyring."""
    return _saved_secret(_EDGAR_SERVICE, kind, "token")


def keep_tokens(filer: str, user: str) -> None:
    """Put both tokens into the system's keyring, for the next filing. Raises Form4Error where this system has none."""
    _keep(_EDGAR_SERVICE, "filer", filer, "token")
    _keep(_EDGAR_SERVICE, "user", user, "token")


def remove_tokens() -> None:
    """Take both tokens out of the system's keyring; one that is not there is no error.

    Raises Form4Error where this system has no keyring.
    """
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    for kind in ("filer", "user"):
        try:
            keyring.delete_password(_EDGAR_SERVICE, kind)
        except PasswordDeleteError:
            continue
        except KeyringError as error:
            raise _no_keyring(error, "token") from None


def descriptor_text(descriptor: int, example: str) -> str:
    """What an open file holds. ``example``: a name for the message where it can't be read."""
    try:
        with os.fdopen(os.dup(descriptor), "rb") as file:
            return file.read(_LONGEST).decode("utf-8", "replace")
    except OSError:
        raise Form4Error(
            f"File descriptor {descriptor} cannot be read",
            remedy=f"Open it for the command, as in 3<{example}",
        ) from None


def _asked(name: str, cik: str, ask: HiddenPrompt) -> str:
    """The CCC as typed, unseen; three tries."""
    remark = ""
    for _try in range(_TRIES):
        try:
            typed = ask(f"CCC of {name} (CIK {cik}), not shown: ", remark).strip()
        except EOFError:
            break
        if is_ccc(typed):
            return typed
        remark = "A CCC has eight characters, at least one digit and one of @ # $ *. Again, please."
    raise Form4Error(f"No CCC for {name} (CIK {cik}) was given", remedy="Find it, then run form4 pack again")
