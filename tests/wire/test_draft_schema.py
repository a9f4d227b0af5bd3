"""The draft's JSON Schema: made from the field table, shipped as a file, itself valid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from form4_author.checks.example import draft, names
from form4_author.resources import resource
from form4_author.wire.draft import DRAFT_KEYS, draft_data, draft_of
from form4_author.wire.draft_format import SCHEMA_URL
from form4_author.wire.draft_schema import draft_schema


def _valid(data: object) -> bool:
    return jsonschema.Draft202012Validator(draft_schema()).is_valid(data)


def test_file_is_what_the_field_table_gives() -> None:
    shipped = json.loads(resource("schemas", "draft-2.schema.json").read_text(encoding="utf-8"))

    assert shipped == draft_schema(), "run `make generated`, which writes schemas/draft-2.schema.json anew"


def test_it_is_a_valid_schema_of_2020_12() -> None:
    jsonschema.Draft202012Validator.check_schema(draft_schema())
    assert draft_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert draft_schema()["$id"] == SCHEMA_URL


def test_keys_of_a_draft_are_the_filings_and_its_own() -> None:
    keys = set(draft_schema()["properties"])

    assert set(DRAFT_KEYS) <= keys
    assert "edition" not in keys
    assert {"form", "issuer", "owners", "non_derivative", "derivative", "footnotes", "signatures"} <= keys


@pytest.mark.parametrize("name", names())
def test_examples_are_valid(name: str) -> None:
    assert _valid(draft(name))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"format": 2},
        {"issuer": {}},
        {"non_derivative": [{"kind": "holding"}, {"kind": "transaction", "price": {"footnotes": ["F1"]}}]},
        {"aff10b5_one": "1"},
        {"derivative": [{"kind": "holding", "transaction_form_type": "3"}]},
        {"non_derivative": [{"kind": "holding", "transaction_code": {"footnotes": ["F1"]}}]},
        {"interview": {"at": "review", "answered": {"form": "defaulted"}}},
    ],
)
def test_incomplete_drafts_are_valid(data: dict[str, Any]) -> None:
    assert _valid(data)


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"formm": "4"},
        {"interview": {"at": ["anything"]}},
        {"interview": {"events": [{"recipes": "sold"}]}},
        {"interview": {"answered": {"form": 1}}},
        {"form": "4/a"},
        {"format": 3},
        {"owners": {}},
        {"owners": [{"address": {"street": "x"}}]},
        {"non_derivative": [{}]},
        {"non_derivative": [{"kind": "holding", "price": "1"}]},
        {"non_derivative": [{"kind": "transaction", "price": 1}]},
        {"non_derivative": [{"kind": "transaction", "exercise_price": "1"}]},
        {"non_derivative": [{"kind": "transaction", "price": {"footnotes": ["F100"]}}]},
        {"non_derivative": [{"kind": "transaction", "price": "1,000"}]},
        {"derivative": [{"kind": "holding", "transaction_form_type": "4"}]},
        {"derivative": [{"kind": "transaction", "transaction_form_type": "3"}]},
        {"non_derivative": [{"kind": "holding", "transaction_code": "S"}]},
        {"non_derivative": [{"kind": "holding", "transaction_code": {"value": "S"}}]},
        {"period_of_report": "11/01/2024"},
        {"remarks": "x" * 2001},
        {"overrides": [{"who": "me"}]},
    ],
)
def test_what_no_field_takes_is_refused(data: object) -> None:
    assert not _valid(data)


def _objects(schema: Any) -> list[dict[str, Any]]:
    found = []
    if isinstance(schema, dict):
        if "properties" in schema and schema.get("type") == "object":
            found.append(schema)
        found += [inner for value in schema.values() for inner in _objects(value)]
    elif isinstance(schema, list):
        found += [inner for value in schema for inner in _objects(value)]
    return found


def test_every_object_refuses_unknown_keys_and_every_field_tells_what_it_is() -> None:
    schema = draft_schema()
    del schema["properties"]["interview"]  # the program's own
    objects = _objects(schema)
    fields = [(key, field) for o in objects[1:] for key, field in o["properties"].items() if key != "value"]

    assert [o for o in objects if o.get("additionalProperties") is not False] == []
    assert len(objects) > 20
    assert [
        key
        for key, field in fields
        if "description" not in field and key not in ("id", "path", "reason", "at", "footnotes", "kind")
    ] == []


def test_the_page_on_drafts_shows_one_that_is_valid_and_read_whole() -> None:
    page = (Path(__file__).parents[2] / "docs" / "draft.md").read_text(encoding="utf-8")
    shown = json.loads(page.partition("```json\n")[2].partition("```")[0])

    assert _valid(shown)
    assert draft_of(shown).interview.unread == ()
    assert draft_data(draft_of(shown)) == shown
