"""The objects of a PDF: nothing that is altered, at any place, goes without being named, before or after a signature."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from form4_author.errors import UnreadableInput
from form4_author.page.packet import form_enclosures
from form4_author.page.pdf import page_pdf
from form4_author.page.view import PageStatus
from form4_author.signing.appearance import Appearance, appearance_of
from form4_author.signing.graph import Graph
from form4_author.signing.history import history_of
from form4_author.signing.proof import signatures
from form4_author.signing.reading import reading_of
from form4_author.signing.verification import differences_from, differing_versions, made_again
from form4_author.signing.vocabulary import foreign_entries
from form4_author.wire.write import write_document
from tests.builders import make_filing
from tests.selection import some
from tests.signing.alterations import ALTERATIONS, array, name, rewritten
from tests.signing.forgery import dictionary, revised, stream
from tests.signing.signatory import in_every_place

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENT = dt.datetime(2026, 10, 15, 21, 40, 12, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
OFTEN = (
    "catalog: OpenAction", "catalog: DSS with a program", "names: JavaScript", "form: XFA", "field: appearance",
    "page: painted", "page: ToUnicode", "tree: CropBox", "annotation: FreeText", "file: UF", "metadata",
    "information: MadeWith",
)  # fmt: skip
"""One of each kind of object."""


@cache
def plain() -> bytes:
    xml = write_document(make_filing("joint"))
    status = PageStatus(xml_sha256=hashlib.sha256(xml).hexdigest(), sent=True)
    inside = form_enclosures(("form4.xml", xml), b"{}\n", {"ex24-power.txt": b"Know all by these presents\n"})
    return page_pdf(make_filing("joint"), status=status, enclosures=inside)


@cache
def signed() -> bytes:
    return in_every_place(plain(), MOMENT)


@pytest.mark.long
def test_a_file_is_made_again_with_the_same_bytes() -> None:
    reading = reading_of(plain())
    assert differing_versions(reading) == ""
    assert differences_from(made_again(reading), plain()) == ""


@pytest.mark.long
def test_signatures_add_nothing_but_themselves() -> None:
    history = history_of(signed())
    assert (history.first, history.stray) == (plain(), ())
    assert [(a.field.split(":")[0], a.unexplained) for a in history.additions] == [
        ("Signature 1", ()),
        ("Signature 2", ()),
    ]
    found = signatures(signed())
    before = history.before(found[1].field, signed())
    assert appearance_of(signed(), before, found[1]) is Appearance.OURS


@pytest.mark.long
@pytest.mark.parametrize("what", some(ALTERATIONS, OFTEN))
def test_whatever_is_altered_is_named(what: str) -> None:
    for pdf in (plain(), signed()):
        added = history_of(revised(pdf, ALTERATIONS[what])).additions
        assert added[-1].unexplained != (), "appended"
    assert differences_from(plain(), rewritten(revised(plain(), ALTERATIONS[what]), "")) != ""


def test_the_object_is_named_by_its_path() -> None:
    (added,) = history_of(revised(plain(), ALTERATIONS["form: XFA"])).additions
    assert [difference.text for difference in added.unexplained] == [
        "Root/AcroForm/XFA is added",
        "revision signs no place",
    ]
    assert differences_from(plain(), rewritten(plain())) == "Root/Legal is added"
    assert differences_from(plain(), rewritten(plain(), "")) == "its objects are the same, but not its bytes"


@pytest.mark.parametrize(
    ("forged", "stray"),
    [
        (lambda pdf: pdf + b"\n% more\n", ("8 bytes after the end of the file",)),
        (lambda pdf: pdf + b"\0" * 1000, ("1000 bytes after the end of the file",)),
        (
            lambda pdf: pdf + pdf[pdf.rindex(b"startxref") :],
            ("a revision that the last one does not lead to",),
        ),
    ],
    ids=["a comment", "zeros", "an end that is there twice"],
)
def test_bytes_that_are_not_read_are_named(forged: Callable[[bytes], bytes], stray: tuple[str, ...]) -> None:
    assert history_of(forged(signed())).stray == stray


def test_an_object_that_nothing_leads_to_is_named() -> None:
    def change(writer: Any, _page: Any) -> None:
        writer.add_object(dictionary({"/Type": name("/Page")}))

    (added,) = history_of(revised(plain(), change)).additions
    assert [difference.what for difference in added.unexplained] == [
        "signs no place",
        "is added, and nothing leads to it",
    ]


def test_a_file_of_other_versions_may_hold_what_form4_writes_and_nothing_else() -> None:
    assert list(foreign_entries(Graph(plain()))) == []
    (legal,) = foreign_entries(Graph(rewritten(plain())))
    assert legal.text == "Root/Legal is added"


@pytest.mark.parametrize(
    "what",
    ["catalog: OpenAction", "names: JavaScript", "form: XFA", "field: AA", "page: CropBox", "tree: Rotate", "annotation: FreeText"],
)  # fmt: skip
def test_what_acts_or_hides_is_foreign_whatever_the_version(what: str) -> None:
    assert list(foreign_entries(Graph(rewritten(revised(plain(), ALTERATIONS[what]), "")))) != []


def _shared(writer: Any, page: Any) -> None:
    """Fonts that share dictionaries: 60 levels, each of which refers twice to the next, are 2^60 ways."""
    below = writer.add_object(dictionary({}))
    for _ in range(60):
        below = writer.add_object(dictionary({"/A": below, "/B": below}))
    page["/Resources"]["/Font"][name("/Deep")] = below
    writer.update_container(page["/Resources"]["/Font"])


def _drawn_deep(writer: Any, page: Any) -> None:
    """Drawings within drawings, as deep."""
    below = writer.add_object(stream(b"q Q"))
    for _ in range(60):
        drawing = stream(b"/A Do /B Do")
        drawing[name("/Type")], drawing[name("/Subtype")] = name("/XObject"), name("/Form")
        drawing[name("/BBox")] = array()
        drawing[name("/Resources")] = dictionary({"/XObject": dictionary({"/A": below, "/B": below})})
        below = writer.add_object(drawing)
    page["/Resources"][name("/XObject")] = dictionary({"/Deep": below})
    writer.update_container(page["/Resources"])


def test_what_a_file_shares_is_visited_once() -> None:
    """This test would not end in a lifetime otherwise."""
    deep = revised(plain(), _shared)
    assert reading_of(deep).pages[0].drawing != reading_of(plain()).pages[0].drawing
    (added,) = history_of(deep).additions
    assert added.unexplained[0].text == "Root/Pages/Kids[0]/Resources/Font/Deep is added"


def test_drawings_within_drawings_are_refused() -> None:
    with pytest.raises(UnreadableInput, match=r"a page draws more than form4 draws"):
        reading_of(revised(plain(), _drawn_deep))


def test_a_tree_of_pages_that_meets_itself_is_refused() -> None:
    def change(writer: Any, page: Any) -> None:
        kids = page["/Parent"]["/Kids"]
        kids.append(kids.raw_get(0))
        writer.update_container(page["/Parent"])

    with pytest.raises(UnreadableInput, match=r"a page, a field or a list of names is in it twice"):
        reading_of(revised(plain(), change))


@pytest.mark.long
def test_a_place_signed_by_another_program_shows_its_certificate() -> None:
    """A drawing that names somebody else is told from one that another program made."""
    found = signatures(signed())[0]
    history = history_of(signed())
    after = signed()[: history.additions[0].end]
    other = type(found)(**{f: getattr(found, f) for f in found.__slots__} | {"signer": "Jane Doe"})
    assert appearance_of(after, plain(), other) is Appearance.OTHER_NAME
    assert IncrementalPdfFileWriter(BytesIO(after)).root is not None
