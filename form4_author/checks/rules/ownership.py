"""Direct or indirect ownership and its nature.

Sources: EDGAR Ownership XML Technical Specification 5.5, sections 3.5 and 5; Form 4, General Instruction 4(b).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, rule
from form4_author.findings import Hit, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing

__all__ = ["RULES"]


@rule(
    "HLD-006",
    "Indirect ownership without its nature",
    Severity.SUSPENSE,
    cite.SPEC_3_5,
    cite.FORM4_INSTR_4B_III,
)
def indirect_without_nature(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A row is owned indirectly and does not say how.

    Why: EDGAR requires the nature of indirect ownership with I; a footnote alone is not enough.
    Fix: Say it as specifically as possible, such as By Spouse or By Okafor Family Trust.
    Silent: On direct ownership.
    Rejected: non_derivative[0].ownership_form = I
    Accepted: non_derivative[0].ownership_form = I; non_derivative[0].nature_of_ownership = By Spouse
    """
    for path, row in filing.rows():
        if row.ownership_form.value == "I" and not row.nature_of_ownership.value:
            yield Hit(
                (*path, "nature_of_ownership"),
                "Nature of Indirect Beneficial Ownership is required when Ownership Form is I",
                related=((*path, "ownership_form"),),
            )


@rule("HLD-007", "Direct ownership with a nature", Severity.SUSPENSE, cite.SPEC_3_5, cite.SPEC_5)
def direct_with_nature(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A row is owned directly and yet gives a nature of indirect ownership.

    Why: EDGAR takes the nature with I only.
    Fix: Write I if it is held through someone else; otherwise clear the nature and move its words to a footnote.
    Silent: For a footnote without text in that cell.
    Rejected: non_derivative[0].nature_of_ownership = By Spouse
    Accepted: non_derivative[0].nature_of_ownership = {"footnotes": ["F1"]}
    """
    for path, row in filing.rows():
        nature = row.nature_of_ownership.value
        if row.ownership_form.value == "D" and nature:
            yield Hit(
                (*path, "nature_of_ownership"),
                f'Nature of Indirect Beneficial Ownership is "{nature}", but Ownership Form is D',
                related=((*path, "ownership_form"),),
            )


RULES: Final[tuple[Rule, ...]] = (indirect_without_nature, direct_with_nature)
