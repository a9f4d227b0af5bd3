"""A list of EDGAR against the record, as text and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from form4_author.page.shortswing import filled
from form4_author.text import visible
from form4_author.timing.legal_data import us_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from form4_author.checks.audit.reconciliation import ListedFiling, OnRecord, Reconciliation

__all__ = ["reconciliation_data", "reconciliation_text"]


def reconciliation_text(
    name: str, found: Reconciliation, adjusted: Iterable[tuple[str, str]], command: str
) -> str:
    """The comparison for people, at most 80 columns wide, ending with a newline.

    ``adjusted``: the lines adjusted since the last form, each with where the balance is from. ``command``: what takes
    over what is missing.
    """
    lines = [*filled(f"{name}: {found.agreed} filing{'' if found.agreed == 1 else 's'} on both sides.")]
    of_drafts = {listed.accession: draft.file for listed, draft in found.drafts}
    amending = {listed.accession for listed in found.amendments}
    for head, texts in (
        (
            "On EDGAR, not in the register",
            [
                _listed_words(each)
                + ("; amends a filing on record" if each.accession in amending else "")
                + (
                    f"; may be the draft {of_drafts[each.accession]}: form4 filed {of_drafts[each.accession]}"
                    f" --accession {each.accession}"
                    if each.accession in of_drafts
                    else ""
                )
                for each in found.missing
            ],
        ),
        ("In the register, not on EDGAR's list", [_own_words(each) for each in found.unlisted]),
        (
            "In the register without an accession number",
            [f"{_own_words(own)}; may be {there.accession}" for own, there in found.unnumbered],
        ),
        ("Imported, not prepared here", [_own_words(each) for each in found.imported]),
        (
            "Adjusted since the last form, so the balance differs from it",
            [f"{line}: {source}" for line, source in adjusted],
        ),
    ):
        if texts:
            lines += ["", *filled(f"{head}:"), *(line for text in texts for line in filled(text, "  "))]
    if not found.differs:
        lines += ["", "EDGAR's list and the register agree."]
    if found.missing:
        lines += ["", f"To import the missing filings: {command}"]
    return "\n".join(visible(line) for line in lines) + "\n"


def _listed_words(each: ListedFiling) -> str:
    filed = f" filed {us_date(each.filed)}" if each.filed is not None else ""
    period = f", period {us_date(each.period)}" if each.period is not None else ""
    return f"Form {each.form}{filed}{period} ({each.accession})"


def _own_words(each: OnRecord) -> str:
    filed = f" filed {us_date(each.filed)}" if each.filed is not None else ""
    period = f", period {us_date(each.period)}" if each.period is not None else ""
    return f"Form {each.form}{filed}{period} ({each.accession or each.name})"


def reconciliation_data(cik: str, name: str, found: Reconciliation) -> dict[str, Any]:
    """The comparison for machines; the keys are those of docs/audit.md."""
    return {
        "person": {"cik": cik, "name": name},
        "agreed": found.agreed,
        "missing": [_data(each) for each in found.missing],
        "drafts": [{"accession_number": each.accession, "draft": draft.file} for each, draft in found.drafts],
        "amendments": [each.accession for each in found.amendments],
        "unlisted": [_data(each) for each in found.unlisted],
        "unnumbered": [
            {"file": own.name, "accession_number": there.accession} for own, there in found.unnumbered
        ],
        "imported": [_data(each) for each in found.imported],
    }


def _data(each: ListedFiling | OnRecord) -> dict[str, Any]:
    return {
        "accession_number": each.accession,
        "form": each.form,
        "period": each.period.isoformat() if each.period else None,
        "filed": each.filed.isoformat() if each.filed else None,
    }
