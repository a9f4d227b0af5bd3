"""Time-stamps and evidence for later: whom the signer asks, what the file keeps; servers on this machine."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from form4_author.errors import Form4Error
from form4_author.signing.identity import of_pkcs12
from form4_author.signing.proof import Later, signatures
from form4_author.signing.seal import NO_WITNESS, Witness, sealed
from tests.signing.authority import Authority, served
from tests.signing.test_seal import FUND, MOMENT, PERSON, joint

if TYPE_CHECKING:
    from collections.abc import Iterator

STAMPED = MOMENT + dt.timedelta(seconds=3)


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    with served(STAMPED) as authority:
        yield authority


def signed(authority: Authority, witness: Witness, pdf: bytes = b"", field: str = PERSON) -> bytes:
    identity = of_pkcs12(authority.holder("Maja Lindqvist").p12("", authority.root), "")
    return sealed(pdf or joint(), field, identity, MOMENT, witness)


def test_a_signature_alone_has_the_signers_time_only(authority: Authority) -> None:
    (found,) = signatures(signed(authority, NO_WITNESS), [authority.root_der])
    assert (found.signer, found.issuer) == ("Maja Lindqvist", "Example Root CA")
    assert (found.signed_at, found.stamped_at) == (MOMENT, None)
    assert (found.sound, found.trusted, found.evidence, found.trial) == (True, True, False, False)


def test_a_time_stamp_says_when(authority: Authority) -> None:
    """PAdES B-T: ETSI EN 319 142-1, 6.3."""
    pdf = signed(authority, Witness(timestamp=f"{authority.address}/tsa"))
    (found,) = signatures(pdf, [authority.root_der])
    assert (found.stamped_at, found.stamp_trusted, found.trusted) == (STAMPED, True, True)
    (stranger,) = signatures(pdf)
    assert (stranger.stamped_at, stranger.stamp_trusted, stranger.trusted) == (STAMPED, False, False)
    assert stranger.sound


@pytest.mark.long
def test_evidence_for_later_is_kept_and_leaves_earlier_signatures_sound(authority: Authority) -> None:
    """PAdES B-LT; the evidence is an update of its own."""
    witness = Witness(timestamp=f"{authority.address}/tsa", long_term=True, roots=(authority.root_der,))
    first = signed(authority, NO_WITNESS, field=FUND)
    found = signatures(signed(authority, witness, first), [authority.root_der])
    assert [(s.field, s.later, s.sound, s.trusted, s.evidence) for s in found] == [
        (FUND, Later.ADDITIONS, True, True, True),
        (PERSON, Later.ADDITIONS, True, True, True),
    ]


def test_a_certificate_that_was_revoked_gives_no_evidence(authority: Authority) -> None:
    holder = authority.holder("Maja Lindqvist")
    identity = of_pkcs12(holder.p12("", authority.root), "")
    witness = Witness(timestamp=f"{authority.address}/tsa", long_term=True, roots=(authority.root_der,))
    authority.revoked.append(holder.certificate.serial_number)
    with pytest.raises(Form4Error, match=r"revoked.*Check the certificate, its chain and the roots"):
        sealed(joint(), PERSON, identity, MOMENT, witness)


def test_a_chain_that_leads_to_no_root_gives_no_evidence(authority: Authority) -> None:
    other = Authority()
    witness = Witness(timestamp=f"{authority.address}/tsa", long_term=True, roots=(other.root_der,))
    with pytest.raises(
        Form4Error, match=r"Check the certificate, its chain and the roots given with --trust\.$"
    ):
        signed(authority, witness)


@pytest.mark.parametrize("place", ["{}/none", "http://127.0.0.1:9"])
def test_a_server_that_gives_no_time_stamp_is_told(authority: Authority, place: str) -> None:
    with pytest.raises(Form4Error) as told:
        signed(authority, Witness(timestamp=place.format(authority.address)))
    assert str(told.value) == (
        "The time-stamp server did not answer as one (Error while contacting timestamp service)."
        " Check its address, or sign without --timestamp."
    )
