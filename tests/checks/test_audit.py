"""The audit of an issuer's history: each kind of finding on filings that have it, and silence on those that don't."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from form4_author.checks.audit.course import course_of
from form4_author.checks.audit.delinquent import YearEndBasis, delinquent_reports, fiscal_year
from form4_author.checks.audit.insider import AuditKind, Insider, IssuerRecord, audited
from form4_author.checks.audit.reconciliation import ListedFiling, OnRecord, OpenFiling, reconciled
from form4_author.findings import Severity
from form4_author.model.facts import Adjustment, IssuerFacts, PersonFacts, PriorFiling
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.filing import filing_from

OWNER = {"cik": "200", "name": "Okafor Adaeze N", "is_director": True}


def row(day: str | None, total: str, amount: str = "100", code: str = "S", **more: str) -> dict[str, Any]:
    cells = {"security_title": "Common Stock", "amount_owned_following": total, "ownership_form": "D"}
    if day is None:
        return {"kind": "holding", **cells, **more}
    letter = "D" if code in "SF" else "A"
    cells |= {
        "transaction_date": day,
        "transaction_code": code,
        "amount": amount,
        "acquired_disposed": letter,
    }
    return {"kind": "transaction", "transaction_form_type": "4", "price": "10", **cells, **more}


def prior(number: int, filed: str | None, *rows: dict[str, Any], **head: Any) -> PriorFiling:
    """A filing of accession ``…-26-00000N``; its period is the day of its first row."""
    data = {
        "form": "4",
        "period_of_report": rows[0].get("transaction_date", "2026-01-02") if rows else "2026-01-02",
        "issuer": {"cik": "100", "name": "NORTHWIND INSTRUMENTS, INC.", "trading_symbol": "NWI"},
        "owners": [OWNER],
        "non_derivative": list(rows),
        "signatures": [{"name": "/s/ A. Okafor", "date": filed or "2026-01-05"}],
        **head,
    }
    filing = filing_from(data)[0]
    return PriorFiling(
        filing, date.fromisoformat(filed) if filed else None, f"0000000100-26-00000{number}", ""
    )


FORM_3 = prior(1, "2026-01-05", row(None, "1000"), form="3", period_of_report="2026-01-02")


def insiders(*filings: PriorFiling, **record: Any) -> tuple[Insider, ...]:
    return audited(IssuerRecord(filings=filings, **record), sec_calendar())


def only(*filings: PriorFiling, **record: Any) -> Insider:
    (found,) = insiders(*filings, **record)
    return found


def test_a_history_that_goes_on_has_no_finding() -> None:
    found = only(FORM_3, prior(2, "2026-02-04", row("2026-02-02", "900")))

    assert found.findings == ()
    assert found.late == ()
    assert found.worst() is None
    assert found.name == "Okafor Adaeze N (CIK 200)"


def test_a_break_names_both_filings() -> None:
    later = prior(3, "2026-03-04", row("2026-03-02", "700"))
    second = prior(2, "2026-02-04", row("2026-02-02", "900"))
    found = only(FORM_3, second, later)

    (each,) = found.findings
    assert (each.kind, each.severity, each.rule) == (AuditKind.HOLDINGS, Severity.WARNING, "HLD-004")
    assert (each.prior, each.earlier) == (later, second)
    assert each.message == (
        "Amount Owned Following Transaction(s) is 700; 900 on Form 4 of 2026-02-04 − 100 gives 800. "
        "A total may be wrong, or a filing in between is not on record"
    )
    assert found.worst() is Severity.WARNING


def test_an_adjustment_on_record_explains_a_break() -> None:
    moved = Adjustment("Common Stock", Decimal(-100), date(2026, 2, 10), "a miscount")
    filings = (
        FORM_3,
        prior(2, "2026-02-04", row("2026-02-02", "900")),
        prior(3, "2026-03-04", row("2026-03-02", "700")),
    )

    assert only(*filings, adjustments=(("200", moved),), persons=(PersonFacts(cik="200"),)).findings == ()
    assert len(only(*filings, adjustments=(("201", moved),)).findings) == 1


def test_a_break_after_an_uncertain_total_is_a_note() -> None:
    """Three rows of one line whose totals do not show which is the last."""
    vague = prior(
        2, "2026-02-04", row("2026-02-02", "500"), row("2026-02-02", "300"), row("2026-02-02", "900")
    )
    found = only(FORM_3, vague, prior(3, "2026-03-04", row("2026-03-02", "7000")))

    breaks = [f for f in found.findings if f.prior is not vague]
    assert [(f.rule, f.severity, f.earlier) for f in breaks] == [("HLD-004", Severity.NOTE, vague)]


def test_a_line_left_out_goes_against_the_filing_before() -> None:
    trust = row(None, "50", ownership_form="I", nature_of_ownership="By Trust")
    second = prior(2, "2026-02-04", row("2026-02-02", "900"), trust)
    found = only(FORM_3, second, prior(3, "2026-03-04", row("2026-03-02", "800")))

    assert [(f.rule, f.earlier) for f in found.findings] == [("HLD-014", second)]


def test_another_rule_with_history_is_of_the_other_kind() -> None:
    renamed = {"cik": "100", "name": "NORTHWIND INSTRUMENTS, INC.", "trading_symbol": "NWX"}
    found = only(FORM_3, prior(2, "2026-02-04", row("2026-02-02", "900"), issuer=renamed))

    assert [(f.kind, f.rule, f.earlier) for f in found.findings] == [(AuditKind.OTHER, "ISS-011", None)]


def test_a_first_form_4_without_a_form_3_is_a_note() -> None:
    first = prior(2, "2026-02-04", row("2026-02-02", "900"))

    (each,) = only(first).findings
    assert (each.kind, each.severity, each.message) == (
        AuditKind.MISSING,
        Severity.NOTE,
        "No Form 3 is on record; the first filing is Form 4 filed 2026-02-04. See whether EDGAR has one",
    )


def test_a_profit_within_six_months_is_a_prompt_to_ask() -> None:
    found = only(
        FORM_3,
        prior(2, "2026-02-04", row("2026-02-02", "1100", code="P")),
        prior(3, "2026-03-04", row("2026-03-02", "1000", price="15")),
    )

    (each,) = found.findings
    assert (each.kind, each.severity) == (AuditKind.SHORT_SWING, Severity.WARNING)
    assert each.message == (
        "Common Stock: possible profit of $500 (lowest price in, highest price out; 1 pair). Ask counsel"
    )


def test_an_insider_of_a_foreign_private_issuer_owes_none() -> None:
    filings = (
        FORM_3,
        prior(2, "2026-02-04", row("2026-02-02", "1100", code="P")),
        prior(3, "2026-03-04", row("2026-03-02", "1000", price="15")),
    )

    assert only(*filings, issuer=IssuerFacts(cik="100", foreign_private=True)).findings == ()


def test_a_figure_that_is_open_is_never_nothing() -> None:
    """A purchase and a sale at a profit on the six-month mark: not matched, but courts have counted differently."""
    found = only(
        FORM_3,
        prior(2, "2026-02-04", row("2026-02-02", "1100", code="P")),
        prior(3, "2026-08-04", row("2026-08-02", "1000", price="15")),
    )

    (each,) = found.findings
    assert (each.kind, each.severity) == (AuditKind.SHORT_SWING, Severity.NOTE)
    assert each.message.startswith(
        "Common Stock: not determined. A purchase and a sale at a profit are almost"
    )
    assert each.message.endswith("See form4 shortswing")


def test_a_split_that_no_form_states_leaves_the_figure_open() -> None:
    found = only(
        FORM_3,
        prior(2, "2026-02-04", row("2026-02-02", "1100", code="P", price="30")),
        prior(3, "2026-03-04", row("2026-03-02", "2100", price="15.50")),
    )

    messages = [f.message for f in found.findings if f.kind is AuditKind.SHORT_SWING]
    assert messages == [
        "Common Stock: not determined. There seems to be a stock split between trades; give it to form4 shortswing --split. See form4 shortswing"
    ]


def test_a_profit_beside_an_open_question_says_so_and_gives_the_bound() -> None:
    found = only(
        FORM_3,
        prior(
            2,
            "2026-02-04",
            row("2026-02-02", "1100", code="P"),
            row("2026-02-02", "1200", code="P", price="12"),
        ),
        prior(3, "2026-03-04", row("2026-03-02", "1000", price="15", amount="200")),
        prior(4, "2026-08-04", row("2026-08-02", "900", price="20")),
    )

    messages = [f.message for f in found.findings if f.kind is AuditKind.SHORT_SWING]
    assert len(messages) == 1
    assert "Uncertain: A purchase and a sale at a profit are almost exactly six months apart." in messages[0]


# ---- late


def test_a_late_form_4_has_its_late_transactions() -> None:
    late = prior(2, "2026-02-06", row("2026-02-02", "900"), row("2026-02-04", "800"))
    found = only(FORM_3, late)

    (report,) = found.late
    assert (report.rule, report.due.day, report.days_late) == ("DAT-005", date(2026, 2, 4), 2)
    assert [(r.day, r.code) for r in report.transactions] == [(date(2026, 2, 2), "S")]
    assert [(f.kind, f.severity, f.rule) for f in found.findings] == [
        (AuditKind.LATE, Severity.WARNING, "DAT-005")
    ]


def test_a_late_form_3_has_no_transactions() -> None:
    (report,) = only(prior(1, "2026-01-20", row(None, "5"), form="3")).late

    assert (report.rule, report.due.day, report.transactions) == ("F3-006", date(2026, 1, 12), ())


def test_a_late_form_5_has_all_that_was_due_on_it() -> None:
    gift = row("2025-05-05", "1100", code="G", transaction_form_type="5")
    (report,) = only(
        prior(2, "2026-03-04", row(None, "5"), gift, form="5", period_of_report="2025-12-31")
    ).late

    assert (report.rule, [r.day for r in report.transactions]) == ("F5-002", [date(2025, 5, 5)])


def test_a_form_5_on_time_may_report_what_was_due_on_form_4() -> None:
    (report,) = only(
        FORM_3,
        prior(
            2,
            "2026-02-04",
            row("2025-05-05", "900"),
            row("2026-02-03", "800"),
            form="5",
            period_of_report="2025-12-31",
        ),
    ).late

    assert [r.day for r in report.transactions] == [date(2025, 5, 5)]
    assert report.rule == ""
    assert report.message == (
        "Transaction of 2025-05-05 is marked as due on Form 4, by 2025-05-07; filed on Form 5 on 2026-02-04 it is 273"
        " days late"
    )


def test_without_a_filing_date_nothing_is_late() -> None:
    undated = prior(2, None, row("2026-02-02", "900"), signatures=[{"name": "/s/ A", "date": "2026-03-04"}])
    found = only(FORM_3, undated)

    assert found.late == ()
    assert [(f.kind, f.severity, f.message) for f in found.findings] == [
        (
            AuditKind.LATE,
            Severity.NOTE,
            "The filing date is not on record; due by 2026-02-04, signed after that day. Look it up",
        )
    ]
    signed = prior(2, None, row("2026-02-02", "900"), signatures=[{"name": "/s/ A", "date": "2026-02-03"}])
    assert only(FORM_3, signed).findings == ()
    unsigned = prior(2, None, row("2026-02-02", "900"), signatures=[])
    assert only(FORM_3, unsigned).findings == ()


# ---- Item 405


def late_filings() -> tuple[PriorFiling, ...]:
    return (
        prior(1, "2026-01-20", row(None, "1000"), form="3"),
        prior(2, "2026-02-06", row("2026-02-02", "900"), row("2026-02-02", "800")),
    )


def test_the_table_counts_reports_and_transactions() -> None:
    found = insiders(*late_filings())
    year = fiscal_year(2026, None, ())
    table = delinquent_reports(year, found)

    assert year == (date(2026, 1, 1), date(2026, 12, 31), YearEndBasis.ASSUMED)
    assert [(p.cik, p.name, p.reports, p.transactions, p.earlier) for p in table.persons] == [
        ("200", "Okafor Adaeze N", 2, 2, ())
    ]
    assert (table.undated, table.amendments, table.without_form_3) == ((), (), ())


def test_the_fiscal_year_is_of_the_register_or_the_last_form_5() -> None:
    form_5 = prior(2, "2026-02-04", row(None, "5"), form="5", period_of_report="2025-09-30")
    nameless = prior(3, "2026-02-04", row(None, "5"), form="5", period_of_report=None)

    assert fiscal_year(2026, None, (form_5, nameless)) == (
        date(2025, 10, 1),
        date(2026, 9, 30),
        YearEndBasis.FORM_5,
    )
    known = IssuerFacts(cik="100", fiscal_year_end=(6, 30))
    assert fiscal_year(2026, known, (form_5,)) == (date(2025, 7, 1), date(2026, 6, 30), YearEndBasis.REGISTER)


def test_what_was_due_in_an_earlier_year_is_listed_apart() -> None:
    late = prior(2, "2026-02-06", row("2025-05-05", "900"))
    (person,) = delinquent_reports(fiscal_year(2026, None, ()), insiders(FORM_3, late)).persons

    assert (person.reports, person.transactions) == (0, 0)
    assert [r.prior for r in person.earlier] == [late]
    assert delinquent_reports(fiscal_year(2024, None, ()), insiders(FORM_3, late)).persons == ()


def test_a_late_form_5_counts_for_the_year_it_is_for() -> None:
    form_5 = prior(2, "2026-03-04", row(None, "5"), form="5", period_of_report="2025-12-31")
    found = insiders(FORM_3, form_5)

    assert [p.reports for p in delinquent_reports(fiscal_year(2025, None, ()), found).persons] == [1]
    assert delinquent_reports(fiscal_year(2026, None, ()), found).persons == ()


def test_what_cannot_be_judged_is_listed() -> None:
    undated = prior(2, None, row("2026-01-02", "900"))
    amendment = prior(
        4,
        "2026-03-04",
        row("2026-01-12", "100", amount="7"),
        form="4/A",
        date_of_original_submission="2026-02-04",
        period_of_report="2026-02-02",
    )
    original = prior(3, "2026-02-04", row("2026-02-02", "800"))
    table = delinquent_reports(fiscal_year(2026, None, ()), insiders(undated, original, amendment))

    assert table.undated == (undated,)
    assert table.amendments == (amendment,)
    assert table.without_form_3 == (("200", "Okafor Adaeze N"),)


# ---- the course


def test_the_course_has_each_total_the_trades_and_the_windows() -> None:
    found = only(
        FORM_3,
        prior(2, "2026-02-04", row("2026-02-02", "1100", code="P")),
        prior(3, "2026-03-04", row("2026-03-02", "1000", price="15"), row("2026-03-03", "900", price="15")),
        prior(4, "2026-12-04", row("2026-12-02", "800", price="9")),
    )
    course = course_of(found)

    (line,) = course.lines
    assert line.name == "Common Stock, direct"
    assert [(p.day, p.held) for p in line.points] == [
        (date(2026, 1, 2), Decimal(1000)),
        (date(2026, 2, 2), Decimal(1100)),
        (date(2026, 3, 3), Decimal(900)),
        (date(2026, 12, 2), Decimal(800)),
    ]
    assert [(t.trade.side.value, t.held) for t in course.trades] == [
        ("purchase", Decimal(1100)),
        ("sale", Decimal(1000)),
        ("sale", Decimal(900)),
        ("sale", Decimal(800)),
    ]
    assert [(w.side.value, w.first, w.last) for w in course.windows] == [
        ("purchase", date(2026, 2, 2), date(2026, 7, 31)),
        ("sale", date(2026, 3, 2), date(2026, 9, 1)),
        ("sale", date(2026, 12, 2), date(2027, 5, 31)),
    ]


def test_a_trade_of_table_2_has_no_height() -> None:
    option = {
        "kind": "transaction", "security_title": "Call Option", "exercise_price": "5", "transaction_date": "2026-02-02",
        "transaction_code": "P", "transaction_form_type": "4", "amount": "1", "acquired_disposed": "A", "price": "2",
        "date_exercisable": "2026-02-02", "expiration_date": "2027-02-02", "underlying_title": "Common Stock",
        "underlying_amount": "100", "amount_owned_following": "1", "ownership_form": "D",
    }  # fmt: skip
    course = course_of(only(prior(2, "2026-02-04", derivative=[option], period_of_report="2026-02-02")))

    assert course.lines == ()
    assert [t.held for t in course.trades] == [None]


# ---- reconciliation

FEBRUARY, FILED = date(2026, 2, 2), date(2026, 2, 4)
ONE = ListedFiling("0000000100-26-000001", "4", FEBRUARY, FILED)
OWN = OnRecord("0000000100-26-000001", "4", FEBRUARY, FILED, "100", ("200",), prepared_here=True)


def test_a_list_and_a_record_that_agree() -> None:
    found = reconciled([ONE, ONE._replace(form="144", accession="x")], [OWN])

    assert (found.agreed, found.differs, found.imported) == (1, False, ())


def test_what_is_on_one_side_only() -> None:
    two = ONE._replace(accession="0000000100-26-000002", form="4/A")
    three = ONE._replace(accession="0000000100-26-000003", period=date(2026, 3, 2))
    own = OWN._replace(accession="0000000100-26-000009", filed=date(2026, 4, 1))
    draft = OpenFiling("d.form4.json", "4", date(2026, 3, 2), "100", ("200",))
    found = reconciled([ONE, two, three], [OWN._replace(prepared_here=False), own], [draft])

    assert found.missing == (two, three)
    assert found.amendments == (two,)
    assert found.drafts == ((three, draft),)
    assert found.unlisted == (own,)
    assert [each.accession for each in found.imported] == [ONE.accession]
    assert found.differs


def test_what_the_list_does_not_cover_is_not_called_unlisted() -> None:
    own = OWN._replace(accession="0000000100-26-000009")

    assert reconciled([], [own], complete_from=date(2026, 3, 1)).unlisted == ()
    assert reconciled([], [own], complete_from=date(2026, 2, 1)).unlisted == (own,)
    assert reconciled([], [own._replace(filed=None)], complete_from=date(2026, 2, 1)).unlisted == ()


def test_a_filing_without_a_number_is_the_one_that_fits() -> None:
    bare = OWN._replace(accession=None)
    listed = ONE._replace(issuer_cik="0000000100", owner_ciks=("0000000200",))

    assert reconciled([listed], [bare]).unnumbered == ((bare, listed),)
    assert reconciled([listed], [bare]).missing == ()
    for other in (
        bare._replace(period=None),
        bare._replace(form="5"),
        bare._replace(issuer_cik="101"),
        bare._replace(owner_ciks=("201",)),
        bare._replace(filed=date(2026, 2, 5)),
    ):
        assert reconciled([listed], [other]).missing == (listed,)
    assert reconciled([listed], [bare._replace(filed=None)]).missing == ()
    twice = [ONE, ONE._replace(accession="0000000100-26-000002")]
    assert reconciled(twice, [bare]).unnumbered == ()
