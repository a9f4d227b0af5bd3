"""Indented JSON, beside the standard library's."""

from __future__ import annotations

import json
from typing import Final

import pytest

from form4_author.page.json_text import indented

VALUES: Final[tuple[object, ...]] = (
    None,
    True,
    0,
    -12,
    "",
    'a "b" \\ \n\t\x01\x7f',
    "· é \u2028 \U0001f600",
    [],
    {},
    (),
    [1],
    ("x", ["y", {}]),
    {"a": [], "b": {"c": {"d": [None, False, "e"]}}, 'q"': ()},
)


@pytest.mark.parametrize("value", [*VALUES, list(VALUES), {"all": VALUES}])
def test_it_is_what_json_writes(value: object) -> None:
    assert indented(value) == json.dumps(value, indent=2, ensure_ascii=False)
