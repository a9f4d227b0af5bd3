"""Where the register is: a file in the data folder, or the database that the user names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from form4_author.errors import Form4Error

__all__ = ["Place", "default_file", "place_of"]

_PASSWORD: Final = re.compile(r"\A[^:/?#]+://[^/@:]*:[^/]*@|[?&]password=", re.IGNORECASE)
_SQLITE: Final = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Place:
    """A register's place."""

    url: str
    """As SQLAlchemy reads it."""
    file: Path | None
    """The database file; None for a server."""

    @property
    def is_there(self) -> bool:
        """Whether there may be a register: a server always may have one."""
        return self.file is None or self.file.exists()

    def __str__(self) -> str:
        return self.url if self.file is None else str(self.file)


def default_file() -> Path:
    """The register where none is named."""
    import platformdirs

    return Path(platformdirs.user_data_path("form4-author", appauthor=False)) / "register.sqlite3"


def place_of(told: str | None) -> Place:
    """The place that a file name or an SQLAlchemy URL names; the default one for None.

    ``postgresql://`` means psycopg 3. Raises Form4Error for a URL with a password in it.
    """
    if not told:
        file = default_file()
        return Place(_SQLITE + str(file), file)
    if _PASSWORD.search(told):
        raise Form4Error(
            "The register's URL has a password in it, which other programs and the shell's history would show",
            remedy="Leave it out and keep the password in ~/.pgpass or the file that PGPASSFILE names",
        )
    if told.startswith(_SQLITE):
        return Place(told, Path(told.removeprefix(_SQLITE)))
    if "://" in told:
        scheme, _, rest = told.partition("://")
        return Place(
            f"{'postgresql+psycopg' if scheme in ('postgres', 'postgresql') else scheme}://{rest}", None
        )
    return Place(_SQLITE + told, Path(told))
