"""The settings, register and cache of each test are its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.edgar.local import CONTACT, Run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache and register, and settings with a contact."""
    settle(tmp_path, monkeypatch)
    return tmp_path


def settle(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cache, register and settings are in this folder."""
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(folder / kind.lower()))
    settings = folder / "settings.toml"
    settings.write_text(f'[edgar]\ncontact = "{CONTACT}"\n', encoding="utf-8")
    monkeypatch.setenv("FORM4_SETTINGS", str(settings))
    monkeypatch.setenv("FORM4_REGISTER", str(folder / "register.sqlite3"))


def use(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands read this local EDGAR, in its time."""
    monkeypatch.setenv("FORM4_EDGAR_DATA", run.base)
    monkeypatch.setenv("FORM4_EDGAR_WWW", run.base)
    monkeypatch.setattr("form4_author.desk.edgar.time", run.time.time)
