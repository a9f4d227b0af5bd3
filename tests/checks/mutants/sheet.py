"""A draft to be broken: its rows by what they hold, its cells in either spelling, footnotes added where they are wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from form4_author.findings import path_from_text

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Sheet:
    """The draft, and short ways to read and change it."""

    data: dict[str, Any]
    edition: str = ""
    """Of an accepted filing; empty for a draft, which is judged as what will be sent."""
    added: list[str] = field(default_factory=list)
    """Ids of footnotes that were added."""

    @property
    def base(self) -> str:
        return str(self.data.get("form", ""))[:1]

    @property
    def amends(self) -> bool:
        return str(self.data.get("form", "")).endswith("/A")

    def rows(
        self, table: str = "", codes: str = "", kind: str = "transaction", **wanted: str
    ) -> Iterator[str]:
        """Paths of rows, Table I first, whose cells hold these values."""
        for name in ("non_derivative", "derivative"):
            for index, row in enumerate(self.data.get(name, ())):
                path = f"{name}[{index}]"
                if (
                    table in ("", name)
                    and kind in ("", row.get("kind"))
                    and (not codes or (self.get(f"{path}.transaction_code") or "?") in codes)
                    and all(self.get(f"{path}.{cell}") == value for cell, value in wanted.items())
                ):
                    yield path

    def first(self, table: str = "", codes: str = "", kind: str = "transaction", **wanted: str) -> str | None:
        return next(self.rows(table, codes, kind, **wanted), None)

    def raw(self, path: str) -> Any:
        """What the draft has at a path; None where it has nothing."""
        held: Any = self.data
        for step in path_from_text(path):
            try:
                held = held[step]
            except (KeyError, IndexError, TypeError):
                return None
        return held

    def get(self, path: str) -> Any:
        """The value of a cell."""
        held = self.raw(path)
        return held.get("value") if isinstance(held, dict) and set(held) <= {"value", "footnotes"} else held

    def amount(self, path: str) -> Decimal | None:
        text = self.get(path)
        return Decimal(text) if isinstance(text, str) else None

    def notes(self, path: str) -> list[str]:
        held = self.raw(path)
        return list(held.get("footnotes", ())) if isinstance(held, dict) else []

    def row_notes(self, row: str) -> list[str]:
        return [note for cell in self.raw(row) for note in self.notes(f"{row}.{cell}")]

    def set(self, path: str, value: Any) -> str:
        """Put a value into a cell, whose footnotes stay; the path."""
        notes = self.notes(path)
        *holder, last = path_from_text(path)
        held: Any = self.data
        for step in holder:
            held = held.setdefault(step, {}) if isinstance(held, dict) else held[step]
        held[last] = {"value": value, "footnotes": notes} if notes else value
        return path

    def drop(self, path: str) -> str:
        *holder, last = path_from_text(path)
        held: Any = self.data
        for step in holder:
            held = held[step]
        if isinstance(held, list):
            del held[int(last)]
        else:
            held.pop(last, None)
        return path

    def note(self, path: str, text: str) -> str:
        """Add a footnote to a cell, numbered last; its path."""
        listed = self.data.setdefault("footnotes", [])
        number = max((int(n["id"][1:]) for n in listed), default=0) + 1
        value = self.get(path)
        cell: dict[str, Any] = {} if value is None else {"value": value}
        *holder, last = path_from_text(path)
        held: Any = self.data
        for step in holder:
            held = held[step]
        held[last] = {**cell, "footnotes": [*self.notes(path), f"F{number}"]}
        listed.append({"id": f"F{number}", "text": text})
        self.added.append(f"F{number}")
        return f"footnotes[{len(listed) - 1}].text"

    def texts(self) -> str:
        """Footnotes and remarks in lower case."""
        return " ".join(
            [*(str(n.get("text")) for n in self.data.get("footnotes", ())), str(self.data.get("remarks", ""))]
        ).lower()
