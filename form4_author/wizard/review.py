"""The review: findings numbered, most serious first, and what can be done about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.findings import Finding, Fix, Override, Severity, path_from_text, path_text
from form4_author.model.interview import OverrideInHand
from form4_author.model.label import label
from form4_author.revision.division import DIVIDED
from form4_author.wire.edit import mended
from form4_author.wizard import flow
from form4_author.wizard.register_offer import EMPTY
from form4_author.wizard.screen import AnswerKind, Ask, Place, Step, View, filled
from form4_author.wizard.wording import fold, us_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.model.draft import Draft
    from form4_author.wizard.register_offer import Shelf

__all__ = [
    "Problem",
    "accepted",
    "ask",
    "choices",
    "lines",
    "problems",
    "proposal",
    "so_far",
    "step",
    "summary",
    "understood",
    "with_override",
]


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

    @property
    def blocks(self) -> bool:
        """Whether it keeps the packet from being made; what is too much for one form makes several."""
        if self.finding is None:
            return True
        return self.finding.severity.blocks and not self.reason and self.finding.id not in DIVIDED


def problems(draft: Draft, findings: Sequence[Finding], shelf: Shelf = EMPTY) -> tuple[Problem, ...]:
    """What is to be mended, most serious first; open questions that no finding speaks of come before."""
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
    """What concerns the form as a whole is told when nothing is open any more."""
    return bool(hidden) if behind is None else behind.id in hidden


def _problem(draft: Draft, finding: Finding, shelf: Shelf) -> Problem:
    name = label(finding.path, View(draft).base)
    words = f"{finding.severity.value} {finding.id}  {f'{name}: ' if name else ''}{us_dates(finding.message)}"
    cites = f" ({'; '.join(finding.cites)})" if finding.cites else ""
    fix = finding.fix if finding.fix is not None and mended(draft, finding.fix)[1] else None
    return Problem(f"{words}{cites}", _behind(draft, finding, shelf), finding, accepted(draft, finding), fix)


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


def summary(found: Sequence[Problem]) -> str:
    """``7 problems (5 block)``: what the list under it counts; ``no problem`` where there is none above a note."""
    blocking = sum(1 for p in found if p.blocks)
    if not found or _only_notes(found):
        return "no problem found"
    count = f"{len(found)} problem{'' if len(found) == 1 else 's'}"
    return f"{count} ({blocking} block{'s' if blocking == 1 else ''})" if blocking else count


def _only_notes(found: Sequence[Problem]) -> bool:
    return all(p.finding is not None and p.finding.severity is Severity.NOTE for p in found)


_FEWEST: Final = 4
"""Lines for problems where the rest of the screen is full."""


def _heading(found: Sequence[Problem], blocking: int) -> str:
    """What the list is: problems where something weighs more than a note, else things to look at."""
    if _only_notes(found):
        return f"No problem was found; {len(found)} {'thing is' if len(found) == 1 else 'things are'} worth a look."
    head = "There is a problem" if len(found) == 1 else f"There are {len(found)} problems"
    what = (
        f"{blocking} must be mended or accepted before filing"
        if blocking
        else "nothing keeps it from being filed"
    )
    return f"{head}; {what}."


def lines(found: Sequence[Problem], first: int, room: int) -> tuple[tuple[str, ...], int]:
    """The review's text from the ``first`` problem on, counted from 0: what fits, and which begins the next page.

    Each keeps its number; one alone is shown whole. After the last page comes the first.
    """
    if not found:
        return ("Nothing is missing and no check finds a fault.",), 0
    heading = _heading(found, sum(1 for p in found if p.blocks))
    every = [_problem_lines(problem, number) for number, problem in enumerate(found, 1)]
    if sum(map(len, every)) < room:  # beside the heading
        return (heading, *(line for part in every for line in part)), 0
    shown, end = every[first], first + 1
    while end < len(found) and len(shown) + len(every[end]) <= max(_FEWEST, room - 2):
        shown, end = [*shown, *every[end]], end + 1
    numbers = str(end) if end == first + 1 else f"{first + 1} to {end}"
    others = "m shows the next ones" if end < len(found) else "m goes back to the first"
    return (heading, *shown, f"… {numbers} of {len(found)}; {others}."), end % len(found)


def _problem_lines(problem: Problem, number: int) -> list[str]:
    words = fold(f"{number}. {problem.words}", "   ")
    if problem.fix:
        words += fold(f"   Proposed (x {number}): {problem.fix.text}", "   ")
    if problem.reason:
        words += fold(f"   Accepted: {problem.reason}", "   ")
    return words


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
}


def choices(found: Sequence[Problem]) -> tuple[str, ...]:
    """What can be typed at the review, a line each."""
    entries = ["f     see the form as it will look", "s     change something else: the list of sections"]
    if any(p.reason for p in found):
        entries.insert(0, "w 1   withdraw the reason given for number 1")
    if any(_may_accept(p) for p in found):
        entries.insert(0, "a 1   accept number 1 as it stands, with a reason (errors only)")
    if any(p.fix for p in found):
        entries.insert(0, "x 1   mend number 1 as proposed")
    if found:
        entries.insert(0, "1     go to what number 1 is about, and come back")
    if not any(p.blocks for p in found):
        entries.append("p     make the packet: XML, page, PDF, report")
    return tuple(entries)


def _may_accept(problem: Problem) -> bool:
    return problem.finding is not None and problem.finding.severity is Severity.ERROR and not problem.reason


def understood(typed: str, found: Sequence[Problem]) -> str:
    """``mend 2``, ``accept 1``, ``form`` … for what was typed.

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
            raise MalformedValue("What blocks must be mended or accepted before the packet is made")
        return verb
    if not verb or not number.strip().isdecimal() or not 1 <= int(number) <= len(found):
        raise MalformedValue(f'"{typed.strip()}" is not one of the numbers and letters above')
    if verb == "fix" and found[int(number) - 1].fix is None:
        raise MalformedValue("Nothing is proposed for this number; type the number alone to go there")
    if verb == "accept" and not _may_accept(found[int(number) - 1]):
        raise MalformedValue(
            "Only an error can be accepted with a reason; mend the others, or leave warnings as they are"
        )
    return f"{verb} {int(number)}"


def proposal(found: Sequence[Problem]) -> str:
    """What Enter chooses: the first thing that blocks, else the packet."""
    blocking = next((n for n, p in enumerate(found, 1) if p.blocks), None)
    return str(blocking) if blocking else "p"


def ask(found: Sequence[Problem]) -> Ask:
    """What next? A number, a letter, or Enter for what is proposed."""

    def check(typed: str) -> str | None:
        try:
            understood(typed or proposal(found), found)
        except MalformedValue as error:
            return error.problem
        return None

    proposed = proposal(found)
    return Ask(
        id="review",
        message="What next?",
        kind=AnswerKind.TEXT,
        proposal=proposed,
        shown="make the packet" if proposed == "p" else f"mend {proposed}",
        hub=True,
        check=check,
    )


def step(draft: Draft, answer: str, found: Sequence[Problem]) -> Step:
    """What an answer at the review does."""
    verb, _, number = answer.partition(" ")
    if verb == "packet":
        return Step(draft=draft, ends="packet")
    if verb in ("form", "sections", "more"):
        return Step(draft=draft, goto="review", page=verb)
    problem = found[int(number) - 1]
    if verb == "mend":
        return _to_mend(draft, problem)
    if verb == "fix" and problem.fix is not None:
        return Step(
            draft=mended(draft, problem.fix)[0],
            goto="review",
            words=(f"Done: {problem.fix.text}.",),
        )
    if problem.finding is None or verb == "withdraw":
        return Step(draft=_without(draft, problem.finding), goto="review")
    asked = OverrideInHand(id=problem.finding.id, path=path_text(problem.finding.path), message=problem.words)
    return Step(draft=draft.with_interview(override=asked), goto="override.reason")


def _to_mend(draft: Draft, problem: Problem) -> Step:
    if problem.place is None:
        return Step(
            draft=draft,
            goto="review",
            page="sections",
            words=("No single question is behind it; choose a section.",),
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
