"""What was read of EDGAR and is kept on this computer: filings, which hardly ever change, and lists with versions.

What is kept is public and can be deleted at any time; it is fetched again.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.edgar.version import Validators
from form4_author.files import disk
from form4_author.files.output import make_folder, write_bytes

if TYPE_CHECKING:
    from form4_author.edgar.address import Addresses

__all__ = ["Cache", "KeptList", "cache_of"]

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9.-]+")
_MOST: Final = 1 << 27


class KeptList(NamedTuple):
    """A list as it was last read."""

    content: bytes
    validators: Validators
    read_at: float
    """Seconds since 1970."""


class Cache:
    """The kept files of one EDGAR."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def filing(self, accession: str) -> bytes | None:
        """The full text of a filing; None where it is not kept."""
        return _read(self._filing(accession))

    def keep_filing(self, accession: str, content: bytes) -> None:
        """Keep the full text of a filing."""
        _write(self._filing(accession), content)

    def _filing(self, accession: str) -> Path:
        return self.folder / "filings" / accession[:10] / f"{accession}.txt"

    def list_named(self, name: str) -> KeptList | None:
        """A list by the name of its file; None where it is not kept whole."""
        content, about = _read(self._list(name)), _read(self._version(name))
        if content is None or about is None:
            return None
        try:
            data: Any = json.loads(about)
            if data["sha256"] != hashlib.sha256(content).hexdigest():
                return None
            return KeptList(
                content, Validators(str(data["etag"]), str(data["modified"])), float(data["read_at"])
            )
        except (ValueError, KeyError, TypeError):
            return None

    def keep_list(self, name: str, kept: KeptList) -> None:
        """Keep a list, and of which version it is."""
        about = {
            "sha256": hashlib.sha256(kept.content).hexdigest(),
            "etag": kept.validators.etag,
            "modified": kept.validators.modified,
            "read_at": kept.read_at,
        }
        _write(self._list(name), kept.content)
        _write(self._version(name), json.dumps(about).encode("ascii"))

    def shut_out_until(self) -> float:
        """Until when EDGAR shuts this address out, in seconds since 1970; 0 where it does not."""
        try:
            return float(_read(self._shut_out()) or b"0")
        except ValueError:
            return 0.0

    def keep_shut_out(self, until: float) -> None:
        """Remember it for the next program that reads EDGAR, should this one end before."""
        _write(self._shut_out(), f"{until:.0f}".encode("ascii"))

    def _shut_out(self) -> Path:
        return self.folder / "shut-out-until"

    def _list(self, name: str) -> Path:
        return self.folder / "lists" / name

    def _version(self, name: str) -> Path:
        return self.folder / "lists" / f"{name}.version"


def cache_of(addresses: Addresses) -> Cache:
    """The cache of an EDGAR: a local one has its own."""
    import platformdirs

    place = "sec.gov" if not addresses.is_local else _UNSAFE.sub("-", "-".join(addresses))
    return Cache(Path(platformdirs.user_cache_path("form4-author", appauthor=False)) / "edgar" / place)


def _read(file: Path) -> bytes | None:
    try:
        return disk.read(file, _MOST)
    except OSError:
        return None


def _write(file: Path, content: bytes) -> None:
    """Raises OSError as the system gives it: what is not kept would be fetched again and again."""
    make_folder(file.parent)
    write_bytes(file, content)
