"""Who signs: a fund, its general partner and the member who signs for both; persons; and leaving before the last."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from form4_author.cli import main
from form4_author.desk.intake import opened
from form4_author.files import draft_file
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import session
from form4_author.wizard.answers_file import Given
from form4_author.wizard.screen import View
from form4_author.wizard.screens import signer
from tests.wizard.pilot import INSIDER
from tests.wizard.replay import Watched, desk

FUND, GP, MEMBER = "Harlan Fund II, L.P.", "Example GP, LLC", "Harlan James T"
OF_FUND = (
    "Harlan Fund II, L.P., by Example GP, LLC, its general partner, by /s/ James T. Harlan, Managing Member"
)
OF_GP = "/s/ James T. Harlan, Managing Member, on behalf of Example GP, LLC"
UNSIGNED = "3 reporting persons, but 2 signatures; each must sign or be signed for"
LINE = {
    "kind": "transaction", "security_title": "Common Stock", "transaction_date": "2024-11-01",
    "transaction_form_type": "4", "transaction_code": "P", "equity_swap": False, "amount": "100", "price": "10",
    "acquired_disposed": "A", "amount_owned_following": "40100", "ownership_form": "I",
    "nature_of_ownership": "By Harlan Fund II, L.P.",
}  # fmt: skip
THROUGH = [
    ("signing[0].capacity", "owners[1]"), ("signing[0].agent", "James T. Harlan"),
    ("signing[0].office", "Managing Member"), ("signatures[0].name", ""), ("signatures[0].date", ""),
]  # fmt: skip
PARTNER = [
    ("signing[1].capacity", "officer"), ("signing[1].agent", ""), ("signing[1].office", ""), ("signing[1].chain", ""),
    ("signatures[1].name", ""), ("signatures[1].date", ""),
]  # fmt: skip
IN_PERSON = [("signing[2].capacity", ""), ("signatures[2].date", ""), ("review", "q")]


def joint(*names: str, **more: Any) -> dict[str, Any]:
    """A form of these persons, complete but for the signatures."""
    common = {k: v for k, v in INSIDER["owners"][0].items() if not k.startswith(("is_", "officer"))}
    owners = [
        {**common, "cik": f"000000001{n}", "name": name, "is_ten_percent_owner": True}
        for n, name in enumerate(names)
    ]
    return {
        **INSIDER, "owners": owners, "period_of_report": "2024-11-01", "not_subject_to_section16": False,
        "aff10b5_one": False, "non_derivative": [LINE],
        "interview": {"at": "signing[0].capacity", "foreign_issuer": "no", "answered": {"exit": "none"}}, **more,
    }  # fmt: skip


def signed(folder: Path, data: dict[str, Any], *answers: tuple[str, str]) -> tuple[dict[str, Any], Watched]:
    script = Watched([Given(id, answer) for id, answer in answers])
    path = folder / "fund.form4.json"
    outcome = session.Session(path, draft_of(data), script, desk()).run()
    script.finish()
    return draft_data(outcome.draft), script


def asked(script: Watched, id: str) -> Any:
    return next(ask for ask in script.asks if ask.id == id)


def test_a_fund_its_partner_and_the_member_sign(tmp_path: Path) -> None:
    """The partner is proposed the same signer with the office just given there, the member the own signature."""
    data, script = signed(tmp_path, joint(FUND, GP, MEMBER), *THROUGH, *PARTNER, *IN_PERSON)

    assert [s["name"] for s in data["signatures"]] == [OF_FUND, OF_GP, "/s/ James T. Harlan"]
    assert [o.label for o in asked(script, "signing[0].capacity").options] == [
        "Its general partner, Example GP, LLC (on this form)",
        "An officer, member or partner of the fund itself",
        "An attorney-in-fact, under a power of attorney",
    ]
    assert asked(script, "signing[0].capacity").message == "Who signs for the fund?"
    assert [o.label for o in asked(script, "signing[1].capacity").options] == [
        "An officer, member or partner of the entity itself",
        "An attorney-in-fact, under a power of attorney",
    ]
    assert [o.label for o in asked(script, "signing[2].capacity").options] == [
        "/s/ James T. Harlan",
        "An attorney-in-fact, under a power of attorney",
        "A guardian, executor or conservator",
    ]
    assert [asked(script, id).proposal for id in ("signing[1].agent", "signing[1].office")] == [
        "James T. Harlan",
        "Managing Member",
    ]
    assert asked(script, "signing[2].capacity").proposal == "self"
    answered = View(draft_of(data), 0)
    assert [signer.capacity_present(answered.of(answered.draft, n)) for n in range(3)] == [
        "owners[1]",
        "",
        "",
    ]


def test_leaving_before_the_last_signature_makes_no_packet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signed(tmp_path, joint(FUND, GP, MEMBER), *THROUGH, *PARTNER, ("signing[2].capacity", "q"))
    draft, out = str(tmp_path / "fund.form4.json"), tmp_path / "out"

    assert main(["check", draft, "--as-of", "2024-11-04"]) == 1
    told = capsys.readouterr().out
    assert UNSIGNED in " ".join(told.split())
    assert "OPEN     Signature for Harlan James T, Who signs?" in told
    assert "OPEN     Signature for Harlan James T, Signature as typed on the form" in told
    assert main(["render", draft, "-o", str(out), "--as-of", "2024-11-04"]) == 1
    assert "OPEN     Signature for Harlan James T, Who signs?" in capsys.readouterr().out
    assert sorted(p.name for p in out.iterdir()) == [
        "form4.html", "form4.pdf", "manifest.json", "report.json", "report.txt",
    ]  # fmt: skip
    assert "DRAFT" in (out / "form4.html").read_text(encoding="utf-8")
    assert (
        "Signature for Harlan James T, Who signs?"
        in json.loads((out / "report.json").read_text())["files"][0]["open"]
    )


def test_a_draft_without_an_interview_is_judged_by_the_rules_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = joint(FUND, GP, MEMBER, signatures=[{"name": n, "date": "2024-11-04"} for n in (OF_FUND, OF_GP)])
    del data["interview"]
    draft = tmp_path / "plain.form4.json"
    draft.write_text(json.dumps(data), encoding="utf-8")

    assert main(["check", str(draft), "--as-of", "2024-11-04"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert UNSIGNED in told
    assert "OPEN" not in told


@pytest.mark.long
def test_each_form_of_a_divided_filing_says_that_signatures_are_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"Person{chr(97 + n)} Pat" for n in range(12)]
    data = joint(*names, signatures=[{"name": "/s/ Pat Persona", "date": "2024-11-04"}])
    del data["interview"]
    draft, out = tmp_path / "twelve.form4.json", tmp_path / "out"
    draft.write_text(json.dumps(data), encoding="utf-8")

    main(["render", str(draft), "-o", str(out), "--only", "xml,report", "--as-of", "2024-11-04"])
    capsys.readouterr()
    parts = sorted(out.glob("*/report.json"))
    ids = [[f["id"] for r in json.loads(p.read_text())["files"] for f in r["findings"]] for p in parts]
    assert [each.count("SIG-004") for each in ids] == [1, 1]
    for xml in sorted(out.glob("*/form4.xml")):
        main(["check", "--json", str(xml), "--as-of", "2024-11-04"])
        assert '"SIG-004"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Doe Jane", ["self", "power", "fiduciary"]),
        ("Doe Family Trust", ["trustee", "officer", "power"]),
        ("Example Holdings Inc.", ["officer", "power"]),
    ],
)
def test_what_cannot_apply_is_not_offered(name: str, rows: list[str], tmp_path: Path) -> None:
    _, script = signed(tmp_path, joint(name), ("signing[0].capacity", "q"))

    assert [o.value for o in asked(script, "signing[0].capacity").options] == rows


def test_no_capacity_is_taken_from_another_reporting_person(tmp_path: Path) -> None:
    """Nor an office of an entity through which nothing was signed."""
    answers = [
        ("signing[0].capacity", "officer"), ("signing[0].agent", "James T. Harlan"),
        ("signing[0].office", "Managing Member"), ("signing[0].chain", ""), ("signatures[0].name", ""),
        ("signatures[0].date", ""), ("signing[1].capacity", "officer"), ("signing[1].agent", ""),
        ("signing[1].office", "q"),
    ]  # fmt: skip
    _, script = signed(tmp_path, joint(FUND, GP, MEMBER), *answers)

    assert asked(script, "signing[1].office").proposal == ""


def test_a_guardian_executor_or_conservator_is_asked_for_next(tmp_path: Path) -> None:
    answers = [
        ("signing[0].capacity", "fiduciary"), ("signing[0].fiduciary", "conservator"),
        ("signing[0].agent", "Sam Roe"), ("signatures[0].name", ""), ("signatures[0].date", "q"),
    ]  # fmt: skip
    data, _ = signed(tmp_path, joint("Doe Jane"), *answers)

    assert data["signatures"][0]["name"] == "/s/ Sam Roe, Conservator of Jane Doe"
    known, _ = signed(
        tmp_path / "known", joint("Doe Jane"),
        ("signing[0].capacity", "executor"), ("signing[0].agent", "Sam Roe"), ("signatures[0].name", ""),
        ("signatures[0].date", "q"),
    )  # fmt: skip
    assert known["signatures"][0]["name"] == "/s/ Sam Roe, Executor of the Estate of Jane Doe"


def test_a_capacity_that_cannot_apply_is_refused_in_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "jane.form4.json"
    draft_file.save(draft, draft_of(joint("Doe Jane")))
    answers = tmp_path / "a.yaml"
    answers.write_text("- signing[0].capacity: officer\n", encoding="utf-8")

    assert main(["resume", str(draft), "--answers", str(answers), "--as-of", "2024-11-04"]) == 2
    assert (
        'signing[0].capacity: "officer" is not accepted: choose one of self, power, fiduciary'
        in capsys.readouterr().err
    )


def test_the_words_of_a_signature_are_shown_once(tmp_path: Path) -> None:
    answers = [
        ("signing[0].capacity", "power"), ("signing[0].agent", "Bruce Posey"), ("signing[0].evidence", ""),
        ("signatures[0].name", ""), ("signatures[0].date", "q"),
    ]  # fmt: skip
    data, script = signed(tmp_path, joint(MEMBER), *answers)

    words = data["signatures"][0]["name"]
    assert [line for line in script.pages[-1] if words in line or "the signature" in line] == [
        f"  Signature: {words}"
    ]


def test_words_are_changed_and_another_signer_chosen(tmp_path: Path) -> None:
    """A row that changes nothing but the chain makes the words anew; words typed by hand stay."""
    officer = [
        ("signing[0].capacity", "officer"), ("signing[0].agent", "James T. Harlan"),
        ("signing[0].office", "Managing Member"), ("signing[0].chain", ""),
    ]  # fmt: skip
    again = [("signing[0].agent", ""), ("signing[0].office", "")]
    data, script = signed(
        tmp_path, joint(FUND, GP, MEMBER), *officer, ("signatures[0].name", "another"),
        ("signing[0].capacity", "owners[1]"), *again, ("signatures[0].name", "another"),
        ("signing[0].capacity", "officer"), *again, ("signing[0].chain", ""), ("signatures[0].name", "another"),
        ("signing[0].capacity", "owners[1]"), *again, ("signatures[0].name", "change"),
        ("signing[0].words", f"{OF_FUND} of it"), ("signatures[0].date", "q"),
    )  # fmt: skip

    proposals = [ask.proposal for ask in script.asks if ask.id == "signatures[0].name"]
    itself = "/s/ James T. Harlan, Managing Member, on behalf of Harlan Fund II, L.P."
    assert proposals == [itself, OF_FUND, itself, OF_FUND]
    assert data["signatures"][0]["name"] == f"{OF_FUND} of it"


def test_a_signature_in_a_file_stands_before_the_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The row of the person's own signature confirms it; words that a file has are still asked for."""
    draft = tmp_path / "jane.form4.json"
    answers = tmp_path / "a.yaml"
    for typed, name in ("", "/s/ Jane Doe"), ('- signatures[0].name: "/s/ J. Doe"\n', "/s/ J. Doe"):
        draft_file.save(draft, draft_of(joint("Doe Jane")))
        answers.write_text(
            f'- signing[0].capacity: self\n{typed}- signatures[0].date: "t"\n', encoding="utf-8"
        )
        assert main(["resume", str(draft), "--answers", str(answers), "--as-of", "2024-11-04"]) == 0
        capsys.readouterr()
        assert opened(str(draft)).filing.signatures[0].name == name
