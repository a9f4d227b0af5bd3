"""Results of many checks: a folder with one file of records for each finished batch, JSON lines or Parquet.

Each file is written whole or not at all and never added to, so that a run that was interrupted leaves only finished
batches, and each record says which file it is about.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Protocol

from form4_author.errors import UnreadableInput
from form4_author.files import disk
from form4_author.files.output import make_folder, write_bytes
from form4_author.files.stored_record import StoredRecord

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["Results"]

_RUN: Final = "_run.json"
"""What the run was; readers of Parquet pass over names that begin so."""


class _Shape(Protocol):
    """How records become the bytes of a file, and are found again."""

    def encoded(self, records: Sequence[Mapping[str, Any]]) -> bytes: ...
    def stored(self, content: bytes) -> Iterator[StoredRecord]: ...
    def without(self, content: bytes, keys: Collection[str]) -> bytes: ...


class _Lines:
    """JSON, a record on each line."""

    def encoded(self, records: Sequence[Mapping[str, Any]]) -> bytes:
        lines = (json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records)
        return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")

    def stored(self, content: bytes) -> Iterator[StoredRecord]:
        for line in content.splitlines():
            record = json.loads(line)
            yield StoredRecord(*(record[name] for name in StoredRecord._fields))

    def without(self, content: bytes, keys: Collection[str]) -> bytes:
        lines = zip(content.splitlines(keepends=True), self.stored(content), strict=True)
        return b"".join(line for line, record in lines if record.key not in keys)


class Results:
    """A folder of results. Its owner's only, and so are the files in it.

    Raises UnreadableInput where the place is not a folder of results, or holds those of another run; OSError as the
    system gives it.
    """

    def __init__(self, folder: Path, run: Mapping[str, Any]) -> None:
        self.folder = folder
        self._suffix = folder.suffix.lower()
        self._shape = _shape(self._suffix)
        self._begin(dict(run))
        self._parts = sorted(folder.glob(f"part-*{self._suffix}"))

    def _begin(self, run: dict[str, Any]) -> None:
        """Say what the run is; what another one wrote is not added to."""
        file = self.folder / _RUN
        if not file.exists():
            if self.folder.exists() and not self.folder.is_dir():
                raise UnreadableInput(
                    f"{self.folder} is a file, not a folder of results", remedy="Name another folder"
                )
            if self.folder.is_dir() and any(not e.name.startswith(".") for e in self.folder.iterdir()):
                raise UnreadableInput(
                    f"{self.folder} has files that are not results of form4 check",
                    remedy="Name another folder",
                )
            make_folder(self.folder)
            write_bytes(file, (json.dumps(run, indent=2) + "\n").encode())
            return
        try:
            found = json.loads(disk.read(file))
        except ValueError:
            found = None
        if found != run:
            raise UnreadableInput(
                f"{self.folder} has the results of a different run: its {_RUN} is not that of form4"
                f" {run['version']} as of {run['as_of'] or 'the last signature date'} with the same closed days",
                remedy="Name another folder",
            )

    def stored(self) -> Iterator[tuple[int, StoredRecord]]:
        """Every record there is, with the number of its file."""
        for number, part in enumerate(self._parts):
            try:
                yield from ((number, record) for record in self._shape.stored(disk.read(part)))
            except (ValueError, KeyError, TypeError):
                raise UnreadableInput(
                    f"{part} is damaged",
                    remedy="Remove this file and run the command again: only what it held is checked again",
                ) from None

    def add(self, batch: str, records: Sequence[Mapping[str, Any]]) -> None:
        """The records of a batch are on disk, in a file of its name."""
        write_bytes(self.folder / f"part-{batch}{self._suffix}", self._shape.encoded(records))

    def remove(self, number: int, keys: Collection[str]) -> None:
        """The file of this number has no records with these keys any more."""
        part = self._parts[number]
        rest = self._shape.without(disk.read(part), keys)
        if rest:
            write_bytes(part, rest)
        else:
            disk.remove_file(part)


def _shape(suffix: str) -> _Shape:
    if suffix == ".parquet":
        from form4_author.files.parquet import ParquetShape

        return ParquetShape()
    return _Lines()
