"""The manifest of a packet: which files it has, with the hash of each."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MANIFEST", "listed_hash", "manifest_entry", "manifest_with"]

MANIFEST: Final = "manifest.json"


def manifest_entry(content: bytes) -> dict[str, object]:
    """What the manifest lists for a file: its hash and size."""
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def listed_hash(manifest: bytes, name: str) -> str | None:
    """The SHA-256 that a packet's manifest lists for a file; None when it lists no such file, or is no manifest."""
    entry = _files_of(manifest).get(name)
    listed = entry.get("sha256") if isinstance(entry, dict) else None
    return listed if isinstance(listed, str) else None


def manifest_with(manifest: bytes, name: str, content: bytes, signed: Iterable[str]) -> bytes:
    """The manifest with a new entry for one file; ``signed``: its fields that hold a signature."""
    data = json.loads(manifest)
    data["files"][name] = {**manifest_entry(content), "signed": list(signed)}
    return (json.dumps(data, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _files_of(manifest: bytes) -> dict[str, object]:
    try:
        data = json.loads(manifest)
    except ValueError:
        return {}
    files = data.get("files") if isinstance(data, dict) else None
    return files if isinstance(files, dict) else {}
