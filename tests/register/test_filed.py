"""`form4 filed`: the ledger moves once, by what was filed; a filed form is a fact, whatever the checks say of it."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.codes import current_edition
from form4_author.timing.legal_data import basis
from form4_author.wire.draft import draft_from
from form4_author.wire.filing import filing_from
from form4_author.wire.write import write_document
from tests.register.papers import paper, row, xml_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.register.conftest import Said

    Form4 = Callable[..., Said]

FIRST, SECOND, THIRD = (f"0001107843-26-00000{n}" for n in (1, 2, 3))
BLOCKED = (
    "form4 check finds errors in it; it is recorded as it was filed. form4 amend a.form4.json corrects it.\n"
)
MOVED = "is in the register; the ledger is updated.\n"
CLOSED = "a.form4.json is closed.\n"


def draft(name: str = "a.form4.json", *, total: str = "1000", **said: Any) -> str:
    """A draft that the checks accept."""
    rows = [
        {"transaction_form_type": "4", "equity_swap": False, **each}
        for each in said.pop("rows", [row(total=total, amount="100")])
    ]
    data = draft_from(paper(*rows, **{"form": "4", "aff10b5_one": False, **said}).filing)
    Path(name).write_text(json.dumps(data), encoding="utf-8")
    return name


def shown_by_edgar(file: str) -> bytes:
    """The draft's form as EDGAR publishes it: with names and its edition."""
    filing, _ = filing_from(json.loads(Path(file).read_text(encoding="utf-8")))
    return write_document(filing, current_edition("4"))


def held(form4: Form4) -> dict[str, str]:
    return {line["line"]: line["held"] for line in form4("holdings", "doe", "exwi", "--json").data}


def test_the_ledger_moves_and_the_draft_is_closed(form4: Form4) -> None:
    file = draft()

    done = form4("filed", file, "--accession", FIRST.replace("-", ""), "--at", "2026-03-03T21:40")

    assert (done.code, done.err) == (0, "")
    assert done.out == f"{FIRST} {MOVED}{CLOSED}"
    assert form4("holdings", "doe", "exwi").out == (
        "Doe Jane · Example Widgets Inc.\n"
        "  1          1,000  Common Stock, direct\n"
        "                    Form 4 filed 2026-03-03\n"
    )
    assert json.loads(Path(file).read_text())["interview"]["filed"] == {
        "accession_numbers": [FIRST],
        "at": "2026-03-03T21:40:00-05:00",
    }
    assert form4("due", ".").out == f"There is no draft to file.\n{basis()}\n"
    # What EDGAR shows of it later is the same form.
    for name in (f"{FIRST}.xml", "wf-form4_123.xml"):
        Path(name).write_bytes(shown_by_edgar(file))
        assert form4("import", name).out == "0 added, 1 known already, 0 refused.\n"


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-03-03T22:00", "2026-03-03"),
        ("2026-03-03T22:01", "2026-03-04"),
        ("2026-03-06T22:01", "2026-03-09"),  # a Friday
        ("2026-03-04T02:30+00:00", "2026-03-03"),
    ],
)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_day_is_the_one_that_edgar_gives(form4: Form4, at: str, day: str) -> None:
    """Regulation S-T, Rule 13(a)(4): until 10 p.m. Eastern it is filed that business day."""
    done = form4("filed", draft(), "--accession", FIRST, "--at", at, "--json")

    assert [form["filed"] for form in done.data] == [day]


def test_told_twice_nothing_more_moves(form4: Form4) -> None:
    file = draft()
    form4("filed", file, "--accession", FIRST, "--at", "2026-03-03")
    before = form4("register", "show", "--json").data["holds"]

    again = form4("filed", file, "--accession", FIRST)

    assert (again.code, again.out) == (0, f"{FIRST} was already in the register; nothing changed.\n{CLOSED}")
    assert form4("register", "show", "--json").data["holds"] == before
    assert "filed 2026-03-03" in form4("holdings", "doe", "exwi").out


def test_a_number_or_time_told_wrong_is_corrected(form4: Form4) -> None:
    file = draft()
    form4("filed", file, "--accession", SECOND, "--at", "2026-03-05")

    done = form4("filed", file, "--accession", FIRST, "--at", "2026-03-03")

    assert done.out == (f"{FIRST} was already in the register; its number and time are corrected.\n{CLOSED}")
    assert form4("filed", file, "--accession", FIRST, "--at", "2026-03-03").out.endswith(
        f"nothing changed.\n{CLOSED}"
    )
    assert held(form4) == {"Common Stock, direct": "1000"}
    assert form4("holdings", "doe", "exwi", "--as-of", "2026-03-03", "--json").data[0]["source"] == (
        "Form 4 filed 2026-03-03"
    )
    assert json.loads(Path(file).read_text())["interview"]["filed"]["accession_numbers"] == [FIRST]


def test_a_number_of_another_form_is_refused_and_the_draft_stays_open(form4: Form4) -> None:
    form4("filed", draft(), "--accession", FIRST, "--at", "2026-03-03")
    other = draft("b.form4.json", total="1100", day="2026-04-01")

    refused = form4("filed", other, "--accession", FIRST, "--at", "2026-04-02")

    assert refused == (
        2,
        "",
        (
            f"form4: {FIRST} is another form's number: Doe Jane · Example Widgets Inc., Form 4 filed 2026-03-03."
            " Look at EDGAR's acceptance message again.\n"
        ),
    )
    assert "filed" not in json.loads(Path(other).read_text()).get("interview", {})
    assert held(form4) == {"Common Stock, direct": "1000"}


WRONG = [
    (("--accession", "12"), 'form4 filed: argument --accession: "12" is not an accession number such as 0001107843-26-000123. See form4 filed --help.\n'),
    (("--accession", FIRST, "--at", "soon"), 'form4 filed: argument --at: "soon" is not a time such as 2026-11-23T21:40. See form4 filed --help.\n'),
    (("--accession", FIRST, "--at", "2999-01-01T09:00"), "form4: --at 2999-01-01 09:00 is in the future. Give the time of EDGAR's acceptance message.\n"),
    (("--accession", FIRST, "--accession", SECOND), "form4: The draft makes 1 form, and 2 accession numbers were given. Give --accession once for each form, in their order.\n"),
    (("--accession", FIRST, "--accession", FIRST), "form4: The same accession number was given twice. Each form has a different number.\n"),
    ((), "form4 filed: the following arguments are required: --accession. See form4 filed --help.\n"),
]  # fmt: skip


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("words", "told"), WRONG, ids=lambda value: " ".join(value)[:30])
def test_what_is_refused_leaves_draft_and_register(
    form4: Form4, url: str, words: tuple[str, ...], told: str
) -> None:
    file = draft()
    before = Path(file).read_bytes()

    assert form4("filed", file, *words) == (2, "", told)

    assert Path(file).read_bytes() == before
    assert not Path(url).exists()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_document_is_no_draft(form4: Form4) -> None:
    file = xml_file(paper(row(total="1000")))

    assert form4("filed", file, "--accession", FIRST).err == (
        f"form4: {file} is not a draft. Add filed documents with form4 import.\n"
    )


def test_a_form_with_errors_is_on_record_as_it_was_filed_and_that_is_said(form4: Form4) -> None:
    file = draft(rows=[row(total="1000", amount="100", code="?")])

    done = form4("filed", file, "--accession", FIRST, "--at", "2026-03-03")

    assert (done.code, done.out) == (0, f"{FIRST} {MOVED}{BLOCKED}{CLOSED}")
    assert held(form4) == {"Common Stock, direct": "1000"}


def test_several_forms_of_one_draft_have_their_numbers_in_order(form4: Form4) -> None:
    """More than thirty lines of a table go on several forms."""
    rows = [row(f"Class {n:02}", total=str(n), amount="1") for n in range(1, 36)]
    file = draft(rows=rows)

    few = form4("filed", file, "--accession", FIRST)
    assert few.err == (
        "form4: The draft makes 2 forms, and 1 accession number was given."
        " Give --accession once for each form, in their order.\n"
    )
    done = form4("filed", file, "--accession", FIRST, "--accession", SECOND, "--at", "2026-03-03", "--json")

    assert (done.code, [(f["accession_number"], f["done"]) for f in done.data]) == (
        0,
        [(FIRST, "moved"), (SECOND, "moved")],
    )
    assert held(form4) == {f"Class {n:02}, direct": str(n) for n in range(1, 36)}
    twice = form4("filed", file, "--accession", FIRST, "--accession", SECOND, "--json")
    assert [f["done"] for f in twice.data] == ["known", "known"]


@pytest.mark.long
def test_a_second_form_of_one_period_is_not_taken_for_the_first(form4: Form4) -> None:
    """Its number was told wrong: it is not lost, and its draft stays open."""
    form4("filed", draft(), "--accession", FIRST, "--at", "2026-03-03")
    other = draft("b.form4.json", rows=[row(total="900", code="S", amount="100")])

    assert form4("filed", other, "--accession", FIRST, "--at", "2026-03-03T16:00") == (
        2,
        "",
        (
            f"form4: {FIRST} is on record with other content: Doe Jane · Example Widgets Inc.,"
            " Form 4 filed 2026-03-03. Look at EDGAR's acceptance message again.\n"
        ),
    )
    assert "filed" not in json.loads(Path(other).read_text()).get("interview", {})
    assert held(form4) == {"Common Stock, direct": "1000"}
    assert form4("filed", other, "--accession", SECOND, "--at", "2026-03-03T16:00").code == 0
    assert held(form4) == {"Common Stock, direct": "900"}


def test_a_draft_that_can_not_be_closed_is_told_with_what_was_kept(
    form4: Form4, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("filed", draft(), "--accession", FIRST, "--at", "2026-03-03")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert form4(*words) == (
            2,
            "",
            (
                "form4: The register has the form, but a.form4.json can't be saved: no space left on device,"
                " so the draft is not closed."
                " Free some space, then run the same command again; nothing is recorded twice.\n"
            ),
        )
    assert list(Path().glob("*.tmp")) == []
    assert held(form4) == {"Common Stock, direct": "1000"}
    assert form4(*words).out == f"{FIRST} was already in the register; nothing changed.\n{CLOSED}"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_form_is_not_filed_before_what_it_reports(form4: Form4, url: str) -> None:
    file = draft()

    assert form4("filed", file, "--accession", FIRST, "--at", "1990-01-05") == (
        2,
        "",
        (
            "form4: --at 1990-01-05 is before the form's period of report, 2026-03-02."
            " Give the time of EDGAR's acceptance message.\n"
        ),
    )
    assert not Path(url).exists()


def test_an_amendment_tells_who_inherited_the_error(form4: Form4) -> None:
    form4("filed", draft(), "--accession", FIRST, "--at", "2026-03-03")
    form4(
        "filed",
        draft("b.form4.json", total="1100", day="2026-04-01"),
        "--accession",
        SECOND,
        "--at",
        "2026-04-02",
    )
    amendment = draft("c.form4.json", total="990", form="4/A", date_of_original_submission="2026-03-03")

    done = form4("filed", amendment, "--accession", THIRD, "--at", "2026-06-01")

    assert done.code == 0
    assert done.out.startswith(
        f"{THIRD} {MOVED}"
        "Common Stock, direct: 1,000 becomes 990, but today's balance is unchanged, because later forms continue from it:"
        " Form 4 filed 2026-04-02\n"
    )
    assert held(form4) == {"Common Stock, direct": "1100"}
    for day, total in (("2026-03-31", "1000"), ("2026-04-30", "1100")):
        past = form4("holdings", "doe", "exwi", "--as-of", day, "--json").data
        assert [line["held"] for line in past] == [total]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_draft_that_is_open_elsewhere_waits(form4: Form4, url: str) -> None:
    from form4_author.files.lock import draft_lock as ours

    file = draft()
    with ours(Path(file)):
        refused = form4("filed", file, "--accession", FIRST)

    assert refused.err == (
        f"form4: {file} is open in another form4 at the moment. Continue there, or leave it there (q) and come back; nothing was changed here.\n"
    )
    assert not Path(url).exists()
