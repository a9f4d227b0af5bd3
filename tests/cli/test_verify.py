"""`form4 verify`: sound files are told as such; whatever is done to one afterwards is caught."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfWriter

from form4_author import __version__
from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.codes import edition_named
from form4_author.page.authentication_file import xml_enclosure
from form4_author.page.display import number_text
from form4_author.page.pdf import page_pdf
from form4_author.page.view import PageStatus
from form4_author.signing import verification
from form4_author.signing.identity import of_pkcs12
from form4_author.signing.seal import places, sealed
from form4_author.wire.write import write_document
from tests.builders import make_filing
from tests.signing.authority import Authority
from tests.signing.forgery import (
    another_page,
    another_text,
    another_xml,
    drawn_twice,
    laid_over,
    one_byte,
    pages_of,
)
from tests.signing.signatory import in_every_place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from form4_author.model.filing import Filing
    from form4_author.page.html import Paper

pytestmark = pytest.mark.long

MOMENT = dt.datetime(2026, 10, 15, 21, 40, 12, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
LATER = MOMENT + dt.timedelta(days=1)
SEED = "Signature 1: Bruce Posey by power of attorney for Sumedh S Thakar"
NAMES = 'names that are not in the XML as it is sent: "Thakar Sumedh S", "QUALYS, INC."'
DRAWN = f"drawn exactly as form4 {__version__} draws this XML"


def xml_of(name: str) -> bytes:
    return write_document(make_filing(name))


@cache
def record(name: str) -> bytes:
    """The printed copy of an example, as the packet has it."""
    return printed(make_filing(name), xml_of(name))


def printed(
    filing: Filing,
    xml: bytes | None,
    *,
    marked: bool = False,
    of: bytes | None = None,
    paper: Paper = "letter",
) -> bytes:
    """A printed copy of one filing that holds some XML, and names that or another."""
    named = of or xml
    inside = (xml_enclosure("form4.xml", xml),) if xml else ()
    status = PageStatus(draft=marked, xml_sha256=hashlib.sha256(named).hexdigest() if named else None)
    return page_pdf(filing, status=status, enclosures=inside, paper=paper)


@cache
def authority() -> Authority:
    return Authority()


@cache
def signed() -> bytes:
    """The seed's, signed by someone the authority certifies."""
    identity = of_pkcs12(authority().holder("Bruce Posey").p12("", authority().root), "")
    return sealed(record("seed"), SEED, identity, MOMENT)


@cache
def countersigned() -> bytes:
    return in_every_place(record("joint"), MOMENT)


# The same page is drawn once: that the same filing gives the same bytes is proved in tests/page/test_pdf.py.
_drawn = cache(page_pdf)


@pytest.fixture(autouse=True)
def _drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "page_pdf", _drawn)
    monkeypatch.setattr("form4_author.desk.verification.now", lambda: LATER)


@pytest.fixture
def verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str]]]:
    """Exit code and remarks, each as "verdict subject: text" on one line, the last: the verdict."""

    def run(pdf: bytes, *words: str) -> tuple[int, list[str]]:
        file = tmp_path / "form4.pdf"
        file.write_bytes(pdf)
        code = main(["verify", str(file), *words])
        output = capsys.readouterr().out
        assert all(len(line) <= 80 or len(line.split()) <= 2 for line in output.splitlines()[:-1])
        lines = output.replace("\n" + " " * 20, " ").replace(f"{file}: ", "= ").splitlines()
        return code, [" ".join(line.split()) for line in lines]

    return run


def test_a_file_that_nobody_signed(verified: Callable[..., tuple[int, list[str]]]) -> None:
    sha256 = hashlib.sha256(xml_of("seed")).hexdigest()
    assert verified(record("seed")) == (
        0,
        [
            "note signature not signed",
            f'note signature "{SEED}" is not signed',
            f"ok xml form4.xml inside is the one the pages name, SHA-256 {sha256}",
            "ok checks form4.xml: ready (Form 4, X0609): no findings",
            f"note page {NAMES}",
            f"ok page {DRAWN}",
            "= consistent, not signed: nothing proves its origin",
        ],
    )


@pytest.mark.long
def test_a_signature_by_one_whom_a_trusted_root_certifies(
    verified: Callable[..., tuple[int, list[str]]], tmp_path: Path
) -> None:
    root = tmp_path / "root.pem"
    root.write_bytes(authority().root_pem)
    code, lines = verified(signed(), "--trust", str(root), "--require-trust")
    assert (code, lines[-1]) == (0, "= sound, 1 signature")
    assert lines[:3] == [
        f'ok signature "{SEED}" is intact and covers the whole file',
        "note time signed 2026-10-15 21:40:12 Eastern by the signer's own clock",
        "ok trust Bruce Posey, certified by Example Root CA, leads to a root given with --trust",
    ]
    code, lines = verified(signed())
    stranger = (
        "Bruce Posey is not trusted: certified by Example Root CA, which leads to no root given with --trust"
    )
    assert (code, lines[2], lines[-1]) == (
        0,
        f"note trust {stranger}",
        "= unaltered, 1 signature, signer not proven",
    )
    code, lines = verified(signed(), "--require-trust")
    assert (code, lines[2], lines[-1]) == (1, f"PROBLEM trust {stranger}", "= NOT SOUND, 1 problem")


@pytest.mark.long
def test_a_second_signature_leaves_the_first_sound(verified: Callable[..., tuple[int, list[str]]]) -> None:
    code, lines = verified(countersigned())
    assert (code, lines[-1]) == (0, "= unaltered, 2 signatures, signers not proven")
    first, second = (place.field for place in places(countersigned()))
    assert lines[0] == (
        f'ok signature "{first}" is intact and covers the file as it was then;'
        " only signatures and evidence were added since"
    )
    assert lines[3:6] == [
        f'ok signature "{second}" is intact and covers the whole file',
        "note time signed 2026-10-15 21:41:12 Eastern by the signer's own clock",
        "note trust Maja Lindqvist is not trusted: trial identity, self-signed, proves nothing about who signed",
    ]


def test_trust_may_be_required_of_every_place(verified: Callable[..., tuple[int, list[str]]]) -> None:
    code, lines = verified(record("seed"), "--require-trust")
    assert (code, lines[:2]) == (
        1,
        ["PROBLEM signature not signed", f'PROBLEM signature "{SEED}" is not signed'],
    )


def test_a_tampered_byte(verified: Callable[..., tuple[int, list[str]]]) -> None:
    code, lines = verified(one_byte(signed()))
    assert (code, lines[0], lines[-1]) == (
        1,
        f'PROBLEM signature "{SEED}" is broken: what it covers is not what was signed',
        "= NOT SOUND, 1 problem",
    )


CHANGED = f'PROBLEM signature the file was changed after "{SEED}" was signed'


@pytest.mark.parametrize(
    ("forged", "told"),
    [
        pytest.param(another_page, ["PROBLEM page there are 2 pages where this XML gives 1", "PROBLEM xml page 2 names another XML"], marks=pytest.mark.long),
        (another_text, ['PROBLEM page page 1 shows "']),
        pytest.param(laid_over, ["PROBLEM page the pages have content that form4 did not put there"], marks=pytest.mark.long),
        (lambda pdf: another_xml(pdf, xml_of("exercise")), ["PROBLEM xml page 1 names another XML than form4.xml inside"]),
    ],
    ids=["page", "text", "annotation", "xml"],
)  # fmt: skip
def test_what_is_done_to_a_file_afterwards(
    forged: Callable[[bytes], bytes], told: list[str], verified: Callable[..., tuple[int, list[str]]]
) -> None:
    code, unsigned = verified(forged(record("seed")))
    assert code == 1
    for start in told:
        assert any(line.startswith(start) for line in unsigned), unsigned
    code, lines = verified(forged(signed()))
    assert (code, lines[0]) == (1, CHANGED)
    assert [line for line in lines if line.startswith("PROBLEM")][1:] == [
        line for line in unsigned if line.startswith("PROBLEM")
    ]


def test_a_page_that_shows_something_else_than_the_xml(
    verified: Callable[..., tuple[int, list[str]]],
) -> None:
    seed = make_filing("seed")
    other = replace(seed, remarks="The shares were a gift.")
    code, lines = verified(printed(other, xml_of("seed")))
    assert code == 1
    assert lines[-2] == (
        'PROBLEM page page 1 shows "tock units. Remarks: The shares were a gift. /s/" where this XML gives'
        ' "tock units. /s/ Bruce Posey by power of attorney"'
    )


def test_an_older_version_printed_dollars_without_zeros_at_the_end(
    verified: Callable[..., tuple[int, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = make_filing("seed")
    row = seed.non_derivative[0]
    priced = replace(seed, non_derivative=(replace(row, price=replace(row.price, value=Decimal("21.50"))),))
    xml = write_document(priced)
    with monkeypatch.context() as patch:
        patch.setattr("form4_author.page.html.__version__", "0.0.1")
        patch.setattr("form4_author.page.display.dollar_text", lambda value: f"${number_text(value)}")
        older = printed(priced, xml)
        other = printed(make_filing("seed"), xml)
    code, lines = verified(older)
    assert (code, lines[-2]) == (
        0,
        f"note page made by form4 0.0.1, which prints differently from {__version__}; all values of this XML are there",
    )
    code, lines = verified(other)
    assert (code, lines[-2]) == (1, 'PROBLEM page values of this XML that are not on the pages: "$21.50"')


def test_an_older_version_may_print_otherwise_but_no_value_less(
    verified: Callable[..., tuple[int, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = make_filing("seed")
    with monkeypatch.context() as patch:
        patch.setattr("form4_author.page.html.__version__", "0.0.1")
        more = printed(replace(seed, remarks="Printed otherwise."), xml_of("seed"))
        less = printed(replace(seed, footnotes=()), xml_of("seed"))
    code, lines = verified(more)
    assert (code, lines[-2]) == (
        0,
        f"note page made by form4 0.0.1, which prints differently from {__version__}; all values of this XML are there",
    )
    code, lines = verified(less)
    assert code == 1
    assert lines[-2].startswith(
        'PROBLEM page values of this XML that are not on the pages: "The reported shares'
    )


@pytest.mark.long
def test_words_alike_but_drawn_otherwise(verified: Callable[..., tuple[int, list[str]]]) -> None:
    """Where all versions are the same, what is drawn otherwise was changed."""
    code, lines = verified(drawn_twice(record("seed")))
    assert (code, lines[-2]) == (
        1,
        "PROBLEM page the words are those of this XML, but something else is drawn",
    )
    code, lines = verified(drawn_twice(signed()))
    assert (code, lines[0]) == (1, CHANGED)


def test_xml_that_the_checks_refuse(verified: Callable[..., tuple[int, list[str]]]) -> None:
    bad = replace(make_filing("seed"), period_of_report=None)
    code, lines = verified(printed(bad, write_document(bad)))
    assert code == 1
    assert any(line.startswith("PROBLEM checks form4.xml: blocked (Form 4, X0609)") for line in lines)


def test_a_draft(verified: Callable[..., tuple[int, list[str]]]) -> None:
    assert verified(printed(make_filing("seed"), None, marked=True)) == (
        1,
        [
            "note signature not signed",
            "PROBLEM page marked DRAFT: findings blocked the form when it was made",
            "= NOT SOUND, 1 problem",
        ],
    )


def test_an_xml_that_was_taken_out(verified: Callable[..., tuple[int, list[str]]]) -> None:
    code, lines = verified(printed(make_filing("seed"), None, of=xml_of("seed")))
    assert (code, lines[-2]) == (1, "PROBLEM xml the pages name an XML, but none is embedded")


def test_a_paper_is_about_the_document_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft_file, folder = tmp_path / "seed.form4.json", tmp_path / "packet"
    draft_file.write_text(json.dumps(draft("seed")), encoding="utf-8")
    main(["render", str(draft_file), "-o", str(folder), "--as-of", "2024-11-04"])
    paper, xml = folder / "authentication.pdf", folder / "form4.xml"
    sha256 = hashlib.sha256(xml.read_bytes()).hexdigest()

    def told() -> tuple[int, list[str]]:
        capsys.readouterr()
        code = main(["verify", str(paper)])
        lines = capsys.readouterr().out.replace("\n" + " " * 20, " ").splitlines()
        return code, [" ".join(line.split()) for line in lines]

    code, lines = told()
    assert (code, lines[2]) == (
        0,
        f"ok xml form4.xml beside it is the document that it is about, SHA-256 {sha256}",
    )
    xml.write_bytes(xml_of("joint"))
    about = f"it is about a document with SHA-256 {sha256}"
    code, lines = told()
    assert (code, lines[2]) == (1, f"PROBLEM xml {about}, and form4.xml beside it is a different document")
    xml.unlink()
    code, lines = told()
    assert (code, lines[2]) == (0, f"note xml {about}, not beside it")


@pytest.mark.parametrize(
    ("name", "paper", "names"),
    [
        ("form3", "A4", '"Marchetti Lucia", "NORTHWIND INSTRUMENTS, INC."'),
        pytest.param(
            "form5", "letter", '"Whitcombe Henry J", "NORTHWIND INSTRUMENTS, INC."', marks=pytest.mark.long
        ),
        pytest.param(
            "joint",
            "A4",
            '"Harbor Ridge Fund I, L.P.", "Lindqvist Maja", "NORTHWIND INSTRUMENTS, INC."',
            marks=pytest.mark.long,
        ),
    ],
)
def test_other_forms_and_paper(
    name: str, paper: Paper, names: str, verified: Callable[..., tuple[int, list[str]]]
) -> None:
    code, lines = verified(printed(make_filing(name), xml_of(name), paper=paper))
    assert (code, lines[-3:-1]) == (
        0,
        [f"note page names that are not in the XML as it is sent: {names}", f"ok page {DRAWN}"],
    )


def test_a_public_xml_holds_the_names_itself(verified: Callable[..., tuple[int, list[str]]]) -> None:
    xml = write_document(make_filing("seed"), edition_named("X0508"))
    shown = replace(make_filing("seed"), edition="X0508")
    code, lines = verified(printed(shown, xml))
    assert (code, lines[-3], lines[-2]) == (
        0,
        "ok checks form4.xml: ready (Form 4, X0508): no findings",
        f"ok page {DRAWN}",
    )


def test_another_name_on_the_page_than_in_the_metadata(
    verified: Callable[..., tuple[int, list[str]]],
) -> None:
    seed = make_filing("seed")
    other = replace(seed, owners=(replace(seed.owners[0], name="Someone Else"),))
    title = record("seed")
    assert verified(title)[0] == 0
    pages = pages_of(printed(other, xml_of("seed")), title)
    code, lines = verified(pages)
    assert (code, lines[-2].split(" where ")[0]) == (
        1,
        'PROBLEM page page 1 shows "ing Person* Someone Else (Last) (First) (Middl"',
    )


def test_what_was_made_for_an_older_edition_is_told_as_such(
    verified: Callable[..., tuple[int, list[str]]],
) -> None:
    old = replace(make_filing("seed"), period_of_report=None, edition="X0508")
    code, lines = verified(printed(old, write_document(old)))
    assert code == 0
    assert lines[3].startswith(
        "note checks made for edition X0508, but checked against the current one only:"
        " form4.xml: blocked (Form 4, X0609)"
    )


def test_a_file_of_someone_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "other.pdf"
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(file)
    assert main(["verify", str(file)]) == 2
    assert capsys.readouterr().err == (
        f"form4: {file}: This PDF was not made by form4, so there is nothing to compare it with."
        " Name the PDF of a packet; to verify signatures of any other PDF, use pdfsig or a PDF viewer.\n"
    )


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "form4.pdf"
    file.write_bytes(signed())
    assert main(["verify", "--json", str(file)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {key: data[key] for key in ("tool", "version", "file", "verdict")} == {
        "tool": "form4-author",
        "version": __version__,
        "file": str(file),
        "verdict": "unaltered",
    }
    assert data["signatures"] == [
        {
            "field": SEED,
            "signer": "Bruce Posey",
            "issuer": "Example Root CA",
            "signed_at": MOMENT.isoformat(),
            "stamped_at": None,
            "intact": True,
            "whole": True,
            "later": "nothing",
            "trusted": False,
            "by_own_clock": False,
            "trial": False,
            "long_term": False,
        }
    ]
    assert data["remarks"][0] == {
        "verdict": "ok",
        "subject": "signature",
        "text": f'"{SEED}" is intact and covers the whole file',
    }


def test_a_folder_that_is_no_packet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"form4: {tmp_path} holds no form as PDF. Name the PDF, or the folder of a packet.\n"
    )
