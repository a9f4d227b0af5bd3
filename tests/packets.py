"""The golden filings and their packets, made as a user makes them: `form4 render`, files in and files out."""

from __future__ import annotations

import contextlib
import io
import json
import re
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lxml import html

from form4_author import __version__
from form4_author.checks.example import draft
from form4_author.cli import main

if TYPE_CHECKING:
    import pytest

__all__ = ["GOLDEN", "NAMES", "Made", "made_packet", "packets_in", "page_lines", "report_lines", "told"]

GOLDEN: Final = Path(__file__).parent / "golden"
_CORPUS: Final = Path(__file__).parent / "corpus"
# Filings that lie in tests/corpus; the others lie in their own folder.
_IN_CORPUS: Final = {
    "form3-joint": "0001181431-11-030813",
    "form3-nothing-owned": "0001829126-21-012005",
    "form4-amended": "0000707549-25-000004",
    "form4-foreign": "0001046179-26-000286",
    "form4-ten-owners": "0001140361-23-027776",
    "form4-values": "0001437749-23-010748",
    "form5": "0001209191-18-008623",
}
NAMES: Final = tuple(sorted({*(path.name for path in GOLDEN.glob("form*")), *_IN_CORPUS, "seed"}))
_WORDS: Final = {
    # The seed is given as sec.gov showed it.
    "seed": ("--edition", "X0508"),
    # Nobody has signed it, so that its day must be told.
    "form4-blocked": ("--as-of", "2026-10-22"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What `form4 render` leaves: the view, and the XML to send where nothing blocks."""

    code: int
    files: dict[str, bytes]
    """Of the public profile, by name."""
    submission: bytes | None

    def file(self, suffix: str) -> bytes:
        """The one file of this suffix."""
        (content,) = (data for name, data in self.files.items() if name.endswith(suffix))
        return content


def _source(name: str) -> tuple[str, bytes]:
    """Name and content of the file that is handed in."""
    if name == "seed":
        return "draft.form4.json", json.dumps(draft("seed")).encode()
    if name in _IN_CORPUS:
        return "filing.xml", (_CORPUS / f"{_IN_CORPUS[name]}.xml").read_bytes()
    own = [p for p in (GOLDEN / name).iterdir() if p.name == "draft.form4.json" or p.stem[:4].isdecimal()]
    (path,) = own
    return path.name if path.suffix == ".json" else "filing.xml", path.read_bytes()


@cache
def made_packet(name: str) -> Made:
    """The packet of a golden filing, made once in a process."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        file, content = _source(name)
        Path(file).write_bytes(content)
        words = ["render", file, "-o"]
        extra = list(_WORDS.get(name, ()))
        if file.endswith(".json") and "--as-of" not in extra:
            extra += ["--as-of", max(s["date"] for s in json.loads(content)["signatures"])]
        with contextlib.redirect_stdout(io.StringIO()):
            code = main([*words, "view", "--profile", "public", *extra])
            extra = extra[2:] if extra[:1] == ["--edition"] else extra
            main([*words, "sent", "--only", "xml", *extra])
        sent = list(Path("sent").glob("form*.xml"))
        return Made(
            code=code,
            files={path.name: path.read_bytes() for path in Path("view").iterdir()},
            submission=sent[0].read_bytes() if sent else None,
        )


def page_lines(page: bytes) -> list[str]:
    """What the proof says, a line for each paragraph and each row of a table, cells parted by ``|``."""
    body = html.document_fromstring(page).find("body")
    assert body is not None
    parted = body.xpath(
        ".//tr[not(ancestor::td)][not(.//p)][not(.//table)] | .//p | .//h1 | .//h2 | .//table[@class='relationship']//tr"
        " | .//table[@class='omb']//tr"
    )
    lines = (_line(element).replace(f"form4-author {__version__}", "form4-author") for element in parted)
    return [line for line in lines if line.strip(" |")]


def _line(element: html.HtmlElement) -> str:
    for gap in element.iter("br"):
        gap.tail = f" {gap.tail or ''}"
    for box in element.xpath(".//span[@class='box']"):
        box.text = f"[{box.text or ' '}]"
    cells = element.xpath("./td | ./th") or [element]
    return " | ".join(" ".join(cell.text_content().split()) for cell in cells)


def report_lines(report: bytes) -> str:
    """A report's text without what changes with each version of the program: its number, and how many rules it has."""
    text = report.decode().replace(f"form4 {__version__}", "form4")
    return re.sub(r"(?<=form4: )[0-9]+(?= rules, register )", "some", text)


def told(manifest: bytes) -> dict[str, Any]:
    """A manifest without what changes with each version of the program: its number, and hashes of what bears it."""
    data: dict[str, Any] = json.loads(manifest)
    del data["version"]
    files = {name: entry["sha256"] for name, entry in data["files"].items()}
    return data | {"files": {name: sha if name.endswith(".xml") else "varies" for name, sha in files.items()}}


def packets_in(place: Path, patch: pytest.MonkeyPatch) -> Path:
    """Packets go to this folder from now on, when no place is named; the settings are beside the folder above it."""
    settings = place.parent.with_name(f"{place.parent.name} settings.toml")
    settings.write_text(f"[packets]\nfolder = {json.dumps(str(place))}\n", encoding="utf-8")
    patch.setenv("FORM4_SETTINGS", str(settings))
    return place
