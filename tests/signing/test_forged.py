"""Files forged in many ways: whatever a signature's own revision adds, and whatever a byte becomes, is named."""

from __future__ import annotations

import datetime as dt
import random
import re
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata
from pypdf import PdfReader

from form4_author.errors import UnreadableInput
from form4_author.page.packet import form_enclosures
from form4_author.page.pdf import page_pdf
from form4_author.page.view import PageStatus
from form4_author.signing import seal
from form4_author.signing.history import history_of
from form4_author.signing.identity import trial
from form4_author.signing.proof import signatures
from form4_author.signing.seal import places
from form4_author.signing.verification import appearance_remarks
from form4_author.wire.write import write_document
from tests.builders import make_filing
from tests.selection import some
from tests.signing.alterations import ALTERATIONS, name, text
from tests.signing.compressed import REVISIONS, page_turned
from tests.signing.forgery import dictionary, stream

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENT = dt.datetime(2026, 10, 15, 21, 40, 12, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
SEED = 20261015


@cache
def plain() -> bytes:
    xml = write_document(make_filing("seed"))
    inside = form_enclosures(("form4.xml", xml), b"{}\n", {})
    return page_pdf(make_filing("seed"), status=PageStatus(sent=True), enclosures=inside)


@cache
def signed() -> bytes:
    return forged(None)


def forged(change: Callable[[Any, Any], None] | None, **stated: Any) -> bytes:
    """The file with a signature, and what ``change`` does in the same revision."""
    field = places(plain())[0].field
    identity = trial("Bruce Posey", MOMENT)
    writer: Any = seal._Appending(BytesIO(plain()))
    if change is not None:
        change(writer, writer.find_page_for_modification(0)[0].get_object())
    metadata = PdfSignatureMetadata(
        field_name=field, **{"name": identity.name, "subfilter": SigSeedSubFilter.PADES, **stated}
    )
    style = seal._style(seal._seal(identity, MOMENT), *seal._size(writer, field))
    signer = seal._Dated(metadata, identity.signer, stamp_style=style)
    signer.moment = MOMENT
    made: bytes = signer.sign_pdf(writer, existing_fields_only=True).getvalue()
    return made


def unexplained(pdf: bytes) -> list[str]:
    return [each.text for addition in history_of(pdf).additions for each in addition.unexplained]


def in_xmp(old: bytes, new: bytes) -> Callable[[Any, Any], None]:
    def change(writer: Any, _page: Any) -> None:
        held = writer.root["/Metadata"].data
        assert old in held
        changed = stream(held.replace(old, new))
        changed[name("/Type")], changed[name("/Subtype")] = name("/Metadata"), name("/XML")
        writer.root[name("/Metadata")] = writer.add_object(changed)
        writer.update_root()

    return change


def modified(words: str) -> Callable[[Any, Any], None]:
    def change(writer: Any, _page: Any) -> None:
        held = {key: text(str(value)) for key, value in writer.prev.trailer["/Info"].items()}
        writer.set_info(writer.add_object(dictionary({**held, "/ModDate": text(words)})))

    return change


WITH_SIGNATURE = {
    "a title called rights": (in_xmp(b"dc:title", b"dc:rights"), "Root/Metadata has different content"),
    "a language": (in_xmp(b"x-default", b"zh-CN"), "Root/Metadata has different content"),
    "a comment": (in_xmp(b"<rdf:RDF", b"<!-- withdrawn --><rdf:RDF"), "Root/Metadata has different content"),
    "a comment at the end": (in_xmp(b"<?xpacket end", b"<!-- w --><?xpacket end"), "Root/Metadata has different content"),
    "a date as title": (
        in_xmp(b"</rdf:RDF>", b"<rdf:Description><dc:title>2026-01-01T00:00:00Z</dc:title></rdf:Description></rdf:RDF>"),
        "Root/Metadata has different content",
    ),
    "a date that is none": (modified("Superseded"), "Info/ModDate is not a date"),
}  # fmt: skip


def test_a_signature_alone_is_explained() -> None:
    assert unexplained(signed()) == []
    assert unexplained(forged(modified("D:20261015214012-04'00'"))) == []
    assert list(appearance_remarks(signed(), signatures(signed()))) == []


@pytest.mark.parametrize("what", some(WITH_SIGNATURE, ("a title called rights", "a date that is none")))
def test_what_is_added_in_the_revision_of_a_signature_is_named(what: str) -> None:
    change, told = WITH_SIGNATURE[what]
    assert unexplained(forged(change)) == [told]


_UNDONE = {"form: NeedAppearances", "page: font"}
"""What pyHanko takes back when it signs."""


@pytest.mark.long
@pytest.mark.parametrize("what", sorted(set(ALTERATIONS) - _UNDONE))
def test_every_alteration_in_the_revision_of_a_signature_is_named(what: str) -> None:
    try:
        assert unexplained(forged(ALTERATIONS[what])) != []
    except (UnreadableInput, ValueError):  # refused
        return


def test_what_a_signature_states_beside_is_noted() -> None:
    pdf = forged(None, reason="Not adopted", name="Mallory")
    (remark,) = appearance_remarks(pdf, signatures(pdf))
    assert remark.text == (
        f'"{places(plain())[0].field}" states what form4 does not write: Reason "Not adopted", Name "Mallory",'
        " which its certificate does not"
    )


def _gap(edit: Callable[[bytes], bytes]) -> bytes:
    match = re.search(rb"/Contents\s*<([0-9a-fA-F]{500,})>", signed())
    assert match is not None
    changed = edit(match[1])
    assert len(changed) == len(match[1])
    return signed()[: match.start(1)] + changed + signed()[match.end(1) :]


@pytest.mark.parametrize(
    "edit",
    [
        lambda value: value[:-2] + b"41",
        lambda value: value[:-40] + b"6e" * 20,
        lambda value: value[:60] + value[60:].swapcase(),
    ],
    ids=["last byte", "words", "letters of two kinds"],
)
def test_bytes_that_no_signature_covers_hold_nothing_but_its_value(edit: Callable[[bytes], bytes]) -> None:
    (told,) = unexplained(_gap(edit))
    assert told == f'"{places(plain())[0].field}"/V/Contents holds more than a signature'


@pytest.mark.parametrize(
    "hidden",
    [
        b"\n9 0 obj\n<</Type /Page>>\nendobj\n",
        b"\n% this filing is withdrawn\n",
        b"\ntrailer\n<</Root 99 0 R>>\n",
        b"\n%%EOF\n",
    ],
    ids=["an object", "a comment", "a trailer", "an end"],
)
def test_bytes_between_objects_are_named(hidden: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    write: Any = IncrementalPdfFileWriter._write_objects

    def with_hidden(self: Any, to: Any, *rest: Any) -> None:
        to.write(hidden)
        write(self, to, *rest)

    monkeypatch.setattr(IncrementalPdfFileWriter, "_write_objects", with_hidden)
    assert unexplained(forged(None)) == ["revision has bytes that belong to no object of it"]


@pytest.mark.parametrize("written", REVISIONS)
def test_a_page_turned_in_a_later_revision_is_named_however_it_is_written(written: str) -> None:
    pdf = REVISIONS[written](signed(), *page_turned(signed()))
    assert PdfReader(BytesIO(pdf)).pages[0].rotation == 180
    assert _is_named(pdf)


def _random_change(pdf: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(pdf))
    kind = chance.randrange(3)
    if kind == 0:
        return pdf[:at] + bytes((pdf[at] ^ (1 << chance.randrange(8)),)) + pdf[at + 1 :]
    if kind == 1:
        return pdf[:at] + pdf[at + chance.randrange(1, 200) :]
    other = chance.randrange(len(pdf))
    return pdf[:at] + pdf[other : other + chance.randrange(1, 300)] + pdf[at:]


@pytest.mark.parametrize("number_of", [8, pytest.param(256, marks=pytest.mark.long)])
def test_random_changes_of_bytes_are_named(number_of: int) -> None:
    chance = random.Random(SEED)  # noqa: S311  # the same each time
    changed = [pdf for pdf in (_random_change(signed(), chance) for _ in range(number_of)) if pdf != signed()]

    assert len(changed) > number_of // 2
    assert [number for number, pdf in enumerate(changed) if not _is_named(pdf)] == []


def _is_named(pdf: bytes) -> bool:
    """Whether a change is refused, makes a signature unsound, or is named as stray or unexplained bytes."""
    try:
        history, found = history_of(pdf), signatures(pdf)
    except UnreadableInput:
        return True
    return not found or not all(each.sound for each in found) or bool(history.stray or unexplained(pdf))
