"""`form4 import`: past filings fill the register, each once, and one that can't be read stops nothing else."""

from __future__ import annotations

import json
import os
import re
import sys
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree
from sqlalchemy import select

from form4_author.codes import current_edition
from form4_author.model.submission import Submission
from form4_author.register.database import opened
from form4_author.register.place import place_of
from form4_author.register.table import Filed
from form4_author.wire.draft import draft_from
from form4_author.wire.draft_format import DRAFT_FORMAT
from form4_author.wire.envelope import write_envelope
from form4_author.wire.write import write_document
from tests.register.papers import paper, row, text_file, xml_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.register.conftest import Said

    Form4 = Callable[..., Said]

OPTION = {
    "kind": "transaction", "security_title": "Stock Option", "exercise_price": "12.50", "transaction_date": "2026-03-02",
    "transaction_code": "A", "amount": "500", "price": "0", "acquired_disposed": "A",
    "date_exercisable": {"footnotes": ["F1"]}, "expiration_date": "2036-03-01", "underlying_title": "Common Stock",
    "underlying_amount": "500", "amount_owned_following": "500", "ownership_form": "D",
}  # fmt: skip
NOTES = [{"id": "F1", "text": "Vests in four equal parts."}]
ADDED = "1 added, 0 known already, 0 refused.\n"


def held(form4: Form4, person: str = "doe", issuer: str = "exwi") -> dict[str, str]:
    return {line["line"]: line["held"] for line in form4("holdings", person, issuer, "--json").data}


def owner(cik: str, name: str, **cells: Any) -> dict[str, Any]:
    return {"cik": cik, "name": name, "address": {"street1": "1 Main Street", "city": "Springfield"}, **cells}


def test_a_filing_brings_everything_that_the_next_one_needs(form4: Form4) -> None:
    filed = paper(row(total="1000"), derivative=[OPTION], footnotes=NOTES)

    assert form4("import", xml_file(filed)) == (0, ADDED, "")

    assert form4("person", "show", "doe", "--json").data == {
        "cik": "9999694",
        "name": "Doe Jane",
        "address": {
            "non_us": False, "street1": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701",
        },
        "issuers": [
            {
                "cik": "9999001", "name": "Example Widgets Inc.", "is_director": True, "is_officer": True,
                "officer_title": "Chief Executive Officer",
            }
        ],
    }  # fmt: skip
    issuer = form4("issuer", "show", "exwi", "--json").data
    assert issuer["classes"] == ["Common Stock"]
    assert issuer["series"] == [
        {
            "security_title": "Stock Option",
            "exercise_price": "12.50",
            "words": {"date_exercisable": "Vests in four equal parts."},
            "expiration_date": "2036-03-01",
            "underlying_title": "Common Stock",
        }
    ]
    assert form4("poa", "list", "--json").data == [
        {
            "number": 1, "person": "Doe Jane", "issuer": "Example Widgets Inc.", "agents": ["Sam Roe"],
            "wording": "/s/ Sam Roe, attorney-in-fact for Doe Jane", "used": "2026-03-02",
        }
    ]  # fmt: skip
    assert held(form4) == {
        "Common Stock, direct": "1000",
        "Stock Option, direct, at 12.50, to 2036-03-01": "500",
    }
    assert "series:\n  Stock Option, 12.50, 2036-03-01, Common Stock, Vests in four equal parts.\n" in (
        form4("issuer", "show", "exwi").out
    )


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=str)
def test_a_series_has_the_terms_of_the_last_form_that_has_it(form4: Form4, order: tuple[int, int]) -> None:
    later = [{"id": "F1", "text": "Fully vested."}]
    files = [
        xml_file(paper(derivative=[OPTION], footnotes=NOTES)),
        xml_file(paper(derivative=[OPTION], footnotes=later, day="2026-04-01", number=2)),
    ]
    for n in order:
        assert form4("import", files[n]).out == ADDED

    (series,) = form4("issuer", "show", "exwi", "--json").data["series"]
    assert series["words"] == {"date_exercisable": "Fully vested."}


def test_the_same_file_enters_once_whatever_its_name(form4: Form4) -> None:
    file = xml_file(paper(row(total="1000")))
    form4("import", file)
    Path("copy.xml").write_bytes(Path(file).read_bytes())
    before = form4("register", "show", "--json").data["holds"]

    assert form4("import", file, "copy.xml", file).out == "0 added, 2 known already, 0 refused.\n"
    assert form4("import", file, "--json").data == [{"file": file, "what": "known"}]
    assert form4("register", "show", "--json").data["holds"] == before


def test_a_form_recorded_in_the_former_format_is_known_and_goes_on(form4: Form4, url: str) -> None:
    file = xml_file(paper(row(total="1000")))
    form4("import", file)
    register = opened(place_of(url))
    with register.writing() as book:
        filed = book.scalars(select(Filed)).one()
        assert filed.content["format"] == DRAFT_FORMAT
        filed.content = {**filed.content, "$schema": "draft-1.schema.json", "format": 1}
        filed.sha256 = "0" * 64
    register.close()

    assert form4("import", file).out == "0 added, 1 known already, 0 refused.\n"
    assert held(form4) == {"Common Stock, direct": "1000"}


def test_files_and_folders_enter_oldest_first_and_what_is_no_filing_is_named(form4: Form4) -> None:
    deep = Path("filed/2026")
    deep.mkdir(parents=True)
    later, first = paper(row(total="1100"), day="2026-04-01", number=2), paper(row(total="1000"))
    files = [xml_file(later, deep), xml_file(first, Path("filed"))]
    Path("filed/letter.xml").write_text("<letter>Dear Sir</letter>")
    Path("filed/notes.md").write_text("not looked at")
    Path("filed/next.form4.json").write_text(json.dumps(draft_from(first.filing)))

    done = form4("import", "filed", "missing.xml", "filed/next.form4.json")

    assert (done.code, done.out) == (2, "2 added, 0 known already, 3 refused.\n")
    assert re.sub(r"letter\.xml: .*", "letter.xml: …", done.err) == (
        "form4: filed/letter.xml: …\n"
        "form4: missing.xml: There is no file of this name. Check the name and the folder.\n"
        "form4: filed/next.form4.json: This is a draft, not a filing."
        " After it is filed, run form4 filed filed/next.form4.json.\n"
    )
    assert held(form4) == {"Common Stock, direct": "1100"}
    again = form4("import", "filed", "--json")
    assert (again.code, [(Path(d["file"]).name, d["what"]) for d in again.data]) == (
        2,
        [("letter.xml", "refused"), (Path(files[1]).name, "known"), (Path(files[0]).name, "known")],
    )


def test_a_folder_without_filings_is_told(form4: Form4) -> None:
    Path("empty").mkdir()

    assert form4("import", "empty") == (
        2,
        "",
        "form4: There is no filing in empty. Name a folder with XML or .txt files.\n",
    )


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_empty_name_is_no_folder_and_a_pipe_is_not_waited_for(form4: Form4) -> None:
    xml_file(paper(row(total="1000")))
    Path("filed").mkdir()
    os.mkfifo("filed/pipe.xml")
    Path("filed/gone.xml").symlink_to("nowhere.xml")

    assert form4("import", "") == (
        2,
        "",
        "form4: A name among the files is empty. Name files or folders; . is this folder.\n",
    )
    assert form4("import", "filed") == (
        2,
        "0 added, 0 known already, 1 refused.\n",
        "form4: filed/gone.xml: There is no file of this name. Check the name and the folder.\n",
    )


def test_a_form_that_lacks_its_issuer_is_named_and_the_others_enter(form4: Form4) -> None:
    bad = xml_file(paper(row(total="5"), number=7, issuer={"name": "Nobody"}))
    good = xml_file(paper(row(total="1000")))

    done = form4("import", bad, good)

    assert (done.code, done.out) == (2, "1 added, 0 known already, 1 refused.\n")
    assert done.err == f"form4: {bad}: The form lacks an issuer's CIK. Correct the file, or leave it out.\n"
    assert held(form4) == {"Common Stock, direct": "1000"}


def test_a_submission_text_tells_its_number_its_day_and_its_power_of_attorney(form4: Form4) -> None:
    filed = paper(row(total="1000"), day="2026-03-02")._replace(
        filed=paper(row(total="1"), day="2026-03-04").filed
    )

    assert form4("import", text_file(filed)).out == ADDED

    assert form4("holdings", "doe", "exwi").out == (
        "Doe Jane · Example Widgets Inc.\n"
        "  1          1,000  Common Stock, direct\n"
        "                    Form 4 filed 2026-03-04\n"
    )
    assert form4("poa", "show", "1", "--json").data["accession_number"] == "0009999001-26-000001"
    # The same form as bare XML is known by its number.
    assert form4("import", xml_file(filed)).out == "0 added, 1 known already, 0 refused.\n"


def test_the_same_form_enters_once_from_whatever_source(form4: Form4) -> None:
    """As bare XML under EDGAR's own name, in its submission text, as it was sent; each tells what the others lack."""
    filed = paper(row(total="1000"), day="2026-03-02")._replace(
        filed=paper(row(total="1"), day="2026-03-04").filed
    )
    Path("wf-form4_123.xml").write_bytes(write_document(filed.filing, current_edition("4")))
    Path("form4.xml").write_bytes(write_document(filed.filing))

    assert form4("import", "wf-form4_123.xml").out == ADDED
    assert form4("holdings", "doe", "exwi", "--json").data[0]["source"] == "Form 4 of 2026-03-02"
    for file in (text_file(filed), "form4.xml", xml_file(filed)):
        assert form4("import", file).out == "0 added, 1 known already, 0 refused.\n"

    assert form4("holdings", "doe", "exwi", "--json").data[0]["source"] == "Form 4 filed 2026-03-04"
    assert form4("poa", "show", "1", "--json").data["accession_number"] == "0009999001-26-000001"
    assert form4("register", "show", "--json").data["holds"]["ledger entries"] == 1


def test_another_form_under_a_number_on_record_is_refused(form4: Form4) -> None:
    form4("import", xml_file(paper(row(total="1000"))))
    file = xml_file(paper(row(total="999")))

    assert form4("import", file) == (
        2,
        "0 added, 0 known already, 1 refused.\n",
        (
            f"form4: {file}: 0009999001-26-000001 is on record with other content: Doe Jane · Example Widgets Inc.,"
            " Form 4 of 2026-03-02. Look at EDGAR's acceptance message again.\n"
        ),
    )
    assert held(form4) == {"Common Stock, direct": "1000"}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_time_in_a_submission_text_orders_the_forms_of_a_day(form4: Form4) -> None:
    morning, evening = paper(row(total="1000"), number=9), paper(row(total="900"), number=2)
    for each, at in ((evening, b"180000"), (morning, b"090000")):
        file = Path(text_file(each))
        file.write_bytes(
            file.read_bytes().replace(
                b"<SEC-HEADER>\n", b"<SEC-HEADER>\n<ACCEPTANCE-DATETIME>20260302" + at + b"\n"
            )
        )
        assert form4("import", str(file)).out == ADDED

    assert held(form4) == {"Common Stock, direct": "900"}


def test_an_initial_statement_and_an_annual_one(form4: Form4) -> None:
    initial = paper(
        {"kind": "holding", "security_title": "Common Stock", "ownership_form": "D", "amount_owned_following": "10"},
        form="3",
        derivative=[{k: v for k, v in OPTION.items() if k in ("security_title", "exercise_price", "expiration_date", "underlying_title", "underlying_amount", "ownership_form")} | {"kind": "holding"}],
    )  # fmt: skip
    annual = paper(row(total="30", amount="20", code="J"), form="5", day="2027-01-20", number=5)
    form4("import", xml_file(initial))

    assert held(form4) == {
        "Common Stock, direct": "10",
        "Stock Option, direct, at 12.50, to 2036-03-01": "500",
    }
    form4("import", xml_file(annual))
    assert held(form4) == {
        "Common Stock, direct": "30",
        "Stock Option, direct, at 12.50, to 2036-03-01": "500",
    }


def test_joint_filers_each_hold_the_lines_and_sign_for_themselves(form4: Form4) -> None:
    owners = [owner("101", "Fund LP"), owner("102", "Manager LLC")]
    signatures = [
        {"name": "/s/ Ann Poe, attorney-in-fact", "date": "2026-03-02"},
        {"name": "/s/ Max Manager", "date": "2026-03-02"},
    ]
    form4("import", xml_file(paper(row(total="700"), owners=owners, signatures=signatures)))

    assert held(form4, "fund") == held(form4, "manager") == {"Common Stock, direct": "700"}
    assert [(p["person"], p["agents"]) for p in form4("poa", "list", "--json").data] == [
        ("Fund LP", ["Ann Poe"])
    ]
    assert form4("register", "show", "--json").data["holds"]["filings"] == 1


def test_a_form_that_fails_halfway_leaves_nothing_and_the_others_enter(form4: Form4) -> None:
    """Its person was written by then. Every database refuses it alike."""
    files = [
        xml_file(paper(row(total=total), number=number, person=person))
        for number, (person, total) in enumerate(
            [("Doe Jane", "1000"), ("Poe Ann", "9" * 45), ("Roe Sam", "7")], start=1
        )
    ]

    assert form4("import", *files) == (
        2,
        "2 added, 0 known already, 1 refused.\n",
        (
            f'form4: {files[1]}: "{"9" * 45}" is too long for the register: it has 45 characters; at most 40 fit.'
            " Write it shorter.\n"
        ),
    )
    assert [person["name"] for person in form4("person", "list", "--json").data] == ["Doe Jane", "Roe Sam"]
    assert form4("register", "show", "--json").data["holds"]["filings"] == 2


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("signature", "agents"),
    [
        ("By: /s/ Jane Doe, by Brett S. Riesenfeld, Attorney-in-Fact", [["Brett S. Riesenfeld"]]),
        ("/s/ Sam Roe, by Power of Attorney", [["Sam Roe"]]),
        ("/s/ Jane Doe / Sam Roe POA", []),
    ],
)
def test_who_signs_is_kept_where_it_is_certain(form4: Form4, signature: str, agents: list[list[str]]) -> None:
    signatures = [{"name": signature, "date": "2026-03-02"}]
    form4("import", xml_file(paper(row(total="700"), signatures=signatures)))

    assert [power["agents"] for power in form4("poa", "list", "--json").data] == agents


def test_an_amendment_names_the_later_forms_that_went_on_from_the_error(form4: Form4) -> None:
    amendment = paper(
        row(total="990"), day="2026-06-01", number=9, form="4/A", date_of_original_submission="2026-03-02"
    )
    forms = paper(row(total="1000")), paper(row(total="1100"), day="2026-04-01", number=2), amendment
    files = [xml_file(each) for each in forms]

    done = form4("import", *files)

    assert done == (
        0,
        (
            f"{files[2]}: Common Stock, direct: 1,000 becomes 990, but today's balance is unchanged, because later forms continue"
            " from it: Form 4 of 2026-04-01\n3 added, 0 known already, 0 refused.\n"
        ),
        "",
    )
    assert held(form4) == {"Common Stock, direct": "1100"}


# ---- how it tells how far it is


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("terminal", "number", "shown"), [(True, 12, True), (True, 9, False), (False, 12, False)]
)
def test_a_bar_on_a_terminal_where_there_are_many(
    form4: Form4, monkeypatch: pytest.MonkeyPatch, terminal: bool, number: int, shown: bool
) -> None:
    files = [xml_file(paper(row(total=str(n)), number=n)) for n in range(1, number + 1)]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)

    done = form4("import", *files)

    assert done.out == f"{number} added, 0 known already, 0 refused.\n"
    assert [word in done.err for word in ("reading", "entering", f"/{number}")] == [shown] * 3
    assert shown or done.err == ""


# ---- nothing secret

CCC = "abcd123$"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_access_code_never_reaches_the_register(form4: Form4, tmp_path: Path, url: str) -> None:
    """Neither in an envelope nor in a form to be sent; nor a hash over it, which could be searched."""
    filing = paper(row(total="1000")).filing
    envelope = write_envelope(filing, Submission(type="4", test_or_live="LIVE"), {"9999694": CCC})
    bare = write_document(paper(row(total="1100"), number=2, day="2026-04-01").filing).replace(
        b"</rptOwnerCik>", f"</rptOwnerCik><rptOwnerCcc>{CCC}</rptOwnerCcc>".encode()
    )
    Path("envelope.xml").write_bytes(envelope)
    Path("bare.xml").write_bytes(bare)
    assert CCC.encode() in bare

    done = form4("import", "envelope.xml", "bare.xml")
    assert (done.code, done.out.splitlines()[-1]) == (0, "2 added, 0 known already, 0 refused.")
    form4("register", "backup", "backup.sqlite3")

    for file in [Path(url), *tmp_path.glob("register.sqlite3-*"), Path("backup.sqlite3")]:
        content = file.read_bytes()
        assert CCC.encode() not in content
        assert b"Ccc" not in content
        for sent in (envelope, bare):
            assert sha256(sent).hexdigest().encode() not in content
    assert CCC not in done.err


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("beside", "told"),
    [
        (
            f"<!-- CCC {CCC} -->",
            'There is a comment in the document: "not shown, it may hold a CCC"; EDGAR does not keep it',
        ),
        (
            f"<!-- {CCC} -->",
            'There is a comment in the document: "not shown, it may hold a CCC"; EDGAR does not keep it',
        ),
        (f"<code>{CCC}</code>", "<code> is not permitted here; remove it"),
    ],
)
def test_an_access_code_where_no_form_has_one(form4: Form4, url: str, beside: str, told: str) -> None:
    """In a document as EDGAR shows it: neither shown, nor hashed."""
    file = Path(xml_file(paper(row(total="1000"))))
    sent = file.read_bytes().replace(b"</ownershipDocument>", f"{beside}</ownershipDocument>".encode())
    file.write_bytes(sent)

    done = form4("import", str(file), "-o", "d.form4.json")
    assert told in done.out
    assert CCC not in done.out + done.err + Path("d.form4.json").read_text()
    assert form4("import", str(file)).out == ADDED
    assert form4("import", str(file)).out == "0 added, 1 known already, 0 refused.\n"
    for stored in Path(url).parent.glob("register.sqlite3*"):
        content = stored.read_bytes()
        assert CCC.encode() not in content
        assert sha256(sent).hexdigest().encode() not in content


# ---- real filings


def test_the_balances_of_an_issuer_are_the_last_forms_totals(
    corpus: tuple[tuple[str, bytes], ...], form4: Form4
) -> None:
    """Every filing of one issuer: each person's line holds what the last form with that line says.

    Several awards of one title are lines of their own: what was told last is what the last form with the title says.
    """
    own = sorted((number, data) for number, data in corpus if b"<issuerCik>0001058290<" in data)
    assert len(own) > 30
    folder = Path("filed")
    folder.mkdir()
    for number, data in own:
        (folder / f"{number}.xml").write_bytes(data)

    assert form4("import", "filed").out == f"{len(own)} added, 0 known already, 0 refused.\n"

    expected = last_totals(own)
    held: dict[tuple[object, ...], dict[str, set[Decimal]]] = {}
    for person in form4("person", "list", "--json").data:
        for line in form4("holdings", person["cik"], "1058290", "--json").data:
            told = held.setdefault((person["cik"], *line_told(line)), {})
            told.setdefault(line["as_of"], set()).add(Decimal(line["held"]))
    assert set(held) == set(expected)
    found = {key: told[max(told)] for key, told in held.items()}
    assert {key: (total, expected[key]) for key, total in found.items() if not total <= expected[key]} == {}
    assert sum(len(totals) == 1 for totals in expected.values()) > 20
    assert sum(len(totals) > 1 for totals in found.values()) > 2


def line_told(line: dict[str, Any]) -> tuple[object, ...]:
    cells = ("security_title", "ownership_form", "nature_of_ownership", "exercise_price", "expiration_date")
    return line["table"], *(plain(line.get(cell)) for cell in cells)


def plain(text: str | None) -> object:
    try:
        return Decimal(text or "").normalize()
    except InvalidOperation:
        return " ".join((text or "").casefold().split())


def last_totals(own: list[tuple[str, bytes]]) -> dict[tuple[object, ...], set[Decimal]]:
    """Person and line → the last form's totals of it (Table I: of the last day); read off the XML itself."""
    found: dict[tuple[object, ...], set[Decimal]] = {}
    for root in sorted((etree.fromstring(data) for _, data in own), key=signed):
        rows: dict[tuple[object, ...], list[tuple[str, Decimal]]] = {}
        for table, kind in product(("nonDerivative", "derivative"), ("Transaction", "Holding")):
            for row_ in root.iterfind(f".//{table}{kind}"):
                said = {name: row_.findtext(f".//{element}/value") for name, element in ELEMENTS.items()}
                told = {"table": "derivative" if table == "derivative" else "non_derivative", **said}
                rows.setdefault(line_told(told), []).append((said["day"] or "", Decimal(said["total"] or 0)))
        for cik in root.iterfind(".//rptOwnerCik"):
            for line, told_ in rows.items():
                last = max(day for day, _ in told_)
                awards = line[0] == "derivative"  # one vests, while another is told as of another day
                totals = {total for day, total in told_ if awards or day == last}
                found[(cik.text or "").lstrip("0"), *line] = totals
    return found


ELEMENTS = {
    "security_title": "securityTitle",
    "ownership_form": "directOrIndirectOwnership",
    "nature_of_ownership": "natureOfOwnership",
    "exercise_price": "conversionOrExercisePrice",
    "expiration_date": "expirationDate",
    "day": "transactionDate",
    "total": "sharesOwnedFollowingTransaction",
}


def signed(root: etree._Element) -> str:
    return max(found.text or "" for found in root.iterfind(".//signatureDate"))
