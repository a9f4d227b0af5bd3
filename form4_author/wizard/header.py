"""What is above a prompt: the status line, the screen's title, its introduction, the answers given on it so far.

Pure text of at most 78 columns; nothing is said by color.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.model.party import NO_ISSUER
from form4_author.text import shortened
from form4_author.wizard.draft import footnote
from form4_author.wizard.draft.answer import NONE_STATED, AnswerState, state
from form4_author.wizard.review import accepted
from form4_author.wizard.screen import AnswerKind, Place, Prompt, View
from form4_author.wizard.wording import WIDTH, entered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.findings import Finding
    from form4_author.model.draft import Draft
    from form4_author.wizard.page import Page

__all__ = ["counted", "page", "short", "status"]


def counted(draft: Draft, findings: Sequence[Finding]) -> str:
    """``2 findings so far (1 blocks)``; empty without one."""
    blocking = sum(1 for f in findings if f.severity.blocks and not accepted(draft, f))
    count = f"{len(findings)} finding{'' if len(findings) == 1 else 's'} so far" if findings else ""
    return f"{count} ({blocking} block{'s' if blocking == 1 else ''})" if blocking else count


def status(draft: Draft, summary: str) -> str:
    """``QUALYS, INC. · Thakar Sumedh S · Form 4 · 2 findings so far (1 blocks)``."""
    if not draft.filing.owners and draft.filing.issuer == NO_ISSUER:
        return f"New Form {draft.text('form') or '4'}"
    issuer = draft.text("issuer.name") or "issuer?"
    person = draft.text("owners[0].name") or "person?"
    form = f"Form {draft.text('form') or '4'}"
    last = f" · {form} · {summary}" if summary else f" · {form}"
    room = WIDTH - len(f" · {last}")
    return f"{shortened(issuer, room // 2)} · {shortened(person, room - room // 2)}{last}"


_SHORT: Final = 12
"""Columns of an issuer's name in place of its symbol."""
_LATE: Final = "LATE"
_DUE: Final = re.compile(r"Due \w+ (\d+/\d+)/\d+")


def short(draft: Draft, due: str) -> str:
    """``EXMP · Okafor · Form 4 · due 12/01``: the head in one line; empty while no one is named."""
    if not draft.filing.owners and draft.filing.issuer == NO_ISSUER:
        return ""
    issuer = draft.text("issuer.trading_symbol") or shortened(draft.text("issuer.name") or "issuer?", _SHORT)
    person = (draft.text("owners[0].name") or "person?").split()[0]
    day = _DUE.match(due)
    when = f"due {day[1]}{' LATE' if _LATE in due else ''}" if day else ""
    return " · ".join(filter(None, (issuer, person, f"Form {draft.text('form') or '4'}", when)))


def page(view: View, at: Place, answered: Sequence[Place], top: Page) -> Page:
    """The page above the prompt of a place; ``answered`` are the places of its screen that come before it.

    ``view``: of the place. ``top``: what does not depend on the place: the head, words, help where it is open.
    """
    reads = at.prompt.reads is not None  # what is to be read goes with the question, and has the room
    return replace(
        top,
        title=(at.screen.titled(view),),
        intro=() if reads else tuple(at.screen.intro(view)),
        given=() if at.prompt.hub else tuple(part for p in answered for part in _given(view, p)),
    )


def _given(beside: View, at: Place) -> list[str]:
    """One answer as a line: ``  Issuer CIK: 0001107843``; nothing for what has no answer."""
    view = View(beside.draft, at.index, beside.shelf)
    answer_state = state(view.draft, at.id, at.prompt.paths(view))
    if at.prompt.hub or not at.prompt.is_recalled(view) or answer_state is AnswerState.NOT_GIVEN:
        return []
    name = at.prompt.asked(view).partition(", as EDGAR has it")[0].rstrip("?:")
    stated = view.draft.interview.answered.get(at.id) == NONE_STATED
    return [_answer_line(name, _words(at.prompt, view) or ("none" if stated else "not given"))]


def _answer_line(name: str, answer: str) -> str:
    """The question and its answer in one line; a long question gives way to the answer, up to half of the line."""
    room = WIDTH - len("  : ") - min(len(answer), WIDTH // 2)
    return shortened(f"  {shortened(name, room)}: {answer}", WIDTH)


def _words(prompt: Prompt, view: View) -> str:
    """The answer in words; empty where there is no value."""
    if prompt.kind is AnswerKind.MULTI:
        proposal = prompt.propose(view)
        chosen = proposal.text.split(",") if proposal else []
        return ", ".join(o.label for o in prompt.options(view) if o.value in chosen)
    answer = prompt.present(view) or view.draft.value(prompt.paths(view)[0])
    if answer is None and prompt.entry.takes_words:
        return " ".join(footnote.text_of(view.draft, prompt.paths(view)[0]))
    label = next((o.label for o in prompt.options(view) if o.value == answer), "")
    if label:
        return label
    if isinstance(answer, str) and answer in prompt.names:
        return f"{answer}  {prompt.names[answer]}"
    return entered(answer, prompt)
