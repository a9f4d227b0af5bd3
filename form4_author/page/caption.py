"""The printed captions of an edition: one data file per set below ``templates/captions``.

A file that ``extends`` another holds only what differs; ``renamed`` changes single column captions.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from form4_author.resources import resource

__all__ = ["Captions", "Column", "captions"]


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column, or several under one heading."""

    caption: str
    parts: tuple[str, ...]
    """Headings of its sub-columns; empty for a single column."""
    widths: tuple[float, ...]
    """Per cent of the table's width, one for each printed column."""


@dataclass(frozen=True, slots=True)
class Captions:
    """All words of a form's edition."""

    words: dict[str, Any]
    """Words of every form, by name."""
    form: dict[str, Any]
    """Words of this form, by name."""
    columns_1: tuple[Column, ...]
    columns_2: tuple[Column, ...]


@cache
def captions(name: str, base: str) -> Captions:
    """The captions of a set (``2024``) for a form (``3``, ``4`` or ``5``).

    Raises ResourceMissing when the set is not installed.
    """
    data = _data(name)
    form = data["form"][base]
    renamed: dict[str, str] = data.get("renamed", {})
    return Captions(data, form, _columns(form["columns_1"], renamed), _columns(form["columns_2"], renamed))


def _data(name: str) -> dict[str, Any]:
    data = tomllib.loads(resource("templates", "captions", f"{name}.toml").read_text(encoding="utf-8"))
    if "extends" not in data:
        return data
    below = _data(data["extends"])
    forms = {base: {**words, **data.get("form", {}).get(base, {})} for base, words in below["form"].items()}
    return {**below, **data, "form": forms}


def _columns(listed: list[dict[str, Any]], renamed: dict[str, str]) -> tuple[Column, ...]:
    """The columns with widths that add up to 100 percent; the data gives them in proportion."""
    widths = [c["widths"] if "widths" in c else [c["width"]] for c in listed]
    whole = sum(sum(column) for column in widths)
    return tuple(
        Column(
            renamed.get(c["caption"], c["caption"]),
            tuple(c.get("parts", ())),
            tuple(round(100 * width / whole, 3) for width in column),
        )
        for c, column in zip(listed, widths, strict=True)
    )
