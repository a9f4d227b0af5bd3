"""Where the register is: a file in the data folder, or the database that the user names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from form4_author.errors import Form4Error

__all__ = ["RegisterPlace", "default_file", "place_of"]

_PASSWORD: Final = re.compile(r"\A[^:/?#]+://[^/@:]*:[^/]*@|[?&]password=", re.IGNORECASE)
_SQLITE: Final = re.compile(r"\Asqlite(?:\+[a-z]+)?:(?://)?(?P<file>.*)\Z", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class RegisterPlace:
    """A register's place."""

    url: str
    """As SQLAlchemy reads it; empty for a file."""
    file: Path | None
    """The SQLite database file; None for a server."""

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


def place_of(location: str | None) -> RegisterPlace:
    """The place that a file name or an SQLAlchemy URL names; the default one for None.

    ``postgresql://`` means psycopg 3. Raises Form4Error for a URL with a password in it, and for SQLite without a file.
    """
    if not location:
        return RegisterPlace("", default_file())
    if _PASSWORD.search(location):
        raise Form4Error(
            "The register's URL has a password in it, which other programs and the shell's history would show",
            remedy="Leave it out and keep the password in ~/.pgpass or the file that PGPASSFILE names",
        )
    sqlite = _SQLITE.match(location)
    if sqlite is not None or "://" not in location:
        return RegisterPlace(
            "", _file(location, location if sqlite is None else sqlite["file"].removeprefix("/"))
        )
    scheme, _, rest = location.partition("://")
    dialect = "postgresql+psycopg" if scheme in ("postgres", "postgresql") else scheme
    return RegisterPlace(f"{dialect}://{rest}", None)


def _file(location: str, name: str) -> Path:
    if not name.strip("/") or name == ":memory:" or (name != location and "?" in name):
        raise Form4Error(
            f'"{location}" names no file for the register',
            remedy="Name one, such as register.sqlite3 or sqlite:///register.sqlite3",
        )
    return Path(name).expanduser()
