"""The cases of the filers' review, beside the checkout: what each row of their table expects."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

import pytest

from form4_author.wizard.option import Option, narrowed
from form4_author.wizard.recipes import RECIPES
from tests.cases.row import Desk, cells, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import Any

    _Says = Callable[[Desk], None]


@pytest.fixture
def desk(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    return Desk.at(shared / "cases" / "filer", tmp_path, monkeypatch, capsys)


def _checked(desk: Desk, file: str) -> dict[str, dict[str, Any]]:
    return desk.findings(f"form4 check {file} --as-of 2026-11-30")


def _finding(file: str, id: str, severity: str, words: str, path: str) -> _Says:
    def says(desk: Desk) -> None:
        found = _checked(desk, file)[id]
        assert (found["severity"], found["path"]) == (severity, path)
        assert words in found["message"]

    return says


def _entered(desk: Desk, name: str, answered: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """The draft that the answers make from the last filing; what is asked now is answered before these lines."""
    for before, line in answered:
        desk.answer(f"{name}.answers.yaml", before, [line])
    code, text = desk.run(
        f"form4 new --from {name}.prior.form4.json --answers {name}.answers.yaml -o {name}.form4.json --as-of 2026-11-30"
    )
    assert code == 0, text
    return desk.draft(f"{name}.form4.json")


_CELLS: Final = ("transaction_code", "acquired_disposed", "amount", "amount_owned_following")


def _put_exercised(desk: Desk) -> None:
    draft = _entered(desk, "put-exercised")
    (stock,), (put,) = draft["non_derivative"], draft["derivative"]
    assert cells(stock, *_CELLS, "price") == ("X", "D", "1000", "4000", "40")
    assert cells(put, *_CELLS) == ("X", "D", "1000", "0")


def _split_restates_both_lines(desk: Desk) -> None:
    draft = _entered(desk, "split-one-line")
    sold, spouse = draft["non_derivative"]
    (note,) = draft["footnotes"]
    assert sold["amount_owned_following"] == {"value": "9900", "footnotes": [note["id"]]}
    assert spouse["amount_owned_following"] == {"value": "1400", "footnotes": [note["id"]]}
    assert spouse["nature_of_ownership"] == "By Spouse"
    assert "2-for-1 stock split" in note["text"]


def _option_exchanged(desk: Desk) -> None:
    draft = _entered(desk, "option-exchange", [("events[0].ended", "events[0].by: exchanged")])
    given_up, new = draft["derivative"]
    assert cells(given_up, *_CELLS, "price") == ("D", "D", "1000", "0", "0")
    assert cells(new, *_CELLS) == ("A", "A", "1000", "1000")


def _nature_carried(desk: Desk) -> None:
    draft = _entered(desk, "nature-footnote-carried")
    (note,) = desk.draft("nature-footnote-carried.prior.form4.json")["footnotes"]
    _nature_is_explained(draft, note["text"])
    assert "HLD-008" not in _checked(desk, "nature-footnote-carried.form4.json")


def _nature_is_explained(draft: dict[str, Any], text: str) -> None:
    nature = draft["non_derivative"][1]["nature_of_ownership"]
    assert nature["value"] == "See footnote"
    assert [n["text"] for n in draft["footnotes"] if n["id"] in nature["footnotes"]] == [text]


def _option_moved(desk: Desk) -> None:
    draft = _entered(desk, "option-to-trust", [("events[0].to_nature", "events[0].held_now: own_trust")])
    (stock,) = draft["non_derivative"]
    assert cells(stock, "security_title", "transaction_code", "amount") == ("Common Stock", "M", "100")
    moved = draft["derivative"][1]
    assert cells(moved, "kind", "ownership_form", "nature_of_ownership", "amount_owned_following") == (
        "holding",
        "I",
        "By Roe Family Trust",
        "400",
    )
    assert "HLD-017" not in _checked(desk, "option-to-trust.form4.json")


def _signature_missing_in_both_forms(desk: Desk) -> None:
    """Each form's report has the finding of the whole draft, and no name ends with two periods."""
    assert "SIG-004" in _checked(desk, "twelve-owners-one-signature.form4.json")
    desk.said("form4 render twelve-owners-one-signature.form4.json -o packet --as-of 2026-11-30")
    for part in ("1of2", "2of2"):
        folder = desk.folder / "packet" / part
        assert "SIG-004" in (folder / "report.txt").read_text(encoding="utf-8")
        assert "L.P.." not in (folder / "form4.xml").read_text(encoding="utf-8")


def _reason_is_enough(desk: Desk) -> None:
    for number, (lines, reason) in enumerate(
        (
            ("I.1", "To reflect the right number of shares."),
            ("none", "Adds a holding of the spouse that was left out."),
        )
    ):
        desk.said(
            f"form4 amend amend-no-lines.form4.json --lines {lines} --original 2026-11-25"
            f" --reason '{reason}' -o amended{number}.form4.json"
        )
        assert reason in str(desk.draft(f"amended{number}.form4.json"))
        assert "AMD-003" not in _checked(desk, f"amended{number}.form4.json")


def _split_restated(desk: Desk) -> None:
    code, text = desk.run("form4 shortswing shortswing-split-1.form4.json shortswing-split-2.form4.json")
    assert code == 1
    assert "P 100 @ $40 on 2026-04-01 = 200 @ $20 after the 2-for-1 split of 2026-05-01" in text
    assert "Customary figure (lowest in, highest out) $1,000" in text
    assert "No purchase and sale" not in text


_LISTED: Final = tuple(Option(recipe.id, recipe.label, recipe.also) for recipe in RECIPES)
_WORDS: Final = {
    "put": "exchange_option",
    "call": "exchange_option",
    "covered call": "exchange_option",
    "tender offer": "tendered",
    "distribution": "distributed",
    "SARs": "granted_option",
    "redeem": "sold_to_issuer",
    "clawback": "forfeited",
    "option exchange": "exchanged",
    "divorce": "status_changed",
    "spin-off": "award_adjusted",
    "cash-settled": "paid_in_cash",
    "collar": "collar",
    "OP units": "converted",
    "lent": "",
}
"""The event of each word; where the table leaves it open, the one that is there now."""


def _events_found(desk: Desk) -> None:
    """Each word shows its event; one that means nothing shows none."""
    with (desk.folder / "happened-words.tsv").open(encoding="utf-8", newline="") as stream:
        assert [row[0] for row in csv.reader(stream, delimiter="\t")][1:] == list(_WORDS)
    for typed, event in _WORDS.items():
        found = {option.value for option in narrowed(_LISTED, typed)}
        assert event in found if event else found == set()


def _last_total(desk: Desk) -> None:
    desk.said("form4 import rows-out-of-date-order.xml --register register.sqlite3")
    text = desk.said("form4 holdings 1000001 EXMP --register register.sqlite3")
    assert "94,000 Class A Common Stock, direct" in text


EXPECTED: Final[dict[str, _Says]] = {
    "put-exercised.prior.form4.json + .answers.yaml": _put_exercised,
    "put-exercised-as-acquired.form4.json": _finding(
        "put-exercised-as-acquired.form4.json", "TXN-047", "warning",
        "a right to sell, whose exercise means a disposition, D", "non_derivative[0].acquired_disposed",
    ),
    "split-one-line.prior.form4.json + .answers.yaml": _split_restates_both_lines,
    "option-exchange.prior.form4.json + .answers.yaml": _option_exchanged,
    "plan-option-cancelled-h.form4.json": _finding(
        "plan-option-cancelled-h.form4.json", "TXN-051", "warning",
        "H, which is outside Rule 16b-3", "derivative[0].transaction_code",
    ),
    "nature-footnote-carried.prior.form4.json + .answers.yaml": _nature_carried,
    "option-to-trust.prior.form4.json + .answers.yaml": _option_moved,
    "price-thousandfold.form4.json": _finding(
        "price-thousandfold.form4.json", "TXN-052", "warning",
        "Price is $7,312.00, but $7.405 for the same class on this form", "non_derivative[0].price",
    ),
    "price-per-ads.form4.json": _finding(
        "price-per-ads.form4.json", "TXN-055", "warning",
        'per depositary share (footnote: "price is per American Depositary Share")', "non_derivative[0].price",
    ),
    "f-sold-open-market.form4.json": _finding(
        "f-sold-open-market.form4.json", "TXN-048", "warning",
        "use code S for a sale", "non_derivative[0].transaction_code",
    ),
    "s-withheld-by-issuer.form4.json": _finding(
        "s-withheld-by-issuer.form4.json", "TXN-048", "warning",
        "use code F", "non_derivative[0].transaction_code",
    ),
    "p-espp.form4.json": _finding(
        "p-espp.form4.json", "TXN-048", "warning",
        "remove the line or use code A or J", "non_derivative[0].transaction_code",
    ),
    "j-inherited.form4.json": _finding(
        "j-inherited.form4.json", "TXN-048", "warning",
        "use code W", "non_derivative[0].transaction_code",
    ),
    "units-cash-settled-f.form4.json": _finding(
        "units-cash-settled-f.form4.json", "TXN-049", "warning",
        "use code D", "non_derivative[1].transaction_code",
    ),
    "s-exchange-fund-no-value.form4.json": _finding(
        "s-exchange-fund-no-value.form4.json", "TXN-017", "warning",
        "give its value per share in dollars", "non_derivative[0].price",
    ),
    "zip-four-digits.form4.json": _finding(
        "zip-four-digits.form4.json", "OWN-028", "warning",
        "a US zip code has 5 or 9 digits; 02110 may be meant", "owners[0].address.zip",
    ),
    "direct-total-includes-spouse.form4.json": _finding(
        "direct-total-includes-spouse.form4.json", "HLD-032", "note",
        "report indirect ownership on a separate line", "non_derivative[0].amount_owned_following",
    ),
    "twelve-owners-one-signature.form4.json": _signature_missing_in_both_forms,
    "amend-no-lines.form4.json": _reason_is_enough,
    "shortswing-split-1.form4.json, shortswing-split-2.form4.json": _split_restated,
    "plan-modified-cooling-off.form4.json": _finding(
        "plan-modified-cooling-off.form4.json", "PLN-006", "warning",
        "25 days after the plan's change on 2026-11-02", "non_derivative[0].transaction_date",
    ),
    "happened-words.tsv": _events_found,
    "rows-out-of-date-order.xml": _last_total,
}  # fmt: skip


def test_each_row_of_the_table_is_asserted(shared: Path) -> None:
    assert sorted(file for file, _ in rows(shared / "cases" / "filer")) == sorted(EXPECTED)


@pytest.mark.parametrize("file", EXPECTED)
def test_row(file: str, desk: Desk) -> None:
    assert file in [each for each, _ in rows(desk.folder)]
    EXPECTED[file](desk)


def test_a_footnote_on_record_is_carried_with_its_nature(desk: Desk) -> None:
    """The second way of the row: the last filing comes from the register."""
    name = "nature-footnote-carried"
    (note,) = desk.draft(f"{name}.prior.form4.json")["footnotes"]
    register = "--register register.sqlite3"
    desk.said(f"form4 render {name}.prior.form4.json --profile public -o prior --as-of 2026-11-30")
    desk.said(f"form4 import prior/form4.xml {register}")

    desk.said(
        f"form4 new --person 9 --issuer EXCO --form 4 --answers {name}.answers.yaml -o d.form4.json"
        f" --as-of 2026-11-30 {register}"
    )

    _nature_is_explained(desk.draft("d.form4.json"), note["text"])
    assert "HLD-008" not in _checked(desk, "d.form4.json")
