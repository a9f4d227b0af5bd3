"""Running the checks: order, lines, profiles, dates; what can't run blocks; what the schema refuses blocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from lxml import etree

from form4_author.checks import registry, run, schema
from form4_author.checks.base import Cite, Context, Profile, rule
from form4_author.checks.registry import by_id, running
from form4_author.checks.run import check_document, check_draft, edition_of, last_signature_date
from form4_author.codes import current_edition
from form4_author.errors import ResourceMissing, UnreadableInput
from form4_author.findings import Finding, Hit, Severity, path_text
from form4_author.model.facts import Facts
from form4_author.model.filing import Filing
from form4_author.model.party import Signature
from form4_author.model.submission import Submission
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_of
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document
from tests.builders import make_draft, make_filing
from tests.selection import some
from tests.wire.mutation import mutants
from tests.wire.mutation_documents import CURRENT, full_document
from tests.wire.test_kind_of_file import envelope, full_text, member

if TYPE_CHECKING:
    from collections.abc import Iterator

AS_OF: Final = date(2024, 11, 4)
FIXTURES: Final = sorted((Path(__file__).parents[1] / "corpus").glob("*.xml"))
SEED: Final = write_document(make_filing())


def of_draft(*edits: str) -> tuple[Finding, ...]:
    return check_draft(
        draft_of(make_draft("seed", edits)), AS_OF, sec_calendar(), data=make_draft("seed", edits)
    )


def of_file(data: bytes, as_of: date = AS_OF) -> tuple[Finding, ...]:
    return check_document(read_document(data), as_of, sec_calendar())


# Order and lines.


def test_findings_stand_in_the_order_of_the_form() -> None:
    found = of_draft(
        "signatures = []",
        "footnotes[0].id = F01",
        "delete non_derivative[0].price",
        "delete non_derivative[0].security_title",
        "owners[0].cik = x",
        "delete issuer.cik",
        "form = 4",
        "delete period_of_report",
    )

    paths = [path_text(f.path) for f in found if f.severity is Severity.SUSPENSE]
    assert paths == [
        "period_of_report",
        "issuer.cik",
        "owners[0].cik",
        "non_derivative[0].security_title",
        "non_derivative[0].amount",
        "non_derivative[0].price",
        "footnotes[0]",
        "footnotes[0].id",
        "signatures",
    ]


def test_findings_of_rows_stand_in_the_order_of_their_numbers() -> None:
    rows = [f'non_derivative[{n}] = {{"kind": "holding", "ownership_form": "D"}}' for n in range(1, 12)]
    found = of_draft(*rows)
    numbers = [f.path[1] for f in found if f.id == "FTN-012"]

    assert numbers == list(range(1, 12))


def test_findings_of_one_place_stand_in_the_order_of_their_ids() -> None:
    found = of_draft("zzz = 1", "aaa = 1", "remark = 1")

    assert [(f.id, path_text(f.path)) for f in found] == [
        ("DOC-029", "aaa"),
        ("DOC-029", "remark"),
        ("DOC-029", "zzz"),
    ]


def test_value_that_does_not_fit_hides_no_other_fault() -> None:
    found = of_draft("issuer.cik = x", "delete aff10b5_one", "date_of_original_submission = 2024-10-01Z")

    assert [f.id for f in found] == ["AMD-001", "DOC-021", "ISS-001", "PLN-001"]


def test_nothing_is_told_twice() -> None:
    found = of_draft("period_of_report = 11/01/2024", "issuer.cik = x", "owners[0].address.state = ca")

    assert len(found) == len({(f.id, f.path, f.message) for f in found})
    assert [f.id for f in found if f.path == ("issuer", "cik")] == ["ISS-001"]


def test_finding_of_a_file_has_the_line_of_its_cell() -> None:
    data = SEED.replace(b"<value>120.34</value>", b"<value>1,0</value>")
    found = of_file(data)

    assert [(f.id, f.line) for f in found] == [("DOC-006", data[: data.index(b"1,0")].count(b"\n") + 1)]


def test_finding_about_what_is_missing_has_the_line_of_what_is_around() -> None:
    data = SEED.replace(b"        <issuerCik>1107843</issuerCik>\n", b"")
    found = of_file(data)

    assert [(f.id, f.line) for f in found] == [("ISS-001", data[: data.index(b"<issuer>")].count(b"\n") + 1)]


def test_lines_count_from_the_top_of_a_submission_text() -> None:
    data = full_text(SEED.replace(b"<value>120.34</value>", b"<value>1,0</value>"))
    found = [f for f in of_file(data) if f.id == "DOC-006"]

    assert [f.line for f in found] == [data[: data.index(b"1,0")].count(b"\n") + 1]


def test_finding_of_a_draft_has_no_line() -> None:
    assert [f.line for f in of_draft("delete issuer.cik")] == [None]


def test_finding_carries_the_severity_and_the_sources_of_its_rule() -> None:
    (found,) = of_draft("delete issuer.cik")
    declared = by_id()["ISS-001"]

    assert (found.severity, found.cites) == (declared.severity, tuple(c.text for c in declared.cites))


# Profiles and editions.


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_filing_that_edgar_accepted_has_no_suspense_finding(path: Path) -> None:
    document = read_document(path.read_bytes())
    signed = last_signature_date(document.filing)
    assert signed is not None

    found = check_document(document, signed, sec_calendar())

    assert [(f.id, f.path, f.message) for f in found if f.severity is Severity.SUSPENSE] == []


def test_public_document_is_judged_by_its_own_edition() -> None:
    data = write_document(make_filing(), edition_of(Filing(form="4", edition="X0306")))

    assert b"aff10b5One" not in data
    assert [f.id for f in of_file(data)] == []
    unstamped = data.replace(b"<schemaVersion>X0306</schemaVersion>", b"")
    assert "PLN-001" in [f.id for f in of_file(unstamped)]


@pytest.mark.parametrize(
    ("stamp", "form", "message"),
    [
        ("X0999", "4", 'schemaVersion "X0999" is not a known edition of Form 4; checked against X0609'),
        ("X0607", "4", 'schemaVersion "X0607" is not a known edition of Form 4; checked against X0609'),
        ("X0508", "9", 'schemaVersion "X0508" is not a known edition of the form; checked against X0609'),
    ],
)
def test_unknown_edition_is_told_and_judged_by_the_current_one(stamp: str, form: str, message: str) -> None:
    stamped = f"<schemaVersion>{stamp}</schemaVersion><documentType>{form}<".encode()
    found = [f for f in of_file(SEED.replace(b"<documentType>4<", stamped)) if f.id == "DOC-034"]

    if form == "9":
        assert found == []
    else:
        assert [(f.path, f.message) for f in found] == [(("edition",), message)]


@pytest.mark.parametrize(
    ("form", "edition", "expected"),
    [
        ("4", "X0306", "X0306"),
        ("4", "X0607", "X0609"),
        ("3", "X0609", "X0607"),
        ("3", "X0206", "X0206"),
        ("4", "X9999", "X0609"),
        ("5/A", None, "X0609"),
        (None, None, "X0609"),
    ],
)
def test_edition_of_a_public_document(form: str | None, edition: str | None, expected: str) -> None:
    assert edition_of(Filing(form=form, edition=edition)).edition == expected


def test_last_signature_date() -> None:
    days = (Signature(date=date(2024, 11, 4)), Signature(), Signature(date=date(2024, 11, 5)))

    assert last_signature_date(Filing(signatures=days)) == date(2024, 11, 5)
    assert last_signature_date(Filing(signatures=(Signature(),))) is None


def test_day_of_judgment_matters() -> None:
    assert of_file(SEED) == ()
    assert [f.id for f in of_file(SEED, date(2024, 10, 31)) if f.id.startswith("DAT")] != []


def test_rules_see_the_context(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Context] = []

    def looks(_filing: Filing, context: Context) -> Iterator[Hit]:
        seen.append(context)
        yield from ()

    monkeypatch.setattr(
        run, "running", lambda *, facts: (rule("TXN-007", "Looks", Severity.NOTE, Cite("x"))(looks),)
    )
    public = read_document(FIXTURES[0].read_bytes())
    of_draft()
    of_file(SEED)
    of_file(envelope(member("a.xml", "4", SEED)))
    check_document(public, AS_OF, sec_calendar())

    assert [c.profile for c in seen] == [
        Profile.DRAFT,
        Profile.SUBMISSION,
        Profile.SUBMISSION,
        Profile.PUBLIC,
    ]
    assert [c.edition.edition for c in seen] == ["X0609", "X0609", "X0609", public.filing.edition]
    assert [c.as_of for c in seen] == [AS_OF] * 4
    assert [c.submission is not None for c in seen] == [False, False, True, False]
    assert [p.will_be_sent for p in Profile] == [True, True, False]


def test_the_day_of_filing_is_the_one_that_is_known_best() -> None:
    context = Context(
        as_of=AS_OF, profile=Profile.PUBLIC, edition=current_edition("4"), calendar=sec_calendar()
    )
    told = Facts(filing_at=datetime.fromisoformat("2024-11-06T21:59:00-05:00"))
    header = Submission(type="4", filed=date(2024, 11, 5))

    assert context.filing_day is None
    assert replace(context, submission=header).filing_day == date(2024, 11, 5)
    assert replace(context, profile=Profile.DRAFT, submission=header).filing_day == AS_OF
    assert replace(context, profile=Profile.DRAFT, facts=told).filing_day == date(2024, 11, 6)


# Envelopes.


def test_ccc_is_told_of_a_file_and_not_of_an_envelope() -> None:
    data = SEED.replace(b"</rptOwnerCik>", b"</rptOwnerCik><rptOwnerCcc>abcd123$</rptOwnerCcc>")

    assert [(f.id, f.severity) for f in of_file(data)] == [("OWN-025", Severity.WARNING)]
    assert [f.id for f in of_file(envelope(member("a.xml", "4", data)))] == []


@pytest.mark.parametrize(
    ("secret", "told"),
    [
        ("", "is missing"),
        ("<rptOwnerCcc/>", "is missing"),
        ("<rptOwnerCcc>abc123$</rptOwnerCcc>", "has 7 characters"),
        ("<rptOwnerCcc>abcd1234$</rptOwnerCcc>", "has 9 characters"),
    ],
)
def test_ccc_of_an_envelope_that_is_none(secret: str, told: str) -> None:
    data = SEED.replace(b"</rptOwnerCik>", f"</rptOwnerCik>{secret}".encode())
    found = [f for f in of_file(envelope(member("a.xml", "4", data))) if f.id == "OWN-003"]

    assert [(path_text(f.path), f.severity, f.message) for f in found] == [
        (
            "owners[0]",
            Severity.SUSPENSE,
            f"The CCC of Reporting Person 1 {told}; EDGAR requires 8",
        )
    ]
    assert not any("abc" in f.message for f in of_file(envelope(member("a.xml", "4", data))))
    assert "OWN-003" not in [f.id for f in of_file(data)]


@pytest.mark.parametrize(("spelled", "told"), [("true", True), ("1", False), ("false", False), ("0", False)])
def test_swap_flag_that_the_page_of_the_sec_does_not_show(spelled: str, *, told: bool) -> None:
    flag = f"<equitySwapInvolved>{spelled}</equitySwapInvolved>".encode()
    data = SEED.replace(b"<equitySwapInvolved>0</equitySwapInvolved>", flag)
    assert flag in data
    data = b"\n\n" + data.partition(b"?>")[2].lstrip()  # what stands above is counted too
    found = [f for f in of_file(data) if f.id == "TXN-005"]
    public = data.replace(b"<documentType>", b"<schemaVersion>X0609</schemaVersion><documentType>")

    assert [(path_text(f.path), f.line, f.severity, f.message) for f in found] == told * [
        (
            "non_derivative[0].equity_swap",
            data[: data.index(flag)].count(b"\n") + 1,
            Severity.NOTE,
            'Equity Swap Involved is "true", but the SEC\'s page shows /K only for "1"; write 1',
        )
    ]
    assert "TXN-005" not in [f.id for f in of_file(public)]


def test_envelope_that_breaks_its_schema() -> None:
    data = envelope(member("form4.xml", "4", SEED)).replace(b"TEST", b"MAYBE")
    found = [f for f in of_file(data) if f.id == "DOC-042"]

    assert [(f.line, f.message) for f in found if "testOrLive" in f.message] == [
        (2, "<testOrLive> of the envelope is not valid: its text must be one of TEST, LIVE")
    ]


def test_envelope_with_something_unknown() -> None:
    data = envelope(member("form4.xml", "4", SEED)).replace(b"<testOrLive>", b"<unknown/><testOrLive>")
    found = [f for f in of_file(data) if f.id == "DOC-042"]

    assert [f.message for f in found] == ["<unknown> of the envelope is not valid: EDGAR expects testOrLive"]


def test_envelope_with_something_of_another_namespace() -> None:
    foreign = b'<x:unknown xmlns:x="urn:x"/><testOrLive>'
    data = envelope(member("form4.xml", "4", SEED)).replace(b"<testOrLive>", foreign)
    found = [f for f in of_file(data) if f.id == "DOC-042"]

    assert [f.message for f in found] == ["An element of the envelope is not valid: EDGAR expects testOrLive"]


# What can't run blocks.


def _failing(_filing: Filing, _context: Context) -> Iterator[Hit]:
    yield Hit((), "before the failure")
    raise ZeroDivisionError("inside")


def test_rule_that_fails_blocks_and_the_others_are_still_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = running()
    broken = rule("TXN-007", "Fails", Severity.WARNING, Cite("x"))(_failing)
    monkeypatch.setattr(run, "running", lambda *, facts: (broken, *whole))

    found = of_draft("non_derivative[0].acquired_disposed = A")

    assert [(f.id, f.severity, f.message) for f in found if f.id == "DOC-031"] == [
        (
            "DOC-031",
            Severity.SUSPENSE,
            "Check TXN-007 failed inside form4 (ZeroDivisionError); please report it",
        )
    ]
    assert {"before the failure"} < {f.message for f in found}
    assert len([f for f in found if f.id != "DOC-031"]) > 1


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            ResourceMissing("schemas/x is missing", remedy="Reinstall form4-author"),
            "The schema check could not run: schemas/x is missing. Reinstall form4-author.",
        ),
        (KeyError("x"), "Check of the schema failed inside form4 (KeyError); please report it"),
    ],
)
def test_schema_check_that_cannot_run_blocks(
    error: Exception, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> Any:
        raise error

    monkeypatch.setattr(run, "tree_verdict", fails)
    expected = [("DOC-031", Severity.SUSPENSE, (), message)]

    for found in (of_draft(), of_file(SEED)):
        assert [(f.id, f.severity, f.path, f.message) for f in found] == expected


def test_draft_schema_that_cannot_be_read_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> Any:
        raise ResourceMissing("schemas/draft-2.schema.json is missing", remedy="Reinstall form4-author")

    monkeypatch.setattr(run, "draft_hits", fails)

    assert [f.message for f in of_draft()] == [
        "The schema check could not run: schemas/draft-2.schema.json is missing. Reinstall form4-author."
    ]


def test_refusal_that_nothing_explains_blocks_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    real = schema.tree_verdict
    monkeypatch.setattr(run, "tree_verdict", lambda *of: replace(real(*of), hits=()))
    moved = SEED.replace(b"    <aff10b5One>0</aff10b5One>", b"").replace(
        b"<reportingOwner>", b"<aff10b5One>0</aff10b5One><reportingOwner>"
    )

    assert [(f.id, f.severity, f.message) for f in of_file(moved)] == [
        ("DOC-002", Severity.SUSPENSE, "EDGAR's schema rejects the document; form4 cannot determine where")
    ]


@pytest.mark.parametrize("form", some(["3/A", "4", "5"], ["4"]))
@pytest.mark.parametrize(
    "kind", ["removed", "repeated", "moved", "emptied", "strange", "mixed", "blanks", "lengths", "keys"]
)
def test_whatever_the_schema_refuses_has_a_finding_that_blocks_and_says_where(form: str, kind: str) -> None:
    unexplained = []
    refused = 0
    for mutant in list(mutants(kind, full_document(CURRENT, form)))[::7]:
        try:
            document = read_document(etree.tostring(mutant.root))
        except UnreadableInput:
            continue
        edition = current_edition(document.filing.base or "4")
        if schema.tree_verdict(document.root, document.filing, edition).accepted:
            continue
        refused += 1
        found = check_document(document, date(2026, 3, 24), sec_calendar())
        blocking = [f for f in found if f.severity is Severity.SUSPENSE]
        if not blocking or any("cannot tell the place" in f.message for f in blocking):
            unexplained.append(mutant.label)

    assert unexplained == []
    assert refused > 0


# Speed of a hostile file.


def test_many_faults_are_told_without_walking_the_document_for_each() -> None:
    rows = b"<nonDerivativeHolding><unknown/></nonDerivativeHolding>" * 2000
    data = SEED.replace(b"<nonDerivativeTable>", b"<nonDerivativeTable>" + rows)

    found = of_file(data)

    assert [f.message for f in found if f.id == "DOC-009"] == [
        "A filing can have at most 30 rows of Table I; found 2001; form4 render and form4 pack divide the draft"
    ]


# The declarations.


def test_two_rules_of_one_id_are_a_bug() -> None:
    one = rule("TXN-007", "One", Severity.NOTE, Cite("x"))(_failing)

    with pytest.raises(ValueError, match="two rules have the id TXN-007"):
        registry._indexed((one, one))


def test_every_schema_that_ships_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    assert schema.compiled_schemas() == ("X0306", "X0508", "X0609")

    def damaged(*_: str) -> etree.XMLSchema:
        return etree.XMLSchema(etree.fromstring("<schema/>"))

    monkeypatch.setattr(schema, "_xsd", damaged)
    with pytest.raises(ResourceMissing) as refused:
        schema.compiled_schemas()
    assert str(refused.value) == ("schemas/ownership/X0306/form3.xsd is damaged. Reinstall form4-author.")


# Files that can't be read.


def test_unreadable_file_is_one_finding_that_blocks() -> None:
    error = UnreadableInput("It is broken", remedy="Mend it", id="DOC-023", line=3, column=4)

    assert run.unreadable_finding(error) == Finding(
        "DOC-023",
        Severity.SUSPENSE,
        (),
        "It is broken. Mend it.",
        tuple(c.text for c in by_id()["DOC-023"].cites),
        line=3,
        column=4,
    )
