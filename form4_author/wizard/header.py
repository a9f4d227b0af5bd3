"""What stands above a prompt: the status line, the screen's title, what it has to say, the answers given on it so far.

Pure text of at most 78 columns; nothing is said by colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.model.party import NO_ISSUER
from form4_author.text import shortened
from form4_author.wizard.draft import footnote
from form4_author.wizard.draft.answer import NONE_STATED, AnswerState, state
from form4_author.wizard.review import accepted
from form4_author.wizard.screen import AnswerKind, Place, Prompt, View
from form4_author.wizard.wording import WIDTH, entered, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.findings import Finding
    from form4_author.model.draft import Draft

__all__ = ["HEIGHT", "counted", "page", "status"]

HEIGHT: Final = 24
_ROOM: Final = 11
"""Lines kept free for prompt, keys, help and one wrapped message."""
_ROOM_OF_LIST: Final = 9
"""The same where a list is asked: nothing is typed, so nothing is said about what was typed."""


def counted(draft: Draft, findings: Sequence[Finding]) -> str:
    """``2 findings so far (1 blocks)``."""
    blocking = sum(1 for f in findings if f.severity.blocks and not accepted(draft, f))
    count = (
        f"{len(findings)} finding{'' if len(findings) == 1 else 's'} so far"
        if findings
        else "no findings so far"
    )
    return f"{count} ({blocking} block{'s' if blocking == 1 else ''})" if blocking else count


def status(draft: Draft, summary: str) -> str:
    """``QUALYS, INC. · Thakar Sumedh S · Form 4 · 2 findings so far (1 blocks)``."""
    if not draft.filing.owners and draft.filing.issuer == NO_ISSUER:
        return f"New Form {draft.text('form') or '4'}"
    issuer = draft.text("issuer.name") or "issuer?"
    person = draft.text("owners[0].name") or "person?"
    form = f"Form {draft.text('form') or '4'}"
    room = WIDTH - len(f" ·  · {form} · {summary}")
    return f"{shortened(issuer, room // 2)} · {shortened(person, room - room // 2)} · {form} · {summary}"


def page(
    view: View, at: Place, answered: Sequence[Place], top: Sequence[str], words: Sequence[str]
) -> tuple[str, ...]:
    """The lines above the prompt of a place; ``answered`` are the places of its screen that come before it.

    ``view``: of the place. ``top``: the lines that every screen begins with.
    """
    head = [*top, "", at.screen.titled(view)]
    reads = at.prompt.reads is not None  # what is to be read goes with the question, and has the room
    intro = [] if reads else [part for paragraph in at.screen.intro(view) for part in fold(paragraph)]
    given = [] if at.prompt.hub else [part for p in answered for part in _given(view, p)]
    messages = [part for paragraph in words for part in fold(paragraph)]
    free = _ROOM if at.prompt.kind is AnswerKind.TEXT else _ROOM_OF_LIST
    room = max(4, HEIGHT - free - len(head) - len(messages) - _options(at, view))
    body = [*_tail(intro, max(3, room - len(given))), *_latest(given, 1 if reads else room)]
    return (*head, *body, *([""] if messages else []), *messages, "")


def _options(at: Place, view: View) -> int:
    """Lines that a list of options takes, up to half the screen."""
    count = len(at.prompt.options(view)) if at.prompt.kind in (AnswerKind.CHOICE, AnswerKind.MULTI) else 0
    return min(count, HEIGHT // 2) - 3 if count > 3 else 0  # room is kept for three anyway


def _tail(lines: list[str], room: int) -> list[str]:
    """The last lines, with a word when some are left out."""
    if len(lines) <= room:
        return lines
    left = len(lines) - room + 1
    return [f"({left} lines above are not shown)", *lines[left:]]


def _latest(answers: list[str], room: int) -> list[str]:
    """The last answers, and how many came before."""
    if len(answers) <= room:
        return answers
    left = len(answers) - room + 1
    words = f"({left} answer{'' if left == 1 else 's'} above; Esc shows {'it' if left == 1 else 'them'})"
    return [words, *answers[left:]]


def _given(beside: View, at: Place) -> list[str]:
    """One answer as a line: ``  Issuer CIK: 0001107843``; nothing for what has no answer."""
    view = View(beside.draft, at.index, beside.shelf)
    answer_state = state(view.draft, at.id, at.prompt.paths(view))
    if at.prompt.hub or answer_state is AnswerState.NOT_GIVEN:
        return []
    name = at.prompt.asked(view).partition(", as EDGAR has it")[0].rstrip("?:")
    stated = view.draft.interview.answered.get(at.id) == NONE_STATED
    return [shortened(f"  {name}: {_words(at.prompt, view) or ('none' if stated else 'not given')}", WIDTH)]


def _words(prompt: Prompt, view: View) -> str:
    """The answer in words; empty where there is no value."""
    if prompt.kind is AnswerKind.MULTI:
        proposal = prompt.propose(view)
        chosen = proposal.text.split(",") if proposal else []
        return ", ".join(o.label for o in prompt.options(view) if o.value in chosen)
    answer = view.draft.value(prompt.paths(view)[0])
    if answer is None and prompt.entry.takes_words:
        return " ".join(footnote.text_of(view.draft, prompt.paths(view)[0]))
    label = next((o.label for o in prompt.options(view) if o.value == answer), "")
    if label:
        return label
    if isinstance(answer, str) and answer in prompt.names:
        return f"{answer}  {prompt.names[answer]}"
    return entered(answer, prompt)
