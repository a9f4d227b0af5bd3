"""`form4 submit` and `form4 status`: what EDGAR gets, how often, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.edgar.filer import WANTED, Filer, filer_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def filer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Filer]:
    with filer_at(tmp_path, monkeypatch, capsys) as made:
        yield made


def test_try(filer: Filer) -> None:
    got = [
        filer.submit(),
        filer.status("--watch"),
        filer.submit("--live", typed=[WANTED]),
        filer.status(),
        filer.status("--watch"),
        filer.status(),
        filer.receipts(),
        filer.held(),
        filer.secrets_found(),
        list(filer.packet.iterdir()),
    ]
    print(
        "\n".join(
            x if isinstance(x, str) else "".join(map(str, x)) if isinstance(x, tuple) else str(x) for x in got
        )
    )
    assert 0
