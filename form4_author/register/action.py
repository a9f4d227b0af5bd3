"""Corporate actions: what one does to each line of its class and to the awards over it, made and undone.

A line continues with its new terms; where a form after the day of the action has made a line of them already, both are
one. The arithmetic is that of ``ledger.action``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from form4_author.errors import Form4Error
from form4_author.ledger.action import Part, Ratio, is_rounded, moves_with_class, part_of, restated_cells
from form4_author.ledger.closing import closing
from form4_author.ledger.line import SHARES, LineKey, line_words
from form4_author.ledger.title import class_of
from form4_author.register.action_undo import as_it_is, blank, put_back, series_as_it_is
from form4_author.register.award import balance_on, matched_lines, name_awards, one_series
from form4_author.register.cell import TERMS
from form4_author.register.filing_order import AFTER_FORMS, ordered
from form4_author.register.record import moved
from form4_author.register.table import Action, LedgerEntry, Line, SecurityClass
from form4_author.text import amount, amount_text, folded
from form4_author.wire.filing import filing_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from form4_author.register.table import Filed, Issuer, Line, Relationship


__all__ = [
    "ActionChange",
    "ActionRequest",
    "Kind",
    "changes",
    "class_meant",
    "joined",
    "left_out",
    "record_action",
    "undone",
]

Kind = Literal["split", "awards", "award", "convert", "end"]

_SAME: Final = Ratio(amount("1"), amount("1"))
_NOTHING: Final = amount("0")
_PARTS: Final = {
    "split": tuple(Part),
    "awards": (Part.AWARD,),
    "award": (),
    "convert": tuple(Part),
    "end": tuple(Part),
}


class ActionRequest(NamedTuple):
    """An action as the user says it."""

    kind: Kind
    day: date
    """It takes place after the forms filed that day."""
    words: str
    security: str
    """The class; of one award its title."""
    ratio: Ratio
    becomes: str = ""
    """The class that it is converted into."""
    line: int | None = None
    """The one line, by its id, whose award is adjusted."""
    price: Decimal | None = None
    """The exercise price of that award afterwards."""
    reason: str = ""
    everybody: bool = True
    """Whether it is recorded for every person of the issuer, so that the issuer's series change with it."""


class ActionChange(NamedTuple):
    """What an action does to a line."""

    line: Line
    part: Part
    ratio: Ratio
    before: Decimal
    after: Decimal
    fraction: Decimal
    """The part of a share that is paid in cash or dropped."""
    cells: dict[str, Any]
    """The terms afterwards."""
    name: str
    joins: Line | None = None
    """The line that a later form made of the new terms."""
    into: Line | None = None
    """A line of the same holder that it is added to."""

    @property
    def displayed_values(self) -> tuple[object, ...]:
        """What a user sees of it, by which two plans are compared."""
        return self.line.id, self.before, self.after, self.fraction, self.name


def class_meant(relations: Iterable[Relationship], words: str) -> str:
    """The class of a line that the words mean: a title, or a part of one only. Raises Form4Error else."""
    lines = [line for relation in relations for line in relation.lines if line.entries]
    titles = {class_of(t): t for line in lines for t in (_title(line), _underlying(line)) if t}
    if class_of(words) in titles:
        return titles[class_of(words)]
    near = [title for title in titles.values() if folded(words) in folded(title)]
    if len(near) == 1:
        return near[0]
    problem = f'"{words}" matches {len(near)} classes' if near else f'There is no class "{words}"'
    raise Form4Error(problem, remedy=f"The classes are: {'; '.join(near or titles.values()) or 'none yet'}")


def _title(line: Line) -> str:
    title = str(line.cells.get("security_title") or "")
    return "" if line.table == "derivative" and moves_with_class(title) else title


def _underlying(line: Line) -> str:
    return str(line.cells.get("underlying_title") or "") if line.table == "derivative" else ""


# ---- what it does


def changes(relations: Sequence[Relationship], request: ActionRequest) -> tuple[ActionChange, ...]:
    """What the action does to each line, in the order of the lines; nothing is changed yet.

    Raises Form4Error where it concerns no line, and where it is recorded already.
    """
    line_changes = tuple(
        change
        for relation in relations
        for line in relation.lines
        if line.entries and (change := _change(line, request)) is not None
    )
    if not line_changes:
        raise Form4Error(
            f"No line holds {request.security} on {request.day}",
            remedy="Check the class and the day, --as-of",
        )
    for change in line_changes:
        for entry in change.line.entries:
            if entry.action is not None and (entry.action.day, entry.action.words) == (
                request.day,
                request.words,
            ):
                raise Form4Error(
                    f"{change.line.name}: action {entry.action.id} is the same: {request.words} on {request.day}",
                    remedy=f"Undo that one first: --undo {entry.action.id}",
                )
    return line_changes


def left_out(relations: Sequence[Relationship], request: ActionRequest) -> tuple[Line, ...]:
    """The lines that the action would concern, but for a form after its day that states their terms."""
    lines = (line for relation in relations for line in relation.lines if line.entries)
    return tuple(line for line in lines if _part(line, request) is not None and _keeps(line, request))


def _part(line: Line, request: ActionRequest) -> Part | None:
    """How a line takes part in the action; None where it does not, or holds nothing that it may change."""
    if request.kind == "award":
        part = Part.AWARD if request.line == line.id else None
    else:
        part = part_of(line.cells, request.security)
        part = part if part in _PARTS[request.kind] else None
    before = balance_on(line, request.day)
    return None if before is None or not (before or request.kind in ("end", "convert")) else part


def _keeps(line: Line, request: ActionRequest) -> bool:
    """Whether a form after the day states the line as it was; a later total of shares is only one after a split."""
    split = request.kind == "split" and part_of(line.cells, request.security) is Part.CLASS
    return _stated_after(line, request.day) and not split


def _change(line: Line, request: ActionRequest) -> ActionChange | None:
    """What the action does to a line; None where it does not concern it."""
    part, before, later = (
        _part(line, request),
        balance_on(line, request.day),
        _stated_after(line, request.day),
    )
    if part is None or before is None or _keeps(line, request):
        return None
    ratio = _ratio(line, part, request)
    cells = dict(line.cells) if later or not ratio.new else _cells(line, part, request)
    after = ratio.shares(before)
    key = _key(line, cells)
    fraction = ratio.fraction(before) if ratio.fractions == "cash" else _NOTHING
    return ActionChange(
        line=line,
        part=part,
        ratio=ratio,
        before=before,
        after=after,
        fraction=fraction,
        cells=cells,
        name=line.name if cells == line.cells else _name(cells),
        joins=None if later or not ratio.new else _later(line, key, request.day),
        into=_other(line, key, request.day) if part is Part.CLASS and request.kind == "convert" else None,
    )


def _stated_after(line: Line, day: date) -> bool:
    return any(entry.total is not None and entry.day > day for entry in line.entries)


def _ratio(line: Line, part: Part, request: ActionRequest) -> Ratio:
    """What the action does to the number of a line."""
    if not request.ratio.new:
        return request.ratio
    return _SAME if part is Part.CONVERTIBLE or line.unit != SHARES else request.ratio


def _cells(line: Line, part: Part, request: ActionRequest) -> dict[str, Any]:
    """The terms of a line after the action."""
    if request.kind == "award":
        price = {} if request.price is None else {"exercise_price": amount_text(request.price)}
        return {**line.cells, **price}
    cells = (
        _restated(line.cells, part, request) if request.ratio.new != request.ratio.old else dict(line.cells)
    )
    if request.becomes:
        cells["security_title" if part is Part.CLASS else "underlying_title"] = request.becomes
    return cells


def _restated(cells: dict[str, Any], part: Part, request: ActionRequest) -> dict[str, Any]:
    """The terms after the action; an adjustment that a plan makes is to the cent."""
    return restated_cells(cells, part, request.ratio, to_cent=request.kind == "awards")


def _key(line: Line, cells: dict[str, Any]) -> LineKey:
    price = cells.get("exercise_price")
    return replace(
        line.key,
        title=class_of(str(cells.get("security_title", ""))),
        price=None if price is None else amount(str(price)),
    )


def _name(cells: dict[str, Any]) -> str:
    """A line as one says it."""
    table = str(cells["table"])
    given = {name: cells[name] for name in TERMS if name in cells}
    filing = filing_from({"form": "4", table: [{"kind": "holding", **given}]})[0]
    return line_words((filing.derivative if table == "derivative" else filing.non_derivative)[0])


def _later(line: Line, key: LineKey, day: date) -> Line | None:
    """The line that forms after the day made of the new terms; exercise prices may be rounded to a cent."""
    if key == line.key:
        return None
    near = [
        other
        for other in line.holder.lines
        if other is not line and other.entries and all(e.day > day for e in other.entries)
    ]
    exact = [other for other in near if other.key.series == key.series]
    rounded = [o for o in near if one_series(key, o.key) and is_rounded(key.price, o.key.price)]
    found = exact or rounded
    return found[0] if len(found) == 1 else None


def _other(line: Line, key: LineKey, day: date) -> Line | None:
    """A line of the new class that the holder had before."""
    same = [other for other in line.holder.lines if other is not line and other.key == key and other.entries]
    return next((other for other in same if any(e.day <= day for e in other.entries)), None)


# ---- made


def record_action(
    session: Session, issuer: Issuer, request: ActionRequest, plan: Sequence[ActionChange], now: datetime
) -> Action:
    """The action is on record, and every line is as the plan has it."""
    former = blank(session)
    action = Action(
        kind=request.kind,
        day=request.day,
        words=request.words,
        reason=request.reason or None,
        former={},
        made_at=now,
    )
    issuer.actions.append(action)
    for change in plan:
        _apply_change(action, former, change)
    if request.kind in ("split", "awards", "convert") and request.everybody:
        _series(issuer, former, request)
    if request.becomes and class_of(request.becomes) not in {class_of(c.title) for c in issuer.classes}:
        issuer.classes.append(SecurityClass(title=request.becomes))
        former["classes"].append(request.becomes)
    action.former = former
    for relation in {change.line.holder: None for change in plan}:
        name_awards(relation)
    session.flush()
    return action


def _apply_change(action: Action, former: dict[str, Any], change: ActionChange) -> None:
    line = change.line
    former["lines"].append(as_it_is(line))
    if change.into is not None:
        former["lines"].append(as_it_is(change.into))
        _entry(action, line, ratio=Ratio(_NOTHING, change.ratio.old))
        _entry(action, change.into, change=change.after)
        return
    _entry(action, line, ratio=change.ratio)
    if change.cells != line.cells:
        key = _key(line, change.cells)
        line.key, line.cells, line.name = key, change.cells, change.name
    if change.joins is not None:
        _taken_over(former, line, change.joins)


def _entry(action: Action, line: Line, ratio: Ratio | None = None, change: Decimal | None = None) -> None:
    line.entries.append(
        LedgerEntry(
            action=action,
            day=action.day,
            rank=AFTER_FORMS,
            tie=action.made_at.isoformat(),
            change=change,
            ratio_new=ratio and ratio.new,
            ratio_old=ratio and ratio.old,
            fractions=ratio and ratio.fractions.value,
            in_dollars=line.unit != SHARES,
            reason=action.reason,
            made_at=action.made_at,
        )
    )


def _taken_over(former: dict[str, Any], line: Line, later: Line) -> None:
    """The line has the entries of a later one, and its terms."""
    former["joined"].append(
        {**as_it_is(later), "into": line.id, "entries": [entry.id for entry in later.entries]}
    )
    line.key, line.cells, line.name = later.key, later.cells, later.name
    for entry in list(later.entries):
        entry.line = line


def _series(issuer: Issuer, former: dict[str, Any], request: ActionRequest) -> None:
    """The issuer's series have their new terms."""
    there = {(s.title, s.price, s.expiration) for s in issuer.series}
    for series in issuer.series:
        part = part_of({**series.terms, "table": "derivative"}, request.security)
        if part is None or part not in _PARTS[request.kind]:
            continue
        terms = _restated(series.terms, part, request)
        if request.becomes and part is not Part.CLASS:
            terms["underlying_title"] = request.becomes
        price = amount(str(terms["exercise_price"])) if "exercise_price" in terms else None
        if terms != series.terms and (
            price == series.price or (series.title, price, series.expiration) not in there
        ):
            former["series"].append(series_as_it_is(series))
            series.price, series.terms = price, terms


def joined(session: Session, one: Line, two: Line, now: datetime) -> Action:
    """Two lines of a holder are one: the earlier continues as the later. Raises Form4Error where they overlap."""
    earlier, later = sorted((one, two), key=lambda line: min(entry.day for entry in line.entries))
    begins, ends = min(e.day for e in later.entries), max(e.day for e in earlier.entries)
    if one is two or one.table != two.table or one.unit != two.unit or ends >= begins:
        raise Form4Error(
            f"{one.name} and {two.name} are not one line before and after a day",
            remedy="Join a line with the one that follows it, in the same table",
        )
    issuer, former = earlier.holder.issuer, blank(session)
    former["lines"].append(as_it_is(earlier))
    words = f"{earlier.name} joined with {later.name}"
    _taken_over(former, earlier, later)
    action = Action(kind="join", day=begins - timedelta(days=1), words=words, former=former, made_at=now)
    issuer.actions.append(action)
    name_awards(earlier.holder)
    session.flush()
    return action


def undone(session: Session, issuer: Issuer, number: int) -> Action:
    """The action is taken out, and the forms recorded since move the lines as if it had not been.

    Raises Form4Error where there is none of the number, and where a later action rests on it.
    """
    action = next((each for each in issuer.actions if each.id == number), None)
    if action is None:
        listed = "; ".join(f"{each.id} {each.words} on {each.day}" for each in issuer.actions) or "none"
        raise Form4Error(f"There is no action {number}", remedy=f"The actions of {issuer.name} are: {listed}")
    later = [each for each in issuer.actions if each.id > number and _lines(each) & _lines(action)]
    if later:
        last = max(later, key=lambda each: each.id)
        raise Form4Error(
            f"Action {last.id} was recorded after it and concerns the same lines: {last.words}",
            remedy=f"Undo that one first: --undo {last.id}",
        )
    lines, since = put_back(session, action), int(action.former["last"])
    issuer.actions.remove(action)
    session.flush()
    for relation in {line.holder: None for line in lines}:
        _moved_again(session, relation, [line for line in lines if line.holder is relation], since)
        name_awards(relation)
    remaining = {line.key.title for r in issuer.relationships for line in r.lines if line.entries}
    gone = {title for title in action.former["classes"] if class_of(title) not in remaining}
    issuer.classes = [each for each in issuer.classes if each.title not in gone]
    session.flush()
    return action


def _lines(action: Action) -> set[int]:
    former = action.former
    return {each["id"] for name in ("lines", "joined") for each in former[name]} | set(former["begun"])


def _moved_again(session: Session, relation: Relationship, lines: Sequence[Line], since: int) -> None:
    """The forms recorded since are placed again on the lines, in the order that they were recorded."""
    entries_again = [_Again(entry, filed) for entry, filed in _recorded_since(relation, since)]
    kinds = {_kind(line.key) for line in lines} | {a.kind for a in entries_again if a.entry.line in lines}
    forms: dict[int, list[_Again]] = {}
    for again in entries_again:
        if again.kind in kinds:
            forms.setdefault(again.filed.id, []).append(again)
            again.entry.line.entries.remove(again.entry)
    session.flush()
    for each in forms.values():
        filed, at = each[0].filed, each[0].entry.made_at
        ends = {(again.end.table, again.end.place): again.end for again in each}
        for one in matched_lines(relation, tuple(ends.values()), filed):
            moved(one, filed, at)
        session.flush()
        ordered(session, filed)
    gone = {former["id"] for action in relation.issuer.actions for former in action.former["joined"]}
    relation.lines = [line for line in relation.lines if line.entries or line.id in gone]


class _Again:
    """An entry of a form that is placed again."""

    def __init__(self, entry: LedgerEntry, filed: Filed) -> None:
        self.entry, self.filed = entry, filed
        ends = closing(filing_from(filed.content)[0])
        self.end = next(e for e in ends if (e.table, e.place) == (entry.line.table, entry.row))
        self.kind = _kind(self.end.key)


def _recorded_since(relation: Relationship, since: int) -> list[tuple[LedgerEntry, Filed]]:
    entries = [entry for line in relation.lines for entry in line.entries if entry.id > since]
    return [
        (entry, entry.filing) for entry in sorted(entries, key=lambda e: e.id) if entry.filing is not None
    ]


def _kind(key: LineKey) -> tuple[str, str, str, str]:
    return key.table, key.title, key.form, key.nature
