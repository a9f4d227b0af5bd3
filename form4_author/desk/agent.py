"""What an agent may do with filings: read, draft from answers, check, render and compare, below one folder only.

Links are followed before a path is accepted, sizes are bounded, and what has the form of a CCC is masked. Nothing here
sends, signs, releases, marks as filed or deletes, and nothing that exists is replaced but a draft that is continued.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from form4_author import codes
from form4_author.desk.clock import today
from form4_author.desk.exhibit import brought
from form4_author.desk.intake import (
    Intake,
    divided,
    refuse_outside,
    report_of_intake,
    with_exhibits,
    without_exhibits,
)
from form4_author.desk.interview import desk, judged
from form4_author.desk.packet import submission_request, whole_request, write_packet
from form4_author.errors import Form4Error, MalformedValue
from form4_author.files import disk, draft_file
from form4_author.files.lock import draft_lock
from form4_author.files.output import make_folder
from form4_author.findings import path_text
from form4_author.ident.ccc import without_cccs
from form4_author.model.facts import NO_FACTS
from form4_author.page.packet import PARTS, packet
from form4_author.page.report import report_data
from form4_author.revision.comparison import differences
from form4_author.text import day
from form4_author.wire.draft import draft_from
from form4_author.wizard.answers_file import AnswersRefused, Given, Script
from form4_author.wizard.draft import opening
from form4_author.wizard.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from form4_author.findings import Path as Place
    from form4_author.model.draft import Draft
    from form4_author.wizard.screen import Ask
    from form4_author.wizard.session import Desk

    Answers = Sequence[Mapping[str, str | list[str]]]

__all__ = ["LARGEST_FILE", "AgentFolder", "masked"]

LARGEST_FILE: Final = 5_000_000
"""Bytes of a file that is read."""
_LARGEST_RESULT: Final = 1_000_000
"""Characters of a result."""
_MOST_ANSWERS: Final = 2_000
_LARGEST_ANSWERS: Final = 200_000
"""Characters of all answers of one call."""
_A_PERSON_ANSWERS: Final = re.compile(r"signatures\[[0-9]+\]\..*|override\.reason")
"""Questions that only a person answers: the signature, and why a finding is overridden."""
_BY_A_PERSON: Final = "A person answers this question: form4 resume, or form4 edit, at a terminal"


def masked(value: Any) -> Any:  # noqa: ANN401  # JSON data
    """The data with each word masked that may be a CCC."""
    if isinstance(value, str):
        return without_cccs(value)
    if isinstance(value, dict):
        return {name: masked(part) for name, part in value.items()}
    return [masked(part) for part in value] if isinstance(value, (list, tuple)) else value


@dataclass(slots=True)
class _AgentScript(Script):
    """Answers of an agent, strictly: a question that has none yet, or that a person answers, ends the call."""

    asked: Ask | None = None

    def _answer(self, ask: Ask) -> str | tuple[str, ...]:
        self.asked = ask
        if self.taken >= len(self.answers) and not ask.refused:
            raise EOFError
        if _A_PERSON_ANSWERS.fullmatch(ask.id):
            raise AnswersRefused(f"Answer {self.taken + 1} is for {ask.id}", remedy=_BY_A_PERSON)
        return super(_AgentScript, self)._answer(ask)  # the short form of super needs a class without slots


class AgentFolder:
    """The one folder that an agent works in."""

    def __init__(self, folder: Path) -> None:
        self._root = Path(os.path.realpath(folder))
        if not self._root.is_dir():
            raise Form4Error(f"There is no folder {folder}", remedy="Name a folder that exists")

    # ---- paths

    def place(self, name: str) -> Path:
        """The path that a name means, links followed. Raises Form4Error for one outside the folder."""
        try:
            found = Path(os.path.realpath(self._root / name))
        except (OSError, ValueError):
            found = self._root.parent
        if not found.is_relative_to(self._root) or found == self._root:
            raise Form4Error(
                f'"{name[:200]}" is not in the folder that form4 mcp was started with',
                remedy="Name a file or folder below it",
            )
        return found

    def _shown(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _opened(self, name: str) -> Intake:
        """The filing in a file below the folder, without its exhibits. Raises Form4Error."""
        path = self.place(name)
        if not path.is_file():
            raise Form4Error(f'There is no file "{name[:200]}" in the folder', remedy="Check the name")
        try:
            content = disk.read(path, LARGEST_FILE + 1)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise Form4Error(
                f"{self._shown(path)} can't be read: {reason}", remedy="Check the permissions"
            ) from None
        if len(content) > LARGEST_FILE:
            raise Form4Error(f"{self._shown(path)} is larger than 5 MB", remedy="Name a filing or a draft")
        return replace(without_exhibits(str(path), content), file=str(path))

    # ---- what an agent does

    def read(self, name: str) -> dict[str, Any]:
        """A filing or draft as data."""
        intake = self._opened(name)
        return self._result(
            {
                "file": self._shown(Path(intake.file)),
                "kind": "draft" if intake.draft is not None else "document",
                "filing": draft_from(intake.filing),
            }
        )

    def check(self, name: str, as_of: str | None) -> dict[str, Any]:
        """The report of a filing or draft."""
        intake = with_exhibits(self._opened(name))
        report = report_of_intake(intake, _day(as_of), today, NO_FACTS)
        return self._result({**report_data(report), "file": self._shown(Path(intake.file))})

    def compare(self, first: str, second: str) -> dict[str, Any]:
        """The differences between two filings."""
        changed = differences(self._opened(first).filing, self._opened(second).filing)
        return self._result(
            {
                "differences": [
                    {"path": path_text(d.path), "place": d.place, "before": d.before, "after": d.after}
                    for d in changed
                ]
            }
        )

    def render(self, name: str, folder: str) -> dict[str, Any]:
        """Write the packet to a folder that is new or empty. Raises Form4Error for any other."""
        target = self.place(folder)
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise Form4Error(f'"{folder[:200]}" is not empty', remedy="Name a folder that is new or empty")
        whole = with_exhibits(self._opened(name))
        refuse_outside(whole)
        made = []
        for part, intake in divided(whole):
            report = report_of_intake(intake, None, today, NO_FACTS)
            request = submission_request(intake, frozenset(PARTS), "letter")
            if not intake.is_public:
                request = whole_request(request, intake)
            contents = packet(intake.filing, report, request)
            make_folder(target)
            write_packet(target / part.name, contents)
            made.append(
                {
                    "folder": self._shown(target / part.name),
                    "files": list(contents.files),
                    "verdict": report.verdict.value,
                    "xml_withheld": contents.xml_withheld,
                }
            )
        return self._result({"packets": made})

    def draft(self, name: str, answers: Answers, form: str, as_of: str | None) -> dict[str, Any]:
        """Begin or continue a draft with answers; says what is asked next."""
        path = self.place(name)
        if not path.name.endswith(draft_file.SUFFIX):
            raise Form4Error(f'"{name[:200]}" is not the name of a draft', remedy="End it in .form4.json")
        if form not in codes.forms():
            raise MalformedValue(f'"{form}" is not a form', remedy=f"Choose from {', '.join(codes.forms())}")
        script = _AgentScript(_given(answers))
        on = _day(as_of) or today()
        with draft_lock(path):
            begun = self._opened(name).draft if path.exists() else opening.fresh(form)
            if begun is None or begun.interview.filed is not None:
                raise Form4Error(
                    f"{self._shown(path)} was filed, or is not a draft", remedy="Choose a different name"
                )
            refused = self._interviewed(path, begun, script, on)
        return self._result(self._outcome(path, script, refused, on))

    def _interviewed(self, path: Path, draft: Draft, script: Script, on: date) -> str:
        """The interview, as far as the answers go; why one was refused. Each accepted answer is on disk."""
        make_folder(path.parent)
        try:
            Session(path, draft, script, self._around(path, on)).run()
        except AnswersRefused as error:
            return str(error)
        return ""

    def _around(self, path: Path, on: date) -> Desk:
        """What surrounds the interview: no register, no packet, and no file from outside the folder."""

        def past(draft: Draft, file: str) -> Draft:
            begun = opening.from_filing(self._opened(file).filing, draft.filing.form or "4")
            return begun.with_interview(answered=draft.interview.answered)

        def bring(draft: Draft, place: Place) -> tuple[Draft, tuple[str, ...]]:
            return brought(draft, place, path.parent, self._root)

        return replace(desk(path, on), packet=None, past=past, bring=bring)

    def _outcome(self, path: Path, script: _AgentScript, refused: str, on: date) -> dict[str, Any]:
        data: dict[str, Any] = {"draft": self._shown(path), "answers_used": script.taken}
        if refused:
            data["refused"] = refused
        if script.asked is not None and (refused or script.taken >= len(script.answers)):
            data["next_question"] = _question(script.asked)
        if path.exists():
            data["report"] = {
                **report_data(judged(path, draft_file.load(path).draft, on)),
                "file": self._shown(path),
            }
        return data

    def _result(self, data: dict[str, Any]) -> dict[str, Any]:
        """The data, masked. Raises Form4Error for more than an agent can use."""
        made: dict[str, Any] = masked(data)
        if len(json.dumps(made, ensure_ascii=False)) > _LARGEST_RESULT:
            raise Form4Error(
                "The result is larger than 1 MB", remedy="Use form4 at a terminal for this filing"
            )
        return made


def _question(ask: Ask) -> dict[str, Any]:
    """A question as data: what it asks, what can be chosen, what is proposed, and whether a person answers it."""
    options = [{"value": option.value, "label": option.label} for option in ask.options if not option.barred]
    return {
        "id": ask.id,
        "message": ask.message,
        "kind": ask.kind.value,
        **({"options": options} if options else {}),
        **({"proposal": ask.proposal} if ask.proposal else {}),
        **({"answered_by": "a person"} if _A_PERSON_ANSWERS.fullmatch(ask.id) else {}),
    }


def _given(answers: Answers) -> tuple[Given, ...]:
    """The answers, each of one question. Raises MalformedValue."""
    if len(answers) > _MOST_ANSWERS or len(json.dumps(list(answers))) > _LARGEST_ANSWERS:
        raise MalformedValue("There are too many answers for one call", remedy="Give them in several calls")
    found = []
    for answer in answers:
        if len(answer) != 1:
            raise MalformedValue(
                "An answer has one question id and its value", remedy='Write {"issuer.cik": "1107843"}'
            )
        ((id, value),) = answer.items()
        found.append(Given(id, value if isinstance(value, str) else tuple(value)))
    return tuple(found)


def _day(text: str | None) -> date | None:
    return None if text is None else day(text)
