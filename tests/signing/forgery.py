"""What others may do to a PDF: each takes its bytes and appends a revision, as an editor would."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["another_page", "another_text", "another_xml", "drawn_twice", "laid_over", "one_byte", "pages_of"]


def one_byte(pdf: bytes) -> bytes:
    """One byte changed, in the comment of the second line, which no reader looks at."""
    return pdf[:11] + bytes((pdf[11] ^ 1,)) + pdf[12:]


def revised(pdf: bytes, change: Callable[[Any, Any], None]) -> bytes:
    """The file with a change of its first page or of what hangs from its root."""
    writer: Any = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer, writer.find_page_for_modification(0)[0].get_object())
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def redrawn(pdf: bytes, edit: Callable[[bytes], bytes]) -> bytes:
    """The file with its first page drawn otherwise."""

    def change(writer: Any, first: Any) -> None:
        first[generic.pdf_name("/Contents")] = writer.add_object(stream(edit(first["/Contents"].data)))
        writer.update_container(first)

    return revised(pdf, change)


def stream(data: bytes) -> Any:
    return generic.StreamObject(stream_data=data)


def dictionary(entries: dict[str, Any]) -> Any:
    made: Any = generic.DictionaryObject
    return made({generic.pdf_name(key): value for key, value in entries.items()})


def another_page(pdf: bytes) -> bytes:
    """A blank page at the end."""

    def change(writer: Any, first: Any) -> None:
        kept = {key: first.raw_get(key) for key in ("/Type", "/MediaBox")}
        writer.insert_page(dictionary({**kept, "/Resources": dictionary({})}))

    return revised(pdf, change)


def another_text(pdf: bytes) -> bytes:
    """The first page without the line that it draws last."""

    def without_last(drawn: bytes) -> bytes:
        before, _, after = drawn.rpartition(b"BT\n")
        return before + b"BT\n" + after[after.index(b"ET") :]

    return redrawn(pdf, without_last)


def drawn_twice(pdf: bytes) -> bytes:
    """The first page with something drawn that no one sees and that has no words."""
    return redrawn(pdf, lambda drawn: b"q Q\n" + drawn)


def another_xml(pdf: bytes, xml: bytes) -> bytes:
    """Another primary document in place of the one inside."""

    def change(writer: Any, _first: Any) -> None:
        held = writer.root["/AF"][0]["/EF"].raw_get("/F")
        writer.objects[held.generation, held.idnum] = stream(xml)

    return revised(pdf, change)


def laid_over(pdf: bytes) -> bytes:
    """A rectangle over the first page, as an annotation."""

    def change(writer: Any, first: Any) -> None:
        place = generic.ArrayObject(map(generic.NumberObject, (10, 10, 90, 90)))
        kinds = {"/Type": generic.pdf_name("/Annot"), "/Subtype": generic.pdf_name("/Square")}
        first["/Annots"].append(writer.add_object(dictionary({**kinds, "/Rect": place})))
        writer.update_container(first["/Annots"])

    return revised(pdf, change)


def pages_of(pdf: bytes, record: bytes) -> bytes:
    """The second file with what the first one's first page draws."""
    theirs: Any = PdfFileReader(BytesIO(pdf))

    def change(writer: Any, first: Any) -> None:
        page = theirs.root["/Pages"]["/Kids"][0]
        for key in ("/Contents", "/Resources"):
            first[generic.pdf_name(key)] = writer.import_object(page.raw_get(key))
        writer.update_container(first)

    return revised(record, change)
