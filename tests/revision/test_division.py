"""A filing too large for one form: every line once, whole days together, notes and totals as they were."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.errors import Form4Error
from form4_author.model.filing import Filing, Footnote
from form4_author.model.party import Owner, Signature
from form4_author.model.table import Cell, DerivativeRow, NonDerivativeRow
from form4_author.revision.division import companions, fits_one_form, own_remarks
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGNED = "2026-10-21"
FIRST = date(2026, 10, 1)
KINDS = {"non_derivative": NonDerivativeRow, "derivative": DerivativeRow}


def row(table: str, number: int, day: int | None, notes: tuple[str, ...] = ()) -> Any:
    """A transaction of a day, or, without one, a holding; its amount owned tells which one it is."""
    owned = Cell(Decimal(number), notes)
    if day is None:
        return KINDS[table](kind="holding", amount_owned_following=owned)
    traded = Cell(FIRST + timedelta(days=day))
    return KINDS[table](kind="transaction", transaction_date=traded, amount_owned_following=owned)


def filing_of(
    first: Sequence[int | None], second: Sequence[int | None], owners: int = 1, form: str = "4"
) -> Filing:
    return Filing(
        form=form,
        period_of_report=FIRST,
        owners=tuple(Owner(cik=str(n), name=f"Owner {n}") for n in range(1, owners + 1)),
        signatures=tuple(Signature(name=f"/s/ {n}", date=FIRST) for n in range(1, owners + 1)),
        non_derivative=tuple(row("non_derivative", n, day) for n, day in enumerate(first)),
        derivative=tuple(row("derivative", n, day) for n, day in enumerate(second)),
    )


def numbers(rows: tuple[Any, ...]) -> list[int]:
    return [int(r.amount_owned_following.value) for r in rows]


RUNS = st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 3)), st.integers(1, 40)), max_size=5)
DAYS = RUNS.map(lambda runs: [day for day, count in runs for _n in range(count)])


@given(DAYS, DAYS, st.integers(1, 25))
def test_every_line_stands_once_before_each_ten_persons(
    first: list[int | None], second: list[int | None], owners: int
) -> None:
    whole = filing_of(first, second, owners)
    try:
        parts = companions(whole)
    except Form4Error:
        traded = [day for day in (*first, *second) if day is not None]
        assert traded
        assert max(first.count(None), second.count(None)) > 30 * len(traded) - len(traded)
        return

    assert [p.number for p in parts] == list(range(1, len(parts) + 1))
    groups = {p.owners for p in parts}
    assert sorted(n for group in groups for n in group) == list(range(owners))
    for table, given_days in (("non_derivative", first), ("derivative", second)):
        for group in groups:
            lines = [n for p in parts if p.owners == group for n in numbers(getattr(p.filing, table))]
            assert Counter(lines) == Counter(range(len(given_days)))
    for part in parts:
        assert fits_one_form(part.filing)
        assert companions(part.filing)[0].filing == part.filing
        assert numbers(part.filing.non_derivative) == list(part.rows[0]) == sorted(part.rows[0])
        assert numbers(part.filing.derivative) == list(part.rows[1]) == sorted(part.rows[1])
        assert [o.name for o in part.filing.owners] == [
            s.name.replace("/s/", "Owner") for s in part.filing.signatures if s.name
        ]
        assert part.filing.transactions() or not whole.transactions()


def test_one_form_stays_as_it_is() -> None:
    whole = filing_of([0] * 30, [0] * 30, owners=10)

    assert [(p.filing, p.name) for p in companions(whole)] == [(whole, "")]


def test_whole_days_stay_together() -> None:
    """Both sides of an exercise stand on one form."""
    parts = companions(filing_of([0] * 20 + [1] * 20, [0] * 5 + [1] * 5))

    assert [p.rows for p in parts] == [
        (tuple(range(20)), tuple(range(5))),
        (tuple(range(20, 40)), tuple(range(5, 10))),
    ]
    assert [p.filing.period_of_report for p in parts] == [FIRST, FIRST + timedelta(days=1)]
    assert [p.rows[0] for p in companions(filing_of([2] * 20 + [0] * 8 + [1] * 9, []))] == [
        tuple(range(20, 37)),
        tuple(range(20)),
    ]


def test_day_too_large_is_cut_evenly_in_both_tables() -> None:
    parts = companions(filing_of([0] * 40, [0] * 2))

    assert [p.rows for p in parts] == [(tuple(range(20)), (0,)), (tuple(range(20, 40)), (1,))]


def test_each_form_has_a_transaction() -> None:
    """EDGAR suspends a Form 4 that only shows holdings."""
    parts = companions(filing_of([0, 0] + [None] * 40, []))

    assert [len(p.filing.transactions()) for p in parts] == [1, 1]
    assert [len(p.filing.non_derivative) for p in parts] == [30, 12]


def test_holdings_alone_are_cut_in_order() -> None:
    parts = companions(filing_of([None] * 31, [None] * 61, form="3"))

    assert [(len(p.filing.non_derivative), len(p.filing.derivative)) for p in parts] == [
        (30, 30),
        (1, 30),
        (0, 1),
    ]
    assert {p.filing.period_of_report for p in parts} == {FIRST}


def test_transaction_without_a_date_comes_last() -> None:
    undated = replace(row("non_derivative", 0, 0), transaction_date=Cell(None))
    whole = filing_of([0] * 31, [])
    whole = replace(whole, non_derivative=(undated, *whole.non_derivative[1:]))

    assert [0 in p.rows[0] for p in companions(whole)] == [False, True]


@pytest.mark.parametrize("form", ["4", "5"])
def test_more_holdings_than_forms_can_show(form: str) -> None:
    with pytest.raises(Form4Error) as refused:
        companions(filing_of([0] + [None] * 30, [], form=form))

    assert str(refused.value) == (
        "The lines cannot be divided into forms of at most 30 in a table that each report a transaction:"
        " 1 of them do and 30 only show holdings."
        " Leave out holdings that need no line: Form 4 asks for those of the classes traded."
    )


ROWS = (
    "Form {} of {}: one form holds at most 30 lines in a table and 10 reporting persons, so this report is made on"
    " {} forms filed together, to be read as one."
)
RUN_ON = " The amounts owned run on from form to form."


def test_remarks_name_the_other_forms() -> None:
    whole = replace(filing_of([0] * 31, [], owners=11), remarks="Late.")
    whole = replace(whole, owners=(*whole.owners[:-1], Owner(cik="77")))

    told = [p.filing.remarks for p in companions(whole)]

    first = " Reporting persons of the other forms: CIK 77."
    others = f" Reporting persons of the other forms: {'; '.join(f'Owner {n}' for n in range(1, 11))}."
    assert told == [
        f"Late.\n{ROWS.format(n, 4, 4)}{RUN_ON}{who}"
        for n, who in ((1, first), (2, first), (3, others), (4, others))
    ]


@pytest.mark.parametrize(("name", "told"), [("Fund 2, L.P.", "Fund 2, L.P."), ("Fund 2 LP", "Fund 2 LP.")])
def test_remarks_end_in_one_full_stop(name: str, told: str) -> None:
    whole = filing_of([0], [], owners=11)
    whole = replace(whole, owners=(*whole.owners[:-1], Owner(name=name)))

    first = companions(whole)[0].filing.remarks or ""
    assert first.endswith(f"Reporting persons of the other forms: {told}")


@pytest.mark.parametrize("own", ["", "Late.", "Late.\nSee Exhibit 99."])
def test_what_the_filer_says_is_apart_from_what_names_the_other_forms(own: str) -> None:
    parts = companions(replace(filing_of([0] * 31, [], owners=11), remarks=own or None))

    assert [own_remarks(part.filing.remarks) for part in parts] == [own] * 4
    assert own_remarks(None) == ""
    assert own_remarks("Form 1 of 2, see Exhibit 99.") == "Form 1 of 2, see Exhibit 99."


def test_remarks_without_room() -> None:
    with pytest.raises(Form4Error) as refused:
        companions(replace(filing_of([0] * 31, []), remarks="x" * 1900))

    assert str(refused.value) == (
        "The remarks would have 2,095 characters with what names the other forms; 2,000 fit."
        " Shorten the remarks by 95 characters."
    )


def test_one_signature_for_all_stands_on_each_form() -> None:
    whole = filing_of([0], [], owners=11)
    shared = whole.signatures[:1]

    assert [p.filing.signatures for p in companions(replace(whole, signatures=shared))] == [shared, shared]


def test_signatures_that_cannot_be_told_apart() -> None:
    whole = filing_of([0], [], owners=12)

    with pytest.raises(Form4Error) as refused:
        companions(replace(whole, signatures=whole.signatures[:11]))

    assert str(refused.value) == (
        "11 signatures cover 12 reporting persons; it is not clear which belong to the first ten."
        " Give one signature for each reporting person, in the same order."
    )


def noted(texts: list[str]) -> Filing:
    rows = [row("non_derivative", n, 0, (f"F{n // 20 + 1}",)) for n in range(40)]
    notes = tuple(Footnote(id=f"F{n}", text=text) for n, text in enumerate(texts, 1))
    return replace(filing_of([], []), non_derivative=tuple(rows), footnotes=notes)


def test_each_form_has_its_own_footnotes() -> None:
    _first, second = (p.filing for p in companions(noted(["Sold.", "Held."])))

    assert second.footnotes == (Footnote(id="F1", text="Held."),)
    assert {r.amount_owned_following.footnotes for r in second.non_derivative} == {("F1",)}


def test_numbers_stay_where_a_text_names_one() -> None:
    _first, second = (p.filing for p in companions(noted(["Sold.", "Held as in footnote 1."])))

    assert second.footnotes == (Footnote(id="F2", text="Held as in footnote 1."),)
    assert {r.amount_owned_following.footnotes for r in second.non_derivative} == {("F2",)}


def test_place_of_the_whole_on_its_form() -> None:
    second = companions(filing_of([0] * 31, [], owners=11))[1]

    assert second.path_here(("non_derivative", 30, "price")) == ("non_derivative", 15, "price")
    assert second.path_here(("non_derivative", 1)) is None
    assert second.path_here(("owners", 10)) is None
    assert second.path_here(("remarks",)) == ("remarks",)


# ---- render and pack


def sales(count: int) -> dict[str, Any]:
    """A draft of that many sales in one day under a plan, the last of them with an override."""
    data = draft("plan")
    sale, owned = data["non_derivative"][0], 60_000
    rows = []
    for _n in range(count):
        owned -= 100
        rows.append({**sale, "amount": "100", "amount_owned_following": str(owned), "price": "61.20"})
    data["non_derivative"] = rows
    return data


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    data = sales(31)
    data["footnotes"] = [{"id": "F1", "text": "Sold under a Rule 10b5-1 plan adopted on March 3, 2026."}]
    for each in data["non_derivative"]:
        each["transaction_code"] = {"value": "S", "footnotes": ["F1"]}
    path = Path("large.form4.json")
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_render_makes_a_folder_for_each_form(large: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").mkdir()
    Path("out/form4.xml").write_text("of an earlier run")

    assert main(["render", str(large), "-o", "out", "--only", "xml,report", "--as-of", SIGNED]) == 0

    assert capsys.readouterr().out == (
        "The filing is too large for one form and makes 2, each in a separate folder.\n"
        "large.form4.json, form 1 of 2: ready (Form 4, X0609): no findings\n"
        "Written to out/1of2: form4.xml, report.txt, report.json, manifest.json\n"
        "large.form4.json, form 2 of 2: ready (Form 4, X0609): no findings\n"
        "Written to out/2of2: form4.xml, report.txt, report.json, manifest.json\n"
    )
    assert sorted(p.relative_to("out").as_posix() for p in Path("out").rglob("*.xml")) == [
        "1of2/form4.xml",
        "2of2/form4.xml",
    ]
    told = [
        len(read_document(Path(f"out/{n}of2/form4.xml").read_bytes()).filing.non_derivative) for n in (1, 2)
    ]
    assert told == [15, 16]


def test_a_filing_that_fits_again_leaves_no_xml_of_several(large: Path) -> None:
    main(["render", str(large), "-o", "out", "--only", "xml", "--as-of", SIGNED])
    large.write_text(json.dumps(draft("plan")), encoding="utf-8")

    assert main(["render", str(large), "-o", "out", "--only", "xml", "--as-of", SIGNED]) == 0
    assert [p.relative_to("out").as_posix() for p in Path("out").rglob("*.xml")] == ["form4.xml"]


def test_override_goes_with_its_line(large: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(large.read_text())
    data["non_derivative"][30]["acquired_disposed"] = "A"
    data["non_derivative"][30]["amount_owned_following"] = "57100"
    reason = {"reason": "As the broker says.", "at": "2026-10-21T20:00:00-04:00"}
    data["overrides"] = [{"id": "TXN-007", "path": "non_derivative[30].acquired_disposed", **reason}]
    large.write_text(json.dumps(data), encoding="utf-8")

    assert main(["render", str(large), "-o", "out", "--only", "xml", "--as-of", SIGNED]) == 0
    assert "form 2 of 2: ready, with overrides (Form 4, X0609): 1 error" in capsys.readouterr().out


UNSIGNED = ["SIG-004"]


def joint(owners: int, signers: list[str], remarks: str = "") -> dict[str, Any]:
    """A draft of that many funds, which is divided, with these signatures."""
    data = draft("joint")
    first = data["owners"][0]
    data["owners"] = [
        {**first, "cik": str(990_000 + n), "name": f"Marshall Beach Fund {n}, L.P."}
        for n in range(1, owners + 1)
    ]
    data["signatures"] = [{"name": name, "date": data["signatures"][0]["date"]} for name in signers]
    return {**data, **({"remarks": remarks} if remarks else {})}


@pytest.mark.parametrize(
    ("owners", "signers", "remarks", "found"),
    [
        (12, ["/s/ Jane Doe, Managing Member"], "", [UNSIGNED, UNSIGNED]),
        (11, ["/s/ Jane Doe, Managing Member"], "", [UNSIGNED, UNSIGNED]),
        (20, [f"/s/ Jane Doe, Managing Member of Fund {n}" for n in range(10)], "", [UNSIGNED, UNSIGNED]),
        (11, [f"/s/ Jane Doe, Managing Member of Fund {n}" for n in range(10)], "", [UNSIGNED, UNSIGNED]),
        (12, ["/s/ Jane Doe, Managing Member"], "Signatures are in Exhibit 99.1.", [[], []]),
        (12, ["/s/ Jane Doe, Managing Member of each reporting person"], "", [[], []]),
        (12, [f"/s/ Jane Doe, Managing Member of Fund {n}" for n in range(12)], "", [[], []]),
    ],
    ids=["one for 12", "one for 11", "10 for 20", "10 for 11", "exhibit", "for each", "one each"],
)  # fmt: skip
def test_missing_signatures_of_the_whole_are_told_on_each_form(
    owners: int,
    signers: list[str],
    remarks: str,
    found: list[list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("d.form4.json").write_text(json.dumps(joint(owners, signers, remarks)), encoding="utf-8")

    main(["render", "d.form4.json", "-o", "out", "--only", "report", "--as-of", SIGNED])

    reports = [
        json.loads(Path(f"out/{n}of2/report.json").read_text())["files"][0]["findings"] for n in (1, 2)
    ]
    assert [[f["id"] for f in report if f["id"] == "SIG-004"] for report in reports] == found


def test_missing_signatures_of_the_whole_are_told_of_what_is_packed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = joint(11, ["/s/ Jane Doe, Managing Member"])
    Path("d.form4.json").write_text(json.dumps(data), encoding="utf-8")
    fd = ccc_for(data, tmp_path)

    assert (
        main(["pack", "d.form4.json", "-o", "o.xml", "--test", "--as-of", SIGNED, "--ccc-fd", str(fd)]) == 0
    )

    told = [line for line in capsys.readouterr().out.splitlines() if "ready" in line]
    assert [line.partition("ready ")[2] for line in told] == ["(Form 4): 2 warning"] * 2


def ccc_for(data: dict[str, Any], tmp_path: Path) -> int:
    import os

    file = tmp_path / "ccc"
    file.write_text("".join(f"{owner['cik']} aB3$xyz9\n" for owner in data["owners"]))
    return os.open(file, os.O_RDONLY)


def test_pack_writes_an_envelope_for_each_form(
    large: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fd = ccc_for(json.loads(large.read_text()), tmp_path)

    assert main(["pack", str(large), "-o", "out.xml", "--test", "--as-of", SIGNED, "--ccc-fd", str(fd)]) == 0

    told = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0].split("  ")[-1] for line in [*told[:3], *told[4:7]]] == [
        "out-1of2.xml",
        "Documents of the TEST submission",
        "the form, from large.form4.json, form 1 of 2",
        "out-2of2.xml",
        "Documents of the TEST submission",
        "the form, from large.form4.json, form 2 of 2",
    ]
    assert [*told[8:10], told[-1]] == [
        "TEST submission of Form 4 written to out-1of2.xml, readable by you only.",
        "TEST submission of Form 4 written to out-2of2.xml, readable by you only.",
        "they are sent; do not mail or share them.",
    ]
    filings = [read_document(Path(f"out-{n}of2.xml").read_bytes()).filing for n in (1, 2)]
    assert [len(f.non_derivative) for f in filings] == [15, 16]
    assert not Path("out.xml").exists()


def test_nothing_is_packed_while_one_form_is_blocked(
    large: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(large.read_text())
    data["non_derivative"][30]["transaction_code"] = {"value": "Q", "footnotes": ["F1"]}
    large.write_text(json.dumps(data), encoding="utf-8")

    assert main(["pack", str(large), "-o", "out.xml", "--test", "--as-of", SIGNED]) == 1
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == "large.form4.json, form 2 of 2: blocked (Form 4, X0609): 1 suspense"
    assert list(tmp_path.glob("out*.xml")) == []
