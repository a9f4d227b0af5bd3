"""Direct or indirect ownership and its nature.

Sources: EDGAR Ownership XML Technical Specification 5.5, sections 3.5 and 5; Form 4, General Instruction 4(b).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import has_notes
from form4_author.checks.shape import ShapeOptions, required, text_matches
from form4_author.findings import Edit, Fix, Hit, Severity
from form4_author.ledger.closing import closing
from form4_author.ledger.line import line_key
from form4_author.ledger.line_note import beside, noted
from form4_author.text import Pattern, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]


@rule(
    "HLD-006",
    "Indirect ownership without its nature",
    Severity.SUSPENSE,
    cite.SPEC_3_5,
    cite.FORM4_INSTR_4B_III,
    when=When(has=("indirect",)),
)
@required(
    "nature_of_ownership",
    "Nature of Indirect Beneficial Ownership is required when Ownership Form is I",
    when=lambda row: row.ownership_form.value == "I",
    related=("ownership_form",),
)
def indirect_without_nature() -> None:
    """A line is owned indirectly, but does not state the nature of the indirect ownership.

    Why: EDGAR requires the nature of indirect ownership with I; a footnote alone is not enough.
    Fix: State it as specifically as possible, such as By Spouse or By Okafor Family Trust.
    Silent: On direct ownership.
    """


def _cleared(path: Path, nature: str) -> Fix:
    """Clearing a nature; safe where it only repeats that ownership is direct."""
    edits = (Edit((*path, "nature_of_ownership"), None),)
    if nature.strip(" .()").casefold() in ("d", "direct", "directly", "n/a", "none", "direct ownership"):
        return Fix("Clear the nature of ownership", edits, safe=True)
    return Fix("Clear the nature of ownership; move its text to a footnote first", edits)


@rule(
    "HLD-007",
    "Direct ownership with a nature of indirect ownership",
    Severity.SUSPENSE,
    cite.SPEC_3_5,
    cite.SPEC_5,
)
@text_matches(
    "nature_of_ownership",
    bool,
    'Nature of Indirect Beneficial Ownership is "{text}", but Ownership Form is D',
    when=lambda row: row.ownership_form.value == "D",
    related=("ownership_form",),
    fix=_cleared,
)
def direct_with_nature() -> None:
    """A line is owned directly, but gives a nature of indirect ownership.

    Why: EDGAR accepts the nature only with I.
    Fix: Write I if someone else holds the securities; otherwise clear the nature and move its text to a footnote.
    Silent: For a footnote without text in that field.
    """


_SHOWN: Final = 60
"""Characters of a footnote that a message shows."""
_VAGUE: Final = Pattern(
    r"\A\W*(?:indirect(?:ly)?(?: held| owned| ownership)?|other|held indirectly|beneficial|n/?a|none|various|entity"
    r"|affiliate|by (?:an? )?(?:entity|affiliate|third part(?:y|ies)|others?))\W*\Z",
    re.IGNORECASE,
)
_SEE: Final = Pattern(r"\bsee\b.{0,20}(?:footnote|note|remark|explanation|exhibit|\()", re.IGNORECASE)
_JOINT: Final = Pattern(
    r"joint(?:ly)? (?:tenan|own|held|account|with)|community property|tenan(?:ts|cy) (?:in common|by the entiret)"
    r"|\bjtwros\b",
    re.IGNORECASE,
)
_STREET: Final = Pattern(
    r"\bstreet name\b|\b(?:broker(?:age)?|self|own|individual) account\b"
    r"|\bby (?:a |the |my |his |her )?(?:broker|bank|nominee|custodian)\b"
    r"(?! (?:for|of) (?:the )?(?:benefit|trust|minor|child))",
    re.IGNORECASE,
)
_HOLDERS: Final = Pattern(
    r"\b(?:spouse|wife|husband|child(?:ren)?|son|daughter|trusts?|llc|l\.p\.|lp|partnership|ira|401\(k\)|foundation|fund)\b",
    re.IGNORECASE,
)
_BOTH: Final = Pattern(r"\band (?:by |the |a |an |his |her )*|[;&/]", re.IGNORECASE)
_TOGETHER: Final = Pattern(
    r"trust(?:s|ee)? (?:for|f/?b/?o|of)|(?:spouse|wife|husband|child\w*|sons?|daughters?)(?:'s)? and (?:\w+ )?"
    r"(?:child\w*|sons?|daughters?|spouse)",
    re.IGNORECASE,
)
_DISCLAIMS: Final = ("disclaim", "pecuniary interest", "16a-1(a)(4)", "beneficial owner")
_DISCLAIMED: Final = Pattern(
    r"\b(?:spouse|wife|husband|fund|partnership|l\.?p\.?|llc|child(?:ren)?|family)\b", re.IGNORECASE
)
_TRUST: Final = Pattern(r"\btrust\b", re.IGNORECASE)
_ROLE: Final = Pattern(
    r"truste|beneficiar|settlor|grantor|revoca|for the benefit|f/?b/?o|family|spouse|wife|husband|child|son|daughter"
    r"|pecuniary|investment (?:control|power)|grat\b|annuity|living|\bu/a\b|dated|\bdtd\b|401|plan|esop|savings"
    r"|unit trust|charit",
    re.IGNORECASE,
)
_PROPORTIONATE: Final = Pattern(
    r"proportionate (?:interest|share|ownership|pecuniary)|pro[- ]rata (?:interest|share)", re.IGNORECASE
)
_ENTIRE: Final = Pattern(
    r"entire (?:amount|holding|number)|all (?:of the )?(?:shares|securities) (?:held|owned) by", re.IGNORECASE
)


def _is_indirect(row: Row) -> bool:
    return row.ownership_form.value == "I"


def _indirect(filing: Filing) -> Iterator[tuple[Path, Row, str]]:
    """The rows owned indirectly that state their nature."""
    for path, row in filing.rows():
        nature = row.nature_of_ownership.value
        if row.ownership_form.value == "I" and nature:
            yield path, row, nature


@rule(
    "HLD-008",
    "Nature of indirect ownership names no holder",
    Severity.WARNING,
    cite.FORM4_INSTR_4B_III,
    when=When(has=("indirect",)),
)
def nature_vague(filing: Filing, context: Context) -> Iterator[Hit]:
    """The nature of indirect ownership does not say who holds the securities.

    Why: The instruction asks for the nature as specifically as possible.
    Fix: Name the holder ("By Okafor Family Trust"), or refer to a footnote that does. form4 can add the footnote that
    the line had on an earlier filing.
    Silent: With any footnote on that field or the line, and for "See footnote" where the line has one.
    """
    for path, row, nature in _indirect(filing):
        if has_notes(filing, path):
            continue
        if _VAGUE.match(nature) or _SEE.search(nature):
            earlier, words = _noted_before(str(path[0]), row, context)
            had = f"; its footnote on the {earlier} was {_quoted(words)}" if words else ""
            yield Hit(
                (*path, "nature_of_ownership"),
                f'Nature of Indirect Beneficial Ownership is "{nature}", which names no holder{had}',
                fix=_noted_again(filing, path, earlier, words) if words else None,
            )


def _quoted(words: tuple[str, ...]) -> str:
    """The beginning of the first footnote."""
    return f'"{words[0]}"' if len(words[0]) <= _SHOWN else f'"{words[0][: _SHOWN - 1].rstrip()}…"'


def _noted_before(table: str, row: Row, context: Context) -> tuple[str, tuple[str, ...]]:
    """The last form on which the line had footnotes that name its holder, and their words; nothing without one.

    Nothing where that form has several holders of the line and the total does not show which one it is.
    """
    priors = ((prior.day, n, prior) for n, prior in enumerate(context.facts.history or ()))
    before = [(day, n, prior) for day, n, prior in priors if day is not None and day <= context.as_of]
    for day, _n, prior in sorted(before, reverse=True):
        holders = _holders(prior.filing, table, row)
        if holders:
            own = [words for total, words in holders if total == row.amount_owned_following.value]
            one = own if len(holders) > 1 else [words for _total, words in holders]
            return (f"Form {prior.filing.form} of {day:%m/%d/%Y}", one[0]) if len(one) == 1 else ("", ())
    return "", ()


def _holders(filing: Filing, table: str, row: Row) -> list[tuple[Decimal, tuple[str, ...]]]:
    """Each total of the row's line on a form, with the footnotes that name its holder."""
    key = line_key(table, row).series
    ends = [end for end in closing(filing) if end.key.series == key]
    found = [
        (
            total,
            (*known.line_notes.get("nature_of_ownership", ()), *known.line_notes.get("ownership_form", ())),
        )
        for end in ends
        for total, known in ((end.total, noted(filing, end)), *beside(filing, end))
    ]
    return [(total, tuple(dict.fromkeys(words))) for total, words in found if words]


def _noted_again(filing: Filing, path: Path, earlier: str, words: tuple[str, ...]) -> Fix:
    """The line with the footnotes that it had: those that the form has already are referred to."""
    known = {text: id for id, text in filing.footnote_texts().items()}
    last = max((whole_number(id[1:]) or 0 for id in known.values()), default=0)
    new = {text: f"F{last + n}" for n, text in enumerate((t for t in words if t not in known), 1)}
    ids = {**known, **new}
    cell = Edit((*path, "nature_of_ownership", "footnotes"), tuple(ids[text] for text in words))
    edits = (*(Edit(("footnotes", id), text) for text, id in new.items()), cell)
    return Fix(f"Add the footnote{'s' if len(words) > 1 else ''} that the line had on the {earlier}", edits)


def _direct(path: Path, _nature: str) -> Fix:
    edits = (Edit((*path, "ownership_form"), "D"), Edit((*path, "nature_of_ownership"), None))
    return Fix("Write D and clear the nature of ownership", edits)


_DIRECT: Final[ShapeOptions] = {
    "when": _is_indirect,
    "at": "ownership_form",
    "related": ("nature_of_ownership",),
    "fix": _direct,
}


@rule(
    "HLD-009",
    "Joint ownership reported as indirect",
    Severity.WARNING,
    cite.FORM4_INSTR_4B_II,
    when=When(has=("indirect",)),
)
@text_matches(
    "nature_of_ownership",
    _JOINT.search,
    '"{text}" is direct ownership (Instr. 4(b)(ii)), but Ownership Form is I',
    **_DIRECT,
)
def joint_as_indirect() -> None:
    """Securities owned jointly, or as community property, are reported as indirect ownership.

    Why: The instruction treats joint tenancy, tenancy in common, tenancy by the entirety and community property as
    direct.
    Fix: Write D and clear the nature.
    Silent: For every other nature.
    """


@rule(
    "HLD-010",
    "Securities in street name reported as indirect",
    Severity.WARNING,
    cite.FORM4_INSTR_4B_II,
    when=When(has=("indirect",)),
)
@text_matches(
    "nature_of_ownership",
    _STREET.search,
    '"{text}" is usually direct ownership, but Ownership Form is I',
    **_DIRECT,
)
def street_name_as_indirect() -> None:
    """Securities in street name, or in the person's own account, are reported as indirect ownership.

    Why: Securities that a bank, broker or nominee holds in its name for the person are owned directly; so are the
    person's own accounts.
    Fix: Write D and clear the nature.
    Silent: For accounts of a spouse or others; for an IRA, which some filers report as indirect and some as direct.
    """


def _names_several(nature: str) -> bool:
    parts = _BOTH.sub("\n", nature).split("\n")
    holders = all(_HOLDERS.search(part) for part in parts if part.strip())
    return len(parts) > 1 and holders and not _TOGETHER.search(nature)


@rule(
    "HLD-011",
    "Two holders on one line",
    Severity.WARNING,
    cite.FORM4_INSTR_4B_III,
    when=When(has=("indirect",)),
)
@text_matches(
    "nature_of_ownership",
    _names_several,
    '"{text}" names several holders; use one line for each',
    when=_is_indirect,
)
def holders_merged() -> None:
    """The nature of indirect ownership names two holders.

    Why: Each indirect holding is reported on a separate line.
    Fix: Split the line.
    Silent: When the names belong together, as in a trust for spouse and children.
    """


@rule(
    "OWN-020",
    "Indirect holder not named in a joint filing",
    Severity.WARNING,
    cite.FORM4_INSTR_4B_V,
    when=When(
        has=(
            "indirect",
            "several_owners",
        )
    ),
)
def holder_unnamed_in_joint_filing(filing: Filing, _context: Context) -> Iterator[Hit]:
    """In a joint filing, neither the nature of indirect ownership nor a footnote names the holder of an indirect line.

    Why: The form requires all information for each beneficial owner.
    Fix: Name the holder, or add a footnote such as "Held by Fund I LP".
    Silent: With one reporting person; with any footnote on the line, or a nature that names the holder.
    """
    for path, _row, nature in _indirect(filing):
        if _VAGUE.match(nature) and not has_notes(filing, path):
            yield Hit(
                (*path, "nature_of_ownership"),
                f'"{nature}" does not say who holds, or for which of the {len(filing.owners)} reporting persons',
                related=(("owners",),),
            )


@rule(
    "OWN-022",
    "Joint filing without a disclaimer of beneficial ownership",
    Severity.NOTE,
    cite.RULE_16A_1A4,
    when=When(
        has=(
            "indirect",
            "several_owners",
        )
    ),
)
def no_disclaimer(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A joint filing reports securities held by a fund, a spouse or a similar holder, without a disclaimer.

    Why: By general knowledge, Rule 16a-1(a)(4) permits filers to disclaim beneficial ownership beyond their pecuniary
    interest, and most do.
    Fix: If it is accurate, add "disclaims beneficial ownership except to the extent of the pecuniary interest".
    Silent: With one reporting person; when any text has a disclaimer or mentions pecuniary interest.
    """
    if len(filing.owners) < 2 or any(word in filing.prose() for word in _DISCLAIMS):
        return
    path = next((path for path, _row, nature in _indirect(filing) if _DISCLAIMED.search(nature)), None)
    if path is not None:
        yield Hit(
            (*path, "nature_of_ownership"),
            "No text disclaims beneficial ownership beyond the pecuniary interest; many joint filers do",
        )


@rule(
    "HLD-024",
    "Proportionate and entire interests mixed",
    Severity.NOTE,
    cite.FORM4_INSTR_4B_IV,
    when=When(words=("proportionate", "pro rata", "pro-rata")),
)
def proportions_mixed(filing: Filing, _context: Context) -> Iterator[Hit]:
    """One text reports a proportionate interest in an entity's holding, a different text the entire holding.

    Why: The instruction allows either; a mixture misleads.
    Fix: Report all lines the same way, or say why they differ.
    Silent: When the texts mention only one of the two.
    """
    texts: list[tuple[Path, str]] = [
        (("footnotes", i, "text"), note.text or "") for i, note in enumerate(filing.footnotes)
    ]
    texts.append((("remarks",), filing.remarks or ""))
    part = next((path for path, text in texts if _PROPORTIONATE.search(text)), None)
    whole = next(
        (
            path
            for path, text in texts
            if path != part and _ENTIRE.search(text) and not _PROPORTIONATE.search(text)
        ),
        None,
    )
    if part is not None and whole is not None:
        yield Hit(
            part,
            "This text reports a proportionate interest, a second one the entire holding",
            related=(whole,),
        )


@rule(
    "HLD-025",
    "Trust without the reporting person's role",
    Severity.NOTE,
    cite.RULE_16A_8,
    when=When(has=("indirect",)),
)
@text_matches(
    "nature_of_ownership",
    _TRUST.search,
    '"{text}" does not say whether the person is trustee, beneficiary or settlor',
    unless=_ROLE.search,
    unnoted=True,
    when=_is_indirect,
)
def trust_without_role() -> None:
    """A trust holds the securities, but no text says whether the person is trustee, beneficiary or settlor.

    Why: By general knowledge of Rule 16a-8, what is reported depends on role, interest, control and power to revoke.
    Fix: State it in the nature or a footnote: "By trust of which the reporting person is trustee".
    Silent: With a footnote on the line; for family trusts, plans, and natures that state a role, a person or a date.
    """


RULES: Final[tuple[Rule, ...]] = (
    indirect_without_nature,
    direct_with_nature,
    nature_vague,
    joint_as_indirect,
    street_name_as_indirect,
    holders_merged,
    holder_unnamed_in_joint_filing,
    no_disclaimer,
    proportions_mixed,
    trust_without_role,
)
