"""One line of Table I or Table II, cell by cell, and the list of its columns to change any of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Unpack

from form4_author import codes
from form4_author.ledger.balance import Working, working
from form4_author.model.interview import NoteInHand
from form4_author.model.label import caption, field_at
from form4_author.text import amount_text, grouped
from form4_author.wizard.currency import with_rates
from form4_author.wizard.draft import balance, footnote, row_change, row_value
from form4_author.wizard.draft.answer import cells as row_cells
from form4_author.wizard.draft.event_line import JUMP_HELP, jump_words
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, PromptFacts, Proposal, Screen, Step, View
from form4_author.wizard.screens.sheet_rows import is_sheet, pasted_lines
from form4_author.wizard.wording import shown_cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.findings import Path
    from form4_author.model.draft import Draft
    from form4_author.model.interview import CarriedLine
    from form4_author.model.table import Row

__all__ = ["HELP", "ROWS"]


HELP: Final[dict[str, str]] = {
    "security_title": "Instruction 3(b). The class, even if the issuer has only one: Common Stock, "
    "Class A Common Stock, "
    "Stock Option (Right to Buy), Restricted Stock Units. Spell it as in earlier filings. Up to 60 characters.",
    "transaction_date": "Instruction 4. The day of the trade, not of settlement. 11/18, Nov 18, "
    "2026-11-18, t for today, "
    "-1 for yesterday, -1b for the business day before.",
    "deemed_execution_date": "Rule 16a-3(g)(2), (3). Only for a Rule 10b5-1 plan or a discretionary "
    "transaction whose date "
    "the filer did not choose: the day the broker's notice came, at most the third business day after the trade.",
    "transaction_code": "Instruction 8. One letter: P and S on the market or privately, A grant, D to "
    "the issuer, F shares "
    "withheld for price or tax, M exercise or vesting under a plan, C conversion, X exercise otherwise, "
    "G gift, J other. "
    "Type the letter or a word of its definition.",
    "transaction_form_type": "Instruction 8. 4 for what must be reported within two business days; 5 "
    "for what may wait for "
    "Form 5 and is reported early: the form then prints V.",
    "equity_swap": "Instruction 8, code K. Yes for an equity swap or an instrument with similar "
    "characteristics; the form "
    "then prints /K after the code. A swap is reported in Table II and does not change the total of the shares "
    "(Rule 16a-1(c)).",
    "timeliness": "Specification 4.3.8. Left empty on a Form 4 whose item is due in two business days.",
    "amount": "Instruction 4(a). Shares or units in this transaction, gross: shares withheld or sold to "
    "pay for an exercise "
    "go on a separate line. 1,200 or 1.2k or 300+150. Several lines of Table I: paste them from a sheet, "
    "or name its file, @lines.csv; their columns are shown and confirmed.",
    "price": "Instruction 5. US dollars for one share or unit, without commission; 0 where nothing is "
    "paid. Words become a "
    "footnote instead of a price.",
    "acquired_disposed": "Instruction 4. A if the reporting person has more of this security afterwards, D if less.",
    "amount_owned_following": "Instruction 4(a)(i). What this line holds after the transaction: the "
    "same class, held in the "
    "same way. A sum may be typed: 239,602-7,007.",
    "value_owned_following": "Instruction 3(c). Face amount, for debt securities only.",
    "ownership_form": "Instruction 4(b). Direct for what is held in the person's own name, also through "
    "a broker or jointly "
    "with a spouse; indirect for what a trust, partnership or family member holds.",
    "nature_of_ownership": "Instruction 4(b)(iii). As specifically as possible: By Spouse, By ABC "
    "Family Trust. A line for "
    "each holder. Up to 100 characters.",
    "exercise_price": "Instruction 4(c). US dollars for one share on exercise or conversion. Units that "
    "need no payment have "
    "none: type words, which become a footnote, such as: Each unit is the right to receive one share of Common Stock.",
    "date_exercisable": "Instruction 4(c). The first day it can be exercised; words become a footnote, for a vesting "
    "schedule.",
    "expiration_date": "Instruction 4(c). The last day it can be exercised; words become a footnote, "
    "where there is none.",
    "underlying_title": "Instruction 4(c). The class that exercise or conversion gives: Common Stock.",
    "underlying_amount": "Instruction 4(c). How many of them this transaction's units cover.",
    "total_value": "Instruction 3(c). Face amount, for debt securities only.",
    "underlying_value": "Instruction 3(c). Face amount, for debt securities only.",
    "held_before": "What this line held after the last report. The new total is computed from it and "
    "shown as a sum. Press Enter alone to type the new total yourself.",
}


_TOTAL: Final = "amount_owned_following"


class _Table:
    """The prompts of one table's rows; a class only to share the table's name."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.derivative = table == "derivative"

    # ---- the row as seen by conditions and proposals

    def row(self, view: View) -> Row | None:
        return view.draft.row(self.table, view.index or 0)

    def cells(self, view: View) -> dict[str, str]:
        return row_cells(self.table, self.row(view))

    def line(self, view: View) -> dict[str, str]:
        return row_value.row_texts(view.draft, self.table, view.index or 0)

    def is_transaction(self, view: View) -> bool:
        row = self.row(view)
        return row is None or row.is_transaction

    def indirect(self, view: View) -> bool:
        return self.cells(view).get("ownership_form") == "I"

    def first_of_line(self, view: View) -> bool:
        """Whether nothing on the form says yet what the line held before."""
        cells = self.line(view)
        earlier = balance.from_rows(view.draft, self.table, cells, range(view.index or 0))
        return self.is_transaction(view) and bool(cells.get("amount")) and earlier is None

    def above(self, name: str, otherwise: str = "") -> Callable[[View], Proposal | None]:
        """The same cell of the line above, else of the other table's last line."""

        def propose(view: View) -> Proposal | None:
            found = view.text(f"{self.table}[{view.index - 1}].{name}") if view.index else ""
            return (
                Proposal(found, "as in the line above")
                if found
                else (Proposal(otherwise) if otherwise else None)
            )

        return propose

    # ---- proposals

    def code(self, view: View) -> codes.TransactionCode | None:
        return codes.transaction_codes().get(self.cells(view).get("transaction_code", ""))

    def direction(self, view: View) -> Proposal | None:
        code = self.code(view)
        admitted = (code.table_2 if self.derivative else code.table_1) if code else frozenset()
        return Proposal(next(iter(admitted)), f"code {code.code}") if code and len(admitted) == 1 else None

    def form_type(self, view: View) -> Proposal | None:
        code = self.code(view)
        if code is None:
            return None
        deferrable = code.form_type == "5" or (
            code.code == "G" and self.cells(view).get("acquired_disposed") == "A"
        )
        return Proposal("5" if deferrable else "4")

    def price(self, view: View) -> Proposal | None:
        code = self.code(view)
        if code is None or ("II" if self.derivative else "I") not in code.unpriced:
            return None
        return Proposal("0", f"nothing is paid for code {code.code}")

    def total(self, view: View) -> Proposal | None:
        if not self.is_transaction(view):
            return None
        working_total = balance.following(view.draft, self.table, view.index or 0)
        return Proposal(working_total.text, working_total.words) if working_total else None

    def last_total(self, view: View) -> Proposal | None:
        """What the last filing says the line held."""
        carried = balance.carried(view.draft, self.table, self.line(view))
        return Proposal(amount_text(carried.total), carried.source) if carried else None

    # ---- a total that is another than what is worked out

    def expected(self, view: View) -> Working | None:
        """What the line should hold: after the transaction, or on as it was; None where that is not known."""
        index = view.index or 0
        if self.is_transaction(view):
            return balance.following(view.draft, self.table, index)
        prior = balance.prior(view.draft, self.table, self.cells(view), range(index))
        if prior is None or prior.adjustments:
            return working(prior.amount, prior.adjustments) if prior else None
        return Working(prior.amount, f"{grouped(prior.amount)} ({prior.source})")

    def jump_path(self, view: View) -> Path:
        return ("interview", "jumps", f"{self.table}[{view.index or 0}]")

    def set_total(self, view: View, answer: Answer) -> Step:
        """A total typed that nothing explains is remembered, to ask why; the reason of an earlier one goes."""
        total = str(answer)
        draft = self.without_reason(view).with_(self.total_path(view), total)
        expected, typed = self.expected(view), row_value.number(total)
        jumps = expected is not None and typed is not None and typed != expected.total
        draft = draft.with_(self.jump_path(view), None)
        return Step(draft=draft.with_((*self.jump_path(view), "total"), total) if jumps else draft)

    def total_path(self, view: View) -> Path:
        return (self.table, view.index or 0, _TOTAL)

    def without_reason(self, view: View) -> Draft:
        """The draft without the footnote that tells why the total was another."""
        old = view.draft.value((*self.jump_path(view), "reason"))
        return footnote.detach(view.draft, self.total_path(view), old) if isinstance(old, str) else view.draft

    def jumps(self, view: View) -> bool:
        """Whether the total that was typed stands, and is still another."""
        total = self.cells(view).get(_TOTAL)
        if total is None or view.draft.value((*self.jump_path(view), "total")) != total:
            return False
        expected = self.expected(view)
        return expected is not None and row_value.number(total) != expected.total

    def difference(self, view: View) -> str:
        expected, typed = self.expected(view), row_value.number(self.cells(view).get(_TOTAL))
        return jump_words(expected, typed)

    def set_jump(self, view: View, answer: Answer) -> Step:
        """The reason is a footnote to the total."""
        reason = str(answer)
        draft = footnote.attach(self.without_reason(view), self.total_path(view), reason)
        return Step(draft=draft.with_((*self.jump_path(view), "reason"), reason))

    def underlying(self, view: View) -> Proposal | None:
        amount = self.cells(view).get("amount") or self.cells(view).get("amount_owned_following")
        return Proposal(amount, "one for one") if amount else None

    # ---- lines of a sheet

    def counted(self, name: str, **facts: Unpack[PromptFacts]) -> Prompt:
        """A number; in Table I also lines pasted from a sheet, which make lines of the form."""
        cell = self.cell(name, **facts)
        if self.derivative:
            return replace(cell, entry=EntryKind.NUMBER)
        own = facts.get("act")

        def act(view: View, answer: Answer) -> Step:
            if is_sheet(str(answer)):
                return pasted_lines(view, self.table, str(answer))
            return own(view, answer) if own else Step(draft=view.with_text(self.path(name), answer).draft)

        def fault(view: View, typed: str) -> str | None:
            other = is_sheet(typed) and name != "amount" and self.is_transaction(view)
            return "Paste lines where the number of shares of the transaction is asked for" if other else None

        return replace(cell, entry=EntryKind.NUMBER_OR_SHEET, act=act, fault=fault)

    # ---- the prompts

    def path(self, name: str) -> str:
        return f"{self.table}[{{i}}].{name}"

    def cell(self, name: str, **facts: Unpack[PromptFacts]) -> Prompt:
        at: Path = (self.table, 0, name)

        def message(view: View) -> str:
            words = caption((self.table, view.index or 0, name), view.base)
            return words[:1].upper() + words[1:]

        return Prompt(id=self.path(name), message=message, help=HELP[name], field=field_at(at), **facts)

    def prompts(self) -> tuple[Prompt, ...]:
        terms = self.terms() if self.derivative else ()
        first = (self.cell("security_title", propose=self.title, suggests=self.titles),)
        asked = (*first, *terms[:1], *self.transaction(), *terms[1:], *self.ownership(), self.columns())
        return with_rates(asked)

    def title(self, view: View) -> Proposal | None:
        classes = () if self.derivative else (*view.shelf.classes, "Common Stock")
        kind = view.text("interview.owned_title") if self.derivative else ""
        newest = (view.index or 0) == len(view.draft.rows(self.table)) - 1
        if kind and newest and not self.is_transaction(view):
            return Proposal(kind)
        return self.above("security_title", classes[0] if classes else "")(view)

    def lines(self, view: View) -> list[CarriedLine]:
        """The lines of the table last reported; in Table II the issuer's series too."""
        reported_lines = [line for line in view.interview.carried if line.table == self.table]
        return [*reported_lines, *view.shelf.series] if self.derivative else reported_lines

    def titles(self, view: View) -> tuple[str, ...]:
        of_lines = [line.text("security_title") for line in self.lines(view)]
        classes = () if self.derivative else view.shelf.classes
        return tuple(dict.fromkeys(title for title in (*of_lines, *classes) if title))

    def term(self, name: str, otherwise: str = "") -> Callable[[View], Proposal | None]:
        """What a line or series of this title, and exercise price once it is given, has; else the line above."""

        def propose(view: View) -> Proposal | None:
            cells = self.cells(view)
            given = {n: cells[n] for n in ("security_title", "exercise_price") if n in cells and n != name}
            for line in self.lines(view):
                words = line.text(f"{name}_words") or line.text(name)
                if words and all(row_value.same(n, line.text(n), cell) for n, cell in given.items()):
                    return Proposal(words, "as the issuer's forms have it")
            return self.above(name, otherwise)(view)

        return propose

    def transaction(self) -> tuple[Prompt, ...]:
        when = self.is_transaction
        names = {c.code: c.name for c in codes.transaction_codes().values()}
        directions = (Option("A", "A  acquired"), Option("D", "D  disposed of"))
        types = (Option("4", "4  due in two business days"), Option("5", "5  may wait for Form 5; printed V"))
        timeliness = (Option("E", "E  early"), Option("L", "L  late"))
        return (
            self.cell(
                "transaction_date", entry=EntryKind.DATE, when=when, propose=self.above("transaction_date")
            ),
            self.cell(
                "deemed_execution_date", entry=EntryKind.DATE, when=when, on_demand=True, required=False
            ),
            self.cell("transaction_code", when=when, names=names),
            self.cell(
                "acquired_disposed",
                kind=AnswerKind.CHOICE,
                when=when,
                propose=self.direction,
                silent=True,
                derived=True,
                options=lambda _view: directions,
            ),
            self.cell(
                "transaction_form_type",
                kind=AnswerKind.CHOICE,
                when=when,
                propose=self.form_type,
                silent=True,
                derived=True,
                options=lambda _view: types,
            ),
            self.cell(
                "equity_swap",
                kind=AnswerKind.CONFIRM,
                when=when,
                propose=lambda _view: Proposal("no"),
                silent=True,
            ),
            self.cell(
                "timeliness",
                kind=AnswerKind.CHOICE,
                when=when,
                on_demand=True,
                required=False,
                options=lambda _view: timeliness,
            ),
            self.counted("amount", when=when),
            self.cell("price", entry=EntryKind.NUMBER_OR_WORDS, when=when, propose=self.price),
        )

    def terms(self) -> tuple[Prompt, ...]:
        return (
            self.cell("exercise_price", entry=EntryKind.NUMBER_OR_WORDS, propose=self.term("exercise_price")),
            self.cell(
                "date_exercisable", entry=EntryKind.DATE_OR_WORDS, propose=self.term("date_exercisable")
            ),
            self.cell("expiration_date", entry=EntryKind.DATE_OR_WORDS, propose=self.term("expiration_date")),
            self.cell("underlying_title", propose=self.term("underlying_title", "Common Stock")),
            self.cell(
                "underlying_amount", entry=EntryKind.NUMBER_OR_WORDS, propose=self.underlying, derived=True
            ),
        )

    def ownership(self) -> tuple[Prompt, ...]:
        forms = (Option("D", "D  direct"), Option("I", "I  indirect"))
        return (
            self.cell(
                "ownership_form",
                kind=AnswerKind.CHOICE,
                propose=self.above("ownership_form", "D"),
                options=lambda _view: forms,
            ),
            self.cell("nature_of_ownership", when=self.indirect, propose=self.above("nature_of_ownership")),
            Prompt(
                id=self.path("held_before"),
                propose=self.last_total,
                path=lambda view: balance.stated_total_path(self.table, self.line(view)),
                message=lambda view: (
                    f"{row_value.short_line_words(self.cells(view))}: how many before this transaction?"
                ),
                help=HELP["held_before"],
                entry=EntryKind.NUMBER,
                when=self.first_of_line,
                required=False,
            ),
            self.counted(
                "amount_owned_following",
                when=lambda view: not (self.derivative and view.base == "3"),
                propose=self.total,
                derived=True,
                act=self.set_total,
            ),
            Prompt(
                id=self.path("jump"),
                path=lambda view: (*self.jump_path(view), "reason"),
                message=self.difference,
                help=JUMP_HELP,
                longest=1000,
                when=self.jumps,
                act=self.set_jump,
            ),
        )

    def columns(self) -> Prompt:
        return Prompt(
            id=self.path("columns"),
            message="Is this line correct?",
            help="Every column of the line can be changed here, and footnotes attached to its cells. Columns are "
            "numbered as on the form.",
            kind=AnswerKind.CHOICE,
            options=self.column_options,
            propose=lambda _view: Proposal("right"),
            act=self.column_step,
            hub=True,
        )

    # ---- the list of columns

    def column_options(self, view: View) -> tuple[Option, ...]:
        found = [Option("right", "This line is correct")]
        for prompt in self.prompts():
            if prompt.when(view) and not prompt.hub and prompt.field is not None:
                name = prompt.field.name
                path = (self.table, view.index or 0, name)
                found.append(Option(name, f"{prompt.asked(view)}: {shown_cell(view.draft, path)}"))
        found.append(Option("note", "Attach a footnote to a cell"))
        if view.index:
            found.append(Option("up", "Move this line up"))
        found.append(Option("remove", "Remove this line"))
        return tuple(found)

    def column_step(self, view: View, answer: Answer) -> Step:
        index = view.index or 0
        if answer == "right":
            return Step(draft=view.draft, goto="lines")
        if answer == "remove":
            return Step(
                draft=row_change.without_row(view.draft, self.table, index),
                goto="lines",
                words=("The line is removed.",),
            )
        if answer == "up":
            draft = row_change.with_rows_swapped(view.draft, self.table, index)
            return Step(draft=draft, goto=f"{self.table}[{index - 1}].columns")
        where = f"{self.table}[{index}]"
        if answer == "note":
            note = NoteInHand(row=where, back=f"{where}.columns")
            return Step(draft=view.draft.with_interview(note=note), goto="note.cell")
        return Step(draft=view.draft, goto=f"{self.table}[{index}].{answer}", come_back=True)


def _rows(table: str, name: str) -> Screen:
    row_table = _Table(table)

    def titled(view: View) -> str:
        kind = "transaction" if row_table.is_transaction(view) else "holding"
        return f"{name}, line {(view.index or 0) + 1}: {kind}"

    return Screen(
        id=table,
        section="What happened",
        title=titled,
        prompts=row_table.prompts(),
        count=lambda draft: len(draft.rows(table)),
        home="lines",
    )


ROWS: Final = (_rows("non_derivative", "Table I"), _rows("derivative", "Table II"))
