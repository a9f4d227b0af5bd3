"""The SEC's schema files in the filer's data folder: taken out of the SEC's archive once it was looked through.

The archive comes from outside and is treated so: nothing is unpacked by name, only the files that are wanted are read,
each up to a bound, and they are kept only if they compile and judge a known filing as they should.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files import disk

if TYPE_CHECKING:
    import zipfile

    from form4_author.checks.official import OfficialSchema

__all__ = ["StoredSchema", "add", "data_folder", "remove", "stored_schemas"]

_LARGEST_ARCHIVE: Final = 50 * 1024 * 1024
_LARGEST_FILE: Final = 2 * 1024 * 1024
_MOST_ENTRIES: Final = 500
_REMEDY: Final = "Use the archive as the SEC publishes it, ownershipxmltechspec-v5-5.zip, from sec.gov"
_RECORD: Final = "package.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSchema:
    """A package of schema files that is kept."""

    schema: OfficialSchema
    archive: str
    """Name of the archive it came from."""
    sha256: str
    """Of the archive."""
    folder: Path


def data_folder() -> Path:
    """Where packages are kept, one folder for each schema generation."""
    return _data_folder(*(os.environ.get(name) for name in _DECIDING))


_DECIDING: Final = (
    "HOME",
    "XDG_DATA_HOME",
    "USERPROFILE",
    "LOCALAPPDATA",
    "APPDATA",
    "ANDROID_DATA",
    "PREFIX",
)
"""Variables of the environment by which the folder is found, which is asked for with each file."""


@lru_cache(maxsize=4)
def _data_folder(*_deciding: str | None) -> Path:
    import platformdirs

    return Path(platformdirs.user_data_path("form4-author", appauthor=False)) / "schemas"


def stored_schemas(folder: Path | None = None) -> tuple[StoredSchema, ...]:
    """The packages that are kept, oldest generation first; none where nothing was ever added.

    Raises UnreadableInput when one of them is damaged.
    """
    base = folder if folder is not None else data_folder()
    if not base.is_dir():
        return ()
    return tuple(_stored_schema(place) for place in sorted(base.iterdir()) if (place / _RECORD).is_file())


def _stored_schema(place: Path) -> StoredSchema:
    import json
    from hashlib import sha256

    from form4_author.checks.official import FILES, OfficialSchema

    damaged = UnreadableInput(
        f"The SEC's schema files in {place} are damaged",
        remedy="Add the archive again: form4 schema add ownershipxmltechspec-v5-5.zip",
    )
    try:
        record = json.loads(disk.read(place / _RECORD))
        files = {name: disk.read(place / name) for name in FILES}
        if {n: sha256(c).hexdigest() for n, c in files.items()} != record["files"]:
            raise damaged
        return StoredSchema(
            schema=OfficialSchema(files), archive=record["archive"], sha256=record["sha256"], folder=place
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise damaged from None


def add(archive: Path, folder: Path | None = None) -> StoredSchema:
    """Keep the schema files of the SEC's archive; one of the same generation is replaced.

    Raises UnreadableInput when it cannot be opened, is not the SEC's package, or holds what it should not.
    """
    import json
    from hashlib import sha256

    from form4_author.checks.official import OfficialSchema
    from form4_author.files.output import make_folder, write_bytes

    content = _archive_bytes(archive)
    schema = OfficialSchema(_files(content, archive.name))
    _prove(schema, archive.name)
    place = (folder if folder is not None else data_folder()) / schema.generation
    make_folder(place)
    disk.remove_file(
        place / _RECORD, missing_ok=True
    )  # without it the folder is not a package, should this be cut short
    for name, data in schema.files.items():
        write_bytes(place / name, data)
    record = {
        "archive": archive.name,
        "sha256": sha256(content).hexdigest(),
        "files": {name: sha256(data).hexdigest() for name, data in schema.files.items()},
    }
    write_bytes(place / _RECORD, (json.dumps(record, indent=2) + "\n").encode())
    return StoredSchema(schema=schema, archive=archive.name, sha256=str(record["sha256"]), folder=place)


def remove(generation: str, folder: Path | None = None) -> StoredSchema:
    """Forget a package.

    Raises Form4Error when none of this generation is kept.
    """
    stored = {found.schema.generation: found for found in stored_schemas(folder)}
    if generation not in stored:
        names = ", ".join(stored) or "none"
        raise Form4Error(
            f"No schema files for {generation} are kept (kept: {names})", remedy="See form4 schema list"
        )
    disk.remove_tree(stored[generation].folder)
    return stored[generation]


def _archive_bytes(archive: Path) -> bytes:
    try:
        content = disk.read(archive, _LARGEST_ARCHIVE + 1)
    except OSError as error:
        raise UnreadableInput(
            f"{archive} cannot be opened: {error.strerror}", remedy="Check the name and the folder"
        ) from None
    if len(content) > _LARGEST_ARCHIVE:
        raise UnreadableInput(f"{archive} is larger than {_LARGEST_ARCHIVE:,} bytes", remedy=_REMEDY)
    return content


def _files(content: bytes, name: str) -> dict[str, bytes]:
    """The wanted files of the archive."""
    import zipfile
    import zlib
    from io import BytesIO

    from form4_author.checks.official import FILES

    try:
        with zipfile.ZipFile(BytesIO(content)) as opened:
            entries = opened.infolist()
            if len(entries) > _MOST_ENTRIES:
                raise UnreadableInput(
                    f"{name} holds {len(entries):,} files; the SEC's holds about 30", remedy=_REMEDY
                )
            wanted = _wanted(entries, name)
            missing = [file for file in FILES if file not in wanted]
            if missing:
                raise UnreadableInput(f"{name} lacks {', '.join(missing)}", remedy=_REMEDY)
            return {file: opened.read(wanted[file]) for file in FILES}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError):
        raise UnreadableInput(f"{name} is not a zip archive that can be read", remedy=_REMEDY) from None


def _wanted(entries: list[zipfile.ZipInfo], name: str) -> dict[str, zipfile.ZipInfo]:
    """The entries to read, by file name.

    Raises UnreadableInput for an archive that is not made as the SEC's are: places outside it, links, passwords, a
    name twice, a schema of more than 2 MB.
    """
    import stat

    from form4_author.checks.official import FILES

    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        outside = path.is_absolute() or ".." in path.parts or ":" in entry.filename
        link = stat.S_ISLNK(entry.external_attr >> 16)
        if outside or link or entry.flag_bits & 1:
            what = "is encrypted" if entry.flag_bits & 1 else "leads outside the archive"
            raise UnreadableInput(f"{name}: {path.name} {what}", remedy=_REMEDY)
        if not entry.filename or entry.is_dir() or path.name not in FILES or "__MACOSX" in path.parts:
            continue
        if path.name in found:
            raise UnreadableInput(f"{name} holds {path.name} twice", remedy=_REMEDY)
        if entry.file_size > _LARGEST_FILE:
            raise UnreadableInput(f"{name}: {path.name} is too large for a schema", remedy=_REMEDY)
        found[path.name] = entry
    return found


def _prove(schema: OfficialSchema, name: str) -> None:
    """Every file compiles; the one for Form 4 takes a filing that is right and refuses one without an issuer."""
    from form4_author.checks.example import draft
    from form4_author.checks.official import DRIVERS, ENVELOPE
    from form4_author.wire.filing import filing_from
    from form4_author.wire.write import document_element

    compiled = {file: schema.compiled(file) for file in (*DRIVERS.values(), ENVELOPE)}
    form4 = compiled[DRIVERS["4"]]
    document = document_element(filing_from(draft("seed"))[0])
    right = form4.validate(document)
    issuer = document.find("issuer")
    assert issuer is not None  # noqa: S101  # every filing has an issuer
    document.remove(issuer)
    if not right or form4.validate(document):
        raise UnreadableInput(
            f"{name} does not contain the SEC's ownership schemas: they give a wrong result for a known Form 4",
            remedy=_REMEDY,
        )
