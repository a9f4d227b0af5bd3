"""What no field claims is reported with its place, and never dropped: elements, attributes, text, comments."""

from __future__ import annotations

import random
from itertools import islice
from typing import TYPE_CHECKING, Final

import pytest
from lxml import etree

from form4_author.findings import path_text
from form4_author.model.table import Cell
from form4_author.wire.read import read_document
from tests.wire.mutation_documents import CURRENT, FORMS, full_document, full_text

if TYPE_CHECKING:
    from collections.abc import Callable

# One element a line, so that lines tell.
BASE: Final = '<?xml version="1.0"?>\n' + full_text(CURRENT, "4").replace(
    "<rptOwnerCcc>abcd123$</rptOwnerCcc>", ""
).replace("><", ">\n<")


def hits(old: str, new: str) -> list[tuple[str, str, int | None, str]]:
    """(id, path, line relative to the change, message) of the hits when ``old`` is first replaced by ``new``."""
    assert old in BASE
    line = BASE[: BASE.index(old)].count("\n") + 1
    document = read_document(BASE.replace(old, new, 1).encode())
    return [
        (hit.id or "", path_text(hit.path), hit.line - line if hit.line is not None else None, hit.message)
        for hit in document.hits
    ]


def test_full_document_has_no_hits() -> None:
    assert hits("<remarks>", "<remarks>") == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("generation", ["X0306", CURRENT])
def test_full_documents_of_every_form_have_only_the_secret_reported(generation: str, form: str) -> None:
    assert [hit.id for hit in read_document(full_text(generation, form).encode()).hits] == ["OWN-025"]


def _unknown(name: str) -> str:
    return f"<{name}> is not permitted here; remove it"


def _repeated(name: str) -> str:
    return f"<{name}> occurs here more than once; keep one"


def _stray(text: str) -> str:
    return f'Text "{text}" is between elements; remove it'


def _bare(text: str, name: str) -> str:
    return f'Text "{text}" is in <{name}>, where only elements are permitted'


def _attribute(name: str, element: str) -> str:
    return f"Attribute {name} of <{element}> is not part of the form; remove it"


ROW: Final = "non_derivative[0]"


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ("<remarks>", "<remark/><remarks>", "", _unknown("remark")),
        ("<remarks>Exhibit 24</remarks>", "<Remarks>x</Remarks>", "", _unknown("Remarks")),
        ("<remarks>", '<x:a xmlns:x="urn:x"><b><c/></b></x:a><remarks>', "", _unknown("x:a")),
        ("<issuerCik>", "<footnoteId id='F1'/><issuerCik>", "issuer", _unknown("footnoteId")),
        ("<issuerCik>", "<rptOwnerCcc>a</rptOwnerCcc><issuerCik>", "issuer", _unknown("rptOwnerCcc")),
        ("<rptOwnerCik>", "<ccc/><rptOwnerCik>", "owners[0]", _unknown("ccc")),
        (
            "<value>Common Stock</value>",
            "<value>A</value><note/>",
            f"{ROW}.security_title",
            _unknown("note"),
        ),
        ("<nonDerivativeHolding>", "<row/><nonDerivativeHolding>", "non_derivative", _unknown("row")),
    ],
)
def test_unknown_element(old: str, new: str, path: str, message: str) -> None:
    assert hits(old, new) == [("DOC-002", path, 0, message)]


@pytest.mark.parametrize(
    ("old", "new", "path", "name"),
    [
        (
            "<documentType>4<",
            "<documentType>4</documentType><documentType>5<",
            "form",
            "documentType",
        ),
        ("<value>Common", "<value>A</value><value>Common", f"{ROW}.security_title", "value"),
        ("<remarks>", "<issuer><issuerCik>9</issuerCik></issuer><remarks>", "issuer", "issuer"),
        ("<remarks>", "<derivativeTable/><remarks>", "derivative", "derivativeTable"),
        ("<remarks>", "<footnotes/><remarks>", "", "footnotes"),
        (
            "<transactionTimeliness>",
            "<transactionCoding/><transactionTimeliness>",
            ROW,
            "transactionCoding",
        ),
    ],
)
def test_repeated_element(old: str, new: str, path: str, name: str) -> None:
    assert hits(old, new) == [("DOC-002", path, 0, _repeated(name))]


def test_blanks_where_only_elements_may_stand_are_nothing() -> None:
    assert hits("<deemedExecutionDate/>", "<deemedExecutionDate> \n </deemedExecutionDate>") == []
    assert hits("<remarks>", "<reportingOwner>  </reportingOwner><remarks>") == []


def test_day_that_the_calendar_does_not_have_is_kept_as_written() -> None:
    old = "<periodOfReport>2026-03-20"
    document = read_document(BASE.replace(old, "<periodOfReport>2026-02-30").encode())

    assert document.filing.period_of_report is None
    assert [(m.path, m.text) for m in document.malformed] == [(("period_of_report",), "2026-02-30")]


def test_rows_owners_footnotes_and_signatures_may_repeat() -> None:
    rows = "<nonDerivativeHolding/><nonDerivativeTransaction/><nonDerivativeHolding/></nonDerivativeTable>"

    assert hits("</nonDerivativeTable>", rows) == []
    assert hits("<remarks>", "<reportingOwner/><ownerSignature/><remarks>") == []


@pytest.mark.parametrize(
    ("old", "new", "path", "name", "element"),
    [
        ("<ownershipDocument>", '<ownershipDocument a="1">', "", "a", "ownershipDocument"),
        ("<documentType>", '<documentType id="F1">', "form", "id", "documentType"),
        ("<issuer>", '<issuer id="F1">', "issuer", "id", "issuer"),
        ('<footnote id="F1">', '<footnote id="F1" xml:lang="en">', "footnotes[0].text", "lang", "footnote"),
        ("<value>Common", "<value x='y'>Common", f"{ROW}.security_title", "x", "value"),
        ("<remarks>", "<remarks x='y'>", "remarks", "x", "remarks"),
        ('<footnote id="F1">', '<footnote x="F1">', "footnotes[0].text", "x", "footnote"),
    ],
)
def test_attribute_that_no_field_claims(old: str, new: str, path: str, name: str, element: str) -> None:
    assert hits(old, new) == [("DOC-002", path, 0, _attribute(name, element))]


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ("<issuerCik>", "hey\n<issuerCik>", "issuer", _stray("hey")),
        ("</issuer>", "</issuer> hey ", "", _stray("hey")),
        ("<value>Common", "hey<value>Common", f"{ROW}.security_title", _stray("hey")),
        ("</nonDerivativeTransaction>", "</nonDerivativeTransaction>hey", "non_derivative", _stray("hey")),
        (
            "<deemedExecutionDate/>",
            "<deemedExecutionDate>2024-01-01</deemedExecutionDate>",
            "non_derivative[1].deemed_execution_date",
            _bare("2024-01-01", "deemedExecutionDate"),
        ),
        (
            "<reportingOwnerRelationship>",
            "<reportingOwnerAddress>12 a\n  street</reportingOwnerAddress><reportingOwnerRelationship>",
            "owners[0].address",
            "",
        ),
    ],
)
def test_text_where_only_elements_may_stand(old: str, new: str, path: str, message: str) -> None:
    found = hits(old, new)

    if message:
        assert [hit[1::2] for hit in found] == [(path, message)]
    else:
        assert [hit[1::2] for hit in found] == [
            (path, _repeated("reportingOwnerAddress")),
            (path, _bare("12 a street", "reportingOwnerAddress")),
        ]


@pytest.mark.parametrize(
    ("old", "new", "path", "texts"),
    [
        ("Exhibit 24", "Exh<b>x</b>ibit", "remarks", ("Exh", "ibit")),
        ("<value>Common Stock", "<value>Com<b>x</b>mon", f"{ROW}.security_title", ("Com", "mon")),
        ("First.", "Fi<b>x</b>rst.", "footnotes[0]", ("Fi", "rst.")),
    ],
)
def test_markup_within_a_text(old: str, new: str, path: str, texts: tuple[str, str]) -> None:
    inner = f"{path}.text" if path.startswith("footnotes") else path

    assert hits(old, new) == [
        ("DOC-002", path, 0, _unknown("b")),
        ("DOC-002", inner, 0, _stray(texts[0])),
        ("DOC-002", inner, 0, _stray(texts[1])),
    ]


@pytest.mark.parametrize("inside", ["x", "<b/>"])
def test_footnote_reference_with_content(inside: str) -> None:
    reference = '<footnoteId id="F1"/>'
    message = "<footnoteId> must be empty, with an id only"

    found = hits(reference, reference.replace("/>", f">{inside}</footnoteId>"))

    assert found == [("DOC-002", f"{ROW}.security_title", 0, message)]


def test_footnote_reference_without_an_id_is_kept_as_an_empty_one() -> None:
    data = BASE.replace('<footnoteId id="F1"/>', "<footnoteId/>", 1).encode()
    document = read_document(data)

    assert document.hits == ()
    assert document.filing.non_derivative[0].security_title.footnotes == ("",)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("<ownershipDocument>", "<!-- a\n  b --><ownershipDocument>", ""),
        ("<remarks>", "<!-- a b --><remarks>", ""),
        ("<issuerCik>", "<!-- a b --><issuerCik>", "issuer"),
        ("Exhibit 24", "Exh<!--a b-->ibit 24", "remarks"),
        ("</ownershipDocument>", "</ownershipDocument><!-- a b -->", ""),
    ],
)
def test_comment(old: str, new: str, path: str) -> None:
    message = 'There is a comment in the document: "a b"; EDGAR does not keep it'

    assert hits(old, new) == [("DOC-028", path, 0, message)]
    assert read_document(BASE.replace(old, new, 1).encode()).filing == read_document(BASE.encode()).filing


def test_long_comment_is_cut() -> None:
    assert hits("<remarks>", f"<!-- {'x' * 70} --><remarks>")[0][3] == (
        f'There is a comment in the document: "{"x" * 60}"; EDGAR does not keep it'
    )


@pytest.mark.parametrize(
    ("old", "path"), [("<ownershipDocument>", ""), ("<issuerCik>", "issuer"), ("Exhibit 24", "remarks")]
)
def test_processing_instruction(old: str, path: str) -> None:
    message = "<?style?> is a processing instruction; EDGAR suspends it; remove it"

    assert hits(old, f'<?style href="x"?>{old}') == [("DOC-002", path, 0, message)]


def test_footnote_before_the_code_it_belongs_to_is_kept() -> None:
    old = "<transactionCode>S</transactionCode>"
    document = read_document(BASE.replace(old, f'<footnoteId id="F3"/>{old}', 1).encode())

    assert document.filing.non_derivative[0].transaction_code == Cell("S", ("F3", "F1"))


def test_comment_moves_no_line() -> None:
    found = hits("<remarks>", "<!-- a\n b -->\n<remark/><remarks>")

    assert [(hit[0], hit[2]) for hit in found] == [("DOC-028", 0), ("DOC-002", 2)]


def test_ccc_is_told_and_neither_kept_nor_shown() -> None:
    old = "<rptOwnerName>"

    assert hits(old, f"<rptOwnerCcc>abcd123$</rptOwnerCcc>{old}") == [
        ("OWN-025", "owners[0]", 0, "This file contains a CCC; it is not saved or shown here")
    ]


# Anything anywhere.

_CHANGES: Final[dict[str, Callable[[etree._Element], None]]] = {
    "element first": lambda e: e.insert(0, etree.Element("unknown")),
    "element last": lambda e: e.append(etree.Element("unknown")),
    "comment": lambda e: e.append(etree.Comment("note")),
    "instruction": lambda e: e.append(etree.ProcessingInstruction("note", "x")),
    "attribute": lambda e: e.set("unknown", "x"),
    "text after": lambda e: setattr(e, "tail", "stray"),
    "renamed": lambda e: setattr(e, "tag", "unknown"),
}


@pytest.mark.parametrize("change", _CHANGES)
@pytest.mark.parametrize("form", FORMS)
def test_whatever_is_inserted_wherever_is_reported(form: str, change: str) -> None:
    base = full_document(CURRENT, form)
    count = sum(1 for _ in base.iter())
    silent = []
    for number in sorted(random.Random(form).sample(range(1, count), 60)):  # noqa: S311  # a fixed sample
        mutant = full_document(CURRENT, form)
        element = next(islice(mutant.iter(), number, None))
        where = str(element.tag)
        _CHANGES[change](element)
        document = read_document(etree.tostring(mutant))
        if not [hit for hit in document.hits if hit.id != "OWN-025"]:
            silent.append((number, where))

    assert silent == []


@pytest.mark.parametrize("form", FORMS)
def test_text_put_anywhere_is_reported_or_kept(form: str) -> None:
    base = full_document(CURRENT, form)
    silent = []
    for number, original in enumerate(base.iter()):
        mutant = full_document(CURRENT, form)
        element = next(islice(mutant.iter(), number, None))
        element.text = (element.text or "") + "Zq"
        document = read_document(etree.tostring(mutant))
        told = [hit for hit in document.hits if hit.id != "OWN-025"] or document.malformed
        if not told and "Zq" not in repr(document.filing) and original.tag != "rptOwnerCcc":
            silent.append((number, original.tag))

    assert silent == []
