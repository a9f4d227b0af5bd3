"""What a signature is worth: trust at the time stamp or now, times, digests, purposes and names."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from form4_author.signing.identity import of_pkcs12
from form4_author.signing.proof import Later, PdfSignature, signatures
from form4_author.signing.remark import Remark, RemarkVerdict
from form4_author.signing.seal import SignaturePlace, Witness, sealed
from form4_author.signing.trust import Demand, signature_remarks
from tests.signing.authority import UNTIL, Authority, served
from tests.signing.test_seal import FUND, MOMENT, PERSON, joint

NOW = MOMENT + dt.timedelta(days=1)
PLACES = (
    SignaturePlace(field="a", label="Signature of Reporting Person: /s/ Jane Doe", signed=True),
    SignaturePlace(field="b", label="Signature of Reporting Person: /s/ Bruce Posey", signed=True),
)
SOUND = PdfSignature(
    field="a",
    signer="Jane Doe",
    issuer="Example Root CA",
    names=("Jane Doe",),
    signed_at=MOMENT,
    not_before=MOMENT - dt.timedelta(days=300),
    not_after=MOMENT + dt.timedelta(days=300),
    intact=True,
    whole=True,
    later=Later.NOTHING,
    trusted=True,
)


def remarks(signature: PdfSignature, *, trust: bool = False, names: tuple[str, ...] = ()) -> list[Remark]:
    return list(signature_remarks([signature], PLACES, Demand(at=NOW, trust=trust, names=names)))


def test_a_sound_one_has_a_remark_for_each_question() -> None:
    assert [(r.verdict, r.subject) for r in remarks(SOUND, trust=True)] == [
        (RemarkVerdict.OK, "signature"),
        (RemarkVerdict.NOTE, "time"),
        (RemarkVerdict.OK, "trust"),
    ]


@pytest.mark.parametrize(
    ("changes", "subject", "text"),
    [
        ({"signed_at": NOW + dt.timedelta(minutes=6)}, "time", "signed 2026-10-16 21:46:12 Eastern, which is in the future"),
        ({"signed_at": MOMENT - dt.timedelta(days=301)}, "time", "signed 2025-12-18 20:40:12 Eastern, outside the life of its certificate, from 2025-12-19 to 2027-08-11"),
        ({"stamped_at": MOMENT - dt.timedelta(minutes=6), "stamp_trusted": True}, "time", "signed 2026-10-15 21:40:12 Eastern by the signer's clock, but time-stamped before that"),
        ({"stamp_broken": True}, "time", "its time stamp is damaged, or was made for a different signature"),
        ({"weak": ("MD5",)}, "signature", '"a" relies on MD5, which can be forged'),
        ({"unfit": "web servers"}, "trust", "the certificate of Jane Doe is for web servers, not for signing documents"),
        ({"signer": "Jane Doe / Bruce Posey", "names": ("Jane Doe", "Bruce Posey")}, "name", "the certificate names 2: Jane Doe / Bruce Posey"),
        ({"names": ("Jane D\N{CYRILLIC SMALL LETTER O}e",), "signer": "Jane Doe"}, "name", "the certificate's name Jane D\N{CYRILLIC SMALL LETTER O}e has characters that mislead: U+043E CYRILLIC SMALL LETTER O"),
    ],
)  # fmt: skip
def test_what_is_a_problem_always(changes: dict[str, object], subject: str, text: str) -> None:
    found = remarks(replace(SOUND, **changes))  # type: ignore[arg-type]
    assert Remark(RemarkVerdict.PROBLEM, subject, text) in found


def test_five_minutes_between_clocks_are_none() -> None:
    ahead = replace(SOUND, signed_at=NOW + dt.timedelta(minutes=5))
    assert all(r.verdict is not RemarkVerdict.PROBLEM for r in remarks(ahead))


@pytest.mark.parametrize(
    ("changes", "subject", "text"),
    [
        ({"trusted": False, "by_own_clock": True}, "trust", "Jane Doe, certified by Example Root CA, is valid only by the signer's own clock: the certificate is not valid now, and no trusted time stamp says when it was used"),
        ({"signer": "Mallory Janitor", "names": ("Mallory Janitor",)}, "name", "the certificate in the place of Jane Doe names Mallory Janitor, not Jane Doe; --allow-name accepts it"),
        ({"signer": "Bruce Posey", "names": ("Bruce Posey",)}, "name", 'the certificate in the place of Jane Doe names Bruce Posey, not Jane Doe, but the signatory of "b"; --allow-name accepts it'),
    ],
)  # fmt: skip
def test_what_is_a_problem_where_trust_is_required(
    changes: dict[str, object], subject: str, text: str
) -> None:
    signature = replace(SOUND, **changes)  # type: ignore[arg-type]
    assert Remark(RemarkVerdict.NOTE, subject, text) in remarks(signature)
    assert Remark(RemarkVerdict.PROBLEM, subject, text) in remarks(signature, trust=True)


def test_a_name_may_be_allowed() -> None:
    other = replace(SOUND, signer="Harbor Ridge LP", names=("Harbor Ridge LP",))
    assert all(r.subject != "name" for r in remarks(other, trust=True, names=("Harbor Ridge LP",)))


def test_trust_is_judged_at_the_time_stamp_and_else_now() -> None:
    """Whoever sets the clock back signs with a certificate that has ended; a time-stamp can't be set back."""
    with served(MOMENT) as live:
        holder = live.holder("Maja Lindqvist", until=MOMENT + dt.timedelta(days=10))
        identity = of_pkcs12(holder.p12("", live.root), "")
        alone = sealed(joint(), PERSON, identity, MOMENT)
        stamped = sealed(joint(), FUND, identity, MOMENT, Witness(timestamp=f"{live.address}/tsa"))
    later = MOMENT + dt.timedelta(days=400)

    def judged(pdf: bytes, at: dt.datetime) -> tuple[bool, bool]:
        (found,) = signatures(pdf, [live.root_der], at)
        return found.trusted, found.by_own_clock

    assert judged(alone, MOMENT) == (True, False)
    assert judged(alone, later) == (False, True)
    assert judged(stamped, later) == (True, False)


def test_a_certificate_of_nobody_known_is_never_valid_by_its_own_clock() -> None:
    authority = Authority()
    identity = of_pkcs12(authority.holder("Maja Lindqvist").p12("", authority.root), "")
    (found,) = signatures(sealed(joint(), PERSON, identity, MOMENT), [Authority().root_der], NOW)
    assert (found.trusted, found.by_own_clock, found.weak, found.unfit) == (False, False, (), "")
    assert (found.names, found.not_after) == (("Maja Lindqvist",), UNTIL)
