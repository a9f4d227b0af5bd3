"""What each library is for, and the command that installs it on this system and for this kind of installation."""

from __future__ import annotations

import platform
import sys
from importlib import metadata
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EXTRAS", "LIBRARIES", "Extra", "install_words", "installed", "pango_words"]

LIBRARIES: Final[Mapping[str, str]] = {
    "lxml": "reads and writes the XML",
    "jinja2": "makes the pages",
    "jsonschema": "checks drafts",
    "questionary": "asks the questions of the interview",
    "PyYAML": "reads drafts and answers in YAML",
    "holidays": "counts business days",
    "networkx": "matches trades under Section 16(b)",
    "pyHanko": "signs and verifies PDF files",
    "cryptography": "reads keys and certificates",
    "pypdf": "reads PDF files for form4 verify",
    "keyring": "stores CCCs and tokens in the system's keyring",
    "platformdirs": "finds the folder of the drafts",
    "SQLAlchemy": "reads and writes the register",
    "alembic": "upgrades a register",
    "icalendar": "writes due dates as a calendar file",
    "filelock": "keeps two programs from writing one draft",
    "openpyxl": "reads spreadsheets",
    "httpx": "reads EDGAR",
    "truststore": "uses the system's certificates for EDGAR",
    "shtab": "writes shell completion",
    "tqdm": "shows the progress of long runs",
}
"""What form4 needs, and for what."""


class Extra(NamedTuple):
    """A library that only one feature needs."""

    name: str
    """As ``pip install "form4-author[NAME]"`` has it."""
    library: str
    purpose: str


EXTRAS: Final[Mapping[str, Extra]] = {
    "tokens": Extra("token", "python-pkcs11", "signing with a smart card or another token"),
    "charts": Extra("chart", "matplotlib", "audit --html, holdings --chart and shortswing --html"),
    "agents": Extra("mcp", "mcp", "form4 mcp"),
    "postgresql": Extra("postgresql", "psycopg", "a register on a PostgreSQL server"),
    "cluster": Extra("dask", "dask", "check --dask"),
}
"""By the word that form4 doctor shows."""

_PANGO: Final[Mapping[str, str]] = {
    "debian": "sudo apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "sudo dnf install pango",
    "suse": "sudo zypper install libpango-1_0-0 libharfbuzz-subset0",
    "arch": "sudo pacman -S pango",
    "alpine": "sudo apk add pango",
    "Darwin": "brew install pango",
    "Windows": "install MSYS2 from msys2.org, run in its terminal pacman -S mingw-w64-x86_64-pango, and set "
    r"WEASYPRINT_DLL_DIRECTORIES=C:\msys64\mingw64\bin",
}
_FAMILIES: Final[Mapping[str, str]] = {
    "ubuntu": "debian",
    "rhel": "fedora",
    "centos": "fedora",
    "opensuse": "suse",
}


def installed(library: str) -> str:
    """The version of a library; empty where it is not installed."""
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def pango_words() -> str:
    """The command that installs Pango, which draws the PDF, on this system."""
    system = platform.system()
    if system != "Linux":
        return _PANGO.get(system, _PANGO["debian"])
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    for name in (release.get("ID", ""), *release.get("ID_LIKE", "").split()):
        family = _FAMILIES.get(name.partition("-")[0], name)
        if family in _PANGO:
            return _PANGO[family]
    return f"{_PANGO['debian']} (the packages of Debian; other systems name them differently)"


def install_words(extra: str = "") -> str:
    """The command that installs what is missing: by pipx or uv, where form4 was installed by it, else by pip."""
    what = f'"form4-author[{extra}]"' if extra else "form4-author"
    place = sys.prefix.replace("\\", "/")
    if "/pipx/" in place:
        return f"pipx install --force {what}"
    if "/uv/tools/" in place:
        return f"uv tool install --reinstall {what}"
    again = "" if extra else "--force-reinstall "
    return f'"{sys.executable}" -m pip install {again}{what}'
