"""Someone whose key is on a smart card or another token, which never lets it go (PKCS#11)."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from form4_author.errors import Form4Error, ResourceMissing
from form4_author.signing.identity import described

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.signing.identity import Identity

__all__ = ["Token", "of_token"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """Where a key lies."""

    module: str
    """Path of the device's PKCS#11 library."""
    label: str | None = None
    """Label of the token; None: the only one."""
    certificate: str | None = None
    """Label of the certificate; None: the only one that has its key there."""


@contextmanager
def of_token(token: Token, pin: str) -> Iterator[Identity]:
    """The identity on a token, while its session is open.

    Raises ResourceMissing when the library for tokens is not installed, and Form4Error when the device, the PIN or the
    certificate is not to be had.
    """
    try:
        import pkcs11
        from pyhanko.sign.pkcs11 import PKCS11Signer
    except ImportError:
        raise ResourceMissing(
            "Signing with a token needs the library python-pkcs11, which is not installed",
            remedy="Install it: pip install 'form4-author[token]'",
        ) from None
    try:
        with _token(pkcs11.lib(token.module), token.label).open(user_pin=pin) as session:
            certificate, key = _certificate(session, token.certificate)
            yield described(
                PKCS11Signer(
                    session,
                    signing_cert=certificate,
                    key_id=key,
                    other_certs_to_pull=None,
                    use_raw_mechanism=True,  # the hash is made here: many a card, and many a key, knows no other way
                )
            )
    except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
        raise Form4Error(
            f"The token cannot sign ({': '.join(filter(None, (type(error).__name__, str(error))))})",
            remedy="Check that it is plugged in, the module's path, and the PIN",
        ) from None


def _token(library: Any, label: str | None) -> Any:  # noqa: ANN401  # the library has no types
    """The token with this label, or the only one."""
    from pkcs11 import TokenFlag

    tokens = [token for token in library.get_tokens() if TokenFlag.TOKEN_INITIALIZED in token.flags]
    return _only("token", "--token", label, [(token.label, token) for token in tokens])


def _certificate(session: Any, label: str | None) -> tuple[Any, bytes]:  # noqa: ANN401  # as above
    """The certificate with this label, or the only one, and the id that it shares with its key."""
    from asn1crypto import x509
    from pkcs11 import Attribute, ObjectClass

    keys = {key[Attribute.ID] for key in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})}
    certificates = list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
    usable = [(c[Attribute.LABEL], c) for c in certificates if c[Attribute.ID] in keys]
    found = _only("certificate with its key", "--cert-label", label, usable)
    return x509.Certificate.load(found[Attribute.VALUE]), found[Attribute.ID]


def _only(what: str, option: str, label: str | None, candidates: Sequence[tuple[str, Any]]) -> Any:  # noqa: ANN401  # as above
    wanted = [thing for name, thing in candidates if label in (None, name)]
    if len(wanted) == 1:
        return wanted[0]
    there = ", ".join(f'"{name}"' for name, _ in candidates) or "none"
    raise Form4Error(
        f"There is {'more than one' if wanted else 'no such'} {what}",
        remedy=f"Choose with {option}; there are: {there}"
        if candidates
        else "Plug in the token, or check its module",
    )
