"""An action undone: lines as they were before it, and the forms recorded since moving them as if it had not been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.errors import Form4Error
from form4_author.ledger.closing import closing
from form4_author.ledger.title import class_of
from form4_author.register.award import placed, told_apart
from form4_author.register.order import ordered
from form4_author.register.record import moved
from form4_author.register.undoing import put_back
from form4_author.wire.draft import filing_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from form4_author.ledger.line import LineKey
    from form4_author.register.table import Action, Entry, Filed, Issuer, Line, Relationship

__all__ = ["undone"]


def undone(session: Session, issuer: Issuer, number: int) -> Action:
    """The action is taken out, and the forms recorded since move the lines as if it had not been.

    Raises Form4Error where there is none of the number, and where a later action rests on it.
    """
    action = next((each for each in issuer.actions if each.id == number), None)
    if action is None:
        known = "; ".join(f"{each.id} {each.words} on {each.day}" for each in issuer.actions) or "none"
        raise Form4Error(f"There is no action {number}", remedy=f"The actions of {issuer.name} are: {known}")
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
        told_apart(relation)
    held = {line.key.title for r in issuer.relationships for line in r.lines if line.entries}
    gone = {title for title in action.former["classes"] if class_of(title) not in held}
    issuer.classes = [each for each in issuer.classes if each.title not in gone]
    session.flush()
    return action


def _lines(action: Action) -> set[int]:
    former = action.former
    return {each["id"] for name in ("lines", "joined") for each in former[name]} | set(former["begun"])


def _moved_again(session: Session, relation: Relationship, lines: Sequence[Line], since: int) -> None:
    """The forms recorded since are placed again on the lines, in the order that they were recorded."""
    found = [_Again(entry, filed) for entry, filed in _recorded_since(relation, since)]
    kinds = {_kind(line.key) for line in lines} | {a.kind for a in found if a.entry.line in lines}
    forms: dict[int, list[_Again]] = {}
    for again in found:
        if again.kind in kinds:
            forms.setdefault(again.filed.id, []).append(again)
            again.entry.line.entries.remove(again.entry)
    session.flush()
    for each in forms.values():
        filed, at = each[0].filed, each[0].entry.made_at
        ends = {(again.end.table, again.end.place): again.end for again in each}
        for one in placed(relation, tuple(ends.values()), filed):
            moved(one, filed, at)
        session.flush()
        ordered(session, filed)
    gone = {former["id"] for action in relation.issuer.actions for former in action.former["joined"]}
    relation.lines = [line for line in relation.lines if line.entries or line.id in gone]


class _Again:
    """An entry of a form that is placed again."""

    def __init__(self, entry: Entry, filed: Filed) -> None:
        self.entry, self.filed = entry, filed
        ends = closing(filing_from(filed.content)[0])
        self.end = next(e for e in ends if (e.table, e.place) == (entry.line.table, entry.row))
        self.kind = _kind(self.end.key)


def _recorded_since(relation: Relationship, since: int) -> list[tuple[Entry, Filed]]:
    entries = [entry for line in relation.lines for entry in line.entries if entry.id > since]
    return [
        (entry, entry.filing) for entry in sorted(entries, key=lambda e: e.id) if entry.filing is not None
    ]


def _kind(key: LineKey) -> tuple[str, str, str, str]:
    return key.table, key.title, key.form, key.nature
