"""Severities, overrides, verdicts, and paths as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form4_author.findings import (
    Finding,
    Override,
    Report,
    Severity,
    Verdict,
    path_from_text,
    path_text,
)

PRICE = ("non_derivative", 1, "price")


def finding(severity: Severity, id: str = "TXN-007", path: tuple[str | int, ...] = PRICE) -> Finding:
    return Finding(id, severity, path, "message")


def override(id: str = "TXN-007", path: tuple[str | int, ...] = PRICE) -> Override:
    return Override(id, path, "because", "2024-11-04T10:00:00-05:00")


def verdict(*findings: Finding, overrides: tuple[Override, ...] = (), readable: bool = True) -> Verdict:
    return Report(file="x", findings=findings, overrides=overrides, readable=readable).verdict


def test_severities_from_the_most_serious_on() -> None:
    assert [s.value for s in sorted(Severity, key=lambda s: s.rank)] == [
        "suspense",
        "error",
        "warning",
        "note",
    ]
    assert [s.value for s in Severity if s.blocks] == ["suspense", "error"]


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        (Severity.SUSPENSE, Verdict.BLOCKED),
        (Severity.ERROR, Verdict.BLOCKED),
        (Severity.WARNING, Verdict.READY),
        (Severity.NOTE, Verdict.READY),
    ],
)
def test_verdict_of_one_finding(severity: Severity, expected: Verdict) -> None:
    assert verdict(finding(severity)) is expected


def test_nothing_found_is_ready() -> None:
    assert verdict() is Verdict.READY


def test_unreadable_is_unreadable_whatever_was_found() -> None:
    assert verdict(finding(Severity.SUSPENSE), readable=False) is Verdict.UNREADABLE
    assert verdict(readable=False) is Verdict.UNREADABLE


def test_error_with_a_written_reason_does_not_block() -> None:
    error = finding(Severity.ERROR)

    assert verdict(error, overrides=(override(),)) is Verdict.READY_WITH_OVERRIDES
    assert verdict(error, finding(Severity.WARNING), overrides=(override(),)) is Verdict.READY_WITH_OVERRIDES


@pytest.mark.parametrize("reason", [override("TXN-008"), override(path=("non_derivative", 0, "price"))])
def test_reason_for_another_rule_or_place_covers_nothing(reason: Override) -> None:
    assert verdict(finding(Severity.ERROR), overrides=(reason,)) is Verdict.BLOCKED


@pytest.mark.parametrize("severity", [Severity.SUSPENSE, Severity.WARNING, Severity.NOTE])
def test_only_errors_can_be_overridden(severity: Severity) -> None:
    assert not override().covers(finding(severity))
    expected = Verdict.BLOCKED if severity is Severity.SUSPENSE else Verdict.READY
    assert verdict(finding(severity), overrides=(override(),)) is expected


def test_one_reason_covers_one_place_only() -> None:
    other = finding(Severity.ERROR, path=("non_derivative", 2, "price"))
    report = Report(file="x", findings=(finding(Severity.ERROR), other), overrides=(override(),))

    assert report.overridden == (finding(Severity.ERROR),)
    assert report.blocking == (other,)
    assert report.verdict is Verdict.BLOCKED


def test_an_open_question_blocks_whatever_was_found() -> None:
    asked = Report(file="x", open=("Signature for Roe Richard, Who signs?",))

    assert (asked.verdict, asked.is_blocked, asked.blocking) == (Verdict.BLOCKED, True, ())
    assert Report(file="x").is_blocked is False
    assert Report(file="x", findings=(finding(Severity.ERROR),)).is_blocked is True


def test_counts_name_every_severity() -> None:
    report = Report(
        file="x", findings=(finding(Severity.NOTE), finding(Severity.ERROR), finding(Severity.NOTE))
    )

    assert report.counts == {"suspense": 0, "error": 1, "warning": 0, "note": 2}
    assert list(report.counts) == ["suspense", "error", "warning", "note"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("form",), "form"),
        (PRICE, "non_derivative[1].price"),
        (("owners", 0, "address", "zip"), "owners[0].address.zip"),
        (("footnotes", 10), "footnotes[10]"),
    ],
)
def test_path_and_its_text(path: tuple[str | int, ...], text: str) -> None:
    assert path_text(path) == text
    assert path_from_text(text) == path


_NAMES = st.text("abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1, max_size=8)


@settings(derandomize=True, database=None, deadline=None)
@given(st.lists(st.one_of(_NAMES, st.integers(0, 999)), max_size=6).map(tuple))
def test_path_survives_its_text(path: tuple[str | int, ...]) -> None:
    assert path_from_text(path_text(path)) == path


@settings(derandomize=True, database=None, deadline=None)
@given(st.text(max_size=20))
def test_any_text_gives_some_path(text: str) -> None:
    assert [step for step in path_from_text(text) if step == "" or (isinstance(step, int) and step < 0)] == []


@pytest.mark.parametrize(
    ("text", "path"), [("a[x]", ("a", "[x]")), ("a..b", ("a", "b")), ("a[1", ("a", "[1"))]
)
def test_odd_texts(text: str, path: tuple[str | int, ...]) -> None:
    assert path_from_text(text) == path
