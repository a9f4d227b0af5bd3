"""The XML that is sent, and the XML as EDGAR shows it: exact bytes, spelling, what an edition has no place for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from form4_author.checks.example import names
from form4_author.codes import editions
from form4_author.findings import path_text
from form4_author.model.filing import Filing, Footnote
from form4_author.model.party import Address, Issuer, Owner, Signature
from form4_author.model.table import Cell, DerivativeRow, NonDerivativeRow
from form4_author.text import ZonedDate
from form4_author.wire.read import read_document
from form4_author.wire.write import document_element, omitted_paths, write_document
from tests.builders import make_filing

GOLDEN: Final = Path(__file__).parents[1] / "golden" / "seed"
SCHEMAS: Final = Path(__file__).resolve().parents[2] / "schemas" / "ownership"
EDITION: Final = editions()


def _accepted(path: Path, data: bytes) -> bool:
    return bool(etree.XMLSchema(file=str(path)).validate(etree.fromstring(data)))


# The seed, byte for byte.


def test_seed_to_send() -> None:
    assert write_document(make_filing()) == (GOLDEN / "submission.xml").read_bytes()


def test_seed_as_edgar_shows_it() -> None:
    written = write_document(make_filing(), EDITION["X0508"])

    assert written == (GOLDEN / "public.xml").read_bytes()


def test_our_schemas_take_the_seed() -> None:
    assert _accepted(SCHEMAS / "X0609/form4.xsd", (GOLDEN / "submission.xml").read_bytes())
    assert _accepted(SCHEMAS / "X0508/form4.xsd", (GOLDEN / "public.xml").read_bytes())


def _sec_schema(shared: Path, form: str | None) -> Path:
    name = f"ownership{(form or '').replace('/', '')}Document.xsd.xml"
    return shared / "reference/official/ownership-xml-v5.5/schema-files" / name


@pytest.mark.parametrize("name", names())
def test_the_secs_schema_takes_every_example(shared: Path, name: str) -> None:
    filing = make_filing(name)

    assert _accepted(_sec_schema(shared, filing.form), write_document(filing))


@pytest.mark.parametrize("name", names())
def test_same_filing_same_bytes(name: str) -> None:
    assert write_document(make_filing(name)) == write_document(make_filing(name))


@pytest.mark.parametrize("name", names())
def test_what_is_sent_carries_neither_edition_nor_names(name: str) -> None:
    root = document_element(make_filing(name))

    for element in ("schemaVersion", "issuerName", "rptOwnerName", "rptOwnerStateDescription", "rptOwnerCcc"):
        assert root.find(f".//{element}") is None


def test_written_bytes_are_ascii_with_plain_line_ends() -> None:
    data = write_document(make_filing("seed", ["remarks = Señor “Ω” 𝄞 & <b>"]))

    assert data.isascii()
    assert b"\r" not in data
    assert data.startswith(b'<?xml version="1.0"?>\n<ownershipDocument>\n')
    assert data.endswith(b"</ownershipDocument>\n")
    assert b"<remarks>Se&#241;or &#8220;&#937;&#8221; &#119070; &amp; &lt;b&gt;</remarks>" in data


# Spelling.


def _texts(filing: Filing, element: str, edition: str | None = None) -> list[str | None]:
    root = document_element(filing, EDITION[edition] if edition else None)
    return [found.text for found in root.iter(element)]


def test_boxes_are_digits_but_the_non_us_flag_is_a_word() -> None:
    owners = (
        Owner(address=Address(non_us=True), is_director=True, is_other=False),
        Owner(address=Address(non_us=False)),
    )
    filing = Filing(form="4", owners=owners, aff10b5_one=False, not_subject_to_section16=True)

    assert _texts(filing, "rptOwnerNonUSAddressFlag") == ["true", "false"]
    assert _texts(filing, "isDirector") == ["1"]
    assert _texts(filing, "isOther") == ["0"]
    assert _texts(filing, "aff10b5One") == ["0"]
    assert _texts(filing, "notSubjectToSection16") == ["1"]


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("7007", "7007"),
        ("0", "0"),
        ("120.3400", "120.3400"),
        ("1.100000", "1.1000"),
        ("1E+3", "1000"),
        ("999999999999.9999", "999999999999.9999"),
        ("0.00001", "0.00001"),
    ],
)
def test_amounts_are_plain_digits(amount: str, text: str) -> None:
    row = NonDerivativeRow(kind="transaction", amount=Cell(Decimal(amount)))

    assert _texts(Filing(form="4", non_derivative=(row,)), "value") == [text]


def test_time_zone_is_shown_as_published_and_not_sent() -> None:
    filing = Filing(form="4", period_of_report=ZonedDate.of(date(2023, 6, 29), "-05:00"))

    assert _texts(filing, "periodOfReport") == ["2023-06-29"]
    assert _texts(filing, "periodOfReport", "X0508") == ["2023-06-29-05:00"]


def test_cell_with_a_footnote_only_has_no_value_but_where_the_schema_wants_one() -> None:
    noted: Cell[str] = Cell(None, ("F1",))
    row = NonDerivativeRow(kind="holding", nature_of_ownership=noted)
    priced = NonDerivativeRow(kind="transaction", price=Cell(None, ("F1", "F2")))

    nature = document_element(Filing(form="4", non_derivative=(row,))).find(".//natureOfOwnership")
    price = document_element(Filing(form="4", non_derivative=(priced,))).find(".//transactionPricePerShare")
    assert nature is not None
    assert price is not None
    assert [(e.tag, e.text or "", e.get("id")) for e in nature] == [
        ("value", "", None),
        ("footnoteId", "", "F1"),
    ]
    assert [(e.tag, e.get("id")) for e in price] == [("footnoteId", "F1"), ("footnoteId", "F2")]


def test_footnotes_of_the_coding_group_stand_after_its_elements() -> None:
    row = NonDerivativeRow(
        kind="transaction",
        transaction_code=Cell("S", ("F2", "F1")),
        transaction_form_type="4",
        equity_swap=False,
    )
    coding = document_element(Filing(form="4", non_derivative=(row,))).find(".//transactionCoding")

    assert coding is not None
    assert [(e.tag, e.text or e.get("id")) for e in coding] == [
        ("transactionFormType", "4"),
        ("transactionCode", "S"),
        ("equitySwapInvolved", "0"),
        ("footnoteId", "F2"),
        ("footnoteId", "F1"),
    ]


def test_footnotes_of_a_late_holding_stand_in_its_coding_group() -> None:
    row = DerivativeRow(kind="holding", transaction_form_type="3", transaction_code=Cell(None, ("F1",)))
    coding = document_element(Filing(form="5", derivative=(row,))).find(".//transactionCoding")

    assert coding is not None
    assert [(e.tag, e.text or e.get("id")) for e in coding] == [
        ("transactionFormType", "3"),
        ("footnoteId", "F1"),
    ]


def test_rows_stay_in_their_order_whatever_their_kind() -> None:
    kinds = ("holding", "transaction", "holding", "transaction")
    rows = tuple(
        NonDerivativeRow(kind="transaction" if kind == "transaction" else "holding") for kind in kinds
    )
    table = document_element(Filing(form="4", non_derivative=rows)).find("nonDerivativeTable")

    assert table is not None
    assert [row.tag for row in table] == [f"nonDerivative{kind.title()}" for kind in kinds]


def test_empty_filing_is_an_empty_document() -> None:
    assert (
        write_document(Filing())
        == b'<?xml version="1.0"?>\n<ownershipDocument>\n\n    </ownershipDocument>\n'
    )


def test_empty_groups_are_left_out_and_empty_records_are_not() -> None:
    filing = Filing(owners=(Owner(),), footnotes=(Footnote(id="F1"),), signatures=(Signature(),))
    root = document_element(filing)

    assert [e.tag for e in root.iter()] == [
        "ownershipDocument",
        "reportingOwner",
        "footnotes",
        "footnote",
        "ownerSignature",
    ]


# Editions.


def test_edition_is_stamped_first_whatever_the_filing_says() -> None:
    for filing in (Filing(form="4"), Filing(form="4", edition="X0306")):
        root = document_element(filing, EDITION["X0508"])

        assert [(e.tag, e.text) for e in root] == [("schemaVersion", "X0508"), ("documentType", "4")]


def test_what_an_edition_has_no_place_for_is_left_out_and_told() -> None:
    filing = Filing(
        form="4",
        issuer=Issuer(cik="1", foreign_trading_symbol="ABC.L"),
        owners=(
            Owner(cik="1", address=Address(non_us=False)),
            Owner(cik="2", address=Address(non_us=True, country="X0", non_us_state_territory="Kent")),
        ),
        aff10b5_one=True,
    )
    old, current = EDITION["X0306"], EDITION["X0609"]

    assert [path_text(path) for path in omitted_paths(filing, old)] == [
        "issuer.foreign_trading_symbol",
        "owners[1].address.non_us",
        "owners[1].address.non_us_state_territory",
        "owners[1].address.country",
        "aff10b5_one",
    ]
    assert omitted_paths(filing, current) == ()
    written = read_document(write_document(filing, old)).filing
    assert (written.aff10b5_one, written.issuer.foreign_trading_symbol) == (None, None)
    assert written.owners[1].address == Address()
    assert read_document(write_document(filing, current)).filing.owners[1].address.country == "X0"
