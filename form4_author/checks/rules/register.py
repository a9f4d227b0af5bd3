"""Rules that compare a form with the facts on record about the issuer and the reporting persons.

Sources: Exchange Act Section 16(a)(1); Rules 3a12-3(b) and 16a-2 as amended by Release 34-104903, effective March 18,
2026; the Commission's orders of March 5 and May 20, 2026; Form 4 General Instructions 1(b), 1(c) and 3(a)(iii); Form 3,
box 2.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.shape import table_1, text_matches
from form4_author.codes import exempt_places
from form4_author.findings import Hit, Severity
from form4_author.ident.cik import bare_cik
from form4_author.text import Pattern, grouped
from form4_author.timing.due_date import FOREIGN_INSIDERS, FOREIGN_INSIDERS_ACT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.facts import IssuerFacts
    from form4_author.model.filing import Filing

__all__ = ["RULES"]

_DEBT: Final = Pattern(r"\b(?:notes?|bonds?|debentures?|senior secured|subordinated)\b", re.IGNORECASE)
_CONVERTS: Final = Pattern(r"convert|exchangeable|warrant", re.IGNORECASE)
_TEN: Final = Decimal(10)


def _issuer(context: Context) -> IssuerFacts:
    """The facts about the issuer; only rules that need them ask for them."""
    issuer = context.facts.issuer
    assert issuer is not None  # noqa: S101  # what When.needs promises
    return issuer


def _holders_only(filing: Filing) -> bool:
    owners = filing.owners
    return bool(owners) and all(
        o.is_ten_percent_owner and not (o.is_director or o.is_officer or o.is_other) for o in owners
    )


@rule(
    "ISS-005",
    "Foreign trading symbol for a domestic issuer",
    Severity.NOTE,
    cite.SPEC_3_5,
    when=When(needs=("issuer",)),
)
def foreign_symbol_of_domestic_issuer(filing: Filing, context: Context) -> Iterator[Hit]:
    """A foreign trading symbol is given, but the register shows that the issuer is not a foreign private issuer.

    Why: The box was added in March 2026, when insiders of foreign private issuers began to report.
    Fix: Clear the box, unless the issuer is also listed abroad.
    Silent: If the register does not show whether the issuer is a foreign private issuer.
    """
    symbol = filing.issuer.foreign_trading_symbol
    if symbol and _issuer(context).foreign_private is False:
        yield Hit(
            ("issuer", "foreign_trading_symbol"),
            f'Foreign Trading Symbol is "{symbol}", but the issuer is not a foreign private issuer',
        )


@rule(
    "ISS-007",
    "Form filed only by 10% owners of a foreign private issuer",
    Severity.WARNING,
    cite.RULE_16A_2_FOREIGN,
    cite.RULE_3A12_3B,
    when=When(needs=("issuer",)),
)
def holder_of_foreign_issuer(filing: Filing, context: Context) -> Iterator[Hit]:
    """The issuer is a foreign private issuer, and the reporting persons are 10% owners only.

    Why: Since March 18, 2026, the directors and officers of a foreign private issuer report under Section 16(a), but
    its 10% owners do not.
    Fix: Confirm whether a form is required.
    Silent: For directors, officers and others, and for other issuers.
    """
    if _issuer(context).foreign_private and _holders_only(filing):
        yield Hit(
            ("owners", 0, "is_ten_percent_owner"),
            "A 10% owner of a foreign private issuer does not report; confirm whether a form is required",
        )


@rule(
    "ISS-008",
    "Event before insiders of foreign private issuers had to report",
    Severity.WARNING,
    cite.RELEASE_34_104903,
    cite.STAFF_FOREIGN_INSIDERS,
    when=When(needs=("issuer",), effective=FOREIGN_INSIDERS),
)
def before_foreign_insiders(filing: Filing, context: Context) -> Iterator[Hit]:
    """The issuer is a foreign private issuer, and a reported transaction or event was before March 18, 2026.

    Why: Its directors and officers report from that day. Earlier transactions are not reportable, except under Rule
    16a-2(a).
    Fix: Remove the line, or correct its date. On the Form 3 of a person in office before December 18, 2025, the date of
    the event is March 18, 2026.
    Silent: From that day; for other issuers; on a Form 3 for an appointment on or after December 18, 2025.
    """
    if not _issuer(context).foreign_private:
        return
    days: list[tuple[Path, date | None]] = [
        ((*path, "transaction_date"), row.transaction_date.value) for path, row in filing.transactions()
    ]
    event = filing.period_of_report
    if filing.base == "3" and event is not None and event < FOREIGN_INSIDERS_ACT:
        days.append((("period_of_report",), event))
    for path, day in days:
        if day is not None and day < FOREIGN_INSIDERS:
            yield Hit(
                path,
                f"{day} is before {FOREIGN_INSIDERS}, when insiders of foreign private issuers began to report",
            )


@rule(
    "ISS-009",
    "Insider who may be exempt by SEC order",
    Severity.NOTE,
    cite.ORDER_FOREIGN_INSIDERS,
    cite.ORDER_FOREIGN_INSIDERS_2,
    when=When(needs=("issuer",)),
)
def exempt_by_order(_filing: Filing, context: Context) -> Iterator[Hit]:
    """An order of the Commission covers the foreign private issuer's country and regulation.

    Why: The order of March 5, 2026 names Canada, Chile, the European Economic Area, South Korea, Switzerland and the
    United Kingdom; the order of May 20, 2026 names Australia, India and Singapore. Insiders who report under a
    qualifying regulation, in English and public within two business days, need not report under Section 16(a).
    Fix: Confirm whether the conditions of the order are met. If they are, no form is due.
    Silent: For other countries, and if it is not known whether the regulation applies.
    """
    issuer = _issuer(context)
    exempt = exempt_places().get(issuer.country or "")
    if issuer.foreign_private and issuer.qualifying_regulation and exempt is not None:
        yield Hit(
            ("issuer", "cik"),
            f"For an issuer from {exempt.place}, insiders who report under a qualifying home regulation may be exempt"
            f" by the SEC's order of {exempt.order}; check its conditions",
        )


@rule(
    "ISS-010",
    "Issuer without a class registered under Section 12",
    Severity.WARNING,
    cite.SECTION_16A,
    when=When(needs=("issuer",)),
)
def class_not_registered(_filing: Filing, context: Context) -> Iterator[Hit]:
    """The register shows that the issuer has no class registered under Section 12 and is not a closed-end fund.

    Why: Section 16(a) applies to insiders of issuers with a registered class. An issuer that reports only under Section
    15(d) has no registered class.
    Fix: Confirm whether a form is required.
    Silent: If either fact is not known.
    """
    issuer = _issuer(context)
    if issuer.registered is False and issuer.closed_end_fund is False:
        yield Hit(
            ("issuer", "cik"),
            "The issuer has no class registered under Section 12; confirm whether a form is required",
        )


@rule(
    "OWN-013",
    "Exit box that conflicts with the register",
    Severity.NOTE,
    cite.FORM4_INSTR_1B,
    when=When(forms="45", needs=("persons",)),
)
def exit_box_stale(filing: Filing, context: Context) -> Iterator[Hit]:
    """The register shows that the person has left, but the exit box is not checked; or the reverse.

    Why: The box says that the reporting person is no longer subject to Section 16. It is checked on the next form after
    that.
    Fix: Check or clear the box, or correct the register.
    Silent: If the register has no dates for the person; if the person left after the events reported.
    """
    for index, owner in enumerate(filing.owners):
        person = context.facts.person(owner.cik)
        period = filing.period_of_report
        if person is None or period is None:
            continue
        left = person.insider_until
        if left is not None and left < period and not filing.not_subject_to_section16:
            yield Hit(
                ("not_subject_to_section16",),
                f'{owner.name or owner.cik} left on {left}; check "no longer subject to Section 16"',
                related=(("owners", index),),
            )
        elif left is None and person.insider_since is not None and filing.not_subject_to_section16:
            yield Hit(
                ("not_subject_to_section16",),
                f'"No longer subject to Section 16" is checked, but {owner.name or owner.cik} has not left',
                related=(("owners", index),),
            )


def _table_1_of_no_fund(filing: Filing, context: Context) -> Iterable[tuple[Path, Any]]:
    return table_1(filing, context) if _issuer(context).closed_end_fund is False else ()


@rule(
    "HLD-021",
    "Debt of an issuer that is not a closed-end fund",
    Severity.NOTE,
    cite.FORM4_INSTR_3A_III,
    when=When(needs=("issuer",)),
)
@text_matches(
    "security_title",
    _DEBT.search,
    '"{text}" is debt, reportable for closed-end funds only',
    unless=_CONVERTS.search,
    of=_table_1_of_no_fund,
)
def debt_reported() -> None:
    """A Table I line reports debt, and the issuer is not a closed-end fund.

    Why: Insiders report equity securities; they report other securities only for closed-end funds.
    Fix: Remove the line, unless the debt converts into equity.
    Silent: When the title mentions conversion; when the type of issuer is not known.
    """


@rule(
    "HLD-023",
    "10% owner with 10% or less and the exit box not checked",
    Severity.NOTE,
    cite.FORM4_INSTR_1B,
    when=When(forms="4", needs=("issuer",)),
)
def holder_below_ten_per_cent(filing: Filing, context: Context) -> Iterator[Hit]:
    """A 10% owner with no other role reports 10% or less of the class, and the exit box is not checked.

    Why: A holder who falls to 10% or less is no longer subject to Section 16 as a holder, and checks the box on the
    next form.
    Fix: Check the box, if these lines report all holdings of the class.
    Silent: When the number of shares outstanding is not known; for directors, officers and others.
    """
    outstanding = _issuer(context).shares_outstanding
    if not outstanding or filing.not_subject_to_section16 or not _holders_only(filing):
        return
    lines: dict[tuple[str, str], tuple[Path, Decimal]] = {}
    for path, row in filing.rows():
        total = row.amount_owned_following.value
        if path[0] == "non_derivative" and total is not None:
            key = (row.ownership_form.value or "", row.nature_of_ownership.value or "")
            lines[key] = ((*path, "amount_owned_following"), total)
    held = sum((total for _path, total in lines.values()), Decimal(0))
    share = held * 100 / outstanding
    if lines and share <= _TEN:
        path = list(lines.values())[-1][0]
        yield Hit(
            path,
            f"{grouped(held)} of {grouped(outstanding)} shares are {share:.2f}%, 10% or less, but"
            ' "no longer subject to Section 16" is not checked',
            related=(("not_subject_to_section16",),),
        )


@rule(
    "DOC-012",
    "Events of more than one issuer on one form",
    Severity.ERROR,
    cite.FORM4_INSTR_1C,
    when=When(needs=("event_issuers",)),
)
def several_issuers(filing: Filing, context: Context) -> Iterator[Hit]:
    """The reported events concern securities of more than one issuer.

    Why: The instruction requires a separate form for each issuer.
    Fix: File a separate form for the events of each issuer.
    Silent: If the issuers of the events are not known.
    """
    issuer = bare_cik(filing.issuer.cik)
    others = [c for c in dict.fromkeys(bare_cik(c) for c in context.facts.event_issuers or ()) if c != issuer]
    if others:
        yield Hit(
            ("issuer", "cik"),
            f"The issuer's CIK is {issuer or 'not given'}, but events concern CIK {', '.join(others)};"
            " file a form for each issuer",
        )


@rule(
    "F3-009",
    "Holdings not as of the date of the event",
    Severity.NOTE,
    cite.FORM3_EVENT_DATE,
    when=When(forms="3", needs=("persons",)),
)
def holdings_of_another_day(filing: Filing, context: Context) -> Iterator[Hit]:
    """The holdings of a Form 3 are as of a different day than the event.

    Why: By general knowledge, Form 3 reports the holdings on the date of the event that requires it.
    Fix: Give the holdings as of that day.
    Silent: When the date of the holdings is not recorded.
    """
    for owner in filing.owners:
        person = context.facts.person(owner.cik)
        taken = person.holdings_as_of if person is not None else None
        if taken is not None and filing.period_of_report is not None and taken != filing.period_of_report:
            yield Hit(
                ("period_of_report",),
                f"Date of Event is {filing.period_of_report}, but the holdings are as of {taken}",
            )


@rule(
    "F3-011",
    "Shares of the purchase that crossed 10% not listed",
    Severity.NOTE,
    cite.RULE_16A_2,
    when=When(forms="3", needs=("persons",)),
)
def crossing_shares_missing(filing: Filing, context: Context) -> Iterator[Hit]:
    """A purchase made the person a 10% owner, and its shares are not among the holdings.

    Why: By general knowledge of Rule 16a-2(c), the purchase itself is not subject to Section 16, but its shares are
    holdings to report.
    Fix: Add the shares to the line.
    Silent: When it is not recorded how the person became a 10% owner.
    """
    for index, owner in enumerate(filing.owners):
        person = context.facts.person(owner.cik)
        if person is not None and person.crossed_ten_percent and person.crossing_shares_listed is False:
            yield Hit(
                ("non_derivative",),
                "The holdings omit the shares of the purchase that crossed 10%; add them",
                related=(("owners", index, "is_ten_percent_owner"),),
            )


RULES: Final[tuple[Rule, ...]] = (
    foreign_symbol_of_domestic_issuer,
    holder_of_foreign_issuer,
    before_foreign_insiders,
    exempt_by_order,
    class_not_registered,
    exit_box_stale,
    debt_reported,
    holder_below_ten_per_cent,
    several_issuers,
    holdings_of_another_day,
    crossing_shares_missing,
)
