"""The wheel's bill of materials: CycloneDX 1.6 in JSON, made from the pinned versions while the wheel is built.

It is in the wheel as ``.dist-info/sboms/form4-author.cdx.json`` (PEP 770). The same sources give the same bytes:
it has no time and no serial number. It names what `make run` installs, on every Python and system that is tested.
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAME = "form4-author.cdx.json"
ROOT = "form4-author"
_PINNED = re.compile(r"([A-Za-z0-9._-]+)==([^ ;\\]+)(?: ; ([^\\]+?))? *\\?$")
_HASH = re.compile(r" +--hash=sha256:([0-9a-f]{64})")
_USER = re.compile(r" +# +(?:via +)?([A-Za-z0-9._-]+)(?: \(pyproject\.toml\))?$")


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]  # of any configuration
    """Adds the bill of materials to a wheel; an editable installation has none."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write it for the build to take up."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / NAME
        file.write_text(bill(Path(self.root), self.metadata.version), encoding="utf-8")
        build_data["sbom_files"].append(str(file))

    def finalize(self, version: str, *_of_the_build: object) -> None:
        """Remove what was written."""
        if version != "editable":
            self._folder.cleanup()


def bill(root: Path, version: str) -> str:
    """The document, of the checkout at ``root`` as this version."""
    libraries: dict[tuple[str, str], set[str]] = {}
    users: dict[str, set[str]] = {}
    for file in sorted((root / ".ci" / "requirements").glob("run-*.txt")):
        _read(file.read_text(encoding="utf-8"), libraries, users)
    refs: dict[str, list[str]] = {}
    for name, pinned in sorted(libraries):
        refs.setdefault(name, []).append(_purl(name, pinned))
    made = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": _purl(ROOT, version),
                "name": ROOT,
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
                "purl": _purl(ROOT, version),
            }
        },
        "components": [
            _component(*key, libraries[key], running=key[0] in _running(users)) for key in sorted(libraries)
        ],
        "dependencies": [
            {
                "ref": ref,
                "dependsOn": sorted(r for name in refs if owner in users[name] for r in refs[name]),
            }
            for owner, own in ((ROOT, [_purl(ROOT, version)]), *refs.items())
            for ref in own
        ],
    }
    return json.dumps(made, indent=1) + "\n"


def _read(text: str, libraries: dict[tuple[str, str], set[str]], users: dict[str, set[str]]) -> None:
    """Each pinned library with the hashes of its files, and what asks for each."""
    name = ""
    hashes: set[str] = set()
    for line in text.splitlines():
        if found := _PINNED.fullmatch(line):
            name = found[1]
            hashes = libraries.setdefault((name, found[2]), set())
            users.setdefault(name, set())
        elif found := _HASH.match(line):
            hashes.add(found[1])
        elif name and (found := _USER.fullmatch(line)):
            users[name].add(found[1])


def _running(users: dict[str, set[str]]) -> set[str]:
    """What the program needs to run, and what that needs; the others build it."""
    found, names = {ROOT}, set(users)
    while more := {name for name in names - found if users[name] & found}:
        found |= more
    return found


def _component(name: str, version: str, hashes: set[str], *, running: bool) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": _purl(name, version),
        "name": name,
        "version": version,
        "scope": "required" if running else "excluded",
        "purl": _purl(name, version),
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{name}/{version}/",
                "hashes": [{"alg": "SHA-256", "content": each} for each in sorted(hashes)],
            }
        ],
    }


def _purl(name: str, version: str) -> str:
    return f"pkg:pypi/{name}@{version}"
