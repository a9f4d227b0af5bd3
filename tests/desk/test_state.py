"""The hash of a filing: what belongs to its bytes and what does not."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.example import draft, edited
from form4_author.desk.intake import Intake, opened, with_attachments
from form4_author.desk.state import filing_hash
from form4_author.model.submission import Attachment

if TYPE_CHECKING:
    from pathlib import Path

OVERRIDE = {
    "id": "PLN-006",
    "path": "non_derivative[0].price",
    "reason": "Checked by counsel.",
    "at": "2026-11-30T09:00:00-05:00",
}
POWER = Attachment(name="poa.txt", type="EX-24", content=b"Know all")


def intake(folder: Path, data: dict[str, Any]) -> Intake:
    file = folder / "d.form4.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return opened(str(file))


@pytest.fixture
def seed(tmp_path: Path) -> Intake:
    return intake(tmp_path, draft("seed"))


def with_override(**changes: str) -> dict[str, Any]:
    return {**draft("seed"), "overrides": [{**OVERRIDE, **changes}]}


def test_the_hash_is_of_xml_attachments_and_overrides(seed: Intake) -> None:
    from form4_author.wire.write import write_document

    parts = {
        "attachments": [["EX-24", "", "", hashlib.sha256(b"Know all").hexdigest()]],
        "overrides": [],
        "xml": hashlib.sha256(write_document(seed.filing)).hexdigest(),
    }
    expected = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    assert filing_hash(with_attachments(seed, (POWER,))) == expected


@pytest.mark.parametrize(
    "other",
    [
        edited("non_derivative[0].price = 121.34"),
        with_override(),
        {**draft("seed"), "remarks": "See the plan."},
    ],
    ids=["a price", "an override", "remarks"],
)
def test_a_change_of_what_is_filed_changes_it(tmp_path: Path, seed: Intake, other: dict[str, Any]) -> None:
    assert filing_hash(intake(tmp_path, other)) != filing_hash(seed)


@pytest.mark.parametrize(
    "other", [{**draft("seed"), "interview": {"at": "review"}}, {**draft("seed"), "edition": "X0508"}]
)
def test_where_the_interview_is_and_the_edition_do_not(
    tmp_path: Path, seed: Intake, other: dict[str, Any]
) -> None:
    assert filing_hash(intake(tmp_path, other)) == filing_hash(seed)


def test_an_override_counts_by_its_reason_and_not_by_its_time(tmp_path: Path) -> None:
    first = filing_hash(intake(tmp_path, with_override()))
    assert filing_hash(intake(tmp_path, with_override(at="2026-11-30T10:00:00-05:00"))) == first
    assert filing_hash(intake(tmp_path, with_override(reason="Checked again by counsel."))) != first


@pytest.mark.parametrize("field", ["type", "description", "content"])
def test_an_attachment_counts_by_each_of_its_parts(seed: Intake, field: str) -> None:
    new: dict[str, Any] = {field: b"other" if field == "content" else "COVER"}
    other = replace(POWER, **new)
    assert filing_hash(with_attachments(seed, (other,))) != filing_hash(with_attachments(seed, (POWER,)))


def test_only_a_graphic_counts_by_its_name(seed: Intake) -> None:
    def named(kind: str, name: str) -> str:
        return filing_hash(with_attachments(seed, (Attachment(name=name, type=kind, content=b"x"),)))

    assert named("EX-24", "poa.txt") == named("EX-24", "ex24-poa.txt")
    assert named("GRAPHIC", "a.jpg") != named("GRAPHIC", "b.jpg")
