"""``form4 deadline``: the counting line by line, files, JSON, wrong usage."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from form4_author import __version__
from form4_author.checks.example import draft, edited
from form4_author.cli import deadline, main
from form4_author.timing.legal_data import basis_data

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2026-11-20"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORM4_TODAY", TODAY)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What the command prints when it succeeds."""
    assert main(["deadline", *words]) == 0
    return capsys.readouterr().out


def due_line(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("Due ")]


def written(folder: Path, name: str, data: dict[str, Any]) -> str:
    file = folder / name
    file.write_text(json.dumps(data), encoding="utf-8")
    return str(file)


# ---- the count


def test_plan_trade_shows_the_days_until_notice_and_those_after_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = told(capsys, "--form", "4", "--trade", "2026-11-19", "--plan", "--notice", "2026-11-23")

    assert out == (
        "Form 4 for a transaction of 2026-11-19, under a plan\n"
        "\n"
        "  Thu 2026-11-19  trade\n"
        "  Fri 2026-11-20  business day 1\n"
        "  Sat 2026-11-21  Saturday, not counted\n"
        "  Sun 2026-11-22  Sunday, not counted\n"
        "  Mon 2026-11-23  business day 2; notice\n"
        "  Tue 2026-11-24  business day 3; notice counts until this day\n"
        "\n"
        "  Mon 2026-11-23  counts as executed: the day of notice\n"
        "  Tue 2026-11-24  business day 1\n"
        "  Wed 2026-11-25  business day 2\n"
        "\n"
        "Due Wed 2026-11-25 by 10:00 p.m. Eastern.\n"
        "Left on Fri 2026-11-20: 5 days, 3 of them business days.\n"
        "A closure of EDGAR announced later would move it.\n"
        "Source: 15 U.S.C. 78p(a)(2)(C); Form 4, Instr. 1(a); 17 CFR 240.16a-3(g);\n"
        "        Regulation S-T, Rule 13(a)\n"
        "\n"
        "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
    )


def test_plan_trade_without_notice_counts_from_the_third_business_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = told(capsys, "--trade", "2026-11-19", "--plan", "--notice", "never")

    assert "  Tue 2026-11-24  counts as executed: no notice before this day\n" in out
    assert "  Thu 2026-11-26  Thanksgiving Day, not counted\n" in out
    assert due_line(out) == ["Due Fri 2026-11-27 by 10:00 p.m. Eastern."]


def test_notice_on_the_day_of_the_trade_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "--trade", "2026-11-19", "--plan", "--notice", "2026-11-19")

    assert "  Thu 2026-11-19  counts as executed: the day of notice\n" in out
    assert due_line(out) == ["Due Mon 2026-11-23 by 10:00 p.m. Eastern."]


def test_plan_trade_with_an_unknown_notice_gets_the_earliest_date_and_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = told(capsys, "--trade", "2026-11-19", "--code", "i")

    assert "  Thu 2026-11-19  counts as executed: no day of notice is known\n" in out
    assert due_line(out) == ["Due Mon 2026-11-23 by 10:00 p.m. Eastern."]
    assert (
        "The day of notice is not known, so the days are counted from the trade. That\n"
        "gives the earliest due date. Give --notice DATE, or --notice never.\n"
    ) in out


def test_form_3_shows_ten_days_and_the_move(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "--form", "3", "--event", "2026-11-16")

    assert out.startswith("Form 3 for an event of 2026-11-16\n\n  Mon 2026-11-16  the event\n")
    assert (
        "  Wed 2026-11-25  day 9\n"
        "  Thu 2026-11-26  day 10, Thanksgiving Day\n"
        "  Fri 2026-11-27  next business day\n"
        "\n"
        "Due Fri 2026-11-27 by 10:00 p.m. Eastern.\n"
    ) in out


def test_form_3_on_registration_is_due_that_day(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "--event", TODAY, "--initial-registration")

    assert out == (
        "Form 3 for the issuer's first registration on 2026-11-20\n"
        "\n"
        "  Fri 2026-11-20  the event\n"
        "\n"
        "Due Fri 2026-11-20 by 10:00 p.m. Eastern.\n"
        "That is today, Fri 2026-11-20.\n"
        "Source: 15 U.S.C. 78p(a)(2)(A); Regulation S-T, Rule 13(a)\n"
        "\n"
        "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
    )


@pytest.mark.parametrize("event", ["2025-12-18", "2026-03-01", "2026-03-18"])
def test_form_3_of_the_weeks_before_foreign_insiders_file_names_the_option(
    event: str, capsys: pytest.CaptureFixture[str]
) -> None:
    note = "Directors and officers of foreign private issuers may have a different due date;\n--foreign counts it.\n"

    assert note in told(capsys, "--event", event)
    assert "--foreign" not in told(capsys, "--event", "2025-12-17")
    assert "--foreign" not in told(capsys, "--event", "2026-03-19")


ORDERS = (
    "Directors and officers of foreign private issuers of Canada, Chile, the European\n"
    "Economic Area, South Korea, Switzerland and the United Kingdom (SEC order of\n"
    "March 5, 2026) and of Australia, India and Singapore (SEC order of May 20, 2026)\n"
    "may be exempt where they report at home under a regulation that the order names,\n"
    "and each report is public in English within two business days. See whether the\n"
    "conditions hold.\n"
)


@pytest.mark.parametrize(
    ("event", "due", "why"),
    [
        ("2026-03-01", "Due Wed 2026-03-18", "of those appointed since 2025-12-18, on the tenth day where"),
        ("2026-03-12", "Due Mon 2026-03-23", "of those appointed since 2025-12-18, on the tenth day where"),
        ("2026-03-17", "Due Fri 2026-03-27", "of those appointed since 2025-12-18, on the tenth day where"),
        ("2026-03-18", "Due Wed 2026-03-18", "in office on 2026-03-18: Form 3 was due that day."),
        ("2026-03-18", "Due Wed 2026-03-18", "For one appointed on 2026-03-18 it was due on 2026-03-30,"),
        ("2026-03-19", "Due Mon 2026-03-30", ""),
    ],
)
def test_form_3_of_a_foreign_insider(
    event: str, due: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = told(capsys, "--event", event, "--foreign")

    assert due in out
    assert why in " ".join(out.split())
    assert ORDERS in out


def test_form_4_of_a_foreign_insider(capsys: pytest.CaptureFixture[str]) -> None:
    before = told(capsys, "--trade", "2026-03-17", "--foreign")
    since = told(capsys, "--trade", "2026-03-18", "--foreign")

    assert "No due date: directors and officers of foreign private issuers report" in before
    assert "Due Fri 2026-03-20 by 10:00 p.m. Eastern." in since
    assert ORDERS in before
    assert ORDERS in since


def test_form_5_leaves_out_the_middle_of_the_count(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "--form", "5", "--year-end", "2025-12-31", "--as-of", "2026-02-18")

    assert out == (
        "Form 5 for the fiscal year ended 2025-12-31\n"
        "\n"
        "  Wed 2025-12-31  the fiscal year ends\n"
        "  Thu 2026-01-01  day 1, New Year's Day\n"
        "  ...             days 2 to 44\n"
        "  Sat 2026-02-14  day 45, Saturday\n"
        "  Sun 2026-02-15  Sunday, not counted\n"
        "  Mon 2026-02-16  Washington's Birthday, not counted\n"
        "  Tue 2026-02-17  next business day\n"
        "\n"
        "Due Tue 2026-02-17 by 10:00 p.m. Eastern.\n"
        "Passed: filed on Wed 2026-02-18 it is 1 day late.\n"
        "Source: Form 5, Instr. 1(a); 17 CFR 240.0-3; Regulation S-T, Rule 13(a)\n"
        "Source for Mon 2026-02-16: 5 U.S.C. 6103\n"
        "\n"
        "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
    )


def test_day_that_is_not_confirmed_is_named_with_the_other_due_date_within_80_columns(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = told(capsys, "--trade", "2024-12-23")

    assert (
        "  Tue 2024-12-24  business day 1 (federal offices closed by order; EDGAR closure\n"
        "                  not confirmed)\n"
    ) in out
    assert due_line(out) == ["Due Thu 2024-12-26 by 10:00 p.m. Eastern."]
    assert (
        "Tue 2024-12-24 is counted but not confirmed as a business day. Without it the\n"
        "form is due Fri 2024-12-27.\n"
    ) in out
    assert out.endswith(
        "Source for Tue 2024-12-24: Executive order closing federal offices; no SEC\n"
        "        statement found\n"
        "Source for Wed 2024-12-25: 5 U.S.C. 6103\n"
        "\n"
        "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
    )
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--trade", "2026-12-22", "--plan", "--notice", "never"],
            "Thu 2026-12-24 is counted but not confirmed as a business day. Without it the form is due Thu 2026-12-31.",
        ),
        (
            ["--trade", "2024-12-20", "--plan", "--notice", "2024-12-20"],
            "Tue 2024-12-24 is counted but not confirmed as a business day. Without it the form is due Thu 2024-12-26.",
        ),
        (
            ["--event", "2024-12-14"],
            "Tue 2024-12-24 is counted but not confirmed as a business day. Without it the form is due Thu 2024-12-26.",
        ),
        (
            ["--year-end", "2024-11-09"],
            "Tue 2024-12-24 is counted but not confirmed as a business day. Without it the form is due Thu 2024-12-26.",
        ),
        (
            ["--trade", "2029-12-21"],
            (
                "Mon 2029-12-24 and Wed 2029-12-26 are counted but not confirmed as business days."
                " Without them the form is due Fri 2029-12-28."
            ),
        ),
    ],
)
def test_other_due_date_of_each_kind_of_count(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in told(capsys, *words).replace("\n", " ")
    assert json.loads(told(capsys, *words, "--json"))["answers"][0]["notes"] == [said]


def test_closed_days_are_not_counted_and_each_has_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "--trade", "2025-12-22")

    assert due_line(out) == ["Due Mon 2025-12-29 by 10:00 p.m. Eastern."]
    assert "  Wed 2025-12-24  EDGAR closed by executive order, not counted\n" in out
    assert "confirmed" not in out
    assert out.endswith(
        "Source for Wed 2025-12-24 and Fri 2025-12-26: Executive order; SEC statement:\n"
        "        EDGAR closed, items due December 24 to 26 timely on December 29\n"
        "Source for Thu 2025-12-25: 5 U.S.C. 6103\n"
        "\n"
        "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
    )
    steps = json.loads(told(capsys, "--trade", "2025-12-22", "--json"))["answers"][0]["due"]["steps"]
    assert [step["source"] for step in steps[:3]] == [
        None,
        "Executive order; SEC statement: EDGAR closed, items due December 24 to 26 timely on December 29",
        "5 U.S.C. 6103",
    ]


def test_long_count_that_moves_over_many_days_shows_its_last_counted_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = told(capsys, "--form", "3", "--event", "2025-12-14")

    assert (
        "  Mon 2025-12-15  day 1\n"
        "  ...             days 2 to 9\n"
        "  Wed 2025-12-24  day 10, EDGAR closed by executive order\n"
        "  Thu 2025-12-25  Christmas Day, not counted\n"
    ) in out


# ---- codes that may wait


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (["--code", "P"], "Mon 2026-11-23"),
        (["--code", "G"], "Mon 2026-11-23"),
        (["--code", "J"], "Mon 2026-11-23"),
        (["--code", "L", "--year-end", "2026-12-31"], "Tue 2027-02-16"),
        (["--code", "G", "--acquired", "--year-end", "2025-09-30"], "Mon 2027-11-15"),
    ],
)
def test_code_decides_what_may_wait(words: list[str], due: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert due_line(told(capsys, "--trade", "2026-11-19", *words)) == [f"Due {due} by 10:00 p.m. Eastern."]


def test_what_may_wait_asks_for_the_year_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "--trade", "2026-11-19", "--code", "W") == (
        "Form 5 for code W on 2026-11-19\n"
        "It may be reported on Form 5, due 45 days after the fiscal year ends; --year-end\n"
        "DATE counts it.\n"
        "\n"
        "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
    )


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("J", "Code J is due on Form 4, unless the exemption relied on permits Form 5."),
        ("E", "Code E is due on Form 4, unless the exemption relied on permits Form 5."),
        ("G", "Treated as a gift given. A gift received may be reported on Form 5 (--acquired)."),
    ],
)
def test_open_code_says_what_it_depends_on(code: str, note: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"\n{note}\n" in told(capsys, "--trade", "2026-11-19", "--code", code)


# ---- what is left


@pytest.mark.parametrize(
    ("as_of", "left"),
    [
        ("2026-11-23", "Left on Mon 2026-11-23: 7 days, 4 of them business days."),
        ("2026-11-26", "Left on Thu 2026-11-26: 4 days, 2 of them business days."),
        ("2026-11-28", "Left on Sat 2026-11-28: 2 days, 1 business day."),
        ("2026-11-29", "Left on Sun 2026-11-29: 1 business day."),
        ("2026-11-30", "That is today, Mon 2026-11-30."),
        ("2026-12-01", "Passed: filed on Tue 2026-12-01 it is 1 day late."),
        ("2026-12-05", "Passed: filed on Mon 2026-12-07 it is 7 days late."),
    ],
)
def test_time_left_is_told(as_of: str, left: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "--trade", "2026-11-25", "--as-of", as_of)

    assert due_line(out) == ["Due Mon 2026-11-30 by 10:00 p.m. Eastern."]
    assert f"\n{left}\n" in out


@pytest.mark.parametrize(
    ("clock", "left"),
    [
        ("14:58", "That is today, Fri 2026-11-20: 7 h 02 min left."),
        ("22:00", "That is today, Fri 2026-11-20: 0 h 00 min left."),
        (
            "22:01",
            "That is today, Fri 2026-11-20, and 10 p.m. has passed: sent now it is filed on\nMon 2026-11-23.",
        ),
    ],
)
def test_hours_are_told_on_the_due_date_by_the_clock(
    clock: str, left: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime.fromisoformat(f"{TODAY}T{clock}").replace(tzinfo=ZoneInfo("America/New_York"))
    monkeypatch.setattr(deadline, "now", lambda: moment)

    assert f"\n{left}\n" in told(capsys, "--trade", "2026-11-18")


# ---- files


def test_draft_has_a_count_for_each_due_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, "p.json", draft("plan"))
    out = told(capsys, "--as-of", "2026-10-20", file)

    assert [line for line in out.splitlines() if line.startswith("Table")] == [
        "Table I, line 1: S of 2026-10-19",
        "Table I, line 2: S of 2026-10-20",
    ]
    assert due_line(out) == [
        "Due Wed 2026-10-21 by 10:00 p.m. Eastern.",
        "Due Thu 2026-10-22 by 10:00 p.m. Eastern.",
    ]
    assert out.count("The earliest transaction sets the due date. Do not wait for the later ones.\n") == 1
    assert "counts: give it as Deemed Execution Date.\n" in out


def test_transactions_of_one_due_date_share_a_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = told(capsys, "--as-of", "2026-10-07", written(tmp_path, "e.json", draft("exercise")))

    assert out.splitlines()[1:4] == [
        "Table I, line 1: M of 2026-10-06",
        "Table I, line 2: F of 2026-10-06",
        "Table II, line 1: M of 2026-10-06",
    ]
    assert due_line(out) == ["Due Thu 2026-10-08 by 10:00 p.m. Eastern."]
    assert "earliest transaction" not in out


def test_deemed_execution_date_of_a_row_is_its_day_of_notice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = edited("@plan: non_derivative[0].deemed_execution_date = 2026-10-21; delete non_derivative[1]")
    out = told(capsys, written(tmp_path, "d.json", data))

    assert "  Wed 2026-10-21  counts as executed: the day of notice\n" in out
    assert due_line(out) == ["Due Fri 2026-10-23 by 10:00 p.m. Eastern."]
    assert "told the filer later" not in out


@pytest.mark.parametrize(
    ("example", "said"),
    [
        ("@form3:", "Due Tue 2026-10-13 by 10:00 p.m. Eastern."),
        ("@form5:", "Due Tue 2027-02-16 by 10:00 p.m. Eastern."),
        ("@form3: delete period_of_report", "No due date: the form or its date is missing."),
        ("delete form", "No due date: the form or its date is missing."),
        ("non_derivative = []", "No due date: the form reports no transaction."),
        (
            "delete non_derivative[0].transaction_date",
            "No due date: the transaction date is missing.",
        ),
        (
            "non_derivative[0].transaction_date = 2002-08-28",
            "No due date: before 2002-08-29 the due date depended on the month.",
        ),
        (
            "@gift: non_derivative[0].acquired_disposed = A",
            "It may be reported on Form 5, due 45 days after the fiscal year ends; --year-end",
        ),
        (
            "@amendment:",
            "An amendment has no separate due date. This is when the transactions it reports",
        ),
        (
            "@amendment: form = 3/A",
            "An amendment has no separate due date. This is when the transactions it reports",
        ),
    ],
)
def test_file_is_answered_by_what_it_holds(
    example: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in told(capsys, written(tmp_path, "f.json", edited(example))).splitlines()


def test_year_end_counts_what_may_wait_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, "g.json", edited("@gift: non_derivative[0].acquired_disposed = A"))

    assert due_line(told(capsys, file, "--year-end", "2026-12-31")) == [
        "Due Tue 2027-02-16 by 10:00 p.m. Eastern."
    ]


_PUBLIC = (
    "<ownershipDocument><schemaVersion>X0306</schemaVersion><documentType>3</documentType>"
    "<periodOfReport>2021-06-08</periodOfReport></ownershipDocument>"
)


def test_published_form_has_no_time_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "filed.xml"
    file.write_text(_PUBLIC, encoding="ascii")
    out = told(capsys, str(file), "--as-of", "2021-06-10")

    assert due_line(out) == ["Due Mon 2021-06-21 by 10:00 p.m. Eastern."]
    assert "Left on" not in out
    assert "announced later" not in out


@pytest.mark.parametrize(
    ("filed", "standing"),
    [
        ("20210621", "Filed on Mon 2021-06-21: in time."),
        ("20210623", "Filed on Wed 2021-06-23: 2 days late."),
    ],
)
def test_submission_text_tells_whether_it_was_in_time(
    filed: str, standing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "filed.txt"
    file.write_text(
        f"<SEC-DOCUMENT>0000000000-21-000001.txt : {filed}\n<SEC-HEADER>0000000000-21-000001.hdr.sgml : {filed}\n"
        "ACCESSION NUMBER:		0000000000-21-000001\nCONFORMED SUBMISSION TYPE:	3\n"
        f"FILED AS OF DATE:		{filed}\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>3\n<SEQUENCE>1\n<FILENAME>a.xml\n"
        f"<TEXT>\n<XML>\n{_PUBLIC}\n</XML>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n",
        encoding="ascii",
    )

    assert f"\n{standing}\n" in told(capsys, str(file))


def test_several_files_are_answered_in_their_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [written(tmp_path, f"{name}.json", draft(name)) for name in ("form5", "form3")]
    out = told(capsys, *files)

    assert [line for line in out.splitlines() if line.startswith(str(tmp_path))] == [
        f"{files[0]}: Form 5",
        f"{files[1]}: Form 3",
    ]


def test_unreadable_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "none.xml"]) == 2
    assert capsys.readouterr().err == (
        "form4: none.xml: There is no file of this name. Check the name and the folder.\n"
    )


# ---- JSON


def test_json_has_every_step(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(told(capsys, "--json", "--trade", "2026-11-24", "--plan", "--notice", "2026-11-25"))

    assert data == {
        "tool": "form4-author",
        "version": __version__,
        "as_of": TODAY,
        **basis_data(()),
        "answers": [
            {
                "title": "Form 4 for a transaction of 2026-11-24, under a plan",
                "file": None,
                "filed": None,
                "transactions": [],
                "notes": [],
                "due": {
                    "form": "4",
                    "day": "2026-11-30",
                    "time": "22:00",
                    "zone": "America/New_York",
                    "begins": "2026-11-25",
                    "execution": {
                        "traded": "2026-11-24",
                        "day": "2026-11-25",
                        "basis": "notice",
                        "steps": [
                            step("2026-11-25", 1),
                            step("2026-11-26", None, "Thanksgiving Day, not counted", "5 U.S.C. 6103"),
                            step("2026-11-27", 2),
                            step("2026-11-28", None, "Saturday, not counted"),
                            step("2026-11-29", None, "Sunday, not counted"),
                            step("2026-11-30", 3),
                        ],
                    },
                    "steps": [
                        step("2026-11-26", None, "Thanksgiving Day, not counted", "5 U.S.C. 6103"),
                        step("2026-11-27", 1),
                        step("2026-11-28", None, "Saturday, not counted"),
                        step("2026-11-29", None, "Sunday, not counted"),
                        step("2026-11-30", 2),
                    ],
                    "sources": ["15 U.S.C. 78p(a)(2)(C)", "Form 4, Instr. 1(a)", "17 CFR 240.16a-3(g)"],
                    "days_left": 10,
                    "days_late": None,
                },
            }
        ],
    }


def step(day: str, counted: int | None, reason: str = "", source: str | None = None) -> dict[str, object]:
    told = reason or f"business day {counted}"
    return {"day": day, "unit": "business_days", "counted": counted, "reason": told, "source": source}


def test_json_of_form_5_leaves_nothing_out(capsys: pytest.CaptureFixture[str]) -> None:
    (answer,) = json.loads(told(capsys, "--json", "--year-end", "2025-12-31"))["answers"]

    assert [s["counted"] for s in answer["due"]["steps"]] == [*range(1, 46), None, None, None]
    assert answer["due"]["execution"] is None
    assert answer["due"]["steps"][1] == {
        "day": "2026-01-02",
        "unit": "days",
        "counted": 2,
        "reason": "day 2",
        "source": None,
    }


def test_json_of_what_has_no_due_date(capsys: pytest.CaptureFixture[str]) -> None:
    (answer,) = json.loads(told(capsys, "--json", "--trade", "2026-11-19", "--code", "Z"))["answers"]

    assert answer["due"] is None
    assert answer["notes"][0].startswith("It may be reported on Form 5")


# ---- wrong usage


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name a FILE, or give --trade, --event or --year-end with a DATE"),
        (["--plan"], "name a FILE, or give --trade, --event or --year-end with a DATE"),
        (["--form", "3"], "--form 3 counts from --event DATE"),
        (["--form", "4"], "--form 4 counts from --trade DATE"),
        (["--form", "5"], "--form 5 counts from --year-end DATE"),
        (["--form", "3", "--trade", TODAY], "--form 3 counts from --event DATE, not from --trade"),
        (["--trade", TODAY, "--event", TODAY], "--trade and --event belong to different forms; give one of them"),
        (["--event", TODAY, "--year-end", TODAY], "--event and --year-end belong to different forms; give one of them"),
        (["--trade", TODAY, "--notice", TODAY], "--notice goes with --plan or --code I"),
        (["--trade", TODAY, "--plan", "--notice", "2026-11-19"], "--notice 2026-11-19 is before --trade 2026-11-20"),
        (["--trade", "x"], 'argument --trade: "x" is not a date of the form YYYY-MM-DD'),
        (["--trade", "2026-11-31"], 'argument --trade: "2026-11-31" is not a calendar date'),
        (["--trade", TODAY, "--plan", "--notice", "x"], 'argument --notice: "x" is not a date of the form YYYY-MM-DD'),
        (["--trade", "2002-08-28"], "--trade 2002-08-28 is before 2002-08-29, when other due dates held"),
        (
            ["--trade", TODAY, "--code", "V"],
            'argument --code: "V" is not a transaction code; they are P S A D F I M C E H O X G L W Z J U',
        ),
        (["--year-end", TODAY, "--foreign"], "--foreign goes with --event or --trade DATE"),
        (["--trade", TODAY, "--acquired"], "--acquired goes with --code G"),
        (["--event", TODAY, "--code", "P"], "--code goes with --trade DATE"),
        (["--year-end", TODAY, "--plan"], "--plan goes with --trade DATE"),
        (["--trade", TODAY, "--initial-registration"], "--initial-registration goes with --event DATE"),
        (["a.xml", "--trade", TODAY], "a FILE has its own dates; leave out --trade"),
        (["a.xml", "--initial-registration"], "a FILE has its own dates; leave out --initial-registration"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_sentence(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", *words]) == 2
    assert capsys.readouterr().err == f"form4 deadline: {said}. See form4 deadline --help.\n"
