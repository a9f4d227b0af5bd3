"""The authentication document as a file: what is inside it makes it again, and its record is read strictly."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from form4_author.errors import UnreadableInput
from form4_author.page.authentication import Particulars, authentication_html, authentication_views
from form4_author.page.authentication_file import (
    RECORD,
    AuthenticationRecord,
    authentication_pdf,
    record_from,
)
from form4_author.page.release import Release, released_files, unreleased
from form4_author.wire.write import write_document
from tests.builders import make_filing

FILLED = Particulars(
    credential="Certificate and key in a PKCS#12 file",
    provider="Example Root CA",
    date="11/04/2024",
    time="21:40:12",
    attested="01/05/2024",
)


@pytest.mark.parametrize(("filed", "particulars"), [(None, None), (date(2024, 11, 5), FILLED)])
def test_what_is_inside_makes_it_again(filed: date | None, particulars: Particulars | None) -> None:
    filing = make_filing("seed")
    xml = write_document(filing)
    about = AuthenticationRecord(
        document="form4.xml",
        issuer="QUALYS, INC.",
        owners=("Thakar Sumedh S",),
        filed=filed,
        files={"form4.xml": "00"},
        particulars=particulars,
    )
    pdf = authentication_pdf(filing, xml, about)
    inside = {name: held[0] for name, held in PdfReader(BytesIO(pdf)).attachments.items()}
    assert sorted(inside) == [RECORD, "form4.xml"]
    assert inside["form4.xml"] == xml
    record = record_from(inside[RECORD])
    assert record == about
    assert authentication_pdf(filing, xml, record) == pdf


def test_blanks_are_filled_before_signing_and_what_is_not_known_is_said() -> None:
    (view,) = authentication_views(make_filing("seed"), document="form4.xml", sha256="0" * 64)
    page = authentication_html(view, particulars=FILLED)
    for words in ("PKCS#12 file", "Example Root CA", "01/05/2024", "11/04/2024", "21:40:12"):
        assert words in page
    assert page.count("not stated") == 2, "the power of attorney: its day and place"


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"filed": 1}', json.dumps({"filed": None, "particulars": None, "number": 1, "document": "a", "issuer": "b", "owners": [], "paper": "A3", "files": {}}).encode()])  # fmt: skip
def test_any_other_record_is_refused(text: bytes) -> None:
    with pytest.raises(UnreadableInput) as raised:
        record_from(text)
    assert str(raised.value) == (
        "authentication.json is not what form4 writes. Make the packet again with form4 render."
    )


@pytest.mark.parametrize(
    ("signature", "owner", "agent"),
    [
        ("/s/ Olga Berg, Authorized signatory for Jay C. Hoag", "Hoag Jay C", True),
        ("/s/ Olga Berg, Trustee for Jay C. Hoag", "Hoag Jay C", False),
        ("/s/ Olga Berg, Secretary of Hoag Capital LLC", "Hoag Capital LLC", False),
    ],
)
def test_who_signs_for_an_individual_has_a_place_for_the_power(
    signature: str, owner: str, agent: bool
) -> None:
    filing = make_filing("seed", [f"signatures[0].name = {signature}", f"owners[0].name = {owner}"])
    (view,) = authentication_views(filing, document="form4.xml", sha256="")
    assert view.agent is agent
    assert view.adopted[0].person == owner


def test_a_signature_that_no_person_can_be_told_for_says_none() -> None:
    filing = make_filing("joint", ["delete signatures[1]"])
    (view,) = authentication_views(filing, document="form4.xml", sha256="")
    assert (view.adopted[0].person, view.agent) == ("", False)


def test_an_entity_whose_signer_states_no_capacity() -> None:
    filing = make_filing("seed", ["signatures[0].name = Olga Berg", "owners[0].name = Hoag Capital LLC"])
    (view,) = authentication_views(filing, document="form4.xml", sha256="")
    assert view.adopted[0].capacity == "signatory of this entity, in the words typed"


def test_a_release_is_taken_out_again() -> None:
    files = {
        "report.txt": b"ready\n",
        "report.json": b'{\n  "tool": "form4-author"\n}\n',
        "manifest.json": b'{"files": {}}',
    }
    release = Release(by="Jane Doe", at="2026-11-30T09:31:00-05:00", sha256="0" * 64)
    released = released_files(files, release)
    for name in ("report.txt", "report.json"):
        assert released[name] != files[name]
        assert unreleased(name, released[name]) == files[name]
        assert unreleased(name, files[name]) == files[name]
    assert unreleased("report.json", b"no JSON") == b"no JSON"
    assert unreleased("form4.xml", b"<x/>") == b"<x/>"
