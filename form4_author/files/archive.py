"""Archives of filings, tar and ZIP: their members, and the bytes of one. Nothing is unpacked to the disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple, Protocol

from form4_author.errors import UnreadableInput
from form4_author.files import disk
from form4_author.files.input import could_hold_filing
from form4_author.model.submission import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["MOST_MEMBERS", "FilingArchive", "Member", "is_archive", "open_archive"]

MOST_MEMBERS: Final = 500_000
"""Filings in one archive at most."""
_HEADER: Final = 1024 * 1024
"""Bytes of the longest header in a tar archive: a name and its attributes."""
_BLOCK: Final = 512
_NO_FILE: Final = -1
_ENCRYPTED: Final = 0x1
"""The flag of an encrypted member of a ZIP archive."""
_Stream = IO[bytes] | gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile
_UNPACK: Final[dict[str, Callable[[IO[bytes]], _Stream]]] = {
    ".tar": lambda file: file,
    ".tar.gz": lambda file: gzip.GzipFile(fileobj=file),
    ".tgz": lambda file: gzip.GzipFile(fileobj=file),
    ".tar.bz2": bz2.BZ2File,
    ".tar.xz": lzma.LZMAFile,
}
"""How the tar archive is read, by the end of the file's name."""
_DAMAGE: Final = (
    tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, struct.error,
    RuntimeError, ValueError, OverflowError,
)  # fmt: skip
"""What the libraries raise for an archive that is not one, is encrypted, or is packed by a method they do not have."""


class Member(NamedTuple):
    """A member of an archive that may hold a filing."""

    name: str
    offset: int
    """Its place: of its bytes in a tar archive, counted without compression; of its header in a ZIP archive."""
    size: int
    """Bytes; -1 for a link or a file with holes, which is not read."""


class FilingArchive(Protocol):
    """An open archive."""

    def members(self) -> Iterator[Member]:
        """The members that may hold a filing, in their order. Raises UnreadableInput where the archive is damaged."""

    def content(self, member: Member) -> bytes:
        """The member's bytes, at most one more than are read of any file. Raises UnreadableInput."""


def is_archive(name: str) -> bool:
    """Whether a file of this name is read as an archive: .tar, also with .gz, .bz2 or .xz behind it, .tgz and .zip."""
    return name.lower().endswith((*_UNPACK, ".zip"))


@contextmanager
def open_archive(file: Path) -> Iterator[FilingArchive]:
    """The archive, open for reading while this lasts. Raises UnreadableInput (DOC-022) where it can't be opened."""
    with ExitStack() as opened:
        with _said_plainly():
            raw = opened.enter_context(disk.open_to_read(file))
            archive: FilingArchive
            if file.name.lower().endswith(".zip"):
                archive = _Zip(opened.enter_context(zipfile.ZipFile(raw)))
            else:
                end = next(end for end in _UNPACK if file.name.lower().endswith(end))
                stream = _UNPACK[end](raw)
                opened.callback(stream.close)
                archive = _Tar(stream)
        yield archive


@contextmanager
def _said_plainly() -> Iterator[None]:
    """What goes wrong with an archive is one kind of problem, which says what to do."""
    try:
        yield
    except UnreadableInput:
        raise
    except FileNotFoundError:
        raise UnreadableInput(
            "There is no file of this name", remedy="Check the name and the folder"
        ) from None
    except OSError as error:
        raise UnreadableInput(
            f"The system cannot read this archive: {error.strerror or error}",
            remedy="Check the file and try again",
        ) from None
    except _DAMAGE as error:
        raise UnreadableInput(
            f"This archive cannot be read: {str(error) or 'it ends too early'}",
            remedy="Copy or download it again",
        ) from None


def _refuse_more(number: int) -> None:
    if number > MOST_MEMBERS:
        raise UnreadableInput(
            f"This archive has more than {MOST_MEMBERS:,} filings", remedy="Divide it into several archives"
        )


def _refuse_no_file(member: Member) -> None:
    if member.size == _NO_FILE:
        raise UnreadableInput(
            "This member is a link or a file with holes", remedy="Put the file itself into the archive"
        )


class _Headers(io.RawIOBase):
    """A stream of which no header longer than ``_HEADER`` is read: its length comes from the archive."""

    def __init__(self, stream: _Stream) -> None:
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes."""
        if not 0 <= size <= _HEADER:
            raise tarfile.ReadError("a header is too long")
        return self._stream.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to this place."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """The place."""
        return self._stream.tell()


class _Tar:
    """A tar archive: its headers are read once, a member's bytes at their place."""

    def __init__(self, stream: _Stream) -> None:
        self._stream = stream

    def members(self) -> Iterator[Member]:
        """See ``FilingArchive``."""
        with _said_plainly(), tarfile.open(fileobj=_Headers(self._stream), mode="r:") as archive:
            end = number = 0
            while (info := archive.next()) is not None:
                archive.members.clear()  # type: ignore[attr-defined]  # a list that grows with the archive
                whole = info.isreg() and not info.issparse()
                stored = info.size if info.isreg() or info.type not in tarfile.SUPPORTED_TYPES else 0
                end = 0 if info.issparse() else info.offset_data + -(-stored // _BLOCK) * _BLOCK
                if could_hold_filing(info.name) and not info.isdir():
                    _refuse_more(number := number + 1)
                    yield Member(info.name, info.offset_data, info.size if whole else _NO_FILE)
            self._refuse_damage(end)

    def _refuse_damage(self, end: int) -> None:
        """The library takes a damaged header for the end of the archive; what follows would be lost without a word."""
        if not end:
            return
        self._stream.seek(end)
        block = self._stream.read(_BLOCK)
        if block.strip(b"\0"):
            raise tarfile.ReadError(f"it is damaged at byte {end:,}; what follows was not checked")

    def content(self, member: Member) -> bytes:
        """See ``FilingArchive``."""
        _refuse_no_file(member)
        with _said_plainly():
            most = min(member.size, LARGEST_FILE + 1)
            self._stream.seek(member.offset)
            content = self._stream.read(most)
            if len(content) < most:
                raise EOFError
            return content


class _Zip:
    """A ZIP archive, which begins with its directory."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._places: dict[int, zipfile.ZipInfo] = {}

    def members(self) -> Iterator[Member]:
        """See ``FilingArchive``."""
        number = 0
        for info in self._packed.infolist():
            if could_hold_filing(info.filename) and not info.is_dir():
                _refuse_more(number := number + 1)
                yield Member(info.filename, info.header_offset, info.file_size)

    def content(self, member: Member) -> bytes:
        """See ``FilingArchive``."""
        self._places = self._places or {info.header_offset: info for info in self._packed.infolist()}
        info = self._places.get(member.offset)
        if info is None or info.filename != member.name:
            raise UnreadableInput(
                "The archive has no such member any more",
                remedy="Run the command again when the archive is complete",
            )
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableInput(
                "This member is encrypted", remedy="Put the file into the archive without a password"
            )
        with _said_plainly(), self._packed.open(info) as opened:
            return opened.read(LARGEST_FILE + 1)
