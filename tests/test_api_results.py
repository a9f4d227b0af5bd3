"""What the library gives is what the commands give."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

import form4_author as f4
from form4_author.checks.example import draft as example
from form4_author.cli import main
from form4_author.codes import edition_named
from form4_author.model.facts import IssuerFacts, PriorFiling
from form4_author.page.report import report_data
from form4_author.wire.draft import draft_from
from form4_author.wire.write import write_document
from tests.builders import make_draft, make_filing

SIGNED = date(2024, 11, 4)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a published form."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_TODAY", "2024-11-12")
    Path("form4.xml").write_bytes(published())
    return tmp_path


def published(*edits: str) -> bytes:
    return write_document(make_filing("seed", edits), edition_named("X0609"))


def command(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """What a command says as JSON."""
    capsys.readouterr()
    main([*words, "--json"])
    return json.loads(capsys.readouterr().out)


# ---- reading


def test_a_text_is_read_as_its_file_is() -> None:
    xml, data = published().decode("ascii"), example("seed")
    Path("seed.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")

    assert f4.read(xml).filing == f4.read(published()).filing == f4.read(Path("form4.xml")).filing
    assert f4.read(json.dumps(data)) == f4.read(json.dumps(data).encode()) == f4.read("seed.yaml")
    assert f4.read(yaml.safe_dump(data)) == f4.read("seed.yaml")
    assert isinstance(f4.read("# A draft\n---\nform: '4'\n"), f4.Draft)


def test_a_text_keeps_the_encoding_it_names() -> None:
    text = published("remarks = Cafe").decode("ascii").replace("Cafe", "Café")
    text = text.replace('version="1.0"', 'version="1.0" encoding="ISO-8859-1"')

    assert f4.read(text).filing.remarks == f4.read(text.encode("latin-1")).filing.remarks == "Café"
    with pytest.raises(f4.Form4Error) as refused:
        f4.read(text.replace("Café", "€"))
    assert str(refused.value) == (
        "The text cannot be written in the encoding that it names, ISO-8859-1. Give the bytes of the file."
    )


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nowhere.xml", "There is no file of this name. Check the name and the folder."),
        (b"", "The file is empty. Give the XML file of the filing: on sec.gov it is the one whose name ends in .xml, not the page."),
        ("{", "draft.json is not well-formed JSON: expecting property name enclosed in double quotes. Correct the file, or go back to the copy beside it that ends in .bak."),
    ],
    ids=["missing", "empty", "broken"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_as_by_the_commands(source: str | bytes, message: str) -> None:
    with pytest.raises(f4.Form4Error) as refused:
        f4.read(source)

    assert str(refused.value) == message


# ---- checking


@pytest.mark.parametrize(
    "edits",
    [
        ['non_derivative[0].ownership_form = "I"'],
        ["non_derivative[0].price = ten", "unheard_of = 1"],
        ['interview = {"at": "owners", "foreign_issuer": "yes"}'],
        ["signatures = []"],
    ],
    ids=["suspense", "misspelled", "open", "unsigned"],
)
def test_a_draft_has_one_verdict(edits: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path("d.form4.json").write_text(json.dumps(make_draft("seed", edits)), encoding="utf-8")

    (shown,) = command(capsys, "check", "d.form4.json")["files"]
    report = f4.check(f4.read("d.form4.json"), name="d.form4.json")

    assert shown | report_data(report) == shown
    assert report.verdict is f4.Verdict.BLOCKED


def test_a_document_has_one_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    Path("form4.xml").write_bytes(published("non_derivative[0].price = 0"))

    (shown,) = command(capsys, "check", "form4.xml")["files"]

    assert shown | report_data(f4.check(f4.read("form4.xml"), name="form4.xml")) == shown
    assert [finding["id"] for finding in shown["findings"]] == ["TXN-014"]


def test_a_filing_is_judged_as_what_will_be_sent() -> None:
    filing = make_filing()

    assert f4.check(filing, as_of=SIGNED) == f4.check(f4.Draft(filing), as_of=SIGNED)
    assert f4.check(filing) == f4.check(filing, as_of=date(2024, 11, 12))
    assert f4.check(filing) != f4.check(filing, as_of=SIGNED)


def test_facts_are_taken_into_account() -> None:
    before = [
        "period_of_report = 2024-10-01",
        "non_derivative[0].transaction_date = 2024-10-01",
        "non_derivative[0].amount_owned_following = 1",
    ]
    prior = PriorFiling(make_filing("seed", before), date(2024, 10, 2))

    known = f4.check(make_filing(), as_of=SIGNED, facts=f4.Facts(history=(prior,)))

    assert f4.check(make_filing(), as_of=SIGNED).findings == ()
    assert [finding.id for finding in known.findings] == ["HLD-004"]


# ---- exhibits

ATTACHED = 'interview = {"signing": [{"capacity": "attorney", "agent": "Roe Richard B", "evidence": "attached", "exhibit": "poa.txt"}]}'


def test_exhibits_are_read_from_the_folder_that_is_named(folder: Path) -> None:
    draft = f4.read(json.dumps(make_draft("seed", [ATTACHED])))
    Path("poa.txt").write_text("Power of attorney", encoding="utf-8")

    report = replace(f4.check(draft, as_of=SIGNED, folder=folder), open=(), findings=())

    assert f4.render(draft, report, "xml", folder=folder).files["ex24-poa.txt"] == b"Power of attorney"
    assert sorted(f4.render(draft, report, "xml").files) == ["form4.xml", "manifest.json"]


def test_an_exhibit_from_elsewhere_is_not_sent(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("elsewhere") / "poa.txt"
    outside.write_text("Secret", encoding="utf-8")
    draft = f4.read(json.dumps(make_draft("seed", [ATTACHED.replace("poa.txt", str(outside))])))

    with pytest.raises(f4.Form4Error, match="which is outside the draft's folder"):
        f4.render(draft, f4.check(draft, as_of=SIGNED), "xml", folder=folder)


# ---- rendering


def test_a_blocked_filing_has_no_xml() -> None:
    draft = f4.read(json.dumps(make_draft("seed", ['non_derivative[0].ownership_form = "I"'])))

    packet = f4.render(draft, f4.check(draft, as_of=SIGNED), "xml", "html")

    assert sorted(packet.files) == ["form4.html", "manifest.json"]
    assert packet.xml_withheld


def test_the_files_are_those_of_the_command(folder: Path) -> None:
    assert main(["render", "form4.xml", "-o", "packet", "--only", "xml,html,report"]) == 0
    filed = f4.read("form4.xml")

    packet = f4.render(filed, f4.check(filed, name="form4.xml"), "xml", "html", "report")

    assert packet.files == {path.name: path.read_bytes() for path in (folder / "packet").iterdir()}


def test_a_public_view_has_its_edition() -> None:
    filed = f4.read(published("aff10b5_one = true"))

    packet = f4.render(filed, f4.check(filed), "xml", edition="X0306")

    assert b"<schemaVersion>X0306</schemaVersion>" in packet.files["form4.xml"]
    assert packet.omitted == (("aff10b5_one",),)
    with pytest.raises(f4.Form4Error, match="X0999"):
        f4.render(filed, f4.check(filed), "xml", edition="X0999")


def test_a_kind_that_is_not_made_is_refused() -> None:
    kind: Any = "docx"
    with pytest.raises(f4.Form4Error) as refused:
        f4.render(f4.read("form4.xml"), f4.check(f4.read("form4.xml")), kind)

    assert (
        str(refused.value) == '"docx" is not a part of a packet. Choose from xml, html, pdf, papers, report.'
    )


def test_a_filing_too_large_is_divided_as_the_command_divides_it() -> None:
    filing = replace(make_filing(), non_derivative=make_filing().non_derivative * 31)
    Path("large.json").write_text(json.dumps(draft_from(filing)), encoding="utf-8")
    main(["render", "large.json", "-o", "packet", "--only", "html", "--as-of", "2024-11-04"])

    parts = f4.divide(filing)

    assert [len(part.non_derivative) for part in parts] == [15, 16]
    assert len(list(Path("packet").iterdir())) == len(parts)
    for number, part in enumerate(parts, 1):
        page = f4.render(part, f4.check(part, as_of=SIGNED), "html").files["form4.html"]
        assert page == Path("packet", f"{number}of2", "form4.html").read_bytes()


# ---- amendments


def test_an_amendment_is_that_of_the_command() -> None:
    words = ["--lines", "I.1", "--original", "2024-11-04", "--reason", "A typo."]
    assert main(["amend", "form4.xml", "-o", "a.form4.json", *words]) == 0

    amended = f4.amend(f4.read("form4.xml"), lines=["I-1"], original=SIGNED, reason="A typo.")

    assert amended.filing == f4.read("a.form4.json").filing


def test_changes_choose_the_lines() -> None:
    filed = make_filing("exercise")
    moved = date(2026, 10, 5)

    amended = f4.amend(
        filed,
        {"derivative[0].price": Decimal("1.10"), "derivative[0].transaction_date": moved, "remarks": "Late."},
    ).filing
    remark = f4.amend(filed, {"remarks": "Late."}).filing

    assert (len(amended.non_derivative), len(amended.derivative), amended.remarks) == (0, 1, "Late.")
    row = amended.derivative[0]
    assert (row.price.value, row.transaction_date.value) == (Decimal("1.10"), moved)
    assert len(row.price.footnotes) == len(filed.derivative[0].price.footnotes)
    assert (len(remark.rows()), remark.remarks) == (0, "Late.")
    assert len(f4.amend(filed).filing.rows()) == len(filed.rows()) > 1


def test_a_change_to_none_empties_the_cell() -> None:
    filed = make_filing("exercise")

    assert f4.amend(filed, {"derivative[0].price": None}).filing.derivative[0].price.value is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"non_derivative[9].price": "1"}, "The filing has no place non_derivative[9].price. Write it as a finding does, such as non_derivative[0].price."),
        ({"non_derivative[0].cost": "1"}, "The filing has no place non_derivative[0].cost. Write it as a finding does, such as non_derivative[0].price."),
        ({"": "1"}, "The filing has no place . Write it as a finding does, such as non_derivative[0].price."),
        ({"non_derivative[0].price": "ten"}, '"ten" cannot be read as Table I, line 1, column 4, Price. Correct the value.'),
        ({"non_derivative[0].price": True}, '"True" cannot be read as Table I, line 1, column 4, Price. Correct the value.'),
    ],
    ids=["row", "column", "nothing", "text", "box"],
)  # fmt: skip
def test_a_change_that_cannot_be_made_is_refused(changes: dict[str, str | bool], message: str) -> None:
    with pytest.raises(f4.Form4Error) as refused:
        f4.amend(f4.read("form4.xml"), changes)

    assert str(refused.value) == message


def test_the_day_of_the_original_must_be_possible() -> None:
    with pytest.raises(f4.Form4Error) as refused:
        f4.amend(f4.read("form4.xml"), original=date(2024, 11, 13))

    assert str(refused.value) == "original 2024-11-13 is in the future. Give the day it was filed."


# ---- comparing, due dates


def test_differences_are_those_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.xml").write_bytes(published("non_derivative[0].price = 0", "remarks = Late."))

    shown = command(capsys, "diff", "form4.xml", "b.xml")["differences"]
    found = f4.compare(f4.read("form4.xml"), f4.read("b.xml").filing)

    assert [(d.place, d.before, d.after) for d in found] == [
        (d["place"], d["before"], d["after"]) for d in shown
    ]
    assert len(found) == 2


@pytest.mark.parametrize("name", ["seed", "form3", "form5", "gift", "plan", "amendment"])
def test_a_due_date_is_the_first_of_the_command(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("d.form4.json").write_text(json.dumps(example(name)), encoding="utf-8")

    shown = command(capsys, "deadline", "d.form4.json")["answers"]
    due = f4.due(f4.read("d.form4.json"))

    assert due is not None
    assert due.day.isoformat() == min(answer["due"]["day"] for answer in shown if answer["due"])


def test_a_due_date_depends_on_what_is_known_of_the_issuer() -> None:
    form3 = make_filing("form3")
    event = form3.period_of_report
    assert event is not None

    at_once, late = f4.due(form3, facts=f4.Facts(issuer=IssuerFacts(went_public=event))), f4.due(form3)

    assert at_once is not None
    assert late is not None
    assert (at_once.day - event).days < 10 <= (late.day - event).days


def test_an_event_whose_lines_are_to_come_counts() -> None:
    event = {"recipe": "sold", "answers": {"date": "2024-10-01"}}
    draft = f4.read(json.dumps({"form": "4", "interview": {"at": "lines", "events": [event]}}))

    due = f4.due(draft)

    assert due is not None
    assert due.day == date(2024, 10, 3)
    assert f4.due(f4.Filing()) is None
