"""The documents that benches read: a spread of the corpus where it is there, otherwise of the sample in tests/corpus."""

from __future__ import annotations

import tarfile
from pathlib import Path

__all__ = ["documents"]

_ROOT = Path(__file__).resolve().parents[2]


def documents(step: int = 20) -> list[bytes]:
    """Every `step`-th document of the corpus by name, or as many of the sample as it has."""
    archive = _ROOT.parent / "shared" / "corpus" / "dev.tar.xz"
    if not archive.exists():
        archive, step = _ROOT / "tests" / "corpus" / "sample.tar.xz", max(1, step // 30)
    with tarfile.open(archive) as tar:
        members = sorted((m for m in tar.getmembers() if m.isfile()), key=lambda m: m.name)[::step]
        return [held.read() for m in members if (held := tar.extractfile(m)) is not None]
