"""Signing: which places are free, who may sign, what is appended."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from form4_author.errors import Form4Error, UnreadableInput
from form4_author.render.pdf import page_pdf
from form4_author.render.view import PageStatus
from form4_author.signing.identity import trial
from form4_author.signing.seal import Place, places, sealed
from tests.builders import make_filing

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
        Place(
            field=FUND,
            label=(
                "Signature of Reporting Person: Harbor Ridge Fund I, L.P., by Harbor Ridge GP, LLC, its general"
                " partner, by /s/ Maja Lindqvist, Managing Member"
            ),
            signed=False,
        ),
        Place(field=PERSON, label="Signature of Reporting Person: /s/ Maja Lindqvist", signed=False),
    )
    signed = sealed(joint(), PERSON, trial("Maja Lindqvist", MOMENT), MOMENT)
    assert signed.startswith(joint())
    assert [(place.field, place.signed) for place in places(signed)] == [(FUND, False), (PERSON, True)]


def test_a_place_is_signed_once() -> None:
    identity = trial("Maja Lindqvist", MOMENT)
    certificate: bytes = identity.signer.signing_cert.dump()
    signed = sealed(joint(), PERSON, identity, MOMENT)
    assert signed.upper().count(certificate.hex().upper().encode()) == 1


@pytest.mark.parametrize(
    "data", [b"", b"<html></html>", b"%PDF-1.7\nno more", joint()[:2000], _damaged(joint())]
)
def test_what_is_no_pdf_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"^This is not a PDF file that can be read"):
        places(data)
