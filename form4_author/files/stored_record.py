"""What is read back of a stored record, and what a file or a member of an archive is found by."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["StoredRecord", "record_key"]


class StoredRecord(NamedTuple):
    """What another run has to know of a record."""

    file: str
    member: str | None
    stamp: str | None
    verdict: str

    @property
    def key(self) -> str:
        """See ``record_key``."""
        return record_key(self.file, self.member)


def record_key(file: str, member: str | None) -> str:
    """What a file or member is found by; no two have one, and it is the same for a name that is not Unicode."""
    name = file if member is None else f"{file}\0{member}"
    return name.encode("utf-8", "backslashreplace").decode()
