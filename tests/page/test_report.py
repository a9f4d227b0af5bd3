"""Reports, whole: what people read and what machines read."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from form4_author import __version__
from form4_author.findings import Edit, Finding, Fix, Override, Report, Severity, path_from_text
from form4_author.page.report import (
    finding_place,
    finding_text,
    report_data,
    report_text,
    reports_json,
    verdict_line,
)
from form4_author.timing.legal_data import basis, basis_data
from tests.builders import make_filing

_TOTAL = Finding(
    id="HLD-003",
    severity=Severity.WARNING,
    path=("non_derivative", 1, "amount_owned_following"),
    message="Owned after is 232,594, but 239,602 − 7,007 = 232,595 going by the line above of the same class and ownership.",
    cites=("Form 4, Instr. 4(a)(i)", "17 CFR 240.16a-3"),
    related=(("non_derivative", 0, "amount_owned_following"), ("footnotes",)),
    line=57,
)
_DIRECTION = Finding(
    id="TXN-007",
    severity=Severity.ERROR,
    path=("non_derivative", 0, "acquired_disposed"),
    message="Code S disposes; column 4 says A.",
)
_BROKEN = Finding(
    id="DOC-023",
    severity=Severity.SUSPENSE,
    path=(),
    message="The tag is cut off.",
    cites=("EDGAR Ownership XML Technical Specification 5.5, 3.1",),
    line=12,
    column=7,
)
_OVERRIDE = Override(
    "TXN-007", ("non_derivative", 0, "acquired_disposed"), "Counsel agreed.", "2026-11-23T21:00:00-05:00"
)
_STALE = Override("HLD-001", ("remarks",), "Old reason.", "2026-11-20T21:00:00-05:00")
_REPORT = Report(
    file="a.form4.json",
    form="4/A",
    edition="X0609",
    findings=(_TOTAL, _DIRECTION),
    overrides=(_OVERRIDE, _STALE),
)


def test_the_report_as_text() -> None:
    assert report_text(_REPORT) == (
        "ERROR    TXN-007  Table I, line 1, column 4, (A) or (D)\n"
        "    Code S disposes; column 4 says A.\n"
        "WARNING  HLD-003  Table I, line 2, column 5, Amount Owned Following\n"
        "                  Transaction(s) (file line 57)\n"
        "    Owned after is 232,594, but 239,602 − 7,007 = 232,595 going by the line\n"
        "    above of the same class and ownership.\n"
        "    See also: Table I, line 1, column 5, Amount Owned Following Transaction(s);\n"
        "    Footnotes\n"
        "    Source: Form 4, Instr. 4(a)(i); 17 CFR 240.16a-3\n"
        "OVERRIDE TXN-007  Table I, line 1, column 4, (A) or (D): Counsel agreed.\n"
        "                  (2026-11-23T21:00:00-05:00)\n"
        "OVERRIDE HLD-001  Remarks: Old reason. (2026-11-20T21:00:00-05:00) (no such\n"
        "                  finding any more: remove this override)\n"
        "a.form4.json: ready, with overrides (Form 4/A, X0609): 1 error, 1 warning\n"
    )


@pytest.mark.parametrize(
    ("count", "line"),
    [(1, "no findings, 1 open question"), (2, "no findings, 2 open questions")],
)
def test_open_questions_are_part_of_the_report(count: int, line: str) -> None:
    asked = "Signature for Roe Richard B, Who signs for this reporting person, and in which capacity is that?"
    report = Report(file="a.form4.json", open=(asked,) * count)

    block = (
        "OPEN     Signature for Roe Richard B, Who signs for this reporting person, and\n"
        "         in which capacity is that?\n"
    )
    assert report_text(report) == f"{block * count}a.form4.json: blocked: {line}\n"
    assert report_data(report)["open"] == [asked] * count
    assert "open" not in report_data(Report(file="a.form4.json"))


def test_the_report_as_json() -> None:
    assert json.loads(reports_json([_REPORT])) == {
        "tool": "form4-author",
        "version": __version__,
        **basis_data(()),
        "files": [
            {
                "file": "a.form4.json",
                "form": "4/A",
                "edition": "X0609",
                "verdict": "ready-with-overrides",
                "counts": {"suspense": 0, "error": 1, "warning": 1, "note": 0},
                "findings": [
                    {
                        "id": "HLD-003",
                        "severity": "warning",
                        "path": "non_derivative[1].amount_owned_following",
                        "line": 57,
                        "message": _TOTAL.message,
                        "cites": ["Form 4, Instr. 4(a)(i)", "17 CFR 240.16a-3"],
                        "related": ["non_derivative[0].amount_owned_following", "footnotes"],
                    },
                    {
                        "id": "TXN-007",
                        "severity": "error",
                        "path": "non_derivative[0].acquired_disposed",
                        "line": None,
                        "message": "Code S disposes; column 4 says A.",
                        "cites": [],
                        "related": [],
                    },
                ],
                "overrides": [
                    {
                        "id": "TXN-007",
                        "path": "non_derivative[0].acquired_disposed",
                        "reason": "Counsel agreed.",
                        "at": "2026-11-23T21:00:00-05:00",
                        "stale": False,
                    },
                    {
                        "id": "HLD-001",
                        "path": "remarks",
                        "reason": "Old reason.",
                        "at": "2026-11-20T21:00:00-05:00",
                        "stale": True,
                    },
                ],
            }
        ],
    }


_FIX = Fix(
    "Write D",
    (Edit(("non_derivative", 0, "acquired_disposed"), "D"), Edit(("footnotes", 0, "text"), None)),
    safe=True,
)


@pytest.mark.parametrize(("safe", "asks"), [(True, ""), (False, " (asks first)")])
def test_a_finding_s_fix_stands_below_it(safe: bool, asks: str) -> None:
    mendable = replace(_DIRECTION, fix=_FIX._replace(safe=safe))
    assert report_text(Report(file="a", form="4", findings=(mendable,))) == (
        "ERROR    TXN-007  Table I, line 1, column 4, (A) or (D)\n"
        "    Code S disposes; column 4 says A.\n"
        f"    Fix: Write D{asks}\n"
        "a: blocked (Form 4): 1 error\n"
    )


def test_a_finding_s_fix_as_json() -> None:
    edits = (*_FIX.edits, Edit(("non_derivative", 0, "price", "footnotes"), ("F1", "F2")))
    mendable = replace(_DIRECTION, fix=_FIX._replace(edits=edits))
    told = json.loads(reports_json([Report(file="a", findings=(mendable,))]))
    assert told["files"][0]["findings"][0]["fix"] == {
        "text": "Write D",
        "safe": True,
        "edits": [
            {"path": "non_derivative[0].acquired_disposed", "value": "D"},
            {"path": "footnotes[0].text", "value": None},
            {"path": "non_derivative[0].price.footnotes", "value": ["F1", "F2"]},
        ],
    }


def test_the_row_of_the_form_is_shown_with_its_cell_marked() -> None:
    report = Report(file="a", form="4", findings=(_DIRECTION, replace(_DIRECTION, path=("remarks",))))
    assert report_text(report, filing=make_filing()) == (
        "ERROR    TXN-007  Table I, line 1, column 4, (A) or (D)\n"
        "    Code S disposes; column 4 says A.\n"
        "    1 Title       2 Date      3 Code  4 Amount   4 A/D  4 Price  5 Owned  6 D/I\n"
        "    Common Stock  11/01/2024  F       7,007 (1)  D      $120.34  232,595  D\n"
        "                                                 ^\n"
        "ERROR    TXN-007  Remarks\n"
        "    Code S disposes; column 4 says A.\n"
        "a: blocked (Form 4): 2 error\n"
    )


def test_the_json_of_one_ready_file_byte_by_byte() -> None:
    assert reports_json([Report(file="a.xml", form="4", edition="X0609")]) == (
        "{\n"
        '  "tool": "form4-author",\n'
        f'  "version": "{__version__}",\n'
        f'  "basis": "{basis()}",\n'
        '  "closed_days_added": [],\n'
        '  "files": [\n'
        "    {\n"
        '      "file": "a.xml",\n'
        '      "form": "4",\n'
        '      "edition": "X0609",\n'
        '      "verdict": "ready",\n'
        '      "counts": {\n'
        '        "suspense": 0,\n'
        '        "error": 0,\n'
        '        "warning": 0,\n'
        '        "note": 0\n'
        "      },\n"
        '      "findings": []\n'
        "    }\n"
        "  ]\n"
        "}\n"
    )


def test_signs_stay_readable_in_json() -> None:
    assert "239,602 − 7,007" in reports_json([_REPORT])


def test_an_unreadable_file_has_neither_form_nor_edition_but_a_column() -> None:
    report = Report(file="cut.xml", findings=(_BROKEN,), readable=False)
    assert report_text(report) == (
        "SUSPENSE DOC-023  Whole filing (file line 12, column 7)\n"
        "    The tag is cut off.\n"
        "    Source: EDGAR Ownership XML Technical Specification 5.5, 3.1\n"
        "cut.xml: unreadable: 1 suspense\n"
    )
    assert report_data(report) == {
        "file": "cut.xml",
        "form": None,
        "edition": None,
        "verdict": "unreadable",
        "counts": {"suspense": 1, "error": 0, "warning": 0, "note": 0},
        "findings": [
            {
                "id": "DOC-023",
                "severity": "suspense",
                "path": "",
                "line": 12,
                "column": 7,
                "message": "The tag is cut off.",
                "cites": ["EDGAR Ownership XML Technical Specification 5.5, 3.1"],
                "related": [],
            }
        ],
    }


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (Report(file="a.xml", form="3", edition="X0607"), "a.xml: ready (Form 3, X0607): no findings"),
        (Report(file="a.xml", form="3"), "a.xml: ready (Form 3): no findings"),
        (
            Report(file="a.xml", form="4", edition="X0609", findings=(_DIRECTION,)),
            "a.xml: blocked (Form 4, X0609): 1 error",
        ),
        (Report(file="a.xml", edition="X0609"), "a.xml: ready (X0609): no findings"),
        (Report(file="a.xml", readable=False), "a.xml: unreadable: no findings"),
    ],
)
def test_the_verdict_in_one_line(report: Report, line: str) -> None:
    assert verdict_line(report) == line


@pytest.mark.parametrize(
    ("path", "base", "place"),
    [
        ("", "4", "Whole filing"),
        ("period_of_report", "3", "box 2, Date of Event Requiring Statement"),
        ("period_of_report", None, "box 3, Date of Earliest Transaction"),
        ("owners[1].address.zip", "4", "Reporting person 2, box 1, Zip/Postal Code"),
        # A place that is no box of the form keeps its name in the draft.
        ("interview.screen", "4", "interview.screen"),
    ],
)
def test_a_place_is_named_as_the_form_names_it(path: str, base: str | None, place: str) -> None:
    assert finding_place(Finding("X", Severity.NOTE, path_from_text(path), "m"), base) == place


def test_a_related_place_without_a_box_keeps_its_name() -> None:
    finding = Finding("DOC-029", Severity.ERROR, (), "Unknown.", related=(("interview", "screen"),))
    assert finding_text(finding, "4") == (
        "ERROR    DOC-029  Whole filing\n    Unknown.\n    See also: interview.screen"
    )


def test_an_override_of_a_place_without_a_box_keeps_its_name() -> None:
    override = Override("DOC-029", ("interview",), "Why.", "2026-11-23")
    text = report_text(Report(file="a", overrides=(override,)))
    assert text.splitlines()[0].startswith("OVERRIDE DOC-029  interview: Why. (2026-11-23)")


def test_lines_keep_to_the_width_asked_for() -> None:
    assert max(len(line) for line in report_text(_REPORT, 50).splitlines()[:-1]) <= 50
