"""Lines of Table I taken from a sheet: pasted where a line entered by hand asks for its number of shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author import codes
from form4_author.checks.fault import value_fault
from form4_author.errors import MalformedValue
from form4_author.findings import path_from_text
from form4_author.model.draft import TABLES, Draft
from form4_author.model.interview import SheetInHand
from form4_author.model.label import field_at
from form4_author.model.table import NonDerivativeRow
from form4_author.text import amount_text, day
from form4_author.wizard.draft import balance
from form4_author.wizard.draft.answer import cells as row_cells
from form4_author.wizard.draft.answer import mark
from form4_author.wizard.entry import code_typed
from form4_author.wizard.pasted_table import day_in, heading, is_dated, number, table
from form4_author.wizard.screen import Answer, Prompt, Proposal, Screen, Step, View
from form4_author.wizard.wording import line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from form4_author.model.table import RowKind

__all__ = ["SHEET", "is_sheet", "pasted_lines"]

_CELLS: Final = {
    "title": "security_title",
    "date": "transaction_date",
    "code": "transaction_code",
    "shares": "amount",
    "price": "price",
    "A/D": "acquired_disposed",
    "after": "amount_owned_following",
    "D/I": "ownership_form",
    "nature": "nature_of_ownership",
}
_OF_HOLDING: Final = {**_CELLS, "shares": "amount_owned_following"}
_HEADINGS: Final = {
    "after": ("after", "following", "owned", "held"),
    "A/D": ("a/d", "acquired", "disposed"),
    "D/I": ("d/i", "direct", "form of"),
    "nature": ("nature", "by whom", "holder"),
    "code": ("code",),
    "date": ("date",),
    "price": ("price",),
    "title": ("title", "security", "class"),
    "shares": ("share", "quantity", "qty", "amount", "number"),
}
_LETTERS: Final = {"A/D": {"A": "ACQUIRED", "D": "DISPOSED OF"}, "D/I": {"D": "DIRECTLY", "I": "INDIRECTLY"}}
_NAMED: Final = "Name the columns in order, such as: date, code, shares, price; - for one that is not used"


def is_sheet(typed: str) -> bool:
    """Whether an answer is lines of a sheet."""
    return "\n" in typed.strip() or "\t" in typed.strip()


def pasted_lines(view: View, table_name: str, typed: str) -> Step:
    """The lines are kept as pasted until their columns are confirmed."""
    pasted = SheetInHand(row=f"{table_name}[{view.index}]", text=typed)
    return Step(draft=view.draft.with_interview(sheet=pasted), goto="sheet.columns")


# ---- columns


def _proposed(view: View) -> Proposal | None:
    """What each column is treated as."""
    try:
        rows = table(view.text("interview.sheet.text"))
    except MalformedValue:
        return None
    head = heading(rows)
    body = rows[1:] if head else rows
    found: list[str] = []
    for at in range(max((len(row) for row in rows), default=0)):
        caption = head[at].casefold() if head and at < len(head) else ""
        cells = [row[at] for row in body if at < len(row) and row[at]]
        free = [name for name in _CELLS if name not in found]
        named = (n for n, words in _HEADINGS.items() if n in free and any(word in caption for word in words))
        found.append(next(named, "-") if head else _guess(cells, free))
    return Proposal(", ".join(found))


def _guess(cells: Sequence[str], free: Sequence[str]) -> str:
    """By their content: days, letters, codes, numbers in the order of the form; the first words are the title."""
    if not cells:
        return "-"
    fits = {
        "date": all(is_dated(cell) for cell in cells),
        "A/D": all(cell.upper() in ("A", "D") for cell in cells),
        "D/I": all(cell.upper() in ("D", "I") for cell in cells),
        "code": all(cell.upper() in codes.transaction_codes() for cell in cells),
        **dict.fromkeys(("shares", "price", "after"), all(number(cell) is not None for cell in cells)),
    }
    words = not any(fits.values())
    return next((n for n, fit in {**fits, "title": words, "nature": words}.items() if fit and n in free), "-")


# ---- lines


def _row(view: View) -> tuple[str, int]:
    at = path_from_text(view.text("interview.sheet.row"))
    return str(at[0]), int(at[1])


def _kind(view: View) -> RowKind:
    """What the line begun by hand is, and the lines of the sheet with it."""
    row = view.draft.row(*_row(view))
    return row.kind if row else "transaction"


def _cells_of_lines(view: View, named: str) -> list[dict[str, str]]:
    """The cells of each line, those of the line begun by hand where the sheet has none. Raises MalformedValue."""
    name, index = _row(view)
    base = row_cells(name, view.draft.row(name, index))
    holding = _kind(view) == "holding"
    names = [name.strip() for name in named.split(",")]
    used = [name for name in names if name != "-"]
    if not set(used) <= set(_CELLS) or len(set(used)) < len(used) or not {"shares", "after"} & set(used):
        raise MalformedValue(_NAMED)
    rows = table(view.text("interview.sheet.text"))
    body = rows[1:] if heading(rows) else rows
    found = []
    for at, row in enumerate(body, 1):
        texts = {name: cell for name, cell in zip(names, row, strict=False) if name != "-" and cell}
        try:
            cells = {
                (_OF_HOLDING if holding else _CELLS)[n]: _read(n, cell, base) for n, cell in texts.items()
            }
            found.append(_whole(base, cells, holding=holding))
        except MalformedValue as error:
            raise MalformedValue(f"Line {at}: {error.problem}") from None
    return found


def _read(name: str, cell: str, base: Mapping[str, str]) -> str:
    if name in _LETTERS:
        letters = [
            k for k, word in _LETTERS[name].items() if cell.upper() == k or word.startswith(cell.upper())
        ]
        found = letters[0] if len(letters) == 1 else ""
    elif name == "date":
        found = day_in(cell, day(base["transaction_date"])) if base.get("transaction_date") else ""
    elif name == "code":
        found = code_typed(cell, {c.code: c.name for c in codes.transaction_codes().values()})
    elif name in ("shares", "price", "after"):
        amount = number(cell)
        found = "" if amount is None else amount_text(amount)
    else:
        found = cell
    field = field_at(("non_derivative", 0, _CELLS[name]))
    hit = value_fault(field, found) if field and found else None
    if not found or hit:
        raise MalformedValue(hit.message if hit else f'"{cell}" can\'t be read as {name}')
    return found


def _whole(base: Mapping[str, str], cells: Mapping[str, str], *, holding: bool) -> dict[str, str]:
    """A line with what follows from its code, and held directly where the sheet does not say."""
    left_out = ("acquired_disposed", "transaction_form_type") if "transaction_code" in cells else ()
    found = {"ownership_form": "D", **{n: v for n, v in base.items() if n not in left_out}, **cells}
    if "amount_owned_following" not in cells:
        found.pop("amount_owned_following", None)
    if "security_title" not in found:
        raise MalformedValue("it has no title")
    if ("amount_owned_following" if holding else "amount") not in found:
        raise MalformedValue("it has no number of shares")
    code = codes.transaction_codes().get(found.get("transaction_code", ""))
    if not holding and code is not None and "acquired_disposed" not in found:
        if len(code.table_1) != 1:
            raise MalformedValue(f"code {code.code} may be A or D; the sheet needs a column A/D")
        found["acquired_disposed"] = next(iter(code.table_1))
    if found["ownership_form"] == "I" and "nature_of_ownership" not in found:
        raise MalformedValue("it is indirect but has no nature of ownership")
    return found


def _taken(view: View, answer: Answer) -> Step:
    """The first line takes the place of the one begun by hand, the others follow at the end of the table."""
    name, first = _row(view)
    kind, lines = _kind(view), _cells_of_lines(view, str(answer))
    draft = view.draft.with_interview(sheet=SheetInHand())
    for at, cells in enumerate(lines):
        index = first if not at else len(draft.rows(name))
        draft = _with_line(draft, index, kind, cells)
        total = None if "amount_owned_following" in cells else balance.following(draft, name, index)
        if total is not None:
            draft = draft.with_((name, index, "amount_owned_following"), total.text)
            draft = mark(draft, f"{name}[{index}].amount_owned_following", "defaulted")
    count = len(lines)
    return Step(
        draft=draft,
        goto="lines",
        words=(
            f"{count} line{' is' if count == 1 else 's are'} made; open one to change it or attach a footnote.",
        ),
    )


def _with_line(draft: Draft, index: int, kind: RowKind, cells: Mapping[str, str]) -> Draft:
    """The draft with a line of these cells in Table I, in place of the one that is there."""
    rows = draft.filing.non_derivative
    draft = draft.with_filing(non_derivative=(*rows[:index], NonDerivativeRow(kind=kind), *rows[index + 1 :]))
    for column, text in cells.items():
        draft = draft.with_((TABLES[0], index, column), text)
    return draft


def _fault(view: View, typed: str) -> str | None:
    try:
        _cells_of_lines(view, typed)
    except MalformedValue as error:
        return error.problem
    return None


def _preview(view: View) -> tuple[str, ...]:
    """The lines as they will read, by what the columns are treated as."""
    proposal = _proposed(view)
    try:
        lines = _cells_of_lines(view, proposal.text if proposal else "")
    except MalformedValue as error:
        return (f"{error.problem}.",)
    draft = Draft()
    for at, cells in enumerate(lines):
        draft = _with_line(draft, at, _kind(view), cells)
    shown = [line(TABLES[0], at, row) for at, row in enumerate(draft.filing.non_derivative)]
    return (
        f"{len(lines)} line{'' if len(lines) == 1 else 's'} of Table I:",
        *(f"  {each}" for each in shown),
    )


SHEET: Final = Screen(
    id="sheet",
    section="What happened",
    title="Lines from a sheet",
    when=lambda view: bool(view.interview.sheet.text),
    home="lines",
    transient=True,
    prompts=(
        Prompt(
            id="sheet.columns",
            path="interview.sheet.columns",
            message="What are the columns, in order?",
            help="Of title, date, code, shares, price, A/D, after (owned after it), D/I, nature; - for one that is not "
            "used. Columns that the sheet does not have are as in the current line; without D/I the lines are held "
            "directly.",
            propose=_proposed,
            act=_taken,
            fault=_fault,
            reads=_preview,
        ),
    ),
)
"""What each column of lines pasted is, with the lines that they make."""
