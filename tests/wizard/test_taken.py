"""Footnotes that go with a line of the last filing: on events, holdings, lines by hand; those that are asked about."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.cli import main
from form4_author.codes import edition_named
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wire.write import write_document
from form4_author.wizard.draft import carried_note, footnote, opening
from tests.wizard.data import drawn, node, put, with_change
from tests.wizard.pilot import INSIDER, interview
from tests.wizard.replay import TODAY, play
from tests.wizard.test_events import above_a_note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FUND = "Shares are held by Example Ventures II, L.P. The reporting person disclaims beneficial ownership of them."
GENERAL = "Example Ventures GP, LLC is the general partner of Example Ventures II, L.P."
UNVESTED = "Includes 1,200 unvested restricted stock units granted on March 1, 2024."
CLASS = "Class A Common Stock has one vote a share."
TOTAL_CELL = "Table I, line 1, column 5, Amount Owned Following Transaction(s)"
SALE = {"date": "11/1", "quantity": "100", "price": "10"}


def ref(value: str | None, *ids: str) -> dict[str, Any]:
    return {"value": value, "footnotes": list(ids)} if value is not None else {"footnotes": list(ids)}


def share(total: str = "5000", **cells: Any) -> dict[str, Any]:
    """A holding of Common Stock, direct unless it says how."""
    form = "I" if "nature_of_ownership" in cells else "D"
    return {"kind": "holding", "security_title": "Common Stock", "amount_owned_following": total, "ownership_form": form, **cells}  # fmt: skip


def option(**cells: Any) -> dict[str, Any]:
    terms = {"exercise_price": "12.50", "date_exercisable": "2020-01-01", "expiration_date": "2030-01-01"}
    both = {"underlying_title": "Common Stock", "underlying_amount": "1000"}
    return share("1000", **{"security_title": "Stock Option (Right to Buy)", **terms, **both, **cells})


def last(*shares: dict[str, Any], notes: Sequence[str], options: Sequence[dict[str, Any]] = (), **said: Any) -> dict[str, Any]:  # fmt: skip
    """The last filing; footnotes F1, F2 …."""
    listed = [{"id": f"F{n}", "text": words} for n, words in enumerate(notes, 1)]
    signed = [{"name": "/s/ Richard B. Roe", "date": "2024-08-05"}]
    tables = {"non_derivative": list(shares), **({"derivative": list(options)} if options else {})}
    return {
        **INSIDER,
        "period_of_report": "2024-08-01",
        **tables,
        "footnotes": listed,
        "signatures": signed,
        **said,
    }


def begun(*shares: dict[str, Any], notes: Sequence[str], options: Sequence[dict[str, Any]] = (), **said: Any) -> dict[str, Any]:  # fmt: skip
    """The draft that begins with it."""
    return draft_data(
        opening.from_filing(filing_from(last(*shares, notes=notes, options=options, **said))[0])
    )


def noted(data: Mapping[str, Any]) -> list[str]:
    """``I-2 nature_of_ownership (1)`` for each cell with footnotes."""
    return [
        f"{'II' if table == 'derivative' else 'I'}-{int(index) + 1} {column} {' '.join(f'({i[1:]})' for i in ids)}"
        for (table, index, column), ids in footnote.cells(draft_of(dict(data)))
    ]


def texts(data: Mapping[str, Any]) -> list[str]:
    return list(footnote.texts(draft_of(dict(data))).values())


# ---- the case of a filer

ANSWERS = """\
- happened: sold
- events[0].date: 11/27
- events[0].security: ''
- events[0].quantity: '100'
- events[0].price: '10'
- events[0].ownership: D
- events[0].after_1: ''
- lines: carry
- lines: done
- aff10b5_one: 'no'
- exit: 'no'
- notes: done
- remarks: ''
- signing[0].capacity: self
- signatures[0].name: ''
- signatures[0].date: ''
- review: q
"""
SOLD = {
    **share(), "kind": "transaction", "transaction_date": "2026-08-03", "transaction_form_type": "4", "transaction_code": "S",
    "equity_swap": False, "amount": "100", "price": "12", "acquired_disposed": "D",
}  # fmt: skip
DATED: dict[str, Any] = {
    "period_of_report": "2026-08-03", "signatures": [{"name": "/s/ Richard B. Roe", "date": "2026-08-04"}], "format": 1,
    "aff10b5_one": False,
}  # fmt: skip


@pytest.fixture
def prior(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The last filing of the case, with its answers, in the folder of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "register.sqlite3"))
    (tmp_path / "answers.yaml").write_text(ANSWERS, encoding="ascii")
    return last(SOLD, share("90000", nature_of_ownership=ref("See footnote", "F1")), notes=[FUND], **DATED)


def new(folder: Path, *words: str) -> dict[str, Any]:
    assert (
        main(["new", *words, "--answers", "answers.yaml", "-o", "out.form4.json", "--as-of", "2026-11-30"])
        == 0
    )
    made: dict[str, Any] = json.loads((folder / "out.form4.json").read_text(encoding="utf-8"))
    return made


def test_a_line_of_the_last_filing_has_its_footnote(
    prior: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "prior.form4.json").write_text(json.dumps(prior), encoding="utf-8")
    data = new(tmp_path, "--from", "prior.form4.json")

    assert data["non_derivative"][1]["nature_of_ownership"] == ref("See footnote", "F1")
    assert data["footnotes"] == [{"id": "F1", "text": FUND}]
    assert capsys.readouterr().out == (
        "\nout.form4.json: ready (Form 4, X0609): no findings\n"
        "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
        "Saved. Go on with: form4 resume out.form4.json\n"
    )


def test_a_line_of_the_register_has_its_footnote(
    prior: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "prior.xml").write_bytes(write_document(filing_from(prior)[0], edition_named("X0609")))
    assert main(["import", "prior.xml"]) == 0
    capsys.readouterr()
    data = new(tmp_path, "--person", "9", "--issuer", "EXCO")

    assert data["non_derivative"][1]["nature_of_ownership"] == ref("See footnote", "F1")
    assert data["footnotes"] == [{"id": "F1", "text": FUND}]
    assert "ready (Form 4, X0609): no findings" in capsys.readouterr().out


# ---- lines that come along


@pytest.mark.parametrize(
    ("lines", "notes", "cells", "kept"),
    [
        pytest.param(
            [share("7", nature_of_ownership=ref("See footnotes", "F1", "F2"))], [FUND, GENERAL],
            ["I-2 nature_of_ownership (1) (2)"], [FUND, GENERAL], id="several footnotes on one cell",
        ),
        pytest.param(
            [
                share("7", nature_of_ownership=ref("By Fund II", "F2")),
                share("9", nature_of_ownership=ref("By Fund III", "F2")),
            ],
            [CLASS, FUND], ["I-2 nature_of_ownership (1)", "I-3 nature_of_ownership (1)"], [FUND], id="one footnote on two lines",
        ),
        pytest.param(
            [
                share("7", nature_of_ownership=ref("By Fund II", "F1")),
                share("9", nature_of_ownership=ref("By Fund III", "F2")),
            ],
            [FUND, f" {FUND}"], ["I-2 nature_of_ownership (1)", "I-3 nature_of_ownership (1)"], [FUND],
            id="two footnotes of the same words",
        ),
        pytest.param(
            [share("7", nature_of_ownership="By Fund", ownership_form=ref("I", "F1"), security_title=ref("Common Stock", "F2"))],
            [FUND, CLASS], ["I-2 security_title (1)", "I-2 ownership_form (2)"], [CLASS, FUND], id="title and form of ownership",
        ),
        pytest.param(
            [share("7", nature_of_ownership="See Footnote (2)")], [CLASS, FUND], ["I-2 nature_of_ownership (1)"], [FUND],
            id="a number without a reference",
        ),
        pytest.param(
            [share("7", nature_of_ownership="See footnote", amount_owned_following=ref("7", "F1"))], [FUND],
            ["I-2 nature_of_ownership (1)"], [FUND], id="a footnote on the total alone",
        ),
        pytest.param(
            [
                share("8", nature_of_ownership=ref("By Fund", "F1"), kind="transaction", amount="2", acquired_disposed="A"),
                share("7", nature_of_ownership="By Fund", kind="transaction", amount="1", acquired_disposed="D"),
            ],
            [FUND], ["I-2 nature_of_ownership (1)"], [FUND], id="a footnote on the first row of a line",
        ),
        pytest.param(
            [
                share("7", nature_of_ownership=ref("See footnote", "F1")),
                share("9", nature_of_ownership=ref("See footnote", "F2")),
            ],
            [FUND, GENERAL], ["I-2 nature_of_ownership (1)", "I-3 nature_of_ownership (2)"], [GENERAL, FUND],
            id="two holders whom only footnotes tell apart",
        ),
    ],
)  # fmt: skip
def test_a_holding_has_the_footnotes_of_its_line(
    lines: list[dict[str, Any]], notes: list[str], cells: list[str], kept: list[str], tmp_path: Path
) -> None:
    data, _ = interview(tmp_path, [("sold", SALE)], data=begun(share(), *lines, notes=notes))

    assert noted(data) == cells
    assert texts(data) == kept
    assert [f for f in above_a_note(data) if "FTN" in f or "HLD" in f] == []


def test_two_holders_whom_only_footnotes_tell_apart_keep_their_totals(tmp_path: Path) -> None:
    funds = [
        share(total, nature_of_ownership=ref("See footnote", f"F{n}")) for n, total in ((1, "7"), (2, "9"))
    ]
    data, _ = interview(tmp_path, [("sold", SALE)], data=begun(share(), *funds, notes=[FUND, GENERAL]))

    held = [row["amount_owned_following"] for row in data["non_derivative"][1:]]
    assert dict(zip(held, texts(data), strict=True)) == {"7": FUND, "9": GENERAL}


def test_a_holding_of_table_2_has_its_footnotes(tmp_path: Path) -> None:
    """Several in place of one date stay several; one beside a date stays with it."""
    vests, ends = "A third vests each January 1.", "It ends 90 days after the employment."
    units = option(
        security_title=ref("Restricted Stock Units", "F1"), exercise_price=ref(None, "F2"),
        date_exercisable=ref(None, "F3", "F4"), expiration_date=ref("2031-01-01", "F4"),
        underlying_title=ref("Common Stock", "F5"),
    )  # fmt: skip
    other = {
        **units,
        "expiration_date": "2032-01-01",
        "amount_owned_following": "400",
        "underlying_amount": "400",
    }
    start = begun(share(), notes=[CLASS, "One for one.", vests, ends, GENERAL], options=[units, other])
    event = {"date": "11/1", "vested": "100", "quantity": "40", "price": "10"}
    data, _ = interview(tmp_path, [("rsu_withheld", event)], data=start)

    places = [
        "security_title (2)", "exercise_price (3)", "date_exercisable (4) (5)", "expiration_date (5)", "underlying_title (6)",
    ]  # fmt: skip
    assert [each for each in noted(data) if each.startswith("II-")] == [
        *(f"II-1 {place}" for place in places),
        *(f"II-2 {place}" for place in places if "expiration" not in place),
    ]
    assert texts(data)[-5:] == [CLASS, "One for one.", vests, ends, GENERAL]


# ---- lines that trade


def test_a_sale_of_the_line_itself_has_its_footnote(tmp_path: Path) -> None:
    start = begun(share(), share("900", nature_of_ownership=ref("See footnote", "F1")), notes=[FUND])
    data, pilot = interview(tmp_path, [("sold", {**SALE, "ownership": "I See footnote"})], data=start)

    assert noted(data) == ["I-1 nature_of_ownership (1)"]
    assert texts(data) == [FUND]
    assert "I See footnote" in [
        o.value for a in pilot.asks if a.id == "events[0].ownership" for o in a.options
    ]


def test_an_answer_that_names_another_line_changes_the_footnotes(tmp_path: Path) -> None:
    start = begun(
        share(security_title=ref("Common Stock", "F2")), share("900", nature_of_ownership=ref("By Fund", "F1")),
        notes=[FUND, CLASS],
    )  # fmt: skip
    data, _ = interview(tmp_path, [("sold", {**SALE, "ownership": "I By Fund"})], data=start)
    assert noted(data) == ["I-1 nature_of_ownership (1)", "I-2 security_title (2)"]
    data = put(put(data, ("interview", "events", 0, "answers", "ownership"), "D"), ("interview", "events", 0, "answers", "after_1"), "4900")  # fmt: skip
    data, _ = drawn(data, TODAY)

    assert noted(data)[0] == "I-1 security_title (1)"
    assert data["non_derivative"][0].get("nature_of_ownership") is None


def test_what_the_filer_takes_out_stays_out(tmp_path: Path) -> None:
    lines = [
        share("900", nature_of_ownership=ref("By Fund", "F1")),
        share("7", nature_of_ownership=ref("By Trust", "F2")),
    ]
    start = begun(share(), *lines, notes=[FUND, GENERAL])
    data, _ = interview(tmp_path, [("sold", {**SALE, "ownership": "I By Fund"})], data=start)
    assert texts(data) == [FUND, GENERAL]
    for words, at in ((FUND, 0), (GENERAL, 2)):
        data = with_change(data, footnote.detach, ("non_derivative", at, "nature_of_ownership"), words)

    data, _ = drawn(data, TODAY)
    assert noted(data) == []


def test_of_two_holders_the_one_of_the_total_has_its_footnote(tmp_path: Path) -> None:
    """The filer says that the other fund sold: 7 less 1."""
    funds = [
        share(total, nature_of_ownership=ref("See footnote", f"F{n}")) for n, total in ((1, "7"), (2, "9"))
    ]
    sale = {
        **SALE,
        "quantity": "1",
        "ownership": "I See footnote",
        "after_1": "6",
    }
    data, pilot = interview(tmp_path, [("sold", sale)], data=begun(*funds, notes=[FUND, GENERAL]))

    assert "events[0].jump_1" not in [a.id for a in pilot.asks]
    assert [row["amount_owned_following"] for row in data["non_derivative"]][1:] == ["9"]
    assert [
        footnote.text_of(draft_of(data), ("non_derivative", n, "nature_of_ownership")) for n in (0, 1)
    ] == [
        (FUND,),
        (GENERAL,),
    ]


# ---- lines by hand


def test_a_line_by_hand_has_the_footnotes_of_the_line_that_it_is(tmp_path: Path) -> None:
    start = begun(
        share(security_title=ref("Common Stock", "F2")), share("900", nature_of_ownership=ref("By Fund", "F1")),
        notes=[FUND, CLASS],
    )  # fmt: skip
    data = put(start, ("non_derivative", 0), share("900", nature_of_ownership="By Fund"))
    data, _ = drawn(data, TODAY)
    assert (noted(data), texts(data)) == (["I-1 nature_of_ownership (1)"], [FUND])
    data, _ = drawn(put(data, ("non_derivative", 0, "nature_of_ownership"), "By Trust"), TODAY)
    assert noted(data) == []

    direct = put(
        put(data, ("non_derivative", 0, "ownership_form"), "D"),
        ("non_derivative", 0, "nature_of_ownership"),
        None,
    )
    data, _ = drawn(direct, TODAY)
    assert (noted(data), texts(data)) == (["I-1 security_title (1)"], [CLASS])


# ---- what is asked

TOTAL = [
    ("happened", "sold"), ("events[0].date", "11/1"), ("events[0].security", ""), ("events[0].quantity", "100"),
    ("events[0].price", "10"), ("events[0].ownership", "D"), ("events[0].after_1", ""), ("lines", "done"),
    ("aff10b5_one", "no"), ("exit", "no"),
]  # fmt: skip


def asked_about(tmp_path: Path, *answers: tuple[str, str]) -> tuple[dict[str, Any], list[tuple[str, ...]]]:
    start = begun(share(amount_owned_following=ref("5000", "F1")), notes=[UNVESTED])
    outcome, script = play(tmp_path / "d.form4.json", [*TOTAL, *answers], start)
    return draft_data(outcome.draft), script.pages


def test_a_footnote_to_the_total_is_left_out_unless_it_is_kept(tmp_path: Path) -> None:
    data, pages = asked_about(tmp_path, ("carried[0].note_1", ""), ("remarks", "q"))

    assert noted(data) == []
    shown = next(page for page in pages if "Footnotes of the last filing" in " ".join(page))
    assert f'"{UNVESTED}"' in "\n".join(shown)
    assert list(carried_note.left_out(draft_of(data))) == [
        f'The last filing\'s footnote to {TOTAL_CELL} is left out: "{UNVESTED}"'
    ]


def test_a_footnote_to_the_total_that_is_kept_is_on_it_and_its_date_is_pointed_out(tmp_path: Path) -> None:
    data, pages = asked_about(tmp_path, ("carried[0].note_1", "keep"), ("notes", "q"))

    assert (noted(data), texts(data)) == (["I-1 amount_owned_following (1)"], [UNVESTED])
    assert "    From the last filing. It mentions March 1, 2024: is it still right?" in pages[-1]
    assert carried_note.left_out(draft_of(data)) == ()
    assert carried_note.doubtful(draft_of(data)) == (
        "Footnote 1 comes from the last filing and speaks of March 1, 2024: is it still right?",
    )


def test_a_footnote_that_was_kept_can_be_left_out_again(tmp_path: Path) -> None:
    back = [("carried[0].note_1", "keep"), ("notes", "<"), ("carried[0].note_1", "leave"), ("remarks", "q")]
    data, _ = asked_about(tmp_path, *back)

    assert noted(data) == []
    assert node(data, ("interview", "carried", 0, "answers", "note_1")) == "leave"


def test_a_footnote_about_a_transaction_is_asked_about(tmp_path: Path) -> None:
    """Of a title; a disclaimer there is about the holder."""
    plan, disclaims = (
        "The shares were sold under a plan adopted in May 2023.",
        "Each person disclaims beneficial ownership.",
    )
    sold = {**SOLD, "security_title": ref("Common Stock", "F1", "F2"), "transaction_date": "2024-08-01"}
    data, pilot = interview(tmp_path, [("sold", SALE)], data=begun(sold, notes=[plan, disclaims]))

    assert (noted(data), texts(data)) == (["I-1 security_title (1)"], [disclaims])
    question = next(a for a in pilot.asks if a.id == "carried[0].note_1")
    assert (
        question.message
        == f'Keep the last filing\'s footnote to Table I, line 1, column 1, Title of Security? "{plan}"'
    )
    assert [o.label for o in question.options] == ["Leave it out", "Keep it: it is right for this form"]


def test_a_month_that_a_footnote_names_is_pointed_out(tmp_path: Path) -> None:
    trust = "The trust was established in June 2019."
    start = begun(share(), share("7", nature_of_ownership=ref("By Trust", "F1")), notes=[trust])
    data, _ = interview(tmp_path, [("sold", SALE)], data=start)

    assert carried_note.dates(draft_of(data)) == {"F1": "June 2019"}


def test_a_number_in_the_nature_of_ownership_that_is_another_now_is_pointed_out(tmp_path: Path) -> None:
    start = begun(share(), share("7", nature_of_ownership=ref("See Footnote 2", "F2")), notes=[CLASS, FUND])
    data, pilot = interview(tmp_path, [("sold", SALE)], data=start)

    assert carried_note.doubtful(draft_of(data)) == (
        'The nature of ownership "See Footnote 2" means footnote 1 of this form: change its number.',
    )
    assert '    The nature of ownership is "See Footnote 2": change its number.' in [line for page in pilot.pages for line in page]  # fmt: skip
    right = put(data, ("non_derivative", 1, "nature_of_ownership"), "See Footnote 1")
    assert carried_note.doubtful(draft_of(right)) == ()
    both = put(data, ("non_derivative", 1, "nature_of_ownership"), "See Footnotes (1) and (2)")
    assert list(carried_note.misnumbered(draft_of(both))) == ["F1"]


# ---- nobody is asked


def test_answers_from_a_file_leave_the_footnote_to_the_total_out_and_name_it(
    prior: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sold = {**SOLD, "amount_owned_following": ref("5000", "F2")}
    both = {**prior, "non_derivative": [sold, prior["non_derivative"][1]], "footnotes": [*prior["footnotes"], {"id": "F2", "text": UNVESTED}]}  # fmt: skip
    (tmp_path / "prior.form4.json").write_text(json.dumps(both), encoding="utf-8")
    data = new(tmp_path, "--from", "prior.form4.json")

    assert texts(data) == [FUND]
    said = capsys.readouterr()
    assert said.err == (
        f'answers.yaml has no answer to "carried[0].note_1" (Keep the last filing\'s footnote to {TOTAL_CELL}? "{UNVESTED}"): '
        'took the proposed "leave" (Leave it out)\n'
    )
    assert f'\nThe last filing\'s footnote to {TOTAL_CELL} is left out: "{UNVESTED}"\n' in said.out
    (tmp_path / "answers.yaml").write_text(
        ANSWERS.replace("- notes: done\n", "- carried[0].note_1: keep\n- notes: done\n"), encoding="ascii"
    )
    (tmp_path / "out.form4.json").unlink()

    assert texts(new(tmp_path, "--from", "prior.form4.json")) == [UNVESTED, FUND]
    said = capsys.readouterr()
    assert said.err == ""
    assert (
        "\nFootnote 1 comes from the last filing and speaks of March 1, 2024: is it still right?\n"
        in said.out
    )


# ---- amendments


@pytest.mark.parametrize("lines", ["all", "I.2"])
def test_an_amendment_repeats_a_line_with_its_footnotes(
    prior: dict[str, Any], tmp_path: Path, lines: str
) -> None:
    (tmp_path / "prior.form4.json").write_text(json.dumps(prior), encoding="utf-8")
    words = ["--lines", lines, "--original", "2026-08-05", "--reason", "The total was 90,000."]
    assert main(["amend", "prior.form4.json", "-o", "a.form4.json", *words]) == 0
    data, _ = drawn(json.loads((tmp_path / "a.form4.json").read_text(encoding="utf-8")), TODAY)

    at = len(data["non_derivative"]) - 1
    assert footnote.text_of(draft_of(data), ("non_derivative", at, "nature_of_ownership")) == (FUND,)


def test_a_line_of_an_amendment_has_its_footnotes(tmp_path: Path) -> None:
    start = begun(share(), share("7", nature_of_ownership=ref("By Trust", "F1")), notes=[GENERAL], form="4/A")
    data, _ = interview(tmp_path, [("sold", SALE)], data=start)

    assert texts(data) == [GENERAL]


# ---- a line that lost its footnote


def test_check_restores_the_footnote_of_the_last_form(
    prior: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "prior.form4.json").write_text(json.dumps(prior), encoding="utf-8")
    data = new(tmp_path, "--from", "prior.form4.json")
    data = with_change(data, footnote.detach, ("non_derivative", 1, "nature_of_ownership"), FUND)
    (tmp_path / "out.form4.json").write_text(json.dumps({**data, "footnotes": []}), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    words = ["check", "--history", "prior.form4.json", "--as-of", "2026-11-30", "--fix", "out.form4.json"]
    capsys.readouterr()

    assert main(words) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "out.form4.json: ready (Form 4, X0609): no findings",
        "Prepared from SEC rules as of November 29, 2026; not legal advice.",
    ]
    assert (
        f"Fix: Add the footnote that the line had on the Form 4 of 08/04/2026 Footnote 1: (nothing) -> {FUND} "
        in " ".join(said.err.split())
    )
    fixed = json.loads((tmp_path / "out.form4.json").read_text(encoding="utf-8"))
    assert fixed["non_derivative"][1]["nature_of_ownership"] == ref("See footnote", "F1")
    assert fixed["footnotes"] == [{"id": "F1", "text": FUND}]
