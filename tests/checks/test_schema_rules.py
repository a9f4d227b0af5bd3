"""The rules that the reader and the schema layer enforce, on both sides: ids, paths, whole messages, lines.

What a draft can show of them is in their case files; what only a file can show is shown here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from form4_author.checks.example import DEFAULT, draft, edited
from form4_author.checks.fault import value_fault
from form4_author.checks.registry import by_id
from form4_author.checks.run import check_document, check_draft
from form4_author.checks.stated import stated_rules
from form4_author.findings import Finding, path_text
from form4_author.model.label import field_at
from form4_author.text import day
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_of
from form4_author.wire.filing import filing_from
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document
from tests.builders import last_signed, make_filing

if TYPE_CHECKING:
    from collections.abc import Mapping


def findings(example: str) -> tuple[Finding, ...]:
    named = re.match(r"@([a-z0-9_]+)", example)
    as_of = last_signed(named[1] if named else DEFAULT)
    return check_draft(draft_of(edited(example)), day(as_of), sec_calendar(), data=edited(example))


def told(found: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(f.id, path_text(f.path), f.message) for f in found]


REQUIRED: Final[list[tuple[str, str, str, str]]] = [
    ("delete form", "DOC-001", "form", "Form type is required on the form"),
    ("delete period_of_report", "DOC-032", "period_of_report", "Date of Earliest Transaction is required on Form 4"),
    ("delete issuer.cik", "ISS-001", "issuer.cik", "Issuer CIK is required on Form 4"),
    ("delete issuer.trading_symbol", "ISS-002", "issuer.trading_symbol", "Ticker or Trading Symbol is required on Form 4"),
    ("owners = []", "OWN-001", "owners", "At least one Reporting Person is required on Form 4"),
    ("delete owners[0].cik", "OWN-026", "owners[0].cik", "CIK of Reporting Person is required on Form 4"),
    ("delete aff10b5_one", "PLN-001", "aff10b5_one", "Rule 10b5-1(c) box is required on Form 4"),
    ("signatures = []", "SIG-001", "signatures", "At least one Signature is required on Form 4"),
    ("delete signatures[0].date", "SIG-001", "signatures[0].date", "Date of signature is required on Form 4"),
    ("delete signatures[0].name", "SIG-001", "signatures[0].name", "Signature of Reporting Person is required on Form 4"),
    ("delete non_derivative[0].security_title", "FTN-012", "non_derivative[0].security_title", "Title of Security is required on Form 4"),
    ("delete non_derivative[0].transaction_date", "FTN-012", "non_derivative[0].transaction_date", "Transaction Date is required on Form 4"),
    ("delete non_derivative[0].transaction_form_type", "TXN-002", "non_derivative[0].transaction_form_type", "Form Type is required on Form 4"),
    ("delete non_derivative[0].transaction_code", "TXN-001", "non_derivative[0].transaction_code", "Transaction Code is required on Form 4"),
    ("delete non_derivative[0].equity_swap", "TXN-004", "non_derivative[0].equity_swap", "Equity Swap Involved is required on Form 4"),
    ("delete non_derivative[0].price", "TXN-011", "non_derivative[0].price", "Price is required on Form 4 (a value or a footnote)"),
    ("delete non_derivative[0].acquired_disposed", "TXN-045", "non_derivative[0].acquired_disposed", "(A) or (D) is required on Form 4"),
    ("delete non_derivative[0].ownership_form", "HLD-005", "non_derivative[0].ownership_form", "Ownership Form is required on Form 4"),
    ("delete non_derivative[0].amount_owned_following", "HLD-001", "non_derivative[0].amount_owned_following", "Amount Owned Following Transaction(s) or Value Owned Following Transaction(s) is required on Form 4"),
    ("@exercise: delete derivative[0].exercise_price", "DRV-001", "derivative[0].exercise_price", "Conversion or Exercise Price is required on Form 4 (a value or a footnote)"),
    ("@exercise: delete derivative[0].date_exercisable", "DRV-002", "derivative[0].date_exercisable", "Date Exercisable is required on Form 4 (a value or a footnote)"),
    ("@exercise: delete derivative[0].expiration_date", "DRV-003", "derivative[0].expiration_date", "Expiration Date is required on Form 4 (a value or a footnote)"),
    ("@exercise: delete derivative[0].amount", "DRV-005", "derivative[0].amount", "Number or Total Value is required on Form 4"),
    ("@amendment: delete date_of_original_submission", "AMD-001", "date_of_original_submission", "Date Original Filed is required on Form 4/A"),
    ("@form3: delete period_of_report", "DOC-032", "period_of_report", "Date of Event Requiring Statement is required on Form 3"),
    ("@form5: delete period_of_report", "DOC-032", "period_of_report", "Issuer's Fiscal Year Ended is required on Form 5"),
    ("delete footnotes[0].id", "FTN-001", "footnotes[0].id", "Footnote number is required on Form 4"),
]  # fmt: skip


@pytest.mark.parametrize(("example", "id", "path", "message"), REQUIRED)
def test_required_field_that_is_missing(example: str, id: str, path: str, message: str) -> None:
    found = [f for f in findings(example) if f.id == id]

    assert told(tuple(found)) == [(id, path, message)]


def test_one_missing_field_is_told_once() -> None:
    assert told(findings("delete aff10b5_one")) == [
        ("PLN-001", "aff10b5_one", "Rule 10b5-1(c) box is required on Form 4")
    ]
    assert told(findings("delete issuer.cik")) == [
        ("ISS-001", "issuer.cik", "Issuer CIK is required on Form 4")
    ]


NOT_USED: Final[list[tuple[str, str, str, str]]] = [
    ("date_of_original_submission = 2024-10-01", "AMD-001", "date_of_original_submission", "Date Original Filed is not used on Form 4; remove it"),
    ("date_of_original_submission = 2024-10-01-05:00", "AMD-001", "date_of_original_submission", "Date Original Filed is not used on Form 4; remove it"),
    ("@form3: not_subject_to_section16 = true", "F3-003", "not_subject_to_section16", "No longer subject to Section 16 is not used on Form 3; remove it"),
    ("@form3: derivative[0].amount_owned_following = 100", "F3-002", "derivative[0].amount_owned_following", "Amount Owned Following Transaction(s) is not used on Form 3; remove it"),
    ("@form3: non_derivative[0].kind = transaction", "F3-001", "non_derivative[0]", "Form 3 does not report transactions; use Form 4"),
    ("@form3: non_derivative[0].price = 10", "DOC-041", "non_derivative[0].price", "Price is not used on a holding; remove it or make the row a transaction"),
    ("@form3: non_derivative[0].transaction_form_type = 3", "DOC-041", "non_derivative[0].transaction_form_type", "Form Type is not used on Form 3; remove it"),
]  # fmt: skip


@pytest.mark.parametrize(("example", "id", "path", "message"), NOT_USED)
def test_field_that_the_form_does_not_have(example: str, id: str, path: str, message: str) -> None:
    assert (id, path, message) in told(findings(example))


BOTH: Final = "{} are both given; give exactly one"
OWNED: Final = "Amount Owned Following Transaction(s) and Value Owned Following Transaction(s)"
CELLS: Final[list[tuple[str, str, str, str]]] = [
    ('non_derivative[0].amount = {"footnotes": ["F1"]}', "FTN-012", "non_derivative[0].amount", "Amount needs a number; a footnote alone is not enough here"),
    ('non_derivative[0].security_title = {"footnotes": ["F1"]}', "FTN-012", "non_derivative[0].security_title", "Title of Security needs a value; a footnote alone is not enough here"),
    ('non_derivative[0].amount_owned_following = {"footnotes": ["F1"]}', "FTN-012", "non_derivative[0].amount_owned_following", "Amount Owned Following Transaction(s) needs a number; a footnote alone is not enough here"),
    ("non_derivative[0].value_owned_following = 5", "HLD-001", "non_derivative[0].value_owned_following", BOTH.format(OWNED)),
    ("@exercise: derivative[0].total_value = 5", "DRV-005", "derivative[0].total_value", BOTH.format("Number and Total Value")),
    ('@exercise: derivative[0].acquired_disposed = {"value": "D", "footnotes": ["F1"]}', "DRV-027", "derivative[0].acquired_disposed", "(A) or (D) cannot have a footnote here; attach it to a different cell of the row"),
]  # fmt: skip


@pytest.mark.parametrize(("example", "id", "path", "message"), CELLS)
def test_cell_with_the_wrong_half(example: str, id: str, path: str, message: str) -> None:
    assert (id, path, message) in told(findings(example))


def test_footnote_on_a_cell_of_table_i_that_takes_one() -> None:
    example = 'non_derivative[0].acquired_disposed = {"value": "D", "footnotes": ["F1"]}'

    assert findings(example) == ()


VALUES: Final[list[tuple[str, str, str, str]]] = [
    ("form = 4/a", "DOC-001", "form", 'Form type must be 3 or 3/A or 4 or 4/A or 5 or 5/A; found "4/a"'),
    ("period_of_report = 11/01/2024", "DOC-007", "period_of_report", 'Period of Report must be a date written YYYY-MM-DD; found "11/01/2024"'),
    ("period_of_report = 2024-02-30", "DOC-007", "period_of_report", 'Period of Report must be a date written YYYY-MM-DD; found "2024-02-30"'),
    ("period_of_report = 2024-11-01Z", "DOC-021", "period_of_report", 'Period of Report 2024-11-01 has a time zone, "Z"; remove it'),
    ("issuer.cik = CIK1107843", "ISS-001", "issuer.cik", 'Issuer CIK must be 1 to 10 digits; found "CIK1107843"'),
    ("issuer.cik = 12345678901", "ISS-001", "issuer.cik", 'Issuer CIK must be 1 to 10 digits; found "12345678901"'),
    ("owners[0].cik = Thakar", "OWN-026", "owners[0].cik", 'CIK of Reporting Person must be 1 to 10 digits; found "Thakar"'),
    ("owners[0].officer_title = Chief Executive Officer, President and Director", "DOC-008", "owners[0].officer_title", "Officer title may have at most 30 characters; it has 47"),
    ("owners[0].address.zip = 94404/6", "OWN-018", "owners[0].address.zip", 'Zip/Postal Code accepts only letters, digits, spaces, # and -; found "94404/6"'),
    ("owners[0].address.zip = 94404-12345", "OWN-018", "owners[0].address.zip", "Zip/Postal Code may have at most 10 characters; it has 11"),
    ("owners[0].address.state = California", "OWN-017", "owners[0].address.state", 'State "California" is not one of 57 codes; closest: "CA" (CALIFORNIA)'),
    ("owners[0].address.state = ca", "OWN-017", "owners[0].address.state", 'State "ca" is not one of 57 codes; closest: "CA" (CALIFORNIA)'),
    ("owners[0].address.state = X0", "OWN-017", "owners[0].address.state", 'State "X0" (UNITED KINGDOM) is not a US state; enter it as Country and check Non-US Address'),
    ("owners[0].address.state = ??", "OWN-017", "owners[0].address.state", 'State "??" is not one of 57 codes'),
    ("owners[0].address.non_us = maybe", "DOC-033", "owners[0].address.non_us", 'Non-US Address must be 1, 0, true or false; found "maybe"'),
    ("non_derivative[0].price = 1,000", "DOC-006", "non_derivative[0].price", 'Price must be digits with at most one decimal point; found "1,000"'),
    ("non_derivative[0].price = -1", "DOC-006", "non_derivative[0].price", 'Price must be digits with at most one decimal point; found "-1"'),
    ("non_derivative[0].price = .", "DOC-006", "non_derivative[0].price", 'Price must be digits with at most one decimal point; found "."'),
    ("non_derivative[0].price = 1.23456", "DOC-006", "non_derivative[0].price", 'Price may have at most 4 decimals; found "1.23456"'),
    ("non_derivative[0].price = 1000000000000", "DOC-006", "non_derivative[0].price", 'Price must be at most 999,999,999,999.9999; found "1000000000000"'),
    ("non_derivative[0].transaction_code = V", "TXN-001", "non_derivative[0].transaction_code", 'Transaction Code "V" is a mark that EDGAR adds, not a code to file; use transactionFormType 5 on a Form 4 instead'),
    ("non_derivative[0].transaction_code = Q", "TXN-001", "non_derivative[0].transaction_code", 'Transaction Code "Q" is not one of 18 codes'),
    ("non_derivative[0].transaction_code = f", "TXN-001", "non_derivative[0].transaction_code", ""),
    ("non_derivative[0].transaction_form_type = 3", "TXN-002", "non_derivative[0].transaction_form_type", 'Form Type must be 4 or 5; found "3"'),
    ("non_derivative[0].acquired_disposed = S", "TXN-045", "non_derivative[0].acquired_disposed", '(A) or (D) must be A or D; found "S"'),
    ("non_derivative[0].ownership_form = Direct", "HLD-005", "non_derivative[0].ownership_form", 'Ownership Form must be D or I; found "Direct"'),
    ('@form5: non_derivative[1] = {"kind": "holding", "security_title": "A", "transaction_form_type": "4", "amount_owned_following": "10", "ownership_form": "D"}', "F5-011", "non_derivative[1].transaction_form_type", 'Form Type must be 3; found "4"'),
    ("footnotes[0].id = F01", "FTN-001", "footnotes[0].id", 'Footnote number must be F1 to F99; found "F01"'),
    ('footnotes[1] = {"id": "F1", "text": "Again."}', "FTN-002", "footnotes[1].id", "Footnote F1 is defined twice; give each its own number"),
]  # fmt: skip


@pytest.mark.parametrize(("example", "id", "path", "message"), VALUES)
def test_value_that_does_not_fit(example: str, id: str, path: str, message: str) -> None:
    found = [f for f in told(findings(example)) if f[:2] == (id, path)]

    if message:
        assert found == [(id, path, message)]
    else:
        assert found[0][2].startswith('Transaction Code "f" is not one of 18 codes; closest: "F" (')


DRAFTS: Final[list[tuple[str, str, str, str]]] = [
    ("remark = x", "DOC-029", "remark", '"remark" is not a known key here; closest: "remarks"'),
    ("zzz = x", "DOC-029", "zzz", '"zzz" is not a known key here'),
    ("edition = X0508", "DOC-029", "edition", '"edition" is not a known key here'),
    ("owners[0].address.street = x", "DOC-029", "owners[0].address.street", '"street" is not a known key here; closest: "street2"'),
    ('non_derivative[0].amount = {"value": "7007", "footnote": ["F1"]}', "DOC-029", "non_derivative[0].amount.footnote", '"footnote" is not a known key here; closest: "footnotes"'),
    ("non_derivative[0].exercise_price = 5", "DOC-029", "non_derivative[0].exercise_price", '"exercise_price" is not a known key here'),
    ('remarks = {"text": "x"}', "DOC-030", "remarks", 'Remarks must be text in quotes; found {"text": "x"}'),
    ("remarks = null", "DOC-030", "remarks", "Remarks must be text in quotes; found null"),
    ('form = ["4"]', "DOC-030", "form", 'Form type must be 3 or 3/A or 4 or 4/A or 5 or 5/A; found ["4"]'),
    ("owners[0].address.state = true", "DOC-030", "owners[0].address.state", "State must be one of 57 codes; found true"),
    ("aff10b5_one = {}", "DOC-030", "aff10b5_one", "Rule 10b5-1(c) box must be true or false or 1 or 0; found {}"),
    ('owners = {"cik": "1"}', "DOC-030", "owners", '"owners" must be a list; found {"cik": "1"}'),
    ('owners[0] = "x"', "DOC-030", "owners[0]", '"owners[0]" must be a group of keys; found "x"'),
    ("issuer = []", "DOC-030", "issuer", '"issuer" must be a group of keys; found []'),
    ("non_derivative[0].kind = hold", "DOC-030", "non_derivative[0].kind", '"non_derivative[0].kind" must be transaction or holding; found "hold"'),
    ("delete non_derivative[0].kind", "DOC-030", "non_derivative[0]", '"kind" must be given'),
    ("non_derivative[0].amount = [1]", "DOC-030", "non_derivative[0].amount", "Amount must be text in quotes; found [1]"),
    ("non_derivative[0].amount = true", "DOC-030", "non_derivative[0].amount", "Amount must be text in quotes; found true"),
    ('non_derivative[0].amount = {"value": {"a": "b"}}', "DOC-030", "non_derivative[0].amount", 'Amount must be text in quotes; found {"a": "b"}'),
    ('non_derivative[0].amount = {"value": "7007", "footnotes": "F1"}', "DOC-030", "non_derivative[0].amount", 'Footnote references must be a list of F1 to F99; found "F1"'),
    ('non_derivative[0].amount = {"value": "7007", "footnotes": ["F01"]}', "DOC-030", "non_derivative[0].amount", 'Footnote references must be a list of F1 to F99; found "F01"'),
    ('interview = ["0123456789012345678901234567890123456789"]', "DOC-030", "interview", '"interview" must be a group of keys; found ["01234567890123456789012345678901234567…'),
    ('remarks = "a\\u0001b"', "DOC-024", "remarks", "Remarks has a control character, U+0001; remove it"),
    ('footnotes[0].text = "a\\ud800"', "DOC-024", "footnotes[0].text", "Footnote text has a control character, U+D800; remove it"),
    ('issuer.cik = " 1107843 "', "DOC-018", "issuer.cik", 'Issuer CIK has spaces or line breaks around "1107843"; remove them'),
]  # fmt: skip


@pytest.mark.parametrize(("example", "id", "path", "message"), DRAFTS)
def test_what_a_draft_may_not_hold(example: str, id: str, path: str, message: str) -> None:
    assert [f for f in told(findings(example)) if f[0] == id and f[1] == path] == [(id, path, message)]


def test_form_type_of_a_late_holding_is_judged_as_a_holdings() -> None:
    holding = '{"kind": "holding", "security_title": "A", "transaction_form_type": "9", "amount_owned_following": "1", "ownership_form": "D"}'
    found = told(findings(f"@form5: non_derivative[1] = {holding}"))

    assert [f for f in found if f[1].endswith("form_type")] == [
        ("F5-011", "non_derivative[1].transaction_form_type", 'Form Type must be 3; found "9"')
    ]


def test_reference_that_xml_cannot_hold_stops_no_check() -> None:
    found = findings('non_derivative[0].amount = {"value": "7007", "footnotes": ["F1\\u0001"]}')

    assert "DOC-031" not in [f.id for f in found]
    assert ("DOC-030", ("non_derivative", 0, "amount")) in [(f.id, f.path) for f in found]


def test_blank_answer_is_no_answer() -> None:
    assert findings('owners[0].address.street2 = " "') == ()
    assert [f.id for f in findings('owners[0].address.state = " "')] == ["OWN-017"]


def test_yaml_scalars_are_judged_as_they_stand() -> None:
    data = {**draft(), "aff10b5_one": "false", "format": 2}

    assert check_draft(draft_of(data), day("2024-11-04"), sec_calendar(), data=data) == ()


# What only a file can show.


def of_file(changes: Mapping[str, str], *, edits: list[str] | None = None) -> list[tuple[str, str, str]]:
    """Findings of the seed as it is sent, with texts replaced in its XML."""
    text = write_document(make_filing("seed", edits or [])).decode()
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    return told(check_document(read_document(text.encode()), day("2024-11-04"), sec_calendar()))


FILES: Final[list[tuple[str, str, str, str, str]]] = [
    ("<periodOfReport>2024-11-01<", "<periodOfReport><", "DOC-005", "period_of_report", "Period of Report is empty; give a value or leave it out"),
    ("<isDirector>1<", "<isDirector>yes<", "DOC-033", "owners[0].is_director", 'Director must be 1, 0, true or false; found "yes"'),
    ("<isDirector>1<", "<isDirector> 1<", "DOC-018", "owners[0].is_director", 'Director has spaces or line breaks around "1"; remove them'),
    ("<issuerCik>", "<issuerCik> ", "DOC-018", "issuer.cik", 'Issuer CIK has spaces or line breaks around "1107843"; remove them'),
    ("<value>7007<", "<value>7007 <", "DOC-018", "non_derivative[0].amount", 'Amount has spaces or line breaks around "7007"; remove them'),
    ('<footnote id="F1">', '<footnote id="F01">', "FTN-001", "footnotes[0].id", 'Footnote number must be F1 to F99; found "F01"'),
    ('<footnoteId id="F1"/>', '<footnoteId id="F01"/>', "FTN-001", "non_derivative[0].amount", 'Footnote references must be F1 to F99; found "F01"'),
    ('<footnoteId id="F1"/>', "<footnoteId/>", "FTN-001", "non_derivative[0].amount", 'Footnote references must be F1 to F99; found ""'),
    ("<value>7007<", "<value>+7007<", "DOC-006", "non_derivative[0].amount", 'Amount must be digits with at most one decimal point; found "+7007"'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "id", "path", "message"), FILES)
def test_text_that_edgar_does_not_take(old: str, new: str, id: str, path: str, message: str) -> None:
    found = of_file({old: new})

    beside = {"TXN-015"}  # the footnote that told what shares were withheld from is not read any more

    assert [
        hit for hit in found if not hit[0].startswith("FTN-00") or hit[0] == id if hit[0] not in beside
    ] == [(id, path, message)]


def test_both_values_of_a_repeated_element_are_told() -> None:
    told_of = of_file({"<issuerCik>1107843</issuerCik>": "<issuerCik>x</issuerCik><issuerCik>y</issuerCik>"})

    assert told_of == [
        ("DOC-002", "issuer.cik", "<issuerCik> occurs here more than once; keep one"),
        ("ISS-001", "issuer.cik", 'Issuer CIK must be 1 to 10 digits; found "x"'),
        ("ISS-001", "issuer.cik", 'Issuer CIK must be 1 to 10 digits; found "y"'),
    ]


def test_blank_code_is_a_missing_one() -> None:
    told_of = of_file({"<transactionCode>F<": "<transactionCode> <"})

    assert told_of == [
        ("TXN-001", "non_derivative[0].transaction_code", "Transaction Code is required on Form 4")
    ]


ORDER: Final = "<{}> is out of order: EDGAR expects {} in its place"


def test_every_place_out_of_order_is_told_beside_other_faults() -> None:
    found = of_file({
        "<issuerCik>1107843</issuerCik>": "",
        "</issuer>": "<issuerCik>1107843</issuerCik></issuer>",
        "<transactionFormType>4</transactionFormType>": "",
        "</transactionCode>": "</transactionCode><transactionFormType>4</transactionFormType>",
        "2024-11-01</periodOfReport>": "11/01/2024</periodOfReport>",
    })  # fmt: skip

    assert found == [
        (
            "DOC-007",
            "period_of_report",
            'Period of Report must be a date written YYYY-MM-DD; found "11/01/2024"',
        ),
        ("DOC-002", "issuer.trading_symbol", ORDER.format("issuerTradingSymbol", "<issuerCik>")),
        (
            "DOC-002",
            "non_derivative[0].transaction_code",
            ORDER.format("transactionCode", "<transactionFormType>"),
        ),
    ]


def test_both_underlying_amounts_are_told_by_their_rule_only() -> None:
    text = write_document(make_filing("exercise")).decode()
    value = "<underlyingSecurityValue><value>5</value></underlyingSecurityValue></underlyingSecurity>"
    data = text.replace("</underlyingSecurity>", value, 1).encode()
    found = told(check_document(read_document(data), day(last_signed("exercise")), sec_calendar()))

    assert [(f[0], f[1]) for f in found] == [("DRV-004", "derivative[0].underlying_value")]


def test_comment_within_a_value_does_not_cut_it() -> None:
    found = of_file(
        {
            "2024-11-01</periodOfReport>": "2024-<!-- x -->11-01</periodOfReport>",
            "<value>120.34<": "<value>1,20<",
        }
    )

    assert [f[0] for f in found] == ["DOC-028", "DOC-006"]


def test_time_zone_hides_no_other_fault() -> None:
    zoned = "</periodOfReport><dateOfOriginalSubmission>2024-10-01Z</dateOfOriginalSubmission>"

    assert [f[0] for f in of_file({"</periodOfReport>": zoned})] == ["AMD-001", "DOC-021"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("999999999999.9999", None),
        ("999999999999.99990000", None),
        ("0", None),
        ("1000000000000", 'Price must be at most 999,999,999,999.9999; found "1000000000000"'),
        ("1.23451", 'Price may have at most 4 decimals; found "1.23451"'),
    ],
)
def test_bounds_of_an_amount(text: str, message: str | None) -> None:
    field = field_at(("non_derivative", 0, "price"))
    assert field is not None
    fault = value_fault(field, text)

    assert (fault.message if fault else None) == message


def test_footnote_where_the_form_takes_none() -> None:
    late = '<transactionTimeliness><value>L</value><footnoteId id="F1"/></transactionTimeliness>'
    text = write_document(make_filing("form5")).decode()
    place = "</transactionCoding>"
    assert text.count(place) == 1
    data = text.replace(place, place + late).encode()
    found = told(check_document(read_document(data), day(last_signed("form5")), sec_calendar()))

    message = "A footnote cannot be attached here; attach it to a different cell of the row"
    assert [f for f in found if f[0] == "DOC-002"] == [("DOC-002", "non_derivative[0].timeliness", message)]


@pytest.mark.parametrize(("length", "found"), [(30, 0), (31, 1), (41, 1)])
def test_territory_is_shorter_than_the_schema_says(length: int, found: int) -> None:
    name = "x" * length
    hits = findings(f"owners[0].address.non_us = true; owners[0].address.non_us_state_territory = {name}")
    message = f"Non-US State or Territory may have at most 30 characters; it has {length}"

    assert [f.message for f in hits if f.id == "DOC-008"] == [message] * found


def test_elements_out_of_order() -> None:
    found = of_file(
        {
            "    <aff10b5One>0</aff10b5One>": "",
            "<reportingOwner>": "<aff10b5One>0</aff10b5One><reportingOwner>",
        }
    )

    assert found == [
        (
            "DOC-002",
            "aff10b5_one",
            "<aff10b5One> is out of order: EDGAR expects <reportingOwner> in its place",
        )
    ]


@pytest.mark.parametrize(("count", "found"), [(30, []), (31, ["DOC-009"])])
def test_rows_of_a_table(count: int, found: list[str]) -> None:
    rows = [f"non_derivative[{n}] = {_holding(n)}" for n in range(1, count)]

    assert [id for id, *_ in of_file({}, edits=rows)] == found
    if found:
        assert of_file({}, edits=rows)[0][1:] == (
            "non_derivative",
            "A filing can have at most 30 rows of Table I; found 31; form4 render and form4 pack divide the draft",
        )


def _holding(number: int) -> str:
    return (
        f'{{"kind": "holding", "security_title": "Class {number}", "amount_owned_following": "1", '
        '"ownership_form": "D"}'
    )


@pytest.mark.parametrize(
    ("list_of", "item", "id", "message"),
    [
        ("owners", '{"cik": "%d", "is_director": true}', "OWN-001", "A filing can have at most 10 Reporting Persons; found 11; form4 render and form4 pack divide the draft"),
        ("signatures", '{"name": "/s/ %d", "date": "2024-11-04"}', "SIG-001", "A filing can have at most 10 Signatures; found 11; form4 render and form4 pack divide the draft"),
    ],
)  # fmt: skip
def test_eleven(list_of: str, item: str, id: str, message: str) -> None:
    edits = [f"{list_of}[{n}] = {item % (1000 + n)}" for n in range(11)]

    assert (id, list_of, message) in of_file({}, edits=edits)
    assert id not in [found[0] for found in of_file({}, edits=edits[:-1])]


def test_hundred_footnotes() -> None:
    edits = [f'footnotes[{n}] = {{"id": "F{n + 1}", "text": "Text {n}."}}' for n in range(1, 100)]

    assert ("FTN-006", "footnotes", "A filing can have at most 99 Footnotes; found 100") in of_file(
        {}, edits=edits
    )
    assert "FTN-006" not in [found[0] for found in of_file({}, edits=edits[:-1])]


@pytest.mark.parametrize(("length", "found"), [(1000, []), (1001, ["FTN-006"])])
def test_footnote_of_a_thousand_characters(length: int, found: list[str]) -> None:
    text = "x" * length
    told_of = of_file({}, edits=[f"footnotes[0].text = {text}"])

    assert [f[0] for f in told_of if f[0] == "FTN-006"] == found
    if found:
        assert told_of[0] == (
            "FTN-006",
            "footnotes[0].text",
            "Footnote text may have at most 1,000 characters; it has 1,001",
        )


def test_every_rule_of_the_schema_layer_is_known_to_the_registry() -> None:
    stated = [rule.id for rule in stated_rules()]

    assert set(stated) <= set(by_id())
    assert len(stated) == len(set(stated))


# Limits: what the field table says, the schema does.


def _limited() -> list[tuple[str, int]]:
    from tests.core.test_ties import LEAVES

    return [
        (field.element, field.longest)
        for _, field, forms in LEAVES
        if field.longest is not None and "4" in forms and not field.filled
    ]


@pytest.mark.parametrize(("element", "longest"), sorted(set(_limited())))
def test_limit_of_a_field_is_the_schemas(element: str, longest: int) -> None:
    from lxml import etree

    from tests.wire.mutation_documents import CURRENT, full_document

    def blocked(length: int) -> list[str]:
        root = full_document(CURRENT, "4")
        place = next(root.iter(element))
        value = place.find("value")
        (value if value is not None else place).text = "1" * length
        for stamp in root.findall("schemaVersion"):
            root.remove(stamp)
        document = read_document(etree.tostring(root))
        found = check_document(document, day("2026-03-24"), sec_calendar())
        return [f.message for f in found if "characters" in f.message or "1 to 10 digits" in f.message]

    assert blocked(longest) == []
    assert len(blocked(longest + 1)) == 1


def test_filing_of_an_example_is_not_malformed() -> None:
    assert filing_from(draft())[1] == ()


def test_reporting_person_without_any_box_is_told_by_the_rule_only() -> None:
    found = check_draft(
        draft_of(edited('@joint: owners[1] = {"cik": "1"}')), day("2026-10-15"), sec_calendar()
    )

    assert [(f.id, path_text(f.path)) for f in found if f.severity.blocks] == [("OWN-004", "owners[1]")]
