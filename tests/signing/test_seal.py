"""Signing: which places are free, who may sign, what is appended."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

import pytest

from form4_author.errors import Form4Error, UnreadableInput
from form4_author.page.pdf import page_pdf
from form4_author.page.view import PageStatus
from form4_author.signing.identity import trial
from form4_author.signing.seal import SignaturePlace, places, sealed
from tests.builders import make_filing

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENT = dt.datetime(2026, 10, 15, 21, 40, 12, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
FUND = (
    "Signature 1: Harbor Ridge Fund I, LP, by Harbor Ridge GP, LLC, its general partner, by Maja Lindqvist,"
    " Managing Member"
)
PERSON = "Signature 2: Maja Lindqvist"


@cache
def joint() -> bytes:
    return page_pdf(make_filing("joint"), status=PageStatus())


def test_each_signatory_has_a_place_and_signing_fills_one() -> None:
    assert places(joint()) == (
        SignaturePlace(
            field=FUND,
            label=(
                "Signature of Reporting Person: Harbor Ridge Fund I, L.P., by Harbor Ridge GP, LLC, its general"
                " partner, by /s/ Maja Lindqvist, Managing Member"
            ),
            signed=False,
        ),
        SignaturePlace(field=PERSON, label="Signature of Reporting Person: /s/ Maja Lindqvist", signed=False),
    )
    signed = sealed(joint(), PERSON, trial("Maja Lindqvist", MOMENT), MOMENT)
    assert signed.startswith(joint())
    assert [(place.field, place.signed) for place in places(signed)] == [(FUND, False), (PERSON, True)]


def test_a_place_is_signed_once() -> None:
    signed = sealed(joint(), PERSON, trial("Maja Lindqvist", MOMENT), MOMENT)
    with pytest.raises(UnreadableInput) as told:
        sealed(signed, PERSON, trial("Maja Lindqvist", MOMENT), MOMENT)
    assert str(told.value) == (
        f'This PDF has no free place "{PERSON}". Choose a different one, or render the form again.'
    )


def test_a_certificate_out_of_date_does_not_sign() -> None:
    late = MOMENT + dt.timedelta(days=366)
    with pytest.raises(Form4Error) as told:
        sealed(joint(), PERSON, trial("Maja Lindqvist", MOMENT), late)
    assert str(told.value) == (
        "The certificate of Maja Lindqvist is valid from 2026-10-15 to 2027-10-16, not on 2027-10-16."
        " Sign with a certificate that is valid today."
    )


def _damaged(pdf: bytes) -> bytes:
    """A byte of what is compressed last: the list of the file's objects."""
    at = pdf.rindex(b"stream\n", 0, pdf.rindex(b"endstream")) + 40
    return pdf[:at] + bytes([pdf[at] ^ 255]) + pdf[at + 1 :]


def test_the_certificate_is_in_the_signature_once() -> None:
    """A second copy could be changed without anyone noticing."""
    identity = trial("Maja Lindqvist", MOMENT)
    assert identity.signer.signing_cert is not None
    certificate: bytes = identity.signer.signing_cert.dump()
    signed = sealed(joint(), PERSON, identity, MOMENT)
    assert signed.upper().count(certificate.hex().upper().encode()) == 1


@pytest.mark.parametrize(
    "data",
    [
        lambda: b"",
        lambda: b"<html></html>",
        lambda: b"%PDF-1.7\nno more",
        lambda: joint()[:2000],
        lambda: _damaged(joint()),
    ],
    ids=["empty", "a page", "a beginning", "the first 2,000 bytes", "damaged"],
)
def test_what_is_no_pdf_is_told(data: Callable[[], bytes]) -> None:
    with pytest.raises(UnreadableInput, match=r"^This is not a PDF file that can be read"):
        places(data())
