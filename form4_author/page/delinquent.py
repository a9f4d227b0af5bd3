"""The table of delinquent Section 16(a) reports with its evidence, and the draft of the paragraph (Item 405)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from form4_author import __version__
from form4_author.checks.audit.delinquent import YearEndBasis, transactions_of
from form4_author.page.audit import filing_data, filing_words
from form4_author.page.shortswing import filled
from form4_author.text import visible
from form4_author.timing.legal_data import basis, us_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from form4_author.checks.audit.delinquent import DelinquentPerson, DelinquentReports
    from form4_author.checks.audit.lateness import LateReport

__all__ = ["LATE_LIMITS", "delinquent_data", "delinquent_text", "paragraph"]

LATE_LIMITS: Final = (
    "Not legal advice: a draft for the person who prepares the disclosure under Regulation S-K, Item 405.",
    "Only filings in the register are counted. A report that was never filed is not seen; add known failures to file.",
    "Each late filing counts as one report. Exemptions, later notice of plan trades and SEC adjustments may change it.",
    "Whether a Form 5 was due, or a written representation covers it (Item 405(b)), is not known here.",
)
"""What the table does not say."""
_YEAR_END: Final = {
    YearEndBasis.REGISTER: "",
    YearEndBasis.FORM_5: "The end of the fiscal year is that of the last Form 5 on record.",
    YearEndBasis.ASSUMED: "The end of the fiscal year is not in the register; December 31 is assumed."
    " Record it: form4 issuer edit ISSUER --fiscal-year-end MM-DD",
}
_FOREIGN: Final = (
    "The register lists a foreign private issuer. Item 405 is an item of Form 10-K and of the proxy statement; by"
    " general knowledge, Forms 20-F and 40-F have none. See whether the table is needed."
)
_NAME: Final = 48
"""Columns for a name."""
_ROW: Final = "{:<48} {:>9} {:>14}"
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def delinquent_text(name: str, found: DelinquentReports, *, foreign: bool = False) -> str:
    """The table, the evidence and the draft for people, at most 80 columns wide, ending with a newline."""
    year = found.year
    lines = [
        *filled(f"{name}: late reports under Section 16(a)"),
        *filled(f"Fiscal year {us_date(year.first)} to {us_date(year.last)}"),
    ]
    for remark in (_YEAR_END[year.basis], _FOREIGN if foreign else ""):
        lines += filled(remark)
    lines += ["", *(_table(found.persons) if found.persons else ["No late report is on record."])]
    for person in found.persons:
        lines += ["", *filled(_who(person))]
        lines += [line for report in person.late for line in _evidence(report, "")]
        lines += [line for report in person.earlier for line in _evidence(report, _OF_EARLIER)]
    lines += _to_check(found)
    lines += ["", *filled("Draft paragraph"), *_paragraph_lines(name, found)]
    lines += ["", *filled(basis()), "Limits"]
    for limit in LATE_LIMITS:
        lines += filled(limit, "  ")
    return "\n".join(visible(line) for line in lines) + "\n"


_OF_EARLIER: Final = (
    "Due in an earlier fiscal year; not counted above. Name it unless it was disclosed before."
)


def _table(persons: Iterable[DelinquentPerson]) -> list[str]:
    """A row for each person; a long name has lines of its own above the numbers."""
    lines = [
        _ROW.format("Reporting person", "Late", "Transactions"),
        _ROW.format("", "reports", "not on time"),
    ]
    for person in persons:
        name = _who(person)
        if len(name) > _NAME:
            lines += filled(name)
            name = ""
        lines.append(_ROW.format(name, person.reports, person.transactions))
    return lines


def _who(person: DelinquentPerson) -> str:
    return f"{person.name or 'Reporting person'} (CIK {person.cik})"


def _evidence(report: LateReport, remark: str) -> list[str]:
    filing = report.prior.filing
    period = f"period {filing.period_of_report}, " if filing.period_of_report else ""
    head = f"{filing_words(report.prior)}: {period}due {report.due.day}, filed {report.filed}"
    rows = "; ".join(f"{row.code} {row.day}, due {row.due.day}" for row in report.transactions)
    more = [f"Transactions: {rows}"] if rows else []
    return [
        *filled(head, "  "),
        *(line for text in (*more, remark) for line in filled(text, "    ")),
    ]


def _to_check(found: DelinquentReports) -> list[str]:
    lines: list[str] = []
    for head, texts in (
        ("Filing date not on record, timeliness not determined", [filing_words(p) for p in found.undated]),
        (
            "Amendment adds a transaction that was due earlier, not counted",
            [filing_words(p) for p in found.amendments],
        ),
        (
            "No Form 3 on record; see whether EDGAR has one",
            [f"{name} (CIK {cik})" for cik, name in found.without_form_3],
        ),
    ):
        if texts:
            lines += [
                "",
                *filled(f"To check. {head}:"),
                *(line for text in texts for line in filled(text, "  ")),
            ]
    return lines


def _paragraph_lines(name: str, found: DelinquentReports) -> list[str]:
    text = paragraph(name, found)
    if text:
        return ["", "  Delinquent Section 16(a) Reports", "", *filled(text, "  ", "")]
    return filled(
        "None: nothing was found that Item 405 asks to disclose. The caption may be left out where there is nothing to"
        " disclose.",
        "  ",
        "",
    )


def paragraph(name: str, found: DelinquentReports) -> str:
    """The draft for the proxy statement or Form 10-K; empty where nothing was late. Brackets mark what to complete."""
    persons = [_statement(person) for person in found.persons]
    if not persons:
        return ""
    return (
        "Section 16(a) of the Exchange Act requires our directors, officers and holders of more than 10% of a"
        " registered class of our equity securities to report their ownership of our securities, and changes in it,"
        f" to the SEC. Based on our review of the reports filed for the fiscal year ended {us_date(found.year.last)}"
        " [and written representations from reporting persons], we believe that"
        f" {name} [the Company] had the following late reports: {'; '.join(persons)}."
        " [Add known failures to file.]"
    )


def _statement(person: DelinquentPerson) -> str:
    parts = [_counted(person.late)] if person.late else []
    if person.earlier:
        parts.append(f"[unless disclosed before, of an earlier fiscal year: {_counted(person.earlier)}]")
    return f"{person.name or f'CIK {person.cik}'}, {' '.join(parts)}"


def _counted(late: Sequence[LateReport]) -> str:
    """``one late Form 3 and two late Forms 4, reporting three transactions``."""
    parts = []
    for base in "345":
        of_base = [report for report in late if report.prior.filing.base == base and report.rule]
        if of_base:
            parts.append(f"{_number(len(of_base))} late Form{'' if len(of_base) == 1 else 's'} {base}")
    on_form_5 = [report for report in late if not report.rule]
    if on_form_5:
        parts.append(
            f"{_number(len(on_form_5))} Form{'' if len(on_form_5) == 1 else 's'} 5 with transactions due on Form 4"
        )
    rows = transactions_of(late)
    count = f", reporting {_number(rows)} transaction{'' if rows == 1 else 's'} not on time" if rows else ""
    return " and ".join(parts) + count


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def delinquent_data(
    cik: str, name: str, found: DelinquentReports, *, foreign: bool = False
) -> dict[str, Any]:
    """The table for machines; the keys are those of docs/audit.md."""
    return {
        "tool": "form4-author",
        "version": __version__,
        "issuer": {"cik": cik, "name": name, "foreign_private": foreign},
        "fiscal_year": {
            "first": found.year.first.isoformat(),
            "last": found.year.last.isoformat(),
            "basis": found.year.basis.value,
        },
        "persons": [
            {
                "cik": person.cik,
                "name": person.name,
                "late_reports": person.reports,
                "transactions": person.transactions,
                "known_failures_to_file": None,
                "evidence": [_report_data(report) for report in person.late],
                "earlier_years": [_report_data(report) for report in person.earlier],
            }
            for person in found.persons
        ],
        "filing_date_not_on_record": [filing_data(prior) for prior in found.undated],
        "amendments_to_check": [filing_data(prior) for prior in found.amendments],
        "without_form_3": [{"cik": c, "name": n} for c, n in found.without_form_3],
        "paragraph": paragraph(name, found) or None,
        "basis": basis(),
        "limits": list(LATE_LIMITS),
    }


def _report_data(report: LateReport) -> dict[str, Any]:
    return {
        **filing_data(report.prior),
        "due": report.due.day.isoformat(),
        "days_late": report.days_late,
        "transactions": [
            {"date": row.day.isoformat(), "code": row.code, "due": row.due.day.isoformat()}
            for row in report.transactions
        ],
    }
