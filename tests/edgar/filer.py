"""A filer with a draft and its packet, a local EDGAR that takes submissions, and both tokens."""

from __future__ import annotations

import io
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.edgar.demo.token import DEMO_TOKENS
from tests.edgar.conftest import settle, use
from tests.edgar.local import local_edgar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pytest

    from tests.edgar.local import Run

CIK, CCC = "1626115", "aB3$xyz9"
SECRETS = (CCC, *DEMO_TOKENS, *(token.partition(".")[0] for token in DEMO_TOKENS))
WANTED = "4 Thakar Sumedh S"
EASTERN = ZoneInfo("America/New_York")


def open_file(text: str) -> str:
    """An open file descriptor that holds this text."""
    reading, writing = os.pipe()
    os.write(writing, text.encode())
    os.close(writing)
    return str(reading)


@dataclass
class Filer:
    """The filer's folder, and the local EDGAR."""

    home: Path
    run: Run
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    everything: str = ""
    """All that was written on the terminal."""

    @property
    def file(self) -> Path:
        return self.home / "data" / "form4-author" / "drafts" / "seed.form4.json"

    @property
    def packet(self) -> Path:
        """The last packet."""
        return max((self.home / "packets").iterdir(), key=lambda folder: folder.stat().st_mtime_ns)

    @property
    def bodies(self) -> int:
        """How many submissions arrived whole."""
        return len(self.run.edgar.filing_api.bodies)

    def at(self, moment: str) -> None:
        """It is this Eastern time."""
        self.run.time.now = datetime.fromisoformat(moment).replace(tzinfo=EASTERN).timestamp()

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.run.time.now, EASTERN).replace(microsecond=0)

    def change(self, **values: object) -> None:
        """The draft has these values and a packet of them."""
        data = json.loads(self.file.read_text(encoding="utf-8")) if self.file.exists() else draft("seed")
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps({**data, **values}), encoding="utf-8")
        assert (
            self.form4("render", str(self.file), "--only", "xml,report")[0] == 0
        )  # without the PDF, which takes time

    def form4(self, *words: str, typed: str = "") -> tuple[int, str, str]:
        """Exit code, standard output and standard error of a command."""
        self.capsys.readouterr()
        self.monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        try:
            code = main(list(words))
        except SystemExit as ended:
            code = int(str(ended.code))
        said = self.capsys.readouterr()
        self.everything += said.out + said.err
        return code, said.out, said.err

    def submit(self, *words: str, typed: Sequence[str] = (), file: str = "") -> tuple[int, str, str]:
        """Submit the draft, or another file, with the secrets."""
        given = ["--token-fd", open_file("\n".join(DEMO_TOKENS)), "--ccc-fd", open_file(f"{CIK} {CCC}\n")]
        lines = "".join(f"{line}\n" for line in typed)
        return self.form4("submit", file or str(self.file), *given, *words, typed=lines)

    def status(self, *words: str, token: bool = True) -> tuple[int, str, str]:
        given = ["--token-fd", open_file(DEMO_TOKENS[0])] if token else []
        return self.form4("status", *words, *given)

    def receipts(self) -> list[dict[str, Any]]:
        """The receipts in the data folder, oldest first."""
        folder = self.home / "data" / "form4-author" / "submissions"
        found = [json.loads(file.read_bytes()) for file in folder.glob("*.json")] if folder.is_dir() else []
        return sorted(found, key=lambda receipt: receipt["number"])

    def held(self) -> int:
        (held,) = json.loads(self.form4("holdings", CIK, "1107843", "--json")[1])
        return int(held["held"])

    def secrets_found(self) -> list[str]:
        """Where a secret is, among all files and all that was written."""
        texts = {"terminal": self.everything.encode()}
        texts |= {str(file): file.read_bytes() for file in self.home.rglob("*") if file.is_file()}
        return [name for name, text in texts.items() if any(secret.encode() in text for secret in SECRETS)]


@contextmanager
def filer_at(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Filer]:
    """A filer with the draft of an example, whose packet is made, at 6 p.m. on the day of its signature."""
    settle(home, monkeypatch)
    settings = home / "settings.toml"
    packets = json.dumps(str(home / "packets"))
    settings.write_text(f"{settings.read_text()}[packets]\nfolder = {packets}\n", encoding="utf-8")
    with local_edgar([]) as run:
        use(run, monkeypatch)
        monkeypatch.setenv("FORM4_EDGAR_API", run.base)
        monkeypatch.setenv("FORM4_TODAY", "2024-11-04")
        filer = Filer(home, run, monkeypatch, capsys)
        filer.at("2024-11-04T18:00")
        for module in ("submit", "status"):
            monkeypatch.setattr(f"form4_author.cli.{module}.clock", filer.now)
        filer.change()
        yield filer
