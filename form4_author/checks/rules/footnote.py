"""Footnotes and the references to them.

Sources: EDGAR Ownership XML Technical Specification 5.5, sections 4.3.5, 4.3.6 and 5, and its schema files; Form 4
General Instruction 6(a).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, rule
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
"""Short texts that say all there is to say."""
_STRAY: Final = Pattern(r"[<?/]\Z(?<!\w\.\w{2}/)(?<!\w\.\w{3}/)")
_FEWEST: Final = 10
"""Characters of a sentence."""


@rule("FTN-003", "Reference to a footnote that is not there", Severity.SUSPENSE, cite.SCHEMA, cite.SPEC_4_3_6)
def reference_dangling(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A cell refers to a footnote that the form does not have.

    Why: Reference and footnote are tied by their id; the schema does not admit one without the other.
    Fix: Add the footnote, or remove the reference.
    Silent: Never.
    """
    known = {note.id for note in filing.footnotes}
    for path, ids in filing.references():
        for id in dict.fromkeys(ids):
            if id not in known:
                yield Hit(path, f"Footnote {id} is referred to, but there is no footnote {id}")


@rule("FTN-004", "Footnote that nothing refers to", Severity.SUSPENSE, cite.SPEC_5)
def footnote_unreferenced(filing: Filing, _context: Context) -> Iterator[Hit]:
    """No cell refers to a footnote.

    Why: EDGAR suspends a filing with a footnote that is never referred to.
    Fix: Refer to it from the cell it explains, or move its text to the remarks.
    Silent: Never.
    """
    if not filing.footnotes:
        return
    used = {id for _, ids in filing.references() for id in ids}
    for index, note in enumerate(filing.footnotes):
        if note.id is not None and note.id not in used:
            yield Hit(
                ("footnotes", index),
                f"No cell refers to footnote {note.id}; refer to it or move its text to the remarks",
            )


@rule("FTN-005", "Same footnote twice in one cell", Severity.SUSPENSE, cite.SPEC_4_3_6, cite.SPEC_5)
def referenced_twice(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A cell refers to the same footnote more than once.

    Why: EDGAR suspends a filing in which one field refers twice to a footnote.
    Fix: Keep one of the references.
    Silent: When different cells refer to it.
    """
    for path, ids in filing.references():
        if len(ids) > 1:
            for id in dict.fromkeys(ids):
                if (count := ids.count(id)) > 1:
                    once = Edit((*path, "footnotes"), tuple(dict.fromkeys(ids)))
                    yield Hit(
                        path,
                        f"Footnote {id} is referred to {count} times; once is allowed",
                        fix=Fix(f"Refer to {id} once", (once,), safe=True),
                    )


@rule("FTN-007", "Footnote without content", Severity.WARNING, cite.FORM4_INSTR_6A, cite.PRACTICE)
def footnote_empty(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote is blank or holds a placeholder.

    Why: An explanation that explains nothing was probably left over. This rests on general knowledge.
    Fix: Write the explanation, or remove the footnote and the references to it.
    Silent: On any text that says something, and on "N/A" or "none", which may be all there is to say.
    """
    for index, note in enumerate(filing.footnotes):
        text = " ".join((note.text or "").split())
        if not text:
            yield Hit(("footnotes", index, "text"), f"Footnote {note.id} has no text")
        elif _PLACEHOLDER.fullmatch(text):
            yield Hit(("footnotes", index, "text"), f'Footnote {note.id} says only "{text}"')


@rule("FTN-017", "Footnote too short or with a stray key", Severity.WARNING, cite.PRACTICE)
def footnote_stray(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote has fewer than ten characters, or ends in a key of the interview: <, ? or /.

    Why: A key typed at the wrong moment becomes a public text. This rests on general knowledge.
    Fix: Write the explanation as a sentence, or remove the footnote and the references to it.
    Silent: On a ratio such as 1-for-1, an abbreviation in capitals, "N/A", a web address, and what FTN-007 names.
    """
    for index, note in enumerate(filing.footnotes):
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
    """A reader of the tables meets a later footnote on an earlier line.

    Why: Footnotes are easier to follow when they are numbered in the order in which the lines refer to them. This
    is practice, no rule.
    Fix: Renumber the footnotes and the references to them.
    Silent: After the first one out of order; among the cells of one line, which are read together.
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

    None where a reference leads nowhere or a footnote is not referred to: those have to be mended first.
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
