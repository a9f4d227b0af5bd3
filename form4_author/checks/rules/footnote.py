"""Footnotes and the references to them.

Sources: EDGAR Ownership XML Technical Specification 5.5, sections 4.3.5, 4.3.6 and 5, and its schema files; Form 4
General Instruction 6(a).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.findings import Edit, Fix, Hit, Severity
from form4_author.text import Pattern, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.filing import Filing

__all__ = ["RULES"]

_PLACEHOLDER: Final = Pattern(
    r"(?:t\.?\s?b\.?\s?[ad]\.?|to be (?:added|completed|confirmed|determined|provided)|todo|footnote|x+"
    r"|\[.{0,20}\]|[\W_]*)\.?",
    re.IGNORECASE,
)
_COMPLETE: Final = Pattern(
    r"[A-Z][A-Z .&()\d]*|[\d,.]+ ?(?:-? ?for ?-?|:) ?[\d,.]+|(?i:n/?a|none|not applicable)\.?"
)
"""Short texts that are complete."""
_STRAY: Final = Pattern(r"[<?/]\Z(?<!\w\.\w{2}/)(?<!\w\.\w{3}/)")
_SENTENCE: Final = 5
"""Words that no placeholder and no ratio has; with one more, a text has ten characters."""
_FEWEST: Final = 10
"""Characters of a sentence."""


def _is_sentence(text: str | None) -> bool:
    """Whether a text begins with a letter or digit, has six words and ends in no stray key: it needs no closer look."""
    return (
        text is not None
        and text[:1].isalnum()
        and text[-1] not in "<?/ \t\r\n"
        and len(text.split(None, _SENTENCE)) > _SENTENCE
    )


@rule(
    "FTN-003", "Reference to a footnote that does not exist", Severity.SUSPENSE, cite.SCHEMA, cite.SPEC_4_3_6
)
def reference_dangling(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A field refers to a footnote that the form does not have.

    Why: The schema requires a footnote for each reference.
    Fix: Add the footnote, or remove the reference.
    Silent: Never.
    """
    known = {note.id for note in filing.footnotes}
    for path, ids in filing.references():
        for id in dict.fromkeys(ids):
            if id not in known:
                yield Hit(path, f"A reference to footnote {id}, but no footnote {id}")


@rule(
    "FTN-004",
    "Footnote that no field refers to",
    Severity.SUSPENSE,
    cite.SPEC_5,
    when=When(has=("footnotes",)),
)
def footnote_unreferenced(filing: Filing, _context: Context) -> Iterator[Hit]:
    """No field of the form refers to a footnote.

    Why: EDGAR suspends a filing with a footnote that is never referred to.
    Fix: Refer to it from the field it explains, or move its text to the remarks.
    Silent: Never.
    """
    used = {id for _, ids in filing.references() for id in ids}
    for index, note in enumerate(filing.footnotes):
        if note.id is not None and note.id not in used:
            yield Hit(
                ("footnotes", index),
                f"No field refers to footnote {note.id}; add a reference or move its text to the remarks",
            )


@rule("FTN-005", "Same footnote twice in one field", Severity.SUSPENSE, cite.SPEC_4_3_6, cite.SPEC_5)
def referenced_twice(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A field refers to the same footnote more than once.

    Why: EDGAR suspends a filing in which one field refers to a footnote twice.
    Fix: Keep one of the references.
    Silent: When different fields refer to it.
    """
    for path, ids in filing.references():
        if len(ids) > 1:
            for id in dict.fromkeys(ids):
                if (count := ids.count(id)) > 1:
                    once = Edit((*path, "footnotes"), tuple(dict.fromkeys(ids)))
                    yield Hit(
                        path,
                        f"{count} references to footnote {id} in one field; keep one",
                        fix=Fix(f"Refer to {id} once", (once,), safe=True),
                    )


@rule(
    "FTN-007",
    "Footnote without content",
    Severity.WARNING,
    cite.FORM4_INSTR_6A,
    cite.PRACTICE,
    when=When(has=("footnotes",)),
)
def footnote_empty(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote is blank or contains only a placeholder.

    Why: A footnote that explains nothing is probably left over from a draft. This is general knowledge.
    Fix: Write the explanation, or remove the footnote and the references to it.
    Silent: For any text with content, and for "N/A" or "none", which may be a complete answer.
    """
    for index, note in enumerate(filing.footnotes):
        if _is_sentence(note.text):
            continue
        text = " ".join((note.text or "").split())
        if not text:
            yield Hit(("footnotes", index, "text"), f"Footnote {note.id} has no text")
        elif _PLACEHOLDER.fullmatch(text):
            yield Hit(("footnotes", index, "text"), f'Footnote {note.id} says only "{text}"')


@rule(
    "FTN-017",
    "Footnote too short or ending in a stray key",
    Severity.WARNING,
    cite.PRACTICE,
    when=When(has=("footnotes",)),
)
def footnote_stray(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote has fewer than ten characters, or ends in a key of the interview: <, ? or /.

    Why: A key pressed at the wrong moment becomes public text. This is general knowledge.
    Fix: Write the explanation as a sentence, or remove the footnote and the references to it.
    Silent: For a ratio such as 1-for-1, an abbreviation in capitals, "N/A", a web address, and what FTN-007 names.
    """
    for index, note in enumerate(filing.footnotes):
        if _is_sentence(note.text):
            continue
        text = " ".join((note.text or "").split())
        at = ("footnotes", index, "text")
        if not text or _PLACEHOLDER.fullmatch(text) or _COMPLETE.fullmatch(text):
            continue
        if _STRAY.search(text):
            yield Hit(at, f'Footnote {note.id} ends in "{text[-1]}"; a sentence is expected')
        elif len(text) < _FEWEST:
            yield Hit(at, f'Footnote {note.id} says only "{text}"; a sentence is expected')


@rule("FTN-008", "Footnotes not in the order of the form", Severity.NOTE, cite.PRACTICE)
def references_out_of_order(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The first reference to a footnote comes after one to a footnote with a higher number on an earlier line.

    Why: Footnotes numbered in the order of their references are easier to follow. This is practice; no rule requires
    it.
    Fix: Renumber the footnotes and the references to them.
    Silent: After the first one out of order; among the fields of one line, which are read together.
    """
    highest = on_line = 0
    line: Path = ()
    seen: set[str] = set()
    for path, ids in filing.references():
        if path[:2] != line:
            highest, line = on_line, path[:2]
        for id in ids:
            number = _number(id)
            if number and id not in seen and number < highest:
                message = f"Footnote F{number} is first referred to after F{highest}"
                yield Hit(path, message, fix=_renumbering(filing))
                return
            seen.add(id)
            on_line = max(on_line, number)


def _renumbering(filing: Filing) -> Fix | None:
    """The footnotes numbered in the order of first reference, each at its number's place in the list.

    None where a reference has no footnote, or a footnote no reference: those are corrected first.
    """
    ids = [note.id or "" for note in filing.footnotes]
    met = list(dict.fromkeys(id for _path, notes in filing.references() for id in notes))
    if sorted(ids) != sorted(met):
        return None
    new = {old: f"F{number}" for number, old in enumerate(met, 1)}
    texts = filing.footnote_texts()
    edits = [
        edit
        for index, (old, now) in enumerate(zip(met, ids, strict=True))
        for edit in (
            Edit(("footnotes", index, "id"), new[old]),
            Edit(("footnotes", index, "text"), texts[old]),
        )
        if (now, texts[now]) != (new[old], texts[old])
    ]
    edits += [
        Edit((*path, "footnotes"), tuple(new[id] for id in notes))
        for path, notes in filing.references()
        if any(new[id] != id for id in notes)
    ]
    return Fix("Number the footnotes in the order of the form", tuple(edits), safe=True)


def _number(id: str) -> int:
    return whole_number(id[1:]) or 0


RULES: Final[tuple[Rule, ...]] = (
    reference_dangling,
    footnote_unreferenced,
    referenced_twice,
    footnote_empty,
    footnote_stray,
    references_out_of_order,
)
