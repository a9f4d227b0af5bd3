"""The sample: it gives nobody's home address, is the corpus's but for addresses, and is made the same way each time."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import html

from form4_author.page.html import page_html
from form4_author.page.text import page_text
from form4_author.page.view import PageStatus
from form4_author.wire.read import read_document
from tests.corpus.address import Block, blocks, gives_an_address, issuer_addresses, without_homes
from tests.corpus.sample import ARCHIVE, Filings, archive_of, chosen, filings_in, made

# ---- the archive


def test_each_filing_is_named_after_its_accession_number(sample: Filings) -> None:
    names = [name for name, _ in sample]

    assert names == sorted(set(names))
    assert [name for name in names if not re.fullmatch(r"\d{10}-\d{2}-\d{6}", name)] == []
    assert len(names) == 200


def test_the_archive_is_small() -> None:
    assert ARCHIVE.stat().st_size < 100_000


def test_each_filing_is_the_corpuss_but_for_addresses(sample: Filings, corpus: Filings) -> None:
    def rest(data: bytes) -> bytes:
        return re.sub(rb"(?s)<reportingOwnerAddress>.*?</reportingOwnerAddress>", b"", data)

    originals = dict(corpus)

    assert [name for name, data in sample if rest(data) != rest(originals[name])] == []


def test_the_same_filings_in_any_order_make_the_same_archive(sample: Filings) -> None:
    few = sample[:5]

    assert archive_of(few) == archive_of(tuple(reversed(few)))


def test_an_archive_gives_its_filings_back(sample: Filings, tmp_path: Any) -> None:
    (tmp_path / "few.tar.xz").write_bytes(archive_of(sample[:5]))

    assert filings_in(tmp_path / "few.tar.xz") == sample[:5]


# ---- addresses


def test_every_address_of_the_sample_names_a_company(sample: Filings) -> None:
    given = [
        (name, block.owner_name, block.streets)
        for name, data in sample
        for block in blocks(data)
        if not block.names_company
    ]

    assert given == []


def test_no_text_of_the_sample_gives_an_address(sample: Filings) -> None:
    assert [name for name, data in sample if gives_an_address(data)] == []


def _block(*streets: str, owner: str = "Rivera Ana", issuer: str = "Northwind Traders, Inc.") -> Block:
    lines = {f"rptOwnerStreet{place}": line for place, line in enumerate(streets, 1)}
    return Block("1", issuer, owner, {**lines, "rptOwnerCity": "Dayton"})


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(_block("C/O NORTHWIND TRADERS, INC.", "1 Main St"), id="issuer"),
        pytest.param(_block("1 Main St", "Northwind Traders"), id="issuer in the second line"),
        pytest.param(_block("c/o Northwind Traders 1 Main St"), id="issuer and street in one line"),
        pytest.param(_block("C/O Harbor Point, LLC", "2 Quay"), id="another company"),
        pytest.param(
            _block("C/O Northwind Traders", owner="Northwind Traders Trust"),
            id="issuer that has the owner's name",
        ),
    ],
)
def test_an_address_that_names_a_company_stays(block: Block) -> None:
    assert block.names_company is True


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(_block("14 Elm Street", "Apt 3"), id="street"),
        pytest.param(_block("One Elm Street"), id="number in words"),
        pytest.param(_block("P.O. Box 12"), id="box"),
        pytest.param(_block("14 Northwind Traders Way"), id="street called after the issuer"),
        pytest.param(_block("C/O 14 Elm Street"), id="care of a street"),
        pytest.param(_block("C/O Luis Rivera", "14 Elm Street"), id="care of a person"),
        pytest.param(_block("Harbor Point, LLC", "14 Elm Street"), id="company that is not in care of"),
        pytest.param(_block("C/O Rivera Holdings LLC", "14 Elm Street"), id="company called after the owner"),
        pytest.param(_block("C/O Elm Family Company", "14 Elm Street"), id="company of a family"),
        pytest.param(_block("C/O Northwind", "14 Elm Street"), id="half the issuer's name"),
        pytest.param(
            _block("The Company", "14 Elm Street", issuer="The Company"),
            id="issuer without a name of its own",
        ),
        pytest.param(_block("", ""), id="nothing"),
    ],
)
def test_any_other_address_goes(block: Block) -> None:
    assert block.names_company is False


def _filing(
    owner: str, street: str, second: str = "", *, issuer: str = "0000000007", more: str = ""
) -> bytes:
    return (
        f"<ownershipDocument><issuer><issuerCik>{issuer}</issuerCik><issuerName>Ash &amp; Birch Co</issuerName></issuer>"
        f"<reportingOwner><reportingOwnerId><rptOwnerName>{owner}</rptOwnerName></reportingOwnerId>"
        f"<reportingOwnerAddress>{more}<rptOwnerStreet1>{street}</rptOwnerStreet1>\n<rptOwnerStreet2>{second}</rptOwnerStreet2>"
        "<rptOwnerCity>Salem</rptOwnerCity><rptOwnerState>OR</rptOwnerState><rptOwnerStateDescription/>"
        "</reportingOwnerAddress></reportingOwner></ownershipDocument>"
    ).encode()


_HOME = _filing("Rivera Ana", "14 Elm Street", more="<rptOwnerNonUSAddressFlag>1</rptOwnerNonUSAddressFlag>")


def test_the_address_most_filings_name_the_issuer_by_takes_the_place_of_a_home() -> None:
    named = [_filing("A", "C/O ASH &amp; BIRCH CO", street) for street in ("2 Oak", "1 Oak", "1 Oak")]
    known = issuer_addresses([(str(place), data) for place, data in enumerate(named)])

    assert without_homes(_HOME, known) == _filing(
        "Rivera Ana",
        "C/O ASH &amp; BIRCH CO",
        "1 Oak",
        more="<rptOwnerNonUSAddressFlag>0</rptOwnerNonUSAddressFlag>",
    )


@pytest.mark.parametrize(
    ("owners", "second"),
    [
        (("Reed Al", "Shaw Bo", "Tran Cy"), "9 Oak"),
        (("Reed Al", "Shaw Bo", "Reed Di"), None),
        (("Reed Al", "Shaw Bo"), None),
    ],
    ids=["three persons", "two families", "two persons"],
)
def test_a_street_that_three_persons_give_is_an_office(owners: tuple[str, ...], second: str | None) -> None:
    known = issuer_addresses([(owner, _filing(owner, "9 Oak")) for owner in owners])

    found = without_homes(_filing("Rivera Ana", "14 Elm Street"), known)

    assert found == (second and _filing("Rivera Ana", "C/O ASH &amp; BIRCH CO", second))


def test_a_street_line_that_would_be_too_long_is_the_first_one_only() -> None:
    street, second = "9 Boulevard of the Federal Republic", "Suite 100"
    known = issuer_addresses(
        [(owner, _filing(owner, street, second)) for owner in ("Reed A", "Shaw B", "Tran C")]
    )

    assert known["7"]["rptOwnerStreet2"] == street


def test_the_listed_address_is_that_of_an_issuer_no_filing_names() -> None:
    assert issuer_addresses([])["1441816"] == {
        "rptOwnerStreet1": "C/O MONGODB, INC.",
        "rptOwnerStreet2": "1633 BROADWAY, 38TH FLOOR",
        "rptOwnerCity": "NEW YORK",
        "rptOwnerState": "NY",
        "rptOwnerZipCode": "10019",
        "rptOwnerStateDescription": "",
        "rptOwnerNonUSAddressFlag": "",
        "rptOwnerNonUSStateTerritory": "",
        "rptOwnerCountry": "",
    }


@pytest.mark.parametrize("known", [{}, {"7": {"rptOwnerStreet1": "C/O ASH", "rptOwnerZipCode": "97301"}}])
def test_a_filing_is_refused_where_no_address_fits_it(known: dict[str, dict[str, str]]) -> None:
    assert without_homes(_HOME, known) is None


def test_an_address_that_stays_keeps_its_bytes() -> None:
    data = _filing("Rivera Ana", " C/O ASH &amp; BIRCH CO ", "1 Oak")

    assert without_homes(data, {}) == data


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("Mail to 14 Old Elm Street.", True),
        ("Mail to Salem, OR 97301.", True),
        ("The address of each is 1 Oak.", True),
        ("She resides at No. 14.", True),
        ("Vests on 14 equal days, 25% each.", False),
        ("Sold at $97.30 to $97.31.", False),
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        "<footnotes><footnote>{}</footnote></footnotes>",
        "<remarks>{}</remarks>",
        "<ownerSignature><signatureName>{}</signatureName></ownerSignature>",
    ],
)
def test_a_text_that_gives_an_address_is_seen(text: str, gives: bool, place: str) -> None:
    assert gives_an_address(f"<ownershipDocument>{place.format(text)}</ownershipDocument>".encode()) is gives


# ---- the choice


def test_each_feature_is_shown_once_by_as_few_and_short_filings_as_may_be() -> None:
    features = {
        "a": frozenset({"x", "y"}),
        "b": frozenset({"x", "y"}),
        "c": frozenset({"z"}),
        "d": frozenset({"x"}),
    }

    assert chosen(features, {"a": 2, "b": 1, "c": 1, "d": 1}, 2) == ["b", "c"]


def test_then_each_is_shown_again_until_there_are_enough() -> None:
    features = {"a": frozenset({"x"}), "b": frozenset({"x"}), "c": frozenset({"y"}), "d": frozenset({"x"})}

    assert chosen(features, dict.fromkeys(features, 1), 3) == ["a", "b", "c"]
    assert chosen(features, dict.fromkeys(features, 1), 9) == ["a", "b", "c", "d"]


def test_a_sample_of_the_sample_is_of_it(sample: Filings) -> None:
    assert made(sample[:8]) == sample[:8]


# ---- the page


def test_the_page_of_a_filing_has_its_rows_and_its_text_the_issuer(sample: Filings) -> None:
    for name, data in sample[::10]:
        filing = read_document(data).filing
        page = html.document_fromstring(page_html(filing, status=PageStatus()))
        rows = [
            len(page.xpath(f"//table[@id='table-{table}']/tbody/tr[not(@class='none')]")) for table in (1, 2)
        ]

        assert rows == [len(filing.non_derivative), len(filing.derivative)], name
        assert f"{filing.issuer.name} [" in page_text(filing, 120), name
