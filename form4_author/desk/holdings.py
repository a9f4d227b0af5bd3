"""What a person holds, changed by word: an adjustment of a line, an action on a class or an award."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from form4_author.desk.clock import moment, today
from form4_author.errors import Form4Error
from form4_author.ledger.action import Ratio
from form4_author.ledger.balance import Fractions
from form4_author.ledger.split import ratio_words
from form4_author.register.account import adjusted, balances, line_meant, new_line
from form4_author.register.action import ActionRequest, changes, class_meant
from form4_author.text import amount, dollars, grouped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from form4_author.register.action import ActionChange, Kind
    from form4_author.register.database import Session
    from form4_author.register.table import Line, Relationship

__all__ = ["PlannedAction", "StatedAction", "StatedAdjustment", "adjust_line", "planned_action"]

_ONE: Final = amount("1")
_HUNDRED: Final = amount("100")


@dataclass(frozen=True, slots=True)
class StatedAdjustment:
    """A change that no form states."""

    line: str
    """Its number or a part of its name; the whole name of a line that begins."""
    change: Decimal
    """In shares, or in US dollars where the line is counted so."""
    reason: str
    day: date | None = None
    """None: today, or the day of a form that counts from a later one."""


def adjust_line(
    session: Session, relation: Relationship, wanted: StatedAdjustment, *, begin: bool = False
) -> str:
    """Adjust a line; a sentence where a later form states its total, so that today's balance stays.

    ``begin``: no form has the line yet. Raises Form4Error where the words mean no line or several, or less than
    nothing would be left.
    """
    if begin:
        line = _new_line(session, relation, wanted.line)
    else:
        line = line_meant(balances(session, relation), wanted.line).line
    day = wanted.day or max((today(), *(entry.day for entry in line.entries)))
    adjusted(line, wanted.change, day, wanted.reason, moment())
    session.flush()
    left = next(b.amount for b in balances(session, line.holder, day) if b.line is line)
    if left < 0:
        raise Form4Error(
            f"{line.name} would be left at {grouped(left)} on {day}",
            remedy="Give the change, not the balance",
        )
    if not any(entry.total is not None and entry.day > day for entry in line.entries):
        return ""
    now = next(b for b in balances(session, line.holder) if b.line is line)
    return f"{line.name}: the balance stays {grouped(now.amount)}, which a form after {day} states ({now.source})"


def _new_line(session: Session, relation: Relationship, words: str) -> Line:
    """A new line. Raises Form4Error where it is there already."""
    line = new_line(relation, words)
    there = next((other for other in relation.lines if other.key == line.key and other is not line), None)
    if there is not None:
        raise Form4Error(f"There is the line {there.name} already", remedy="Leave --begin out")
    session.flush()
    return line


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedAction:
    """An action on a class, or on one award, as it is put."""

    kind: str
    """``split``, ``stock_dividend``, ``adjust_awards``, ``adjust_award``, ``convert_to`` or ``end``."""
    security: str = ""
    """The class, or a part of its title."""
    ratio: Ratio | None = None
    """Of a split, of adjusted awards, of a conversion (None: one for one)."""
    percent: Decimal | None = None
    """Of a stock dividend."""
    becomes: str = ""
    """The class that a conversion leads to."""
    award: str | None = None
    """The line of one award."""
    number: Decimal | None = None
    price: Decimal | None = None
    fractions: str | None = None
    """``cash``, ``up`` or ``held``; None where it was not said."""
    day: date | None = None
    reason: str = ""
    everybody: bool = False
    """Every person of the issuer."""


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """What an action would do, to be looked at before it is recorded."""

    request: ActionRequest
    changes: tuple[ActionChange, ...]
    displayed: tuple[tuple[object, ...], ...]
    """The values of the changes as they were shown."""

    def on(self, relations: Sequence[Relationship]) -> tuple[ActionChange, ...]:
        """The same changes in another session. Raises Form4Error where the register was changed meanwhile."""
        now = changes(relations, self.request)
        if tuple(change.displayed_values for change in now) != self.displayed:
            raise Form4Error("The register has changed in the meantime", remedy="Look at the list again")
        return tuple(now)


def planned_action(
    session: Session, relations: Sequence[Relationship], stated: StatedAction
) -> PlannedAction:
    """What the action would do to the lines of these persons.

    Raises Form4Error where the words mean no class or line, and where fractions of a share are left and
    ``fractions`` does not say what becomes of them.
    """
    request = _request(session, relations, stated)
    plan = changes(relations, request)
    if stated.fractions is None:
        _refuse_fractions(plan, request)
    return PlannedAction(request, tuple(plan), tuple(change.displayed_values for change in plan))


def _request(session: Session, relations: Sequence[Relationship], stated: StatedAction) -> ActionRequest:
    days = (entry.day for relation in relations for line in relation.lines for entry in line.entries)
    day = stated.day or max((today(), *days))
    if stated.award is not None:
        return _award(session, relations[0], stated, day)
    title = class_meant(relations, stated.security)
    kind, words, ratio = _of_class(title, stated)
    return ActionRequest(
        kind=kind,
        day=day,
        words=words,
        security=title,
        ratio=ratio._replace(fractions=Fractions(stated.fractions or "held")),
        becomes=stated.becomes,
        reason=stated.reason,
        everybody=stated.everybody,
    )


def _of_class(title: str, stated: StatedAction) -> tuple[Kind, str, Ratio]:
    """Kind, words and ratio of an action on a class."""
    ratio = stated.ratio or Ratio(_ONE, _ONE)
    match stated.kind:
        case "split":
            return "split", f"{ratio_words(Fraction(ratio.new) / Fraction(ratio.old))} of {title}", ratio
        case "stock_dividend":
            percent = stated.percent or amount("0")
            words = f"{grouped(percent)}% stock dividend on {title}"
            return "split", words, Ratio(_HUNDRED + percent, _HUNDRED)
        case "adjust_awards":
            return "awards", f"{ratio.words} adjustment of the awards over {title}", ratio
        case "convert_to":
            rate = "" if ratio.new == ratio.old else f", {ratio.words}"
            return "convert", f"{title} converted into {stated.becomes}{rate}", ratio
    return "end", f"end of {title}", Ratio(amount("0"), _ONE)


def _award(session: Session, relation: Relationship, stated: StatedAction, day: date) -> ActionRequest:
    """One award adjusted to a number and a price."""
    balance = line_meant(balances(session, relation, day), stated.award or "")
    line, number_before = balance.line, balance.amount
    if line.table != "derivative" or not number_before:
        raise Form4Error(
            f"{line.name} is not an award with a balance on {day}",
            remedy="Choose a line of Table II, or --as-of",
        )
    number = number_before if stated.number is None else stated.number
    title = str(line.cells.get("security_title", ""))
    at = "" if stated.price is None else f" at ${dollars(stated.price)}"
    return ActionRequest(
        kind="award",
        day=day,
        words=f"adjustment of {title} from {grouped(number_before)} to {grouped(number)}{at}",
        security=title,
        ratio=Ratio(number, number_before),
        line=line.id,
        price=stated.price,
        reason=stated.reason,
    )


def _refuse_fractions(plan: Sequence[ActionChange], request: ActionRequest) -> None:
    """Raises Form4Error where an action leaves fractions of a share."""
    left = [
        f"{change.line.name}: {grouped(change.after)}"
        for change in plan
        if change.ratio.new != change.ratio.old and change.ratio.fraction(change.before)
    ]
    if left and request.kind != "award":
        raise Form4Error(
            f"Fractions of a share are left: {'; '.join(left[:8])}",
            remedy="Say how they are settled: --fractions cash, --fractions up or --fractions held",
        )
