"""A release in the files of a packet: who said that they reviewed which bytes, and when."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from form4_author.page.manifest import MANIFEST, manifest_entry

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RELEASE_TEXT", "STATEMENT", "Release", "released_files", "unreleased", "when"]

RELEASE_TEXT: Final = "release.txt"
STATEMENT: Final = "The name is a statement, not an identity: form4 does not check who gave it."
_WIDTH: Final = 78
_MARK: Final = "\nRELEASE  "


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """That a filing was reviewed, as someone stated."""

    by: str
    at: str
    """ISO 8601 with a zone."""
    sha256: str
    """The hash of the filing: its XML without CCCs, attachments and overrides."""
    note: str = ""

    @property
    def day(self) -> str:
        """``11/30/2026``."""
        return f"{datetime.fromisoformat(self.at):%m/%d/%Y}"


def when(release: Release) -> str:
    """``Mon 11/30/2026, 9:31 a.m. Eastern``, for a time that is stated in the Eastern time zone."""
    at = datetime.fromisoformat(release.at)
    half = "a.m." if at.hour < 12 else "p.m."
    return f"{at:%a %m/%d/%Y}, {at.hour % 12 or 12}:{at:%M} {half} Eastern"


def released_files(files: Mapping[str, bytes], release: Release) -> dict[str, bytes]:
    """The files of a packet with the release: ``release.txt``, and a line in each report and the manifest.

    One of an earlier release of the same packet is replaced. The copy of the report inside the PDF stays as it is.
    """
    new = {RELEASE_TEXT: _text(release)}
    if "report.txt" in files:
        before = files["report.txt"].decode().partition(_MARK)[0]
        said = textwrap.fill(
            f"{release.by}, {when(release)}; {release.note}".removesuffix("; "),
            _WIDTH,
            initial_indent=_MARK.strip("\n"),
            subsequent_indent=" " * 9,
        )
        new["report.txt"] = f"{before.rstrip(chr(10))}\n\n{said}\n".encode("utf-8", "backslashreplace")
    if "report.json" in files:
        data = {**json.loads(files["report.json"]), "release": asdict(release)}
        new["report.json"] = (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode(
            "utf-8", "backslashreplace"
        )
    manifest: dict[str, Any] = {**json.loads(files[MANIFEST]), "release": asdict(release)}
    listed = {**manifest["files"], **{name: manifest_entry(content) for name, content in new.items()}}
    manifest["files"] = dict(sorted(listed.items()))
    new[MANIFEST] = (json.dumps(manifest, indent=2) + "\n").encode("utf-8", "backslashreplace")
    return {**files, **new}


def unreleased(name: str, content: bytes) -> bytes:
    """A file of a packet as it was before a release was recorded in it."""
    if name == "report.txt":
        before, mark, _after = content.decode(errors="replace").partition(_MARK)
        return f"{before.rstrip(chr(10))}\n".encode() if mark else content
    if name == "report.json":
        try:
            data = json.loads(content)
        except ValueError:
            return content
        if isinstance(data, dict) and "release" in data:
            del data["release"]
            return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()
    return content


def _text(release: Release) -> bytes:
    lines = [
        "Release",
        f"Reviewed by  {release.by}",
        f"Recorded     {when(release)}",
        f"SHA-256      {release.sha256}",
        *textwrap.wrap(release.note, _WIDTH, initial_indent="Note         ", subsequent_indent=" " * 13),
        "",
        *textwrap.wrap(f"This records that the filing was reviewed. {STATEMENT}", _WIDTH),
        *textwrap.wrap(
            "The hash is over the submission XML without the CCC, the attachments and the overrides. Any change of"
            " these ends the release.",
            _WIDTH,
        ),
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")
