"""The prompts of the form's own fields: what a path of the filing sets, with its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from form4_author.findings import path_from_text
from form4_author.model.label import field_at
from form4_author.wizard.screen import Prompt, PromptFacts

if TYPE_CHECKING:
    from form4_author.model.field import Field

__all__ = ["form_field", "owner_prompt"]


def form_field(template: str) -> Field | None:
    """The form's field that ``owners[{i}].cik`` sets."""
    return field_at(path_from_text(template.replace("[{i}]", "")))


def owner_prompt(name: str, message: str, about: str, **facts: Unpack[PromptFacts]) -> Prompt:
    """The prompt for a field of a reporting person."""
    id = f"owners[{{i}}].{name}"
    return Prompt(id=id, message=message, help=about, field=form_field(id), **facts)
