"""What the draft's JSON Schema refuses, in the form's words: id, path and whole message of every kind of fault."""

from __future__ import annotations

import pytest
from lxml import etree

from form4_author import codes
from form4_author.checks.example import edited
from form4_author.checks.schema import draft_hits, envelope_hits
from form4_author.findings import path_text

CURRENT = codes.current_edition("4")

FAULTS: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("remark = x", [("DOC-029", "remark", '"remark" is not a known key here; closest: "remarks"')]),
    ("zzz = x", [("DOC-029", "zzz", '"zzz" is not a known key here')]),
    ('remarks = ["x"]', [("DOC-030", "remarks", 'Remarks must be text in quotes; found ["x"]')]),
    ("issuer = text", [("DOC-030", "issuer", '"issuer" must be a group of keys; found "text"')]),
    (
        "owners[0].is_director = yes",
        [("DOC-033", "owners[0].is_director", 'Director must be 1, 0, true or false; found "yes"')],
    ),
    (
        "owners[0].address.state = Ontario",
        [("OWN-017", "owners[0].address.state", 'State "Ontario" is not one of 57 codes')],
    ),
    (
        'non_derivative[0].amount = {"footnotes": "F1"}',
        [
            (
                "DOC-030",
                "non_derivative[0].amount",
                'Footnote references must be a list of F1 to F99; found "F1"',
            )
        ],
    ),
    (
        'non_derivative[0].amount = {"footnotes": ["F0"]}',
        [
            (
                "DOC-030",
                "non_derivative[0].amount",
                'Footnote references must be a list of F1 to F99; found "F0"',
            )
        ],
    ),
    (
        'non_derivative[0].amount = {"value": "7,007", "footnotes": ["F1"]}',
        [
            (
                "DOC-006",
                "non_derivative[0].amount",
                'Amount must be digits with at most one decimal point; found "7,007"',
            )
        ],
    ),
    (
        'non_derivative[0].amount = {"worth": "7"}',
        [("DOC-029", "non_derivative[0].amount.worth", '"worth" is not a known key here')],
    ),
    (
        'non_derivative[0].amount = ["1"]',
        [("DOC-030", "non_derivative[0].amount", 'Amount must be text in quotes; found ["1"]')],
    ),
    (
        'non_derivative[0] = {"security_title": "Common Stock"}',
        [("DOC-030", "non_derivative[0]", '"kind" must be given')],
    ),
    (
        "non_derivative[0].kind = sale",
        [
            (
                "DOC-030",
                "non_derivative[0].kind",
                '"non_derivative[0].kind" must be transaction or holding; found "sale"',
            )
        ],
    ),
    (
        "@exercise: non_derivative[2].price = 12",
        [
            (
                "DOC-041",
                "non_derivative[2].price",
                "Price is not used on a holding; remove it or make the row a transaction",
            )
        ],
    ),
    (
        "@exercise: non_derivative[2].transaction_code = S",
        [
            (
                "DOC-041",
                "non_derivative[2].transaction_code",
                "Transaction Code is not used on a holding; remove it or make the row a transaction",
            )
        ],
    ),
    (
        "@exercise: non_derivative[2].transaction_form_type = 4",
        [("F5-011", "non_derivative[2].transaction_form_type", 'Form Type must be 3; found "4"')],
    ),
    (
        'owners[0].officer_title = "An officer title of more than thirty characters"',
        [("DOC-008", "owners[0].officer_title", "Officer title may have at most 30 characters; it has 47")],
    ),
    (
        "footnotes[0].id = F01",
        [("FTN-001", "footnotes[0].id", 'Footnote number must be F1 to F99; found "F01"')],
    ),
    (
        'overrides = [{"id": 1}]',
        [("DOC-030", "overrides[0].id", '"overrides[0].id" must be text in quotes; found 1')],
    ),
    ("form = 6", [("DOC-001", "form", 'Form type must be 3 or 3/A or 4 or 4/A or 5 or 5/A; found "6"')]),
    ("signatures[0].date = 2024-13-01", []),
    ("period_of_report = 2024-11-01Z", []),
    ("issuer.cik = x", [("ISS-001", "issuer.cik", 'Issuer CIK must be 1 to 10 digits; found "x"')]),
]


@pytest.mark.parametrize(("edits", "told"), FAULTS, ids=[edits for edits, _ in FAULTS])
def test_a_fault_is_told_once_in_the_form_s_words(edits: str, told: list[tuple[str, str, str]]) -> None:
    assert [(h.id, path_text(h.path), h.message) for h in draft_hits(edited(edits), CURRENT)] == told


def test_numbers_in_place_of_text_are_refused() -> None:
    draft = edited("")
    draft["non_derivative"][0]["amount"] = 7007
    draft["format"] = 3
    assert [(h.id, h.message) for h in draft_hits(draft, CURRENT)] == [
        ("DOC-030", '"format" must be 2; found 3'),
        ("DOC-030", "Amount must be text in quotes; found 7007"),
    ]


def test_an_envelope_that_breaks_its_schema() -> None:
    root = etree.fromstring(
        "<edgarSubmission><submissionType>9</submissionType><returnCopy>1</returnCopy></edgarSubmission>"
    )
    assert [(h.id, h.line, h.message) for h in envelope_hits(root)] == [
        (
            "DOC-042",
            1,
            "<submissionType> of the envelope is not valid: its text must be one of 3, 3/A, 4, 4/A, 5, 5/A",
        ),
        ("DOC-042", 1, "<returnCopy> of the envelope is not valid: EDGAR expects testOrLive"),
    ]


def test_an_envelope_with_texts_that_are_too_long_says_the_limits() -> None:
    root = etree.fromstring(
        "<edgarSubmission><submissionType>4</submissionType><testOrLive>TEST</testOrLive><pointOfContact>"
        f"<contactName>{'n' * 40}</contactName><contactPhoneNumber>{'1' * 21}</contactPhoneNumber></pointOfContact>"
        "<edgarDocument><documentName/><documentType>4</documentType><documentMimeBlock>x</documentMimeBlock>"
        "</edgarDocument><!-- --><edgarDocument a='1'><documentName>x</documentName><documentType>4</documentType>"
        "<documentMimeBlock>x</documentMimeBlock></edgarDocument></edgarSubmission>"
    )
    assert [h.message for h in envelope_hits(root)] == [
        "<contactName> of the envelope is not valid: it has 40 characters; at most 30 are allowed",
        "<contactPhoneNumber> of the envelope is not valid: it has 21 characters; at most 20 are allowed",
        "<documentName> of the envelope is not valid: it is empty",
        "<edgarDocument> of the envelope is not valid: it has content that is not allowed there",
    ]


def test_an_envelope_with_someone_else_s_element() -> None:
    root = etree.fromstring(
        "<edgarSubmission><submissionType>4</submissionType><testOrLive>TEST</testOrLive>"
        '<x:y xmlns:x="z"/></edgarSubmission>'
    )
    assert [h.message for h in envelope_hits(root)] == [
        "An element of the envelope is not valid: EDGAR expects pointOfContact or notificationAddresses or edgarDocument"
    ]
