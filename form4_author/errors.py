"""What can go wrong in the program or its surroundings.

A problem in the *filing* is a `Finding` and is returned; a problem in the program or around it is one of these and is
raised. No other exception leaves a public function on purpose.

    Form4Error
    ├── MalformedValue     a text is not the number, date or flag it should be
    ├── UnreadableInput    the file handed in cannot be read
    ├── UnknownEdition     the edition asked for is not one we know
    ├── ResourceMissing    a template, schema or font that belongs to this installation is not there
    ├── SeveralDrafts      words fit several open drafts (`desk.named_draft`)
    ├── EdgarError         EDGAR does not answer, refuses, or answers with something else (`edgar.refusal`)
    ├── RegisterUnusable   the register is not reachable, locked, full, damaged or none (`register.book`)
    └── CellRefused        a cell of a `form4 batch` sheet is not an answer (`wizard.sheet`)

Each carries `remedy`, what the user can do next, and `str()` gives both as one paragraph.
"""

from __future__ import annotations

__all__ = ["Form4Error", "MalformedValue", "ResourceMissing", "UnknownEdition", "UnreadableInput"]


class Form4Error(Exception):
    """The root: catch this to catch everything `form4_author` raises on purpose.

    Args:
        problem: What is wrong, in a sentence without its full stop.
        remedy: What the user can do next, in the same shape.
    """

    def __init__(self, problem: str, *, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem}. {self.remedy}."

    def __reduce__(self) -> tuple[object, ...]:
        """Survive a process pool, which pickles what a worker raises; the keyword would be lost otherwise."""
        return _rebuilt, (type(self), self.problem, self.remedy)


class MalformedValue(Form4Error):
    """A text is not what its place asks for; the problem quotes it and says what is expected."""

    def __init__(self, problem: str, *, remedy: str = "Correct the value") -> None:
        super().__init__(problem, remedy=remedy)


class UnreadableInput(Form4Error):
    """A file the user named cannot be read: not there, no permission, not what it claims to be.

    Args:
        problem: What is wrong, in a sentence without its full stop.
        remedy: What the user can do next, in the same shape.
        id: The DOC- rule that says why.
        line: Line in the file, from 1, where known.
        column: Column in that line, from 1, where known.
    """

    def __init__(
        self,
        problem: str,
        *,
        remedy: str,
        id: str = "DOC-022",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(problem, remedy=remedy)
        self.id = id
        self.line = line
        self.column = column
        self.file = ""
        """The file's name as the user gave it, where the one who opened it knows it."""

    def __reduce__(self) -> tuple[object, ...]:
        """Survive a process pool with the place in the file."""
        return _rebuilt_input, (self.problem, self.remedy, self.id, self.line, self.column)


class UnknownEdition(Form4Error):
    """A form edition (`X0609` …) that the tables do not hold."""


class ResourceMissing(Form4Error):
    """A file that ships with the program is not where it belongs: the installation is damaged."""


def _rebuilt(kind: type[Form4Error], problem: str, remedy: str) -> Form4Error:
    return kind(problem, remedy=remedy)


def _rebuilt_input(
    problem: str, remedy: str, id: str, line: int | None, column: int | None
) -> UnreadableInput:
    return UnreadableInput(problem, remedy=remedy, id=id, line=line, column=column)
