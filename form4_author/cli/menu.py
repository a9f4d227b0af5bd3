"""The start menu: new, one of the drafts, or a file to check; returns the command it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from form4_author import codes
from form4_author.wizard.prompter import Key, Prompter
from form4_author.wizard.screen import Ask, Kind, Option

if TYPE_CHECKING:
    from form4_author.store import Summary

__all__ = ["chosen", "menu_ask"]

_MOST = 20


def chosen(drafts: Sequence[Summary], prompter: Prompter | None = None) -> list[str]:
    """The words of the command that was chosen; none when the filer leaves."""
    if prompter is None:
        from form4_author.wizard.prompts import Terminal

        prompter = Terminal()
    prompter.show(("form4: SEC Forms 3, 4 and 5 on this computer.", ""))
    while True:
        try:
            answer = prompter.choice(menu_ask(drafts))
        except (KeyboardInterrupt, EOFError):
            return []
        if answer is Key.LEAVE:
            return []
        if isinstance(answer, str):
            return _words(answer, prompter)
        prompter.show(("Choose what to do; q leaves. Every answer of an interview is saved as you go.", ""))


def menu_ask(drafts: Sequence[Summary]) -> Ask:
    """The question of the menu: the forms that can be started, then the drafts, last saved first."""
    new = [Option(value=f"new {form}", label=f"New Form {form}") for form in codes.forms() if form == "4"]
    held = [Option(value=f"resume {d.path}", label=f"Go on: {_told(d)}") for d in drafts[:_MOST]]
    check = [Option(value="check", label="Check a file")]
    return Ask(
        id="start",
        message="What do you want to do?",
        kind=Kind.CHOICE,
        options=(*new, *held, *check),
        proposal=new[0].value,
    )


def _told(draft: Summary) -> str:
    if draft.problem:
        return f"{draft.path.name} (can't be read: {draft.problem})"
    saved = draft.saved.astimezone().strftime("%Y-%m-%d %H:%M")
    who = " · ".join(part for part in (draft.person, draft.issuer) if part) or draft.path.name
    return f"Form {draft.form} · {who} · saved {saved}"


def _words(answer: str, prompter: Prompter) -> list[str]:
    word, _, rest = answer.partition(" ")
    if word == "new":
        return ["new", "--form", rest]
    if word == "resume":
        return ["resume", rest]
    typed = prompter.text(
        Ask(id="check.file", message="Which file? (draft, XML or EDGAR .txt)", kind=Kind.TEXT)
    )
    return ["check", typed.strip()] if isinstance(typed, str) and typed.strip() else []
