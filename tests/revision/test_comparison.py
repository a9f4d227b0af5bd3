"""`form4 diff` and `form4 amend`: what is told of two filings, and what an amendment keeps of its original."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from form4_author import codes
from form4_author.checks.example import draft, edited
from form4_author.cli import main
from form4_author.errors import Form4Error
from form4_author.files import draft_file
from form4_author.model.filing import Filing, Footnote
from form4_author.revision.amendment import amendment, lines
from form4_author.revision.comparison import differences
from form4_author.text import day
from form4_author.wire.filing import filing_from
from form4_author.wire.write import write_document
from form4_author.wizard import session
from form4_author.wizard.answers_file import Given
from tests.builders import make_filing
from tests.strategies import filings
from tests.wizard.data import rows
from tests.wizard.replay import Watched
from tests.wizard.replay import desk as replay_desk


def told(*edits: str, base: str = "exercise") -> list[tuple[str, str | None, str | None]]:
    return [
        (d.place, d.before, d.after) for d in differences(make_filing(base), make_filing(base, list(edits)))
    ]


@given(filings("4"))
def test_a_filing_does_not_differ_from_itself(filing: Filing) -> None:
    assert differences(filing, filing) == ()


CASES: list[tuple[list[str], list[tuple[str, str | None, str | None]]]] = [
    ([], []),
    (["aff10b5_one = false"], []),
    (["remarks = Late."], [("Remarks", "nothing", "Late.")]),
    (
        ["period_of_report = 2026-10-05"],
        [("box 3, Date of Earliest Transaction", "2026-10-06", "2026-10-05")],
    ),
    (
        ["owners[0].is_ten_percent_owner = true"],
        [("Reporting person 1, box 5, 10% Owner", "no", "yes")],
    ),
    (
        ["non_derivative[1].price = 58.21"],
        [("Table I, line 2, column 4, Price", "58.12", "58.21")],
    ),
    (
        ["footnotes[0].text = Withheld."],
        [
            (
                "Table I, line 2, column 4, Amount, footnotes",
                '"Shares withheld by the issuer to pay the exercise price of the option and the tax due on its exercise."',
                '"Withheld."',
            )
        ],
    ),
    (
        ["delete non_derivative[1]"],
        [
            (
                "Table I, line 2",
                "Common Stock, 2026-10-06, 4, F, 5,120, 58.12",
                None,
            )
        ],
    ),
]


@pytest.mark.parametrize(("edits", "expected"), CASES, ids=[" ".join(e) or "none" for e, _ in CASES])
def test_what_is_told(edits: list[str], expected: list[tuple[str, str | None, str | None]]) -> None:
    assert told(*edits) == expected


def test_a_line_put_before_the_others_is_one_difference() -> None:
    first = make_filing("exercise")
    added = replace(
        first.non_derivative[0],
        security_title=replace(first.non_derivative[0].security_title, value="Class B"),
    )
    found = differences(first, replace(first, non_derivative=(added, *first.non_derivative)))

    assert [(d.path, d.place, d.before) for d in found] == [(("non_derivative", 0), "Table I, line 1", None)]


def test_renumbered_footnotes_are_the_same() -> None:
    first = make_filing("exercise")
    names = {"F1": "F2", "F2": "F1"}
    data = json.dumps(draft("exercise"))
    for old, new in names.items():
        data = data.replace(f'"{old}"', f'"x{new}"')
    second, _malformed = filing_from(json.loads(data.replace('"xF', '"F')))

    assert second != first
    assert differences(first, second) == ()


def test_transaction_that_became_a_holding() -> None:
    first = make_filing("exercise")
    rows = list(first.non_derivative)
    rows[1] = replace(rows[2], security_title=replace(rows[1].security_title, value="Units"))
    found = differences(first, replace(first, non_derivative=tuple(rows)))

    assert ("Table I, line 2", "transaction", "holding") in [(d.place, d.before, d.after) for d in found]


def test_names_that_edgar_fills_in_are_no_difference() -> None:
    filing = make_filing("seed")
    sent = replace(filing, issuer=replace(filing.issuer, name=None))

    assert differences(filing, sent) == ()
    other = replace(filing, issuer=replace(filing.issuer, name="OTHER INC."), edition="X0306")
    assert [(d.place, d.after) for d in differences(filing, other)] == [
        ("Issuer, box 2, Issuer Name", "OTHER INC.")
    ]


def test_joint_filers_are_found_by_their_cik() -> None:
    filing = make_filing("joint")
    turned = replace(filing, owners=filing.owners[::-1])

    assert {d.place for d in differences(filing, turned)} == {"Reporting person 1", "Reporting person 2"}


# ---- form4 diff


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.xml").write_bytes(write_document(make_filing("exercise"), codes.edition_named("X0609")))
    Path("b.form4.json").write_text(
        json.dumps(edited("@exercise: non_derivative[1].price = 58.21; delete derivative[0]"))
    )


@pytest.mark.usefixtures("files")
def test_diff_by_label(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "a.xml", "b.form4.json"]) == 0
    assert main(["diff", "a.xml", "a.xml"]) == 0

    assert capsys.readouterr().out == (
        "Table I, line 2, column 4, Price\n"
        "  - 58.12\n"
        "  + 58.21\n"
        "Table II, line 1\n"
        "  only in a.xml: Stock Option (Right to Buy), 21.5, 2026-10-06, 4, M, 10,000\n"
        "a.xml and a.xml have the same contents.\n"
    )


@pytest.mark.usefixtures("files")
def test_diff_the_other_way_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    main(["diff", "b.form4.json", "a.xml"])
    assert "only in a.xml: Stock Option" in capsys.readouterr().out
    main(["diff", "--json", "a.xml", "b.form4.json"])

    told = json.loads(capsys.readouterr().out)
    assert (told["a"], told["b"]) == ("a.xml", "b.form4.json")
    assert told["differences"][0] == {
        "path": "non_derivative[1].price",
        "place": "Table I, line 2, column 4, Price",
        "before": "58.12",
        "after": "58.21",
    }


# ---- form4 amend


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORM4_TODAY", "2026-11-23")


def made(*words: str) -> dict[str, Any]:
    assert main(["amend", "a.xml", "-o", "am.form4.json", *words]) == 0
    data: dict[str, Any] = json.loads(Path("am.form4.json").read_text())
    return data


@pytest.mark.usefixtures("files")
def test_amendment_repeats_the_lines_that_change(capsys: pytest.CaptureFixture[str]) -> None:
    data = made("--lines", "i.2", "--original", "2026-10-07", "--reason", "Corrects the price.")

    assert capsys.readouterr().out == (
        "am.form4.json: Form 4/A with 1 line of the original.\nNext: form4 edit am.form4.json\n"
    )
    assert (data["form"], data["date_of_original_submission"]) == ("4/A", "2026-10-07")
    assert [r["transaction_code"] for r in data["non_derivative"]] == ["F"]
    assert data["non_derivative"][0]["security_title"] == {"value": "Common Stock", "footnotes": ["F1"]}
    assert data["non_derivative"][0]["amount"]["footnotes"] == ["F2"]
    assert data["footnotes"] == [
        {"id": "F1", "text": "Corrects the price."},
        {
            "id": "F2",
            "text": "Shares withheld by the issuer to pay the exercise price of the option and the tax due on its exercise.",
        },
    ]
    assert "signatures" not in data
    assert "derivative" not in data


@pytest.mark.usefixtures("files")
def test_amendment_without_lines_has_its_reason_in_the_remarks(capsys: pytest.CaptureFixture[str]) -> None:
    data = made("--lines", "none", "--reason", "Corrects the address.")

    assert data["remarks"] == "Corrects the address."
    assert capsys.readouterr().out == (
        "am.form4.json: Form 4/A with 0 lines of the original.\n"
        "The original's filing date is missing: box 4, or --original here.\n"
        "Next: form4 edit am.form4.json\n"
    )


@pytest.mark.usefixtures("files")
def test_amendment_is_not_written_over_another_draft(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(made()["non_derivative"]) == 3
    assert main(["amend", "a.xml", "-o", "am.form4.json"]) == 2
    assert capsys.readouterr().err == (
        "form4: am.form4.json is already there. Choose another name, or give --force to replace it.\n"
    )
    assert len(made("--force", "--lines", "II.1")["derivative"]) == 1


@pytest.mark.usefixtures("files")
def test_a_line_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["amend", "a.xml", "-o", "am.form4.json", "--lines", "I.1,I.9"]) == 2
    assert capsys.readouterr().err == (
        'form4: The form has no line "I.9". Choose of its lines: I.1, I.2, I.3, II.1.\n'
    )


class Typing(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("files")
def test_lines_are_shown_and_asked_for_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORM4_PLAIN", "1")
    monkeypatch.setattr("sys.stdin", Typing("9\n?\n3,4\n"))
    data = made()

    assert [len(data["non_derivative"]), len(data["derivative"])] == [1, 1]
    asked = capsys.readouterr().out
    assert asked.count("Which lines change?\n  1 [ ] I-1  ") == 2
    assert asked.count("\n  4 [ ] II-1  ") == 2
    assert asked.count("\n  5 [ ] A line was left out: add one\n") == 2
    assert asked.count("\n  6 [ ] Only boxes, footnotes, remarks or a signature change\n") == 2
    assert '> "9" is not one of the numbers 1 to 6.\n> ' in asked
    assert "The lines that do not change are not repeated (Instruction 9)." in asked
    assert "Check each line of the filing that changes." in asked


@pytest.mark.parametrize("row", ["5", "6"])
@pytest.mark.usefixtures("files")
def test_an_amendment_without_the_lines_of_the_original(row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORM4_PLAIN", "1")
    monkeypatch.setattr("sys.stdin", Typing(f"{row}\n"))

    assert "non_derivative" not in made()


@pytest.mark.parametrize("key", ["<", "q", "\x1b"])
@pytest.mark.usefixtures("files")
def test_the_question_for_lines_can_be_left(
    key: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`<` was taken for the name of a line."""
    monkeypatch.setenv("FORM4_PLAIN", "1")
    monkeypatch.setattr("sys.stdin", Typing(f"{key}\n"))

    assert main(["amend", "a.xml", "-o", "am.form4.json"]) == 0
    assert capsys.readouterr().out.endswith("> No draft was made.\n")
    assert not Path("am.form4.json").exists()


def test_amendment_of_an_amendment_keeps_its_date() -> None:
    again = amendment(make_filing("amendment"), (), day("2026-12-01"))

    assert (again.form, again.date_of_original_submission) == (
        "4/A",
        make_filing("amendment").date_of_original_submission,
    )


def test_numbers_that_a_text_names_stay() -> None:
    filing = make_filing("exercise")
    named = tuple(replace(n, text=f"{n.text} See footnote 2.") for n in filing.footnotes)
    made = amendment(replace(filing, footnotes=named), [("non_derivative", 1)], None, "Corrects it.")

    assert [note.id for note in made.footnotes] == ["F1", "F2"]
    assert made.non_derivative[0].security_title.footnotes == ("F2",)


def test_what_cannot_be_amended() -> None:
    with pytest.raises(Form4Error, match=r"^The form to amend is not known\. Write 3, 4 or 5 as its form\.$"):
        amendment(Filing(), (), None)
    filing = make_filing("exercise")
    notes = tuple(Footnote(id=f"F{n}", text="See note 1.") for n in range(1, 100))
    row = replace(
        filing.non_derivative[0],
        price=replace(filing.non_derivative[0].price, footnotes=tuple(n.id for n in notes if n.id)),
    )
    full = replace(filing, footnotes=notes, non_derivative=(row,))
    with pytest.raises(Form4Error, match=r"^All 99 footnotes are in use\. Give the reason in the remarks\.$"):
        amendment(full, [lines(full)["I.1"]], None, "Why.")


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ("2027-01-01", "--original 2027-01-01 is in the future. Give the day it was filed."),
        (
            "2026-10-05",
            "--original 2026-10-05 is before 2026-10-06, the earliest transaction. Give the day it was filed.",
        ),
    ],
)
@pytest.mark.usefixtures("files")
def test_a_day_on_which_the_original_cannot_have_been_filed(
    told: str, problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["amend", "a.xml", "-o", "am.form4.json", "--original", told]) == 2
    assert capsys.readouterr().err == f"form4: {problem}\n"
    assert not Path("am.form4.json").exists()


@pytest.mark.usefixtures("files")
def test_an_amendment_names_its_original(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.xml").write_bytes(write_document(make_filing("amendment"), codes.current_edition("4")))

    assert main(["amend", "a.xml", "-o", "am.form4.json", "--original", "2026-10-30"]) == 2
    assert capsys.readouterr().err == (
        "form4: The form names 2026-09-23 as the day of the original, --original 2026-10-30."
        " Leave --original out, or change the day in the draft.\n"
    )
    assert made()["date_of_original_submission"] == "2026-09-23"


REASON = "Corrects the price."


@pytest.mark.usefixtures("files")
def test_the_reason_may_stand_at_the_cell_that_changed_or_in_the_remarks() -> None:
    data = made("--lines", "i.2", "--reason", REASON, "--reason-at", "price")
    line = data["non_derivative"][0]
    texts = {note["id"]: note["text"] for note in data["footnotes"]}
    assert [texts[id] for id in line["price"]["footnotes"]] == [REASON]
    assert line["security_title"] == "Common Stock"

    data = made("--force", "--lines", "i.2", "--reason", REASON, "--reason-at", "remarks")
    assert data["remarks"] == REASON
    assert REASON not in [note["text"] for note in data["footnotes"]]


# ---- lines that did not change

CORRECTED = [
    Given("lines", "non_derivative[1].columns"),
    Given("non_derivative[1].columns", "price"),
    Given("non_derivative[1].price", "58.21"),
    Given("non_derivative[1].columns", "right"),
]


def edited_lines(*answers: Given) -> tuple[list[tuple[str, str]], Watched]:
    """The lines left after these answers at the list of lines, each by its table and code, and what was asked."""
    script = Watched([*CORRECTED, *answers, Given("lines", "q")])
    session.Session(
        Path("am.form4.json"), draft_file.load(Path("am.form4.json")).draft, script, replay_desk()
    ).run()
    data = json.loads(Path("am.form4.json").read_text())
    return [(t, r["transaction_code"]) for t, _, r in rows(data)], script


DROP = ("unchanged", "Drop the 3 lines that did not change (Instruction 9)")


@pytest.mark.usefixtures("files")
def test_lines_that_did_not_change_are_offered_to_be_dropped() -> None:
    made()

    left, script = edited_lines(Given("lines", ""))

    before, after = [ask for ask in script.asks if ask.id == "lines"][:2]
    assert (before.options[1].label, before.proposal) == (
        "Drop the 4 lines that did not change (Instruction 9)",
        "done",
    )
    assert (after.options[1].value, after.options[1].label) == DROP
    assert after.proposal == "unchanged"
    assert left == [("non_derivative", "F")]
    assert "Only lines that changed are left." in script.pages[-1]


@pytest.mark.usefixtures("files")
def test_what_the_interview_fills_in_is_no_change() -> None:
    edits = [
        f"delete non_derivative[{n}].{name}"
        for n in range(2)
        for name in ("transaction_form_type", "equity_swap")
    ]
    Path("a.xml").write_bytes(write_document(make_filing("exercise", edits), codes.current_edition("4")))
    made()

    left, _script = edited_lines(Given("lines", "unchanged"))

    assert left == [("non_derivative", "F")]


@pytest.mark.usefixtures("files")
def test_lines_that_were_picked_stay_whether_they_changed_or_not() -> None:
    made("--lines", "I.1,I.2")

    left, script = edited_lines()

    assert left == [("non_derivative", "M"), ("non_derivative", "F")]
    assert "unchanged" not in {option.value for ask in script.asks for option in ask.options}
