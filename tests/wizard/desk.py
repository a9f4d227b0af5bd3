"""Interviews with a register of fictitious filings at their side, and the three routine forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from form4_author.desk.interview import desk, judged
from form4_author.desk.interview_register import RegisterClerk
from form4_author.findings import Severity
from form4_author.register import card
from form4_author.register.record import recorded
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import session
from form4_author.wizard.answers_file import Given
from form4_author.wizard.draft import opening
from tests.register.papers import NOW, row
from tests.wizard.keystroke import Counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from form4_author.register.database import Register
    from form4_author.register.record import Paper

TODAY = date(2026, 11, 23)
UNITS = {
    "kind": "transaction", "security_title": "Restricted Stock Units", "exercise_price": {"footnotes": ["F1"]},
    "transaction_date": "2026-03-02", "transaction_code": "A", "amount": "4000", "price": "0",
    "acquired_disposed": "A", "date_exercisable": {"footnotes": ["F2"]}, "expiration_date": {"footnotes": ["F2"]},
    "underlying_title": "Class A Common Stock", "underlying_amount": "4000", "amount_owned_following": "4000",
    "ownership_form": "D",
}  # fmt: skip
OPTION = {
    **UNITS, "security_title": "Stock Option (Right to Buy)", "exercise_price": "12.50",
    "date_exercisable": "2027-03-02", "expiration_date": "2036-03-01",
}  # fmt: skip
NOTES = [
    {"id": "F1", "text": "Each unit is the contingent right to receive one share of Class A Common Stock."},
    {"id": "F2", "text": "The units vest each November 1."},
]
SPOUSE = {"ownership_form": "I", "nature_of_ownership": "By Spouse"}
DOE, ROE = "Doe Jane", "Roe Richard B"
FILLS = "Qty\tPrice\n" + "\n".join(f"{100 + 10 * n}\t50.{n * 7 % 91:02}" for n in range(20))


def stock(total: str, **cells: Any) -> dict[str, Any]:
    return row("Class A Common Stock", total=total, **cells)


def enter(register: Register, *papers: Paper) -> None:
    with register.writing() as book:
        for each in papers:
            assert recorded(book, each, NOW) is not None


def edit(register: Register, kind: str, which: str, said: dict[str, Any]) -> None:
    with register.writing() as book:
        known = card.KINDS[kind]
        card.edited(book, known, card.card_by_words(book, known, which), said)


@dataclass
class Played:
    """An interview that was played."""

    data: dict[str, Any]
    script: Counted
    findings: list[str]
    """Those above a note, by id and message, with what the register knows."""

    def option(self, id: str, value: str) -> str:
        """The label of an option of a question."""
        return next(o.label for a in self.script.asks if a.id == id for o in a.options if o.value == value)

    def labels(self, id: str) -> list[str]:
        return [o.label for o in next(a for a in self.script.asks if a.id == id).options]

    def told(self) -> str:
        return " ".join(" ".join(line for page in self.script.pages for line in page).split())


def play(
    register: Register,
    folder: Path,
    answers: Sequence[tuple[str, str]],
    data: dict[str, Any] | None = None,
    today: date = TODAY,
) -> Played:
    """An interview on a day, with the register at its side."""
    script = Counted([Given(id, answer) for id, answer in answers])
    path = folder / "draft.form4.json"
    clerk = RegisterClerk(register, today)
    around = desk(path, today, clerk)
    running = session.Session(path, opening.fresh() if data is None else draft_of(data), script, around)
    outcome = running.run()
    script.finish()
    found = judged(path, outcome.draft, today, clerk).findings
    return Played(
        draft_data(outcome.draft),
        script,
        [f"{f.id} {f.message}" for f in found if f.severity is not Severity.NOTE],
    )


def whom(register: Register, name: str) -> tuple[str, str]:
    """The answer to the first question that names a person."""
    shelf = RegisterClerk(register, TODAY).shelf(opening.fresh())
    return "whom", next(o.value for o in shelf.beginnings if o.label.startswith(name))


END = [
    ("exit", "no"), ("notes", "done"), ("remarks", ""), ("signing[0].power", ""),
    ("signatures[0].date", ""), ("review", ""),
]  # fmt: skip


VEST = [
    ("happened", "rsu_withheld"), ("events[0].style", ""), ("events[0].date", "11/20"), ("events[0].security", ""),
    ("events[0].vested", "1000"), ("events[0].quantity", "400"), ("events[0].price", "120.34"),
    ("events[0].withheld_note", ""), ("events[0].series", ""), ("events[0].after_1", ""), ("events[0].after_2", ""),
    ("lines", "carry"), ("lines", "done"), ("aff10b5_one", "no"), *END,
]  # fmt: skip
GRANT = [
    ("happened", "granted_units"), ("events[0].style", ""), ("events[0].date", "11/20"), ("events[0].security", ""),
    ("events[0].quantity", "2500"), ("events[0].unit", ""), ("events[0].unit_note", ""),
    ("events[0].exercisable", ""), ("events[0].expiration", ""), ("events[0].after_1", ""), ("lines", "done"),
    ("aff10b5_one", "no"), *END,
]  # fmt: skip
SALE = [
    ("happened", "sold"), ("events[0].date", "11/20"), ("events[0].security", ""), ("events[0].quantity", FILLS),
    ("events[0].use", ""), ("events[0].ownership", ""), ("events[0].after_1", ""), ("lines", "carry"),
    ("lines", "done"), ("aff10b5_one", "yes"), ("plan.adopted", "3/4/26"), ("plan.note", ""), ("plan.rows", ""),
    ("plan.chooser", ""), ("plan.notice", ""), *END,
]  # fmt: skip
