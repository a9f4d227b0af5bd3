"""From a place of the interview to the question put there, and from the reply to the step it means."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.checks.fault import value_fault
from form4_author.errors import MalformedValue
from form4_author.model.draft import TABLES, Draft
from form4_author.model.field import Kind as FieldKind
from form4_author.model.interview import DoubtInHand
from form4_author.wizard.currency import is_conversion, refuse_foreign
from form4_author.wizard.draft import footnote, row_change
from form4_author.wizard.draft.answer import LEFT_OUT, NONE_STATED, AnswerState, mark, state
from form4_author.wizard.entry import AnswerInDoubt, EntryKind, code_typed, is_who, is_words, read
from form4_author.wizard.register_offer import EMPTY
from form4_author.wizard.screen import (
    NONE,
    Answer,
    AnswerKind,
    Ask,
    Place,
    Prompt,
    Proposal,
    Step,
    View,
    filled,
)
from form4_author.wizard.wording import PRICES, entered

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from form4_author.model.draft import Value
    from form4_author.wizard.register_offer import Shelf

__all__ = ["abandoned", "answered", "ask", "with_proposal"]

_BREAKS: Final = re.compile(r"[ \t]*[\t\r\n][ \t\r\n]*")
"""Where a pasted text was broken: a cell of the form is one run of words."""
_LINE_ENDS: Final = re.compile(r"\r\n?")
_STREET: Final = "owners[{i}].address.street1"
"""Where the lines of a pasted address are its parts."""
_SAME: Final = "="
_TITLES: Final = ("security_title", "underlying_title")
_LONGEST_WORDS: Final = 1000


# ---- the question


def ask(draft: Draft, at: Place, today: date, shelf: Shelf = EMPTY) -> Ask:
    """The question as it is put now: with the answer that is there, or else a proposal."""
    prompt, view = at.prompt, View(draft, at.index, shelf)
    present = _present_answer(at, view)
    proposal = present or prompt.propose(view) or Proposal("")
    multi = prompt.kind is AnswerKind.MULTI
    chosen = tuple(v for v in proposal.text.split(",") if v) if multi else ()
    return Ask(
        id=at.id,
        message=prompt.asked(view),
        kind=prompt.kind,
        options=prompt.options(view),
        proposal="" if multi else proposal.text,
        shown=_read_back(at, view, proposal, today) if proposal.text and not multi else "",
        formerly=prompt.former_answer(view),
        chosen=chosen,
        prefill=prompt.prefill,
        filters=prompt.is_filtered(view),
        typed=prompt.typed,
        narrows=prompt.narrows,
        barred=prompt.barred(view),
        adds=prompt.adds,
        lists=prompt.lists,
        below=prompt.below(view),
        required=prompt.required,
        above=_above(at, view) if prompt.kind is AnswerKind.CHOICE else "",
        pastes=prompt.entry.takes_sheet,
        breaks=prompt.id == "remarks",
        hub=prompt.hub,
        text=prompt.reads(view) if prompt.reads else (),
        confirms=prompt.confirms,
        codes=tuple(f"{code}  {name}" for code, name in prompt.names.items()) or prompt.suggests(view),
        check=_checker(at, view, proposal.text, today),
        echo=_echo(at, view, today),
    )


def _present_answer(at: Place, view: View) -> Proposal | None:
    """The answer as it is, as it would be typed; None for a hub and for an answer that may still follow."""
    prompt = at.prompt
    paths = prompt.paths(view)
    if prompt.hub or prompt.kind is AnswerKind.MULTI:
        return None
    if prompt.derived and state(view.draft, at.id, paths) is AnswerState.DEFAULTED and prompt.propose(view):
        return None
    stored = prompt.present(view) or view.draft.value(paths[0])
    if isinstance(stored, bool):
        return Proposal("yes" if stored else "no")
    if isinstance(stored, str) and stored:
        return Proposal(
            {"true": "yes", "1": "yes", "false": "no", "0": "no"}.get(stored, stored)
            if _is_flag(at)
            else stored
        )
    words = (
        footnote.text_of(view.draft, paths[0]) if prompt.entry.takes_words and paths[0][0] in TABLES else ()
    )
    return Proposal(words[0]) if words else None


def _is_flag(at: Place) -> bool:
    return at.prompt.kind is AnswerKind.CONFIRM


def _read_back(at: Place, view: View, proposal: Proposal, today: date) -> str:
    """A proposal as it reads, with why it is proposed; a sum says it all."""
    typed, prompt = proposal.text, at.prompt
    if prompt.kind is AnswerKind.CHOICE:
        return next((o.label for o in prompt.options(view) if o.value == typed), typed)
    if " = " in proposal.why:
        return proposal.why
    try:
        words = entered(_taken(at, view, typed, today), prompt)
    except MalformedValue:
        words = typed
    name = prompt.names.get(typed, "")
    return "  ".join(part for part in (words, name, f"({proposal.why})" if proposal.why else "") if part)


def _taken(at: Place, view: View, typed: str, today: date) -> str:
    """What a typed line is for the draft.

    Raises MalformedValue when it can't be read.
    """
    if typed.strip() == _SAME and _row_of(at, view) is not None:
        return _same_above(at, view)
    if typed.strip() == _SAME and at.screen.id == "events":
        return _same_before(at, view)
    if at.prompt.names:
        return code_typed(typed, at.prompt.names, at.prompt.aliases, at.prompt.elsewhere)
    if at.prompt.field is not None and at.prompt.field.name in PRICES and at.prompt.entry.is_number:
        refuse_foreign(typed)
    if at.prompt.entry in (EntryKind.CIK, EntryKind.WHO) and (
        named := _cik_named(typed, at.prompt.suggests(view))
    ):
        typed = named
    escaped = typed.strip()
    if escaped.startswith("\\") and len(escaped) == 2:  # \q means the letter q itself
        typed = escaped[1]
    found = read(at.prompt.entry, typed, today)
    if at.prompt.entry.takes_sheet:
        return found
    return (
        _LINE_ENDS.sub("\n", found).replace("\t", " ")
        if at.prompt.id == "remarks"
        else _BREAKS.sub(", " if at.prompt.id == _STREET else " ", found)
    )


def _cik_named(typed: str, names: tuple[str, ...]) -> str:
    """The CIK of the one whose symbol this is or whose name has these words; empty where it is not one."""
    wanted = typed.strip().casefold()
    found = [each for each in names if each.casefold().endswith(f"({wanted})")]
    found = found or [each for each in names if wanted in each.casefold()]
    return found[0].split()[0] if len(found) == 1 and not wanted.isdecimal() else ""


def _row_of(at: Place, view: View) -> tuple[str, int, str] | None:
    """Table, row and column that a prompt sets; None for what is not a cell."""
    path = at.prompt.paths(view)[0]
    return (str(path[0]), int(path[1]), str(path[2])) if path[0] in TABLES and len(path) == 3 else None


def _same_above(at: Place, view: View) -> str:
    table, index, column = _row_of(at, view) or ("", 0, "")
    above = (table, index - 1, column)
    stored = view.draft.value(above) if index else None
    words = (
        footnote.text_of(view.draft, above)
        if index and stored is None and at.prompt.entry.takes_words
        else ()
    )
    if words:
        return words[0]
    if not isinstance(stored, str) or not stored:
        raise MalformedValue("= repeats the cell of the line above, and there is none")
    return stored


def _above(at: Place, view: View) -> str:
    """What ``=`` chooses from a list: the value of the line above, or of the event before; empty without one."""
    same = (
        _same_above if _row_of(at, view) is not None else _same_before if at.screen.id == "events" else None
    )
    try:
        above_text = same(at, view) if same is not None else ""
    except MalformedValue:
        return ""
    return above_text if any(o.value == above_text for o in at.prompt.options(view)) else ""


def _same_before(at: Place, view: View) -> str:
    """The answer to the same question of the event before."""
    before = view.of(view.draft, (view.index or 0) - 1)
    stored = view.draft.value(at.prompt.paths(before)[0]) if view.index else None
    if not isinstance(stored, str) or not stored:
        raise MalformedValue("= repeats the answer of the event before, and there is none")
    return stored


# ---- what is wrong with a line


def _checker(at: Place, view: View, proposal: str, today: date) -> Callable[[str], str | None]:
    def check(typed: str) -> str | None:
        line = typed if typed.strip() else proposal
        if not line.strip():
            return f"An answer is needed: {_name(at, view)}" if at.prompt.required else None
        if line.strip() == NONE:
            return f"An answer is needed: {_name(at, view)}" if at.prompt.required else None
        return _fault(at, view, line, today)

    return check


def _name(at: Place, view: View) -> str:
    """The words of the question."""
    return at.prompt.asked(view).rstrip("?:")


def _fault(at: Place, view: View, typed: str, today: date) -> str | None:
    prompt = at.prompt
    try:
        taken = _taken(at, view, typed, today)
    except MalformedValue as error:
        return None if prompt.settled_by and isinstance(error, AnswerInDoubt) else error.problem
    own = prompt.fault(view, taken)
    if own is not None or prompt.entry.is_pasted(taken):
        return own
    if prompt.entry.takes_words and is_words(taken):
        over = len(taken) > _LONGEST_WORDS
        return f"A footnote may have at most 1,000 characters; it has {len(taken):,}" if over else None
    if prompt.over:
        return _unprintable(taken)
    if prompt.longest is not None and len(taken) > prompt.longest:
        return f"{_name(at, view)} may have at most {prompt.longest:,} characters; it has {len(taken):,}"
    is_name = prompt.entry is EntryKind.WHO and is_who(taken)
    hit = value_fault(prompt.field, taken) if prompt.field is not None and not is_name else None
    return hit.message if hit else _titleless(prompt, taken) or _unprintable(taken)


def _titleless(prompt: Prompt, typed: str) -> str | None:
    """What is wrong with a date or a number where a title goes."""
    is_title = prompt.field is not None and prompt.field.name in _TITLES
    if not is_title or any(letter.isalpha() for letter in typed):
        return None
    return f'"{typed}" has no letters; a title of a security is expected.'


def _unprintable(text: str) -> str | None:
    odd = next((c for c in text if (ord(c) < 32 and c not in "\t\n\r") or 0xD800 <= ord(c) <= 0xDFFF), None)
    return f"There is a control character, U+{ord(odd):04X}; remove it" if odd else None


def _echo(at: Place, view: View, today: date) -> Callable[[str], str]:
    """What a line being typed is understood as; how many characters are left."""

    def echo(typed: str) -> str:
        if not typed.strip() or typed.strip() in (NONE, "<", "?", "/", "q"):
            return ""
        parts = []
        if at.prompt.entry.is_day or at.prompt.entry.is_number or at.prompt.names:
            try:
                taken = _taken(at, view, typed, today)
            except MalformedValue:
                taken = ""
            words = (
                f"{taken}  {at.prompt.names[taken]}"
                if taken and at.prompt.names
                else entered(taken, at.prompt)
            )
            sheet = (
                "the broker's fills" if at.prompt.entry is EntryKind.NUMBER_OR_FILLS else "lines of a sheet"
            )
            words = sheet if at.prompt.entry.is_pasted(words) else words
            words = "a footnote" if taken and at.prompt.entry.takes_words and is_words(taken) else words
            parts += [f"= {words}"] if taken else []
            parts += filter(None, [at.prompt.comes_to(view, taken) if taken else ""])
        limit = at.prompt.longest or (at.prompt.field.longest if at.prompt.field else None)
        if limit and at.prompt.entry.value == "text" and not at.prompt.names:
            count = len(typed.strip())
            over = f": {at.prompt.over}" if count > limit and at.prompt.over else ""
            parts.append(f"{count:,} of {limit:,} characters{over}")
        return "  ".join(parts)

    return echo


# ---- the reply


def answered(draft: Draft, at: Place, reply: Answer, today: date, shelf: Shelf = EMPTY) -> Step:
    """What a reply does: an empty line accepts the proposal, ``-`` says that there is none."""
    prompt = at.prompt
    if prompt.settled_by and draft.interview.doubt.question == at.id:
        draft = draft.with_interview(doubt=DoubtInHand())
    view = View(draft, at.index, shelf)
    if prompt.hub:
        return prompt.act(view, reply) if prompt.act else Step(draft=draft)
    proposal = ask(draft, at, today, shelf).proposal
    typed = reply if isinstance(reply, tuple) or reply.strip() else proposal
    accepted = not isinstance(typed, tuple) and typed == proposal and _present_answer(at, view) is None
    if not isinstance(typed, tuple) and typed.strip() in ("", NONE):
        return Step(draft=_without(draft, at, view, NONE_STATED if typed.strip() else LEFT_OUT))
    if isinstance(typed, tuple) and not typed:
        changed = prompt.act(view, typed).draft if prompt.act else draft
        return Step(draft=mark(changed, at.id, NONE_STATED))
    try:
        taken = (
            typed
            if prompt.kind is not AnswerKind.TEXT or isinstance(typed, tuple)
            else _taken(at, view, typed, today)
        )
    except AnswerInDoubt:
        if not prompt.settled_by:
            raise
        return _in_doubt(at, view, str(typed))
    step = _written(at, view, taken)
    step = replace(step, draft=_superseded(at, view, step.draft))
    how = AnswerState.DEFAULTED.value if accepted and prompt.derived else None
    return replace(step, draft=mark(step.draft, at.id, how))


def _in_doubt(at: Place, view: View, typed: str) -> Step:
    """The answer is held until the question about it is answered; an earlier answer is taken out."""
    draft = view.draft
    for path in (at.prompt.paths(view)[0], *map(view.path, at.prompt.supersedes)):
        draft = draft.with_(path, None)
    doubt = DoubtInHand(question=at.id, typed=typed.strip())
    return Step(
        draft=mark(draft, at.id, None).with_interview(doubt=doubt),
        goto=filled(at.prompt.settled_by, at.index),
    )


def _without(draft: Draft, at: Place, view: View, how: str) -> Draft:
    """The draft in which the filer has said that there is none, or has left the answer out."""
    for path in at.prompt.paths(view):
        if _row_of(at, view) is not None and at.prompt.entry.takes_words:
            for words in footnote.text_of(draft, path):
                draft = footnote.detach(draft, path, words)
        draft = draft.with_(path, None)
    return mark(draft, at.id, how)


def _superseded(at: Place, view: View, draft: Draft) -> Draft:
    """The draft without the answers that followed from an earlier answer to this prompt."""
    paths = at.prompt.paths(view)
    before = [view.draft.value(path) for path in paths]
    if before in ([draft.value(path) for path in paths], [None] * len(paths)):
        return draft
    for template in at.prompt.supersedes:
        draft = draft.with_(view.path(template), None)
    return draft


def _written(at: Place, view: View, taken: Answer) -> Step:
    prompt = at.prompt
    if prompt.act is not None:
        return prompt.act(view, taken)
    path = prompt.paths(view)[0]
    if prompt.field is not None and prompt.field.kind is FieldKind.FLAG:
        return Step(draft=view.draft.with_(path, taken == "yes"))
    if _row_of(at, view) is not None and prompt.entry.takes_words:
        return Step(draft=_value_or_words(view.draft, at, view, str(taken)))
    return Step(draft=view.draft.with_(path, taken))


def _value_or_words(draft: Draft, at: Place, view: View, taken: str) -> Draft:
    """Words are in the cell as a footnote; a value takes the place of such words."""
    path = at.prompt.paths(view)[0]
    bare = draft.value(path)
    for words in footnote.text_of(draft, path):
        if bare is None or is_conversion(words):
            draft = footnote.detach(draft, path, words)
    if is_words(taken):
        return footnote.attach(draft.with_(path, None), path, taken)
    return draft.with_(path, taken)


def with_proposal(draft: Draft, at: Place, typed: str, today: date, shelf: Shelf = EMPTY) -> Draft:
    """The draft in which a proposal stands without having been asked."""
    view = View(draft, at.index, shelf)
    taken = typed if at.prompt.kind is not AnswerKind.TEXT else _taken(at, view, typed, today)
    path = at.prompt.paths(view)[0]
    present = draft.value(path)
    is_box = at.prompt.field is not None and at.prompt.field.kind is FieldKind.FLAG
    wanted: Value = taken == "yes" if is_box else taken
    if present == wanted:
        return draft
    return mark(_written(at, view, taken).draft, at.id, AnswerState.DEFAULTED.value)


def abandoned(draft: Draft, at: Place, before: Place) -> Draft:
    """The draft after going back from a detour that was only just begun: an event or a row without answers goes."""
    index = at.index
    if not at.screen.hub(draft) or before.screen.id == at.screen.id or index is None:
        return draft
    if at.screen.id == "events" and not draft.interview.events[index].answers:
        return row_change.without_event(draft, index)
    row = draft.row(at.screen.id, index) if at.screen.id in TABLES else None
    if row is not None and row_change.is_blank(at.screen.id, row):
        return row_change.without_row(draft, at.screen.id, index)
    return draft
