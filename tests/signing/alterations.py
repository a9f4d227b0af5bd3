"""Alterations of a PDF's objects, one of each kind that changes what a viewer shows, holds or does.

``ALTERATIONS`` maps what is altered to a change of a writer and the first page, as ``forgery.revised`` takes it.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils import generic
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from tests.signing.forgery import dictionary, stream

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ALTERATIONS", "array", "name", "rewritten"]

name = generic.pdf_name


def text(words: str) -> Any:
    make: Any = generic.TextStringObject
    return make(words)


def number(value: int) -> Any:
    make: Any = generic.NumberObject
    return make(value)


def yes() -> Any:
    make: Any = generic.BooleanObject
    return make(True)


def numbers(*values: float) -> Any:
    make: Any = generic.FloatObject
    return array(map(make, values))


def array(items: Any = ()) -> Any:
    make: Any = generic.ArrayObject
    return make(items)


def action(kind: str, **entries: Any) -> Any:
    return dictionary({"/S": name(kind), **{f"/{key}": value for key, value in entries.items()}})


def in_root(key: str, value: Callable[[Any], Any]) -> Any:
    def change(writer: Any, _page: Any) -> None:
        writer.root[name(key)] = value(writer)
        writer.update_root()

    return change


def in_page(key: str, value: Callable[[Any], Any]) -> Any:
    def change(writer: Any, page: Any) -> None:
        page[name(key)] = value(writer)
        writer.update_container(page)

    return change


def in_tree(key: str, value: Callable[[Any], Any]) -> Any:
    def change(writer: Any, page: Any) -> None:
        page["/Parent"][name(key)] = value(writer)
        writer.update_container(page["/Parent"])

    return change


def in_form(key: str, value: Callable[[Any], Any]) -> Any:
    def change(writer: Any, _page: Any) -> None:
        writer.root["/AcroForm"][name(key)] = value(writer)
        writer.update_container(writer.root["/AcroForm"])
        writer.update_root()

    return change


def in_names(key: str, value: Callable[[Any], Any]) -> Any:
    def change(writer: Any, _page: Any) -> None:
        writer.root["/Names"][name(key)] = value(writer)
        writer.update_container(writer.root["/Names"])
        writer.update_root()

    return change


def in_place(key: str, value: Callable[[Any], Any]) -> Any:
    """In each place of a signature."""

    def change(writer: Any, _page: Any) -> None:
        for reference in writer.root["/AcroForm"]["/Fields"]:
            field = reference.get_object()
            field[name(key)] = value(writer)
            writer.update_container(field)

    return change


def in_metadata(writer: Any, _page: Any) -> None:
    held = writer.root["/Metadata"]
    changed = stream(held.data.replace(b"Form 4", b"Form 5"))
    changed[name("/Type")], changed[name("/Subtype")] = name("/Metadata"), name("/XML")
    writer.root[name("/Metadata")] = writer.add_object(changed)
    writer.update_root()


def annotation(kind: str, **entries: Any) -> Any:
    def change(writer: Any, page: Any) -> None:
        more = {f"/{key}": value for key, value in entries.items()}
        note = {"/Type": name("/Annot"), "/Subtype": name(kind), "/Rect": numbers(300, 300, 360, 320), **more}
        page["/Annots"].append(writer.add_object(dictionary(note)))
        writer.update_container(page["/Annots"])
        writer.update_container(page)

    return change


def link_elsewhere(writer: Any, page: Any) -> None:
    link = page["/Annots"][0].get_object()
    link[name("/A")] = action("/URI", URI=text("https://example.com"))
    writer.update_container(link)


def painted(writer: Any, page: Any) -> None:
    drawn = page["/Contents"].data + b"\nq 1 1 1 rg 300 300 60 20 re f Q\n"
    page[name("/Contents")] = writer.add_object(stream(drawn))
    writer.update_container(page)


def one_font_more(writer: Any, page: Any) -> None:
    fonts = page["/Resources"]["/Font"]
    fonts[name("/Evil")] = dictionary(
        {"/Type": name("/Font"), "/Subtype": name("/Type1"), "/BaseFont": name("/Courier")}
    )
    writer.update_container(page["/Resources"])


def font_that_says_otherwise(writer: Any, page: Any) -> None:
    """Another mapping from glyphs to letters: what is copied or read aloud is not what is seen."""
    fonts = page["/Resources"]["/Font"]
    first = fonts[min(fonts)]
    first[name("/ToUnicode")] = writer.add_object(stream(b"/CIDInit /ProcSet findresource begin end"))
    writer.update_container(first)


def file_inside(relationship: str, listed: bool) -> Any:
    def change(writer: Any, _page: Any) -> None:
        held = writer.add_object(stream(b"<ownershipDocument/>"))
        entry = dictionary(
            {
                "/Type": name("/Filespec"),
                "/F": text("form4-final.xml"),
                "/UF": text("form4-final.xml"),
                "/AFRelationship": name(relationship),
                "/EF": dictionary({"/F": held}),
            }
        )
        reference = writer.add_object(entry)
        if listed:
            writer.root["/AF"].append(reference)
            writer.update_container(writer.root["/AF"])
        names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
        names.append(text("form4-final.xml"))
        names.append(reference)
        writer.update_container(names)
        writer.update_root()

    return change


def file_entry(key: str, value: Callable[[Any], Any], below: str = "") -> Any:
    def change(writer: Any, _page: Any) -> None:
        entry = writer.root["/AF"][0].get_object()
        target = entry[below] if below else entry
        target[name(key)] = value(writer)
        writer.update_container(entry)

    return change


def tag_text(writer: Any, _page: Any) -> None:
    """What a screen reader says instead of the words."""
    element = writer.root["/StructTreeRoot"]["/K"]
    element = element[0].get_object() if isinstance(element, list) else element
    element[name("/ActualText")] = text("Nothing was sold.")
    writer.update_container(element)


def information(key: str, words: str) -> Any:
    def change(writer: Any, _page: Any) -> None:
        held = {entry: text(str(value)) for entry, value in writer.prev.trailer["/Info"].items()}
        writer.set_info(writer.add_object(dictionary({**held, key: text(words)})))

    return change


ALTERATIONS: dict[str, Any] = {
    "catalog: OpenAction": in_root("/OpenAction", lambda _: action("/JavaScript", JS=text("app.alert(1)"))),
    "catalog: OpenAction to a page": in_root("/OpenAction", lambda w: array([w.root["/Pages"]["/Kids"].raw_get(0), name("/Fit")])),
    "catalog: AA": in_root("/AA", lambda _: dictionary({"/WC": action("/JavaScript", JS=text("1"))})),
    "catalog: OCProperties": in_root("/OCProperties", lambda _: dictionary({"/OCGs": array(), "/D": dictionary({})})),
    "catalog: Collection": in_root("/Collection", lambda _: dictionary({"/View": name("/H")})),
    "catalog: Perms": in_root("/Perms", lambda _: dictionary({})),
    "catalog: URI": in_root("/URI", lambda _: dictionary({"/Base": text("https://example.com")})),
    "catalog: Requirements": in_root("/Requirements", lambda _: array()),
    "catalog: Version": in_root("/Version", lambda _: name("/2.0")),
    "catalog: Lang": in_root("/Lang", lambda _: text("zh")),
    "catalog: PageLabels": in_root("/PageLabels", lambda _: dictionary({"/Nums": array()})),
    "catalog: ViewerPreferences": in_root("/ViewerPreferences", lambda _: dictionary({"/HideToolbar": yes()})),
    "catalog: Threads": in_root("/Threads", lambda _: array()),
    "catalog: PieceInfo": in_root("/PieceInfo", lambda _: dictionary({})),
    "catalog: Legal": in_root("/Legal", lambda _: dictionary({})),
    "catalog: DSS with a program": in_root("/DSS", lambda _: dictionary({"/JS": text("1")})),
    "names: JavaScript": in_names("/JavaScript", lambda _: dictionary({"/Names": array([text("a"), action("/JavaScript", JS=text("1"))])})),
    "names: Renditions": in_names("/Renditions", lambda _: dictionary({"/Names": array()})),
    "names: AP": in_names("/AP", lambda _: dictionary({"/Names": array()})),
    "form: XFA": in_form("/XFA", lambda w: w.add_object(stream(b"<xdp/>"))),
    "form: NeedAppearances": in_form("/NeedAppearances", lambda _: yes()),
    "form: DA": in_form("/DA", lambda _: text("/Helv 0 Tf")),
    "form: CO": in_form("/CO", lambda _: array()),
    "field: appearance": in_place("/AP", lambda w: dictionary({"/N": w.add_object(stream(b"0 0 40 10 re f"))})),
    "field: AA": in_place("/AA", lambda _: dictionary({"/E": action("/JavaScript", JS=text("1"))})),
    "field: A": in_place("/A", lambda _: action("/URI", URI=text("https://example.com"))),
    "field: label": in_place("/TU", lambda _: text("Signature of Reporting Person: /s/ Mallory")),
    "field: hidden": in_place("/F", lambda _: number(2)),
    "field: place": in_place("/Rect", lambda _: numbers(0, 0, 700, 600)),
    "field: Lock": in_place("/Lock", lambda _: dictionary({"/Type": name("/SigFieldLock"), "/Action": name("/All")})),
    "field: SV": in_place("/SV", lambda _: dictionary({"/Type": name("/SV")})),
    "field: DV": in_place("/DV", lambda _: text("Jane")),
    "field: MK": in_place("/MK", lambda _: dictionary({"/BG": numbers(0, 0, 0)})),
    "page: painted": painted,
    "page: AA": in_page("/AA", lambda _: dictionary({"/O": action("/URI", URI=text("https://example.com"))})),
    "page: CropBox": in_page("/CropBox", lambda _: numbers(0, 300, 792, 612)),
    "page: Rotate": in_page("/Rotate", lambda _: number(180)),
    "page: UserUnit": in_page("/UserUnit", lambda _: number(2)),
    "page: MediaBox": in_page("/MediaBox", lambda _: numbers(0, 0, 400, 300)),
    "page: TrimBox": in_page("/TrimBox", lambda _: numbers(0, 0, 400, 300)),
    "page: Group": in_page("/Group", lambda _: dictionary({"/S": name("/Transparency")})),
    "page: Dur": in_page("/Dur", lambda _: number(1)),
    "page: Thumb": in_page("/Thumb", lambda w: w.add_object(stream(b"x"))),
    "page: font": one_font_more,
    "page: ToUnicode": font_that_says_otherwise,
    "tree: CropBox": in_tree("/CropBox", lambda _: numbers(0, 300, 792, 612)),
    "tree: Rotate": in_tree("/Rotate", lambda _: number(90)),
    "tree: Resources": in_tree("/Resources", lambda _: dictionary({})),
    "tree: Count": in_tree("/Count", lambda _: number(0)),
    "annotation: FreeText": annotation("/FreeText", Contents=text("1")),
    "annotation: Stamp": annotation("/Stamp"),
    "annotation: Redact": annotation("/Redact"),
    "annotation: Widget": annotation("/Widget", FT=name("/Tx"), T=text("amount"), V=text("1")),
    "annotation: Popup": annotation("/Popup"),
    "annotation: Screen": annotation("/Screen"),
    "annotation: Link": annotation("/Link", A=action("/URI", URI=text("https://example.com"))),
    "annotation: hidden": annotation("/Text", F=number(2), Contents=text("1")),
    "link: elsewhere": link_elsewhere,
    "file: Source": file_inside("/Source", listed=True),
    "file: Data": file_inside("/Data", listed=True),
    "file: Supplement": file_inside("/Supplement", listed=True),
    "file: not listed": file_inside("/Data", listed=False),
    "file: UF": file_entry("/UF", lambda w: w.add_object(stream(b"EVIL")), "/EF"),
    "file: DOS": file_entry("/DOS", lambda w: w.add_object(stream(b"EVIL")), "/EF"),
    "file: name": file_entry("/UF", lambda _: text("other.xml")),
    "file: Desc": file_entry("/Desc", lambda _: text("superseded")),
    "file: relationship": file_entry("/AFRelationship", lambda _: name("/Data")),
    "file: FS": file_entry("/FS", lambda _: name("/URL")),
    "tags: ActualText": tag_text,
    "metadata": in_metadata,
    "information: Title": information("/Title", "SEC Form 4 - Mallory"),
    "information: Creator": information("/Creator", "form4-author 9.9.9"),
    "information: MadeWith": information("/MadeWith", "WeasyPrint 1.0"),
    "information: Keywords": information("/Keywords", "draft"),
}  # fmt: skip


def rewritten(pdf: bytes, key: str = "/Legal") -> bytes:
    """The whole file written again by another program, with an entry more in the catalog."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    if key:
        writer.root_object[NameObject(key)] = TextStringObject("x")
    output = BytesIO()
    writer.write(output)
    return output.getvalue()
