"""The review: findings, most serious first, each a row that opens, and what can be done about each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.findings import Finding, Fix, Override, Severity, path_from_text, path_text
from form4_author.model.draft import TABLES
from form4_author.model.interview import OverrideInHand
from form4_author.model.label import column_of, label
from form4_author.revision.division import DIVIDED
from form4_author.text import shortened
from form4_author.wire.edit import with_fix
from form4_author.wizard import flow
from form4_author.wizard.option import Option
from form4_author.wizard.register_offer import EMPTY
from form4_author.wizard.screen import AnswerKind, Ask, Place, Step, View, filled
from form4_author.wizard.wording import line_name, us_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.model.draft import Draft
    from form4_author.wizard.register_offer import Shelf

__all__ = [
    "Problem",
    "accepted",
    "ask",
    "card",
    "heading",
    "problems",
    "proposal",
    "so_far",
    "step",
    "understood",
    "with_override",
]


Key = tuple[str, str]
"""Rule and path of a finding."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One numbered line of the review: a finding, or a question not answered yet."""

    words: str
    place: Place | None
    """The question behind it."""
    finding: Finding | None = None
    reason: str = ""
    """Why it was accepted, when it was."""
    fix: Fix | None = None
    """What is proposed, where it would change something."""
    base: str = "4"
    """The form without /A, which names and numbers the places."""

    @property
    def key(self) -> Key:
        """What distinguishes it from others, whatever its number."""
        return (
            (self.finding.id, path_text(self.finding.path)) if self.finding is not None else ("", self.words)
        )

    @property
    def blocks(self) -> bool:
        """Whether it keeps the packet from being made; what is too much for one form makes several."""
        if self.finding is None:
            return True
        return self.finding.severity.blocks and not self.reason and self.finding.id not in DIVIDED


def problems(draft: Draft, findings: Sequence[Finding], shelf: Shelf = EMPTY) -> tuple[Problem, ...]:
    """What is to be corrected, most serious first; open questions that no finding mentions come before."""
    found = [_problem(draft, f, shelf) for f in sorted(findings, key=lambda f: f.severity.rank)]
    spoken = {p.place.id for p in found if p.place is not None and p.blocks}
    open_ = [
        Problem(f"Not answered yet: {flow.asked(draft, p, shelf)}", p)
        for p in flow.missing(draft, shelf)
        if p.id not in spoken
    ]
    return (*open_, *found)


def so_far(draft: Draft, at: Place, findings: Sequence[Finding], shelf: Shelf = EMPTY) -> tuple[Finding, ...]:
    """The findings about what has been answered: a question not reached yet is not a fault."""
    open_ = {p.id for p in flow.missing(draft, shelf)}
    order = [p.id for p in flow.places(draft, shelf)]
    reached = order.index(at.id) if at.id in order else len(order)
    later = {id for id in order[reached:] if id in ("lines", "joint", "notes")}
    hidden = open_ | later
    return tuple(f for f in findings if not _hidden(flow.to_path(draft, f.path, shelf), hidden))


def _hidden(behind: Place | None, hidden: set[str]) -> bool:
    """What concerns the form as a whole is reported when nothing is open any more."""
    return bool(hidden) if behind is None else behind.id in hidden


def _problem(draft: Draft, finding: Finding, shelf: Shelf) -> Problem:
    base = View(draft).base
    name = label(finding.path, base)
    words = f"{finding.severity.value} {finding.id}  {f'{name}: ' if name else ''}{us_dates(finding.message)}"
    cites = f" ({'; '.join(finding.cites)})" if finding.cites else ""
    fix = finding.fix if finding.fix is not None and with_fix(draft, finding.fix)[1] else None
    return Problem(
        f"{words}{cites}", _behind(draft, finding, shelf), finding, accepted(draft, finding), fix, base
    )


_CORRECTED_AT: Final = {
    "SIG-006": ("signing[{i}].evidence", "signing[{i}].power", "signing[{i}].capacity"),
}
"""The questions that correct a finding, where that is not the one that sets its path; the first that applies."""


def _behind(draft: Draft, finding: Finding, shelf: Shelf) -> Place | None:
    """The question that corrects a finding."""
    index = next((step for step in finding.path if isinstance(step, int)), None)
    for template in _CORRECTED_AT.get(finding.id, ()):
        place = flow.place(draft, filled(template, index), shelf)
        if place is not None:
            return place
    return flow.to_path(draft, finding.path, shelf)


def accepted(draft: Draft, finding: Finding) -> str:
    """The reason written for a finding of severity error; empty without one."""
    if finding.severity is not Severity.ERROR:
        return ""
    return next((o.reason for o in draft.interview.overrides if o.covers(finding)), "")


def heading(found: Sequence[Problem]) -> tuple[str, ...]:
    """How many findings keep the packet from being made, and how many do not."""
    if not found:
        return "Review", "No open questions and no findings."
    open_ = sum(1 for p in found if p.finding is None)
    blocking = sum(1 for p in found if p.blocks) - open_
    others = len(found) - blocking - open_
    parts = [f"{open_} to answer"] if open_ else []
    if blocking:
        parts.append(f"{_counted(blocking)} block{'s' if blocking == 1 else ''} the packet")
        parts += [f"{others} {'does' if others == 1 else 'do'} not"] if others else []
    elif others:
        parts.append(f"{_counted(others)} that {'does' if others == 1 else 'do'} not block the packet")
    return (f"Review: {', '.join(parts)}",)


def _counted(count: int) -> str:
    return f"{count} finding{'' if count == 1 else 's'}"


_ROOM: Final = 72
"""Columns of a row."""
_BESIDE_PROBLEMS: Final = 3
"""Rows of the review beside its problems."""
_MOST_NUMBERED: Final = 9
_NUMBER: Final = re.compile(r"[0-9]{1,6}")
_VERBS: Final = {
    "x": "fix",
    "fix": "fix",
    "a": "accept",
    "accept": "accept",
    "w": "withdraw",
    "withdraw": "withdraw",
    "m": "more",
    "more": "more",
    "f": "form",
    "form": "form",
    "s": "sections",
    "sections": "sections",
    "p": "packet",
    "packet": "packet",
    "open": "open",
}


def _row(number: int, problem: Problem) -> Option:
    """A problem as a row: what it is, its rule, where, and what is wrong; a question not answered leads there."""
    finding = problem.finding
    if finding is None:
        return Option(str(number), shortened(f"{'To answer':11}{problem.words.partition(': ')[2]}", _ROOM))
    kind = "Accepted" if problem.reason else finding.severity.value.capitalize()
    where = _short_place(finding, problem.base)
    words = f"{kind:9}{finding.id:9}{f'{where}: ' if where else ''}{us_dates(finding.message)}"
    return Option(f"open {number}", shortened(words, _ROOM))


def _short_place(finding: Finding, base: str) -> str:
    """``I-1, column 4``, or the form's words for the place."""
    path = finding.path
    if path and path[0] in TABLES and len(path) > 1:
        column = column_of(path, base) if len(path) > 2 else ""
        return f"{line_name(path)}{f', column {column}' if column else ''}"
    return label(path, base)


def _options(found: Sequence[Problem]) -> tuple[Option, ...]:
    """The problems are the menu; then the packet, the form and the sections."""
    blocking = [n for n, p in enumerate(found, 1) if p.blocks]
    more = f" and {len(blocking) - 1} more block it" if len(blocking) > 1 else " blocks it"
    barred = f"{_blocking_row(blocking[0], found)}{more}" if blocking else ""
    return (
        *(_row(number, problem) for number, problem in enumerate(found, 1)),
        Option("p", "Make the packet", barred=barred),
        Option("f", "Read the form again"),
        Option("s", "Go to a section"),
    )


def _blocking_row(number: int, found: Sequence[Problem]) -> str:
    """The row that keeps the packet from being made: a list of ten rows or more has no numbers."""
    finding = found[number - 1].finding
    if len(found) + _BESIDE_PROBLEMS > _MOST_NUMBERED:
        return "the first row" if finding is None else finding.id
    return f"{'row' if finding is None else 'finding'} {number}"


def card(problem: Problem, number: int) -> Ask:
    """A finding opened: its whole text, its source, and what can be done about it."""
    finding = problem.finding
    found = [
        Option(str(number), "Go to the question" if problem.place else "Choose a section to change it in")
    ]
    if problem.fix is not None:
        found.append(
            Option(f"x {number}", shortened(f"Correct it as proposed: {us_dates(problem.fix.text)}", _ROOM))
        )
    if _may_accept(problem):
        found.append(Option(f"a {number}", "Override it with a reason"))
    if problem.reason:
        found.append(Option(f"w {number}", "Withdraw the reason"))
    text = [problem.words]
    text += [f"Proposed: {us_dates(problem.fix.text)}"] if problem.fix is not None else []
    text += [f"Override, with the reason: {problem.reason}"] if problem.reason else []
    return Ask(
        id="review.finding",
        message=f"What would you like to do about {finding.id if finding else 'it'}?",
        kind=AnswerKind.CHOICE,
        options=(*found, Option("back", "Back")),
        proposal=str(number),
        text=tuple(text),
        hub=True,
    )


def _may_accept(problem: Problem) -> bool:
    return problem.finding is not None and problem.finding.severity is Severity.ERROR and not problem.reason


def understood(typed: str, found: Sequence[Problem]) -> str:
    """The verb and number of what was typed, such as ``accept 1`` or ``form``.

    Raises MalformedValue, saying what can be typed.
    """
    verb, _, number = typed.strip().lower().partition(" ")
    if verb.isdecimal():
        verb, number = "mend", verb
    verb = verb if verb == "mend" else _VERBS.get(verb, "")
    if verb in ("form", "sections", "more") and not number:
        return verb
    if verb == "packet" and not number:
        if any(p.blocks for p in found):
            raise MalformedValue(
                "Correct or override the findings that block the packet, and answer what is open"
            )
        return verb
    if not verb or not _NUMBER.fullmatch(number.strip()) or not 1 <= int(number) <= len(found):
        raise MalformedValue(f'"{typed.strip()}" is not one of the numbers and letters above')
    if verb == "fix" and found[int(number) - 1].fix is None:
        raise MalformedValue("Nothing is proposed for this number; type the number alone to go there")
    if verb == "accept" and not _may_accept(found[int(number) - 1]):
        raise MalformedValue(
            "Only an error can be overridden with a reason; correct the others, or leave warnings as they are"
        )
    return f"{verb} {int(number)}"


def proposal(found: Sequence[Problem], opened: frozenset[Key] = frozenset()) -> str:
    """Where the pointer is: at the first that blocks, else at the first warning not opened yet, else at the packet."""
    for number, problem in enumerate(found, 1):
        if problem.blocks:
            return _row(number, problem).value
    for number, problem in enumerate(found, 1):
        if _is_warning(problem) and problem.key not in opened:
            return _row(number, problem).value
    return "p"


def _is_warning(problem: Problem) -> bool:
    return problem.finding is not None and problem.finding.severity is Severity.WARNING


def ask(found: Sequence[Problem], opened: frozenset[Key] = frozenset()) -> Ask:
    """What to do with the form: a row; a file of answers may also have a number or a letter.

    ``opened``: the findings that were read already.
    """

    def check(typed: str) -> str | None:
        try:
            understood(typed or proposal(found), found)
        except MalformedValue as error:
            return error.problem
        return None

    return Ask(
        id="review",
        message=_question(found),
        kind=AnswerKind.CHOICE,
        options=_options(found),
        proposal=proposal(found, opened),
        typed=True,
        hub=True,
        check=check,
    )


def _question(found: Sequence[Problem]) -> str:
    """What is asked at the review: by whether the packet can be made, and whether there is a finding to open."""
    if any(p.blocks for p in found):
        return "Which of these do you want to open?"
    return "Make the packet, or open a finding?" if found else "Make the packet?"


def step(draft: Draft, answer: str, found: Sequence[Problem]) -> Step:
    """What an answer at the review does."""
    verb, _, number = answer.partition(" ")
    if verb == "packet":
        return Step(draft=draft, ends="packet")
    if verb in ("form", "sections", "more"):
        return Step(draft=draft, goto="review", page=verb)
    problem = found[int(number) - 1]
    if verb == "mend":
        return _to_question(draft, problem)
    if verb == "fix" and problem.fix is not None:
        return Step(
            draft=with_fix(draft, problem.fix)[0],
            goto="review",
            words=(f"Done: {problem.fix.text}.",),
        )
    if problem.finding is None or verb == "withdraw":
        return Step(draft=_without(draft, problem.finding), goto="review")
    asked = OverrideInHand(id=problem.finding.id, path=path_text(problem.finding.path), message=problem.words)
    return Step(draft=draft.with_interview(override=asked), goto="override.reason")


def _to_question(draft: Draft, problem: Problem) -> Step:
    if problem.place is None:
        return Step(
            draft=draft,
            goto="review",
            page="sections",
            words=("This finding is not tied to one question. Choose a section.",),
        )
    return Step(draft=draft, goto=problem.place.id, come_back=True)


def _without(draft: Draft, finding: Finding | None) -> Draft:
    if finding is None:
        return draft
    return draft.with_interview(
        overrides=tuple(o for o in draft.interview.overrides if (o.id, o.path) != (finding.id, finding.path))
    )


def with_override(draft: Draft, at: str) -> Draft:
    """The draft in which the reason just written has become an override; ``at``: now, ISO 8601 with a zone."""
    asked = draft.interview.override
    if not asked.reason:
        return draft
    new = Override(asked.id or "", path_from_text(asked.path or ""), asked.reason, at)
    others = (o for o in draft.interview.overrides if (o.id, o.path) != (new.id, new.path))
    return draft.with_interview(overrides=(*others, new), override=OverrideInHand())
