"""People who sign: a trial identity for each place of a PDF."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from form4_author.signing.identity import trial
from form4_author.signing.seal import places, sealed

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["in_every_place"]


def in_every_place(pdf: bytes, moment: datetime) -> bytes:
    """The PDF with every place signed in turn, a minute apart."""
    for number, place in enumerate(places(pdf)):
        when = moment + timedelta(minutes=number)
        pdf = sealed(pdf, place.field, trial(place.field.partition(": ")[2], when), when)
    return pdf
