"""Problems in a filing as data: where they are, what is wrong, and the verdict that follows.

A problem in the *filing* is a Finding and is returned; a problem in the program or its surroundings is an
exception (see ``form4_author.errors``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "MEANINGS",
    "Edit",
    "Finding",
    "Fix",
    "Hit",
    "Malformed",
    "Override",
    "Path",
    "Report",
    "Severity",
    "Verdict",
    "path_from_text",
    "path_text",
]

Path = tuple[str | int, ...]
"""Where in the filing: ``("non_derivative", 1, "price")``; an index counts from 0."""


class Severity(StrEnum):
    """How serious a finding is, most serious first."""

    SUSPENSE = "suspense"
    """EDGAR would suspend the filing; can't be overridden."""
    ERROR = "error"
    """Contradicts the form's instructions or a rule; can be overridden with a written reason."""
    WARNING = "warning"
    """Probably a mistake."""
    NOTE = "note"
    """Worth a look."""

    @property
    def rank(self) -> int:
        """0 for the most serious."""
        return _RANK[self]

    @property
    def blocks(self) -> bool:
        """Whether it keeps the submission XML from being made."""
        return self in _BLOCKING


_RANK: Final = {severity: rank for rank, severity in enumerate(Severity)}
_BLOCKING: Final = frozenset({Severity.SUSPENSE, Severity.ERROR})


class Verdict(StrEnum):
    """What may be done with the file."""

    READY = "ready"
    READY_WITH_OVERRIDES = "ready-with-overrides"
    BLOCKED = "blocked"
    UNREADABLE = "unreadable"


MEANINGS: Final[dict[str, str]] = {
    Severity.SUSPENSE: "EDGAR would suspend the filing. It must be corrected and cannot be overridden.",
    Severity.ERROR: (
        "It contradicts the form's instructions or a rule. Correct it, or override it with a written reason."
    ),
    Severity.WARNING: "Probably a mistake. It does not block filing.",
    Severity.NOTE: "Worth a look. It does not block filing.",
    Verdict.READY: "No finding blocks filing. The XML to file is made.",
    Verdict.READY_WITH_OVERRIDES: "No finding blocks filing, because each error was overridden with a written reason.",
    Verdict.BLOCKED: "Correct every suspense finding, correct or override every error, and answer every open question.",
    Verdict.UNREADABLE: "The file could not be read, so nothing was checked.",
}
"""What the words of a report mean to a filer."""


class Edit(NamedTuple):
    """One cell of a draft and what is to be there.

    The path is a finding's path. ``value`` is text as the draft has it (``2026-10-06``, ``1300``, ``D``), a flag, or,
    where the path ends in ``footnotes``, the ids; None empties the cell. Footnotes of a cell whose value changes stay.
    ``("footnotes", "F3")``: a footnote of this id and text is added.
    """

    path: Path
    value: str | bool | tuple[str, ...] | None


class Fix(NamedTuple):
    """A described edit of a draft that corrects a finding."""

    text: str
    """What it does, as an order: ``Clear Nature of Indirect Beneficial Ownership``."""
    edits: tuple[Edit, ...]
    safe: bool = False
    """Whether nothing but the form's own rules decides it, so that it may be applied without asking."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where something is wrong, before the rule's id and severity are added."""

    path: Path
    message: str
    related: tuple[Path, ...] = ()
    """Other cells that disagree with this one."""
    line: int | None = None
    """Line of the source file, where the reader knows it better than the path does."""
    id: str | None = None
    """Rule id, when the one who found it serves several rules (the reader, the schema layer)."""
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Malformed:
    """A text that is not spelled as its field asks for, in XML or in a draft."""

    path: Path
    text: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in the filing, as it is reported."""

    id: str
    severity: Severity
    path: Path
    message: str
    cites: tuple[str, ...] = ()
    related: tuple[Path, ...] = ()
    line: int | None = None
    column: int | None = None
    fix: Fix | None = None


class Override(NamedTuple):
    """A filer's written reason for filing in spite of an ``error`` finding."""

    id: str
    path: Path
    reason: str
    at: str
    """When it was given, ISO 8601 with a zone."""

    def covers(self, finding: Finding) -> bool:
        """Whether it accepts this finding: same rule, same place, of severity ``error``."""
        return finding.severity is Severity.ERROR and (self.id, self.path) == (finding.id, finding.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All findings of one file and what follows from them."""

    file: str
    form: str | None = None
    edition: str | None = None
    findings: tuple[Finding, ...] = ()
    """In document order, then by id."""
    overrides: tuple[Override, ...] = field(default=())
    readable: bool = True
    open: tuple[str, ...] = ()
    """The questions without an answer of an interview that was begun, as they are asked."""
    as_of: date | None = None
    """The day on which the file was checked; None where it could not be read."""
    register: bool = False
    """Whether the register was asked."""

    @property
    def overridden(self) -> tuple[Finding, ...]:
        """The ``error`` findings that a written reason covers."""
        return tuple(f for f in self.findings if any(o.covers(f) for o in self.overrides))

    @property
    def stale(self) -> tuple[Override, ...]:
        """The written reasons that cover no finding any more."""
        return tuple(o for o in self.overrides if not any(o.covers(f) for f in self.findings))

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that keep the submission XML from being made."""
        return tuple(
            f for f in self.findings if f.severity.blocks and not any(o.covers(f) for o in self.overrides)
        )

    @property
    def is_blocked(self) -> bool:
        """Whether the submission XML may not be made: a finding blocks, or a question is open."""
        return bool(self.blocking or self.open)

    @property
    def verdict(self) -> Verdict:
        """Ready, ready with overrides, blocked, or unreadable."""
        if not self.readable:
            return Verdict.UNREADABLE
        if self.is_blocked:
            return Verdict.BLOCKED
        return Verdict.READY_WITH_OVERRIDES if self.overridden else Verdict.READY

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity, most serious first."""
        return {s.value: sum(1 for f in self.findings if f.severity is s) for s in Severity}


def path_text(path: Path) -> str:
    """``non_derivative[1].price`` for ``("non_derivative", 1, "price")``; empty for the whole filing."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


@lru_cache(maxsize=4096)  # the interview reads the same few hundred paths after every answer
def path_from_text(text: str) -> Path:
    """The path that ``path_text`` printed; total: any text gives some path."""
    path: list[str | int] = []
    for part in text.replace("[", ".[").split("."):
        if part.startswith("[") and part.endswith("]") and part[1:-1].isdecimal():
            path.append(int(part[1:-1]))
        elif part:
            path.append(part)
    return tuple(path)
