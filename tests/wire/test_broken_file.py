"""Files that can't be read: each is refused with the rule that says why, the place, and what to do."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Final

import pytest

from form4_author.errors import UnreadableInput
from form4_author.model.submission import LARGEST_FILE
from form4_author.wire import read
from form4_author.wire.read import read_document

DOCUMENT: Final = (
    b'<?xml version="1.0"?>\n<ownershipDocument>\n<documentType>4</documentType>\n<remarks>text</remarks>\n'
    b"</ownershipDocument>\n"
)
WITHOUT_DECLARATION: Final = DOCUMENT.split(b"\n", 1)[1]
FILED: Final = (Path(__file__).parents[1] / "corpus" / "0001104659-06-067430.xml").read_bytes()

OBTAIN: Final = (
    "Give the XML file of the filing: on sec.gov it is the one whose name ends in .xml, not the page."
)
CUT_OFF: Final = "The file ends before its elements are closed, so it is probably incomplete. Download or save the complete file again."
DOCTYPE: Final = (
    "The file declares a DOCTYPE; ownership documents have none and entities are not read. "
    "Remove the DOCTYPE declaration."
)
RAW: Final = "The text contains a raw & or <. Write &amp; or &lt; instead."
CHARACTER: Final = "A character does not fit the file's encoding. Save the file again as plain ASCII."
CONTROL: Final = "The file contains a control character, which XML does not permit. Remove it."
NUL: Final = "The file contains a NUL byte, which XML does not permit. Save it again as plain ASCII."
DECLARATION: Final = 'The XML declaration is malformed. Write <?xml version="1.0"?> as the first characters.'
BEFORE: Final = "There is text before the XML declaration. Remove everything before <?xml."


def refused(data: bytes) -> tuple[str, int | None, int | None, str]:
    """Why a file is refused: id, line, column, message."""
    with pytest.raises(UnreadableInput) as caught:
        read_document(data)
    error = caught.value
    return error.id, error.line, error.column, str(error)


def with_text(text: bytes) -> bytes:
    return DOCUMENT.replace(b">text<", b">" + text + b"<")


def with_prolog(prolog: bytes) -> bytes:
    return DOCUMENT.replace(b'<?xml version="1.0"?>', prolog)


# Nothing in it, or something else.


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_empty_file(data: bytes) -> None:
    assert refused(data) == ("DOC-025", None, None, f"The file is empty. {OBTAIN}")


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html>\n<html><body>x</body></html>",
        b'<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd"><html>',
        b"\n<HTML><p>open",
        b"\xef\xbb\xbf<html/>",
    ],
)
def test_web_page(data: bytes) -> None:
    assert refused(data) == ("DOC-025", 1, None, f"This is a web page (HTML), not the filing's XML. {OBTAIN}")


def test_pdf() -> None:
    assert refused(b"%PDF-1.7\n1 0 obj") == (
        "DOC-025",
        1,
        None,
        f"This is a PDF, not the filing's XML. {OBTAIN}",
    )


@pytest.mark.parametrize("data", [b"PK\x03\x04zip", b"Hello", b"[1, 2]", b"hello\n" + WITHOUT_DECLARATION])
def test_another_kind_of_file(data: bytes) -> None:
    assert refused(data) == ("DOC-025", 1, 1, f"This is not XML. {OBTAIN}")


def test_another_kind_of_xml() -> None:
    assert refused(b'<?xml version="1.0"?>\n<edgarFiling/>') == (
        "DOC-025",
        2,
        None,
        f"The outermost element is <edgarFiling>; expected <ownershipDocument>. {OBTAIN}",
    )


def test_root_in_a_namespace() -> None:
    assert refused(b'\n<x:ownershipDocument xmlns:x="urn:x"/>') == (
        "DOC-025",
        2,
        None,
        f"The outermost element is <x:ownershipDocument> of the namespace urn:x; expected <ownershipDocument>. {OBTAIN}",
    )


# Cut off.


@pytest.mark.parametrize(
    ("before", "line", "column"),
    [
        pytest.param(b"suer>", 12, 8, id="in a start tag"),
        pytest.param(b"</issuerName", 14, 36, id="in a text"),
        pytest.param(b"uerName>\n", 14, 41, id="in an end tag"),
        pytest.param(b"</issuer>", 16, 5, id="between elements"),
        pytest.param(b"ownershipDocument>\n", 2, 2, id="in the first tag"),
    ],
)
def test_cut_off(before: bytes, line: int, column: int) -> None:
    assert refused(FILED[: FILED.index(before)]) == ("DOC-023", line, column, CUT_OFF)


def test_cut_off_anywhere_is_told_as_that() -> None:
    after_declaration = FILED.index(b"<ownershipDocument>") + 1
    told = {refused(FILED[:end])[::3] for end in range(after_declaration, len(FILED.rstrip()), 7)}

    assert told == {("DOC-023", CUT_OFF)}


@pytest.mark.parametrize("text", [b"a<!-- ", b"a<![CDATA[ b", b'<a href="'])
def test_cut_off_within_markup(text: bytes) -> None:
    assert refused(DOCUMENT[: DOCUMENT.index(b"text")] + text)[::3] == ("DOC-023", CUT_OFF)


def test_cut_off_in_the_declaration() -> None:
    assert refused(b"<?xml ver") == ("DOC-019", 1, 7, DECLARATION)


# Not well-formed.


@pytest.mark.parametrize(
    ("text", "column"), [(b"A&B", 13), (b"A & B", 13), (b"A < B", 13), (b"a<5", 12), (b"A&&amp;", 12)]
)
def test_raw_markup_character(text: bytes, column: int) -> None:
    assert refused(with_text(text)) == ("DOC-016", 4, column, RAW)


def test_raw_end_of_a_section() -> None:
    assert refused(with_text(b"A ]]> B")) == (
        "DOC-016",
        4,
        12,
        "The text contains a raw ]]>. Write ]]&gt; instead.",
    )


def test_raw_greater_than_is_xml() -> None:
    assert read_document(with_text(b"A > B")).filing.remarks == "A > B"


def test_name_of_a_character_that_xml_does_not_define() -> None:
    assert refused(with_text(b"A&nbsp;B")) == (
        "DOC-016",
        4,
        17,
        "&nbsp; is not defined in XML. Write the character itself, or &amp; for the sign &.",
    )


def test_tags_that_do_not_match() -> None:
    assert refused(DOCUMENT.replace(b"text</remarks>", b"\n</remark>")) == (
        "DOC-023",
        5,
        10,
        "<remarks> of line 4 is closed by </remark>. Correct the tags at that place.",
    )


@pytest.mark.parametrize(
    ("tag", "problem"),
    [
        (b'<remarks a="1" a="2">', "An attribute is given twice"),
        (b"<remarks a=1>", "The value of an attribute has no quotes"),
        (b"<x:remarks>", "A name has a prefix that is not declared"),
        (b"<remarks a>", "This is not well-formed XML"),
    ],
)
def test_malformed_tag(tag: bytes, problem: str) -> None:
    data = DOCUMENT.replace(b"<remarks>", tag)
    if b":" in tag:
        data = data.replace(b"</remarks>", b"</x:remarks>")

    id, line, _, message = refused(data)

    assert (id, line, message) == ("DOC-023", 4, f"{problem}. Correct the tags at that place.")


@pytest.mark.parametrize("extra", [b"junk", b"<ownershipDocument/>", b"</a>"])
def test_something_after_the_document(extra: bytes) -> None:
    assert refused(DOCUMENT + extra) == (
        "DOC-023",
        6,
        1,
        "There is text after the end of the document. Remove what follows the last end tag.",
    )


# The declaration.


@pytest.mark.parametrize("before", [b"hello\n", b"4 "])
def test_text_before_the_declaration(before: bytes) -> None:
    assert refused(before + DOCUMENT) == (
        "DOC-019",
        1,
        1,
        (
            "The XML declaration follows other text; it must be the very first characters. "
            "Remove everything before <?xml."
        ),
    )


@pytest.mark.parametrize("before", [b"<!-- x -->\n", b"\xef\xbb\xbf\n", b'<?xml version="1.0"?>\n'])
def test_something_else_before_the_declaration(before: bytes) -> None:
    assert refused(before + DOCUMENT) == ("DOC-019", 2, 6, BEFORE)


@pytest.mark.parametrize(
    ("prolog", "column"),
    [
        (b"<?xml?>", 6),
        (b"\xef\xbb\xbf<?xml?>", 6),
        (b'<?xml version="1.0" encoding="UTF-16"?>', 38),
        (b"<?xml version=1.0?>", 15),
    ],
)
def test_malformed_declaration(prolog: bytes, column: int) -> None:
    assert refused(with_prolog(prolog)) == ("DOC-019", 1, column, DECLARATION)


def test_unknown_encoding() -> None:
    assert refused(with_prolog(b'<?xml version="1.0" encoding="nothing"?>')) == (
        "DOC-024",
        1,
        39,
        "The declared encoding is not one that can be read. Save the file again as plain ASCII.",
    )


def test_version_that_xml_does_not_have() -> None:
    assert refused(with_prolog(b'<?xml version="2.0"?>')) == (
        "DOC-019",
        1,
        20,
        'The XML version is not 1.0. Write <?xml version="1.0"?> as the first characters.',
    )


# Characters.


@pytest.mark.parametrize(
    ("text", "id", "column", "message"),
    [
        (b"caf\xe9 x", "DOC-024", 13, CHARACTER),
        (b"a\0b", "DOC-024", 11, NUL),
        (b"a\x0bb", "DOC-024", 11, CONTROL),
        (b"a&#11;b", "DOC-024", 16, CONTROL),
        (b"a&#0;b", "DOC-024", 15, CONTROL),
    ],
)
def test_bytes_that_are_not_text(text: bytes, id: str, column: int, message: str) -> None:
    assert refused(with_text(text)) == (id, 4, column, message)


def test_utf_16_without_its_mark() -> None:
    assert refused(DOCUMENT.decode().encode("utf-16-le")) == ("DOC-024", 1, 2, NUL)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_its_mark_is_read(encoding: str) -> None:
    data = ("\ufeff" + DOCUMENT.decode().replace("text", "é")).encode(encoding)

    assert read_document(data).filing.remarks == "é"


def test_utf_16_cut_off() -> None:
    data = ("\ufeff" + DOCUMENT.decode()).encode("utf-16-le")[:-60]

    assert refused(data)[::3] == ("DOC-023", CUT_OFF)


def test_declared_encoding_is_obeyed() -> None:
    data = with_prolog(b'<?xml version="1.0" encoding="ISO-8859-1"?>').replace(b"text", b"caf\xe9")

    assert read_document(data).filing.remarks == "café"


# Hostile.


@pytest.mark.parametrize(
    "doctype",
    [
        b"<!DOCTYPE ownershipDocument>",
        b'<!DOCTYPE o [<!ENTITY a "b">]>',
        b'<!DOCTYPE o SYSTEM "file:///etc/hostname">',
        b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE o [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x">%a;]>',
    ],
)
def test_doctype(doctype: bytes) -> None:
    text = b"&a;" if b"ENTITY a " in doctype else b"text"
    data = with_text(text).replace(b"<ownershipDocument>", doctype + b"\n<ownershipDocument>")

    assert refused(data) == ("DOC-026", 2, 1, DOCTYPE)


def _laughs(levels: int) -> bytes:
    entities = b'<!ENTITY e0 "ha">' + b"".join(
        b'<!ENTITY e%d "%s">' % (level, b"&e%d;" % (level - 1) * 10) for level in range(1, levels)
    )
    return b"<!DOCTYPE o [" + entities + b"]>\n"


def test_entities_that_grow_are_not_expanded() -> None:
    data = with_text(b"&e9;").replace(b"<ownershipDocument>", _laughs(10) + b"<ownershipDocument>")

    assert refused(data) == ("DOC-026", 2, 1, DOCTYPE)


def test_entities_that_grow_within_an_attribute_are_not_expanded() -> None:
    data = DOCUMENT.replace(b"<remarks>", b'<remarks a="&e9;">')
    data = data.replace(b"<ownershipDocument>", _laughs(10) + b"<ownershipDocument>")

    assert refused(data) == ("DOC-026", 2, 1, DOCTYPE)


@pytest.mark.parametrize("encoding", ["ascii", "utf-16"])
def test_large_file_with_a_doctype_is_refused_before_it_is_parsed(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "LARGEST_PRIMARY", 50)
    monkeypatch.setattr(read, "_LARGE_PARSER", "not to be used")
    data = DOCUMENT.replace(b"<ownershipDocument>", b"<!DOCTYPE o>\n<ownershipDocument>")

    id, line, _, message = refused(data.decode().encode(encoding))

    assert (id, message) == ("DOC-026", DOCTYPE)
    assert line == (2 if encoding == "ascii" else 1)


def test_nested_too_deep() -> None:
    def nested(levels: int) -> bytes:
        return with_text(b"<a>" * levels + b"</a>" * levels)

    assert refused(nested(31)) == (
        "DOC-027",
        2,
        None,
        f"Elements are nested more than 32 levels deep. {OBTAIN}",
    )
    assert [hit.id for hit in read_document(nested(30)).hits] == ["DOC-002"]
    assert refused(nested(10_000))[::3] == (
        "DOC-027",
        f"Elements are nested far deeper than in any ownership document. {OBTAIN}",
    )


def test_too_large_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "LARGEST_FILE", len(DOCUMENT))

    assert read_document(DOCUMENT).filing.form == "4"
    assert refused(DOCUMENT + b"\n") == (
        "DOC-027",
        None,
        None,
        (
            f"The file has {len(DOCUMENT) + 1} bytes; at most {len(DOCUMENT)} are read. "
            "Give the primary document or the envelope alone."
        ),
    )


def test_too_large_a_primary_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "LARGEST_PRIMARY", len(DOCUMENT))

    assert read_document(DOCUMENT).filing.form == "4"
    assert refused(DOCUMENT + b"\n") == (
        "DOC-027",
        None,
        None,
        f"The ownership document has {len(DOCUMENT) + 1} bytes; at most {len(DOCUMENT)} are read. {OBTAIN}",
    )


def test_large_envelope_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    block = base64.b64encode(DOCUMENT)
    envelope = (
        b"<edgarSubmission><edgarDocument><documentType>4</documentType><documentMimeBlock>"
        + block
        + b"</documentMimeBlock></edgarDocument></edgarSubmission>"
    )
    monkeypatch.setattr(read, "LARGEST_PRIMARY", len(envelope) - 1)

    assert read_document(envelope).filing.remarks == "text"


def test_bounds_are_far_above_any_filing() -> None:
    assert LARGEST_FILE == 100 * 1024 * 1024
    assert read.LARGEST_PRIMARY == 8 * 1024 * 1024
    assert read.DEEPEST == 32
