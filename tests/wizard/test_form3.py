"""Form 3: the day first, then what was owned on it, in the filer's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.cli import main
from form4_author.files import draft_file
from form4_author.wire.draft import draft_of
from form4_author.wizard.screen import View
from form4_author.wizard.wording import lines
from tests.wizard.pilot import INSIDER
from tests.wizard.replay import ANSWERS, play
from tests.wizard.test_typing import put_at

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.wizard.screen import Ask
    from tests.wizard.replay import Watched

NEW: dict[str, Any] = {
    **INSIDER,
    "form": "3",
    "interview": {"at": "period_of_report", "foreign_issuer": "no"},
}
SIGNED = [
    ("remarks", ""),
    ("signing[0].capacity", "self"),
    ("signatures[0].name", ""),
    ("signatures[0].date", ""),
]


def ask(script: Watched, id: str) -> Ask:
    return next(ask for ask in script.asks if ask.id == id)


def test_the_day_comes_first_and_counts_the_deadline(tmp_path: Path) -> None:
    answers = [("period_of_report", "11/1"), ("happened", "q")]
    _, script = play(tmp_path / "a.form4.json", answers, NEW)

    assert [each.id for each in script.asks] == ["period_of_report", "happened"]
    asked = ask(script, "happened")
    assert asked.message == "What did Richard B. Roe own on 11/01/2024?"
    assert [o.label for o in asked.options] == [
        "Shares",
        "Stock options",
        "Restricted stock units (RSUs)",
        "Other: a warrant, a convertible security, another right",
        "None: no securities are owned",
    ]


def test_who_owned_nothing_is_asked_for_no_footnotes(tmp_path: Path) -> None:
    answers = [
        ("period_of_report", "11/1"), ("happened", "done"), ("lines", "done"), *SIGNED,
        ("review", "q"),
    ]  # fmt: skip
    outcome, script = play(tmp_path / "a.form4.json", answers, NEW)

    assert outcome.draft.filing.rows() == ()
    assert "notes" not in [each.id for each in script.asks]


@pytest.mark.parametrize(
    ("kind", "title"), [("options", "Stock Option (Right to Buy)"), ("units", "Restricted Stock Units")]
)
def test_the_title_of_what_was_owned_is_proposed(kind: str, title: str, tmp_path: Path) -> None:
    answers = [
        ("period_of_report", "11/1"), ("happened", kind),
        ("derivative[0].security_title", ""), ("derivative[0].exercise_price", "q"),
    ]  # fmt: skip
    outcome, script = play(tmp_path / "a.form4.json", answers, NEW)

    assert ask(script, "derivative[0].security_title").proposal == title
    assert outcome.draft.rows("derivative")[0].security_title.value == title


def test_going_back_from_a_holding_just_begun_leaves_no_line(tmp_path: Path) -> None:
    answers = [
        ("period_of_report", "11/1"), ("happened", "options"),
        ("derivative[0].security_title", "<"), ("happened", "derivative holding"),
        ("derivative[0].security_title", "q"),
    ]  # fmt: skip
    outcome, script = play(tmp_path / "a.form4.json", answers, NEW)

    assert len(outcome.draft.rows("derivative")) == 1
    assert [a.proposal for a in script.asks if a.id == "derivative[0].security_title"] == [
        "Stock Option (Right to Buy)",
        "",
    ]


def test_a_holding_is_called_by_what_it_holds() -> None:
    option = {"kind": "holding", "security_title": "Stock Option (Right to Buy)", "ownership_form": "D"}
    rows = [{**option, "underlying_amount": "12000"}, option]
    draft = draft_of({**NEW, "derivative": rows})

    assert lines(draft) == (
        "II-1  holding of 12,000  Stock Option (Right to Buy), direct",
        "II-2  holding  Stock Option (Right to Buy), direct",
    )


@pytest.mark.parametrize(
    ("id", "data", "label"),
    [
        ("period_of_report", NEW, "Date of becoming an insider (Date of Event Requiring Statement)"),
        (
            "events[0].date",
            {**INSIDER, "interview": {"events": [{"recipe": "gave"}]}},
            "Date of the gift",
        ),
        ("owners[0].cik", {"form": "4"}, "Whose filing is it? A CIK, a name, or the path of any past filing"),
    ],
)
def test_an_error_names_the_words_of_the_question(id: str, data: dict[str, Any], label: str) -> None:
    place, question = put_at(data, id)

    assert place.prompt.asked(View(draft_of(data), place.index)) == label
    assert question.check("") == f"An answer is needed: {label}"


def test_answers_recorded_with_the_day_last_still_make_the_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recorded = (ANSWERS / "form3.yaml").read_text(encoding="utf-8")
    day = "- period_of_report: 11/1\n"
    former = recorded.replace(day, "").replace("- remarks:", f"{day}- remarks:")
    former = former.replace("- happened: options\n", "- happened: derivative holding\n")
    former = former.replace('security_title: ""', "security_title: Stock Option (Right to Buy)")
    answers = tmp_path / "former.yaml"
    answers.write_text(former, encoding="utf-8")
    new = tmp_path / "new.form4.json"

    assert (
        main(["new", "--form", "3", "--answers", str(answers), "-o", str(new), "--as-of", "2024-11-04"]) == 0
    )
    assert capsys.readouterr().err == ""
    filing = draft_file.load(new).draft.filing
    assert str(filing.period_of_report) == "2024-11-01"
    assert [row.security_title.value for _, row in filing.rows()] == [
        "Common Stock",
        "Stock Option (Right to Buy)",
    ]
